import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import type { ClauseReport } from '../../src/model/report.ts'
import { evidenceLines } from '../../src/report/evidence-table.ts'
import { turningText } from '../../src/report/explain-turning.ts'
import { detailFacts, headline, worstText } from '../../src/report/facts.ts'
import { findingBlock, usageBar } from '../../src/report/finding-block.ts'
import { sharesOf } from '../../src/report/kept-facts.ts'
import { keptOutcome } from '../../src/report/kept-outcome.ts'
import { datesText, inWords, wallText } from '../../src/report/said-texts.ts'
import { at, clauseOf, findingOf, HOUR, MINUTE, mixedReport, paris, viewOf } from './fixture.ts'

const DAY = 24 * HOUR
const ms = (value: number) => ({ unit: 'ms', value }) as const
const count = (value: number) => ({ unit: 'count', value }) as const

function backupOf(slot: string, noun: string, more: Partial<Finding>, details: Finding['details'] = {}): Finding {
  return findingOf({
    id: `nightly/${slot}`,
    clause: 'nightly',
    promise: slot,
    subject: 'database',
    status: 'breached',
    reason: 'missed',
    ...more,
    details: { slot, noun, component: 'database', items: 1, from: '2026-05-12', ...details },
  })
}

function interval(used: number, allowed: number, more: Partial<Finding> = {}, details: Finding['details'] = {}) {
  const figures = { promised: ms(DAY), observed: ms(used), margin: ms(allowed - used), bound: 'at-most' } as const
  const named = { anchor: 'start', amount: '24h', ...details }
  return backupOf('schedule', 'interval', { reason: 'gap', ...figures, ...more }, named)
}

const said = (finding: Finding): string => headline(finding, paris)

describe('what a schedule comes to', () => {
  it('tells the time between starts and what was allowed of it', () => {
    // Two nights lie 48 h apart; 24 h and an hour of tolerance are allowed: 23 h over.
    expect(said(interval(48 * HOUR, 25 * HOUR))).toBe('48h between starts, 25h allowed: 23h over')
    expect(said(interval(48 * HOUR, 25 * HOUR, {}, { anchor: 'completion' }))).toContain('48h between completions')
    expect(said(interval(48 * HOUR, 25 * HOUR, {}, { open: 'yes' }))).toContain('48h since the last start')
    // What the contract writes in days is told in days.
    expect(said(interval(2 * DAY, DAY, {}, { amount: '1 day' }))).toBe('2d between starts, 1d allowed: 1d over')
    const next = { status: 'pending', reason: 'due' } as const
    expect(said(interval(24 * HOUR + 30 * MINUTE, 25 * HOUR, next))).toBe(
      '24h 30m since the last start, 25h allowed: 30m left',
    )
    const kept = { status: 'met', reason: 'kept' } as const
    expect(keptOutcome(interval(24 * HOUR, 25 * HOUR, kept))).toEqual({
      figure: '24h',
      fact: 'longest between starts, 25h allowed',
      text: 'at most 24h between starts, 25h allowed',
    })
  })

  it('draws its bar to what is allowed with the tolerance, and none far beyond', () => {
    expect(usageBar(interval(25 * HOUR, 25 * HOUR), viewOf())).toMatch(/┿ 100 %$/)
    expect(usageBar(interval(48 * HOUR, 25 * HOUR), viewOf())).toMatch(/ 192 %$/)
    expect(usageBar(interval(250 * HOUR, 25 * HOUR), viewOf())).toMatch(/ 1,000 %$/)
    expect(usageBar(interval(251 * HOUR, 25 * HOUR), viewOf())).toBeUndefined()
  })

  it('names the days, weeks or months without one', () => {
    const figures = { promised: count(1), observed: count(0), margin: count(-1), bound: 'at-least' } as const
    expect(said(backupOf('schedule', 'day', figures))).toBe('no backup on 2026-05-12')
    expect(said(backupOf('schedule', 'day', figures, { items: 3, owed: 31, to: '2026-05-14' }))).toBe(
      'no backup on 3 days, 2026-05-12 to 2026-05-14',
    )
    expect(said(backupOf('schedule', 'week', figures, { from: '2026-W25' }))).toBe('no backup in 2026-W25')
    const kept = backupOf('schedule', 'day', { ...figures, status: 'met' }, { items: 28, owed: 31 })
    expect(worstText(kept)).toBe('28 of 31 days')
    expect(worstText({ ...kept, details: { ...kept.details, items: 31 } })).toBe('31 of 31 days')
  })

  it('tells how late one was that was due at a time of day, and no share of what never came', () => {
    const late = (minutes: number, reason: string, more: Finding['details'] = {}) =>
      backupOf(
        'schedule',
        'day',
        {
          reason,
          promised: ms(HOUR),
          observed: ms(minutes * MINUTE),
          margin: ms((60 - minutes) * MINUTE),
          bound: 'at-most',
        },
        { at: '04:00', ...more },
      )
    expect(said(late(70, 'late'))).toBe('1h 10m after 04:00, 1h allowed: 10m over')
    expect(said(late(24 * 60, 'missed'))).toBe('none on 2026-05-12')
    expect(usageBar(late(90, 'late'), viewOf())).toMatch(/ 150 %$/)
    expect(usageBar(late(24 * 60, 'missed'), viewOf())).toBeUndefined()
  })
})

