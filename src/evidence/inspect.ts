import type { Diagnostic } from '../model/diagnostic.ts'
import type { LeftOutBy } from '../model/report.ts'
import type { Zone } from '../time/zone.ts'
import { finishRecords } from './backups/finish-records.ts'
import { finishBackups } from './backups/report.ts'
import type { ReadOptions } from './evidence.ts'
import { type FileMapping, mappingOf } from './file-mapping.ts'
import { findFiles } from './find-files.ts'
import type { Tool } from './formats/format.ts'
import { unusedMapping, warnMapping } from './mapping-warnings.ts'
import { contradictionFlaw, makeProblems, type Problems } from './problems.ts'
import { type FileReading, readFile } from './read-file.ts'
import { type FileProgress, progressOf } from './read-progress.ts'
import { anyService } from './services.ts'
import { makeStore } from './store.ts'
import { takenAtOf, takenAtWarnings } from './taken-at.ts'
import { finishTickets } from './tickets/report.ts'
import { finishVulnerabilities } from './vulnerabilities/report.ts'

/** How one file was read, without a contract. */
export interface Inspection {
  readonly file: string
  /** `csv`, `json`, `ndjson`, or `unknown` for what could not be read as any. */
  readonly format: string
  /** The tool whose export it was read as, and what that leaves open. */
  readonly tool?: Tool
  readonly compressed: boolean
  readonly bytes: number
  readonly delimiter?: string
  /** Record types with their rows; `bad` rows would be errors. `read` is false for types that are only counted. */
  readonly types: readonly {
    readonly type: string
    readonly rows: number
    readonly bad: number
    readonly leftOut: number
    readonly read: boolean
  }[]
  /** How many rows were left out by what, all types together. */
  readonly leftOutBy: Readonly<Partial<Record<LeftOutBy, number>>>
  /** Header of the file → column of the language. */
  readonly columns: Readonly<Record<string, string>>
  /** Where the entry of a mapping stands that it was read with, and what that says beside `columns`. */
  readonly mapping?: { readonly place: string; readonly says: readonly string[] }
  /** Headers that no record type uses: kept as attributes. */
  readonly unused: readonly string[]
  readonly nearMisses: readonly { readonly header: string; readonly meant: string }[]
  /** How times are written, where a mapping or a tool's format says so: `D/M/YYYY H:mm`. */
  readonly form?: string
  /** Zone that stamps without offset were read in. */
  readonly timezone?: string
  /** Every stamp read has an offset of its own; false too where none was read. */
  readonly offsets: boolean
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
  options: Pick<ReadOptions, 'timezone' | 'as' | 'mapping' | 'takenAt' | 'onProgress'>,
  zones: (name: string) => Zone,
  io: { readonly stdin: AsyncIterable<string | Uint8Array> },
): Promise<readonly Inspection[]> {
  const { files, unusable } = await findFiles(paths)
  const mappingFor = await mappingOf(options.mapping, zones)
  const read: Read[] = []
  const progress = await progressOf(files, options.onProgress)
  for (const { path, file } of files) {
    read.push(await inspect(path, file, mappingFor(file), options, zones, io.stdin, progress?.()))
  }
  warnMapping(read.map(({ reading: { rows, converted }, problems }) => ({ rows, converted, problems })))
  const names = files.map(({ file }) => file)
  const unused = [...unusedMapping(options.mapping, names, mappingFor), ...takenAtWarnings(options.takenAt, names)]
  const inspections = read
    .map(inspectionOf)
    .map((one, i) => (i === 0 ? { ...one, problems: [...unused, ...one.problems] } : one))
  return [...unusable.map(({ path, diagnostic }) => unread(path, diagnostic)), ...inspections]
}

interface Read {
  readonly mapping: FileMapping | undefined
  readonly reading: FileReading
  readonly problems: Problems
}

