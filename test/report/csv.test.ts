import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listOf } from '../../src/clauses/findings.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Report } from '../../src/model/report.ts'
import { streamCsv } from '../../src/report/csv.ts'
import { at, breachedUptime, clauseOf, findingOf, HOUR, MINUTE, reportOf, viewOf } from './fixture.ts'
import { eachReport, hostileReport } from './sarif-fixture.ts'
import { ticketOf } from './ticket-fixture.ts'

type Row = Readonly<Record<string, string>>

const csv = (report: Report): string => [...streamCsv(report, viewOf())].join('')

/** As a reader of RFC 4180 takes it, which refuses rows of other lengths. */
const rowsOf = (text: string): Row[] => parse(text, { columns: true, record_delimiter: '\r\n' })

function rowOf(finding: Partial<Finding>): Row {
  const [row, ...more] = rowsOf(csv(reportOf([clauseOf({ findings: [findingOf(finding)] })])))
  if (row === undefined || more.length > 0) throw new Error('one row')
  return row
}

const COLUMNS = [
  ...['contract', 'clause', 'kind', 'section', 'binding', 'finding', 'subject', 'promise', 'status', 'reason'],
  ...['at_risk', 'known', 'waived_until', 'waived_by', 'waived_because'],
  ...['window_start', 'window_end', 'start', 'due', 'bound'],
  ...['promised', 'promised_of', 'promised_unit', 'observed', 'observed_of', 'observed_unit'],
  ...['margin', 'margin_of', 'margin_unit', 'lowest', 'lowest_of', 'lowest_unit'],
  ...['highest', 'highest_of', 'highest_unit', 'breached_ms', 'undecided_ms'],
  ...['promised_text', 'observed_text', 'margin_text', 'headline', 'contract_line', 'evidence', 'notes'],
  ...['promised_percent', 'observed_percent', 'period', 'as_of', 'sla'],
]

