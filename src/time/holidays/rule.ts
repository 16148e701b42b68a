import { civilDate } from '../civil.ts'

/** Holidays year by year, as day numbers (days since 1970-01-01), sorted, without repeats. */
export interface HolidayRule {
  of(year: number): readonly number[]
  /** What a day is called, where that is known; several names when holidays fall together. */
  names?(day: number): readonly string[]
  /** Where the days come from: `FR`, `3 dates`. */
  readonly source?: string
}

export interface NamedDay {
  readonly day: number
  /** Empty where it isn't known. */
  readonly name: string
}

/** A rule from the named days of each year, in any order. */
export function namedDays(source: string, list: (year: number) => readonly NamedDay[]): HolidayRule {
  return {
    source,
    of: year => sortedDays(list(year).map(({ day }) => day)),
    names: day => {
      const found = list(civilDate(day).year).filter(entry => entry.day === day && entry.name !== '')
      return [...new Set(found.map(({ name }) => name))]
    },
  }
}

/** A list of dates (day numbers) as a rule. */
export function listedDays(days: Iterable<number>): HolidayRule {
  const years = new Map<number, number[]>()
  const sorted = sortedDays(days)
  for (const day of sorted) {
    const { year } = civilDate(day)
    const list = years.get(year)
    if (list === undefined) years.set(year, [day])
    else list.push(day)
  }
  return { of: year => years.get(year) ?? [], source: `${sorted.length} ${sorted.length === 1 ? 'date' : 'dates'}` }
}

/** Sorted, each day once. */
export function sortedDays(days: Iterable<number>): number[] {
  return [...new Set(days)].sort((a, b) => a - b)
}
