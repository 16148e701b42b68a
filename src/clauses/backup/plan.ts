import type { Clause } from '../../contract/contract.ts'
import type { Backup } from '../../evidence/backups/records.ts'
import { fits } from '../filter.ts'
import type { Context } from '../judge.ts'
import type { BackupRules } from './rules.ts'
import { rulesOf } from './rules-of.ts'
import type { BackupBody } from './schema.ts'
import { backupText, promisesOf } from './stated.ts'

/** What a clause asks of backups, worked out once. */
export interface Plan {
  readonly clause: Clause<BackupBody>
  readonly context: Context
  readonly rules: BackupRules
  /** Each slot with its promise in words, and all of them in one text. */
  readonly promises: ReadonlyMap<string, string>
  readonly promised: string
  /** Findings name their component. */
  readonly several: boolean
}

export function planOf(clause: Clause<BackupBody>, context: Context): Plan {
  const rules = rulesOf(clause.body)
  return {
    clause,
    context,
    rules,
    promises: promisesOf(rules),
    promised: backupText(clause.body, rules),
    several: rules.components.length > 1,
  }
}

/** Whether a clause covers a backup, by its row filter and its services. */
export function seenBy({ where, services }: Clause, { contract }: Context): (backup: Backup) => 'yes' | 'maybe' | 'no' {
  const named = services === undefined ? undefined : new Set(services)
  const one = contract.services.size <= 1
  return backup => {
    if (named !== undefined && backup.service !== '' && !named.has(backup.service)) return 'no'
    const fit = where === undefined ? true : fits(where, backup)
    if (fit === false) return 'no'
    const nameless = named !== undefined && backup.service === '' && !one
    return fit === undefined || nameless ? 'maybe' : 'yes'
  }
}
