import { type BackupStore, makeBackupStore } from './backups/store.ts'
import type { Unclear } from './evidence.ts'
import { type CheckFolder, makeCheckFolder } from './fold-checks.ts'
import type { Coverage, Maintenance, Outage } from './records.ts'
import { type MeasurementLists, makeMeasurementLists, makeRequestLists, type RequestLists } from './sample-lists.ts'
import { makeTicketStore, type TicketStore } from './tickets/store.ts'
import { makeVulnerabilityStore, type VulnerabilityStore } from './vulnerabilities/store.ts'

/** What all files together have brought so far. */
export interface Store {
  readonly services: readonly string[]
  readonly outages: Outage[]
  readonly maintenances: Maintenance[]
  readonly coverage: Coverage[]
  readonly checks: CheckFolder
  readonly requests: RequestLists
  readonly measurements: MeasurementLists
  readonly tickets: TicketStore
  readonly vulnerabilities: VulnerabilityStore
  readonly backups: BackupStore
  readonly unclear: UnclearRows
}

/** Counts rows for which a filter cannot be told. */
export interface UnclearRows {
  add(type: string, service: string, filter: number, columns: readonly string[]): void
  list(): readonly Unclear[]
}

/**
 * `columns` are those of which tickets, vulnerabilities and backups keep the cells, as `columnName` gives them;
 * `components` those that clauses name.
 */
export function makeStore(
  services: readonly string[],
  maxGap?: number,
  columns: readonly string[] = [],
  components: readonly string[] = [],
): Store {
  return {
    services,
    outages: [],
    maintenances: [],
    coverage: [],
    checks: makeCheckFolder(maxGap),
    requests: makeRequestLists(),
    measurements: makeMeasurementLists(),
    tickets: makeTicketStore([...new Set(['plan', ...columns])]),
    vulnerabilities: makeVulnerabilityStore([...new Set(columns)]),
    backups: makeBackupStore([...new Set(columns)], components),
    unclear: makeUnclearRows(),
  }
}

function makeUnclearRows(): UnclearRows {
  const found = new Map<string, Unclear>()
  return {
    add(type, service, filter, columns) {
      const key = JSON.stringify([type, service, filter, columns])
      const rows = (found.get(key)?.rows ?? 0) + 1
      found.set(key, { type, service, filter, columns, rows })
    },
    list: () => [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, unclear]) => unclear),
  }
}
