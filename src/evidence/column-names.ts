import { type FileMapping, LOCATION_COLUMNS } from './file-mapping.ts'
import { columnName } from './filter.ts'
import { type Recognised, recognise } from './recognise.ts'
import type { Shape } from './types/record-type.ts'

/** The type by the columns of a file; if they do not tell, with those that the mapping sets or the user says. */
export function recogniseAll(
  names: readonly string[],
  mapping: FileMapping | undefined,
  { file, takenAt }: { readonly file: string; readonly takenAt?: string },
): Recognised {
  const found = recognise(names, file)
  if ('type' in found) return found
  const set = [...(mapping?.set?.keys() ?? [])].filter(column => !names.includes(column))
  const added = set.length === 0 ? found : recognise([...names, ...set], file)
  if ('type' in added) return added
  if (takenAt === undefined) return found
  const listing = recognise([...names, ...set, 'taken_at'], file)
  return 'type' in listing && listing.type === 'inventory' ? listing : found
}

/** Columns that a mapping fills and the file does not have, with what stands for their header. */
export function addedColumns(
  mapping: FileMapping | undefined,
  names: readonly string[],
  shape: Shape | undefined,
): readonly (readonly [column: string, label: string])[] {
  const { set, locations } = mapping ?? {}
  const all = new Map([...(set ?? [])].map(([column, text]) => [column, `set ${column}: ${text}`]))
  if (locations !== undefined) {
    for (const column of LOCATION_COLUMNS) {
      const isOfType = shape === undefined || shape.columns.some(({ name }) => name === column)
      const isFilled = [...locations.values()].some(place => place[column] !== undefined)
      if (isOfType && isFilled && !all.has(column)) all.set(column, `locations: ${column}`)
    }
  }
  return [...all].filter(([column]) => !names.includes(column))
}

/**
 * The columns of an export's headers: the first header that the preset has for a column is it, the others keep their
 * own names. Names that then stand more than once (`Comment`, or one that a column has taken) name nothing.
 */
export function exportNames(headers: readonly string[], { columns }: FileMapping): readonly string[] {
  const places = new Map<string, number>()
  for (const [header, column] of columns) {
    const at = headers.indexOf(header)
    if (at >= 0 && !places.has(column)) places.set(column, at)
  }
  const names = headers.map(columnName)
  const own = names.map((name, i) => (names.indexOf(name) === i && names.lastIndexOf(name) === i ? name : ''))
  for (const column of places.keys()) if (own.includes(column)) own[own.indexOf(column)] = ''
  for (const [column, at] of places) own[at] = column
  return own
}
