import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { fakeIo } from './fake-io.ts'

const CONTRACT = `apiVersion: sla/v1
kind: Contract
id: acme
timezone: Europe/Paris
calendars:
  support: { days: mon-fri, hours: "09:00-18:00" }
clauses:
  tickets:
    kind: support
    calendar: support
    clock: calendar
    business-day: end-of-day
    on-reopen: continue
    priorities: { P1: { respond: 2h } }
`
// Tuesday 16:30 to Wednesday 09:20 is 1 h 50 min of support hours; Wednesday 17:00 to Thursday 10:45 is 2 h 45 min.
const TICKETS = `id,priority,opened_at,responded_at
T-1,P1,2026-06-23T16:30:00+02:00,2026-06-24T09:20:00+02:00
T-2,P1,2026-06-24T17:00:00+02:00,2026-06-25T10:45:00+02:00
`
const time = ['--period', '2026-06', '--as-of', '2026-07-01T00:00:00+02:00', '--assume-complete', 'ticket-change']

const directory = mkdtempSync(join(tmpdir(), 'sla-explain-'))
const tickets = join(directory, 'tickets.csv')
writeFileSync(tickets, TICKETS)
afterAll(() => rmSync(directory, { recursive: true }))

async function run(args: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const io = fakeIo({ 'acme.yaml': CONTRACT, ...files })
  const code = await main([...args, '-q'], io)
  return { code, out: io.out.join(''), err: io.err.join('') }
}

async function report(more: readonly string[] = [], files: Readonly<Record<string, string>> = {}): Promise<string> {
  return (await run(['audit', 'acme.yaml', tickets, ...time, '-f', 'json', ...more], files)).out
}

describe('explain out of a report', () => {
  it('says the same of a breach as out of the evidence', async () => {
    const alone = await run(['explain', 'tickets/P1-respond/T-2', '--report', 'r.json'], { 'r.json': await report() })
    const full = await run(['explain', 'tickets/P1-respond/T-2', 'acme.yaml', tickets, ...time])
    expect(alone).toEqual(full)
    expect(alone.code).toBe(0)
    expect(alone.out).toContain('change  45m less would have kept it: a response by Thu 25 Jun 10:00\n')
  })

  it('says of what is kept that its timeline is short, and how to see every step', async () => {
    const alone = await run(['explain', 'tickets/P1-respond/T-1', '--report', 'r.json', '--width', '4000'], {
      'r.json': await report(),
    })
    const full = await run(['explain', 'tickets/P1-respond/T-1', 'acme.yaml', tickets, ...time, '--width', '4000'])
    expect(alone.out).not.toContain('responded')
    expect(full.out).toContain('responded')
    const [, command = ''] = /\nEvery step\? {2}sla (.*)\n/.exec(alone.out) ?? []
    const again = await run([...command.split(' '), '--assume-complete', 'ticket-change', '--width', '4000'])
    expect(again).toEqual(full)
    expect(full.out).not.toContain('Every step?')
  })

  it('tells all of a clause, the only finding that ends so, and JSON', async () => {
    const files = { 'r.json': await report() }
    const all = await run(['explain', 'tickets', '--report', 'r.json'], files)
    expect(all.out.match(/^Verdict$/gm)).toHaveLength(2)
    const short = await run(['explain', 'P1-respond/T-2', '--report', 'r.json'], files)
    expect(short.out).toMatch(/^✖ tickets\/P1-respond\/T-2 {2}breached/)
    const json = await run(['explain', 'T-2', '--report', 'r.json', '-f', 'json'], files)
    expect(JSON.parse(json.out)).toMatchObject([
      { id: 'tickets/P1-respond/T-2', margin: { unit: 'ms', value: -2_700_000 } },
    ])
  })

  it('tells who let a breach pass, and that one is known', async () => {
    const waivers = `apiVersion: sla/v1
kind: Waivers
waivers: [{ finding: "tickets/*/T-2", reason: agreed, approver: J. Doe, until: 2026-07-31 }]
`
    const waived = await report(['--waivers', 'w.yaml'], { 'w.yaml': waivers })
    const said =
      'waived    agreed\n  approved  J. Doe, until 2026-07-31 (last day included)\n  matched   tickets/*/T-2\n'
    const fromReport = await run(['explain', 'T-2', '--report', 'r.json'], { 'r.json': waived })
    expect(fromReport.out).toContain(said)
    const given = ['explain', 'tickets/P1-respond/T-2', 'acme.yaml', tickets, ...time]
    expect((await run([...given, '--waivers', 'w.yaml'], { 'w.yaml': waivers })).out).toContain(said)
    const known = await run([...given, '--baseline', 'r.json'], { 'r.json': await report() })
    expect(known.out).toContain('known   breached in the baseline too, so it is not new\n')
  })

  it('refuses a contract beside it, no subject, an unknown one, and what is no report', async () => {
    const files = { 'r.json': await report() }
    const both = await run(['explain', 'tickets', 'acme.yaml', '--report', 'r.json'], files)
    expect(both).toMatchObject({ code: 2, out: '' })
    expect(both.err).toContain('a contract and --report both')
    const none = await run(['explain', '--report', 'r.json'], files)
    expect(none).toMatchObject({ code: 2, out: '' })
    expect(none.err).toContain('such as tickets/P1-respond/T-1')
    const unknown = await run(['explain', 'tickets/P1-respond/T-3', '--report', 'r.json'], files)
    expect(unknown).toMatchObject({ code: 2, out: '' })
    expect(unknown.err).toContain('nearest: tickets/P1-respond/T-')
    expect(await run(['explain', 'tickets', '--report', 'acme.yaml'])).toMatchObject({ code: 3, out: '' })
    expect(await run(['explain', 'tickets', '--report', 'gone.json'])).toMatchObject({ code: 3, out: '' })
  })
})
