import type { Where } from '../model/where.ts'
import type { Zone } from '../time/zone.ts'
import type { ReadOptions } from './evidence.ts'
import type { StampParser } from './time-format.ts'

/** How `--map` says that one file is to be read. */
export interface FileMapping {
  readonly as?: string
  /** Header of the file → column of the language. */
  readonly columns: ReadonlyMap<string, string>
  /** Column of the language → text in the file → text that it stands for. */
  readonly values: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly format?: StampParser
  readonly timezone?: string
  /** Only rows that match are read. */
  readonly where?: Where
}

/** The mapping that holds for a file by its name, if any. */
export type Mapping = (file: string) => FileMapping | undefined

/** Loads a mapping file, and what it takes to read one, only when there is one. */
export async function mappingOf(given: ReadOptions['mapping'], zones: (name: string) => Zone): Promise<Mapping> {
  if (given === undefined) return () => undefined
  const { loadMapping } = await import('./mapping.ts')
  return loadMapping(given.file, given.bytes, zones)
}
