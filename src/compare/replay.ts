import { Readable } from 'node:stream'
import { auditContract } from '../audit/audit.ts'
import { planAudit } from '../audit/plan.ts'
import { clauseKinds } from '../clauses/index.ts'
import type { Contract } from '../contract/contract.ts'
import type { ReadOptions } from '../evidence/evidence.ts'
import { readEvidence } from '../evidence/read.ts'
import type { Replay, ReplayedHistory, ReplayVerdict } from '../model/comparison.ts'
import { type Diagnostic, InputError } from '../model/diagnostic.ts'
import type { Finding, Status } from '../model/finding.ts'
import type { Interval } from '../model/interval.ts'
import { labelsOf } from '../model/labels.ts'
import type { Quantity } from '../model/quantity.ts'
import type { Report } from '../model/report.ts'
import { durationText } from '../time/duration.ts'
import type { Zone } from '../time/zone.ts'
import type { AlignedRow } from './align.ts'
import { ownsByNames } from './judge-log.ts'

/** The history that every contract is judged by: files, not standard input. `period` is worked out for each contract in its own zone. */
export interface History {
  readonly paths: readonly string[]
  readonly asOf: number
  readonly assumeComplete: ReadonlySet<string>
  readonly reading: Pick<ReadOptions, 'timezone' | 'as' | 'mapping' | 'takenAt' | 'onBadRow'>
  period(zone: Zone): { readonly interval: Interval; readonly text: string } | undefined
}

/**
 * Audits the same history under each contract, as if each were in force throughout, row by row; with `inRows` only the
 * clauses that stand in one. Throws InputError for what can't be read, and says by whose names where it isn't by any.
 * `mappingOf` gives it the names of a contract where
 * the user gives no mapping.
 */
export async function replayHistory(
  rows: readonly AlignedRow[],
  contracts: readonly Contract[],
  history: History,
  zones: (name: string) => Zone,
  mappingOf: (contract: number) => ReadOptions['mapping'] = () => undefined,
  inRows = false,
): Promise<Replayed> {
  const reports: (Report | undefined)[] = []
  const errors: (InputError | undefined)[] = []
  for (const [at, contract] of contracts.entries()) {
    const clauses = inRows ? [...new Set(rows.flatMap(({ items }) => items[at]?.side.clause.id ?? []))] : undefined
    if (clauses?.length === 0) {
      reports[at] = undefined
      continue
    }
    const mapping = history.reading.mapping ?? mappingOf(at)
    const reading = { ...history.reading, ...(mapping !== undefined && { mapping }) }
    // Names that a file or its rows don't have are no mistake in a mapping that nobody wrote.
    const own = mapping !== undefined && history.reading.mapping === undefined
    try {
      const report = await audited(contract, clauses, { ...history, reading }, zones)
      // Nor is it that dates are left out, as in every comparison; what is of the contract itself is said there.
      const warnings = report.warnings.filter(
        one => one.code !== 'term-ignored' && !(own && /^mapping-/.test(one.code)) && !contract.warnings.includes(one),
      )
      reports[at] = { ...report, warnings }
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      errors[at] = error
    }
  }
  const labels = labelsOf(contracts)
  if (errors.some(error => error !== undefined)) {
    const asked = contracts.map((_, at) => errors[at]?.diagnostics ?? (at in reports && !reports[at] ? undefined : []))
    throw new InputError(named(asked, labels))
  }
  const findings = contracts.map((_, at) => new Map(reports[at]?.clauses.map(one => [one.id, [...one.findings]])))
  const replay = rows.map(
    ({ key, subject, name, rule, items }): Replay => ({
      key,
      subject,
      name,
      verdicts: items.map((item, at) => {
        if (item === undefined) return undefined
        const { clause, term } = item.side
        const own = findings[at]?.get(clause.id)?.filter(finding => (rule.owns ?? ownsByNames)(term, finding)) ?? []
        return clause.binding === 'observed' ? undefined : verdictOn(own)
      }),
    }),
  )
  return {
    replay,
    history: {
      asOf: history.asOf,
      periods: contracts.map((_, at) => reports[at]?.period),
      inputs: inputsOf(reports.find(report => report !== undefined)),
    },
    warnings: named(
      contracts.map((_, at) => reports[at]?.warnings),
      labels,
    ),
  }
}

interface Replayed {
  readonly replay: readonly Replay[]
  readonly history: ReplayedHistory
  readonly warnings: readonly Diagnostic[]
}

/** The files are the same for all, and so are their rows. */
function inputsOf(report: Report | undefined): ReplayedHistory['inputs'] {
  return (report?.inputs ?? []).map(({ file, sha256, counts }) => ({
    file,
    sha256,
    rows: counts.reduce((sum, { rows }) => sum + rows, 0),
  }))
}