describe('what keeping comes to', () => {
  const kept = (reason: string, details: Finding['details'] = {}, more: Partial<Finding> = {}) =>
    backupOf(
      'keep',
      'backup',
      {
        reason,
        // 30 days less an hour are owed: 29 d 23 h, of which 5 d 8 h were kept.
        ...{ promised: ms(30 * DAY), observed: ms(5 * DAY + 8 * HOUR), margin: ms(-(24 * DAY + 15 * HOUR)) },
        ...{
          bound: 'at-least',
          window: { start: at('2026-05-12T04:00:00+02:00'), end: at('2026-05-17T12:00:00+02:00') },
        },
        ...more,
      },
      { amount: '30 days', ...details },
    )

  it('tells the tolerance, so that the shortfall can be followed', () => {
    expect(said(kept('purged'))).toBe('kept 5d 8h of 30 days (1h tolerated): 24d 15h short')
    expect(said(kept('unrestorable'))).toMatch(/^restorable 5d 8h of 30 days/)
    expect(said(kept('purged', { items: 2, owed: 31, to: '2026-05-13' }))).toBe(
      '2 backups, 2026-05-12 to 2026-05-13: at worst kept 5d 8h of 30 days (1h tolerated): 24d 15h short',
    )
  })

  it('says what would have kept it, all of several, nothing of what never was there', () => {
    const later = at('2026-07-01T00:00:00+02:00')
    const turned = (finding: Finding) => turningText(finding, later, viewOf().zone)
    expect(turned(kept('purged'))).toBe('24d 15h more would have kept it')
    expect(turned(kept('purged', { items: 2 }))).toBe('24d 15h more would have kept all of them')
    expect(turned(kept('not-there'))).toBeUndefined()
  })

  it('takes its first note where the figure does not decide', () => {
    const open = kept('deletions-unknown', {}, { status: 'unverified', notes: ['nobody knows', 'another'] })
    expect(said(open)).toBe('nobody knows')
    expect(findingBlock(open, clauseOf({ kind: 'backup', findings: [] }), mixedReport, viewOf()).at(-1)).toBe(
      '  note: another',
    )
    expect(said(kept('not-there', {}, { notes: ['no copy of it is at vault'] }))).toBe('no copy of it is at vault')
  })

  it('tells how many of how many it is on, and the gaps where there are several', () => {
    const gap = (day: number) => ({
      start: at(`2026-05-${day}T00:00:00+02:00`),
      end: at(`2026-05-${day + 1}T00:00:00+02:00`),
    })
    const gaps = { oldest_gap_at: gap(12).start, longest_gap_ms: DAY }
    const days = { ...gaps, items: 2, owed: 31, to: '2026-05-14' }
    const facts = (...breached: Finding['breached'] & readonly unknown[]) =>
      detailFacts(backupOf('points', 'day', { breached }, days), paris).map(({ name, text }) => `${name}: ${text}`)
    expect(facts(gap(12))).toEqual(['days: 2 of 31, 2026-05-12 to 2026-05-14'])
    expect(facts(gap(12), gap(14))).toEqual([
      'days: 2 of 31, 2026-05-12 to 2026-05-14',
      'gaps: 2',
      'oldest gap: 2026-05-12T00:00:00+02:00',
      'longest gap: 1d',
    ])
  })
})

