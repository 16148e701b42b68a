import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { findings } from '../support/audit.ts'
import { MINUTE } from '../support/instants.ts'
import { type Desk, desks, places, withoutDoubt } from './support-desks.ts'
import { answered, lives, termsOf } from './support-lives.ts'
import { type Life, openMinutes, PROMISES, type Promised, type Terms } from './support-oracle.ts'
import { CORE, contractOf, rowsOf, STYLES, type Style, shuffled } from './support-rows.ts'
import { judge, type Verdict } from './support-verdicts.ts'

interface Scenario {
  readonly zone: string
  readonly base: number
  readonly desk: Desk
  readonly terms: Terms
  readonly lives: readonly Life[]
  readonly styles: readonly Style[]
  readonly asOf: number
  readonly period: readonly [number, number]
  readonly seed: number
}

const scenarios = places.chain(({ zone, base }) =>
  fc
    .record({
      zone: fc.constant(zone),
      base: fc.constant(base),
      desk: desks(base),
      terms: termsOf,
      lives: lives(base),
      styles: fc.array(fc.constantFrom(...STYLES), { minLength: 5, maxLength: 5 }),
      asOf: fc.integer({ min: 6 * 96, max: 21 * 96 }).map(n => base + n * 15),
      part: fc.option(fc.tuple(fc.integer({ min: 0, max: 15 * 24 }), fc.integer({ min: 1, max: 10 * 24 })), {
        nil: null,
      }),
      seed: fc.integer({ min: 0, max: 999 }),
    })
    .map(({ part, ...s }): Scenario => {
      const all = [base - 40 * 1440, base + 60 * 1440] as const
      const period = part === null ? all : ([base + part[0] * 60, base + (part[0] + part[1]) * 60] as const)
      const told = s.terms.from === 'responded' ? s.lives.map(answered) : s.lives
      return { ...s, lives: told, desk: withoutDoubt(s.desk, s.terms, s.zone), period }
    }),
)

const iso = (minute: number) => new Date(minute * MINUTE).toISOString()

async function judged(s: Scenario): Promise<readonly Finding[]> {
  const rows = s.lives.map((life, i) => rowsOf(life, s.styles[i] ?? 'both'))
  return findings({
    contract: contractOf(s.zone, s.desk, s.terms),
    evidence: {
      ticket: shuffled(
        rows.flatMap(r => r.ticket),
        s.seed,
      ),
      'ticket-change': shuffled(
        rows.flatMap(r => r.change),
        s.seed + 1,
      ),
    },
    asOf: s.asOf * MINUTE,
    period: `${iso(s.period[0])}..${iso(s.period[1])}`,
  })
}

/** Whether `[start, decision)` meets the period; one without length counts by its start. */
function belongs({ start, decided, status }: Verdict, [from, to]: readonly [number, number]): boolean | 'open' {
  if (start === undefined) return 'open'
  if (status !== 'breached' && decided !== undefined && decided <= start) return from <= start && start < to
  return start < to && (decided === undefined || decided > from || (status === 'breached' && decided === from))
}

const plain = (f: Finding) => ({
  status: f.status,
  observed: f.observed.unit === 'ms' ? f.observed.value / MINUTE : f.observed,
  promised: f.promised.unit === 'ms' ? f.promised.value / MINUTE : f.promised,
  start: f.start === undefined ? undefined : f.start / MINUTE,
  due: f.due === undefined ? undefined : f.due / MINUTE,
})

/** Promises whose words leave a question that the clock can't answer. */
function asked(promise: Promised, life: Life, terms: Terms, asOf: number): boolean {
  const at = (words: readonly string[]) =>
    life.events.find(e => e.at <= asOf && words.includes(e.change))?.at ?? Infinity
  const response = at(['responded', 'replied', ...(terms.autoReplyCounts ? ['auto-replied'] : [])])
  const afterResolve = response !== Infinity && response > at(['resolved', 'closed'])
  if (promise === 'update-every' && afterResolve) return false
  const byHour = Object.values(terms.priorities).some(p => p[promise]?.kind === 'by-calendar')
  if (byHour && terms.customerTimezone) return false
  if (terms.from !== 'responded') return true
  return !afterResolve && terms.onReopen !== 'restart' && promise !== 'report' && promise !== 'respond'
}

