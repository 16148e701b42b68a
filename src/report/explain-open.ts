import type { Finding } from '../model/finding.ts'
import type { Zone } from '../time/zone.ts'
import { isAttainment, isMean } from './clock-facts.ts'
import { actOf, byWords, instantWords } from './explain-acts.ts'
import { neededInTime } from './explain-attainment.ts'
import { sharePoints } from './explain-points.ts'
import { furtherText } from './explain-share.ts'
import { isBackup } from './kept-facts.ts'
import { failed, sign, sizeText } from './margins.ts'
import { grouped, inHours, promisedText } from './quantities.ts'

/** What an open promise still takes, by when, and how much is left: `a response by Mon 8 Jun 11:00 keeps it: 1h left`. */
export function openText(finding: Finding, asOf: number, zone: Zone): string | undefined {
  const { window, promise, due, promised } = finding
  if (isAttainment(finding)) return attainmentText(finding, asOf)
  if (isBackup(finding)) return backupText(finding, zone)
  const end = instantWords(window.end, finding, zone)
  if (promised.unit === 'ratio') return shareText(finding, end)
  if (isMean(finding)) return `kept if the mean of all that counts is ${promisedText(finding)}`
  if (promise === 'times') return timesText(finding, end)
  if (due === undefined) return undefined
  const by = byWords(due, finding, zone)
  if (promise === 'valid-for')
    return `valid until ${instantWords(due, finding, zone)}: kept as long as another is valid from then on`
  const paused = finding.reason === 'paused' ? ' if the clock went on at once' : ''
  return `${actOf(finding) ?? 'what is owed'} ${by} keeps it${paused}${leftText(finding)}`
}

/** `: 2h left`, `: nothing left`; blank where no amount tells. */
function leftText(finding: Finding): string {
  const { margin } = finding
  const order = margin && sign(margin)
  const size = margin && sizeText(margin, inHours(finding))
  if (margin?.unit !== 'ms' || size === undefined || order === undefined || order < 0) return ''
  return order === 0 ? ': nothing left' : `: ${size} left`
}

/** Of a share of time or of requests, whose window goes on. */
function shareText(finding: Finding, end: string): string | undefined {
  const { margin } = finding
  const further = furtherText(finding)
  if (further !== undefined) return `lost with ${further} until ${end}`
  const size = margin && sizeText(margin, inHours(finding))
  if (margin === undefined || size === undefined) return undefined
  const what = margin.unit === 'ms' ? ' of downtime' : margin.unit === 'count' ? ` ${failed(size)}` : ''
  return `not kept so far, by ${margin.unit === 'ratio' ? sharePoints(margin) : size}${what}; what follows until ${end} decides`
}

/** How many of those still open must be in time, and whether others may still come. */
function attainmentText(finding: Finding, asOf: number): string | undefined {
  const open = Number(finding.details?.open ?? 0)
  const needed = neededInTime(finding, open)
  if (needed === undefined) return undefined
  const { more, words } = needed
  const others = finding.window.end > asOf ? ', if no others come' : ''
  if (more <= 0) return `kept however the ${grouped(open)} still open end${others}: ${words}`
  if (more > open) return `not kept by those there are, only by others in time: ${words}`
  return `kept if ${grouped(more)} of the ${grouped(open)} still open ${open === 1 ? 'is' : 'are'} in time${others}: ${words}`
}

function timesText({ margin }: Finding, end: string): string | undefined {
  if (margin?.unit !== 'count') return undefined
  return `${grouped(Math.abs(margin.value))} more performed by ${end} ${margin.value === -1 ? 'keeps' : 'keep'} it`
}

/** What a backup promise still takes; of several each has an end of its own. */
function backupText(finding: Finding, zone: Zone): string | undefined {
  const { due, details, promised } = finding
  const several = typeof details?.items === 'number' && details.items > 1
  const by = due === undefined || several ? undefined : byWords(due, finding, zone)
  const until = due === undefined || several ? undefined : instantWords(due, finding, zone)
  const each = several ? 'each' : 'it'
  switch (details?.slot) {
    case 'schedule':
    case 'copies':
      return by === undefined ? `kept once ${each} has one` : `${actOf(finding)} ${by} keeps it${leftText(finding)}`
    case 'max-age':
      return by === undefined ? `kept if each is gone in time` : `kept if it is gone ${by}${leftText(finding)}`
    case 'points':
      return `kept if ${each} is there on all of its days to come`
    default:
      if (promised.unit === 'count')
        return `kept if ${each} is still there until ${grouped(promised.value)} later ones are complete`
      return until === undefined
        ? `kept if ${each} is still there at the end of its time`
        : `kept if it is still there until ${until}`
  }
}
