import { describe, expect, it } from 'vitest'
import { findings } from '../support/audit.ts'
import type { Cells, Tables } from '../support/evidence.ts'
import { HOUR } from '../support/instants.ts'

const FIRST = Date.UTC(2026, 4, 1)
const at = (hours: number): number => FIRST + hours * HOUR
const day = (hours: number): string => `${at(hours)}~${at(hours + 24)}`
const iso = (hours: number): string => new Date(at(hours)).toISOString()

type End = number | string

/** A success at `a` from one hour to another, and until when it is there. */
function run(id: string, start: number, end: End, deleted?: number, more: Cells = {}): Cells {
  return {
    id,
    component: 'db',
    location: 'a',
    provider: 'one',
    started_at: at(start),
    completed_at: typeof end === 'number' ? at(end) : end,
    status: 'success',
    deleted_at: deleted === undefined ? '' : at(deleted),
    kind: 'full',
    parent: '',
    ...more,
  }
}

const copy = (backup: string, location: string, made: number, deleted?: number, more: Cells = {}): Cells => ({
  backup,
  location,
  provider: location,
  completed_at: at(made),
  deleted_at: deleted === undefined ? '' : at(deleted),
  ...more,
})

interface Asked {
  readonly asOf: number
  readonly term?: readonly [from: number, to?: number]
  readonly tables?: Tables
}

/** `slot status` of each finding, sorted; everything is logged from long before on. */
async function said(fields: Record<string, unknown>, backup: readonly Cells[], { asOf, term, tables }: Asked) {
  const [from, to] = [at(-2000), at(2000)]
  const all = await findings({
    contract: {
      apiVersion: 'sla/v1',
      kind: 'Contract',
      id: 'test',
      timezone: 'UTC',
      ...(term !== undefined && {
        term: { from: iso(term[0]), ...(term[1] !== undefined && { to: iso(term[1]) }) },
      }),
      clauses: { b: { kind: 'backup', of: ['db'], ...fields } },
    },
    evidence: {
      backup,
      ...tables,
      coverage: ['backup', 'backup-copy'].map(type => ({ type, from, to })),
    },
    asOf: at(asOf),
    period: `${iso(-48)}..${iso(400)}`,
  })
  return all.map(({ promise, status }) => `${promise} ${status}`).sort()
}

describe('a completion that is not known', () => {
  it('as it may lie beyond as of, owes nothing at it yet', async () => {
    const keep = { keep: { for: '1 day', tolerance: '0h' } }
    // The full it needs is gone since 49 h; at 120 h it need not be complete itself.
    const rows = (end: End) => [run('f', 0, 1, 49), run('i', 120, end, undefined, { kind: 'incremental', parent: 'f' })]
    expect(await said(keep, rows(day(120)), { asOf: 120 })).toEqual(['keep met', 'keep pending'])
    // Complete at that very instant it is owed, and cannot be restored.
    expect(await said(keep, rows(120), { asOf: 120 })).toEqual(['keep breached', 'keep met'])
  })

  it('leaves open from when on it was owed at a place', async () => {
    const keep = { keep: { for: '1 day', tolerance: '2h', at: 'b' } }
    const asked = { asOf: 60, tables: { 'backup-copy': [copy('f', 'b', 22)] } }
    // It comes when the keep, 24 h less 2 h, is over: never there from 1 h to 22 h.
    expect(await said(keep, [run('f', 0, 1)], asked)).toEqual(['keep breached'])
    expect(await said(keep, [run('f', 0, '?')], asked)).toEqual(['keep unverified'])
  })

  it('leaves open from when on it was owed at a place that it reached when the keep was over', async () => {
    const keep = { keep: { for: '1 day', tolerance: '0h', at: 'b' } }
    const asked = { asOf: 60, tables: { 'backup-copy': [copy('f', 'b', 24)] } }
    expect(await said(keep, [run('f', 0, 1)], asked)).toEqual(['keep breached'])
    expect(await said(keep, [run('f', 0, '?')], asked)).toEqual(['keep unverified'])
  })

  it('is not bridged by a copy elsewhere', async () => {
    const keep = { keep: { for: '1 day', from: 'start', tolerance: '0h' } }
    const verification = [{ backup: 'f', time: at(2), outcome: 'failed', location: 'a' }]
    const asked = { asOf: 72, tables: { verification, 'backup-copy': [copy('f', 'b', 19)] } }
    // Nowhere of use from 2 h, where it fails at a, to 19 h, when it is at b.
    expect(await said(keep, [run('f', 0, 1)], asked)).toEqual(['keep breached'])
    expect(await said(keep, [run('f', 0, day(0))], asked)).toEqual(['keep unverified'])
  })

  it('leaves open which later copies end the keep', async () => {
    const keep = { keep: { copies: 1 } }
    const verification = [{ backup: 'f', time: at(54), outcome: 'failed', location: '' }]
    const rows = (end: End) => [run('f', 51, end, 168), run('g', 102, 104)]
    const asked = { asOf: 169, term: [0, 168] as const, tables: { verification } }
    // Owed from 52 h until g is complete at 104 h, of no use from 54 h on; of g the keep has no end before the term's.
    expect(await said(keep, rows(52), asked)).toEqual(['keep breached', 'keep met'])
    expect(await said(keep, rows('?'), asked)).toEqual(['keep met', 'keep unverified'])
  })

  it('leaves open from when on a recovery window must be reached', async () => {
    const keep = { keep: { 'recovery-window': '1 day' } }
    const rows = (end: End) => [run('f', 0, end, 5), run('g', 0, 2)]
    const asked = { asOf: 169, term: [0, 168] as const }
    // From 25 h on something a day old is owed, and g is so from 26 h on only.
    expect(await said(keep, rows(1), asked)).toEqual(['keep breached'])
    expect(await said(keep, rows(day(0)), asked)).toEqual(['keep unverified'])
    expect(await said(keep, rows('?'), asked)).toEqual(['keep unverified'])
  })

  it('leaves open from when on copies were to be there', async () => {
    const copies = { copies: { 'at-least': 1, differs: 'location', 'made-within': '12h', keep: '3 days' } }
    const asked = { asOf: 300, tables: { 'backup-copy': [copy('f', 'b', 183, 189), copy('f', 'c', 200)] } }
    // Due at 183 h, none from 189 h to 200 h.
    expect(await said(copies, [run('f', 167, 171)], asked)).toEqual(['copies met', 'copies-keep breached'])
    // Due between 180 h and 205 h.
    const known = `${at(168)}~${at(193)}`
    expect(await said(copies, [run('f', 167, known)], asked)).toEqual(['copies unverified', 'copies-keep unverified'])
  })
})

