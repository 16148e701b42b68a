import type { InputSummary } from '../model/report.ts'
import type { Zone } from '../time/zone.ts'
import { openBytes, startsWithBom } from './bytes.ts'
import { makeCsvRows } from './csv-rows.ts'
import { exportIn } from './export-in.ts'
import { type FileRows, makeFileRows, type RowSettings } from './file-rows.ts'
import { columnName } from './filter.ts'
import type { DocumentContext, Tool } from './formats/format.ts'
import { makeJsonRows } from './json-rows.ts'
import { warnNoRecord } from './no-record.ts'
import type { Problems } from './problems.ts'
import type { FileProgress } from './read-progress.ts'
import { fitsSomeType } from './recognise.ts'
import type { RowSource } from './rows.ts'
import { type Format, notText, sniff } from './sniff.ts'
import { makeStamps } from './stamps.ts'

export interface FileSettings extends RowSettings {
  /** Where the bytes are: a path, or `-` for standard input. */
  readonly path: string
  readonly zone?: Zone
  /** When the file was made, for tools that do not say so; RFC 3339. */
  readonly takenAt?: string
  readonly stdin: AsyncIterable<string | Uint8Array>
  readonly onProgress?: FileProgress
}

/** One file as it was read. `rows` is absent for files that could not be begun. */
export interface FileReading {
  readonly summary: InputSummary
  readonly delimiter?: string
  /** The tool whose export it was read as. */
  readonly tool?: Tool
  /** Its records were made rows by a tool's format, not read as they stand. */
  readonly converted: boolean
  /** How its times were read, where a mapping or a tool's format says so. */
  readonly form?: string
  /** Whether the user says when it was made, and nothing of whether a listing is complete. */
  readonly assumed: boolean
  /** Whether stamps that bear their offset, and only such, were read. */
  readonly offsets: boolean
  readonly rows?: FileRows
}

/** Reads one file through, once. All that is wrong with it goes to `problems`. */
export async function readFile(settings: FileSettings, problems: Problems): Promise<FileReading> {
  const reading: Partial<Reader> = {}
  let digest = { bytes: 0, sha256: '' }
  let compressed = false
  try {
    const stream = await openBytes(settings.path, settings.stdin)
    compressed = stream.compressed
    let head: Buffer = Buffer.alloc(0)
    let begun = false
    for await (const chunk of stream.chunks) {
      if (begun) reading.source?.push(chunk)
      else {
        head = head.length === 0 ? chunk : Buffer.concat([head, chunk])
        if (head.length < HEAD) continue
        begun = true
        Object.assign(reading, await begin(head, settings, problems))
      }
      if (reading.rows?.stopped !== false) break
      settings.onProgress?.(stream.read(), rowsOf(reading))
    }
    if (!begun) Object.assign(reading, await begin(head, settings, problems))
    if (reading.rows?.stopped === false) reading.source?.end()
    if (reading.rows?.stopped === false) warnNoRecord(settings, problems, reading.rows, reading)
    digest = await stream.finish()
    settings.onProgress?.(digest.bytes, rowsOf(reading))
  } catch (error) {
    problems.error({ code: 'unreadable', ...reasonOf(error, settings.file), whole: true })
  }
  const { rows } = reading
  const tool = reading.tool ?? reading.source?.tool
  return {
    summary: summaryOf(settings, reading, { ...digest, compressed }),
    ...(reading.format === 'csv' && reading.delimiter !== undefined ? { delimiter: reading.delimiter } : {}),
    ...(tool === undefined ? {} : { tool }),
    converted: reading.source?.tool !== undefined,
    ...(reading.form === undefined ? {} : { form: reading.form }),
    assumed: settings.takenAt !== undefined && settings.mapping?.set?.has('complete') !== true,
    offsets: reading.offsets?.() === true,
    ...(rows === undefined ? {} : { rows }),
  }
}

function rowsOf({ rows }: Partial<Reader>): number {
  let count = 0
  for (const one of rows?.header.counts.values() ?? []) count += one.rows
  return count
}

interface Reader {
  readonly source: RowSource
  readonly rows: FileRows
  readonly format: Format
  readonly delimiter: string
  readonly tool: Tool | undefined
  readonly form: string | undefined
  readonly usedZone: () => boolean
  readonly offsets: () => boolean
}

// Enough of the file to tell its format by.
const HEAD = 64 * 1024

