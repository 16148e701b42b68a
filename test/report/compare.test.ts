import { parse as parseCsv } from 'csv-parse/sync'
import fc from 'fast-check'
import { HtmlValidate } from 'html-validate'
import { describe, expect, it } from 'vitest'
import { comparisonSchema } from '../../src/compare/schema.ts'
import type { Comparison, Envelope, EnvelopeValue, ReplayVerdict } from '../../src/model/comparison.ts'
import type { Status } from '../../src/model/finding.ts'
import { type CompareView, compareFormats } from '../../src/report/compare/index.ts'
import { displayWidth } from '../../src/report/printable.ts'
import type { Colours } from '../../src/report/view.ts'
import { comparisonOf, contractOf, nothing, promised, rowOf, three, versions } from './compare-fixture.ts'
import { at, viewOf } from './fixture.ts'
import { named, readHtml, valuesOf } from './html-reader.ts'

async function written(comparison: Comparison, format = 'pretty', view: Partial<CompareView> = {}): Promise<string> {
  const render = await compareFormats[format]?.load()
  const text = render?.(comparison, { ...viewOf(), ...view }) ?? ''
  return typeof text === 'string' ? text : [...text].join('')
}

async function linesOf(comparison: Comparison, view: Partial<CompareView> = {}): Promise<readonly string[]> {
  return (await written(comparison, 'pretty', view)).split('\n')
}

/** Where a text begins on the line that has it. */
function columnOf(lines: readonly string[], text: string): number {
  const line = lines.find(one => one.includes(text))
  if (line === undefined) throw new Error(`no line with ${text}`)
  return line.indexOf(text)
}

describe('the matrix', () => {
  it('has a column for each contract', async () => {
    const lines = await linesOf(three, { width: 120 })
    const head = lines.find(line => /^ +acme +boreal +cobalt$/.test(line)) ?? ''
    expect(columnOf(lines, '≥ 99.5 % a calendar month')).toBe(head.indexOf('acme'))
    expect(columnOf(lines, '≥ 99.9 % a calendar month')).toBe(head.indexOf('boreal'))
    expect(columnOf(lines, '○ ≥ 99.8 % a calendar year')).toBe(head.indexOf('cobalt'))
    expect(columnOf(lines, '~ incomparable [1,2]')).toBe(head.indexOf('boreal'))
    expect(columnOf(lines, '–  ✖ missing')).toBe(head.indexOf('cobalt'))
  })

  it('names who alone promises something', async () => {
    const lines = await linesOf(three, { width: 120 })
    expect(lines).toContain('  audit  cobalt  once a year ★  + added')
  })

  it('turns on its side where it does not fit', async () => {
    const lines = await linesOf(three, { width: 60 })
    const at = lines.indexOf('  P1 respond')
    expect(lines.slice(0, at).filter(line => /^ +acme +boreal/.test(line))).toEqual([])
    expect(lines.slice(at + 1, at + 4).map(line => line.replaceAll(/ +/g, ' '))).toEqual([
      ' acme 2h of support hours',
      ' boreal 1h of support hours ★ ↑ stronger (searched)',
      ' ✖ missing: cobalt',
    ])
  })

  it('says what its signs claim, and only of those that it has', async () => {
    const text = await written(three)
    for (const word of ['★', '▲', '○', 'searched']) expect(text).toMatch(new RegExp(`^  ${word} +[a-z]`, 'm'))
    const plainOnes = comparisonOf({
      contracts: [contractOf('acme'), contractOf('boreal')],
      rows: [rowOf('a', 'A', 'a', [promised('x'), promised('x', { relation: 'equal' })])],
    })
    expect(await written(plainOnes)).not.toMatch(/★|▲|○|searched/)
  })

  it('is never wider than the page', async () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 60 })
    const cell = fc
      .record({ text: texts, rules: fc.array(texts, { maxLength: 2 }) })
      .map(({ text, rules }) => promised(text, { rules, relation: 'weaker' }))
    const contracts = fc.integer({ min: 2, max: 6 })
    await fc.assert(
      fc.asyncProperty(
        contracts.chain(n => fc.array(fc.array(cell, { minLength: n, maxLength: n }), { minLength: 1, maxLength: 3 })),
        fc.integer({ min: 60, max: 140 }),
        async (rows, width) => {
          const ids = (rows[0] ?? []).map((_, i) => contractOf(`contract-${i}`))
          const list = rows.map((cells, i) => rowOf(`row-${i}`, 'Subject', `row ${i}`, cells))
          for (const line of await linesOf(comparisonOf({ contracts: ids, rows: list }), { width })) {
            expect(displayWidth(line)).toBeLessThanOrEqual(width)
          }
        },
      ),
      { seed: 7, numRuns: 60 },
    )
  })

  it('says in words what it says in colours', async () => {
    const mark = (text: string): string => `\u001b[1m${text}\u001b[0m`
    const colour: Colours = { red: mark, green: mark, yellow: mark, cyan: mark, dim: mark, bold: mark }
    for (const comparison of [three, versions]) {
      const painted = (await written(comparison, 'pretty', { colour })).replaceAll(/\p{Cc}\[\dm/gu, '')
      const plainText = await written(comparison)
      expect(painted.replaceAll(/ +$/gm, '')).toBe(plainText)
    }
  })

  it('takes ASCII signs where only those can be shown', async () => {
    for (const width of [60, 120]) expect(await written(three, 'pretty', { ascii: true, width })).toMatch(/^[\n -~]*$/)
  })
})

