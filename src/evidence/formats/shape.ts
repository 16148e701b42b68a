import type { DocumentRow, DocumentTool } from './format.ts'
import { field, isObject } from './values.ts'

/**
 * The tool, telling a flaw for each key that holds something of another kind than the shape says. A report with such
 * a key may show less than its maker found: its scans prove nothing then. `element`: of documents that are lists.
 */
export function shaped(tool: DocumentTool, shape: Shape, element: Shape = {}): DocumentTool {
  return {
    ...tool,
    *rows(document, context) {
      const found = [...flawsIn(document, shape, element)]
      yield* found
      for (const told of tool.rows(document, context)) {
        const { row, from } = told
        const proves = found.length > 0 && 'type' in row && row.type === 'scan' && row.outcome === 'success'
        yield proves ? { row: { ...row, outcome: '?' }, from } : told
      }
    },
  }
}

/**
 * What may stand under a key of a document; null and a key that is not there are always allowed. `scalar`: text, a
 * number or a truth value.
 */
export type Kind = 'text' | 'number' | 'flag' | 'scalar' | 'list' | 'object' | Shape | ListOf | MapOf
export interface Shape {
  readonly [key: string]: Kind
}

/** A list of objects; `told`: the tool itself tells of elements that are none. */
export interface ListOf {
  readonly of: readonly [Shape]
  readonly told: boolean
}

/** An object of objects. */
export interface MapOf {
  readonly values: readonly [Shape]
}

export function mapOf(shape: Shape): MapOf {
  return { values: [shape] }
}

export function listOf(shape: Shape): ListOf {
  return { of: [shape], told: false }
}

/** The list of the records: what is no object among them is a flaw that the tool tells itself. */
export function recordsOf(shape: Shape): ListOf {
  return { of: [shape], told: true }
}

function* flawsIn(document: unknown, shape: Shape, element: Shape): Iterable<DocumentRow> {
  if (isObject(document)) yield* inObject(document, shape)
  else
    for (const one of Array.isArray(document) ? document.flat() : []) if (isObject(one)) yield* inObject(one, element)
}

function* inObject(object: object, shape: Shape): Iterable<DocumentRow> {
  for (const key of Object.keys(shape)) {
    const kind = shape[key]
    const value = field(object, key)
    if (kind === undefined || value === undefined || value === null) continue
    if (!fits(value, kind)) {
      yield { row: { key, problem: `${key} is ${nameOf(value)}: expected ${expected(kind)}` }, from: object }
    } else if (typeof kind === 'string') continue
    else if (!isListOf(kind) && !isMapOf(kind)) yield* inObject(Object(value), kind)
    else {
      const inner = isListOf(kind) ? kind.of[0] : kind.values[0]
      for (const one of Object.values(Object(value))) {
        if (isObject(one)) yield* inObject(one, inner)
        else if (!isListOf(kind) || !kind.told)
          yield { row: { key, problem: `${key} holds ${nameOf(one)}: expected objects` }, from: object }
      }
    }
  }
}

function isListOf(kind: Kind): kind is ListOf {
  return typeof kind === 'object' && 'of' in kind && Array.isArray(kind.of)
}

function isMapOf(kind: Kind): kind is MapOf {
  return typeof kind === 'object' && 'values' in kind && Array.isArray(kind.values)
}

function fits(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number' || (typeof value === 'string' && NUMBER.test(value.trim()))
    case 'flag':
      return typeof value === 'boolean'
    case 'scalar':
      return typeof value !== 'object'
    case 'object':
      return isObject(value)
    case 'list':
      return Array.isArray(value)
    default:
      return isListOf(kind) ? Array.isArray(value) : isObject(value)
  }
}

/** A blank is none. */
const NUMBER = /^(?:\d+(?:\.\d+)?)?$/

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  return typeof value === 'string' ? 'a text' : typeof value === 'number' ? 'a number' : 'a truth value'
}

function expected(kind: Kind): string {
  if (typeof kind !== 'string') return isListOf(kind) ? 'a list' : 'an object'
  const words = { text: 'a text', number: 'a number', flag: 'true or false', scalar: 'a single value' }
  return kind === 'list' ? 'a list' : kind === 'object' ? 'an object' : words[kind]
}
