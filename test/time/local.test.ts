import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, dayNumber, HOUR, MINUTE } from '../../src/time/civil.ts'
import { localDay, startOfDay, toInstant, toLocal } from '../../src/time/local.ts'
import { makeZones } from '../../src/time/zone.ts'

const zones = makeZones()
const paris = zones('Europe/Paris')

describe('a wall-clock reading becomes an instant', () => {
  it('where it is read once', () => {
    expect(toInstant(paris, Date.UTC(2026, 4, 1, 10))).toEqual({ at: Date.UTC(2026, 4, 1, 8), kind: 'exact' })
    expect(toInstant(zones('UTC'), 7)).toEqual({ at: 7, kind: 'exact' })
    // The first reading after the gap and the last before it.
    expect(toInstant(paris, Date.UTC(2025, 2, 30, 3))).toEqual({ at: Date.UTC(2025, 2, 30, 1), kind: 'exact' })
    expect(toInstant(paris, Date.UTC(2025, 2, 30, 2) - 1)).toEqual({ at: Date.UTC(2025, 2, 30, 1) - 1, kind: 'exact' })
  })

  it('the earlier one where it is read twice', () => {
    expect(toInstant(paris, Date.UTC(2025, 9, 26, 2, 30))).toEqual({
      at: Date.UTC(2025, 9, 26, 0, 30),
      kind: 'ambiguous',
    })
    expect(toInstant(paris, Date.UTC(2025, 9, 26, 2)).kind).toBe('ambiguous')
    expect(toInstant(paris, Date.UTC(2025, 9, 26, 3)).kind).toBe('exact')
  })

  it('moved forward by the gap where it is never read', () => {
    expect(toInstant(paris, Date.UTC(2025, 2, 30, 2, 30))).toEqual({
      at: Date.UTC(2025, 2, 30, 1, 30),
      kind: 'skipped',
    })
    // Samoa had no 30 December 2011.
    expect(toInstant(zones('Pacific/Apia'), Date.UTC(2011, 11, 30, 12))).toEqual({
      at: Date.UTC(2011, 11, 30, 22),
      kind: 'skipped',
    })
    expect(toInstant(zones('Australia/Lord_Howe'), Date.UTC(2025, 9, 5, 2, 15))).toEqual({
      at: Date.UTC(2025, 9, 4, 15, 45),
      kind: 'skipped',
    })
  })

  it('the first of all instants that read it, in every zone', () => {
    const names = [
      'Europe/Paris',
      'America/New_York',
      'Australia/Lord_Howe',
      'America/Sao_Paulo',
      'Africa/Cairo',
      'America/St_Johns',
      'Pacific/Apia',
      '+05:45',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.integer({ min: Date.UTC(2000), max: Date.UTC(2038) }), (name, at) => {
        const zone = zones(name)
        const local = toLocal(zone, at)
        expect(local).toBe(at + zone.offsetAt(at))
        const placed = toInstant(zone, local)
        expect(placed.kind).not.toBe('skipped')
        expect(toLocal(zone, placed.at)).toBe(local)
        expect(placed.at).toBeLessThanOrEqual(at)
        if (placed.kind === 'exact') expect(placed.at).toBe(at)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a local date starts', () => {
  it('at midnight', () => {
    expect(startOfDay(paris, dayNumber(2026, 5, 1))).toBe(Date.UTC(2026, 3, 30, 22))
    expect(localDay(paris, Date.UTC(2026, 3, 30, 22))).toBe(dayNumber(2026, 5, 1))
    expect(localDay(paris, Date.UTC(2026, 3, 30, 22) - 1)).toBe(dayNumber(2026, 4, 30))
  })

  it('after the gap where midnight is skipped', () => {
    // São Paulo went from 23:59:59 (−03:00) to 01:00 (−02:00) on 4 November 2018.
    const zone = zones('America/Sao_Paulo')
    expect(startOfDay(zone, dayNumber(2018, 11, 4))).toBe(Date.UTC(2018, 10, 4, 3))
    expect(toLocal(zone, Date.UTC(2018, 10, 4, 3))).toBe(Date.UTC(2018, 10, 4, 1))
    const cairo = zones('Africa/Cairo')
    expect(startOfDay(cairo, dayNumber(2024, 4, 26))).toBe(Date.UTC(2024, 3, 25, 22))
  })

  it('with the next one where the whole date is skipped', () => {
    const zone = zones('Pacific/Apia')
    const change = Date.UTC(2011, 11, 30, 10)
    expect(startOfDay(zone, dayNumber(2011, 12, 29))).toBe(change - DAY)
    expect(startOfDay(zone, dayNumber(2011, 12, 30))).toBe(change)
    expect(startOfDay(zone, dayNumber(2011, 12, 31))).toBe(change)
  })

  it('at its first midnight where midnight comes twice', () => {
    // St. John's went back from 00:01 to 23:01 on 7 November 2010; midnight was first read at −02:30.
    const zone = zones('America/St_Johns')
    expect(startOfDay(zone, dayNumber(2010, 11, 7))).toBe(Date.UTC(2010, 10, 7, 2, 30))
    expect(toInstant(zone, Date.UTC(2010, 10, 7)).kind).toBe('ambiguous')
  })

  it('at the first instant whose date it is, by a search in minutes', () => {
    for (const name of ['Europe/Paris', 'America/Sao_Paulo', 'Africa/Cairo', 'America/Havana', 'Asia/Kathmandu']) {
      const zone = zones(name)
      for (let day = dayNumber(2017, 1, 1); day < dayNumber(2019, 1, 1); day += 1) {
        let at = day * DAY - 15 * HOUR
        while (localDay(zone, at) < day) at += 15 * MINUTE
        expect(startOfDay(zone, day), name).toBe(at)
      }
    }
  })
})
