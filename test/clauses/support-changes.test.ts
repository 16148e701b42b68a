import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { byId, findings } from '../support/audit.ts'
import { HOUR, ms } from '../support/instants.ts'

type Row = readonly [time: string, change: string, value?: string]

const judge = (fields: string, rows: readonly Row[], asOf = june('30T00:00')): Promise<readonly Finding[]> =>
  findings({
    contract: `
apiVersion: sla/v1
kind: Contract
id: test
timezone: Europe/Paris
clauses:
  tickets: { kind: support, calendar: always, ${fields} }
`,
    evidence: {
      'ticket-change': rows.map(([time, change, value = '']) => ({ id: 'T-1', time: june(time), change, value })),
    },
    asOf,
    period: '2026',
  })

function june(time: string): string {
  return `2026-06-${time}:00+02:00`
}

describe('a ticket reopened twice', () => {
  // Worked on 09–11, 13–14 and 16–19; resolved 11–13 and 14–16.
  const rows: Row[] = [
    ['08T09:00', 'opened', 'P1'],
    ['08T11:00', 'resolved'],
    ['08T13:00', 'reopened'],
    ['08T14:00', 'resolved'],
    ['08T16:00', 'reopened'],
    ['08T19:00', 'resolved'],
  ]
  const under = async (rule: string, list = rows, asOf?: string) =>
    byId(await judge(`on-reopen: ${rule}, priorities: { P1: { resolve: 4h } }`, list, asOf), 'tickets/P1-resolve/T-1')

  it.each([
    ['continue', 6, 'breached', '08T17:00', '08T09:00'],
    ['first-resolve', 2, 'met', '08T13:00', '08T09:00'],
    ['last-resolve', 10, 'breached', '08T13:00', '08T09:00'],
    ['restart', 3, 'met', '08T20:00', '08T16:00'],
  ])('%s', async (rule, hours, status, due, start) => {
    const finding = await under(rule)
    expect(finding).toMatchObject({
      status,
      observed: { value: hours * HOUR },
      due: ms(june(due)),
      start: ms(june(start)),
    })
    expect(finding.notes.join()).toContain('reopened 2 times')
  })

  it.each([
    ['continue', 4, 'pending', 'open'],
    ['first-resolve', 2, 'met', 'in-time'],
    ['last-resolve', 8, 'breached', 'overdue'],
    ['restart', 1, 'pending', 'open'],
  ])('%s, and open again', async (rule, hours, status, reason) => {
    const finding = await under(rule, rows.slice(0, 5), june('08T17:00'))
    expect(finding).toMatchObject({ status, reason, observed: { value: hours * HOUR } })
  })

  it('shows where the clock stood, and each reopening', async () => {
    const { timeline } = await under('continue')
    expect(timeline.map(({ effect, reason }) => `${effect} ${reason}`)).toEqual([
      'counted running',
      'paused resolved',
      'note reopened',
      'counted running',
      'paused resolved',
      'note reopened',
      'counted running',
      'over late',
      'note resolved',
    ])
  })

  it('is not reopened by a reopening of an open ticket, nor resolved twice', async () => {
    const finding = await under('restart', [
      ['08T09:00', 'opened', 'P1'],
      ['08T10:00', 'reopened'],
      ['08T11:00', 'resolved'],
      ['08T15:00', 'resolved'],
    ])
    expect(finding).toMatchObject({ status: 'met', observed: { value: 2 * HOUR } })
    const late = await under('continue', [
      ['08T09:00', 'opened', 'P1'],
      ['08T10:00', 'reopened'],
      ['08T14:00', 'resolved'],
      ['08T15:00', 'resolved'],
    ])
    expect(late).toMatchObject({ status: 'breached', observed: { value: 5 * HOUR } })
    expect(late.notes.join()).toContain('ignored')
    expect(late.notes.join()).toContain('the first counts')
  })

  it('a report is counted from the resolution that stopped the clock', async () => {
    const list: Row[] = [...rows, ['08T20:00', 'report-sent']]
    const report = async (rule: string) =>
      byId(await judge(`on-reopen: ${rule}, priorities: { P1: { report: 4h } }`, list), 'tickets/P1-report/T-1')
    expect(await report('continue')).toMatchObject({ status: 'met', observed: { value: HOUR } })
    // From the first resolution, at 11:00.
    expect(await report('first-resolve')).toMatchObject({ status: 'breached', observed: { value: 9 * HOUR } })
  })
})

describe('a priority that changes', () => {
  const target =
    'priorities: { P1: { respond: 1h, resolve: 4h }, P2: { respond: 2h, resolve: 8h }, P3: { resolve: 24h } }'
  const ids = async (rule: string, rows: readonly Row[]) =>
    Object.fromEntries(
      (await judge(`on-reopen: continue, on-priority-change: ${rule}, ${target}`, rows)).map(f => [f.id, f.status]),
    )
  const raised: Row[] = [
    ['08T09:00', 'opened', 'P2'],
    ['08T10:30', 'responded'],
    ['08T11:00', 'priority', 'P1'],
    ['08T15:00', 'resolved'],
  ]
  const lowered: Row[] = [
    ['08T09:00', 'opened', 'P1'],
    ['08T11:00', 'priority', 'P2'],
    ['08T11:00', 'responded'],
    ['08T15:00', 'resolved'],
  ]

  it('carry: the time goes on, the target is that of the priority at the stop', async () => {
    expect(await ids('carry', raised)).toEqual({
      // 1 h 30 min as P2; 6 h as P1.
      'tickets/P2-respond/T-1': 'met',
      'tickets/P1-resolve/T-1': 'breached',
    })
    expect(await ids('carry', lowered)).toEqual({
      'tickets/P2-respond/T-1': 'met',
      'tickets/P2-resolve/T-1': 'met',
    })
  })

  it('at-open: the target is that of the priority at the opening', async () => {
    expect(await ids('at-open', raised)).toEqual({
      'tickets/P2-respond/T-1': 'met',
      'tickets/P2-resolve/T-1': 'met',
    })
    expect(await ids('at-open', lowered)).toEqual({
      'tickets/P1-respond/T-1': 'breached',
      'tickets/P1-resolve/T-1': 'breached',
    })
  })

  it('strictest: the worst of all it had until the stop', async () => {
    expect(await ids('strictest', raised)).toEqual({
      // Raised after the response only.
      'tickets/P2-respond/T-1': 'met',
      'tickets/P1-resolve/T-1': 'breached',
    })
    expect(await ids('strictest', lowered)).toEqual({
      'tickets/P1-respond/T-1': 'breached',
      'tickets/P1-resolve/T-1': 'breached',
    })
  })

  it('stands in the notes, and in the timeline of a late ticket', async () => {
    const all = await judge(`on-reopen: continue, ${target}`, raised)
    const late = byId(all, 'tickets/P1-resolve/T-1')
    expect(late.notes.join()).toContain('its priority changed')
    expect(late.timeline.map(step => step.why)).toContain('priority P2 → P1')
  })

  it('to one that promises nothing of the kind leaves nothing to judge', async () => {
    const rows: Row[] = [
      ['08T09:00', 'opened', 'P2'],
      ['08T09:30', 'priority', 'P3'],
      ['08T10:00', 'resolved'],
    ]
    expect(await ids('carry', rows)).toEqual({ 'tickets/P3-resolve/T-1': 'met' })
  })
})
