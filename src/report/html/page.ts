import type { Report } from '../../model/report.ts'
import { reportAsSaid } from '../day-ends.ts'
import { asOfText, isOverYears } from '../instants.ts'
import { overviewOf } from '../overview.ts'
import { worstFirst } from '../pretty.ts'
import { cut } from '../printable.ts'
import { stateWord } from '../states.ts'
import { verdictSentence } from '../verdict.ts'
import type { View } from '../view.ts'
import { chooseFindings, type Limits } from './choice.ts'
import { clauseSection } from './clause-section.ts'
import { clauseTable } from './clause-table.ts'
import { legendSection, repeatSection } from './closing.ts'
import { escaped } from './escape.ts'
import { baselineSection, waiverSection } from './exceptions.ts'
import { briefRowBytes } from './finding-tables.ts'
import { pageHead } from './head.ts'
import { evidenceSection, warningSection } from './sources.ts'
import { contractName, masthead, periodText, summarySection } from './summary.ts'
import { pageView } from './tags.ts'
import { upcomingSection } from './upcoming-section.ts'

/**
 * The report as one page for people: no script, nothing loaded from elsewhere, light and dark, made to be printed. The
 * worst findings are told in full, the others listed; in pieces, none of them longer than one finding or one table.
 */
export function* streamHtml(report: Report, view: View, limits: Limits = LIMITS): Iterable<string> {
  const page = { ...pageView(view), years: isOverYears(view.zone, report.period) }
  const told = reportAsSaid(report, view.zone)
  const clauses = [...told.clauses].sort((a, b) => worstFirst(a, b, view))
  // Blocks are chosen over all clauses, below.
  const overviews = clauses.map(clause => overviewOf(clause, 0))
  const choices = chooseFindings(clauses, limits, view, briefRowBytes)
  const whole = new Set(choices.filter(isWhole).map(({ clause }) => clause.id))
  const linked = (clause: string): boolean => whole.has(clause)
  const closing = [
    upcomingSection(told, linked, page),
    waiverSection(told),
    baselineSection(told, linked, page),
    evidenceSection(told, page),
    warningSection(told),
    repeatSection(overviews, told, page),
    legendSection(page),
  ].filter(section => section !== '')
  yield head(told, stateWord(verdictSentence(overviews, page, told.baseline).state), page)
  yield `<body>\n<a class="skip" href="#main">Skip to the verdict</a>\n${masthead(told, page)}`
  yield contents(closing)
  yield `<main id="main" tabindex="-1">\n${summarySection(told, overviews, page)}`
  yield `<section aria-labelledby="clauses"><h2 id="clauses">Clauses</h2>\n${clauseTable(overviews, told)}`
  for (const [i, overview] of overviews.entries()) {
    const choice = choices[i]
    if (choice !== undefined) yield* clauseSection(overview, choice, told, page)
  }
  yield '</section>\n'
  yield* closing
  yield `</main>\n<footer><p>Written by ${escaped(`${report.tool.name} ${report.tool.version}`)} as of ${escaped(asOfText(page.zone, report.asOf))}.</p></footer>\n</body>\n</html>\n`
}

const LIMITS: Limits = { detailed: 200, listed: 25_000, bytes: 3_700_000 }

const NAME_ROOM = 26

/** Whether every finding of a clause has its place on the page. */
function isWhole({ counts, listed }: { readonly counts: readonly number[]; readonly listed: readonly number[] }) {
  return counts.every((count, i) => count === listed[i])
}

function head(report: Report, state: string, view: View): string {
  const name = contractName(report)
  // Escapes count too where a browser or a validator has room for 70 characters.
  const short = cut(name, NAME_ROOM, view)
  const room = Math.max(NAME_ROOM - (escaped(short).length - short.length), 4)
  const title = `${state} · ${cut(periodText(report, view), 24, view)} · ${cut(name, room, view)}`
  const asOf = `as of ${asOfText(view.zone, report.asOf)}`
  return pageHead({
    title,
    running: cut(`${name} · ${periodText(report, view)}`, 80, view),
    asOf,
    generator: `${report.tool.name} ${report.tool.version}`,
  })
}

/** Links to the parts of the page that there are. */
function contents(closing: readonly string[]): string {
  const parts = closing.flatMap(section => {
    const [, id = '', name = ''] = /<h2 id="([^"]+)">([^<]+)</.exec(section) ?? []
    return id === '' ? [] : [[id, name] as const]
  })
  const links = [['verdict', 'Verdict'], ['audited', 'What was audited'], ['clauses', 'Clauses'], ...parts]
  return `<nav class="contents" aria-label="Contents"><ul>${links
    .map(([id, name]) => `<li><a href="#${id}">${name}</a></li>`)
    .join('')}</ul></nav>\n`
}
