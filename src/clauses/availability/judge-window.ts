import type { Finding, Origin, Status } from '../../model/finding.ts'
import type { Quantity } from '../../model/quantity.ts'
import { clip, type Intervals, intersect, subtract, total, union } from '../../time/interval.ts'
import { floorDivide, integer, ratio } from '../fraction.ts'
import type { Context } from '../judge.ts'
import { support } from '../weighted.ts'
import { type Case, favourable, perCase } from './cases.ts'
import { decide, samplingNote } from './decide.ts'
import { evaluate, type Material, type Outcome } from './evaluate.ts'
import { allowance, type Figure, holds } from './figure.ts'
import { meets, type Question, readsTraffic } from './question.ts'
import type { AvailabilityBody } from './schema.ts'
import { timelineOf } from './timeline.ts'
import { rowsIn } from './traffic.ts'
import { beyondBudget } from './units.ts'

/** A finding without its timeline and rows, which `finish` adds: of rolling windows only the worst are shown. */
export interface Judged {
  readonly finding: Omit<Finding, 'timeline' | 'evidence'>
  finish(): Finding
}

/** Judges one window: the four cases, the verdict they allow, the arithmetic. */
export function judgeWindow(question: Question, material: Material, context: Context): Judged {
  const { clause, window, frame } = question
  const { body } = clause
  const outcomes = perCase(which => evaluate(clause, frame, material, which, context))
  const unknown = unknownTime(question, material, outcomes, context)
  const passes = perCase(which => test(outcomes[which].figure, body, which))
  const verdict = decide(question, material, outcomes, passes, unknown, context)
  const { up } = outcomes
  const room = up.figure.base === 0n ? -1n : allowance(up.figure.base, body.target, body.rounding)
  const used = room > 0n && up.figure.down * 100n >= room * BigInt(context.riskPercent)
  const timed = isTimed(body)
  const scale = isWeighed(body) && up.baseTime > 0 ? up.figure.base / BigInt(body.base ?? up.baseTime) : 1n
  const budget = floorDivide(room < 0n ? 0n : room, scale)
  const { status } = verdict
  const breached =
    status === 'breached' && isWeighed(body) ? beyondBudget(up.counted, room < 0n ? 0n : room, scale) : []
  const target = body.target.value
  const doubtful = isWeighed(body) ? subtract(support(outcomes.down.counted), union(support(up.counted), unknown)) : []
  const undecided = union(unknown, doubtful)
  const finding: Judged['finding'] = {
    id: question.id,
    clause: clause.id,
    subject: question.subject,
    window: { start: window.start, end: window.end },
    ...verdict,
    ...(used && (status === 'met' || status === 'pending') && { atRisk: true as const }),
    bound: body.target.bound,
    promised: { unit: 'ratio', part: target.part, of: target.of },
    observed: observedQuantity(up.figure, status),
    ...(up.figure.base > 0n && status !== 'unverified' && { margin: marginOf(status, outcomes, room, scale, body) }),
    ...boundsOf(outcomes),
    ...(breached.length > 0 && { breached }),
    ...(undecided.length > 0 && { undecided }),
    details: {
      accounting: accountingWord(body),
      base: integer(up.figure.base),
      down: integer(up.figure.down),
      fraction: `${up.figure.base - up.figure.down}/${up.figure.base}`,
      ...(timed && {
        base_ms: body.base ?? up.baseTime,
        allowance_ms: Number(budget),
        down_ms: Number(floorDivide(up.figure.down, scale)),
      }),
      ...unitOf(body, up),
      ...(question.doubts[0] !== undefined && verdict.reason === 'missing' && { missing: question.doubts[0].type }),
      excluded_ms: total(up.excluded),
      unknown_ms: total(unknown),
      ...(doubtful.length > 0 && { uncertain_ms: total(doubtful) }),
      service_ms: total(frame.service),
      ...(breached[0] !== undefined && { exceeded_at: breached[0].start }),
    },
    notes: [...verdict.notes, ...samplingNote(passes, status)],
  }
  return {
    finding,
    finish: () => ({
      ...finding,
      timeline: timelineOf(question, material, up, unknown, context),
      evidence: evidenceOf(material, question),
    }),
  }
}

/** The rows that a finding rests on: happenings, or the stretch of request rows. */
function evidenceOf(material: Material, { clause, window }: Question): readonly Origin[] {
  if (readsTraffic(clause.body)) {
    const rows = rowsIn(material.traffic, window)
    return rows === undefined ? [] : [rows]
  }
  return material.downtime.items.filter(item => meets(item.at, window)).map(item => item.origin)
}

