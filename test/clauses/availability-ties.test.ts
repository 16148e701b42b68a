import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { finding } from '../support/audit.ts'
import { MINUTE, SECOND } from '../support/instants.ts'

const START = Date.UTC(2026, 2, 3)

/** A window that is the whole term, `length` ms long. */
const contract = (target: unknown, length: number, fields: object = {}, rest: object = {}) => ({
  apiVersion: 'sla/v1',
  kind: 'Contract',
  id: 'ties',
  timezone: 'UTC',
  term: { from: new Date(START).toISOString(), to: new Date(START + length).toISOString() },
  ...rest,
  clauses: { uptime: { kind: 'availability', target, window: 'term', 'no-data': 'unknown', ...fields } },
})

const judge = async (contractData: object, length: number, outage: readonly (readonly [number, number])[], more = {}) =>
  (
    await finding({
      contract: contractData as Record<string, unknown>,
      evidence: { outage: outage.map(([from, to]) => ({ start: START + from, end: START + to })), ...more },
      asOf: START + length + 1,
      period: `${new Date(START).toISOString()}..${new Date(START + length).toISOString()}`,
    })
  ).status

const percentText = (units: bigint, decimals: number): string => {
  const digits = units.toString().padStart(decimals + 1, '0')
  return decimals === 0 ? `${digits}%` : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}%`
}

// Lengths that all divisors of a percentage of up to four decimals go into, so that the tie is exact to the ms.
const tie = fc.record({
  decimals: fc.integer({ min: 0, max: 4 }),
  share: fc.double({ min: 0.5, max: 1, noNaN: true }),
  seconds: fc.integer({ min: 1, max: 40_000 }),
})

describe('exact ties', () => {
  it('down as much as allowed is met, one ms more is breached', async () => {
    await fc.assert(
      fc.asyncProperty(tie, async ({ decimals, share, seconds }) => {
        const whole = 100n * 10n ** BigInt(decimals)
        const units = BigInt(Math.floor(Number(whole) * share))
        const length = seconds * 1_000 * 1_000
        const product = BigInt(length) * (whole - units)
        expect(product % whole).toBe(0n)
        const allowed = Number(product / whole)
        const text = percentText(units, decimals)
        const data = contract(text, length)
        expect(await judge(data, length, [[0, allowed]])).toBe('met')
        if (allowed < length) expect(await judge(data, length, [[length - allowed - 1, length]])).toBe('breached')
        const above = contract({ above: text }, length)
        expect(await judge(above, length, [[0, allowed]])).toBe('breached')
        if (allowed > 0) expect(await judge(above, length, [[1, allowed]])).toBe('met')
      }),
      { numRuns: 300, seed: 11 },
    )
  })

  it('holds for lengths and percentages that do not divide, over thousands of windows', async () => {
    const any = fc.record({
      decimals: fc.integer({ min: 0, max: 6 }),
      share: fc.double({ min: 0.9, max: 1, noNaN: true }),
      length: fc.integer({ min: 1, max: 366 * 86_400_000 }),
    })
    await fc.assert(
      fc.asyncProperty(any, async ({ decimals, share, length }) => {
        const whole = 100n * 10n ** BigInt(decimals)
        const units = BigInt(Math.floor(Number(whole) * share))
        // The most down time d with (length − d) · whole ≥ units · length.
        const allowed = Number((BigInt(length) * (whole - units)) / whole)
        const data = contract(percentText(units, decimals), length)
        expect(await judge(data, length, [[0, allowed]])).toBe('met')
        if (allowed < length) expect(await judge(data, length, [[0, allowed + 1]])).toBe('breached')
      }),
      { numRuns: 700, seed: 12 },
    )
  })

  it('holds where excluded time shrinks the base, in pieces', async () => {
    const rest = { exclusions: { planned: { event: 'maintenance' } } }
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 10, max: 5000 }),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        async (blocks, excludedTenths, pieces) => {
          // 99.9 % of a base in seconds: one ms a second. The excluded time stands at the end.
          const length = blocks * 10 * SECOND
          const excluded = blocks * excludedTenths * SECOND
          const work = [{ start: START + length - excluded, end: START + length, announced_at: '' }]
          for (const [time, allowed] of [
            ['leaves-denominator', (length - excluded) / 1000],
            ['counts-as-up', length / 1000],
          ] as const) {
            if (allowed * 2 > length - excluded) continue
            const data = contract('99.9%', length, { excluding: ['planned'], 'excluded-time': time }, rest)
            const cuts = Array.from({ length: pieces + 1 }, (_, i) => Math.floor((allowed * i) / pieces))
            const outages = cuts.slice(1).map((to, i) => [2 * (cuts[i] ?? 0), (cuts[i] ?? 0) + to] as const)
            // Piece i is as long as its cut, moved away from the one before.
            expect(outages.reduce((sum, [from, to]) => sum + to - from, 0)).toBe(allowed)
            expect(await judge(data, length, outages, { maintenance: work })).toBe('met')
            const [last = [0, 0] as const] = outages.slice(-1)
            const more = [...outages.slice(0, -1), [last[0], last[1] + 1] as const]
            expect(await judge(data, length, more, { maintenance: work })).toBe('breached')
          }
        },
      ),
      { numRuns: 120, seed: 13 },
    )
  })

  it('100 % allows nothing, and an outage of no length is nothing', async () => {
    const data = contract('100%', 60 * MINUTE)
    expect(await judge(data, 60 * MINUTE, [])).toBe('met')
    expect(await judge(data, 60 * MINUTE, [[5, 5]])).toBe('met')
    expect(await judge(data, 60 * MINUTE, [[5, 6]])).toBe('breached')
  })
})
