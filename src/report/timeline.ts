import type { Origin, Step } from '../model/finding.ts'
import type { InputSummary } from '../model/report.ts'
import { isShown, needYears, stretchText } from './instants.ts'
import { type Cell, KEPT_SPACE, table } from './layout.ts'
import { shortNames } from './names.ts'
import { clean, cutStart } from './printable.ts'
import { grouped, spanText } from './quantities.ts'
import type { View } from './view.ts'

/** What a timeline is shown with; `lengths`: how long each step took on the wall clock; `most`: how many steps at most, the rest is counted. */
export interface TimelineOptions {
  readonly inputs: readonly InputSummary[]
  readonly view: View
  readonly indent: number
  readonly lengths: boolean
  readonly most?: number
}

/** Steps in time order: local time, length, effect, why, and the row each comes from. */
export function timelineLines(steps: readonly Step[], options: TimelineOptions): string[] {
  const { view, indent } = options
  const shown = options.most !== undefined && steps.length > options.most ? steps.slice(0, options.most) : steps
  const years = needYears(
    view,
    steps.map(step => step.at),
  )
  const lines = table(
    shown.map(step => row(step, years, options)),
    [{ least: 12 }, { align: 'right' }, {}, { least: 14, under: true }, { least: 8 }],
    { width: view.width, indent },
  )
  const left = steps.length - shown.length
  if (left > 0) lines.push(`${' '.repeat(indent)}${view.colour.dim(`and ${grouped(left)} more (-v shows all)`)}`)
  return lines
}

/** `outages.csv:12`, a run of rows `checks.csv:12-340`, a record of a JSON array `tickets.json record 3`. */
export function originText(origin: Origin, inputs: readonly InputSummary[], view: View): string {
  const names = shortNames(inputs.map(input => input.file))
  const path = inputs[origin.input]?.file ?? ''
  const file = clean(names.get(path) ?? `input ${origin.input + 1}`, view)
  const short = cutStart(file, Math.max(16, Math.floor(view.width / 3)), view)
  // A whole document in one line: its records are told apart by number.
  if (origin.line === 1 && origin.item !== undefined) return `${short} record ${origin.item}`
  const to = origin.to === undefined || origin.to === (origin.line ?? origin.item) ? '' : `-${origin.to}`
  if (origin.line !== undefined) return `${short}:${origin.line}${to}`
  return origin.item === undefined ? short : `${short} record ${origin.item}${to}`
}

function row(step: Step, years: boolean, { inputs, view, lengths }: TimelineOptions): readonly Cell[] {
  const length = step.at.end - step.at.start
  const { colour } = view
  return [
    // Broken between its two times, if at all.
    { text: clean(stretchText(view.zone, step.at, years).replace(/(?<![–-]) (?![–-])/g, KEPT_SPACE), view) },
    { text: lengths && length > 0 && isShown(step.at) ? spanText(length) : '' },
    { text: step.effect, paint: effectPaint(step, view) },
    { text: clean(step.why, view) },
    {
      text: step.origin === undefined ? '' : originText(step.origin, inputs, view),
      paint: text => colour.dim(text),
    },
  ]
}

function effectPaint(step: Step, view: View): (text: string) => string {
  const { colour } = view
  switch (step.effect) {
    case 'over':
      return text => colour.red(text)
    case 'unknown':
      return text => colour.yellow(text)
    case 'counted':
      return text => colour.bold(text)
    default:
      return text => colour.dim(text)
  }
}
