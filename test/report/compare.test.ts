import { parse as parseCsv } from 'csv-parse/sync'
import fc from 'fast-check'
import { HtmlValidate } from 'html-validate'
import { describe, expect, it } from 'vitest'
import { comparisonSchema } from '../../src/compare/schema.ts'
import type { Comparison } from '../../src/model/comparison.ts'
import { type CompareView, compareFormats } from '../../src/report/compare/index.ts'
import { displayWidth } from '../../src/report/printable.ts'
import type { Colours } from '../../src/report/view.ts'
import { comparisonOf, contractOf, nothing, promised, rowOf, three, versions } from './compare-fixture.ts'
import { viewOf } from './fixture.ts'
import { hostileTexts } from './hostile-fixture.ts'
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
    const lines = await linesOf(three, { quiet: true })
    expect(lines.slice(-3, -1)).toEqual([
      '  boreal  ~ 1 incomparable  ↑ 1 stronger  = 1 equal',
      '  cobalt  ↓ 1 weaker  ✖ 1 missing  ? 1 not decidable  + 1 added',
    ])
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

describe('Markdown', () => {
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

describe('texts of others', () => {
  /** The text wherever one may stand. */
  const holding = (text: string): Comparison => {
    const all = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(all)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value).map(([key, one]) => [
          key,
          TEXTS.has(key) && typeof one === 'string' ? text : key === 'rules' || key === 'notes' ? [text] : all(one),
        ]),
      )
    }
    const told = all(three) as Comparison
    const columns = told.witnesses.map(witness => ({ ...witness, rows: [{ type: 'outage', [text || 'x']: text }] }))
    // Undefined stays where it stood.
    return { ...told, witnesses: columns, replay: three.replay ?? [] }
  }
  const TEXTS = new Set([
    'id',
    'title',
    'file',
    'text',
    'name',
    'subject',
    'story',
    'message',
    'hint',
    'beside',
    'clause',
    'finding',
  ])
  const unseen = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u
  const command = /^\s*::|##\[/m

  it.each(Object.entries(hostileTexts))('are only shown: %s', async (_, text) => {
    const hostile = holding(text)
    for (const width of [80, 160]) {
      const shown = await written(hostile, 'pretty', { width })
      expect(shown.replaceAll('\n', '')).not.toMatch(unseen)
      expect(shown).not.toMatch(command)
    }
    const csv = await written(hostile, 'csv')
    expect(csv.replaceAll('\r\n', '')).not.toMatch(unseen)
    for (const row of parseCsv(csv, { columns: true, record_delimiter: '\r\n' }) as Record<string, string>[]) {
      for (const value of Object.values(row)) expect(value).not.toMatch(/^\s*[=+@]|^\s*-(?!\d+$)|;\s*[=+@-]/)
    }
    const markdown = await written(hostile, 'markdown')
    expect(markdown.replaceAll(/[\n\u200b]/g, '')).not.toMatch(unseen)
    expect(markdown).not.toMatch(command)
    const [tag = '', ...rest] = markdown.split('\n')
    expect(tag).toMatch(/^<!-- sla:(?:(?!--)[^<>\s])* -->$/)
    const body = rest.join('\n').replaceAll(/<\/?(sub|br|details|summary)>/g, '')
    expect(body.replaceAll(/`+[^`]*`+/g, '')).not.toMatch(/<[a-z!/]/i)
    const shape = (html: string) => readHtml(html).map(({ name, attributes }) => [name, ...attributes.keys()].join(' '))
    expect(shape(await written(hostile, 'html'))).toEqual(shape(await written(holding('T-1042'), 'html')))
    expect(await written(hostile, 'json')).not.toContain('##[')
  })
})
