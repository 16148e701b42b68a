import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { parse as parseCsv } from 'csv-parse/sync'
import { HtmlValidate } from 'html-validate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formats } from '../src/report/index.ts'
import { named, readHtml } from './report/html-reader.ts'
import { problems as junitProblems, outcomes } from './report/junit-reader.ts'
import { type Json, resultsOf, validator } from './report/sarif-fixture.ts'
import { plainPage } from './scenarios/replay.ts'
import { root, runCli } from './support/cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'sla-outputs-'))
afterAll(() => rmSync(folder, { recursive: true }))

const INPUTS: Readonly<Record<string, string>> = {
  'acme.yaml': `apiVersion: sla/v1
kind: Contract
id: acme
title: Acme Hosting SLA
timezone: Europe/Paris
calendars:
  desk: { days: mon-sun, hours: "00:00-24:00" }
clauses:
  uptime: { kind: availability, section: "1", target: 99.5%, window: calendar month }
  tickets: { kind: support, section: "2", calendar: desk, clock: always, priorities: { P1: { resolve: 8h } } }
  goal: { kind: availability, binding: objective, target: 99.9%, window: calendar month }
  review: { kind: control, times: 1 per calendar month }
`,
  // April: 5 h down. May: 2 h 30 min and 1 h 50 min.
  'outages.csv': `id,start,end,cause
O-1,2026-04-10T10:00:00+02:00,2026-04-10T15:00:00+02:00,disk
O-2,2026-05-02T01:12:00+02:00,2026-05-02T03:42:00+02:00,gateway
O-3,2026-05-19T14:05:00+02:00,2026-05-19T15:55:00+02:00,database
`,
  // T-1 took 9 h, T-2 10 h, T-3 7 h 30 min, 93.75 % of what it may; T-4 is open.
  'tickets.csv': `id,priority,opened_at,resolved_at
T-1,P1,2026-05-04T09:00:00+02:00,2026-05-04T18:00:00+02:00
T-2,P1,2026-05-05T09:00:00+02:00,2026-05-05T19:00:00+02:00
T-3,P1,2026-05-06T09:00:00+02:00,2026-05-06T16:30:00+02:00
T-4,P1,2026-05-31T20:00:00+02:00,
`,
  'waivers.yaml': `apiVersion: sla/v1
kind: Waivers
waivers:
  - finding: tickets/P1-resolve/T-2
    reason: agreed with the customer
    approver: J. Doe
    until: 2026-12-31
`,
}

const NAMES = Object.keys(formats)
const AUDIT = ['audit', 'acme.yaml', 'outages.csv', 'tickets.csv', '--assume-complete', 'maintenance,control']
// An hour into June: T-4 has 3 h left.
const MAY = [...AUDIT, '--period', '2026-04-01..2026-05-31', '--as-of', '2026-06-01T01:00:00+02:00']
const OPTIONS = ['--waivers', 'waivers.yaml', '--baseline', 'april.json', '--upcoming', '24h']

/** Everything in one run; gives back what was written, by format, and how it ended. */
function run(into: string, env: Readonly<Record<string, string>> = {}) {
  const files = NAMES.flatMap(name => ['-o', `${name}:${into}-${name}.out`])
  const args = [...MAY, ...OPTIONS, ...files, '--summary', `${into}-summary.out`]
  // A summary is appended to.
  rmSync(join(folder, `${into}-summary.out`), { force: true })
  const { code, stdout, stderr } = runCli(args, { cwd: folder, env: { ...plainPage, ...env } })
  const read = (name: string): string => readFileSync(join(folder, `${into}-${name}.out`), 'utf8')
  const out = Object.fromEntries([...NAMES, 'summary'].map(name => [name, code === 1 ? read(name) : '']))
  return { code, stdout, stderr, out }
}

let first: ReturnType<typeof run>
const outOf = (name: string): string => first.out[name] ?? ''

beforeAll(() => {
  for (const [file, text] of Object.entries(INPUTS)) writeFileSync(join(folder, file), text)
  const april = [...AUDIT, '--period', '2026-04', '--as-of', '2026-04-30', '-o', 'april.json', '-q']
  const { code, stderr } = runCli(april, { cwd: folder, env: plainPage })
  if (code !== 1) throw new Error(stderr)
  first = run('a')
}, 120_000)

/** Each finding in the words of each format, as the table of statuses in the README has it. */
const EXPECTED = [
  ['uptime/2026-04', 'breached known', 'error unchanged', 'skipped', 'notice', 'info'],
  ['uptime/2026-05', 'breached', 'error new', 'failure', 'error', 'critical'],
  ['tickets/P1-resolve/T-1', 'breached', 'error new', 'failure', 'error', 'critical'],
  ['tickets/P1-resolve/T-2', 'waived', 'error undefined', 'skipped', undefined, undefined],
  ['tickets/P1-resolve/T-3', 'met at risk', 'note undefined', 'passed', 'notice', 'info'],
  ['tickets/P1-resolve/T-4', 'pending', undefined, 'skipped', undefined, undefined],
  ['goal/2026-04', 'breached known', 'warning unchanged', 'skipped', 'notice', 'info'],
  ['goal/2026-05', 'breached', 'warning new', 'skipped', 'warning', 'minor'],
  ['review/2026-04', 'breached known', 'error unchanged', 'skipped', 'notice', 'info'],
  ['review/2026-05', 'breached', 'error new', 'failure', 'error', 'critical'],
] as const

