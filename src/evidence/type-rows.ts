import type { RowCount } from '../model/report.ts'
import type { Where } from '../model/where.ts'
import type { FileMapping } from './file-mapping.ts'
import { type Cells, compileFilters } from './filter.ts'
import type { Layout } from './header.ts'
import type { StampFlaw, Stamps } from './stamps.ts'
import type { Store } from './store.ts'
import type { StatesSeen } from './tickets/states-seen.ts'
import { RECORD_TYPES } from './types/index.ts'
import type { LeaveRow, Once, Reading, RecordType, RowReader, Shape } from './types/record-type.ts'

export type Counts = { -readonly [K in keyof RowCount]: RowCount[K] }

/** The rows of one type in one file. */
export interface TypeRows {
  readonly counts: Counts
  readonly layout: Layout
  /** Absent for types that are only counted. */
  readonly read?: RowReader
  /** Told of rows that nobody wants. */
  readonly leave?: LeaveRow
  /** Position of the service cell, -1 if there is none. */
  readonly service: number
  /** Whether records need not name their service. */
  readonly serviceOptional: boolean
  /** A cell that each row gets beside its own, after them. */
  readonly added?: { readonly at: number; readonly text: string }
  /** Positions of the columns that no record may lack. */
  readonly required: readonly (readonly [column: string, position: number])[]
}

/** What a type's reader gets from its file. */
export interface FileContext {
  readonly input: number
  readonly file: string
  readonly asOf: number
  readonly store: Store
  readonly filters: readonly (Where | undefined)[]
  readonly stamps: Stamps
  readonly mapping?: FileMapping
  /** When the file was made, for listings that do not say so. */
  readonly takenAt?: string
  readonly states: StatesSeen
  /** `true`: for want of a time zone, which is said once for all such cells. */
  fail(column: number, message: string, hint?: string, once?: true | Once): 'bad'
  /** Column → what it is made of, of a tool's export. */
  sources(): Readonly<Record<string, string>> | undefined
  dated(at: number): void
  asks(type: string): boolean
}

export function makeTypeRows(context: FileContext, layout: Layout, counts: Counts): TypeRows {
  const { shape, positions } = layout
  const at = (column: string): number => positions.get(column) ?? -1
  const type = RECORD_TYPES.find(one => one.name === shape.name)
  const base = {
    counts,
    layout,
    service: at('service'),
    serviceOptional: type?.serviceOptional === true,
    required: neededInRows(shape, context.mapping).map(column => [column, at(column)] as const),
  }
  if (type === undefined || !isAsked(shape.name, layout, context)) return base
  const reading: Reading = {
    input: context.input,
    file: context.file,
    asOf: context.asOf,
    at,
    names: layout.names,
    stamps: context.stamps,
    filters: compileFilters(context.filters, layout.names),
    attributes: cells => attributesOf(layout.names, cells),
    fail: context.fail,
    failStamp: (column: number, name: string, { message, hint, zoneless }: StampFlaw) =>
      context.fail(column, `${sourceOf(name, context)}: ${message}`, hint, zoneless),
    dated: context.dated,
    asks: context.asks,
    ...(context.takenAt === undefined ? {} : { takenAt: context.takenAt }),
    states: context.states,
    ...(context.mapping?.updates === undefined ? {} : { updates: context.mapping.updates }),
  }
  const leave = type.leave?.(reading, context.store)
  return { ...base, read: type.open(reading, context.store), ...(leave === undefined ? {} : { leave }) }
}

/** The time of a listing that does not say it is that of its newest backup, which its tool names in its own way. */
function sourceOf(column: string, { sources }: FileContext): string {
  return (column === 'taken_at' ? sources()?.started_at : undefined) ?? column
}

export function noRows(type: string): Counts {
  return { type, rows: 0, used: 0, unasked: 0, leftOut: 0, unknownService: 0, later: 0, duplicates: 0, skipped: 0 }
}

/** Columns that a table of a type can't do without. */
export function neededColumns(shape: Shape, declared: readonly string[], mapping?: FileMapping): readonly string[] {
  const { needed = [], serviceOptional } = shape as Partial<RecordType>
  const service = declared.length > 1 && serviceOptional !== true ? ['service'] : []
  return [...neededInRows(shape, mapping), ...needed, ...service]
}

/** Columns that each record must have. */
function neededInRows(shape: Shape, mapping: FileMapping | undefined): readonly string[] {
  return shape.name === 'ticket' && mapping?.updates !== undefined
    ? [...shape.required, 'updated_at', 'status']
    : shape.required
}

/** Probes that state their latency serve as measurements too. */
export function isAsked(type: string, layout: Layout, context: Pick<FileContext, 'asks'>): boolean {
  if (type === 'coverage' || context.asks(type)) return true
  return type === 'check' && context.asks('measurement') && layout.positions.has('latency_ms')
}

/** All named cells of a row by column, trimmed. */
function attributesOf(names: readonly string[], cells: Cells): Readonly<Record<string, string>> {
  // Without a prototype, so that a column may be called `constructor`.
  const attributes: Record<string, string> = Object.create(null)
  for (const [i, name] of names.entries()) {
    const cell = cells[i]
    if (name !== '' && cell !== undefined) attributes[name] = cell.trim()
  }
  return attributes
}
