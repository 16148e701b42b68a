import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { dueCommand } from '../../src/report/due-command.ts'
import { clauseOf, findingOf, keptNotice, viewOf } from './fixture.ts'
import { lateTicket } from './ticket-fixture.ts'

function command(finding: Finding, kind = 'support'): string | undefined {
  const clause = clauseOf({ id: 'tickets', kind, findings: [finding] })
  return dueCommand(clause, finding, 'acme.yaml', viewOf())?.join(' ')
}

const pause = '--paused 2026-05-18T09:00:00+02:00..2026-05-18T09:30:00+02:00'
const start = '--from 2026-05-15T16:00:00+02:00'

describe('dueCommand', () => {
  it('names the promise, the start, each pause and the zone of the customer', () => {
    expect(command(lateTicket)).toBe(`due acme.yaml tickets/P1/resolve ${start} ${pause}`)
    const details = { ...lateTicket.details, priority: "P1 (client's)", customer_timezone: 'America/New_York' }
    expect(command({ ...lateTicket, details })).toBe(
      `due acme.yaml 'tickets/P1 (client'\\''s)/resolve' ${start} ${pause} --zone America/New_York`,
    )
  })

  it('leaves out pauses that took nothing from the clock', () => {
    const details = { ...lateTicket.details, paused_ms: 0 }
    expect(command({ ...lateTicket, details })).toBe(`due acme.yaml tickets/P1/resolve ${start}`)
  })

  it('is none where the due instant depends on more than the finding shows', () => {
    expect(command({ ...lateTicket, status: 'unverified' })).toBeUndefined()
    expect(command({ ...lateTicket, timeline: [] })).toBeUndefined()
    expect(command({ ...lateTicket, promise: 'update-every', status: 'pending' })).toBeUndefined()
    expect(command({ ...lateTicket, promise: 'update-every' })).toContain('tickets/P1/update-every')
    expect(command(lateTicket, 'maintenance')).toBeUndefined()
    expect(command(keptNotice)).toBeUndefined()
    expect(command(findingOf({ clause: 'tickets', promise: 'resolve' }))).toBeUndefined()
  })
})