async function audited(
  contract: Contract,
  only: readonly string[] | undefined,
  { paths, asOf, assumeComplete, reading, period }: History,
  zones: (name: string) => Zone,
): Promise<Report> {
  const plan = await planAudit(contract, clauseKinds, only === undefined ? {} : { only })
  const evidence = await readEvidence(
    paths,
    {
      ...reading,
      asOf,
      services: [...contract.services.keys()],
      types: plan.types,
      filters: plan.filters,
      components: plan.components,
      ...(plan.maxGap !== undefined && { maxGap: plan.maxGap }),
    },
    zones,
    // What can be read once only can't be read for each contract.
    { stdin: Readable.from([]) },
  )
  const stated = period(zones(contract.timezone))
  return auditContract(plan, evidence, {
    ...(stated !== undefined && { period: stated }),
    asOf,
    ignoreTerm: true,
    assumeComplete,
    riskPercent: 90,
    zones,
    version: '',
  })
}

/** In the order of the worst: a breach counts before what is not known. */
const ORDER: readonly Status[] = ['breached', 'unverified', 'pending', 'met']

function verdictOn(findings: readonly Finding[]): ReplayVerdict {
  const judged = findings.filter(({ status }) => status !== 'not-applicable')
  const breached = judged.filter(({ status }) => status === 'breached')
  const status = ORDER.find(one => judged.some(finding => finding.status === one)) ?? 'not-applicable'
  const worst = worstOf(breached)
  const first = breached.map(breachAt).sort((a, b) => a - b)[0]
  const by = worst === undefined ? undefined : beyond(worst)
  const finding = worst?.id ?? judged.find(one => one.status === status)?.id
  return {
    status,
    breached: breached.length,
    judged: judged.length,
    ...(first !== undefined && { first }),
    ...(by !== undefined && { worst: by }),
    ...(finding !== undefined && { finding }),
  }
}

/**
 * When it was broken: what is over its time from when it was due, a window with the first stretch that broke it. What
 * was due before its event, as notice is, with the event: it is looked for there.
 */
function breachAt({ due, breached, window }: Finding): number {
  return due === undefined ? (breached?.[0]?.start ?? window.start) : Math.max(due, window.start)
}

function worstOf(breached: readonly Finding[]): Finding | undefined {
  let worst = breached[0]
  for (const finding of breached.slice(1)) {
    if (worst === undefined || size(finding.margin) < size(worst.margin)) worst = finding
  }
  return worst
}

/** Only for choosing among findings of one promise; what is said is exact. */
function size(margin: Quantity | undefined): number {
  if (margin?.unit === 'ms' || margin?.unit === 'count') return Number(margin.value)
  if (margin?.unit === 'ratio') return Number(margin.part) / Number(margin.of)
  return 0
}

function beyond({ margin, bound, promised, observed }: Finding): string | undefined {
  // Notice has no figure of its own: how early it was given is told in words.
  const [, early] = (observed.unit === 'none' && / ((?:\d[\d.]*[a-z]+ )+ahead)\b/.exec(observed.text)) || []
  if (early !== undefined && promised.unit === 'none') return `${early}, ${promised.text} promised`
  const word = bound === 'at-most' || bound === 'below' ? 'over' : 'short'
  if (margin?.unit === 'ms') {
    // Of a share of up time the margin is down time: too much of it, whatever the bound of the share.
    return `${durationText(Math.abs(margin.value))} ${promised.unit === 'ms' ? word : 'over'}`
  }
  if (margin?.unit === 'count') return `${String(margin.value).replace('-', '')} ${word}`
  if (margin?.unit === 'ratio') return `${points(BigInt(margin.part), BigInt(margin.of))} percentage points ${word}`
  return undefined
}

/** A share as percentage points, four digits, rounded up: what is short never reads 0. */
function points(part: bigint, of: bigint): string {
  const whole = part < 0n ? -part : part
  const units = (whole * 1_000_000n + of - 1n) / of
  const digits = units.toString().padStart(5, '0')
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/\.?0+$/, '')
}

/**
 * What is doubtful or wrong under every contract that was asked is of the evidence and said once; what is of some names
 * them: `under bravo: …`. Contracts of which nothing was judged (undefined) were not asked.
 */
function named(
  given: readonly (readonly Diagnostic[] | undefined)[],
  labels: readonly string[],
): readonly Diagnostic[] {
  const found = new Map<string, { readonly diagnostic: Diagnostic; readonly under: Set<string> }>()
  for (const [at, diagnostics] of given.entries()) {
    for (const diagnostic of diagnostics ?? []) {
      const { code, message, span } = diagnostic
      const key = JSON.stringify([code, message, span])
      const one = found.get(key) ?? { diagnostic, under: new Set() }
      found.set(key, one)
      one.under.add(labels[at] ?? '')
    }
  }
  const asked = given.filter(one => one !== undefined).length
  return [...found.values()].map(({ diagnostic, under }) => {
    if (under.size === asked) return diagnostic
    const { code, message, hint } = diagnostic
    const [, stranger] = (code === 'unknown-service' && /"(.*)"/.exec(message)) || []
    const align = stranger === undefined ? '' : `, or say which it is: --align FILE with service: { ${stranger}: […] }`
    const said = hint === undefined && align === '' ? {} : { hint: `${hint ?? ''}${align}` }
    return { ...diagnostic, message: `under ${[...under].join(', ')}: ${message}`, ...said }
  })
}
