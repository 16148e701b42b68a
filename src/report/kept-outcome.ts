import type { Finding } from '../model/finding.ts'
import {
  allowedMs,
  isBackup,
  isControl,
  isExposure,
  isRepeated,
  NEVER_THERE,
  pluralOf,
  toleratedMs,
} from './kept-facts.ts'
import { clockSpan, grouped, inHours } from './quantities.ts'

/** What a finding comes to: its figure, what is to be said beside it, and both in one text. */
export interface Outcome {
  readonly figure: string
  readonly fact: string
  readonly text: string
}

/**
 * The words for backups, recovery points and controls, whose findings are on things owed again and again: how many,
 * which of them, and how far the worst was off. Undefined for any other finding.
 */
export function keptOutcome(finding: Finding): Outcome | undefined {
  const { status, observed } = finding
  if (isCaseLoss(finding)) return lossOutcome(finding)
  if (!isRepeated(finding) || status === 'not-applicable') return undefined
  if (status === 'unverified') return alone(whyOpen(finding))
  if (isControl(finding)) return controlOutcome(finding)
  if (isExposure(finding)) return observed.unit === 'ms' ? lossOutcome(finding) : undefined
  return status === 'met' ? metOutcome(finding) : alone(lapseText(finding))
}

/** `28 of 31 days`: how many of what was owed were kept. */
function keptShare({ details }: Finding): string {
  const { items = 0, owed = items, noun } = details ?? {}
  return `${grouped(items)} of ${grouped(owed)} ${Number(owed) === 1 ? noun : pluralOf(String(noun))}`
}

/** `3 days, 2026-05-12 to 2026-05-14`. */
function groupName({ details }: Finding): string {
  const { items = 0, noun, from, to } = details ?? {}
  return `${grouped(items)} ${pluralOf(String(noun))}, ${from} to ${to}`
}

function alone(text: string): Outcome {
  return { figure: '', fact: text, text }
}

function beside(figure: string, fact: string): Outcome {
  return { figure, fact, text: [figure, fact].filter(Boolean).join(', ') }
}

/** Why it is not decided; of a control notes only say what would settle it. */
function whyOpen(finding: Finding): string {
  const { observed, notes, reason, timeline } = finding
  const said = observed.unit === 'none' && observed.text !== '' ? observed.text : undefined
  const first = isBackup(finding) ? (notes[0] ?? said) : (said ?? notes[0])
  return first ?? timeline.find(({ effect }) => effect === 'unknown')?.why ?? reason.replaceAll('-', ' ')
}

function metOutcome(finding: Finding): Outcome {
  const { details, observed } = finding
  const { slot } = details ?? {}
  const kept = keptShare(finding)
  if (observed.unit === 'none') return beside(kept, slot === 'residency' ? `in ${observed.text}` : '')
  if (observed.unit !== 'ms') return beside(kept, '')
  const figure = span(finding, observed.value)
  const allowed = span(finding, allowedMs(finding) ?? observed.value)
  switch (slot) {
    case 'schedule':
      return details?.at === undefined
        ? {
            figure,
            fact: `longest between ${betweenText(finding)}, ${allowed} allowed`,
            text: `at most ${figure} between ${betweenText(finding)}, ${allowed} allowed`,
          }
        : beside(kept, `${figure} late at most, ${allowed} allowed`)
    case 'max-age':
      return beside(kept, `the oldest ${figure}, ${allowed} allowed`)
    case 'copies':
      return beside(kept, `${figure} after completion at most, ${allowed} allowed`)
    case 'keep':
      return details?.noun === 'stretch'
        ? beside(`${figure} back`, `${promisedSpan(finding)} owed`)
        : beside(kept, `each at least ${figure} of ${promisedSpan(finding)}`)
    default:
      return beside(kept, `each at least ${figure} of ${promisedSpan(finding)}`)
  }
}

/** What is not kept, or still open. */
function lapseText(finding: Finding): string {
  const { details, observed, status, notes, promised, reason } = finding
  const said = notes[0] ?? reason.replaceAll('-', ' ')
  const several = typeof details?.items === 'number' && details.items > 1
  const worst = several ? `${groupName(finding)}: at worst ` : ''
  const { slot } = details ?? {}
  if (observed.unit === 'none' || (status === 'breached' && NEVER_THERE.has(reason))) return said
  if (observed.unit === 'count') {
    if (status === 'pending') return said
    if (slot === 'schedule') return `no backup ${several ? shareIn(finding) : placeOf(finding)}`
    const [got, owed] = [observed.value, promised.unit === 'count' ? promised.value : 0].map(grouped)
    return slot === 'points'
      ? `${worst}there on ${got} of the ${owed} days owed`
      : `${worst}gone when ${got} of ${owed} later ones were complete`
  }
  if (observed.unit !== 'ms') return said
  const figure = span(finding, observed.value)
  const end = marginEnd(finding)
  const allowed = allowedMs(finding)
  const limit = allowed === undefined ? '' : `, ${span(finding, allowed)} allowed${end}`
  switch (slot) {
    case 'schedule':
      if (details?.at !== undefined) {
        if (status === 'pending') return said
        if (reason !== 'late') return `none ${several ? shareIn(finding) : placeOf(finding)}`
        return `${worst}${figure} after ${details.at}${limit}`
      }
      if (allowed === undefined) return `${worst}${figure} without a backup`
      return `${worst}${figure} ${isLast(finding) ? `since the last ${anchorWord(finding)}` : `between ${betweenText(finding)}`}${limit}`
    case 'max-age':
      return `${worst}${figure} old${limit}`
    case 'copies':
      if (status === 'pending') return said
      return `${worst}${reason === 'copied-late' ? 'copied' : 'no copy that can be restored'} ${figure} after completion${limit}`
    default:
      if (status === 'pending') return said
      return `${worst}${keptText(finding, figure)}${end}`
  }
}

