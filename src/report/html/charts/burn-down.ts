import type { Finding } from '../../../model/finding.ts'
import { merge } from '../../../time/interval.ts'
import type { Zone } from '../../../time/zone.ts'
import { spanYears } from '../../instants.ts'
import { grouped, spanText } from '../../quantities.ts'
import type { Chart } from '../chart.ts'
import { axis, scaleOf } from './axis.ts'
import { countedOf, runningAmounts } from './counted.ts'
import { areas, chartOf, type Ink, LEFT, label, line, NAMES, nearby, number, RIGHT } from './frame.ts'
import { timeText } from './window-name.ts'

/** The allowance of one window as it was used up: `left` after each stretch of down time. */
export interface Burn {
  readonly allowance: number
  readonly down: number
  /** From the start of the window to its end, or to as far as is known. */
  readonly points: readonly Point[]
}

export interface Point {
  readonly at: number
  readonly left: number
}

/** Undefined where down time isn't what the allowance is of, or the steps don't tell all of it. */
export function burnOf(finding: Finding, asOf: number): Burn | undefined {
  const { details, window } = finding
  const counted = countedOf(finding)
  const [allowance, down] = [details?.allowance_ms, details?.down_ms]
  if (counted?.exact !== true || typeof allowance !== 'number' || typeof down !== 'number') return undefined
  const list = [...counted.list].sort((a, b) => a.start - b.start || a.end - b.end)
  const points: Point[] = [{ at: window.start, left: allowance }]
  let used = 0
  for (const [index, sum] of runningAmounts(list).entries()) {
    const { start = window.start, end = window.start } = list[index] ?? {}
    points.push({ at: start, left: allowance - used }, { at: end, left: allowance - sum })
    used = sum
  }
  const end = Math.max(list[list.length - 1]?.end ?? window.start, Math.min(window.end, asOf))
  points.push({ at: end, left: allowance - down })
  return { allowance, down, points }
}

/** The allowance left against time, with the limit at 0 and what is spent beyond it below. */
export function burnDown(finding: Finding, burn: Burn, id: string, name: string, zone: Zone): Chart {
  const { allowance, down, points } = burn
  const { window } = finding
  const left = allowance - down
  const title = `${name}: allowance left`
  const used = `${spanText(down)} of ${spanText(allowance)} used`
  const open = (finding.undecided ?? []).length > 0
  const outcome =
    left < 0 ? `${open ? 'at least ' : ''}${spanText(-left)} over` : `${open ? 'at most ' : ''}${spanText(left)} left`
  const description = `${used}, ${outcome}.`
  const high = Math.max(allowance, 1)
  const low = Math.min(left, 0)
  const unit = PLOT / (high - low)
  const y = (value: number): number => Math.round((TOP + (high - value) * unit) * 10) / 10
  const x = scaleOf(window)
  const zero = y(0)
  const bottom = TOP + PLOT
  const unknown = boxesOf(merge(finding.undecided ?? []), x, bottom)
  const excluded = boxesOf(
    merge(finding.timeline.flatMap(({ effect, at }) => (effect === 'excluded' ? [at] : []))),
    x,
    bottom,
  )
  const inks: readonly Ink[] = [
    ...(left < 0 ? (['overspent'] as const) : []),
    ...(unknown.length > 0 ? (['unknown'] as const) : []),
    ...(excluded.length > 0 ? (['excluded'] as const) : []),
  ]
  const words = { overspent: 'over', unknown: 'unknown', excluded: 'excluded' } as const
  const last = points[points.length - 1] ?? { at: window.end, left }
  const endX = x(last.at)
  const endY = y(last.left)
  // Above the limit where it is beyond it, else under the line if there is room.
  const textY = left < 0 ? zero - 7 : endY + 17 > bottom - 4 ? endY - 9 : endY + 17
  const height = bottom + 44
  const right = endX > 300
  return chartOf(
    {
      id,
      title,
      description,
      height,
      key: inks.map(ink => [ink, words[ink as keyof typeof words]] as const),
      body: [
        axis(window, zone, TOP, bottom),
        areas('unknown', id, unknown),
        areas('excluded', id, excluded),
        overspent(points, x, y, id),
        line(`M${LEFT} ${zero}H${RIGHT}`, 'breached', 1.5, '5 3'),
        nearby(0, TOP - 9, `${spanText(allowance)} allowed`),
        allowance > 0 && Math.abs(zero - y(left)) > 0 ? nearby(NAMES, zero + 4, '0', { anchor: 'end' }) : '',
        line(pathOf(points, x, y), 'text', 2),
        dot(endX, endY),
        label(endX + (right ? -8 : 8), textY, outcome, {
          anchor: right ? 'end' : 'start',
          ink: left < 0 ? 'breached' : 'text',
          bold: true,
        }),
      ],
    },
    ['Down time', 'Used by it', 'Used so far', 'Allowance left'],
    tableOf(finding, burn, zone),
  )
}

