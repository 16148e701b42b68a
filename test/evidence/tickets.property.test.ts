import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { CHANGE_WORDS } from '../../src/evidence/records.ts'
import { read } from './support.ts'
import { TYPES, ticketsOf } from './tickets-support.ts'

const START = Date.UTC(2026, 4, 1)
const stamp = (minute: number): string => new Date(START + minute * 60_000).toISOString()
const COLUMNS = 'type,id,priority,opened_at,responded_at,resolved_at,closed_at,queue,time,change,value'

const id = fc.constantFrom('T-1', 'T-2', 'T-3', 'Ω-4')
const minute = fc.integer({ min: 0, max: 40 })
const cell = fc.oneof(minute.map(stamp), fc.constantFrom('', '?', '2026-05-01', 'soon'))
const wide = fc
  .record({
    id,
    priority: fc.constantFrom('P1', 'P2', '', '?'),
    opened: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 0, max: 10 }).map(stamp) },
      { weight: 1, arbitrary: cell },
    ),
    stamps: fc.tuple(cell, cell, cell),
    queue: fc.constantFrom('a', 'b'),
  })
  .map(row => `ticket,${row.id},${row.priority},${row.opened},${row.stamps.join(',')},${row.queue},,,`)
const change = fc.record({
  id,
  time: fc.oneof({ weight: 8, arbitrary: minute.map(stamp) }, { weight: 1, arbitrary: fc.constant('2026-05-01') }),
  change: fc.constantFrom(...CHANGE_WORDS),
  value: fc.constantFrom('', 'P1', 'P2', '?'),
})

/** Changes of one word and time with different values have the order of the rows: one of them is enough here. */
const changes = fc.array(change, { maxLength: 14 }).map(rows => {
  const first = new Map<string, string>()
  return rows.map(row => {
    const key = `${row.id} ${row.time} ${row.change}`
    const value = row.change === 'opened' ? row.value : (first.get(key) ?? row.value)
    first.set(key, value)
    return `ticket-change,${row.id},,,,,,,${row.time},${row.change},${value}`
  })
})

const rows = fc.tuple(fc.array(wide, { maxLength: 5 }), changes).map(parts => parts.flat())
const shuffled = rows.chain(all =>
  fc.tuple(
    fc.constant(all),
    fc.shuffledSubarray(all, { minLength: all.length }),
    fc.array(fc.integer({ min: 0, max: 2 }), { minLength: all.length, maxLength: all.length }),
  ),
)

const OPTIONS = { types: TYPES, onBadRow: 'skip', timezone: 'UTC', asOf: START + 30 * 60_000 } as const
const fileOf = (lines: readonly string[]): string => [COLUMNS, ...lines].join('\n')

/** Everything said of the tickets but where it stands. */
function said(evidence: Evidence): unknown {
  const plain = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (key, part) =>
        key === 'origin' || key === 'origins' ? undefined : part instanceof Set ? [...part] : part,
      ),
    )
  const { first, last } = evidence.tickets
  return { tickets: plain(ticketsOf(evidence)), first, last }
}

const total = ({ inputs }: Evidence, field: 'rows' | 'used' | 'later' | 'duplicates' | 'skipped'): number =>
  inputs.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count[field], 0)

describe('tickets', () => {
  it('are the same in whatever order and files the rows come', async () => {
    await fc.assert(
      fc.asyncProperty(shuffled, async ([all, other, split]) => {
        const one = await read({ 'all.csv': fileOf(all) }, OPTIONS)
        const files = [0, 1, 2].map(file => [`${file}.csv`, fileOf(other.filter((_, i) => split[i] === file))] as const)
        const parts = await read(Object.fromEntries(files), OPTIONS)
        expect(said(parts)).toEqual(said(one))
        for (const field of ['rows', 'used', 'later', 'duplicates', 'skipped'] as const) {
          expect(total(parts, field)).toBe(total(one, field))
        }
      }),
      { numRuns: 500 },
    )
  })

  it('hold every row once: counted, in order, after the opening', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async all => {
        const evidence = await read({ 'all.csv': fileOf(all) }, OPTIONS)
        const sum = (['used', 'later', 'duplicates', 'skipped'] as const).reduce(
          (n, field) => n + total(evidence, field),
          0,
        )
        expect(sum).toBe(all.length)
        for (const ticket of ticketsOf(evidence)) {
          const times = ticket.changes.map(({ at }) => at.earliest)
          expect(times).toEqual([...times].sort((a, b) => a - b))
          expect(ticket.changes.every(({ at }) => at.earliest <= at.latest && at.earliest <= OPTIONS.asOf)).toBe(true)
          const opened = ticket.changes.findIndex(one => one.change === 'opened')
          expect(opened).toBe(ticket.flaw === undefined ? 0 : Math.min(opened, 0))
          expect(ticket.changes.filter(one => one.change === 'opened').length).toBeLessThan(2)
        }
        const ids = ticketsOf(evidence).map(ticket => ticket.id)
        expect(new Set(ids).size).toBe(ids.length)
      }),
      { numRuns: 300 },
    )
  })

  it('without anything wrong tell each change row once', async () => {
    const good = fc.array(
      fc.tuple(id, fc.integer({ min: 1, max: 30 }), fc.constantFrom('replied', 'paused', 'resumed')),
      { maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(good, async list => {
        const ids = ['T-1', 'T-2', 'T-3', 'Ω-4']
        const opened = ids.map(name => `ticket,${name},P1,${stamp(0)},,,,,,,`)
        const lines = list.map(([name, time, word]) => `ticket-change,${name},,,,,,,${stamp(time)},${word},`)
        const evidence = await read({ 'all.csv': fileOf([...lines, ...opened]) }, OPTIONS)
        const distinct = new Set(list.map(([name, time, word]) => `${name} ${stamp(time)} ${word}`))
        const told = ticketsOf(evidence).flatMap(ticket =>
          ticket.changes
            .slice(1)
            .map(({ at, change: word }) => `${ticket.id} ${new Date(at.earliest).toISOString()} ${word}`),
        )
        expect(told.sort()).toEqual([...distinct].sort())
        expect(total(evidence, 'duplicates')).toBe(list.length - distinct.size)
      }),
      { numRuns: 200 },
    )
  })
})
