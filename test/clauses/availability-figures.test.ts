import { describe, expect, it } from 'vitest'
import { finding, findings } from '../support/audit.ts'
import { HOUR, MINUTE } from '../support/instants.ts'

const announced = `
exclusions:
  planned: { event: maintenance, notice: { at-least: 48h } }
`
const contract = (fields: string, rest = '') => `
apiVersion: sla/v1
kind: Contract
id: test
timezone: Europe/Paris
${rest}
clauses:
  uptime: { kind: availability, target: 99.5%, window: calendar month, ${fields} }
`

describe('a month of 30 days, 8 h of announced maintenance, 3 h 36 min of outage, 99.5 %', () => {
  // June 2026: 720 h. Outage 216 min; allowance of 720 h is 3.6 h = 216 min, of 712 h it is 213.6 min.
  const evidence = {
    outage: [{ start: '2026-06-10T09:00:00+02:00', end: '2026-06-10T12:36:00+02:00' }],
    maintenance: [
      {
        start: '2026-06-20T22:00:00+02:00',
        end: '2026-06-21T06:00:00+02:00',
        announced_at: '2026-06-01T10:00:00+02:00',
      },
    ],
  }
  const judge = (excludedTime: string) =>
    finding({
      contract: contract(`excluding: [planned], no-data: unknown, excluded-time: ${excludedTime}`, announced),
      evidence,
      asOf: '2026-07-02T00:00:00Z',
      period: '2026-06',
    })

  it('is breached when excluded time leaves the denominator: 708.4 of 712 h', async () => {
    const f = await judge('leaves-denominator')
    expect(f.id).toBe('uptime/2026-06')
    expect(f.status).toBe('breached')
    expect(f.observed).toEqual({ unit: 'ratio', part: 708.4 * HOUR, of: 712 * HOUR })
    expect(f.promised).toEqual({ unit: 'ratio', part: 995, of: 1000 })
    // 213.6 min allowed; the outage began 9:00, so the allowance is used up 213.6 min later.
    expect(f.details).toMatchObject({ down_ms: 216 * MINUTE, base_ms: 712 * HOUR, allowance_ms: 213.6 * MINUTE })
    expect(f.breached).toEqual([
      {
        start: Date.UTC(2026, 5, 10, 7) + 213.6 * MINUTE,
        end: Date.UTC(2026, 5, 10, 10, 36),
      },
    ])
    expect(f.details?.excluded_ms).toBe(8 * HOUR)
  })

  it('is met at the very edge when excluded time counts as up: 716.4 of 720 h', async () => {
    const f = await judge('counts-as-up')
    expect(f.status).toBe('met')
    expect(f.observed).toEqual({ unit: 'ratio', part: 716.4 * HOUR, of: 720 * HOUR })
    expect(f.atRisk).toBe(true)
    expect(f.margin).toEqual({ unit: 'ms', value: 0 })
  })

  it('is breached at the same edge when the target must be exceeded', async () => {
    const f = await finding({
      contract: contract('excluding: [planned], excluded-time: counts-as-up', announced).replace(
        'target: 99.5%',
        'target: { above: 99.5% }',
      ),
      evidence,
      asOf: '2026-07-02T00:00:00Z',
      period: '2026-06',
    })
    expect(f.status).toBe('breached')
  })
})

describe('months with a change of clocks', () => {
  const base = async (period: string) =>
    (
      await finding({
        contract: contract('no-data: unknown'),
        evidence: { outage: [] },
        asOf: '2026-01-01T00:00:00Z',
        period,
      })
    ).details?.base_ms

  it('March 2025 in Paris has 743 h, October 745 h, April 720 h', async () => {
    expect(await base('2025-03')).toBe(743 * HOUR)
    expect(await base('2025-10')).toBe(745 * HOUR)
    expect(await base('2025-04')).toBe(720 * HOUR)
  })

  it('an outage from 01:30+01:00 to 03:30+02:00 lasts one hour', async () => {
    const f = await finding({
      contract: contract('no-data: unknown'),
      evidence: { outage: [{ start: '2025-03-30T01:30:00+01:00', end: '2025-03-30T03:30:00+02:00' }] },
      asOf: '2026-01-01T00:00:00Z',
      period: '2025-03',
    })
    expect(f.observed).toEqual({ unit: 'ratio', part: 742 * HOUR, of: 743 * HOUR })
  })
})

