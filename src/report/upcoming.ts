import type { Report, UpcomingItem } from '../model/report.ts'
import { clockWords } from './clock-facts.ts'
import { spanYears, stretchText } from './instants.ts'
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
  const years = spanYears(view.zone, instants)
  const instant = (at: number): string => stretchText(view.zone, { start: at, end: at }, years)
  const title = `Due by ${instant(until).replaceAll(/ +/g, ' ')}`
  if (shown.length === 0) return [`${view.colour.bold(title)}: nothing`]
  const risky = risksOf(report, shown)
  // A clock that all of them run on is said once.
  const clocks = new Set(shown.map(({ clock }) => clock))
  const common = clocks.size === 1 ? clockWords(shown[0]?.clock) : ''
  const dim = (text: string): string => view.colour.dim(text)
  const rows = shown.map((item): readonly Cell[] => {
    const atRisk = item.status === 'pending' && risky.has(item.finding)
    const state = atRisk ? 'at-risk' : item.status
    const paint = statePaint(state, view)
    return [
      { text: `${stateGlyph(state, view)} ${word(item, atRisk)}`, paint },
      { text: left(item), paint },
      { text: clean(instant(item.due), view) },
      { text: clean(item.finding, view) },
      { text: clocks.size === 1 ? '' : clean(clockWords(item.clock), view), paint: dim },
    ]
  })
  const columns = [{}, { align: 'right' as const }, {}, { least: 16 }, { least: 8 }]
  const head = [view.colour.bold(title), common === '' ? '' : `, time left ${clean(common, view)}`].join('')
  const lines = [head, ...table(rows, columns, { width: view.width, indent: 2 })]
  if (items.length > shown.length) lines.push(`  ${dim(`and ${grouped(items.length - shown.length)} more`)}`)
  return lines
}

const SHOWN = 50

/** Which of what is shown as pending is at risk; no finding is made that has another due instant. */
function risksOf({ clauses }: Report, shown: readonly UpcomingItem[]): ReadonlySet<string> {
  const out = new Set<string>()
  for (const { id, findings, atRisk } of clauses) {
    const own = shown.filter(({ clause, status }) => clause === id && status === 'pending')
    const dues = new Set<number | undefined>(own.map(({ due }) => due))
    if (dues.size === 0 || atRisk === 0) continue
    let index = 0
    for (const outline of findings.outlines?.() ?? findings) {
      if (findingState(outline) === 'at-risk' && outline.due !== undefined && dues.has(outline.due)) {
        const finding = findings.at(index)
        if (finding !== undefined) out.add(finding.id)
      }
      index++
    }
  }
  return out
}

function word({ status, paused }: UpcomingItem, atRisk: boolean): string {
  if (atRisk) return `${stateWord('at-risk')}${paused === true ? ', paused' : ''}`
  return status === 'breached' ? 'overdue' : paused === true ? 'paused' : status
}

/** `1h 10m over`, `2h left`. */
function left({ left_ms, clock }: UpcomingItem): string {
  const size = clockSpan(Math.abs(left_ms), clock !== undefined)
  return `${size} ${left_ms < 0 ? 'over' : 'left'}`
}

function* firstOf<Item>(items: Iterable<Item>, most: number): Iterable<Item> {
  let count = 0
  for (const item of items) {
    if (count++ === most) return
    yield item
  }
}
