import { rulesOf } from '../../../clauses/recovery/rules.ts'
import type { RecoveryBody } from '../../../clauses/recovery/schema.ts'
import type { WitnessRow } from '../../../model/comparison.ts'
import type { Interval } from '../../../model/interval.ts'
import { DAY, HOUR, MINUTE } from '../../../time/civil.ts'
import { addDuration, durationText } from '../../../time/duration.ts'
import { startOfDay } from '../../../time/local.ts'
import { formatInstant } from '../../../time/stamp.ts'
import type { Candidate, Side, World } from '../../rule.ts'
import { datesOf, distinct, row, wholeDays } from '../duties/rows.ts'
import { cellVariants } from '../duties/scope.ts'
import { backupRows, sampleRows } from './loss-rows.ts'
import { promiseAt } from './promise.ts'

type Named = Side<RecoveryBody>

/** One disaster whose stamps lie as far apart as one of the two allows; backups and samples for what is lost. */
export function* recoveryCandidates(base: Named, other: Named, world: World): Iterable<Candidate> {
  const { slot } = promiseAt(base.term.key)
  for (const cells of cellVariants(base, other)) {
    for (const component of componentsOf(base, other)) {
      for (const day of datesOf(base, other, world).slice(0, 4)) {
        const given = {
          base,
          other,
          cells: { ...cells, ...scopeOf(base, other) },
          component,
          at: startOfDay(base.zone, day) + 12 * HOUR,
        }
        if (slot === 'rto') yield* timeLogs(given)
        else yield* lossLogs(given)
        yield* aloneLogs(slot, given, componentsOf(base, other)[0])
      }
    }
  }
}

interface Given {
  readonly base: Named
  readonly other: Named
  readonly cells: Readonly<Record<string, string>>
  readonly component: string | undefined
  readonly at: number
}

/** A component of both, then such as only one of them is about. */
function componentsOf(base: Named, other: Named): readonly (string | undefined)[] {
  const [b, o] = [base.clause.body.of ?? [], other.clause.body.of ?? []]
  const shared = b.filter(one => o.includes(one))
  const apart = [...b, ...o].filter(one => !shared.includes(one))
  return distinct([
    ...(shared.length > 0 ? shared.slice(0, 1) : [undefined]),
    ...apart.slice(0, 3),
    ...(apart.length > 0 ? ['another'] : []),
  ])
}

function scopeOf(base: Named, other: Named): Readonly<Record<string, string>> {
  const scenario = promiseAt(base.term.key).scenario ?? promiseAt(other.term.key).scenario
  return scenario === undefined ? {} : { scope: scenario }
}

function amountsOf(slot: 'rto' | 'rpo', { base, other, at }: Given): readonly number[] {
  return [base, other].flatMap(({ clause, term, zone }) => {
    const rules = rulesOf(clause.body)
    const { scenario } = promiseAt(term.key)
    const amount = (scenario === undefined ? rules : rules.scenarios?.get(scenario))?.[slot]?.amount
    return amount === undefined ? [] : [addDuration(zone, at, amount) - at]
  })
}

/** What fails at noon is declared and requested at once, or much later, and is back in time or a minute late. */
function* timeLogs(given: Given): Iterable<Candidate> {
  const { at } = given
  const amounts = amountsOf('rto', given)
  const most = Math.max(0, ...amounts)
  const waits = [0, most + HOUR]
  for (const declared of waits) {
    for (const requested of waits) {
      for (const amount of distinct(amounts.flatMap(one => [one, one + MINUTE]))) {
        for (const from of distinct([0, declared, requested])) {
          const back = from + amount
          if (back < Math.max(declared, requested)) continue
          const story = `It fails, is declared ${ago(declared)}, a restore is requested ${ago(requested)}, and all is back ${ago(back)}.`
          yield disaster(
            given,
            { declared: at + declared, requested: at + requested, back: at + back, recoveredTo: at },
            story,
          )
        }
      }
    }
  }
}

function ago(ms: number): string {
  return ms === 0 ? 'at once' : `${durationText(ms)} later`
}

/**
 * Beside a disaster that is over at once a restore by itself, of a failure or of none; and a disaster of which only the
 * restore of one component tells that it is over.
 */
