import { parse as parseCsv } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { comparisonSchema } from '../../src/compare/schema.ts'
import type { Comparison, ReplayedHistory } from '../../src/model/comparison.ts'
import { type CompareView, compareFormats } from '../../src/report/compare/index.ts'
import { comparisonOf, contractOf, promised, rowOf, three } from './compare-fixture.ts'
import { at, viewOf } from './fixture.ts'

async function written(comparison: Comparison, format: string, view: Partial<CompareView> = {}): Promise<string> {
  const render = await compareFormats[format]?.load()
  const text = render?.(comparison, { ...viewOf(), ...view }) ?? ''
  return typeof text === 'string' ? text : [...text].join('')
}

const digest = 'cd'.repeat(32)
const april = {
  start: at('2026-04-01T00:00:00+02:00'),
  end: at('2026-05-01T00:00:00+02:00'),
  stated: true,
  text: '2026-04',
}
const history: ReplayedHistory = {
  asOf: at('2026-05-01T00:00:00+02:00'),
  periods: [april, april, april],
  inputs: [
    { file: 'evidence/outages.csv', sha256: digest, rows: 1204 },
    { file: 'evidence/tickets.csv', sha256: 'ef'.repeat(32), rows: 1 },
  ],
}
const judged: Comparison = { ...three, history }

describe('what history was judged', () => {
  it.each(['pretty', 'markdown', 'html'])('stands on the page: %s', async format => {
    const text = (await written(judged, format, { width: 160 })).replaceAll('\\', '')
    expect(text).toContain('2026-04, as of the end of 2026-04-30; 2 files, 1,205 rows')
    expect(text).toContain('evidence/outages.csv')
    expect(text).toContain(digest.slice(0, 12))
    expect(text).not.toContain('dates of contracts')
    expect(await written(three, format)).not.toContain('as of the end of 2026-04-30')
  })

  it('stands where only the summary does, in one line', async () => {
    const lines = (await written(judged, 'pretty', { width: 120, quiet: true })).split('\n')
    expect(lines).toContain('  history: 2026-04, as of the end of 2026-04-30; 2 files, 1,205 rows')
    expect(lines.filter(line => line.includes('outages.csv'))).toEqual([])
  })

  it('has its digests in full where more is asked for', async () => {
    expect(await written(judged, 'pretty', { width: 160 })).not.toContain(digest)
    expect(await written(judged, 'pretty', { width: 160, verbose: 1 })).toContain(digest)
    for (const format of ['markdown', 'html', 'csv', 'json']) expect(await written(judged, format)).toContain(digest)
  })

  it('says that dates of contracts are ignored where there are any', async () => {
    const [first = contractOf('acme'), ...others] = three.contracts
    const contracts = [{ ...first, term: { start: at('2026-06-01T00:00:00+02:00') } }, ...others]
    for (const format of ['pretty', 'markdown', 'html']) {
      const text = await written({ ...judged, contracts }, format, { width: 200 })
      expect(text).toContain('dates of contracts are ignored, each is taken as in force throughout')
    }
  })

  it('tells periods apart where they differ, and zones', async () => {
    const from = at('2026-04-02T10:00:00+02:00')
    const to = at('2026-04-03T11:30:00+02:00')
    const rows = { start: from, end: to, stated: false, text: 'first to last row' }
    const apart = await written({ ...three, history: { ...history, periods: [april, rows, undefined] } }, 'pretty', {
      width: 200,
    })
    expect(apart).toContain(
      '2026-04 (acme), first to last row (Thu 2 Apr 2026 10:00 to Fri 3 Apr 2026 11:30) (boreal), as of',
    )
    const contracts = [contractOf('acme'), contractOf('boreal', { timezone: 'Asia/Tokyo' }), contractOf('cobalt')]
    expect(await written({ ...judged, contracts }, 'markdown')).toContain('2026-04 in the time zone of each, as of')
  })

  it('is in CSV beside each verdict, with a row for each file', async () => {
    const rows: Record<string, string>[] = parseCsv(await written(judged, 'csv'), { columns: true, bom: true })
    const verdicts = rows.filter(({ part }) => part === 'history')
    expect(verdicts.map(({ period, as_of: asOf }) => [period, asOf])).toEqual([
      ['2026-04', '2026-05-01T00:00:00+02:00'],
      ['2026-04', '2026-05-01T00:00:00+02:00'],
    ])
    expect(rows.filter(({ part }) => part === 'evidence').map(({ file, rows: count }) => [file, count])).toEqual([
      ['evidence/outages.csv', '1204'],
      ['evidence/tickets.csv', '1'],
    ])
  })

  it('is in JSON as the schema says', async () => {
    const read = JSON.parse(await written(judged, 'json'))
    expect(read.history).toEqual(history)
    expect(comparisonSchema.safeParse(read).success).toBe(true)
  })
})

describe('logs of other zones in HTML', () => {
  it('have no machine stamps in their sentences', async () => {
    const [log] = three.witnesses
    if (log === undefined) throw new Error('no log')
    const text = '2026-02-01T00:00:00+01:00..2026-03-01T00:00:00+01:00'
    const period = { start: at('2026-02-01T00:00:00+01:00'), end: at('2026-03-01T06:00:00+01:00'), text }
    const asOf = at('2026-03-01T06:00:00+01:00')
    const html = await written({ ...three, witnesses: [{ ...log, period, asOf }] }, 'html')
    expect(html).toContain('Sun 1 Feb 2026 00:00 – Sun 1 Mar 2026 06:00, as of Sun 1 Mar 2026 06:00')
    expect(html).not.toContain(text)
  })
})

describe('two versions', () => {
  it('count alike what is unchanged, in the list and below it', async () => {
    const contracts = [contractOf('acme', { version: '1' }), contractOf('acme', { version: '2' })]
    const dates = { ...promised('from 1 Jan 2026') }
    const rows = [
      rowOf('availability', 'Availability', 'availability', [
        promised('≥ 99.5 %'),
        promised('≥ 99.5 %', { relation: 'equal' }),
      ]),
      rowOf('term', 'Term', 'term', [dates, dates]),
    ]
    const text = await written(comparisonOf({ contracts, rows }), 'pretty', { width: 120 })
    expect(text).toContain('2 promises are unchanged')
    expect(text).toContain('= 2 unchanged')
  })
})
