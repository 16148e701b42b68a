import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { dateText, dayNumber, weekday } from '../../../src/time/civil.ts'
import { builtInCodes, holidayRule } from '../../../src/time/holidays/built-in.ts'
import { easter } from '../../../src/time/holidays/easter.ts'
import { loadHolidayRule } from '../../../src/time/holidays/load.ts'

const years = Array.from({ length: 51 }, (_, i) => 2000 + i)

async function rule(code: string) {
  const loaded = await loadHolidayRule(code)
  if ('problem' in loaded) throw new Error(loaded.problem)
  return loaded
}

const dates = (days: readonly number[]) => days.map(dateText)

describe('Easter', () => {
  it('falls on the dates in the almanac', () => {
    expect([1961, 2000, 2008, 2011, 2019, 2024, 2025, 2026, 2038].map(year => dateText(easter(year)))).toEqual([
      '1961-04-02',
      '2000-04-23',
      '2008-03-23',
      '2011-04-24',
      '2019-04-21',
      '2024-03-31',
      '2025-04-20',
      '2026-04-05',
      '2038-04-25',
    ])
  })

  it('is the Sunday after the first full moon of spring, by the tables of Lilius', () => {
    for (let year = 1900; year < 2100; year++) {
      // Golden number and epact of the Gregorian calendar as valid for 1900–2199.
      const golden = (year % 19) + 1
      let epact = (11 * (golden - 1) + 29) % 30
      if (epact === 25 && golden > 11) epact = 26
      if (epact === 24) epact = 25
      const moon = epact < 24 ? dayNumber(year, 4, 13) - epact : dayNumber(year, 4, 43) - epact
      expect(easter(year), String(year)).toBe(moon + 7 - ((weekday(moon) + 1) % 7))
    }
  })
})

describe('built-in holidays', () => {
  it('of France, with those of Alsace-Moselle', async () => {
    expect(dates((await rule('FR')).of(2026))).toEqual([
      '2026-01-01',
      '2026-04-06',
      '2026-05-01',
      '2026-05-08',
      '2026-05-14',
      '2026-05-25',
      '2026-07-14',
      '2026-08-15',
      '2026-11-01',
      '2026-11-11',
      '2026-12-25',
    ])
    for (const code of ['FR-57', 'FR-67', 'FR-68']) {
      const more = dates((await rule(code)).of(2026))
      expect(more).toHaveLength(13)
      expect(more).toContain('2026-04-03')
      expect(more).toContain('2026-12-26')
    }
    const working = (year: number) =>
      holidayRule('FR')
        ?.of(year)
        .filter(day => weekday(day) < 5).length
    expect([2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027, 2028, 2029, 2030].map(working)).toEqual([
      9, 7, 7, 9, 10, 10, 9, 7, 9, 9, 10,
    ])
    // 1 May 2008 was Ascension Day too.
    expect(holidayRule('FR')?.of(2008)).toHaveLength(10)
  })

  it('of Belgium and Germany', () => {
    expect(dates(holidayRule('BE')?.of(2026) ?? [])).toEqual([
      '2026-01-01',
      '2026-04-06',
      '2026-05-01',
      '2026-05-14',
      '2026-05-25',
      '2026-07-21',
      '2026-08-15',
      '2026-11-01',
      '2026-11-11',
      '2026-12-25',
    ])
    expect(dates(holidayRule('DE')?.of(2026) ?? [])).toEqual([
      '2026-01-01',
      '2026-04-03',
      '2026-04-06',
      '2026-05-01',
      '2026-05-14',
      '2026-05-25',
      '2026-10-03',
      '2026-12-25',
      '2026-12-26',
    ])
    expect(dates(holidayRule('DE-HE')?.of(2017) ?? [])).toContain('2017-10-31')
    expect(dates(holidayRule('DE-BE')?.of(2025) ?? [])).toContain('2025-05-08')
    expect(dates(holidayRule('DE-BE')?.of(2018) ?? [])).not.toContain('2018-03-08')
    expect(dates(holidayRule('DE-SN')?.of(2026) ?? [])).toContain('2026-11-18')
    expect(holidayRule('XX')).toBeUndefined()
    expect(holidayRule('toString')).toBeUndefined()
  })

  it.each(builtInCodes())('of %s equal date-holidays, 2000 to 2050', code => {
    const Holidays = createRequire(import.meta.url)('date-holidays') as new (
      ...place: string[]
    ) => { getHolidays(year: number): { date: string; type: string }[] }
    const library = new Holidays(...code.split('-'))
    for (const year of years) {
      const listed = library
        .getHolidays(year)
        .filter(h => h.type === 'public')
        .map(h => h.date.slice(0, 10))
      expect(dates(holidayRule(code)?.of(year) ?? []), String(year)).toEqual([...new Set(listed)].sort())
    }
  })
})

