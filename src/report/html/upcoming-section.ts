import type { Report } from '../../model/report.ts'
import { clockWords } from '../clock-facts.ts'
import { dueText } from '../day-ends.ts'
import { stretchText } from '../instants.ts'
import { grouped } from '../quantities.ts'
import { findingState } from '../states.ts'
import { findingsBehind, isJustOver, left, seenText, word } from '../upcoming.ts'
import type { View } from '../view.ts'
import { findingAnchor } from './anchors.ts'
import { escaped } from './escape.ts'
import { badge, tableOf } from './tags.ts'

/** What falls due next, the overdue first; nothing unasked. `linked`: whether a finding has its place on the page. */
export function upcomingSection(report: Report, linked: (clause: string) => boolean, view: View): string {
  const { upcoming } = report
  if (upcoming === undefined) return ''
  const { until, items } = upcoming
  const shown = []
  for (const item of items) {
    if (shown.length === MOST_ITEMS) break
    shown.push(item)
  }
  const behind = findingsBehind(report, shown)
  const rows = shown.map(item => {
    const finding = behind.get(item.finding)
    const atRisk = finding !== undefined && findingState(finding) === 'at-risk'
    const id = escaped(item.finding)
    const more = [clockWords(item.clock), finding && seenText(finding)].filter(Boolean).join(', ')
    return [
      linked(item.clause) ? `<a href="#${findingAnchor(item.finding)}">${id}</a>` : id,
      badge(atRisk ? 'at-risk' : item.status, word(item, atRisk)),
      escaped(dueText(view.zone, item.due, true, isJustOver(item))),
      escaped(left(item, report, view)),
      escaped(more),
    ]
  })
  const by = escaped(stretchText(view.zone, { start: until, end: until }, true))
  const heads = [
    { text: 'Finding' },
    { text: 'Status' },
    { text: 'Due' },
    { text: 'Time left', figures: true as const },
    { text: 'Clock' },
  ]
  const rest = items.length - shown.length
  return `<section aria-labelledby="upcoming"><h2 id="upcoming">Falls due</h2>
${rows.length === 0 ? `<p>Nothing falls due by ${by}.</p>\n` : tableOf(`Due by ${by}, the overdue first`, heads, rows)}${
  rest > 0 ? `<p class="more">and ${grouped(rest)} more</p>\n` : ''
}</section>
`
}

const MOST_ITEMS = 200
