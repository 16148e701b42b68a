import { describe, expect, it } from 'vitest'
import { finding } from '../support/audit.ts'
import type { Tables } from '../support/evidence.ts'
import { MINUTE } from '../support/instants.ts'

// Four hours of a Tuesday, 10:00 to 14:00 UTC, in minutes; logs are complete for an hour on each side.
const START = Date.UTC(2026, 4, 5, 10)
const LENGTH = 240
const at = (minute: number): number => START + minute * MINUTE
const iso = (minute: number): string => new Date(at(minute)).toISOString()

const judge = (target: string, fields: object, evidence: Tables, rest: object = {}, assume: string[] = []) =>
  finding({
    contract: {
      apiVersion: 'sla/v1',
      kind: 'Contract',
      id: 'open',
      timezone: 'UTC',
      term: { from: iso(0), to: iso(LENGTH) },
      ...rest,
      clauses: {
        uptime: {
          kind: 'availability',
          target,
          window: 'term',
          'no-data': 'unknown',
          'excluded-time': 'leaves-denominator',
          ...fields,
        },
      },
    },
    evidence,
    asOf: at(LENGTH + 60),
    period: `${iso(-60)}..${iso(LENGTH + 60)}`,
    assume,
  })

describe('what is excluded and where it is measured', () => {
  it('what remains after exclusions is measured in full, hours or not', async () => {
    // Open hours end at 13:00. Down since 12:58, from 13:00 on by force majeure: 2 min remain, fewer than 3.
    const down = async (shortest: string) =>
      (
        await judge(
          '90%',
          {
            during: 'core',
            excluding: ['force'],
            'shortest-outage': { 'at-least': shortest, measured: 'after-exclusions' },
          },
          {
            outage: [
              { start: at(178), end: '', cause: 'bug' },
              { start: at(180), end: '', cause: 'force-majeure' },
            ],
          },
          {
            calendars: { core: { days: 'mon-fri', hours: '10:30-13:00' } },
            exclusions: { force: { cause: ['force-majeure'] } },
          },
        )
      ).details?.down_ms
    expect(await down('3min')).toBe(0)
    expect(await down('2min')).toBe(2 * MINUTE)
  })

  it('work that may not be excluded does not use up a cap for good', async () => {
    // 0–30 down by force majeure, in it work of 0–30 whose notice is not known; 60–120 announced work; cap 30 min.
    // If the first is not excluded as work, the cap goes to the second: 210 min of base, down 60 − 30 = 30 of 180.
    const rest = {
      exclusions: {
        planned: { event: 'maintenance', notice: { 'at-least': '1h' }, cap: '30min per calendar month' },
        force: { cause: ['force-majeure'] },
      },
    }
    const work = (announced: object) => [
      { start: at(0), end: at(30), ...announced },
      { start: at(60), end: at(120), announced_at: at(0) },
    ]
    const status = async (announced: object) =>
      (
        await judge(
          '80%',
          { excluding: ['planned', 'force'] },
          {
            outage: [{ start: at(0), end: at(30), cause: 'force-majeure' }],
            maintenance: work(announced),
          },
          rest,
        )
      ).status
    // Not announced: 150 of 180 min, 83 %. Announced: it takes the whole cap, 150 of 210 min, 71 %.
    expect(await status({ announced_at: '' })).toBe('met')
    expect(await status({ announced_at: at(-60) })).toBe('breached')
    expect(await status({})).toBe('unverified')
  })

  it('work that an incomplete log may lack leaves the verdict open, not without object', async () => {
    const f = await judge(
      '90%',
      { excluding: ['planned'] },
      {
        outage: [{ start: at(30), end: at(180), cause: 'bug' }],
        maintenance: [],
        coverage: [{ type: 'maintenance', from: at(200), to: at(201) }],
      },
      { exclusions: { planned: { event: 'maintenance' } } },
    )
    expect(f.status).toBe('unverified')
  })

  it('… in hours too, and in slices', async () => {
    const f = await judge(
      '30%',
      {
        excluding: ['planned'],
        during: 'core',
        accounting: { slices: '5min', 'bad-when': { down: { above: '1min' } } },
      },
      {
        outage: [
          { start: at(17), end: at(121) },
          { start: at(124), end: at(177) },
        ],
        maintenance: [],
        coverage: [{ type: 'maintenance', from: at(180), to: at(181) }],
      },
      {
        calendars: { core: { days: 'mon-fri', hours: '10:30-13:00' } },
        exclusions: { planned: { event: 'maintenance' } },
      },
    )
    expect(f.status).toBe('unverified')
  })
})

describe('users', () => {
  it('may be more than the known ones where the log is not complete', async () => {
    // 40 users × 240 min = 9600, 25 % may be lost: 2400. Known 20 × 76 = 1520; the other 20 for 60 min would be 2720.
    const f = await judge(
      '75%',
      { accounting: { users: 40 } },
      {
        outage: [{ start: at(0), end: at(76), users: 20 }],
        coverage: [{ type: 'outage', from: at(60), to: at(LENGTH) }],
      },
    )
    expect(f.status).toBe('unverified')
  })

  it('of a row that does not say how many lie between none and all', async () => {
    const status = async (minutes: number) =>
      (await judge('50%', { accounting: { users: 40 } }, { outage: [{ start: at(0), end: at(minutes) }] })).status
    expect(await status(120)).toBe('met')
    expect(await status(121)).toBe('unverified')
  })
})
