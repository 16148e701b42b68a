import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { root } from '../support/cli.ts'
import { outcomes, parse, problems } from './junit-reader.ts'
import { EXAMPLES, type Json, type Rendered, renderAll, resultsOf, scenario, validator } from './sarif-fixture.ts'

const SCENARIOS = [
  'bindings',
  'tickets-platform',
  'fixes-baseline',
  'backup-healthy',
  'rolling-window',
  'recovery-incidents',
  'control-subjects',
]
const validSarif = validator('sarif-2.1.0.json')
const validIssue = validator('gitlab-codeclimate.json')

describe.each(
  [...EXAMPLES, ...SCENARIOS.map(scenario)].map(argv => [(argv[0] ?? '').slice(root.length), argv] as const),
)('an audit by %s', (contract, argv) => {
  let rendered: Rendered | undefined
  beforeAll(async () => {
    rendered = await renderAll(argv)
  })
  const all = (): Rendered => {
    if (rendered === undefined) throw new Error('not rendered')
    return rendered
  }
  /** What the JSON report says of each judged finding. */
  const findings = (): readonly Json[] =>
    JSON.parse(all().json).clauses.flatMap((clause: Json) =>
      clause.binding === 'observed' ? [] : clause.findings.map((finding: Json) => ({ ...finding, ...bound(clause) })),
    )
  const bound = ({ binding }: Json): Json => ({ binding })

  it('is valid SARIF with all there is to say', () => {
    const log = JSON.parse(all().sarif)
    expect(validSarif(log)).toEqual([])
    const expected = findings().flatMap(({ id, status, atRisk, binding }) => {
      if (status === 'breached') return [`${id} ${binding === 'guarantee' ? 'error' : 'warning'}`]
      if (status === 'unverified') return [`${id} warning`]
      return (status === 'met' || status === 'pending') && atRisk ? [`${id} note`] : []
    })
    const told = resultsOf(log).map(result => `${result.properties.finding} ${result.level}`)
    expect(told.sort()).toEqual(expected.sort())
    const prints = resultsOf(log).map(result => result.partialFingerprints)
    expect(new Set(prints.map(print => print['slaFinding/v1'])).size).toBe(prints.length)
    expect(new Set(prints.map(print => print.primaryLocationLineHash)).size).toBe(prints.length)
    for (const result of resultsOf(log)) {
      const { artifactLocation, region } = result.locations[0].physicalLocation
      expect(artifactLocation.uri).toBe(contract)
      // The marked text is the clause's own id.
      const line = readFileSync(join(root, artifactLocation.uri), 'utf8').split('\n')[region.startLine - 1] ?? ''
      expect(line.slice(region.startColumn - 1, region.endColumn - 1)).toBe(result.ruleId)
    }
  })

  it('is valid JUnit with a case for each finding', async () => {
    const { junit, code } = all()
    expect(await problems([junit])).toEqual([])
    const expected = findings().map(({ id, status, binding }): [string, string] => {
      const bad = status === 'breached' && binding === 'guarantee'
      return [id, bad ? 'failure' : status === 'met' ? 'passed' : 'skipped']
    })
    expect(Object.entries(outcomes(junit))).toEqual(expected)
    const top = parse(junit)
    const failures = expected.filter(([, verdict]) => verdict === 'failure').length
    expect(top.attributes).toMatchObject({ tests: String(expected.length), failures: String(failures) })
    expect(code === 1).toBe(failures > 0)
    for (const suite of top.children) {
      const own = suite.children.filter(({ name }) => name === 'testcase')
      const having = (name: string): string => String(own.filter(({ children }) => children[0]?.name === name).length)
      expect(suite.attributes).toMatchObject({
        tests: String(own.length),
        failures: having('failure'),
        skipped: having('skipped'),
      })
      expect(new Set(own.map(({ attributes }) => `${attributes.classname} ${attributes.name}`)).size).toBe(own.length)
    }
  })

  it('is a code quality report with fingerprints of its own', () => {
    const issues: Json[] = JSON.parse(all().gitlab)
    for (const issue of issues) {
      expect(validIssue(issue)).toEqual([])
      expect(issue.severity).toMatch(/^(info|minor|major|critical|blocker)$/)
      expect(issue.location.path).toBe(contract)
      expect(issue.location.lines.begin).toBeGreaterThan(1)
    }
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length)
    const breached = findings().filter(({ status, binding }) => status === 'breached' && binding === 'guarantee')
    expect(issues.filter(({ severity }) => severity === 'critical')).toHaveLength(breached.length)
  })

  it('annotates and sums up what was breached', () => {
    const { github, summary } = all()
    const breached = findings().filter(({ status, binding }) => status === 'breached' && binding === 'guarantee')
    expect(github.match(/^::error /gm) ?? []).toHaveLength(Math.min(breached.length, 10))
    for (const { id } of breached) expect(summary).toContain(`<code>${id}</code>`)
  })
})

describe('fingerprints', () => {
  it('has the same fingerprints when rows are reordered or others are added', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sla-sarif-'))
    try {
      const [contract = '', evidence = '', ...options] = EXAMPLES[1] ?? []
      cpSync(evidence, folder, { recursive: true })
      const before = await renderAll([contract, evidence, ...options])
      for (const name of readdirSync(folder).filter(file => file === 'outages.csv' || file === 'tickets.csv')) {
        const [head = '', ...rows] = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n')
        writeFileSync(join(folder, name), `${[head, ...rows.reverse()].join('\n')}\n`)
      }
      const after = await renderAll([contract, folder, ...options])
      const prints = (text: string): string[] =>
        resultsOf(JSON.parse(text))
          .map(result => `${result.properties.finding} ${JSON.stringify(result.partialFingerprints)}`)
          .sort()
      expect(prints(after.sarif)).toEqual(prints(before.sarif))
      expect(prints(before.sarif).length).toBeGreaterThan(20)
      // One more row, in front: a further outage in June, which was at risk, breaks it and no other.
      const outages = readFileSync(join(folder, 'outages.csv'), 'utf8')
      const [head = '', row = ''] = outages.split('\n')
      expect(head).toMatch(/^id,/)
      const values: Record<string, string> = {
        id: 'O-99',
        start: '2026-06-20T10:00:00+02:00',
        end: '2026-06-20T11:00:00+02:00',
      }
      const given = row.split(',')
      const added = head.split(',').map((column, i) => values[column.trim()] ?? given[i] ?? '')
      writeFileSync(join(folder, 'outages.csv'), outages.replace('\n', `\n${added.join(',')}\n`))
      const more = await renderAll([contract, folder, ...options])
      const ids = (text: string): Map<string, string> =>
        new Map(
          resultsOf(JSON.parse(text)).map(result => [
            result.properties.finding,
            result.partialFingerprints['slaFinding/v1'],
          ]),
        )
      const [old, now] = [ids(before.sarif), ids(more.sarif)]
      for (const [id, print] of old) expect(now.get(id)).toBe(print)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
