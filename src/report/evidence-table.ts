import type { Interval } from '../model/interval.ts'
import type { ClauseReport, EvidenceLine, Report } from '../model/report.ts'
import { civilDate } from '../time/civil.ts'
import { localDay } from '../time/local.ts'
import { fastInstant } from '../time/stamp.ts'
import { instantText, spanYears, stretchText } from './instants.ts'
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
  for (const group of groups.values()) {
    const names = clean(group.map(({ id }) => id).join(', '), view)
    lines.push(...paragraph({ text: names, paint: text => view.colour.bold(text) }, { width: view.width, indent: 2 }))
    const rows = (group[0]?.evidence ?? []).map((line): readonly Cell[] => [
      { text: clean(line.about, view) },
      { text: clean(foundText(line, report, view), view) },
      { text: clean(line.judges, view), paint: text => view.colour.dim(text) },
    ])
    const columns: readonly Column[] = [{ least: 10 }, { least: 24 }, { least: 20, under: true }]
    lines.push(...table(rows, columns, { width: view.width, indent: 4 }))
  }
  return [...lines, ...told.flatMap(clause => gapLines(clause, view))]
}

/** `316 backup rows, 20 Dec 2025 to 31 Oct 2026, complete to 1 Oct`: a range in dates, one instant with its time. */
function foundText(
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
  const { year } = civilDate(localDay(zone, period.start))
  return [wallText(range, zone, year), completeText(complete, whole, year, judges, view)].filter(Boolean).join(', ')
}

const RANGE = /(\d{4}-\d\d-\d\dT\S+) to (\d{4}-\d\d-\d\dT\S+)/

/** Where a log holds all of the time judged, or how far; nothing where none of it is. */
function completeText(
  complete: readonly Interval[],
  whole: Interval,
  year: number,
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
    complete.length > 1 ? `in ${grouped(complete.length)} pieces` : '',
  ]
  // Then that is an assumption, said beside it.
  const word = judges.endsWith('taken as complete') ? '' : 'complete'
  return [word, ...ends].filter(Boolean).join(' ')
}

/** `nightly: 3 gaps, oldest Sun  3 May 05:00 … (23h), longest … (1d 23h)`; nothing without a gap. */
function gapLines(clause: ClauseReport, view: View): readonly string[] {
  const gaps = gapsOf(clause)
  const [oldest] = gaps
  if (oldest === undefined) return []
  const longest = gaps.reduce((a, b) => (b.end - b.start > a.end - a.start ? b : a))
  const years = spanYears(view.zone, [oldest, longest])
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
    if (status !== 'breached') continue
    const own = breached.map((at): Gap => ({ ...at, subject }))
    if (promise === 'schedule' || promise === 'rpo') gaps.push(...own)
    if (promise === 'points') points.push(...own)
  }
  // Recovery points lack on days on which they are owed, not when they were to be made.
  return (gaps.length > 0 ? gaps : points).sort((a, b) => a.start - b.start || a.end - b.end)
}
