import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AuditOptions,
  audit,
  compare,
  explain,
  type FormatName,
  InputError,
  inspect,
  type LoadedEvidence,
  loadContract,
  loadEvidence,
  loadReport,
  type Report,
  render,
  renderDiagnostics,
  renderPieces,
  VERSION,
} from '../src/index.ts'
import { formats } from '../src/report/index.ts'
import { root, runCli } from './support/cli.ts'

// May 2026 has 744 hours in Paris: 0.1 % of them are 44 min 38.4 s.
const CONTRACT = `apiVersion: sla/v1
kind: Contract
id: acme
timezone: Europe/Paris
services: { web: {}, mail: {} }
clauses:
  uptime: { kind: availability, services: [web], target: 99.9%, window: calendar month }
  mail: { kind: availability, services: [mail], target: 99.9%, window: calendar month }
`
const OUTAGES = `start,end,service
2026-05-03T10:00:00+02:00,2026-05-03T10:30:00+02:00,web
2026-05-20T10:00:00+02:00,2026-05-20T10:15:00+02:00,web
2026-05-31T23:30:00+02:00,2026-05-31T23:40:00+02:00,mail
`
const MAY = { period: '2026-05', assumeComplete: ['maintenance'] } as const
const AS_OF = '2026-06-07'

let folder = ''
const at = (name: string): string => join(folder, name)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sla-library-'))
  writeFileSync(at('acme.yaml'), CONTRACT)
  writeFileSync(at('outages.csv'), OUTAGES)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function audited(options: AuditOptions = MAY): Promise<Report> {
  const contract = await loadContract(at('acme.yaml'))
  return audit(contract, await loadEvidence(at('outages.csv'), { contract, asOf: AS_OF }), options)
}

/** The code and the message of each diagnostic that something is refused with. */
async function refusal(work: Promise<unknown>): Promise<readonly string[]> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof InputError)) throw new Error(`expected an InputError, got ${String(error)}`)
  return error.diagnostics.map(({ code, message }) => `${code}: ${message}`)
}

