import type { Finding } from '../../../model/finding.ts'
import type { Interval } from '../../../model/interval.ts'
import type { ClauseReport, Report } from '../../../model/report.ts'
import { isShown } from '../../instants.ts'
import { grouped, spanText } from '../../quantities.ts'
import { isObserved } from '../../states.ts'
import type { View } from '../../view.ts'
import type { Chart } from '../chart.ts'
import { anchorOf, chartOf, short } from './frame.ts'
import { drawLanes, laneHeight, lanesOf, type Mark, notesOf } from './lanes.ts'
import { timeText } from './window-name.ts'

/** The timeline of a finding, drawn; undefined where nothing of it has a length. */
export function findingChart(_report: Report, clause: ClauseReport, finding: Finding, view: View): Chart | undefined {
  const { zone } = view
  const { timeline, window } = finding
  const timed = clause.kind === 'availability'
  const lanes = lanesOf({ ...finding, kindOfTime: timed ? 'down' : 'counted' })
  const notes = notesOf(timeline)
  if (lanes.length === 0) return undefined
  const marks = marksOf(finding)
  const ends = [
    ...lanes.flatMap(({ spans }) => [spans[0]?.start ?? [], spans[spans.length - 1]?.end ?? []].flat()),
    ...marks.map(({ at }) => at),
    ...(timed && isShown(window) ? [window.start, window.end] : []),
  ]
  const range = withNotes({ start: Math.min(...ends), end: Math.max(...ends) }, timed ? [] : notes)
  if (range.start >= range.end) return undefined
  const inside = notes.filter(({ start }) => start >= range.start && start <= range.end)
  // Room on the right, so that what ends last is not at the very edge.
  const room = timed ? range : { ...range, end: range.end + Math.ceil((range.end - range.start) / 50) }
  const id = `chart-f-${anchorOf(finding.id)}`
  const title = `Timeline of ${short(finding.id, 80)}`
  const facts = lanes.map(({ name, spans }) => {
    const sum = spans.reduce((all, { start, end }) => all + end - start, 0)
    return `${name} ${spanText(sum)}${spans.length === 1 ? '' : ` in ${grouped(spans.length)} stretches`}`
  })
  const description = `On the wall clock: ${facts.join(', ')}.`
  return chartOf(
    {
      id,
      title,
      description,
      height: laneHeight(lanes.length, inside.length > 0, marks.length),
      key: lanes.map(({ ink, name }) => [ink, name] as const),
      keyed: false,
      body: drawLanes(lanes, inside, marks, { range: room, zone, id }),
    },
    ['Lane', 'Time', 'Length on the wall clock'],
    lanes.flatMap(({ name, spans }) => {
      const shown = spans.slice(0, MOST_ROWS)
      const others = spans.slice(MOST_ROWS)
      const sum = others.reduce((all, { start, end }) => all + end - start, 0)
      return [
        ...shown.map(at => [name, timeText(zone, at, true), spanText(at.end - at.start)]),
        ...(others.length === 0 ? [] : [[name, `${grouped(others.length)} more`, spanText(sum)]]),
      ]
    }),
  )
}

const MOST_ROWS = 40

/** With what was noted before and after, unless that would leave little room for the rest. */
function withNotes(range: Interval, notes: readonly Interval[]): Interval {
  const start = Math.min(range.start, ...notes.map(note => note.start))
  const end = Math.max(range.end, ...notes.map(note => note.start))
  return end - start <= 4 * (range.end - range.start) ? { start, end } : range
}

/** Start, due and what stopped the clock, as far as the finding has them. */
function marksOf(finding: Finding): readonly Mark[] {
  const { start, due, details } = finding
  const stopped = details?.stopped_at
  // A figure that is held against nothing has no allowance.
  const exceeded = isObserved(finding) ? undefined : details?.exceeded_at
  const marks: readonly (Mark | undefined)[] = [
    start === undefined ? undefined : { at: start, name: 'start' },
    due === undefined ? undefined : { at: due, name: 'due', limit: true },
    typeof stopped === 'number' ? { at: stopped, name: 'stop' } : undefined,
    typeof exceeded === 'number' ? { at: exceeded, name: 'allowance used up', limit: true } : undefined,
  ]
  return marks.flatMap(mark => (mark !== undefined && isShown({ start: mark.at, end: mark.at }) ? [mark] : []))
}
