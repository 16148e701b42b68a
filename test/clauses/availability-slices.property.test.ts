import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { finding } from '../support/audit.ts'
import type { Tables } from '../support/evidence.ts'
import { MINUTE, SECOND } from '../support/instants.ts'
import { covers, reaches, sameRatio } from './grid.ts'

// Two hours of slices of five minutes; request rows a minute apart.
const START = Date.UTC(2026, 4, 5, 10)
const SLICES = 24
const at = (minute: number): number => START + minute * MINUTE
const iso = (minute: number): string => new Date(at(minute)).toISOString()
const LENGTH = SLICES * 5

const clause = (fields: object, basisPoints: number) => ({
  apiVersion: 'sla/v1',
  kind: 'Contract',
  id: 'slices',
  timezone: 'UTC',
  term: { from: iso(0), to: iso(LENGTH) },
  exclusions: { force: { cause: ['force-majeure'] } },
  clauses: {
    uptime: {
      kind: 'availability',
      target: `${(basisPoints / 100).toFixed(2)}%`,
      window: 'term',
      'excluded-time': 'leaves-denominator',
      ...fields,
    },
  },
})

const judge = (fields: object, basisPoints: number, evidence: Tables) =>
  finding({
    contract: clause(fields, basisPoints),
    evidence,
    asOf: at(LENGTH + 60),
    period: `${iso(0)}..${iso(LENGTH)}`,
  })

interface Counter {
  readonly total: number
  readonly failed: number
}
const counter = fc
  .tuple(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 300 })), fc.integer({ min: 0, max: 300 }))
  .map(
    ([total, failed]): Counter => ({
      total,
      failed: failed < 200 ? Math.min(total, failed % 20) : Math.min(total, failed),
    }),
  )
/** Rows of every minute; a slice of them may be missing. */
const minutes = fc.array(counter, { minLength: LENGTH, maxLength: LENGTH })
const holes = fc.oneof(fc.constant<number[]>([]), fc.array(fc.integer({ min: 0, max: SLICES - 1 }), { maxLength: 6 }))
const basis = fc.integer({ min: 5000, max: 10_000 })

const rowsOf = (all: readonly Counter[], missing: readonly number[]) =>
  all.flatMap((c, i) =>
    missing.includes(Math.floor(i / 5)) ? [] : [{ time: at(i), total: c.total, failed: c.failed, interval: MINUTE }],
  )
const sliceSum = (all: readonly Counter[], slice: number): Counter =>
  all.slice(slice * 5, slice * 5 + 5).reduce((a, b) => ({ total: a.total + b.total, failed: a.failed + b.failed }))

describe('slices of requests against adding them up', () => {
  it('bad-when on errors, failed and total, with silent and missing slices', async () => {
    await fc.assert(
      fc.asyncProperty(
        minutes,
        holes,
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 900 }),
        fc.constantFrom('above' as const, 'at-least' as const),
        fc.constantFrom('up' as const, 'down' as const, undefined),
        fc.constantFrom('unknown' as const, 'up' as const, 'down' as const),
        basis,
        async (all, missing, percent, some, bound, noTraffic, noData, basisPoints) => {
          // A least number of requests and silence as down contradict each other.
          const least = noTraffic === 'down' ? 0 : some
          const f = await judge(
            {
              accounting: {
                slices: '5min',
                'bad-when': { errors: { [bound]: `${percent}%` }, total: { 'at-least': least } },
              },
              'no-data': noData,
              ...(noTraffic !== undefined && { 'no-traffic': noTraffic }),
            },
            basisPoints,
            { requests: rowsOf(all, missing) },
          )
          let bad = 0
          let unknown = 0
          for (let slice = 0; slice < SLICES; slice++) {
            const { total, failed } = sliceSum(all, slice)
            if (missing.includes(slice)) unknown++
            else if (total === 0) bad += noTraffic === 'down' ? 1 : 0
            else {
              const share = failed * 100 - percent * total
              if ((bound === 'above' ? share > 0 : share >= 0) && total >= least) bad++
            }
          }
          const passes = [bad + (noData === 'down' ? unknown : 0), bad + (noData === 'up' ? 0 : unknown)].map(n =>
            reaches(n * 100, SLICES, basisPoints),
          )
          const wanted = passes[0] === passes[1] ? (passes[0] ? 'met' : 'breached') : 'unverified'
          expect(f.status, `${bad} bad and ${unknown} unknown of ${SLICES}`).toBe(wanted)
          if (unknown > 0) return
          const { left, right } = sameRatio(f.observed, bad * 100, SLICES)
          expect(left).toBe(right)
        },
      ),
      { numRuns: 300, seed: 51 },
    )
  })

  it('the mean of error shares, exactly', async () => {
    await fc.assert(
      fc.asyncProperty(minutes, basis, async (all, basisPoints) => {
        const f = await judge({ accounting: { slices: '5min', mean: 'errors' }, 'no-data': 'unknown' }, basisPoints, {
          requests: rowsOf(all, []),
        })
        // 1 − mean(failed ÷ total) ≥ target, over the product of all totals.
        const sums = Array.from({ length: SLICES }, (_, slice) => sliceSum(all, slice))
        const product = sums.reduce((p, { total }) => p * BigInt(Math.max(total, 1)), 1n)
        const errors = sums.reduce(
          (sum, { total, failed }) => sum + (total === 0 ? 0n : (product / BigInt(total)) * BigInt(failed)),
          0n,
        )
        const base = product * BigInt(SLICES)
        expect(f.status).toBe((base - errors) * 10_000n >= BigInt(basisPoints) * base ? 'met' : 'breached')
        const { part, of } = f.observed as { part: number | string; of: number | string }
        expect(BigInt(part) * base).toBe((base - errors) * BigInt(of))
      }),
      { numRuns: 150, seed: 52 },
    )
  })

  it('the share of requests', async () => {
    await fc.assert(
      fc.asyncProperty(minutes, basis, async (all, basisPoints) => {
        const f = await judge({ accounting: 'requests', 'no-data': 'unknown' }, basisPoints, {
          requests: rowsOf(all, []),
        })
        const total = all.reduce((sum, c) => sum + c.total, 0)
        const failed = all.reduce((sum, c) => sum + c.failed, 0)
        if (total === 0) return
        expect(f.observed).toEqual({ unit: 'ratio', part: total - failed, of: total })
        const met = BigInt(total - failed) * 10_000n >= BigInt(basisPoints) * BigInt(total)
        expect(f.status).toBe(met ? 'met' : 'breached')
      }),
      { numRuns: 150, seed: 53 },
    )
  })
})