describe('audit', () => {
  it('judges as the program does, to the last byte', async () => {
    const report = await audited()
    const args = ['audit', at('acme.yaml'), at('outages.csv'), '--period', '2026-05', '--as-of', AS_OF]
    const { stdout, code } = runCli([...args, '--assume-complete', 'maintenance', '-f', 'json'])
    expect(await render(report, 'json')).toBe(stdout)
    expect(code).toBe(1)
    // 45 minutes of web are over 44 min 38.4 s, 10 of mail are not.
    expect(report.clauses.map(({ id, status }) => [id, status])).toEqual([
      ['uptime', 'breached'],
      ['mail', 'met'],
    ])
    expect(report.clauses[0]?.findings.at(0)?.details?.down_ms).toBe(45 * 60_000)
  })

  it('takes instants and periods as text, dates and numbers alike', async () => {
    const contract = await loadContract(at('acme.yaml'))
    // The end of 7 June in Paris, which is two hours ahead.
    const instant = Date.UTC(2026, 5, 7, 22)
    const evidence = await loadEvidence([at('outages.csv')], { contract, asOf: '2026-06-08T00:00:00+02:00' })
    expect(evidence.asOf).toBe(instant)
    const interval = { start: Date.UTC(2026, 3, 30, 22), end: Date.UTC(2026, 4, 31, 22) }
    const texts = [
      MAY.period,
      '2026-05-01..2026-05-31',
      '2026-05-01T00:00:00+02:00..2026-06-01T00:00:00+02:00',
      interval,
    ]
    for (const period of texts) {
      const report = await audit(contract, evidence, { ...MAY, period, asOf: instant })
      expect(report.period).toMatchObject(interval)
      expect(report.period.stated).toBe(true)
    }
    const spanned = await audit(contract, evidence, { period: interval })
    expect(spanned.period.text).toBe('2026-05-01T00:00:00+02:00..2026-06-01T00:00:00+02:00')
    expect((await audit(contract, evidence)).period.stated).toBe(false)
  })

  it('knows by default what is known at present', async () => {
    const contract = await loadContract(at('acme.yaml'))
    const evidence = await loadEvidence(at('outages.csv'), { contract })
    expect(evidence.asOf).toBe(Date.parse(process.env.SLA_TEST_NOW ?? ''))
  })

  it('judges chosen clauses as among all, each with its own rows', async () => {
    writeFileSync(at('sites.yaml'), CONTRACT.replace('[mail],', '[mail], where: { site: paris },'))
    const contract = await loadContract(at('sites.yaml'))
    const rows = ['time,service,status,site']
    for (let hour = 0; hour < 31 * 24; hour++) {
      const time = new Date(Date.UTC(2026, 3, 30, 22) + hour * 3_600_000).toISOString()
      // Down for two hours at lyon, for one at paris.
      rows.push(`${time},mail,${hour === 100 || hour === 101 ? 'down' : 'up'},lyon`)
      rows.push(`${time},mail,${hour === 200 ? 'down' : 'up'},paris`)
    }
    writeFileSync(at('checks.csv'), `${rows.join('\n')}\n`)
    const evidence = await loadEvidence(at('checks.csv'), { contract, asOf: AS_OF })
    const all = await audit(contract, evidence, MAY)
    const mail = await audit(contract, evidence, { ...MAY, only: ['m*'] })
    const rest = await audit(contract, evidence, { ...MAY, skip: ['uptime'] })
    expect(mail.clauses.map(({ id }) => id)).toEqual(['mail'])
    expect(rest.clauses).toEqual(mail.clauses)
    expect(mail.clauses[0]).toEqual(all.clauses[1])
    expect(mail.clauses[0]?.findings.at(0)?.details?.down_ms).toBe(3_600_000)
  })

  it('lets waivers and a baseline pass', async () => {
    const earlier = await audited()
    const file = 'waivers.yaml'
    const text = `apiVersion: sla/v1
kind: Waivers
waivers: [{ finding: uptime/2026-05, reason: agreed, approver: J. Doe, until: 2026-06-07 }]
`
    const waived = await audited({ ...MAY, waivers: { file, text } })
    expect(waived.clauses[0]?.findings.at(0)?.status).toBe('waived')
    const baseline = { file: 'may.json', text: await render(earlier, 'json') }
    expect((await audited({ ...MAY, baseline })).clauses[0]?.known).toBe(1)
    writeFileSync(at('may.json'), baseline.text)
    expect((await audited({ ...MAY, baseline: at('may.json') })).baseline?.known).toBe(1)
  })

  it('lists what falls due', async () => {
    const { upcoming } = await audited({ ...MAY, upcoming: '7 days' })
    expect(upcoming?.until).toBe(Date.UTC(2026, 5, 14, 22))
  })

  it('refuses evidence of another contract or another instant', async () => {
    const contract = await loadContract(at('acme.yaml'))
    const evidence = await loadEvidence(at('outages.csv'), { contract, asOf: AS_OF })
    const other = await loadContract({
      file: 'other.yaml',
      text: CONTRACT.replace('99.9%', '99.8%'),
    })
    expect(await refusal(audit(other, evidence))).toEqual([
      'other-contract: the evidence was read for another contract than other.yaml',
    ])
    expect(await refusal(audit(contract, evidence, { asOf: '2026-06-08' }))).toEqual([
      'bad-option: asOf: the evidence was read as of another instant',
    ])
  })

  it.each([
    [{ period: 'May' }, '"May" isn\'t a period'],
    [{ period: { start: 5, end: 5 } }, 'it ends before it starts, or is empty'],
    [{ period: { start: 0.5, end: 5 } }, '0.5 is no instant'],
    [{ asOf: '2026-06-07T10:00' }, '"2026-06-07T10:00" has no offset'],
    [{ asOf: Number.NaN }, 'NaN is no instant'],
    [{ only: ['uptme'] }, 'there is no clause "uptme"'],
    [{ skip: ['*'] }, 'they leave no clause to judge'],
    [{ risk: 0 }, '0 is no percentage'],
    [{ assumeComplete: ['outag'] }, 'there is no record type "outag"'],
    [{ upcoming: '2 business days' }, '"2 business days" needs a calendar'],
    [{ upcoming: 'soon' }, ''],
  ] as const)('refuses %j', async (options, problem) => {
    const [first = '', ...more] = await refusal(audited({ ...MAY, ...options }))
    expect(first).toMatch(/^bad-option: (period|asOf|only|skip|only and skip|risk|assumeComplete|upcoming): /)
    expect(first).toContain(problem)
    expect(more).toEqual([])
  })
})

