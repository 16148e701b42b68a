import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { findings } from '../support/audit.ts'
import { HOUR } from '../support/instants.ts'

// Ten days around the change of clocks in Paris, 29 March 2026; everything in whole hours.
const FIRST = DateTime.fromISO('2026-03-24T00:00', { zone: 'Europe/Paris' })
const DAYS = 10
const midnight = (day: number): number => FIRST.plus({ days: day }).toMillis()

const row = fc.record({ from: fc.integer({ min: -10, max: 250 }), hours: fc.integer({ min: 0, max: 40 }) })

describe('rolling windows against adding up every hour', () => {
  it('of whole local days inside the period, neighbours joined by verdict', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 5 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 40, max: 100 }),
        async (rows, days, percent) => {
          const got = await findings({
            contract: {
              apiVersion: 'sla/v1',
              kind: 'Contract',
              id: 'rolling',
              timezone: 'Europe/Paris',
              clauses: {
                uptime: {
                  kind: 'availability',
                  target: `${percent}%`,
                  window: `rolling ${days} days`,
                  'no-data': 'unknown',
                },
              },
            },
            evidence: {
              outage: rows.map(({ from, hours }) => ({
                start: midnight(0) + from * HOUR,
                end: midnight(0) + (from + hours) * HOUR,
              })),
            },
            asOf: midnight(DAYS + 1),
            period: '2026-03-24..2026-04-02',
          })
          const groups: { status: string; windows: number; worst: number }[] = []
          for (let end = days; end <= DAYS; end++) {
            const [start, stop] = [midnight(end - days), midnight(end)]
            let down = 0
            for (let hour = start; hour < stop; hour += HOUR)
              if (
                rows.some(
                  ({ from, hours }) => hour >= midnight(0) + from * HOUR && hour < midnight(0) + (from + hours) * HOUR,
                )
              )
                down++
            const base = (stop - start) / HOUR
            const status = (base - down) * 100 >= percent * base ? 'met' : 'breached'
            const last = groups.at(-1)
            const share = (base - down) / base
            if (last?.status === status) {
              last.windows++
              last.worst = Math.min(last.worst, share)
            } else groups.push({ status, windows: 1, worst: share })
          }
          const breaches = groups.filter(g => g.status === 'breached')
          const found = got.filter(f => f.status === 'breached')
          expect(found.map(f => Number(f.details?.windows ?? 1))).toEqual(breaches.map(g => g.windows))
          for (const [i, f] of found.entries()) {
            const { part, of } = f.observed as { part: number; of: number }
            expect(part / of).toBeCloseTo(breaches[i]?.worst ?? Number.NaN, 12)
          }
          expect(got.every(f => f.status === 'met' || f.status === 'breached')).toBe(true)
          expect(got.some(f => f.status === 'met')).toBe(groups.some(g => g.status === 'met'))
        },
      ),
      { numRuns: 250, seed: 81 },
    )
  })
})
