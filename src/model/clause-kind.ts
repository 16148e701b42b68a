import type { ZodObject } from 'zod'

/** A name in a clause that must exist elsewhere in the contract; `path` leads to it from the clause. */
export interface Reference {
  readonly to: 'calendar' | 'exclusion' | 'service' | 'clause'
  readonly name: string
  readonly path: readonly (string | number)[]
  /** For `to: 'clause'`: the kind that the named clause must have. */
  readonly kind?: string
}

/** Something legal but doubtful in a clause: a warning, an error under `--strict`. */
export interface Lint {
  readonly code: string
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly hint?: string
}

/**
 * What a clause needs to be judged: of each group in `anyOf` at least one record type. `also` is used if there, and
 * missed with a warning; `optional` without one.
 */
export interface Needs {
  readonly anyOf: readonly (readonly string[])[]
  readonly also: readonly string[]
  readonly optional?: readonly string[]
}

/**
 * One kind of clause: its schema (own fields only, the common ones are added by the contract), what it points to,
 * the records it needs and how it judges. `Judge` is fixed in `clauses/`, which knows contract and evidence.
 */
export interface ClauseKind<Judge = unknown> {
  readonly kind: string
  readonly title: string
  /** The manual page, plain text with runnable examples. */
  readonly manual: string
  readonly schema: ZodObject
  references(body: unknown): readonly Reference[]
  lints(body: unknown): readonly Lint[]
  readonly judge: Judge
}