function check(s: Scenario, all: readonly Finding[]): void {
  for (const [i, life] of s.lives.entries()) {
    const zone = s.terms.customerTimezone ? (life.zone ?? s.zone) : s.zone
    const hours = openMinutes(s.desk, zone, openMinutes(CORE, zone))
    // Only columns tell when it was reported and where the customer is.
    const wide = s.styles[i] !== 'changes'
    const told = wide ? life : { ...life, reported: null }
    const noZone = s.terms.customerTimezone && (life.zone === undefined || !wide)
    for (const promise of PROMISES) {
      const ids = all.filter(f => f.id.endsWith(`-${promise}/${life.id}`))
      const what = `${promise} of ${life.id}`
      if (life.opened > s.asOf) {
        expect(ids, what).toEqual([])
        continue
      }
      if (!asked(promise, told, s.terms, s.asOf)) continue
      const expected = judge(told, promise, s.terms, hours, s.asOf)
      if (expected.length === 0) {
        expect(
          ids.filter(f => f.status !== 'not-applicable'),
          what,
        ).toEqual([])
        continue
      }
      if (noZone || expected[0]?.status === 'unverified') {
        expect(
          ids.filter(f => f.status !== 'unverified'),
          what,
        ).toEqual([])
        continue
      }
      const inside = expected.map(v => belongs(v, s.period))
      if (promise !== 'update-every' && inside.every(b => b === false)) {
        expect(ids, `${what} outside the period`).toEqual([])
        continue
      }
      if (promise === 'update-every' || inside.some(b => b !== true)) {
        if (ids.length === 0 && s.period[0] > s.base - 1440) continue
      }
      expect(ids.length, `findings for ${what}`).toBe(1)
      const [f] = ids
      if (f === undefined) continue
      expect(f.status, what).toBe(expected[0]?.status)
      if (expected[0]?.counted === undefined) continue
      const wanted = expected.map(v =>
        v.due === undefined
          ? { status: v.status, observed: v.counted }
          : { status: v.status, observed: v.counted, promised: v.allowed, start: v.start, due: v.due },
      )
      const seen = plain(f)
      const given = wanted[0] && 'due' in wanted[0] ? seen : { status: seen.status, observed: seen.observed }
      if (wanted.length === 1) expect(given, what).toEqual(wanted[0])
      else expect(wanted, what).toContainEqual(given)
    }
  }
}

describe('support clocks against asking every minute', () => {
  it('verdict, counted time, due and period of every promise', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async s => check(s, await judged(s))),
      { numRuns: 300 },
    )
  })

  it('an amount used up to the minute is kept, with a minute less it is broken', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, fc.constantFrom('respond', 'workaround', 'resolve'), async (s, promise) => {
        const within = (minutes: number): Scenario => {
          const one = { [promise]: { kind: 'time', minutes } } as const
          return { ...s, terms: { ...s.terms, priorities: { P1: one, P2: one, P3: one } } }
        }
        const unlimited = within(1440)
        const hours = openMinutes(s.desk, s.zone)
        const [told] = s.lives
        const [verdict] = told === undefined ? [] : judge(told, promise, unlimited.terms, hours, s.asOf)
        if (verdict?.counted === undefined || verdict.counted === 0) return
        for (const less of [0, 1]) {
          const tight = within(verdict.counted - less)
          check(tight, await judged(tight))
        }
      }),
      { numRuns: 100 },
    )
  })

  it('says the same whether stamps, changes or both tell it', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async s => {
        const terms: Terms = {
          ...s.terms,
          from: s.terms.from === 'reported' ? 'opened' : s.terms.from,
          customerTimezone: false,
        }
        const verdicts = await Promise.all(
          STYLES.map(async style => {
            const all = await judged({ ...s, terms, styles: s.lives.map(() => style) })
            return all.map(f => ({ id: f.id, ...plain(f) })).sort((a, b) => (a.id < b.id ? -1 : 1))
          }),
        )
        expect(verdicts[1]).toEqual(verdicts[0])
        expect(verdicts[2]).toEqual(verdicts[0])
      }),
      { numRuns: 150 },
    )
  })
})
