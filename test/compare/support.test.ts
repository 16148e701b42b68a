import { describe, expect, it } from 'vitest'
import { verdictOf } from '../../src/compare/judge-log.ts'
import { supportRule } from '../../src/compare/rules/support.ts'
import { contractOf, settled, sideOf, yearOf, zones } from './support-sides.ts'

const world = yearOf()
const calendars = {
  office: { days: 'mon-fri', hours: '09:00-18:00', holidays: 'FR' },
  late: { days: 'mon-fri', hours: '09:30-18:30' },
  wide: { days: 'mon-fri', hours: '08:00-20:00' },
}
const BASE = {
  kind: 'support',
  calendar: 'office',
  clock: 'calendar',
  'business-day': 'end-of-day',
  'on-reopen': 'continue',
  'on-priority-change': 'at-open',
  priorities: { P1: { respond: '2h', resolve: '4h' }, P2: { respond: '8h', resolve: '2 business days' } },
}

async function relation(key: string, base: object, other: object) {
  const [a, b] = [await contractOf(base, { calendars }), await contractOf(other, { calendars })]
  return settled(supportRule, sideOf(a, supportRule, key), sideOf(b, supportRule, key), world)
}

function withP1(promises: object, more: object = {}) {
  return { ...BASE, ...more, priorities: { ...BASE.priorities, P1: promises } }
}

describe('promises of support', () => {
  it('are terms of each priority, with what their time runs on', async () => {
    const contract = await contractOf(
      { ...withP1({ respond: '2h', resolve: 'unstated' }), mean: { resolve: '6h', window: 'calendar month' } },
      { calendars },
    )
    const terms = supportRule.terms(contract.clauses[0] as never, contract)
    expect(terms.map(({ key, text, unstated }) => [key, text, unstated === true])).toEqual([
      ['support/P1/respond', '2h of office hours', false],
      ['support/P1/resolve', 'unstated', true],
      ['support/P2/respond', '8h of office hours', false],
      ['support/P2/resolve', '2 business days', false],
      ['support/all/mean-resolve', '6h of office hours on average per calendar month', false],
    ])
  })

  it('that say the same are equal', async () => {
    const { ordering, found } = await relation('support/P2/resolve', BASE, BASE)
    expect(ordering).toEqual({ atLeast: true, atMost: true, rules: [] })
    expect(found).toEqual([])
  })

  it.each([
    ['1h on the same hours', withP1({ respond: '1h' }), true, false],
    ['3h on the same hours', withP1({ respond: '3h' }), false, true],
    ['2 business hours are the same', withP1({ respond: '2 business hours' }), true, true],
    ['2h around the clock', withP1({ respond: '2h' }, { clock: 'always' }), true, false],
    // Two hours from Monday 09:00 are over at 10:00 where it opens at 08:00 … but not sooner on a holiday of the base.
    ['2h of wider hours', withP1({ respond: '2h' }, { calendar: 'wide' }), true, false],
    // Opened at 09:00: over at 11:00, here at 11:30; opened at 17:30: over the next day at 10:30, here at 09:30.
    ['2h of later hours', withP1({ respond: '2h' }, { calendar: 'late' }), false, false],
  ])('%s', async (_, other, atLeast, atMost) => {
    const { ordering, weaker, stronger } = await relation('support/P1/respond', BASE, other)
    expect([ordering.atLeast, ordering.atMost]).toEqual([atLeast, atMost])
    // What a rule denies a log shows; what it proves none refutes.
    expect([weaker, stronger]).toEqual([!atLeast, !atMost])
  })

  it('one hour around the clock is not 2h of hours with a night between: Friday 17:30 to Monday 10:30', async () => {
    const { found } = await relation('support/P1/respond', withP1({ respond: '2h' }, { clock: 'always' }), BASE)
    const [log] = found.filter(({ breaches }) => breaches === 'base')
    expect(log?.log.rows.length).toBe(1)
    expect(log?.log.story).toMatch(/x gives time until .*, x until /)
  })

  it.each([
    ['two business days to the end of the day are more than to the same time', 'same-time', true, false],
    ['two business days of working hours', 'working-hours', true, false],
  ])('%s', async (_, mode, atLeast, atMost) => {
    const { ordering, weaker, stronger } = await relation('support/P2/resolve', BASE, {
      ...BASE,
      'business-day': mode,
      'on-reopen': 'first-resolve',
    })
    const plain = await relation(
      'support/P2/resolve',
      { ...BASE, 'on-reopen': 'first-resolve' },
      { ...BASE, 'business-day': mode, 'on-reopen': 'first-resolve' },
    )
    expect([plain.ordering.atLeast, plain.ordering.atMost]).toEqual([atLeast, atMost])
    expect([plain.weaker, plain.stronger]).toEqual([!atLeast, !atMost])
    // Against a base that also counts what comes after a reopening it asks for less.
    expect(ordering.atLeast).not.toBe(true)
    expect([weaker, stronger]).toEqual([true, true])
  })

  it('on other hours are not ordered where pauses can hide what only one of them counts', async () => {
    const paused = { 'paused-in': ['waiting'] }
    const { ordering, weaker, stronger } = await relation(
      'support/P1/respond',
      { ...BASE, ...paused },
      withP1({ respond: '60min' }, { calendar: 'late', ...paused }),
    )
    expect(ordering.atLeast).toBe(undefined)
    expect([weaker, stronger]).toEqual([true, true])
  })
})

