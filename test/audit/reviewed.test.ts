import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { auditFiles, type FileCase } from '../support/files.ts'
import { HOUR, MINUTE, ms } from '../support/instants.ts'

const head = 'apiVersion: sla/v1\nkind: Contract\nid: t\ntimezone: UTC\n'

async function findings(text: Omit<FileCase, 'period'> & { readonly period?: string }): Promise<readonly Finding[]> {
  const report = await auditFiles({ period: '2026-05', ...text, contract: head + text.contract })
  return report.clauses.flatMap(clause => [...clause.findings])
}

const pick = (all: readonly Finding[], id: string): Finding => {
  const found = all.find(finding => finding.id === id)
  if (found === undefined) throw new Error(`no ${id} in ${all.map(finding => finding.id).join(', ')}`)
  return found
}

/** One row a minute for the whole of May, `state` says which are not up. */
function samples(header: string, cells: (minute: number) => string): string {
  const start = ms('2026-05-01T00:00:00Z')
  const rows = Array.from(
    { length: 31 * 24 * 12 },
    (_, i) => `${new Date(start + i * 5 * MINUTE).toISOString()},${cells(i)}`,
  )
  return `${header}\n${rows.join('\n')}\n`
}

describe('row filters on samples', () => {
  const clause = (id: string, where: string) =>
    `  ${id}: { kind: availability, target: 99%, window: calendar month, no-data: unknown${where === '' ? '' : `, where: ${where}`} }\n`

  it('never see the series of another clause', async () => {
    // GET is down at samples 100 and 101, up again at 102; POST is always up.
    const file = samples('time,status,method', i => (i % 2 === 0 ? 'up,GET' : 'up,POST')).replace(
      /(T08:20:00.000Z),up,GET/,
      '$1,down,GET',
    )
    const alone = await findings({ contract: `clauses:\n${clause('all', '')}`, files: { 'checks.csv': file } })
    const both = await findings({
      contract: `clauses:\n${clause('all', '')}${clause('get', '{ method: GET }')}`,
      files: { 'checks.csv': file },
    })
    // All samples: down 08:20 until the next up sample 5 minutes later. GET alone: until the next GET sample, 10 minutes.
    expect(pick(alone, 'all/2026-05').details?.down_ms).toBe(5 * MINUTE)
    expect(pick(both, 'all/2026-05').details?.down_ms).toBe(5 * MINUTE)
    expect(pick(both, 'get/2026-05').details?.down_ms).toBe(10 * MINUTE)
  })

  it('leave the verdict open where the column is absent, more than thirty of them too', async () => {
    const file = samples('time,status', () => 'up')
    const many = Array.from({ length: 40 }, (_, i) => clause(`c${i}`, `{ region: { not: r${i} } }`)).join('')
    const all = await findings({ contract: `clauses:\n${many}`, files: { 'checks.csv': file } })
    expect(new Set(all.map(({ status, reason }) => `${status} ${reason}`))).toEqual(
      new Set(['unverified column-missing']),
    )
    expect(all[0]?.notes.join()).toContain('no region')
  })

  it('tell regions apart beyond the thirty-second', async () => {
    const file = samples('time,status,region', i => (i < 2000 ? 'down,r0' : i % 2 === 0 ? 'up,r0' : 'up,r33'))
    const contract = `clauses:\n${Array.from({ length: 40 }, (_, i) => clause(`c${i}`, `{ region: r${i} }`)).join('')}`
    const all = await findings({ contract, files: { 'checks.csv': file } })
    expect(pick(all, 'c0/2026-05').status).toBe('breached')
    expect(pick(all, 'c33/2026-05').details?.down_ms).toBe(0)
  })

  it('with sources: samples of nobody in particular decide nothing', async () => {
    const contract =
      'clauses:\n  up: { kind: availability, target: 99%, window: calendar month, no-data: up, sources: [cust] }\n'
    const file = samples('time,status', i => (i < 60 ? 'down' : 'up'))
    expect(await findings({ contract, files: { 'checks.csv': file } })).toMatchObject([
      { status: 'unverified', reason: 'column-missing' },
    ])
  })
})

