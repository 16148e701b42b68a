import type { Finding } from '../model/finding.ts'
import { isAttainment } from './clock-facts.ts'
import { fraction, grouped, plainPercent } from './quantities.ts'

/** How many more must be in time for a share to be reached (negative: so many are to spare), and the sum behind it. */
export interface Needed {
  readonly more: number
  readonly words: string
}

/** Undefined of what is no share of records in time. `open`: how many more of them are still to be decided. */
export function neededInTime(finding: Finding, open = 0): Needed | undefined {
  const { observed, promised, details } = finding
  if (!isAttainment(finding) || promised.unit !== 'ratio') return undefined
  const inTime = Number(details?.in_time ?? 0)
  const all = (observed.unit === 'ratio' ? Number(observed.of) : inTime + Number(details?.late ?? 0)) + open
  const share = fraction(promised.part, promised.of)
  const least = Number((share.part * BigInt(all) + share.of - 1n) / share.of)
  return { more: least - inTime, words: `${plainPercent(share)} of ${grouped(all)} takes ${grouped(least)}` }
}
