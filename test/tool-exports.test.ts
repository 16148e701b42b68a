import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Report } from '../src/model/report.ts'
import { root, runCli } from './support/cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'sla-exports-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const H = 3_600_000
const M = 60_000

/** Audits exports with the built program, round the clock, no mapping: `id status counted` of every finding. */
function verdicts(name: string, fields: string, files: readonly string[], asOf: string, ...more: readonly string[]) {
  const contract = join(folder, `${name}.yaml`)
  writeFileSync(
    contract,
    `{ apiVersion: sla/v1, kind: Contract, id: ${name}, timezone: Europe/Paris,
  clauses: { tickets: { kind: support, calendar: always, clock: always, on-reopen: continue, ${fields} } } }\n`,
  )
  const paths = files.map(file => join(root, 'test/fixtures', file))
  const options = ['--period', '2024-01-01..2026-12-31', '--as-of', asOf, '-f', 'json', ...more]
  const { stdout, stderr } = runCli(['audit', contract, ...paths, ...options])
  if (stdout === '') throw new Error(stderr)
  const report = JSON.parse(stdout) as Report
  const findings = [...(report.clauses[0]?.findings ?? [])].map(({ id, status, observed, reason }) => {
    const counted = observed.unit === 'ms' && status !== 'unverified' ? observed.value : reason
    return `${id.replace('tickets/', '')} ${status} ${counted}`
  })
  return { findings: findings.sort(), tools: report.inputs.map(({ tool }) => tool) }
}

