import type { WitnessRow } from '../../../model/comparison.ts'
import type { Interval } from '../../../model/interval.ts'
import { MINUTE } from '../../../time/civil.ts'
import { formatInstant } from '../../../time/stamp.ts'
import type { Candidate } from '../../rule.ts'
import { coverage, row } from '../duties/rows.ts'
import { rowVariants } from '../duties/scope.ts'
import { ALL, type Pair } from './pair.ts'

/** One run of a log; what is left out is as both clauses would have it. */
export interface Run {
  readonly start: number
  /** How long it runs, in ms; ten minutes unless said. */
  readonly length?: number
  readonly deleted?: number
  readonly cells?: Readonly<Record<string, string>>
}

export interface Logged {
  readonly runs: readonly Run[]
  readonly period: Interval
  readonly asOf?: number
  readonly story: string
  /** Rows beside the runs; their coverage is added. */
  readonly more?: readonly WitnessRow[]
  readonly covers?: readonly string[]
  /** From when on the log is complete; the start of the period unless said. */
  readonly from?: number
}

/** A log of backups; the tag of each run is its place in it. */
export function logOf({ base, other, rules }: Pair, given: Logged): Candidate {
  const { runs, period, story, more = [], covers = [] } = given
  const { zone } = base
  const asOf = given.asOf ?? period.end
  const told = { start: Math.min(given.from ?? period.start, period.start), end: Math.max(asOf, period.end) }
  const keeps = runs.some(({ deleted }) => deleted !== undefined)
  const named = base.term.names.component
  const usual = {
    ...rowVariants(base, other)[0],
    component: named === undefined || named === ALL ? '' : named,
    ...(rules.base.only !== 'any' || rules.other.only !== 'any' ? { kind: usualKind(rules) } : {}),
    status: usualStatus(rules),
    country: usualCountry(rules),
  }
  const rows = runs.map(({ start, deleted, cells, length = 10 * MINUTE }, i) =>
    row('backup', {
      id: `B-${i + 1}`,
      ...usual,
      started_at: formatInstant(zone, start),
      completed_at: formatInstant(zone, start + length),
      ...(keeps && { deleted_at: deleted === undefined ? '' : formatInstant(zone, deleted) }),
      ...cells,
    }),
  )
  const known = ['backup', ...covers].map(type => coverage(type, told, zone))
  return { rows: [...rows, ...more, ...known], period, asOf, story }
}

function usualKind({ base, other }: Pair['rules']): string {
  return base.only === 'incremental' || other.only === 'incremental' ? 'incremental' : 'full'
}

/** An outcome that counts in both, if there is one. */
function usualStatus({ base, other }: Pair['rules']): string {
  return [...base.accept].find(word => other.accept.has(word)) ?? 'success'
}

/** A country that both allow, if there is one; undefined where neither says any. */
export function usualCountry({ base, other }: Pair['rules']): string | undefined {
  const [b, o] = [base.residency?.countries, other.residency?.countries]
  const all = [...(b ?? []), ...(o ?? [])]
  return all.find(one => (b?.has(one) ?? true) && (o?.has(one) ?? true)) ?? all[0]
}

/**
 * A backup that only one of the two lets others be made on top of, by how it ended, and one that is, which counts for
 * both: what can be restored is not the same. Undefined where outcomes count alike.
 */
export function oddParent({
  rules: { base, other },
}: Pair): { readonly runs: readonly Readonly<Record<string, string>>[]; readonly story: string } | undefined {
  const [b, o] = [[...base.accept], [...other.accept]]
  const both = b.find(one => other.accept.has(one))
  const odd = [...b, ...o].find(one => !base.accept.has(one) || !other.accept.has(one))
  if (both === undefined || odd === undefined) return undefined
  const child = base.only === 'full' || other.only === 'full' ? 'full' : 'incremental'
  const runs = [
    { status: odd, kind: 'full', parent: '' },
    { status: both, kind: child, parent: 'B-1' },
  ]
  return { runs, story: `A backup is kept with the one that it is made on top of, which ended with ${odd}.` }
}

/** What runs can be that only one of the two clauses may be about, with words for it. */
export function oddRuns({
  base,
  other,
  rules,
  all,
}: Pair): readonly { readonly cells: Readonly<Record<string, string>>; readonly what: string }[] {
  const { base: b, other: o } = rules
  const out: { readonly cells: Readonly<Record<string, string>>; readonly what: string }[] = []
  const statuses = [...new Set([...b.accept, ...o.accept, 'partial'])].filter(
    one => b.accept.has(one as 'success') !== o.accept.has(one as 'success'),
  )
  for (const status of statuses) out.push({ cells: { status }, what: `ended with ${status}` })
  if (b.only !== o.only) {
    out.push(
      { cells: { kind: 'incremental', parent: '' }, what: 'are incremental' },
      { cells: { kind: 'full' }, what: 'are full' },
    )
  }
  if (all.base !== all.other) {
    out.push({ cells: { component: 'another' }, what: 'are of another component' })
  }
  const variants = rowVariants(base, other)
  for (const cells of variants.length > 1 ? variants : []) {
    const what = Object.entries(cells)
      .map(([column, cell]) => `${column} is ${cell}`)
      .join(', ')
    out.push({ cells, what: `have rows where ${what}` })
  }
  return out
}
