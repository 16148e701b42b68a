import type { Finding } from '../model/finding.ts'
import { nearest } from '../model/nearest.ts'
import type { ClauseReport, Report } from '../model/report.ts'
import { againArguments } from './again.ts'
import { printWarnings, viewOn } from './audit.ts'
import type { Io } from './io.ts'
import type { CommonOptions, EvidenceOptions } from './options.ts'
import { pageFor } from './pages.ts'
import { runAudit } from './pipeline.ts'
import { usageError } from './usage.ts'

export interface ExplainOptions extends CommonOptions, EvidenceOptions {}

/** `sla explain`: the list of kinds, the manual of one, or a finding of an audit in full (all of a clause's by its id). */
export async function explain(
  subject: string | undefined,
  contract: string | undefined,
  evidence: readonly string[],
  options: ExplainOptions,
  io: Io,
): Promise<number> {
  if (subject === undefined) io.stdout.write(await kindList())
  else if (contract === undefined) io.stdout.write(await manual(subject))
  else {
    const { report, zone } = await runAudit(contract, evidence, { ...options, fullTimelines: true }, io)
    const found = findingsOf(subject, report)
    await printWarnings(report.warnings, options, io)
    if (options.format === 'json') {
      const { streamJsonList } = await import('../report/json.ts')
      await io.stdout.send(streamJsonList(found.findings))
    } else {
      const { renderExplanation } = await import('../report/explain.ts')
      const view = viewOn(
        await pageFor(io.stdout, io, options),
        options,
        zone,
        againArguments(contract, evidence, options),
      )
      await io.stdout.send(explanations(found, finding => renderExplanation(report, found.clause, finding, view)))
    }
  }
  return 0
}

interface Found {
  readonly clause: ClauseReport
  readonly findings: Iterable<Finding>
}

function* explanations({ findings }: Found, explained: (finding: Finding) => string): Iterable<string> {
  let started = false
  for (const finding of findings) {
    yield `${started ? '\n' : ''}${explained(finding)}`
    started = true
  }
}

/** The finding of that id, else all of the clause of that id; a usage error with the nearest ids if there is none. */
function findingsOf(id: string, report: Report): Found {
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
  const ids = nearestIds(id, allIds(report))
  throw usageError(
    `no finding "${id}" in this audit`,
    ids.length === 0 ? 'this audit has no findings' : `nearest: ${ids.join(', ')}`,
  )
}

function* idsOf({ findings }: ClauseReport): Iterable<string> {
  if (findings.ids !== undefined) yield* findings.ids()
  else for (const { id } of findings) yield id
}

function* allIds(report: Report): Iterable<string> {
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

const LEAST_NEAREST = 5
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

async function kindList(): Promise<string> {
  const { clauseKinds } = await import('../clauses/index.ts')
  const kinds = await Promise.all(Object.values(clauseKinds).map(load => load()))
  const width = Math.max(...kinds.map(({ kind }) => kind.length))
  const lines = kinds.map(({ kind, title }) => `  ${kind.padEnd(width)}  ${title}`)
  return `Clause kinds:\n${lines.join('\n')}\n\nThe manual of one: sla explain ${kinds[0]?.kind ?? 'KIND'}\n`
}

async function manual(subject: string): Promise<string> {
  const { clauseKinds } = await import('../clauses/index.ts')
  const load = Object.hasOwn(clauseKinds, subject) ? clauseKinds[subject] : undefined
  if (load !== undefined) return `${(await load()).manual.trimEnd()}\n`
  const { languageKinds } = await import('../contract/clauses.ts')
  if (languageKinds.includes(subject)) {
    throw usageError(
      `clause kind "${subject}" belongs to the language but isn't supported by this version yet`,
      `kinds: ${Object.keys(clauseKinds).join(', ')}`,
    )
  }
  const names = Object.keys(clauseKinds)
  const guess = nearest(subject, names)
  if (guess === undefined && subject.includes('/')) {
    throw usageError(
      `to explain the finding "${subject}", name the contract and the evidence`,
      `sla explain ${subject} CONTRACT EVIDENCE…`,
    )
  }
  throw usageError(
    `unknown clause kind "${subject}"`,
    guess === undefined ? `kinds: ${names.join(', ')}; a finding needs its contract too` : `did you mean ${guess}?`,
  )
}
