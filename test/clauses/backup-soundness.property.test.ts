import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Cells } from '../support/evidence.ts'
import { HOUR } from '../support/instants.ts'
import { blurred, blurs, OF, verdicts } from './backup-oracle-blur.ts'
import { cases } from './backup-oracle-cases.ts'
import { rowsOf } from './backup-oracle-rows.ts'
import { DAY, TICK } from './backup-oracle-time.ts'
import { CASES, worldsFor } from './backup-oracle-worlds.ts'

describe('backups of which less is known', () => {
  it.each(CASES)('%s: never the opposite, and never met where it was not', async name => {
    await fc.assert(
      fc.asyncProperty(worldsFor(name), blurs, async ({ world: { period: _, ...told }, promise }, blur) => {
        // A period that holds all: what is not known may lie in it or not.
        const world = { ...told, period: [told.base - 9 * DAY, told.base + 60 * DAY] as const }
        const written = rowsOf(world)
        const sure = await verdicts(world, promise, written)
        const doubtful = await verdicts(world, promise, blurred(written, blur, world.zone))
        for (const [i, status] of doubtful.entries()) {
          const was = sure[i]
          const what = `${OF[i]} was ${was}, is ${status}`
          if (status === 'breached') expect(was, what).not.toBe('met')
          // A run that goes on at `as of` is over for all that is known, if only its status is told.
          const isOver = promise.slot === 'schedule' && was === 'pending'
          if (status === 'met' && !isOver) expect(['met', 'none'], what).toContain(was)
        }
      }),
      cases(2 * CASES.length),
    )
  })
})

/** One row once more, with something else in it. */
const changes = fc.record({
  row: fc.nat(40),
  change: fc.constantFrom<(row: Cells) => Cells>(
    row => ({ ...row, status: row.status === 'failed' ? 'success' : 'failed' }),
    row => ({ ...row, status: row.status === 'partial' ? 'success' : 'partial' }),
    row => ({ ...row, completed_at: Number(row.completed_at) + 2 * HOUR }),
    row => ({ ...row, started_at: Number(row.started_at) - 2 * HOUR }),
    row => ({ ...row, started_at: Number(row.started_at) - 30 * HOUR }),
    row => ({ ...row, deleted_at: row.deleted_at === '' ? Number(row.completed_at) + 4 * HOUR : '' }),
    row => ({ ...row, kind: row.kind === 'full' ? 'incremental' : 'full' }),
    row => ({ ...row, parent: row.parent === '' ? 'r0-0' : '' }),
    row => ({ ...row, provider: 'three' }),
    row => ({ ...row, region: 'east' }),
    row => ({ ...row, country: row.country === 'FR' ? 'US' : 'FR' }),
  ),
})

describe('rows that contradict each other', () => {
  it.each(CASES)('%s: nothing is proven that each of them alone does not prove', async name => {
    await fc.assert(
      fc.asyncProperty(
        worldsFor(name),
        changes,
        async ({ world: { period: _, ...told }, promise }, { row, change }) => {
          const world = { ...told, period: [told.base - 9 * DAY, told.base + 60 * DAY] as const }
          const written = rowsOf(world)
          const rows = written.backup ?? []
          // One that goes on is told again when it is over: that is no contradiction.
          const over = rows.filter(
            ({ status, started_at: from, completed_at: to }) =>
              status !== 'running' && typeof from === 'number' && Number(to) + 2 * HOUR <= world.asOf * TICK,
          )
          const one = over[row % Math.max(1, over.length)]
          if (one === undefined) return
          const other = change(one)
          const read = (backup: readonly Cells[]) => verdicts(world, promise, { ...written, backup })
          const [first, second, both] = await Promise.all([
            verdicts(world, promise, written),
            read(rows.map(cells => (cells === one ? other : cells))),
            read([...rows, other]),
          ])
          for (const [i, status] of both.entries()) {
            const each = [first[i], second[i]]
            const what = `${OF[i]}: ${each.join(' or ')}, together ${status}`
            if (status === 'breached') expect(each, what).toEqual(['breached', 'breached'])
            if (status === 'met') expect(['met', 'none'], what).toEqual(expect.arrayContaining(each))
          }
        },
      ),
      cases(2 * CASES.length),
    )
  })
})
