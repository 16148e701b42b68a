import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import type { Finding, Step } from '../../src/model/finding.ts'
import type { Chart } from '../../src/report/html/chart.ts'
import { clauseCharts } from '../../src/report/html/charts/clause-charts.ts'
import { findingChart } from '../../src/report/html/charts/finding-chart.ts'
import { anchorOf, short } from '../../src/report/html/charts/frame.ts'
import { at, breachedUptime, clauseOf, findingOf, HOUR, keptNotice, MINUTE, reportOf, viewOf } from './fixture.ts'
import { lateTicket, ticketOf } from './ticket-fixture.ts'

const DAY = 24 * HOUR
const MOST_BYTES = 20_000
const hostile = '<script>"&\'\u202e\x1b[31m]]></svg>-->'.repeat(60)

function chartsOf(
  findings: readonly Finding[],
  overrides: Partial<Parameters<typeof clauseOf>[0]> = {},
): readonly Chart[] {
  const clause = clauseOf({ findings, ...overrides })
  return clauseCharts(reportOf([clause]), clause, viewOf())
}

function drawn(finding: Finding, kind = 'support'): Chart | undefined {
  const clause = clauseOf({ kind, findings: [finding] })
  return findingChart(reportOf([clause]), clause, finding, viewOf())
}

/** Whether all are well-formed, small, and have ids and references of their own only. */
async function expectSound(charts: readonly Chart[]): Promise<void> {
  expect(charts.length).toBeGreaterThan(0)
  const ids = new Set<string>()
  for (const { id, svg, title, description, head, rows } of charts) {
    expect(Buffer.byteLength(svg), title).toBeLessThanOrEqual(MOST_BYTES)
    const own = [...svg.matchAll(/ id="([^"]*)"/g)].map(([, name = '']) => name)
    for (const name of [id, ...own]) {
      expect(ids.has(name), name).toBe(false)
      ids.add(name)
    }
    expect(own.slice(0, 2)).toEqual([`${id}-t`, `${id}-d`])
    expect(svg).toMatch(/^<svg role="img"(?: class="bare")? aria-labelledby="\S+ \S+" width="100%" height="\d+">/)
    expect(svg).toContain(` aria-labelledby="${id}-t ${id}-d" `)
    for (const [, name = ''] of svg.matchAll(/url\(#([^)]*)\)/g)) expect(own).toContain(name)
    expect(title).not.toBe('')
    expect(description).not.toBe('')
    for (const row of rows) expect(row).toHaveLength(head.length)
    // What is drawn has a place: no coordinate is NaN or infinite.
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
  }
  const contents = `<page>${charts.map(({ svg }) => svg).join('')}</page>`
  const { valid, errors } = await validateXML({ xml: [{ fileName: 'page.xml', contents }], schema: [ANYTHING] })
  expect(errors).toEqual([])
  expect(valid).toBe(true)
}

// Any element: what is checked is whether it is XML.
const ANYTHING =
  '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="page"><xs:complexType><xs:sequence><xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element></xs:schema>'

describe('the strip and the burn-down of May', () => {
  const [strip, burn, ...others] = chartsOf([{ ...breachedUptime, subject: 'api' }])

  test('the days with their down and excluded time, those between joined', () => {
    expect(others).toEqual([])
    expect(strip?.title).toBe('api: uptime')
    expect(strip?.description).toBe('Down 4h 20m on 2 of 31 days, excluded 1h.')
    expect(strip?.head).toEqual(['Day', 'Down', 'Excluded', 'Unknown'])
    expect(strip?.rows).toEqual([
      ['Fri 1 May 2026', '0s', '0s', '0s'],
      ['Sat 2 May 2026', '2h 30m', '0s', '0s'],
      ['Sun 3 May 2026 – Fri 8 May 2026', '0s', '0s', '0s'],
      ['Sat 9 May 2026', '0s', '1h', '0s'],
      ['Sun 10 May 2026 – Mon 18 May 2026', '0s', '0s', '0s'],
      ['Tue 19 May 2026', '1h 50m', '0s', '0s'],
      ['Wed 20 May 2026 – Sun 31 May 2026', '0s', '0s', '0s'],
      ['All', '4h 20m', '1h', '0s'],
    ])
  })

  test('the allowance of 3h 43m 12s after each outage, down to 36m 48s beyond it', () => {
    expect(burn?.title).toBe('May 2026: allowance left')
    expect(burn?.description).toBe('4h 20m of 3h 43m 12s used, 36m 48s over.')
    expect(burn?.rows).toEqual([
      ['Sat 2 May 01:12–03:42', '2h 30m', '2h 30m', '1h 13m 12s'],
      ['Tue 19 May 14:05–15:55', '1h 50m', '4h 20m', '-36m 48s'],
      ['All of Fri 1 May 2026 00:00 – Mon 1 Jun 2026 00:00', '4h 20m', '4h 20m', '-36m 48s'],
    ])
  })

  test('days by how long they are down: up to 5 minutes, up to an hour, more; never too low to see', () => {
    // Days are 20 units wide, and 20 high down to 42. 2h 30m and 1h 50m are little of 24 hours, but more than an hour.
    expect(boxes(strip?.svg ?? '', 'breached')).toBe('M20 29h20v13h-20zM360 29h20v13h-20z')
    expect(strip?.svg).not.toContain('-brief')
    const downs = [5 * MINUTE, 5 * MINUTE + 1, HOUR, HOUR + 1, 18 * HOUR]
    const down = downs.reduce((sum, one) => sum + one, 0)
    const timeline = downs.map((length, i): Step => {
      const start = breachedUptime.window.start + i * DAY
      return { at: { start, end: start + length }, effect: 'counted', reason: 'outage', why: '' }
    })
    const [steps] = chartsOf([{ ...breachedUptime, details: { allowance_ms: HOUR, down_ms: down }, timeline }])
    expect(boxes(steps?.svg ?? '', 'brief')).toBe('M0 37h20v5h-20z')
    expect(boxes(steps?.svg ?? '', 'some')).toBe('M20 33h20v9h-20zM40 33h20v9h-20z')
    // Three quarters of a day are 15 units.
    expect(boxes(steps?.svg ?? '', 'breached')).toBe('M60 29h20v13h-20zM80 27h20v15h-20z')
    for (const word of ['down up to 5 min', 'down up to 1 h', 'down over 1 h']) {
      expect(steps?.svg).toContain(`</svg> ${word}</span>`)
    }
  })
})

describe('hours of a calendar', () => {
  const [strip] = chartsOf([{ ...breachedUptime, details: { ...breachedUptime.details, service_ms: 176 * HOUR } }], {
    promise: '≥ 99.5 % a calendar month during support-hours',
  })

  test('are not painted as up all day, and nothing says that a blank is outside of them', () => {
    expect(strip?.svg).not.toContain('-met')
    expect(boxes(strip?.svg ?? '', 'hours')).toBe('M0 22h620v20h-620z')
    expect(strip?.svg).toContain('up in service hours, others not told')
    expect(strip?.svg).not.toContain('not in service')
    expect(strip?.description).toContain('Which hours of a day are in service is not shown')
  })
})

/** The path of all boxes of one ink, without those of the key. */
function boxes(svg: string, ink: string): string {
  const [, path = ''] = new RegExp(`<path d="([^"]*)" fill="url\\(#[^)]*-${ink}\\)"/>(?!</svg> )`).exec(svg) ?? []
  return path
}

describe('charts are sound', () => {
  test('of what the fixtures hold', async () => {
    await expectSound([
      ...chartsOf([breachedUptime]),
      ...chartsOf([lateTicket], { id: 'tickets', kind: 'support' }),
      ...[drawn(lateTicket), drawn(breachedUptime, 'availability')].flatMap(chart => chart ?? []),
    ])
  })

  test('with hostile names', async () => {
    const finding = { ...breachedUptime, id: hostile, subject: hostile }
    const tickets = Array.from({ length: 45 }, (_, i) => ticketOf({ subject: `${hostile}${i}`, id: `${hostile}${i}` }))
    await expectSound([
      ...chartsOf([finding], { id: hostile }),
      ...chartsOf(tickets, { id: `x${hostile}`, kind: 'support' }),
      ...[drawn({ ...lateTicket, id: hostile }), drawn({ ...lateTicket, id: `${hostile}1` })].flatMap(c => c ?? []),
    ])
  })

  test('of 5,000 outages in a month, and of every day in a year and a half down and excluded in part', async () => {
    const window = breachedUptime.window
    const many = Array.from({ length: 5000 }, (_, i): Step => {
      const start = window.start + i * 8 * MINUTE
      return { at: { start, end: start + MINUTE }, effect: 'counted', reason: 'outage', why: '' }
    })
    const details = { allowance_ms: 223 * MINUTE, down_ms: 5000 * MINUTE }
    const busy = { ...breachedUptime, details, timeline: many }
    const years = { start: at('2025-01-01T00:00:00+01:00'), end: at('2026-07-01T00:00:00+02:00') }
    // Every other day, so that no two neighbours can be one.
    const days = Array.from({ length: 540 }, (_, i): Step[] => {
      const start = years.start + i * DAY + 2 * HOUR
      return i % 2 === 0
        ? [{ at: { start, end: start + (1 + (i % 19)) * HOUR }, effect: 'counted', reason: 'outage', why: '' }]
        : [{ at: { start, end: start + (1 + (i % 17)) * HOUR }, effect: 'excluded', reason: 'planned', why: '' }]
    }).flat()
    const down = days.reduce((sum, { at, effect }) => sum + (effect === 'counted' ? at.end - at.start : 0), 0)
    const long = { ...breachedUptime, window: years, details: { allowance_ms: HOUR, down_ms: down }, timeline: days }
    const notes = many.map((step): Step => ({ ...step, effect: 'note' }))
    const charts = [
      ...chartsOf([busy]),
      ...chartsOf([long], { id: 'long' }),
      ...[drawn({ ...busy, timeline: [...many, ...notes] }, 'availability'), drawn({ ...long, id: 'long' })].flatMap(
        chart => chart ?? [],
      ),
    ]
    await expectSound(charts)
    expect(charts).toHaveLength(6)
    // 5,000 minutes are 3 days, 11 hours and 20 minutes.
    expect(charts[0]?.rows.at(-1)).toEqual(['All', '3d 11h 20m', '0s', '0s'])
    expect(charts[1]?.rows.at(-1)?.slice(1)).toEqual(['3d 11h 20m', '3d 11h 20m', '-3d 7h 37m'])
    for (const { rows } of charts) expect(rows.length).toBeLessThan(210)
  })

  test('of thirty years, by months', async () => {
    const window = { start: at('1996-01-01T00:00:00+01:00'), end: at('2026-01-01T00:00:00+01:00') }
    const charts = chartsOf([{ ...breachedUptime, window, timeline: [], details: { down_ms: 0, allowance_ms: 1 } }])
    await expectSound(charts)
    expect(charts[0]?.description).toBe('Nothing down. The first 12 years are in the table only.')
    expect(charts[0]?.rows[0]).toEqual(['Jan 1996 – Dec 2025', '0s', '0s', '0s'])
  })

  test('of any ticket', async () => {
    const steps = fc.array(
      fc.record({
        from: fc.integer({ min: -DAY, max: 5 * DAY }),
        length: fc.integer({ min: 0, max: DAY }),
        effect: fc.constantFrom('counted', 'paused', 'unknown', 'over', 'note'),
      }),
      { maxLength: 12 },
    )
    const charts: Chart[] = []
    for (const [index, list] of fc.sample(steps, { numRuns: 60, seed: 7 }).entries()) {
      const { start = 0 } = lateTicket
      const timeline = list.map(({ from, length, effect }): Step => {
        return { at: { start: start + from, end: start + from + length }, effect, reason: '', why: '' } as Step
      })
      const chart = drawn({ ...lateTicket, id: `t-${index}`, timeline })
      const any = timeline.some(({ effect, at }) => effect !== 'note' && at.start < at.end)
      if (any) expect(chart).toBeDefined()
      if (chart !== undefined) charts.push(chart)
    }
    await expectSound(charts)
  })
})

describe('what is left out is said', () => {
  test('of fifteen services twelve strips, of thirteen windows with down time twelve burn-downs', () => {
    const services = Array.from({ length: 15 }, (_, i) =>
      i < 13
        ? { ...breachedUptime, subject: `s-${i}`, id: `uptime/s-${i}` }
        : { ...breachedUptime, subject: `s-${i}`, details: { down_ms: 0, allowance_ms: HOUR }, timeline: [] },
    )
    const charts = chartsOf(services)
    expect(charts).toHaveLength(24)
    expect(charts[11]?.description).toMatch(/3 more services are not drawn; the table of findings has them all\.$/)
    expect(charts[23]?.description).toMatch(/1 more window is not drawn; the table of findings has them all\.$/)
  })

  test('of 41 tickets the 40 that used most, and a histogram of all', () => {
    const tickets = Array.from({ length: 41 }, (_, i) =>
      ticketOf({ subject: `T-${i}`, observed: { unit: 'ms', value: i * 6 * MINUTE } }),
    )
    const [all, worst, ...others] = chartsOf(tickets, { id: 'tickets', kind: 'support' })
    expect(others).toEqual([])
    expect(worst?.rows).toHaveLength(40)
    expect(worst?.rows[0]).toEqual(['T-40 · resolve', 'met', '4h', '4h', '100 %'])
    expect(worst?.rows.at(-1)).toEqual(['T-1 · resolve', 'met', '6m', '4h', '2 %'])
    // 2.5 % of the allowance more for each: none to four of them are up to 10 %, then four to a tenth.
    expect(all?.rows.slice(0, 2)).toEqual([
      ['up to 10 %', '5'],
      ['over 10 % to 20 %', '4'],
    ])
    expect(all?.rows.at(-1)).toEqual(['All', '41'])
  })

  test('nothing is drawn where nothing has a length', () => {
    expect(drawn(keptNotice)).toBeUndefined()
    expect(chartsOf([keptNotice], { kind: 'maintenance' })).toEqual([])
    expect(chartsOf([findingOf()], { kind: 'support' })).toEqual([])
  })
})

describe('what is owed again and again', () => {
  test('a strip of days kept, missed and unknown, for promises of which something was not kept', async () => {
    const whole = { start: at('2026-05-01T00:00:00+02:00'), end: at('2026-05-06T00:00:00+02:00') }
    const gap = { start: at('2026-05-02T23:00:00+02:00'), end: at('2026-05-03T22:00:00+02:00') }
    const silent = { start: at('2026-05-05T00:00:00+02:00'), end: at('2026-05-05T06:00:00+02:00') }
    const nightly = { clause: 'nightly', promise: 'schedule', details: { slot: 'schedule', rule: 'every 24h' } }
    const charts = chartsOf(
      [
        findingOf({ ...nightly, id: 'nightly/schedule', window: whole }),
        findingOf({ ...nightly, id: 'nightly/schedule/2026-05-02', window: gap, status: 'breached', breached: [gap] }),
        findingOf({ ...nightly, id: 'nightly/schedule/2026-05-05', window: silent, status: 'unverified' }),
        findingOf({ ...nightly, id: 'nightly/schedule/files', subject: 'files', window: whole }),
      ],
      { id: 'nightly', kind: 'backup' },
    )
    await expectSound(charts)
    expect(charts.map(({ title }) => title)).toEqual(['schedule · every 24h'])
    expect(charts[0]?.description).toBe('Missed 23h on 2 of 5 days, unknown 6h.')
    expect(charts[0]?.head).toEqual(['Day', 'Missed', 'Unknown'])
    expect(charts[0]?.rows).toEqual([
      ['Fri 1 May 2026', '0s', '0s'],
      ['Sat 2 May 2026', '1h', '0s'],
      ['Sun 3 May 2026', '22h', '0s'],
      ['Mon 4 May 2026', '0s', '0s'],
      ['Tue 5 May 2026', '0s', '6h'],
      ['All', '23h', '6h'],
    ])
  })
})

describe('how far bars go', () => {
  const bars = (...hours: readonly number[]): string => {
    const tickets = hours.map((value, i) =>
      ticketOf({ subject: `T-${i}`, observed: { unit: 'ms', value: value * HOUR } }),
    )
    return chartsOf(tickets, { kind: 'support' })[0]?.svg ?? ''
  }

  test('to three times the allowance of 4 h, unless most are beyond that', () => {
    expect(bars(2, 6, 40)).toContain('>300 %<')
    expect(bars(2, 6, 40).match(/»/g)).toHaveLength(1)
    expect(bars(6, 20, 40)).toContain('>1000 %<')
    expect(bars(6, 20, 40)).not.toContain('»')
  })

  test('and no further than needed', () => {
    expect(bars(2, 4)).toContain('>100 %<')
    expect(bars(2, 4)).not.toContain('>150 %<')
  })
})

describe('the timeline of a finding', () => {
  const chart = drawn(lateTicket)

  test('says how long each lane is on the wall clock', () => {
    // Friday 16:00 to Monday 9:00 are 2 days and 17 hours.
    expect(chart?.rows).toEqual([
      ['counted', 'Fri 15 May 2026 16:00 – Mon 18 May 2026 09:00', '2d 17h'],
      ['paused', 'Mon 18 May 2026 09:00–09:30', '30m'],
    ])
    expect(chart?.description).toBe('On the wall clock: counted 2d 17h, paused 30m.')
  })

  test('marks start, due and stop at their local times', () => {
    for (const text of ['start Fri 15 May 16:00', 'due Mon 18 May 11:30', 'stop Mon 18 May 12:40']) {
      expect(chart?.svg).toContain(`>${text}</text>`)
    }
  })
})

describe('ids and names', () => {
  test('no two texts have one id, however long they are', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 90 }), fc.string({ maxLength: 90 }), (a, b) => {
        expect(anchorOf(a) === anchorOf(b)).toBe(a === b)
        expect(anchorOf(a)).toMatch(/^[\w-]*$/)
        expect(anchorOf(a).length).toBeLessThanOrEqual(61)
      }),
    )
    const long = 'x'.repeat(10_000)
    expect(anchorOf(`${long}1`)).not.toBe(anchorOf(`${long}2`))
    expect(anchorOf('a b')).not.toBe(anchorOf('a_20_b'))
  })

  test('a name is cut to so many characters', () => {
    expect(short('abcdef', 6)).toBe('abcdef')
    expect(short('abcdefg', 6)).toBe('abcde…')
    expect([...short('🦊'.repeat(9), 4)]).toEqual(['🦊', '🦊', '🦊', '…'])
  })
})
