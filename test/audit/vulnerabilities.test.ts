import { describe, expect, it } from 'vitest'
import { reportSchema } from '../../src/report/schema.ts'
import { audit, type Case } from '../support/audit.ts'
import { HOUR, ms } from '../support/instants.ts'

// 10 June 2026 is a Wednesday.
const june = (time: string): string => `2026-06-${time}:00+02:00`

const contract = (fields: string, binding = 'guarantee'): string => `
apiVersion: sla/v1
kind: Contract
id: test
timezone: Europe/Paris
clauses:
  fixes: { kind: vulnerability, from: detected, counting: end-of-day, on-reopen: restart, score: { order: [scanner], round: none }, mitigation: never, binding: ${binding}, ${fields} }
`
const bands = 'bands: { high: { min: 7, fix: 7 days }, rest: { below: 7, fix: unstated } }'

const rows = [
  // In time up to the end of 8, 10 and 16 June; fixed; no number; due after the week.
  { id: 'CVE-2026-1', cvss: '7.5', detected_at: june('01T10:00'), fixed_at: '' },
  { id: 'CVE-2026-2', cvss: '9.8', detected_at: june('03T10:00'), fixed_at: '' },
  { id: 'CVE-2026-3', cvss: '9.8', detected_at: june('09T10:00'), fixed_at: '' },
  { id: 'CVE-2026-4', cvss: '9.8', detected_at: june('03T10:00'), fixed_at: june('04T10:00') },
  { id: 'CVE-2026-5', cvss: '6.9', detected_at: june('03T10:00'), fixed_at: '' },
  { id: 'CVE-2026-6', cvss: '8.0', detected_at: june('10T11:00'), fixed_at: '' },
].map(row => ({ asset: 'web', ...row }))

const given: Omit<Case, 'contract'> = {
  evidence: { vulnerability: rows },
  asOf: june('10T12:00'),
  period: '2026-06',
  upcoming: june('16T23:59'),
}

const scans = [
  { id: 's1', time: june('02T10:00'), asset: 'web', outcome: 'success' },
  { id: 's2', time: june('04T10:00'), asset: 'web', outcome: 'success' },
]
const sightings = [{ id: 'CVE-2026-1', cvss: '7.5', asset: 'web', scan: 's1' }]

describe('fixes that fall due', () => {
  const item = (id: string, due: string, left: number, status: string) => ({
    ...{ finding: `fixes/high/${id}@web`, clause: 'fixes', subject: `${id} on web`, promise: 'high', band: 'high' },
    ...{ due: ms(due), left_ms: left, status },
  })
  // 8 June ends 36 hours before noon of the 10th, the 10th 12 hours after it, the 16th 156.
  const items = [
    item('CVE-2026-1', '2026-06-08T23:59:59.999+02:00', -36 * HOUR - 1, 'breached'),
    item('CVE-2026-2', '2026-06-10T23:59:59.999+02:00', 12 * HOUR - 1, 'pending'),
  ]

  it.each([
    ['are judged one by one', bands],
    ['are judged by the share of a window', `${bands}, attainment: 95% per calendar month`],
  ])('are listed with their band where they %s, up to the instant asked for', async (_, fields) => {
    const report = await audit({ ...given, contract: contract(fields) })
    expect([...(report.upcoming?.items ?? [])]).toEqual(items)
    const later = await audit({ ...given, contract: contract(fields), upcoming: '2026-06-16T23:59:59.999+02:00' })
    expect([...(later.upcoming?.items ?? [])]).toEqual([
      ...items,
      item('CVE-2026-3', '2026-06-16T23:59:59.999+02:00', 156 * HOUR - 1, 'pending'),
    ])
    expect(reportSchema.safeParse(JSON.parse(JSON.stringify(later))).error).toBeUndefined()
  })

  it('are none of what is only observed', async () => {
    const report = await audit({ ...given, contract: contract(bands, 'observed') })
    expect([...(report.upcoming?.items ?? [])]).toEqual([])
  })
})

