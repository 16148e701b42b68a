import type { Finding } from '../model/finding.ts'
import { addDuration, type Duration, parseDuration } from '../time/duration.ts'
import type { Zone } from '../time/zone.ts'
import { actOf, byWords, instantWords } from './explain-acts.ts'
import { isControl, toleratedMs } from './kept-facts.ts'
import { grouped, isPlainAmount } from './quantities.ts'

/**
 * What it takes to keep a promise of `never longer than so long without` over a gap that one more does not close: how
 * many, by when the first, and how far apart. Undefined where one by the due instant is enough, or of other promises.
 */
export function gapText(finding: Finding, zone: Zone): string | undefined {
  const { promise, details } = finding
  if (promise === 'update-every') return updatesText(finding, zone)
  const isSchedule = promise === 'schedule' && details?.noun === 'interval' && details.at === undefined
  if (!isSchedule && !(promise === 'every' && isControl(finding))) return undefined
  const [gap, another] = finding.breached ?? []
  if (gap === undefined) return undefined
  const reach = reachOf(finding)
  if (reach === undefined) return undefined
  const most = MOST_COUNTED
  let count = 1
  for (let end = reach(gap.start, zone); end < gap.end && count < most; end = reach(end, zone)) count++
  const rest = another !== undefined || (finding.undecided ?? []).length > 0 || Number(details?.items ?? 1) > 1
  if (count === 1 && !rest) return undefined
  const apart = apartText(finding)
  // Where the gap is in pieces, or only in part certain, no number is.
  if (rest || count === most)
    return count === 1 && isSchedule ? undefined : `${pluralOf(finding)} never more than ${apart} apart`
  return severalText(finding, count, gap.start, gap.end, apart, zone)
}

const MOST_COUNTED = 10_000

/** Until when one at an instant lasts. */
function reachOf(finding: Finding): ((at: number, zone: Zone) => number) | undefined {
  const { details } = finding
  const amount = durationOf(details?.amount)
  if (amount === undefined) return undefined
  const tolerance = durationOf(details?.tolerance)
  const tolerated = isControl(finding) ? 0 : toleratedMs(finding)
  return (at, zone) => {
    const end = addDuration(zone, at, amount) + tolerated
    return tolerance === undefined ? end : addDuration(zone, end, tolerance)
  }
}

function durationOf(text: string | number | undefined): Duration | undefined {
  if (typeof text !== 'string') return undefined
  const read = parseDuration(text)
  if ('problem' in read || (read.unit !== 'elapsed' && read.unit !== 'calendar')) return undefined
  return read.ms > 0 || (read.unit === 'calendar' && read.months + read.days > 0) ? read : undefined
}

/** Between updates time adds up on any clock, but not in business days. */
function updatesText(finding: Finding, zone: Zone): string | undefined {
  const { observed, promised, details, due, bounds, window } = finding
  if (observed.unit !== 'ms' || promised.unit !== 'ms' || due === undefined) return undefined
  const over = Number(details?.stretches_over ?? 1)
  if (over === 1 && observed.value <= 2 * promised.value) return undefined
  const amount = String(details?.amount ?? '')
  const isExact = over === 1 && bounds === undefined && promised.value > 0 && isPlainAmount(amount)
  if (!isExact) return `${pluralOf(finding)} never more than ${amount} apart`
  const count = Math.ceil(observed.value / promised.value) - 1
  const stop = typeof details?.stopped_at === 'number' ? details.stopped_at : window.end
  return severalText(finding, count, due, stop, amount, zone)
}

/** `3 performances, the first by Mon 11 May 11:00, each next within 1 week of the one before, until Sun 31 May 24:00`. */
function severalText(finding: Finding, count: number, first: number, end: number, apart: string, zone: Zone): string {
  const many = `${grouped(count)} ${pluralOf(finding)}`
  return `${many}, the first ${byWords(first, finding, zone)}, each next within ${apart}, until ${instantWords(end, finding, zone)},`
}

/** The amount as the contract writes it, and what is tolerated beside it. */
function apartText(finding: Finding): string {
  const { details } = finding
  return [details?.amount, details?.tolerance === undefined ? '' : `(+${details.tolerance})`].filter(Boolean).join(' ')
}

/** `performances`, `backups`, out of the words for one. */
function pluralOf(finding: Finding): string {
  const [noun = '', ...rest] = (actOf(finding) ?? 'a one').replace(/^an? /, '').split(' ')
  return [`${noun}s`, ...rest].join(' ')
}