function* aloneLogs(slot: 'rto' | 'rpo', given: Given, usual: string | undefined): Iterable<Candidate> {
  const { at, base, cells, component } = given
  const stamp = (instant: number) => formatInstant(base.zone, instant)
  const much = Math.max(0, ...amountsOf(slot, given)) + HOUR
  const good = { declared: at, requested: at, back: at, recoveredTo: at }
  // One that begins while the disaster lasts would be taken for its own.
  const later = at + DAY
  const period = wholeDays(base.zone, at, later + much + DAY)
  for (const failed of [true, false]) {
    const restore = row('restore', {
      ...cells,
      id: 'R-2',
      incident: '',
      component,
      purpose: 'real',
      source: 'backup',
      failure_at: failed ? stamp(later) : '',
      requested_at: stamp(later),
      started_at: stamp(later),
      completed_at: stamp(later + much),
      recovered_to: stamp(later - much),
      outcome: 'passed',
    })
    const story = `A restore ${failed ? '' : 'where nothing failed '}takes ${durationText(much)}.`
    yield disaster({ ...given, component: usual }, good, story, [restore], period)
  }
  const { rows, ...rest } = disaster(given, good, 'A disaster is over with the restore of one component.', [], period)
  yield { ...rest, rows: rows.map(one => (one.type === 'incident' ? { ...one, recovered_at: '' } : one)) }
}

interface Stamps {
  readonly declared: number
  readonly requested: number
  readonly back: number
  readonly recoveredTo: number
}

function disaster(
  given: Given,
  stamps: Stamps,
  story: string,
  more: readonly WitnessRow[] = [],
  over?: Interval,
): Candidate {
  const { base, at, component, cells } = given
  const stamp = (instant: number) => formatInstant(base.zone, instant)
  const rows = [
    row('incident', {
      kind: 'disaster',
      ...cells,
      id: 'I-1',
      occurred_at: stamp(at),
      declared_at: stamp(stamps.declared),
      recovered_at: stamp(stamps.back),
    }),
    row('restore', {
      ...cells,
      id: 'R-1',
      incident: 'I-1',
      component,
      purpose: 'real',
      source: 'backup',
      failure_at: stamp(at),
      requested_at: stamp(stamps.requested),
      started_at: stamp(stamps.requested),
      completed_at: stamp(stamps.back),
      recovered_to: stamp(stamps.recoveredTo),
      outcome: 'passed',
    }),
  ]
  const period = over ?? wholeDays(base.zone, at, stamps.back + DAY)
  return { rows: [...rows, ...more], period, asOf: period.end, story }
}

/** Each way of measuring a loss at its limit, or a minute over, while the others are kept. */
function* lossLogs(given: Given): Iterable<Candidate> {
  const { base, other, at } = given
  const amounts = amountsOf('rpo', given)
  const least = Math.max(MINUTE, Math.min(...amounts))
  const sizes = distinct([...amounts.flatMap(one => [one, one + MINUTE]), 0])
  const measures = new Set(
    [base, other].flatMap(({ clause, term }) => {
      const rules = rulesOf(clause.body)
      const { scenario } = promiseAt(term.key)
      return (scenario === undefined ? rules : rules.scenarios?.get(scenario))?.rpo?.measure ?? []
    }),
  )
  for (const size of sizes) {
    for (const bad of measures) {
      const lost = (measure: string) => (measure === bad ? size : 0)
      const until = at + Math.max(...amounts, HOUR) * 2
      const period = measures.has('incident') && measures.size === 1 ? undefined : { start: at, end: until }
      const more = [
        ...(measures.has('exposure') ? backupRows(given, { start: at, end: until }, lost('exposure'), least) : []),
        ...(measures.has('samples') ? sampleRows(given, { start: at, end: until }, lost('samples'), least) : []),
      ]
      const stamps = { declared: at, requested: at, back: at + MINUTE, recoveredTo: at - lost('incident') }
      yield disaster(given, stamps, `By ${bad}, ${durationText(size)} would be lost, otherwise nothing.`, more, period)
    }
  }
  const [b, o] = [rulesOf(base.clause.body).accept, rulesOf(other.clause.body).accept]
  for (const status of new Set([...b, ...o])) {
    if (b.has(status) && o.has(status)) continue
    const until = at + Math.max(...amounts, HOUR) * 3
    const rows = backupRows(given, { start: at, end: until }, 0, least, status)
    yield disaster(
      given,
      { declared: at, requested: at, back: at + MINUTE, recoveredTo: at },
      `All backups end with ${status}.`,
      rows,
      { start: at, end: until },
    )
  }
}
