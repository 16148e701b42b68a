import { nearest } from '../../model/nearest.ts'
import { civilDate, DAY, dayNumber, HOUR, MINUTE } from '../civil.ts'
import type { Problem } from '../duration.ts'
import { builtInCodes, holidayRule } from './built-in.ts'
import { type HolidayRule, type NamedDay, namedDays } from './rule.ts'

/**
 * Public holidays of a country (`FR`), state (`DE-BY`) or region (`DE-BY-A`). What isn't built in comes from
 * date-holidays, loaded only then; that library takes unknown codes for countries without holidays, so they are
 * checked first.
 */
export async function loadHolidayRule(code: string): Promise<HolidayRule | Problem> {
  const builtIn = holidayRule(code)
  if (builtIn !== undefined) return builtIn
  const { default: Holidays } = await import('date-holidays')
  const catalogue = new Holidays()
  const [country = '', state, region, ...more] = code.split('-')

  const countries = catalogue.getCountries('en')
  if (!Object.hasOwn(countries, country)) {
    const named = Object.keys(countries).find(known => countries[known]?.toLowerCase() === code.toLowerCase())
    return unknown(code, 'country', [...builtInCodes(), ...Object.keys(countries)], named)
  }
  const states = keysOf(catalogue.getStates(country))
  if (state !== undefined && !states.includes(state))
    return unknown(
      code,
      'region',
      states.map(s => `${country}-${s}`),
    )
  const regions = state === undefined ? [] : keysOf(catalogue.getRegions(country, state))
  if ((region !== undefined && !regions.includes(region)) || more.length > 0) {
    return unknown(
      code,
      'region',
      regions.map(r => `${country}-${state}-${r}`),
    )
  }

  const english = { languages: ['en'] }
  const holidays =
    state === undefined
      ? new Holidays(country, english)
      : region === undefined
        ? new Holidays(country, state, english)
        : new Holidays(country, state, region, english)
  return yearly(code, year =>
    holidays
      .getHolidays(year)
      .filter(holiday => holiday.type === 'public')
      .flatMap(daysOf),
  )
}

interface Celebrated {
  /** Local: `2026-03-20 00:00:00`, with ` -0600` behind it for what begins six hours before. */
  readonly date: string
  readonly start: Date
  readonly end: Date
  readonly name: string
}

/** The dates whose noon a holiday covers: half days aren't holidays, feasts that begin at sunset are the next date. */
function daysOf(holiday: Celebrated): NamedDay[] {
  const date = holiday.date
  const midnight = dayNumber(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))) * DAY
  const shift = Number(date.slice(20, 23)) * HOUR
  const start = midnight + Number(date.slice(11, 13)) * HOUR + Number(date.slice(14, 16)) * MINUTE + shift
  const end = start + holiday.end.getTime() - holiday.start.getTime()
  const days: NamedDay[] = []
  for (let day = Math.ceil((start - 12 * HOUR) / DAY); day * DAY + 12 * HOUR < end; day++) {
    days.push({ day, name: holiday.name })
  }
  return days
}

/** Holidays can run over New Year, and a substitute day can fall into the year before. */
function yearly(source: string, read: (year: number) => readonly NamedDay[]): HolidayRule {
  const lists = new Map<number, readonly NamedDay[]>()
  const list = (year: number) => {
    const known = lists.get(year) ?? read(year)
    lists.set(year, known)
    return known
  }
  return namedDays(source, year =>
    [...list(year - 1), ...list(year), ...list(year + 1)].filter(({ day }) => civilDate(day).year === year),
  )
}

function keysOf(record: Readonly<Record<string, string>> | undefined): readonly string[] {
  return Object.keys(record ?? {})
}

function unknown(code: string, what: string, candidates: readonly string[], named?: string): Problem {
  const sameLetters = named ?? candidates.find(candidate => candidate.toLowerCase() === code.toLowerCase())
  const few = candidates.length > 0 && candidates.length <= 20 ? `known: ${candidates.join(', ')}` : undefined
  const meant = sameLetters ?? (few === undefined ? nearest(code, candidates) : undefined)
  const hint = meant === undefined ? few : `did you mean ${meant}?`
  return { problem: `no holidays are known for ${what} "${code}"`, ...(hint === undefined ? {} : { hint }) }
}