describe('what controls and exposures come to', () => {
  const control = (more: Partial<Finding>) =>
    findingOf({ promise: 'every', bound: 'at-most', ...more, details: { amount: '1 week', performances: 3 } })
  const gap = { promised: ms(7 * DAY), observed: ms(14 * DAY), margin: ms(-6 * DAY) }

  it('tells the time between performances and what was allowed of it', () => {
    const text = 'between performances, 8d allowed: 6d over'
    expect(said(control({ status: 'breached', reason: 'gap', ...gap }))).toBe(`14d ${text}`)
    expect(said(control({ status: 'breached', reason: 'overdue', ...gap }))).toContain('14d since the last performance')
    const step = { at: { start: 0, end: 0 }, effect: 'note', reason: 'clock', why: '' } as const
    expect(said(control({ status: 'breached', reason: 'overdue', ...gap, timeline: [step] }))).toContain(
      '14d without a performance',
    )
    const unknown = { unit: 'none', text: 'its outcome is not known' } as const
    const open = control({ status: 'unverified', observed: unknown, notes: ['a log would settle it'] })
    expect(said(open)).toBe('its outcome is not known')
  })

  it('counts in windows', () => {
    const times = (done: number, status: Finding['status']) =>
      said(control({ promise: 'times', status, promised: count(2), observed: count(done), margin: count(done - 2) }))
    expect(times(1, 'breached')).toBe('performed 1 of 2 times: 1 short')
    expect(times(0, 'pending')).toBe('performed 0 of 2 times so far')
    expect(times(2, 'met')).toBe('performed 2 of 2 times')
    expect(times(5, 'met')).toBe('performed 5 times')
  })

  it('tells what could be lost', () => {
    const figures = {
      promised: ms(24 * HOUR),
      observed: ms(26 * HOUR),
      margin: ms(-2 * HOUR),
      bound: 'at-most',
    } as const
    const exposed = findingOf({ promise: 'rpo', status: 'breached', ...figures, details: { amount: '24h' } })
    expect(said(exposed)).toBe('26h could be lost, 24h allowed: 2h over')
  })
})

describe('what was lost in an incident', () => {
  it('is told with what was allowed', () => {
    const figures = { promised: ms(5 * MINUTE), bound: 'at-most' } as const
    const lost = (minutes: number, status: Finding['status']) =>
      findingOf({
        promise: 'rpo',
        status,
        reason: 'lost',
        ...figures,
        observed: ms(minutes * MINUTE),
        margin: ms((5 - minutes) * MINUTE),
        details: { case: 'D-2', amount: '5min' },
      })
    expect(said(lost(7, 'breached'))).toBe('7m lost, 5m allowed: 2m over')
    expect(said(lost(3, 'met'))).toBe('3m lost, 5m allowed')
  })
})

describe('the share of a clause', () => {
  const of = (kind: string, ...findings: Finding[]) => sharesOf(clauseOf({ kind, findings }))
  const met = { status: 'met', reason: 'kept' } as const

  it('is of what is owed, of cases and windows of those, of stretches how many are broken', () => {
    const days = [backupOf('schedule', 'day', {}, { items: 2 }), backupOf('schedule', 'day', met, { items: 29 })]
    expect(of('backup', ...days)).toBe('29 of 31 days')
    expect(of('backup', ...days, backupOf('keep', 'backup', met))).toBe('1 breach')
    expect(of('backup', interval(48 * HOUR, 25 * HOUR), interval(50 * HOUR, 25 * HOUR))).toBe('2 breaches')
    expect(of('backup', backupOf('keep', 'backup', { status: 'pending', reason: 'owed' }))).toBe('')
    expect(of('recovery', findingOf({ promise: 'rto', details: { case: 'I-1' } }))).toBeUndefined()
    expect(of('maintenance', findingOf())).toBeUndefined()
  })
})

describe('instants and ids inside texts', () => {
  it('are told as elsewhere on a page, the year where it is another, twice-read times with their offset', () => {
    expect(wallText('deleted 2026-06-04T04:00:00+02:00, late', paris, 2026)).toBe('deleted Thu 4 Jun 04:00, late')
    expect(wallText('deleted 2026-06-04T02:00:00Z', paris, 2025)).toBe('deleted Thu 4 Jun 2026 04:00')
    expect(wallText('at 2026-10-25T02:30:00+01:00', paris, 2026)).toBe('at Sun 25 Oct 02:30+01:00')
    expect(wallText('of 2026-06-04', paris, 2026)).toBe('of 2026-06-04')
    // A listing proves up to its own instant, which ends a millisecond after it.
    expect(wallText('from 2026-06-04T04:00:00.001+02:00 on', paris, 2026)).toBe('from Thu 4 Jun 04:00 on')
    expect(datesText(paris, { start: at('2026-05-01T04:00:00+02:00'), end: at('2026-05-31T23:59:00+02:00') })).toBe(
      '1 May to 31 May 2026',
    )
    expect(datesText(paris, { start: at('2025-12-20T04:00:00+01:00'), end: at('2026-01-02T00:00:00+01:00') })).toBe(
      '20 Dec 2025 to 2 Jan 2026',
    )
  })

  it('lose the millisecond that a listing adds, but not one that decides', () => {
    const start = at('2026-05-04T00:00:00+02:00')
    const step = (end: number) => ({ at: { start, end }, effect: 'over', reason: 'x', why: '' }) as const
    const told = inWords(interval(DAY + 1, 25 * HOUR, { timeline: [step(start + HOUR + 1), step(start + 1)] }), paris)
    expect(told.observed).toEqual(ms(DAY))
    expect(told.timeline.map(one => one.at.end - one.at.start)).toEqual([HOUR, 0])
    const close = inWords(interval(25 * HOUR + 1, 25 * HOUR), paris)
    expect([close.observed, close.margin]).toEqual([ms(25 * HOUR + 1), ms(-1)])
  })

  it('are cut to the shortest beginning that tells them apart', () => {
    const [a, b] = [`${'a'.repeat(9)}b`, `${'a'.repeat(9)}c`].map(text => text.padEnd(64, '0'))
    const step = (why: string) => ({ at: { start: 0, end: 0 }, effect: 'note', reason: 'x', why }) as const
    const why = (...whys: string[]) =>
      inWords(findingOf({ timeline: whys.map(step) }), paris).timeline.map(one => one.why)
    expect(why(`${a}: backup`)).toEqual(['aaaaaaaa: backup'])
    expect(why(`${a}: backup`, `${b}: deleted`)).toEqual(['aaaaaaaaab: backup', 'aaaaaaaaac: deleted'])
  })
})