describe('request rows', () => {
  const requests = 'accounting: requests, no-data: unknown'
  const one = (fields: string, rest = '') =>
    `${rest}clauses:\n  up: { kind: availability, target: 99%, window: calendar month, ${fields} }\n`

  it('of several regions at one time add up', async () => {
    const file = samples('time,total,failed,region', () => '100,1,eu').split('\n')
    const more = file.slice(1, -1).map(line => line.replace('100,1,eu', '100,1,us'))
    const [f] = await findings({
      contract: one(requests),
      files: { 'r.csv': `${file[0]}\n${[...file.slice(1, -1), ...more].join('\n')}\n` },
    })
    // 8,928 rows of each region: 2 · 8,928 · 99 of 2 · 8,928 · 100.
    expect(f?.observed).toEqual({ unit: 'ratio', part: 2 * 8928 * 99, of: 2 * 8928 * 100 })
    expect(f?.status).toBe('met')
  })

  it('of a service that nobody counted leave services together open', async () => {
    const file = samples('time,total,failed,service', () => '100,0,a')
    const contract = one(`${requests}, services-together: any`, 'services: { a: {}, b: {} }\n')
    const [f] = await findings({ contract, files: { 'r.csv': file } })
    expect(f).toMatchObject({ status: 'unverified', reason: 'no-data' })
  })

  it('that a filter cannot place are no "no traffic"', async () => {
    const contract = one(`${requests}, where: { region: { not: us } }`)
    const [f] = await findings({ contract, files: { 'r.csv': samples('time,total,failed', () => '1000,500') } })
    expect(f).toMatchObject({ status: 'unverified', reason: 'column-missing' })
  })

  it('reaching over the month’s end decide neither month', async () => {
    const row = '2026-05-31T12:00:00Z,1000,500,24h'
    const contract = one('accounting: requests, no-data: up')
    const all = await findings({
      contract,
      files: { 'r.csv': `time,total,failed,interval\n${row}\n` },
      period: '2026-05-01..2026-06-30',
    })
    expect(all.map(({ id, status }) => [id, status])).toEqual([
      ['up/2026-05', 'unverified'],
      ['up/2026-06', 'unverified'],
    ])
  })
})

describe('percentiles', () => {
  it('are over all series the clause sees, and only those', async () => {
    const slices = 'accounting: { slices: 5min, bad-when: { p95(latency_ms): { above: 300 } } }, no-data: unknown'
    const clause = (id: string, where: string) =>
      `  ${id}: { kind: availability, target: 99%, window: calendar month, ${slices}${where} }\n`
    const eu = samples('time,metric,value,region', () => 'latency_ms,50,eu').split('\n')
    const us = eu.slice(1, -1).map(line => line.replace('50,eu', '900,us'))
    const all = await findings({
      contract: `clauses:\n${clause('all', '')}${clause('eu', ', where: { region: eu }')}`,
      files: { 'm.csv': `${[...eu.slice(0, -1), ...us].join('\n')}\n` },
    })
    // Two values a slice, 50 and 900: the 95th percentile is the second of two.
    expect(pick(all, 'all/2026-05').status).toBe('breached')
    expect(pick(all, 'eu/2026-05').status).toBe('met')
  })
})

describe('users', () => {
  it('count a shared outage once, and a degraded row with its weight', async () => {
    const contract = `services: { hosting: {}, a: { needs: [hosting] }, b: { needs: [hosting] } }
clauses:
  up: { kind: availability, target: 99%, window: calendar month, services: [a, b], services-together: any, accounting: { users: 100 }, no-data: unknown }
`
    const rows = `start,end,service,users,severity
2026-05-04T10:00:00Z,2026-05-04T12:00:00Z,hosting,10,full
2026-05-05T10:00:00Z,2026-05-05T12:00:00Z,a,50,degraded
`
    const [f] = await findings({ contract, files: { 'outages.csv': rows } })
    // 10 users for 2 h of 100 users for 744 h; the degraded row counts as up.
    expect(f?.details).toMatchObject({ down: 10 * 2 * HOUR, base: 100 * 744 * HOUR })
  })
})

describe('what still goes on', () => {
  it('an outage may yet grow to the shortest that counts', async () => {
    const contract =
      'clauses:\n  up: { kind: availability, target: 100%, window: calendar month, shortest-outage: 5min, no-data: unknown }\n'
    const files = { 'outages.csv': 'start,end\n2026-05-31T23:58:00Z,\n' }
    const at = async (asOf: string) => (await findings({ contract, files, asOf }))[0]?.status
    expect(await at('2026-06-01T00:01:00Z')).toBe('unverified')
    expect(await at('2026-06-01T00:03:00Z')).toBe('breached')
  })

  it('work inside its hours, and short so far, is pending', async () => {
    const contract = `calendars: { night: { days: daily, hours: "20:00-04:00" } }
clauses:
  work: { kind: maintenance, inside: night, notice: { at-least: 48h, when-longer-than: 15min } }
`
    const files = { 'm.csv': 'start,end,announced_at\n2026-05-20T02:00:00Z,,\n' }
    const all = await findings({ contract, files, asOf: '2026-05-20T02:05:00Z' })
    expect(all.map(({ promise, status }) => [promise, status])).toEqual([
      ['notice', 'pending'],
      ['inside', 'pending'],
    ])
    const later = await findings({ contract, files, asOf: '2026-05-20T04:05:00Z' })
    expect(later.map(({ status }) => status)).toEqual(['breached', 'breached'])
  })
})

