import type { Cells, Json, LeftOut, RowType } from './format.ts'

/** What a JSON value holds under a key of its own; never what objects inherit, as `toString` of a change in Jira. */
export function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Json)[key] : undefined
}

/** A value inside of values: `path(issue, 'fields', 'priority', 'name')`. */
export function path(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce(field, value)
}

/** The list under a path; undefined for anything else. */
export function list(value: unknown, ...keys: readonly string[]): readonly unknown[] | undefined {
  const found = path(value, ...keys)
  return Array.isArray(found) ? found : undefined
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A cell: `''` for null, undefined (not known) for what is absent or no single value. */
export function text(value: unknown): string | undefined {
  if (value === null) return ''
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** A row without the columns that are not known. */
export function row(type: RowType, cells: Readonly<Record<string, string | undefined>>): Cells {
  const known: Record<string, string> & { type: RowType } = { type }
  for (const [column, cell] of Object.entries(cells)) if (cell !== undefined) known[column] = cell
  return known
}

/** A change of a ticket; `value` is left out where there is none. */
export function change(ticket: Cells, time: string | undefined, word: string, value?: string): Cells {
  return { ...ticket, ...row('ticket-change', { time, change: word, value }) }
}

export const NO_TICKET: LeftOut = { leftOut: 'ticket' }
export const NO_CHANGE: LeftOut = { leftOut: 'ticket-change' }
