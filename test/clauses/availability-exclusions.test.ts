import { describe, expect, it } from 'vitest'
import { byId, finding, findings } from '../support/audit.ts'
import type { Cells, Tables } from '../support/evidence.ts'
import { HOUR, MINUTE, span } from '../support/instants.ts'

const yaml = (exclusion: string, fields = '', rest = '') => `
apiVersion: sla/v1
kind: Contract
id: test
timezone: Europe/Paris
calendars:
  support: { days: mon-fri, hours: "09:00-18:00" }
  night: { days: daily, hours: "20:00-04:00" }
${rest}
exclusions:
  planned: ${exclusion}
clauses:
  uptime: { kind: availability, target: 99%, window: calendar month, excluding: [planned], excluded-time: leaves-denominator, no-data: unknown, ${fields} }
`
const judge = (contract: string, evidence: Tables, period = '2026-06') =>
  finding({ contract, evidence: { outage: [], ...evidence }, asOf: '2026-09-01T00:00:00Z', period }, 'uptime')

// Wednesday 10 June 2026 in Paris.
const work = (more: Cells = {}): Cells => ({
  id: 'M-1',
  start: '2026-06-10T10:00:00+02:00',
  end: '2026-06-10T12:00:00+02:00',
  announced_at: '2026-06-08T10:00:00+02:00',
  ...more,
})
const amounts = (f: Awaited<ReturnType<typeof judge>>) => [f.details?.down_ms, f.details?.excluded_ms]

describe('maintenance that fails a condition becomes down time, and the failed condition is named', () => {
  const notice = '{ event: maintenance, notice: { at-least: 48h, when-longer-than: 15min, during: support } }'

  it('announced exactly 48 h ahead is excluded', async () => {
    const f = await judge(yaml(notice), { maintenance: [work()] })
    expect(amounts(f)).toEqual([0, 2 * HOUR])
    expect(f.observed).toEqual({ unit: 'ratio', part: 718 * HOUR, of: 718 * HOUR })
    expect(f.timeline.some(s => s.effect === 'excluded' && s.at.end - s.at.start === 2 * HOUR)).toBe(true)
  })

  it('not announced', async () => {
    const f = await judge(yaml(notice), { maintenance: [work({ announced_at: '' })] })
    expect(amounts(f)).toEqual([2 * HOUR, 0])
    const named = f.timeline.find(s => s.reason === 'not-excluded')
    expect(named?.why).toMatch(/planned: not announced/)
    expect(f.timeline.find(s => s.effect === 'counted')?.at).toEqual(
      span('2026-06-10T10:00:00+02:00', '2026-06-10T12:00:00+02:00'),
    )
  })

  it('announced 1 ms late', async () => {
    const f = await judge(yaml(notice), { maintenance: [work({ announced_at: '2026-06-08T10:00:00.001+02:00' })] })
    expect(amounts(f)).toEqual([2 * HOUR, 0])
    expect(f.timeline.find(s => s.reason === 'not-excluded')?.why).toMatch(/48 ?h/)
  })

  it('needs no notice when short, or outside support hours', async () => {
    const short = work({ announced_at: '', end: '2026-06-10T10:15:00+02:00' })
    expect(amounts(await judge(yaml(notice), { maintenance: [short] }))).toEqual([0, 15 * MINUTE])
    const night = work({ announced_at: '', start: '2026-06-10T22:00:00+02:00', end: '2026-06-10T23:00:00+02:00' })
    expect(amounts(await judge(yaml(notice), { maintenance: [night] }))).toEqual([0, HOUR])
  })

  it('an absent announced_at leaves the verdict open where it decides', async () => {
    // 1 % of 720 h is 7 h 12 min; work of 8 h decides, work of 2 h does not.
    const { announced_at: _, ...silent } = work({
      start: '2026-06-10T10:00:00+02:00',
      end: '2026-06-10T18:00:00+02:00',
    })
    const decided = await judge(yaml(notice), { maintenance: [silent] })
    expect(decided.status).toBe('unverified')
    expect(decided.bounds).toEqual({
      lowest: { unit: 'ratio', part: 712 * HOUR, of: 720 * HOUR },
      highest: { unit: 'ratio', part: 712 * HOUR, of: 712 * HOUR },
    })
    const { announced_at: __, ...brief } = work()
    expect((await judge(yaml(notice), { maintenance: [brief] })).status).toBe('met')
  })

  it('must stand inside its hours as a whole', async () => {
    const inside = '{ event: maintenance, inside: night }'
    const row = (start: string, end: string) => ({ maintenance: [work({ start, end })] })
    const kept = await judge(yaml(inside), row('2026-06-10T20:00:00+02:00', '2026-06-11T04:00:00+02:00'))
    expect(amounts(kept)).toEqual([0, 8 * HOUR])
    const early = await judge(yaml(inside), row('2026-06-10T19:00:00+02:00', '2026-06-10T21:00:00+02:00'))
    expect(amounts(early)).toEqual([2 * HOUR, 0])
    const outside = '{ event: maintenance, outside: support }'
    const touching = await judge(yaml(outside), row('2026-06-10T08:00:00+02:00', '2026-06-10T09:00:00+02:00'))
    expect(amounts(touching)).toEqual([0, HOUR])
  })

  it('must match its filter', async () => {
    const where = '{ event: maintenance, where: { kind: planned } }'
    expect(amounts(await judge(yaml(where), { maintenance: [work({ kind: 'planned' })] }))).toEqual([0, 2 * HOUR])
    expect(amounts(await judge(yaml(where), { maintenance: [work({ kind: 'emergency' })] }))).toEqual([2 * HOUR, 0])
  })

  it('kept: what the maintenance clause found breached is not excluded', async () => {
    const contract = `${yaml('{ event: maintenance, kept: announced }')}  announced: { kind: maintenance, notice: { at-least: 48h } }\n`
    expect(amounts(await judge(contract, { maintenance: [work()] }))).toEqual([0, 2 * HOUR])
    const late = work({ announced_at: '2026-06-09T10:00:00+02:00' })
    expect(amounts(await judge(contract, { maintenance: [late] }))).toEqual([2 * HOUR, 0])
  })
})

