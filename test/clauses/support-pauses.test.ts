import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { byId, findings } from '../support/audit.ts'
import { HOUR, ms } from '../support/instants.ts'

type Row = readonly [time: string, change: string, value?: string]

const judge = (fields: string, rows: readonly Row[], asOf = '2026-12-31T00:00:00+01:00'): Promise<readonly Finding[]> =>
  findings({
    contract: `
apiVersion: sla/v1
kind: Contract
id: test
timezone: Europe/Paris
calendars: { support: { days: mon-fri, hours: "09:00-18:00" } }
clauses:
  tickets: { kind: support, on-reopen: continue, paused-in: [waiting], ${fields} }
`,
    evidence: {
      'ticket-change': rows.map(([time, change, value = '']) => ({ id: 'T-1', time, change, value })),
    },
    asOf,
    period: '2026',
  })
const one = async (...args: Parameters<typeof judge>): Promise<Finding> =>
  byId(await judge(...args), 'tickets/P1-resolve/T-1')

const hours = 'calendar: support, clock: calendar, priorities: { P1: { resolve: 8h } }'
const always = 'calendar: support, clock: always, priorities: { P1: { resolve: 8h } }'

// 5 June 2026 is a Friday.
const june = (time: string): string => `2026-06-${time}:00+02:00`