describe('the table of evidence', () => {
  const rows = (found: string, complete: { start: number; end: number }[] = []) => [
    { about: 'creations', found, complete, judges: 'how often' },
  ]
  const whole = { start: at('2026-05-01T00:00:00+02:00'), end: at('2026-06-01T00:00:00+02:00') }
  const report = { period: { ...whole, stated: true, text: '2026-05' }, asOf: whole.end }
  const lines = (...clauses: Partial<ClauseReport>[]) =>
    evidenceLines(
      clauses.map(clause => clauseOf({ findings: [], ...clause })),
      report,
      viewOf(),
    )

  it('tells what several clauses share once, with dates, and how far a log is complete', () => {
    const found = '31 backup rows, 2026-05-01T04:00:00+02:00 to 2026-05-31T04:00:00+02:00'
    expect(lines({ id: 'a', evidence: rows(found, [whole]) }, { id: 'b', evidence: rows(found, [whole]) })).toEqual([
      'Evidence',
      '  a, b',
      '    Evidence   Supplied                                        Allows to judge',
      '    creations  31 backup rows, 1 May to 31 May 2026, complete  how often',
    ])
    const half = { start: whole.start, end: at('2026-05-08T00:00:00+02:00') }
    expect(lines({ id: 'a', evidence: rows('1 listing, 2026-05-02T12:00:00+02:00', [half]) })[3]).toBe(
      '    creations  1 listing, Sat 2 May 12:00, complete to Fri 8 May 00:00  how often',
    )
    const rest = { start: at('2026-05-10T00:00:00+02:00'), end: whole.end }
    expect(lines({ id: 'a', evidence: rows('1 listing', [half, rest]) }).slice(3)).toEqual([
      '    creations  1 listing, complete but for 8 May to 9 May 2026  how often',
    ])
    const late = { start: at('2026-05-10T12:00:00+02:00'), end: at('2026-05-20T00:00:00+02:00') }
    expect(
      lines({ id: 'a', evidence: rows('1 listing', [half, late]) })
        .slice(3)
        .join(' ')
        .replace(/ +/g, ' '),
    ).toBe(' creations 1 listing, complete to Wed 20 May 00:00, but for Fri 8 May 00:00 – how often Sun 10 May 12:00')
  })

  it('names the oldest and the longest gap, with its component where there are several', () => {
    const gap = (subject: string, day: number, hours: number) => {
      const start = at(`2026-05-0${day}T00:00:00+02:00`)
      return findingOf({
        promise: 'schedule',
        status: 'breached',
        subject,
        breached: [{ start, end: start + hours * HOUR }],
      })
    }
    const told = (...findings: Finding[]) => lines({ id: 'a', evidence: rows('none'), findings })[4]
    expect(told(gap('db', 3, 2))).toBe('  a: 1 gap, Sun  3 May 00:00–02:00 (2h)')
    expect(told(gap('db', 3, 2), gap('db', 5, 1))).toBe('  a: 2 gaps, oldest and longest Sun  3 May 00:00–02:00 (2h)')
    expect(told(gap('db', 3, 2), gap('files', 5, 4))).toBe(
      '  a: 2 gaps, oldest db Sun  3 May 00:00–02:00 (2h), longest files Tue  5 May 00:00–04:00 (4h)',
    )
  })
})
