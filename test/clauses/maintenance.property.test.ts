import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findings } from '../support/audit.ts'
import { MINUTE } from '../support/instants.ts'

// Tuesday 5 May 2026, in minutes from midnight, UTC; the calendar is open 9:00–18:00.
const DAY = Date.UTC(2026, 4, 5)
const at = (minute: number): number => DAY + minute * MINUTE

const work = fc.record({
  start: fc.integer({ min: 0, max: 1380 }),
  length: fc.integer({ min: 0, max: 200 }),
  shift: fc.integer({ min: -30, max: 30 }),
  planned: fc.option(fc.integer({ min: 0, max: 200 }), { nil: null }),
  expected: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }),
  notice: fc.option(fc.integer({ min: 100, max: 140 }), { nil: null }),
})

describe('notice against asking every minute', () => {
  it('needed or not, given or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(work, { minLength: 1, maxLength: 6 }),
        fc.option(fc.integer({ min: 0, max: 90 }), { nil: null }),
        fc.boolean(),
        async (works, longer, during) => {
          const planOf = (w: (typeof works)[number]) =>
            w.planned === null
              ? { from: w.start, to: w.start + w.length }
              : { from: w.start + w.shift, to: w.start + w.shift + w.planned }
          const got = await findings({
            contract: {
              apiVersion: 'sla/v1',
              kind: 'Contract',
              id: 'notice',
              timezone: 'UTC',
              calendars: { core: { days: 'mon-fri', hours: '09:00-18:00' } },
              clauses: {
                work: {
                  kind: 'maintenance',
                  notice: {
                    'at-least': '2h',
                    ...(longer !== null && { 'when-longer-than': `${longer}min` }),
                    ...(during && { during: 'core' }),
                  },
                },
              },
            },
            evidence: {
              maintenance: works.map((w, i) => ({
                id: `M-${i}`,
                start: at(w.start),
                end: at(w.start + w.length),
                announced_at: w.notice === null ? '' : at(planOf(w).from - w.notice),
                ...(w.planned !== null && { planned_start: at(planOf(w).from), planned_end: at(planOf(w).to) }),
                ...(w.expected !== null && { expected_downtime: w.expected * MINUTE }),
              })),
            },
            asOf: at(3000),
            period: '2026-05-05',
          })
          expect(got.length).toBe(works.length)
          for (const [i, w] of works.entries()) {
            const { from, to } = planOf(w)
            let touches = false
            for (let minute = from; minute < to; minute++) if (minute >= 540 && minute < 1080) touches = true
            const needed = (longer === null || (w.expected ?? to - from) > longer) && (!during || touches)
            const given = w.notice !== null && w.notice >= 120
            const f = got.find(one => one.id === `work/notice/M-${i}`)
            expect(f?.status, `M-${i}`).toBe(needed && !given ? 'breached' : 'met')
          }
        },
      ),
      { numRuns: 300, seed: 61 },
    )
  })
})
