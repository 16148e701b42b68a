import { union } from '../../time/interval.ts'
import { anyOf, doubtful, type Known, NEVER } from '../../time/known.ts'
import { completionOf, inTerm, startOf } from './bounds.ts'
import { heldOf } from './owed.ts'
import type { Candidate, Series } from './series.ts'
import { unitOf } from './units.ts'

/** Backups by the local date on which they started; asked for from the last date to the first. */
export interface Dated {
  /** Those of the dates from one day number to another, and where any of them can be restored. */
  within(from: number, to: number, start: number): { readonly cover: Known; readonly candidates: readonly Candidate[] }
}

/** Only what started within the term is a candidate. */
export function datesOf(series: Series): Dated {
  const byDate = new Map<number, Place[]>()
  const undated: { readonly place: Place; readonly until: number }[] = []
  for (const candidate of series.made) {
    const bounds = startOf(candidate)
    const term = inTerm(bounds, series)
    if (term === 'no') continue
    const until = Math.min(bounds.hi, series.asOf)
    const certain = candidate.counts === 'yes' && term === 'yes'
    if (!Number.isFinite(bounds.lo)) {
      undated.push({ place: { candidate, first: Number.NEGATIVE_INFINITY, last: 0, certain: false }, until })
      continue
    }
    const first = unitOf('day', series.zone, bounds.lo).number
    const last = unitOf('day', series.zone, until).number
    const place = { candidate, first, last, certain }
    for (let date = first; date <= last; date++) {
      const list = byDate.get(date)
      if (list === undefined) byDate.set(date, [place])
      else list.push(place)
    }
  }
  undated.sort((a, b) => b.until - a.until)

  // What no stamp dates may be of any date up to its latest: joined as the dates go down.
  let next = 0
  let joined = NEVER.possible
  let named: Candidate | undefined
  const join = (start: number): void => {
    for (let one = undated[next]; one !== undefined && one.until >= start; one = undated[++next]) {
      joined = union(joined, held(one.place.candidate, series).possible)
      named ??= one.place.candidate
    }
  }
  return {
    within(from, to, start) {
      join(start)
      const places = new Set<Place>()
      for (let date = from; date <= to; date++) for (const place of byDate.get(date) ?? []) places.add(place)
      const parts = [...places].map(({ candidate, first, last, certain }) => {
        const known = held(candidate, series)
        return certain && first >= from && last <= to ? known : doubtful(known)
      })
      const candidates = [...places].map(({ candidate }) => candidate)
      if (joined.length > 0) parts.push({ sure: [], possible: joined })
      if (joined.length > 0 && candidates.length === 0 && named !== undefined) candidates.push(named)
      return { cover: parts.length === 1 ? (parts[0] ?? NEVER) : anyOf(parts), candidates }
    },
  }
}

/** A backup with the first and the last date that it may be of. */
interface Place {
  readonly candidate: Candidate
  readonly first: number
  readonly last: number
  readonly certain: boolean
}

function held(candidate: Candidate, series: Series): Known {
  const completed = completionOf(candidate)
  // What still runs can't be restored yet.
  if (completed === undefined) return NEVER
  return heldOf(candidate, completed, series)
}
