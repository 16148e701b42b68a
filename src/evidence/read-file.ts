import type { InputSummary } from '../model/report.ts'
import type { Zone } from '../time/zone.ts'
import { openBytes, startsWithBom } from './bytes.ts'
import { makeCsvRows } from './csv-rows.ts'
import { type FileRows, makeFileRows, type RowSettings } from './file-rows.ts'
import { makeJsonRows } from './json-rows.ts'
import type { Problems } from './problems.ts'
import { namedType } from './recognise.ts'
import type { RowSource } from './rows.ts'
import { type Format, notText, sniff } from './sniff.ts'
import { makeStamps } from './stamps.ts'

export interface FileSettings extends RowSettings {
  /** Where the bytes are: a path, or `-` for standard input. */
  readonly path: string
  readonly zone?: Zone
  readonly stdin: NodeJS.ReadableStream
}

/** One file as it was read. `rows` is absent for files that could not be begun. */
export interface FileReading {
  readonly summary: InputSummary
  readonly delimiter?: string
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
        Object.assign(reading, begin(head, settings, problems))
      }
      if (reading.rows?.stopped !== false) break
    }
    if (!begun) Object.assign(reading, begin(head, settings, problems))
    if (reading.rows?.stopped === false) reading.source?.end()
    if (reading.rows?.stopped === false) noHeader(settings, problems, reading.rows)
    digest = await stream.finish()
  } catch (error) {
    problems.error({ code: 'unreadable', ...reasonOf(error, settings.file), whole: true })
  }
  const { rows } = reading
  return {
    summary: summaryOf(settings, reading, { ...digest, compressed }),
    ...(reading.format === 'csv' && reading.delimiter !== undefined ? { delimiter: reading.delimiter } : {}),
    ...(rows === undefined ? {} : { rows }),
  }
}

interface Reader {
  readonly source: RowSource
  readonly rows: FileRows
  readonly format: Format
  readonly delimiter: string
  readonly usedZone: () => boolean
}

// Enough of the file to tell its format by.
const HEAD = 64 * 1024

function begin(start: Buffer, settings: FileSettings, problems: Problems): Reader | undefined {
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
  const { format, dialect } = sniff(bytes.subarray(0, HEAD), settings.path)
  const stamps = makeStamps({
    ...(settings.zone === undefined ? {} : { zone: settings.zone }),
    ...(settings.mapping?.format === undefined ? {} : { format: settings.mapping.format }),
    doubtful: message => problems.warn({ code: 'doubtful-time', message, place: { line: rows.line, column: 1 } }),
  })
  const form = format === 'csv' ? 'csv' : 'json'
  const rows = makeFileRows(settings, form, problems, stamps, column => source.locate(column))
  const source: RowSource =
    format === 'csv' ? makeCsvRows(dialect, rows) : makeJsonRows(format === 'json' ? 'document' : 'lines', rows)
  source.push(bytes)
  return { source, rows, format, delimiter: String.fromCharCode(dialect.delimiter), usedZone: () => stamps.usedZone }
}

/** A file of blank lines or an empty list says nothing by itself; with a stated type it says that nothing happened. */
function noHeader(settings: FileSettings, problems: Problems, rows: FileRows): void {
  if (rows.header.headers.length > 0 || rows.header.counts.size > 0) return
  const stated = settings.as ?? settings.mapping?.as
  const found = stated === undefined ? undefined : namedType(stated)
  if (found !== undefined && 'type' in found) rows.header.count(found.type)
  else
    problems.error({
      code: 'no-record',
      message: 'this file has no header and no record',
      hint: 'say --as TYPE if nothing happened',
    })
}

function summaryOf(
  settings: FileSettings,
  reading: Partial<Reader>,
  digest: { readonly bytes: number; readonly sha256: string; readonly compressed: boolean },
): InputSummary {
  const { rows } = reading
  const columns: Record<string, string> = {}
  for (const { layout } of rows?.header.types.values() ?? []) {
    for (const [column, at] of layout.positions) {
      const header = rows?.header.headers[at]
      if (header !== undefined) columns[header] = column
    }
  }
  return {
    file: settings.file,
    sha256: digest.sha256,
    bytes: digest.bytes,
    format: reading.format ?? 'unknown',
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
