import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/report.ts'
import { againOf } from '../../src/report/again.ts'
import { audit, zones } from '../support/audit.ts'

const contract = (clauses: string, more = '') => `
apiVersion: sla/v1
kind: Contract
id: test
timezone: UTC
term: { from: 2025-01-15, to: 2025-12-31 }
${more}
clauses:
${clauses}
`
const up = (id: string, window: string, more = '') =>
  `  ${id}: { kind: availability, target: 99%, window: ${window}, no-data: up${more} }\n`

// June 2026 has 720 h, of which 7.2 h may be down; 15 May to 14 June has 744 h, of which 7.44 h may.
const june = (clauses: string, ignoreTerm: boolean, more?: string): Promise<Report> =>
  audit({
    contract: contract(clauses, more),
    evidence: { outage: [{ start: '2026-06-10T00:00:00Z', end: '2026-06-10T08:00:00Z' }], maintenance: [] },
    asOf: '2026-07-20T00:00:00Z',
    period: '2026-06',
    ignoreTerm,
  })

const found = ({ clauses }: Report) =>
  clauses.flatMap(({ findings }) => [...findings].map(({ id, status }) => [id, status]))
const said = ({ warnings }: Report) => warnings.filter(({ code }) => code === 'term-ignored')

describe('an audit that leaves out the dates of its contract', () => {
  it('judges what lies outside them', async () => {
    expect(found(await june(up('up', 'calendar month'), false))).toEqual([])
    const report = await june(up('up', 'calendar month'), true)
    expect(found(report)).toEqual([['up/2026-06', 'breached']])
    expect(said(report).map(({ message }) => message)).toEqual([
      'the term of the contract (15 Jan 2025 – 31 Dec 2025) is ignored',
    ])
  })

  it('counts contract months from the day that they begin on', async () => {
    const report = await june(up('up', 'contract month'), true)
    expect(found(report)).toEqual([
      ['up/2026-05-15', 'breached'],
      ['up/2026-06-15', 'met'],
    ])
  })

  it('leaves a clause on the term as it is, and says so', async () => {
    const report = await june(up('up', 'calendar month') + up('whole', 'term'), true)
    expect(found(report)).toEqual([['up/2026-06', 'breached']])
    expect(said(report).map(({ message }) => message)).toEqual([
      'the term of the contract (15 Jan 2025 – 31 Dec 2025) is ignored, but for whole, which is laid out by it',
    ])
    expect(said(await june(up('whole', 'term'), true))).toEqual([])
  })

  it('says nothing where there are no dates', async () => {
    const text = contract(up('up', 'calendar month')).replace(/^term.*$/m, '')
    const given = { evidence: { outage: [] }, asOf: '2026-07-01T00:00:00Z', period: '2026-06' }
    expect(said(await audit({ contract: text, ...given, ignoreTerm: true }))).toEqual([])
  })

  it('fills a cap by contract months', async () => {
    const clauses = up('up', 'calendar month', ', excluding: [work], excluded-time: counts-as-up')
    const report = await audit({
      contract: contract(clauses, 'exclusions: { work: { event: maintenance, cap: 2h per contract month } }'),
      evidence: {
        outage: [],
        maintenance: [
          { start: '2026-06-13T00:00:00Z', end: '2026-06-13T03:00:00Z', impact: 'down' },
          { start: '2026-06-16T00:00:00Z', end: '2026-06-16T02:00:00Z', impact: 'down' },
        ],
      },
      asOf: '2026-07-20T00:00:00Z',
      period: '2026-06',
      ignoreTerm: true,
    })
    // Of the 3 h before the 15th one is over the cap; the 2 h after it are of a new contract month.
    const [finding] = report.clauses[0]?.findings ?? []
    expect([finding?.status, finding?.details?.down_ms]).toEqual(['met', 3_600_000])
  })

  it('is repeated with the option', async () => {
    const again = async (ignoreTerm: boolean) =>
      againOf(await june(up('up', 'calendar month'), ignoreTerm), zones('UTC'))
    expect(await again(true)).toContain('--ignore-term')
    expect(await again(false)).not.toContain('--ignore-term')
  })
})
