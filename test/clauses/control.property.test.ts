import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { findings } from '../support/audit.ts'
import type { Cells, Tables } from '../support/evidence.ts'
import { DAY, HOUR } from '../support/instants.ts'

const ZONE = 'Europe/Paris'
const local = (at: number) => DateTime.fromMillis(at, { zone: ZONE })
const date = (text: string) => DateTime.fromISO(text, { zone: ZONE }).toMillis()

/** A world around the clock change of 29 March 2026: performances, at hours or known to their day. */
interface World {
  readonly rows: readonly Row[]
  readonly every: { readonly text: string; readonly days: number; readonly hours: number }
  readonly tolerance: number
  readonly asOf: number
  readonly term: number | undefined
  /** Where the log is declared complete. */
  readonly coverage: { readonly from: number; readonly to: number } | undefined
}

interface Row {
  readonly at: number
  readonly dayOnly: boolean
  readonly outcome: 'passed' | 'failed' | '?'
}

const PERIOD = { start: date('2026-03-20'), end: date('2026-04-10') }
const FIRST = date('2026-03-10')

const row = fc.record({
  at: fc.integer({ min: 0, max: 31 * 24 }).map(hours => FIRST + hours * HOUR),
  dayOnly: fc.boolean(),
  outcome: fc.constantFrom('passed' as const, 'passed' as const, 'failed' as const, '?' as const),
})

/** Rows that say the same are one. */
const keyOf = ({ at, dayOnly }: Row) => `${dayOnly ? local(at).toISODate() : at}`

const world: fc.Arbitrary<World> = fc.record({
  rows: fc.uniqueArray(row, { maxLength: 12, selector: keyOf }),
  every: fc.constantFrom(
    { text: '1 day', days: 1, hours: 0 },
    { text: '3 days', days: 3, hours: 0 },
    { text: '1 week', days: 7, hours: 0 },
    { text: '36h', days: 0, hours: 36 },
    { text: '120h', days: 0, hours: 120 },
  ),
  tolerance: fc.constantFrom(0, 0, 2, 30),
  asOf: fc.integer({ min: 1, max: 25 * 24 }).map(hours => PERIOD.start + hours * HOUR),
  term: fc.option(fc.constantFrom(FIRST, PERIOD.start, PERIOD.start + 3 * DAY), { nil: undefined }),
  coverage: fc.option(
    fc.tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 1, max: 16 })).map(([from, days]) => ({
      from: FIRST + from * DAY,
      to: FIRST + (from + days) * DAY,
    })),
    { nil: undefined },
  ),
})

const edges = ({ at, dayOnly }: Row, asOf: number) => {
  if (!dayOnly) return { earliest: at, latest: at }
  const day = local(at).startOf('day')
  return { earliest: day.toMillis(), latest: Math.min(day.plus({ days: 1 }).toMillis(), asOf) }
}

const reach = (at: number, { every, tolerance }: World) =>
  local(at).plus({ days: every.days }).plus({ hours: every.hours }).plus({ hours: tolerance }).toMillis()

const evidenceOf = ({ rows, asOf, coverage }: World): Tables => ({
  control: rows.map((one): Cells => {
    const { earliest } = edges(one, asOf)
    const cell = one.dayOnly ? `${earliest}~${local(earliest).plus({ days: 1 }).toMillis()}` : one.at
    return { control: 'drill', performed_at: cell, outcome: one.outcome }
  }),
  ...(coverage !== undefined && { coverage: [{ type: 'control', from: coverage.from, to: coverage.to }] }),
})

const auditOf = (one: World, body: object) =>
  findings({
    contract: {
      apiVersion: 'sla/v1',
      kind: 'Contract',
      id: 'test',
      timezone: ZONE,
      ...(one.term !== undefined && { term: { from: local(one.term).toISO() } }),
      clauses: { drill: { kind: 'control', ...body } },
    },
    evidence: evidenceOf(one),
    asOf: one.asOf,
    period: '2026-03-20..2026-04-09',
  })

const within = (list: readonly { start: number; end: number }[], t: number) =>
  list.some(({ start, end }) => start <= t && t < end)
const all = (found: readonly Finding[], key: 'breached' | 'undecided') => found.flatMap(one => one[key] ?? [])

/** Walks hour by hour through what is owed, asking of each instant whether some performance lies less than N back. */
function* walk(one: World) {
  const { rows, asOf, term, coverage } = one
  const start = Math.max(PERIOD.start, term ?? PERIOD.start)
  const seen = rows
    .map(each => ({ ...each, ...edges(each, asOf) }))
    .filter(({ earliest }) => earliest <= asOf)
    .sort((a, b) => a.earliest - b.earliest || a.latest - b.latest)
    .map(each => ({ ...each, least: reach(each.earliest, one), most: reach(each.latest, one) }))
  const firstRow = seen[0]?.latest
  const log = coverage ?? {
    from: Math.min(PERIOD.start, firstRow ?? PERIOD.start),
    to: Math.min(PERIOD.end, asOf),
  }
  const logged = { from: log.from, to: Math.min(log.to, asOf) }
  const empty = logged.from >= logged.to
  const before = seen.some(({ earliest }) => earliest < start)
  let clock: number | undefined
  if (term !== undefined && (empty || logged.from <= term || term >= start)) clock = term
  else if (!empty && !before) clock = term === undefined ? Math.max(logged.from, start) : logged.from
  else clock = term
  const clockEnd = clock === undefined ? 0 : reach(clock, one)
  const unloggedUntil = reach(logged.from, one)
  for (let t = start; t < Math.min(PERIOD.end, asOf); t += HOUR / 2) {
    const sure =
      seen.some(p => p.outcome === 'passed' && p.latest <= t && t < p.least) ||
      (clock !== undefined && clock <= t && t < clockEnd)
    const mayBe = seen.some(p => p.outcome !== 'failed' && p.earliest <= t && t < p.most)
    // A performance that the log does not hold: at any time outside of it.
    const unlogged = empty || t < unloggedUntil || t >= logged.to
    yield { t, state: sure ? 'kept' : mayBe || unlogged ? 'open' : 'lost' }
  }
}

