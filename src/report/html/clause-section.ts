import type { Report } from '../../model/report.ts'
import { foundText, gapLines } from '../evidence-table.ts'
import { placeText } from '../finding-block.ts'
import type { Overview } from '../overview.ts'
import { actualText, clauseWord } from '../pretty.ts'
import type { View } from '../view.ts'
import { clauseAnchor } from './anchors.ts'
import type { Chart } from './chart.ts'
import { clauseCharts } from './charts/clause-charts.ts'
import { type Choice, groups, placesOf } from './choice.ts'
import { escaped } from './escape.ts'
import { figureOf } from './figure.ts'
import { findingArticle } from './finding-article.ts'
import { findingTables } from './finding-tables.ts'
import { clauseBadge } from './summary.ts'
import { tableOf } from './tags.ts'

/** A clause: what it promises, what it rests on, its charts, all of its findings, and those that matter in full. */
export function* clauseSection(overview: Overview, choice: Choice, report: Report, view: View): Iterable<string> {
  const { clause } = overview
  yield `<section class="clause" id="${clauseAnchor(clause.id)}" aria-labelledby="${clauseAnchor(clause.id)}-name">
<h3 id="${clauseAnchor(clause.id)}-name">${escaped(clause.id)} ${clauseBadge(overview, clauseWord(overview))}</h3>
`
  yield promiseOf(overview, view)
  yield evidenceTable(overview, report, view)
  yield* figuresOf(clauseCharts(report, clause, view))
  yield* findingTables(choice)
  for (const group of groups.keys()) {
    for (const index of placesOf(choice.order, group)) {
      const finding = choice.detailed.has(index) ? clause.findings.at(index) : undefined
      if (finding !== undefined) yield findingArticle(finding, clause, report, view, choice.brief)
    }
  }
  yield '</section>\n'
}

const OPEN_CHARTS = 4

/** The first of many stand open, the titles of the others tell what is folded away. */
function* figuresOf(charts: readonly Chart[]): Iterable<string> {
  const open = charts.length > OPEN_CHARTS + 1 ? OPEN_CHARTS : charts.length
  for (const chart of charts.slice(0, open)) yield figureOf(chart)
  const rest = charts.slice(open)
  if (rest.length === 0) return
  const titles = rest.map(({ title }) => title).join(' · ')
  yield `<details class="kept"><summary>${rest.length} more charts <small>${escaped(titles)}</small></summary>\n`
  for (const chart of rest) yield figureOf(chart)
  yield '</details>\n'
}

function promiseOf(overview: Overview, view: View): string {
  const { clause } = overview
  const { text, section, binding, kind, promise } = clause
  const observed = actualText(overview)
  const place = placeText(clause, view)
  const meta = [
    observed === '' ? '' : `observed <b>${escaped(observed)}</b>`,
    section === undefined ? '' : `section ${escaped(section)}`,
    binding,
    escaped(kind),
    place === '' ? '' : `<code>${escaped(place)}</code>`,
  ]
  const quote = text === undefined ? '' : `<p class="text">${escaped(text.trim().replace(/\s+/g, ' '))}</p>\n`
  const promised = promise === '' ? '' : `<p class="promise">${escaped(promise)}</p>\n`
  return `${promised}${quote}<p class="meta">${meta.filter(Boolean).join(' · ')}</p>\n`
}

/** Which evidence there was, where verdicts depend on its kinds; the gaps found below it. */
function evidenceTable({ clause }: Overview, report: Report, view: View): string {
  const { evidence = [] } = clause
  if (evidence.length === 0) return ''
  const rows = evidence.map(line => [line.about, foundText(line, report, view), line.judges].map(escaped))
  const heads = [{ text: 'Evidence' }, { text: 'Supplied' }, { text: 'Allows to judge' }]
  const gaps = gapLines(clause, view).map(line => `<p class="gaps">${escaped(line.trim())}</p>\n`)
  return tableOf(`What ${escaped(clause.id)} rests on`, heads, rows) + gaps.join('')
}
