import { describe, expect, it } from 'vitest'
import { byId, finding, findings } from '../support/audit.ts'
import type { Cells, Tables } from '../support/evidence.ts'
import { HOUR, MINUTE, ms, span } from '../support/instants.ts'

const yaml = (fields: string, rest = '') => `
apiVersion: sla/v1
kind: Contract
id: test
timezone: UTC
${rest}
clauses:
  uptime: { kind: availability, target: 99%, window: calendar month, ${fields} }
`
// June 2026 has 720 h; 1 % of it is 7 h 12 min = 432 min.
const down = (minutes: number, day = '2026-06-10'): Cells => ({
  start: `${day}T00:00:00Z`,
  end: ms(`${day}T00:00:00Z`) + minutes * MINUTE,
})

describe('while the window runs', () => {
  const running = (minutes: number) =>
    finding({
      contract: yaml('no-data: unknown'),
      evidence: { outage: [down(minutes)] },
      asOf: '2026-06-20T00:00:00Z',
      period: '2026-06',
    })

  it('what is not lost is pending, with the budget left of the whole month', async () => {
    const f = await running(100)
    expect(f.status).toBe('pending')
    expect(f.margin).toEqual({ unit: 'ms', value: 332 * MINUTE })
    expect(f.details).toMatchObject({ allowance_ms: 432 * MINUTE, down_ms: 100 * MINUTE, base_ms: 720 * HOUR })
  })

  it('exactly the allowance is still pending, more is breached at once', async () => {
    expect((await running(432)).status).toBe('pending')
    const f = await running(433)
    expect(f.status).toBe('breached')
    expect(f.breached).toEqual([span('2026-06-10T07:12:00Z', '2026-06-10T07:13:00Z')])
  })

  it('a target that nothing is allowed of is breached by 1 ms', async () => {
    const f = await finding({
      contract: yaml('no-data: unknown').replace('99%', '100%'),
      evidence: { outage: [{ start: '2026-06-10T00:00:00Z', end: '2026-06-10T00:00:00.001Z' }] },
      asOf: '2026-06-20T00:00:00Z',
      period: '2026-06',
    })
    expect([f.status, f.atRisk]).toEqual(['breached', undefined])
  })

  it('is over at its end, not a millisecond earlier', async () => {
    const at = async (asOf: string) =>
      (await finding({ contract: yaml('no-data: unknown'), evidence: { outage: [] }, asOf, period: '2026-06' })).status
    expect(await at('2026-06-30T23:59:59.999Z')).toBe('pending')
    expect(await at('2026-07-01T00:00:00Z')).toBe('met')
  })

  it('is over with the term', async () => {
    const f = await finding({
      contract: yaml('no-data: unknown', 'term: { to: 2026-06-15 }'),
      evidence: { outage: [down(10)] },
      asOf: '2026-06-20T00:00:00Z',
      period: '2026-06',
    })
    expect([f.status, f.details?.base_ms]).toEqual(['met', 15 * 24 * HOUR])
  })

  it('a window that has not begun is pending', async () => {
    const all = await findings({
      contract: yaml('no-data: unknown'),
      evidence: { outage: [] },
      asOf: '2026-06-20T00:00:00Z',
      period: '2026-06-01..2026-07-31',
    })
    expect(all.map(f => [f.id, f.status])).toEqual([
      ['uptime/2026-06', 'pending'],
      ['uptime/2026-07', 'pending'],
    ])
  })
})

describe('at risk', () => {
  const judge = async (minutes: number, more: { asOf?: string; risk?: number; target?: string } = {}) => {
    const f = await finding({
      contract: yaml('base: 1000min, no-data: unknown').replace('99%', more.target ?? '90%'),
      evidence: { outage: [down(minutes)] },
      asOf: more.asOf ?? '2026-07-01T00:00:00Z',
      period: '2026-06',
      ...(more.risk !== undefined && { risk: more.risk }),
    })
    return [f.status, f.atRisk ?? false]
  }

  it('from exactly 90 % of the allowance of 100 min', async () => {
    expect(await judge(89)).toEqual(['met', false])
    expect(await judge(90)).toEqual(['met', true])
    expect(await judge(100)).toEqual(['met', true])
    expect(await judge(101)).toEqual(['breached', false])
    expect(await judge(90, { asOf: '2026-06-20T00:00:00Z' })).toEqual(['pending', true])
  })

  it('from another share when asked, never where nothing is allowed', async () => {
    expect(await judge(50, { risk: 50 })).toEqual(['met', true])
    expect(await judge(49, { risk: 50 })).toEqual(['met', false])
    expect(await judge(0, { target: '100%' })).toEqual(['met', false])
  })
})

