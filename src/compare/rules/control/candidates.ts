import { type ControlRules, rulesOf } from '../../../clauses/control/rules.ts'
import type { ControlBody } from '../../../clauses/control/schema.ts'
import type { WitnessRow } from '../../../model/comparison.ts'
import type { Interval } from '../../../model/interval.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../time/civil.ts'
import { startOfDay } from '../../../time/local.ts'
import { formatInstant } from '../../../time/stamp.ts'
import { windowsOver } from '../../../time/window.ts'
import type { Candidate, Side, World } from '../../rule.ts'
import { isAlike } from '../duties/facets.ts'
import { coverage, datesOf, row, wholeDays } from '../duties/rows.ts'
import { cellVariants } from '../duties/scope.ts'
import { spanEnd } from '../duties/spans.ts'
import { frameOf, reachOf } from './reach.ts'

type Named = Side<ControlBody>

interface Placed {
  readonly side: Named
  readonly rules: ControlRules
}

/** Such performances as only one of the two counts; then some as far apart as one of them lets them be. */
export function* controlCandidates(base: Named, other: Named, world: World): Iterable<Candidate> {
  const sides = [base, other].map((side): Placed => ({ side, rules: rulesOf(side.clause.body, side.clause.id) }))
  const dates = datesOf(base, other, world)
  const isOdd = !isAlike(countedBy(base), countedBy(other))
  if (isOdd) for (const day of dates.slice(0, 2)) yield* oddLogs(base, other, sides, day)
  for (const day of dates) {
    for (const one of sides) {
      for (const performed of farApart(one, day, world)) yield* logsOf(base, other, sides, performed)
    }
  }
}

/** What settles which performances count, and for what. */
function countedBy({ clause }: Named): readonly unknown[] {
  return [clause.where ?? [], clause.body.outcome === 'performed', clause.body.per === 'subject']
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

function* logsOf(
  base: Named,
  other: Named,
  sides: readonly Placed[],
  performed: readonly number[],
): Iterable<Candidate> {
  const [first = 0] = performed
  const last = performed.at(-1) ?? first
  const story = `It is performed ${performed.length === 1 ? 'once' : `${performed.length} times`}, as far apart as one of the contracts allows.`
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
  readonly subjects?: readonly string[]
}

function log(
  base: Named,
  other: Named,
  { performed, period, from, story, cells, subjects = [''] }: Performed,
): Candidate {
  const rules = rulesOf(base.clause.body, base.clause.id)
  const usual = { ...cellVariants(base, other)[0], ...cells }
  const rows = performed.flatMap((at, i) =>
    subjects.map((subject): WitnessRow => {
      const stamp = formatInstant(base.zone, at)
      const shared = { outcome: 'passed', ...usual }
      return rules.type === 'restore'
        ? row('restore', {
            id: `R-${i + 1}`,
            started_at: stamp,
            completed_at: stamp,
            component: subject === '' ? undefined : subject,
            purpose: 'test',
            source: 'backup',
            ...shared,
          })
        : row('control', {
            control: rules.name,
            performed_at: stamp,
            subject: subject === '' ? undefined : subject,
            ...shared,
          })
    }),
  )
  const told = coverage(rules.type, { start: from, end: period.end }, base.zone)
  return { rows: [...rows, told], period, asOf: period.end, story }
}

/** Performed often, but failed, for one subject only, or of rows that one of them does not count. */
function* oddLogs(base: Named, other: Named, sides: readonly Placed[], day: number): Iterable<Candidate> {
  const steps = sides.flatMap(({ side, rules }) => {
    const reach = reachOf(rules, side.zone)
    const noon = startOfDay(side.zone, day)
    return reach === undefined ? [] : [Math.max(MINUTE, Math.floor((spanEnd(reach, noon) - noon) / 2))]
  })
  const counts = sides.map(({ rules }) => (rules.form === 'times' ? rules.times.count : 1))
  const start = startOfDay(base.zone, day)
  const step = Math.min(...steps, 10 * DAY)
  const isTimes = sides.some(({ rules }) => rules.form === 'times')
  const period = isTimes
    ? windowsAround(sides, { start, end: start + 1 })
    : { start, end: start + Math.max(...steps) * 4 }
  const performed: number[] = []
  for (let at = period.start; at < period.end && performed.length < 150; at += step) {
    performed.push(...Array.from({ length: Math.max(...counts) }, (_, i) => at + i))
  }
  const plain = { performed, period, from: period.start, cells: {} }
  yield log(base, other, { ...plain, story: 'All that is performed fails.', cells: { outcome: 'failed' } })
  const variants = cellVariants(base, other)
  for (const cells of variants.length > 1 ? variants : []) {
    const what = Object.entries(cells)
      .map(([column, cell]) => `${column} is ${cell}`)
      .join(', ')
    yield log(base, other, { ...plain, story: `All that is performed has rows where ${what}.`, cells })
  }
  const both = log(base, other, {
    ...plain,
    story: 'It is performed for one subject, and once only for another.',
    subjects: ['a'],
  })
  const once = log(base, other, { ...plain, performed: performed.slice(0, 1), story: '', subjects: ['b'] })
  yield { ...both, rows: [...once.rows.slice(0, 1), ...both.rows] }
}
