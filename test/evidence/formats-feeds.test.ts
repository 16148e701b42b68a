import { describe, expect, it } from 'vitest'
import { kev, kevCsv } from '../../src/evidence/formats/kev.ts'
import { nvd } from '../../src/evidence/formats/nvd.ts'
import { convert, convertTable, fixture, headersOf, json } from './formats-findings-support.ts'

describe('NVD', () => {
  it('tells advisories, scores by source and version, and entries of the catalogue', () => {
    const id = 'CVE-2024-23113'
    const time = '2024-10-10T01:00:01.433'
    const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'
    const score = { type: 'score', id, time, cvss: '9.8', vector, severity: 'CRITICAL' }
    const bleve = { type: 'score', id: 'CVE-2022-31022', time: '2022-06-09T14:13:24.470' }
    expect(convert(nvd, json('nvd/cves.json'))).toEqual({
      rows: [
        { type: 'advisory', id, published_at: '2024-02-15T14:15:46.503', withdrawn_at: '' },
        { ...score, source: 'nvd' },
        { ...score, source: 'psirt@fortinet.com' },
        { type: 'known-exploited', id, due_at: '2024-10-30', added_at: '2024-10-09', catalogue: 'CISA KEV' },
        { type: 'advisory', id: 'CVE-2022-31022', published_at: '2022-06-01T20:15:08.037', withdrawn_at: '' },
        {
          ...bleve,
          cvss: '5.5',
          vector: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:H/A:N',
          source: 'nvd',
          severity: 'MEDIUM',
        },
        {
          ...bleve,
          cvss: '6.2',
          vector: 'CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N',
          source: 'security-advisories@github.com',
          severity: 'MEDIUM',
        },
        // The word of version 2 stands beside cvssData.
        { ...bleve, cvss: '2.1', vector: 'AV:L/AC:L/Au:N/C:N/I:P/A:N', source: 'nvd', severity: 'LOW' },
        {
          type: 'advisory',
          id: 'CVE-2026-0002',
          published_at: '2026-02-01T08:15:00.000',
          withdrawn_at: '2026-03-01T09:15:00.000',
        },
      ],
      leftOut: [],
      flaws: [],
      warned: [],
    })
  })

  it('puts primary scores first and names the enrichment by CISA', () => {
    const metric = (type: string, source: string) => ({ type, source, cvssData: { baseScore: 5 } })
    const cve = {
      id: 'CVE-2026-1',
      lastModified: '2026-05-01T00:00:00.000',
      metrics: {
        cvssMetricV31: [metric('Secondary', '134c704f-9b21-4f2e-91b3-4a467353bcc0'), metric('Primary', 'nvd@nist.gov')],
        cvssMetricV40: [metric('Secondary', 'Vendor@Example.com')],
      },
    }
    const { rows } = convert(nvd, { resultsPerPage: 1, vulnerabilities: [{ cve }] })
    expect(rows.map(({ source }) => source)).toEqual([undefined, 'vendor@example.com', 'nvd', 'cisa-adp'])
    expect(rows[0]).toEqual({ type: 'advisory', id: 'CVE-2026-1' })
  })

  it('says what it can not use, and that pages are missing', () => {
    const cve = { id: 'CVE-2026-1', metrics: { cvssMetricV2: [{ cvssData: { baseScore: 5 } }, { cvssData: {} }] } }
    const answer = { resultsPerPage: 2, totalResults: 40, vulnerabilities: [{ cve }, { cve: {} }] }
    const { flaws, warned } = convert(nvd, answer)
    expect(flaws.map(({ problem }) => problem)).toEqual([
      'CVE-2026-1: no lastModified dates its scores',
      'CVE-2026-1: a metric has neither baseScore nor vectorString',
      'a record of the answer has no cve.id',
    ])
    expect(warned).toEqual(['answer-cut'])
  })
})

describe('CISA KEV', () => {
  it('is read with the version of the catalogue', () => {
    expect(convert(kev, json('kev/known_exploited_vulnerabilities.json'))).toEqual({
      rows: [
        {
          type: 'known-exploited',
          id: 'CVE-2023-34192',
          due_at: '2025-03-18',
          added_at: '2025-02-25',
          catalogue: 'CISA KEV 2025.02.25',
        },
        {
          type: 'known-exploited',
          id: 'CVE-2017-3066',
          due_at: '2025-03-17',
          added_at: '2025-02-24',
          catalogue: 'CISA KEV 2025.02.25',
        },
      ],
      leftOut: [],
      flaws: [],
      // The shortened file says that it counts 1280.
      warned: ['catalogue-cut'],
    })
  })

  it('is read from CSV', () => {
    const text = fixture('kev/known_exploited_vulnerabilities.csv')
    expect(kevCsv.fits(headersOf(text))).toBe(true)
    const catalogue = 'CISA KEV'
    expect(convertTable(kevCsv, text).rows).toEqual([
      { type: 'known-exploited', id: 'CVE-2024-53104', due_at: '2025-02-26', added_at: '2025-02-05', catalogue },
      { type: 'known-exploited', id: 'CVE-2024-55591', due_at: '2025-01-21', added_at: '2025-01-14', catalogue },
    ])
  })

  it('says what is wrong with an entry', () => {
    const vulnerabilities = [{ cveID: 'CVE-2026-1' }, { dueDate: '2026-05-01' }, 7]
    const { rows, flaws, warned } = convert(kev, { catalogVersion: '1', count: 3, vulnerabilities })
    expect([rows, warned]).toEqual([[], []])
    expect(flaws.map(({ problem }) => problem)).toEqual([
      'CVE-2026-1: the entry has no dueDate',
      'an entry of the catalogue has no cveID',
      'an entry of the catalogue has no cveID',
    ])
  })
})
