import type { Life } from './records.ts'
import type { IndexedScan } from './scans.ts'
import type { Sighting } from './seen.ts'
import type { ToldLife } from './told.ts'

/** A life as rows: `told` are rows of a log, `seen` sightings by time. */
export interface RoughLife extends Pick<Life, 'detected' | 'fixed' | 'fixedBy' | 'fixUnknown' | 'flaw'> {
  readonly told: readonly number[]
  readonly part: ToldLife['part']
  readonly seen: readonly Sighting[]
  readonly lastSeen?: IndexedScan
  readonly goneIn?: IndexedScan
  /** When it ends at the latest, where `fixed` does not say. */
  readonly ends?: number
}

/** For objects that are put together: of a million, spreads would take most of the time. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] }

export const SEEN_AFTER = 'it was seen by a scan after its fix'
