import { nearest } from '../model/nearest.ts'
import type { FileMapping, NamedColumn } from './file-mapping.ts'
import { type Cells, columnName, compileFilters } from './filter.ts'

/** What a mapping does to the rows of a file with the columns that it has. */
export interface MappedCells {
  /** Replaces texts as the mapping says. */
  mapped(cells: Cells): Cells
  /** Replaces the value of a change as the texts of the column that it changes, given where the two stand. */
  changed(cells: Cells, change: number | undefined, value: number | undefined): Cells
  /** Whether the mapping wants the row. */
  wants(cells: Cells): boolean
  /** What the mapping names, and of that what the file does not have. */
  readonly named: readonly NamedColumn[]
  readonly absent: readonly AbsentColumn[]
}

export interface AbsentColumn extends NamedColumn {
  /** What of the file was probably meant. */
  readonly meant?: string
  /** Several headers have this name. */
  readonly twice?: true
}

/** Headers as they stand in the file; `columns` are the names that they have in the language, `''` for none. */
export function makeMappedCells(
  mapping: FileMapping | undefined,
  headers: readonly string[],
  columns: readonly string[],
): MappedCells {
  const { where, values, named = [] } = mapping ?? {}
  const own = headers.map(columnName)
  const tests = where?.map(test => ({ ...test, column: String(positionOf(test.column)) }))
  const filters = compileFilters(
    [tests],
    headers.map((_, at) => String(at)),
  )
  const texts = [...(values ?? [])].flatMap(([column, replaced]) => {
    const at = positionOf(column)
    return at < 0 ? [] : [[at, replaced] as const]
  })

  /** By the column's name, else by the header's own. */
  function positionOf(name: string): number {
    const wanted = columnName(name)
    const at = columns.indexOf(wanted)
    if (at >= 0) return at
    return own.indexOf(wanted) === own.lastIndexOf(wanted) ? own.indexOf(wanted) : -1
  }

  function absentOf(one: NamedColumn): readonly AbsentColumn[] {
    const { key, name } = one
    if (key === 'columns' ? headers.includes(name.trim()) : positionOf(name) >= 0) return []
    if (key !== 'columns' && own.includes(columnName(name))) return [{ ...one, twice: true }]
    const candidates = key === 'columns' ? headers : [...headers, ...columns]
    const meant = nearest(
      name,
      candidates.filter(candidate => candidate !== ''),
    )
    return [meant === undefined ? one : { ...one, meant }]
  }

  function mapped(cells: Cells): Cells {
    let changed: (string | undefined)[] | undefined
    for (const [at, replaced] of texts) {
      const text = replaced.get(cells[at]?.trim() ?? '')
      if (text === undefined || cells[at] === undefined) continue
      changed ??= [...cells]
      changed[at] = text
    }
    return changed ?? cells
  }

  return {
    mapped,
    changed(cells, change = -1, value = -1) {
      if (values === undefined) return cells
      const column = CHANGED.get(cells[change]?.trim().toLowerCase() ?? '')
      const text = column === undefined ? undefined : values.get(column)?.get(cells[value]?.trim() ?? '')
      return text === undefined ? cells : cells.map((cell, at) => (at === value ? text : cell))
    },
    wants: cells => where === undefined || filters.match(0, cells) === true,
    named,
    absent: named.flatMap(absentOf),
  }
}

/** The column whose texts stand as the value of a change. */
const CHANGED = new Map([
  ['opened', 'priority'],
  ['priority', 'priority'],
  ['status', 'status'],
  ['paused', 'status'],
])

/** Columns that changes of tickets hold under another name. */
export const CHANGED_COLUMNS: ReadonlySet<string> = new Set(CHANGED.values())
