import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { supportRule } from '../../src/compare/rules/support.ts'
import type { Cells } from '../support/evidence.ts'
import { checkOrders, contractOf, judgeOf, type Log, ordersOf, pairsOf, refuted, unshown } from './support-sides.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Logs judged by the auditor for both contracts, of a few tickets each. */
const CASES = Number(process.env.SLA_CASES ?? 10_000)
const SEED = Number(process.env.SLA_SEED ?? 20260701)
/** Pairs of contracts whose relations are searched. */
const PAIRS = Math.ceil(CASES / 250)
/** Logs for one pair of contracts. */
const LOGS = 50
/** Thursdays: before the clocks change, before they change back, at the end of a year, of a February of 29 days. */
const SEASONS = [Date.UTC(2026, 2, 26), Date.UTC(2026, 9, 22), Date.UTC(2026, 11, 24), Date.UTC(2028, 1, 24)]

const calendars = {
  day: { days: 'mon-fri', hours: '09:00-17:00', holidays: 'FR' },
  early: { days: 'mon-fri', hours: ['08:00-12:00', '13:00-17:00'] },
  night: { days: 'mon-sat', hours: '20:00-04:00' },
}

const amount = fc.constantFrom(
  '1h',
  '4h',
  '8h',
  '9h',
  '24h',
  '4 business hours',
  '1 business day',
  '2 business days',
  '1 day',
  '3 days',
  '1 month',
)
const byCalendar = fc.tuple(amount, amount).map(([early, otherwise]) => ({ 'by-calendar': { early, otherwise } }))
const priorities = fc.record({ P1: promises(), P2: promises() }, { requiredKeys: ['P1'] })
const maybe = <T>(...values: readonly T[]) => fc.constantFrom(...values)

function promises() {
  return fc
    .record(
      {
        respond: fc.oneof({ weight: 5, arbitrary: amount }, byCalendar),
        resolve: amount,
        workaround: amount,
        'update-every': amount,
        report: amount,
      },
      { requiredKeys: [] },
    )
    .filter(map => Object.keys(map).length > 0)
}

const calendar = fc.constantFrom('day', 'early', 'night', 'always')
const fields = {
  clock: maybe('calendar', 'always'),
  'business-day': maybe('end-of-day', 'same-time', 'working-hours'),
  'paused-in': maybe(['waiting'], ['waiting', 'hold']),
  'on-reopen': maybe('continue', 'restart', 'first-resolve', 'last-resolve'),
  'on-priority-change': maybe('carry', 'at-open', 'strictest'),
  from: fc.constantFrom('opened', 'reported', 'updated'),
  'workaround-counts': maybe(true),
  'auto-reply-counts': maybe(true),
  unprioritised: maybe('P1'),
  'customer-timezone': maybe(true),
  attainment: fc.constantFrom('50% per calendar month', '60% per calendar month', '50% per calendar quarter'),
  mean: fc.record({
    resolve: fc.constantFrom('4h', '8h', '12 business hours'),
    window: fc.constantFrom('calendar month', 'calendar quarter'),
  }),
  where: fc.constantFrom({ queue: 'a' }, { queue: { not: 'b' } }),
  services: fc.constantFrom(['app'], ['app', 'api']),
} as const
/** Of both contracts; one zone more often than two. */
const places = fc.oneof(
  { weight: 3, arbitrary: fc.constant(['Europe/Paris', 'Europe/Paris']) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ['Europe/Paris', 'Europe/Berlin'],
      ['Europe/Paris', 'Europe/London'],
      ['America/New_York', 'Europe/Paris'],
      ['Australia/Lord_Howe', 'Australia/Lord_Howe'],
      ['Asia/Tokyo', 'Australia/Lord_Howe'],
    ),
  },
)

/** Pairs of clauses with the zones of their contracts. */
function pairs(count: number, seed: number): readonly Drawn[] {
  const zones = fc.sample(places, { numRuns: count, seed })
  return pairsOf('support', { priorities, calendar }, fields, count, seed).map((clauses, i) => ({
    clauses,
    places: zones[i] ?? [],
  }))
}

/** Hours after a Thursday morning, on a coarse grid. */
const hours = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 400 }))
const change = fc.constantFrom(
  'responded',
  'replied',
  'auto-replied',
  'updated',
  'workaround',
  'resolved',
  'reopened',
  'report-sent',
  'closed',
  'status waiting',
  'status hold',
  'status open',
  'paused waiting',
  'resumed',
  'priority P2',
  'priority P1',
)
/** Whatever happens, or one of the things that clauses tell apart, with gaps of days between. */
const steps = fc.oneof(
  fc.array(fc.tuple(fc.integer({ min: 0, max: 14 }), change), { maxLength: 6 }),
  fc
    .tuple(
      fc.constantFrom(
        ['resolved', 'reopened'],
        ['workaround', 'reopened'],
        ['status waiting', 'status open'],
        ['paused hold', 'resumed'],
        ['priority P2', 'updated'],
        ['auto-replied', 'updated'],
      ),
      fc.array(fc.oneof(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 150 })), {
        minLength: 2,
        maxLength: 2,
      }),
    )
    .map(([words, gaps]) => words.map((word, i): [number, string] => [gaps[i] ?? 0, word])),
)
const ticket = fc.record({
  priority: fc.constantFrom('P1', 'P1', 'P1', 'P2', ''),
  queue: fc.constantFrom('a', 'b', 'c'),
  service: fc.constantFrom('app', 'app', 'api'),
  zone: fc.constantFrom('Europe/Paris', 'Asia/Tokyo'),
  opened: hours,
  reported: fc.integer({ min: -6, max: 30 }),
  steps,
  end: fc.integer({ min: 0, max: 40 }),
})
/** A few tickets, so that windows with a share or a mean of them are kept as often as not. */
const tickets = fc.array(ticket, { minLength: 1, maxLength: 5 })

