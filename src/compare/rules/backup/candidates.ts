import type { BackupBody } from '../../../clauses/backup/schema.ts'
import type { Candidate, Side, World } from '../../rule.ts'
import { inTimesOf } from '../duties/rows.ts'
import { keepLogs } from './logs-keep.ts'
import { pointLogs, tierLogs } from './logs-longer.ts'
import { copyLogs, maxAgeLogs, residencyLogs } from './logs-places.ts'
import { scheduleLogs } from './logs-schedule.ts'
import { pairOf, promiseOf } from './pair.ts'

/** Logs of backups at the edges of what one of the two clauses tolerates. */
export function backupCandidates(base: Side<BackupBody>, other: Side<BackupBody>, world: World): Iterable<Candidate> {
  return inTimesOf(base, other, LOGS[promiseOf(base.term.key)]?.(pairOf(base, other), world) ?? [])
}

const LOGS: Readonly<Record<string, typeof scheduleLogs>> = {
  schedule: scheduleLogs,
  keep: keepLogs,
  tiers: tierLogs,
  'recovery-points': pointLogs,
  'max-age': maxAgeLogs,
  copies: copyLogs,
  residency: residencyLogs,
}