describe('one run that writes everything', () => {
  it('ends as the verdict says, and leaves nothing else behind', () => {
    expect(first.code).toBe(1)
    expect(first.stdout).toBe(outOf('pretty'))
    const made = [...NAMES, 'summary'].map(name => `a-${name}.out`)
    const there = readdirSync(folder).filter(name => !name.startsWith('b-'))
    expect(there.sort()).toEqual([...Object.keys(INPUTS), 'april.json', ...made].sort())
  })

  it('says the same of each finding in every format', async () => {
    const report = JSON.parse(outOf('json'))
    const inJson = new Map<string, string>(
      report.clauses.flatMap(({ findings }: Json) =>
        findings.map(({ id, status, known, atRisk }: Json) => [
          id,
          `${status}${known ? ' known' : ''}${atRisk ? ' at risk' : ''}`,
        ]),
      ),
    )
    const inSarif = new Map<string, string>(
      resultsOf(JSON.parse(outOf('sarif'))).map(({ properties, level, baselineState }) => [
        properties.finding,
        `${level} ${baselineState}`,
      ]),
    )
    const inJunit = outcomes(outOf('junit'))
    const annotated = [...outOf('github').matchAll(/^::(\w+) .*?title=(\S+) /gm)]
    const inGithub = new Map(annotated.map(([, level, id]) => [id, level]))
    const inGitlab = new Map<string, string>(
      JSON.parse(outOf('gitlab')).map(({ description, severity }: Json) => [description.split(' ')[0], severity]),
    )
    const said = [...inJson.keys()].map(id => [
      id,
      ...[inJson.get(id), inSarif.get(id), inJunit[id], inGithub.get(id), inGitlab.get(id)],
    ])
    expect(said).toEqual(EXPECTED)
    expect(inSarif.size).toBe(EXPECTED.filter(([, , sarif]) => sarif !== undefined).length)
    expect(Object.keys(inJunit)).toHaveLength(EXPECTED.length)
    expect(inGithub.size).toBe(EXPECTED.filter(([, , , , github]) => github !== undefined).length)
    expect(inGitlab.size).toBe(inGithub.size)
    const rows: Record<string, string>[] = parseCsv(outOf('csv'), { columns: true })
    const inCsv = rows.map(({ finding, status, known, at_risk }) => [
      finding,
      [status, known && 'known', at_risk && 'at risk'].filter(Boolean).join(' '),
    ])
    expect(inCsv).toEqual(EXPECTED.map(([id, status]) => [id, status]))
  })

  it('gives the figures of a finding in every format', () => {
    // May has 744 h: 0.5 % is 3 h 43 min 12 s; 4 h 20 min is 36 min 48 s more, and 99.4175… % is left.
    const [percent, over] = ['99.41 %', '36m 48s over']
    for (const name of ['pretty', 'markdown', 'summary', 'html', 'csv', 'sarif', 'junit', 'gitlab']) {
      for (const text of [percent, over, 'uptime/2026-05']) expect(outOf(name), name).toContain(text)
    }
    expect(outOf('github')).toMatch(/title=uptime\/2026-05 breached::.*observed 99\.41 %25; 36m 48s over/)
    const exact = {
      observed: { unit: 'ratio', part: 2_662_800_000, of: 2_678_400_000 },
      margin: { unit: 'ms', value: -2_208_000 },
    }
    const [json] = JSON.parse(outOf('json')).clauses[0].findings.slice(1)
    expect(json).toMatchObject({ id: 'uptime/2026-05', ...exact })
    const lines = outOf('ndjson')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(lines.find(({ id }) => id === 'uptime/2026-05')).toEqual({ type: 'finding', ...json })
    const sarif = resultsOf(JSON.parse(outOf('sarif'))).find(
      ({ properties }) => properties.finding === 'uptime/2026-05',
    )
    expect(sarif.properties).toMatchObject(exact)
    const rows: Record<string, string>[] = parseCsv(outOf('csv'), { columns: true })
    expect(rows[1]).toMatchObject({
      ...{ finding: 'uptime/2026-05', observed: '2662800000', observed_of: '2678400000', observed_unit: 'ratio' },
      ...{ margin: '-2208000', margin_unit: 'ms', breached_ms: '2208000' },
    })
    for (const name of ['pretty', 'markdown', 'summary', 'html']) {
      expect(outOf(name), name).toContain('2,662,800,000 / 2,678,400,000')
    }
  })

  it('shows who waived what until when, what was known, and what falls due', () => {
    for (const name of ['pretty', 'markdown', 'summary', 'html', 'sarif', 'junit', 'json', 'ndjson', 'csv']) {
      for (const text of ['J. Doe', '2026-12-31', 'agreed with the customer']) expect(outOf(name), name).toContain(text)
    }
    for (const name of ['pretty', 'markdown', 'html', 'junit', 'gitlab', 'github']) {
      expect(outOf(name), name).toMatch(/known/)
    }
    // Opened at 20:00, 8 h: due at 04:00, in 3 h.
    for (const name of ['pretty', 'markdown', 'html']) expect(outOf(name), name).toMatch(/3h left/)
    const due = outOf('ndjson')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
      .filter(({ type }) => type === 'upcoming')
    expect(due.map(({ finding, left_ms }) => [finding, left_ms])).toContainEqual(['tickets/P1-resolve/T-4', 10_800_000])
  })
})

