import type { Quantity } from '../model/quantity.ts'
import { fraction } from './quantities.ts'

/**
 * The size of a difference of shares, without its sign: exact where six digits hold it, `2.5 percentage points`, else
 * `about 0.0501 percentage points`.
 */
export function sharePoints({ part, of }: Extract<Quantity, { unit: 'ratio' }>): string {
  const share = fraction(part, of)
  const size = (share.part < 0n ? -share.part : share.part) * 100n
  for (let digits = 0; digits <= MOST_EXACT; digits++) {
    const scaled = size * 10n ** BigInt(digits)
    if (scaled % share.of === 0n) return `${decimalText(scaled / share.of, digits)} percentage points`
  }
  let digits = 2
  while (digits < MOST && (size * 10n ** BigInt(digits)) / share.of < ENOUGH) digits++
  const nearest = (2n * size * 10n ** BigInt(digits) + share.of) / (2n * share.of)
  return `about ${decimalText(nearest, digits)} percentage points`
}

const MOST_EXACT = 6
const MOST = 15
/** Three digits that tell. */
const ENOUGH = 100n

/** A whole number of units of 10^−digits, without zeros at its end. */
function decimalText(scaled: bigint, digits: number): string {
  const text = String(scaled).padStart(digits + 1, '0')
  const [whole, rest] = [text.slice(0, text.length - digits), text.slice(text.length - digits).replace(/0+$/, '')]
  return rest === '' ? whole : `${whole}.${rest}`
}
