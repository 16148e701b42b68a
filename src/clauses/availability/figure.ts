import type { PercentTarget } from '../../contract/contract.ts'
import { floorDivide } from '../fraction.ts'
import type { AvailabilityBody } from './schema.ts'

/** An availability as an exact fraction `(base − down) / base` in one unit; down never exceeds base. */
export interface Figure {
  readonly base: bigint
  readonly down: bigint
}

/** `(base − down) · 10^k ≥ target · base`, strictly above where the target says so; rounded only if the text rounds. */
export function holds(figure: Figure, target: PercentTarget, rounding: AvailabilityBody['rounding']): boolean {
  const { part, of } = target.value
  const { up, base } = rounding === undefined ? exact(figure) : rounded(figure, rounding)
  const difference = up * BigInt(of) - BigInt(part) * base
  return target.bound === 'above' ? difference > 0n : difference >= 0n
}

function exact({ base, down }: Figure): { readonly up: bigint; readonly base: bigint } {
  return { up: base - down, base }
}

/** The percentage with so many decimals, as a fraction of 100 · 10^decimals. */
function rounded(
  figure: Figure,
  { decimals, mode }: NonNullable<AvailabilityBody['rounding']>,
): { readonly up: bigint; readonly base: bigint } {
  const scale = 100n * 10n ** BigInt(decimals)
  const numerator = (figure.base - figure.down) * scale
  const floor = floorDivide(numerator, figure.base)
  const rest = (numerator - floor * figure.base) * 2n
  const half = rest === figure.base
  const raise =
    mode === 'up'
      ? rest > 0n
      : mode === 'down'
        ? false
        : mode === 'half-up'
          ? rest >= figure.base
          : rest > figure.base || (half && floor % 2n === 1n)
  return { up: floor + (raise ? 1n : 0n), base: scale }
}

/** The most `down` that still keeps the target on this base; −1 when not even none does. */
export function allowance(base: bigint, target: PercentTarget, rounding: AvailabilityBody['rounding']): bigint {
  if (!holds({ base, down: 0n }, target, rounding)) return -1n
  if (rounding === undefined) {
    const { part, of } = target.value
    const exact = base * BigInt(of - part)
    return target.bound === 'above' ? (exact - 1n) / BigInt(of) : exact / BigInt(of)
  }
  let kept = 0n
  let lost = base + 1n
  while (lost - kept > 1n) {
    const middle = (kept + lost) / 2n
    if (holds({ base, down: middle }, target, rounding)) kept = middle
    else lost = middle
  }
  return kept
}
