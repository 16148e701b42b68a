import type { Finding } from '../model/finding.ts'
import type { Zone } from '../time/zone.ts'
import { isAttainment, isMean } from './clock-facts.ts'
import { actOf, byWords, instantWords } from './explain-acts.ts'
import { neededInTime } from './explain-attainment.ts'
import { gapText } from './explain-gaps.ts'
import { openText } from './explain-open.ts'
import { settlingText } from './explain-settling.ts'
import { furtherText, lessText } from './explain-share.ts'
import { isFix } from './fix-facts.ts'
import { isMeasured, isRepeated } from './kept-facts.ts'
import { sign, sizeText } from './margins.ts'
import { figureText, grouped, inHours, promisedText } from './quantities.ts'

/**
 * What would have turned the verdict: of what is kept how much was left, of what is broken the nearest value that
 * keeps it, of what is open what it takes and by when, of what is not decided what would settle it. Undefined where
 * nothing is judged.
 */
export function turningText(finding: Finding, asOf: number, zone: Zone): string | undefined {
  switch (finding.status) {
    case 'met':
      return breakingText(finding)
    case 'breached':
      return keepingText(finding, asOf, zone)
    case 'waived':
      return ['breached but for the waiver', keepingText(finding, asOf, zone)].filter(Boolean).join(': ')
    case 'pending':
      return openText(finding, asOf, zone)
    case 'unverified':
      return settlingText(finding, zone)
    case 'not-applicable':
      return undefined
  }
}

/** What would have kept a promise that is broken. */
function keepingText(finding: Finding, asOf: number, zone: Zone): string | undefined {
  const { promised, reason, window, breached } = finding
  const share = neededInTime(finding, openOf(finding))
  if (share !== undefined) {
    const all = openOf(finding) === 0 ? '' : ', with all those open,'
    return `${grouped(share.more - openOf(finding))} of those late in time${all} would have kept it: ${share.words}`
  }
  if (promised.unit === 'ratio') return shareText(finding, asOf)
  const gap = gapText(finding, zone)
  if (gap !== undefined) return `${gap} would have kept it`
  const inTime = inTimeText(finding, zone)
  if (reason === 'overdue' && inTime !== undefined) return `${inTime} would have kept it`
  const amount = amountText(finding)
  if (amount !== undefined) return [amount, inTime].filter(Boolean).join(': ')
  if (inTime !== undefined) return `${inTime} would have kept it`
  if (finding.promise === 'valid-for') {
    const { start } = breached?.[0] ?? window
    const end = breached?.at(-1)?.end ?? window.end
    const [from, to] = [start, end].map(at => instantWords(at, finding, zone))
    return `validity from ${from} until ${to} would have kept it`
  }
  const rule = promised.unit === 'none' ? promised.text : promisedText(finding)
  const own = RULES[finding.promise ?? '']?.(finding, rule)
  return own === undefined ? undefined : `${own} would have kept ${isSeveral(finding) ? 'them' : 'it'}`
}

/** What would have kept promises that no amount tells of, by the name of the promise. */
const RULES: Readonly<Partial<Record<string, (finding: Finding, rule: string) => string>>> = {
  inside: (_, rule) => `work wholly ${rule}`,
  notice: (_, rule) => `${rule.replace('≥', 'at least')} of notice`,
  overrun: (_, rule) => `word of it ${rule.replace('≤', 'within')} of the planned end`,
  residency: () => 'nothing kept anywhere else',
  copies: finding => `${finding.reason === 'unrestorable' ? 'a copy that can be restored' : 'a copy'} of each in time`,
  schedule: () => 'a backup on each of them in time',
  points: () => 'a backup of that date, there on each of its days,',
}

/** `36m 48s less downtime would have kept it`, of a share of time or of requests. */
function shareText(finding: Finding, asOf: number): string | undefined {
  const { promised, bound, window, details } = finding
  const less = lessText(finding)
  // Made of the largest amount that still keeps the promise, whatever its comparison; 100 % can't be exceeded.
  if (
    less === undefined ||
    (bound === 'above' && promised.unit === 'ratio' && String(promised.part) === String(promised.of))
  ) {
    return undefined
  }
  if (window.end > asOf) return `lost already, however the window goes on; ${less} would have left it open`
  if (isUnknown(finding) || (finding.undecided ?? []).length > 0)
    return `with all that is not known up, ${less} would have kept it`
  // Of neighbouring windows the worst is told, and what others lack may lie elsewhere.
  const windows = Number(details?.windows ?? 1)
  const kept = windows > 1 ? `the worst of its ${grouped(windows)} windows` : 'it'
  return `${less} would have kept ${kept}${isBounded(finding) ? ', as it was measured' : ''}`
}

/** `45m less would have kept it`, of any other amount. */
function amountText(finding: Finding): string | undefined {
  const { margin, promised, bound } = finding
  // Of what never was there no amount is the reason.
  if (margin === undefined || !isMeasured(finding)) return undefined
  const together = meanText(finding)
  if (together !== undefined) return `${together} less, all together, would have kept it`
  const order = sign(margin)
  const size = sizeText(margin, inHours(finding))
  // What ended with its day may have come too late without any time counted after it.
  if (order === undefined || order === 0 || size === undefined) return undefined
  const upward = bound === 'at-least' || bound === 'above'
  const strict = bound === 'above' || bound === 'below'
  const least = leastWord(finding, strict)
  const each = promised.unit === 'count' && isSeveral(finding) ? ' each' : ''
  const what = `${margin.unit === 'count' ? countText(finding, size, upward) : `${size} ${upward ? 'more' : 'less'}`}${each}`
  // Of several the worst lacks the most.
  return `${least}${what} would have kept ${isSeveral(finding) ? 'all of them' : 'it'}`
}

