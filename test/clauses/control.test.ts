import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { audit, byId, type Case, finding, findings } from '../support/audit.ts'
import type { Cells } from '../support/evidence.ts'
import { DAY, ms, span } from '../support/instants.ts'

const contract = (body: object, more: object = {}) => ({
  apiVersion: 'sla/v1',
  kind: 'Contract',
  id: 'test',
  timezone: 'Europe/Paris',
  clauses: { review: { kind: 'control', ...body } },
  ...more,
})

const TERM = { term: { from: '2026-05-01', to: '2026-05-31' } }

/** Performances of `review` at noon (Paris, summer time) of days of May 2026, all passed. */
const done = (...days: readonly number[]): Cells[] =>
  days.map(day => ({ control: 'review', performed_at: noon(day), outcome: 'passed' }))
const noon = (day: number) => `2026-05-${String(day).padStart(2, '0')}T12:00:00+02:00`

const may = (body: object, rows: readonly Cells[], more: Partial<Case> & { head?: object } = {}): Case => {
  const { head, ...rest } = more
  return {
    contract: contract(body, head ?? TERM),
    evidence: { control: rows },
    asOf: '2026-06-05T00:00:00+02:00',
    period: '2026-05',
    ...rest,
  }
}
const brief = ({ id, status, reason }: Finding) => `${id} ${status} ${reason}`

