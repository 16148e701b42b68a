import type { Finding } from '../model/finding.ts'
import { dutyWord, fixPromise, isFix } from './fix-facts.ts'
import { calendarOf, clockSpan, figureText, grouped, inHours, isPlainAmount, promisedText } from './quantities.ts'

/** Whether a finding is about the clock of one record: what was counted on it against what is allowed. */
export function isClocked(finding: Finding): boolean {
  const { details, promised, observed } = finding
  const counts = typeof details?.counted_ms === 'number' || isFix(finding)
  return counts && promised.unit === 'ms' && observed.unit === 'ms'
}

/** Whether a finding is the mean time of many records. */
export function isMean({ details, promised }: Finding): boolean {
  return details?.sum_ms !== undefined && promised.unit === 'ms'
}

/** Whether a finding is the share of records that were in time: of a count, not of time or requests. */
export function isAttainment({ promised, details }: Finding): boolean {
  return promised.unit === 'ratio' && typeof details?.in_time === 'number'
}

/** `in support hours`, for a time counted on the calendar `support`; nothing for a clock that always runs. */
export function clockWords(calendar: string | undefined): string {
  return calendar === undefined ? '' : `in ${hoursName(calendar)}`
}

/** `support hours`. */
export function hoursName(calendar: string): string {
  return /hours?$/i.test(calendar) ? calendar : `${calendar} hours`
}

/**
 * What one record, a share of many, or many on average were promised, the amount as the contract writes it: `respond ≤
 * 24h in support hours`, `resolve ≤ 2 business days (18h in support hours)`, `95 % resolve ≤ 4h`, `fix ≤ 3 days from
 * detected`. Undefined for findings that no clock decides.
 */
export function clockPromise(finding: Finding): string | undefined {
  const { promise, promised, details } = finding
  if (isFix(finding)) return fixPromise(finding)
  const band = details?.band === undefined ? undefined : `${details.band} ${dutyWord(finding)}`
  const name = band ?? promise?.replaceAll('-', ' ')
  const written = typeof details?.amount === 'string' ? details.amount : undefined
  if (isAttainment(finding)) {
    const share = promisedText(finding).replace(/^≥ /, '')
    return [share, name, written === undefined ? '' : `≤ ${written}`].filter(Boolean).join(' ')
  }
  if (isClocked(finding) || isMean(finding)) return [name, amountText(finding, written)].filter(Boolean).join(' ')
  if (name === undefined || details?.priority === undefined) return undefined
  // Of a record that no clock could be read for there is the amount alone.
  const words = promised.unit === 'none' ? promised.text : promisedText(finding)
  return words === '' || words.endsWith('unstated')
    ? undefined
    : `${name} ${words.startsWith('≤') ? words : `≤ ${words}`}`
}

function amountText(finding: Finding, written: string | undefined): string {
  const calendar = calendarOf(finding)
  const words = clockWords(calendar)
  if (written === undefined) return [promisedText(finding), words].filter(Boolean).join(' ')
  if (calendar === undefined) return `≤ ${written}`
  if (isPlainAmount(written)) return `≤ ${written} ${words}`
  return `≤ ${written} (${figureText(finding.promised, finding)} ${words})`
}

/** `5h 10m counted`, `5h 10m a ticket`. */
export function countedText(finding: Finding): string {
  return `${figureText(finding.observed, finding)} ${isMean(finding) ? 'a ticket' : 'counted'}`
}

/** `4h 20m = 13h / 3 tickets`: how a mean comes about, which is rounded up to a whole millisecond. */
export function meanText(finding: Finding): string | undefined {
  const { observed, details } = finding
  const sum = details?.sum_ms
  const tickets = details?.tickets
  if (!isMean(finding) || observed.unit !== 'ms' || sum === undefined || typeof tickets !== 'number') return undefined
  const exact = BigInt(sum) === BigInt(observed.value) * BigInt(tickets)
  const whole = `${clockSpan(Number(sum), inHours(finding))} / ${grouped(tickets)} ${tickets === 1 ? 'ticket' : 'tickets'}`
  return `${figureText(observed, finding)} = ${whole}${exact ? '' : ', rounded up'}`
}

/** `18 of 20 in time, 2 open`: the counts behind an attainment; undefined for any other finding. */
export function attainmentText(finding: Finding): string | undefined {
  const { observed, details } = finding
  if (!isAttainment(finding)) return undefined
  const undecided = ['open', 'unverified'].flatMap(name => {
    const count = details?.[name]
    return typeof count === 'number' && count > 0 ? [`${grouped(count)} ${name}`] : []
  })
  const said = observed.unit === 'none' ? observed.text : ''
  const share = observed.unit === 'ratio' ? `${grouped(observed.part)} of ${grouped(observed.of)} in time` : said
  return [share, ...undecided].filter(Boolean).join(', ')
}