/** As the end of a line, which stays round where the plot is stretched. */
function dot(x: number, y: number): string {
  return `<path d="M${number(x)} ${number(y)}h0" stroke-linecap="round" style="stroke:var(--text);stroke-width:7"/>`
}

const TOP = 26
const PLOT = 120
const MOST_ROWS = 60

function boxesOf(
  spans: readonly { readonly start: number; readonly end: number }[],
  x: (at: number) => number,
  bottom: number,
): (readonly [number, number, number, number])[] {
  const out: [number, number, number, number][] = []
  for (const { start, end } of spans) {
    const from = Math.floor(x(start))
    const width = Math.max(5, Math.ceil(x(end)) - from)
    const previous = out[out.length - 1]
    if (previous !== undefined && from <= previous[0] + previous[2]) previous[2] = from + width - previous[0]
    else out.push([from, TOP, width, bottom - TOP])
  }
  return out
}

/** The line; points that fall on the same place across are one, down to the last of them. */
function pathOf(points: readonly Point[], x: (at: number) => number, y: (value: number) => number): string {
  const out: string[] = []
  let before = ''
  for (const { at, left } of thinned(points, x)) {
    const place = `${number(x(at))} ${number(y(left))}`
    if (place !== before) out.push(`${out.length === 0 ? 'M' : 'L'}${place}`)
    before = place
  }
  return out.join('')
}

/** At most two points to two units across: the first and the last. */
function thinned(points: readonly Point[], x: (at: number) => number): readonly Point[] {
  const column = ({ at }: Point): number => Math.round(x(at) / 2)
  const out: Point[] = []
  for (const point of points) {
    const [second, first] = [out[out.length - 1], out[out.length - 2]]
    const place = column(point)
    const full = first !== undefined && column(first) === place
    if (full && second !== undefined && column(second) === place) out.pop()
    out.push(point)
  }
  return out
}

/** The area between the line and the limit, where the line is below. */
function overspent(
  points: readonly Point[],
  x: (at: number) => number,
  y: (value: number) => number,
  id: string,
): string {
  const last = points[points.length - 1]
  const index = points.findIndex(({ left }) => left < 0)
  const [from, before] = [points[index], points[index - 1]]
  if (last === undefined || from === undefined) return ''
  const crossing =
    before === undefined || before.left <= 0
      ? from.at
      : before.at + ((from.at - before.at) * before.left) / (before.left - from.left)
  const zero = number(y(0))
  const path = thinned(points.slice(index), x).map(({ at, left }) => `L${number(x(at))} ${number(y(left))}`)
  return `<path d="M${number(x(crossing))} ${zero}${path.join('')}V${zero}z" fill="url(#${id}-overspent)"/>`
}

/** One row for each stretch, many as the longest; the sum at the end is the finding's. */
function tableOf({ window }: Finding, { allowance, down, points }: Burn, zone: Zone): readonly (readonly string[])[] {
  const stretches: { readonly start: number; readonly end: number; readonly used: number; readonly left: number }[] = []
  for (let i = 1; i + 1 < points.length; i += 2) {
    const [from, to] = [points[i], points[i + 1]]
    if (from === undefined || to === undefined) break
    stretches.push({ start: from.at, end: to.at, used: from.left - to.left, left: to.left })
  }
  const shown = stretches.slice(0, MOST_ROWS)
  const others = stretches.slice(MOST_ROWS)
  const used = others.reduce((sum, one) => sum + one.used, 0)
  const years = spanYears(zone, [window])
  return [
    ...shown.map(one => [
      timeText(zone, one, years),
      spanText(one.used),
      spanText(allowance - one.left),
      spanText(one.left),
    ]),
    ...(others.length === 0
      ? []
      : [[`${grouped(others.length)} more`, spanText(used), spanText(down), spanText(allowance - down)]]),
    [`All of ${timeText(zone, window, true)}`, spanText(down), spanText(down), spanText(allowance - down)],
  ]
}
