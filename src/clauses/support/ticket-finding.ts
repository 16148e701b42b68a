import type { Ticket } from '../../evidence/records.ts'
import type { Finding, Origin } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import { targetText } from './amounts.ts'
import { windowOf } from './membership.ts'
import { isPausedNow, notesOf } from './notes.ts'
import type { Outcome, Timed } from './outcome.ts'
import type { Plan } from './plan.ts'
import { stepsOf } from './steps.ts'
import type { Life } from './ticket-clocks.ts'
import { amountText } from './timing.ts'
import { breachAt, dueAt, isAtRisk, marginOf } from './verdict.ts'
import { clockName } from './words.ts'

type Draft = { -readonly [K in keyof Finding]: Finding[K] }

/** The finding on one ticket, with all that can be said of it. */
export function ticketFinding(outcome: Outcome, ticket: Ticket, plan: Plan): Finding {
  const { timed } = outcome
  return timed === undefined ? plainFinding(outcome, ticket, plan) : timedFinding(outcome, timed, ticket, plan)
}

// Fields that only some have are set one by one: a million findings are made, and spreading objects costs most of it.

function plainFinding(outcome: Outcome, ticket: Ticket, plan: Plan): Finding {
  const { promise, priority, status, reason, column, start } = outcome
  const { id } = plan.clause
  const target = promise === undefined ? undefined : plan.priorities.get(priority ?? '')?.[promise]
  const finding: Draft = {
    id: `${id}/${promise === undefined ? '' : `${priority}-${promise}/`}${ticket.id}`,
    clause: id,
    subject: ticket.id,
    window: windowOf(outcome, plan.context),
    status,
    reason,
    promised: { unit: 'none', text: target === undefined ? (outcome.promises ?? []).join(', ') : targetText(target) },
    observed: { unit: 'none', text: outcome.why ?? '' },
    timeline: stepsOf(outcome, plan.context),
    evidence: evidenceOf(outcome, ticket),
    notes: notesOf(outcome, plan),
  }
  if (promise !== undefined) finding.promise = promise
  if (Number.isFinite(start.earliest)) finding.start = start.earliest
  const details: Record<string, string | number> = {}
  if (priority !== undefined) details.priority = priority
  if (reason === 'missing') details.missing = 'ticket-change'
  if (column !== undefined) details.column = column
  if (Object.keys(details).length > 0) finding.details = details
  return finding
}

function timedFinding(outcome: Outcome, timed: Timed, ticket: Ticket, plan: Plan): Finding {
  const { status, life, promise = '', priority = '', column } = outcome
  const { verdict, run, updates } = timed
  const { allowance, counted, start, stop, bounds, still } = verdict
  const { riskPercent } = plan.context
  const { id } = plan.clause
  const window = windowOf(outcome, plan.context)
  const next = status === 'pending' ? (updates?.running ?? timed) : timed
  const details: Record<string, string | number> = {
    priority,
    clock: clockName(verdict),
    amount: amountText(timed.amount),
    counted_ms: counted,
    paused_ms: still,
  }
  const opened = openedAt(ticket)
  if (opened !== undefined && opened !== start) details.opened_at = opened
  if (stop !== undefined) details.stopped_at = stop
  if (column !== undefined) details.column = column
  if (updates !== undefined && updates.over > 1) details.stretches_over = updates.over
  const finding: Draft = {
    id: `${id}/${priority}-${promise}/${ticket.id}`,
    clause: id,
    promise,
    subject: ticket.id,
    window,
    status,
    reason: isPausedNow(outcome) ? 'paused' : outcome.reason,
    start,
    due: dueAt(next.run, next.verdict),
    bound: 'at-most',
    promised: { unit: 'ms', value: allowance.ms },
    observed: { unit: 'ms', value: counted },
    details,
    timeline: stepsOf(outcome, plan.context),
    evidence: evidenceOf(outcome, ticket),
    notes: notesOf(outcome, plan),
  }
  if (isAtRisk(status, verdict, riskPercent)) finding.atRisk = true
  const margin = marginOf(status, verdict)
  if (margin === undefined) finding.undecided = undecided(timed, life, window.end)
  else finding.margin = { unit: 'ms', value: margin }
  if (bounds !== undefined && (status === 'unverified' || run.missing === undefined)) {
    finding.bounds = { lowest: { unit: 'ms', value: bounds.lowest }, highest: { unit: 'ms', value: bounds.highest } }
  }
  if (status === 'breached') {
    const over = breachAt(run, verdict)
    if (over < window.end) finding.breached = [{ start: over, end: window.end }]
  }
  return finding
}

function undecided({ run }: Timed, life: Life, end: number): readonly Interval[] {
  const from = Math.max(run.start.earliest, run.stop?.from ?? run.start.earliest)
  const to = Math.max(end, run.stop?.to ?? life.asOf)
  return from < to ? [{ start: from, end: to }] : []
}

function openedAt({ changes }: Ticket): number | undefined {
  const opening = changes.find(({ change }) => change === 'opened')
  return opening?.at.earliest
}

/** The rows that decided: the opening, what stopped the clock, and what moved it in between. */
function evidenceOf({ timed, life }: Outcome, ticket: Ticket): readonly Origin[] {
  const rows = makeRows()
  if (ticket.flaw !== undefined) for (const origin of ticket.flaw.origins) rows.add(origin)
  rows.add(ticket.origin)
  if (timed === undefined) return rows.list
  const end = timed.verdict.stop ?? Number.POSITIVE_INFINITY
  const moved = new Set(life.resolveStates.cause)
  for (const change of ticket.changes) {
    if (change.at.earliest > end) break
    if (change.change === 'opened' || change.change === 'priority' || moved.has(change)) rows.add(change.origin)
  }
  const stopper = timed.run.stopper?.origin
  if (stopper !== undefined) rows.add(stopper)
  return rows.list
}

/** Rows, each once. Most tickets have few: a set is only made for many. */
function makeRows(): { readonly list: readonly Origin[]; add(origin: Origin): void } {
  const list: Origin[] = []
  let seen: Set<string> | undefined
  return {
    list,
    add(origin) {
      if (list.length < FEW) {
        if (!list.some(other => isSame(other, origin))) list.push(origin)
        return
      }
      seen ??= new Set(list.map(keyOf))
      const key = keyOf(origin)
      if (seen.has(key)) return
      seen.add(key)
      list.push(origin)
    },
  }
}

const FEW = 16

function keyOf({ input, line, item, to }: Origin): string {
  return `${input} ${line} ${item} ${to}`
}

function isSame(a: Origin, b: Origin): boolean {
  return a.input === b.input && a.line === b.line && a.item === b.item && a.to === b.to
}
