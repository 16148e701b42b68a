import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, it } from 'vitest'
import {
  addMonths,
  civilDate,
  DAY,
  dateText,
  dayNumber,
  daysInMonth,
  isDate,
  isoWeek,
  parseDate,
  weekday,
} from '../../src/time/civil.ts'

const anyDay = fc.integer({ min: -719_162, max: 2_932_896 })

it('counts days as UTC does, from year 1 to 9999', () => {
  fc.assert(
    fc.property(anyDay, day => {
      const utc = new Date(day * DAY)
      const date = { year: utc.getUTCFullYear(), month: utc.getUTCMonth() + 1, day: utc.getUTCDate() }
      expect(civilDate(day)).toEqual(date)
      expect(dayNumber(date.year, date.month, date.day)).toBe(day)
      expect(weekday(day)).toBe((utc.getUTCDay() + 6) % 7)
      expect(dateText(day)).toBe(utc.toISOString().slice(0, 10))
      expect(parseDate(dateText(day))).toBe(day)
    }),
    { numRuns: 2000 },
  )
})

it('numbers weeks as ISO 8601 does', () => {
  expect(isoWeek(dayNumber(2021, 1, 3))).toEqual({ year: 2020, week: 53 })
  expect(isoWeek(dayNumber(2024, 12, 30))).toEqual({ year: 2025, week: 1 })
  fc.assert(
    fc.property(anyDay, day => {
      const oracle = DateTime.fromMillis(day * DAY, { zone: 'utc' })
      expect(isoWeek(day)).toEqual({ year: oracle.weekYear, week: oracle.weekNumber })
    }),
  )
})

it('clamps months to their end', () => {
  const from = dayNumber(2024, 1, 31)
  expect(addMonths(from, 1)).toBe(dayNumber(2024, 2, 29))
  expect(addMonths(from, 13)).toBe(dayNumber(2025, 2, 28))
  expect(addMonths(from, -2)).toBe(dayNumber(2023, 11, 30))
  expect(addMonths(from, 24)).toBe(dayNumber(2026, 1, 31))
})

it('knows which dates there are', () => {
  expect(isDate(2024, 2, 29)).toBe(true)
  expect(isDate(2023, 2, 29)).toBe(false)
  expect(isDate(1900, 2, 29)).toBe(false)
  expect(isDate(2000, 2, 29)).toBe(true)
  expect(isDate(2026, 13, 1)).toBe(false)
  expect(isDate(2026, 4, 31)).toBe(false)
  expect(isDate(2026, 4, 0)).toBe(false)
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(m => daysInMonth(2023, m)).reduce((a, b) => a + b)).toBe(365)
  expect(parseDate('2026-02-30')).toBeUndefined()
  expect(parseDate('2026-2-3')).toBeUndefined()
})
