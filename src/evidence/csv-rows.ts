import { parse } from 'csv-parse/sync'
import { textFlaw } from './bytes.ts'
import { cellStart, countByte, type Dialect, makeRecordEnds, openQuote, recordsIn } from './csv-lines.ts'
import type { Place } from './problems.ts'
import { LONGEST_RECORD, type RowSink, type RowSource } from './rows.ts'

/** Delimited text: the first line that isn't blank is the header. Whole records are parsed block by block. */
export function makeCsvRows(dialect: Dialect, sink: RowSink): RowSource {
  const options = {
    delimiter: String.fromCharCode(dialect.delimiter),
    record_delimiter: dialect.newline === 10 ? ['\r\n', '\n'] : ['\r'],
    relax_column_count: true,
  }
  const ends = makeRecordEnds(dialect)
  let carry: Buffer = Buffer.alloc(0)
  let width = 0
  // The block being delivered, for `locate`: its first line, and the line of the current row.
  let block: Buffer = carry
  let blockLine = 1
  let line = 1

  function push(chunk: Buffer): void {
    if (sink.stopped) return
    const end = ends.lastEnd(chunk)
    if (end < 0) {
      carry = carry.length === 0 ? chunk : Buffer.concat([carry, chunk])
      if (carry.length > LONGEST_RECORD) tooLong(carry)
      return
    }
    const whole = chunk.subarray(0, end)
    const bytes = carry.length === 0 ? whole : Buffer.concat([carry, whole])
    carry = chunk.subarray(end)
    deliver(bytes)
  }

  function end(): void {
    if (sink.stopped) return
    if (ends.insideQuotes) unclosed(carry)
    else if (carry.length > 0) deliver(carry)
  }

  function deliver(bytes: Buffer): void {
    block = bytes
    blockLine = line
    if (bytes.length > LONGEST_RECORD) {
      for (const { start, end } of recordsIn(bytes, dialect)) {
        if (end - start > LONGEST_RECORD) {
          tooLong(bytes)
          return
        }
      }
    }
    if (textFlaw(bytes) !== undefined) {
      badText(bytes)
      return
    }
    const quoted = bytes.includes(34)
    let records: readonly string[][]
    try {
      records = parse(bytes, options)
    } catch {
      oneByOne(bytes)
      return
    }
    for (const cells of records) {
      if (sink.stopped) return
      take(cells)
      line += quoted ? lineCount(cells) : 1
    }
  }

  /** After a block that can't be parsed as a whole: finds the records at fault and delivers the others. */
  function oneByOne(bytes: Buffer): void {
    for (const { start, end, lines } of recordsIn(bytes, dialect)) {
      if (sink.stopped) return
      const record = bytes.subarray(start, end)
      try {
        take(parse(record, options)[0] ?? [''])
      } catch {
        const at = line
        const flaw = {
          code: 'bad-quote',
          message: 'a quote stands where the cell is not quoted as a whole',
          hint: 'quote the whole cell and write a quote inside it twice: "5"" disk"',
          place: () => placeIn(record, strayQuote(record), at),
        }
        if (width === 0) sink.fatal(flaw)
        else sink.badRow(flaw)
      }
      line += lines
    }
  }

  function take(cells: readonly string[]): void {
    if (cells.length === 1 && cells[0]?.trim() === '' && width !== 1) return
    if (width === 0) {
      width = cells.length
      sink.columns(cells, locate)
    } else if (cells.length !== width) {
      const cellCount = cells.length === 1 ? '1 cell' : `${cells.length} cells`
      const tooMany = cells.length > width
      sink.badRow({
        code: 'cell-count',
        message: `${cellCount} where the header has ${width}`,
        ...(tooMany && {
          hint: `quote cells that hold ${dialect.delimiter === 9 ? 'a tab' : `"${options.delimiter}"`}`,
        }),
        place: () => locate(tooMany ? width : 0),
      })
    } else sink.row(cells, line, 0)
  }

  function locate(cell: number): Place {
    let at = blockLine
    for (const { start, end, lines } of recordsIn(block, dialect)) {
      if (at === line) {
        const record = block.subarray(start, end)
        return placeIn(record, cellStart(record, cell, dialect))
      }
      at += lines
    }
    return { line, column: 1 }
  }

  /** Line, column and source line of a position in a record. */
  function placeIn(record: Buffer, position: number, first = line): Place {
    const before = record.subarray(0, position)
    const start = before.lastIndexOf(dialect.newline) + 1
    const stop = record.indexOf(dialect.newline, position)
    const text = record.subarray(start, Math.min(stop < 0 ? record.length : stop, start + 4 * 1024)).toString()
    return {
      line: first + countByte(before, dialect.newline),
      column: record.subarray(start, position).toString().length + 1,
      frame: text.replace(/\r$/, ''),
    }
  }

  function badText(bytes: Buffer): void {
    for (const { start, end, lines } of recordsIn(bytes, dialect)) {
      const flaw = textFlaw(bytes.subarray(start, end))
      if (flaw !== undefined) {
        sink.fatal({ ...flaw, hint: TEXT_HINT, place: { line, column: 1 } })
        return
      }
      line += lines
    }
  }

  function unclosed(record: Buffer): void {
    if (textFlaw(record) !== undefined) {
      badText(record)
      return
    }
    const place = placeIn(record, Math.max(openQuote(record, dialect), 0))
    sink.fatal({ code: 'unclosed-quote', message: 'this quote is never closed', place })
  }

  function tooLong(bytes: Buffer): void {
    for (const { start, end, lines } of recordsIn(bytes, dialect)) {
      const record = bytes.subarray(start, end)
      if (record.length > LONGEST_RECORD) {
        const flaw = record.includes(0) ? textFlaw(record) : undefined
        const opened = openQuote(record, dialect)
        const hint = opened < 0 ? {} : { hint: `a quote opens in line ${placeIn(record, opened).line}: is it closed?` }
        const long = { code: 'long-row', message: 'row longer than 1 MiB', ...hint }
        sink.fatal({ ...(flaw ?? long), place: { line, column: 1 } })
        return
      }
      line += lines
    }
  }

  function strayQuote(record: Buffer): number {
    const text = record.toString('latin1')
    const d = options.delimiter === '\t' ? '\\t' : options.delimiter
    const after = new RegExp(`"(?:[^"]|"")*"(?!["${d}\\r\\n]|$)`).exec(text)
    const inside = new RegExp(`[^"${d}\\r\\n]"`).exec(text)
    if (after === null) return inside === null ? 0 : inside.index + 1
    return inside !== null && inside.index < after.index ? inside.index + 1 : after.index + after[0].length
  }

  function lineCount(cells: readonly string[]): number {
    let count = 1
    for (const cell of cells) {
      for (let i = cell.indexOf(NEWLINE); i >= 0; i = cell.indexOf(NEWLINE, i + 1)) count++
    }
    return count
  }

  const NEWLINE = String.fromCharCode(dialect.newline)
  return { push, end, locate }
}

const TEXT_HINT = 'save the file as UTF-8 text'
