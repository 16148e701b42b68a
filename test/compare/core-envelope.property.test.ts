import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AvailabilityBody } from '../../src/clauses/availability/schema.ts'
import type { SupportBody } from '../../src/clauses/support/schema.ts'
import { compareContracts } from '../../src/compare/compare.ts'
import { frameOf } from '../../src/compare/rules/availability/frame.ts'
import { endOf } from '../../src/compare/rules/availability/worst.ts'
import { readingOf } from '../../src/compare/rules/support/promise.ts'
import type { Clause, Contract } from '../../src/contract/contract.ts'
import { HOUR } from '../support/instants.ts'
import { contractOf, up, zones } from './fakes.ts'

const PARIS = {
  timezone: 'Europe/Paris',
  calendars: {
    office: { days: 'mon-fri', hours: '09:00-18:00' },
    late: { days: 'mon-sat', hours: '12:00-22:00' },
  },
}
const zone = zones('Europe/Paris')
const YEAR = { start: Date.parse('2026-01-01T00:00:00+01:00'), end: Date.parse('2027-01-01T00:00:00+01:00') }
/** Every half hour of the year. */
const STARTS = Array.from({ length: (YEAR.end - YEAR.start) / (HOUR / 2) }, (_, i) => YEAR.start + (i * HOUR) / 2)

async function figureOf(contract: Contract, key: string) {
  const { envelope } = await compareContracts([contract], { year: 2026, zones, version: '1.0.0' })
  const value = envelope.find(row => row.key === key)?.values[0]
  if (value?.ms === undefined) throw new Error(`no figure ${key}`)
  return { ...value, ms: value.ms }
}

/** The figure is the most that all clauses leave from some start; as a bound no less than that. */
function expectMost(value: Awaited<ReturnType<typeof figureOf>>, lastOf: (start: number) => number): void {
  let most = 0
  for (const start of STARTS) most = Math.max(most, lastOf(start) - start)
  expect(value.ms).toBeGreaterThanOrEqual(most)
  if (value.text.startsWith('≤ ')) {
    expect(value.at).toBeUndefined()
    return
  }
  const { start, end } = value.at ?? { start: 0, end: 0 }
  expect(end - start).toBe(value.ms)
  expect(lastOf(start)).toBe(end)
}

it('waits as long as all clauses on the same tickets permit', async () => {
  const clause = fc.record({
    resolve: fc.constantFrom('1h', '4h', '8h', '12h', '60h', '66h', '3 days'),
    calendar: fc.constantFrom('office', 'late', 'always'),
  })
  let exact = 0
  await fc.assert(
    fc.asyncProperty(fc.array(clause, { minLength: 2, maxLength: 3 }), async list => {
      const clauses = list.map(({ resolve, calendar }, i): readonly [string, unknown] => [
        `c${i}`,
        { kind: 'support', calendar, clock: 'calendar', priorities: { P1: { resolve } } },
      ])
      const contract = await contractOf('a', Object.fromEntries(clauses) as Record<string, unknown>, PARIS)
      const readings = contract.clauses.map(one => {
        const { body } = one as Clause<SupportBody>
        const amount = body.priorities.P1?.resolve
        if (amount === undefined) throw new Error('no amount')
        const side = { contract, clause: one as Clause<SupportBody>, zone, label: 'a', zones }
        return readingOf(side, { word: 'resolve', priority: 'P1', amount })
      })
      const value = await figureOf(contract, 'support/P1/resolve-wall')
      if (value.at !== undefined) exact++
      expectMost(value, start => Math.min(...readings.map(({ at }) => at(start)?.last ?? start)))
    }),
    { numRuns: 12, seed: 7 },
  )
  expect(exact).toBeGreaterThan(0)
})

it('is out as long as all clauses on the same outages permit', async () => {
  const clause = fc.record({
    target: fc.constantFrom('99%', '99.5%', '99.9%'),
    window: fc.constantFrom('calendar month', 'calendar quarter', 'calendar year'),
    during: fc.constantFrom(undefined, 'office', 'late'),
  })
  let exact = 0
  await fc.assert(
    fc.asyncProperty(fc.array(clause, { minLength: 2, maxLength: 3 }), async list => {
      const clauses = list.map(({ target, window, during }, i): readonly [string, unknown] => [
        `c${i}`,
        up(target, { window, ...(during !== undefined && { during }) }),
      ])
      const contract = await contractOf('a', Object.fromEntries(clauses) as Record<string, unknown>, PARIS)
      const around = { start: YEAR.start - 370 * 24 * HOUR, end: YEAR.end + 740 * 24 * HOUR }
      const frames = contract.clauses.map(({ body }) =>
        frameOf({ contract, zone, zones, body: body as AvailabilityBody }, around, false),
      )
      const value = await figureOf(contract, 'downtime/longest')
      if (value.at !== undefined) exact++
      expectMost(value, start => Math.min(...frames.map(frame => endOf(frame, start))))
    }),
    { numRuns: 12, seed: 7 },
  )
  expect(exact).toBeGreaterThan(0)
})