describe('beside the matrix', () => {
  it('tells the worst cases, where they lie and what is permitted beside', async () => {
    const text = await written(three, 'pretty', { width: 120 })
    expect(text).toContain('The worst that each permits in 2026 without a breach')
    expect(text).toContain('3h 43m 30s  2026-10')
    expect(text).toContain('+ unlimited, if announced')
    expect(text).toContain('44m 42s ★ (a)')
    expect(text).toMatch(/^ {2}a {2}as long in every month of 31 days$/m)
    expect(text).toContain('Fri 23 Oct 18:30+02:00 – Mon 26 Oct 09:30+01:00')
  })

  it('tells each log in one sentence, and where it is', async () => {
    const text = await written(three, 'pretty', { witnesses: 'proofs/' })
    expect(text).toContain('[1] one outage of 4h, announced: breaches acme, not boreal\n')
    expect(text).toContain('[2] one outage of 1h: breaches boreal, not acme\n')
    expect(text).toContain(' proofs/01-availability.csv\n')
    expect(text).toContain(' proofs/02-availability.csv\n')
    expect(text).toContain(' proofs/02-availability-boreal.csv\n')
    expect(text).toContain('proofs/README.md')
    expect(await written(three)).toContain('--witness DIR')
  })

  it('judges one history', async () => {
    const text = await written(three, 'pretty', { width: 120 })
    expect(text).toContain('✔ met')
    expect(text).toContain('✖ breached 2 of 3')
    expect(text).toContain('worst 36m 48s over')
    expect(text).toContain('from Tue 7 Apr 2026 09:00')
  })

  it('ends with how many stand how, the worst first', async () => {
    const lines = await linesOf(three)
    const at = lines.lastIndexOf('Against acme')
    expect(lines.slice(at + 1, at + 3)).toEqual([
      '  boreal  ~ 1 incomparable  ↑ 1 stronger  = 1 equal',
      '  cobalt  ↓ 1 weaker  ✖ 1 missing  ? 1 not decidable  + 1 added',
    ])
  })
})

