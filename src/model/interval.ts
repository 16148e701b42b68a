/** Half-open stretch of time `[start, end)` in epoch milliseconds (UTC). */
export interface Interval {
  readonly start: number
  readonly end: number
}

/** An instant known exactly (`earliest === latest`) or only to the local day it falls on; epoch milliseconds. */
export interface Moment {
  readonly earliest: number
  readonly latest: number
}
