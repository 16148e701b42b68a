import type { LeftOutBy } from '../model/report.ts'
import type { Where } from '../model/where.ts'
import { type FileHeader, makeFileHeader } from './file-header.ts'
import type { FileMapping } from './file-mapping.ts'
import type { Cells } from './filter.ts'
import type { Place, Problems } from './problems.ts'
import { namedType, recognise } from './recognise.ts'
import { makeRowFlaws, type Skipped } from './row-flaws.ts'
import type { RowSink } from './rows.ts'
import type { Services } from './services.ts'
import type { Stamps } from './stamps.ts'
import type { Store } from './store.ts'
import { makeStatesSeen, type StatesSeen } from './tickets/states-seen.ts'
import type { Counts, TypeRows } from './type-rows.ts'

/** What rows of a file are read against. */
export interface RowSettings {
  readonly input: number
  readonly file: string
  readonly asOf: number
  readonly as?: string
  readonly mapping?: FileMapping
  /** When the file was made, for listings that do not say so; RFC 3339. */
  readonly takenAt?: string
  readonly services: Services
  readonly filters: readonly (Where | undefined)[]
  readonly store: Store
  readonly onBadRow: 'error' | 'skip'
  asks(type: string): boolean
}

/** A sink that sorts a file's rows by type and hands them on, and what it met. */
export interface FileRows extends RowSink {
  readonly header: FileHeader
  readonly skipped: readonly Skipped[]
  /** Unknown service names with the number of rows and the first line. */
  readonly strangers: ReadonlyMap<string, { readonly rows: number; readonly line: number }>
  /** First line of the row at hand. */
  readonly line: number
  /** Least and greatest stamp that dates a row, epoch ms. */
  readonly span: { readonly first?: number; readonly last?: number }
  /** What the rows of successive states say, all together. */
  readonly states: StatesSeen
  /** How many rows were left out by what. */
  readonly leftOutBy: Readonly<Partial<Record<LeftOutBy, number>>>
  /** Counts a row that is left out on purpose. */
  leaveOut(count: Counts, by: LeftOutBy): void
}

/** Where what is read stands in its file. */
export interface RowPlaces {
  locate(column: number): Place
  /** Column → what it is made of, of a tool's export. */
  sources(): Readonly<Record<string, string>> | undefined
}

/** Rows whose type can't be told are counted under this name. */
export const UNKNOWN_TYPE = 'unknown'

