import type { Clause } from '../../contract/contract.ts'
import type { Interval } from '../../model/interval.ts'
import { type Intervals, intersect, merge, union } from '../../time/interval.ts'
import { type Context, servicesOf } from '../judge.ts'
import { type Performance, performancesOf } from './performances.ts'
import { type ControlRules, rulesOf, rulesText } from './rules.ts'
import type { ControlBody } from './schema.ts'

/** What a control clause asks of the evidence, worked out once. */
export interface ControlPlan {
  readonly clause: Clause<ControlBody>
  readonly context: Context
  readonly rules: ControlRules
  readonly promised: string
  /** The part of the period that lies in the term. */
  readonly period: Interval
  readonly termStart: number | undefined
  readonly performances: readonly Performance[]
  /** Where every performance is in the log, given the windows judged. */
  complete(windows: readonly Interval[]): Intervals
}

export function planOf(clause: Clause<ControlBody>, context: Context): ControlPlan {
  const { period, contract } = context
  const rules = rulesOf(clause.body, clause.id)
  const performances = performancesOf(rules, { clause, context })
  const start = Math.max(period.start, contract.term?.start ?? period.start)
  return {
    clause,
    context,
    rules,
    promised: rulesText(rules),
    period: { start, end: Math.max(start, Math.min(period.end, contract.term?.end ?? period.end)) },
    termStart: contract.term?.start,
    performances,
    complete: windows => completeTime(rules.type, windows, performances[0]?.at.latest, clause, context),
  }
}

/** The performances of one subject, and whatever names none, which may be of any. */
export interface Series {
  /** `''`: all performances together. */
  readonly subject: string
  /** By time. */
  readonly list: readonly Performance[]
}

/** Each subject by name where they are told apart, else all as one. */
export function seriesOf({ rules, performances }: ControlPlan): readonly Series[] {
  if (!rules.perSubject) return [{ subject: '', list: performances }]
  const bySubject = new Map<string, Performance[]>()
  const ofAny: Performance[] = []
  const isAny = ({ subject }: Performance) => subject === '' || (rules.type === 'restore' && subject === 'all')
  for (const one of performances) {
    const own = bySubject.get(one.subject)
    if (isAny(one)) ofAny.push(one.subject === '' ? undecided(one) : one)
    else if (own === undefined) bySubject.set(one.subject, [one])
    else own.push(one)
  }
  if (bySubject.size === 0) return [{ subject: '', list: performances }]
  return [...bySubject]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([subject, own]) => ({
      subject,
      list: ofAny.length === 0 ? own : [...own, ...ofAny].sort((a, b) => a.at.earliest - b.at.earliest),
    }))
}

function undecided(one: Performance): Performance {
  if (one.counts === 'no') return one
  const why = `${one.counts === 'yes' ? '' : `${one.why}, `}its subject is not known`
  return { ...one, counts: 'maybe', why, columns: [...one.columns, 'subject'] }
}

/** A log of which nothing else is said reaches back to its first row where that lies before the period. */
function completeTime(
  type: string,
  windows: readonly Interval[],
  first: number | undefined,
  clause: Clause,
  context: Context,
): Intervals {
  const each = servicesOf(clause, context.contract).map(service => {
    const complete = context.complete(type, service, windows)
    const [begin] = complete
    if (context.declared(type, service) !== undefined || begin === undefined) return complete
    return first === undefined || first >= begin.start
      ? complete
      : union([{ start: first, end: begin.start }], complete)
  })
  return each.reduce<Intervals>((a, b) => intersect(a, b), merge([{ start: -FAR, end: FAR }]))
}

const FAR = Number.MAX_SAFE_INTEGER