describe('rows of one id that contradict each other', () => {
  it('leave open whether what is made on top of it can be restored', async () => {
    const keep = { keep: { for: '1 day', tolerance: '0h' } }
    const i = run('i', 24, 25, 73, { kind: 'incremental', parent: 'f' })
    const f = run('f', 0, 1, 73)
    expect(await said(keep, [f, i], { asOf: 72 })).toEqual(['keep met'])
    expect(await said(keep, [f, { ...f, status: 'failed' }, i], { asOf: 72 })).toEqual([
      'keep unverified',
      'keep unverified',
    ])
    // Of two parents one is gone since 2 h.
    const other = run('g', 0, 1, 2)
    const two = await said(keep, [f, other, i, { ...i, parent: 'g' }], { asOf: 72 })
    expect(two).toEqual(['keep breached', 'keep met', 'keep unverified'])
  })

  it('leave open when it started', async () => {
    const rows = (first: number, second: number) => [run('r', first, second + 1), run('r', second, second + 1)]
    const clock = { schedule: { 'daily-at': '00:00', tolerance: '0h', early: '0h' } }
    // At midnight, or two hours before.
    const nights = [0, 48, 72].map(hour => run(`n${hour}`, hour, hour + 1))
    expect(await said(clock, [...nights, ...rows(22, 24)], { asOf: 73, term: [0] })).toContain('schedule unverified')
    expect(await said(clock, [...nights, ...rows(22, 24)], { asOf: 73, term: [0] })).not.toContain('schedule breached')
    const every = { schedule: { every: '24h', tolerance: '0h' } }
    const two = [run('a', 0, 1), run('b', 24, 25), ...rows(46, 48)]
    // Covered to 70 h or to 72 h.
    expect(await said(every, two, { asOf: 72, term: [0] })).toContain('schedule unverified')
    expect(await said(every, two, { asOf: 72, term: [0] })).not.toContain('schedule breached')
    const points = { 'recovery-points': { ages: [1], slack: 0, grace: '0h' } }
    // Of 3 May, or of 2 May as another one is.
    const three = [run('a', 0, 1), run('b', 24, 25), ...rows(46, 48)]
    expect(await said(points, three, { asOf: 96, term: [0] })).toEqual(['points met', 'points unverified'])
  })

  it('leave open whether it is of the term, and of which unit', async () => {
    const rows = (first: number, second: number) => [run('r', first, second + 1), run('r', second, second + 1)]
    const copies = { copies: { 'at-least': 1, differs: 'provider', 'made-within': '6h' } }
    expect(await said(copies, [run('r', 0, 1)], { asOf: 48, term: [0] })).toEqual(['copies breached'])
    expect(await said(copies, rows(-2, 0), { asOf: 48, term: [0] })).toEqual(['copies unverified'])
    const tiers = { tiers: [{ per: 'day', keep: 1, basis: 'age', tolerance: '0h' }] }
    expect(await said(tiers, rows(22, 24), { asOf: 96, term: [0] })).toEqual(['tier-day unverified'])
  })

  it('leave open which one is the newest', async () => {
    const keep = { keep: { copies: 1 } }
    const other = run('o', 0, 2, 3)
    const rows = (...ends: readonly number[]) => [other, ...ends.map(end => run('r', 0, end))]
    const asked = { asOf: 48, term: [0] as const }
    // Complete at 1 h it is the older one, and o is owed on from 3 h; at 3 h it takes its place.
    expect(await said(keep, rows(1), asked)).toEqual(['keep breached', 'keep met'])
    expect(await said(keep, rows(3), asked)).not.toContain('keep breached')
    expect(await said(keep, rows(1, 3), asked)).toEqual(['keep unverified', 'keep unverified'])
    const window = { keep: { 'recovery-window': '1 day' } }
    // From 25 h or from 27 h on a day back can be reached.
    const both = await said(window, [run('r', 0, 1), run('r', 0, 3)], { asOf: 26, term: [0] })
    expect(both).not.toContain('keep breached')
    expect(both).not.toContain('keep met')
  })

  it('leave open where it is', async () => {
    const fields = { residency: ['FR'] }
    const rows = ['FR', 'US'].map(country => run('r', 0, 1, undefined, { country }))
    expect(await said(fields, rows.slice(0, 1), { asOf: 48 })).toEqual(['residency met'])
    expect(await said(fields, rows.slice(1), { asOf: 48 })).toEqual(['residency breached'])
    expect(await said(fields, rows, { asOf: 48 })).toEqual(['residency unverified'])
  })

  it('leave open when it was deleted', async () => {
    const fields = { 'max-age': { for: '1 day', tolerance: '0h' } }
    const rows = [20, 30].map(deleted => run('r', 0, 1, deleted))
    expect(await said(fields, rows.slice(0, 1), { asOf: 48 })).toEqual(['max-age met'])
    expect(await said(fields, rows.slice(1), { asOf: 48 })).toEqual(['max-age breached'])
    expect(await said(fields, rows, { asOf: 48 })).toEqual(['max-age unverified'])
  })
})