describe('a control every so often', () => {
  it('is kept where no two are further apart, the first counted from the start of the term', async () => {
    // 1 May 00:00 to 7 May 12:00 is 6.5 days, then 7 days at most; from 28 May 12:00 to the end 3.5 days.
    const found = await finding(may({ every: '1 week' }, done(7, 14, 21, 28)))
    expect(brief(found)).toBe('review met kept')
    expect(found.observed).toEqual({ unit: 'ms', value: 7 * DAY })
    expect(found.promised).toEqual({ unit: 'ms', value: 7 * DAY })
    expect(found.margin).toEqual({ unit: 'ms', value: 0 })
    expect(found.bound).toBe('at-most')
    expect(found.atRisk).toBe(true)
  })

  it('is breached from the limit to the next, and named by the ISO week in which the gap begins', async () => {
    // 7 May + 7 days = 14 May 12:00 (week 20); next on 18 May.
    const found = await finding(may({ every: '1 week' }, done(4, 7, 18, 25)))
    expect(brief(found)).toBe('review/2026-W20 breached gap')
    expect(found.breached).toEqual([span(noon(14), noon(18))])
    expect(found.window).toEqual(span(noon(14), noon(18)))
    expect(found.start).toBe(ms(noon(7)))
    expect(found.due).toBe(ms(noon(14)))
    expect(found.observed).toEqual({ unit: 'ms', value: 11 * DAY })
    expect(found.margin).toEqual({ unit: 'ms', value: -4 * DAY })
    expect(found.timeline.map(step => `${step.effect} ${step.why}`)).toEqual([
      'counted passed',
      'over nothing performed in time',
      'counted passed',
    ])
    expect(found.evidence.map(origin => origin.line)).toEqual([3, 4])
  })

  it('is in time exactly at the limit, and late a millisecond after it', async () => {
    const rows = (last: string) => [
      ...done(7),
      { control: 'review', performed_at: last, outcome: 'passed' },
      ...done(21, 28),
    ]
    expect(brief(await finding(may({ every: '1 week' }, rows(noon(14)))))).toBe('review met kept')
    const late = await findings(may({ every: '1 week' }, rows('2026-05-14T12:00:00.001+02:00')))
    expect(late.map(brief)).toEqual(['review/2026-W20 breached gap'])
    expect(late[0]?.breached).toEqual([{ start: ms(noon(14)), end: ms(noon(14)) + 1 }])
  })

  it('takes a tolerance, and is at risk only beyond the interval itself', async () => {
    const found = await finding(may({ every: '1 week', tolerance: '1 day' }, done(7, 14, 21, 28)))
    expect(brief(found)).toBe('review met kept')
    expect(found.margin).toEqual({ unit: 'ms', value: DAY })
    expect(found.atRisk).toBeUndefined()
    const near = await finding(may({ every: '1 week', tolerance: '1 day' }, done(7, 15, 22, 29)))
    expect(near.atRisk).toBe(true)
    expect(near.margin).toEqual({ unit: 'ms', value: 0 })
  })

  it('counts days on the wall clock and hours as they pass', async () => {
    // The night of 28 to 29 March 2026 has 23 hours: from noon to noon is 1 day, 23 hours.
    const rows = ['27', '28', '29', '30'].map(day => ({
      control: 'review',
      performed_at: `2026-03-${day}T12:00:00+0${day < '29' ? 1 : 2}:00`,
      outcome: 'passed',
    }))
    const given = (every: string, period: string): Case => ({
      contract: contract({ every }),
      evidence: { control: rows },
      asOf: '2026-04-01T00:00:00+02:00',
      period,
    })
    const period = '2026-03-27T12:00:00+01:00..2026-03-30T12:00:00+02:00'
    expect((await findings(given('1 day', period))).map(brief)).toEqual(['review met kept'])
    expect((await findings(given('24h', period))).map(brief)).toEqual(['review met kept'])
    expect((await findings(given('23h', period))).map(brief)).toEqual([
      'review/2026-03-28 breached gap',
      'review/2026-03-30 breached gap',
    ])
  })

  it('names gaps by month or year where those are counted', async () => {
    const year = (every: string): Case => ({
      contract: contract({ every }, { term: { from: '2024-01-01' } }),
      evidence: { control: [{ control: 'review', performed_at: '2025-12-15T12:00:00+01:00', outcome: 'passed' }] },
      asOf: '2027-02-01T00:00:00+01:00',
      period: '2026',
    })
    expect((await findings(year('3 months'))).map(brief)).toEqual(['review/2026-03 breached gap'])
    expect((await findings(year('1 year'))).map(brief)).toEqual(['review/2026 breached gap'])
    expect((await findings(year('180 days'))).map(brief)).toEqual(['review/2026-06-13 breached gap'])
  })

  it('shows a gap whole that began before the period', async () => {
    const rows = [
      { control: 'review', performed_at: '2026-04-20T12:00:00+02:00', outcome: 'passed' },
      ...done(4, 11, 18, 25),
    ]
    const found = await finding(may({ every: '1 week' }, rows, { head: { term: { from: '2026-01-01' } } }))
    expect(brief(found)).toBe('review/2026-W18 breached gap')
    expect(found.breached).toEqual([span('2026-04-27T12:00:00+02:00', noon(4))])
  })

  it('counts no failure and tells of it, unless performing is all that is asked', async () => {
    const rows = [...done(7, 21, 28), { control: 'review', performed_at: noon(14), outcome: 'failed' }]
    const found = await finding(may({ every: '1 week' }, rows))
    expect(brief(found)).toBe('review/2026-W20 breached gap')
    expect(found.timeline.map(({ effect, why }) => `${effect} ${why}`)).toContain('note failed')
    expect(brief(await finding(may({ every: '1 week', outcome: 'performed' }, rows)))).toBe('review met kept')
  })

  it('does not count what is planned, and not what another control did', async () => {
    const rows = [
      ...done(7, 21, 28),
      { control: 'review', performed_at: '', outcome: '' },
      { control: 'audit', performed_at: noon(14), outcome: 'passed' },
    ]
    expect((await findings(may({ every: '1 week' }, rows))).map(brief)).toEqual(['review/2026-W20 breached gap'])
  })

  it('is unverified where the outcome that decides is not known', async () => {
    const rows = [...done(7, 21, 28), { control: 'review', performed_at: noon(14), outcome: '?' }]
    const found = await finding(may({ every: '1 week' }, rows))
    expect(brief(found)).toBe('review/2026-W20 unverified column-missing')
    expect(found.undecided).toEqual([span(noon(14), noon(21))])
    expect(found.notes).toContain('column outcome is missing or unknown')
  })

  it('judges dates at both ends', async () => {
    const dates = (...days: readonly number[]) =>
      days.map(day => ({
        control: 'review',
        performed_at: `${ms(`2026-05-${String(day).padStart(2, '0')}T00:00:00+02:00`)}~${ms(`2026-05-${String(day).padStart(2, '0')}T00:00:00+02:00`) + DAY}`,
        outcome: 'passed',
      }))
    const rest = done(8, 15, 22, 29)
    const open = await finding(may({ every: '1 week' }, [...dates(1), ...rest]))
    // From noon of the 8th back to the end of the 1st it is less than a week, to its start more.
    expect(brief(open)).toBe('review/2026-W19 unverified date-only')
    expect(open.undecided).toEqual([span('2026-05-08T00:00:00+02:00', noon(8))])
    expect(brief(await finding(may({ every: '1 week', tolerance: '12h' }, [...dates(1), ...rest])))).toBe(
      'review met kept',
    )
    // From the end of the 7th to the start of the 18th is 10 days at least.
    const late = await finding(may({ every: '1 week' }, dates(6, 7, 18, 24, 30)))
    expect(late.status).toBe('breached')
    expect(late.breached).toEqual([span('2026-05-15T00:00:00+02:00', '2026-05-18T00:00:00+02:00')])
    // From 8 May 00:00 at the latest to 18 May 00:00 at the earliest, of 7 days.
    expect(late.observed).toEqual({ unit: 'ms', value: 10 * DAY })
    expect(late.margin).toEqual({ unit: 'ms', value: -3 * DAY })
  })

  it('measures to one that may count, not beyond it', async () => {
    const rows = [...done(7, 28), { control: 'review', performed_at: noon(18), outcome: '?' }]
    const [found, open] = await findings(may({ every: '1 week' }, rows))
    expect(found && brief(found)).toBe('review/2026-W20 breached gap')
    // 14 May 12:00, a week after 7 May, to 18 May; whether 25 to 28 May is one too is open.
    expect(found?.breached).toEqual([span(noon(14), noon(18))])
    expect(found?.undecided).toEqual([span(noon(18), noon(25))])
    expect(found?.observed).toEqual({ unit: 'ms', value: 11 * DAY })
    expect(found?.margin).toEqual({ unit: 'ms', value: -4 * DAY })
    expect(open && brief(open)).toBe('review/2026-W22 breached gap')
    // From the one that may have counted, 18 May, to 28 May.
    expect(open?.observed).toEqual({ unit: 'ms', value: 10 * DAY })
    expect(open?.margin).toEqual({ unit: 'ms', value: -3 * DAY })
  })

  it('measures no further than the log is complete', async () => {
    // The log counts as complete to the end of the period alone: of 1 to 5 June nothing is known.
    const found = await finding(may({ every: '1 week', tolerance: '1 day' }, done(7, 14, 21), { head: {} }))
    expect(found.breached).toEqual([span(noon(29), '2026-06-01T00:00:00+02:00')])
    expect(found.observed).toEqual({ unit: 'ms', value: 10.5 * DAY })
    expect(found.promised).toEqual({ unit: 'ms', value: 7 * DAY })
    expect(found.margin).toEqual({ unit: 'ms', value: -2.5 * DAY })
    // Coverage from 10 May on: one on that day at the latest may be missing from the log before it.
    const coverage = [{ type: 'control', from: noon(10), to: '2026-06-05T00:00:00+02:00' }]
    const untold = await findings({
      ...may({ every: '1 week' }, [], { head: { term: { from: '2026-01-01' } } }),
      evidence: { control: done(3, 25), coverage },
    })
    const gap = byId(untold, 'review/2026-W20')
    expect(gap.breached).toEqual([span(noon(17), noon(25))])
    expect(gap.observed).toEqual({ unit: 'ms', value: 15 * DAY })
    expect(gap.margin).toEqual({ unit: 'ms', value: -8 * DAY })
    expect(gap.start).toBeUndefined()
  })
})

