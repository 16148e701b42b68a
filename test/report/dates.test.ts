import { describe, expect, it } from 'vitest'
import { asOfText, isOverYears } from '../../src/report/instants.ts'
import { renderPretty } from '../../src/report/pretty.ts'
import { breachedUptime, clauseOf, reportOf, viewOf } from './fixture.ts'

const { zone } = viewOf()
const at = (text: string): number => new Date(text).getTime()

describe('asOfText', () => {
  it('tells the end of a day as such, and any other instant in full', () => {
    expect(asOfText(zone, at('2026-07-01T00:00:00+02:00'))).toBe('the end of 2026-06-30')
    expect(asOfText(zone, at('2026-01-01T00:00:00+01:00'))).toBe('the end of 2025-12-31')
    expect(asOfText(zone, at('2026-06-30T23:59:59.999+02:00'))).toBe('2026-06-30T23:59:59.999+02:00')
    expect(asOfText(zone, at('2026-07-01T00:00:01+02:00'))).toBe('2026-07-01T00:00:01+02:00')
  })
})

describe('years', () => {
  it('are told on every page of a period that is not within one', () => {
    const year = { start: at('2026-01-01T00:00:00+01:00'), end: at('2027-01-01T00:00:00+01:00') }
    expect(isOverYears(zone, year)).toBe(false)
    expect(isOverYears(zone, { ...year, end: year.end + 1 })).toBe(true)
    expect(isOverYears(zone, { ...year, start: year.start - 1 })).toBe(true)
    const report = reportOf([clauseOf({ findings: [breachedUptime] })])
    const long = { ...report, period: { ...report.period, start: at('2024-01-01T00:00:00+01:00') } }
    const days = (text: string): number =>
      text.match(/(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [ \d]\d [A-Z][a-z]{2}/g)?.length ?? 0
    const dated = (text: string): number => text.match(/[A-Z][a-z]{2} [ \d]\d [A-Z][a-z]{2} 20\d\d/g)?.length ?? 0
    expect(days(renderPretty(report, viewOf()))).toBeGreaterThan(0)
    expect(dated(renderPretty(report, viewOf()))).toBe(0)
    expect(dated(renderPretty(long, viewOf()))).toBe(days(renderPretty(long, viewOf())))
  })
})
