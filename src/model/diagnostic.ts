/** Where a text stands in a file: 1-based line and column, length in UTF-16 units (0 when only the place is known). */
export interface Span {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly length: number
}

/**
 * One thing wrong with what was read. `message` says what is wrong and what was expected, `hint` what to try.
 * `frame` holds the source lines around the span (`line` is the number of the first).
 */
export interface Diagnostic {
  readonly code: string
  readonly severity: 'error' | 'warning'
  /** The id of the clause that it is about; absent: about what was read, or the run. */
  readonly clause?: string
  readonly message: string
  readonly span?: Span
  readonly hint?: string
  readonly frame?: { readonly line: number; readonly lines: readonly string[] }
}

/** Bad input: everything that is wrong, at once. The only error class of the house; leads to exit code 3. */
export class InputError extends Error {
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(d => d.message).join('\n'))
    this.name = 'InputError'
    this.diagnostics = diagnostics
  }
}
