import { addedColumns, exportNames, recogniseAll } from './column-names.ts'
import type { FileMapping } from './file-mapping.ts'
import { columnName } from './filter.ts'
import { type Layout, layOut, likelyHeader, type NearMiss, nearMisses } from './header.ts'
import { type MappedCells, type Met, makeMappedCells, nothingMet } from './mapped-cells.ts'
import type { Flaw, Place } from './problems.ts'
import { ALL_COLUMNS, namedType } from './recognise.ts'
import {
  type Counts,
  type FileContext,
  isAsked,
  makeTypeRows,
  neededColumns,
  noRows,
  type TypeRows,
} from './type-rows.ts'
import { SHAPES } from './types/index.ts'
import type { Shape } from './types/record-type.ts'

/** What the column names of a file say: the type of its rows, and where each type has its columns. */
export interface FileHeader {
  /** Takes the names, the first time or with some added at the end. */
  take(given: readonly string[], place: Locate): void
  readonly stopped: boolean
  /** Those of the file, and after them what stands for columns that are added. */
  readonly headers: readonly string[]
  /** How many columns the file has. */
  readonly width: number
  /** What the rows have of what the mapping says. */
  readonly met: Met
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
  /** What the mapping does to the rows. */
  readonly mapping: MappedCells
}

export type Locate = (column: number) => Place

export interface HeaderSettings {
  readonly format: 'csv' | 'json'
  readonly as?: string
  readonly mapping?: FileMapping
  readonly declared: readonly string[]
  readonly context: FileContext
  error(flaw: Flaw): void
  warn(flaw: Flaw): void
}

export function makeFileHeader(settings: HeaderSettings): FileHeader {
  const { context, mapping } = settings
  const stated = settings.as ?? mapping?.as
  const counts = new Map<string, Counts>()
  const types = new Map<string, TypeRows>()
  const misses: NearMiss[] = []
  const doubted = new Set<number>()
  let headers: readonly string[] = []
  let names: readonly string[] = []
  let fixed: string | undefined
  let typeAt = -1
  let stopped = false
  let from = 0
  const places: Place[] = []
  const met = nothingMet()
  // What people are shown in place of the headers of columns that are added.
  let labels: readonly string[] = []
  let mappedCells = makeMappedCells(undefined, [], [])

  function fatal(flaw: Flaw): void {
    stopped = true
    settings.error(flaw)
  }

  function take(given: readonly string[], place: Locate): void {
    const begun = headers.length > 0
    from = headers.length
    headers = given.map(header => header.trim())
    names = mapping?.preset === undefined ? headers.map(nameOf) : exportNames(headers, mapping)
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
    const shape = SHAPES.find(one => one.name === fixed)
    const own = shape === undefined ? names : layOut(shape, names, typeAt).names
    const added = addedColumns(mapping, own, shape)
    labels = added.map(([, label]) => label)
    const columns = added.map(([column]) => column)
    names = [...names, ...columns]
    mappedCells = makeMappedCells(mapping, headers, [...own, ...columns], met)
    const known = new Set([...(fixed === undefined ? [] : [fixed]), ...types.keys()])
    types.clear()
    for (const type of known) open(type)
    from = 0
  }

  const nameOf = (header: string): string => columnName(mapping?.columns.get(header) ?? header)

  /** Settles the type of all rows, or that each row states its own. */
  function decide(): void {
    const found = stated === undefined ? recogniseAll(names, mapping, context) : namedType(stated)
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

  function open(type: string): TypeRows {
    const shape = SHAPES.find(one => one.name === type) as Shape
    const own = layOut(shape, names, typeAt)
    const text = type === 'inventory' && isUndated(own) ? context.takenAt : undefined
    const layout = text === undefined ? own : layOut(shape, [...names, 'taken_at'], typeAt)
    const made = makeTypeRows(context, layout, count(type))
    const rows = text === undefined ? made : { ...made, added: { at: names.length, text } }
    types.set(type, rows)
    if (!isAsked(type, layout, context)) return rows
    if (mapping?.preset === undefined) reportMisses(layout)
    if (settings.format === 'csv') requireColumns(shape, layout)
    return rows
  }

  /** Neither has it the column, nor one that is probably meant as such. */
  function isUndated(layout: Layout): boolean {
    if (layout.positions.has('taken_at')) return false
    return !nearMisses(layout, names, ALL_COLUMNS).some(({ column }) => column === 'taken_at')
  }

  function reportMisses(layout: Layout): void {
    for (const miss of nearMisses(layout, names, ALL_COLUMNS)) if (miss.position >= from) nearMiss(miss)
    for (const miss of nearMisses(layout, names, ALL_COLUMNS, true)) if (miss.position >= from) doubt(miss)
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

  /** A short header may be what it says: it is kept as it is. */
  function doubt({ position, column }: NearMiss): void {
    if (doubted.has(position)) return
    doubted.add(position)
    const message = `column "${headers[position]}" is not known and not used: did you mean "${column}"?`
    settings.warn({ code: 'unknown-column', message, hint: 'rename it, or map it with --map', ...placed(position) })
  }

  function requireColumns(shape: Shape, layout: Layout): void {
    for (const column of neededColumns(shape, settings.declared, mapping)) {
      if (layout.positions.has(column)) continue
      if (misses.some(miss => miss.column === column)) stopped = true
      else {
        const who =
          shape.required.includes(column) || mapping?.updates === undefined ? undefined : 'rows: updates needs'
        const hint = hintFor(column, layout)
        fatal({
          code: 'missing-column',
          message: `no column "${column}", which ${who ?? `records of type ${shape.name} need`}`,
          ...(hint === undefined ? {} : { hint }),
          ...placed(),
        })
      }
    }
  }

  function hintFor(column: string, layout: Layout): string | undefined {
    for (const { key, name, place, meant } of mappedCells.absent) {
      if (key !== 'columns' || columnName(mapping?.columns.get(name) ?? '') !== column) continue
      return `${place} maps "${name}" to it, which is no header of this file${meant === undefined ? '' : `: did you mean "${meant}"?`}`
    }
    const likely = likelyHeader(column, layout)
    if (likely !== undefined) {
      const header = headers[likely]
      return `is it "${header}"? rename it, or map it with --map: columns: { ${header}: ${column} }`
    }
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
    get mapping() {
      return mappedCells
    },
    get stopped() {
      return stopped
    },
    met,
    get headers() {
      if (labels.length === 0 && context.takenAt === undefined) return headers
      const isDated = [...types.values()].some(({ added }) => added !== undefined)
      return [...headers, ...labels, ...(isDated ? ['--taken-at'] : [])]
    },
    get width() {
      return headers.length
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