describe('compare', () => {
  const file = (target: string, name: string) => ({
    file: `${name}.yaml`,
    text: `apiVersion: sla/v1
kind: Contract
id: ${name}
timezone: Europe/Paris
clauses:
  uptime: { kind: availability, target: ${target}, window: calendar month, no-data: unknown }
`,
  })

  it('holds contracts against the first, with evidence where one is weaker', async () => {
    const contracts = [await loadContract(file('99.5%', 'first')), await loadContract(file('99%', 'second'))]
    const { rows, witnesses, envelope } = await compare(contracts, { year: 2026 })
    expect(rows.map(({ key, cells }) => [key, cells.map(({ relation }) => relation)])).toEqual([
      ['availability', [undefined, 'weaker']],
    ])
    // What the first calls a breach and the second tolerates.
    expect(witnesses.map(({ breaches, verdicts }) => [breaches, verdicts.map(({ status }) => status)])).toEqual([
      [0, ['breached', 'met']],
    ])
    // October 2026 has 745 h in Paris: 3.725 h and 7.45 h.
    const month = envelope.find(({ key }) => key === 'downtime/month')
    expect(month?.values.map(({ ms }) => ms)).toEqual([13_410_000, 26_820_000])
  })

  it('judges one history by each contract', async () => {
    const contracts = [await loadContract(file('99.5%', 'first')), await loadContract(file('99%', 'second'))]
    writeFileSync(at('outages-october.csv'), 'start,end\n2026-10-05T10:00:00+02:00,2026-10-05T15:00:00+02:00\n')
    const asked = { year: 2026, evidence: at('outages-october.csv'), period: '2026-10', asOf: '2026-11-01' }
    const { replay } = await compare(contracts, asked)
    // 5 h: more than the 3.725 h of 99.5 %, less than the 7.45 h of 99 %.
    expect(replay?.map(({ key, verdicts }) => [key, verdicts.map(one => one?.status)])).toEqual([
      ['availability', ['breached', 'met']],
    ])
    expect((await compare(contracts, { year: 2026 })).replay).toBeUndefined()
  })

  it('compares a part', async () => {
    const contracts = [await loadContract(file('99.5%', 'first')), await loadContract(file('99%', 'second'))]
    const part = await compare(contracts, { year: 2026, only: ['availability'] })
    expect(part).toEqual({ ...(await compare(contracts, { year: 2026 })), only: ['availability'] })
    expect(await refusal(compare(contracts, { year: 2026, only: ['availabilty'] }))).toEqual([
      'bad-option: only: no promise compared is or begins with "availabilty"',
    ])
  })

  it('takes the present year where none is given', async () => {
    const contract = await loadContract(file('99%', 'only'))
    expect((await compare([contract, contract])).year).toBe(new Date(Date.now() + 2 * 3_600_000).getUTCFullYear())
  })

  it.each([
    [{ evidence: '-' }, 'bad-option: evidence: standard input can be read once only, not for each contract'],
    [{ period: '2026' }, 'bad-option: period: it goes with evidence'],
    [{ asOf: '2026-05-01' }, 'bad-option: asOf: it goes with evidence'],
    [{ evidence: 'x.csv', period: 'May' }, 'bad-option: period: "May" isn\'t a period'],
    [{ evidence: 'x.csv', assumeComplete: ['outag'] }, 'bad-option: assumeComplete: there is no record type "outag"'],
    [{ year: 1970 }, 'bad-option: year: 1970 is no year'],
  ])('refuses %j', async (options, problem) => {
    const contract = await loadContract(file('99%', 'only'))
    expect(await refusal(compare([contract, contract], { year: 2026, ...options }))).toEqual([problem])
  })

  it('refuses what can not be compared', async () => {
    const contract = await loadContract(file('99%', 'only'))
    await expect(compare([contract], { year: 2026 })).rejects.toBeInstanceOf(InputError)
    await expect(compare([contract, contract], { year: 26.5 })).rejects.toBeInstanceOf(InputError)
  })
})

