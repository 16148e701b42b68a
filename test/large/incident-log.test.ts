import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finding, Status } from '../../src/model/finding.ts'
import type { Report } from '../../src/model/report.ts'
import { type CliResult, runCli } from '../support/cli.ts'
import { type Incident, incidentLog } from './incident-log.ts'

const CONTRACT = `
apiVersion: sla/v1
kind: Contract
id: service-desk
timezone: "-03:00"
calendars:
  desk: { days: mon-fri, hours: "08:00-18:00" }
clauses:
  incidents:
    kind: support
    calendar: desk
    clock: calendar
    business-day: working-hours
    on-reopen: continue
    paused-in: [Awaiting User Info]
    priorities:
      P1: { resolve: 4h }
      P2: { resolve: 8h }
      P3: { resolve: 3 business days }
      P4: { resolve: 5 business days }
`

const MAPPING = `
as: ticket
rows: updates
columns: { number: id, incident_state: status, sys_updated_at: updated_at, assignment_group: queue, contact_type: channel }
time-format: D/M/YYYY HH:mm
timezone: "-03:00"
values:
  priority: { 1 - Critical: P1, 2 - High: P2, 3 - Moderate: P3, 4 - Low: P4 }
states: [New, Active, Awaiting User Info, Awaiting Problem, Awaiting Vendor, Awaiting Evidence, Resolved, Closed]
resolved-in: [Resolved, Closed]
`

const HOUR = 60
const ALLOWED: Readonly<Record<string, number>> = { '1': 4 * HOUR, '2': 8 * HOUR, '3': 30 * HOUR, '4': 50 * HOUR }
// 2016-12-31T00:00 local: day 365 of the year that minutes are counted in.
const AS_OF = 365 * 1440

/** Open minutes of Monday to Friday 08:00-18:00 ahead of a minute of 2016, which began on a Friday. */
function openBefore(minute: number): number {
  const day = Math.floor(minute / 1440)
  const today = Math.min(Math.max((minute % 1440) - 8 * HOUR, 0), 10 * HOUR)
  let days = 0
  for (let d = 0; d < day; d++) if (isOpen(d)) days++
  return days * 10 * HOUR + (isOpen(day) ? today : 0)
}

const isOpen = (day: number): boolean => ![1, 2].includes(day % 7)
const openIn = (start: number, end: number): number => openBefore(end) - openBefore(start)

function expected(incident: Incident): { readonly status: Status; readonly counted: number } {
  const stop = incident.resolved ?? AS_OF
  const left = [...incident.paused, ...incident.idle].reduce((sum, [start, end]) => sum + openIn(start, end), 0)
  const counted = openIn(incident.opened, stop) - left
  const allowed = ALLOWED[incident.priority[0] ?? ''] ?? 0
  const kept = incident.resolved === undefined ? 'pending' : 'met'
  return { status: counted > allowed ? 'breached' : kept, counted }
}

describe('a log of 140,000 updates of 25,000 incidents', () => {
  const log = incidentLog(25_000, 140_000)
  const folder = mkdtempSync(join(tmpdir(), 'sla-incidents-'))
  let result: CliResult
  let report: Report
  let findings: ReadonlyMap<string, Finding>

  beforeAll(() => {
    writeFileSync(join(folder, 'contract.yaml'), CONTRACT)
    writeFileSync(join(folder, 'incidents.csv'), log.csv)
    writeFileSync(join(folder, 'map.yaml'), MAPPING)
    const words = 'audit contract.yaml incidents.csv --map map.yaml --on-bad-row skip --period 2016 -f json'
    result = runCli([...words.split(' '), '--as-of', '2016-12-31T00:00:00-03:00'], { cwd: folder })
    report = JSON.parse(result.stdout) as Report
    findings = new Map([...(report.clauses[0]?.findings ?? [])].map(finding => [finding.subject, finding]))
  }, 60_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is read in one command, each row counted', () => {
    expect(log.rows).toBe(140_000)
    expect(result.code).toBe(1)
    const { type, rows, used, skipped, later, duplicates } = report.inputs[0]?.counts[0] ?? {}
    expect({ type, rows, skipped, later }).toEqual({ type: 'ticket', rows: 140_000, skipped: log.badStates, later: 0 })
    expect((used ?? 0) + (duplicates ?? 0)).toBe(140_000 - log.badStates)
  })

  it('diagnoses each dirty row', () => {
    expect(log.badStates).toBe(5)
    expect(log.outOfOrder).toBeGreaterThan(200)
    const bad = report.warnings.filter(({ message }) => message.includes('-100'))
    expect(bad).toHaveLength(log.badStates)
    const order = report.warnings.filter(({ code }) => code === 'out-of-order')
    const named = order.map(({ message }) =>
      Number(/\b(\d[\d,]*) rows?\b/.exec(message)?.[1]?.replaceAll(',', '') ?? 1),
    )
    expect(named.reduce((sum, n) => sum + n, 0)).toBe(log.outOfOrder)
  })

  it('gives every incident the verdict that plain arithmetic gives', () => {
    expect(findings.size).toBe(25_000)
    const wrong: unknown[] = []
    const seen: Record<string, number> = {}
    for (const incident of log.incidents) {
      const finding = findings.get(incident.number)
      const should = expected(incident)
      const status = incident.spoilt ? 'unverified' : should.status
      seen[status] = (seen[status] ?? 0) + 1
      const same =
        finding?.status === status &&
        (incident.spoilt || (finding.observed.unit === 'ms' && finding.observed.value === should.counted * 60_000))
      if (!same) wrong.push({ incident, should, finding })
    }
    expect(wrong.slice(0, 3)).toEqual([])
    expect(Object.keys(seen).sort()).toEqual(['breached', 'met', 'unverified'])
  })
})