describe('the next one due', () => {
  it('is pending with the instant until which it is in time, listed among what is upcoming', async () => {
    const given = may({ every: '1 week' }, done(7, 14, 21), { asOf: '2026-05-25T12:00:00+02:00' })
    const all = await findings(given)
    expect(all.map(brief)).toEqual(['review met kept', 'review/2026-W22 pending running'])
    const next = byId(all, 'review/2026-W22')
    expect(next.due).toBe(ms(noon(28)))
    expect(next.start).toBe(ms(noon(21)))
    expect(next.observed).toEqual({ unit: 'ms', value: 4 * DAY })
    expect(next.margin).toEqual({ unit: 'ms', value: 3 * DAY })
    const { upcoming } = await audit({ ...given, upcoming: '2026-06-01T00:00:00+02:00' })
    expect([...(upcoming?.items ?? [])].map(item => [item.finding, item.left_ms])).toEqual([
      ['review/2026-W22', 3 * DAY],
    ])
  })

  it('is still in time exactly at its instant, overdue after it', async () => {
    const at = (asOf: string | number) => findings(may({ every: '1 week' }, done(7, 14), { asOf }))
    expect((await at(noon(21))).map(brief)).toEqual(['review met kept', 'review/2026-W21 pending running'])
    expect((await at(ms(noon(21)) + 1)).map(brief)).toEqual(['review/2026-W21 breached overdue'])
  })

  it('is at risk with nine tenths of the time gone', async () => {
    const at = (asOf: string) => findings(may({ every: '10 days' }, done(7), { asOf }))
    expect((await at('2026-05-16T11:59:59+02:00')).at(-1)?.atRisk).toBeUndefined()
    expect((await at('2026-05-16T12:00:00+02:00')).at(-1)?.atRisk).toBe(true)
  })

  it('is not asked for beyond the term', async () => {
    const all = await findings(may({ every: '1 week' }, done(7, 14, 21, 28), { asOf: '2026-05-30T00:00:00+02:00' }))
    expect(all.map(brief)).toEqual(['review met kept'])
  })

  it('is only pending while nothing but the first clock keeps it', async () => {
    const all = await findings(may({ every: '1 week' }, [], { asOf: '2026-05-03T00:00:00+02:00' }))
    expect(all.map(brief)).toEqual(['review/2026-W19 pending running'])
    expect(all[0]?.due).toBe(ms('2026-05-08T00:00:00+02:00'))
  })

  it('ignores what comes after as of', async () => {
    const all = await findings(may({ every: '1 week' }, done(7, 20), { asOf: noon(15) }))
    expect(all.map(brief)).toEqual(['review/2026-W20 breached overdue'])
  })
})

