import { execFileSync } from 'node:child_process'
import { parse as parseCsv } from 'csv-parse/sync'
import { HtmlValidate } from 'html-validate'
import { beforeAll, describe, expect, it } from 'vitest'
import { unheeded } from '../../src/report/printable.ts'
import { shellWord } from '../../src/report/shell.ts'
import { hostileTexts, outputs, ticketsOf, type Written, writeAll } from './hostile-fixture.ts'
import { readHtml } from './html-reader.ts'
import { cases, problems } from './junit-reader.ts'
import { type Json, resultsOf, validator } from './sarif-fixture.ts'

/** What is sure to do no harm, written the same way: the shape that all the others must have. */
const HARMLESS = 'T-1042'

const written = new Map<string, Written>()
const names = Object.keys(hostileTexts)
const textOf = (name: string): string => hostileTexts[name] ?? HARMLESS

beforeAll(async () => {
  for (const name of ['harmless', ...names]) written.set(name, await writeAll(textOf(name)))
}, 120_000)

function outOf(name: string, output: string): string {
  const out = written.get(name)?.out[output]
  if (out === undefined || out === '') throw new Error(`no ${output} of ${name}`)
  return out
}

/** How each output is read by something that has no part in writing it; throws, or fails, where a text did harm. */
const readers: Readonly<Record<string, (out: string, name: string) => void>> = {
  pretty: laidOut,
  explain: laidOut,
  stderr: laidOut,
  json(out, name) {
    const report = JSON.parse(out)
    expect(subjects(report.clauses.flatMap(({ findings }: Json) => findings))).toEqual(trueSubjects(name))
    expect(report.contract.title).toBe(textOf(name))
    expect(report.clauses[1].text).toBe(textOf(name))
    expect(out.replaceAll('\n', '')).not.toMatch(UNSEEN)
    notHeeded(out)
  },
  ndjson(out, name) {
    notHeeded(out)
    expect(out.replaceAll('\n', '')).not.toMatch(UNSEEN)
    const lines = out
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(subjects(lines.filter(({ type }) => type === 'finding'))).toEqual(trueSubjects(name))
    expect(lines[0].contract.title).toBe(textOf(name))
  },
  csv(out) {
    notHeeded(out)
    expect(out.replaceAll('\r\n', '')).not.toMatch(UNSEEN)
    const rows: Record<string, string>[] = parseCsv(out, { columns: true, record_delimiter: '\r\n' })
    expect(rows.map(({ clause, status, margin }) => [clause, status, margin])).toEqual([
      ['uptime', 'breached', '-8208000'],
      ...['breached', 'met', 'unverified', 'waived'].map(status => ['tickets', status, expect.anything()]),
      ['fixes', 'unverified', ''],
    ])
    for (const cell of rows.flatMap(row => Object.values(row))) {
      expect(cell.length).toBeLessThan(32_768)
      expect(cell).not.toMatch(/^\s*[=+@]|^\s*-(?!\d+$)|;\s*[=+@-]/)
    }
  },
  html(out, name) {
    notHeeded(out)
    expect(out.replaceAll('\n', '')).not.toMatch(UNSEEN)
    const [tags, plain] = [readHtml(out), readHtml(outOf('harmless', 'html'))]
    // The same elements in the same order, with the same attributes: no text became one.
    const shape = (list: typeof tags) => list.map(({ name: tag, attributes }) => [tag, ...attributes.keys()].join(' '))
    // What can be no argument has no command to go on with.
    if (isArgument(textOf(name))) expect(shape(tags)).toEqual(shape(plain))
    else expect(new Set(shape(plain))).toEqual(new Set([...shape(plain), ...shape(tags)]))
    for (const { attributes } of tags) expect(attributes.get('href') ?? '#').toMatch(/^#/)
    const whole = tags[0]?.text ?? ''
    expect(whole).toContain(shownOf(name).slice(0, 60))
  },
  junit(out) {
    expect(out).not.toMatch(FORBIDDEN)
    notHeeded(out)
    const list = cases(out)
    expect(list).toHaveLength(6)
    expect(new Set(list.map(({ attributes }) => attributes.name)).size).toBe(6)
    expect(list.map(({ children }) => children.map(({ name }) => name).join(''))).toEqual([
      ...['failure', 'failure', '', 'skipped', 'skipped', 'skipped'],
    ])
  },
  sarif(out) {
    notHeeded(out)
    const log = JSON.parse(out)
    expect(validSarif(log)).toEqual([])
    const results = resultsOf(log)
    expect(results.map(({ ruleId, level }) => `${ruleId} ${level}`).sort()).toEqual([
      ...['fixes warning', 'tickets error', 'tickets error', 'tickets warning', 'uptime error'],
    ])
    expect(results.flatMap(textsOf).join('')).not.toMatch(UNSEEN)
  },
  gitlab(out) {
    notHeeded(out)
    const issues = JSON.parse(out)
    for (const issue of issues) expect(validGitlab(issue)).toEqual([])
    expect(issues).toHaveLength(4)
    expect(new Set(issues.map(({ fingerprint }: Json) => fingerprint)).size).toBe(4)
    expect(issues.map(({ description }: Json) => description).join('')).not.toMatch(UNSEEN)
  },
  github(out) {
    const lines = out.trimEnd().split('\n')
    expect(
      lines.map(
        line => /^::(\w+) file=[^,:\s][^,:]*,line=1,col=\d+,endColumn=\d+,title=[^,:]*::/.exec(line)?.[1] ?? line,
      ),
    ).toEqual([...['error', 'error', 'warning', 'warning', 'Not kept: 2 of 3 clauses breached.']])
    for (const line of lines) {
      expect(line).not.toMatch(UNSEEN)
      // A percent sign is always part of an escape: of a line break only between our own lines.
      expect(line.replaceAll(/%(25|3A|2C)/g, '').split('%')).toHaveLength(line.startsWith('::') ? 2 : 1)
    }
  },
  markdown: inMarkdown,
  summary: inMarkdown,
}

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u
// What XML 1.0 has no place for: most control characters, half characters, the last two of each plane.
const FORBIDDEN = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/u
const validSarif = validator('sarif-2.1.0.json')
const validGitlab = validator('gitlab-codeclimate.json')

/** Text at most 100 columns wide, of which neither a terminal nor a CI job does anything but show it. */
function laidOut(out: string, name: string): void {
  expect(out.replaceAll('\n', '')).not.toMatch(UNSEEN)
  notHeeded(out)
  const commands = /^(Why\?|Day by day\?| {2}['$]| {2}\S+ --)/
  for (const line of out.split('\n').filter(text => !commands.test(text))) {
    // What is done to keep a line from being a command makes it longer.
    expect([...line.replaceAll(/\\x(3a|23)/g, '.')].length).toBeLessThanOrEqual(100)
  }
  // In lines of any width, but whole: nothing of it is left out without a word.
  const plain = (text: string): string => text.replaceAll('\\x3a', ':').replaceAll('\\x23', '#')
  const run = (text: string): string => plain(text).replaceAll(/[\s\\]|\u2026/gu, '')
  expect(run(out)).toContain(run(shownOf(name)).slice(0, 20))
}

function inMarkdown(out: string): void {
  const comment = out.startsWith('<!--')
  const plain = outOf('harmless', comment ? 'markdown' : 'summary')
  const [first, ...rest] = out.split('\n')
  const [plainFirst, ...plainRest] = plain.split('\n')
  expect(first).toBe(plainFirst)
  expect(out.replaceAll(/[\n\u200b]/g, '')).not.toMatch(UNSEEN)
  const outside = outsideCode(rest.join('\n'))
  expect(outside).not.toContain('```')
  expect(outside).not.toMatch(/<(?!\/?(?:details|summary|code)>)/)
  // In a line of HTML there is no Markdown.
  const inText = outside.replace(/^<.*/gm, '')
  const unlinked = inText.replaceAll(/(?<!\\)\]\(([^)]*)\)/g, (_, target: string) => {
    expect(target).toMatch(/^https:\/\/github\.com\/acme\/sla\/blob\/4f2c\/contract[\w%.~!*'-]*(#L1)?$/)
    return ']'
  })
  expect(unlinked).not.toMatch(/@(?=[\p{L}\p{N}])|[#!]\d|GH-\d|https?:\/\/|\bwww\./u)
  // As many rows, cells, parts and headings as there are for a text that means nothing.
  expect(shapeOf(outside)).toEqual(shapeOf(outsideCode(plainRest.join('\n'))))
  if (!comment) return
  notHeeded(out)
  expect(out.length).toBeLessThanOrEqual(60_000)
}

/** What is no code, neither in a fence nor in a line. */
function outsideCode(text: string): string {
  const inLines = text.replace(/^(`{3,})\w+\n[\s\S]*?\n\1$/gm, '')
  return inLines.replace(/(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)/g, '')
}

function shapeOf(text: string): readonly string[] {
  return text.split('\n').flatMap(line => {
    if (line.startsWith('| ')) return [`row of ${line.replaceAll('\\|', '').split('|').length}`]
    return /^(<details>|<\/details>|#+ )/.exec(line)?.[0] ?? []
  })
}

/** Nothing in it is a command to GitHub's runner: a line that begins with `::`, spaces aside, or one with `##[`. */
function notHeeded(out: string): void {
  for (const line of out.split(/\r?\n/)) expect(line.trimStart().slice(0, 2)).not.toBe('::')
  expect(out).not.toContain('##[')
}

function subjects(findings: readonly Json[]): readonly string[] {
  return findings.filter(({ clause }) => clause === 'tickets').map(({ subject }) => subject)
}

function trueSubjects(name: string): readonly string[] {
  const [late = '', waived = '', inTime = '', odd = ''] = ticketsOf(textOf(name))
  return [late, inTime, odd, waived]
}

/** All texts of a value that are for people; its properties are data. */
function textsOf(value: Json): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) =>
    key === 'properties' ? [] : key === 'text' ? [String(one)] : textsOf(one),
  )
}

/** NUL and half characters can't be in an argument of a command. */
function isArgument(text: string): boolean {
  return !/[\0\p{Cs}]/u.test(text)
}

/** The text as people are shown it: what can't be seen, or would act, by its number. */
function shownOf(name: string): string {
  return textOf(name).replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, sign => {
    const letter = { '\n': 'n', '\r': 'r', '\t': 't' }[sign]
    const number = (sign.codePointAt(0) ?? 0).toString(16)
    if (letter !== undefined) return `\\${letter}`
    if (number.length > 4) return `\\u{${number}}`
    return number.length > 2 ? `\\u${number.padStart(4, '0')}` : `\\x${number.padStart(2, '0')}`
  })
}

it('has a reader for every output', () => {
  expect(Object.keys(readers).sort()).toEqual([...outputs].sort())
})

describe.each(['harmless', ...names])('%s', name => {
  it.each(outputs)('does no harm in %s', output => {
    readers[output]?.(outOf(name, output), name)
  })
})

describe('the log of a CI job', () => {
  it.each([
    ['::error::x', '\\x3a:error::x'],
    ['  \u2003::x', '  \u2003\\x3a:x'],
    ['a\n\n :::b', 'a\n\n \\x3a::b'],
    ['a ::b std::c :d', 'a ::b std::c :d'],
    [':a', ':a'],
    ['a ##[group]b ##[', 'a #\\x23[group]b #\\x23['],
    ['###[a', '##\\x23[a'],
    ['# #[a', '# #[a'],
  ])('takes nothing in %j for a command', (text, shown) => {
    expect(unheeded(text)).toBe(shown)
  })

  it('shows commands of a shell that mean what they should', () => {
    const words = ['a ##[error]b', '##[x]', '::error::x', ":: it's", 'a::b', '\u001b##[y]\u0007', '###[']
    const command = words.map(shellWord).join(' ')
    expect(unheeded(command)).toBe(command)
    const out = execFileSync('bash', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' })
    expect(out.split('\0').slice(0, -1)).toEqual(words)
  })
})

describe('what others make of them', () => {
  const all = (output: string): readonly string[] => ['harmless', ...names].map(name => outOf(name, output))

  it('is valid XML of test results', async () => {
    expect(await problems(all('junit'))).toEqual([])
  })

  it('is valid HTML', async () => {
    const validator = new HtmlValidate({ root: true, extends: ['html-validate:recommended', 'html-validate:document'] })
    const pages = ['harmless', 'an attribute', 'the end of a style or a title', 'entities', 'NUL and what XML forbids']
    for (const page of pages.map(name => outOf(name, 'html'))) {
      const { results } = await validator.validateString(page)
      expect(results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`))).toEqual(
        [],
      )
    }
  })
})
