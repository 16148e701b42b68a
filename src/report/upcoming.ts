import type { Finding } from '../model/finding.ts'
import type { Report, UpcomingItem } from '../model/report.ts'
import { clockWords } from './clock-facts.ts'
import { dueText, endsDay } from './day-ends.ts'
import { isFix } from './fix-facts.ts'
import { needYears, stretchText } from './instants.ts'
import { type Cell, table } from './layout.ts'
import { clean } from './printable.ts'
import { clockSpan, grouped } from './quantities.ts'
import { findingState, stateGlyph, statePaint, stateWord } from './states.ts'
import type { View } from './view.ts'

/** What falls due next, the overdue first: time left, due instant in the contract's zone, finding. Nothing unasked. */
export function upcomingLines(report: Report, view: View): string[] {
  const { upcoming, asOf } = report
  if (upcoming === undefined) return []
  const { until, items } = upcoming
  const shown = [...firstOf(items, SHOWN)]
  const instants = [asOf, until, ...shown.map(({ due }) => due)].map(at => ({ start: at, end: at }))
  const years = needYears(view, instants)
  const instant = (at: number): string => stretchText(view.zone, { start: at, end: at }, years)
  const title = `Due by ${instant(until).replaceAll(/ +/g, ' ')}`
  if (shown.length === 0) return [`${view.colour.bold(title)}: nothing`]
  const behind = findingsBehind(report, shown)
  // A clock that all of them run on is said once.
  const clocks = new Set(shown.map(({ clock }) => clock))
  const common = clocks.size === 1 ? clockWords(shown[0]?.clock) : ''
  const dim = (text: string): string => view.colour.dim(text)
  const rows = shown.map((item): readonly Cell[] => {
    const finding = behind.get(item.finding)
    const atRisk = finding !== undefined && findingState(finding) === 'at-risk'
    const state = atRisk ? 'at-risk' : item.status
    const paint = statePaint(state, view)
    const more = [clocks.size === 1 ? '' : clockWords(item.clock), finding && seenText(finding)]
      .filter(Boolean)
      .join(', ')
    return [
      { text: `${stateGlyph(state, view)} ${word(item, atRisk)}`, paint },
      { text: left(item, report, view), paint },
      { text: clean(dueText(view.zone, item.due, years, isJustOver(item)), view) },
      { text: clean(item.finding, view) },
      { text: clean(more, view), paint: dim },
    ]
  })
  const columns = [{}, { align: 'right' as const }, {}, { least: 16, under: true as const }, { least: 8 }]
  const head = [view.colour.bold(title), common === '' ? '' : `, time left ${clean(common, view)}`].join('')
  const lines = [head, ...table(rows, columns, { width: view.width, indent: 2 })]
  if (items.length > shown.length) lines.push(`  ${dim(`and ${grouped(items.length - shown.length)} more`)}`)
  return lines
}

const SHOWN = 50

/** The findings behind what is shown as open; each clause is walked by its ids, up to the last of them. */
export function findingsBehind({ clauses }: Report, shown: readonly UpcomingItem[]): ReadonlyMap<string, Finding> {
  const out = new Map<string, Finding>()
  for (const { id, findings } of clauses) {
    const open = shown.filter(({ clause, status }) => clause === id && status !== 'breached')
    const wanted = new Set(open.map(({ finding }) => finding))
    let index = 0
    for (const other of wanted.size === 0 ? [] : (findings.ids?.() ?? idsOf(findings))) {
      const finding = wanted.delete(other) ? findings.at(index) : undefined
      if (finding !== undefined) out.set(other, finding)
      if (wanted.size === 0) break
      index++
    }
  }
  return out
}

function* idsOf(findings: Iterable<Finding>): Iterable<string> {
  for (const { id } of findings) yield id
}

/** `last seen 2026-06-05T10:00:00+02:00`: of what no scan showed since, it isn't known whether it is fixed. */
export function seenText(finding: Finding): string | undefined {
  if (!isFix(finding)) return undefined
  const { notes, timeline, observed } = finding
  const said = [...notes, ...timeline.map(({ why }) => why), observed.unit === 'none' ? observed.text : '']
  return said.flatMap(text => /last seen \d\S*[^\s,;:.]/.exec(text)?.[0] ?? [])[0]
}

export function word({ status, paused }: UpcomingItem, atRisk: boolean): string {
  if (atRisk) return `${stateWord('at-risk')}${paused === true ? ', paused' : ''}`
  return status === 'breached' ? 'overdue' : paused === true ? 'paused' : status
}

/** `1h 10m over`, `2h left`; of what may be fixed already `1h 10m ago`. */
export function left(item: UpcomingItem, { asOf }: Report, { zone }: View): string {
  const { left_ms, clock, band, due, status } = item
  const over = band !== undefined && status === 'unverified' ? 'ago' : 'over'
  const size = (ms: number): string => clockSpan(Math.abs(ms), clock !== undefined)
  if (clock !== undefined || isJustOver(item) || (band === undefined && !endsDay(zone, due))) {
    return `${size(left_ms)} ${left_ms < 0 ? over : 'left'}`
  }
  // The last millisecond of a day is its end.
  const ends = Number(endsDay(zone, due)) - Number(endsDay(zone, asOf))
  return `${size(left_ms + ends)} ${left_ms < 0 ? over : 'left'}`
}

/** Missed by a millisecond: then it is shown to the millisecond. */
export function isJustOver({ left_ms, band, clock }: UpcomingItem): boolean {
  return band !== undefined && clock === undefined && left_ms === -1
}

function* firstOf<Item>(items: Iterable<Item>, most: number): Iterable<Item> {
  let count = 0
  for (const item of items) {
    if (count++ === most) return
    yield item
  }
}
