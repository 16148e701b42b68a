import { parse as parseCsv } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import type { Comparison } from '../../src/model/comparison.ts'
import { type CompareView, compareFormats } from '../../src/report/compare/index.ts'
import { displayWidth } from '../../src/report/printable.ts'
import { holding, three, versions } from './compare-fixture.ts'
import { viewOf } from './fixture.ts'
import { hostileTexts } from './hostile-fixture.ts'
import { readHtml } from './html-reader.ts'

/** What is sure to do no harm, written the same way: the shape that all the others must have. */
const HARMLESS = 'T-1042'

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u

async function written(comparison: Comparison, format: string, view: Partial<CompareView> = {}): Promise<string> {
  const render = await compareFormats[format]?.load()
  const text = render?.(comparison, { ...viewOf(), ...view }) ?? ''
  return typeof text === 'string' ? text : [...text].join('')
}

/** How each format is read by something that has no part in writing it; fails where a text did harm. */
const readers: Readonly<Record<string, (text: string, told: Comparison) => Promise<void>>> = {
  async pretty(text, told) {
    for (const view of [{ width: 80 }, { width: 160, witnesses: 'proofs' }, { width: 80, ascii: true, quiet: true }]) {
      const shown = await written(holding(text, told), 'pretty', view)
      expect(shown.replaceAll('\n', '')).not.toMatch(UNSEEN)
      notHeeded(shown)
      for (const line of shown.split('\n')) {
        // A command for the logs' files is never broken; what keeps a line from being heeded makes it longer.
        if (line.includes('proofs/') || line.includes('--witness')) continue
        expect(displayWidth(line.replaceAll(/\\x(3a|23)/g, '.'))).toBeLessThanOrEqual(view.width)
      }
    }
  },
  async json(text, told) {
    const out = await written(holding(text, told), 'json')
    expect(out.replaceAll('\n', '')).not.toMatch(UNSEEN)
    notHeeded(out)
    // Where nothing was judged there is null.
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(holding(text, told))))
  },
  async csv(text, told) {
    const read = async (own: string): Promise<Record<string, string>[]> => {
      const out = await written(holding(own, told), 'csv')
      expect(out.replaceAll('\r\n', '')).not.toMatch(UNSEEN)
      notHeeded(out)
      return parseCsv(out, { columns: true, record_delimiter: '\r\n' })
    }
    const [rows, harmless] = [await read(text), await read(HARMLESS)]
    const data = ['part', 'key', 'base', 'state', 'relation', 'best', 'ms', 'start', 'end', 'status', 'breached']
    const of = (list: typeof rows) => list.map(row => data.map(column => row[column]))
    expect(of(rows)).toEqual(of(harmless))
    for (const value of rows.flatMap(row => Object.values(row))) {
      expect(value).not.toMatch(/^\s*[=+@]|^\s*-(?!\d+$)|;\s*[=+@-]/)
      expect(value.length).toBeLessThan(32_768)
    }
  },
  async markdown(text, told) {
    const out = await written(holding(text, told), 'markdown', { witnesses: 'proofs' })
    expect(out.length).toBeLessThanOrEqual(60_000)
    expect(out.replaceAll(/[\n\u200b]/g, '')).not.toMatch(UNSEEN)
    notHeeded(out)
    const [tag = '', ...rest] = out.split('\n')
    expect(tag).toMatch(/^<!-- sla:(?:(?!--)[^<>\s])* -->$/)
    const body = outsideCode(rest.join('\n'))
    expect(body).not.toContain('```')
    expect(body).not.toMatch(/<(?!\/?(?:details|summary|sub|br)>)/)
    expect(body).not.toMatch(/(?<!\\)\]\(|(?<!\\)!\[/)
    expect(body).not.toMatch(/@(?=[\p{L}\p{N}])|[#!]\d|GH-\d|https?:\/\/|\bwww\./u)
    const harmless = await written(holding(HARMLESS, told), 'markdown', { witnesses: 'proofs' })
    // A long text may leave less room for further ones.
    const [shape, plain] = [shapeOf(body), shapeOf(outsideCode(harmless.split('\n').slice(1).join('\n')))]
    expect(shape).toEqual(plain)
  },
  async html(text, told) {
    const shape = async (own: string) => {
      const out = await written(holding(own, told), 'html', { witnesses: 'proofs' })
      expect(out.replaceAll('\n', '')).not.toMatch(UNSEEN)
      notHeeded(out)
      const tags = readHtml(out)
      for (const { attributes } of tags) expect(attributes.get('href') ?? '#').toMatch(/^#/)
      return tags.map(({ name, attributes }) => [name, ...attributes.keys()].join(' '))
    }
    expect(await shape(text)).toEqual(await shape(HARMLESS))
  },
}

/** Nothing in it is a command to GitHub's runner. */
function notHeeded(out: string): void {
  for (const line of out.split(/\r?\n/)) expect(line.trimStart().slice(0, 2)).not.toBe('::')
  expect(out).not.toContain('##[')
}

/** What is no code in a line. */
function outsideCode(text: string): string {
  return text.replace(/(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)/g, '')
}

/** Rows with their cells, items, headings and what unfolds. */
function shapeOf(text: string): readonly string[] {
  return text.split('\n').flatMap(line => {
    if (line.startsWith('|')) return [`row of ${line.replaceAll('\\|', '').split('|').length}`]
    return /^(<details>|<\/details>|#+ | *- |\*\*)/.exec(line)?.[0] ?? []
  })
}

it('has a reader for every format', () => {
  expect(Object.keys(readers).sort()).toEqual(Object.keys(compareFormats).sort())
})

describe.each([
  ['three contracts', three],
  ['two versions', versions],
] as const)('texts in a comparison of %s', (_, told) => {
  describe.each(Object.entries(hostileTexts))('%s', (_name, text) => {
    it.each(Object.keys(readers))('are only shown in %s', async format => {
      await readers[format]?.(text, told)
    })
  })
})