async function begin(start: Buffer, given: FileSettings, problems: Problems): Promise<Reader | undefined> {
  const flaw = notText(start)
  if (flaw !== undefined) {
    problems.error({ code: 'binary-file', ...flaw })
    return undefined
  }
  if (start.length === 0) {
    const hint = 'a header alone says that nothing happened; an empty file says nothing'
    problems.error({ code: 'empty-file', message: 'this file is empty (0 bytes)', hint })
    return undefined
  }
  const bytes = startsWithBom(start) ? start.subarray(3) : start
  const sniffed = sniff(bytes.subarray(0, HEAD), given.path)
  const { format, dialect } = sniffed
  const { tool, conversion, mapping, documents, table } = await exportIn(bytes, sniffed, given)
  const settings = mapping === undefined ? given : { ...given, mapping }
  const stamps = makeStamps({
    ...(settings.zone === undefined ? {} : { zone: settings.zone }),
    ...(settings.mapping?.format === undefined ? {} : { format: settings.mapping.format }),
    doubtful: message => problems.warn({ code: 'doubtful-time', message, place: { line: rows.line, column: 1 } }),
  })
  // Converted rows have as many columns as their tool tells, each record its own.
  const form = format === 'csv' && table === undefined ? 'csv' : 'json'
  const rows = makeFileRows(settings, form, problems, stamps, {
    locate: column => source.locate(column),
    sources: () => source.sources,
  })
  const source = await sourceOf()
  source.push(bytes)

  async function sourceOf(): Promise<RowSource> {
    if (table !== undefined) {
      const { makeTableRows } = await import('./table-rows.ts')
      const converted = makeTableRows(table, contextOf(given, problems), rows)
      return { ...makeCsvRows(dialect, converted), tool: table, sources: table.sources ?? {}, locate: converted.locate }
    }
    if (format === 'csv') return makeCsvRows(dialect, rows)
    const json = (): RowSource =>
      makeJsonRows(format === 'json' ? 'document' : 'lines', rows, keys => isRecord(keys, settings), conversion)
    if (documents === undefined) return json()
    const { makeDocumentRows } = await import('./document-rows.ts')
    return makeDocumentRows({ tools: documents, context: contextOf(given, problems), otherwise: json }, rows)
  }

  const delimiter = String.fromCharCode(dialect.delimiter)
  const usedZone = (): boolean => stamps.usedZone
  return {
    source,
    rows,
    format,
    delimiter,
    tool,
    form: settings.mapping?.form,
    usedZone,
    offsets: () => stamps.offsets,
  }
}

function contextOf({ file, takenAt, mapping, store }: FileSettings, problems: Problems): DocumentContext {
  const said = new Set<string>()
  return {
    takenAt,
    file,
    assets: new Set(mapping?.values.get('asset')?.keys()),
    ...(mapping?.set?.has('complete') === true ? { completeSaid: true } : {}),
    components: new Set([...store.backups.components, ...(mapping?.values.get('component')?.keys() ?? [])]),
    warn(code, message, hint) {
      if (said.has(code)) return
      said.add(code)
      problems.warn({ code, message, ...(hint === undefined ? {} : { hint }) })
    },
  }
}

/** Whether an object with these keys is meant as a record of the language. */
function isRecord(keys: readonly string[], { as, mapping }: FileSettings): boolean {
  const names = keys.map(key => columnName(mapping?.columns.get(key) ?? key))
  return as !== undefined || mapping?.as !== undefined || names.includes('type') || fitsSomeType(names)
}

function summaryOf(
  settings: FileSettings,
  reading: Partial<Reader>,
  digest: { readonly bytes: number; readonly sha256: string; readonly compressed: boolean },
): InputSummary {
  const { rows } = reading
  const tool = reading.tool ?? reading.source?.tool
  const columns: Record<string, string> = {}
  const sources = reading.source?.sources
  for (const { layout } of rows?.header.types.values() ?? []) {
    for (const [column, at] of layout.positions) {
      const header = rows?.header.headers[at]
      if (header === undefined) continue
      // Columns that are not of the file stand after its own.
      const isAdded = at >= (rows?.header.width ?? 0)
      const source = sources === undefined || isAdded ? header : sources[header]
      if (source !== undefined) columns[source] = column
    }
  }
  return {
    file: settings.file,
    sha256: digest.sha256,
    bytes: digest.bytes,
    format: reading.source?.format ?? reading.format ?? 'unknown',
    ...(tool === undefined ? {} : { tool: tool.name }),
    compressed: digest.compressed,
    columns,
    ...(reading.usedZone?.() === true && settings.zone !== undefined ? { timezone: settings.zone.name } : {}),
    counts: [...(rows?.header.counts.values() ?? [])],
    ...(rows?.span ?? {}),
  }
}

function reasonOf(error: unknown, file: string): { readonly message: string; readonly hint?: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = (why: string): string => `${file} can't be read: ${why}`
  if (code.startsWith('Z_'))
    return { message: message('the gzip file is damaged or cut off'), hint: 'fetch or pack it again' }
  if (code !== '') return { message: message(UNREADABLE[code] ?? code) }
  throw error
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'no permission',
  EPERM: 'no permission',
}
