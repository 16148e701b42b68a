import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding, Step } from '../../src/model/finding.ts'
import { ticksOf } from '../../src/report/html/charts/axis.ts'
import { burnOf } from '../../src/report/html/charts/burn-down.ts'
import { amountOf, countedOf } from '../../src/report/html/charts/counted.ts'
import { cellsOf } from '../../src/report/html/charts/days.ts'
import { deadlinesOf } from '../../src/report/html/charts/deadline-figures.ts'
import { keptFigures, keptPart, uptimeFigures } from '../../src/report/html/charts/strip-figures.ts'
import { windowName } from '../../src/report/html/charts/window-name.ts'
import { makeZones } from '../../src/time/zone.ts'
import { at, breachedUptime, clauseOf, findingOf, HOUR, MINUTE, paris } from './fixture.ts'
import { ticketOf } from './ticket-fixture.ts'

const DAY = 24 * HOUR
const asOf = at('2026-12-31T00:00:00+01:00')

function step(start: string, end: string, effect: Step['effect'], why = 'x'): Step {
  return { at: { start: at(start), end: at(end) }, effect, reason: 'outage', why }
}

/** A month of one service with these steps, and what they come to, given by hand. */
function month(name: string, start: string, end: string, details: Finding['details'], timeline: Step[]): Finding {
  return findingOf({
    id: `uptime/${name}`,
    subject: 'api',
    window: { start: at(start), end: at(end) },
    ...(details !== undefined && { details }),
    timeline,
  })
}

function cellOn(findings: readonly Finding[], from: string): unknown {
  const figures = uptimeFigures(findings, clauseOf({ findings }), asOf)
  if (figures === undefined) throw new Error('no figures')
  const cell = cellsOf(figures.range, paris, 'day', figures).find(({ start }) => start === at(from))
  if (cell === undefined) throw new Error(`no cell from ${from}`)
  const { over, excluded, unknown, service, start, end } = cell
  return { over, excluded, unknown, service, length: end - start }
}