describe('one thing laxer', () => {
  const attained = (share: string) => ({ ...BASE, attainment: share })
  it.each([
    ['more pauses', 'support/P1/respond', BASE, { ...BASE, 'paused-in': ['waiting'] }],
    ['more states', 'support/P1/resolve', { ...BASE, 'paused-in': ['a'] }, { ...BASE, 'paused-in': ['a', 'b'] }],
    ['automatic replies', 'support/P1/respond', BASE, { ...BASE, 'auto-reply-counts': true }],
    ['workarounds', 'support/P1/resolve', BASE, { ...BASE, 'workaround-counts': true }],
    ['only the first resolution', 'support/P1/resolve', BASE, { ...BASE, 'on-reopen': 'first-resolve' }],
    ['a clock anew', 'support/P1/resolve', BASE, { ...BASE, 'on-reopen': 'restart' }],
    ['resolved time left out', 'support/P1/resolve', { ...BASE, 'on-reopen': 'last-resolve' }, BASE],
    ['95 % of them', 'support/P1/respond', BASE, attained('95% per calendar month')],
    [
      '90 % instead of 95 %',
      'support/P1/respond',
      attained('95% per calendar month'),
      attained('90% per calendar month'),
    ],
    [
      'quarters instead of months',
      'support/P1/respond',
      attained('95% per calendar month'),
      attained('95% per calendar quarter'),
    ],
    ['some tickets only', 'support/P1/respond', BASE, { ...BASE, where: { queue: 'a' } }],
    [
      'one queue instead of two',
      'support/P1/respond',
      { ...BASE, where: { queue: ['a', 'b'] } },
      { ...BASE, where: { queue: 'a' } },
    ],
    [
      'a mean of 5h',
      'support/all/mean-resolve',
      { ...BASE, mean: { resolve: '4h', window: 'calendar month' } },
      { ...BASE, mean: { resolve: '5h', window: 'calendar month' } },
    ],
    [
      'no number in the office',
      'support/P1/respond',
      BASE,
      withP1({ respond: { 'by-calendar': { office: 'unstated', otherwise: '2h' } } }),
    ],
    [
      'updates less often',
      'support/P1/update-every',
      withP1({ 'update-every': '1h' }),
      withP1({ 'update-every': '2h' }),
    ],
    ['reports later', 'support/P1/report', withP1({ report: '1 day' }), withP1({ report: '2 days' })],
    ['workarounds later', 'support/P1/workaround', withP1({ workaround: '1h' }), withP1({ workaround: '2h' })],
  ])('%s: weaker, and a log shows it', async (_, key, base, other) => {
    const { ordering, weaker, stronger } = await relation(key, base, other)
    expect(ordering.atLeast).not.toBe(true)
    expect(weaker).toBe(true)
    expect(stronger).toBe(false)
  })

  it.each([
    ['the clock starts from the report', BASE, { ...BASE, from: 'reported' }],
    ['the last priority decides', BASE, { ...BASE, 'on-priority-change': 'carry' }],
    ['the hours of the customer', BASE, { ...BASE, 'customer-timezone': true }],
  ])('%s: logs show both ways', async (_, base, other) => {
    const { ordering, weaker, stronger } = await relation('support/P1/respond', base, other)
    expect([ordering.atLeast, ordering.atMost]).toEqual([undefined, undefined])
    expect([weaker, stronger]).toEqual([true, true])
  })

  it('a clock that starts anew belongs to another month: one less in time there can cost the share', async () => {
    const shared = { attainment: '50% per calendar month' }
    const anew = { ...BASE, 'on-reopen': 'restart' }
    const last = { ...BASE, 'on-reopen': 'last-resolve' }
    const counted = await relation('support/P1/resolve', { ...anew, ...shared }, { ...last, ...shared })
    expect(counted.ordering.atLeast).toBe(undefined)
    expect((await relation('support/P1/resolve', anew, last)).ordering.atLeast).toBe(true)
  })

  it('a higher share of months keeps that of quarters, a lower one does not', async () => {
    const quarter = attained('90% per calendar quarter')
    const high = await relation('support/P1/respond', quarter, attained('95% per calendar month'))
    expect([high.ordering.atLeast, high.weaker]).toEqual([true, false])
    const low = await relation('support/P1/respond', quarter, attained('80% per calendar month'))
    expect([low.ordering.atLeast, low.weaker]).toEqual([undefined, true])
  })

  it('a workaround that does not hold ends a wait where it counts as a resolution, elsewhere it does not', async () => {
    const waits = { ...BASE, 'paused-in': ['waiting'] }
    const found = await relation('support/P1/resolve', { ...waits, 'workaround-counts': true }, waits)
    expect([found.ordering.atLeast, found.weaker, found.stronger]).toEqual([undefined, true, true])
  })

  it('a ticket without a priority is only lost where it becomes one of another', async () => {
    const base = { ...BASE, unprioritised: 'P1' }
    const lost = await relation('support/P1/respond', base, { ...BASE, unprioritised: 'P2' })
    expect([lost.ordering.atLeast, lost.weaker]).toEqual([undefined, true])
    const unknown = await relation('support/P1/respond', base, BASE)
    expect([unknown.ordering.atLeast, unknown.weaker]).toEqual([true, false])
  })
})

