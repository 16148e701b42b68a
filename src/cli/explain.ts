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
    const { report, zone } = await runAudit(contract, evidence, options, io)
    const found = findingsOf(subject, report)
    await printWarnings(report.warnings, options, io)
    if (options.format === 'json') {
      io.stdout.write(
        `${JSON.stringify(
          found.map(({ finding }) => finding),
          null,
          2,
        )}\n`,
      )
    } else {
      const { renderExplanation } = await import('../report/explain.ts')
      const view = viewOn(
        await pageFor(io.stdout, io, options),
        options,
        zone,
        againArguments(contract, evidence, options),
      )
      io.stdout.write(found.map(({ clause, finding }) => renderExplanation(report, clause, finding, view)).join('\n'))
    }
  }
  return 0
}

interface Found {
  readonly clause: ClauseReport
  readonly finding: Finding
}

/** The finding of that id, else all of the clause of that id; a usage error with the nearest ids if there is none. */
function findingsOf(id: string, report: Report): readonly Found[] {
  const all = report.clauses.flatMap(clause => clause.findings.map(finding => ({ clause, finding })))
  const exact = all.filter(({ finding }) => finding.id === id)
  if (exact.length > 0) return exact
  const ofClause = all.filter(({ clause }) => clause.id === id)
  if (ofClause.length > 0) return ofClause
  const ids = nearestIds(
    id,
    all.map(({ finding }) => finding.id),
  )
  throw usageError(
    `no finding "${id}" in this audit`,
    ids.length === 0 ? 'this audit has no findings' : `nearest: ${ids.join(', ')}`,
  )
}

/** The nearest ids: the likely typing slip, then the same window of every service, then the longest shared beginnings. */
export function nearestIds(id: string, ids: readonly string[]): readonly string[] {
  const guess = nearest(id, ids)
  const byBeginning = [...ids].sort((a, b) => sharedLength(b, id) - sharedLength(a, id))
  const sameWindow = ids.filter(other => ends(id) !== '' && ends(other) === ends(id)).slice(0, MOST_NEAREST)
  const found = new Set([...(guess === undefined ? [] : [guess]), ...sameWindow, ...byBeginning])
  return [...found].slice(0, Math.max(5, sameWindow.length + 1))
}

const MOST_NEAREST = 20

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
