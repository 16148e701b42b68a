import { isUtf8 } from 'node:buffer'
import { parseDocument } from './document-parser.ts'
import type { Places } from './document-places.ts'
import type { ConvertedRow, DocumentContext, DocumentRow, DocumentTool, RecordFlaw } from './formats/format.ts'
import type { Place } from './problems.ts'
import { makeRecordRows } from './record-rows.ts'
import type { RowSink, RowSource } from './rows.ts'

export interface DocumentSettings {
  readonly tools: readonly DocumentTool[]
  readonly context: DocumentContext
  /** How the bytes are read when they are of none of the tools. */
  otherwise(): RowSource
}

/**
 * Gathers a JSON document whole and reads it as the export of a tool: one value, a list of such, or several one after
 * the other (lines, lists that were put together). A row stands in the line in which its object begins.
 */
export function makeDocumentRows({ tools, context, otherwise }: DocumentSettings, sink: RowSink): RowSource {
  let chunks: Buffer[] = []
  let size = 0
  let other: RowSource | undefined
  let tool: DocumentTool | undefined
  let format: 'json' | undefined
  // The object whose row is being delivered; let go with the document at its end.
  let current: { readonly places: Places; readonly from: object; readonly tool: DocumentTool } | undefined
  const records = makeRecordRows(sink, locate)
  let line = 0
  let items = 0
  let last: object | undefined

  function end(): void {
    if (sink.stopped) return
    const bytes = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
    chunks = []
    const { values, flaw, places } = parseDocument(bytes)
    const parts = partsOf(values, tools)
    tool = parts[0]?.tool
    if (tool === undefined) {
      other = otherwise()
      other.push(bytes)
      if (!sink.stopped) other.end()
      return
    }
    if (values.length === 1) format = 'json'
    if (flaw !== undefined) {
      sink.fatal({ code: 'bad-json', message: flaw.message, place: places.placeAt(flaw.at) })
      return
    }
    if (!isUtf8(bytes)) {
      sink.fatal({ code: 'not-utf8', message: 'this is not UTF-8 text', place: { line: badLine(bytes), column: 1 } })
      return
    }
    for (const part of parts) {
      if (part.tool === undefined) misfit(part.document, places)
      else for (const row of part.tool.rows(part.document, context)) take(row, part.tool, places)
      if (sink.stopped) break
    }
    current = undefined
    last = undefined
  }

  function take({ row, from }: DocumentRow, by: DocumentTool, places: Places): void {
    if (sink.stopped) return
    current = { places, from, tool: by }
    if (from !== last) {
      last = from
      const own = places.lineOf(from)
      items = own === line ? items + 1 : 1
      line = own
    }
    if (isFlaw(row)) {
      const { problem, hint, key } = row
      const place = (): Place => places.placeOf(from, key)
      sink.badRow({ code: 'bad-row', message: problem, ...(hint === undefined ? {} : { hint }), place })
    } else if ('leftOut' in row) sink.leftOut(row.leftOut)
    else {
      records.deliver(row, line, places.sharesLine(from) ? items : 0)
      // A report of a successful scan that shows no vulnerability says that there is none.
      if (row.type === 'scan' && row.outcome === 'success') sink.supplies('vulnerability')
    }
  }

  /** A value among documents that is none itself. */
  function misfit(value: unknown, places: Places): void {
    const message = `this is no ${tool?.title} as the first value of the file is`
    const from = typeof value === 'object' && value !== null ? value : {}
    sink.badRow({ code: 'bad-row', message, place: () => places.placeOf(from) })
  }

  function locate(column: number): Place {
    if (other !== undefined) return other.locate(column)
    if (current === undefined) return { line: 1, column: 1 }
    const name = records.names[column] ?? ''
    const { sources } = current.tool
    const dated = name === 'taken_at' ? sources?.started_at : undefined
    const path = (sources?.[name] ?? dated ?? name).split('.')
    return current.places.placeOf(current.from, path.at(-1), path[0])
  }

  return {
    push(chunk) {
      size += chunk.length
      if (size <= LARGEST) chunks.push(chunk)
      else if (!sink.stopped) {
        chunks = []
        const message = 'this document is larger than 256 MiB: it has to be read as a whole'
        sink.fatal({
          code: 'long-document',
          message,
          hint: 'export less at once, such as one project or image for each file',
        })
      }
    },
    end,
    locate,
    get tool() {
      return other === undefined ? tool : other.tool
    },
    get sources() {
      return other === undefined ? (tool?.sources ?? NO_SOURCES) : other.sources
    },
    get format() {
      return format
    },
  }
}

interface Part {
  readonly document: unknown
  /** Undefined where it is of none. */
  readonly tool: DocumentTool | undefined
}

/**
 * What a file's values are documents of: together, each, or each element of the lists that they are (one list, lists
 * that follow each other, a list of lists). Empty where the first of them is of no tool.
 */
function partsOf(values: readonly unknown[], tools: readonly DocumentTool[]): readonly Part[] {
  const toolOf = (document: unknown): DocumentTool | undefined => tools.find(tool => tool.fits(document))
  const [only] = values
  if (values.length === 1) {
    const tool = toolOf(only)
    if (tool !== undefined) return [{ document: only, tool }]
  }
  const elements = flat(values)
  if (elements.length === 0) return []
  const together = toolOf(elements)
  if (together !== undefined) return [{ document: elements, tool: together }]
  if (toolOf(elements[0]) === undefined) return []
  return elements.map(document => ({ document, tool: toolOf(document) }))
}

/** `[1, 2] [3]` and `[[1, 2], [3]]` are the list `1, 2, 3`. */
function flat(values: readonly unknown[]): readonly unknown[] {
  return values.length > 0 && values.every(Array.isArray) ? flat(values.flat()) : values
}

function isFlaw(row: ConvertedRow | RecordFlaw): row is RecordFlaw {
  return 'problem' in row && !('type' in row)
}

/** The first line that is not UTF-8. */
function badLine(bytes: Buffer): number {
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(10, start)
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) break
    start = end + 1
  }
  return line
}

const LARGEST = 256 * 1024 * 1024
const NO_SOURCES: Readonly<Record<string, string>> = {}
