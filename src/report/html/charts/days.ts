import type { Interval } from '../../../model/interval.ts'
import { addMonths, civilDate } from '../../../time/civil.ts'
import { clip, type Intervals, total } from '../../../time/interval.ts'
import { localDay, startOfDay } from '../../../time/local.ts'
import type { Zone } from '../../../time/zone.ts'
import { amountOf, type Weighted } from './counted.ts'

/** What a strip is made of. `over`: down, or missed. What `service` holds beside the others is up, or kept. */
export interface Stretches {
  readonly over: readonly Weighted[]
  readonly excluded: Intervals
  readonly unknown: Intervals
  /** Owed, and not later than the report knows. */
  readonly service: Intervals
}

/** A local day (or month): its first day number, its real ends, and how long it was what, in ms. */
export interface Cell extends Interval {
  readonly day: number
  readonly over: number
  readonly excluded: number
  readonly unknown: number
  readonly service: number
}

/** The cells of a range: local days of 23, 24 or 25 hours, or local months; cut at the range. */
export function cellsOf(range: Interval, zone: Zone, unit: 'day' | 'month', stretches: Stretches): readonly Cell[] {
  const out: Cell[] = []
  const over = [...stretches.over].sort((a, b) => a.start - b.start)
  let from = 0
  let day = localDay(zone, range.start)
  if (unit === 'month') day -= civilDate(day).day - 1
  for (let begin = range.start; begin < range.end; ) {
    const next = unit === 'day' ? day + 1 : addMonths(day, 1)
    const end = Math.min(startOfDay(zone, next), range.end)
    // A date that the zone left out has no length.
    if (end > begin) {
      const within = { start: begin, end }
      const parts: Weighted[] = []
      while (from < over.length && (over[from]?.end ?? end) <= begin) from++
      for (let i = from; i < over.length; i++) {
        const one = over[i]
        if (one === undefined || one.start >= end) break
        const cut = { ...one, start: Math.max(one.start, begin), end: Math.min(one.end, end) }
        if (cut.start < cut.end) parts.push(cut)
      }
      out.push({
        day,
        ...within,
        over: amountOf(parts),
        excluded: total(clip(stretches.excluded, within)),
        unknown: total(clip(stretches.unknown, within)),
        service: total(clip(stretches.service, within)),
      })
      begin = end
    }
    day = next
  }
  return out
}

/** Neighbouring cells that are one thing throughout, or nothing, joined; all others as they are. */
export function joinedCells(cells: readonly Cell[]): readonly (Cell & { readonly last: number })[] {
  const out: (Cell & { readonly last: number })[] = []
  for (const cell of cells) {
    const previous = out[out.length - 1]
    if (previous === undefined || wholeOf(previous) === undefined || wholeOf(previous) !== wholeOf(cell)) {
      out.push({ ...cell, last: cell.day })
      continue
    }
    out[out.length - 1] = {
      ...previous,
      end: cell.end,
      last: cell.day,
      over: previous.over + cell.over,
      excluded: previous.excluded + cell.excluded,
      unknown: previous.unknown + cell.unknown,
      service: previous.service + cell.service,
    }
  }
  return out
}

/** What a cell is from end to end; undefined where it is several things. */
function wholeOf({ start, end, over, excluded, unknown, service }: Cell): string | undefined {
  const length = end - start
  if (over + excluded + unknown === 0) return service === 0 ? 'out' : service === length ? 'up' : undefined
  if (over === length) return 'over'
  if (excluded === length) return 'excluded'
  return unknown === length ? 'unknown' : undefined
}
