import type { Finding } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import { covers } from '../../time/interval.ts'
import type { Window } from '../../time/window.ts'
import type { Performance } from './performances.ts'
import type { ControlPlan, Series } from './plan.ts'
import type { ControlRules } from './rules.ts'
import { shortened, stepOf } from './steps.ts'

/** The rules of `times`. */
type Counted = Extract<ControlRules, { readonly form: 'times' }>

/** One finding for each window that the period selects: how often the control was performed in it. */
export function timesFindings(plan: ControlPlan, rules: Counted, series: Series): readonly Finding[] {
  const windows = plan.context.windows(rules.times.per)
  return windows.map(window => windowFinding(window, windows, plan, rules, series))
}

function windowFinding(
  whole: Window,
  windows: readonly Window[],
  plan: ControlPlan,
  { times, name }: Counted,
  { subject, list }: Series,
): Finding {
  const { clause, context } = plan
  const { term } = context.contract
  const window = {
    start: Math.max(whole.start, term?.start ?? whole.start),
    end: Math.min(whole.end, term?.end ?? whole.end),
  }
  const over = Math.min(window.end, context.asOf)
  const inside = list.filter(({ at }) => lastOf(at) >= window.start && at.earliest < window.end)
  const isSure = ({ at, counts }: Performance) =>
    counts === 'yes' && at.earliest >= window.start && lastOf(at) < window.end
  const sure = inside.filter(isSure).length
  const possible = inside.filter(({ counts }) => counts !== 'no').length
  const complete = window.start >= over || covers(plan.complete(windows), { start: window.start, end: over })
  const columns = [...new Set(inside.flatMap(one => (one.counts === 'maybe' ? one.columns : [])))]
  const running = context.asOf < window.end
  const { status, reason } =
    sure >= times.count
      ? ({ status: 'met', reason: 'kept' } as const)
      : running
        ? ({ status: 'pending', reason: 'running' } as const)
        : complete && possible < times.count
          ? ({ status: 'breached', reason: 'too-few' } as const)
          : ({ status: 'unverified', reason: complete ? openReason(columns) : 'not-logged' } as const)
  const cut = window.start > whole.start || window.end < whole.end
  return {
    id: `${clause.id}${subject === '' ? '' : `/${subject}`}/${whole.key}`,
    clause: clause.id,
    promise: 'times',
    subject,
    window: { start: whole.start, end: whole.end },
    status,
    reason,
    ...(status === 'pending' && { due: window.end - 1 }),
    bound: 'at-least',
    promised: { unit: 'count', value: times.count },
    observed: { unit: 'count', value: sure },
    margin: { unit: 'count', value: sure - times.count },
    ...(status === 'unverified' &&
      complete && {
        bounds: {
          lowest: { unit: 'count' as const, value: sure },
          highest: { unit: 'count' as const, value: possible },
        },
      }),
    ...(status === 'breached' && { breached: [window] }),
    ...(status === 'unverified' && { undecided: [{ start: window.start, end: over }] }),
    details: { ...(name !== clause.id && { control: name }), performances: sure },
    timeline: shortened(inside.map(stepOf)),
    evidence: inside.map(({ origin }) => origin),
    notes: [
      ...(status === 'unverified' ? columns.map(column => `column ${column} is missing or unknown`) : []),
      ...(status === 'unverified' && !complete
        ? ['the log does not hold all of this time: one that does, or a coverage row, would settle it']
        : []),
      ...(cut ? ['the term cuts this window: what lies outside the term does not count'] : []),
    ],
  }
}

/** Its last instant: a day ends before the next midnight. */
function lastOf({ earliest, latest }: Moment): number {
  return earliest === latest ? latest : latest - 1
}

function openReason(columns: readonly string[]): string {
  return columns.length > 0 ? 'column-missing' : 'date-only'
}
