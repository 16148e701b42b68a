import { nearest } from '../model/nearest.ts'
import { isComplete, type Layout, layOut, likelyHeader, type NearMiss, nearMisses } from './header.ts'
import { either } from './row-parser.ts'
import { RECORD_TYPES, SHAPES } from './types/index.ts'
import { TYPE_NAMES, typeName } from './types/names.ts'
import type { RecordType, Shape } from './types/record-type.ts'

/** The record type that a header fits, or why it can't be told. */
export type Recognised =
  | { readonly type: string }
  | { readonly message: string; readonly hint: string; readonly misses?: readonly NearMiss[] }

/** Names of all columns of all types. */
export const ALL_COLUMNS: ReadonlySet<string> = new Set(
  SHAPES.flatMap(shape => shape.columns.map(column => column.name)),
)

/**
 * The type whose required columns are all there. Of several, one that knows columns which the others don't; where none
 * does, the file's name decides, or else that one type's columns are all of another too: it is the plainer one.
 * Headers are as `columnName` gives them.
 */
export function recognise(headers: readonly string[], file: string): Recognised {
  const fitting = SHAPES.map(shape => layOut(shape, headers)).filter(isComplete)
  const best = fitting.filter(layout => !fitting.some(other => knowsMore(other, layout)))
  const [only] = best
  if (only === undefined) return unknownHeader(headers)
  const other = fitting.find(layout => layout !== only && nameHolds(file, layout.shape.name))
  if (best.length === 1 && other !== undefined && !nameHolds(file, only.shape.name)) {
    const [by, named] = [only.shape.name, other.shape.name]
    return {
      message: `the header reads as ${by}, the file's name as ${named}`,
      hint: `say --as ${named} or --as ${by}`,
    }
  }
  if (best.length === 1) return { type: only.shape.name }
  const names = best.map(layout => layout.shape.name)
  const [first, second] = best
  if (first !== undefined && second !== undefined && ownColumns(first, second).length > 0) {
    const parts = best.map(layout => {
      const own = best.flatMap(other => (other === layout ? [] : ownColumns(layout, other)))
      return `${own[0] === undefined ? 'all columns' : `"${own[0]}"`} of ${layout.shape.name}`
    })
    return {
      message: `the header has columns of several record types: ${parts.join(', ')}`,
      hint: `give each row's type in a column "type", or say --as ${names[0]}`,
    }
  }
  const named = names.filter(name => nameHolds(file, name))
  if (named.length === 1 && named[0] !== undefined) return { type: named[0] }
  const plainest = best.find(layout => best.every(other => other === layout || isPartOf(layout, other)))
  if (plainest !== undefined) return { type: plainest.shape.name }
  return {
    message: `cannot tell ${either(names)} from the header`,
    hint: `say --as ${names[0]}, or name the file after its type, such as ${fileName(file, names[0] ?? '')}`,
  }
}

/** Whether the headers hold all columns that some record type requires. */
export function fitsSomeType(headers: readonly string[]): boolean {
  return SHAPES.some(shape => isComplete(layOut(shape, headers)))
}

/** A type named by the user or in a cell; a message with did-you-mean for a name that isn't one. */
export function namedType(text: string): Recognised {
  const type = typeName(text)
  if (type !== undefined) return { type }
  const meant = nearest(text.trim(), TYPE_NAMES)
  return {
    message: `unknown record type "${text.trim()}"${meant === undefined ? '' : `: did you mean "${meant}"?`}`,
    hint: `known types are ${TYPE_NAMES.join(', ')}`,
  }
}

/** Whether `a` knows every column of the file that `b` knows, and more: columns, or required ones on a tie. */
function knowsMore(a: Layout, b: Layout): boolean {
  if (a === b || ownColumns(b, a).length > 0) return false
  return ownColumns(a, b).length > 0 || a.shape.required.length > b.shape.required.length
}

/** Columns of the file that tell `a` from `b`; ids and sources are everywhere and tell nothing. */
function ownColumns(a: Layout, b: Layout): readonly string[] {
  const others = new Set(b.positions.values())
  const own = [...a.positions].filter(([column, at]) => !others.has(at) && column !== 'id' && column !== 'source')
  return own.map(([column]) => column)
}

