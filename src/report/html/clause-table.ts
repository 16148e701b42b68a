import type { Report } from '../../model/report.ts'
import type { Overview } from '../overview.ts'
import { actualText, clauseFact, clauseWord } from '../pretty.ts'
import { clauseAnchor } from './anchors.ts'
import { escaped } from './escape.ts'
import { clauseBadge } from './summary.ts'
import { tableOf } from './tags.ts'

/** One row for each clause, worst first: its state, what it came to, what is promised, and the fact that matters. */
export function clauseTable(overviews: readonly Overview[], report: Report): string {
  if (overviews.length === 0) return '<p>No clause was judged.</p>\n'
  const rows = overviews.map(overview => {
    const { clause } = overview
    const link = `<a href="#${clauseAnchor(clause.id)}">${escaped(clause.id)}</a>`
    const section = clause.section === undefined ? '' : `<small>section ${escaped(clause.section)}</small>`
    const binding = clause.binding === 'guarantee' ? '' : `<small>${clause.binding}</small>`
    return [
      `${link} ${section} ${binding}`.trim(),
      clauseBadge(overview, clauseWord(overview)),
      escaped(actualText(overview)),
      // What is only observed is held against nothing.
      clause.binding === 'observed' ? '' : escaped(clause.promise),
      escaped(clauseFact(overview)),
    ]
  })
  const heads = [
    { text: 'Clause' },
    { text: 'Status' },
    { text: 'Observed', figures: true as const },
    { text: 'Promised' },
    { text: 'What decides it' },
  ]
  return tableOf(`Clauses of ${escaped(report.contract.id)}, worst first`, heads, rows, 'stacked clauses')
}
