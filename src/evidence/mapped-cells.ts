import { nearest } from '../model/nearest.ts'
import { type FileMapping, LOCATION_COLUMNS, type NamedColumn, type NamedText } from './file-mapping.ts'
import { type Cells, columnName, compileFilters } from './filter.ts'

/** What a mapping does to the rows of a file with the columns that it has. */
export interface MappedCells {
  /** Replaces texts as the mapping says, then fills what it sets. */
  mapped(cells: Cells): Cells
  /** Replaces the value of a change as the texts of the column that it changes, given where the two stand. */
  changed(cells: Cells, change: number | undefined, value: number | undefined): Cells
  /** Whether the mapping wants the row. */
  wants(cells: Cells): boolean
  /** What the mapping sets as the cell at a position of a row, if that is its own. */
  setAt(at: number, cells: Cells): NamedText | undefined
  /** Where the mapping stands: `map.yaml:3`. */
  readonly place: string
  /** Locations of which the mapping says where they are. */
  readonly locations: readonly string[]
  /** Texts that the mapping replaces, and those that it sets. */
  readonly texts: readonly NamedText[]
  readonly sets: readonly NamedText[]
  /** What the mapping names, and of that what the file does not have. */
  readonly named: readonly NamedColumn[]
  readonly absent: readonly AbsentColumn[]
}

/** What the rows of a file have of what its mapping says, as they are read. */
export interface Met {
  readonly locations: Set<string>
  /** Texts by column, before they are replaced. */
  readonly texts: Map<string, Set<string>>
  /** Columns that a set text is in. */
  readonly filled: Set<string>
}

export function nothingMet(): Met {
  return { locations: new Set(), texts: new Map(), filled: new Set() }
}

export interface AbsentColumn extends NamedColumn {
  /** What of the file was probably meant. */
  readonly meant?: string
  /** Several headers have this name. */
  readonly twice?: true
}

/**
 * Headers as they stand in the file; `columns` are the names that they have in the language, `''` for none, and after
 * them those that the mapping adds. `met` takes note of what the rows have.
 */
export function makeMappedCells(
  mapping: FileMapping | undefined,
  headers: readonly string[],
  columns: readonly string[],
  met: Met = nothingMet(),
): MappedCells {
  const { where, values, set, locations, named = [], texts = [], sets = [] } = mapping ?? {}
  const own = headers.map(columnName)
  const tests = where?.map(test => ({ ...test, column: String(positionOf(test.column)) }))
  const filters = compileFilters(
    [tests],
    columns.map((_, at) => String(at)),
  )
  const replacements = [...(values ?? [])].flatMap(([column, replaced]) => {
    const at = positionOf(column)
    if (at < 0) return []
    const seen = met.texts.get(column) ?? new Set()
    met.texts.set(column, seen)
    return [{ at, replaced, seen }]
  })

  const fills = [...(set ?? [])].map(([column, text]) => [columns.indexOf(column), text] as const)
  const location = locations === undefined ? -1 : columns.indexOf('location')
  const places = LOCATION_COLUMNS.map(column => [column, columns.indexOf(column)] as const)

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
    for (const { at, replaced, seen } of replacements) {
      const own = cells[at]?.trim()
      if (own === undefined) continue
      if (seen.size < MOST) seen.add(own)
      const text = replaced.get(own)
      if (text === undefined) continue
      changed ??= [...cells]
      changed[at] = text
    }
    return filled(changed ?? cells)
  }

  function filled(cells: Cells): Cells {
    if (fills.length === 0 && location < 0) return cells
    const full: (string | undefined)[] = [...cells]
    // Columns that the mapping adds stand after those of the file.
    while (full.length < columns.length) full.push(undefined)
    const fill = (at: number, text: string | undefined): void => {
      if (at >= 0 && text !== undefined && (full[at] ?? '').trim() === '') full[at] = text
    }
    for (const [at, text] of fills) {
      fill(at, text)
      if (full[at]?.trim() === text.trim()) met.filled.add(columns[at] ?? '')
    }
    const name = location < 0 ? '' : (full[location]?.trim() ?? '')
    if (name !== '' && met.locations.size < MOST) met.locations.add(name)
    const place = name === '' ? undefined : locations?.get(name)
    if (place !== undefined) for (const [column, at] of places) fill(at, place[column])
    return full
  }

  return {
    mapped,
    changed(cells, change = -1, value = -1) {
      if (values === undefined) return cells
      const column = CHANGED.get(cells[change]?.trim().toLowerCase() ?? '')
      const text = column === undefined ? undefined : values.get(column)?.get(cells[value]?.trim() ?? '')
      return text === undefined ? cells : cells.map((cell, at) => (at === value ? text : cell))
    },
    setAt: (at, cells) =>
      (cells[at] ?? '').trim() === '' ? sets.find(({ column }) => columns[at] === column) : undefined,
    wants: cells => where === undefined || filters.match(0, cells) === true,
    place: mapping?.place ?? '',
    locations: [...(locations?.keys() ?? [])],
    texts,
    sets,
    named,
    absent: named.flatMap(absentOf),
  }
}

/** So many locations are kept for telling which was meant. */
const MOST = 1000

/** The column whose texts stand as the value of a change. */
const CHANGED = new Map([
  ['opened', 'priority'],
  ['priority', 'priority'],
  ['status', 'status'],
  ['paused', 'status'],
])

/** Columns that changes of tickets hold under another name. */
export const CHANGED_COLUMNS: ReadonlySet<string> = new Set(CHANGED.values())
