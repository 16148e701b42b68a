import type { Diagnostic } from '../model/diagnostic.ts'
import type { Zone } from '../time/zone.ts'
import type { ReadOptions } from './evidence.ts'
import { type FileMapping, mappingOf } from './file-mapping.ts'
import { findFiles } from './find-files.ts'
import { contradictionFlaw, makeProblems } from './problems.ts'
import { readFile } from './read-file.ts'
import { anyService } from './services.ts'
import { makeStore } from './store.ts'

/** How one file was read, without a contract. */
export interface Inspection {
  readonly file: string
  /** `csv`, `json`, `ndjson`, or `unknown` for what could not be read as any. */
  readonly format: string
  readonly compressed: boolean
  readonly bytes: number
  readonly delimiter?: string
  /** Record types with their rows; `bad` rows would be errors. `read` is false for types that are only counted. */
  readonly types: readonly {
    readonly type: string
    readonly rows: number
    readonly bad: number
    readonly read: boolean
  }[]
  /** Header of the file → column of the language. */
  readonly columns: Readonly<Record<string, string>>
  /** Headers that no record type uses: kept as attributes. */
  readonly unused: readonly string[]
  readonly nearMisses: readonly { readonly header: string; readonly meant: string }[]
  /** Zone that stamps without offset were read in. */
  readonly timezone?: string
  /** Least and greatest stamp that dates a row, epoch ms. */
  readonly first?: number
  readonly last?: number
  readonly problems: readonly Diagnostic[]
}

/**
 * Reads files, directories and globs and says how. What is wrong with a file is part of its result; InputError only
 * for a mapping that can't be used.
 */
export async function inspectFiles(
  paths: readonly string[],
  options: Pick<ReadOptions, 'timezone' | 'as' | 'mapping'>,
  zones: (name: string) => Zone,
  io: { readonly stdin: NodeJS.ReadableStream },
): Promise<readonly Inspection[]> {
  const { files, unusable } = await findFiles(paths)
  const mappingFor = await mappingOf(options.mapping, zones)
  const inspections: Inspection[] = []
  for (const { path, diagnostic } of unusable) inspections.push(unread(path, diagnostic))
  for (const { path, file } of files) {
    inspections.push(await inspect(path, file, mappingFor(file), options, zones, io.stdin))
  }
  return inspections
}

async function inspect(
  path: string,
  file: string,
  mapping: FileMapping | undefined,
  options: Pick<ReadOptions, 'timezone' | 'as'>,
  zones: (name: string) => Zone,
  stdin: NodeJS.ReadableStream,
): Promise<Inspection> {
  const problems = makeProblems(file)
  const timezone = mapping?.timezone ?? options.timezone
  const settings = {
    input: 0,
    path,
    file,
    asOf: Number.POSITIVE_INFINITY,
    services: anyService(),
    filters: [],
    store: makeStore([]),
    onBadRow: 'error' as const,
    asks: () => true,
    stdin,
    ...(options.as === undefined ? {} : { as: options.as }),
    ...(mapping === undefined ? {} : { mapping }),
    ...(timezone === undefined ? {} : { zone: zones(timezone) }),
  }
  const { summary, delimiter, rows } = await readFile(settings, problems)
  settings.store.checks.finish(() => problems)
  settings.store.requests.finish(
    () => {},
    found => {
      const count = rows?.header.counts.get('requests')
      if (count !== undefined) count.skipped++
      problems.error(contradictionFlaw(found, () => problems))
    },
  )
  const header = rows?.header
  const read = [...(header?.types.values() ?? [])]
  const used = new Set(read.flatMap(type => [...type.layout.positions.values()]))
  if (header !== undefined && header.typeAt >= 0) used.add(header.typeAt)
  const unused = header?.headers.filter((name, i) => name !== '' && !used.has(i)) ?? []
  return {
    file,
    format: summary.format,
    compressed: summary.compressed,
    bytes: summary.bytes,
    ...(delimiter === undefined ? {} : { delimiter }),
    types: summary.counts.map(({ type, rows: count, skipped }) => ({
      type,
      rows: count,
      bad: skipped,
      read: header?.types.get(type)?.read !== undefined,
    })),
    columns: summary.columns,
    unused,
    nearMisses: (header?.misses ?? []).map(miss => ({
      header: header?.headers[miss.position] ?? '',
      meant: miss.column,
    })),
    ...(summary.timezone === undefined ? {} : { timezone: summary.timezone }),
    ...(summary.first === undefined ? {} : { first: summary.first }),
    ...(summary.last === undefined ? {} : { last: summary.last }),
    problems: problems.list(),
  }
}

function unread(file: string, diagnostic: Diagnostic): Inspection {
  const nothing = { types: [], columns: {}, unused: [], nearMisses: [] }
  return { file, format: 'unknown', compressed: false, bytes: 0, ...nothing, problems: [diagnostic] }
}