describe('days of a strip', () => {
  test('a day of 23 hours, down throughout, between two that are down in part', () => {
    // Down from Saturday 22:00 to Monday 01:30, without the hour that Sunday 29 March lacks: 2 h + 23 h + 1 h 30 min.
    const march = month('2026-03', '2026-03-01T00:00:00+01:00', '2026-04-01T00:00:00+02:00', { down_ms: 26.5 * HOUR }, [
      step('2026-03-28T22:00:00+01:00', '2026-03-30T01:30:00+02:00', 'counted'),
    ])
    const rest = { excluded: 0, unknown: 0 }
    expect(cellOn([march], '2026-03-28T00:00:00+01:00')).toEqual({ over: 2 * HOUR, service: DAY, length: DAY, ...rest })
    const short = { over: 23 * HOUR, service: 23 * HOUR, length: 23 * HOUR, ...rest }
    expect(cellOn([march], '2026-03-29T00:00:00+01:00')).toEqual(short)
    const after = { over: 90 * MINUTE, service: DAY, length: DAY, ...rest }
    expect(cellOn([march], '2026-03-30T00:00:00+02:00')).toEqual(after)
  })

  test('a day of 25 hours, partly excluded, partly down in the hour that comes twice', () => {
    const october = month(
      '2026-10',
      '2026-10-01T00:00:00+02:00',
      '2026-11-01T00:00:00+01:00',
      { down_ms: 2 * HOUR, excluded_ms: 30 * MINUTE },
      [
        step('2026-10-25T02:00:00+02:00', '2026-10-25T03:00:00+01:00', 'counted'),
        step('2026-10-24T23:45:00+02:00', '2026-10-25T00:15:00+02:00', 'excluded'),
      ],
    )
    expect(cellOn([october], '2026-10-25T00:00:00+02:00')).toEqual({
      over: 2 * HOUR,
      excluded: 15 * MINUTE,
      unknown: 0,
      service: 25 * HOUR,
      length: 25 * HOUR,
    })
  })

  test('what is undecided is unknown, but not where it is down for certain', () => {
    const may: Finding = {
      ...month('2026-05', '2026-05-01T00:00:00+02:00', '2026-06-01T00:00:00+02:00', { down_ms: HOUR }, [
        step('2026-05-06T11:00:00+02:00', '2026-05-06T12:00:00+02:00', 'counted'),
        step('2026-05-01T00:00:00+02:00', '2026-06-01T00:00:00+02:00', 'unknown'),
      ]),
      undecided: [
        { start: at('2026-05-01T00:00:00+02:00'), end: at('2026-05-06T11:00:00+02:00') },
        { start: at('2026-05-06T12:00:00+02:00'), end: at('2026-06-01T00:00:00+02:00') },
      ],
    }
    expect(cellOn([may], '2026-05-06T00:00:00+02:00')).toEqual({
      over: HOUR,
      excluded: 0,
      unknown: 23 * HOUR,
      service: DAY,
      length: DAY,
    })
  })

  test('nothing is owed before the term nor after what is known', () => {
    // The term begins on 11 May at noon: 20 days and 12 hours of May.
    const may = month('2026-05', '2026-05-01T00:00:00+02:00', '2026-06-01T00:00:00+02:00', MAY_TERM, [])
    const june = month('2026-06', '2026-06-01T00:00:00+02:00', '2026-07-01T00:00:00+02:00', JUNE, [])
    const clause = clauseOf({ findings: [may, june] })
    const figures = uptimeFigures([may, june], clause, at('2026-06-02T09:00:00+02:00'))
    expect(figures?.service).toEqual([{ start: at('2026-05-11T12:00:00+02:00'), end: at('2026-06-02T09:00:00+02:00') }])
  })

  test('of overlapping windows a moment counts once', () => {
    const outage = step('2026-05-03T10:00:00+02:00', '2026-05-03T12:00:00+02:00', 'counted')
    const [one, two] = [
      month('a', '2026-05-01T00:00:00+02:00', '2026-05-08T00:00:00+02:00', { down_ms: 2 * HOUR }, [outage]),
      month('b', '2026-05-02T00:00:00+02:00', '2026-05-09T00:00:00+02:00', { down_ms: 3 * HOUR }, [
        outage,
        step('2026-05-08T10:00:00+02:00', '2026-05-08T11:00:00+02:00', 'counted'),
      ]),
    ]
    const figures = uptimeFigures([two, one], clauseOf({ findings: [one, two] }), asOf)
    expect(amountOf(figures?.over ?? [])).toBe(3 * HOUR)
  })

  test('time that is no figure of time has no strip', () => {
    const requests = findingOf({ details: { accounting: 'requests', down: 12 } })
    expect(uptimeFigures([requests], clauseOf({ findings: [requests] }), asOf)).toBeUndefined()
  })

  test('what is missed of a schedule is the breached stretch, what is unverified is unknown', () => {
    const whole = { start: at('2026-05-01T00:00:00+02:00'), end: at('2026-05-11T00:00:00+02:00') }
    const gap = { start: at('2026-05-03T23:00:00+02:00'), end: at('2026-05-04T22:00:00+02:00') }
    const silent = { start: at('2026-05-07T00:00:00+02:00'), end: at('2026-05-09T00:00:00+02:00') }
    const parts = [
      findingOf({ window: whole }),
      findingOf({ window: gap, status: 'breached', breached: [gap] }),
      findingOf({ window: silent, status: 'unverified' }),
    ].map(keptPart)
    const figures = keptFigures(parts, at('2026-05-10T00:00:00+02:00'))
    expect(figures).toMatchObject({ range: whole, unknown: [silent], over: [gap] })
    expect(figures?.service).toEqual([{ start: whole.start, end: at('2026-05-10T00:00:00+02:00') }])
  })

  test('the days of any timeline add up to the down time, the excluded and the unknown of its finding', () => {
    const zones = ['UTC', 'Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kolkata']
    const window = { start: at('2026-03-01T00:00:00Z'), end: at('2026-04-05T13:00:00Z') }
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 4 * DAY }), fc.constantFrom('up', 'down', 'out', 'blind')), {
          maxLength: 60,
        }),
        (name, runs) => {
          const steps: Step[] = []
          const undecided: { start: number; end: number }[] = []
          const sums = { up: 0, down: 0, out: 0, blind: 0 }
          let from = window.start
          for (const [length, state] of runs) {
            const end = Math.min(window.end, from + length)
            if (from < end) {
              const span = { start: from, end }
              sums[state] += end - from
              if (state === 'down') steps.push({ at: span, effect: 'counted', reason: 'outage', why: '' })
              if (state === 'out') steps.push({ at: span, effect: 'excluded', reason: 'planned', why: '' })
              if (state === 'blind') undecided.push(span)
            }
            from = end
          }
          const finding = findingOf({ window, details: { down_ms: sums.down }, timeline: steps, undecided })
          const figures = uptimeFigures([finding], clauseOf({ findings: [finding] }), asOf)
          if (figures === undefined) throw new Error('no figures')
          const cells = cellsOf(figures.range, makeZones()(name), 'day', figures)
          const sum = (pick: (cell: (typeof cells)[number]) => number): number =>
            cells.reduce((all, cell) => all + pick(cell), 0)
          expect(sum(({ over }) => over)).toBe(sums.down)
          expect(sum(({ excluded }) => excluded)).toBe(sums.out)
          expect(sum(({ unknown }) => unknown)).toBe(sums.blind)
          expect(sum(({ start, end }) => end - start)).toBe(window.end - window.start)
        },
      ),
      { numRuns: 150 },
    )
  })
})

