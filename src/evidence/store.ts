import { type CheckFolder, makeCheckFolder } from './fold-checks.ts'
import type { Coverage, Maintenance, Outage } from './records.ts'
import { type MeasurementLists, makeMeasurementLists, makeRequestLists, type RequestLists } from './sample-lists.ts'

/** What all files together have brought so far. */
export interface Store {
  readonly services: readonly string[]
  readonly outages: Outage[]
  readonly maintenances: Maintenance[]
  readonly coverage: Coverage[]
  readonly checks: CheckFolder
  readonly requests: RequestLists
  readonly measurements: MeasurementLists
}

export function makeStore(services: readonly string[], maxGap?: number): Store {
  return {
    services,
    outages: [],
    maintenances: [],
    coverage: [],
    checks: makeCheckFolder(maxGap),
    requests: makeRequestLists(),
    measurements: makeMeasurementLists(),
  }
}
