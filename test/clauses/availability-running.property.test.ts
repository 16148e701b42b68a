import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { finding } from '../support/audit.ts'
import type { Tables } from '../support/evidence.ts'
import { MINUTE } from '../support/instants.ts'

// Four hours, in minutes; judged half way, and again when all is over.
const START = Date.UTC(2026, 4, 5, 10)
const LENGTH = 240
const at = (minute: number): number => START + minute * MINUTE
const iso = (minute: number): string => new Date(at(minute)).toISOString()

const outage = fc.record({
  from: fc.integer({ min: -20, max: LENGTH }),
  length: fc.integer({ min: 0, max: 100 }),
  forced: fc.boolean(),
  severity: fc.constantFrom('full', 'degraded'),
})
const work = fc.record({
  from: fc.integer({ min: -20, max: LENGTH }),
  length: fc.integer({ min: 0, max: 80 }),
  notice: fc.integer({ min: 30, max: 90 }),
  down: fc.boolean(),
})
const terms = fc.record({
  basisPoints: fc.integer({ min: 3000, max: 10_000 }),
  excludedTime: fc.constantFrom('leaves-denominator', 'counts-as-up'),
  exclude: fc.subarray(['planned', 'force']),
  shortest: fc.option(fc.integer({ min: 1, max: 30 }), { nil: null }),
  after: fc.boolean(),
  cap: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }),
  during: fc.boolean(),
  base: fc.option(fc.integer({ min: 240, max: 300 }), { nil: null }),
  accounting: fc.constantFrom<unknown>(
    'time',
    'time',
    { minutes: 'touched' },
    { whole: '5min' },
    {
      slices: '5min',
      'bad-when': { down: { above: '1min' } },
    },
  ),
})
type Terms = typeof terms extends fc.Arbitrary<infer T> ? T : never

const contractOf = (t: Terms) => ({
  apiVersion: 'sla/v1',
  kind: 'Contract',
  id: 'running',
  timezone: 'UTC',
  term: { from: iso(0), to: iso(LENGTH) },
  calendars: { core: { days: 'mon-fri', hours: '10:30-13:00' } },
  exclusions: {
    planned: {
      event: 'maintenance',
      notice: { 'at-least': '1h' },
      ...(t.cap !== null && { cap: `${t.cap}min per calendar month` }),
    },
    force: { cause: ['force-majeure'] },
  },
  clauses: {
    uptime: {
      kind: 'availability',
      target: `${(t.basisPoints / 100).toFixed(2)}%`,
      window: 'term',
      'no-data': 'unknown',
      'excluded-time': t.excludedTime,
      excluding: t.exclude,
      accounting: t.accounting,
      degraded: '50%',
      ...(t.during && { during: 'core' }),
      ...(t.base !== null && t.excludedTime === 'counts-as-up' && { base: `${t.base}min` }),
      ...(t.shortest !== null && {
        'shortest-outage': {
          'at-least': `${t.shortest}min`,
          measured: t.after ? 'after-exclusions' : 'before-exclusions',
        },
      }),
    },
  },
})

describe('a verdict while the window runs', () => {
  it('is never taken back by what comes later', async () => {
    let early = 0
    await fc.assert(
      fc.asyncProperty(
        terms,
        fc.array(outage, { maxLength: 5 }),
        fc.array(work, { maxLength: 3 }),
        fc.integer({ min: 1, max: LENGTH - 1 }),
        async (t, outages, works, now) => {
          const evidence: Tables = {
            outage: outages.map(o => ({
              start: at(o.from),
              end: at(o.from + o.length),
              severity: o.severity,
              cause: o.forced ? 'force-majeure' : 'bug',
            })),
            maintenance: works.map(w => ({
              start: at(w.from),
              end: at(w.from + w.length),
              announced_at: at(w.from - w.notice),
              impact: w.down ? 'down' : 'none',
            })),
          }
          const case_ = { contract: contractOf(t), evidence, period: `${iso(0)}..${iso(LENGTH)}` }
          const running = await finding({ ...case_, asOf: at(now) })
          // Not applicable: the hours are over, and all of them were excluded.
          expect(['pending', 'breached', 'not-applicable']).toContain(running.status)
          if (running.status !== 'breached') return
          early++
          expect((await finding({ ...case_, asOf: at(LENGTH + 200) })).status).toBe('breached')
        },
      ),
      { numRuns: 900, seed: 91 },
    )
    expect(early).toBeGreaterThan(50)
  })
})
