import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { compareContracts } from '../../src/compare/compare.ts'
import type { History } from '../../src/compare/replay.ts'
import { loadAlignment } from '../../src/contract/alignment.ts'
import { contractOf, rules, tickets, up, zones } from './fakes.ts'

const folder = mkdtempSync(join(tmpdir(), 'sla-replay-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const OUTAGES = `type,start,end
outage,2026-03-02T00:00:00Z,2026-03-02T04:00:00Z
outage,2026-04-02T00:00:00Z,2026-04-02T10:00:00Z
`
const TICKETS = `id,priority,opened_at,responded_at
T-1,P1,2026-03-03T10:00:00Z,2026-03-03T11:30:00Z
T-2,P1,2026-03-04T10:00:00Z,2026-03-04T13:00:00Z
`

function history(files: Readonly<Record<string, string>>): History {
  const paths = Object.entries(files).map(([name, text]) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  })
  return {
    paths,
    asOf: Date.UTC(2026, 4, 1),
    assumeComplete: new Set(),
    reading: { onBadRow: 'error' },
    period: () => ({ interval: { start: Date.UTC(2026, 2, 1), end: Date.UTC(2026, 4, 1) }, text: '2026-03..04' }),
  }
}

describe('replay', () => {
  it('judges the same history by each contract: how often, when first, by how much', async () => {
    const contracts = [
      await contractOf('a', { up: up('99.5%'), help: tickets({ P1: '1h' }) }),
      await contractOf('b', { up: up('99%'), help: tickets({ P1: '2h' }) }),
      await contractOf('c', { up: up('98%') }),
    ]
    const { replay } = await compareContracts(contracts, {
      year: 2026,
      zones,
      version: '1.0.0',
      rules,
      history: history({ 'outages.csv': OUTAGES, 'tickets.csv': TICKETS }),
    })
    // March has 744 h, April 720 h. By a 3.72 h may be down in March (lost at 03:43:12) and 3.6 h in April, by b 7.44 h
    // and 7.2 h (lost at 07:12), by c 14.88 h and 14.4 h.
    expect(replay?.map(({ key }) => key)).toEqual(['availability', 'support/P1/respond'])
    expect(replay?.[0]?.verdicts).toEqual([
      {
        status: 'breached',
        breached: 2,
        judged: 2,
        first: Date.UTC(2026, 2, 2, 3, 43, 12),
        worst: '6h 24m over',
        finding: 'up/2026-04',
      },
      {
        status: 'breached',
        breached: 1,
        judged: 2,
        first: Date.UTC(2026, 3, 2, 7, 12),
        worst: '2h 48m over',
        finding: 'up/2026-04',
      },
      { status: 'met', breached: 0, judged: 2, finding: 'up/2026-03' },
    ])
    // Answers after 1 h 30 and 3 h: due after 1 h by a, after 2 h by b.
    expect(replay?.[1]?.verdicts).toEqual([
      {
        status: 'breached',
        breached: 2,
        judged: 2,
        first: Date.UTC(2026, 2, 3, 11),
        worst: '2h over',
        finding: 'help/P1-respond/T-2',
      },
      {
        status: 'breached',
        breached: 1,
        judged: 2,
        first: Date.UTC(2026, 2, 4, 12),
        worst: '1h over',
        finding: 'help/P1-respond/T-2',
      },
      undefined,
    ])
  })

  it('gives the history the names of each contract that a file aligns', async () => {
    const contracts = [
      await contractOf('a', { help: tickets({ P1: '1h' }) }),
      await contractOf('b', { help: tickets({ blocking: '2h' }) }),
    ]
    const text = 'apiVersion: sla/v1\nkind: Alignment\npriority: { urgent: [P1, blocking] }\n'
    const alignment = loadAlignment({ file: 'align.yaml', bytes: new TextEncoder().encode(text) }, ['a', 'b'])
    const { replay, warnings } = await compareContracts(contracts, {
      year: 2026,
      zones,
      version: '1.0.0',
      rules,
      alignment,
      history: history({ 'tickets.csv': TICKETS }),
    })
    expect(replay?.map(({ key, verdicts }) => [key, verdicts.map(one => one?.breached)])).toEqual([
      ['support/urgent/respond', [2, 1]],
    ])
    expect(replay?.[0]?.verdicts.map(one => one?.finding)).toEqual(['help/P1-respond/T-2', 'help/blocking-respond/T-2'])
    expect(warnings.filter(({ code }) => /priority|mapping/.test(code))).toEqual([])
  })

  it('judges by each contract as if it were in force then', async () => {
    const over = (year: number) => ({ term: { from: `${year}-01-01`, to: `${year}-12-31` } })
    const { replay, warnings } = await compareContracts(
      [await contractOf('a', { up: up('99.5%') }, over(2024)), await contractOf('b', { up: up('99%') }, over(2027))],
      { year: 2026, zones, version: '1.0.0', rules, history: history({ 'outages.csv': OUTAGES }) },
    )
    expect(replay?.map(({ key }) => key)).toEqual(['availability'])
    expect(replay?.[0]?.verdicts.map(one => [one?.breached, one?.judged])).toEqual([
      [2, 2],
      [1, 2],
    ])
    expect(warnings.filter(({ code }) => code === 'term-ignored')).toEqual([])
  })

  it('says what is not known where a log is missing', async () => {
    const contracts = [
      await contractOf('a', { help: tickets({ P1: '1h' }) }),
      await contractOf('b', { help: tickets({ P1: '2h' }) }),
    ]
    const { replay } = await compareContracts(contracts, {
      year: 2026,
      zones,
      version: '1.0.0',
      rules,
      history: history({ 'outages.csv': OUTAGES }),
    })
    expect(replay?.[0]?.verdicts.map(one => one?.status)).toEqual(['unverified', 'unverified'])
  })
})
