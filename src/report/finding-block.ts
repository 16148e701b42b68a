import type { Finding, Waiver } from '../model/finding.ts'
import type { ClauseReport, Report } from '../model/report.ts'
import { isClocked, isMean, meanText } from './clock-facts.ts'
import { dueText, isJustMissed } from './day-ends.ts'
import { detailFacts, fractionUnit, headline, isAtBest, usage, usageText } from './facts.ts'
import { fixStop, isFix, isSaid, isVoid } from './fix-facts.ts'
import { needYears, stretchText } from './instants.ts'
import { paragraph, sides } from './layout.ts'
import { boundsText } from './margins.ts'
import { clean, cutStart, printable } from './printable.ts'
import { calendarOf, clockSpan, exactText, figureText, inHours } from './quantities.ts'
import { asBreach, findingState, findingWord, isMissing, stateGlyph, statePaint } from './states.ts'
import { timelineLines } from './timeline.ts'
import { symbols, type View } from './view.ts'

/** One finding in detail: what it comes down to, a bar, its timeline, the exact figures, bounds and notes. */
export function findingBlock(
  finding: Finding,
  clause: ClauseReport,
  report: Report,
  view: View,
  most?: number,
): string[] {
  const indent = 2
  const lines = findingHead(finding, placeText(clause, view), view)
  if (finding.waiver !== undefined) {
    lines.push(...paragraph({ text: clean(waiverText(finding.waiver, finding), view) }, { width: view.width, indent }))
  }
  const bar = usageBar(finding, view)
  if (bar !== undefined) lines.push(`  ${bar}`)
  lines.push(
    ...timelineLines(finding.timeline, {
      inputs: report.inputs,
      view,
      indent,
      lengths: hasLengths(finding),
      ...(most !== undefined && { most }),
    }),
  )
  const dim = (text: string): string => view.colour.dim(text)
  const facts = isMissing(finding) && !isFix(finding) ? '' : factLine(asBreach(finding), view)
  if (facts !== '') lines.push(...paragraph({ text: clean(facts, view), paint: dim }, { width: view.width, indent }))
  const said = headline(finding, view.zone, view.years)
  const bounds = boundsText(finding)
  if (bounds !== undefined && finding.status !== 'unverified' && !said.includes(bounds)) {
    lines.push(...paragraph({ text: clean(bounds, view) }, { width: view.width, indent }))
  }
  for (const note of finding.notes.filter(text => !said.includes(text) && !isSaid(text, finding))) {
    lines.push(...paragraph({ text: clean(`note: ${note}`, view) }, { width: view.width, indent }))
  }
  return lines
}

/** The head line of a finding: glyph, id, verdict and what it comes down to; `place` on the right. */
export function findingHead(finding: Finding, place: string, view: View): string[] {
  const state = findingState(finding)
  const paint = statePaint(state, view)
  const id = clean(finding.id, view)
  const glyph = stateGlyph(state, view)
  const left = `${glyph} ${id}  ${findingWord(finding)}: ${clean(headline(finding, view.zone, view.years), view)}`
  return sides(
    {
      text: left,
      paint: text =>
        text.startsWith(`${glyph} ${id}  `)
          ? `${paint(glyph)} ${view.colour.bold(id)}  ${paint(text.slice(glyph.length + id.length + 3))}`
          : paint(text),
    },
    { text: place, paint: text => view.colour.dim(text) },
    view.width,
    2,
  )
}

/** `waived until 2026-06-30 by J. Doe: the customer asked for it`, with the pattern where it was no id. */
export function waiverText({ until, approver, reason, finding }: Waiver, { id }: Finding): string {
  return `waived until ${until} by ${approver}: ${reason}${finding === id || finding === printable(id) ? '' : ` (for ${finding})`}`
}

/** Whether the length of a step says something: the clock of a calendar leaves out most of it. */
export function hasLengths(finding: Finding): boolean {
  return calendarOf(finding) === undefined
}

