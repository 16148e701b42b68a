import type { Incident, Restore } from '../../evidence/backups/records.ts'
import type { Happened } from '../../evidence/records.ts'
import type { Origin, Status, Step } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import type { Context } from '../judge.ts'
import type { Case } from './cases.ts'

/** What a case comes to, as far as its steps show it. */
interface Counted {
  readonly status: Status
  readonly reason: string
  readonly why: string
  readonly breached?: Interval
  readonly measured?: Interval
}

/** How a case went: its stamps, each restore, and the time that counts: what is beyond the amount by itself. */
export function caseSteps(
  { incident, restores }: Case,
  window: Interval,
  outcome: Counted,
  { asOf }: Context,
): readonly Step[] {
  const steps = [
    ...(incident === undefined ? [] : incidentSteps(incident)),
    ...restores.flatMap(restore => restoreSteps(restore, asOf)),
  ].sort((a, b) => a.at.start - b.at.start)
  for (const clock of clockSteps(window, outcome)) {
    const place = steps.findIndex(step => step.at.start > clock.at.start)
    steps.splice(place < 0 ? steps.length : place, 0, clock)
  }
  return steps
}

function clockSteps(window: Interval, { status, reason, why, breached, measured }: Counted): readonly Step[] {
  const at = measured ?? window
  if (status !== 'breached') return [{ at, effect: status === 'unverified' ? 'unknown' : 'counted', reason, why }]
  const over: Step = { at: breached ?? at, effect: 'over', reason, why }
  const allowed = { start: at.start, end: over.at.start }
  if (allowed.start >= allowed.end) return [over]
  return [{ at: allowed, effect: 'counted', reason: 'clock', why: 'the time allowed' }, over]
}

function incidentSteps({ id, occurred, declared, recovered, origin }: Incident): readonly Step[] {
  return [
    ...stepAt(occurred, 'failure', `${id} occurred`, origin),
    ...stepAt(declared, 'declared', `${id} declared`, origin),
    ...stepAt(recovered, 'recovered', `${id} recovered`, origin),
  ]
}

function restoreSteps(restore: Restore, asOf: number): readonly Step[] {
  const { failure, requested, started, completed, recoveredTo, passed, component, backup, origin } = restore
  const what = ['restore', component === '' ? '' : `of ${component}`, backup ? `from ${backup}` : '']
    .filter(Boolean)
    .join(' ')
  const end =
    completed === null
      ? 'still runs'
      : passed === false
        ? 'failed'
        : passed === undefined
          ? 'ended, its outcome is not known'
          : 'passed'
  const begun = started ?? requested
  const until = completed?.latest ?? asOf
  const run: readonly Step[] = begun
    ? [
        {
          at: { start: begun.earliest, end: Math.max(begun.earliest, until) },
          effect: 'note',
          reason: 'restore',
          why: `${what} ${end}`,
          origin,
        },
      ]
    : []
  return [
    ...stepAt(failure, 'failure', 'failure, as the restore tells', origin),
    ...(started && requested && requested.earliest < started.earliest
      ? stepAt(requested, 'requested', `${what} requested`, origin)
      : []),
    ...run,
    ...stepAt(recoveredTo, 'recovered-to', 'the point it went back to', origin),
  ]
}

function stepAt(at: Happened, reason: string, why: string, origin: Origin): readonly Step[] {
  return at ? [{ at: { start: at.earliest, end: at.latest }, effect: 'note', reason, why, origin }] : []
}
