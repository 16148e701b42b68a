import type { Report } from '../model/report.ts'
import { overviewOf } from './overview.ts'
import { relativePath } from './paths.ts'
import { printable } from './printable.ts'
import { grouped } from './quantities.ts'
import {
  countResults,
  type Outcome,
  type Ranked,
  type Result,
  rankResults,
  resultState,
  resultsOf,
  resultText,
} from './results.ts'
import { verdictSentence } from './verdict.ts'
import type { View } from './view.ts'

/**
 * Workflow commands that annotate the contract: worst first, no more of a level than GitHub shows of one step, one
 * notice that counts the others; at the end the verdict, for the log.
 */
export function* renderGithub(report: Report, view: View): Iterable<string> {
  const ranked = rankResults(report)
  const left: string[] = []
  for (const level of LEVELS) {
    const all = countResults(ranked, level.outcomes)
    // The roll-up is a notice too.
    const room =
      level.name === 'notice' && left.length + Math.max(all - MOST_SHOWN, 0) > 0 ? MOST_SHOWN - 1 : MOST_SHOWN
    let written = 0
    for (const result of resultsOf(ranked, view.zone, level.outcomes)) {
      if (written === room) break
      yield annotation(level.name, result, report, view)
      written++
    }
    const more = all - written
    if (more > 0) left.push(`${grouped(more)} more ${more === 1 ? level.name : `${level.name}s`}`)
  }
  if (left.length > 0) {
    const message = `${left.join(', ')} not shown here; the job summary and the other formats have them`
    yield command('notice', [['title', report.contract.id]], message)
  }
  yield `${verdictOf(ranked, report, view)}\n`
}

/** `::error file=acme.yaml,line=11::late%0A…`: properties escape what ends one besides what ends a command. */
export function command(
  name: string,
  properties: readonly (readonly [name: string, value: string | number])[],
  message: string,
): string {
  const given = properties.map(([key, value]) => `${key}=${escapedProperty(String(value))}`).join(',')
  return `::${name}${given === '' ? '' : ` ${given}`}::${escapedData(message)}\n`
}

// Ten of each level are shown of one step.
const MOST_SHOWN = 10
const MOST_TEXT = 4000
const MOST_TITLE = 200

const LEVELS: readonly { readonly name: string; readonly outcomes: readonly Outcome[] }[] = [
  { name: 'error', outcomes: ['breach'] },
  { name: 'warning', outcomes: ['unverified', 'objective'] },
  { name: 'notice', outcomes: ['known', 'at-risk'] },
]

function annotation(level: string, { clause, finding, words }: Result, report: Report, view: View): string {
  const { span, section, text } = clause
  const place: (readonly [string, string | number])[] = [
    ['file', printable(relativePath(span?.file ?? report.contract.file, view))],
    ['line', span?.line ?? 1],
  ]
  if (span !== undefined) {
    place.push(['col', span.column], ['endColumn', span.column + Math.max(span.length, 1)])
  }
  const source = [section === undefined ? '' : `section ${section}`, text ?? ''].filter(Boolean).join(': ')
  const lines = [resultText(words), source].filter(Boolean).map(line => short(printable(line), MOST_TEXT))
  const title = short(printable(`${finding.id} ${resultState(finding)}`), MOST_TITLE)
  return command(level, [...place, ['title', title]], lines.join('\n'))
}

function short(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** The verdict on one line of the log. */
function verdictOf(ranked: readonly Ranked[], { baseline }: Report, view: View): string {
  const overviews = ranked.map(({ clause }) => overviewOf(clause, 0))
  return verdictSentence(overviews, view, baseline).text
}
