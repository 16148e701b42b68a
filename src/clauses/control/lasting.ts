import type { Finding } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import type { Quantity } from '../../model/quantity.ts'
import { DAY } from '../../time/civil.ts'
import { clip, firstEndingAfter, overlaps, union } from '../../time/interval.ts'
import { certain } from '../../time/known.ts'
import type { Zone } from '../../time/zone.ts'
import { type Gap, gapsOf, neighbours } from '../cover.ts'
import { makeNear } from '../near.ts'
import { type Cover, coverOf, type Lasting } from './cover.ts'
import { base, isNear, keptFinding, presumedNote } from './kept.ts'
import { gapLabel } from './labels.ts'
import type { Performance } from './performances.ts'
import type { ControlPlan, Series } from './plan.ts'
import { coverEnd } from './rules.ts'
import { gapSteps } from './steps.ts'

/** A series of performances under a promise that holds at all times. */
export interface LastingCase {
  readonly plan: ControlPlan
  readonly rules: Lasting
  readonly series: Series
  readonly cover: Cover
  /** The performances that count, or may. */
  readonly done: readonly Performance[]
  /** Those that count for certain. */
  readonly counted: readonly Performance[]
  /** The time of the period that is judged: up to `as of`. */
  readonly owed: Interval
  /** Of `done` those that may cover time of a stretch. */
  near(within: Interval): readonly Performance[]
  /** How many that count for certain lie in it. */
  readonly performed: number
  /** The time that a presumed first performance keeps and no other does. */
  readonly presumed?: Interval
}

/** Longer than usual is only what is hardly dated. */
function nearOf(done: readonly Performance[], rules: Lasting, zone: Zone) {
  let usual = 0
  const list = done.map(item => {
    const until = coverEnd(zone, item.at.latest, rules)
    if (item.at.latest - item.at.earliest <= 2 * DAY) usual = Math.max(usual, until - item.at.earliest)
    return { at: item.at, until, item }
  })
  return makeNear(list, usual)
}

function summaryOf(counted: readonly Performance[], owed: Interval, cover: Cover) {
  const performed = counted.filter(({ at }) => at.latest >= owed.start && at.earliest < owed.end).length
  const { first } = cover
  if (first?.presumed !== true) return { performed }
  const next = counted.find(({ at }) => at.latest > first.at)?.at.latest ?? Number.POSITIVE_INFINITY
  return { performed, presumed: { start: first.at, end: Math.min(first.end, next) } }
}

/** One finding for each gap; all kept: one; and what falls due next, while the period runs. */
export function* lastingFindings(plan: ControlPlan, rules: Lasting, series: Series): Iterable<Finding> {
  const { period, context, termStart } = plan
  const cover = coverOf(series, rules, plan, plan.complete([context.period]))
  const owed = { start: period.start, end: Math.max(period.start, Math.min(period.end, context.asOf)) }
  const done = series.list.filter(({ counts }) => counts !== 'no')
  const counted = done.filter(({ counts }) => counts === 'yes')
  const one: LastingCase = {
    plan,
    rules,
    series,
    cover,
    done,
    counted,
    owed,
    near: nearOf(done, rules, context.zone),
    ...summaryOf(counted, owed, cover),
  }
  const next = nextFinding(one)
  if (owed.start < owed.end) {
    const from = Math.min(owed.start, termStart ?? series.list[0]?.at.earliest ?? owed.start)
    const gaps = gapsOf(certain([{ start: from, end: owed.end }]), cover.known).filter(({ at }) => at.end > owed.start)
    const alone = gaps.length === 0 && !overlaps(cover.told.sure, owed)
    if (alone && cover.first?.presumed === true && next === undefined) {
      yield gapFinding({ at: owed, breached: [], undecided: [owed] }, one)
    } else if (gaps.length === 0 && !(alone && next !== undefined)) {
      // What the first clock alone has kept so far is only pending.
      yield keptFinding(one)
    }
    for (const gap of gaps) yield gapFinding(gap, one)
  }
  if (next !== undefined) yield next
}

/** What is lost for certain is shown whole where some of it is owed; of what is not known only what is owed. */
function gapFinding(whole: Gap, one: LastingCase): Finding {
  const { plan, rules, done, cover, owed } = one
  const { asOf, zone } = plan.context
  const isLost = overlaps(whole.breached, owed)
  const [lost = owed] = whole.breached
  const undecided = clip(whole.undecided, owed)
  const shown = union(isLost ? whole.breached : [], undecided)
  const at = { start: shown[0]?.start ?? owed.start, end: shown.at(-1)?.end ?? owed.end }
  const places = neighbours(done, isLost ? { start: lost.start, end: at.end } : at)
  const before = places.before === undefined ? undefined : done[places.before]
  const after = places.after === undefined ? undefined : done[places.after]
  const { reason, why, columns } = isLost
    ? breachOf((whole.breached.at(-1)?.end ?? 0) >= asOf, rules)
    : doubtOf(at, one)
  const first = cover.first !== undefined && cover.first.at <= at.start ? cover.first.at : undefined
  const start = before?.at.latest ?? first
  const exact = before === undefined || (before.counts === 'yes' && before.at.earliest === before.at.latest)
  const isFrom = !isLost || start === lastBefore(start, lost, one)
  const label = gapLabel(zone, isLost ? lost.start : at.start, rules.form === 'every' ? rules.amount : undefined)
  return {
    ...base(one, `/${label}`),
    window: at,
    status: isLost ? 'breached' : 'unverified',
    reason,
    ...(start !== undefined && exact && isFrom && { start }),
    ...(isLost && { due: lost.start }),
    observed: { unit: 'none', text: why },
    ...(isLost && distances(start, lost, one)),
    ...(isLost && { breached: whole.breached }),
    ...(undecided.length > 0 && { undecided }),
    timeline: gapSteps({ breached: isLost ? whole.breached : [], undecided, reason, why }, before, after, one),
    evidence: [before, after].flatMap(found => (found === undefined ? [] : [found.origin])),
    notes: [
      ...columns.map(column => `column ${column} is missing or unknown`),
      ...presumedNote(at, one),
      ...(reason === 'not-logged' ? [SETTLES] : []),
    ],
  }
}

