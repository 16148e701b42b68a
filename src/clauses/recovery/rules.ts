import type { BackupStatus } from '../../evidence/backups/records.ts'
import type { Duration } from '../../time/duration.ts'
import type { ClockWord, Measure, RecoveryBody } from './schema.ts'

/** How much may be lost. An amount that is not stated is undefined. */
export interface Rpo {
  readonly amount: Duration | undefined
  readonly measure: Measure
}

/** How long a restore may take. */
export interface Rto {
  readonly amount: Duration | undefined
  readonly from: ClockWord
}

export interface Promises {
  readonly rpo?: Rpo
  readonly rto?: Rto
}

/** A recovery clause with its defaults filled in. */
export interface RecoveryRules extends Promises {
  /** Empty: all components. */
  readonly components: readonly string[]
  readonly accept: ReadonlySet<BackupStatus>
  /** Instead of promises that hold for all cases. */
  readonly scenarios?: ReadonlyMap<string, Promises>
}

export function rulesOf(body: RecoveryBody): RecoveryRules {
  const { scenarios } = body
  return {
    components: body.of ?? [],
    accept: new Set<BackupStatus>(body.accept ?? ['success']),
    ...promisesIn(body),
    ...(scenarios !== undefined && {
      scenarios: new Map(Object.entries(scenarios).map(([name, one]) => [name, promisesIn(one)])),
    }),
  }
}

/** `RPO ≤ 5min by incident · RTO ≤ 6h from failure`, of scenarios with their names. */
export function rulesText(rules: RecoveryRules): string {
  const { scenarios } = rules
  if (scenarios === undefined) return promisesText(rules)
  return [...scenarios].map(([name, one]) => `${name}: ${promisesText(one).replaceAll(' · ', ', ')}`).join(' · ')
}

export function rpoText({ amount, measure }: Rpo): string {
  return amount === undefined ? 'RPO unstated' : `RPO ≤ ${amount.text.trim()} by ${measure}`
}

export function rtoText({ amount, from }: Rto): string {
  return amount === undefined ? 'RTO unstated' : `RTO ≤ ${amount.text.trim()} from ${from}`
}

function promisesIn({ rpo, rto }: Pick<RecoveryBody, 'rpo' | 'rto'>): Promises {
  return {
    ...(rpo !== undefined && { rpo: { amount: stated(rpo['at-most']), measure: rpo.measure } }),
    ...(rto !== undefined && { rto: { amount: stated(rto['at-most']), from: rto.from ?? 'failure' } }),
  }
}

function promisesText({ rpo, rto }: Promises): string {
  return [...(rpo === undefined ? [] : [rpoText(rpo)]), ...(rto === undefined ? [] : [rtoText(rto)])].join(' · ')
}

function stated(amount: Duration | 'unstated'): Duration | undefined {
  return amount === 'unstated' ? undefined : amount
}
