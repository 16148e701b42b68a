import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import type { Due } from '../../src/model/due.ts'
import type { Finding } from '../../src/model/finding.ts'
import { ms } from '../support/instants.ts'
import { fakeIo } from './fake-io.ts'

const NAME = "the customer's contract.yaml"
const CONTRACT = `apiVersion: sla/v1
kind: Contract
id: acme
timezone: Europe/Paris
calendars:
  support: { days: mon-fri, hours: "09:00-18:00", holidays: FR }
clauses:
  tickets:
    kind: support
    calendar: support
    clock: calendar
    business-day: end-of-day
    on-reopen: continue
    paused-in: [waiting-customer]
    priorities:
      P1: { respond: 2h, resolve: 4h }
      P2 (major): { resolve: 2 business days }
  again: { kind: support, calendar: support, clock: always, on-reopen: continue, priorities: { P1: { resolve: 24h } } }
`
const TICKETS = `id,priority,opened_at,responded_at,resolved_at
A,P1,2026-05-15T16:00:00+02:00,2026-05-15T16:30:00+02:00,2026-05-18T13:30:00+02:00
B,P2 (major),2026-05-06T16:00:00+02:00,,2026-05-11T19:00:00+02:00
C,P1,2026-05-18T09:00:00+02:00,2026-05-18T11:30:00+02:00,2026-05-18T16:30:00+02:00
D,P1,2026-05-20T09:00:00+02:00,2026-05-20T09:15:00+02:00,
`
const CHANGES = `id,time,change,value
A,2026-05-15T17:00:00+02:00,paused,waiting-customer
A,2026-05-18T10:00:00+02:00,resumed,
C,2026-05-18T10:00:00+02:00,resolved,
C,2026-05-18T14:00:00+02:00,reopened,
D,2026-05-20T10:00:00+02:00,paused,waiting-customer
`

let directory = ''

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sla-explain-'))
  await writeFile(join(directory, 'tickets.csv'), TICKETS)
  await writeFile(join(directory, 'changes.csv'), CHANGES)
})

afterAll(() => rm(directory, { recursive: true, force: true }))

async function run(argv: readonly string[]): Promise<string> {
  const io = fakeIo({ [NAME]: CONTRACT })
  expect(await main(argv, io)).toBe(0)
  return io.out.join('')
}

function explain(id: string, ...more: readonly string[]): Promise<string> {
  const evidence = ['tickets.csv', 'changes.csv'].map(name => join(directory, name))
  const time = ['--period', '2026-05', '--as-of', '2026-05-20T12:00:00+02:00', '-q']
  return run(['explain', id, NAME, ...evidence, ...time, ...more])
}

/** The arguments of the last command of an explanation, as a shell takes them. */
function commandOf(text: string): readonly string[] {
  const [, command = ''] = /\nDay by day\? {2}sla ([\s\S]*)\n$/.exec(text) ?? []
  const words = execFileSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' })
  return words.trimEnd().split('\n')
}

describe('explain', () => {
  it.each([
    // One hour until the pause of Friday 17:00, three from Monday 10:00 on.
    ['tickets/P1-resolve/A', 'breached', '2026-05-18T13:00+02:00'],
    ['tickets/P1-respond/A', 'met', '2026-05-15T18:00+02:00'],
    // Friday 8 May is a holiday: day 1 is Thursday, day 2 Monday.
    ['tickets/P2 (major)-resolve/B', 'met', '2026-05-11T18:00+02:00'],
    // One hour, resolved from 10:00 to 14:00, three hours.
    ['tickets/P1-resolve/C', 'met', '2026-05-18T17:00+02:00'],
    // One hour until the pause that still goes on at 12:00.
    ['tickets/P1-resolve/D', 'pending', '2026-05-20T15:00+02:00'],
    // Nothing but the time it was resolved stops this clock: four hours later than Tuesday 09:00.
    ['again/P1-resolve/C', 'met', '2026-05-19T13:00+02:00'],
  ])('ends with the command that counts %s (%s) day by day to the same due instant', async (id, status, due) => {
    const [finding]: readonly Finding[] = JSON.parse(await explain(id, '-f', 'json'))
    expect(finding).toMatchObject({ id, status, due: ms(due) })
    for (const width of ['60', '120']) {
      const [command, ...words] = commandOf(await explain(id, '--width', width))
      expect([command, words[0]]).toEqual(['due', NAME])
      const [counted]: readonly Due[] = JSON.parse(await run(['due', ...words, '-f', 'json']))
      expect(counted).toMatchObject({
        due: ms(due),
        allowanceMs: finding?.promised.unit === 'ms' && finding.promised.value,
      })
    }
  })

  it('shows the pauses of a promise that was kept, with their rows', async () => {
    const text = await explain('tickets/P1-resolve/C', '--width', '120')
    expect(text).toMatch(/\n {2}Mon 18 May 10:00–14:00 {2}paused {3}resolved, .* {2}changes\.csv:4\n/)
    expect(text).toMatch(/\n {2}Mon 18 May 14:00 {8}note {5}reopened {2,}changes\.csv:5\n/)
  })
})