describe('loadContract', () => {
  it('says all that is wrong, and doubts when strict', async () => {
    const text = CONTRACT.replace('Europe/Paris', 'Europe/Pariss').replace('99.9%', 'most')
    const found = await refusal(loadContract({ file: 'bad.yaml', text }))
    expect(found.length).toBeGreaterThan(1)
    expect(await refusal(loadContract(at('none.yaml')))).toEqual([
      `unreadable: ${at('none.yaml')} can't be read: there is no such file`,
    ])
    const doubtful = {
      file: 'a.yaml',
      text: `${CONTRACT}calendars: { never-used: { hours: "09:00-17:00", days: mon-fri } }\n`,
    }
    expect((await loadContract(doubtful)).warnings.length).toBeGreaterThan(0)
    expect((await refusal(loadContract(doubtful, { strict: true }))).length).toBeGreaterThan(0)
  })

  it('looks beside the contract for files that it names', async () => {
    const event = ['BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20260508', 'SUMMARY:Victory', 'END:VEVENT']
    writeFileSync(at('days.ics'), ['BEGIN:VCALENDAR', 'VERSION:2.0', ...event, 'END:VCALENDAR', ''].join('\r\n'))
    const calendars = 'calendars: { office: { days: mon-fri, hours: "09:00-17:00", holidays: days.ics } }\n'
    const text = `${CONTRACT}${calendars}`
    writeFileSync(at('dated.yaml'), text)
    expect((await loadContract(at('dated.yaml'))).calendars.has('office')).toBe(true)
  })
})

describe('loadEvidence and inspect', () => {
  it('read standard input that is handed over, foreign columns and local times', async () => {
    const contract = await loadContract(at('acme.yaml'))
    async function* stdin(): AsyncGenerator<string> {
      yield 'Began,Restored,Product\n2026-05-03T10:00:00,2026-05-'
      yield '03T10:30:00,web\n'
    }
    const mapping = {
      file: 'map.yaml',
      text: 'as: outage\ncolumns: { Began: start, Restored: end, Product: service }\n',
    }
    const progress: number[] = []
    const onProgress = ({ rows }: { readonly rows: number }): void => void progress.push(rows)
    const options = { contract, asOf: AS_OF, timezone: 'Europe/Paris', mapping, stdin: stdin(), onProgress }
    const { outages } = await loadEvidence('-', options)
    expect(outages[0]?.start.earliest).toBe(Date.UTC(2026, 4, 3, 8))
    expect(progress.at(-1)).toBe(1)
    const [seen] = await inspect(at('outages.csv'))
    expect(seen?.types).toEqual([{ type: 'outage', rows: 3, bad: 0, leftOut: 0, read: true }])
  })

  it('leave bad rows out on request only', async () => {
    writeFileSync(at('outages-2.csv'), `${OUTAGES}yesterday,today,web\n`)
    const contract = await loadContract(at('acme.yaml'))
    expect((await refusal(loadEvidence(at('outages-2.csv'), { contract, asOf: AS_OF }))).length).toBeGreaterThan(0)
    const evidence: LoadedEvidence = await loadEvidence(at('outages-2.csv'), {
      contract,
      asOf: AS_OF,
      onBadRow: 'skip',
    })
    expect(evidence.outages).toHaveLength(3)
    expect(evidence.skipped.length).toBeGreaterThan(0)
  })

  it.each([
    [{ timezone: 'Europe/Pariss' }, 'timezone'],
    [{ as: 'outag' }, 'as'],
    [{ takenAt: [{ at: '2026-05-01' }] }, 'takenAt'],
  ] as const)('refuse %j', async (options, name) => {
    const [first] = await refusal(inspect(at('outages.csv'), options))
    expect(first).toMatch(new RegExp(`^bad-option: ${name}: `))
  })
})