/** `set location: paris`, `values component: /srv/files as files`. */
function mappingOfFile(mapping: FileMapping | undefined): Pick<Inspection, 'mapping'> {
  if (mapping?.place === undefined) return {}
  const { as, preset, values, set, locations, where } = mapping
  const says = [
    ...(as === undefined ? [] : [`as ${as}`]),
    ...(preset === undefined ? [] : [`preset ${preset}`]),
    ...[...values].flatMap(([column, texts]) => [...texts].map(([from, to]) => `values ${column}: ${from} as ${to}`)),
    ...[...(set ?? [])].map(([column, text]) => `set ${column}: ${text}`),
    ...[...(locations ?? [])].map(([name, place]) => `locations ${name}: ${Object.values(place).join(', ')}`),
    ...(where === undefined ? [] : [`where ${where.map(({ column }) => column).join(', ')}`]),
  ]
  return { mapping: { place: mapping.place, says } }
}

async function inspect(
  path: string,
  file: string,
  mapping: FileMapping | undefined,
  options: Pick<ReadOptions, 'timezone' | 'as' | 'takenAt'>,
  zones: (name: string) => Zone,
  stdin: AsyncIterable<string | Uint8Array>,
  onProgress: FileProgress | undefined,
): Promise<Read> {
  const problems = makeProblems(file)
  const timezone = mapping?.timezone ?? options.timezone
  const takenAt = takenAtOf(options.takenAt, file)
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
    ...(takenAt === undefined ? {} : { takenAt }),
    ...(onProgress === undefined ? {} : { onProgress }),
  }
  const reading = await readFile(settings, problems)
  const { rows } = reading
  for (const flaw of rows?.states.flaws() ?? []) problems.warn(flaw)
  settings.store.checks.finish(() => problems)
  settings.store.requests.finish(
    () => {},
    found => {
      const count = rows?.header.counts.get('requests')
      if (count !== undefined) count.skipped++
      problems.error(contradictionFlaw(found, () => problems))
    },
  )
  finishTickets(settings.store, {
    onBadRow: 'error',
    alone: true,
    problemsOf: () => problems,
    recount: (_input, type, to) => {
      const count = rows?.header.counts.get(type)
      if (count !== undefined && to === 'skipped') count.skipped++
    },
  })
  const alone = { alone: true, problemsOf: () => problems, recount: () => {} } as const
  finishVulnerabilities(settings.store, { ...alone, asOf: settings.asOf })
  finishBackups(settings.store, alone)
  finishRecords(settings.store, alone)
  return { reading, problems, mapping }
}

function inspectionOf({ reading, problems, mapping }: Read): Inspection {
  const { summary, delimiter, tool, rows, form, offsets } = reading
  const header = rows?.header
  const read = [...(header?.types.values() ?? [])]
  const used = new Set(read.flatMap(type => [...type.layout.positions.values()]))
  if (header !== undefined && header.typeAt >= 0) used.add(header.typeAt)
  const unused = [...new Set(header?.headers.filter((name, i) => name !== '' && !used.has(i)))]
  return {
    file: summary.file,
    format: summary.format,
    ...(tool === undefined ? {} : { tool: { name: tool.name, title: tool.title, notes: tool.notes } }),
    compressed: summary.compressed,
    bytes: summary.bytes,
    ...(delimiter === undefined ? {} : { delimiter }),
    types: summary.counts.map(({ type, rows: count, skipped, leftOut }) => ({
      type,
      rows: count,
      bad: skipped,
      leftOut,
      read: header?.types.get(type)?.read !== undefined,
    })),
    leftOutBy: rows?.leftOutBy ?? {},
    columns: summary.columns,
    ...mappingOfFile(mapping),
    unused,
    nearMisses: (header?.misses ?? []).map(miss => ({
      header: header?.headers[miss.position] ?? '',
      meant: miss.column,
    })),
    ...(form === undefined ? {} : { form }),
    offsets,
    ...(summary.timezone === undefined ? {} : { timezone: summary.timezone }),
    ...(summary.first === undefined ? {} : { first: summary.first }),
    ...(summary.last === undefined ? {} : { last: summary.last }),
    problems: problems.list(),
  }
}

function unread(file: string, diagnostic: Diagnostic): Inspection {
  const nothing = { types: [], leftOutBy: {}, columns: {}, unused: [], nearMisses: [], offsets: false }
  return { file, format: 'unknown', compressed: false, bytes: 0, ...nothing, problems: [diagnostic] }
}
