import { readsTraffic } from '../../../clauses/availability/question.ts'
import type { AvailabilityBody } from '../../../clauses/availability/schema.ts'
import { durationText } from '../../../time/duration.ts'
import { sameValue } from './exclusions.ts'

/** A field in which `other` differs: less counts as downtime there, more does, or neither for all evidence. */
export interface Difference {
  readonly way: 'laxer' | 'stricter' | 'unlike'
  readonly why: string
  /** Evidence decides, but only between met or breached and unverified: no log shows it. */
  readonly unseen?: true
}

/** Every field of two clauses that decides what counts as downtime, but what is left out and the numbers. */
export function compareFields(base: AvailabilityBody, other: AvailabilityBody): readonly Difference[] {
  const alike = isOfTime(base) && isOfTime(other)
  const found = [
    accountingOf(base, other),
    shortestOf(base, other),
    weightOf('a degraded service', base.degraded ?? NONE, other.degraded ?? NONE),
    weightOf('a partial outage', base.partial ?? WHOLE, other.partial ?? WHOLE),
    gapsOf(base, other),
    readsTraffic(base) || readsTraffic(other)
      ? ranked('a time without requests counts as', NO_DATA, base['no-traffic'] ?? 'up', other['no-traffic'] ?? 'up')
      : undefined,
    ranked('between two samples it is down by', SAMPLING, base.sampling ?? 'first-up', other.sampling ?? 'first-up'),
    beginningOf(base, other),
    // Which locations must agree depends on which of them report.
    unlike('other locations must agree that it is down', base['down-when'] ?? 'any', other['down-when'] ?? 'any'),
    unlike('the monitoring of other sources counts', sorted(base.sources), sorted(other.sources)),
    unlike('other services must be down together', sorted(base['all-down']), sorted(other['all-down'])),
    unlike('samples are expected at another interval', base.every, other.every),
    unlike('a pause between samples is a gap from another length on', base['max-gap'], other['max-gap']),
    unlike('they differ in fields that no rule compares', rest(base), rest(other)),
  ].filter(difference => difference !== undefined)
  // A slice with more downtime need not be a worse one.
  return alike ? found : found.map(({ why }) => ({ way: 'unlike', why }))
}

/** Counted in time, whole units of it or users, where more downtime never is better. */
function isOfTime({ accounting }: AvailabilityBody): boolean {
  return typeof accounting !== 'object'
    ? accounting !== 'requests'
    : 'minutes' in accounting || 'whole' in accounting || 'users' in accounting
}

export function isPlainTime({ accounting }: AvailabilityBody): boolean {
  return accounting === undefined || accounting === 'time'
}

const NONE = { part: 0, of: 1 }
const WHOLE = { part: 1, of: 1 }
/** From the mildest to the strictest. */
const NO_DATA = ['up', 'unknown', 'down']
const SAMPLING = ['last-down', 'midpoint', 'first-up']

/** Whole units count less than time, units that are touched count more. */
function accountingOf(base: AvailabilityBody, other: AvailabilityBody): Difference | undefined {
  const [a, b] = [base.accounting ?? 'time', other.accounting ?? 'time']
  if (sameValue(a, b)) return undefined
  const [from, to] = [strictness(base), strictness(other)]
  const why = `counted ${accountingText(other)}, not ${accountingText(base)}`
  if (from === undefined || to === undefined || from === to) return { way: 'unlike', why }
  return { way: to < from ? 'laxer' : 'stricter', why }
}

function strictness({ accounting }: AvailabilityBody): number | undefined {
  if (accounting === undefined || accounting === 'time') return 1
  if (typeof accounting !== 'object') return undefined
  if ('whole' in accounting) return 0
  return 'minutes' in accounting ? (accounting.minutes === 'whole' ? 0 : 2) : undefined
}

export function accountingText({ accounting }: AvailabilityBody): string {
  if (accounting === undefined || accounting === 'time') return 'by time'
  if (accounting === 'requests') return 'by requests'
  if ('users' in accounting) return 'by users'
  if ('minutes' in accounting) return accounting.minutes === 'whole' ? 'in whole minutes' : 'in touched minutes'
  return 'whole' in accounting
    ? `in whole units of ${durationText(accounting.whole)}`
    : `in slices of ${durationText(accounting.slices)}`
}

function shortestOf(base: AvailabilityBody, other: AvailabilityBody): Difference | undefined {
  const [a, b] = [base['shortest-outage'] ?? ALL, other['shortest-outage'] ?? ALL]
  const [from, to] = [ignoredUpTo(a), ignoredUpTo(b)]
  if (from < 0 && to < 0) return undefined
  const said = (most: number, one: Shortest) => (most < 0 ? 'every outage counts' : `${shortOnes(one)} do not count`)
  const why = `${said(to, b)}, in the base ${said(from, a)}`
  const excludes = [base, other].some(body => (body.excluding ?? []).length > 0)
  const byLength = Math.sign(to - from)
  // Left with what exclusions leave, an outage is shorter.
  const byMeasure = excludes && from >= 0 && to >= 0 ? Number(b.after) - Number(a.after) : 0
  if (byLength * byMeasure < 0) return { way: 'unlike', why: `${why}, measured otherwise` }
  const order = byLength + byMeasure
  if (order === 0) return undefined
  if (byLength !== 0) return { way: order > 0 ? 'laxer' : 'stricter', why }
  const measured = b.after ? 'what exclusions leave of it' : 'all of it'
  return { way: order > 0 ? 'laxer' : 'stricter', why: `how long an outage lasts is measured by ${measured}` }
}

