import type { Finding } from '../model/finding.ts'
import { nearest } from '../model/nearest.ts'
import type { ClauseReport, Report } from '../model/report.ts'
import { printable } from '../report/printable.ts'
import { usageError } from './usage.ts'

/** One clause with those of its findings that were asked for. */
export interface Found {
  readonly clause: ClauseReport
  readonly findings: Iterable<Finding>
}

/**
 * The finding of that id, else all of the clause of that id, else the only one that is printed so, or whose id ends
 * with it, as tables shorten them: `P1-respond/T-1`. A usage error with the nearest ids if there is none.
 */
export function findingsOf(id: string, report: Report): Found {
  // Ids start with their clause: nearly always one clause is walked.
  const likely = report.clauses.filter(clause => id === clause.id || id.startsWith(`${clause.id}/`))
  for (const clause of new Set([...likely, ...report.clauses])) {
    const findings: Finding[] = []
    let index = 0
    for (const other of idsOf(clause)) {
      const finding = other === id ? clause.findings.at(index) : undefined
      if (finding !== undefined) findings.push(finding)
      index++
    }
    if (findings.length > 0) return { clause, findings }
  }
  const clause = report.clauses.find(candidate => candidate.id === id)
  if (clause !== undefined && clause.findings.length > 0) return { clause, findings: clause.findings }
  const whole = onlyOne(allIds(report), other => printable(other) === id) ?? onlyEnding(id, allIds(report))
  if (whole !== undefined) return findingsOf(whole, report)
  const ids = nearestIds(id, allIds(report))
  throw usageError(
    `no finding "${id}" in this audit`,
    ids.length === 0 ? 'this audit has no findings' : `nearest: ${ids.join(', ')}`,
  )
}

/** The one id that ends with a part, without what stands before it; undefined where several do. */
function onlyEnding(part: string, ids: Iterable<string>): string | undefined {
  return onlyOne(ids, id => id.endsWith(`/${part}`) || printable(id).endsWith(`/${part}`))
}

function onlyOne(ids: Iterable<string>, fits: (id: string) => boolean): string | undefined {
  const found = new Set<string>()
  for (const id of ids) if (fits(id)) found.add(id)
  const [only] = found
  return found.size === 1 ? only : undefined
}

function* idsOf({ findings }: ClauseReport): Iterable<string> {
  if (findings.ids !== undefined) yield* findings.ids()
  else for (const { id } of findings) yield id
}

/** All ids of a report, clause by clause. */
export function* allIds(report: Report): Iterable<string> {
  for (const clause of report.clauses) yield* idsOf(clause)
}

/**
 * The nearest ids: those that end with it (it is a ticket, a maintenance …), then those that hold it as a part (it is a
 * CVE …), the likely typing slip, the same window of every service, the longest shared beginnings.
 */
export function nearestIds(id: string, ids: Iterable<string>): readonly string[] {
  const ending: string[] = []
  const holding: string[] = []
  const sameWindow: string[] = []
  const byBeginning: string[] = []
  function* noted(): Iterable<string> {
    for (const other of ids) {
      if (ending.length < MOST_NEAREST && other.endsWith(`/${id}`)) ending.push(other)
      else if (holding.length < LEAST_NEAREST && isPartOf(other, id)) holding.push(other)
      if (sameWindow.length < MOST_NEAREST && ends(id) !== '' && ends(other) === ends(id)) sameWindow.push(other)
      const shared = sharedLength(other, id)
      let place = byBeginning.length
      while (place > 0 && sharedLength(byBeginning[place - 1] ?? '', id) < shared) place--
      if (place < MOST_BEGINNING) byBeginning.splice(place, 0, other)
      if (byBeginning.length > MOST_BEGINNING) byBeginning.pop()
      yield other
    }
  }
  const guess = nearest(id, noted())
  const named = [...ending, ...holding]
  if (named.length > 0) return named
  const found = new Set([...(guess === undefined ? [] : [guess]), ...sameWindow, ...byBeginning])
  return [...found].slice(0, Math.max(LEAST_NEAREST, sameWindow.length + 1))
}

/** As many ids are named where there are. */
export const LEAST_NEAREST = 5
const MOST_NEAREST = 20
// Enough that some are left when all others of the list are among them too.
const MOST_BEGINNING = 2 * MOST_NEAREST

/** Whether an id holds another text as a part: between slashes, or up to the asset, component or life of a vulnerability. */
function isPartOf(other: string, id: string): boolean {
  const at = other.indexOf(`/${id}`)
  return at >= 0 && /^([/@#~]|$)/.test(other.slice(at + id.length + 1))
}

/** Clause and window of an id, whatever stands between: `uptime/web/2026-05` and `uptime/2026-05` share them. */
function ends(id: string): string {
  const parts = id.split('/')
  return parts.length < 2 ? '' : `${parts[0]}/${parts.at(-1)}`
}

function sharedLength(a: string, b: string): number {
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length++
  return length
}