const MAY_TERM = { down_ms: 0, service_ms: 20 * DAY + 12 * HOUR }
const JUNE = { down_ms: 0, service_ms: 30 * DAY }

describe('what counts', () => {
  const half = step('2026-05-02T10:00:00+02:00', '2026-05-02T12:00:00+02:00', 'counted', 'D-1 slow: counts 1/2')
  const third = step('2026-05-03T10:00:00+02:00', '2026-05-03T10:50:00+02:00', 'counted', 'D-2: counts 1/3')

  test('weights are taken from the steps where they come to the down time', () => {
    // 2 h at a half and 50 min at a third: 1 h 16 min 40 s.
    const finding = findingOf({ details: { down_ms: HOUR + 16 * MINUTE + 40_000 }, timeline: [half, third] })
    expect(countedOf(finding)?.exact).toBe(true)
    expect(burnOf({ ...finding, details: { ...finding.details, allowance_ms: 2 * HOUR } }, asOf)?.points).toEqual([
      { at: finding.window.start, left: 2 * HOUR },
      { at: half.at.start, left: 2 * HOUR },
      { at: half.at.end, left: HOUR },
      { at: third.at.start, left: HOUR },
      { at: third.at.end, left: 43 * MINUTE + 20_000 },
      { at: finding.window.end, left: 43 * MINUTE + 20_000 },
    ])
  })

  test('words of the evidence are no weights where lengths come to the down time', () => {
    const finding = findingOf({ details: { down_ms: 2 * HOUR }, timeline: [half] })
    expect(countedOf(finding)).toEqual({ list: [{ ...half.at, part: 1, of: 1 }], exact: true })
  })

  test('steps that do not come to the down time make no burn-down', () => {
    const finding = findingOf({ details: { down_ms: 17, allowance_ms: HOUR }, timeline: [half] })
    expect(countedOf(finding)?.exact).toBe(false)
    expect(burnOf(finding, asOf)).toBeUndefined()
  })

  test('a burn-down ends at what the finding has left: 36m 48s beyond', () => {
    const burn = burnOf(breachedUptime, asOf)
    expect(burn?.points.at(-1)).toEqual({ at: breachedUptime.window.end, left: -(36 * MINUTE + 48_000) })
    expect(burn?.points.map(({ left }) => left / MINUTE)).toEqual([223.2, 223.2, 73.2, 73.2, -36.8, -36.8])
  })

  test('a running window ends where knowledge does', () => {
    const now = at('2026-05-10T12:00:00+02:00')
    const running = { ...breachedUptime, timeline: breachedUptime.timeline.slice(0, 2) }
    const burn = burnOf({ ...running, details: { ...running.details, down_ms: 150 * MINUTE } }, now)
    expect(burn?.points.at(-1)).toEqual({ at: now, left: 73 * MINUTE + 12_000 })
  })
})