type Shortest = NonNullable<AvailabilityBody['shortest-outage']>

/** The outages that do not count: `outages under 5m`, `outages up to 5m`. */
export function shortOnes({ ms, strict }: Shortest): string {
  return `outages ${strict ? 'up to' : 'under'} ${durationText(ms)}`
}

const ALL = { ms: 0, strict: false, after: false }

/** The longest outage in ms that does not count, −1 where all do. */
export function ignoredUpTo({ ms, strict }: { readonly ms: number; readonly strict: boolean }): number {
  return strict ? ms : ms - 1
}

type Weight = NonNullable<AvailabilityBody['degraded']>

function weightOf(what: string, base: Weight, other: Weight): Difference | undefined {
  const order = compareWeights(base, other)
  if (order === 0) return undefined
  const why = `${what} counts as ${weightText(other)}, in the base as ${weightText(base)}`
  if (order === undefined) return { way: 'unlike', why }
  return { way: order > 0 ? 'laxer' : 'stricter', why }
}

/** The share that a row states lies between nothing and all. */
function compareWeights(a: Weight, b: Weight): number | undefined {
  if (a === 'affected' || b === 'affected') {
    if (a === b) return 0
    const known = a === 'affected' ? b : a
    if (known === 'affected') return 0
    const above = known.part === known.of
    if (!above && known.part !== 0) return undefined
    return above === (a === 'affected') ? -1 : 1
  }
  return a.part * b.of - b.part * a.of
}

export function weightText(weight: Weight): string {
  if (weight === 'affected') return 'the share affected'
  if (weight.part === 0) return 'up'
  return weight.part === weight.of ? 'down' : `${(100 * weight.part) / weight.of} % down`
}

function gapsOf(base: AvailabilityBody, other: AvailabilityBody): Difference | undefined {
  const [a, b] = [base['no-data'] ?? 'unknown', other['no-data'] ?? 'unknown']
  const found = ranked('', NO_DATA, a, b)
  if (found === undefined) return undefined
  const why = `time without data counts as ${b}, in the base as ${a}`
  return { ...found, why, ...((a === 'unknown' || b === 'unknown') && { unseen: true as const }) }
}

function ranked(what: string, order: readonly string[], base: string, other: string): Difference | undefined {
  if (base === other) return undefined
  const way = order.indexOf(other) < order.indexOf(base) ? 'laxer' : 'stricter'
  return { way, why: `${what} ${other}, in the base ${base}` }
}

/** An outage counts from the first of some stamps: with fewer of them it begins no earlier. */
function beginningOf(base: AvailabilityBody, other: AvailabilityBody): Difference | undefined {
  const [a, b] = [stamps(base), stamps(other)]
  if (sameValue(a, b)) return undefined
  const why = `an outage counts from ${wordsOf(b)}, in the base from ${wordsOf(a)}`
  if (a[0] === 'start' || b.every(word => a.includes(word))) return { way: 'laxer', why }
  if (b[0] === 'start' || a.every(word => b.includes(word))) return { way: 'stricter', why }
  return { way: 'unlike', why }
}

/** Nothing comes before the start. */
function stamps({ from }: AvailabilityBody): readonly string[] {
  const words = [...new Set(from ?? ['start'])].sort()
  return words.includes('start') ? ['start'] : words
}

/** What an outage counts from: `its start`, `when it is detected`. */
export function stampsText(body: AvailabilityBody): string {
  return wordsOf(stamps(body))
}

function wordsOf(words: readonly string[]): string {
  return words.map(word => (word === 'start' ? 'its start' : `when it is ${word}`)).join(' or ')
}

function unlike(why: string, base: unknown, other: unknown): Difference | undefined {
  return sameValue(base, other) ? undefined : { way: 'unlike', why }
}

function sorted(list: readonly string[] | undefined): readonly string[] | undefined {
  return list && [...list].sort()
}

/** Fields that are compared elsewhere or above; whatever else there is must be the same. */
function rest(body: AvailabilityBody): unknown {
  const out: Record<string, unknown> = { ...body }
  for (const name of HANDLED) delete out[name]
  return out
}

const HANDLED = [
  'target',
  'window',
  'during',
  'base',
  'rounding',
  'excluding',
  'excluded-time',
  'accounting',
  'shortest-outage',
  'degraded',
  'partial',
  'no-data',
  'no-traffic',
  'sampling',
  'from',
  'down-when',
  'sources',
  'all-down',
  'every',
  'max-gap',
]