/** Where a clause stands in its contract: `acme.yaml:11`. */
export function placeText(clause: ClauseReport, view: View): string {
  if (clause.span === undefined) return ''
  const file = clause.span.file.split('/').at(-1) ?? clause.span.file
  return `${cutStart(clean(file, view), Math.floor(view.width / 3), view)}:${clause.span.line}`
}

/** How much of an allowance of time is used, drawn to scale with a mark where it ends. */
export function usageBar(finding: Finding, view: View): string | undefined {
  // Of what is not decided, or void, no share says anything.
  const silent = finding.status === 'unverified' || (isFix(finding) && finding.status === 'not-applicable')
  const use = silent ? undefined : usage(asBreach(finding))
  if (use === undefined || use.used < 0) return undefined
  const percent = usageText(use.used, use.allowed)
  if (percent === undefined) return undefined
  const { bar, light, limit } = symbols(view)
  const paint = statePaint(findingState(finding), view)
  // At twice the allowance and beyond the bar is full: the figure beside it says how far.
  const filled = Math.min(Math.round((use.used / use.allowed) * HALF), 2 * HALF)
  const within = bar.repeat(Math.min(filled, HALF))
  const over = bar.repeat(Math.max(filled - HALF, 0))
  return `${paint(within)}${light.repeat(HALF - within.length)}${limit}${paint(over)} ${percent}`
}

const HALF = 24

/** The arithmetic in short: the exact fraction and the times it is made of, those of no length left out. */
function factLine(finding: Finding, view: View): string {
  const { observed, status } = finding
  const exact =
    observed.unit === 'ratio' && status !== 'unverified' ? exactText(observed, fractionUnit(finding)) : undefined
  const figure =
    exact === undefined ? [] : [`${isAtBest(finding) ? 'at best ' : ''}${figureText(observed, finding)} = ${exact}`]
  const mean = meanText(finding)
  if (mean !== undefined && status !== 'unverified') figure.push(mean)
  return [
    ...figure,
    ...clockTimes(finding, view),
    ...detailFacts(finding, view.zone)
      .filter(({ ms }) => ms !== undefined && !isMean(finding))
      .map(({ name, text }) => `${name} ${text}`),
  ].join(' · ')
}

/** When a clock started, was due and stopped, and what of the time between it did not count. */
function clockTimes(finding: Finding, view: View): readonly string[] {
  const { start, due, details } = finding
  if (isFix(finding)) return fixTimes(finding, view)
  if (!isClocked(finding)) return []
  const stopped = typeof details?.stopped_at === 'number' ? details.stopped_at : undefined
  const named = [['start', start] as const, ['due', due] as const, ['stop', stopped] as const]
  const instants = named.flatMap(([name, at]) => (at === undefined ? [] : [{ name, at: { start: at, end: at } }]))
  const years = needYears(
    view,
    instants.map(({ at }) => at),
  )
  const times = instants.map(({ name, at }) => `${name} ${stretchText(view.zone, at, years).replace(/ {2}/, ' ')}`)
  const paused = details?.paused_ms
  if (typeof paused !== 'number' || paused === 0 || finding.status === 'unverified') return times
  return [...times, `${clockSpan(paused, inHours(finding))} not counted`]
}

/** When the clock of a fix started, until when it was in time, and when it was fixed. */
function fixTimes(finding: Finding, view: View): readonly string[] {
  const { zone } = view
  const { start, due } = finding
  if (isVoid(finding)) return []
  const stop = fixStop(finding)
  const known = [start, due, stop?.[1]].flatMap(at => (at === undefined ? [] : [{ start: at, end: at }]))
  const years = needYears(view, known)
  const time = (name: string, at: number | undefined, text: string): string[] =>
    at === undefined ? [] : [`${name} ${text.replace(/ {2}/, ' ')}`]
  const plain = (at = 0): string => dueText(zone, at, years)
  return [
    ...time('start', start, plain(start)),
    ...time('due', due, dueText(zone, due ?? 0, years, isJustMissed(finding))),
    ...time(stop?.[0] ?? '', stop?.[1], plain(stop?.[1])),
  ]
}