describe('a pause', () => {
  it('over a weekend takes only support hours, on a clock that always runs all of it', async () => {
    const rows: Row[] = [
      [june('05T15:00'), 'opened', 'P1'],
      [june('05T17:00'), 'paused', 'waiting'],
      [june('08T10:00'), 'resumed'],
      [june('08T16:00'), 'resolved'],
    ]
    // Counted 2 h on Friday and 6 h on Monday; paused 1 h on Friday and 1 h on Monday.
    expect(await one(hours, rows)).toMatchObject({
      status: 'met',
      observed: { value: 8 * HOUR },
      due: ms(june('08T16:00')),
      details: { counted_ms: 8 * HOUR, paused_ms: 2 * HOUR, clock: 'support' },
    })
    // Friday 17:00 to Monday 10:00 are 65 h.
    expect(await one(always, rows)).toMatchObject({
      status: 'met',
      observed: { value: 8 * HOUR },
      details: { paused_ms: 65 * HOUR, clock: 'always' },
    })
  })

  it('over a change of clocks takes the hours that were', async () => {
    // Clocks go back on Sunday 25 October 2026 at 3:00: from Saturday 20:00 to Sunday 08:00 are 13 h.
    const rows: Row[] = [
      ['2026-10-24T18:00:00+02:00', 'opened', 'P1'],
      ['2026-10-24T20:00:00+02:00', 'paused', 'waiting'],
      ['2026-10-25T08:00:00+01:00', 'resumed'],
      ['2026-10-25T14:30:00+01:00', 'resolved'],
    ]
    expect(await one(always, rows)).toMatchObject({
      status: 'breached',
      observed: { value: 8.5 * HOUR },
      due: ms('2026-10-25T14:00:00+01:00'),
      details: { paused_ms: 13 * HOUR },
    })
  })

  it('that begins before opening hours and ends in them takes what is open', async () => {
    const rows: Row[] = [
      [june('08T06:00'), 'opened', 'P1'],
      [june('08T07:00'), 'paused', 'waiting'],
      [june('08T11:00'), 'resumed'],
      [june('08T18:00'), 'resolved'],
    ]
    expect(await one(hours, rows)).toMatchObject({ observed: { value: 7 * HOUR }, details: { paused_ms: 2 * HOUR } })
    const finding = await one(hours, rows)
    expect(finding.timeline).toEqual([
      {
        at: { start: ms(june('08T06:00')), end: ms(june('08T18:00')) },
        effect: 'counted',
        reason: 'in-time',
        why: '7h of support hours, 2h of support hours not counted',
        origin: { input: 1, line: 5 },
      },
    ])
  })

  it('still open counts up to as of, and the due instant is that of a clock that goes on then', async () => {
    const rows: Row[] = [
      [june('08T09:00'), 'opened', 'P1'],
      [june('08T12:00'), 'paused', 'waiting'],
    ]
    const finding = await one(hours, rows, june('09T10:00'))
    // 3 h counted; 5 h left from Tuesday 10:00.
    expect(finding).toMatchObject({
      status: 'pending',
      reason: 'paused',
      observed: { value: 3 * HOUR },
      margin: { value: 5 * HOUR },
      due: ms(june('09T15:00')),
      details: { paused_ms: 7 * HOUR },
    })
    expect(finding.notes.join()).toContain('paused as of now')
  })

  it('that overlaps another one counts once', async () => {
    const rows: Row[] = [
      [june('08T09:00'), 'opened', 'P1'],
      [june('08T10:00'), 'status', 'waiting'],
      [june('08T11:00'), 'paused', 'waiting'],
      [june('08T12:00'), 'status', 'working'],
      [june('08T13:00'), 'resumed'],
      [june('08T14:00'), 'resolved'],
    ]
    // Waiting 10–12 and 11–13 are 3 h of five.
    expect(await one(hours, rows)).toMatchObject({ observed: { value: 2 * HOUR }, details: { paused_ms: 3 * HOUR } })
  })

  it('by status ends with the next status that does not wait', async () => {
    const rows: Row[] = [
      [june('08T09:00'), 'opened', 'P1'],
      [june('08T10:00'), 'status', 'waiting'],
      [june('08T11:00'), 'status', 'waiting'],
      [june('08T12:00'), 'status', 'vendor'],
      [june('08T14:00'), 'resolved'],
    ]
    expect(await one(hours, rows)).toMatchObject({ observed: { value: 3 * HOUR }, details: { paused_ms: 2 * HOUR } })
  })

  it('ends with a resolution: resolving from a pause loses nothing', async () => {
    const rows: Row[] = [
      [june('08T09:00'), 'opened', 'P1'],
      [june('08T10:00'), 'paused', 'waiting'],
      [june('08T15:00'), 'resolved'],
      [june('08T16:00'), 'reopened'],
      [june('08T17:00'), 'resolved'],
    ]
    expect(await one(hours, rows)).toMatchObject({ observed: { value: 2 * HOUR }, details: { paused_ms: 6 * HOUR } })
  })

  it('in another state counts as work, and is named', async () => {
    const rows: Row[] = [
      [june('08T09:00'), 'opened', 'P1'],
      [june('08T10:00'), 'paused', 'vendor'],
      [june('08T17:00'), 'resumed'],
      [june('08T17:30'), 'resolved'],
    ]
    const finding = await one(hours, rows)
    expect(finding).toMatchObject({ status: 'breached', observed: { value: 8.5 * HOUR } })
    expect(finding.notes.join()).toContain('paused in vendor')
  })

  it('without a state pauses; of an unknown state both ways are judged', async () => {
    const rows = (value: string): Row[] => [
      [june('08T09:00'), 'opened', 'P1'],
      [june('08T10:00'), 'paused', value],
      [june('08T12:00'), 'resumed'],
      [june('08T17:30'), 'resolved'],
    ]
    expect(await one(hours, rows(''))).toMatchObject({ status: 'met', observed: { value: 6.5 * HOUR } })
    expect(await one(hours, rows('?'))).toMatchObject({
      status: 'unverified',
      bounds: { lowest: { value: 6.5 * HOUR }, highest: { value: 8.5 * HOUR } },
    })
  })

  it('before the first response lets the response wait, one after it does not', async () => {
    const fields = 'calendar: support, clock: calendar, priorities: { P1: { respond: 2h } }'
    const [found] = await judge(fields, [
      [june('08T09:00'), 'opened', 'P1'],
      [june('08T10:00'), 'paused', 'waiting'],
      [june('08T12:00'), 'resumed'],
      [june('08T13:00'), 'responded'],
      [june('08T14:00'), 'paused', 'waiting'],
    ])
    expect(found).toMatchObject({ status: 'met', observed: { value: 2 * HOUR }, details: { paused_ms: 2 * HOUR } })
  })

  it('of a late ticket stands in its timeline, and what was over too', async () => {
    const finding = await one(hours, [
      [june('08T09:00'), 'opened', 'P1'],
      [june('08T10:00'), 'paused', 'waiting'],
      [june('08T11:00'), 'resumed'],
      [june('09T10:00'), 'resolved'],
    ])
    const at = (from: string, to: string) => ({ start: ms(june(from)), end: ms(june(to)) })
    expect(finding.timeline).toEqual([
      { at: at('08T09:00', '08T10:00'), effect: 'counted', reason: 'running', why: '1h of support hours' },
      {
        at: at('08T10:00', '08T11:00'),
        effect: 'paused',
        reason: 'paused',
        why: 'paused in waiting: 1h of support hours not counted',
        origin: { input: 1, line: 3 },
      },
      { at: at('08T11:00', '08T18:00'), effect: 'counted', reason: 'running', why: '7h of support hours' },
      { at: at('08T18:00', '09T10:00'), effect: 'over', reason: 'late', why: '1h of support hours' },
      {
        at: at('09T10:00', '09T10:00'),
        effect: 'note',
        reason: 'resolved',
        why: 'resolved',
        origin: { input: 1, line: 5 },
      },
    ])
    expect(finding.evidence).toEqual([2, 3, 4, 5].map(line => ({ input: 1, line })))
  })

  it('after the stop moves no due instant, whatever the day it is asked', async () => {
    const fields = 'calendar: support, clock: calendar, priorities: { P1: { respond: 4h, resolve: 8h } }'
    const rows: Row[] = [
      [june('08T09:00'), 'opened', 'P1'],
      [june('08T10:00'), 'responded'],
      [june('08T11:00'), 'paused', 'waiting'],
      [june('08T12:00'), 'resumed'],
      [june('08T13:00'), 'resolved'],
    ]
    for (const asOf of ['08T14:00', '12T14:00']) {
      const all = await judge(fields, rows, june(asOf))
      expect(byId(all, 'tickets/P1-respond/T-1').due).toBe(ms(june('08T13:00')))
      expect(byId(all, 'tickets/P1-resolve/T-1').due).toBe(ms(june('08T18:00')))
    }
  })

  it('that never was is named where it is resumed', async () => {
    const finding = await one(hours, [
      [june('08T09:00'), 'opened', 'P1'],
      [june('08T10:00'), 'resumed'],
      [june('08T11:00'), 'resolved'],
    ])
    expect(finding).toMatchObject({ status: 'met', observed: { value: 2 * HOUR } })
    expect(finding.notes.join()).toContain('without a pause: ignored')
  })
})
