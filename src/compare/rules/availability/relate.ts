import type { AvailabilityBody } from '../../../clauses/availability/schema.ts'
import { isThroughout } from '../../../contract/term.ts'
import type { Interval } from '../../../model/interval.ts'
import { DAY } from '../../../time/civil.ts'
import { durationText } from '../../../time/duration.ts'
import type { Zone } from '../../../time/zone.ts'
import type { Ordering, Side, World } from '../../rule.ts'
import { clockRules, sameClock } from './clocks.ts'
import { compareExclusions, exclusionsOf, type Left, sameValue } from './exclusions.ts'
import { compareFields, type Difference, ignoredUpTo, isPlainTime } from './fields.ts'
import { FIRST, type Frame, frameOf, LAST, type Party, partyOf, provenYears, sameTerm } from './frame.ts'
import { compareTargets, type Excess, keeps, refines, sameService, sameWindows } from './numbers.ts'
import { divisorText, roundingText } from './promise-text.ts'
import { assumedOf, compareSubjects } from './subjects.ts'
import { windowWords } from './words.ts'

/** What rules say of two promises of availability: see `Ordering`. */
export function relateAvailability(
  base: Side<AvailabilityBody>,
  other: Side<AvailabilityBody>,
  world: World,
): Ordering {
  const [a, b] = [partyOf(base), partyOf(other)]
  const left = compareExclusions(a, b)
  const differences = [
    ...compareSubjects(base, other),
    ...compareFields(a.body, b.body),
    ...exclusionDifference(left, a, b),
  ]
  const [ours, theirs] = [numbersOf(a, b), numbersOf(b, a)]
  const forward = oneWay(differences, 'laxer', theirs, ours, left, world)
  const back = oneWay(differences, 'stricter', ours, theirs, left, world)
  const same = forward.found.by === 'same' && back.found.by === 'same'
  return {
    atLeast: forward.holds,
    atMost: back.holds,
    rules: [
      ...differences.map(({ why }) => why),
      ...numberRules(a.body, b.body),
      ...clockRules(ours, theirs),
      ...(same ? [SAME] : [...forwardRules(forward, base.zone), ...backRules(back, other.zone)]),
      ...assumedOf(base, other),
      ...(sameTerm(base.contract, other.contract) || [base, other].every(({ contract }) => isThroughout(contract.term))
        ? []
        : ['compared as far as both contracts run']),
    ],
  }
}

/** One promise with its windows over the years of proof, and over somewhat more. */
interface Numbers {
  readonly party: Party
  readonly body: AvailabilityBody
  readonly frame: Frame
  readonly wide: Frame
  readonly cut: boolean
}

function numbersOf(party: Party, against: Party): Numbers {
  const cut = sameTerm(party.contract, against.contract)
  const years = within(provenYears(party.zone), cut ? party.contract.term : undefined)
  const frame = frameOf(party, years, cut)
  return { party, body: party.body, frame, wide: frameOf(party, around(years), cut), cut }
}

function within({ start, end }: Interval, term: Party['contract']['term']): Interval {
  return { start: Math.max(start, term?.start ?? start), end: Math.min(end, term?.end ?? end) }
}

/** The windows that meet the years reach beyond them, by a year or less unless they roll over more. */
function around({ start, end }: Interval): Interval {
  return { start: start - 800 * DAY, end: end + 800 * DAY }
}

interface Found {
  readonly proven: boolean
  readonly excesses: readonly Excess[]
  /** The windows of the two are the same, with a target as high or higher, or whole ones of the first make up those of the second. */
  readonly by?: 'same' | 'higher' | 'parts' | 'years'
}

