import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueSteps } from '../../src/audit/due-steps.ts'
import { main } from '../../src/cli/main.ts'
import type { Due } from '../../src/model/due.ts'
import { displayWidth } from '../../src/report/printable.ts'
import { ALWAYS, type CalendarRule } from '../../src/time/calendar.ts'
import { makeClock } from '../../src/time/clock.ts'
import { parseDuration } from '../../src/time/duration.ts'
import { merge, total, union } from '../../src/time/interval.ts'
import { makeZones } from '../../src/time/zone.ts'
import { DAY, HOUR, MINUTE, ms } from '../support/instants.ts'
import { fakeIo } from './fake-io.ts'

const CONTRACT = `apiVersion: sla/v1
kind: Contract
id: acme
timezone: Europe/Paris
calendars:
  support: { days: mon-fri, hours: "09:00-18:00", holidays: FR }
  office:
    week: { mon-thu: ["09:00-12:30", "13:30-18:00"], fri: "09:00-16:00" }
    except: { 2026-12-24: "09:00-12:00", 2026-12-31: closed }
clauses:
  uptime: { kind: availability, target: 99.5%, window: calendar month, no-data: unknown }
  tickets:
    kind: support
    calendar: support
    clock: calendar
    business-day: end-of-day
    paused-in: [waiting-customer]
    priorities:
      P1: { respond: 2h, resolve: 4h, update-every: 30min }
      P2: { respond: 9h, resolve: 2 business days }
      P3: { respond: 200h, resolve: 2 days, workaround: { by-calendar: { support: 30min, otherwise: 4 business hours } } }
      P4: { respond: unstated }
  same: { kind: support, calendar: support, business-day: same-time, priorities: { P2: { resolve: 2 business days } } }
  hours: { kind: support, calendar: support, business-day: working-hours, on-reopen: restart, priorities: { P2: { resolve: 2 business days } } }
  wall: { kind: support, calendar: support, clock: always, priorities: { P1: { respond: 2h }, P2: { respond: 26h } } }
  there: { kind: support, calendar: office, customer-timezone: true, priorities: { P1: { respond: 4h } } }
`

async function run(argv: readonly string[], env: Record<string, string> = {}) {
  const io = fakeIo({ 'acme.yaml': CONTRACT }, env)
  const code = await main(['due', 'acme.yaml', ...argv], io)
  return { code, out: io.out.join(''), err: io.err.join('') }
}

async function dues(argv: readonly string[], env: Record<string, string> = {}): Promise<readonly Due[]> {
  const { code, out, err } = await run([...argv, '-f', 'json'], env)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out)
}

/** The one promise asked for. */
async function only(...argv: readonly string[]): Promise<Due> {
  const [first, ...more] = await dues(argv)
  if (first === undefined || more.length > 0) throw new Error(`${argv.join(' ')} names ${more.length + 1} promises`)
  return first
}

