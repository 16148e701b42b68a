import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { processOffsets } from '../../src/cli/process-offsets.ts'
import { DAY, HOUR, MINUTE } from '../../src/time/civil.ts'
import { intlOffsets, makeZones } from '../../src/time/zone.ts'
import { isZoneName, zoneNameProblem } from '../../src/time/zone-names.ts'

const from = Date.UTC(2000, 0, 1)
const to = Date.UTC(2038, 0, 1)
const canonical = Intl.supportedValuesOf('timeZone').filter(name => name.includes('/'))

describe('segments', () => {
  it('of Paris in 2025', () => {
    const zone = makeZones()('Europe/Paris')
    expect(zone.segments(Date.UTC(2025, 0, 1), Date.UTC(2026, 0, 1))).toEqual([
      { start: Date.UTC(2025, 0, 1), end: Date.UTC(2025, 2, 30, 1), offset: HOUR },
      { start: Date.UTC(2025, 2, 30, 1), end: Date.UTC(2025, 9, 26, 1), offset: 2 * HOUR },
      { start: Date.UTC(2025, 9, 26, 1), end: Date.UTC(2026, 0, 1), offset: HOUR },
    ])
  })

  it('of Samoa where it crossed the date line, and of Lord Howe with its half hour', () => {
    const zones = makeZones()
    expect(zones('Pacific/Apia').segments(Date.UTC(2011, 11, 29), Date.UTC(2012, 0, 1))).toEqual([
      { start: Date.UTC(2011, 11, 29), end: Date.UTC(2011, 11, 30, 10), offset: -10 * HOUR },
      { start: Date.UTC(2011, 11, 30, 10), end: Date.UTC(2012, 0, 1), offset: 14 * HOUR },
    ])
    expect(
      zones('Australia/Lord_Howe')
        .segments(Date.UTC(2025, 3, 5), Date.UTC(2025, 3, 6))
        .map(s => s.offset),
    ).toEqual([11 * HOUR, 10.5 * HOUR])
  })

  it('keep the seconds of offsets of old', () => {
    const offset = -(44 * MINUTE + 30_000)
    expect(makeZones()('Africa/Monrovia').offsetAt(0)).toBe(offset)
    expect(makeZones(processOffsets)('Africa/Monrovia').offsetAt(0)).toBe(offset)
  })

  it('join up to the asked range and agree with offsetAt', () => {
    const zone = makeZones()('America/New_York')
    const segments = zone.segments(from, to)
    expect(segments[0]?.start).toBe(from)
    expect(segments.at(-1)?.end).toBe(to)
    expect(segments.length).toBe(77)
    for (const [i, s] of segments.entries()) {
      expect(segments[i + 1]?.start ?? to).toBe(s.end)
      expect(segments[i + 1]?.offset).not.toBe(s.offset)
      for (const t of [s.start, s.end - 1, Math.floor((s.start + s.end) / 2)]) expect(zone.offsetAt(t)).toBe(s.offset)
    }
  })

  it('are empty for an empty range', () => {
    expect(makeZones()('Europe/Paris').segments(5, 5)).toEqual([])
    expect(makeZones()('UTC').segments(5, 5)).toEqual([])
  })
})

describe('offset sources', () => {
  it('agree in every zone, 2000 to 2038', () => {
    for (const name of canonical) {
      const byIntl = intlOffsets(name)
      const byProcess = processOffsets(name)
      const differing: number[] = []
      byProcess.batch?.(() => {
        for (let t = from; t < to; t += 10 * DAY) if (byProcess(t) !== byIntl(t)) differing.push(t)
      })
      expect(differing, name).toEqual([])
    }
  })

  it('give the same tables, to the millisecond', () => {
    const byIntl = makeZones(intlOffsets)
    const byProcess = makeZones(processOffsets)
    for (const name of canonical.filter((_, i) => i % 10 === 3)) {
      expect(byProcess(name).segments(from, to), name).toEqual(byIntl(name).segments(from, to))
    }
  })

  it('equal luxon', () => {
    const zones = makeZones()
    for (const name of canonical.filter((_, i) => i % 10 === 0)) {
      const zone = zones(name)
      for (let t = from; t < to; t += 97 * DAY) {
        expect(zone.offsetAt(t), name).toBe(DateTime.fromMillis(t, { zone: name }).offset * MINUTE)
      }
    }
  })

  it('leave TZ as it was, set or not, also after an error', () => {
    const before = process.env.TZ
    const local = new Date(0).getHours()
    expect(processOffsets('America/New_York')(0)).toBe(-5 * HOUR)
    expect(process.env.TZ).toBe(before)
    expect(new Date(0).getHours()).toBe(local)
    const reader = processOffsets('America/New_York')
    expect(() =>
      reader.batch?.(() => {
        throw new Error('stop')
      }),
    ).toThrow('stop')
    expect(process.env.TZ).toBe(before)
    try {
      delete process.env.TZ
      const unset = new Date(0).getHours()
      expect(processOffsets('Asia/Kathmandu')(Date.UTC(2020, 0, 1))).toBe(5.75 * HOUR)
      expect('TZ' in process.env).toBe(false)
      expect(new Date(0).getHours()).toBe(unset)
    } finally {
      process.env.TZ = before
    }
  })

  it('are not asked for UTC and fixed offsets, nor twice for one zone', () => {
    const asked: string[] = []
    const zones = makeZones(name => {
      asked.push(name)
      return () => 0
    })
    expect(zones('UTC').offsetAt(0)).toBe(0)
    expect(zones('+05:30').offsetAt(0)).toBe(5.5 * HOUR)
    expect(zones('-03:30').segments(0, 9)).toEqual([{ start: 0, end: 9, offset: -3.5 * HOUR }])
    expect(zones('Europe/Paris')).toBe(zones('Europe/Paris'))
    expect(asked).toEqual(['Europe/Paris'])
  })
})

describe('zone names', () => {
  it('are places, Etc, UTC and offsets', () => {
    for (const name of [...canonical, 'Etc/GMT-1', 'Asia/Calcutta', 'UTC', '+01:00', '-12:00']) {
      expect(isZoneName(name), name).toBe(true)
      expect(zoneNameProblem(name)).toBeUndefined()
    }
  })

  it('are not abbreviations, which mean different things in different tools', () => {
    for (const name of ['CET', 'CEST', 'EST', 'BST', 'PST', 'MET', 'EET', 'GMT', 'EST5EDT', 'cet']) {
      expect(isZoneName(name), name).toBe(false)
      expect(zoneNameProblem(name)?.message).toContain('abbreviation')
    }
    expect(zoneNameProblem('CET')?.hint).toContain('Europe/Paris')
    expect(zoneNameProblem('GMT+1')?.hint).toContain('+01:00')
    expect(zoneNameProblem('UTC-3:30')?.hint).toContain('-03:30')
  })

  it('come with a guess when misspelt', () => {
    expect(zoneNameProblem('Europe/Pariss')?.hint).toBe('did you mean Europe/Paris?')
    expect(zoneNameProblem('europe/paris')?.hint).toBe('did you mean Europe/Paris?')
    expect(zoneNameProblem('Paris')?.hint).toBe('did you mean Europe/Paris?')
    expect(zoneNameProblem('Mars/Olympus')?.hint).toContain('Area/City')
    expect(() => makeZones()('Mars/Olympus')).toThrow(RangeError)
    expect(() => makeZones()('CET')).toThrow(RangeError)
    expect(isZoneName('+24:00')).toBe(false)
    expect(isZoneName('+1:00')).toBe(false)
  })
})
