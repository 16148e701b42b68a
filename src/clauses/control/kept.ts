import type { Finding } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import type { LastingCase } from './lasting.ts'
import { coverEnd } from './rules.ts'
import { keptSteps } from './steps.ts'

/** The one finding where no gap is left, with the longest time between two performances. */
export function keptFinding(one: LastingCase): Finding {
  const { rules, counted, owed, plan } = one
  const { zone, fullTimelines } = plan.context
  const last = counted.filter(({ at }) => at.earliest < owed.end).at(-1)
  const inside = fullTimelines ? counted.filter(({ at }) => at.latest >= owed.start && at.earliest < owed.end) : []
  const rows = inside.length > 0 || last === undefined ? inside : [last]
  const shared = {
    ...base(one, ''),
    window: owed,
    status: 'met' as const,
    reason: 'kept',
    timeline: keptSteps(rows, one),
    evidence: rows.map(({ origin }) => origin),
    notes: presumedNote(owed, one),
  }
  const longest = rules.form === 'every' ? longestDistance(one) : undefined
  if (longest === undefined) {
    const text = rules.form === 'every' ? 'performed in time' : 'valid throughout'
    return { ...shared, observed: { unit: 'none', text } }
  }
  const { start, end } = longest
  const promised = coverEnd(zone, start, { amount: rules.amount, tolerance: undefined }) - start
  const allowed = coverEnd(zone, start, rules) - start
  const observed = end - start
  return {
    ...shared,
    ...(isNear(observed, promised, allowed, one) && { atRisk: true as const }),
    bound: 'at-most',
    promised: { unit: 'ms', value: promised },
    observed: { unit: 'ms', value: observed },
    margin: { unit: 'ms', value: allowed - observed },
  }
}

/** The longest time from one performance that counts to the next, or to the end of what is judged. */
function longestDistance({ counted, owed, cover, plan, rules }: LastingCase): Interval | undefined {
  const { first } = cover
  const points = [
    ...(first === undefined ? [] : [{ earliest: first.at, latest: first.at }]),
    ...counted.map(({ at }) => at),
  ].sort((a, b) => a.earliest - b.earliest)
  let longest: Interval | undefined
  for (const [i, { earliest: start }] of points.entries()) {
    const next = points[i + 1]
    const end = next === undefined || next.earliest > owed.end ? owed.end : next.latest
    if (end <= owed.start || start >= owed.end) continue
    const slack = coverEnd(plan.context.zone, start, rules) - end
    const least = longest === undefined ? Infinity : coverEnd(plan.context.zone, longest.start, rules) - longest.end
    if (slack < least) longest = { start, end }
  }
  return longest
}

/** Whether little of the time is left; of a tolerance only what goes beyond the interval itself counts. */
export function isNear(used: number, promised: number, allowed: number, { rules, plan }: LastingCase): boolean {
  if (allowed <= 0 || used * 100 < allowed * plan.context.riskPercent) return false
  return rules.tolerance === undefined || used > promised
}

/** A presumed performance is named where it keeps something that no other does. */
export function presumedNote(stretch: Interval, { presumed }: LastingCase): readonly string[] {
  if (presumed === undefined || presumed.end < stretch.start || presumed.start >= stretch.end) return []
  return ['the log tells of nothing before: a performance is presumed where it starts']
}

export function base({ plan, series, rules, performed }: LastingCase, suffix: string) {
  const { clause, promised } = plan
  const { subject } = series
  return {
    id: `${clause.id}${subject === '' ? '' : `/${subject}`}${suffix}`,
    clause: clause.id,
    promise: rules.form,
    subject,
    promised: { unit: 'none' as const, text: promised },
    details: {
      ...(plan.rules.name !== clause.id && { control: plan.rules.name }),
      amount: rules.amount.text.trim(),
      ...(rules.tolerance !== undefined && { tolerance: rules.tolerance.text.trim() }),
      performances: performed,
    },
  }
}