describe('support hours', () => {
  const calendars = `
calendars:
  support: { days: mon-fri, hours: "09:00-18:00" }
`
  it('an outage of a Friday night counts as nothing, and the timeline says so', async () => {
    const f = await finding({
      contract: contract('during: support, no-data: unknown', calendars),
      evidence: { outage: [{ start: '2026-06-05T18:00:00+02:00', end: '2026-06-08T09:00:00+02:00' }] },
      asOf: '2026-07-02T00:00:00Z',
      period: '2026-06',
    })
    // June 2026 has 22 days from Monday to Friday: 198 h.
    expect(f.observed).toEqual({ unit: 'ratio', part: 198 * HOUR, of: 198 * HOUR })
    expect(f.status).toBe('met')
    expect(f.timeline.map(s => [s.effect, s.reason])).toEqual([['note', 'outside-hours']])
  })

  it('counts only the part inside: 17:30 to 9:10 on the next working day is 40 min', async () => {
    const f = await finding({
      contract: contract('during: support, no-data: unknown', calendars),
      evidence: { outage: [{ start: '2026-06-05T17:30:00+02:00', end: '2026-06-08T09:10:00+02:00' }] },
      asOf: '2026-07-02T00:00:00Z',
      period: '2026-06',
    })
    expect(f.details).toMatchObject({ down_ms: 40 * MINUTE, service_ms: 198 * HOUR })
    const counted = f.timeline.filter(s => s.effect === 'counted')
    expect(counted.reduce((sum, s) => sum + s.at.end - s.at.start, 0)).toBe(40 * MINUTE)
  })
})

describe('the term', () => {
  it('cuts the window it begins and ends in', async () => {
    const all = await findings({
      contract: contract('no-data: unknown', 'term: { from: 2026-01-11, to: 2026-02-10 }'),
      evidence: {
        outage: [
          { start: '2026-01-10T00:00:00+01:00', end: '2026-01-11T01:00:00+01:00' },
          { start: '2026-02-10T23:00:00+01:00', end: '2026-02-12T00:00:00+01:00' },
        ],
      },
      asOf: '2026-04-01T00:00:00Z',
      period: '2026-01-01..2026-03-31',
    })
    // 11 to 31 January: 21 days; 1 to 10 February: 10 days. An hour of each outage lies inside.
    expect(all.map(f => [f.details?.base_ms, f.details?.down_ms])).toEqual([
      [21 * 24 * HOUR, HOUR],
      [10 * 24 * HOUR, HOUR],
    ])
  })

  it('is one window of its own', async () => {
    const f = await finding({
      contract: contract('no-data: unknown', 'term: { from: 2026-01-11, to: 2026-02-10 }').replace(
        'calendar month',
        'term',
      ),
      evidence: { outage: [] },
      asOf: '2026-04-01T00:00:00Z',
      period: '2026-01-11..2026-02-10',
    })
    expect([f.id, f.status, f.details?.base_ms]).toEqual(['uptime/term', 'met', 31 * 24 * HOUR])
  })
})

describe('a fixed base', () => {
  it('divides by 720 h in a month of 744 h', async () => {
    const judge = (minutes: number) =>
      finding({
        contract: contract('base: 720h, no-data: unknown'),
        evidence: {
          outage: [{ start: '2026-05-10T00:00:00Z', end: Date.UTC(2026, 4, 10) + minutes * MINUTE }],
        },
        asOf: '2026-07-02T00:00:00Z',
        period: '2026-05',
      })
    // 0.5 % of 720 h = 216 min, of 744 h it would be 223.2 min.
    const met = await judge(216)
    expect([met.status, met.observed]).toEqual(['met', { unit: 'ratio', part: 716.4 * HOUR, of: 720 * HOUR }])
    expect((await judge(217)).status).toBe('breached')
  })
})

describe('rounding, only where the text says so', () => {
  // 720 h = 2,592,000 s. Down 12,960 s is 99.5 %, 14,256 s is 99.45 %, 16,848 s is 99.35 %.
  const judge = async (rounding: string, seconds: number, target = '99.5%') =>
    (
      await finding({
        contract: contract(`no-data: unknown${rounding}`).replace('99.5%', target),
        evidence: {
          outage: [{ start: '2026-06-10T00:00:00Z', end: Date.UTC(2026, 5, 10) + seconds * 1000 }],
        },
        asOf: '2026-07-02T00:00:00Z',
        period: '2026-06',
      })
    ).status
  const mode = (word: string) => `, rounding: { decimals: 1, mode: ${word} }`

  it('without it, 99.45 % misses 99.5 %', async () => {
    expect(await judge('', 14_256)).toBe('breached')
    expect(await judge('', 12_960)).toBe('met')
    expect(await judge('', 12_961)).toBe('breached')
  })
  it('half-up lifts 99.45 % to 99.5 %, and not one second more', async () => {
    expect(await judge(mode('half-up'), 14_256)).toBe('met')
    expect(await judge(mode('half-up'), 14_257)).toBe('breached')
  })
  it('half-even takes 99.45 % to 99.4 %, and 99.35 % to 99.4 %', async () => {
    expect(await judge(mode('half-even'), 14_256)).toBe('breached')
    expect(await judge(mode('half-even'), 14_255)).toBe('met')
    expect(await judge(mode('half-even'), 16_848, '99.4%')).toBe('met')
    expect(await judge(mode('half-even'), 16_849, '99.4%')).toBe('breached')
  })
  it('up lifts anything above 99.4 % to 99.5 %', async () => {
    // 99.4 % is 15,552 s.
    expect(await judge(mode('up'), 15_551)).toBe('met')
    expect(await judge(mode('up'), 15_552)).toBe('breached')
  })
  it('down takes anything below 99.5 % to 99.4 %', async () => {
    expect(await judge(mode('down'), 12_960)).toBe('met')
    expect(await judge(mode('down'), 12_961)).toBe('breached')
  })
})
