import type { AuditPlan } from '../../src/audit/plan.ts'
import { finishRecords } from '../../src/evidence/backups/finish-records.ts'
import { finishBackups } from '../../src/evidence/backups/report.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { columnName, compileFilters } from '../../src/evidence/filter.ts'
import type { StateCode } from '../../src/evidence/probe-fold.ts'
import { makeProblems } from '../../src/evidence/problems.ts'
import type { Happened, Maintenance, Outage, ProbeSeries } from '../../src/evidence/records.ts'
import { makeStore, type Store } from '../../src/evidence/store.ts'
import { finishTickets } from '../../src/evidence/tickets/report.ts'
import { makeStatesSeen } from '../../src/evidence/tickets/states-seen.ts'
import { acceptance } from '../../src/evidence/types/acceptance.ts'
import { advisory } from '../../src/evidence/types/advisory.ts'
import { backup } from '../../src/evidence/types/backup.ts'
import { backupCopy } from '../../src/evidence/types/backup-copy.ts'
import { backupDeletion } from '../../src/evidence/types/backup-deletion.ts'
import { control } from '../../src/evidence/types/control.ts'
import { epss } from '../../src/evidence/types/epss.ts'
import { incident } from '../../src/evidence/types/incident.ts'
import { inventory } from '../../src/evidence/types/inventory.ts'
import { knownExploited } from '../../src/evidence/types/known-exploited.ts'
import type { Reading, RecordType, RowReader } from '../../src/evidence/types/record-type.ts'
import { recoveryPoint } from '../../src/evidence/types/recovery-point.ts'
import { restore } from '../../src/evidence/types/restore.ts'
import { scan } from '../../src/evidence/types/scan.ts'
import { score } from '../../src/evidence/types/score.ts'
import { ticket } from '../../src/evidence/types/ticket.ts'
import { ticketChange } from '../../src/evidence/types/ticket-change.ts'
import { verification } from '../../src/evidence/types/verification.ts'
import { vex } from '../../src/evidence/types/vex.ts'
import { vulnerability } from '../../src/evidence/types/vulnerability.ts'
import { finishVulnerabilities } from '../../src/evidence/vulnerabilities/report.ts'
import type { Moment } from '../../src/model/interval.ts'
import { ms } from './instants.ts'
import { matches } from './matches.ts'

/**
 * One row: a cell left out is a column the file lacks, '' a blank cell. Instants as text with offset, as epoch ms, or
 * as `EARLIEST~LATEST` in epoch ms, known as little as a date is.
 */
export type Cells = Readonly<Record<string, string | number>>

/** Rows by record type. A type that is there with no row is a file with a header only. */
export interface Tables {
  readonly outage?: readonly Cells[]
  readonly maintenance?: readonly Cells[]
  readonly check?: readonly Cells[]
  readonly requests?: readonly Cells[]
  readonly measurement?: readonly Cells[]
  readonly ticket?: readonly Cells[]
  readonly 'ticket-change'?: readonly Cells[]
  readonly vulnerability?: readonly Cells[]
  readonly advisory?: readonly Cells[]
  readonly score?: readonly Cells[]
  readonly acceptance?: readonly Cells[]
  readonly vex?: readonly Cells[]
  readonly 'known-exploited'?: readonly Cells[]
  readonly epss?: readonly Cells[]
  readonly scan?: readonly Cells[]
  readonly backup?: readonly Cells[]
  readonly 'backup-copy'?: readonly Cells[]
  readonly 'backup-deletion'?: readonly Cells[]
  readonly verification?: readonly Cells[]
  readonly inventory?: readonly Cells[]
  readonly restore?: readonly Cells[]
  readonly 'recovery-point'?: readonly Cells[]
  readonly incident?: readonly Cells[]
  readonly control?: readonly Cells[]
  readonly coverage?: readonly Cells[]
}