describe('deadlines', () => {
  const used = (subject: string, hours: number, overrides: Partial<Finding> = {}): Finding =>
    ticketOf({
      subject,
      observed: { unit: 'ms', value: hours * HOUR },
      status: hours > 4 ? 'breached' : 'met',
      ...overrides,
    })

  test('counts by tenths of the allowance, all of it still in time, and orders late ones first', () => {
    const open = used('open', 1, { status: 'pending' })
    const doubtful = used('doubtful', 1, {
      status: 'unverified',
      bounds: { lowest: { unit: 'ms', value: HOUR }, highest: { unit: 'ms', value: 40 * HOUR } },
    })
    const none = findingOf({ status: 'not-applicable' })
    // Of 4 h: 0 %, 10 %, 10 % and a bit, 100 %, 150 %, 200 %, 225 %, 25 %.
    const list = [0, 0.4, 0.41, 4, 6, 8, 9].map((hours, i) => used(`T-${i}`, hours))
    const { all, bins, late, unknown, open: running, worst } = deadlinesOf([...list, open, doubtful, none], 5)
    expect(bins).toEqual([2, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1])
    expect({ all, late, unknown, running }).toEqual({ all: 9, late: 3, unknown: 1, running: 1 })
    expect(worst.map(({ finding }) => finding.subject)).toEqual(['T-6', 'T-5', 'T-4', 'doubtful', 'T-3'])
  })

  test('the end of a day is too late itself', () => {
    const { bins } = deadlinesOf([used('T-1', 4, { bound: 'below', status: 'breached' }), used('T-2', 4)], 5)
    expect(bins).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0])
  })

  test('keeps no more than it was asked for, the same as by sorting', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }), hours => {
        const list = hours.map((value, i) => used(`T-${i}`, value))
        const sorted = [...list].sort((a, b) => amountIn(b) - amountIn(a))
        expect(deadlinesOf(list, 7).worst.map(({ finding }) => finding.subject)).toEqual(
          sorted.slice(0, 7).map(({ subject }) => subject),
        )
      }),
    )
  })
})

function amountIn({ observed }: Finding): number {
  return observed.unit === 'ms' ? observed.value : Number.NaN
}

describe('the time axis', () => {
  test('a day without its hour of 02:00 has marks at whole local hours', () => {
    const range = { start: at('2026-03-29T00:00:00+01:00'), end: at('2026-03-29T06:30:00+02:00') }
    expect(ticksOf(range, paris)).toEqual([
      { at: at('2026-03-29T00:00:00+01:00'), text: '00:00', below: 'Sun 29 Mar' },
      { at: at('2026-03-29T01:00:00+01:00'), text: '01:00' },
      { at: at('2026-03-29T03:00:00+02:00'), text: '03:00' },
      { at: at('2026-03-29T04:00:00+02:00'), text: '04:00' },
      { at: at('2026-03-29T05:00:00+02:00'), text: '05:00' },
      { at: at('2026-03-29T06:00:00+02:00'), text: '06:00' },
    ])
  })

  test('a month has its Mondays, a year quarters, ten years every other one', () => {
    const ticks = (start: string, end: string) => ticksOf({ start: at(start), end: at(end) }, paris)
    expect(ticks('2026-05-01T00:00:00+02:00', '2026-06-01T00:00:00+02:00')).toEqual([
      { at: at('2026-05-04T00:00:00+02:00'), text: '4 May', below: '2026' },
      { at: at('2026-05-11T00:00:00+02:00'), text: '11 May' },
      { at: at('2026-05-18T00:00:00+02:00'), text: '18 May' },
      { at: at('2026-05-25T00:00:00+02:00'), text: '25 May' },
    ])
    expect(ticks('2026-01-01T00:00:00+01:00', '2027-01-01T00:00:00+01:00').map(({ text }) => text)).toEqual([
      'Jan',
      'Mar',
      'May',
      'Jul',
      'Sep',
      'Nov',
    ])
    expect(ticks('2020-01-01T00:00:00+01:00', '2030-01-01T00:00:00+01:00').map(({ text }) => text)).toEqual([
      '2020',
      '2022',
      '2024',
      '2026',
      '2028',
    ])
  })

  test('windows have the names that people give them', () => {
    const name = (start: string, end: string) => windowName({ start: at(start), end: at(end) }, paris)
    expect(name('2026-03-01T00:00:00+01:00', '2026-04-01T00:00:00+02:00')).toBe('Mar 2026')
    expect(name('2026-01-01T00:00:00+01:00', '2027-01-01T00:00:00+01:00')).toBe('2026')
    expect(name('2026-05-04T00:00:00+02:00', '2026-05-11T00:00:00+02:00')).toBe('Mon 4 May 2026 – Sun 10 May 2026')
    expect(name('2026-05-04T10:00:00+02:00', '2026-05-04T11:30:00+02:00')).toBe('Mon 4 May 2026 10:00–11:30')
  })
})
