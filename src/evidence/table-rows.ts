import type { DocumentContext, TableTool } from './formats/format.ts'
import type { Place } from './problems.ts'
import { makeRecordRows } from './record-rows.ts'
import type { RowSink } from './rows.ts'

export interface TableRows extends RowSink {
  /** Where the cell of the table stands that a column of the rows comes from. */
  locate(column: number): Place
}

/** Stands between a table and the sink of its rows: each row of the table becomes the rows that the tool makes of it. */
export function makeTableRows(tool: TableTool, context: DocumentContext, sink: RowSink): TableRows {
  let headers: readonly string[] = []
  let locateCell: ((column: number) => Place) | undefined
  const records = makeRecordRows(sink, locate)

  function locate(column: number): Place {
    return placeOf(records.names[column] ?? '')
  }

  function placeOf(name: string): Place {
    const header = headers.indexOf(tool.sources?.[name] ?? name)
    return locateCell?.(header) ?? { line: 1, column: 1 }
  }

  return {
    locate,
    get stopped() {
      return sink.stopped
    },
    columns(names, locate) {
      headers = names.map(name => name.trim())
      locateCell = locate
    },
    row(cells, line, item) {
      const record: Record<string, string> = Object.create(null)
      for (const [i, header] of headers.entries()) if (header !== '') record[header] ??= cells[i] ?? ''
      const rows = tool.rows(record, context)
      if ('problem' in rows) {
        const { problem, hint, key } = rows
        const place = (): Place => placeOf(key ?? '')
        sink.badRow({ code: 'bad-row', message: problem, ...(hint === undefined ? {} : { hint }), place })
        return
      }
      for (const row of rows) {
        if (sink.stopped) return
        if ('leftOut' in row) sink.leftOut(row.leftOut)
        else records.deliver(row, line, item)
      }
    },
    badRow: sink.badRow,
    leftOut: sink.leftOut,
    supplies: sink.supplies,
    fatal: sink.fatal,
  }
}