describe('maintenance', () => {
  const work = (fields: string, rest = '') => `${rest}clauses:\n  w: { kind: maintenance, ${fields} }\n`

  it('is counted per service, or for all together', async () => {
    const rows = `start,end,service
2026-05-04T10:00:00Z,2026-05-04T11:00:00Z,a
2026-05-05T10:00:00Z,2026-05-05T11:00:00Z,b
`
    const services = 'services: { a: {}, b: {} }\n'
    const each = await findings({
      contract: work('at-most: 1 per calendar month', services),
      files: { 'maintenance.csv': rows },
    })
    expect(each.map(({ id, status }) => [id, status])).toEqual([
      ['w/at-most/a/2026-05', 'met'],
      ['w/at-most/b/2026-05', 'met'],
    ])
    const together = work('at-most: 1 per calendar month, services-together: any', services)
    expect(await findings({ contract: together, files: { 'maintenance.csv': rows } })).toMatchObject([
      { id: 'w/at-most/2026-05', status: 'breached' },
    ])
  })

  it('given twice in overlapping exports is one piece of work', async () => {
    const rows = 'id,start,end\nM1,2026-05-04T10:00:00Z,2026-05-04T11:00:00Z\n'
    const contract = work('at-most: 1 per calendar month')
    const report = await auditFiles({
      contract: head + contract,
      files: { 'maintenance-a.csv': rows, 'maintenance-b.csv': rows },
      period: '2026-05',
    })
    expect(report.clauses[0]?.findings).toMatchObject([{ status: 'met', observed: { value: 1 } }])
    expect(report.inputs.map(input => input.counts[0])).toMatchObject([{ used: 1 }, { used: 0, duplicates: 1 }])
  })

  it('outside the term is not judged', async () => {
    const contract = work('notice: { at-least: 48h }', 'term: { from: 2026-05-15 }\n')
    const row = (start: string) => `start,end,announced_at\n${start}T10:00:00Z,${start}T11:00:00Z,\n`
    expect(await findings({ contract, files: { 'm.csv': row('2026-05-04') } })).toMatchObject([
      { status: 'not-applicable' },
    ])
    expect(await findings({ contract, files: { 'm.csv': row('2026-05-15') } })).toMatchObject([{ status: 'breached' }])
  })

  it('rows left out as bad leave the clause open', async () => {
    const file = 'start,end,announced_at\n2026-05-04T10:00:00Z,2026-05-04T11:00:00Z,2026-05-01T10:00:00Z\nsoon,,\n'
    const all = await findings({
      contract: work('notice: { at-least: 48h }'),
      files: { 'm.csv': file },
      onBadRow: 'skip',
    })
    expect(all.map(({ id, status }) => [id.replace(/\/2026.*/, ''), status])).toEqual([
      ['w/notice', 'met'],
      ['w/bad-rows', 'unverified'],
    ])
  })

  it('known by its day only is judged at both ends', async () => {
    const notice = work(
      'notice: { at-least: 48h, when-longer-than: 15min, during: day }',
      'calendars: { day: { days: daily, hours: "09:00-18:00" } }\n',
    )
    const all = await findings({
      contract: notice,
      files: { 'm.csv': 'start,end,announced_at\n2026-05-04,2026-05-04,\n' },
    })
    expect(all).toMatchObject([{ status: 'unverified', reason: 'date-only' }])
  })

  it('that a kept clause may not cover is excluded or not: open', async () => {
    const contract = `exclusions: { planned: { event: maintenance, kept: w } }
clauses:
  up: { kind: availability, target: 99.9%, window: calendar month, excluding: [planned], excluded-time: leaves-denominator, no-data: unknown }
  w: { kind: maintenance, notice: { at-least: 48h }, where: { kind: planned }, at-most: 1 per calendar month }
`
    const rows = `start,end,announced_at
2026-05-04T10:00:00Z,2026-05-04T12:00:00Z,
2026-05-05T10:00:00Z,2026-05-05T12:00:00Z,
`
    const all = await findings({ contract, files: { 'maintenance.csv': rows, 'outages.csv': 'start,end\n' } })
    expect(pick(all, 'up/2026-05').status).toBe('unverified')
    expect(pick(all, 'w/at-most/2026-05')).toMatchObject({ status: 'unverified', reason: 'column-missing' })
  })
})

describe('the instant a weighted allowance is used up', () => {
  it('takes the weight in', async () => {
    const contract =
      'clauses:\n  up: { kind: availability, target: 99.9%, window: calendar month, degraded: 50%, no-data: unknown }\n'
    const rows = 'start,end,severity\n2026-05-12T10:00:00Z,2026-05-12T14:00:00Z,degraded\n'
    const [f] = await findings({ contract, files: { 'outages.csv': rows } })
    // 0.1 % of 744 h is 44 min 38.4 s; at half weight that takes 1 h 29 min 16.8 s.
    expect(f?.details?.exceeded_at).toBe(ms('2026-05-12T10:00:00Z') + 2 * 2_678_400)
    expect(f?.breached).toEqual([{ start: ms('2026-05-12T11:29:16.800Z'), end: ms('2026-05-12T14:00:00Z') }])
  })
})