describe('a promise in hours', () => {
  it('P1 opened on Friday 17:30 is due on Monday 10:30, on the wall clock on Friday 19:30', async () => {
    const due = await only('tickets/P1/respond', '--from', '2026-05-15T17:30:00+02:00')
    expect(due).toEqual({
      clause: 'tickets',
      priority: 'P1',
      promise: 'respond',
      from: 'opened',
      start: ms('2026-05-15T17:30+02:00'),
      timezone: 'Europe/Paris',
      amount: '2h',
      clock: 'support',
      opens: ms('2026-05-15T17:30+02:00'),
      allowanceMs: 2 * HOUR,
      due: ms('2026-05-18T10:30+02:00'),
      counted: [
        { start: ms('2026-05-15T17:30+02:00'), end: ms('2026-05-15T18:00+02:00'), ms: 30 * MINUTE },
        { start: ms('2026-05-18T09:00+02:00'), end: ms('2026-05-18T10:30+02:00'), ms: 90 * MINUTE },
      ],
      notCounted: [
        {
          start: ms('2026-05-15T18:00+02:00'),
          end: ms('2026-05-18T09:00+02:00'),
          ms: 0,
          reason: 'closed',
          dates: [
            { date: '2026-05-16', reason: 'weekly', names: [] },
            { date: '2026-05-17', reason: 'weekly', names: [] },
          ],
        },
      ],
      notes: [],
    })
    const wall = await only('wall/P1/respond', '--from', '2026-05-15T17:30:00+02:00')
    expect(wall).toMatchObject({ clock: 'always', due: ms('2026-05-15T19:30+02:00'), notCounted: [] })
    // What is promised in hours is told in hours, what is promised in days in days.
    const long = await run(['wall/P2/respond', '--from', '2026-05-15T17:30:00+02:00'])
    expect(long.out).toContain('  due  Sat 16 May 2026 19:30 +02:00, 26h counted\n')
    const days = await run(['tickets/P3/resolve', '--from', '2026-05-15T17:30:00+02:00'])
    expect(days.out).toContain('  due  Sun 17 May 2026 17:30 +02:00, 2d counted\n')
  })

  it('is explained line by line', async () => {
    const { out } = await run(['tickets/P1/respond', '--from', '2026-05-22T17:30:00+02:00', '--width', '80'])
    expect(out.split('\n')).toEqual([
      'tickets/P1/respond  2h, on calendar support (Europe/Paris)',
      '  start  Fri 22 May 2026 17:30 +02:00, opened',
      '                                          counts  so far',
      '    Fri 22 May               17:30–18:00     30m     30m',
      '    Sat 23 May – Sun 24 May  closed',
      '    Mon 25 May               closed                       Whit Monday',
      '    Tue 26 May               09:00–10:30  1h 30m      2h',
      '  due  Tue 26 May 2026 10:30 +02:00, 2h counted',
      '',
    ])
  })

  it.each([
    ['2026-05-07T17:00', '2026-05-11T10:00', '2026-05-08', 'Victory Day'],
    ['2026-07-13T17:00', '2026-07-15T10:00', '2026-07-14', 'Bastille Day'],
    ['2026-05-22T17:00', '2026-05-26T10:00', '2026-05-25', 'Whit Monday'],
    ['2026-05-25T10:00', '2026-05-26T11:00', '2026-05-25', 'Whit Monday'],
  ])('from %s is due at %s: %s is %s', async (from, at, date, name) => {
    const { due, notCounted } = await only('tickets/P1/respond', '--from', from)
    expect(due).toBe(ms(`${at}+02:00`))
    expect(notCounted.flatMap(({ dates = [] }) => dates)).toContainEqual({ date, reason: 'holiday', names: [name] })
  })

  it('keeps to the hours of an exception, and ends at a closing', async () => {
    // One hour on the 23rd, three on the morning of the 24th.
    const { due, counted } = await only('there/P1', '--from', '2026-12-23T17:00:00+01:00', '--zone', 'Europe/Paris')
    expect(due).toBe(ms('2026-12-24T12:00+01:00'))
    expect(counted.map(({ ms: own, exception }) => [own / HOUR, exception])).toEqual([
      [1, undefined],
      [3, true],
    ])
    const whole = await only('tickets/P2/respond', '--from', '2026-05-19T09:00:00+02:00')
    expect(whole.due).toBe(ms('2026-05-19T18:00+02:00'))
    // Opened at a closing: the clock starts at the next opening.
    const closing = await only('tickets/P1/respond', '--from', '2026-05-19T18:00:00+02:00')
    expect(closing).toMatchObject({ opens: ms('2026-05-20T09:00+02:00'), due: ms('2026-05-20T11:00+02:00') })
  })

  it('runs in the zone of the customer where the clause says so', async () => {
    const due = await only('there/P1', '--from', '2026-06-03T17:00:00+02:00', '--zone', 'America/New_York')
    // 11:00 in New York, a Wednesday: 1 h 30 min before lunch, 2 h 30 min after.
    expect(due).toMatchObject({ timezone: 'America/New_York', due: ms('2026-06-03T16:00-04:00') })
  })
})

