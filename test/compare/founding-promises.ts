import type { Relation } from '../../src/model/comparison.ts'

/** What is expected of one row, worked out by hand from the contracts, and why. */
export interface ExpectedRow {
  readonly relation: Relation
  readonly reason: string
  /** Which contract the logs breach, of those that must be there: `other` meets and `base` breaches, or the reverse. */
  readonly breaches?: readonly ('base' | 'other')[]
}

export interface ExpectedPair {
  readonly base: string
  readonly other: string
  readonly rows: Readonly<Record<string, ExpectedRow>>
}

const BOTH = ['base', 'other'] as const

export function incomparable(reason: string): ExpectedRow {
  return { relation: 'incomparable', reason, breaches: BOTH }
}

/** Neither outdoes the other in its terms, or the other's are stricter, but it is only an aim: one log and one rule. */
export function aimOnly(reason: string): ExpectedRow {
  return { relation: 'incomparable', reason, breaches: ['other'] }
}

export function weaker(reason: string): ExpectedRow {
  return { relation: 'weaker', reason, breaches: ['base'] }
}

/** Equal terms, but an aim where the base guarantees: no log can show it. */
export function weakerAim(reason: string): ExpectedRow {
  return { relation: 'weaker', reason, breaches: [] }
}

export function stronger(reason: string): ExpectedRow {
  return { relation: 'stronger', reason, breaches: ['other'] }
}

export function all(
  relation: 'missing' | 'added',
  keys: readonly string[],
  reason: string,
): Record<string, ExpectedRow> {
  return Object.fromEntries(keys.map(key => [key, { relation, reason }]))
}

/** A promise about all components where the other contract names its own: it stands beside each of these. */
export function rest(relation: 'missing' | 'added', keys: readonly string[]): Record<string, ExpectedRow> {
  const reason = 'said of all components; the other contract speaks of the components that it names only'
  return Object.fromEntries(keys.map(key => [key, { relation, reason }]))
}

// What each contract promises, by key.

export const P_MAINTENANCE = ['maintenance/notice', 'maintenance/inside', 'maintenance/overrun']
export const P_SUPPORT = ['P1', 'P2', 'P3', 'P4'].flatMap(name =>
  ['respond', 'update-every', 'resolve'].map(promise => `support/${name}/${promise}`),
)
export const P_FIXES = [
  'vulnerability/critical/fix',
  'vulnerability/critical/mitigate',
  'vulnerability/high/fix',
  'vulnerability/medium/fix',
  'vulnerability/low/fix',
]
export const P_BACKUP = ['backup/all/schedule', 'backup/all/keep']

export const R_MAINTENANCE = ['maintenance/notice', 'maintenance/outside', 'maintenance/longest', 'maintenance/at-most']
export const R_BACKUP = ['backup/all/max-age', 'backup/all/copies', 'backup/all/residency']
export const R_CONTROL = ['control/restore', 'control/penetration-test', 'control/iso-27001']
export const R_RECOVERY = ['recovery/rpo', 'recovery/rto']
export const R_SUPPORT = ['support/any/respond', 'support/any/resolve']

export const S_BACKUP = ['backup/database/schedule', 'backup/database/keep', 'backup/database/residency']
export const S_SUPPORT = ['support/blocking/workaround', 'support/inconvenient/resolve', 'support/minor/respond']

export const T_SUPPORT = ['incident', 'bug'].flatMap(name => [`support/${name}/respond`, `support/${name}/resolve`])
export const T_BACKUP = ['database', 'files'].flatMap(name =>
  ['schedule', 'keep', 'tiers', 'copies'].map(promise => `backup/${name}/${promise}`),
)
export const T_CONTROL = [
  'control/restore',
  'control/install-procedure',
  'control/integrity-check',
  'control/password-change',
  'control/admin-credentials',
]

export const C_BACKUP = [
  'backup/database/schedule',
  'backup/database/schedule#2',
  'backup/database/keep',
  'backup/database/keep#2',
  'backup/database/copies',
  'backup/files/schedule',
  'backup/files/keep',
  'backup/files/copies',
  'backup/files/recovery-points',
  'backup/all/residency',
]

export const NO_WORK = 'the other says nothing of planned work as a promise of its own'
export const NAMES = 'no name of a priority in common, and nothing says which belong together: stated, not guessed'
export const NO_FIXES = 'the other promises no fix in any time'
export const NONE = 'the other says nothing of it'
export const NEW = 'the base says nothing of it'
