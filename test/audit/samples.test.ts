import { describe, expect, it } from 'vitest'
import { finding } from '../support/audit.ts'
import { MINUTE } from '../support/instants.ts'

const yaml = (fields: string, rest = '') => `
apiVersion: sla/v1
kind: Contract
id: test
timezone: UTC
${rest}
clauses:
  uptime: { kind: availability, target: 99%, window: calendar month, ${fields} }
`

describe('samples', () => {
  const start = Date.UTC(2026, 5, 1)
  const term = 'term: { from: "2026-06-01T00:00:00Z", to: "2026-06-01T10:00:00Z" }'
  /** A sample a minute for ten hours, by minute; `undefined` leaves it out. */
  const judge = (state: (minute: number) => string | undefined, fields = '', target = '90%') =>
    finding({
      contract: yaml(`no-data: unknown, ${fields}`, term).replace('99%', target),
      evidence: {
        check: Array.from({ length: 600 }, (_, minute) => minute).flatMap(minute => {
          const status = state(minute)
          return status === undefined ? [] : [{ time: start + minute * MINUTE, status }]
        }),
      },
      asOf: '2026-06-02T00:00:00Z',
      period: '2026-06',
    })
  const bad = (minute: number) => (minute >= 60 && minute <= 63 ? 'down' : 'up')
  const downMs = async (...args: Parameters<typeof judge>) => (await judge(...args)).details?.down_ms

  it('first-up 4 min, last-down 3 min, midpoint 3 min 30 s', async () => {
    expect(await downMs(bad)).toBe(4 * MINUTE)
    expect(await downMs(bad, 'sampling: last-down')).toBe(3 * MINUTE)
    expect(await downMs(bad, 'sampling: midpoint')).toBe(3.5 * MINUTE)
    const f = await judge(bad)
    expect(f.bounds).toEqual({
      lowest: { unit: 'ratio', part: 596 * MINUTE, of: 600 * MINUTE },
      highest: { unit: 'ratio', part: 597 * MINUTE, of: 600 * MINUTE },
    })
  })

  it('a pause of 3 intervals is none, a longer one is unknown', async () => {
    const without = (from: number, to: number) => (minute: number) => (minute > from && minute < to ? undefined : 'up')
    expect((await judge(without(100, 103))).details?.unknown_ms).toBe(0)
    const f = await judge(without(100, 104))
    expect(f.details?.unknown_ms).toBe(3 * MINUTE)
    expect(f.undecided).toEqual([{ start: start + 101 * MINUTE, end: start + 104 * MINUTE }])
    expect((await judge(without(100, 104), 'max-gap: 4min')).details?.unknown_ms).toBe(0)
    expect((await judge(without(100, 104), 'every: 90s')).details?.unknown_ms).toBe(0)
  })

  it('down before a pause lasts one more interval, then it is unknown', async () => {
    const f = await judge(minute => (minute > 100 && minute < 120 ? undefined : minute === 100 ? 'down' : 'up'))
    expect(f.details).toMatchObject({ down_ms: MINUTE, unknown_ms: 19 * MINUTE })
    expect(f.status).toBe('met')
  })

  it('before the first and after the last sample too', async () => {
    const f = await judge(minute => (minute < 30 || minute > 570 ? undefined : 'up'))
    // From 0:00 to 0:30, and from one interval after 9:30 to 10:00.
    expect(f.details?.unknown_ms).toBe(59 * MINUTE)
    expect(f.status).toBe('met')
  })

  it('no-data: unknown time decides only by the contract, or leaves it open', async () => {
    const state = (minute: number) => (minute > 100 && minute < 200 ? undefined : 'up')
    expect((await judge(state)).status).toBe('unverified')
    expect((await judge(state, '', '80%')).status).toBe('met')
    expect(await judge(state, 'down-when: any').then(f => f.status)).toBe('unverified')
    const said = async (word: string) =>
      (
        await finding({
          contract: yaml(`no-data: ${word}`, term).replace('99%', '90%'),
          evidence: {
            check: Array.from({ length: 600 }, (_, m) => m)
              .filter(m => state(m) !== undefined)
              .map(m => ({ time: start + m * MINUTE, status: 'up' })),
          },
          asOf: '2026-06-02T00:00:00Z',
          period: '2026-06',
        })
      ).status
    expect(await said('up')).toBe('met')
    expect(await said('down')).toBe('breached')
  })

  it('breached in spite of a gap when lost without it', async () => {
    const f = await judge(minute => (minute > 500 ? undefined : minute >= 100 && minute < 170 ? 'down' : 'up'))
    expect(f.status).toBe('breached')
  })

  it('at one instant down wins over up', async () => {
    const f = await finding({
      contract: yaml('no-data: unknown, every: 1min, max-gap: 1h', term),
      evidence: {
        check: [0, 30, 60, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330, 360, 390, 420, 450, 480, 510, 540, 570].map(
          (minute, i) => ({ time: start + minute * MINUTE, status: i === 2 ? 'down' : 'up' }),
        ),
      },
      asOf: '2026-06-02T00:00:00Z',
      period: '2026-06',
    })
    expect(f.details?.down_ms).toBe(30 * MINUTE)
  })
})

describe('slices by a percentile of what was measured', () => {
  // Ten minutes in two slices; values 1 to 20 in the first, of which rank ⌈0.95 × 20⌉ = 19 is the 95th percentile.
  const start = Date.UTC(2026, 5, 1)
  const term = 'term: { from: "2026-06-01T00:00:00Z", to: "2026-06-01T00:10:00Z" }'
  const judge = (bound: string) =>
    finding({
      contract: yaml(
        `no-data: unknown, accounting: { slices: 5min, bad-when: { p95(latency_ms): { ${bound} } } }`,
        term,
      ).replace('99%', '50%'),
      evidence: {
        measurement: Array.from({ length: 40 }, (_, i) => ({
          time: start + i * 15_000,
          metric: 'latency_ms',
          // Shuffled: 7 is prime to 20.
          value: i < 20 ? ((i * 7) % 20) + 1 : 1,
        })),
      },
      asOf: '2026-06-02T00:00:00Z',
      period: '2026-06',
    })

  it('takes the nearest rank', async () => {
    const counts = async (bound: string) => (await judge(bound)).details?.down_ms
    expect(await counts('above: 18')).toBe(5 * MINUTE)
    expect(await counts('above: 19')).toBe(0)
    expect(await counts('at-least: 19')).toBe(5 * MINUTE)
    expect(await counts('at-least: 19.000001')).toBe(0)
    expect(await counts('below: 1')).toBe(0)
    expect(await counts('at-most: 1')).toBe(5 * MINUTE)
  })
})
