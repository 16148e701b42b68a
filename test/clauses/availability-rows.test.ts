import { describe, expect, it } from 'vitest'
import { finding } from '../support/audit.ts'
import type { Cells, Tables } from '../support/evidence.ts'
import { HOUR, MINUTE } from '../support/instants.ts'

const yaml = (fields: string, services = '') => `
apiVersion: sla/v1
kind: Contract
id: test
timezone: UTC
${services}
clauses:
  uptime: { kind: availability, target: 99%, window: calendar month, no-data: unknown, ${fields} }
`
const judge = (fields: string, evidence: Tables, services = '') =>
  finding({ contract: yaml(fields, services), evidence, asOf: '2026-08-01T00:00:00Z', period: '2026-06' })

const outage = (more: Cells = {}): Cells => ({ start: '2026-06-10T10:00:00Z', end: '2026-06-10T14:00:00Z', ...more })
const down = async (fields: string, rows: readonly Cells[]) => (await judge(fields, { outage: rows })).details?.down_ms

describe('when an outage begins to count', () => {
  const told = { detected_at: '2026-06-10T11:00:00Z', reported_at: '2026-06-10T10:30:00Z' }

  it('start, detected, reported, or the earliest', async () => {
    expect(await down('from: start', [outage(told)])).toBe(4 * HOUR)
    expect(await down('from: detected', [outage(told)])).toBe(3 * HOUR)
    expect(await down('from: reported', [outage(told)])).toBe(3.5 * HOUR)
    expect(await down('from: { earliest-of: [detected, reported] }', [outage(told)])).toBe(3.5 * HOUR)
  })

  it('blank: has not happened, so never begins to count', async () => {
    expect(await down('from: reported', [outage({ ...told, reported_at: '' })])).toBe(0)
    expect(await down('from: { earliest-of: [detected, reported] }', [outage({ ...told, reported_at: '' })])).toBe(
      3 * HOUR,
    )
  })

  it('absent column: not known; the verdict stays open only where it matters', async () => {
    // 1 % of 720 h is 7 h 12 min.
    const short = await judge('from: reported', { outage: [outage()] })
    expect(short.status).toBe('met')
    const long = outage({ end: '2026-06-10T20:00:00Z' })
    const open = await judge('from: reported', { outage: [long] })
    expect(open.status).toBe('unverified')
    expect(JSON.stringify(open)).toContain('reported_at')
    expect(open.bounds).toEqual({
      lowest: { unit: 'ratio', part: 710 * HOUR, of: 720 * HOUR },
      highest: { unit: 'ratio', part: 720 * HOUR, of: 720 * HOUR },
    })
  })
})

describe('severity', () => {
  it('degraded is up and partial is down unless said otherwise', async () => {
    expect(await down('', [outage({ severity: 'degraded' })])).toBe(0)
    expect(await down('', [outage({ severity: 'partial' })])).toBe(4 * HOUR)
    expect(await down('degraded: down', [outage({ severity: 'degraded' })])).toBe(4 * HOUR)
    expect(await down('partial: up', [outage({ severity: 'partial' })])).toBe(0)
  })

  it('weights multiply, the largest wins where rows overlap', async () => {
    expect(await down('degraded: 50%', [outage({ severity: 'degraded' })])).toBe(2 * HOUR)
    expect(await down('degraded: affected', [outage({ severity: 'degraded', affected: '25%' })])).toBe(HOUR)
    // 10–12 at 50 %, 12–14 full, 14–16 full.
    const rows = [
      outage({ severity: 'degraded' }),
      outage({ start: '2026-06-10T12:00:00Z', end: '2026-06-10T16:00:00Z' }),
    ]
    expect(await down('degraded: 50%', rows)).toBe(5 * HOUR)
    // Exact thirds of a millisecond: 33.33 % of 4 h.
    const f = await judge('degraded: 33.33%', { outage: [outage({ severity: 'degraded' })] })
    const { part, of } = f.observed as { part: number; of: number }
    expect((BigInt(of) - BigInt(part)) * 10_000n * 720n).toBe(BigInt(of) * 3333n * 4n)
  })

  it('an affected share that is not known lies between nothing and all', async () => {
    const long = outage({ severity: 'degraded', end: '2026-06-10T20:00:00Z' })
    expect((await judge('degraded: affected', { outage: [long] })).status).toBe('unverified')
    expect((await judge('degraded: affected', { outage: [outage({ severity: 'degraded' })] })).status).toBe('met')
  })
})

