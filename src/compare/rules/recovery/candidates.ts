import { rulesOf } from '../../../clauses/recovery/rules.ts'
import type { RecoveryBody } from '../../../clauses/recovery/schema.ts'
import { DAY, HOUR, MINUTE } from '../../../time/civil.ts'
import { addDuration, type Duration, durationText } from '../../../time/duration.ts'
import { startOfDay } from '../../../time/local.ts'
import { formatInstant } from '../../../time/stamp.ts'
import { momentText } from '../../moment-text.ts'
import type { Candidate, Side, World } from '../../rule.ts'
import { isAlike } from '../duties/facets.ts'
import { datesOf, distinct, fewDates, inTimesOf, inTurn, row, wholeDays } from '../duties/rows.ts'
import { rowVariants } from '../duties/scope.ts'
import { disaster, type Given } from './disaster.ts'
import { besideUsual } from './logs-beside.ts'
import { backupRows, sampleRows, stretchOf } from './loss-rows.ts'
import { componentsShown, promiseAt, type Slot } from './promise.ts'

type Named = Side<RecoveryBody>

/** One disaster whose stamps lie as far apart as one of the two allows; backups and samples for what is lost. */
export function* recoveryCandidates(base: Named, other: Named, world: World): Iterable<Candidate> {
  const [usual = {}, ...more] = rowVariants(base, other)
  const apart = more.filter(({ service }) => service !== usual.service)
  const logs = inTurn([
    logsWith(usual, base, other, world),
    ...apart.map(cells => besideUsual(logsWith(cells, base, other, world), usual, base)),
  ])
  yield* inTimesOf(base, other, logs)
  for (const cells of more)
    if (!apart.includes(cells)) yield* inTimesOf(base, other, logsWith(cells, base, other, world))
}

function* logsWith(cells: Given['cells'], base: Named, other: Named, world: World): Iterable<Candidate> {
  const { slot } = promiseAt(base.term.key)
  const amounts = [base, other].flatMap(side => amountOf(slot, side) ?? [])
  const dates = datesOf(base, other, world, amounts).slice(0, fewDates(base, other, 4))
  for (const component of componentsOf(base, other)) {
    for (const day of dates) {
      const given = {
        base,
        other,
        cells: { ...cells, ...scopeOf(base, other) },
        component,
        at: startOfDay(base.zone, day) + 12 * HOUR,
        year: world.year,
      }
      if (slot === 'rto') yield* timeLogs(given)
      else yield* lossLogs(given)
      yield* aloneLogs(slot, given, componentsOf(base, other)[0])
    }
  }
}

/** A component of both, then such as only one of them is about. */
function componentsOf(base: Named, other: Named): readonly (string | undefined)[] {
  const [b, o] = [base.clause.body.of ?? [], other.clause.body.of ?? []]
  // In the names of the base.
  if (b.length === 1 && isAlike(componentsShown(base), componentsShown(other))) return b
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

function amountsOf(slot: Slot, { base, other, at }: Given): readonly number[] {
  return [base, other].flatMap(side => {
    const amount = amountOf(slot, side)
    return amount === undefined ? [] : [addDuration(side.zone, at, amount) - at]
  })
}

function amountOf(slot: Slot, { clause, term }: Named): Duration | undefined {
  const rules = rulesOf(clause.body)
  const { scenario } = promiseAt(term.key)
  return (scenario === undefined ? rules : rules.scenarios?.get(scenario))?.[slot]?.amount
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
  const subject = given.component === undefined ? 'It' : `Component ${given.component}`
  const told = [
    ...(froms.has('declared') ? [] : (['restore'] as const)),
    ...(froms.has('requested') ? [] : (['incident'] as const)),
    'both' as const,
  ]
  for (const by of told) {
    const waits = [0, most + HOUR]
    // What is seen to come may be declared before it is there.
    for (const declared of by === 'restore' || !froms.has('declared') ? [0] : [...waits, -HOUR]) {
      for (const requested of by === 'incident' || !froms.has('requested') ? [0] : waits) {
        for (const amount of distinct(amounts.flatMap(one => [one, one + MINUTE]))) {
          for (const from of distinct([0, declared, requested])) {
            const back = from + amount
            if (back < Math.max(declared, requested)) continue
            const story = [
              `${by === 'incident' ? 'It' : subject} fails ${momentText(base.zone, at, given.year)}`,
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
  return ms === 0 ? 'at once' : ms < 0 ? `${durationText(-ms)} before` : `${durationText(ms)} later`
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
  const of = component === undefined ? '' : ` of ${component}`
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
    const story = `A restore${of} ${failed ? '' : 'where nothing failed '}takes ${durationText(much)}.`
    yield disaster({ ...given, component: usual }, good, story, { by, more: [restore], over: period })
  }
  const { rows, ...rest } = disaster(
    given,
    good,
    `A disaster is over with the restore of ${component ?? 'one component'}.`,
    {
      over: period,
    },
  )
  yield { ...rest, rows: rows.map(one => (one.type === 'incident' ? { ...one, recovered_at: '' } : one)) }
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
      const when = momentText(base.zone, at, given.year)
      const of = given.component === undefined ? '' : ` of ${given.component}`
      yield disaster(given, stamps, `By ${bad}, ${durationText(size)}${of} would be lost ${when}, otherwise nothing.`, {
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
