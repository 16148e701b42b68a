import { MONTHS, WEEKDAYS } from '../../time/calendar.ts'
import { civilDate, HOUR, weekday } from '../../time/civil.ts'
import { durationText } from '../../time/duration.ts'
import type { Verdict } from './verdict.ts'

/** `2h 5m of support hours`, or plainly `2h 5m` on a clock that always runs. */
export function clockTime(ms: number, { allowance }: Pick<Verdict, 'allowance'>): string {
  const name = allowance.on === 'always' ? 'always' : allowance.clock.rule.name
  return name === 'always' ? hoursText(ms) : `${hoursText(ms)} of ${hoursName(name)}`
}

/** `53h 10m`: hours are not gathered into days, which have no fixed length here. */
export function hoursText(ms: number): string {
  const hours = Math.floor(ms / HOUR)
  if (hours < 24) return durationText(ms)
  const rest = ms - hours * HOUR
  return rest === 0 ? `${hours}h` : `${hours}h ${durationText(rest)}`
}

/** `Wed 6 May`: a day number in words. */
export function dayText(day: number): string {
  const date = civilDate(day)
  const short = (name = '') => name.slice(0, 1).toUpperCase() + name.slice(1, 3)
  return `${short(WEEKDAYS[weekday(day)])} ${date.day} ${short(MONTHS[date.month - 1])}`
}

/** `support hours`. */
function hoursName(calendar: string): string {
  return /hours?$/i.test(calendar) ? calendar : `${calendar} hours`
}

/** The name of the clock that an amount runs on, for `details`. */
export function clockName({ allowance }: Pick<Verdict, 'allowance'>): string {
  return allowance.on === 'always' ? 'always' : allowance.clock.rule.name
}