describe('what a period selects', () => {
  const judge = (period: string, evidence: Tables, window = 'calendar month', assume: string[] = []) =>
    findings({
      contract: yaml('no-data: unknown').replace('calendar month', window),
      evidence,
      asOf: '2027-02-01T00:00:00Z',
      period,
      assume,
    })

  it('every window that overlaps it, whole', async () => {
    const all = await judge('2026-05-31..2026-06-01', { outage: [] })
    expect(all.map(f => [f.id, f.window])).toEqual([
      ['uptime/2026-05', span('2026-05-01T00:00:00Z', '2026-06-01T00:00:00Z')],
      ['uptime/2026-06', span('2026-06-01T00:00:00Z', '2026-07-01T00:00:00Z')],
    ])
  })

  it('a log is complete for the period only: a year audited by a month is unverified, with bounds', async () => {
    const [f] = await judge('2026-06', { outage: [down(100)] }, 'calendar year')
    expect([f?.id, f?.status]).toEqual(['uptime/2026', 'unverified'])
    expect(f?.bounds).toEqual({
      lowest: { unit: 'ratio', part: 720 * HOUR - 100 * MINUTE, of: 8760 * HOUR },
      highest: { unit: 'ratio', part: 8760 * HOUR - 100 * MINUTE, of: 8760 * HOUR },
    })
    expect(f?.undecided).toEqual([
      span('2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z'),
      span('2026-07-01T00:00:00Z', '2027-01-01T00:00:00Z'),
    ])
  })

  it('… breached if lost already: 1 % of 8760 h is 5256 min', async () => {
    const at = async (minutes: number) =>
      (await judge('2026-06', { outage: [down(minutes)] }, 'calendar year'))[0]?.status
    expect(await at(5256)).toBe('unverified')
    expect(await at(5257)).toBe('breached')
  })

  it('coverage rows, or assuming it complete, settle the rest', async () => {
    const coverage = [{ type: 'outage', from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' }]
    const [covered] = await judge('2026-06', { outage: [down(100)], coverage }, 'calendar year')
    expect(covered?.status).toBe('met')
    const [assumed] = await judge('2026-06', { outage: [down(100)] }, 'calendar year', ['outage'])
    expect(assumed?.status).toBe('met')
  })

  it('coverage of a part leaves the rest of the month open', async () => {
    const coverage = [{ type: 'outage', from: '2026-06-01T00:00:00Z', to: '2026-06-30T00:00:00Z' }]
    const [f] = await judge('2026-06', { outage: [], coverage })
    expect(f?.status).toBe('unverified')
    expect(f?.undecided).toEqual([span('2026-06-30T00:00:00Z', '2026-07-01T00:00:00Z')])
    // 7 h 12 min may be missing and it is met all the same.
    const nearly = [{ type: 'outage', from: '2026-06-01T07:12:00Z', to: '2026-07-01T00:00:00Z' }]
    expect((await judge('2026-06', { outage: [], coverage: nearly }))[0]?.status).toBe('met')
    const short = [{ type: 'outage', from: '2026-06-01T07:12:00.001Z', to: '2026-07-01T00:00:00Z' }]
    expect((await judge('2026-06', { outage: [], coverage: short }))[0]?.status).toBe('unverified')
  })

  it('without a period: from the first to the last row, whole windows', async () => {
    const all = await judge('none', { outage: [down(10, '2026-04-20'), down(10, '2026-06-10')] })
    expect(all.map(f => [f.id, f.status])).toEqual([
      ['uptime/2026-04', 'met'],
      ['uptime/2026-05', 'met'],
      ['uptime/2026-06', 'met'],
    ])
  })

  it('without a period and without a row: an error that asks for it', async () => {
    await expect(judge('none', { outage: [] })).rejects.toThrow(/period/)
  })
})

describe('no log at all', () => {
  it('is unverified and says what is missing', async () => {
    const f = await finding({ contract: yaml(''), evidence: {}, asOf: '2026-08-01T00:00:00Z', period: '2026-06' })
    expect([f.status, f.reason]).toEqual(['unverified', 'missing'])
    expect(JSON.stringify(f.notes)).toMatch(/outage/)
  })

  it('unless it is assumed complete', async () => {
    const f = await finding({
      contract: yaml(''),
      evidence: {},
      asOf: '2026-08-01T00:00:00Z',
      period: '2026-06',
      assume: ['outage'],
    })
    expect(f.status).toBe('met')
  })
})

describe('bad rows that were left out', () => {
  const skipped = (type: string, evidence: Tables, service?: string, fields = 'no-data: unknown') =>
    finding({
      contract: yaml(fields),
      evidence,
      asOf: '2026-08-01T00:00:00Z',
      period: '2026-06',
      change: read => ({
        ...read,
        skipped: [
          {
            type,
            ...(service !== undefined && { service }),
            diagnostic: { code: 'bad-row', severity: 'warning', message: 'left out' },
          },
        ],
      }),
    })

  it('leave nothing but a breach that holds anyway', async () => {
    expect((await skipped('outage', { outage: [down(10)] })).status).toBe('unverified')
    expect((await skipped('outage', { outage: [down(433)] })).status).toBe('breached')
    expect((await skipped('ticket', { outage: [down(10)] })).status).toBe('met')
  })

  it('of samples and counters too: one of them may have said down', async () => {
    const check = Array.from({ length: 721 }, (_, hour) => ({
      time: Date.UTC(2026, 5, 1) + hour * HOUR,
      status: hour === 5 ? 'down' : 'up',
    }))
    const fields = 'every: 1h, no-data: unknown'
    expect((await skipped('check', { check }, '', fields)).status).not.toBe('met')
    const requests = Array.from({ length: 720 }, (_, hour) => ({
      time: Date.UTC(2026, 5, 1) + hour * HOUR,
      total: 100,
      failed: 0,
      interval: HOUR,
    }))
    expect((await skipped('requests', { requests }, '', 'accounting: requests')).status).not.toBe('met')
  })
})

describe('rolling windows', () => {
  it('neighbours that breach make one finding, the worst shown', async () => {
    const all = await findings({
      contract: yaml('no-data: unknown').replace('calendar month', 'rolling 7 days').replace('99%', '90%'),
      evidence: {
        // 7 days are 168 h, 16.8 h are allowed; 12 h on the 10th, 12 h on the 13th.
        outage: [down(720, '2026-06-10'), down(720, '2026-06-13')],
      },
      asOf: '2026-07-01T00:00:00Z',
      period: '2026-06',
    })
    const breached = all.filter(f => f.status === 'breached')
    // Windows that hold both days end on the 14th to the 17th at 0:00 (the first day of them is the 7th to the 10th).
    expect(breached.length).toBe(1)
    // All four are as bad, the first is shown.
    expect(breached[0]?.window).toEqual(span('2026-06-07T00:00:00Z', '2026-06-14T00:00:00Z'))
    expect(breached[0]?.observed).toEqual({ unit: 'ratio', part: 144 * HOUR, of: 168 * HOUR })
    expect(breached[0]?.details?.windows).toBe(4)
    // Only those wholly inside the period: the first begins on the 1st, the last ends with the 30th.
    expect(Math.min(...all.map(f => f.window.start))).toBeGreaterThanOrEqual(Date.UTC(2026, 5, 1))
    expect(Math.max(...all.map(f => f.window.end))).toBeLessThanOrEqual(Date.UTC(2026, 6, 1))
    expect(all.filter(f => f.status !== 'breached').every(f => f.status === 'met')).toBe(true)
  })
})

describe('bindings', () => {
  it('observed figures are shown and not judged', async () => {
    const f = await finding({
      contract: yaml('no-data: unknown, binding: observed'),
      evidence: { outage: [down(1000)] },
      asOf: '2026-08-01T00:00:00Z',
      period: '2026-06',
    })
    expect([f.status, f.reason]).toEqual(['not-applicable', 'observed'])
    expect(f.observed).toEqual({ unit: 'ratio', part: 720 * HOUR - 1000 * MINUTE, of: 720 * HOUR })
  })
})

describe('findings of several services', () => {
  it('carry the service in their id', async () => {
    const all = await findings({
      contract: yaml('no-data: unknown', 'services: { app: {}, api: {} }'),
      evidence: {
        outage: [
          { ...down(433), service: 'app' },
          { ...down(5), service: 'api' },
        ],
      },
      asOf: '2026-08-01T00:00:00Z',
      period: '2026-06',
    })
    expect(byId(all, 'uptime/app/2026-06').status).toBe('breached')
    expect(byId(all, 'uptime/api/2026-06').status).toBe('met')
  })
})