/** What reading files with these rows would give: records in time order, samples folded by the real fold. */
export function evidenceOf(
  tables: Tables,
  { asOf, plan, services }: { asOf: number; plan: AuditPlan; services: readonly string[] },
): Evidence {
  const columns = plan.filters.flatMap(where => (where ?? []).map(test => columnName(test.column)))
  const store = makeStore(services, undefined, columns, plan.components)
  const known = (cells: Cells): boolean => instant(cells, 'start', 'time', 'from') <= asOf
  const service = (cells: Cells): string => String(cells.service ?? (services.length === 1 ? services[0] : ''))
  const seenBy = (cells: Cells): readonly number[] =>
    plan.filters.flatMap((where, i) => (where === undefined || matches(where, texts(cells)) ? [i] : []))
  store.checks.beginFile(0)
  const checks = (tables.check ?? [])
    .flatMap((cells, i) =>
      seenBy(cells).map(filter => ({
        line: i + 2,
        at: instant(cells, 'time'),
        state: STATES.get(String(cells.status)) ?? 0,
        service: service(cells),
        location: String(cells.location ?? ''),
        source: String(cells.source ?? ''),
        filter,
      })),
    )
    .filter(row => row.at <= asOf)
    .sort((a, b) => a.at - b.at)
  for (const row of checks)
    store.checks.add(row.service, row.location, row.source, row.filter, row.at, row.state, row.line)
  for (const [i, c] of (tables.requests ?? []).filter(known).entries()) {
    const interval = Number(c.interval ?? 0)
    const [total, failed] = [Number(c.total), Number(c.failed)]
    // Every row stands for itself: what two rows of one time say to each other is the reader's business.
    const row = [instant(c, 'time'), total, failed, interval, i, 0, i + 2, store.requests.nextRow()] as const
    for (const filter of seenBy(c)) store.requests.add(service(c), filter, row)
  }
  for (const c of (tables.measurement ?? []).filter(known))
    for (const filter of seenBy(c))
      store.measurements.add(String(c.metric), service(c), filter, instant(c, 'time'), Number(c.value))
  const shared = (cells: Cells, i: number) => ({
    origin: { input: 0, line: i + 2 },
    service: service(cells),
    attributes: texts(cells),
  })
  const happened = (cells: Cells, column: string): Happened => {
    const cell = cells[column]
    if (cell === undefined || cell === '?') return undefined
    return cell === '' || moment(cell).earliest > asOf ? null : moment(cell)
  }
  const end = (cells: Cells) => {
    const cell = cells.end
    return cell === undefined || cell === '' || moment(cell).earliest > asOf ? null : moment(cell)
  }
  const outages = (tables.outage ?? []).filter(known).map((c, i): Outage => {
    const share = /^(\d+)%$/.exec(String(c.affected ?? ''))
    return {
      ...shared(c, i),
      start: moment(c.start ?? ''),
      end: end(c),
      detected: happened(c, 'detected_at'),
      reported: happened(c, 'reported_at'),
      severity: (c.severity as Outage['severity'] | undefined) ?? 'full',
      ...(c.id !== undefined && { id: String(c.id) }),
      ...(share !== null && { affected: { part: Number(share[1]), of: 100 } }),
      ...(c.users !== undefined && { users: Number(c.users) }),
      ...(c.cause !== undefined && { cause: String(c.cause) }),
      ...(c.source !== undefined && { source: String(c.source) }),
    }
  })
  const maintenances = (tables.maintenance ?? []).filter(known).map((c, i): Maintenance => {
    const stated = (column: string) => {
      const cell = c[column]
      return cell === undefined || cell === '' || cell === '?' ? undefined : moment(cell)
    }
    const [plannedStart, plannedEnd] = [stated('planned_start'), stated('planned_end')]
    return {
      ...shared(c, i),
      start: moment(c.start ?? ''),
      end: end(c),
      announced: happened(c, 'announced_at'),
      overrunNotified: happened(c, 'overrun_notified_at'),
      impact: (c.impact as Maintenance['impact'] | undefined) ?? 'down',
      ...(c.id !== undefined && { id: String(c.id) }),
      ...(plannedStart !== undefined && { plannedStart }),
      ...(plannedEnd !== undefined && { plannedEnd }),
      ...(c.expected_downtime !== undefined && { expectedDowntime: Number(c.expected_downtime) }),
    }
  })
  const coverage = (tables.coverage ?? []).flatMap((c, i) => {
    const names = c.service === undefined && services.length > 0 ? services : [service(c)]
    return names.map(name => ({
      ...shared(c, i),
      service: name,
      type: String(c.type),
      from: ms(c.from ?? ''),
      to: Math.min(ms(c.to ?? ''), asOf),
    }))
  })
  const byStart = (a: Outage | Maintenance, b: Outage | Maintenance) => a.start.earliest - b.start.earliest
  readRows(ticket, 0, tables.ticket ?? [], { asOf, store, service })
  readRows(ticketChange, 1, tables['ticket-change'] ?? [], { asOf, store, service })
  for (const [i, type] of STORED.entries()) {
    readRows(type, i + 2, tables[type.name as keyof Tables] ?? [], { asOf, store, service })
  }
  return {
    asOf,
    inputs: [],
    outages: outages.sort(byStart),
    maintenances: maintenances.sort(byStart),
    probes: store.checks
      .finish(() => makeProblems('checks.csv'))
      .series.map(series => ({ ...series, gaps: gapsOf(series, checks) })),
    requests: store.requests.finish(
      () => {},
      () => {},
    ),
    measurements: store.measurements.finish(),
    tickets: finishTickets(store, {
      onBadRow: 'error',
      problemsOf: () => ({ ...makeProblems('tickets.csv'), error: ({ message }) => bad(message) }),
      recount: () => {},
    }),
    vulnerabilities: finishVulnerabilities(store, {
      asOf,
      problemsOf: () => makeProblems('vulnerabilities.csv'),
      recount: () => {},
    }),
    backups: finishBackups(store, {
      asOf,
      problemsOf: () => makeProblems('backups.csv'),
      recount: () => {},
    }),
    ...finishRecords(store, { problemsOf: () => makeProblems('records.csv'), recount: () => {} }),
    coverage,
    supplied: new Set(Object.keys(tables).filter(type => type !== 'coverage')),
    skipped: [],
    unclear: [],
    warnings: [],
  }
}