describe('a promise in days', () => {
  // Saturday 16 May 2026.
  const from = ['--from', '2026-05-16T11:00:00+02:00']
  const readings = {
    'end-of-day': ms('2026-05-20T18:00+02:00'),
    'same-time': ms('2026-05-20T09:00+02:00'),
    'working-hours': ms('2026-05-19T18:00+02:00'),
  }

  it.each([
    ['tickets', 'end-of-day', '2026-05-20'],
    ['same', 'same-time', '2026-05-20'],
    ['hours', 'working-hours', undefined],
  ] as const)('P2 of clause %s, opened on Saturday, is due by %s, the others listed', async (clause, mode, last) => {
    const { due, businessDays, opens } = await only(`${clause}/P2/resolve`, ...from)
    expect(due).toBe(readings[mode])
    expect(opens).toBe(ms('2026-05-18T09:00+02:00'))
    const { [mode]: _, ...others } = readings
    expect(businessDays).toEqual({
      mode,
      count: 2,
      first: '2026-05-18',
      ...(last && { last }),
      otherReadings: Object.entries(others).map(([other, at]) => ({ mode: other, due: at })),
    })
  })

  it('names day 0, the last day and the other readings in one line', async () => {
    const { out } = await run(['tickets/P2/resolve', ...from, '--width', '120'])
    expect(out).toContain('  opens  Mon 18 May 2026 09:00 +02:00, the clock starts there\n')
    expect(out).toContain('  counted by      end-of-day: day 0 is Mon 18 May, day 2 Wed 20 May\n')
    expect(out).toContain(
      '  other readings  same-time Wed 20 May 2026 09:00 +02:00 · working-hours Tue 19 May 2026 18:00 +02:00\n',
    )
  })

  it('days without business are the same local time, over a change of the clock too', async () => {
    const { due, counted, clock } = await only('tickets/P3/resolve', '--from', '2026-03-28T12:00:00+01:00')
    expect(due).toBe(ms('2026-03-30T12:00+02:00'))
    expect(counted.map(({ ms: own }) => own)).toEqual([47 * HOUR])
    expect(clock).toBe('always')
  })
})

describe('pauses', () => {
  it('are taken out in the time of the clock: over a weekend only its open hours', async () => {
    // One hour until 17:00; the pause takes an hour of Friday and one of Monday; three hours are left at 10:00.
    const pause = ['--paused', '2026-05-15T17:00:00+02:00..2026-05-18T10:00:00+02:00']
    const due = await only('tickets/P1/resolve', '--from', '2026-05-15T16:00:00+02:00', ...pause)
    expect(due.due).toBe(ms('2026-05-18T13:00+02:00'))
    expect(due.notCounted.filter(({ reason }) => reason === 'paused')).toEqual([
      { start: ms('2026-05-15T17:00+02:00'), end: ms('2026-05-18T10:00+02:00'), ms: 2 * HOUR, reason: 'paused' },
    ])
    const { out } = await run(['tickets/P1/resolve', '--from', '2026-05-15T16:00:00+02:00', ...pause])
    expect(out).toMatch(/\n {4}Fri 15 May 17:00 – Mon 18 May 10:00 {2}paused +2h taken out\n/)
  })

  it('count once where they overlap, and not at all before the start or after the due instant', async () => {
    const pauses = [
      '2026-05-19T08:00:00+02:00..2026-05-19T08:30:00+02:00',
      '2026-05-19T10:00:00+02:00..2026-05-19T11:00:00+02:00',
      '2026-05-19T10:30:00+02:00..2026-05-19T11:30:00+02:00',
      '2026-05-19T16:00:00+02:00..2026-05-19T17:00:00+02:00',
    ].flatMap(pause => ['--paused', pause])
    const due = await only('tickets/P1/resolve', '--from', '2026-05-19T09:00:00+02:00', ...pauses)
    expect(due.due).toBe(ms('2026-05-19T14:30+02:00'))
    expect(due.notCounted.map(({ ms: own }) => own)).toEqual([90 * MINUTE])
  })

  it('move the day that business days end on', async () => {
    // Due on Wednesday 18:00 after 27 h; two of them are spent on Monday morning, so Thursday 09:00 to 11:00 is needed.
    const pause = ['--paused', '2026-05-18T09:00:00+02:00..2026-05-18T11:00:00+02:00']
    const due = await only('tickets/P2/resolve', '--from', '2026-05-16T11:00:00+02:00', ...pause)
    // Thursday 21 May is open: Ascension Day was the 14th.
    expect(due.due).toBe(ms('2026-05-21T11:00+02:00'))
  })

  it('that are open last until --at, which also says how it stands', async () => {
    const argv = ['--from', '2026-05-19T09:00:00+02:00', '--paused', '2026-05-19T10:00:00+02:00..']
    const due = await only('tickets/P1/resolve', ...argv, '--at', '2026-05-20T10:00:00+02:00')
    // One hour counted, three left at Wednesday 10:00.
    expect(due).toMatchObject({
      due: ms('2026-05-20T13:00+02:00'),
      at: { instant: ms('2026-05-20T10:00+02:00'), countedMs: HOUR, leftMs: 3 * HOUR },
      notes: [expect.stringContaining('still paused')],
    })
    expect(await run(['tickets/P1', ...argv])).toMatchObject({ code: 2, err: expect.stringContaining('--at INSTANT') })
    const { out } = await run([
      'tickets/P1/respond',
      '--from',
      '2026-05-19T09:00+02:00',
      '--at',
      '2026-05-20T10:00+02:00',
    ])
    expect(out).toContain('  at   Wed 20 May 2026 10:00 +02:00: 10h counted, 8h over\n')
  })
})