describe('the worst wait', () => {
  const worst = async (clause: object, key: string) => {
    const contract = await contractOf(clause, { calendars })
    const side = { contract, zone: zones(contract.timezone), label: contract.id, zones }
    return supportRule.envelope(contract.clauses[0] as never, side, world).find(row => row.key === key)
  }

  it('of two office hours is over Easter: Friday 3 April 16:00 to Tuesday 7 April 09:00', async () => {
    const row = await worst(BASE, 'support/P1/response-wall')
    expect(row?.at).toEqual({ start: Date.parse('2026-04-03T16:00+02:00'), end: Date.parse('2026-04-07T09:00+02:00') })
    expect([row?.ms, row?.text]).toEqual([89 * 3_600_000, '3d 17h'])
  })

  it('of one hour until 18:30 is over the weekend on which the clocks change', async () => {
    const row = await worst(withP1({ respond: '60min' }, { calendar: 'late' }), 'support/P1/response-wall')
    expect(row?.at).toEqual({ start: Date.parse('2026-10-23T17:30+02:00'), end: Date.parse('2026-10-26T09:30+01:00') })
    expect(row?.ms).toBe(65 * 3_600_000)
  })

  it('of four days has 97 hours, where an hour shows twice', async () => {
    const row = await worst(withP1({ respond: '4 days' }), 'support/P1/response-wall')
    expect(row?.ms).toBe(97 * 3_600_000)
  })

  it('has no number where the text has none, no limit where some may be late', async () => {
    expect((await worst(withP1({ respond: 'unstated' }), 'support/P1/response-wall'))?.text).toBe('no number')
    const share = await worst({ ...BASE, attainment: '95% per calendar month' }, 'support/P1/response-wall')
    expect([share?.ms, share?.text]).toEqual([undefined, 'no limit'])
    const paused = await worst({ ...BASE, 'paused-in': ['waiting'] }, 'support/P1/resolve-wall')
    expect(paused?.beside).toBe('unlimited, while it is waiting')
  })

  it('has no limit where only openings outside the hours have a number, and says which those have', async () => {
    const belgian = { calendars: { day: { days: 'mon-fri', hours: '09:00-17:00', holidays: 'BE' } } }
    const respond = { 'by-calendar': { day: 'unstated', otherwise: '1 business day' } }
    const contract = await contractOf(
      withP1({ respond }, { calendar: 'day', 'business-day': 'working-hours', binding: 'objective' }),
      { ...belgian, timezone: 'Europe/Brussels' },
    )
    const side = { contract, zone: zones(contract.timezone), label: contract.id, zones }
    const [row] = supportRule.envelope(contract.clauses[0] as never, side, yearOf('Europe/Brussels'))
    // From the closing on Thursday its eight hours are over as Friday closes, and Easter follows before more is counted.
    expect(row).toEqual({
      key: 'support/P1/response-wall',
      name: 'P1 longest wait for a response',
      text: 'no limit',
      notes: [
        '4d 16h if opened outside day, Thu 2 Apr 17:00 – Tue 7 Apr 09:00; no number inside',
        'its time is used up Fri 3 Apr 17:00; until Tue 7 Apr 09:00 nothing more is counted',
      ],
    })
    const ticket = (responded: string) => ({
      rows: [
        {
          type: 'ticket',
          id: 'T-1',
          priority: 'P1',
          opened_at: '2026-04-02T17:00:00+02:00',
          responded_at: responded,
          resolved_at: responded,
        },
      ],
      period: { start: Date.parse('2026-04-01T00:00+02:00'), end: Date.parse('2026-05-01T00:00+02:00') },
      asOf: Date.parse('2026-05-01T00:00+02:00'),
      story: '',
    })
    const said = sideOf(contract, supportRule, 'support/P1/respond')
    expect(await verdictOf(said, ticket('2026-04-07T09:00:00+02:00'), supportRule.owns)).toBe('met')
    expect(await verdictOf(said, ticket('2026-04-07T09:00:01+02:00'), supportRule.owns)).toBe('breached')
  })

  it.each([{ respond: '2h' }, { respond: '9h' }, { respond: '3 business days' }, { respond: '1 week' }])(
    'of $respond is that of every minute of a month',
    async promises => {
      const year = {
        year: 2026,
        span: { start: Date.parse('2026-04-20T00:00+02:00'), end: Date.parse('2026-05-18T00:00+02:00') },
      }
      for (const mode of ['end-of-day', 'same-time', 'working-hours']) {
        const contract = await contractOf(withP1(promises, { 'business-day': mode }), { calendars })
        const side = sideOf(contract, supportRule, 'support/P1/respond')
        const row = supportRule.envelope(side.clause, side, year).find(one => one.key === 'support/P1/response-wall')
        const { readingOf, promisedOf } = await import('../../src/compare/rules/support/promise.ts')
        const promised = promisedOf(side)
        if (promised === undefined) throw new Error('nothing promised')
        const reading = readingOf(side, promised)
        let most = 0
        for (let at = year.span.start; at < year.span.end; at += 60_000) {
          most = Math.max(most, (reading.at(at)?.last ?? 0) - at)
        }
        expect(row?.ms).toBe(most)
      }
    },
  )
})
