import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { findings } from '../support/audit.ts'
import { MINUTE } from '../support/instants.ts'
import { desks } from './support-desks.ts'
import { lives, quarters, termsOf } from './support-lives.ts'
import { type Amount, type Life, openMinutes, type Terms } from './support-oracle.ts'
import { contractOf, rowsOf } from './support-rows.ts'
import { judge, type Verdict } from './support-verdicts.ts'

// Tickets around a change of month; in Lord Howe the clock changes in the first days of it.
const edges = fc.constantFrom(
  { zone: 'Europe/Paris', month: '2026-05' },
  { zone: 'Europe/Paris', month: '2026-11' },
  { zone: 'Australia/Lord_Howe', month: '2026-10' },
  { zone: 'America/New_York', month: '2026-03' },
)

const minute = (text: string, zone: string) => DateTime.fromISO(text, { zone }).toMillis() / MINUTE

interface Window {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** The month that begins at the edge and the one before it. */
function windowsAt(month: string, zone: string): readonly Window[] {
  const edge = DateTime.fromISO(`${month}-01T00:00`, { zone })
  return [edge.minus({ months: 1 }), edge].map(start => ({
    name: start.toFormat('yyyy-MM'),
    from: start.toMillis() / MINUTE,
    to: start.plus({ months: 1 }).toMillis() / MINUTE,
  }))
}

const simple = (amount: Amount) => ({ respond: amount, resolve: amount })

const scenarios = edges.chain(({ zone, month }) => {
  const base = Math.floor(minute(`${month}-01T00:00`, zone) / 1440) * 1440 - 5 * 1440
  return fc
    .record({
      zone: fc.constant(zone),
      month: fc.constant(month),
      desk: desks(base),
      terms: termsOf,
      amount: quarters(80).chain(minutes =>
        fc.constantFrom<Amount>({ kind: 'time', minutes }, { kind: 'business-time', minutes }),
      ),
      lives: lives(base, 'T', 9),
      asOf: fc.oneof(
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 20 * 96 }).map(n => base + n * 15) },
        { weight: 2, arbitrary: fc.constant(base + 45 * 1440) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 5 }).map(day => base + day * 1440) },
      ),
      percent: fc.constantFrom(100, 95, 75, 66.67, 66.66, 50, 33.4),
    })
    .map(s => ({
      ...s,
      lives: s.lives.map(
        (life): Life => ({ ...life, priority: 'P1', events: life.events.filter(e => e.change !== 'priority') }),
      ),
      terms: {
        ...s.terms,
        from: 'opened',
        customerTimezone: false,
        unprioritised: null,
        onReopen: s.terms.onReopen === 'restart' ? 'continue' : s.terms.onReopen,
        priorities: { P1: simple(s.amount) },
      } satisfies Terms,
    }))
})

type Scenario = typeof scenarios extends fc.Arbitrary<infer S> ? S : never

async function audited(s: Scenario, more: Readonly<Record<string, unknown>>) {
  const rows = s.lives.map(life => rowsOf(life, 'both'))
  const windows = windowsAt(s.month, s.zone)
  const iso = (m: number) => new Date(m * MINUTE).toISOString()
  return {
    windows,
    all: await findings({
      contract: contractOf(s.zone, s.desk, s.terms, more),
      evidence: { ticket: rows.flatMap(r => r.ticket), 'ticket-change': rows.flatMap(r => r.change) },
      asOf: s.asOf * MINUTE,
      period: `${iso(windows[0]?.from ?? 0)}..${iso(windows[1]?.to ?? 0)}`,
    }),
  }
}

function verdictsIn(s: Scenario, promise: 'respond' | 'resolve', { from, to }: Window): readonly Verdict[] {
  const hours = openMinutes(s.desk, s.zone)
  return s.lives
    .filter(life => life.opened <= s.asOf && from <= life.opened && life.opened < to)
    .flatMap(life => judge(life, promise, s.terms, hours, s.asOf))
}

describe('shares and means of a month against every ticket by itself', () => {
  it('attainment', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async s => {
        const { all, windows } = await audited(s, { attainment: `${s.percent}% per calendar month` })
        for (const promise of ['respond', 'resolve'] as const)
          for (const window of windows) {
            const verdicts = verdictsIn(s, promise, window)
            const number = (status: string) => verdicts.filter(v => v.status === status).length
            const [inTime, late, open] = [number('met'), number('breached'), number('pending')]
            const reaches = (part: number, of: number) => part * 10_000 >= Math.round(s.percent * 100) * of
            const running = window.to > s.asOf
            const f = all.find(x => x.id === `tickets/P1-${promise}/${window.name}`)
            const what = `${promise} in ${window.name}: ${inTime} in time, ${late} late, ${open} open`
            if (window.from >= s.asOf) continue
            const status = running
              ? s.percent === 100 && late > 0
                ? 'breached'
                : 'pending'
              : verdicts.length === 0
                ? 'not-applicable'
                : reaches(inTime, verdicts.length)
                  ? 'met'
                  : reaches(inTime + open, verdicts.length)
                    ? 'pending'
                    : 'breached'
            expect(f?.status, what).toBe(status)
            if (f === undefined || inTime + late === 0 || f.observed.unit !== 'ratio') continue
            expect([Number(f.observed.part), Number(f.observed.of)], what).toEqual([inTime, inTime + late])
          }
      }),
      { numRuns: 80 },
    )
  })

  it('mean', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, quarters(300), async (s, limit) => {
        const { all, windows } = await audited(s, { mean: { resolve: `${limit}min`, window: 'calendar month' } })
        const terms: Terms = { ...s.terms, priorities: { P1: { resolve: { kind: 'time', minutes: limit } } } }
        for (const window of windows) {
          if (window.from >= s.asOf) continue
          const verdicts = verdictsIn({ ...s, terms } as Scenario, 'resolve', window)
          const sum = verdicts.reduce((total, v) => total + (v.counted ?? 0), 0)
          const open = verdicts.filter(v => v.stopped !== true).length
          const f = all.find(x => x.id === `tickets/mean-resolve/${window.name}`)
          const status =
            window.to > s.asOf
              ? 'pending'
              : verdicts.length === 0
                ? 'not-applicable'
                : sum > limit * verdicts.length
                  ? 'breached'
                  : open > 0
                    ? 'pending'
                    : 'met'
          expect(f?.status, `mean in ${window.name}: ${sum} of ${verdicts.length}, ${open} open`).toBe(status)
        }
      }),
      { numRuns: 80 },
    )
  })
})
