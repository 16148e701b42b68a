import type { Finding } from '../model/finding.ts'
import type { ClauseReport } from '../model/report.ts'
import { isClocked } from './clock-facts.ts'
import { instantText } from './instants.ts'
import { shellWord } from './shell.ts'
import type { View } from './view.ts'

/**
 * The words of the `sla due` command that counts a promise of support day by day to the same due instant; `contract`
 * is quoted already. Undefined where the finding doesn't hold all that it takes.
 */
export function dueCommand(
  clause: ClauseReport,
  finding: Finding,
  contract: string,
  view: View,
): readonly string[] | undefined {
  const { promise, start, due, details, status, timeline } = finding
  if (clause.kind !== 'support' || !isClocked(finding) || promise === undefined) return undefined
  if (start === undefined || due === undefined || typeof details?.priority !== 'string') return undefined
  // The due instant of updates that go on is that of the running stretch, the start that of the longest.
  if (promise === 'update-every' && status === 'pending') return undefined
  const pauses = timeline.filter(({ effect }) => effect === 'paused').map(({ at }) => at)
  const paused = details.paused_ms !== 0
  // Of a finding that is kept short, or isn't certain, not every pause is a step.
  if (paused && (status === 'unverified' || pauses.length === 0)) return undefined
  const instant = (at: number): string => instantText(view.zone, at)
  const zone = details.customer_timezone
  const words = [
    ...['due', shellWord(`${clause.id}/${details.priority}/${promise}`), '--from', instant(start)],
    ...(paused ? pauses : []).flatMap(({ start, end }) => ['--paused', `${instant(start)}..${instant(end)}`]),
    ...(typeof zone === 'string' ? ['--zone', shellWord(zone)] : []),
  ]
  return [...words.slice(0, 1), contract, ...words.slice(1)]
}