describe('what is named', () => {
  const from = ['--from', '2026-05-19T09:00:00+02:00']
  const names = (list: readonly Due[]) => list.map(({ priority, promise }) => `${priority}-${promise}`)

  it('is a clause, a priority or a promise', async () => {
    expect(names(await dues(['tickets', ...from]))).toEqual([
      'P1-respond',
      'P1-update-every',
      'P1-resolve',
      'P2-respond',
      'P2-resolve',
      'P3-respond',
      'P3-workaround',
      'P3-resolve',
      'P4-respond',
    ])
    expect(names(await dues(['tickets/P2', ...from]))).toEqual(['P2-respond', 'P2-resolve'])
    expect(names(await dues(['tickets/P2/resolve', ...from]))).toEqual(['P2-resolve'])
    expect(names(await dues(['tickets/P2-resolve', ...from]))).toEqual(['P2-resolve'])
  })

  it('may depend on the hour of the start, or state no number', async () => {
    const open = await only('tickets/P3/workaround', ...from)
    expect(open).toMatchObject({ amount: '30min', due: ms('2026-05-19T09:30+02:00') })
    const closed = await only('tickets/P3/workaround', '--from', '2026-05-18T20:00:00+02:00')
    expect(closed).toMatchObject({ amount: '4 business hours', due: ms('2026-05-19T13:00+02:00') })
    const unstated = await only('tickets/P4', ...from)
    expect(unstated).toMatchObject({ amount: 'unstated', counted: [], notes: [expect.stringContaining('no number')] })
    expect(unstated).not.toHaveProperty('due')
  })

  it('leave out the clock of an amount that is not stated, and pad nothing within a line', async () => {
    const unstated = await run(['tickets/P4', ...from])
    expect(unstated.out).toBe(
      'tickets/P4/respond  unstated\n  note: the text states no number: never due, never judged\n',
    )
    // Day 0 is Friday 29 May: working-hours would be 18 h from Friday 09:00, same-time Tuesday 09:00.
    const days = await run(['tickets/P2/resolve', '--from', '2026-05-29T09:00:00+02:00'])
    expect(days.out).toContain('same-time Tue 2 Jun 2026 09:00 +02:00 · working-hours Mon 1 Jun 2026 18:00 +02:00\n')
  })

  it('takes time resolved until a reopening as a pause where nothing else stops the clock, and says so', async () => {
    const { due, notes } = await only(
      'wall/P1',
      ...from,
      '--paused',
      '2026-05-19T10:00:00+02:00..2026-05-19T10:30:00+02:00',
    )
    expect(due).toBe(ms('2026-05-19T11:30+02:00'))
    expect(notes).toEqual([expect.stringMatching(/^the clause has no paused-in, so only being resolved /)])
  })

  it.each([
    [['ticket'], 'has no clause "ticket"\ndid you mean tickets?'],
    [['uptime'], 'clause "uptime" is of kind availability: only support promises are due\nsupport clauses: tickets,'],
    [['tickets/P9'], 'clause "tickets" has no priority "P9"\ndid you mean P1?'],
    [['tickets/major/respond'], 'clause "tickets" has no priority "major"\npriorities: P1, P2, P3, P4'],
    [['tickets/P2/resolved'], 'tickets/P2 promises no "resolved"\ndid you mean resolve?'],
    [['tickets/P2/report'], 'tickets/P2 promises no "report"\npromises: respond, resolve'],
    [['tickets', '--zone', 'Europe/Rome'], 'leave --zone out'],
    [['there'], 'say which: --zone America/New_York'],
    [['there', '--zone', 'EST'], '--zone: "EST" is an abbreviation'],
    [['hours', '--paused', '2026-05-19T10:00Z..2026-05-19T11:00Z'], 'nothing pauses the clocks of clause "hours"'],
    [['tickets', '--paused', '2026-05-19T10:00Z'], "isn't a pause"],
    [['tickets', '--paused', '2026-05-19T10:00Z..2026-05-19T09:00Z'], 'ends before it begins'],
    [['tickets', '--at', 'noon'], '--at: "noon" isn\'t a time'],
  ])('%j is a usage error that says what to try', async (argv, message) => {
    const { code, out, err } = await run([...argv, ...from])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
  })
})

