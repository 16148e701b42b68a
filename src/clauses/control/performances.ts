import type { Restore } from '../../evidence/backups/records.ts'
import type { Row } from '../../evidence/records.ts'
import type { Origin } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import { dateText } from '../../time/civil.ts'
import { localDay, startOfDay } from '../../time/local.ts'
import { formatInstant } from '../../time/stamp.ts'
import { fits, unknownColumns } from '../filter.ts'
import type { Judged } from '../fixed.ts'
import type { ControlRules } from './rules.ts'

/** One performance of a control, or one test of restoring. */
export interface Performance {
  /** Of what is not known to have ended the whole time in which it can have. */
  readonly at: Moment
  /** Whether it counts: passed (where that is asked), matching the filter, done. */
  readonly counts: 'yes' | 'maybe' | 'no'
  /** `passed`, or why it does not count, or may not: `failed`, `outcome is not known`. */
  readonly why: string
  /** What the row lacks where it may count. */
  readonly columns: readonly string[]
  /** `''`: none is named. */
  readonly subject: string
  /** First instant at which it is not valid any more, epoch ms. */
  readonly validUntil?: number
  readonly origin: Origin
}

/** All performances of the control up to `as of`, by time. */
export function performancesOf(rules: ControlRules, judged: Judged): readonly Performance[] {
  const all = rules.type === 'restore' ? restoreTests(rules, judged) : controlRows(rules, judged)
  return [...all].sort((a, b) => a.at.earliest - b.at.earliest || a.at.latest - b.at.latest)
}

function* controlRows(rules: ControlRules, judged: Judged): Iterable<Performance> {
  for (const row of judged.context.evidence.controls) {
    // What is planned only is no performance.
    if (row.control !== rules.name || row.performed === null) continue
    const doubts = doubtsOf(row, judged)
    if (doubts === undefined) continue
    const at = row.performed ?? { earliest: EVER, latest: judged.context.asOf }
    if (row.performed === undefined) doubts.push(['performed_at', 'when it was performed is not known'])
    const { validUntil } = row
    const { why, ...judgement } = outcome(rules, row.passed, doubts)
    yield {
      ...judgement,
      why: `${why}${typeof validUntil === 'number' ? untilText(validUntil, judged) : ''}`,
      at,
      subject: row.subject,
      ...(typeof validUntil === 'number' && { validUntil }),
      origin: row.origin,
    }
  }
}

/** `, valid until 2026-04-17`: the last day of a validity that ends with one, else the instant. */
function untilText(end: number, { context: { zone } }: Judged): string {
  const day = localDay(zone, end - 1)
  return `, valid until ${startOfDay(zone, day + 1) === end ? dateText(day) : formatInstant(zone, end)}`
}

function* restoreTests(rules: ControlRules, judged: Judged): Iterable<Performance> {
  const { asOf, evidence } = judged.context
  for (const row of evidence.restores) {
    // One that runs has not been performed yet.
    if (row.purpose === 'real' || row.completed === null) continue
    const doubts = doubtsOf(row, judged)
    if (doubts === undefined) continue
    const begun = (row.started ?? row.requested)?.earliest ?? EVER
    const at = row.completed ?? { earliest: begun, latest: asOf }
    if (row.completed === undefined) doubts.push(['completed_at', 'when it ended is not known'])
    if (row.purpose === undefined) doubts.push(['purpose', 'whether it was a test is not known'])
    if (row.source === undefined) doubts.push(['source', 'whether it came from a backup is not known'])
    const shared = { at, subject: row.component, origin: row.origin }
    if (row.source === 'live') yield { ...shared, counts: 'no', why: 'from the live system, not a backup', columns: [] }
    else yield { ...outcome(rules, row.passed, doubts), ...shared }
  }
}

/** Before all stamps; epoch ms. */
const EVER = -8_000_000_000_000

type Doubt = readonly [column: string, why: string]

/** What the filters leave open about a row; undefined where they leave the row out. */
function doubtsOf(row: Row, { clause, context }: Judged): Doubt[] | undefined {
  const { services, where } = clause
  const nameless = services !== undefined && row.service === '' && context.contract.services.size > 1
  if (services !== undefined && row.service !== '' && !services.includes(row.service)) return undefined
  if (fits(where, row) === false) return undefined
  const columns = [...unknownColumns(where, row), ...(nameless ? ['service'] : [])]
  return columns.map(column => [column, `${column} is not known`])
}

function outcome(rules: ControlRules, passed: Restore['passed'], doubts: readonly Doubt[]) {
  if (rules.passedOnly && passed === false) return { counts: 'no' as const, why: 'failed', columns: [] }
  const all: readonly Doubt[] =
    rules.passedOnly && passed === undefined ? [...doubts, ['outcome', 'its outcome is not known']] : doubts
  const columns = all.map(([column]) => column)
  const counts = all.length === 0 ? ('yes' as const) : ('maybe' as const)
  const done = passed === undefined ? 'performed' : passed ? 'passed' : 'failed, which counts as performed'
  return { counts, why: all.length === 0 ? done : all.map(([, why]) => why).join(', '), columns }
}
