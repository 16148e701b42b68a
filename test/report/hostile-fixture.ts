import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { main } from '../../src/cli/main.ts'
import { formats } from '../../src/report/index.ts'
import { fakeIo } from '../cli/fake-io.ts'

/** Texts that mean something to whoever shows them, by what they try. */
export const hostileTexts: Readonly<Record<string, string>> = {
  'ANSI escapes': '\u001b[31mred\u001b[0m\u001b[2J\u0007',
  'a link of a terminal': '\u001b]8;;http://evil.example\u001b\\here\u001b]8;;\u001b\\',
  'C1 controls': '\u009b31mred\u0085next',
  'bidi overrides': 'invoice\u202egnp.exe\u2066\u2069',
  'what is not seen': 'a\u200bb\ufeffc\u00add\u{e0041}',
  'a formula': '=HYPERLINK("http://evil.example";"click")',
  'a formula of commands': "@SUM(1)+cmd|' /C calc'!A0",
  'a formula after a semicolon': 'late;=1+1;+2',
  'a script': '</script><img src=x onerror=alert(1)>',
  'an attribute': "\"><svg onload=alert(1)> ' onmouseover='alert(1)",
  'the end of a style or a title': '</style></title><script>alert(1)</script>',
  'a workflow command': '::error file=a::b ::add-mask::c',
  'a workflow command on a line of its own': 'late\r\n::error::x\n##[error]y',
  'an escaped line break': 'late%0A::set-output name=a::b%0D%250A',
  'the end of CDATA': ']]><failure/><![CDATA[',
  entities: '&lt;b&gt; &#60;script&#62; &amp; &undefined; &#0;',
  'NUL and what XML forbids': 'a\u0000b\u0001\uffff\ufffe\u000bc',
  'line separators': 'late\u2028::warning::y\u2029z',
  'half a character': 'a\ud800b\udc00',
  'a table of Markdown': 'a | b || c \\| d\n| - | - |',
  'code of Markdown': '`a` ``b`` ```c\n```\n# d',
  'links of Markdown':
    '[x](http://evil.example) ![y](http://evil.example/z.png) <http://evil.example> [z]: http://evil.example',
  'mentions and references': '@acme/all #1 GH-2 !3 $x^2$',
  'the end of an HTML comment': '--> <!-- -- ><b>',
  'a command of a shell': '$(id) `id` ; rm -rf ~ && "\'\\',
  JSON: '","status":"met","x":{"a":["\\u0000',
  'a long word': `=${'x'.repeat(10_000)}`,
  'a long line': `- ${'late again '.repeat(909)}now`,
}

/** What one run wrote, by format; `summary`, `explain` and what went to stderr too. */
export interface Written {
  readonly code: number
  readonly out: Readonly<Record<string, string>>
}

/** Names of what an audit of these texts writes: every format there is, and more. */
export const outputs: readonly string[] = [...Object.keys(formats), 'summary', 'explain', 'stderr']

