import { civilDate } from '../civil.ts'

/** Holidays year by year, as day numbers (days since 1970-01-01), sorted, without repeats. */
export interface HolidayRule {
  of(year: number): readonly number[]
}

/** A list of dates (day numbers) as a rule. */
export function listedDays(days: Iterable<number>): HolidayRule {
  const years = new Map<number, number[]>()
  for (const day of sortedDays(days)) {
    const { year } = civilDate(day)
    const list = years.get(year)
    if (list === undefined) years.set(year, [day])
    else list.push(day)
  }
  return { of: year => years.get(year) ?? [] }
}

/** Sorted, each day once. */
export function sortedDays(days: Iterable<number>): number[] {
  return [...new Set(days)].sort((a, b) => a - b)
}