export function makeFileRows(
  settings: RowSettings,
  format: 'csv' | 'json',
  problems: Problems,
  stamps: Stamps,
  { locate, sources }: RowPlaces,
): FileRows {
  const { file, mapping, services } = settings
  const strangers = new Map<string, { rows: number; line: number }>()
  const span: { first?: number; last?: number } = {}
  const states = makeStatesSeen(mapping?.updates)
  const leftOutBy: Partial<Record<LeftOutBy, number>> = {}
  let stopped = false
  // The row at hand, for messages.
  let rowType = UNKNOWN_TYPE
  let rowService: string | undefined
  let rowLine = 0
  let rowCells: Cells = []

  const header = makeFileHeader({
    format,
    ...(settings.as === undefined ? {} : { as: settings.as }),
    ...(mapping === undefined ? {} : { mapping }),
    declared: services.declared,
    error: problems.error,
    warn: problems.warn,
    context: {
      ...settings,
      stamps,
      states,
      fail: (...flaw) => flaws.fail(...flaw),
      sources,
      dated,
      asks: settings.asks,
    },
  })

  const flaws = makeRowFlaws(settings, problems, {
    header,
    locate,
    get type() {
      return rowType
    },
    get service() {
      return rowService
    },
    get cells() {
      return rowCells
    },
  })
  const { fail } = flaws

  function dated(at: number): void {
    if (span.first === undefined || at < span.first) span.first = at
    if (span.last === undefined || at > span.last) span.last = at
  }

  function row(given: Cells, line: number, item: number, nested?: readonly number[]): void {
    rowLine = line
    rowCells = given
    rowService = undefined
    rowType = header.fixed ?? UNKNOWN_TYPE
    const mapped = header.mapping.mapped(given)
    const wanted = header.mapping.wants(mapped)
    const type = header.typeAt < 0 ? header.fixed : typeOf(mapped[header.typeAt], wanted)
    if (type === undefined) {
      const count = header.count(UNKNOWN_TYPE)
      count.rows++
      if (wanted) count.skipped++
      else leaveOut(count, 'mapping')
      return
    }
    rowType = type
    const rows = header.types.get(type) ?? header.open(type)
    if (header.stopped) return
    const count = rows.counts
    count.rows++
    const { positions } = rows.layout
    const isChange = type === 'ticket-change'
    const changed = isChange ? header.mapping.changed(mapped, positions.get('change'), positions.get('value')) : mapped
    const cells = rows.added === undefined ? changed : Object.assign([...changed], { [rows.added.at]: rows.added.text })
    if (rows.read === undefined) {
      count.unasked++
      return
    }
    if (!wanted) {
      rows.leave?.(cells, line, item, 'mapping')
      leaveOut(count, 'mapping')
      return
    }
    const resolved = services.resolve(rows.service < 0 ? undefined : cells[rows.service], file, line)
    if (resolved.kind === 'unknown') {
      count.unknownService++
      rows.leave?.(cells, line, item, 'service')
      const known = strangers.get(resolved.name)
      if (known === undefined) strangers.set(resolved.name, { rows: 1, line })
      else known.rows++
      return
    }
    if (resolved.kind === 'known') rowService = resolved.name
    else if (!rows.serviceOptional) {
      fail(rows.service, `service is blank: the contract has ${services.declared.join(', ')}`)
      count.skipped++
      return
    }
    const whole = format === 'csv' || isWhole(rows, cells, nested)
    const outcome = whole ? rows.read(cells, line, item, rowService ?? '') : 'bad'
    if (outcome === 'used') count.used++
    else if (outcome === 'later') count.later++
    else if (outcome === 'duplicate') count.duplicates++
    else count.skipped++
  }

  function leaveOut(count: Counts, by: LeftOutBy): void {
    count.leftOut++
    leftOutBy[by] = (leftOutBy[by] ?? 0) + 1
  }

  /** What is wrong with the type of a row that nobody wants is of no concern. */
  function typeOf(cell = '', wanted = true): string | undefined {
    const blank = cell.trim() === ''
    if (blank && header.fixed !== undefined) return header.fixed
    const found = namedType(cell)
    if ('type' in found) return found.type
    if (!wanted) return undefined
    if (blank) fail(header.typeAt, 'type is blank: expected a record type such as outage')
    else fail(header.typeAt, found.message, found.hint)
    return undefined
  }

  /** JSON records may lack keys, or hold a list where a column of the type is expected. */
  function isWhole(rows: TypeRows, cells: Cells, nested: readonly number[] | undefined): boolean {
    const type = rows.layout.shape.name
    for (const [column, at] of rows.required) {
      if (cells[at] !== undefined) continue
      const other = recognise(
        header.names.filter((_, i) => cells[i] !== undefined),
        file,
      )
      const likely = 'type' in other && other.type !== type ? `it looks like ${other.type}; ` : ''
      const hint = `${likely}records of several types need a key "type"`
      fail(-1, `this record has no "${column}", which records of type ${type} need`, hint)
      return false
    }
    for (const [column, at] of rows.layout.positions) {
      if (nested?.includes(at) !== true) continue
      fail(at, `${column} holds a list or an object: expected a single value`)
      return false
    }
    return true
  }

  function leftOut(type: string): void {
    const { counts, read } = header.types.get(type) ?? header.open(type)
    counts.rows++
    if (read === undefined) counts.unasked++
    else leaveOut(counts, 'format')
  }

  return {
    header,
    skipped: flaws.skipped,
    strangers,
    span,
    states,
    leftOutBy,
    leaveOut,
    get line() {
      return rowLine
    },
    row,
    leftOut,
    supplies: type => void header.count(type),
    columns: header.take,
    get stopped() {
      return stopped || header.stopped
    },
    badRow(flaw) {
      rowService = undefined
      rowType = header.typeAt < 0 && header.fixed !== undefined ? header.fixed : UNKNOWN_TYPE
      const count = header.count(rowType)
      count.rows++
      count.skipped++
      flaws.bad(flaw)
    },
    fatal(flaw) {
      stopped = true
      problems.error(flaw)
    },
  }
}