/** `kept 4d 6h of 7d (1h tolerated)`. */
function keptText(finding: Finding, figure: string): string {
  const { reason, details } = finding
  const tolerated = toleratedMs(finding)
  const word = details?.noun === 'stretch' ? 'reaching back' : reason === 'unrestorable' ? 'restorable' : 'kept'
  return `${word} ${figure} of ${promisedSpan(finding)}${tolerated === 0 ? '' : ` (${span(finding, tolerated)} tolerated)`}`
}

function controlOutcome(finding: Finding): Outcome {
  const { status, promise, observed, promised, margin, reason } = finding
  if (promise === 'times' && observed.unit === 'count' && promised.unit === 'count') {
    const [done, owed] = [grouped(observed.value), grouped(promised.value)]
    const figure = observed.value > promised.value ? done : `${done} of ${owed}`
    if (status === 'met') return { figure, fact: 'performed', text: `performed ${figure} times` }
    const end = status === 'pending' ? ' so far' : `: ${grouped(promised.value - observed.value)} short`
    return { figure, fact: `performed${end}`, text: `performed ${figure} times${end}` }
  }
  if (observed.unit !== 'ms') return alone(observed.unit === 'none' ? observed.text : reason.replaceAll('-', ' '))
  const figure = span(finding, observed.value)
  const allowed = allowedMs(finding)
  if (allowed === undefined || margin === undefined) {
    const lack = promise === 'valid-for' ? 'nothing valid' : 'nothing performed'
    return { figure, fact: lack, text: `${lack} for ${figure}` }
  }
  const limit = `${span(finding, allowed)} allowed${marginEnd(finding)}`
  if (status === 'met')
    return {
      ...beside(figure, `longest between performances, ${limit}`),
      text: `at most ${figure} between performances, ${limit}`,
    }
  const isFirst = finding.timeline.some(step => step.reason === 'clock')
  const since = isFirst
    ? 'without a performance'
    : reason === 'gap'
      ? 'between performances'
      : 'since the last performance'
  return { figure, fact: `${since}, ${limit}`, text: `${figure} ${since}, ${limit}` }
}

/** Whether a finding tells what was lost in an incident. */
function isCaseLoss({ promise, details, observed, status }: Finding): boolean {
  const isDecided = status === 'met' || status === 'breached'
  return promise === 'rpo' && details?.case !== undefined && observed.unit === 'ms' && isDecided
}

function lossOutcome(finding: Finding): Outcome {
  const { status, observed, details } = finding
  const figure = observed.unit === 'ms' ? span(finding, observed.value) : ''
  const limit = `${span(finding, allowedMs(finding) ?? 0)} allowed${marginEnd(finding)}`
  if (details?.case !== undefined) return { figure, fact: `lost, ${limit}`, text: `${figure} lost, ${limit}` }
  if (status === 'met')
    return { figure, fact: `could be lost at most, ${limit}`, text: `${figure} could be lost at most, ${limit}` }
  const what = status === 'pending' ? 'would be lost now' : 'could be lost'
  return { figure, fact: `${what}, ${limit}`, text: `${figure} ${what}, ${limit}` }
}

/** `: 23h over`, `: 30m left`; nothing of what is kept. */
function marginEnd(finding: Finding): string {
  const { margin, status, bound } = finding
  if (margin?.unit !== 'ms' || status === 'met') return ''
  const size = span(finding, Math.abs(margin.value))
  if (margin.value >= 0) return status === 'pending' ? `: ${size} left` : ''
  return `: ${size} ${bound === 'at-least' ? 'short' : 'over'}`
}

/** `on 2026-06-03`, `in 2026-W25`. */
function placeOf({ details }: Finding): string {
  return `${details?.noun === 'day' ? 'on' : 'in'} ${details?.from}`
}

/** `on 3 days, 2026-05-12 to 2026-05-14`. */
function shareIn(finding: Finding): string {
  return `${finding.details?.noun === 'day' ? 'on' : 'in'} ${groupName(finding)}`
}

function anchorWord({ details }: Finding): string {
  return details?.anchor === 'completion' ? 'completion' : 'start'
}

function betweenText(finding: Finding): string {
  return `${anchorWord(finding)}s`
}

/** Whether nothing came after: then it is the time since the last one. */
function isLast({ status, details }: Finding): boolean {
  return status === 'pending' || details?.open === 'yes'
}

function promisedSpan(finding: Finding): string {
  const { promised, details } = finding
  if (typeof details?.amount === 'string') return details.amount
  return promised.unit === 'ms' ? span(finding, promised.value) : ''
}

function span(finding: Finding, ms: number): string {
  return clockSpan(ms, inHours(finding))
}