describe('times', () => {
  it('without an offset are read in the zone of the contract, which is said', async () => {
    const { start, notes } = await only('tickets/P1/respond', '--from', '2026-05-19 09:00')
    expect(start).toBe(ms('2026-05-19T09:00+02:00'))
    expect(notes).toEqual(['times without an offset are read in Europe/Paris'])
  })

  it('shown twice are the earlier instant, those the clock skips move forward', async () => {
    const twice = await only('wall/P1', '--from', '2026-10-25T02:30')
    expect(twice.start).toBe(ms('2026-10-25T02:30+02:00'))
    expect(twice.notes).toContain(
      '--from 2026-10-25T02:30 is read as 2026-10-25T02:30:00+02:00: the earlier of two instants that show it',
    )
    const never = await only('wall/P1', '--from', '2026-03-29T02:30')
    expect(never.start).toBe(ms('2026-03-29T03:30+02:00'))
    expect(never.notes).toContain(
      '--from 2026-03-29T02:30 is read as 2026-03-29T03:30:00+02:00: the clock skips this time',
    )
  })

  it('are needed, with a time of day; variables give them too', async () => {
    expect(await run(['tickets'])).toMatchObject({ code: 2, err: expect.stringContaining('--from is needed') })
    expect((await run(['tickets', '--from', '2026-05-19'])).err).toContain('has no time of day')
    const env = {
      SLA_FROM: '2026-05-19T09:00:00+02:00',
      SLA_PAUSED: '2026-05-19T10:00:00+02:00..2026-05-19T10:30:00+02:00,2026-05-19T11:00:00+02:00..',
      SLA_AT: '2026-05-19T12:00:00+02:00',
      SLA_ZONE: '',
    }
    // 1 h, pause, 30 min, pause until 12:00, 2 h 30 min.
    expect((await dues(['tickets/P1/resolve'], env))[0]?.due).toBe(ms('2026-05-19T14:30+02:00'))
    expect((await dues(['there'], { ...env, SLA_PAUSED: '', SLA_ZONE: 'Europe/Paris' }))[0]?.due).toBe(
      ms('2026-05-19T14:00+02:00'),
    )
  })
})

