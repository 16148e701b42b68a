import type { Outline, Status } from '../model/finding.ts'
import type { Interval } from '../model/interval.ts'

/** Where a finding on a single record comes from, and what its outline needs. */
export interface Place {
  /** Number of the record, and of the outcome among those of the record. */
  readonly record: number
  readonly slot: number
  /** What stands before the record in the id of the finding; one of few. */
  readonly prefix: string
  readonly status: Status
  readonly reason: string
  readonly window: Interval
  readonly margin?: number | undefined
  readonly due?: number | undefined
  readonly atRisk?: boolean | undefined
}

/** Where each finding comes from, in columns: of a million records no finding is kept. */
export interface Places {
  readonly count: number
  add(place: Place): void
  record(index: number): number
  slot(index: number): number
  prefix(index: number): string
  /** `whole` is asked where it says that an outline has more to tell than is kept. */
  outlines(whole: (index: number, status: Status, reason: string) => Outline | undefined): Iterable<Outline>
}

/** Columns that double as they fill. Status and reason are one small number; NaN stands for none. */
export function makePlaces(): Places {
  let size = 1024
  let records = new Uint32Array(size)
  let slots = new Uint32Array(size)
  let words = new Uint16Array(size)
  let names = new Uint16Array(size)
  let starts = new Float64Array(size)
  let ends = new Float64Array(size)
  let margins = new Float64Array(size)
  let dues = new Float64Array(size)
  let count = 0
  const known: { readonly status: Status; readonly reason: string }[] = []
  const prefixes: string[] = []

  function word(status: Status, reason: string): number {
    const at = known.findIndex(one => one.status === status && one.reason === reason)
    return at >= 0 ? at : known.push({ status, reason }) - 1
  }

  function name(prefix: string): number {
    const at = prefixes.indexOf(prefix)
    return at >= 0 ? at : prefixes.push(prefix) - 1
  }

  function grow(): void {
    size *= 2
    records = larger(records, new Uint32Array(size))
    slots = larger(slots, new Uint32Array(size))
    words = larger(words, new Uint16Array(size))
    names = larger(names, new Uint16Array(size))
    starts = larger(starts, new Float64Array(size))
    ends = larger(ends, new Float64Array(size))
    margins = larger(margins, new Float64Array(size))
    dues = larger(dues, new Float64Array(size))
  }

  return {
    get count() {
      return count
    },
    add({ record, slot, prefix, status, reason, window, margin, due, atRisk }) {
      if (count === size) grow()
      records[count] = record
      slots[count] = slot
      starts[count] = window.start
      ends[count] = window.end
      margins[count] = margin ?? Number.NaN
      dues[count] = due ?? Number.NaN
      words[count] = word(status, reason) | (atRisk === true ? RISK : 0)
      names[count] = name(prefix)
      count++
    },
    record: index => records[index] ?? 0,
    slot: index => slots[index] ?? 0,
    prefix: index => prefixes[names[index] ?? 0] ?? '',
    *outlines(whole) {
      for (let i = 0; i < count; i++) {
        const code = words[i] ?? 0
        const said = known[code & ~RISK]
        if (said === undefined) throw new RangeError(`no outline ${i}`)
        const made = whole(i, said.status, said.reason)
        if (made !== undefined) {
          yield made
          continue
        }
        const outline: { -readonly [K in keyof Outline]: Outline[K] } = {
          status: said.status,
          reason: said.reason,
          window: { start: starts[i] ?? 0, end: ends[i] ?? 0 },
        }
        const margin = margins[i] ?? Number.NaN
        if (!Number.isNaN(margin)) outline.margin = { unit: 'ms', value: margin }
        const due = dues[i] ?? Number.NaN
        if (!Number.isNaN(due)) outline.due = due
        if (code >= RISK) outline.atRisk = true
        yield outline
      }
    },
  }
}

/** Beside the number of status and reason: the finding is at risk. */
const RISK = 1 << 15

function larger<Column extends Uint32Array | Uint16Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from)
  return to
}