/** Whether `b` has all columns that `a` has, and more. */
function isPartOf(a: Layout, b: Layout): boolean {
  const others = new Set(b.shape.columns.map(({ name }) => name))
  return a.shape.columns.length < others.size && a.shape.columns.every(({ name }) => others.has(name))
}

function unknownHeader(headers: readonly string[]): Recognised {
  let best: { layout: Layout; misses: readonly NearMiss[] } | undefined
  for (const shape of SHAPES) {
    const layout = layOut(shape, headers)
    const misses = nearMisses(layout, headers, ALL_COLUMNS)
    if (misses.length === 0) continue
    const mended = [...headers]
    for (const { position, column } of misses) mended[position] = column
    if (!isComplete(layOut(shape, mended))) continue
    if (best === undefined || layout.positions.size > best.layout.positions.size) best = { layout, misses }
  }
  const shown = headers.filter(header => header !== '').map(header => `"${header}"`)
  return {
    message: `the header fits no record type: ${shown.slice(0, 12).join(', ')}${shown.length > 12 ? ' …' : ''}`,
    hint: nearestType(headers) ?? `name columns as ${ALL_TYPES} do, or use --as or --map`,
    ...(best === undefined ? {} : { misses: best.misses }),
  }
}

/** `outage (start, end), check (time, status) …`: all types that are read. */
const ALL_TYPES = either(RECORD_TYPES.map(shape => `${shape.name} (${needs(shape)})`))

/** `start, end`, or `id, one of cvss, vector, scan …`. */
function needs({ required, needed = [], anyOf = [], oneOf = [] }: Shape & Pick<Partial<RecordType>, 'needed'>): string {
  const shown = [anyOf, oneOf]
    .filter(columns => columns.length > 0)
    .map(columns => `one of ${columns.slice(0, 3).join(', ')}${columns.length > 3 ? ' …' : ''}`)
  return [...required, ...needed, ...shown].join(', ')
}

/** The type of which most columns are there, and what it lacks; undefined where none but common ones are. */
function nearestType(headers: readonly string[]): string | undefined {
  const layouts = SHAPES.map(shape => layOut(shape, headers)).map(layout => {
    const size = [...layout.positions.keys()].filter(column => !COMMON.includes(column)).length
    return { layout, size, lacking: layout.shape.required.filter(column => !layout.positions.has(column)) }
  })
  const [best] = layouts.sort((a, b) => b.size - a.size || a.lacking.length - b.lacking.length)
  if (best === undefined || best.size === 0 || best.lacking.length === 0) return undefined
  const { shape } = best.layout
  const lacks = best.lacking.map(column => {
    const likely = likelyHeader(column, best.layout)
    return likely === undefined ? `"${column}"` : `"${column}" (is it "${headers[likely]}"?)`
  })
  const what = `it comes nearest to ${shape.name} (${needs(shape)}), but lacks ${lacks.join(' and ')}`
  return `${what}: rename columns, or use --map or --as`
}

/** Columns of many types, which tell none. */
const COMMON: readonly string[] = ['id', 'source', 'service']

/** `outages.csv`, with the ending that the file has. */
function fileName(file: string, type: string): string {
  const ending = /\.(?:csv|tsv|json|ndjson|jsonl)(?:\.gz)?$/i.exec(file)?.[0] ?? '.csv'
  return `${type}${type === 'outage' ? 's' : ''}${ending}`
}

/** `outages-2026.csv` names outage, `incidents.csv` too, and `backup_copies.csv` backup-copy, not backup. */
function nameHolds(file: string, type: string): boolean {
  const words = (file.toLowerCase().split(/[/\\]/).at(-1) ?? '').split(/[^a-z]+/)
  if (type === 'outage' && words.some(word => word === 'incident' || word === 'incidents')) return true
  const named = TYPE_NAMES.filter(name => holdsWords(words, name.split('-')))
  return named.includes(type) && !named.some(name => name.startsWith(`${type}-`))
}

/** Whether they stand one after the other, the last of them perhaps as a plural. */
function holdsWords(words: readonly string[], wanted: readonly string[]): boolean {
  const last = wanted.length - 1
  return words.some((_, from) =>
    wanted.every((one, i) => {
      const forms = i < last ? [one] : [one, `${one}s`, one.replace(/y$/, 'ies')]
      return forms.includes(words[from + i] ?? '')
    }),
  )
}
