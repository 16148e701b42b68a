import { type ControlRules, rulesOf } from '../../../clauses/control/rules.ts'
import type { ControlBody } from '../../../clauses/control/schema.ts'
import type { WitnessRow } from '../../../model/comparison.ts'
import type { Interval } from '../../../model/interval.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../time/civil.ts'
import { startOfDay } from '../../../time/local.ts'
import { formatInstant } from '../../../time/stamp.ts'
import { windowsOver } from '../../../time/window.ts'
import { momentText } from '../../moment-text.ts'
import type { Candidate, Side, World } from '../../rule.ts'
import { isAlike } from '../duties/facets.ts'
import { coverage, datesOf, inTimesOf, row, wholeDays } from '../duties/rows.ts'
import { rowVariants, serviceScope } from '../duties/scope.ts'
import { spanEnd } from '../duties/spans.ts'
import { frameOf, reachOf, windowLengths } from './reach.ts'

type Named = Side<ControlBody>

interface Placed {
  readonly side: Named
  readonly rules: ControlRules
}

/** Such performances as only one of the two counts; then some as far apart as one of them lets them be. */
export function controlCandidates(base: Named, other: Named, world: World): Iterable<Candidate> {
  return inTimesOf(base, other, allLogs(base, other, world))
}

function* allLogs(base: Named, other: Named, world: World): Iterable<Candidate> {
  const sides = [base, other].map((side): Placed => ({ side, rules: rulesOf(side.clause.body, side.clause.id) }))
  const amounts = sides.flatMap(({ rules }) =>
    rules.form === 'every' || rules.form === 'valid-for' ? [rules.amount] : [],
  )
  const dates = datesOf(base, other, world, amounts)
  const { covers, within } = serviceScope(base, other)
  const isOdd = !isAlike(countedBy(base), countedBy(other)) || covers !== true || within !== true
  for (const [i, day] of dates.entries()) {
    for (const one of sides) {
      for (const performed of farApart(one, day, world))
        yield* logsOf(base, other, sides, { by: one, performed, world })
    }
    if (isOdd && i < 2) yield* oddLogs(base, other, sides, day)
  }
}

/** What settles which performances count, and for what. */
function countedBy({ clause }: Named): readonly unknown[] {
  const { where = [], body } = clause
  return [where, body.outcome === 'performed', body.per === 'subject']
}

/** Performances that one of them is just content with, in their order. */
function farApart({ side, rules }: Placed, day: number, { span }: World): readonly (readonly number[])[] {
  const noon = startOfDay(side.zone, day) + 12 * HOUR
  const reach = reachOf(rules, side.zone)
  if (reach !== undefined) {
    return [noon, noon + 12 * HOUR - MINUTE].map(first => {
      const second = spanEnd(reach, first)
      return [first, second, spanEnd(reach, second)]
    })
  }
  if (rules.form !== 'times' || rules.times.count > MOST) return []
  const around = { start: noon, end: span.end + 800 * DAY }
  const [first, second, third] = windowsOver(rules.times.per, frameOf(side.contract, side.zone), around)
  if (first === undefined || second === undefined) return []
  const { count } = rules.times
  const early = (at: number) => Array.from({ length: count }, (_, i) => at + i * SECOND)
  const late = (at: number) => Array.from({ length: count }, (_, i) => at - (count - i) * SECOND)
  const few = early(first.start).slice(1)
  return [
    [...early(first.start), ...late(second.end)],
    [...early(first.start), ...early(second.start)],
    ...(third === undefined ? [] : [[...early(first.start), ...early(second.start), ...late(third.end)]]),
    [...few, ...late(second.end)],
  ]
}

const MOST = 40
const MOST_PERFORMED = 150
const MOST_TOLD = 4

function* logsOf(
  base: Named,
  other: Named,
  sides: readonly Placed[],
  { by, performed, world }: { readonly by: Placed; readonly performed: readonly number[]; readonly world: World },
): Iterable<Candidate> {
  const [first = 0] = performed
  const last = performed.at(-1) ?? first
  const times = performed.map(at => momentText(base.zone, at, world.year))
  const told =
    times.length > MOST_TOLD ? `${times.length} times from ${times[0]} to ${times.at(-1)}` : times.join(', then ')
  const story = `It is performed ${told}${times.length > 1 ? `, as far apart as ${by.side.label} allows` : ''}.`
  const periods = [wholeDays(base.zone, first, last + 1), windowsAround(sides, { start: first, end: last + 1 })]
  for (const period of periods) {
    for (const from of [period.start, first - 2000 * DAY])
      yield log(base, other, { performed, period, from, story, cells: {} })
  }
}

