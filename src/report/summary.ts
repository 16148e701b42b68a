import type { Report } from '../model/report.ts'
import { reportAsSaid } from './day-ends.ts'
import { asOfText } from './instants.ts'
import { escapeMarkdown } from './markdown-escape.ts'
import {
  CLAUSE_HEAD,
  clauseRow,
  contractText,
  filesText,
  findingDetails,
  markdownView,
  nameText,
  periodText,
  verdictTexts,
  warningLine,
  warningText,
  worstClauses,
} from './markdown-parts.ts'
import { grouped } from './quantities.ts'
import { countResults, type Outcome, type Result, rankResults, resultsOf } from './results.ts'
import type { View } from './view.ts'

/**
 * Markdown for the summary of a CI job: the verdict, a line for each clause, each breach with its timeline and
 * arithmetic to unfold. At most 900 KiB, for what is over a mebibyte is dropped whole; what is left out is counted.
 */
export function renderSummary(report: Report, view: View): string {
  const page = markdownView(view, report)
  const told = reportAsSaid(report, view.zone)
  const overviews = worstClauses(told, page)
  const { verdict, facts } = verdictTexts(overviews, page, report.baseline)
  const list = facts.map(fact => `- ${fact}\n`).join('')
  const parts = [`## ${verdict}\n\n${headText(report, page)}\n\n${list}\n`]
  let size = bytesOf(parts.join(''))
  const add = (part: string): boolean => {
    const bytes = bytesOf(part)
    if (size + bytes > MOST_BYTES) return false
    parts.push(part)
    size += bytes
    return true
  }
  add(CLAUSE_HEAD)
  const rows = overviews.map(overview => clauseRow(overview, page))
  leave(rows.length, addAll(rows, add), 'clauses', parts)
  add('\n')
  const ranked = rankResults(report)
  const all = countResults(ranked, DETAILED)
  leave(all, addAll(details(resultsOf(ranked, view.zone, DETAILED), report, page), add), 'findings', parts)
  add(
    warningText(
      report,
      report.warnings.slice(0, MOST_WARNINGS).map(warning => warningLine(warning, page)),
    ),
  )
  return parts.join('')
}

// GitHub takes 1 MiB of a step; the rest of it is for what other commands of the step say, and for the notes.
const MOST_BYTES = 900 * 1024 - 512
const MOST_STEPS = 40
const MOST_WARNINGS = 20

const DETAILED: readonly Outcome[] = ['breach', 'unverified', 'objective', 'known', 'waived']

function addAll(parts: Iterable<string>, add: (part: string) => boolean): number {
  let added = 0
  for (const part of parts) {
    if (!add(part)) break
    added++
  }
  return added
}

function leave(all: number, added: number, what: string, parts: string[]): void {
  if (all > added) parts.push(`\n_${grouped(all - added)} more ${what} are left out here: a summary holds 900 KiB._\n`)
}

function headText(report: Report, view: View): string {
  const facts = [
    `**${nameText(report)}**`,
    periodText(report, view),
    escapeMarkdown(report.contract.timezone),
    `as of ${asOfText(view.zone, report.asOf)}`,
    contractText(report, view),
    filesText(report),
  ]
  return facts.join(' · ')
}

function* details(results: Iterable<Result>, report: Report, view: View): Iterable<string> {
  for (const result of results) yield findingDetails(result, report, view, { steps: MOST_STEPS })
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}