/** Whether all that keeps the numbers of `given` keeps those of `wanted`, by windows, hours and targets alone. */
function keepsNumbers(given: Numbers, wanted: Numbers, left: Left): Found {
  const order = compareTargets(given.body.target, wanted.body.target)
  const plain = isPlainTime(given.body) && isPlainTime(wanted.body)
  const timed = plain || [given.body, wanted.body].every(isUnits)
  // Windows of a term of its own have no others to be held against.
  const loose = !given.cut && [given, wanted].some(({ body }) => ANCHORED.includes(body.window.rule.kind))
  const exact = timed && !loose ? keeps({ ...given, frame: given.wide }, wanted) : { proven: false, excesses: [] }
  const impossible = [given, wanted].some(({ body }) => isImpossible(body))
  const excesses = impossible ? [] : exact.excesses
  // Excluded time makes a window shorter, and what it allows smaller.
  const shrinks = !isFixed(wanted)
  const alike = left === 'same' && isFixed(given) === isFixed(wanted)
  const unrounded = readsDown(given.body) && keepsRounded(wanted.body)
  const rounds = unrounded || sameValue(given.body.rounding, wanted.body.rounding)
  const sameHours = sameService(wanted.frame, given.wide) && given.body.base === wanted.body.base
  const same = sameHours && sameWindows(given.frame, wanted.frame) && rounds
  if (same && order >= 0 && (!shrinks || alike))
    return { proven: true, excesses: [], by: order > 0 ? 'higher' : 'same' }
  if (!plain || !unrounded || impossible || loose) return { proven: false, excesses }
  const parts = sameHours && given.body.base === undefined && refines(given.wide, wanted.frame)
  const strict = wanted.body.target.bound === 'at-least' || given.body.target.bound === 'above' || order > 0
  if (parts && order >= 0 && strict && (!shrinks || alike)) return { proven: true, excesses: [], by: 'parts' }
  if (exact.proven && !shrinks) return { proven: true, excesses: [], by: 'years' }
  return { proven: false, excesses }
}

const ANCHORED: readonly string[] = ['contract-month', 'term']

/** Whole units and touched ones stand beside time: they count less, or more. */
function isUnits({ accounting }: AvailabilityBody): boolean {
  return isPlainTime({ accounting } as AvailabilityBody) || (typeof accounting === 'object' && !('mean' in accounting))
}

/** A figure that keeps the target as read keeps it exactly. */
function readsDown({ rounding }: AvailabilityBody): boolean {
  return rounding === undefined || rounding.mode === 'down'
}

/** A figure that keeps the target exactly keeps it as read: what has no more decimals than is read stays as it is. */
function keepsRounded({ rounding, target }: AvailabilityBody): boolean {
  if (rounding === undefined) return true
  const { part, of } = target.value
  return target.bound === 'at-least' && (BigInt(part) * 100n * 10n ** BigInt(rounding.decimals)) % BigInt(of) === 0n
}

function isImpossible({ target }: AvailabilityBody): boolean {
  return target.bound === 'above' && target.value.part >= target.value.of
}

/** Whether what a window allows is the same whatever is excluded. */
function isFixed({ body, party }: Numbers): boolean {
  return (
    body.base !== undefined ||
    body['excluded-time'] === 'counts-as-up' ||
    exclusionsOf(party.contract, body).length === 0
  )
}

function exclusionDifference(left: Left, a: Party, b: Party): readonly Difference[] {
  const excluded = exclusionsOf(a.contract, a.body).length + exclusionsOf(b.contract, b.body).length
  if (excluded === 0) return []
  const [from, to] = [a.body['excluded-time'] ?? LEAVES, b.body['excluded-time'] ?? LEAVES]
  const found: Difference[] = []
  if (left === 'more') found.push({ way: 'laxer', why: 'it leaves out more' })
  if (left === 'less') found.push({ way: 'stricter', why: 'it leaves out less' })
  if (left === 'other') {
    const clock = sameClock(a.zone, b.zone) || compareExclusions(a, { ...b, zone: a.zone }) === 'other'
    const why = clock ? '' : `, by the clock of ${b.zone.name}, in the base by that of ${a.zone.name}`
    found.push({ way: 'unlike', why: `the two leave out other things${why}` })
  }
  // What shrinks the window is dealt with by the numbers; this only says so.
  const fixed = a.body.base !== undefined && b.body.base !== undefined
  if (from !== to && left === 'same' && !fixed) {
    const why = `excluded time ${to === LEAVES ? 'makes the window shorter' : 'counts as up'}, in the base it ${from === LEAVES ? 'makes the window shorter' : 'counts as up'}`
    found.push({ way: to === LEAVES ? 'stricter' : 'laxer', why })
  }
  return found
}