/** All windows of both that some of a stretch lies in. */
function windowsAround(sides: readonly Placed[], { start, end }: Interval): Interval {
  let whole = { start, end }
  for (const { side, rules } of sides) {
    if (rules.form !== 'times' || rules.times.per.kind === 'rolling') continue
    const windows = windowsOver(rules.times.per, frameOf(side.contract, side.zone), { start, end })
    whole = {
      start: Math.min(whole.start, windows[0]?.start ?? start),
      end: Math.max(whole.end, windows.at(-1)?.end ?? end),
    }
  }
  return whole
}

interface Performed {
  readonly performed: readonly number[]
  readonly period: Interval
  /** From when on the log is complete. */
  readonly from: number
  readonly story: string
  readonly cells: Readonly<Record<string, string>>
  /** Whom all are for, and whom the first is for too. */
  readonly subjects?: readonly [all: string, first: string]
}

function log(base: Named, other: Named, { performed, period, from, story, cells, subjects }: Performed): Candidate {
  const rules = rulesOf(base.clause.body, base.clause.id)
  const [plain] = rowVariants(base, other)
  const usual = { ...plain, ...cells }
  const [subject, first] = subjects ?? []
  const most = performed.map(at => ({ at, subject }))
  const each = first === undefined ? most : [...most.slice(0, 1).map(({ at }) => ({ at, subject: first })), ...most]
  // Where one contract does not know the service, something that is of no use later tells it that there is a log.
  const isApart = usual.service !== plain?.service
  const isTimes = [base, other].some(({ clause }) => rulesOf(clause.body, clause.id).form === 'times')
  const all = isApart ? [...each, { at: period.start - (isTimes ? MINUTE : 0), subject, cells: plain }] : each
  const rows = all.map((one, i): WitnessRow => {
    const stamp = formatInstant(base.zone, one.at)
    const shared = { outcome: 'passed', ...usual, ...('cells' in one && one.cells) }
    return rules.type === 'restore'
      ? row('restore', {
          id: `R-${i + 1}`,
          started_at: stamp,
          completed_at: stamp,
          component: one.subject,
          purpose: 'test',
          source: 'backup',
          ...shared,
        })
      : row('control', { control: rules.name, performed_at: stamp, subject: one.subject, ...shared })
  })
  const told = coverage(
    rules.type,
    { start: isApart ? Math.min(from, period.start - HOUR) : from, end: period.end },
    base.zone,
  )
  return { rows: [...rows, told], period, asOf: period.end, story }
}

/** Performed often, but failed, for one subject only, or of rows that one of them does not count. */
function* oddLogs(base: Named, other: Named, sides: readonly Placed[], day: number): Iterable<Candidate> {
  const start = startOfDay(base.zone, day)
  const plain = { ...oftenFrom(start, 1, sides), cells: {} }
  yield log(base, other, { ...plain, story: 'All that is performed fails.', cells: { outcome: 'failed' } })
  const variants = rowVariants(base, other)
  for (const cells of variants.length > 1 ? variants : []) {
    const what = Object.entries(cells)
      .map(([column, cell]) => `${column} is ${cell}`)
      .join(', ')
    yield log(base, other, { ...plain, story: `All that is performed has rows where ${what}.`, cells })
  }
  if (sides[0]?.rules.perSubject === sides[1]?.rules.perSubject) return
  const story = 'It is performed for one subject, and once only for another.'
  yield log(base, other, { ...oftenFrom(start, 2, sides), cells: {}, story, subjects: ['a', 'b'] })
}

/** As often as any of them asks, for so many times as long as one performance is enough for. */
function oftenFrom(start: number, times: number, sides: readonly Placed[]) {
  const reaches = sides.flatMap(({ side, rules }) => reachOf(rules, side.zone) ?? [])
  const ends = reaches.map(reach => (times === 1 ? spanEnd(reach, start) : spanEnd(reach, spanEnd(reach, start))))
  const isTimes = sides.some(({ rules }) => rules.form === 'times')
  // What is presumed as a log begins has to be over.
  const last = Math.max(start, ...ends) + DAY
  const period = isTimes ? windowsAround(sides, { start, end: last }) : { start, end: last }
  const step = Math.min(...sides.map(shareOf))
  const next = (at: number) => Math.max(at + MINUTE, Math.min(at + step, ...reaches.map(reach => spanEnd(reach, at))))
  // Of a validity nothing is presumed.
  const isPresumed = sides.every(({ rules }) => rules.form === 'every')
  const performed: number[] = []
  for (let at = isPresumed ? next(start) : period.start; at < period.end; at = next(at)) performed.push(at)
  return { performed: performed.slice(0, MOST_PERFORMED), period, from: period.start }
}

/** How far apart performances lie of which each window has enough, in ms. */
function shareOf({ side, rules }: Placed): number {
  if (rules.form !== 'times') return Number.POSITIVE_INFINITY
  const { least } = windowLengths(rules.times.per, side.zone)
  return least > 0 ? Math.floor(least / rules.times.count) : 10 * DAY
}