describe('CSV', () => {
  it('has these columns, in this order, and lines that end as the standard says', () => {
    const text = csv(eachReport)
    expect(text.split('\r\n')[0]).toBe(COLUMNS.join(','))
    expect(text.endsWith('\r\n')).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(csv(reportOf([]))).toBe(`${COLUMNS.join(',')}\r\n`)
  })

  it('has a row for each finding, of clauses that are only observed too', () => {
    expect(rowsOf(csv(eachReport)).map(({ finding, status, binding }) => [finding, status, binding])).toEqual(
      eachReport.clauses.flatMap(({ binding, findings }) =>
        [...findings].map(({ id, status }) => [id, status, binding]),
      ),
    )
  })

  it('gives exact figures beside what people say', () => {
    const findings = [{ ...breachedUptime, undecided: [{ start: 5, end: 12 }] }]
    const clause = clauseOf({
      promise: '≥ 99.5 % a calendar month',
      section: '4.2',
      span: { file: 'acme.yaml', line: 11, column: 3, length: 6 },
      findings,
    })
    const [row] = rowsOf(csv(reportOf([clause])))
    expect(row).toEqual({
      ...Object.fromEntries(COLUMNS.map(name => [name, ''])),
      contract: 'acme-saas',
      clause: 'uptime',
      kind: 'availability',
      section: '4.2',
      binding: 'guarantee',
      finding: 'uptime/2026-05',
      status: 'breached',
      reason: 'over',
      window_start: '2026-05-01T00:00:00+02:00',
      window_end: '2026-06-01T00:00:00+02:00',
      bound: 'at-least',
      promised: '995',
      promised_of: '1000',
      promised_unit: 'ratio',
      // 744 h and 4 h 20 min less.
      observed: '2662800000',
      observed_of: '2678400000',
      observed_unit: 'ratio',
      promised_percent: '99.5',
      observed_percent: '99.41',
      margin: '-2208000',
      margin_unit: 'ms',
      breached_ms: '2208000',
      undecided_ms: '7',
      promised_text: '>= 99.5 % a calendar month',
      observed_text: '99.41 %',
      margin_text: '36m 48s over the allowance',
      headline: '4h 20m of 3h 43m 12s used',
      contract_line: 'acme.yaml:11',
      evidence: 'outages.csv:12',
      notes: 'the end of OUT-23 was read as ambiguous',
      period: '2026-05',
      as_of: '2026-06-02T09:00:00+02:00',
      sla: '0.1.0',
    })
  })

  it('splits every unit into numbers and the unit', () => {
    const figures = (quantity: Finding['promised']): readonly (string | undefined)[] => {
      const row = rowOf({
        promised: quantity,
        observed: quantity,
        margin: quantity,
        bounds: { lowest: quantity, highest: quantity },
      })
      const of = (name: string) => [row[name], row[`${name}_of`], row[`${name}_unit`]]
      for (const name of ['observed', 'margin', 'lowest', 'highest']) expect(of(name)).toEqual(of('promised'))
      return of('promised')
    }
    expect(figures({ unit: 'ms', value: -5 })).toEqual(['-5', '', 'ms'])
    expect(figures({ unit: 'count', value: 3 })).toEqual(['3', '', 'count'])
    expect(figures({ unit: 'ratio', part: 18, of: 20 })).toEqual(['18', '20', 'ratio'])
    expect(figures({ unit: 'decimal', value: '-0.25', of: 'ms' })).toEqual(['-0.25', 'ms', 'decimal'])
    expect(figures({ unit: 'money', minor: -1250, currency: 'EUR' })).toEqual(['-1250', '', 'EUR'])
    expect(figures({ unit: 'none', text: '= as agreed' })).toEqual(['', '', ''])
  })

  it('spells its own signs in ASCII, and lets those of the evidence be', () => {
    const row = rowOf({ subject: 'Zürich – ≥ 3', notes: ['at most 3 – 5 · × ü', '≥ 99.5 %…'] })
    expect(row.subject).toBe('Zürich – ≥ 3')
    expect(row.notes).toBe('at most 3 - 5 - x ü; >= 99.5 %...')
  })

  it('has words in the texts only, and percentages rounded toward the breach', () => {
    const row = rowOf({
      promised: { unit: 'none', text: 'a copy elsewhere' },
      observed: { unit: 'none', text: 'no copy' },
    })
    expect([row.promised, row.observed, row.promised_percent, row.observed_percent]).toEqual(['', '', '', ''])
    // 99.4999 % is not 99.50 %.
    const near = rowOf({
      promised: { unit: 'ratio', part: 995, of: 1000 },
      observed: { unit: 'ratio', part: 994_999, of: 1_000_000 },
    })
    expect([near.promised_percent, near.observed_percent]).toEqual(['99.5', '99.49'])
  })

  it('tells what is waived, known and at risk', () => {
    const rows = new Map(rowsOf(csv(eachReport)).map(row => [row.finding, row]))
    expect(rows.get('uptime/2026-02')).toMatchObject({ status: 'breached', known: 'yes', waived_until: '' })
    expect(rows.get('uptime/2026-03')).toMatchObject({
      status: 'waived',
      waived_until: '2026-06-30',
      waived_by: 'J. Doe',
      waived_because: 'moved house',
      margin_text: '36m 48s over the allowance',
    })
    expect(rows.get('uptime/2026-06')).toMatchObject({ status: 'met', at_risk: 'yes' })
    expect(rows.get('uptime/2026-05')).toMatchObject({ known: '', at_risk: '' })
  })

  it('names start and due with the offset of the contract, and the rows', () => {
    const row = rowOf({ start: at('2026-03-29T00:30:00Z'), due: at('2026-03-29T01:30:00.250Z') })
    expect([row.start, row.due]).toEqual(['2026-03-29T01:30:00+01:00', '2026-03-29T03:30:00.250+02:00'])
    expect(
      rowOf({
        evidence: [
          { input: 0, line: 3, to: 9 },
          { input: 1, item: 4 },
          { input: 1, line: 1, item: 2 },
        ],
      }).evidence,
    ).toBe('outages.csv:3-9, maintenance.csv record 4, maintenance.csv record 2')
    const evidence = Array.from({ length: 23 }, (_, i) => ({ input: 0, line: i + 2 }))
    expect(rowOf({ evidence }).evidence).toMatch(/^outages\.csv:2, .*, outages\.csv:21 and 3 more$/)
  })

  it.each([
    ['=HYPERLINK("http://evil")', '\'=HYPERLINK("http://evil")'],
    ['+1+1', "'+1+1"],
    ['-1+1', "'-1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\\t=1"],
    ['\r=1', "'\\r=1"],
    ['\n=1', "'\\n=1"],
    ['\u0000=1', "'\\x00=1"],
    ['  =1', "'  =1"],
    ['＝1', "'＝1"],
    ['＠SUM(A1)', "'＠SUM(A1)"],
    ['a;=1+1;b', "a;'=1+1;b"],
    ['a; @b;\t-c', "a; '@b;\\t'-c"],
    ['a=b-c@d', 'a=b-c@d'],
    ['-5', '-5'],
    ['-5.25', '-5.25'],
    ['-5e3', "'-5e3"],
    ['a "b", c', 'a "b", c'],
    ['\u202eabc', '\\u202eabc'],
    ['\ud800', '\\ud800'],
    ["it's", "it's"],
  ])('%j is no formula', (text, cell) => {
    expect(rowOf({ subject: text }).subject).toBe(cell)
    expect(rowOf({ notes: [text] }).notes).toBe(cell)
  })

  it('stays whole with any text', () => {
    const signs = fc.constantFrom(...'=+-@;,"\'\t\r\n\u0000 a1＝\u2028\u202e\ud800'.split(''))
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.array(signs, { maxLength: 12 }).map(all => all.join('')),
    )
    fc.assert(
      fc.property(text, text, text, (id, subject, note) => {
        const out = csv(reportOf([clauseOf({ findings: [findingOf({ id, subject, notes: [note] }), breachedUptime] })]))
        expect(out.replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u)
        const rows = rowsOf(out)
        expect(rows).toHaveLength(2)
        for (const cell of rows.flatMap(row => Object.values(row))) {
          expect(cell).not.toMatch(/^\s*[=+@＝＋－＠]|^\s*-(?!\d+(\.\d+)?$)|;\s*[=+@＝＋－＠-]/)
        }
        // Without what was put before it a plain text is what it was.
        if (/^[a-z\d;,"= +-]*$/.test(subject)) expect(rows[0]?.subject?.replaceAll(/(^|; *)'/g, '$1')).toBe(subject)
      }),
      { numRuns: 200 },
    )
  })

  it('cuts what no cell can hold', () => {
    const cell = rowOf({ subject: `=${'x'.repeat(50_000)}` }).subject ?? ''
    expect(cell.length).toBeLessThan(32_768)
    expect(cell.startsWith("'=xxx")).toBe(true)
    expect(cell.endsWith('x…')).toBe(true)
    expect(rowOf({ subject: 'x'.repeat(20_000) }).subject).toHaveLength(20_000)
  })

  it('lets no text of others break out', () => {
    const text = csv(hostileReport())
    expect(rowsOf(text)).toHaveLength(2)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
  })

  it('makes one finding at a time', () => {
    let made = 0
    const findings = listOf(1000, i => {
      made++
      return ticketOf({ subject: `T-${i}`, start: i * HOUR, due: i * HOUR + MINUTE })
    })
    let lines = 0
    for (const line of streamCsv(reportOf([{ ...clauseOf({ findings: [] }), findings }]), viewOf())) {
      expect(line.endsWith('\r\n')).toBe(true)
      expect(made).toBe(lines++)
    }
    expect(lines).toBe(1001)
  })
})