describe('what is best', () => {
  const best = { best: true } as const
  const rows = [
    rowOf('support/P1/respond', 'Support', 'P1 respond', [
      promised('1h wanted'),
      promised('2h given', { relation: 'weaker' }),
      nothing('missing'),
    ]),
    rowOf('support/P2/respond', 'Support', 'P2 respond', [
      promised('4h wanted'),
      promised('2h given', { relation: 'stronger', ...best }),
      promised('4h given', { relation: 'equal' }),
    ]),
  ]
  const envelope: readonly Envelope[] = [
    {
      ...{ key: 'downtime/month', subject: 'Availability', name: 'downtime in one month' },
      values: ['1h', '2h', '3h'].map((text, i) => ({ ms: 3_600_000 * (i + 1), text, notes: [], ...(i === 1 && best) })),
    },
  ]
  const contracts = [contractOf('wanted', { kind: 'Baseline' }), contractOf('boreal'), contractOf('cobalt')]

  it('is marked in every format', async () => {
    for (const format of ['pretty', 'markdown', 'html', 'csv']) {
      const text = await written(comparisonOf({ contracts, rows, envelope }), format, { width: 120 })
      expect(text).toMatch(format === 'csv' ? /2h given.*,yes,/ : /2h given(<[^>]*>)*.★/)
      expect(text).toMatch(format === 'csv' ? /,2h,.*,yes,/ : /2h(<[^>]*>)*.★/)
    }
    expect(await written(comparisonOf({ contracts, rows }), 'pretty', { quiet: true })).toContain('the baseline\n')
  })

  it('is said to be so among offers where there is a baseline', async () => {
    const claim = (of: readonly ReturnType<typeof contractOf>[]) =>
      written(comparisonOf({ contracts: of, rows, envelope }), 'pretty', { width: 120 })
    expect(await claim(contracts)).toContain('as strong as every other offer of its row')
    expect(await claim(contracts.map(({ id }) => contractOf(id)))).toContain('as strong as every other of its row')
  })
})

describe('notes', () => {
  const value = (text: string, notes: readonly string[], beside?: string): EnvelopeValue => ({
    ...{ ms: 1, text, notes },
    ...(beside !== undefined && { beside }),
  })

  it('say nothing twice, in the order of their letters', async () => {
    const key = { key: 'downtime/longest', subject: 'Availability', name: 'longest outage' }
    const both = ['an objective only: it binds nothing', 'an objective only']
    const other = value('2h', ['as long in June', both[0] ?? ''])
    const envelope = [{ ...key, values: [value('1h', both), other, other] }]
    const text = await written(comparisonOf({ envelope }), 'pretty', { width: 120 })
    expect(text).toMatch(/1h \(a\) +2h \(a,b\)/)
    expect(text).toMatch(/^ {2}a {2}an objective only: it binds nothing\n {2}b {2}as long in June$/m)
    expect(text).not.toMatch(/an objective only$/m)
  })

  it('hold what is permitted on top of a figure that one contract alone gives', async () => {
    const key = { key: 'support/P1/resolve-wall', subject: 'Support', name: 'P1 longest wait' }
    const none: EnvelopeValue = { text: 'not promised', notes: [] }
    const envelope = [{ ...key, values: [none, value('3d 17h', [], 'unlimited, while it waits'), none] }]
    const lines = await linesOf(comparisonOf({ envelope }))
    expect(lines).toContain('  P1 longest wait  boreal  3d 17h + (a)')
    expect(lines).toContain('  a  + unlimited, while it waits')
  })

  it('are not about promises where a contract has no dates', async () => {
    const dates = { state: 'promised', text: '1 Jan 2026 – 31 Dec 2026', rules: [], witnesses: [] } as const
    const rows = [rowOf('term', 'Term', 'in force', [dates, dates, nothing()])]
    const text = await written(comparisonOf({ rows }), 'pretty', { width: 48 })
    expect(text).toContain('– no dates: cobalt')
    expect(text).not.toContain('not promised')
  })
})

