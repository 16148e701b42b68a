import type { Finding } from '../model/finding.ts'
import { nearest } from '../model/nearest.ts'
import type { Report } from '../model/report.ts'
import { instantText } from '../report/instants.ts'
import type { Zone } from '../time/zone.ts'
import { againArguments } from './again.ts'
import { printWarnings, viewOn } from './audit.ts'
import { allIds, type Found, findingsOf, LEAST_NEAREST } from './finding-ids.ts'
import type { Io } from './io.ts'
import type { CommonOptions, EvidenceOptions, PassOptions } from './options.ts'
import { pageFor } from './pages.ts'
import { cliZones, readInput, runAudit } from './pipeline.ts'
import { usageError } from './usage.ts'

export interface ExplainOptions extends CommonOptions, EvidenceOptions, PassOptions {
  readonly report?: string
}

/**
 * `sla explain`: the list of kinds, the manual of one or of comparisons, or a finding in full (all of a clause's by its id), of an audit or
 * out of its JSON report. `given`: the flags of the command line.
 */
export async function explain(
  subject: string | undefined,
  contract: string | undefined,
  evidence: readonly string[],
  options: ExplainOptions,
  io: Io,
  given: readonly string[] = [],
): Promise<number> {
  if (options.report !== undefined) {
    const [useless] = given.filter(flag => AUDITING.has(flag))
    if (useless !== undefined) {
      throw usageError(
        `${useless} beside --report: the report is read as it was written`,
        `leave out ${useless}, or give contract and evidence in place of --report to audit anew`,
      )
    }
    if (contract !== undefined) {
      throw usageError(
        'a contract and --report both: the finding is taken from one of them',
        'leave out --report to audit anew, or the contract and the evidence to read the report alone',
      )
    }
    const audited = await reportOf(options.report, io)
    if (subject === undefined) throw usageError(`which finding of ${options.report}?`, firstIds(audited.report))
    await explainFound(subject, { ...audited, alone: true }, options, io)
  } else if (subject === undefined) io.stdout.write(await kindList())
  else if (contract === undefined) io.stdout.write(await manual(subject))
  else {
    const audited = await runAudit(contract, evidence, { ...options, fullTimelines: true }, io)
    const again = againArguments(contract, evidence, {
      ...options,
      asOf: options.asOf ?? instantText(audited.zone, audited.report.asOf),
    })
    await explainFound(subject, { ...audited, again, alone: false }, options, io)
  }
  return 0
}

/** Flags that make another audit, so nothing that a report could heed. */
const AUDITING: ReadonlySet<string> = new Set([
  ...[
    '--as-of',
    '--period',
    '--only',
    '--skip',
    '--waivers',
    '--baseline',
    '--ignore-term',
    '--risk',
    '--tz',
    '--map',
    '--as',
  ],
  ...['--taken-at', '--assume-complete', '--on-bad-row', '--readings'],
])

/** A report with what repeats its audit; `alone`: nothing but the report was read. */
interface Read {
  readonly report: Report
  readonly zone: Zone
  readonly again: readonly string[]
  readonly alone: boolean
}

async function explainFound(subject: string, read: Read, options: ExplainOptions, io: Io): Promise<void> {
  const { report, zone, again, alone } = read
  const found = await io.breakable(() => findingsOf(subject, report))
  const { id } = found.clause
  await printWarnings(
    report.warnings.filter(({ clause = id }) => clause === id),
    options,
    io,
  )
  if (options.format === 'json') {
    const { streamJsonList } = await import('../report/json.ts')
    await io.stdout.send(streamJsonList(found.findings))
    return
  }
  const { renderExplanation } = await import('../report/explain.ts')
  const view = viewOn(await pageFor(io.stdout, io, options), options, zone, again)
  await io.stdout.send(
    explanations(found, finding => renderExplanation(report, found.clause, finding, view, { alone })),
  )
}

/** A JSON report, the zone of its contract, and the arguments that its audit had as far as it tells them. */
async function reportOf(file: string, io: Io): Promise<Omit<Read, 'alone'>> {
  const [{ readReport }, { againOf }, zones] = await Promise.all([
    import('../report/read-report.ts'),
    import('../report/again.ts'),
    cliZones(),
  ])
  const report = readReport(await readInput(file, io), file)
  const zone = zones(report.contract.timezone)
  return { report, zone, again: againOf(report, zone) }
}

function firstIds(report: Report): string {
  const ids: string[] = []
  for (const id of allIds(report)) {
    if (ids.length === LEAST_NEAREST) break
    ids.push(id)
  }
  return ids.length === 0 ? 'it has no findings' : `such as ${ids.join(', ')}`
}

function* explanations({ findings }: Found, explained: (finding: Finding) => string): Iterable<string> {
  let started = false
  for (const finding of findings) {
    yield `${started ? '\n' : ''}${explained(finding)}`
    started = true
  }
}

async function kindList(): Promise<string> {
  const { clauseKinds } = await import('../clauses/index.ts')
  const kinds = await Promise.all(Object.values(clauseKinds).map(load => load()))
  const width = Math.max(...kinds.map(({ kind }) => kind.length))
  const lines = kinds.map(({ kind, title }) => `  ${kind.padEnd(width)}  ${title}`)
  return `Clause kinds:\n${lines.join('\n')}\n\nThe manual of one: sla explain ${kinds[0]?.kind ?? 'KIND'}; of comparisons: sla explain compare\n`
}

async function manual(subject: string): Promise<string> {
  if (subject === 'compare') {
    const { compareManual } = await import('../compare/manual.ts')
    return `${compareManual.trimEnd()}\n`
  }
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
      `sla explain ${subject} CONTRACT EVIDENCE…, or sla explain ${subject} --report REPORT.json`,
    )
  }
  throw usageError(
    `unknown clause kind "${subject}"`,
    guess === undefined ? `kinds: ${names.join(', ')}; a finding needs its contract too` : `did you mean ${guess}?`,
  )
}