describe('the page', () => {
  it('cuts many days, keeps holidays and adds up', async () => {
    const { out } = await run(['tickets/P3/respond', '--from', '2026-05-04T09:00:00+02:00', '--width', '80'])
    // 22 days of 9 h and 2 h of the 23rd; 8, 14 and 25 May are closed.
    expect(out.split('\n').slice(2, -2)).toEqual([
      '                                          counts  so far',
      '    Mon  4 May               09:00–18:00      9h      9h',
      '    Tue  5 May               09:00–18:00      9h     18h',
      '    Wed  6 May               09:00–18:00      9h     27h',
      '    Thu  7 May               09:00–18:00      9h     36h',
      '    Fri  8 May               closed                       Victory Day',
      '    … 3 more days                            27h     63h',
      '    Thu 14 May               closed                       Ascension Day',
      '    … 6 more days                            54h    117h',
      '    Mon 25 May               closed                       Whit Monday',
      '    … 8 more days                            72h    189h',
      '    Fri  5 Jun               09:00–18:00      9h    198h',
      '    Sat  6 Jun – Sun  7 Jun  closed',
      '    Mon  8 Jun               09:00–11:00      2h    200h',
    ])
    const all = await run(['tickets/P3/respond', '--from', '2026-05-04T09:00:00+02:00', '-v'])
    expect(all.out.split('\n').filter(line => line.includes('09:00–'))).toHaveLength(23)
  })

  it('shows days without a night one by one', async () => {
    const contract = CONTRACT.replace('hours: "09:00-18:00"', 'hours: "00:00-24:00"')
    const io = fakeIo({ 'acme.yaml': contract })
    const argv = ['due', 'acme.yaml', 'tickets/P3/respond', '--from', '2026-05-22T20:00:00+02:00', '--width', '80']
    expect(await main(argv, io)).toBe(0)
    // 200 h: 4 on Friday, 24 on each of 4 days after Whit Monday, 24 on 4 days of the next week, 4 on its Friday.
    expect(io.out.join('').split('\n').slice(2, -2)).toEqual([
      '                                          counts  so far',
      '    Fri 22 May               20:00–24:00      4h      4h',
      '    Sat 23 May – Sun 24 May  closed',
      '    Mon 25 May               closed                       Whit Monday',
      '    Tue 26 May               00:00–24:00     24h     28h',
      '    Wed 27 May               00:00–24:00     24h     52h',
      '    … 5 more days                           120h    172h',
      '    Thu  4 Jun               00:00–24:00     24h    196h',
      '    Fri  5 Jun               00:00–04:00      4h    200h',
    ])
  })

  it('is one line a promise when quiet', async () => {
    const { out } = await run(['tickets/P1', '--from', '2026-05-19T09:00:00+02:00', '-q'])
    expect(out.split('\n')).toEqual([
      'tickets/P1/respond       2h     Tue 19 May 2026 11:00 +02:00',
      'tickets/P1/update-every  30min  Tue 19 May 2026 09:30 +02:00',
      'tickets/P1/resolve       4h     Tue 19 May 2026 13:00 +02:00',
      '',
    ])
  })

  it.each([80, 120])('keeps within %d columns, plain', async width => {
    const argv = [
      '--from',
      '2026-05-04T10:30',
      '--paused',
      '2026-05-07T16:00..2026-05-11T10:00',
      '--at',
      '2026-05-12T10:00',
    ]
    const { out } = await run(['tickets', ...argv, '--width', String(width)])
    expect(out).not.toContain('\u001b')
    for (const line of out.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(width)
    const ascii = await run(['tickets', ...argv], { LC_ALL: 'C' })
    expect(ascii.out).toMatch(/^[\n -~]*$/)
  })
})

it('for any start and pauses, what counts adds up to the amount and the rest is accounted for', () => {
  const zones = makeZones()
  const zone = zones('Europe/Paris')
  const night: CalendarRule = {
    name: 'night',
    zone: 'Europe/Paris',
    week: [[[20 * HOUR, 28 * HOUR]], [[20 * HOUR, 28 * HOUR]], [], [[9 * HOUR, 12 * HOUR]], [[0, DAY]], [], []],
    holidays: [],
    except: new Map(),
  }
  const rules = {
    calendar: makeClock(night, zone),
    always: makeClock(ALWAYS, zone),
    zone,
    hours: 'calendar',
    businessDay: 'end-of-day',
  } as const
  const minute = fc.integer({ min: 0, max: 20 * 24 * 60 }).map(n => ms('2026-03-16T00:00Z') + n * MINUTE)
  const pauses = fc.array(fc.tuple(minute, fc.integer({ min: 1, max: 2000 })), { maxLength: 5 })
  fc.assert(
    fc.property(
      minute,
      pauses,
      fc.constantFrom('1min', '7h', '30h', '3 days', '2 business days', '12 business hours'),
      (start, list, text) => {
        const amount = parseDuration(text)
        if ('problem' in amount) throw new Error(amount.problem)
        const paused = merge(list.map(([from, minutes]) => ({ start: from, end: from + minutes * MINUTE })))
        const { due = 0, allowanceMs, counted, notCounted, on } = dueSteps(amount, rules, { start, pauses: paused })
        expect(counted.reduce((sum, part) => sum + part.ms, 0)).toBe(allowanceMs)
        const rest = merge(notCounted)
        expect(total(counted) + total(rest)).toBe(due - start)
        expect(union(merge(counted), rest)).toEqual([{ start, end: due }])
        // Walked minute by minute: counted is what is open and not paused.
        const clock = on === 'always' ? rules.always : rules.calendar
        let minutes = 0
        for (let t = start; t < due; t += MINUTE) {
          if (clock.isOpen(t) && !paused.some(pause => pause.start <= t && t < pause.end)) minutes++
        }
        expect(minutes * MINUTE).toBe(allowanceMs)
      },
    ),
    { numRuns: 200 },
  )
})