describe('the essence', () => {
  const year: Envelope = {
    key: 'downtime/year',
    subject: 'Availability',
    name: 'downtime in the year',
    values: [
      { ms: 157_680_000, text: '1d 19h 48m', beside: 'unlimited, if announced', notes: [] },
      { ms: 31_536_000, text: '8h 45m 36s', notes: ['an objective only: it binds nothing'] },
      { text: 'not promised', notes: [] },
    ],
  }

  it('tells of each contract how it stands, where it is best, what it breaks and the downtime that it permits', async () => {
    const lines = await linesOf({ ...three, envelope: [year] }, { quiet: true, width: 110 })
    expect(lines.slice(lines.indexOf('Against acme') + 1)).toEqual([
      '  acme    the base',
      '          ✔ none of 1 promise broken',
      '          downtime in the year: 1d 19h 48m + unlimited, if announced',
      '  boreal  ~ 1 incomparable  ↑ 1 stronger  = 1 equal  ★ best in 1 row',
      '          ✖ 1 of 1 promise broken, first availability from Tue 7 Apr 2026 09:00, at worst 36m 48s over',
      '          downtime in the year: 8h 45m 36s (an objective only: it binds nothing)',
      '  cobalt  ↓ 1 weaker  ✖ 1 missing  ? 1 not decidable  + 1 added  ★ best in 1 row',
      '          the history concerns no promise',
      '          downtime in the year: not promised',
      '',
    ])
  })

  it('stands above the matrix where more than two are compared', async () => {
    const above = (lines: readonly string[]): boolean =>
      lines.some((line, i) => line === 'Against acme' && i < lines.indexOf('Availability'))
    expect(above(await linesOf(three))).toBe(true)
    const contracts = three.contracts.slice(0, 2)
    const rows = three.rows.map(row => ({ ...row, cells: row.cells.slice(0, 2) }))
    const two = await linesOf({ ...three, contracts, rows, envelope: [], replay: [] })
    expect(above(two)).toBe(false)
    expect(two.filter(line => line === 'Against acme')).toHaveLength(1)
  })

  it('never takes what was not judged for kept', async () => {
    const verdict = (status: Status, breached = 0, judged = 1, more: object = {}): ReplayVerdict => ({
      ...{ status, breached, judged },
      ...more,
    })
    const told = async (...verdicts: readonly ReplayVerdict[]): Promise<string> => {
      const replay = verdicts.map((one, i) => ({
        ...{ key: i === 0 ? 'availability' : `support/P${i}/respond`, subject: 'Support', name: `P${i} respond` },
        verdicts: [verdict('met'), verdict('met'), one],
      }))
      const lines = await linesOf({ ...three, envelope: [], replay }, { quiet: true, width: 160 })
      return lines.at(-2)?.trim() ?? ''
    }
    expect(await told(verdict('met'), verdict('unverified'))).toBe('? none of 2 promises broken; 1 unverified')
    expect(await told(verdict('pending'), verdict('not-applicable', 0, 0))).toBe(
      '… none of 2 promises broken; 1 pending, 1 not applicable',
    )
    const [may, june] = [at('2026-05-04T09:00:00+02:00'), at('2026-06-01T09:00:00+02:00')]
    const late = verdict('breached', 1, 4, { first: june, worst: '2h over' })
    const early = verdict('breached', 3, 4, { first: may, worst: '1h over' })
    // Availability is an objective of cobalt.
    expect(await told(late, early, verdict('unverified'), verdict('unverified'))).toBe(
      '✖ 2 of 4 promises broken (one objective among them), first Support: P1 respond from Mon 4 May 2026 09:00, at worst 1h over; 2 unverified',
    )
  })

  it('tells it of both versions of a contract', async () => {
    const replay = (three.replay ?? []).map(row => ({ ...row, verdicts: row.verdicts.slice(0, 2) }))
    const lines = await linesOf({ ...versions, replay }, { quiet: true, width: 120 })
    expect(lines).toContain('  2025  ✔ none of 1 promise broken')
    expect(lines).toContain(
      '        ✖ 1 of 1 promise broken, first availability from Tue 7 Apr 2026 09:00, at worst 36m 48s over',
    )
  })
})

