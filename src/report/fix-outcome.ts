import type { Finding } from '../model/finding.ts'
import type { Zone } from '../time/zone.ts'
import { clockWords } from './clock-facts.ts'
import { dueText, isJustMissed } from './day-ends.ts'
import { needYears } from './instants.ts'
import { boundsText, clockMargin, PAST_DAY } from './margins.ts'
import { calendarOf } from './quantities.ts'

/**
 * What a fix comes down to: `due Mon 8 Jun 10:00, 1d 2h over`; without `zone` only how much is left or over. Where
 * there is nothing to fix: why; where it is not decided: between what, and what is not known.
 */
export function fixOutcome(finding: Finding, zone?: Zone, years = false): string {
  const { status, reason, start, due, window } = finding
  if (status === 'unverified') return [boundsText(finding), openText(finding)].filter(Boolean).join('; ')
  if (status === 'not-applicable') return voidText(finding)
  const margin = boundedMargin(finding)
  if (status === 'met' && start === undefined) return [reason, unstartedText(finding)].filter(Boolean).join(': ')
  // Then nothing was counted.
  if (status === 'met' && start !== undefined && window.end <= start && isNothing(finding)) {
    return `${reason} before its clock started`
  }
  return [
    zone === undefined || due === undefined ? '' : dueWords(finding, due, zone, years),
    [margin, margin === undefined || margin === PAST_DAY ? '' : clockWords(calendarOf(finding))]
      .filter(Boolean)
      .join(' '),
    reason === 'overdue' ? (unseenText(finding) ?? 'still open') : '',
    margin === undefined ? reason.replaceAll('-', ' ') : '',
  ]
    .filter(Boolean)
    .join(', ')
}

/** What is left or over; of a fix that is only known to lie between two instants, at the latest of them. */
function boundedMargin(finding: Finding): string | undefined {
  const margin = clockMargin(finding)
  const { lowest, highest } = finding.bounds ?? {}
  if (margin === undefined) return undefined
  if (/ over$/.test(margin) && unseenText(finding) !== undefined) return `up to ${margin}`
  if (lowest?.unit !== 'ms' || highest?.unit !== 'ms' || lowest.value === highest.value) return margin
  if (/ over$/.test(margin)) return `up to ${margin}`
  return / to spare$/.test(margin) ? `at least ${margin}` : margin
}

/** When it was last seen, where nothing tells whether it is still there. */
function unseenText({ timeline }: Finding): string | undefined {
  return timeline.find(step => step.effect === 'unknown' && step.reason === 'not-seen-since')?.why
}

function isNothing({ observed }: Finding): boolean {
  return observed.unit === 'ms' && observed.value === 0
}

function dueWords(finding: Finding, due: number, zone: Zone, years: boolean): string {
  const { start } = finding
  const shown = needYears(
    { zone, years },
    [start ?? due, due].map(at => ({ start: at, end: at })),
  )
  return `due ${dueText(zone, due, shown, isJustMissed(finding)).replace(/ {2}/, ' ')}`
}

/** Why it is not decided: what the part of its timeline that is not known says, else its own words. */
function openText({ timeline, observed, notes, reason }: Finding): string {
  const unknown = timeline.find(({ effect }) => effect === 'unknown')?.why
  const said = observed.unit === 'none' && observed.text !== '' ? observed.text : undefined
  return unknown ?? said ?? notes[0] ?? reason.replaceAll('-', ' ')
}

/** Why a clock that never started is kept all the same. */
function unstartedText({ notes }: Finding): string | undefined {
  return notes.find(note => note.endsWith('no clock started'))
}

/** Why there is nothing to fix in time. */
function voidText({ reason, notes, timeline }: Finding): string {
  const accepted = timeline.findLast(step => step.reason === 'accepted')?.why
  if (reason === 'accepted' && accepted !== undefined) return accepted
  // What was said last of it is its last note.
  return VOID[reason] ?? notes.at(-1) ?? reason.replaceAll('-', ' ')
}

const VOID: Readonly<Partial<Record<string, string>>> = {
  'no-target': 'the text gives no number',
  'no-band': 'no band holds its score',
  'fix-available': 'a fix became available, whose own clock runs',
}
