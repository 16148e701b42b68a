import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { finding } from '../support/audit.ts'
import type { Tables } from '../support/evidence.ts'
import { SECOND } from '../support/instants.ts'
import { reaches, sameRatio } from './grid.ts'

// Two hours in cells of ten seconds; a sample a minute is usual.
const START = Date.UTC(2026, 4, 5, 10)
const CELLS = 720
const USUAL = 6
const at = (cell: number): number => START + cell * 10 * SECOND
const iso = (cell: number): string => new Date(at(cell)).toISOString()

type State = 'up' | 'down'
interface Sample {
  readonly cell: number
  readonly state: State
}
interface Terms {
  readonly noData: 'unknown' | 'up' | 'down'
  readonly sampling: 'first-up' | 'last-down' | 'midpoint'
  readonly maxGap: number | null
  readonly basisPoints: number
}

const terms = fc.record<Terms>({
  noData: fc.constantFrom('unknown', 'unknown', 'up', 'down'),
  sampling: fc.constantFrom('first-up', 'first-up', 'last-down', 'midpoint'),
  maxGap: fc.option(fc.integer({ min: 7, max: 40 }), { nil: null }),
  basisPoints: fc.integer({ min: 2000, max: 10_000 }),
})

/** Runs of samples a minute apart, with jitter, between pauses of any length. */
const samples = fc
  .array(
    fc.record({
      pause: fc.integer({ min: 1, max: 90 }),
      states: fc.array(fc.boolean(), { minLength: 1, maxLength: 25 }),
      jitter: fc.constantFrom(6, 6, 6, 5, 8),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map(blocks => {
    const out: Sample[] = []
    let cell = -20
    for (const { pause, states, jitter } of blocks) {
      cell += pause
      for (const up of states) {
        out.push({ cell, state: up ? 'up' : 'down' })
        cell += jitter
      }
    }
    return out.filter(s => s.cell < CELLS + 30)
  })

const contractOf = (t: Terms) => ({
  apiVersion: 'sla/v1',
  kind: 'Contract',
  id: 'samples',
  timezone: 'UTC',
  term: { from: iso(0), to: iso(CELLS) },
  clauses: {
    uptime: {
      kind: 'availability',
      target: `${(t.basisPoints / 100).toFixed(2)}%`,
      window: 'term',
      'no-data': t.noData,
      sampling: t.sampling,
      every: `${USUAL * 10}s`,
      ...(t.maxGap !== null && { 'max-gap': `${t.maxGap * 10}s` }),
    },
  },
})

const audit = (t: Terms, check: readonly Sample[], more: Tables = {}) =>
  finding({
    contract: contractOf(t),
    evidence: { check: check.map(s => ({ time: at(s.cell), status: s.state })), ...more },
    asOf: at(CELLS + 100),
    period: `${iso(0)}..${iso(CELLS)}`,
  })

/**
 * In halves of a cell, so that a midpoint is exact: what each is, asked sample by sample. `sure` down is between two
 * down samples; `maybe` from the last down sample to the next up one or to the usual interval before a gap.
 */
function ask(
  t: Terms,
  check: readonly Sample[],
  half: number,
): 'up' | 'sure' | 'maybe-first' | 'maybe-last' | 'unknown' {
  const cell = half / 2
  const longest = t.maxGap ?? 3 * USUAL
  const before = check.filter(s => s.cell <= cell).at(-1)
  const next = check.find(s => s.cell > cell)
  if (before === undefined) return next !== undefined && next.cell <= longest ? 'up' : 'unknown'
  const until = next?.cell ?? CELLS
  const cut = until - before.cell > longest
  const limit = cut ? before.cell + USUAL : until
  if (cell >= limit) return 'unknown'
  if (before.state === 'up') return 'up'
  if (!cut && next?.state === 'down') return 'sure'
  return 2 * (cell - before.cell) < limit - before.cell ? 'maybe-first' : 'maybe-last'
}

function bruteForce(t: Terms, check: readonly Sample[]) {
  const counts = { up: 0, sure: 0, 'maybe-first': 0, 'maybe-last': 0, unknown: 0 }
  for (let half = 0; half < 2 * CELLS; half++) counts[ask(t, check, half)]++
  const first = counts['maybe-first']
  const both = first + counts['maybe-last']
  const chosen = counts.sure + { 'first-up': both, midpoint: first, 'last-down': 0 }[t.sampling]
  const unknown = counts.unknown
  // Hundredths of a half cell.
  return {
    chosen: { up: chosen * 100, down: (chosen + unknown) * 100 },
    limits: { best: counts.sure * 100, worst: (counts.sure + both + unknown) * 100 },
    unknown,
  }
}

const BASE = 2 * CELLS

function expected(t: Terms, check: readonly Sample[]) {
  const { chosen } = bruteForce(t, check)
  const up = reaches(t.noData === 'down' ? chosen.down : chosen.up, BASE, t.basisPoints)
  const down = reaches(t.noData === 'up' ? chosen.up : chosen.down, BASE, t.basisPoints)
  return up === down ? (up ? 'met' : 'breached') : 'unverified'
}

describe('samples with gaps against counting cell by cell', () => {
  it('verdict, figure, bounds and unknown time', async () => {
    await fc.assert(
      fc.asyncProperty(terms, samples, async (t, check) => {
        const f = await audit(t, check)
        expect(f.status).toBe(expected(t, check))
        const { chosen, limits, unknown } = bruteForce(t, check)
        const counted = t.noData === 'down' ? chosen.down : chosen.up
        if (f.status === 'unverified') expect(f.observed.unit).toBe('none')
        else {
          const figure = sameRatio(f.observed, counted, BASE)
          expect(figure.left, 'figure').toBe(figure.right)
        }
        if (t.noData !== 'unknown') return
        expect(f.details?.unknown_ms).toBe(unknown * 5 * SECOND)
        const lowest = sameRatio(f.bounds?.lowest ?? f.observed, limits.worst, BASE)
        expect(lowest.left, 'lowest').toBe(lowest.right)
        const highest = sameRatio(f.bounds?.highest ?? f.observed, limits.best, BASE)
        expect(highest.left, 'highest').toBe(highest.right)
      }),
      { numRuns: 500, seed: 31 },
    )
  })

  it('a verdict given despite gaps holds whatever samples would have filled them', async () => {
    const filling = fc.tuple(fc.array(fc.boolean(), { minLength: 200, maxLength: 200 }))
    await fc.assert(
      fc.asyncProperty(terms, samples, filling, async (terms, check, [states]) => {
        const t = { ...terms, noData: 'unknown' as const, sampling: 'first-up' as const }
        const { status } = await audit(t, check)
        if (status === 'unverified') return
        let used = 0
        const more: Sample[] = []
        for (let half = 0; half < BASE; half += 2) {
          if (ask(t, check, half) !== 'unknown') continue
          const nearest = [...check, ...more].filter(s => s.cell < half / 2).reduce((m, s) => Math.max(m, s.cell), -1e9)
          if (half / 2 - nearest < USUAL) continue
          more.push({ cell: half / 2, state: states[used++ % states.length] ? 'up' : 'down' })
        }
        const filled = [...check, ...more].sort((a, b) => a.cell - b.cell)
        expect((await audit(t, filled)).status).toBe(status)
      }),
      { numRuns: 400, seed: 32 },
    )
  })

  it('the order and repetition of samples do not matter, and down wins an instant', async () => {
    await fc.assert(
      fc.asyncProperty(
        terms,
        samples,
        fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 5 }),
        async (t, check, picks) => {
          const again = picks.flatMap(pick => check[pick % check.length] ?? [])
          const quiet = picks.flatMap(pick => {
            const sample = check[pick % check.length]
            return sample?.state === 'down' ? [{ ...sample, state: 'up' as const }] : []
          })
          const [plain, messy] = [await audit(t, check), await audit(t, [...quiet, ...check, ...again])]
          expect([messy.status, messy.observed, messy.bounds]).toEqual([plain.status, plain.observed, plain.bounds])
        },
      ),
      { numRuns: 150, seed: 33 },
    )
  })

  it('an outage log beside samples: down where either says so, nothing unknown', async () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: CELLS }), fc.integer({ min: 0, max: 100 })), {
      maxLength: 4,
    })
    await fc.assert(
      fc.asyncProperty(terms, samples, rows, async (terms, check, outages) => {
        const t = { ...terms, noData: 'unknown' as const, sampling: 'first-up' as const }
        const f = await audit(t, check, {
          outage: outages.map(([from, length]) => ({ start: at(from), end: at(from + length) })),
        })
        let down = 0
        for (let half = 0; half < BASE; half++) {
          const logged = outages.some(([from, length]) => half >= 2 * from && half < 2 * (from + length))
          if (logged || ['sure', 'maybe-first', 'maybe-last'].includes(ask(t, check, half))) down++
        }
        const { left, right } = sameRatio(f.observed, down * 100, BASE)
        expect(left).toBe(right)
        expect(f.status).toBe(reaches(down * 100, BASE, t.basisPoints) ? 'met' : 'breached')
      }),
      { numRuns: 250, seed: 34 },
    )
  })
})
