import type { Interval } from '../../../model/interval.ts'
import { firstEndingAfter } from '../../../time/interval.ts'
import { localDay, startOfDay } from '../../../time/local.ts'
import type { Zone } from '../../../time/zone.ts'
import type { Bound, Frame } from './frame.ts'

/** The most downtime inside `span` that breaks no window, in ms: what the windows allow, and all time that they leave out. */
export function mostDowntime(frame: Frame, span: Interval, zone: Zone): number {
  const counted = frame.service.between(span.start, span.end)
  const free = span.end - span.start - counted
  if (!frame.partition) return free + mostRolling(frame, span, zone)
  let sum = free + counted
  for (const { start, end, most } of frame.windows) {
    const shared = frame.service.between(Math.max(start, span.start), Math.min(end, span.end))
    sum -= Math.max(0, shared - Math.max(0, most))
  }
  return sum
}

/**
 * Day by day as much as the windows that hold the day still allow: what is lost early lies in no more of the later
 * windows than what is lost late, so that no other way loses more.
 */
function mostRolling({ windows, service }: Frame, span: Interval, zone: Zone): number {
  const first = localDay(zone, span.start)
  const days = localDay(zone, span.end - 1) - first + 1
  /** Lost ahead of the i-th day of the span. */
  const lost = new Float64Array(days + 1)
  const index = (at: number): number => Math.min(days, Math.max(0, localDay(zone, at) - first))
  const spans = windows.map(({ start, end, most }) => ({ from: index(start), to: index(end), most: Math.max(0, most) }))
  let at = 0
  for (let day = 0; day < days; day++) {
    while (at < spans.length && (spans[at]?.to ?? 0) <= day) at++
    let room = service.between(startOfDay(zone, first + day), startOfDay(zone, first + day + 1))
    for (let i = at; i < spans.length; i++) {
      const { from, most } = spans[i] ?? { from: days, most: 0 }
      if (from > day) break
      room = Math.min(room, most - ((lost[day] ?? 0) - (lost[from] ?? 0)))
    }
    lost[day + 1] = (lost[day] ?? 0) + Math.max(0, room)
  }
  return lost[days] ?? 0
}

/**
 * The longest single outages that begin in `span` and break no window, earliest first; an end of Infinity: no limit.
 * The length only grows toward a start at which an edge of a window or of its hours is met, so those are tried.
 */
export function longestOutages(frame: Frame, span: Interval): readonly Interval[] {
  const starts = new Set([span.start])
  const add = (at: number): void => {
    if (at >= span.start && at < span.end) starts.add(at)
  }
  for (const { end } of frame.service.list) add(end)
  for (const { start, end, most } of frame.windows) {
    add(start)
    if (most < 0) continue
    add(Math.max(start, frame.service.back(end, most)))
  }
  for (const { start } of frame.service.list) {
    for (const window of windowsAt(frame, start)) {
      add(Math.max(window.start, frame.service.back(start, Math.max(0, window.most))))
    }
  }
  let best: Interval[] = []
  for (const start of [...starts].sort((a, b) => a - b)) {
    const end = endOf(frame, start)
    const [known] = best
    const longer = known === undefined ? 1 : end - start - (known.end - known.start)
    if (longer > 0 && end > start) best = [{ start, end }]
    else if (longer === 0) best.push({ start, end })
  }
  return best
}

/** The latest end of an outage that breaks no window. */
export function endOf({ windows, service }: Frame, start: number): number {
  let latest = Number.POSITIVE_INFINITY
  for (let i = firstEndingAfter(windows, start); i < windows.length; i++) {
    const window = windows[i] as Bound
    if (window.start >= latest) break
    if (window.most === Number.POSITIVE_INFINITY) continue
    if (window.most < 0) {
      latest = Math.min(latest, service.reach(Math.max(start, window.start), 0))
      continue
    }
    const end = service.reach(Math.max(start, window.start), window.most)
    if (end < window.end) latest = Math.min(latest, end)
  }
  return latest
}

function windowsAt({ windows }: Frame, at: number): readonly Bound[] {
  const out: Bound[] = []
  for (let i = firstEndingAfter(windows, at - 1); i < windows.length; i++) {
    const window = windows[i] as Bound
    if (window.start > at) break
    out.push(window)
  }
  return out
}