const STORED: readonly RecordType[] = [
  vulnerability,
  advisory,
  score,
  acceptance,
  vex,
  knownExploited,
  epss,
  scan,
  backup,
  backupCopy,
  backupDeletion,
  verification,
  inventory,
  restore,
  recoveryPoint,
  incident,
  control,
]

/** Rows as the reader of their type takes them, `input` standing for their file. Bad ones are thrown. */
function readRows(
  type: RecordType,
  input: number,
  rows: readonly Cells[],
  { asOf, store, service }: { asOf: number; store: Store; service: (cells: Cells) => string },
): void {
  const readers = new Map<string, RowReader>()
  for (const [i, cells] of rows.entries()) {
    const names = Object.keys(cells)
    const key = JSON.stringify(names)
    const reading: Reading = {
      input,
      file: `${type.name}.csv`,
      asOf,
      at: column => names.indexOf(column),
      names,
      stamps: {
        moment: text => moment(/^\d+$/.test(text) ? Number(text) : text),
        instant: () => Number.NaN,
        flaw: text => ({ message: text }),
        usedZone: false,
        offsets: true,
      },
      filters: compileFilters([], names),
      attributes: cells => Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])),
      fail: (_, message) => bad(`${type.name} line ${i + 2}: ${message}`),
      failStamp: (_, name, { message }) => bad(`${type.name} line ${i + 2}: ${name}: ${message}`),
      dated: () => {},
      asks: () => true,
      states: makeStatesSeen(undefined),
    }
    const reader = readers.get(key) ?? type.open(reading, store)
    readers.set(key, reader)
    reader(
      names.map(name => String(cells[name])),
      i + 2,
      0,
      service(cells),
    )
  }
}

function bad(message: string): never {
  throw new Error(message)
}

const STATES = new Map<string, StateCode>([
  ['up', 0],
  ['unknown', 1],
  ['degraded', 2],
  ['down', 3],
])

/** Every pause between neighbours as a candidate: which of them are gaps is for the clause to say. */
function gapsOf(
  series: ProbeSeries,
  checks: readonly { service: string; location: string; source: string; filter: number; at: number }[],
): ProbeSeries['gaps'] {
  const mine = checks.filter(
    row =>
      row.service === series.service &&
      row.location === series.location &&
      row.source === series.source &&
      row.filter === series.filter,
  )
  const times = [...new Set(mine.map(row => row.at))]
  return times
    .map((start, i) => ({ start, end: times[i + 1] ?? start, origin: series.origin }))
    .filter(({ start, end }) => end - start > 0)
}

function moment(cell: string | number): Moment {
  const range = /^(\d+)~(\d+)$/.exec(String(cell))
  if (range !== null) return { earliest: Number(range[1]), latest: Number(range[2]) }
  return { earliest: ms(cell), latest: ms(cell) }
}

function texts(cells: Cells): Record<string, string> {
  return Object.fromEntries(Object.entries(cells).map(([column, cell]) => [column, String(cell)]))
}

function instant(cells: Cells, ...columns: readonly string[]): number {
  const cell = columns.map(column => cells[column]).find(value => value !== undefined)
  return moment(cell ?? '').earliest
}
