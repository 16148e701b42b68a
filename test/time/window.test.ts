import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../src/time/civil.ts'
import { parseWindow, type WindowFrame, type WindowRule, windowsOver } from '../../src/time/window.ts'
import { makeZones } from '../../src/time/zone.ts'

const zones = makeZones()
const utc: WindowFrame = { zone: zones('UTC') }
const paris: WindowFrame = { zone: zones('Europe/Paris') }

function rule(text: string): WindowRule {
  const parsed = parseWindow(text)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return parsed
}

const over = (from: string, to: string) => ({ start: Date.parse(`${from}Z`), end: Date.parse(`${to}Z`) })
const shown = (text: string, frame: WindowFrame, from: string, to: string) =>
  windowsOver(rule(text), frame, over(from, to)).map(
    w => `${w.key} ${new Date(w.start).toISOString().slice(0, 13)} ${new Date(w.end).toISOString().slice(0, 13)}`,
  )

describe('parseWindow', () => {
  it.each([
    ['calendar month', { kind: 'calendar', unit: 'month' }],
    ['Calendar  Quarter', { kind: 'calendar', unit: 'quarter' }],
    ['calendar year starting february', { kind: 'calendar', unit: 'year', starting: 2 }],
    ['calendar quarter starting feb', { kind: 'calendar', unit: 'quarter', starting: 2 }],
    ['calendar year starting january', { kind: 'calendar', unit: 'year' }],
    ['contract month', { kind: 'contract-month' }],
    ['billing month', { kind: 'billing-month' }],
    ['rolling 30 days', { kind: 'rolling', days: 30 }],
    ['term', { kind: 'term' }],
  ])('reads %s', (text, expected) => {
    expect(parseWindow(text)).toEqual(expected)
  })

  it.each([
    ['month', 'calendar month'],
    ['monthly', 'calendar month'],
    ['per quarter', 'calendar quarter'],
    ['annual', 'calendar year'],
    ['yearly', 'calendar year'],
    ['30 days', 'rolling 30 days'],
    ['rolling 7d', 'rolling 7 days'],
    ['calender month', 'calendar month'],
    ['calendar month starting may', 'calendar month'],
    ['calendar year starting febuary', 'february'],
    ['rolling 0 days', ''],
    ['week', ''],
    ['', ''],
  ])('no %s', (text, hint) => {
    const parsed = parseWindow(text)
    expect(parsed).toHaveProperty('problem')
    if ('problem' in parsed) expect(parsed.hint).toContain(hint)
  })
})