describe('two versions of one contract', () => {
  it('says what became of each promise', async () => {
    const lines = (await linesOf(versions)).map(line => line.trim().replaceAll(/ {2,}/g, '  '))
    expect(lines).toContain('From 2025 → 2026')
    expect(lines).toContain('↑ stricter  P1 respond (tickets)  4h → 2h')
    expect(lines).toContain('= reworded  P3 respond (tickets)  60min → 1h')
    expect(lines).toContain('↓ laxer  availability (up)  ≥ 99.9 % → ≥ 99.5 %')
    expect(lines).toContain('it permits more downtime')
    expect(lines).toContain('[1] one outage of 4h, announced: breaches 2025, not 2026')
    expect(lines).toContain('✖ dropped  audit (clause)  once a year')
    expect(lines).toContain('+ added  scan (clause)  once a month')
  })

  it('says what each says below each other where a line has no room for it', async () => {
    const long = (target: string): string => `≥ ${target} a calendar month, without planned-maintenance`
    const row = rowOf('availability', 'Availability', 'availability', [
      promised(long('99.9 %'), { clause: 'up' }),
      promised(long('99.5 %'), { clause: 'uptime', relation: 'weaker', rules: ['the base permits less'] }),
    ])
    const lines = await linesOf({ ...versions, rows: [row], envelope: [] })
    const from = lines.findIndex(line => line.includes('laxer'))
    expect(lines.slice(from, from + 4)).toEqual([
      '    ↓ laxer  availability (up → uptime)',
      `        2025  ${long('99.9 %')}`,
      `        2026  ${long('99.5 %')}`,
      '        2025 permits less',
    ])
  })

  it('tells what is renamed or changed, and words that stay as they were as unchanged', async () => {
    const vague = { ...promised('best effort', { clause: 'tickets' }), state: 'not-auditable' } as const
    const rows = [
      rowOf('control/scan', 'Controls', 'scan', [
        promised('once a month', { clause: 'scans' }),
        promised('once a month', { clause: 'monthly-scan', relation: 'equal', rules: ['the same in every field'] }),
      ]),
      rowOf('support/P4/resolve', 'Support', 'P4 resolve', [vague, { ...vague, relation: 'not-decidable' }]),
      rowOf('term', 'Term', 'in force', [
        { state: 'promised', text: '1 Jan 2025 – 31 Dec 2025', rules: [], witnesses: [] },
        { state: 'promised', text: '1 Jan 2026 – 31 Dec 2026', rules: [], witnesses: [] },
      ]),
    ]
    const lines = await linesOf({ ...versions, rows, envelope: [], witnesses: [] })
    const plain = lines.map(line => line.trim().replaceAll(/ {2,}/g, '  '))
    expect(plain).toContain('= renamed  scan (scans → monthly-scan)  once a month')
    expect(plain).toContain('1 promise is unchanged: Support: P4 resolve')
    expect(plain).toContain('2026  = 1 renamed  = 1 unchanged')
    const at = plain.findIndex(line => line.startsWith('→ changed  in force'))
    expect(plain.slice(at, at + 3).join(' ')).toContain('1 Jan 2025 – 31 Dec 2025')
    const html = await written({ ...versions, rows, envelope: [], witnesses: [] }, 'html')
    for (const word of ['= renamed', '→ changed', '= unchanged']) expect(html).toContain(word)
    const markdown = await written({ ...versions, rows, envelope: [], witnesses: [] }, 'markdown')
    for (const word of ['= renamed', '→ changed', '_1 promise is unchanged._']) expect(markdown).toContain(word)
    expect(markdown).not.toContain('best effort')
  })

  it('counts all figures where none has changed', async () => {
    const envelope = versions.envelope.slice(0, 1)
    expect(await written({ ...versions, envelope })).toContain('without a breach\n  1 figure is unchanged\n')
  })

  it('folds what is unchanged', async () => {
    const text = await written(versions)
    expect(text).toContain('1 promise is unchanged: Support: P2 respond')
    expect(text).not.toContain('8h')
    expect(text).toContain('downtime in a year')
    expect(text).not.toContain('downtime in a month')
    expect(text).toContain('1 other figure is unchanged')
  })

  it('tells them apart by their files where they have no versions', async () => {
    const contracts = [contractOf('acme', { file: 'old.yaml' }), contractOf('acme', { file: 'new.yaml' })]
    expect(await written({ ...versions, contracts })).toContain('From old.yaml → new.yaml')
    const twice = [contractOf('acme'), contractOf('acme')]
    expect(await written({ ...versions, contracts: twice })).toContain(
      'From contracts/acme.yaml → contracts/acme.yaml (2)',
    )
  })
})