describe('where a log begins', () => {
  it('presumes one there without a term, and says so', async () => {
    const found = await finding(may({ every: '1 week' }, done(8, 15, 22, 29), { head: {} }))
    expect(brief(found)).toBe('review/2026-W19 breached gap')
    expect(found.breached).toEqual([span('2026-05-08T00:00:00+02:00', noon(8))])
    const kept = await finding(may({ every: '1 week' }, done(7, 14, 21, 28), { head: {} }))
    expect(brief(kept)).toBe('review met kept')
    expect(kept.notes).toEqual(['the log tells of nothing before: a performance is presumed where it starts'])
  })

  it('presumes one where the term is older than the log', async () => {
    const found = await finding(
      may({ every: '1 week' }, done(7, 14, 21, 28), { head: { term: { from: '2025-01-01' } } }),
    )
    expect(brief(found)).toBe('review met kept')
    expect(found.notes).toHaveLength(1)
  })

  it('does not rest on a presumed one alone', async () => {
    const found = await finding(may({ every: '1 year' }, [], { head: {} }))
    expect(brief(found)).toBe('review/2026 unverified not-logged')
  })

  it('presumes none where rows before the period tell of the time', async () => {
    const before = { control: 'review', performed_at: '2026-04-20T12:00:00+02:00', outcome: 'passed' }
    const found = await finding(may({ every: '1 week' }, [before, ...done(4, 11, 18, 25)], { head: {} }))
    expect(brief(found)).toBe('review/2026-W18 breached gap')
  })

  it('is unverified beyond the coverage, as far as nothing is known', async () => {
    const coverage = [{ type: 'control', from: '2026-05-01T00:00:00+02:00', to: noon(15) }]
    const found = await finding({ ...may({ every: '1 week' }, []), evidence: { control: done(7, 14), coverage } })
    expect(brief(found)).toBe('review/2026-W21 unverified not-logged')
    expect(found.undecided).toEqual([span(noon(21), '2026-06-01T00:00:00+02:00')])
  })

  it('reads a log without a row as nothing performed, and no log as nothing known', async () => {
    const found = await finding(may({ every: '1 week' }, []))
    expect(brief(found)).toBe('review/2026-W19 breached gap')
    const missing = await finding({ ...may({ every: '1 week' }, []), evidence: {} })
    expect(brief(missing)).toBe('review unverified missing')
    expect(missing.details).toEqual({ missing: 'control' })
    const assumed = await finding({ ...may({ every: '1 week' }, []), evidence: {}, assume: ['control'] })
    expect(brief(assumed)).toBe('review/2026-W19 breached gap')
  })
})

