import type { Evidence } from '../evidence.ts'
import type { Row } from '../records.ts'
import type { Store } from '../store.ts'
import { inTime, joinById } from './lists.ts'
import { type BackupReport, shown } from './report.ts'
import { firstMoment, isSurelyBefore } from './times.ts'

/** The records beside the backups, in time order; rows of one incident or restore are one. */
export function finishRecords(
  { backups }: Pick<Store, 'backups'>,
  report: BackupReport,
): Pick<Evidence, 'restores' | 'recoveryPoints' | 'incidents' | 'controls'> {
  const again = (type: string) => (input: number) => report.recount(input, type, 'duplicates')

  const differ = (type: string) => (id: string, rows: readonly Row[]) => {
    const last = rows.at(-1)?.origin
    if (last === undefined) return
    report.problemsOf(last.input).warn({
      code: 'contradictory',
      message: `${type} "${shown(id)}" is given more than once, and the rows differ`,
      hint: 'keep the row that is right: what they differ in is not known',
      place: { line: last.line ?? 1, column: 1 },
    })
  }

  const restores = inTime(backups.restores, row => firstMoment([row.requested, row.started]), again('restore'))
  const incidents = inTime(backups.incidents, startOf, again('incident'))
  return {
    restores: joinById(restores, differ('restore')),
    recoveryPoints: inTime(backups.recoveryPoints, row => row.at, again('recovery-point')),
    incidents: joinById(incidents, differ('incident')).map(incident => {
      const { occurred, recovered, resolved, id } = incident
      const early = { recovered: isSurelyBefore(recovered, occurred), resolved: isSurelyBefore(resolved, occurred) }
      if (!early.recovered && !early.resolved) return incident
      differ('incident')(id, [incident])
      return {
        ...incident,
        ...(early.recovered ? { recovered: undefined } : {}),
        ...(early.resolved ? { resolved: undefined } : {}),
      }
    }),
    controls: inTime(backups.controls, row => row.performed, again('control')),
  }
}

/** The first stamp of an incident. */
function startOf(row: Evidence['incidents'][number]) {
  const { occurred, detected, suspected, declared, aware, classified, confirmed, recovered, resolved } = row
  return firstMoment([occurred, detected, suspected, declared, aware, classified, confirmed, recovered, resolved])
}
