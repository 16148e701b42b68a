import { businessDayAfter, firstBusinessDay } from '../clauses/support/business-days.ts'
import { type Allowance, allowanceOf, type ClockRules, countedTime, dueOf } from '../clauses/support/timing.ts'
import type { BusinessDays, ClosedDate, CountedTime, Due, NotCountedTime } from '../model/due.ts'
import type { Interval } from '../model/interval.ts'
import { civilDate, dateText } from '../time/civil.ts'
import type { BusinessDayMode, Clock } from '../time/clock.ts'
import type { Duration } from '../time/duration.ts'
import { clip, type Intervals, subtract } from '../time/interval.ts'
import { localDay, startOfDay } from '../time/local.ts'
import { holidayNames } from './calendar.ts'

/** From when an amount runs, what pauses it (an open pause ends at `at`), and the instant asked about. */
export interface DueQuestion {
  readonly start: number
  readonly pauses: Intervals
  readonly at?: number
}

type Steps = Pick<Allowance, 'on'> &
  Pick<Due, 'opens' | 'allowanceMs' | 'due' | 'counted' | 'notCounted' | 'at' | 'businessDays'>

/** When an amount is due and what counts until then. RangeError where the calendar has no open hour within a year. */
export function dueSteps(amount: Duration, rules: ClockRules, { start, pauses, at }: DueQuestion): Steps {
  const allowance = allowanceOf(amount, start, rules)
  const { clock, ms } = allowance
  const due = dueOf(allowance, start, pauses)
  const counted = at === undefined ? 0 : countedTime(clock, start, at, pauses)
  return {
    on: allowance.on,
    opens: clock.deadline(start, 0),
    allowanceMs: ms,
    due,
    ...(amount.unit === 'business-days' && {
      businessDays: businessDays(amount.days, rules, allowance, { start, pauses }),
    }),
    ...timesUntil(clock, start, due, pauses),
    ...(at !== undefined && { at: { instant: at, countedMs: counted, leftMs: ms - counted } }),
  }
}

/** What of the time until a due instant counts on a clock, and what doesn't. */
export function timesUntil(
  clock: Clock,
  start: number,
  due: number,
  pauses: Intervals,
): Pick<Due, 'counted' | 'notCounted'> {
  const until = { start, end: due }
  const open = clock.open(start, due)
  return {
    counted: subtract(open, pauses).map(part => countedPart(clock, part)),
    notCounted: [
      ...subtract([until], open).map(part => closedPart(clock, part)),
      ...clip(pauses, until).map(part => pausedPart(clock, part)),
    ].sort((a, b) => a.start - b.start),
  }
}

const MODES: readonly BusinessDayMode[] = ['end-of-day', 'same-time', 'working-hours']

function businessDays(count: number, rules: ClockRules, { clock }: Allowance, question: DueQuestion): BusinessDays {
  const { start, pauses } = question
  const { businessDay: mode } = rules
  const first = firstBusinessDay(clock, start)
  const amount: Duration = { unit: 'business-days', days: count, text: '' }
  return {
    mode,
    count,
    first: dateText(first),
    ...(mode !== 'working-hours' && { last: dateText(businessDayAfter(clock, first, count)) }),
    otherReadings: MODES.filter(other => other !== mode).flatMap(other => {
      const found = dueIn(other)
      return found === undefined ? [] : [{ mode: other, due: found }]
    }),
  }

  /** Undefined where a calendar opens so rarely that this reading has no due instant. */
  function dueIn(other: BusinessDayMode): number | undefined {
    try {
      return dueOf(allowanceOf(amount, start, { ...rules, businessDay: other }), start, pauses)
    } catch (error) {
      if (error instanceof RangeError) return undefined
      throw error
    }
  }
}

function countedPart(clock: Clock, { start, end }: Interval): CountedTime {
  const exception = clock.rule.except.has(localDay(clock.zone, start))
  return { start, end, ms: end - start, ...(exception && { exception: true as const }) }
}

function pausedPart(clock: Clock, { start, end }: Interval): NotCountedTime {
  return { start, end, ms: clock.elapsed(start, end), reason: 'paused' }
}

function closedPart(clock: Clock, { start, end }: Interval): NotCountedTime {
  const dates: ClosedDate[] = []
  for (let day = localDay(clock.zone, start); startOfDay(clock.zone, day) < end; day++) {
    const whole = { start: startOfDay(clock.zone, day), end: startOfDay(clock.zone, day + 1) }
    if (whole.start === whole.end || clock.open(whole.start, whole.end).length > 0) continue
    dates.push({ date: dateText(day), ...whyClosed(clock, day) })
  }
  return { start, end, ms: 0, reason: 'closed', ...(dates.length > 0 && { dates }) }
}

function whyClosed({ rule }: Clock, day: number): Omit<ClosedDate, 'date'> {
  const names = holidayNames(rule, day)
  if (rule.except.has(day)) return { reason: 'exception', names: names ?? [] }
  if (names !== undefined) return { reason: 'holiday', names }
  const inSeason = rule.months === undefined || rule.months.has(civilDate(day).month)
  return { reason: inSeason ? 'weekly' : 'out-of-season', names: [] }
}