/** With nothing left to judge a favourable case has no breach, and an unfavourable one proves nothing. */
function test(figure: Figure, body: AvailabilityBody, which: Case): boolean {
  return figure.base === 0n ? favourable(which) : holds(figure, body.target, body.rounding)
}

/** Requests cannot be bounded where rows are missing, and a running window can still change either way. */
function unknownTime(
  question: Question,
  material: Material,
  outcomes: Readonly<Record<'up', Outcome>>,
  context: Context,
): Intervals {
  const { body } = question.clause
  const known = { start: question.window.start, end: Math.min(question.window.end, context.asOf) }
  if (known.end <= known.start) return []
  const counted = subtract(clip(question.frame.service, known), outcomes.up.excluded)
  const policy = body['no-data'] ?? 'unknown'
  if (policy === 'up' || (policy === 'down' && body.accounting !== 'requests')) return []
  if (!readsTraffic(body))
    return subtract(intersect(clip(material.downtime.unknown, known), counted), support(outcomes.up.counted))
  return subtract(counted, material.traffic.covered)
}

/** True where the figure is made of weighted time: time, slices, users. */
function isWeighed({ accounting }: AvailabilityBody): boolean {
  return accounting !== 'requests' && !(typeof accounting === 'object' && 'mean' in accounting)
}

/** True where base and down are milliseconds (times the scale of the weights). */
function isTimed({ accounting }: AvailabilityBody): boolean {
  if (accounting === undefined || accounting === 'time') return true
  return typeof accounting === 'object' && !('mean' in accounting) && !('users' in accounting)
}

/** What time is counted in and by, where an explanation needs it. */
function unitOf({ accounting, base, 'shortest-outage': shortest }: AvailabilityBody, { baseTime }: Outcome) {
  const short = shortest === undefined ? {} : { shortest_ms: shortest.ms }
  if (typeof accounting !== 'object') return short
  if ('users' in accounting) return { ...short, users: accounting.users, base_ms: base ?? baseTime }
  if ('minutes' in accounting) return { ...short, slice_ms: 60_000 }
  return { ...short, slice_ms: 'whole' in accounting ? accounting.whole : accounting.slices }
}

function accountingWord({ accounting }: AvailabilityBody): string {
  if (accounting === undefined || typeof accounting === 'string') return accounting ?? 'time'
  if ('mean' in accounting) return 'mean'
  return 'minutes' in accounting ? `minutes-${accounting.minutes}` : (Object.keys(accounting)[0] ?? 'time')
}

function observedQuantity({ base, down }: Figure, status: Status): Quantity {
  if (status === 'not-applicable') return { unit: 'none', text: 'nothing to judge' }
  if (status === 'unverified') return { unit: 'none', text: 'not decided by this evidence' }
  if (base === 0n) return { unit: 'none', text: 'no data' }
  return ratio(base - down, base)
}

/** What is left for certain: of a met promise, beside all that the evidence leaves open. */
function marginOf(
  status: Status,
  { up, down }: Readonly<Record<'up' | 'down', Outcome>>,
  room: bigint,
  scale: bigint,
  body: AvailabilityBody,
): Quantity {
  if (status !== 'met' || down.figure.base === 0n) return margin(up.figure, room, scale, body)
  const units = isWeighed(body) && down.baseTime > 0 ? down.figure.base / BigInt(body.base ?? down.baseTime) : 1n
  return margin(down.figure, allowance(down.figure.base, body.target, body.rounding), units, body)
}

/** Down time (or failed requests) left before the promise breaks, negative beyond it; else a difference of shares. */
function margin({ base, down }: Figure, room: bigint, scale: bigint, body: AvailabilityBody): Quantity {
  const left = room < 0n ? -down : room - down
  if (isTimed(body)) return { unit: 'ms', value: Number(floorDivide(left, scale)) }
  if (body.accounting === 'requests') return { unit: 'count', value: Number(left) }
  return ratio(left, base)
}

function boundsOf({ best, worst }: Readonly<Record<'best' | 'worst', Outcome>>): Pick<Finding, 'bounds'> {
  const { figure: low } = worst
  const { figure: high } = best
  if (low.base === 0n || high.base === 0n) return {}
  if ((low.base - low.down) * high.base === (high.base - high.down) * low.base) return {}
  return { bounds: { lowest: ratio(low.base - low.down, low.base), highest: ratio(high.base - high.down, high.base) } }
}