describe('names of holidays', () => {
  it('are told for each built-in day, all of them where holidays fall together', () => {
    const name = (code: string, ...date: readonly [number, number, number]) =>
      holidayRule(code)?.names?.(dayNumber(...date))
    expect(name('FR', 2026, 5, 8)).toEqual(['Victory Day'])
    expect(name('FR', 2026, 5, 25)).toEqual(['Whit Monday'])
    expect(name('FR', 2026, 7, 14)).toEqual(['Bastille Day'])
    // Ascension Day of 2008 was 1 May.
    expect(name('FR', 2008, 5, 1)).toEqual(['Labour Day', 'Ascension Day'])
    expect(name('DE-BY', 2026, 6, 4)).toEqual(['Corpus Christi'])
    expect(name('DE-SN', 2026, 11, 18)).toEqual(['Day of Prayer and Repentance'])
    expect(name('FR', 2026, 5, 26)).toEqual([])
    for (const code of builtInCodes()) {
      const days = holidayRule(code)?.of(2026) ?? []
      expect(
        days.map(day => holidayRule(code)?.names?.(day).length ?? 0),
        code,
      ).toEqual(days.map(() => 1))
      expect(holidayRule(code)?.source).toBe(code)
    }
  })

  it('of other countries come in English', async () => {
    const netherlands = await rule('NL')
    expect(netherlands.names?.(dayNumber(2026, 4, 27))).toEqual(["King's Day"])
    expect(netherlands.names?.(dayNumber(2026, 4, 28))).toEqual([])
    expect(netherlands.source).toBe('NL')
  })
})

describe('holidays of other countries', () => {
  it('come from date-holidays, public ones only, with substitutes', async () => {
    const us = await rule('US')
    expect(dates(us.of(2021))).toEqual([
      '2021-01-01',
      '2021-01-18',
      '2021-02-15',
      '2021-05-31',
      '2021-06-18',
      '2021-06-19',
      '2021-07-04',
      '2021-07-05',
      '2021-09-06',
      '2021-10-11',
      '2021-11-11',
      '2021-11-25',
      '2021-12-24',
      '2021-12-25',
      '2021-12-31',
    ])
    expect(dates((await rule('DE-BY-A')).of(2026))).toContain('2026-08-08')
  })

  it('are the dates whose noon a feast covers', async () => {
    // Ramazan Bayramı 2026: 20 to 22 March, Kurban Bayramı 27 to 30 May; their half-day eves aren't holidays.
    expect(dates((await rule('TR')).of(2026))).toEqual([
      '2026-01-01',
      '2026-03-20',
      '2026-03-21',
      '2026-03-22',
      '2026-04-23',
      '2026-05-01',
      '2026-05-19',
      '2026-05-27',
      '2026-05-28',
      '2026-05-29',
      '2026-05-30',
      '2026-07-15',
      '2026-08-30',
      '2026-10-29',
    ])
  })

  it('are an error where the place is unknown', async () => {
    expect(await loadHolidayRule('XX')).toMatchObject({ problem: expect.stringContaining('"XX"') })
    expect(await loadHolidayRule('fr')).toMatchObject({ hint: 'did you mean FR?' })
    expect(await loadHolidayRule('FR-GES')).toHaveProperty('problem')
    expect(await loadHolidayRule('FR-A')).toHaveProperty('problem')
    expect(await loadHolidayRule('DE-by')).toMatchObject({ hint: 'did you mean DE-BY?' })
    expect(await loadHolidayRule('DE-YB')).toMatchObject({ hint: expect.stringMatching(/^known: .*DE-BW, DE-BY/) })
    expect(await loadHolidayRule('Spain')).toMatchObject({ hint: 'did you mean ES?' })
    expect(await loadHolidayRule('FRA')).toMatchObject({ hint: 'did you mean FR?' })
    expect(await loadHolidayRule('DE-BY-XYZ')).toHaveProperty('problem')
    expect(await loadHolidayRule('DE-BY-A-B')).toHaveProperty('problem')
    expect(await loadHolidayRule('')).toHaveProperty('problem')
  })
})
