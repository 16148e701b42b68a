import type { ClauseReport, Report } from '../model/report.ts'
import { jsonText } from './json.ts'

/**
 * One JSON document a line: the audit first, then each clause followed by its findings, what falls due, warnings last.
 * `type` tells them apart; the other members are those of the JSON report, with true values. What some
 * readers take for the end of a line, and what a terminal would act on, is escaped.
 */
export function* streamNdjson(report: Report): Iterable<string> {
  const { clauses, upcoming, warnings, ...audit } = report
  yield line('audit', audit)
  for (const clause of clauses) yield* clauseDocuments(clause)
  if (upcoming !== undefined) for (const item of upcoming.items) yield line('upcoming', item)
  for (const warning of warnings) yield line('warning', warning)
}

function* clauseDocuments({ findings, ...clause }: ClauseReport): Iterable<string> {
  yield line('clause', clause)
  for (const finding of findings) yield line('finding', finding)
}

function line(type: string, document: object): string {
  return `${jsonText({ type, ...document }, 0)}\n`
}
