import { describe, expect, it } from 'vitest'
import { dayNumber } from '../../src/time/civil.ts'
import { brief, HEAD, load, refused } from './support.ts'

const HOUR = 3_600_000
const ONE = 'clauses:\n  up: { kind: availability, target: 99%, window: calendar year, during: a }\n'

const calendar = async (fields: string, options = {}) => {
  const contract = await load(`${HEAD}calendars:\n  a: ${fields}\n${ONE}`, options)
  return { rule: contract.calendars.get('a'), warnings: brief(contract.warnings) }
}
const problems = async (fields: string, options = {}) =>
  brief(await refused(`${HEAD}calendars:\n  a: ${fields}\n${ONE}`, options))

describe('calendars', () => {
  it('read weeks, exceptions, months and zones', async () => {
    const { rule } = await calendar(
      '{ week: { mon-thu: ["13:30-18:00", "09:00-12:30"], fri: "09:00-16:00", sun: closed }, except: { 2026-12-24: "09:00-12:00", 2026-12-31: closed }, months: nov-mar, timezone: Asia/Tokyo }',
    )
    const long = [
      [9 * HOUR, 12.5 * HOUR],
      [13.5 * HOUR, 18 * HOUR],
    ]
    expect(rule).toEqual({
      name: 'a',
      zone: 'Asia/Tokyo',
      week: [long, long, long, long, [[9 * HOUR, 16 * HOUR]], [], []],
      holidays: [],
      except: new Map([
        [dayNumber(2026, 12, 24), [[9 * HOUR, 12 * HOUR]]],
        [dayNumber(2026, 12, 31), []],
      ]),
      months: new Set([11, 12, 1, 2, 3]),
    })
  })

  it('take holidays from countries, dates and files', async () => {
    const ics = [
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'DTSTART;VALUE=DATE:20200309',
      'RRULE:FREQ=YEARLY',
      'END:VEVENT',
      'END:VCALENDAR',
    ]
    const asked: string[] = []
    const readFile = async (path: string) => {
      asked.push(path)
      return new TextEncoder().encode(ics.join('\r\n'))
    }
    const { rule } = await calendar(
      '{ days: daily, hours: "00:00-24:00", holidays: [BE, 2026-12-24, 2026-01-02, own.ics] }',
      { readFile },
    )
    expect(asked).toEqual(['own.ics'])
    const days = new Set(rule?.holidays.flatMap(holidays => holidays.of(2026)))
    // Ten Belgian holidays, two dates, one of the file.
    expect(days.size).toBe(13)
    for (const [month, day] of [
      [7, 21],
      [12, 24],
      [1, 2],
      [3, 9],
    ] as const) {
      expect(days.has(dayNumber(2026, month, day))).toBe(true)
    }
  })

  it('take a single country', async () => {
    const { rule } = await calendar('{ days: mon-fri, hours: "09:00-18:00", holidays: FR }')
    expect(rule?.holidays.flatMap(holidays => holidays.of(2026))).toHaveLength(11)
  })

  it.each([
    [
      '{ days: mon-fry, hours: closed }',
      '6:14+7 bad-value: "mon-fry": "fry" isn\'t a day of the week (did you mean fri?)',
    ],
    [
      '{ days: mon, hours: "9-18" }',
      '6:26+6 bad-value: "9-18" isn\'t a range of hours (write HH:MM-HH:MM such as 09:00-18:00)',
    ],
    [
      '{ days: mon-fri }',
      '6:3+1 bad-value: a calendar needs `days` and `hours`, or `week` ({ days: mon-fri, hours: "09:00-18:00" })',
    ],
    [
      '{ days: mon, week: { mon: closed } }',
      '6:19+4 bad-value: `week` stands beside `days` or `hours` (keep one of the two)',
    ],
    ['{ week: { mon-thu: "09:00-18:00", thu: "10:00-12:00" } }', '6:40+3 bad-value: thursday is given twice'],
    ['{ week: { mo: closed } }', '6:16+2 bad-value: "mo": "mo" isn\'t a day of the week (did you mean mon?)'],
    [
      '{ days: daily, hours: "09:00-18:00", except: { 2026-02-30: closed } }',
      '6:53+10 bad-value: "2026-02-30": there is no date 2026-02-30',
    ],
    [
      '{ days: daily, hours: "09:00-18:00", timezone: CET }',
      '6:53+3 bad-value: "CET" is an abbreviation: tools disagree on what it means and on whether it has summer time (name a place, such as Europe/Paris)',
    ],
    [
      '{ days: daily, hours: "09:00-18:00", holidays: BEX }',
      '6:53+3 holidays: no holidays are known for country "BEX" (did you mean BE?)',
    ],
    [
      '{ days: daily, hours: "09:00-18:00", holidays: [FR, 2026-13-01] }',
      '6:58+10 bad-value: "2026-13-01": there is no date 2026-13-01',
    ],
    [
      '{ days: daily, hours: "09:00-18:00", holidays: [own.ics] }',
      '6:54+7 holidays: "own.ics": files can\'t be read here (list the dates instead)',
    ],
    ['{ days: daily, hours: closed }', '6:3+1 never-open: calendar `a` has no open hour in a year'],
    [
      '{ days: mon, hours: ["09:00-18:00"], month: jan }',
      '6:43+5 unknown-key: unknown key `month` (did you mean `months`?)',
    ],
  ])('refuse %s', async (fields, expected) => {
    expect(await problems(fields)).toEqual([expected])
  })

  it('pass on what is wrong with a holiday file', async () => {
    const failing = async () => {
      throw new Error('no such file')
    }
    const fields = '{ days: daily, hours: "09:00-18:00", holidays: own.ics }'
    expect(await problems(fields, { readFile: failing })).toEqual([
      '6:53+7 holidays: "own.ics" can\'t be read: no such file',
    ])
    const wrong = async () => new TextEncoder().encode('hello')
    expect(await problems(fields, { readFile: wrong })).toEqual([
      '6:53+7 holidays: own.ics:1: not an iCalendar file: BEGIN:VCALENDAR is missing',
    ])
  })

  it('open on single dates alone', async () => {
    const { rule } = await calendar('{ week: {}, except: { 2031-05-02: "09:00-10:00" } }')
    expect(rule?.except.size).toBe(1)
  })

  it('reserve the name always', async () => {
    const text = `${HEAD}calendars:\n  always: { days: daily, hours: "00:00-24:00" }\n${ONE.replace('during: a', 'during: always')}`
    expect(brief(await refused(text))).toEqual(['6:3+6 reserved: `always` is built in (choose another name)'])
  })

  it('warn of hours that overlap', async () => {
    const { rule, warnings } = await calendar('{ days: mon, hours: ["11:00-13:00", "09:00-12:00"] }')
    expect(warnings).toEqual(['6:26+30 overlapping-hours: these hours overlap: they are merged'])
    expect(rule?.week[0]).toEqual([
      [9 * HOUR, 12 * HOUR],
      [11 * HOUR, 13 * HOUR],
    ])
    expect((await calendar('{ days: mon, hours: ["09:00-12:00", "12:00-13:00"] }')).warnings).toEqual([])
    const week = await calendar('{ week: { mon: ["09:00-12:00", "11:59-13:00"] } }')
    expect(week.warnings).toEqual(['6:21+30 overlapping-hours: these hours overlap: they are merged'])
  })
})
