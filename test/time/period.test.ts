import { describe, expect, it } from 'vitest'
import { parseAsOf, parsePeriod } from '../../src/time/period.ts'
import { makeZones } from '../../src/time/zone.ts'

const paris = makeZones()('Europe/Paris')

describe('parsePeriod', () => {
  it.each([
    ['2026', '2026-01-01T00:00:00+01:00', '2027-01-01T00:00:00+01:00'],
    ['2026-Q2', '2026-04-01T00:00:00+02:00', '2026-07-01T00:00:00+02:00'],
    ['2026-Q4', '2026-10-01T00:00:00+02:00', '2027-01-01T00:00:00+01:00'],
    ['2026-05', '2026-05-01T00:00:00+02:00', '2026-06-01T00:00:00+02:00'],
    ['2026-12', '2026-12-01T00:00:00+01:00', '2027-01-01T00:00:00+01:00'],
    ['2026-05-03', '2026-05-03T00:00:00+02:00', '2026-05-04T00:00:00+02:00'],
    ['2026-05-03..2026-06-02', '2026-05-03T00:00:00+02:00', '2026-06-03T00:00:00+02:00'],
    ['2026-05-03..2026-05-03', '2026-05-03T00:00:00+02:00', '2026-05-04T00:00:00+02:00'],
    ['2026-05-03T10:00:00Z..2026-05-03T11:00:00Z', '2026-05-03T10:00:00Z', '2026-05-03T11:00:00Z'],
    [' 2026-05-03 .. 2026-05-05T11:00:00+02:00 ', '2026-05-03T00:00:00+02:00', '2026-05-05T11:00:00+02:00'],
    ['2026-05-03T10:00:00Z..2026-05-03', '2026-05-03T10:00:00Z', '2026-05-04T00:00:00+02:00'],
  ])('reads %s', (text, start, end) => {
    expect(parsePeriod(text, paris)).toEqual({ start: Date.parse(start), end: Date.parse(end) })
  })

  it.each([
    ['2026-Q5', "isn't a period"],
    ['2026-13', "isn't a period"],
    ['may', "isn't a period"],
    ['', "isn't a period"],
    ['2026-02-30', 'no date'],
    ['2026-02-01..2026-02-30', 'no date'],
    ['2026-05-03..2026-05-01', 'ends before'],
    ['2026-05-03T10:00:00Z..2026-05-03T10:00:00Z', 'empty'],
    ['2026-05-03T10:00:00..2026-05-04', 'no offset'],
    ['2026-05-03..', "isn't a time"],
    ['2026..2027', "isn't a period"],
    ['2026-05-01..2026-05-02..2026-05-03', "isn't a period"],
    ['2026-05-03T10:00:00Z', "isn't a period"],
  ])('no %s', (text, problem) => {
    expect(parsePeriod(text, paris)).toMatchObject({ problem: expect.stringContaining(problem) })
  })
})

describe('parsePeriod of months, quarters and years', () => {
  it.each([
    ['2026-05..2026-06', '2026-05-01..2026-06-30'],
    ['2026-05 .. 2028-02', '2026-05-01..2028-02-29'],
    ['2025-Q4..2026-Q1', '2025-10-01..2026-03-31'],
    ['2025..2026', '2025-01-01..2026-12-31'],
    ['2026-05-03..2026-06', '2026-05-03..2026-06-30'],
    ['2026-05..2026-06-07', '2026-05-01..2026-06-07'],
  ])('says how %s is written', (text, days) => {
    expect(parsePeriod(text, paris)).toMatchObject({ hint: `write ${days}` })
    expect(parsePeriod(days, paris)).not.toHaveProperty('problem')
  })
})

describe('parseAsOf', () => {
  it('reads an instant, a local time and a date as its end', () => {
    expect(parseAsOf('2026-05-03T10:00:00Z', paris)).toBe(Date.parse('2026-05-03T10:00:00Z'))
    expect(parseAsOf('2026-05-03T10:00', paris)).toHaveProperty('problem', '"2026-05-03T10:00" has no offset')
    expect(parseAsOf('2026-05-03', paris)).toBe(Date.parse('2026-05-04T00:00:00+02:00'))
    // The day of 25 October 2026 has 25 hours.
    expect(parseAsOf('2026-10-25', paris)).toBe(Date.parse('2026-10-26T00:00:00+01:00'))
    expect(parseAsOf('2026-05-32', paris)).toHaveProperty('problem')
    expect(parseAsOf('yesterday', paris)).toEqual({
      problem: '"yesterday" isn\'t a time',
      hint: 'write 2026-05-01T10:00:00+02:00, or a date 2026-05-01, which means the end of that day',
    })
  })
})
