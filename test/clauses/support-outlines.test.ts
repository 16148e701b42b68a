import { expect, it } from 'vitest'
import { audit } from '../support/audit.ts'
import { ms } from '../support/instants.ts'

const contract = `
apiVersion: sla/v1
kind: Contract
id: test
timezone: Europe/Paris
calendars: { support: { days: mon-fri, hours: "09:00-18:00" } }
clauses:
  tickets:
    kind: support
    calendar: support
    clock: calendar
    on-reopen: continue
    paused-in: [waiting]
    priorities:
      P1: { respond: 2h, resolve: 4h }
      P2: { resolve: 8h }
`

const day = (number: number, time: string): string => `2026-06-${String(number).padStart(2, '0')}T${time}:00+02:00`

it('offers outlines and ids that say what the findings do', async () => {
  // In time, nearly late, late, still running in time and over it, paused, of no known priority, dates only.
  const opened = { priority: 'P1', opened_at: day(8, '09:00') }
  const report = await audit({
    contract,
    evidence: {
      ticket: [
        { ...opened, id: 'T-1', responded_at: day(8, '10:00'), resolved_at: day(8, '11:00') },
        { ...opened, id: 'T-2', responded_at: day(8, '10:55'), resolved_at: day(8, '12:58') },
        { ...opened, id: 'T-3', responded_at: day(8, '12:00'), resolved_at: day(9, '12:00') },
        { ...opened, id: 'T-4', responded_at: day(8, '10:00'), resolved_at: '' },
        { ...opened, id: 'T-5', priority: 'P2', opened_at: day(10, '09:00'), responded_at: '', resolved_at: '' },
        { ...opened, id: 'T-6', opened_at: day(10, '10:00'), responded_at: day(10, '10:30'), resolved_at: '' },
        { ...opened, id: 'T-7', priority: 'P9', responded_at: '', resolved_at: day(8, '10:00') },
        {
          ...opened,
          id: 'T-8',
          opened_at: `${ms(day(8, '00:00'))}~${ms(day(9, '00:00'))}`,
          responded_at: day(8, '12:00'),
          resolved_at: day(8, '14:00'),
        },
      ],
      'ticket-change': [{ id: 'T-6', time: day(10, '11:00'), change: 'paused', value: 'waiting' }],
    },
    asOf: day(10, '12:00'),
    period: '2026-06',
  })
  const findings = report.clauses[0]?.findings
  if (findings?.outlines === undefined || findings.ids === undefined) throw new Error('neither outlines nor ids')
  const all = [...findings]
  expect([...findings.ids()]).toEqual(all.map(({ id }) => id))
  const reasons = new Set(all.map(({ status, reason }) => `${status} ${reason}`))
  for (const reason of ['met in-time', 'breached late', 'breached overdue', 'pending open', 'pending paused']) {
    expect(reasons).toContain(reason)
  }
  expect(all.some(({ atRisk }) => atRisk === true)).toBe(true)
  expect(all.some(({ status }) => status === 'unverified')).toBe(true)
  for (const [i, { status, reason, atRisk, window, margin, due }] of [...findings.outlines()].entries()) {
    const finding = all[i]
    expect({ i, status, reason, atRisk, window, margin }).toEqual({
      i,
      status: finding?.status,
      reason: finding?.reason,
      atRisk: finding?.atRisk,
      window: finding?.window,
      margin: finding?.margin,
    })
    if (status === 'pending' || reason === 'overdue') expect(due).toBe(finding?.due)
  }
})
