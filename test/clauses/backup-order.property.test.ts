import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Status } from '../../src/model/finding.ts'
import { findings } from '../support/audit.ts'
import type { Cells } from '../support/evidence.ts'
import { DAY, HOUR } from '../support/instants.ts'
import { cases } from './backup-oracle-cases.ts'

const FIRST = Date.UTC(2026, 4, 1)
const AS_OF = FIRST + 40 * DAY
const ORDER: readonly Status[] = ['breached', 'unverified', 'pending', 'met']

async function statusOf(fields: Record<string, unknown>, backup: readonly Cells[]): Promise<number> {
  const from = FIRST - DAY
  const all = await findings({
    contract: {
      apiVersion: 'sla/v1',
      kind: 'Contract',
      id: 'test',
      timezone: 'UTC',
      clauses: { b: { kind: 'backup', of: ['db'], ...fields } },
    },
    evidence: { backup, coverage: [{ type: 'backup', from, to: AS_OF }] },
    asOf: AS_OF,
    period: '2026-05-01..2026-06-20',
  })
  return Math.min(ORDER.length, ...all.map(({ status }) => rankOf(status)))
}

function rankOf(status: Status): number {
  const rank = ORDER.indexOf(status)
  return rank < 0 ? ORDER.length : rank
}

const row = (start: number, life: number | null, i: number): Cells => ({
  id: `r${i}`,
  component: 'db',
  started_at: start,
  completed_at: start + HOUR / 2,
  status: 'success',
  deleted_at: life === null ? '' : start + life,
})

const starts = fc.array(fc.integer({ min: 0, max: 30 * 24 }), { minLength: 1, maxLength: 20 })
const PARTS = 8

it('N copies are the least, N days more, a window of N days the most that daily backups are kept', async () => {
  // Each night the ones older than so many hours are removed.
  const kept = fc
    .record({ days: fc.integer({ min: 1, max: 6 }), hours: fc.integer({ min: 12, max: 24 * 8 }) })
    // Removed at the very start of the next one, one is lacking until that is complete.
    .filter(({ days, hours }) => hours !== 24 * days)
  await fc.assert(
    fc.asyncProperty(kept, async ({ days, hours }) => {
      const rows = Array.from({ length: 41 }, (_, i) => row(FIRST + i * DAY, hours * HOUR, i)).filter(
        ({ started_at: at }) => Number(at) <= AS_OF,
      )
      const known = rows.map(cells => (Number(cells.deleted_at) > AS_OF ? { ...cells, deleted_at: '' } : cells))
      const broken = async (keep: Record<string, unknown>) => (await statusOf({ keep }, known)) === 0
      const copies = await broken({ copies: days })
      const age = await broken({ for: `${days} days`, tolerance: '0h' })
      const window = await broken({ 'recovery-window': `${days} days` })
      if (copies) expect(age).toBe(true)
      if (age) expect(window).toBe(true)
    }),
    cases(PARTS * 2),
  )
})

it('more tolerance makes nothing worse', async () => {
  const rule = fc.constantFrom<Record<string, unknown>>(
    { schedule: { every: '24h' } },
    { schedule: { per: 'day' } },
    { schedule: { 'daily-at': '04:00' } },
    { keep: { for: '3 days' } },
    { 'max-age': { for: '3 days' } },
  )
  const lives = fc.array(fc.option(fc.integer({ min: 1, max: 200 })), { minLength: 1, maxLength: 20 })
  const pair = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }))
  await fc.assert(
    fc.asyncProperty(rule, starts, lives, pair, async (fields, at, life, [a, b]) => {
      const rows = at.map((start, i) => {
        const hours = life[i % life.length] ?? null
        return row(FIRST + start * HOUR, hours === null ? null : hours * HOUR, i)
      })
      const [[slot, body] = ['', {}]] = Object.entries(fields)
      const within = (hours: number) => ({ [slot]: { ...(body as object), tolerance: `${hours}h` } })
      const [strict, mild] = [Math.min(a, b), Math.max(a, b)]
      // Time that is granted may still run: pending is no worse than met.
      const [before, after] = [await statusOf(within(strict), rows), await statusOf(within(mild), rows)]
      if (before > 0) expect(after).toBeGreaterThan(0)
      if (before > 1) expect(after).toBeGreaterThan(1)
    }),
    cases(PARTS),
  )
})

it('one more success makes no schedule worse', async () => {
  const rule = fc.constantFrom<Record<string, unknown>>(
    { every: '24h', tolerance: '1h' },
    { every: '2 days', tolerance: '0h', anchor: 'completion' },
    { per: 'day' },
    { per: 'week' },
    { 'daily-at': '04:00', tolerance: '3h', early: '1h' },
  )
  await fc.assert(
    fc.asyncProperty(rule, starts, fc.integer({ min: 0, max: 39 * 24 }), async (schedule, at, extra) => {
      const rows = at.map((start, i) => row(FIRST + start * HOUR, null, i))
      const before = await statusOf({ schedule }, rows)
      const after = await statusOf({ schedule }, [...rows, row(FIRST + extra * HOUR, null, rows.length)])
      expect(after).toBeGreaterThanOrEqual(before)
    }),
    cases(PARTS),
  )
})
