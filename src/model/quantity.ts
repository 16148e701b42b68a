/** An exact integer: a number while it is safe, decimal digits beyond 2^53 − 1. */
export type Integer = number | string

/**
 * An exact amount. `ms` are milliseconds, `ratio` is part ÷ of in one common unit, `decimal` is decimal text,
 * `money` is in minor units. Nothing here is rounded.
 */
export type Quantity =
  | { readonly unit: 'ms'; readonly value: number }
  | { readonly unit: 'ratio'; readonly part: Integer; readonly of: Integer }
  | { readonly unit: 'count'; readonly value: number }
  | { readonly unit: 'decimal'; readonly value: string; readonly of?: string }
  | { readonly unit: 'money'; readonly minor: Integer; readonly currency: string }
  | { readonly unit: 'none'; readonly text: string }