describe('a copy at a place that is not told', () => {
  const copies = { copies: { 'at-least': 1, differs: 'provider', 'made-within': '12h', keep: '36h' } }
  const rows = [run('r', 78, 82)]

  it('may have been in time, and gone before the next one came', async () => {
    const place = { provider: '?', deleted_at: '?' }
    const tables = { 'backup-copy': [copy('r', 'b', 90, undefined, place), copy('r', 'd', 97)] }
    // Due at 94 h: if b is another provider's it is owed from then on, and nothing shows it until 97 h.
    expect(await said(copies, rows, { asOf: 200, tables })).toEqual(['copies unverified', 'copies-keep unverified'])
    // Held to the end, or of the same provider, it leaves nothing open.
    const held = { 'backup-copy': [copy('r', 'b', 90, undefined, { provider: '?' }), copy('r', 'd', 97)] }
    expect(await said(copies, rows, { asOf: 200, tables: held })).toEqual(['copies unverified', 'copies-keep met'])
  })

  it('made at as of itself is known', async () => {
    const tables = { 'backup-copy': [copy('r', 'b', 90, undefined, { provider: '?' })] }
    expect(await said(copies, rows, { asOf: 90, tables })).toEqual(['copies pending', 'copies-keep pending'])
  })

  it('made at as of itself may be the second one that is owed', async () => {
    const two = { copies: { 'at-least': 2, differs: 'provider', 'made-within': '12h', keep: '36h' } }
    const tables = {
      'backup-copy': [
        copy('r', 'b', 84, undefined, { provider: 'two' }),
        copy('r', 'c', 90, undefined, { provider: 'three' }),
      ],
    }
    // The backup's own provider is not told: two or three may be it, so nothing is proven, and time is left until 94 h.
    const untold = [{ ...run('r', 78, 82), provider: '?' }]
    expect(await said(two, untold, { asOf: 90, tables })).toEqual(['copies pending', 'copies-keep pending'])
  })
})
