import type { Finding, Step } from '../../../model/finding.ts'
import type { Interval } from '../../../model/interval.ts'
import { merge } from '../../../time/interval.ts'
import type { Zone } from '../../../time/zone.ts'
import { isShown } from '../../instants.ts'
import { axis, scaleOf } from './axis.ts'
import { areas, type Box, type Ink, LEFT, label, line, NAMES, nearby, number, RIGHT } from './frame.ts'
import { timeText } from './window-name.ts'

/** Stretches of one effect on a finding, and the instants noted. */
export interface Lane {
  readonly name: string
  readonly ink: Ink
  readonly spans: readonly Interval[]
}

/** The lanes of a finding from top to bottom; only those that hold something. */
export function lanesOf({ timeline, breached, kindOfTime }: LaneSource): readonly Lane[] {
  const over = timeline.filter(({ effect }) => effect === 'over')
  const lanes: Lane[] = EFFECTS.map(([effect, ink, name]) => ({
    name: effect === 'counted' ? kindOfTime : name,
    ink,
    spans: merge(timeline.flatMap(step => (step.effect === effect ? shownParts(step) : []))),
  }))
  const beyond = over.length > 0 ? [] : merge((breached ?? []).filter(isShown))
  return [...lanes, { name: 'over', ink: 'breached' as const, spans: beyond }].filter(({ spans }) => spans.length > 0)
}

export interface LaneSource extends Pick<Finding, 'timeline' | 'breached'> {
  /** What counted time is called: `down`. */
  readonly kindOfTime: string
}

/** Instants with their names: where the clock starts, is due and stops. */
export interface Mark {
  readonly at: number
  readonly name: string
  readonly limit?: true
}

/** Lanes under their marks, over the time axis. The height is `laneHeight`. */
export function drawLanes(
  lanes: readonly Lane[],
  notes: readonly Interval[],
  marks: readonly Mark[],
  { range, zone, id }: { readonly range: Interval; readonly zone: Zone; readonly id: string },
): readonly string[] {
  const x = scaleOf(range)
  const top = 6 + marks.length * MARK
  const rows = lanes.length + (notes.length > 0 ? 1 : 0)
  const bottom = top + rows * LANE + 2
  return [
    axis(range, zone, top, bottom),
    ...lanes.flatMap((lane, index) => {
      const y = top + index * LANE + 4
      return [
        nearby(NAMES, y + 13, lane.name, { anchor: 'end', ink: 'text' }),
        areas(lane.ink, id, boxesOf(lane.spans, x, y)),
      ]
    }),
    notes.length === 0 ? '' : noteMarks(notes, x, top + lanes.length * LANE + 4),
    ...marks.map(({ at, name, limit }, index) => {
      const place = x(at)
      const right = place > (LEFT + RIGHT) / 2
      const y = 14 + index * MARK
      const text = `${name} ${timeText(zone, { start: at, end: at }, false)}`
      const ink = limit ? 'breached' : 'text'
      return (
        line(`M${number(place)} ${y - 10}V${bottom}`, ink, 1.5, limit ? '5 3' : '') +
        label(place + (right ? -6 : 6), y, text, { anchor: right ? 'end' : 'start', ink, bold: true, on: 'wide' }) +
        nearby(-60, y, text.replace('allowance ', ''), { ink, bold: true, on: 'narrow' })
      )
    }),
  ]
}

export function laneHeight(lanes: number, notes: boolean, marks: number): number {
  return 6 + marks * MARK + (lanes + (notes ? 1 : 0)) * LANE + 2 + 44
}

/** The instants at which something happened that has no length. */
export function notesOf(timeline: readonly Step[]): readonly Interval[] {
  return timeline.flatMap(({ effect, at }) => (effect === 'note' && isShown(at) ? [at] : []))
}

/** A step as far as its ends are known; one end that is not known is left away with its step. */
function shownParts({ at }: Step): readonly Interval[] {
  return isShown(at) && at.start < at.end ? [at] : []
}

/** The least width of a box: on a narrow page still more than a pixel. */
const LEAST = 4
const LANE = 26
const MARK = 17
const EFFECTS: readonly (readonly [Step['effect'], Ink, string])[] = [
  ['counted', 'counted', 'counted'],
  ['paused', 'paused', 'paused'],
  ['excluded', 'excluded', 'excluded'],
  ['unknown', 'unknown', 'unknown'],
  ['over', 'breached', 'over'],
]

/** Neighbours less than a unit apart are one box; none is too thin to see. */
function boxesOf(spans: readonly Interval[], x: (at: number) => number, y: number): readonly Box[] {
  const out: [number, number, number, number][] = []
  for (const { start, end } of spans) {
    const from = Math.round(x(start) * 10) / 10
    const to = Math.max(from + LEAST, Math.round(x(end) * 10) / 10)
    const previous = out[out.length - 1]
    if (previous !== undefined && from - previous[0] - previous[2] < 1)
      previous[2] = Math.max(previous[2], to - previous[0])
    else out.push([from, y, to - from, 18])
  }
  return out
}

/** A diamond for each; those that would overlap are one. */
function noteMarks(notes: readonly Interval[], x: (at: number) => number, y: number): string {
  const places: number[] = []
  for (const at of notes.map(({ start }) => Math.round(x(start))).sort((a, b) => a - b)) {
    if (at - (places[places.length - 1] ?? -9) >= 8) places.push(at)
  }
  const path = places.map(at => `M${at} ${y + 4}l5 5l-5 5l-5-5z`).join('')
  return `${nearby(NAMES, y + 13, 'events', { anchor: 'end', ink: 'text' })}<path d="${path}" style="fill:var(--text)"/>`
}