describe('render', () => {
  it('knows every format by its name', async () => {
    const names: Readonly<Record<FormatName, true>> = {
      pretty: true,
      json: true,
      ndjson: true,
      csv: true,
      markdown: true,
      html: true,
      junit: true,
      sarif: true,
      github: true,
      gitlab: true,
    }
    expect(Object.keys(names).sort()).toEqual(Object.keys(formats).sort())
    const report = await audited()
    for (const format of Object.keys(names) as FormatName[]) {
      const text = await render(report, format)
      expect(text, format).not.toBe('')
      expect([...(await renderPieces(report, format))].join(''), format).toBe(text)
    }
    expect(await refusal(render(report, 'htlm' as FormatName))).toEqual([
      'bad-option: format: there is no format "htlm"',
    ])
    expect(await refusal(render(report, 'toString' as FormatName))).toHaveLength(1)
  })

  it('names the command that explains a breach', async () => {
    const report = await audited()
    const repeat = `${at('acme.yaml')} ${at('outages.csv')} --period 2026-05 --as-of 2026-06-08T00:00:00+02:00`
    expect((await render(report, 'pretty', { width: 500 })).split('\n')).toContain(
      `Why?  sla explain uptime/2026-05 ${repeat}`,
    )
  })

  it('lays text out as asked for', async () => {
    const report = await audited()
    expect(await render(report, 'pretty', { color: true })).toContain('\u001b[')
    expect(await render(report, 'pretty')).not.toContain('\u001b')
    const ascii = await render(report, 'pretty', { ascii: true, width: 70 })
    expect(/^[\n\x20-\x7e]*$/.test(ascii)).toBe(true)
    expect(Math.max(...ascii.split('\n').map(line => line.length))).toBeLessThanOrEqual(70)
    const verbose = await render(report, 'pretty', { verbose: true })
    expect(verbose.length).toBeGreaterThan((await render(report, 'pretty', { quiet: true })).length)
  })

  it('shows a report that was read back as it showed the first', async () => {
    const report = await audited()
    const again = await loadReport({ file: 'may.json', text: await render(report, 'json') })
    for (const format of ['pretty', 'html', 'csv'] as const) {
      expect(await render(again, format), format).toBe(await render(report, format))
    }
    expect((await refusal(loadReport({ file: 'x.json', text: '{}' })))[0]).toContain('not-a-report')
  })

  it('explains a finding by its id', async () => {
    const report = await audited()
    const text = await explain(report, 'uptime/2026-05')
    expect(text).toContain('uptime/2026-05')
    expect(text).toContain('45m')
    expect(await refusal(explain(report, 'uptime/2026-04'))).toHaveLength(1)
  })

  it('shows what is wrong with its place', async () => {
    const error = await loadContract({
      file: 'bad.yaml',
      text: CONTRACT.replace('kind: Contract', 'kind: Contrat'),
    }).catch((thrown: unknown) => thrown)
    if (!(error instanceof InputError)) throw error
    const text = await renderDiagnostics(error.diagnostics)
    expect(text).toMatch(/^bad\.yaml:2:\d+ {2}error {2}/)
    expect(text).toContain('kind: Contrat')
  })
})

it('VERSION is that of the package', () => {
  expect(VERSION).toBe(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version)
})
