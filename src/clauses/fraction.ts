import type { Integer, Quantity } from '../model/quantity.ts'

/** An exact share `part / of`, 0 ≤ part ≤ of, of > 0. */
export interface Fraction {
  readonly part: number
  readonly of: number
}

export const WHOLE: Fraction = { part: 1, of: 1 }
export const NOTHING: Fraction = { part: 0, of: 1 }

/** Negative, zero or positive as a is smaller than, equal to or larger than b; exact. */
export function compareFractions(a: Fraction, b: Fraction): number {
  if (a.of === b.of) return a.part - b.part
  const difference = BigInt(a.part) * BigInt(b.of) - BigInt(b.part) * BigInt(a.of)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** A BigInt as a number while that is exact, as decimal text beyond. */
export function integer(value: bigint): Integer {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value.toString()
}

// Beyond this a common divisor takes longer to find than it is worth.
const REDUCIBLE = 2n ** 4096n

/** An exact ratio, in lowest terms when its parts are large (but not huge), as given otherwise. */
export function ratio(part: bigint, of: bigint): Quantity {
  if (of > BigInt(Number.MAX_SAFE_INTEGER) && of < REDUCIBLE) {
    const divisor = gcd(part < 0n ? -part : part, of)
    return { unit: 'ratio', part: integer(part / divisor), of: integer(of / divisor) }
  }
  return { unit: 'ratio', part: integer(part), of: integer(of) }
}

/** Decimal text such as `0.25` as an exact fraction; at most 15 significant digits. */
export function decimalFraction(text: string): Fraction {
  const [whole = '0', decimals = ''] = text.split('.')
  return { part: Number(`${whole}${decimals}`), of: 10 ** decimals.length }
}

/** Greatest common divisor of two non-negative integers, at least 1. */
export function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b]
  return a === 0n ? 1n : a
}

/** Least common multiple of two positive integers. */
export function lcm(a: bigint, b: bigint): bigint {
  return (a / gcd(b, a % b)) * b
}

/** Largest integer not above a / b (b > 0). */
export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b < 0n ? quotient - 1n : quotient
}