const LEAVES = 'leaves-denominator'

interface Way {
  readonly holds: boolean | undefined
  readonly found: Found
  readonly example?: Excess
}

/** Whether the one implies the other: proven where nothing that it counts is `worse`, refuted where the numbers are. */
function oneWay(
  differences: readonly Difference[],
  worse: 'laxer' | 'stricter',
  given: Numbers,
  wanted: Numbers,
  left: Left,
  world: World,
): Way {
  const found = keepsNumbers(given, wanted, left)
  const has = (way: Difference['way']) => differences.some(difference => difference.way === way)
  if (differences.some(({ way, unseen }) => way === worse && unseen === true)) return { holds: false, found }
  if (found.proven && !has(worse) && !has('unlike')) return { holds: true, found }
  const inYear = found.excesses.filter(({ window }) => window.end > world.span.start && window.start < world.span.end)
  const example = inYear.find(({ window }) => window.start >= world.span.start) ?? inYear[0] ?? found.excesses[0]
  // Then downtime of any shape in such a window shows it; else a log is looked for.
  const shown =
    inYear.length > 0 &&
    given.cut &&
    !has(worse === 'laxer' ? 'stricter' : 'laxer') &&
    !has('unlike') &&
    [given, wanted].every(({ body }) => isPlainTime(body) && !ignoresShort(body))
  return { holds: shown ? false : undefined, found, ...(example !== undefined && { example }) }
}

function ignoresShort({ 'shortest-outage': shortest }: AvailabilityBody): boolean {
  return shortest !== undefined && ignoredUpTo(shortest) >= 0
}

const SAME = 'the same share of the same windows'

/** What the figures are made of, where that differs. */
function numberRules(a: AvailabilityBody, b: AvailabilityBody): readonly string[] {
  return [
    ...(a.base === b.base ? [] : [`a share ${divisorText(b)}, in the base ${divisorText(a)}`]),
    ...(sameValue(a.rounding, b.rounding) ? [] : [`figures are ${roundingText(b)}, in the base ${roundingText(a)}`]),
  ]
}

function forwardRules({ holds, found, example }: Way, zone: Zone): readonly string[] {
  if (example !== undefined) return [`it permits ${sizes(example, 'the base', zone)}`]
  if (holds !== true) return []
  if (found.by === 'same') return [SAME]
  if (found.by === 'higher') return ['the same windows with a higher target']
  if (found.by === 'parts') return ['its windows make up those of the base, and its target is no lower']
  return [`in no window of ${FIRST} to ${LAST} does it permit more than the base`]
}

function backRules({ holds, found, example }: Way, zone: Zone): readonly string[] {
  if (example !== undefined) return [`the base permits ${sizes(example, 'this one', zone)}`]
  if (holds !== true) return []
  if (found.by === 'same') return [SAME]
  if (found.by === 'higher') return ['the same windows with a lower target']
  if (found.by === 'parts') return ['the windows of the base make up its own, and its target is no higher']
  return [`in no window of ${FIRST} to ${LAST} does the base permit more`]
}

function sizes({ window, passes }: Excess, whom: string, zone: Zone): string {
  const most = window.most <= 0 ? 'nothing' : durationText(window.most)
  return `${durationText(passes)} of counted downtime ${windowWords(window, zone)}, ${whom} ${most}`
}
