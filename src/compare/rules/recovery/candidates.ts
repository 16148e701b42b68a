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
import { rowVariants } from '../duties/scope.ts'
import { backupRows, sampleRows, stretchOf } from './loss-rows.ts'
import { promiseAt } from './promise.ts'

type Named = Side<RecoveryBody>

/** One disaster whose stamps lie as far apart as one of the two allows; backups and samples for what is lost. */
export function* recoveryCandidates(base: Named, other: Named, world: World): Iterable<Candidate> {
  const { slot } = promiseAt(base.term.key)
  for (const cells of rowVariants(base, other)) {
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

/**
 * What fails at noon is declared and requested at once, or much later, and is back in time or a minute late. First told by
 * the one row that the two clauses need, then by both.
 */
function* timeLogs(given: Given): Iterable<Candidate> {
  const { at, base, other } = given
  const amounts = amountsOf('rto', given)
  const most = Math.max(0, ...amounts)
  const froms = new Set([base, other].map(fromOf))
  const told = [
    ...(froms.has('declared') ? [] : (['restore'] as const)),
    ...(froms.has('requested') ? [] : (['incident'] as const)),
    'both' as const,
  ]
  for (const by of told) {
    const waits = [0, most + HOUR]
    for (const declared of by === 'restore' || !froms.has('declared') ? [0] : waits) {
      for (const requested of by === 'incident' || !froms.has('requested') ? [0] : waits) {
        for (const amount of distinct(amounts.flatMap(one => [one, one + MINUTE]))) {
          for (const from of distinct([0, declared, requested])) {
            const back = from + amount
            if (back < Math.max(declared, requested)) continue
            const story = [
              'It fails',
              ...(by === 'restore' ? [] : [`is declared ${ago(declared)}`]),
              ...(by === 'incident' ? [] : [`a restore is requested ${ago(requested)}`]),
              `and all is back ${ago(back)}.`,
            ].join(', ')
            const stamps = { declared: at + declared, requested: at + requested, back: at + back, recoveredTo: at }
            yield disaster(given, stamps, story, { by })
          }
        }
      }
    }
  }
}

function fromOf({ clause, term }: Named): string {
  const rules = rulesOf(clause.body)
  const { scenario } = promiseAt(term.key)
  return (scenario === undefined ? rules : rules.scenarios?.get(scenario))?.rto?.from ?? 'failure'
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
  const kinds = ([true, false] as const).flatMap(failed => [
    { failed, by: 'incident' } as const,
    { failed, by: 'both' } as const,
  ])
  for (const { failed, by } of kinds) {
    const restore = row('restore', {
      ...cells,
      id: by === 'incident' ? 'R-1' : 'R-2',
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
    yield disaster({ ...given, component: usual }, good, story, { by, more: [restore], over: period })
  }
  const { rows, ...rest } = disaster(given, good, 'A disaster is over with the restore of one component.', {
    over: period,
  })
  yield { ...rest, rows: rows.map(one => (one.type === 'incident' ? { ...one, recovered_at: '' } : one)) }
}

interface Stamps {
  readonly declared: number
  readonly requested: number
  readonly back: number
  readonly recoveredTo: number
}

interface Told {
  /** Which of the two rows tell of it; both unless said. */
  readonly by?: 'incident' | 'restore' | 'both'
  readonly more?: readonly WitnessRow[]
  readonly over?: Interval
}

function disaster(given: Given, stamps: Stamps, story: string, { by = 'both', more = [], over }: Told): Candidate {
  const { base, at, component, cells } = given
  const stamp = (instant: number) => formatInstant(base.zone, instant)
  const incident = row('incident', {
    kind: 'disaster',
    ...cells,
    id: 'I-1',
    occurred_at: stamp(at),
    declared_at: stamp(stamps.declared),
    recovered_at: stamp(stamps.back),
  })
  const restore = row('restore', {
    ...cells,
    id: 'R-1',
    incident: by === 'restore' ? '' : 'I-1',
    component,
    purpose: 'real',
    source: 'backup',
    failure_at: stamp(at),
    requested_at: stamp(stamps.requested),
    started_at: stamp(stamps.requested),
    completed_at: stamp(stamps.back),
    recovered_to: stamp(stamps.recoveredTo),
    outcome: 'passed',
  })
  const rows = [...(by === 'restore' ? [] : [incident]), ...(by === 'incident' ? [] : [restore])]
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
      const stretch = stretchOf(at, lost('exposure'), least)
      const period = measures.has('incident') && measures.size === 1 ? undefined : stretch
      const more = [
        ...(measures.has('exposure') ? backupRows(given, stretch, lost('exposure'), least) : []),
        ...(measures.has('samples') ? sampleRows(given, stretch, lost('samples'), least) : []),
      ]
      const stamps = { declared: at, requested: at, back: at + MINUTE, recoveredTo: at - lost('incident') }
      yield disaster(given, stamps, `By ${bad}, ${durationText(size)} would be lost, otherwise nothing.`, {
        more,
        ...(period !== undefined && { over: period }),
      })
    }
  }
  const [b, o] = [rulesOf(base.clause.body).accept, rulesOf(other.clause.body).accept]
  for (const status of new Set([...b, ...o])) {
    if (b.has(status) && o.has(status)) continue
    const over = stretchOf(at, 3 * Math.max(...amounts, HOUR), least)
    const rows = backupRows(given, over, 0, least, status)
    yield disaster(
      given,
      { declared: at, requested: at, back: at + MINUTE, recoveredTo: at },
      `All backups end with ${status}.`,
      { more: rows, over },
    )
  }
}