describe('overruns', () => {
  const row = work({
    start: '2026-06-10T09:30:00+02:00',
    planned_start: '2026-06-10T10:00:00+02:00',
    planned_end: '2026-06-10T11:00:00+02:00',
  })

  it('count: only what was planned is excluded, never before its planned start', async () => {
    const f = await judge(yaml('{ event: maintenance }'), { maintenance: [row] })
    // Ran 9:30–12:00, planned 10:00–11:00: 1 h excluded, 1 h 30 min down.
    expect(amounts(f)).toEqual([90 * MINUTE, HOUR])
  })

  it('excluded: to the actual end', async () => {
    const f = await judge(yaml('{ event: maintenance, overrun: excluded }'), { maintenance: [row] })
    expect(amounts(f)).toEqual([30 * MINUTE, 2 * HOUR])
  })
})

describe('caps', () => {
  const capped = yaml('{ event: maintenance, cap: 4h per calendar month }')
  const day = (date: string, hours: number): Cells => ({
    id: date,
    start: `${date}T08:00:00+02:00`,
    end: `${date}T${String(8 + hours).padStart(2, '0')}:00:00+02:00`,
    announced_at: '',
  })

  it('are filled in time order, the rest is down time', async () => {
    const rows = [day('2026-06-20', 3), day('2026-06-02', 3)]
    const f = await judge(capped, { maintenance: rows })
    expect(amounts(f)).toEqual([2 * HOUR, 4 * HOUR])
    // All of 2 June and the first hour of 20 June.
    expect(f.timeline.filter(s => s.effect === 'counted').map(s => s.at)).toEqual([
      span('2026-06-20T09:00:00+02:00', '2026-06-20T11:00:00+02:00'),
    ])
    expect(f.timeline.find(s => s.reason === 'cap')?.why).toContain('planned')
  })

  it('begin anew every month', async () => {
    const all = await findings({
      contract: capped,
      evidence: { outage: [], maintenance: [day('2026-05-31', 5), day('2026-06-01', 5)] },
      asOf: '2026-09-01T00:00:00Z',
      period: '2026-05-01..2026-06-30',
    })
    expect(all.map(f => amounts(f))).toEqual([
      [HOUR, 4 * HOUR],
      [HOUR, 4 * HOUR],
    ])
  })
})

describe('causes', () => {
  it('exclude outages of a cause, and the overlap with others', async () => {
    const f = await judge(yaml('{ cause: [force-majeure] }'), {
      outage: [
        { start: '2026-06-10T10:00:00+02:00', end: '2026-06-10T14:00:00+02:00', cause: 'force-majeure' },
        { start: '2026-06-10T13:00:00+02:00', end: '2026-06-10T15:00:00+02:00', cause: 'bug' },
      ],
    })
    expect(amounts(f)).toEqual([HOUR, 4 * HOUR])
    expect(f.observed).toEqual({ unit: 'ratio', part: 715 * HOUR, of: 716 * HOUR })
  })
})

describe('a cause that is not known', () => {
  it('leaves the verdict open where it decides', async () => {
    const row = (hours: number): Cells => ({
      start: '2026-06-10T00:00:00+02:00',
      end: Date.UTC(2026, 5, 9, 22) + hours * HOUR,
    })
    const contract = yaml('{ cause: [force-majeure] }')
    expect((await judge(contract, { outage: [row(7)] })).status).toBe('met')
    expect((await judge(contract, { outage: [row(8)] })).status).toBe('unverified')
  })
})

