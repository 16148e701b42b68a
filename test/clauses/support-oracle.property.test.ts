import { describe, expect, it } from 'vitest'
import { MINUTE } from '../support/instants.ts'
import { type Calendar, type Happening, openMinutes, type Terms, tally } from './support-oracle.ts'
import { judge } from './support-verdicts.ts'

// What the slow clock is compared by must be right by itself: the documented cases, worked out by hand.
const minute = (text: string) => Date.parse(text) / MINUTE
const iso = (at: number | undefined) =>
  at === undefined ? undefined : new Date(at * MINUTE).toISOString().slice(0, 16)
const nine = [[540, 1080]] as const
const office: Calendar = { week: [nine, nine, nine, nine, nine, [], []], holidays: [], except: [] }
const night = [[1200, 1680]] as const
const nights: Calendar = { week: [night, night, night, night, night, night, night], holidays: [], except: [] }
const date = (text: string) => minute(`${text}T00:00Z`) / 1440

const plain: Terms = {
  clock: 'calendar',
  businessDay: 'end-of-day',
  pausedIn: ['waiting'],
  onReopen: 'continue',
  onPriorityChange: 'carry',
  from: 'opened',
  unprioritised: null,
  workaroundCounts: false,
  autoReplyCounts: false,
  customerTimezone: false,
  priorities: { P1: { respond: { kind: 'time', minutes: 120 }, resolve: { kind: 'business-days', days: 2 } } },
}

function told(
  promise: 'respond' | 'resolve',
  terms: Terms,
  opened: string,
  events: readonly Happening[] = [],
  calendar = office,
) {
  const life = { id: 'T', opened: minute(opened), priority: 'P1', reported: null, events }
  const [verdict] = judge(life, promise, terms, openMinutes(calendar, 'Europe/Paris'), minute('2026-06-30T00:00Z'))
  return { status: verdict?.status, counted: verdict?.counted, due: iso(verdict?.due) }
}

describe('the clock that asks every minute', () => {
  it('two hours from Friday 17:30 in Paris', () => {
    const answered = [{ at: minute('2026-05-18T08:30Z'), change: 'responded' }]
    expect(told('respond', plain, '2026-05-15T15:30Z', answered)).toEqual({
      status: 'met',
      counted: 120,
      due: '2026-05-18T08:30',
    })
    const always: Terms = { ...plain, clock: 'always' }
    expect(told('respond', always, '2026-05-15T15:30Z', answered)).toMatchObject({
      status: 'breached',
      due: '2026-05-15T17:30',
    })
  })

  it('two business days from Saturday 11:00', () => {
    const due = (businessDay: Terms['businessDay']) =>
      told('resolve', { ...plain, businessDay }, '2026-06-06T09:00Z').due
    expect(due('end-of-day')).toBe('2026-06-10T16:00')
    expect(due('same-time')).toBe('2026-06-10T07:00')
    expect(due('working-hours')).toBe('2026-06-09T16:00')
  })

  it('a pause over the weekend takes no office time; one over an afternoon does', () => {
    const pause = (from: string, to: string) => [
      { at: minute(from), change: 'paused' },
      { at: minute(to), change: 'resumed' },
    ]
    expect(told('respond', plain, '2026-05-15T15:00Z', pause('2026-05-15T16:00Z', '2026-05-18T07:00Z')).due).toBe(
      '2026-05-18T08:00',
    )
    expect(told('respond', plain, '2026-05-15T13:00Z', pause('2026-05-15T14:00Z', '2026-05-15T15:30Z')).due).toBe(
      '2026-05-18T07:30',
    )
  })

  it('time between a resolve and the reopening', () => {
    const twice = [
      { at: minute('2026-05-13T08:00Z'), change: 'resolved' },
      { at: minute('2026-05-13T12:00Z'), change: 'reopened' },
      { at: minute('2026-05-13T14:00Z'), change: 'resolved' },
    ]
    const counted = (onReopen: Terms['onReopen']) =>
      told('resolve', { ...plain, onReopen }, '2026-05-13T07:00Z', twice).counted
    expect([counted('continue'), counted('first-resolve'), counted('last-resolve'), counted('restart')]).toEqual([
      180, 60, 420, 120,
    ])
  })

  it('night shifts over a clock change, before and after a holiday', () => {
    const open = (calendar: Calendar, from: string, to: string) =>
      tally(minute(from), minute(to), openMinutes(calendar, 'Europe/Paris').isOpen)
    // Saturday 20:00 to Sunday 04:00 lacks an hour in March and has one more in October.
    expect(open(nights, '2026-03-28T12:00Z', '2026-03-29T12:00Z')).toBe(7 * 60)
    expect(open(nights, '2026-10-24T12:00Z', '2026-10-25T12:00Z')).toBe(9 * 60)
    // Thursday the 14th closes from its midnight to its midnight: four hours of the 13th, four of the 14th are left.
    const holiday = { ...nights, holidays: [date('2026-05-14')] }
    expect(open(holiday, '2026-05-13T12:00Z', '2026-05-15T12:00Z')).toBe(8 * 60)
    const closed: Calendar = { ...nights, except: [[date('2026-05-14'), []]] }
    expect(open(closed, '2026-05-13T12:00Z', '2026-05-15T12:00Z')).toBe(8 * 60)
    expect(
      tally(minute('2026-05-14T00:00Z'), minute('2026-05-14T02:00Z'), openMinutes(closed, 'Europe/Paris').isOpen),
    ).toBe(120)
  })

  it('a day that Samoa never had', () => {
    const daily: Calendar = { ...office, week: [nine, nine, nine, nine, nine, nine, nine] }
    // From Thursday the 29th 09:00 (19:00Z) to Saturday the 31st 18:00 (04:00Z of the 31st).
    const open = openMinutes(daily, 'Pacific/Apia').isOpen
    expect(tally(minute('2011-12-29T19:00Z'), minute('2011-12-31T04:00Z'), open)).toBe(18 * 60)
  })
})
