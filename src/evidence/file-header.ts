import type { FileMapping } from './file-mapping.ts'
import { type Cells, columnName, compileFilters } from './filter.ts'
import { layOut, type NearMiss, nearMisses } from './header.ts'
import type { Flaw, Place } from './problems.ts'
import { ALL_COLUMNS, namedType, recognise } from './recognise.ts'
import { type Counts, type FileContext, isAsked, makeTypeRows, noRows, type TypeRows } from './type-rows.ts'
import { SHAPES } from './types/index.ts'
import type { RecordType, Shape } from './types/record-type.ts'

/** What the column names of a file say: the type of its rows, and where each type has its columns. */
export interface FileHeader {
  /** Takes the names, the first time or with some added at the end. */
  take(given: readonly string[], place: Locate): void
  readonly stopped: boolean
  readonly headers: readonly string[]
  readonly names: readonly string[]
  /** The type of all rows that don't state their own. */
  readonly fixed: string | undefined
  /** Position of the cell that states a row's type, -1 if there is none. */
  readonly typeAt: number
  readonly misses: readonly NearMiss[]
  readonly types: ReadonlyMap<string, TypeRows>
  readonly counts: ReadonlyMap<string, Counts>
  /** A type as its first row comes. */
  open(type: string): TypeRows
  count(type: string): Counts
  /** Replaces texts as the mapping says. */
  mapped(cells: Cells): Cells
  /** Whether the mapping wants the row. */
  wants(cells: Cells): boolean
}

export type Locate = (column: number) => Place

export interface HeaderSettings {
  readonly format: 'csv' | 'json'
  readonly as?: string
  readonly mapping?: FileMapping
  readonly declared: readonly string[]
  readonly context: FileContext
  error(flaw: Flaw): void
}

export function makeFileHeader(settings: HeaderSettings): FileHeader {
  const { context, mapping } = settings
  const stated = settings.as ?? mapping?.as
  const counts = new Map<string, Counts>()
  const types = new Map<string, TypeRows>()
  const misses: NearMiss[] = []
  let headers: readonly string[] = []
  let names: readonly string[] = []
  let fixed: string | undefined
  let typeAt = -1
  let stopped = false
  let from = 0
  const places: Place[] = []
  let wanted: ((cells: Cells) => boolean) | undefined
  let texts: readonly (ReadonlyMap<string, string> | undefined)[] = []

  function fatal(flaw: Flaw): void {
    stopped = true
    settings.error(flaw)
  }

  function take(given: readonly string[], place: Locate): void {
    const begun = headers.length > 0
    from = headers.length
    headers = given.map(header => header.trim())
    names = headers.map(header => columnName(mapping?.columns.get(header) ?? header))
    for (let i = from; i < names.length; i++) places.push(place(i))
    for (const [i, name] of names.entries()) {
      const before = names.indexOf(name)
      if (i < from || name === '' || before === i) continue
      const both = [...new Set([headers[before], headers[i]])].map(header => `"${header}"`).join(' and ')
      fatal({ code: 'duplicate-column', message: `two columns of one name: ${both}`, ...placed(i) })
    }
    if (!stopped && !begun) decide()
    if (stopped) return
    if (begun && typeAt < 0 && stated === undefined && fixed !== 'coverage') typeAt = names.indexOf('type')
    applyMapping()
    const known = new Set([...(fixed === undefined ? [] : [fixed]), ...types.keys()])
    types.clear()
    for (const type of known) open(type)
    from = 0
  }

  /** Settles the type of all rows, or that each row states its own. */
  function decide(): void {
    const found = stated === undefined ? recognise(names, context.file) : namedType(stated)
    if (stated === undefined && names.includes('type') && !('type' in found && found.type === 'coverage')) {
      typeAt = names.indexOf('type')
    } else if ('type' in found) fixed = found.type
    else if (found.misses === undefined)
      fatal({ code: 'unknown-type', message: found.message, hint: found.hint, ...placed() })
    else {
      for (const miss of found.misses) nearMiss(miss)
      stopped = true
    }
  }

  /** Where a header stands; without a position, the line it is in. */
  function placed(position?: number): { readonly place?: Place } {
    const place = places[position ?? 0]
    if (place === undefined) return {}
    return { place: position === undefined ? { ...place, column: 1 } : place }
  }

  function applyMapping(): void {
    if (mapping === undefined) return
    const shape = SHAPES.find(one => one.name === fixed)
    const columns = shape === undefined ? names : layOut(shape, names, typeAt).names
    if (mapping.where !== undefined) {
      const filters = compileFilters([mapping.where], columns)
      wanted = cells => filters.match(0, cells) === true
    }
    if (mapping.values.size > 0) texts = columns.map(name => mapping.values.get(name))
  }

  function open(type: string): TypeRows {
    const shape = SHAPES.find(one => one.name === type) as Shape
    const layout = layOut(shape, names, typeAt)
    const rows = makeTypeRows(context, layout, count(type))
    types.set(type, rows)
    if (!isAsked(type, layout, context)) return rows
    for (const miss of nearMisses(layout, names, ALL_COLUMNS)) if (miss.position >= from) nearMiss(miss)
    if (settings.format === 'csv') requireColumns(shape, layout.positions)
    return rows
  }

  function nearMiss(miss: NearMiss): void {
    if (misses.some(known => known.position === miss.position)) return
    misses.push(miss)
    settings.error({
      code: 'unknown-column',
      message: `unknown column "${headers[miss.position]}": did you mean "${miss.column}"?`,
      hint: 'rename it, or map it with --map',
      ...placed(miss.position),
    })
  }

  function requireColumns(shape: Shape, positions: ReadonlyMap<string, number>): void {
    const needed = [...shape.required, ...((shape as Partial<RecordType>).needed ?? [])]
    if (settings.declared.length > 1 && shape.name !== 'coverage') needed.push('service')
    for (const column of needed) {
      if (positions.has(column)) continue
      if (misses.some(miss => miss.column === column)) stopped = true
      else {
        const hint = hintFor(column)
        fatal({
          code: 'missing-column',
          message: `no column "${column}", which records of type ${shape.name} need`,
          ...(hint === undefined ? {} : { hint }),
          ...placed(),
        })
      }
    }
  }

  function hintFor(column: string): string | undefined {
    if (column === 'end') return 'add it; a blank cell says that it still goes on'
    return column === 'service' ? `the contract has several services: ${settings.declared.join(', ')}` : undefined
  }

  function count(type: string): Counts {
    const found = counts.get(type) ?? noRows(type)
    counts.set(type, found)
    return found
  }

  return {
    take,
    open,
    count,
    types,
    counts,
    misses,
    mapped: cells => (texts.length === 0 ? cells : cells.map((cell, i) => texts[i]?.get(cell?.trim() ?? '') ?? cell)),
    wants: cells => wanted === undefined || wanted(cells),
    get stopped() {
      return stopped
    },
    get headers() {
      return headers
    },
    get names() {
      return names
    },
    get fixed() {
      return fixed
    },
    get typeAt() {
      return typeAt
    },
  }
}
