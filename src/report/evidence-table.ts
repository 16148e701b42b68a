import type { Interval } from '../model/interval.ts'
import type { ClauseReport, EvidenceLine, Report } from '../model/report.ts'
import { civilDate } from '../time/civil.ts'
import { localDay } from '../time/local.ts'
import { fastInstant } from '../time/stamp.ts'
import type { Zone } from '../time/zone.ts'
import { instantText, needYears, stretchText } from './instants.ts'
import { type Cell, type Column, paragraph, table } from './layout.ts'
import { clean } from './printable.ts'
import { clockSpan, grouped } from './quantities.ts'
import { datesText, wallText } from './said-texts.ts'
import type { View } from './view.ts'

/**
 * Which evidence was there for the clauses whose verdicts depend on its kinds, and what it allows to judge; clauses
 * with the same are told together. Below them the oldest and the longest of the gaps found.
 */
export function evidenceLines(
  clauses: readonly ClauseReport[],
  report: Pick<Report, 'period' | 'asOf'>,
  view: View,
): string[] {
  const told = clauses.filter(({ evidence = [] }) => evidence.length > 0)
  if (told.length === 0) return []
  const groups = new Map<string, ClauseReport[]>()
  for (const clause of told) {
    const key = JSON.stringify(clause.evidence)
    groups.set(key, [...(groups.get(key) ?? []), clause])
  }
  const lines = [view.colour.bold('Evidence')]
  for (const [place, group] of [...groups.values()].entries()) {
    const names = clean(group.map(({ id }) => id).join(', '), view)
    lines.push(...paragraph({ text: names, paint: text => view.colour.bold(text) }, { width: view.width, indent: 2 }))
    const rows = (group[0]?.evidence ?? []).map((line): Cell[] => [
      { text: clean(line.about, view) },
      { text: clean(foundText(line, report, view), view) },
      { text: clean(line.judges, view), paint: text => view.colour.dim(text) },
    ])
    const columns: readonly Column[] = [{ least: 10 }, { least: 24 }, { least: 20, under: true }]
    // Said once: further tables have the same columns.
    if (place === 0) rows.unshift(HEADS.map(text => ({ text, paint: part => view.colour.dim(part) })))
    lines.push(...table(rows, columns, { width: view.width, indent: 4 }))
  }
  return [...lines, ...told.flatMap(clause => gapLines(clause, view))]
}

const HEADS = ['Evidence', 'Supplied', 'Allows to judge']

/** `316 backup rows, 20 Dec 2025 to 31 Oct 2026, complete to 1 Oct`: a range in dates, one instant with its time. */
export function foundText(
  { found, complete, judges }: EvidenceLine,
  { period, asOf }: Pick<Report, 'period' | 'asOf'>,
  view: View,
) {
  const { zone } = view
  const range = found.replace(RANGE, (all, first: string, last: string) => {
    const at = { start: fastInstant(first), end: fastInstant(last) }
    return Number.isNaN(at.start) || Number.isNaN(at.end) ? all : datesText(zone, at)
  })
  const whole = { start: period.start, end: Math.min(period.end, asOf) }
  const year = view.years === true ? undefined : civilDate(localDay(zone, period.start)).year
  return [wallText(range, zone, year), completeText(complete, whole, year, judges, view)].filter(Boolean).join(', ')
}

const RANGE = /(\d{4}-\d\d-\d\dT\S+) to (\d{4}-\d\d-\d\dT\S+)/

/** Where a log holds all of the time judged, or how far; nothing where none of it is. */
function completeText(
  complete: readonly Interval[],
  whole: Interval,
  year: number | undefined,
  judges: string,
  { zone }: View,
): string {
  const [first] = complete
  const last = complete.at(-1)
  if (first === undefined || last === undefined || whole.start >= whole.end) return ''
  const text = (at: number): string => wallText(instantText(zone, at), zone, year)
  const ends = [
    first.start > whole.start ? `from ${text(first.start)}` : '',
    last.end < whole.end ? `to ${text(last.end)}` : '',
  ].filter(Boolean)
  const lacks = lacksText(complete, text, zone)
  // Then that is an assumption, said beside it.
  const word = judges.endsWith('taken as complete') ? '' : 'complete'
  return [[word, ...ends].filter(Boolean).join(' '), lacks].filter(Boolean).join(ends.length === 0 ? ' ' : ', ')
}

/** `but for 20 Jul to 22 Jul 2026`: what lies between the pieces of a log, whole days by their dates. */
function lacksText(complete: readonly Interval[], text: (at: number) => string, zone: Zone): string {
  const lacks = complete.slice(1).map(({ start }, i): Interval => ({ start: complete[i]?.end ?? start, end: start }))
  if (lacks.length === 0) return ''
  const isDay = (at: number): boolean => localDay(zone, at - 1) !== localDay(zone, at)
  const shown = lacks
    .slice(0, MOST_LACKS)
    .map(({ start, end }) =>
      isDay(start) && isDay(end) ? datesText(zone, { start, end: end - 1 }) : `${text(start)} – ${text(end)}`,
    )
  const left = lacks.length - shown.length
  return `but for ${shown.join(', ')}${left > 0 ? ` and ${grouped(left)} more` : ''}`
}

const MOST_LACKS = 3

/** `nightly: 3 gaps, oldest Sun  3 May 05:00 … (23h), longest … (1d 23h)`; nothing without a gap. */
export function gapLines(clause: ClauseReport, view: View): readonly string[] {
  const gaps = gapsOf(clause)
  const [oldest] = gaps
  if (oldest === undefined) return []
  const longest = gaps.reduce((a, b) => (b.end - b.start > a.end - a.start ? b : a))
  const years = needYears(view, [oldest, longest])
  const several = new Set(gaps.map(({ subject }) => subject)).size > 1
  const told = (gap: Gap): string =>
    `${several ? `${gap.subject} ` : ''}${stretchText(view.zone, gap, years)} (${clockSpan(gap.end - gap.start, false)})`
  const texts = [
    `${grouped(gaps.length)} ${gaps.length === 1 ? 'gap' : 'gaps'}`,
    ...(gaps.length === 1
      ? [told(oldest)]
      : oldest === longest
        ? [`oldest and longest ${told(oldest)}`]
        : [`oldest ${told(oldest)}`, `longest ${told(longest)}`]),
  ]
  const cell = { text: clean(`${clause.id}: ${texts.join(', ')}`, view) }
  return paragraph(cell, { width: view.width, indent: 2 })
}

/** Time without a backup of a component that was owed. */
interface Gap extends Interval {
  readonly subject: string
}

/** In time order. */
function gapsOf({ findings }: ClauseReport): readonly Gap[] {
  const gaps: Gap[] = []
  const points: Gap[] = []
  for (const { promise, status, subject, breached = [] } of findings) {
    if (status !== 'breached' && status !== 'waived') continue
    const own = breached.map((at): Gap => ({ ...at, subject }))
    if (promise === 'schedule' || promise === 'rpo') gaps.push(...own)
    if (promise === 'points') points.push(...own)
  }
  // Recovery points lack on days on which they are owed, not when they were to be made.
  return (gaps.length > 0 ? gaps : points).sort((a, b) => a.start - b.start || a.end - b.end)
}