describe('a log of vulnerabilities', () => {
  const warned = async (more: Partial<Case>): Promise<readonly string[]> => {
    const { warnings } = await audit({ ...given, contract: contract(bands), ...more })
    return warnings.map(({ code, message, hint = '' }) => `${code}: ${message} (${hint})`)
  }

  it('tells by its rows and scans which period to audit, by publication dates not', async () => {
    const old = { ...rows[0], published_at: '2020-01-01T00:00:00Z', detected_at: june('05T10:00') }
    const { period } = await audit({
      ...given,
      contract: contract(bands),
      period: 'none',
      evidence: { vulnerability: [old, ...sightings], scan: scans },
    })
    expect(period).toMatchObject({ start: ms(june('02T10:00')), end: ms(june('05T10:00')) + 1, stated: false })
  })

  it('is doubted where its last stamp lies well before the end of the period', async () => {
    const [first = {}] = rows
    const ends = await warned({ evidence: { vulnerability: [first] }, asOf: june('30T00:00') })
    expect(ends).toEqual([
      'log-ends-early: the last stamp of a vulnerability is 2026-06-01T10:00:00+02:00, well before the end of the period; the log is taken as complete from 2026-06-01T00:00:00+02:00 to 2026-06-30T00:00:00+02:00 (if it is, say so: --assume-complete vulnerability, or a coverage row)',
    ])
    expect(await warned({ evidence: { vulnerability: [first] }, asOf: june('12T00:00') })).toEqual([])
    const assumed = { asOf: june('30T00:00'), assume: ['vulnerability'] }
    expect(await warned({ evidence: { vulnerability: [first] }, ...assumed })).toEqual([])
  })

  it('goes on as far as there are scans', async () => {
    const last = { id: 's3', time: june('28T10:00'), asset: 'web', outcome: 'success' }
    const evidence = { vulnerability: sightings, scan: scans }
    const ends = await warned({ evidence, asOf: june('30T00:00') })
    expect(ends).toHaveLength(1)
    expect(ends[0]).toMatch(
      /^log-ends-early: the last scan or stamp of a vulnerability is 2026-06-04T10:00:00\+02:00, /,
    )
    expect(ends[0]).toContain('--assume-complete scan, ')
    expect(await warned({ evidence: { ...evidence, scan: [...scans, last] }, asOf: june('30T00:00') })).toEqual([])
  })

  it('is not missed where it is only what could be added', async () => {
    expect(await warned({})).toEqual([])
  })

  it.each([
    [
      'rows',
      { vulnerability: [{ id: 'CVE-2026-4', cvss: '9.8', detected_at: june('03T10:00'), fixed_at: june('04T10:00') }] },
    ],
    ['scans that found nothing', { scan: scans, vulnerability: [] }],
    ['an empty log', { vulnerability: [] }],
  ] as const)('is complete for the period where there are %s', async (_, evidence) => {
    const shares = `${bands}, attainment: 95% per calendar month`
    const { clauses } = await audit({
      ...given,
      contract: contract(shares),
      evidence,
      asOf: '2026-07-02T00:00:00+02:00',
    })
    const status = 'vulnerability' in evidence && evidence.vulnerability.length > 0 ? 'met' : 'not-applicable'
    expect([...(clauses[0]?.findings ?? [])]).toMatchObject([{ id: 'fixes/high/2026-06', status }])
  })

  it('that covers part of a window leaves its share open', async () => {
    const shares = `${bands}, attainment: 95% per calendar month`
    const covered = { type: 'scan', from: june('01T00:00'), to: june('15T00:00') }
    const { clauses } = await audit({
      ...given,
      contract: contract(shares),
      evidence: { scan: scans, vulnerability: [], coverage: [covered] },
      asOf: '2026-07-02T00:00:00+02:00',
    })
    expect([...(clauses[0]?.findings ?? [])]).toContainEqual(
      expect.objectContaining({ id: 'fixes/high/2026-06', status: 'unverified', reason: 'incomplete' }),
    )
  })

  it('that is not given leaves the clause unverified', async () => {
    const { clauses, summary } = await audit({ ...given, contract: contract(bands), evidence: { outage: [] } })
    expect([...(clauses[0]?.findings ?? [])]).toMatchObject([
      { id: 'fixes', status: 'unverified', reason: 'missing', details: { missing: 'vulnerability' } },
    ])
    expect(summary.status).toBe('unverified')
  })
})