describe('what others make of it', () => {
  it('JSON keeps to its schema', () => {
    const ajv = new Ajv({ strict: false, allErrors: true })
    const valid = ajv.compile(JSON.parse(readFileSync(join(root, 'schemas/report.schema.json'), 'utf8')))
    expect(valid(JSON.parse(outOf('json'))) ? [] : valid.errors).toEqual([])
    expect(valid({ ...JSON.parse(outOf('json')), asOf: 'today' })).toBe(false)
  })

  it('NDJSON holds what JSON holds', () => {
    const [{ type, ...audit }, ...others] = outOf('ndjson')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    const { clauses, upcoming, warnings, ...rest } = JSON.parse(outOf('json'))
    expect([type, audit]).toEqual(['audit', rest])
    const list = [
      ...clauses.flatMap(({ findings, ...clause }: Json) => [
        { type: 'clause', ...clause },
        ...findings.map((one: Json) => ({ type: 'finding', ...one })),
      ]),
      ...upcoming.items.map((one: Json) => ({ type: 'upcoming', ...one })),
      ...warnings.map((one: Json) => ({ type: 'warning', ...one })),
    ]
    expect(others).toEqual(list)
  })

  it('CSV comes through a reader and back', () => {
    const rows: string[][] = parseCsv(outOf('csv'), { record_delimiter: '\r\n' })
    expect(rows).toHaveLength(1 + EXPECTED.length)
    const again = rows.map(row =>
      row.map(cell => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','),
    )
    expect(`${again.join('\r\n')}\r\n`).toBe(outOf('csv'))
  })

  it('SARIF and GitLab issues keep to their schemas', () => {
    expect(validator('sarif-2.1.0.json')(JSON.parse(outOf('sarif')))).toEqual([])
    const issue = validator('gitlab-codeclimate.json')
    for (const one of JSON.parse(outOf('gitlab'))) expect(issue(one)).toEqual([])
  })

  it('test results keep to the schema of XML', async () => {
    expect(await junitProblems([outOf('junit')])).toEqual([])
    expect(await junitProblems([outOf('junit').replace('<testcase', '<testcace')])).not.toEqual([])
  })

  it('the page is valid HTML, whole in itself', async () => {
    const check = new HtmlValidate({ root: true, extends: ['html-validate:recommended', 'html-validate:document'] })
    const { results } = await check.validateString(outOf('html'))
    expect(results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`))).toEqual(
      [],
    )
    const tags = readHtml(outOf('html'))
    for (const name of ['script', 'link', 'img', 'iframe', 'object']) expect(named(tags, name)).toEqual([])
    for (const { attributes } of tags) expect(attributes.get('href') ?? '#').toMatch(/^#/)
  })

  it('annotations are commands, the verdict is none', () => {
    const lines = outOf('github').trimEnd().split('\n')
    const shape = /^::(?:error|warning|notice) (?:\w+=[^:,\s][^:,]*,?)+::\S/
    expect(lines.filter(line => !shape.test(line))).toEqual([
      expect.stringMatching(/^Not kept: 3 of 3 clauses breached/),
    ])
  })

  it('the comment has its hidden line, and a part for each that is told', () => {
    const text = outOf('markdown')
    expect(text.startsWith('<!-- sla:acme -->\n### ✖ Not kept: 3 of 3 clauses breached')).toBe(true)
    expect([...text.matchAll(/<summary>.*?<code>(.*?)<\/code>/g)].map(([, id]) => id)).toEqual([
      ...['uptime/2026-05', 'tickets/P1-resolve/T-1', 'review/2026-05', 'goal/2026-05'],
    ])
    expect(text).toContain('<summary>1 breach waived</summary>')
    expect(text).toContain('<summary>3 breaches known from the baseline</summary>')
  })
})

it('writes the same bytes wherever and whenever it runs', () => {
  for (const TZ of ['America/New_York', 'Pacific/Auckland']) {
    const again = run('b', { TZ, SLA_TEST_NOW: '2031-03-09T07:30:00Z', LANG: 'de_DE.UTF-8' })
    expect(again.out).toEqual(first.out)
    expect([again.code, again.stdout, again.stderr]).toEqual([first.code, first.stdout, first.stderr])
  }
})

it.each(NAMES)('prints %s as it writes it', name => {
  const { code, stdout } = runCli([...MAY, ...OPTIONS, '-q', '-f', name], { cwd: folder, env: plainPage })
  expect(code).toBe(1)
  if (name !== 'pretty') expect(stdout).toBe(outOf(name))
})