describe('a control every so often', () => {
  it('is at each instant what a walk finds', async () => {
    await fc.assert(
      fc.asyncProperty(world, async one => {
        const found = await auditOf(one, {
          every: one.every.text,
          ...(one.tolerance > 0 && { tolerance: `${one.tolerance}h` }),
        })
        const [breached, undecided] = [all(found, 'breached'), all(found, 'undecided')]
        const onlyPresumed = found.some(({ status, reason }) => status === 'unverified' && reason === 'not-logged')
        for (const { t, state } of walk(one)) {
          if (state === 'kept' && onlyPresumed) continue
          const said = within(breached, t) ? 'lost' : within(undecided, t) ? 'open' : 'kept'
          if (said !== state) throw new Error(`${local(t).toISO()}: ${state} by the walk, ${said} by the audit`)
        }
        expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
        for (const { status, margin, due } of found) {
          if (status === 'met' && margin?.unit === 'ms') expect(margin.value).toBeGreaterThanOrEqual(0)
          if (status === 'breached' && margin?.unit === 'ms') expect(margin.value).toBeLessThan(0)
          if (status === 'pending') expect(due).toBeGreaterThanOrEqual(one.asOf)
        }
      }),
      { numRuns: 250, seed: 11 },
    )
  })
})

describe('a control so many times', () => {
  it('is decided in each window by those that lie in it', async () => {
    await fc.assert(
      fc.asyncProperty(world, fc.integer({ min: 1, max: 4 }), async (given, count) => {
        const one = { ...given, term: undefined, coverage: { from: FIRST - 400 * DAY, to: FIRST + 400 * DAY } }
        const found = await auditOf(one, { times: `${count} per calendar month` })
        for (const [month, id] of [
          ['2026-03-01', 'drill/2026-03'],
          ['2026-04-01', 'drill/2026-04'],
        ] as const) {
          const start = date(month)
          const end = local(start).plus({ months: 1 }).toMillis()
          let [least, most] = [0, 0]
          for (const each of one.rows) {
            const { earliest, latest } = edges(each, one.asOf)
            if (earliest > one.asOf || each.outcome === 'failed') continue
            // A day never straddles two months, so what is dated is in one of them for certain.
            const inside = earliest >= start && (latest > earliest ? latest <= end : latest < end)
            if (inside) most++
            if (inside && each.outcome === 'passed') least++
          }
          const status = least >= count ? 'met' : one.asOf < end ? 'pending' : most < count ? 'breached' : 'unverified'
          const finding = found.find(each => each.id === id)
          expect(`${id} ${finding?.status}`).toBe(`${id} ${status}`)
          expect(finding?.observed).toEqual({ unit: 'count', value: least })
        }
      }),
      { numRuns: 200, seed: 12 },
    )
  })
})

describe('an attestation', () => {
  it('holds on each day that one covers', async () => {
    const given = fc.array(
      fc.record({
        at: fc.integer({ min: -40, max: 31 }).map(days => local(FIRST).plus({ days }).toMillis()),
        until: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
      }),
      { maxLength: 6 },
    )
    await fc.assert(
      fc.asyncProperty(given, fc.integer({ min: 3, max: 25 }), async (rows, days) => {
        const asOf = PERIOD.end
        const ends = rows.map(({ at, until }) => {
          const end = local(at).plus({ days }).toMillis()
          return until === undefined
            ? end
            : Math.min(
                end,
                local(at)
                  .plus({ days: until + 1 })
                  .toMillis(),
              )
        })
        const found = await findings({
          contract: {
            apiVersion: 'sla/v1',
            kind: 'Contract',
            id: 'test',
            timezone: ZONE,
            clauses: { drill: { kind: 'control', 'valid-for': `${days} days` } },
          },
          evidence: {
            control: rows.map(({ at, until }) => {
              const last = until === undefined ? undefined : local(at).plus({ days: until })
              const cell = last === undefined ? '' : `${last.toMillis()}~${last.plus({ days: 1 }).toMillis()}`
              return { control: 'drill', performed_at: at, outcome: 'passed', valid_until: cell }
            }),
          },
          assume: ['control'],
          asOf,
          period: '2026-03-20..2026-04-09',
        })
        const breached = all(found, 'breached')
        expect(all(found, 'undecided')).toEqual([])
        for (let day = local(PERIOD.start); day.toMillis() < asOf; day = day.plus({ days: 1 })) {
          const t = day.plus({ hours: 12 }).toMillis()
          const holds = rows.some(({ at }, i) => at <= t && t < (ends[i] ?? 0))
          expect(`${day.toISODate()} ${within(breached, t)}`).toBe(`${day.toISODate()} ${!holds}`)
        }
      }),
      { numRuns: 200, seed: 13 },
    )
  })
})
