import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { fakeIo } from './fake-io.ts'

const CONTRACT = `apiVersion: sla/v1
kind: Contract
id: acme
timezone: UTC
calendars: { support: { days: mon-fri, hours: "09:00-18:00" } }
clauses:
  tickets: { kind: support, calendar: support, clock: always, business-day: end-of-day, on-reopen: continue, priorities: { P1: { respond: 2h } } }
`
const folder = mkdtempSync(join(tmpdir(), 'sla-given-'))
const tickets = join(folder, 'tickets.csv')
writeFileSync(
  tickets,
  'id,priority,opened_at,responded_at\n"tab\tx",P1,2026-05-04T09:00:00Z,2026-05-04T12:00:00Z\nT-2,P1,2026-05-04T09:00:00Z,2026-05-04T10:00:00Z\n',
)
const period = ['--period', '2026-05', '--as-of', '2026-06-02']

afterAll(() => rmSync(folder, { recursive: true }))

async function run(argv: readonly string[], files: Readonly<Record<string, string>> = {}, env = {}) {
  const io = fakeIo({ 'c.yaml': CONTRACT, ...files }, env)
  const code = await main(argv, io)
  return { code, out: io.out.join(''), err: io.err.join('') }
}

describe('an id as a report prints it', () => {
  it.each(['tickets/P1-respond/tab\\tx', 'P1-respond/tab\\tx', 'tickets/P1-respond/tab\tx'])(
    '%j finds it',
    async id => {
      const { code, out } = await run(['explain', id, 'c.yaml', tickets, ...period])
      expect(code).toBe(0)
      expect(out).toContain('tickets/P1-respond/tab\\tx  breached')
      expect(out).toContain('change  1h less would have kept it: a response by Mon 4 May 11:00\n')
    },
  )
})

describe('beside --report', () => {
  const given: readonly (readonly [flag: string, value: string])[] = [
    ['--as-of', '2026-05-03'],
    ['--period', '2026-04'],
    ['--only', 'tickets'],
    ['--skip', 'none'],
    ['--waivers', 'w.yaml'],
    ['--baseline', 'b.json'],
    ['--risk', '50%'],
    ['--tz', 'UTC'],
    ['--map', 'm.yaml'],
    ['--as', 'ticket'],
    ['--taken-at', '2026-05-03'],
    ['--assume-complete', 'ticket-change'],
  ]

  async function report(): Promise<string> {
    const { out } = await run(['audit', 'c.yaml', tickets, ...period, '-f', 'json'])
    expect(out).toContain('"tickets/P1-respond/T-2"')
    return out
  }

  it.each(given)('%s is refused by its name', async (flag, value) => {
    const files = { 'r.json': await report() }
    const { code, out, err } = await run(['explain', 'T-2', '--report', 'r.json', flag, value], files)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(`${flag} beside --report`)
  })

  it('the same from the environment is not', async () => {
    const files = { 'r.json': await report() }
    const env = { SLA_AS_OF: '2026-05-03', SLA_PERIOD: '2026-04' }
    const { code, out } = await run(['explain', 'T-2', '--report', 'r.json', '--width', '90'], files, env)
    expect(code).toBe(0)
    expect(out).toContain('it would break with more than 1h more')
  })
})
