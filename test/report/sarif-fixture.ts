import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { main } from '../../src/cli/main.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Report } from '../../src/model/report.ts'
import { fakeIo } from '../cli/fake-io.ts'
import { wordsOf } from '../scenarios/replay.ts'
import { root } from '../support/cli.ts'
import { at, breachedUptime, clauseOf, findingOf, missingBackup, reportOf } from './fixture.ts'

const waiver = { finding: 'uptime/2026-03', reason: 'moved house', approver: 'J. Doe', until: '2026-06-30' }

/** One finding of each outcome, by id. */
export const ofEach: Readonly<Record<string, Finding>> = {
  'uptime/2026-01': findingOf({ id: 'uptime/2026-01' }),
  'uptime/2026-02': { ...breachedUptime, id: 'uptime/2026-02', known: true },
  'uptime/2026-03': { ...breachedUptime, id: 'uptime/2026-03', status: 'waived', waiver, known: true },
  'uptime/2026-04': { ...missingBackup, id: 'uptime/2026-04', clause: 'uptime' },
  'uptime/2026-05': breachedUptime,
  'uptime/2026-06': findingOf({ id: 'uptime/2026-06', atRisk: true }),
  'uptime/2026-07': findingOf({ id: 'uptime/2026-07', status: 'pending', reason: 'open' }),
  'uptime/2026-08': findingOf({ id: 'uptime/2026-08', status: 'not-applicable', reason: 'no-service' }),
}

const span = { file: 'acme.yaml', line: 11, column: 3, length: 6 }

/** A guarantee with a finding of each outcome, an objective with a breach and a doubt, a figure that is only observed. */
export const eachReport: Report = reportOf(
  [
    clauseOf({
      id: 'uptime',
      promise: '≥ 99.5 % a calendar month',
      section: '1',
      text: 'Monthly uptime.',
      span,
      status: 'breached',
      findings: Object.values(ofEach),
    }),
    clauseOf({
      id: 'speed-goal',
      binding: 'objective',
      promise: 'fast',
      span: { ...span, line: 20, length: 10 },
      status: 'breached',
      findings: [
        { ...breachedUptime, id: 'speed-goal/2026-05', clause: 'speed-goal' },
        { ...breachedUptime, id: 'speed-goal/2026-06', clause: 'speed-goal', known: true },
        { ...missingBackup, id: 'speed-goal/2026-07', clause: 'speed-goal' },
      ],
    }),
    clauseOf({
      id: 'seen',
      binding: 'observed',
      promise: 'figures',
      findings: [findingOf({ id: 'seen/2026-05', clause: 'seen', status: 'not-applicable', reason: 'observed' })],
    }),
    clauseOf({ id: 'clean', promise: 'tidy', span: { ...span, line: 30 }, findings: [findingOf({ id: 'clean' })] }),
  ],
  {
    baseline: {
      file: 'january.json',
      sha256: 'c'.repeat(64),
      asOf: at('2026-02-01T00:00:00+01:00'),
      period: { start: at('2026-01-01T00:00:00+01:00'), end: at('2026-02-01T00:00:00+01:00'), text: '2026-01' },
      known: 2,
      fixed: [{ finding: 'uptime/2026-01', clause: 'uptime', now: 'met' }],
      open: [],
    },
  },
)

/** Text that tries to break out of every format there is. */
export const HOSTILE =
  '\u001b[31m\u202egnp.exe =HYPERLINK("http://evil") </script><img src=x onerror=alert(1)> ::error::x %0A::set-output name=a::b ]]> | ` @acme/all #1 [x](http://evil) \r\n::warning::y\u0000\ufffe\ud800&amp;'

