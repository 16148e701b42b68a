import type { RecoveryBody } from '../../../clauses/recovery/schema.ts'
import { formatInstant } from '../../../time/stamp.ts'
import type { Candidate, Side } from '../../rule.ts'
import { row } from '../duties/rows.ts'

type Named = Side<RecoveryBody>
type Cells = Readonly<Record<string, string>>

/** Where one contract knows nothing of a service: another disaster, over at once, tells it that there is a log. */
export function* besideUsual(logs: Iterable<Candidate>, usual: Cells, base: Named): Iterable<Candidate> {
  for (const log of logs) yield besideOf(log, usual, base)
}

function besideOf(log: Candidate, usual: Cells, { zone }: Named): Candidate {
  const [first] = log.rows
  const at = formatInstant(zone, log.period.start)
  const next = (of: string) => log.rows.filter(({ type }) => type === of).length + 1
  const incident = `I-${next('incident')}`
  const rows = [
    row('incident', {
      kind: 'disaster',
      ...usual,
      id: incident,
      occurred_at: at,
      declared_at: at,
      recovered_at: at,
      ...(first?.scope !== undefined && { scope: first.scope }),
    }),
    row('restore', {
      ...usual,
      id: `R-${next('restore')}`,
      incident,
      component: log.rows.find(({ component }) => component !== undefined)?.component,
      purpose: 'real',
      source: 'backup',
      failure_at: at,
      requested_at: at,
      started_at: at,
      completed_at: at,
      recovered_to: at,
      outcome: 'passed',
    }),
  ]
  return { ...log, rows: [...log.rows, ...rows], story: `${log.story.slice(0, -1)}, on ${first?.service ?? ''} only.` }
}