describe('so many times in a window', () => {
  const year = (rows: readonly Cells[], more: Partial<Case> = {}): Case => ({
    contract: contract({ times: '2 per calendar year' }, { term: { from: '2025-01-01' } }),
    evidence: { control: rows },
    asOf: '2027-01-10T00:00:00+01:00',
    period: '2026',
    ...more,
  })
  const row = (performed_at: string, outcome = 'passed') => ({ control: 'review', performed_at, outcome })

  it('is met with enough of them, even while the window runs', async () => {
    const rows = [row('2026-02-01T12:00:00+01:00'), row('2026-03-01T12:00:00+01:00')]
    const found = await finding(year(rows, { asOf: '2026-03-01T12:00:00+01:00' }))
    expect(brief(found)).toBe('review/2026 met kept')
    expect(found.promised).toEqual({ unit: 'count', value: 2 })
    expect(found.observed).toEqual({ unit: 'count', value: 2 })
  })

  it('is pending until the window ends, then breached', async () => {
    const rows = [row('2026-02-01T12:00:00+01:00'), row('2026-05-01T12:00:00+02:00', 'failed')]
    const open = await finding(year(rows, { asOf: '2026-12-31T23:59:59.999+01:00' }))
    expect(brief(open)).toBe('review/2026 pending running')
    expect(open.due).toBe(ms('2026-12-31T23:59:59.999+01:00'))
    const over = await finding(year(rows, { asOf: '2027-01-01T00:00:00+01:00' }))
    expect(brief(over)).toBe('review/2026 breached too-few')
    expect(over.margin).toEqual({ unit: 'count', value: -1 })
    expect(over.timeline.map(({ why }) => why)).toEqual(['passed', 'failed'])
  })

  it('counts by the local date', async () => {
    // 31 December 23:30 UTC is 1 January in Paris.
    const rows = [row('2026-02-01T12:00:00+01:00'), row('2026-12-31T23:30:00Z')]
    expect(brief(await finding(year(rows)))).toBe('review/2026 breached too-few')
    expect(brief(await finding(year([...rows, row('2025-12-31T23:30:00Z')])))).toBe('review/2026 met kept')
  })

  it('is unverified where an outcome, or a stretch of the log, decides', async () => {
    const doubt = await finding(year([row('2026-02-01T12:00:00+01:00'), row('2026-05-01T12:00:00+02:00', '?')]))
    expect(brief(doubt)).toBe('review/2026 unverified column-missing')
    expect(doubt.bounds).toEqual({ lowest: { unit: 'count', value: 1 }, highest: { unit: 'count', value: 2 } })
    const some = year([row('2026-02-01T12:00:00+01:00')], {
      period: '2026-01-01..2026-06-30',
    })
    expect(brief(await finding(some))).toBe('review/2026 unverified not-logged')
  })
})