describe('whose monitoring counts', () => {
  it('rows of other sources are left out', async () => {
    const rows = [outage({ source: 'theirs' }), outage({ source: 'ours', end: '2026-06-10T11:00:00Z' })]
    expect(await down('sources: [ours]', rows)).toBe(HOUR)
    expect(await down('sources: [ours, theirs]', rows)).toBe(4 * HOUR)
  })

  it('a filter picks rows by any column', async () => {
    const rows = [
      outage({ region: 'eu' }),
      outage({ region: 'us', start: '2026-06-11T00:00:00Z', end: '2026-06-11T01:00:00Z' }),
    ]
    expect(await down('where: { region: us }', rows)).toBe(HOUR)
    expect(await down('where: { region: { not: us } }', rows)).toBe(4 * HOUR)
  })
})

describe('services that need others', () => {
  const services = 'services: { hosting: {}, app: { needs: [hosting] } }'
  const rows = [
    outage({ service: 'hosting' }),
    outage({ service: 'app', start: '2026-06-10T13:00:00Z', end: '2026-06-10T15:00:00Z' }),
  ]
  it('are down with them: 10–14 and 13–15 is 5 h', async () => {
    const f = await judge('services: [app]', { outage: rows }, services)
    expect(f.details?.down_ms).toBe(5 * HOUR)
    const alone = await judge('services: [hosting]', { outage: rows }, services)
    expect(alone.details?.down_ms).toBe(4 * HOUR)
  })
  it('all-down is the intersection', async () => {
    const f = await judge('all-down: [app, hosting]', { outage: rows }, 'services: { hosting: {}, app: {} }')
    expect(f.details?.down_ms).toBe(HOUR)
  })
})

describe('locations', () => {
  // A sample a minute, all month; three places. Paris down 0–10, Lyon 5–15, Oslo 9–20 of the hour from 12:00.
  const places = { paris: [0, 10], lyon: [5, 15], oslo: [9, 20] } as const
  const noon = Date.UTC(2026, 5, 10, 12)
  const check = (Object.keys(places) as (keyof typeof places)[]).flatMap(location =>
    Array.from({ length: 121 }, (_, i) => ({
      time: noon + (i - 30) * MINUTE,
      location,
      status: i - 30 >= places[location][0] && i - 30 < places[location][1] ? 'down' : 'up',
    })),
  )
  const term = `term: { from: "2026-06-10T11:30:00Z", to: "2026-06-10T13:30:00Z" }`
  const downWhen = async (word: string) => (await judge(`down-when: ${word}`, { check }, term)).details?.down_ms

  it('any is the union, majority two of three, all the intersection', async () => {
    expect(await downWhen('any')).toBe(20 * MINUTE)
    // 5–10 Paris and Lyon, 9–15 Lyon and Oslo.
    expect(await downWhen('majority')).toBe(10 * MINUTE)
    // 9–10.
    expect(await downWhen('all')).toBe(MINUTE)
  })
})

describe('ongoing outages', () => {
  it('last until as of, and nothing later is known', async () => {
    const f = await finding({
      contract: yaml(''),
      evidence: { outage: [outage({ end: '' })] },
      asOf: '2026-06-10T12:00:00Z',
      period: '2026-06',
    })
    expect(f.details?.down_ms).toBe(2 * HOUR)
    expect(f.status).toBe('pending')
    const ended = await finding({
      contract: yaml(''),
      evidence: { outage: [outage()] },
      asOf: '2026-06-10T12:00:00Z',
      period: '2026-06',
    })
    expect(ended.details?.down_ms).toBe(2 * HOUR)
  })
})