describe('for machines', () => {
  it('writes JSON that the schema knows', async () => {
    const { replay, ...rest } = three
    const read = JSON.parse(await written({ ...rest, replay: [] }, 'json'))
    expect(read).toEqual({ ...rest, replay: [] })
    expect(comparisonSchema.safeParse(JSON.parse(await written(three, 'json'))).success).toBe(true)
    expect(replay?.[0]?.verdicts[2]).toBeUndefined()
  })

  it('writes CSV with a row for each cell', async () => {
    const rows: Record<string, string>[] = parseCsv(await written(three, 'csv'), { columns: true, bom: true })
    const parts = rows.map(({ part }) => part)
    // 4 rows and 2 rows of 3 cells; of the history the two contracts that promise it.
    expect(['promise', 'worst-case', 'history'].map(name => parts.filter(part => part === name).length)).toEqual([
      12, 6, 2,
    ])
    expect(rows[1]).toMatchObject({ contract: 'boreal', base: '', relation: 'incomparable', witnesses: '1 2' })
    expect(rows[1]?.contract_line).toBe('contracts/boreal.yaml:12')
    expect(rows[12]).toMatchObject({
      part: 'worst-case',
      ms: '13410000',
      start: '2026-10-01T00:00:00+02:00',
      base: 'yes',
    })
    expect(rows.at(-1)).toMatchObject({ status: 'breached', breached: '2', judged: '3', finding: 'up/2026-04' })
  })
})

describe('a spreadsheet', () => {
  it('is given our own signs in ASCII, and figures in columns of their own', async () => {
    const out = await written(three, 'csv')
    expect(out).toMatch(/^[\r\n -~]*$/)
    const rows: Record<string, string>[] = parseCsv(out, { columns: true })
    expect(rows[0]?.text).toBe('>= 99.5 % a calendar month')
    for (const { ms, breached, judged } of rows) for (const one of [ms, breached, judged]) expect(one).toMatch(/^\d*$/)
  })
})

describe('Markdown', () => {
  it('says of each contract how it stands, where it is best and what it breaks', async () => {
    const lines = (await written(three, 'markdown')).split('\n')
    expect(lines).toContain(
      '- **boreal**  (`contracts/boreal.yaml`): 1 incomparable, 1 stronger, 1 equal · ★ best in 1 row · ✖ 1 of 1 promise broken, first availability from Tue 7 Apr 2026 09:00, at worst 36m 48s over',
    )
  })

  it('has tables with a cell for each contract', async () => {
    const text = await written(three, 'markdown')
    const rows = text.split('\n').filter(line => line.startsWith('|'))
    // Heads and rules of three tables, four promises, two worst cases, one verdict.
    expect(rows).toHaveLength(3 * 2 + 4 + 2 + 1)
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(5)
    expect(text).toContain('### Comparison for 2026: boreal, cobalt against acme\n')
    expect(text).toContain('incomparable (logs 1, 2)')
    expect(text).toContain('  - log 2: one outage of 1h: breaches boreal, not acme\n')
  })

  it('is short enough for a comment, and counts what it leaves out', async () => {
    const cells = [promised('x'.repeat(250)), promised('y'.repeat(250), { relation: 'weaker' }), nothing('missing')]
    const rows = Array.from({ length: 500 }, (_, i) => rowOf(`row/${i}`, 'Subject', `row ${i}`, cells))
    const text = await written(comparisonOf({ rows }), 'markdown')
    expect(text.length).toBeLessThan(60_000)
    expect(text).toMatch(/_\d+ more rows not shown here\._/)
  })
})

describe('the page', () => {
  it('is valid HTML, with a target for every link', async () => {
    const validator = new HtmlValidate({ root: true, extends: ['html-validate:recommended', 'html-validate:document'] })
    for (const comparison of [three, versions, comparisonOf()]) {
      const html = await written(comparison, 'html', { witnesses: 'proofs' })
      const { results } = await validator.validateString(html)
      expect(results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`))).toEqual(
        [],
      )
      const tags = readHtml(html)
      const ids = valuesOf(tags, 'id')
      expect(new Set(ids).size).toBe(ids.length)
      for (const href of valuesOf(tags, 'href')) expect(ids).toContain(href.slice(1))
    }
  })

  it('links promises to the logs that tell them apart', async () => {
    const tags = readHtml(await written(three, 'html', { witnesses: 'proofs' }))
    const log = tags.find(({ attributes }) => attributes.get('id') === 'log-1')
    expect(log?.text).toContain('one outage of 4h, announced: breaches acme, not boreal')
    expect(log?.text).toContain('proofs/01-availability.csv')
    expect(log?.text).toContain('2026-01-10T14:00:00+01:00')
    expect(named(tags, 'a').filter(({ attributes }) => attributes.get('href') === '#log-1').length).toBeGreaterThan(0)
  })
})