type Ticket = typeof ticket extends fc.Arbitrary<infer T> ? T : never

function logOf(list: readonly Ticket[], season: number): Log {
  const from = season + 6 * HOUR
  const changes: Cells[] = []
  const rows = list.map((one, i): Cells => {
    const id = `T-${i}`
    const opened = from + one.opened * HOUR
    let at = opened
    for (const [step, said] of one.steps) {
      at += step * HOUR
      const [change = '', value = ''] = said.split(' ')
      changes.push({ id, time: at, change, value, queue: one.queue, service: one.service })
    }
    for (const change of ['responded', 'workaround', 'resolved', 'report-sent']) {
      const time = at + one.end * HOUR + (change === 'report-sent' ? 2 * HOUR : 0)
      changes.push({ id, time, change, value: '', queue: one.queue, service: one.service })
    }
    const { priority, queue, service, zone } = one
    const reported = opened + one.reported * HOUR
    return { id, priority, opened_at: opened, reported_at: reported, queue, service, customer_timezone: zone }
  })
  const wide = { from: season - 400 * DAY, to: season + 400 * DAY }
  return {
    tables: {
      ticket: rows,
      'ticket-change': changes,
      coverage: [
        { type: 'ticket', ...wide },
        { type: 'ticket-change', ...wide },
      ],
    },
    period: { start: season - 10 * DAY, end: season + 40 * DAY },
    asOf: season + 300 * DAY,
  }
}

/** A part of the year is enough for tickets of that part, and sooner compared. */
function worldOf(season: number) {
  const year = new Date(season).getUTCFullYear()
  const span = { start: season - 6 * DAY, end: season + 32 * DAY }
  return { year, span, proven: span }
}

async function contractsOf({ clauses: [a, b], places }: Drawn) {
  const [here = '', there = ''] = places
  const services = { app: {}, api: {} }
  return [
    await contractOf(a, { calendars, services, timezone: here }),
    await contractOf(b, { calendars, services, timezone: there }),
  ] as const
}

interface Drawn {
  readonly clauses: readonly [object, object]
  readonly places: readonly string[]
}

/** Of one key, and those of one priority that promise different things. */
const match = (base: string, other: string) => base.split('/')[1] === other.split('/')[1]

describe('support', () => {
  it('what a rule calls at least as strong no random log keeps while it breaches the base', async () => {
    let [judged, proven, late, windowed, zoned] = [0, 0, 0, 0, 0]
    const logs = fc.sample(tickets, { numRuns: Math.min(CASES, 20_000), seed: SEED + 1 })
    for (const [i, drawn] of pairs(CASES, SEED).entries()) {
      if (judged >= CASES) break
      const season = SEASONS[i % SEASONS.length] ?? 0
      const contracts = await contractsOf(drawn)
      const orders = ordersOf(supportRule, contracts, worldOf(season), match).filter(
        ({ ordering }) => ordering.atLeast === true || ordering.atMost === true,
      )
      if (orders.length === 0) continue
      const judge = await judgeOf(contracts)
      for (let k = 0; k < LOGS; k++) {
        const log = logOf(logs[(i * LOGS + k) % logs.length] ?? [], season)
        const [ours = [], theirs = []] = judge(log)
        const found = checkOrders(supportRule, orders, ours, theirs, log.tables)
        judged++
        proven += found.proven
        late += found.late
        if (found.windowed > 0) windowed++
        if (drawn.places[0] !== drawn.places[1]) zoned++
      }
    }
    if (process.env.SLA_COUNT !== undefined) console.log({ judged, proven, late, windowed, zoned })
    expect(judged).toBeGreaterThanOrEqual(CASES)
    // The logs can tell clauses apart, those on windows and in other zones too.
    expect(proven).toBeGreaterThan(judged)
    expect(late).toBeGreaterThan(judged)
    expect(windowed).toBeGreaterThan(judged / 10)
    expect(zoned).toBeGreaterThan(judged / 20)
  }, 36_000_000)

  it('none of the logs made to separate them refutes a rule', async () => {
    let tried = 0
    for (const [i, drawn] of pairs(PAIRS * 4, SEED + 3).entries()) {
      const contracts = await contractsOf(drawn)
      const world = worldOf(SEASONS[i % SEASONS.length] ?? 0)
      for (const order of ordersOf(supportRule, contracts, world, match)) {
        const { atLeast, atMost } = order.ordering
        // What is equal by rule in all fields gives nothing to try.
        if ((atLeast !== true && atMost !== true) || order.ordering.rules.length === 0) continue
        tried++
        const found = await refuted(supportRule, order, world, 60)
        if (found !== undefined) expect.fail(JSON.stringify({ drawn, ...found }))
      }
    }
    expect(tried).toBeGreaterThan(PAIRS)
  }, 36_000_000)

  it('what a rule denies a log shows', async () => {
    let denied = 0
    const missing: string[] = []
    for (const [i, drawn] of pairs(PAIRS, SEED + 2).entries()) {
      const contracts = await contractsOf(drawn)
      const world = worldOf(SEASONS[i % SEASONS.length] ?? 0)
      for (const order of ordersOf(supportRule, contracts, world, match)) {
        const left = await unshown(supportRule, order, world)
        if (left === undefined) continue
        denied++
        if (left.length === 0) continue
        const keys = [order.base, order.other].map(({ term }) => term.key)
        missing.push([...keys, left, JSON.stringify(drawn), ...order.ordering.rules].join(' '))
      }
    }
    expect(missing).toEqual([])
    expect(denied).toBeGreaterThan(PAIRS / 2)
  }, 36_000_000)
})
