import { describe, expect, it } from 'vitest'
import { dateText, dayNumber } from '../../../src/time/civil.ts'
import { parseIcsDates } from '../../../src/time/holidays/ics.ts'

/** An iCalendar file with one event per argument; the first event begins on line 3. */
function file(...events: readonly (readonly string[])[]): string {
  const lines = events.flatMap(event => ['BEGIN:VEVENT', ...event, 'END:VEVENT'])
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n')
}

function read(text: string, ...years: readonly number[]) {
  const { rule, problems } = parseIcsDates(text)
  expect(problems).toEqual([])
  return years.flatMap(year => rule.of(year)).map(dateText)
}

const day = (date: string) => `DTSTART;VALUE=DATE:${date}`

describe('all-day events', () => {
  it('of one day, with or without an end, of several, and over New Year', () => {
    const text = file(
      [day('20260704')],
      [day('20260914'), 'DTEND;VALUE=DATE:20260915'],
      [day('20261230'), 'DTEND;VALUE=DATE:20270102'],
      [day('20260310'), 'DURATION:P2D'],
      [day('20260310'), 'DTEND;VALUE=DATE:20260310'],
    )
    expect(read(text, 2026)).toEqual([
      '2026-03-10',
      '2026-03-11',
      '2026-07-04',
      '2026-09-14',
      '2026-12-30',
      '2026-12-31',
    ])
    expect(read(text, 2027)).toEqual(['2027-01-01'])
    expect(read(text, 2025)).toEqual([])
  })

  it('every year, with interval, count, end and exceptions', () => {
    expect(read(file([day('20200501'), 'RRULE:FREQ=YEARLY']), 2019, 2020, 2035)).toEqual(['2020-05-01', '2035-05-01'])
    expect(read(file([day('20200501'), 'RRULE:FREQ=YEARLY;INTERVAL=2;COUNT=2']), 2020, 2021, 2022, 2023, 2024)).toEqual(
      ['2020-05-01', '2022-05-01'],
    )
    expect(read(file([day('20200501'), 'RRULE:FREQ=YEARLY;UNTIL=20220501']), 2021, 2022, 2023)).toEqual([
      '2021-05-01',
      '2022-05-01',
    ])
    expect(read(file([day('20200501'), 'RRULE:FREQ=YEARLY;UNTIL=20220430T000000Z']), 2021, 2022)).toEqual([
      '2021-05-01',
    ])
    expect(
      read(
        file([day('20200501'), 'RRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1', 'EXDATE;VALUE=DATE:20210501']),
        2020,
        2021,
        2022,
      ),
    ).toEqual(['2020-05-01', '2022-05-01'])
    expect(read(file([day('20191231'), 'DTEND;VALUE=DATE:20200102', 'RRULE:FREQ=YEARLY']), 2026)).toEqual([
      '2026-01-01',
      '2026-12-31',
    ])
  })

  it('on 29 February in leap years only, which are what a count counts', () => {
    const text = file([day('20200229'), 'RRULE:FREQ=YEARLY;COUNT=2'])
    expect(read(text, 2020, 2021, 2024, 2028)).toEqual(['2020-02-29', '2024-02-29'])
  })

  it('whose lines are folded, hold alarms or are cancelled', () => {
    const text = file(
      [
        'SUMMARY:A long name that',
        '  goes on: with DTSTART',
        'DTSTART;VALUE',
        ' =DATE:2026',
        ' 0704',
        'BEGIN:VALARM',
        'DTSTART:20260101T000000',
        'END:VALARM',
      ],
      [day('20260705'), 'STATUS:CANCELLED'],
    )
    expect(read(text, 2026)).toEqual(['2026-07-04'])
    expect(read(text.replaceAll('\r\n', '\n'), 2026)).toEqual(['2026-07-04'])
    expect(read(file(['DTSTART;X-NOTE="a:b;c";VALUE=DATE:20260704']), 2026)).toEqual(['2026-07-04'])
  })
})

describe('problems', () => {
  it.each([
    [['DTSTART:20260704T090000Z'], 4, 'not an all-day event'],
    [['SUMMARY:x', 'DTSTART;TZID=Europe/Paris:20260704T090000'], 5, 'not an all-day event'],
    [[day('20260230')], 4, 'not an all-day event'],
    [['SUMMARY:x'], 3, 'no DTSTART'],
    [[day('20260704'), 'DTEND;VALUE=DATE:20260701'], 5, 'before DTSTART'],
    [[day('20260704'), 'DTEND:20260705T120000'], 5, 'DTEND'],
    [[day('20260704'), 'DURATION:PT4H'], 5, 'not whole days'],
    [[day('20260704'), 'RRULE:FREQ=WEEKLY'], 5, 'FREQ=WEEKLY'],
    [[day('20260704'), 'RRULE:FREQ=YEARLY;BYDAY=1MO;BYMONTH=9'], 5, 'BYDAY=1MO'],
    [[day('20260704'), 'RRULE:FREQ=YEARLY;BYMONTH=9'], 5, 'BYMONTH=9'],
    [[day('20260704'), 'RRULE:FREQ=YEARLY;COUNT=x'], 5, 'COUNT=X'],
    [[day('20260704'), 'RDATE;VALUE=DATE:20260801'], 5, 'RDATE'],
    [[day('20260704'), 'EXDATE:20260704T000000'], 5, 'EXDATE'],
  ])('%j on line %d', (event, line, message) => {
    const { problems, rule, events } = parseIcsDates(file(event, [day('20260801')]))
    expect(problems).toEqual([{ line, message: expect.stringContaining(message) }])
    expect(rule.of(2026).map(dateText)).toEqual(['2026-08-01'])
    expect(events).toBe(1)
  })

  it('of files that are cut short or no calendar', () => {
    expect(parseIcsDates('hello').problems).toEqual([{ line: 1, message: expect.stringContaining('BEGIN:VCALENDAR') }])
    expect(parseIcsDates('BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101').problems).toEqual([
      { line: 2, message: expect.stringContaining('END:VEVENT') },
    ])
  })
})

it('has the summary of an event as the name of its days', () => {
  const { rule } = parseIcsDates(
    file([day('20260217'), 'SUMMARY;LANGUAGE=en:Foundation day\\, paid\\nand', '  free'], [day('20260218')]),
  )
  expect(rule.names?.(dayNumber(2026, 2, 17))).toEqual(['Foundation day, paid and free'])
  expect(rule.names?.(dayNumber(2026, 2, 18))).toEqual([])
})
