import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Candidate } from '../../src/compare/rule.ts'
import { supportRule } from '../../src/compare/rules/support.ts'
import type { WitnessRow } from '../../src/model/comparison.ts'
import { checkOrder, contractOf, pairsOf } from './support-sides.ts'

const HOUR = 3_600_000
// A part of the year is enough for tickets of that part, and sooner compared.
const world = { year: 2026, span: { start: Date.UTC(2026, 2, 20), end: Date.UTC(2026, 3, 25) } }
const CASES = Number(process.env.SLA_CASES ?? 10_000)
/** Tickets of one log; about half as many on average. */
const LOGS = 100

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
} as const

const pair = pairsOf('support', { priorities, calendar }, fields)

const START = Date.UTC(2026, 2, 26, 6)
/** Hours after a Thursday before the clocks change, on a coarse grid. */
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
const ticket = fc.record({
  priority: fc.constantFrom('P1', 'P1', 'P1', 'P2', ''),
  queue: fc.constantFrom('a', 'b', 'c'),
  zone: fc.constantFrom('Europe/Paris', 'Asia/Tokyo'),
  opened: hours,
  reported: fc.integer({ min: -6, max: 30 }),
  steps: fc.array(fc.tuple(fc.integer({ min: 0, max: 14 }), change), { maxLength: 6 }),
  end: fc.integer({ min: 0, max: 40 }),
})
const log = fc.array(ticket, { minLength: 2, maxLength: LOGS, size: 'max' }).map((tickets): Candidate => {
  const text = (at: number) => new Date(at).toISOString()
  const rows = tickets.flatMap((one, i): readonly WitnessRow[] => {
    const id = `T-${i}`
    const opened = START + one.opened * HOUR
    let at = opened
    const steps = one.steps.map(([step, said]): WitnessRow => {
      at += step * HOUR
      const [word = '', value = ''] = said.split(' ')
      return { type: 'ticket-change', id, time: text(at), change: word, value, queue: one.queue }
    })
    const ends = ['responded', 'workaround', 'resolved', 'report-sent'].map(
      (word, k): WitnessRow => ({
        type: 'ticket-change',
        id,
        time: text(at + one.end * HOUR + (k === 3 ? 2 * HOUR : 0)),
        change: word,
        queue: one.queue,
      }),
    )
    return [
      {
        type: 'ticket',
        id,
        priority: one.priority,
        opened_at: text(opened),
        reported_at: text(opened + one.reported * HOUR),
        queue: one.queue,
        customer_timezone: one.zone,
      },
      ...steps,
      ...ends,
    ]
  })
  return {
    rows,
    period: { start: Date.UTC(2025, 11, 31, 23), end: Date.UTC(2026, 11, 31, 23) },
    asOf: Date.UTC(2026, 11, 31, 23),
    story: '',
  }
})

describe('support', () => {
  it('what a rule calls at least as strong no random ticket meets while it breaches the base', async () => {
    let [proven, late] = [0, 0]
    await fc.assert(
      fc.asyncProperty(pair, log, async ([a, b], records) => {
        const found = await checkOrder(
          supportRule,
          [await contractOf(a, { calendars }), await contractOf(b, { calendars })],
          records,
          world,
        )
        proven += found.proven
        late += found.late
      }),
      { numRuns: Math.ceil((CASES / LOGS) * 2), seed: Number(process.env.SLA_SEED ?? 20260701) },
    )
    expect(proven).toBeGreaterThan(CASES / LOGS)
    expect(late).toBeGreaterThan(proven)
  }, 300_000)
})