describe('shortest outage', () => {
  const minutes = (from: number, to: number): Cells => ({
    start: Date.UTC(2026, 5, 10) + from * MINUTE,
    end: Date.UTC(2026, 5, 10) + to * MINUTE,
    cause: '',
  })
  const down = async (shortest: string, rows: readonly Cells[]) =>
    (await judge(yaml('{ cause: [force-majeure] }', `shortest-outage: ${shortest}`), { outage: rows })).details?.down_ms

  it('at least is inclusive, longer than is not', async () => {
    expect(await down('5min', [minutes(0, 5)])).toBe(5 * MINUTE)
    expect(await down('{ at-least: 5min }', [minutes(0, 5), minutes(10, 14)])).toBe(5 * MINUTE)
    expect(await down('{ longer-than: 5min }', [minutes(0, 5), minutes(10, 16)])).toBe(6 * MINUTE)
  })

  it('measures touching rows as one outage', async () => {
    expect(await down('5min', [minutes(0, 3), minutes(3, 5)])).toBe(5 * MINUTE)
    expect(await down('5min', [minutes(0, 3), minutes(4, 7)])).toBe(0)
  })

  it('before exclusions: 8 min of which 4 are excluded counts 4; after exclusions: nothing', async () => {
    const rows = [minutes(0, 8), { ...minutes(4, 8), cause: 'force-majeure' }]
    expect(await down('5min', rows)).toBe(4 * MINUTE)
    expect(await down('{ at-least: 5min, measured: after-exclusions }', rows)).toBe(0)
  })

  it('is not cut by the month or by hours', async () => {
    const contract = yaml('{ cause: [force-majeure] }', 'during: support, shortest-outage: 30min')
    // Friday 17:50 to 18:40: 50 min, of which 10 in support hours.
    const f = await judge(contract, {
      outage: [{ start: '2026-06-12T17:50:00+02:00', end: '2026-06-12T18:40:00+02:00', cause: '' }],
    })
    expect(f.details?.down_ms).toBe(10 * MINUTE)
    const all = await findings({
      contract: yaml('{ cause: [force-majeure] }', 'shortest-outage: 30min'),
      evidence: { outage: [{ start: '2026-05-31T23:40:00+02:00', end: '2026-06-01T00:10:00+02:00', cause: '' }] },
      asOf: '2026-09-01T00:00:00Z',
      period: '2026-05-01..2026-06-30',
    })
    expect(byId(all, 'uptime/2026-05').details?.down_ms).toBe(20 * MINUTE)
    expect(byId(all, 'uptime/2026-06').details?.down_ms).toBe(10 * MINUTE)
  })

  it('is not cut by the month after exclusions either', async () => {
    const all = await findings({
      contract: yaml('{ cause: [force-majeure] }', 'shortest-outage: { at-least: 30min, measured: after-exclusions }'),
      evidence: {
        outage: [{ start: '2026-05-31T23:40:00+02:00', end: '2026-06-01T00:10:00+02:00', cause: '' }],
      },
      asOf: '2026-09-01T00:00:00Z',
      period: '2026-05-01..2026-06-30',
    })
    expect(all.map(f => f.details?.down_ms)).toEqual([20 * MINUTE, 10 * MINUTE])
  })
})

describe('no maintenance log', () => {
  it('where an exclusion asks for it, only what holds without it is said', async () => {
    const contract = yaml('{ event: maintenance }')
    const small = [{ start: '2026-06-10T10:00:00+02:00', end: '2026-06-10T11:00:00+02:00' }]
    const base = { contract, asOf: '2026-09-01T00:00:00Z', period: '2026-06' }
    expect((await finding({ ...base, evidence: { outage: small } })).status).toBe('unverified')
    expect((await finding({ ...base, evidence: { outage: small }, assume: ['maintenance'] })).status).toBe('met')
  })

  it('a breach that work might excuse is not proven', async () => {
    const contract = yaml('{ event: maintenance }')
    const base = { contract, asOf: '2026-09-01T00:00:00Z', period: '2026-06' }
    // 10 h, allowed are 7 h 12 min.
    const outage = [{ start: '2026-06-10T10:00:00+02:00', end: '2026-06-10T20:00:00+02:00' }]
    expect((await finding({ ...base, evidence: { outage } })).status).toBe('unverified')
    expect((await finding({ ...base, evidence: { outage }, assume: ['maintenance'] })).status).toBe('breached')
    const coverage = [{ type: 'maintenance', from: '2026-06-12T00:00:00Z', to: '2026-07-01T00:00:00Z' }]
    expect((await finding({ ...base, evidence: { outage, coverage } })).status).toBe('unverified')
    const whole = [{ type: 'maintenance', from: '2026-05-31T22:00:00Z', to: '2026-07-01T00:00:00Z' }]
    expect((await finding({ ...base, evidence: { outage, coverage: whole } })).status).toBe('breached')
  })
})