describe('exports of ticket tools, as they are', () => {
  it('Jira JSON: changelog and comments', () => {
    const fields =
      'paused-in: [Waiting for customer], priorities: { Highest: { respond: 10min, resolve: 15h }, Medium: { respond: 20min, resolve: 99h }, Low: { respond: 90min, resolve: 3h } }'
    const found = verdicts('jira', fields, ['jira/search.json'], '2026-06-02T12:00:00Z')
    expect(found.tools).toEqual(['jira'])
    expect(found.findings).toEqual([
      // 17:30 to 10:00:00.250 next day, less the hour of waiting; Highest since 17:50.
      `Highest-resolve/OPS-101 breached ${15 * H + 30 * M + 250}`,
      // Resolved 09:00 to 10:00 without a reply; reopened at 12:00, a day before.
      `Low-resolve/OPS-102 breached ${25 * H}`,
      `Low-respond/OPS-102 met ${H}`,
      // 17:45 is the first public reply of the team; it was Medium then.
      `Medium-respond/OPS-101 met ${15 * M}`,
      'OPS-103 unverified no-priority',
    ])
  })

  it('Jira CSV: stamps without replies', () => {
    const fields =
      'priorities: { Highest: { respond: 10min, resolve: 15h }, Medium: { respond: 20min, resolve: 99h }, Low: { respond: 90min, resolve: 3h } }'
    const found = verdicts('jira-csv', fields, ['jira/issues.csv'], '2026-06-02T12:00:00Z', '--tz', 'Europe/Paris')
    expect(found.tools).toEqual(['jira'])
    expect(found.findings).toEqual([
      // 5:30 PM to 8:00 AM.
      `Highest-resolve/OPS-101 met ${14 * H + 30 * M}`,
      'Highest-respond/OPS-101 unverified column-missing',
      // Noon to 12:30 PM: whenever it was answered, in time.
      `Low-resolve/OPS-103 met ${30 * M}`,
      `Low-respond/OPS-103 met ${30 * M}`,
      // From 12:10 AM to 14:00.
      `Medium-resolve/OPS-102 pending ${13 * H + 50 * M}`,
      'Medium-respond/OPS-102 unverified column-missing',
    ])
  })

  it('ServiceNow CSV: one row per update', () => {
    const fields =
      'paused-in: [Awaiting User Info], priorities: { 1 - Critical: { resolve: 4h }, 2 - High: { resolve: 20h }, 3 - Moderate: { resolve: 1h } }'
    const file = 'servicenow/incident_event_log.csv'
    const found = verdicts('servicenow', fields, [file], '2026-03-31T23:59:00+02:00', '--tz', 'UTC')
    expect(found.tools).toEqual(['servicenow'])
    // 1 March 08:05 to 2 March 09:30 is 25 h 25 min, less 11:00 to 15:00; High since 11:00.
    expect(found.findings).toContain(`2 - High-resolve/INC9000001 breached ${21 * H + 25 * M}`)
    // Open since 29 February 2024 01:16 UTC.
    const open = Date.parse('2026-03-31T21:59:00Z') - Date.parse('2024-02-29T01:16:00Z')
    expect(found.findings).toContain(`1 - Critical-resolve/INC9000002 breached ${open}`)
    expect(found.findings).toHaveLength(2)
  })

  it('Zendesk: tickets with metric events', () => {
    const fields =
      'paused-in: [pending], unprioritised: normal, priorities: { high: { respond: 30min, resolve: 3h }, urgent: { resolve: 24h }, normal: { respond: 1h, resolve: 2h } }'
    const files = ['zendesk/tickets.json', 'zendesk/ticket_metric_events.json']
    const found = verdicts('zendesk', fields, files, '2026-05-06T00:00:00Z')
    expect(found.tools).toEqual(['zendesk', 'zendesk-events'])
    expect(found.findings).toEqual([
      // 08:00 to 12:00, pending from 08:20 to 10:00.
      `high-resolve/35436 met ${2 * H + 20 * M}`,
      `high-respond/35436 met ${20 * M}`,
      // 09:00 to 10:30; one reply, but nothing tells when.
      `normal-resolve/35437 met ${H + 30 * M}`,
      'normal-respond/35437 unverified column-missing',
      // Reopened twice, nothing tells when.
      'urgent-resolve/35438 unverified column-missing',
    ])
  })

  it('GitHub: issues with events', () => {
    const fields =
      'priorities: { P1: { respond: 30min, resolve: 2h }, P2: { respond: 1h, resolve: 9h }, high: { respond: 24h, resolve: 72h } }'
    const files = ['github/issues.json', 'github/events.json']
    const found = verdicts('github', fields, files, '2026-05-04T08:00:00Z')
    expect(found.tools).toEqual(['github', 'github-events'])
    expect(found.findings).toEqual([
      // Two labels that name a priority.
      '15 unverified column-missing',
      // 08:00 to 10:00 and 11:00 to 12:00; P1 since 08:30.
      `P1-resolve/12 breached ${3 * H}`,
      // A member comments at 08:40; the bot before does not count.
      `P1-respond/12 breached ${40 * M}`,
      `high-resolve/14 pending ${48 * H}`,
      `high-respond/14 breached ${48 * H}`,
    ])
  })

  it('Zammad JSON', () => {
    const fields =
      'priorities: { 1 low: { resolve: 99h }, 2 normal: { respond: 2h, resolve: 24h }, 3 high: { respond: 1h, resolve: 8h } }'
    const found = verdicts('zammad', fields, ['zammad/tickets.json'], '2026-05-05T00:00:00Z')
    expect(found.tools).toEqual(['zammad'])
    // 09:57:17.837 to 10:57:17.904, and to 09:00 the next day.
    expect(found.findings).toContain(`2 normal-respond/22001 met ${H + 67}`)
    expect(found.findings).toContain(`2 normal-resolve/22001 met ${24 * H - 57 * M - 17_837}`)
    // Closed once and open again; an agent wrote, but the first response is blank.
    expect(found.findings).toContain('3 high-resolve/22002 unverified column-missing')
    expect(found.findings).toContain('3 high-respond/22002 unverified column-missing')
  })

  it('GLPI CSV', () => {
    const fields = 'priorities: { High: { resolve: 2h }, Medium: { resolve: 4h } }'
    const asOf = '2026-05-04T12:00:00+02:00'
    const found = verdicts('glpi', fields, ['glpi/tickets.csv'], asOf, '--tz', 'Europe/Paris')
    expect(found.tools).toEqual(['glpi'])
    expect(found.findings).toEqual([
      // 09:05 to 11:00; from 10:00 to now. Ids are text, as the export groups them.
      `High-resolve/2 400 met ${H + 55 * M}`,
      `Medium-resolve/2 401 pending ${2 * H}`,
    ])
  })
})
