import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, test } from 'vitest'
import type { Unit } from '../../src/clauses/backup/rules.ts'
import { unitAt, unitOf, unitsOver } from '../../src/clauses/backup/units.ts'
import { makeZones } from '../../src/time/zone.ts'
import { ms } from '../support/instants.ts'
import { iso } from './backup-series-rows.ts'

const zones = makeZones()
const PARIS = zones('Europe/Paris')

describe('units', () => {
  test('are named by their date, ISO week, month, quarter or year', () => {
    const at = ms('2026-05-03T12:00:00Z')
    const labels = (['day', 'week', 'month', 'quarter', 'year'] as const).map(unit => unitOf(unit, PARIS, at).label)
    expect(labels).toEqual(['2026-05-03', '2026-W18', '2026-05', '2026-Q2', '2026'])
  })

  test('1 January 2027 is a Friday of the 53rd week of 2026', () => {
    const week = unitOf('week', PARIS, ms('2027-01-01T12:00:00+01:00'))
    expect([week.label, iso(week.start), iso(week.end)]).toEqual([
      '2026-W53',
      '2026-12-27T23:00:00Z',
      '2027-01-03T23:00:00Z',
    ])
    expect(unitOf('week', PARIS, week.end).label).toBe('2027-W01')
  })

  test('days of clock changes have 23 and 25 hours', () => {
    const hours = ['2026-03-29T12:00:00Z', '2026-10-25T12:00:00Z'].map(text => {
      const { start, end } = unitOf('day', PARIS, ms(text))
      return (end - start) / 3_600_000
    })
    expect(hours).toEqual([23, 25])
  })

  test('a date that the zone left out is no day, and its neighbours are', () => {
    const samoa = zones('Pacific/Apia')
    const days = unitsOver('day', samoa, ms('2011-12-29T12:00:00Z'), ms('2011-12-31T12:00:00Z'))
    expect(days.map(({ label }) => label)).toEqual(['2011-12-29', '2011-12-31', '2012-01-01'])
  })

  test('a day shown again after midnight belongs to the day begun', () => {
    // St. John's set its clocks back from 00:01 to 23:01 of the day before, 2006-10-29 02:31 UTC.
    const john = zones('America/St_Johns')
    const again = unitOf('day', john, ms('2006-10-29T03:00:00Z'))
    expect([again.label, iso(again.start)]).toEqual(['2006-10-29', '2006-10-29T02:30:00Z'])
  })

  test('cover time without gaps and agree with a calendar', () => {
    const UNITS: readonly Unit[] = ['day', 'week', 'month', 'quarter', 'year']
    const names = ['Europe/Paris', 'America/New_York', 'UTC', '+05:30', 'Australia/Lord_Howe']
    const from = ms('2015-01-01T00:00:00Z')
    const to = ms('2035-01-01T00:00:00Z')
    fc.assert(
      fc.property(
        fc.constantFrom(...UNITS),
        fc.constantFrom(...names),
        fc.integer({ min: from, max: to }),
        (unit, name, at) => {
          const found = unitOf(unit, zones(name), at)
          const local = DateTime.fromMillis(at, { zone: name === '+05:30' ? 'UTC+5:30' : name })
          expect([found.start, found.end]).toEqual([
            local.startOf(unit).toMillis(),
            local
              .startOf(unit)
              .plus({ [`${unit}s`]: 1 })
              .toMillis(),
          ])
          expect(unitAt(unit, zones(name), found.number)).toEqual(found)
          expect(unitAt(unit, zones(name), found.number + 1).start).toBe(found.end)
          const over = unitsOver(unit, zones(name), at, found.end + 1)
          expect(over.map(({ number }) => number)).toEqual([found.number, found.number + 1])
        },
      ),
      { numRuns: 300 },
    )
  })
})