interface Row {
  readonly from: number
  readonly length: number
  readonly forced: boolean
}

describe('units of time classified by outages, against looking at every ten seconds', () => {
  // In cells of ten seconds.
  const cells = LENGTH * 6
  const row = fc.record<Row>({
    from: fc.integer({ min: -20, max: cells }),
    length: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 120 })),
    forced: fc.integer({ min: 0, max: 3 }).map(n => n === 0),
  })
  const words = fc.constantFrom('whole minutes', 'touched minutes', 'whole slices', 'bad slices', 'long slices')
  const ACCOUNTING = {
    'whole minutes': { size: 6, fields: { minutes: 'whole' } },
    'touched minutes': { size: 6, fields: { minutes: 'touched' } },
    'whole slices': { size: 30, fields: { whole: '5min' } },
    'bad slices': { size: 30, fields: { slices: '5min', 'bad-when': { down: { above: '0s' } } } },
    'long slices': { size: 30, fields: { slices: '5min', 'bad-when': { down: { 'at-least': '90s' } } } },
  } as const

  it('whole, touched, and slices with down time', async () => {
    await fc.assert(
      fc.asyncProperty(
        words,
        fc.array(row, { maxLength: 7 }),
        fc.boolean(),
        basis,
        async (word, rows, exclude, basisPoints) => {
          const { size, fields } = ACCOUNTING[word]
          const f = await judge(
            { accounting: fields, 'no-data': 'unknown', ...(exclude && { excluding: ['force'] }) },
            basisPoints,
            {
              outage: rows.map(r => ({
                start: START + r.from * 10 * SECOND,
                end: START + (r.from + r.length) * 10 * SECOND,
                cause: r.forced ? 'force-majeure' : 'fault',
              })),
            },
          )
          const isDown = (cell: number) => rows.some(r => covers([r.from, r.from + r.length], cell))
          const isExcluded = (cell: number) =>
            exclude && rows.some(r => r.forced && covers([r.from, r.from + r.length], cell))
          let down = 0
          let base = 0
          for (let unit = 0; unit < cells; unit += size) {
            const inside = Array.from({ length: size }, (_, i) => unit + i)
            const left = inside.filter(cell => !isExcluded(cell))
            const lost = left.filter(isDown).length
            const bad = word.startsWith('whole') ? inside.every(isDown) : word === 'long slices' ? lost >= 9 : lost > 0
            base += left.length
            if (bad) down += left.length
          }
          if (base === 0) return
          const { left, right } = sameRatio(f.observed, down * 100, base)
          expect(left, `${word}: ${down} of ${base}`).toBe(right)
          expect(f.status).toBe(reaches(down * 100, base, basisPoints) ? 'met' : 'breached')
        },
      ),
      { numRuns: 500, seed: 54 },
    )
  })

  it('users: the sum over rows of users and time, never merged', async () => {
    const users = fc.array(fc.tuple(row, fc.integer({ min: 0, max: 40 })), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(users, basis, async (rows, basisPoints) => {
        const f = await judge({ accounting: { users: 40 }, 'no-data': 'unknown' }, basisPoints, {
          outage: rows.map(([r, count]) => ({
            start: START + r.from * 10 * SECOND,
            end: START + (r.from + r.length) * 10 * SECOND,
            users: count,
          })),
        })
        let down = 0
        for (let cell = 0; cell < cells; cell++)
          for (const [r, count] of rows) if (covers([r.from, r.from + r.length], cell)) down += count
        const base = 40 * cells
        const met = (BigInt(base) - BigInt(down)) * 10_000n >= BigInt(basisPoints) * BigInt(base)
        expect(f.status, `${down} of ${base}`).toBe(met ? 'met' : 'breached')
        if (down > base) return
        const { part, of } = f.observed as { part: number | string; of: number | string }
        expect(BigInt(part) * BigInt(base)).toBe(BigInt(base - down) * BigInt(of))
      }),
      { numRuns: 200, seed: 55 },
    )
  })
})