describe('an attestation', () => {
  const attested = (rows: readonly Cells[], more: Partial<Case> = {}): Case => ({
    contract: contract({ 'valid-for': '1 year', of: 'iso-27001' }, { term: { from: '2025-01-01' } }),
    evidence: { control: rows.map(one => ({ control: 'iso-27001', outcome: 'passed', ...one })) },
    asOf: '2027-01-10T00:00:00+01:00',
    period: '2026',
    ...more,
  })

  it('holds for the amount, with one after the other', async () => {
    const rows = [{ performed_at: '2025-06-01T12:00:00+02:00' }, { performed_at: '2026-06-01T12:00:00+02:00' }]
    const found = await finding(attested(rows))
    expect(brief(found)).toBe('review met kept')
    expect(found.observed).toEqual({ unit: 'none', text: 'valid throughout' })
  })

  it('ends sooner with what it says itself, its last day included', async () => {
    const end = ms('2026-03-01T00:00:00+01:00')
    const rows = [
      { performed_at: '2025-06-01T12:00:00+02:00', valid_until: `${end - DAY}~${end}` },
      { performed_at: '2026-03-11T00:00:00+01:00', valid_until: '' },
    ]
    const found = await finding(attested(rows))
    expect(brief(found)).toBe('review/2026-03-01 breached gap')
    expect(found.breached).toEqual([span('2026-03-01T00:00:00+01:00', '2026-03-11T00:00:00+01:00')])
    expect(found.observed).toEqual({ unit: 'ms', value: 10 * DAY })
  })

  it('may hold from before the first row, unless the log is said to reach back', async () => {
    const rows = [{ performed_at: '2026-03-11T00:00:00+01:00' }]
    const found = await finding(attested(rows))
    expect(brief(found)).toBe('review/2026-01-01 unverified not-logged')
    expect(found.undecided).toEqual([span('2026-01-01T00:00:00+01:00', '2026-03-11T00:00:00+01:00')])
    const said = await finding(attested(rows, { assume: ['control'] }))
    expect(brief(said)).toBe('review/2026-01-01 breached gap')
    expect(said.breached).toEqual([span('2026-01-01T00:00:00+01:00', '2026-03-11T00:00:00+01:00')])
    // One that was given before 1 January holds a year at most.
    const none = await finding(attested([]))
    expect(brief(none)).toBe('review/2026-01-01 unverified not-logged')
    // A row from before the period shows how far the log reaches back.
    const early = await finding(attested([{ performed_at: '2024-06-01T12:00:00+02:00' }, ...rows]))
    expect(early.breached).toEqual([span('2025-06-01T12:00:00+02:00', '2026-03-11T00:00:00+01:00')])
  })

  it('is not presumed before the first, in the time of the log', async () => {
    const coverage = [{ type: 'control', from: '2024-01-01T00:00:00+01:00', to: '2027-01-10T00:00:00+01:00' }]
    const one = attested([{ performed_at: '2026-03-11T00:00:00+01:00' }])
    const known = await finding({ ...one, evidence: { ...one.evidence, coverage } })
    expect(brief(known)).toBe('review/2025-01-01 breached gap')
    const later = [{ type: 'control', from: '2026-02-01T00:00:00+01:00', to: '2027-01-10T00:00:00+01:00' }]
    const half = await finding({ ...one, evidence: { ...one.evidence, coverage: later } })
    expect(half.breached).toEqual([span('2026-02-01T00:00:00+01:00', '2026-03-11T00:00:00+01:00')])
    expect(half.undecided).toEqual([span('2026-01-01T00:00:00+01:00', '2026-02-01T00:00:00+01:00')])
  })

  it('is due for renewal when it ends', async () => {
    const rows = [{ performed_at: '2025-11-01T12:00:00+01:00' }]
    const all = await findings(attested(rows, { asOf: '2026-10-01T00:00:00+02:00' }))
    expect(all.map(brief)).toEqual(['review met kept', 'review/2026-11-01 pending running'])
    expect(all[1]?.due).toBe(ms('2026-11-01T12:00:00+01:00'))
  })
})