describe('windowsOver', () => {
  it('gives calendar months whole, by local midnights', () => {
    expect(shown('calendar month', paris, '2026-03-15T00:00', '2026-04-02T00:00')).toEqual([
      '2026-03 2026-02-28T23 2026-03-31T22',
      '2026-04 2026-03-31T22 2026-04-30T22',
    ])
    const [march] = windowsOver(rule('calendar month'), paris, over('2025-03-10T00:00', '2025-03-11T00:00'))
    const [october] = windowsOver(rule('calendar month'), paris, over('2025-10-10T00:00', '2025-10-11T00:00'))
    expect(((march?.end ?? 0) - (march?.start ?? 0)) / HOUR).toBe(743)
    expect(((october?.end ?? 0) - (october?.start ?? 0)) / HOUR).toBe(745)
  })

  it('leaves out windows that only touch', () => {
    expect(shown('calendar month', utc, '2026-05-01T00:00', '2026-06-01T00:00')).toEqual([
      '2026-05 2026-05-01T00 2026-06-01T00',
    ])
    expect(shown('calendar month', utc, '2026-05-01T00:00', '2026-05-01T00:00')).toEqual([])
  })

  it('gives quarters and years, also ones that start elsewhere', () => {
    expect(shown('calendar quarter', utc, '2026-02-01T00:00', '2026-04-02T00:00')).toEqual([
      '2026-Q1 2026-01-01T00 2026-04-01T00',
      '2026-Q2 2026-04-01T00 2026-07-01T00',
    ])
    expect(shown('calendar year', utc, '1969-05-01T00:00', '1969-05-02T00:00')).toEqual([
      '1969 1969-01-01T00 1970-01-01T00',
    ])
    expect(shown('calendar year starting february', utc, '2026-01-31T00:00', '2026-02-02T00:00')).toEqual([
      '2025-02-01 2025-02-01T00 2026-02-01T00',
      '2026-02-01 2026-02-01T00 2027-02-01T00',
    ])
    expect(shown('calendar quarter starting february', utc, '2026-01-31T00:00', '2026-02-02T00:00')).toEqual([
      '2025-11-01 2025-11-01T00 2026-02-01T00',
      '2026-02-01 2026-02-01T00 2026-05-01T00',
    ])
  })

  it('anchors contract months at the local date of the term, clamped to each month', () => {
    const frame = { ...utc, term: { start: Date.UTC(2026, 0, 31) } }
    expect(shown('contract month', frame, '2025-12-01T00:00', '2026-04-01T00:00')).toEqual([
      '2026-01-31 2026-01-31T00 2026-02-28T00',
      '2026-02-28 2026-02-28T00 2026-03-31T00',
      '2026-03-31 2026-03-31T00 2026-04-30T00',
    ])
    const local = { ...paris, term: { start: Date.parse('2026-05-15T00:00:00+02:00') } }
    expect(shown('contract month', local, '2026-05-20T00:00', '2026-05-21T00:00')).toEqual([
      '2026-05-15 2026-05-14T22 2026-06-14T22',
    ])
    expect(() => windowsOver(rule('contract month'), utc, over('2026-05-20T00:00', '2026-05-21T00:00'))).toThrow(
      RangeError,
    )
  })

  it('starts billing months on the billing day', () => {
    const frame = { ...utc, billingDay: 31 }
    expect(shown('billing month', frame, '2026-02-10T00:00', '2026-03-01T00:00')).toEqual([
      '2026-01-31 2026-01-31T00 2026-02-28T00',
      '2026-02-28 2026-02-28T00 2026-03-31T00',
    ])
    expect(() => windowsOver(rule('billing month'), utc, over('2026-05-20T00:00', '2026-05-21T00:00'))).toThrow(
      RangeError,
    )
  })

  it('rolls day by day, only wholly inside', () => {
    expect(shown('rolling 3 days', utc, '2026-05-01T00:00', '2026-05-06T00:00')).toEqual([
      '2026-05-03 2026-05-01T00 2026-05-04T00',
      '2026-05-04 2026-05-02T00 2026-05-05T00',
      '2026-05-05 2026-05-03T00 2026-05-06T00',
    ])
    expect(shown('rolling 3 days', utc, '2026-05-01T01:00', '2026-05-04T23:00')).toEqual([])
    expect(shown('rolling 1 days', utc, '2026-05-01T01:00', '2026-05-03T00:00')).toEqual([
      '2026-05-02 2026-05-02T00 2026-05-03T00',
    ])
    const [w] = windowsOver(rule('rolling 2 days'), paris, over('2025-03-28T23:00', '2025-03-30T22:00'))
    expect(((w?.end ?? 0) - (w?.start ?? 0)) / HOUR).toBe(47)
  })

  it('has no window of its own for a date that the zone left out', () => {
    const apia = { zone: zones('Pacific/Apia') }
    const change = Date.UTC(2011, 11, 30, 10)
    const found = windowsOver(rule('rolling 1 days'), apia, { start: change - 2 * DAY, end: change + 2 * DAY })
    expect(found.map(w => w.key)).toEqual(['2011-12-28', '2011-12-29', '2011-12-31', '2012-01-01'])
  })

  it('takes the term as one window', () => {
    const term = { start: Date.UTC(2026, 0), end: Date.UTC(2027, 0) }
    expect(shown('term', { ...utc, term }, '2026-05-01T00:00', '2026-05-02T00:00')).toEqual([
      'term 2026-01-01T00 2027-01-01T00',
    ])
    expect(shown('term', { ...utc, term }, '2027-01-01T00:00', '2027-05-02T00:00')).toEqual([])
    expect(() =>
      windowsOver(rule('term'), { ...utc, term: { start: 0 } }, over('2026-05-01T00:00', '2026-05-02T00:00')),
    ).toThrow(RangeError)
  })

  it('tiles time: neighbours meet, in every zone', () => {
    for (const text of [
      'calendar month',
      'calendar quarter',
      'calendar year',
      'calendar quarter starting march',
      'billing month',
    ]) {
      for (const name of ['Europe/Paris', 'Pacific/Apia', 'America/Sao_Paulo', 'Asia/Kathmandu']) {
        const frame = { zone: zones(name), billingDay: 30 }
        const span = over('2009-05-05T05:05', '2020-06-06T06:06')
        const windows = windowsOver(rule(text), frame, span)
        expect(windows[0]?.start).toBeLessThanOrEqual(span.start)
        expect(windows.at(-1)?.end).toBeGreaterThanOrEqual(span.end)
        for (const [i, w] of windows.entries()) expect(windows[i + 1]?.start ?? w.end).toBe(w.end)
        expect(new Set(windows.map(w => w.key)).size).toBe(windows.length)
      }
    }
  })
})
