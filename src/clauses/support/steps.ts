import type { Step } from '../../model/finding.ts'
import { clip, merge, subtract } from '../../time/interval.ts'
import type { Context } from '../judge.ts'
import { windowOf } from './membership.ts'
import type { Outcome, Timed } from './outcome.ts'
import { nameIn, type PriorityName } from './priority.ts'
import { reopeningsOf, type Still, stills } from './states.ts'
import type { Life, Run } from './ticket-clocks.ts'
import { timeWithin } from './timing.ts'
import { dueAt, type Verdict } from './verdict.ts'
import { clockTime } from './words.ts'

/** What happened on the clock of a ticket; kept short where the promise was kept, unless all of it is asked for. */
export function stepsOf(outcome: Outcome, context: Context): readonly Step[] {
  const { status, timed, life } = outcome
  if (timed === undefined) return status === 'not-applicable' ? [] : [plainStep(outcome, context)]
  const { verdict, run } = timed
  if (status === 'met' && !context.fullTimelines) return [total(verdict, life, run)]
  const { start, end } = windowOf(outcome, context)
  const steps = status === 'unverified' ? doubtSteps(outcome, timed, life, end) : runSteps(timed, life, start, end)
  return [...steps, ...noteSteps(life, start, end, outcome)].sort(
    (a, b) => a.at.start - b.at.start || a.at.end - b.at.end,
  )
}

/** Why a clock can't be told is said once, by the finding. */
function plainStep(outcome: Outcome, context: Context): Step {
  const { status, reason, life, why } = outcome
  const { origin } = life.ticket
  const at = windowOf(outcome, context)
  return status === 'unverified'
    ? { at, effect: 'unknown', reason, why: 'not known', origin }
    : { at, effect: 'note', reason, why: why ?? reason, origin }
}

function total(verdict: Verdict, life: Life, run: Run): Step {
  const end = Math.max(verdict.start, verdict.stop ?? life.asOf)
  const less = verdict.still > 0 ? `, ${clockTime(verdict.still, verdict)} not counted` : ''
  const origin = run.stopper?.origin ?? life.ticket.origin
  const why = `${clockTime(verdict.counted, verdict)}${less}`
  return { at: { start: verdict.start, end }, effect: 'counted', reason: 'in-time', why, origin }
}

/** What certainly counted, and what may have. */
function doubtSteps({ reason }: Outcome, timed: Timed, life: Life, end: number): Step[] {
  const { run, verdict } = timed
  const { clock } = verdict.allowance
  const from = Math.min(run.start.latest, end)
  const to = Math.max(from, Math.min(run.stop?.from ?? end, end))
  const open = merge([
    { start: run.start.earliest, end: from },
    { start: to, end },
    ...clip(subtract(run.maybeStill, run.still), { start: from, end: to }),
  ])
  const doubtful = open.map((at): Step => {
    const why = `${clockTime(clock.elapsed(at.start, at.end), verdict)} that may have counted`
    return { at, effect: 'unknown', reason, why }
  })
  const certain = subtract([{ start: from, end: to }], open).flatMap(part =>
    runSteps(timed, life, part.start, part.end, false),
  )
  return [...doubtful, ...certain]
}

/** Stretches of `[start, end)` that counted and those that did not, cut where the allowance ran out. */
function runSteps({ run, verdict }: Timed, life: Life, start: number, end: number, cut = true): Step[] {
  const { clock } = verdict.allowance
  const due = cut ? dueAt(run, verdict) : end
  const out: Step[] = []
  const count = (from: number, to: number): void => {
    for (const [a, b, effect] of [
      [from, Math.min(to, due), 'counted'],
      [Math.max(from, due), to, 'over'],
    ] as const) {
      if (a >= b) continue
      const ms = clock.elapsed(a, b)
      // The small rest of a day after closing is no news.
      if (ms === 0 && effect === 'over') continue
      const reason = effect === 'over' ? 'late' : 'running'
      out.push({ at: { start: a, end: b }, effect, reason, why: clockTime(ms, verdict) })
    }
  }
  let from = start
  for (const pause of pausesIn(run, life, start, end)) {
    if (from < pause.start) count(from, pause.start)
    const ms = timeWithin(clock, pause.start, pause.end, [pause])
    const why = `${stillText(pause)}: ${clockTime(ms, verdict)} not counted`
    const origin = pause.cause?.origin
    const at = { start: pause.start, end: pause.end }
    const step = { at, effect: 'paused', reason: pause.why, why } as const
    out.push(origin === undefined ? step : { ...step, origin })
    from = Math.max(from, pause.end)
  }
  if (from < end) count(from, end)
  return out
}

/** The stretches that did not count, each with what began it. */
function pausesIn(run: Run, { resolveStates, asOf }: Life, start: number, end: number): readonly Still[] {
  const named = stills(resolveStates, asOf)
  return run.still.flatMap(still => {
    const cut = { start: Math.max(still.start, start), end: Math.min(still.end, end) }
    if (cut.start >= cut.end) return []
    const inside = named.filter(one => one.start < cut.end && cut.start < one.end)
    if (inside.length === 0) return [{ ...cut, why: 'paused' as const }]
    return inside.map(one => ({ ...one, start: Math.max(one.start, cut.start), end: Math.min(one.end, cut.end) }))
  })
}

function stillText({ why, cause }: Still): string {
  if (why === 'resolved') return cause?.change === 'workaround' ? 'worked around' : 'resolved, until it was reopened'
  return cause?.value === undefined ? 'paused' : `paused in ${cause.value}`
}

/** Instants worth knowing: priorities, reopenings, and what stopped the clock. */
function noteSteps(life: Life, start: number, end: number, { timed, status }: Outcome): Step[] {
  const out: Step[] = []
  const reopenings = reopeningsOf(life.states)
  let priority: PriorityName = life.ticket.priority
  for (const change of life.ticket.changes) {
    const at = { start: change.at.earliest, end: change.at.earliest }
    const { origin } = change
    const seen = at.start >= start && at.start <= end
    if (change.change === 'priority') {
      const why = `priority ${nameText(priority)} → ${nameText(nameIn(change))}`
      priority = nameIn(change)
      if (seen) out.push({ at, effect: 'note', reason: 'priority', why, origin })
    } else if (seen && reopenings.has(change)) {
      out.push({ at, effect: 'note', reason: 'reopened', why: 'reopened', origin })
    }
  }
  const stopper = timed?.run.stopper
  if (stopper !== undefined && timed?.verdict.stop !== undefined && status !== 'unverified') {
    const at = { start: end, end }
    out.push({
      at,
      effect: 'note',
      reason: stopper.change,
      why: stopper.change.replaceAll('-', ' '),
      origin: stopper.origin,
    })
  }
  return out
}

function nameText(name: PriorityName): string {
  return name === undefined ? '(not known)' : (name ?? '(none)')
}