describe('each subject', () => {
  const rows = [
    ...[7, 14, 21, 28].map(day => ({
      control: 'review',
      performed_at: noon(day),
      outcome: 'passed',
      subject: 'admins',
    })),
    ...[7, 21, 28].map(day => ({ control: 'review', performed_at: noon(day), outcome: 'passed', subject: 'ops' })),
  ]

  it('is judged by itself', async () => {
    const all = await findings(may({ every: '1 week', per: 'subject' }, rows))
    expect(all.map(brief)).toEqual(['review/admins met kept', 'review/ops/2026-W20 breached gap'])
    expect(all.map(({ subject }) => subject)).toEqual(['admins', 'ops'])
    expect((await findings(may({ every: '1 week' }, rows))).map(brief)).toEqual(['review met kept'])
  })

  it('may be that of a row that names none', async () => {
    const given = may({ every: '1 week', per: 'subject' }, [
      ...rows,
      { control: 'review', performed_at: noon(14), outcome: 'passed', subject: '' },
    ])
    expect((await findings(given)).map(brief)).toEqual([
      'review/admins met kept',
      'review/ops/2026-W20 unverified column-missing',
    ])
    expect((await audit(given)).warnings.map(({ code }) => code)).toContain('no-subject')
  })
})

describe('restore tests', () => {
  const test = (day: number, more: Cells = {}): Cells => ({
    started_at: `2026-05-${String(day).padStart(2, '0')}T09:00:00+02:00`,
    completed_at: noon(day),
    purpose: 'test',
    source: 'backup',
    outcome: 'passed',
    scope: 'full',
    ...more,
  })
  const weekly = (rows: readonly Cells[], body: object = {}, more: Partial<Case> = {}): Case => ({
    ...may({ of: 'restore', every: '1 week', ...body }, []),
    evidence: { restore: rows },
    ...more,
  })

  it('count from their completion', async () => {
    expect(brief(await finding(weekly([test(7), test(14), test(21), test(28)])))).toBe('review met kept')
    const found = await finding(weekly([test(7), test(15), test(21), test(28)]))
    expect(found.breached).toEqual([span(noon(14), noon(15))])
  })

  it.each([
    ['from the live system', { source: 'live' }, 'breached'],
    ['in earnest', { purpose: 'real' }, 'breached'],
    ['that failed', { outcome: 'failed' }, 'breached'],
    ['that still runs', { completed_at: '' }, 'breached'],
    ['of no known purpose', { purpose: '?' }, 'unverified'],
    ['of no known source', { source: '?' }, 'unverified'],
    ['of no known outcome', { outcome: '?' }, 'unverified'],
    ['of no known end', { completed_at: '?' }, 'unverified'],
  ] as const)('%s do not count for certain', async (_, cells, status) => {
    const found = await finding(weekly([test(7), test(14, cells), test(21), test(28)]))
    expect(`${found.id} ${found.status}`).toBe(`review/2026-W20 ${status}`)
  })

  it('are narrowed by a filter, and told apart by component', async () => {
    const rows = [test(7), test(14, { scope: 'partial' }), test(21), test(28)]
    expect((await findings(weekly(rows))).map(brief)).toEqual(['review met kept'])
    expect((await findings(weekly(rows, { where: { scope: 'full' } }))).map(brief)).toEqual([
      'review/2026-W20 breached gap',
    ])
    const parts = [
      ...[7, 14, 21, 28].map(day => test(day, { component: 'database' })),
      ...[7, 21].map(day => test(day, { component: 'files' })),
      test(14, { component: 'all' }),
      test(28, { component: 'all' }),
    ]
    expect((await findings(weekly(parts, { per: 'subject' }))).map(brief)).toEqual([
      'review/database met kept',
      'review/files met kept',
    ])
  })

  it('need a log of restores', async () => {
    const found = await finding({ ...weekly([]), evidence: { control: [] } })
    expect(brief(found)).toBe('review unverified missing')
    expect(found.details).toEqual({ missing: 'restore' })
  })
})