/** Runs audits on a contract and on evidence that hold the text wherever one may stand; files really are read. */
export async function writeAll(text: string): Promise<Written> {
  const folder = mkdtempSync(join(tmpdir(), 'sla-hostile-'))
  try {
    const [contract, evidence, waivers] = filesOf(text, folder)
    const io = {
      ...fakeIo({}, { GITHUB_REPOSITORY: 'acme/sla', GITHUB_SHA: '4f2c' }),
      readFile: async (path: string) => readFileSync(path),
      directory: () => folder,
    }
    const options = [...['--period', '2026-05', '--as-of', '2026-06-02', '--waivers', waivers], '--fail-on', 'never']
    const names = Object.keys(formats)
    const files = names.flatMap(name => ['-o', `${name}:${name}.out`])
    const audit = ['audit', contract, evidence, ...options, '--upcoming', '30 days', ...files]
    const code = await main([...audit, '--summary', 'summary.out', '--width', '100'], io)
    const said = io.err.splice(0).join('')
    if (code !== 0) throw new Error(`exit ${code}: ${said}`)
    io.out.splice(0)
    for (const clause of ['uptime', 'tickets', 'fixes']) {
      await main(['explain', clause, contract, evidence, ...options.slice(0, 6), '-q', '--width', '100'], io)
    }
    const written = [...names, 'summary'].map(name => [name, io.files.get(`${name}.out`) ?? ''] as const)
    return { code, out: { ...Object.fromEntries(written), explain: io.out.join(''), stderr: said } }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The tickets of an audit: late, late and waived, in time, of a priority that the contract does not know. */
export const ticketsOf = (text: string): readonly string[] => [text, `${text}~`, `${text} in time`, `${text} odd`]

function filesOf(text: string, folder: string): readonly [contract: string, evidence: string, waivers: string] {
  // Names of files hold neither a slash nor NUL and are not longer than this.
  const name = [...text.replaceAll(/[/\0\p{Cs}]/gu, '')].slice(0, 40).join('')
  const write = (path: string, content: string): string => {
    writeFileSync(join(folder, path), content)
    return join(folder, path)
  }
  const shared = { section: text, text }
  const contract = {
    ...{ apiVersion: 'sla/v1', kind: 'Contract', id: 'hostile--x', title: text, timezone: 'Europe/Paris' },
    parties: { provider: text, customer: text },
    services: { [text]: {} },
    calendars: { [text]: { days: 'mon-fri', hours: '08:00-20:00' } },
    clauses: {
      uptime: { kind: 'availability', ...shared, target: '99.5%', window: 'calendar month' },
      tickets: { kind: 'support', ...shared, calendar: text, priorities: { P1: { respond: '2h' } } },
      fixes: { kind: 'vulnerability', ...shared, from: 'detected', bands: { all: { min: 0, fix: '3 days' } } },
    },
  }
  mkdirSync(join(folder, 'evidence'))
  const opened_at = '2026-05-04T09:00:00Z'
  const [late, waived, inTime, odd] = ticketsOf(text)
  const ticket = {
    priority: 'P1',
    opened_at,
    responded_at: '2026-05-04T12:00:00Z',
    resolved_at: '2026-05-05T09:00:00Z',
  }
  const rows = (list: readonly object[]): string => list.map(row => `${JSON.stringify(row)}\n`).join('')
  const cause = { service: text, cause: text, id: text }
  write(
    `evidence/outages ${name}.ndjson`,
    rows([
      { start: '2026-05-19T09:00:00Z', end: '2026-05-19T15:00:00Z', ...cause },
      { start: '2026-05-21T09:00:00Z', end: '2026-05-21T09:05:00Z', ...cause, service: `${text}?` },
    ]),
  )
  write(
    `evidence/tickets ${name}.ndjson`,
    rows([
      { ...ticket, id: late },
      { ...ticket, id: waived },
      { ...ticket, id: inTime, responded_at: '2026-05-04T10:00:00Z' },
      { ...ticket, id: odd, priority: text },
    ]),
  )
  const vulnerability = {
    id: text,
    asset: text,
    component: text,
    cvss: '9.8',
    detected_at: opened_at,
    fixed_at: '2026-05-19T09:00:00Z',
  }
  write(`evidence/vulnerabilities ${name}.ndjson`, rows([vulnerability]))
  const passed = { reason: text, approver: text, until: '2026-06-30' }
  const waivers = {
    ...{ apiVersion: 'sla/v1', kind: 'Waivers' },
    waivers: [
      { finding: 'tickets/*~', ...passed },
      { finding: `nothing/${text}`, ...passed },
    ],
  }
  return [
    write(`contract ${name}.yaml`, JSON.stringify(contract)),
    join(folder, 'evidence'),
    write(`waivers ${name}.yaml`, JSON.stringify(waivers)),
  ]
}