/** The report with hostile text wherever text of others may stand. */
export function hostileReport(text = HOSTILE): Report {
  const finding: Finding = {
    ...breachedUptime,
    id: `uptime/${text}`,
    subject: text,
    observed: { unit: 'none', text },
    timeline: breachedUptime.timeline.map(step => ({ ...step, why: text })),
    notes: [text],
  }
  const waived: Finding = { ...finding, id: `w/${text}`, status: 'waived', waiver: { ...waiver, reason: text } }
  const { contract, inputs } = reportOf([])
  return reportOf(
    [clauseOf({ id: 'uptime', promise: text, section: text, text, findings: [finding, waived], status: 'breached' })],
    {
      contract: { ...contract, title: text, file: `/home/acme/dir/${text.replaceAll('/', '_')}.yaml` },
      inputs: inputs.map(input => ({ ...input, file: `${text}.csv` })),
      warnings: [{ code: 'odd', severity: 'warning', message: text, hint: text }],
    },
  )
}

/** The schema of a file in `vendor`, as a function that gives what is wrong. */
export function validator(name: string): (value: unknown) => readonly string[] {
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(join(root, 'test/vendor', name), 'utf8'))
  // Some of its patterns are no regular expressions in Unicode mode.
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
  ajv.addFormat('uri', text => URL.canParse(text))
  ajv.addFormat('uri-reference', REFERENCE)
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)
  const validate = ajv.compile(schema)
  return value =>
    validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

// RFC 3986: a relative reference's first segment holds no colon.
const CHARACTERS = "(?:[\\w.~!$&'()*+,;=@-]|%[\\dA-F]{2})"
const REFERENCE = new RegExp(
  `^(?:[a-z][a-z\\d+.-]*:(?:${CHARACTERS}|[:/])*|(?:/|${CHARACTERS})(?:${CHARACTERS}|[:/])*)$`,
  'i',
)

// biome-ignore lint/suspicious/noExplicitAny: parsed JSON, whose shape is what is tested
export type Json = any

export function resultsOf(log: Json): Json[] {
  return log.runs[0].results
}

export type Rendered = Readonly<Record<'json' | 'sarif' | 'junit' | 'gitlab' | 'github', string>> & {
  readonly code: number
  /** What was appended to the summary of the step. */
  readonly summary: string
}

/** One run of `sla audit` with these arguments, as all the formats that machines read. */
export async function renderAll(argv: readonly string[]): Promise<Rendered> {
  const names = ['json', 'sarif', 'junit', 'gitlab', 'github'] as const
  const io = {
    ...fakeIo({}, { GITHUB_STEP_SUMMARY: 'out/step.md' }),
    readFile: async (path: string) => readFileSync(path),
    directory: () => root,
  }
  const outputs = names.flatMap(name => ['-o', `${name}:${name}.out`])
  const code = await main(['audit', ...argv, '-q', ...outputs], io)
  const text = (name: string): string => {
    const out = io.files.get(`${name}.out`)
    if (out === undefined) throw new Error(`exit ${code}: ${io.err.join('')}`)
    return out
  }
  return {
    code,
    summary: io.files.get('out/step.md') ?? '',
    json: text('json'),
    sarif: text('sarif'),
    junit: text('junit'),
    gitlab: text('gitlab'),
    github: text('github'),
  }
}

export const EXAMPLES: readonly (readonly string[])[] = [
  ['communet', 'platform-slo', 'robaws', 'stafiz', 'timetonic'].map(name => [
    join(root, `examples/contracts/${name}.yaml`),
    join(root, `examples/evidence/${name}`),
    ...['--period', '2026-01-01..2026-09-30', '--as-of', '2026-09-15T12:00:00+02:00', '--tz', 'Europe/Paris'],
  ]),
].flat()

/** The arguments of a scenario's first audit, its files by their whole path. */
export function scenario(name: string): readonly string[] {
  const folder = join(root, 'test/scenarios', name)
  const line = readFileSync(join(folder, 'cmd'), 'utf8')
    .split('\n')
    .find(text => text.startsWith('sla audit '))
  if (line === undefined) throw new Error(`${name} has no audit`)
  return wordsOf(line)
    .slice(2)
    .map(word => (statSync(join(folder, word), { throwIfNoEntry: false }) === undefined ? word : join(folder, word)))
}