/** `5 more days`, `1 work fewer`: a number of what the promise counts. */
function countText({ promise, details }: Finding, size: string, upward: boolean): string {
  const noun = COUNTED[String(details?.slot ?? promise ?? '')]
  if (noun === undefined) return `${size} ${upward ? 'more' : 'less'}`
  return `${size} ${upward ? 'more' : 'fewer'} ${noun}${size === '1' ? '' : 's'}`
}

const COUNTED: Readonly<Partial<Record<string, string>>> = {
  points: 'day',
  schedule: 'backup',
  times: 'performance',
  'at-most': 'maintenance',
}

/** How far the times behind a mean are from what is allowed in all; undefined of what is no mean. */
function meanText(finding: Finding): string | undefined {
  const { promised, details } = finding
  const [sum, tickets] = [Number(details?.sum_ms), Number(details?.tickets)]
  if (!isMean(finding) || promised.unit !== 'ms' || !Number.isSafeInteger(sum) || !(tickets > 0)) return undefined
  return sizeText({ unit: 'ms', value: Math.abs(promised.value * tickets - sum) }, true)
}

/** How exact an amount is that was lacking: what is not known can only add to it, unless the worst was taken. */
function leastWord(finding: Finding, strict: boolean): string {
  const { bounds, observed, undecided } = finding
  if (bounds === undefined) return (undecided ?? []).length > 0 ? 'at least ' : strict ? 'more than ' : ''
  const { lowest } = bounds
  return lowest.unit === 'ms' && observed.unit === 'ms' && lowest.value === observed.value ? 'at least ' : 'up to '
}

/** The act that was owed with the instant until when: `a resolution by Tue 26 May 10:10`. */
function inTimeText(finding: Finding, zone: Zone): string | undefined {
  const { due, bounds } = finding
  const act = actOf(finding)
  if (due === undefined || act === undefined || isSeveral(finding) || (bounds !== undefined && !isFix(finding)))
    return undefined
  return `${act} ${byWords(due, finding, zone)}`
}

/** What would have broken a promise that is kept. */
function breakingText(finding: Finding): string | undefined {
  const { margin, promised, bound, promise = '', reason, start } = finding
  const order = margin && sign(margin)
  const size = margin && sizeText(margin, inHours(finding))
  if (margin === undefined || order === undefined || size === undefined) {
    if (isFix(finding) && start === undefined) return 'no clock started, so there was no end to miss'
    const rule = promised.unit === 'none' ? promised.text : promisedText(finding)
    return UNMEASURED[promise]?.(rule, reason)
  }
  const share = neededInTime(finding, openOf(finding))
  if (share !== undefined) {
    const all = openOf(finding) === 0 ? '' : ' and all those open'
    return `it would break with ${grouped(1 - share.more)} of those in time${all} late: ${share.words}`
  }
  const measured = isDoubtful(finding) && !isWorst(finding) ? ', as far as it is known' : ''
  if (promised.unit === 'ratio') {
    const further = furtherText(finding)
    return further && `it would break with ${further}${measured}`
  }
  const together = meanText(finding)
  if (together !== undefined)
    return `it would break with ${order === 0 ? 'any' : `more than ${together}`} more, all together${measured}`
  const upward = bound === 'at-least' || bound === 'above'
  if (order === 0) return `it would break with any ${upward ? 'less' : 'more'}${measured}`
  const strict = bound === 'above' || bound === 'below'
  const what = margin.unit === 'count' ? countText(finding, size, !upward) : `${size} ${upward ? 'less' : 'more'}`
  return `it would break with ${strict ? '' : 'more than '}${what}${measured}`
}

/** What would have broken promises that no amount tells of, by the name of the promise. */
const UNMEASURED: Readonly<Partial<Record<string, (rule: string, reason: string) => string>>> = {
  inside: rule =>
    `it would break with any of it ${rule.startsWith('inside') ? rule.replace('inside', 'outside') : rule.replace('outside', 'inside')}`,
  notice: (rule, reason) => `no notice was needed (${reason.replaceAll('-', ' ')}); where it is: ${rule}`,
  residency: () => 'it would break with one copy anywhere else',
  copies: () => 'it would break with one backup left without such a copy',
}

function openOf({ details }: Finding): number {
  return Number(details?.open ?? 0)
}

/** Whether time of it is unknown; then it is only broken if it is with all of that up. */
function isUnknown({ details }: Finding): boolean {
  return ['unknown_ms', 'uncertain_ms'].some(key => Number(details?.[key] ?? 0) > 0)
}

function isBounded(finding: Finding): boolean {
  return finding.bounds !== undefined && !isAttainment(finding)
}

/** Whether something of it is not known. */
function isDoubtful(finding: Finding): boolean {
  return isBounded(finding) || isUnknown(finding) || (finding.undecided ?? []).length > 0
}

/** Whether the figure that was judged is the worse of the bounds already. */
function isWorst(finding: Finding): boolean {
  const { bounds, bound, observed } = finding
  const worst = bound === 'at-least' || bound === 'above' ? bounds?.lowest : bounds?.highest
  return worst !== undefined && figureText(worst, finding) === figureText(observed, finding)
}

function isSeveral(finding: Finding): boolean {
  const items = isRepeated(finding) ? finding.details?.items : undefined
  return typeof items === 'number' && items > 1
}
