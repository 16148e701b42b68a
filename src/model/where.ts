/** A row filter: every column must hold one of the listed values, or none of them when `not`. Trimmed text. */
export type Where = readonly { readonly column: string; readonly values: readonly string[]; readonly not: boolean }[]
