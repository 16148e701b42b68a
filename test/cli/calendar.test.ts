import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import type { CalendarSummary, OpeningHours } from '../../src/model/opening-hours.ts'
import { displayWidth } from '../../src/report/printable.ts'
import { HOUR, ms } from '../support/instants.ts'
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
  night: { days: daily, hours: "20:00-04:00" }
  winter: { days: mon-fri, hours: "08:00-16:00", months: nov-mar, holidays: [2026-01-19, company.ics] }
  apia: { days: daily, hours: "00:00-24:00", timezone: Pacific/Apia, holidays: [2011-12-25] }
clauses:
  uptime: { kind: availability, target: 99.5%, window: calendar month, no-data: unknown }
`

const COMPANY = [
  'BEGIN:VCALENDAR',
  'BEGIN:VEVENT',
  'DTSTART;VALUE=DATE:20260217',
  'SUMMARY:Foundation day\\, paid',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n')

async function run(argv: readonly string[], env: Record<string, string> = {}) {
  const io = fakeIo({ 'acme.yaml': CONTRACT, 'company.ics': COMPANY }, env)
  const code = await main(['calendar', 'acme.yaml', ...argv], io)
  return { code, out: io.out.join(''), err: io.err.join('') }
}

async function hours(name: string, period: string): Promise<OpeningHours> {
  const { code, out } = await run([name, '--period', period, '-f', 'json'])
  expect(code).toBe(0)
  return JSON.parse(out)
}

describe('one calendar', () => {
  it('shows each date of a month with hours, holidays by name and totals', async () => {
    const { code, out, err } = await run(['support', '--period', '2026-05', '--width', '80'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const lines = out.split('\n')
    expect(lines).toContain('  Thu  7 May  09:00–18:00  9h')
    expect(lines).toContain('  Fri  8 May  closed           Victory Day')
    expect(lines).toContain('  Sat  9 May  –')
    expect(lines).toContain('  Mon 25 May  closed           Whit Monday')
    expect(lines.filter(line => / May {2}/.test(line))).toHaveLength(31)
    // 21 weekdays less 1, 8, 14 and 25 May.
    expect(lines).toContain('17 business days of 31 dates, 153h open')
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      '4 holidays: Fri 1 May Labour Day · Fri 8 May Victory Day · Thu 14 May Ascension Day · Mon 25 May Whit Monday',
    )
  })

  it('says all of it in JSON', async () => {
    const july = await hours('support', '2026-07')
    expect(july.period).toEqual({
      start: ms('2026-07-01T00:00+02:00'),
      end: ms('2026-08-01T00:00+02:00'),
      text: '2026-07',
    })
    expect(july.totals).toEqual({ dates: 31, businessDays: 22, openMs: 198 * HOUR })
    expect(july.dates).toHaveLength(31)
    expect(july.dates[13]).toEqual({
      date: '2026-07-14',
      weekday: 'tuesday',
      open: [],
      openMs: 0,
      businessDay: false,
      usual: false,
      marks: ['holiday'],
      holidays: ['Bastille Day'],
    })
    expect(july.dates[14]).toMatchObject({
      open: [{ start: ms('2026-07-15T09:00+02:00'), end: ms('2026-07-15T18:00+02:00') }],
      usual: true,
      marks: [],
    })
  })

  it('marks exceptions', async () => {
    const { totals, dates } = await hours('office', '2026-12')
    // 17 days from Monday to Thursday of 8 h, 4 Fridays of 7 h, the 24th with 3 h.
    expect(totals).toEqual({ dates: 31, businessDays: 22, openMs: (17 * 8 + 4 * 7 + 3) * HOUR })
    expect(dates[23]).toMatchObject({ openMs: 3 * HOUR, marks: ['exception'], usual: false })
    expect(dates[30]).toMatchObject({ openMs: 0, marks: ['exception'], businessDay: false })
    const { out } = await run(['office', '--period', '2026-12-21..2026-12-31'])
    expect(out).toContain('  Thu 24 Dec  09:00–12:00              3h  exception, not 09:00–12:30 13:30–18:00\n')
    expect(out).toContain('  Wed 23 Dec  09:00–12:30 13:30–18:00  8h\n')
  })

  it('counts real hours where the clock changes inside open hours, and says so', async () => {
    const spring = await hours('night', '2026-03-28..2026-03-30')
    expect(spring.totals).toEqual({ dates: 3, businessDays: 3, openMs: 23 * HOUR })
    expect(spring.clockChanges).toEqual([
      {
        at: ms('2026-03-29T01:00Z'),
        date: '2026-03-29',
        before: HOUR,
        after: 2 * HOUR,
        openMs: 7 * HOUR,
        plannedMs: 8 * HOUR,
      },
    ])
    const { out } = await run(['night', '--period', '2026-03-28..2026-03-30'])
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      'Sun 29 Mar 00:00+01:00–04:00+02:00 20:00–24:00 7h clock 02:00 to 03:00 (+01:00 to +02:00) inside open hours: 7h, not 8h',
    )
    expect((await hours('night', '2026-10-24..2026-10-26')).totals.openMs).toBe(25 * HOUR)
    expect((await run(['support', '--period', '2026-03-29'])).out).toContain(
      'clock 02:00 to 03:00 (+01:00 to +02:00)\n',
    )
  })

  it('folds a long period to the dates that differ, unless asked for all', async () => {
    const { out } = await run(['support', '--period', '2026', '--width', '80'])
    const body = out.slice(out.indexOf('Every week'), out.indexOf('11 holidays'))
    expect(body.trimEnd().split('\n')).toEqual([
      'Every week as above, but:',
      "  Thu  1 Jan  closed  New Year's Day",
      '  Sun 29 Mar  –       clock 02:00 to 03:00 (+01:00 to +02:00)',
      '  Mon  6 Apr  closed  Easter Monday',
      '  Fri  1 May  closed  Labour Day',
      '  Fri  8 May  closed  Victory Day',
      '  Thu 14 May  closed  Ascension Day',
      '  Mon 25 May  closed  Whit Monday',
      '  Tue 14 Jul  closed  Bastille Day',
      '  Sat 15 Aug  –       Assumption',
      '  Sun 25 Oct  –       clock 03:00 to 02:00 (+02:00 to +01:00)',
      "  Sun  1 Nov  –       All Saints' Day",
      '  Wed 11 Nov  closed  Armistice Day',
      '  Fri 25 Dec  closed  Christmas Day',
    ])
    // 261 weekdays in 2026, 9 of them holidays.
    expect(out).toContain('252 business days of 365 dates, 2,268h open\n')
    const all = (await run(['support', '--period', '2026', '-v'])).out
    expect(all.split('\n').filter(line => /^ {2}(Mon|Tue|Wed|Thu|Fri|Sat|Sun) /.test(line))).toHaveLength(365)
  })

  it('is its week and its totals when quiet', async () => {
    const { out } = await run(['support', '--period', '2026-05', '-q'])
    expect(out.split('\n').slice(1)).toEqual([
      'Mon–Fri 09:00–18:00, holidays FR',
      '2026-05: 2026-05-01T00:00:00+02:00 to 2026-06-01T00:00:00+02:00',
      '',
      '17 business days of 31 dates, 153h open',
      '',
    ])
  })

  it('shows months out of season as one run, and names from an iCalendar file', async () => {
    const { out } = await run(['winter', '--period', '2026'])
    expect(out).toContain('  Wed  1 Apr – Sat 31 Oct  closed  outside Nov–Mar\n')
    expect(out).toContain('  Mon 19 Jan               closed  holiday\n')
    expect(out).toContain('  Tue 17 Feb               closed  Foundation day, paid\n')
    // January to March and November to December have 64 + 44 weekdays.
    expect(out).toContain('106 business days of 365 dates, 848h open\n')
  })

  it('takes local dates of the calendar, also where one was left out', async () => {
    const { totals, dates, period } = await hours('apia', '2011-12-28..2012-01-01')
    expect(period).toMatchObject({ start: ms('2011-12-28T00:00-10:00'), end: ms('2012-01-02T00:00+14:00') })
    expect(totals).toEqual({ dates: 4, businessDays: 4, openMs: 4 * 24 * HOUR })
    expect(dates[2]).toMatchObject({ date: '2011-12-30', openMs: 0, marks: ['skipped'] })
    expect((await run(['apia', '--period', '2011-12-28..2012-01-01'])).out).toContain('the zone skips this date')
  })

  it('counts only the part of a date that the period holds', async () => {
    const { totals, dates } = await hours('support', '2026-05-06T10:00+02:00..2026-05-07T12:00+02:00')
    expect(totals.openMs).toBe(11 * HOUR)
    expect(dates.map(({ openMs, marks }) => [openMs, marks])).toEqual([
      [8 * HOUR, ['cut']],
      [3 * HOUR, ['cut']],
    ])
  })
})

describe('the list', () => {
  it('names days, zone, holidays and exceptions', async () => {
    const { code, out } = await run(['--width', '120'])
    expect(code).toBe(0)
    expect(out).toMatch(/^acme {2}6 calendars\n\n {2}support {2}/)
    const words = out.replaceAll(/\s+/g, ' ')
    expect(words).toContain(' support Mon–Fri 09:00–18:00 Europe/Paris holidays FR ')
    expect(words).toContain(' office Mon–Thu 09:00–12:30 13:30–18:00, Fri Europe/Paris 2 exceptions 09:00–16:00 ')
    expect(words).toContain(' night daily 20:00–04:00 Europe/Paris winter ')
    expect(words).toContain(
      ' winter Mon–Fri 08:00–16:00 Europe/Paris holidays an iCalendar file and 1 date, only Nov–Mar ',
    )
    expect(words).toContain(' apia daily 00:00–24:00 Pacific/Apia holidays 1 date ')
    expect(words).toMatch(/ always daily 00:00–24:00 Europe\/Paris built in $/)
  })

  it('adds what each has open in a period', async () => {
    const list: readonly CalendarSummary[] = JSON.parse((await run(['--period', '2026-05', '-f', 'json'])).out)
    expect(list.map(({ name, totals }) => [name, totals?.businessDays, (totals?.openMs ?? 0) / HOUR])).toEqual([
      ['support', 17, 153],
      ['office', 21, 16 * 8 + 5 * 7],
      ['night', 31, 248],
      ['winter', 0, 0],
      ['apia', 31, 744],
      ['always', 31, 744],
    ])
    expect((await run(['--period', '2026-05'])).out).toContain('17 business days')
  })
})

describe('the page', () => {
  it.each([80, 120])('keeps within %d columns', async width => {
    for (const argv of [
      [],
      ['--period', '2026'],
      ['winter', '--period', '2025..2027'],
      ['night', '--period', '2026-03'],
    ]) {
      const { out } = await run([...argv, '--width', String(width)])
      for (const line of out.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(width)
    }
  })

  it('is plain, and plain ASCII where the locale says so', async () => {
    const { out } = await run(['office', '--period', '2026-12'], { LC_ALL: 'C' })
    expect(out).toMatch(/^[\n -~]*$/)
    expect((await run(['office', '--period', '2026-12'])).out).not.toContain('\u001b')
  })
})

describe('mistakes', () => {
  it('are said with what was probably meant', async () => {
    expect(await run(['suport', '--period', '2026'])).toEqual({
      code: 2,
      out: '',
      err: 'error: acme.yaml has no calendar "suport"\ndid you mean support?\n',
    })
    expect((await run(['payroll', '--period', '2026'])).err).toContain('calendars: always, support, office')
    expect(await run(['support'])).toMatchObject({ code: 2, err: expect.stringContaining('--period is needed') })
    expect(await run(['support', '--period', 'May'])).toMatchObject({ code: 2, out: '' })
    expect((await run(['support'], { SLA_PERIOD: '2026-05' })).out).toContain('17 business days')
    expect((await run(['support', '--period', '2026-07'], { SLA_PERIOD: '2026-05' })).out).toContain('22 business days')
    const io = fakeIo({})
    expect(await main(['calendar', 'none.yaml'], io)).toBe(3)
  })
})