const SETTLES = 'a log that reaches further back, or a coverage row, would settle it'

function breachOf(isOpen: boolean, { form }: Lasting) {
  const why = form === 'every' ? 'nothing performed in time' : 'nothing valid'
  return { reason: isOpen ? 'overdue' : 'gap', why, columns: [] as readonly string[] }
}

/** Why it is not known whether a gap is one. */
function doubtOf(gap: Interval, { near: within, cover, rules, plan }: LastingCase) {
  const { zone } = plan.context
  const near = within(gap).filter(
    ({ at, validUntil = Number.MAX_SAFE_INTEGER }) =>
      at.earliest < gap.end && Math.min(coverEnd(zone, at.latest, rules), validUntil) > gap.start,
  )
  const unsure = near.filter(({ counts }) => counts === 'maybe')
  const columns = [...new Set(unsure.flatMap(one => one.columns))]
  const [doubt] = unsure
  if (doubt !== undefined) return { reason: 'column-missing', why: doubt.why, columns }
  if (overlaps(cover.unlogged, gap)) {
    return { reason: 'not-logged', why: 'a performance may be missing from the log, which does not hold all', columns }
  }
  if (near.length > 0) return { reason: 'date-only', why: 'only the day of a performance is known', columns }
  return { reason: 'not-logged', why: 'no performance in the log: one before it may still count', columns }
}

/** The least time without a performance against what is promised; of a validity the gap alone. */
function distances(before: number | undefined, lost: Interval, one: LastingCase) {
  const { rules, cover, plan } = one
  const ms = (value: number): Quantity => ({ unit: 'ms', value })
  const { zone, asOf, contract } = plan.context
  if (rules.form === 'valid-for' || before === undefined) return { observed: ms(lost.end - lost.start) }
  const start = lastBefore(before, lost, one) ?? before
  const { possible } = cover.known
  const next = possible[firstEndingAfter(possible, lost.start)]?.start ?? Number.POSITIVE_INFINITY
  const end = Math.max(lost.end, Math.min(next, asOf, contract.term?.end ?? asOf))
  const promised = coverEnd(zone, start, { amount: rules.amount, tolerance: undefined }) - start
  return {
    bound: 'at-most' as const,
    promised: ms(promised),
    observed: ms(end - start),
    margin: ms(lost.start - end),
  }
}

/** The last that may have come before a loss: one that the log tells of, or does not hold. */
function lastBefore(told: number | undefined, lost: Interval, { rules, cover, plan }: LastingCase): number | undefined {
  const { zone } = plan.context
  const untold = cover.outside.findLast(({ end }) => coverEnd(zone, end, rules) <= lost.start)?.end
  return told === undefined || untold === undefined ? told : Math.max(told, untold)
}

/** What is owed next, while the period runs; nothing where it is missing already, or falls due after the term. */
function nextFinding(one: LastingCase): Finding | undefined {
  const { plan, cover, counted, rules } = one
  const { asOf, zone, contract } = plan.context
  if (asOf >= plan.period.end) return undefined
  const from = Math.max(asOf, plan.period.start)
  const due = cover.known.sure.find(({ start, end }) => start <= from && from <= end)?.end
  if (due === undefined || due >= (contract.term?.end ?? Number.POSITIVE_INFINITY)) return undefined
  const last = counted.filter(({ at }) => at.latest <= asOf).at(-1)
  const start = last?.at.latest ?? cover.first?.at
  const used = start === undefined ? 0 : asOf - start
  const nominal =
    start === undefined ? 0 : coverEnd(zone, start, { amount: rules.amount, tolerance: undefined }) - start
  const near = start !== undefined && isNear(used, nominal, due - start, one)
  const label = gapLabel(zone, due, rules.form === 'every' ? rules.amount : undefined)
  return {
    ...base(one, `/${label}`),
    window: { start: Math.min(start ?? asOf, asOf), end: due },
    status: 'pending',
    reason: 'running',
    ...(near && { atRisk: true as const }),
    ...(start !== undefined && { start }),
    due,
    ...(rules.form === 'every' && start !== undefined
      ? {
          bound: 'at-most' as const,
          promised: { unit: 'ms' as const, value: nominal },
          observed: { unit: 'ms' as const, value: Math.max(0, used) },
          margin: { unit: 'ms' as const, value: due - asOf },
        }
      : { observed: { unit: 'none' as const, text: 'valid so far' } }),
    timeline: [
      {
        at: { start: Math.min(start ?? asOf, asOf), end: asOf },
        effect: 'counted',
        reason: 'running',
        why: last === undefined ? 'the first clock runs' : `last ${last.why}`,
        ...(last !== undefined && { origin: last.origin }),
      },
    ],
    evidence: last === undefined ? [] : [last.origin],
    notes: presumedNote({ start: from, end: due }, one),
  }
}
