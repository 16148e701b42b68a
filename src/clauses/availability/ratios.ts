import type { Quantity } from '../../model/quantity.ts'

/** Orders two ratios exactly; anything else counts as larger (nothing is known to be worse). */
export function compareRatios(a: Quantity, b: Quantity): number {
  if (a.unit !== 'ratio' || b.unit !== 'ratio') return a.unit === b.unit ? 0 : a.unit === 'ratio' ? -1 : 1
  const difference = BigInt(a.part) * BigInt(b.of) - BigInt(b.part) * BigInt(a.of)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