describe('names', () => {
  it('of controls that no clause asks for are told, with what they may mean', async () => {
    const given = may({ every: '1 week' }, [{ control: 'reveiw', performed_at: noon(7), outcome: 'passed' }])
    const { warnings } = await audit(given)
    const said = warnings.find(({ code }) => code === 'unknown-control')
    expect(said?.message).toMatch(/^no clause names the control "reveiw": 1 row, at .*:2$/)
    expect(said?.hint).toBe('did you mean review? controls: review; a clause names one with of: "reveiw"')
    expect(brief(await finding(given))).toBe('review unverified no-record')
  })

  it('that other clauses ask for leave this one without a record that is there', async () => {
    const given = may({ every: '1 week' }, [{ control: 'audit', performed_at: noon(7), outcome: 'passed' }])
    const both = {
      ...given,
      contract: contract(
        { every: '1 week' },
        {
          ...TERM,
          clauses: { review: { kind: 'control', every: '1 week' }, audit: { kind: 'control', every: '1 month' } },
        },
      ),
    }
    expect((await findings(both)).map(brief)).toEqual(['review/2026-W19 breached gap', 'audit met kept'])
    expect((await audit(both)).warnings.map(({ code }) => code)).not.toContain('unknown-control')
  })
})

describe('what is not judged', () => {
  it('has no number, is only observed, or lies outside the term', async () => {
    expect(brief(await finding(may({ every: 'unstated' }, done(7))))).toBe('review not-applicable no-number')
    expect(brief(await finding(may({ every: '1 week', binding: 'observed' }, done(7, 14, 21, 28))))).toBe(
      'review not-applicable observed',
    )
    const outside = may({ every: '1 week' }, done(7), { head: { term: { from: '2027-01-01' } } })
    expect(brief(await finding(outside))).toBe('review not-applicable none')
  })
})

it('has hours in its promise as the contract writes them', async () => {
  const promise = async (body: object) => (await audit(may(body, done(7)))).clauses[0]?.promise
  expect(await promise({ every: '1 week', tolerance: '2h' })).toBe('every 1 week (+2h)')
  expect(await promise({ times: '2 per calendar year', outcome: 'performed' })).toBe(
    '2 per calendar year, whatever the outcome',
  )
  expect(await promise({ 'valid-for': '3 years', per: 'subject' })).toBe(
    'valid at all times, for 3 years each, for each subject',
  )
})

describe('services and bad rows', () => {
  const head = { ...TERM, services: { app: {}, web: {} } }
  const of = (service: string, ...days: readonly number[]) => done(...days).map(row => ({ ...row, service }))

  it('leave rows of other services out, and doubt those that name none', async () => {
    const rows = [...of('app', 7, 14, 21, 28), ...of('web', 7, 21, 28)]
    const given = (service: string, list: readonly Cells[]) =>
      may({ every: '1 week', services: [service] }, list, { head })
    expect((await findings(given('app', rows))).map(brief)).toEqual(['review met kept'])
    expect((await findings(given('web', rows))).map(brief)).toEqual(['review/2026-W20 breached gap'])
    const nameless = [...of('web', 7, 21, 28), ...of('', 14)]
    expect((await findings(given('web', nameless))).map(brief)).toEqual(['review/2026-W20 unverified column-missing'])
  })

  it('that were left out leave nothing certain to be missing', async () => {
    const diagnostic = { code: 'bad-row', severity: 'warning' as const, message: 'bad' }
    const skipped = [{ type: 'control', diagnostic }]
    const all = await findings(may({ every: '1 week' }, done(7, 21, 28), { change: read => ({ ...read, skipped }) }))
    expect(all.map(brief)).toEqual(['review/bad-rows unverified bad-rows', 'review/2026-W20 unverified not-logged'])
  })
})
