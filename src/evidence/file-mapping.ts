import type { Where } from '../model/where.ts'
import type { Zone } from '../time/zone.ts'
import type { ReadOptions } from './evidence.ts'
import type { StampParser } from './time-format.ts'

/** How `--map` says that one file is to be read. */
export interface FileMapping {
  /** The tool whose export it describes: its other headers are left as they are, whatever they resemble. */
  readonly preset?: string
  readonly as?: string
  /** Header of the file → column of the language. */
  readonly columns: ReadonlyMap<string, string>
  /** Column of the language → text in the file → text that it stands for. */
  readonly values: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** Column of the language → text of every row where the file has none or a blank cell. */
  readonly set?: ReadonlyMap<string, string>
  /** Location → what its rows are told of it where they say nothing of it themselves. */
  readonly locations?: ReadonlyMap<string, LocationCells>
  readonly format?: StampParser
  /** How people are told that `format` reads times: `DD/MM/YYYY HH:mm`. */
  readonly form?: string
  readonly timezone?: string
  /** Only rows that match are read. */
  readonly where?: Where
  /** `rows: updates`: rows of one id are successive states of one record. */
  readonly updates?: UpdateRules
  /** What the mapping file itself names of the files, as far as they must have it. */
  readonly named?: readonly NamedColumn[]
  /** Texts that it replaces, and those that it sets. */
  readonly texts?: readonly NamedText[]
  readonly sets?: readonly NamedText[]
  /** Where the entry stands: `map.yaml:3`. */
  readonly place?: string
}

/** A text that an entry of a mapping file has of a column. */
export interface NamedText {
  /** As `columnName` gives it. */
  readonly column: string
  readonly text: string
  readonly place: string
}

/** Where a location is. */
export type LocationCells = Readonly<Partial<Record<(typeof LOCATION_COLUMNS)[number], string>>>

export const LOCATION_COLUMNS = ['provider', 'region', 'country'] as const

/** A header or column that an entry of a mapping file names. */
export interface NamedColumn {
  readonly key: 'columns' | 'values' | 'where'
  readonly name: string
  /** Where it stands: `map.yaml:4`. */
  readonly place: string
}

/** How the successive states of a ticket are to be read. */
export interface UpdateRules {
  /** States in which the ticket counts as resolved: entering one resolves it, leaving them reopens it. */
  readonly resolvedIn?: readonly string[]
  /** Every state that a row may hold; another one makes the row bad. */
  readonly states?: readonly string[]
}

/** The mapping that holds for a file by its name, if any. */
export type Mapping = (file: string) => FileMapping | undefined

/** Loads a mapping file, and what it takes to read one, only when there is one. */
export async function mappingOf(given: ReadOptions['mapping'], zones: (name: string) => Zone): Promise<Mapping> {
  if (given === undefined) return () => undefined
  const { loadMapping } = await import('./mapping.ts')
  return loadMapping(given.file, given.bytes, zones)
}
