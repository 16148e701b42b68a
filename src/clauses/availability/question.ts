import type { Clause } from '../../contract/contract.ts'
import type { Interval } from '../../model/interval.ts'
import type { Window } from '../../time/window.ts'
import type { Frame } from './evaluate.ts'
import type { AvailabilityBody } from './schema.ts'

/** What is judged: the clause, one subject (a service or several together), one window. */
export interface Question {
  readonly clause: Clause<AvailabilityBody>
  readonly subject: string
  readonly id: string
  readonly window: Window
  readonly frame: Frame
  readonly edges: readonly number[]
  readonly doubts: readonly Doubt[]
  /** What is missing where nothing is known: `no samples`, `the outage log is not complete`. */
  readonly silence: string
}

/** Why the evidence cannot say everything: it rules out `met`, or (`both`) any verdict. */
export interface Doubt {
  readonly rulesOut: 'met' | 'both'
  readonly reason: 'missing' | 'bad-rows' | 'column-missing'
  readonly why: string
  /** The same without what follows from it. */
  readonly fact: string
  /** The record type to supply. */
  readonly type: string
}

/** True where the figure is made of request rows. */
export function readsTraffic(body: AvailabilityBody): boolean {
  const { accounting } = body
  if (accounting === 'requests') return true
  if (typeof accounting !== 'object' || !('slices' in accounting)) return false
  if ('mean' in accounting) return true
  return accounting['bad-when'].some(
    ({ operand }) => operand === 'errors' || operand === 'failed' || operand === 'total',
  )
}

/** Whether an interval, empty ones included, has an instant in another. */
export function meets(a: Interval, b: Interval): boolean {
  return a.start < b.end && (a.end > b.start || (a.start === a.end && a.start >= b.start))
}
