import { describe, expect, it } from 'vitest'
import type { BackupRules, Tier } from '../../src/clauses/backup/rules.ts'
import { tierItems } from '../../src/clauses/backup/tiers.ts'
import { DAY, HOUR, MINUTE, ms } from '../support/instants.ts'
import {
  type BackupSpec,
  daily,
  itemsOf,
  plusDays,
  RULES,
  seriesOf,
  stretches,
  verdicts,
  type World,
} from './backup-worlds.ts'

const MONTHLY: Tier = { per: 'month', keep: 12, basis: 'age', tolerance: HOUR }

function judged(tier: Partial<Tier>, world: World) {
  const rules: BackupRules = { ...RULES, tiers: [{ ...MONTHLY, ...tier }] }
  return itemsOf(tierItems(seriesOf(world, rules), rules))
}

const lastDay = (month: number): string => `2026-0${month}-${[31, 28, 31, 30, 31, 30][month - 1]}`

/** The daily ones of half a year; the last of each month is removed on a day of its own, the rest after 30 days. */
function repository(removed: (month: number) => string, asOf: string): World {
  const backups = daily('2026-01-01', 181, '04:00', 'Europe/Paris', date => {
    const month = Number(date.slice(5, 7))
    const last = date === lastDay(month)
    return { deleted: last ? removed(month) : plusDays(date, '04:10', 30) }
  })
  return { asOf, backups }
}

/** With the first backup of a month the last of the same month a year before goes: it is not one of 12 any more. */
const resticLike = repository(month => `2027-0${month}-01T04:10:00+0${month <= 3 ? 1 : 2}:00`, '2028-01-01T00:00:00Z')
/** Two months later, where the daily ones do not count as monthly ones too. */
const borgLike = repository(
  month => `2027-0${month + 2}-01T04:10:00+0${month + 2 <= 3 ? 1 : 2}:00`,
  '2028-01-01T00:00:00Z',
)

describe('a tier by age', () => {
  it('is missed where the twelfth month goes with its first backup', () => {
    const items = judged({}, resticLike)
    expect(items.map(({ label }) => label)).toEqual(['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'])
    expect(items.every(({ status }) => status === 'breached')).toBe(true)
    // 31 January 04:00 to 1 January 04:10.
    expect(items[0]).toMatchObject({
      reason: 'purged',
      promised: { unit: 'ms', value: 365 * DAY },
      observed: { unit: 'ms', value: 335 * DAY + 10 * MINUTE },
      margin: { unit: 'ms', value: -(30 * DAY - HOUR - 10 * MINUTE) },
      due: ms('2027-01-31T03:00:00+01:00'),
      why: '2026-01-31: deleted 2027-01-01T04:10:00+01:00',
      notes: ['basis unit would not be breached'],
    })
    expect(stretches(items[0]?.breached ?? [])).toEqual(['2027-01-01T03:10:00Z/2027-01-31T02:00:00Z'])
    expect(items[0]?.backups).toHaveLength(31)
    expect(items[0]?.at).toEqual({ start: ms('2026-01-01T00:00:00+01:00'), end: ms('2027-01-01T04:10:00+01:00') })
  })

  it('is kept for eleven months', () => {
    expect(judged({ keep: 11 }, resticLike).every(({ status }) => status === 'met')).toBe(true)
  })

  it('is kept for twelve where the last of the month stays 13 months', () => {
    const items = judged({}, borgLike)
    expect(items.every(({ status }) => status === 'met')).toBe(true)
    // 31 January 2026 to 1 March 2027.
    expect(items[0]?.observed).toEqual({ unit: 'ms', value: 394 * DAY + 10 * MINUTE })
    expect(items[0]?.notes).toEqual([])
  })

  it('shows the one with the least missing, not the one that went last', () => {
    const run = (day: string, deleted: string): BackupSpec => ({
      id: day,
      start: `2026-01-${day}T04:00:00Z`,
      end: `2026-01-${day}T04:10:00Z`,
      deleted,
    })
    const world: World = {
      asOf: '2026-06-01T00:00:00Z',
      backups: [run('01', '2026-01-31T04:00:00Z'), run('31', '2026-02-20T04:00:00Z')],
    }
    const [item] = judged({ keep: 1, tolerance: 0 }, world)
    // Owed to 1 February and to 28 February: one day short, eight days short.
    expect(item).toMatchObject({
      status: 'breached',
      margin: { unit: 'ms', value: -DAY },
      why: '01: deleted 2026-01-31T05:00:00+01:00',
    })
    expect(stretches(item?.breached ?? [])).toEqual(['2026-01-31T04:00:00Z/2026-02-01T04:00:00Z'])
    // But it was lost only with the last of them.
    expect(item?.at.end).toBe(ms('2026-02-20T04:00:00Z'))
  })

  it('has its tolerance, an hour or what is said', () => {
    const run = (deleted: string): World => ({
      asOf: '2026-06-01T00:00:00Z',
      backups: [{ start: '2026-01-10T04:00:00Z', end: '2026-01-10T04:10:00Z', deleted }],
    })
    expect(judged({ keep: 1 }, run('2026-02-10T03:00:00Z'))[0]?.status).toBe('met')
    expect(judged({ keep: 1 }, run('2026-02-10T02:59:59.999Z'))[0]?.status).toBe('breached')
    expect(judged({ keep: 1, tolerance: 0 }, run('2026-02-10T03:59:59.999Z'))[0]?.status).toBe('breached')
  })

  it('runs on while one of them is still to be kept', () => {
    const items = judged({}, { ...resticLike, asOf: '2026-04-15T12:00:00+02:00' })
    expect(verdicts(items)).toEqual([
      '2026-01 pending owed',
      '2026-02 pending owed',
      '2026-03 pending owed',
      '2026-04 pending running',
    ])
  })
})

describe('a tier by unit', () => {
  const byUnit = { basis: 'unit', tolerance: 0 } as const

  it('counts the own month as one of twelve', () => {
    expect(judged(byUnit, resticLike).every(({ status }) => status === 'met')).toBe(true)
    const [item] = judged({ ...byUnit, keep: 13 }, resticLike)
    expect(item).toMatchObject({
      status: 'breached',
      reason: 'purged',
      due: ms('2027-02-01T00:00:00+01:00'),
      notes: [],
    })
    expect(stretches(item?.breached ?? [])).toEqual(['2027-01-01T03:10:00Z/2027-01-31T23:00:00Z'])
  })

  it('lets one backup of the unit take over from another', () => {
    const world: World = {
      asOf: '2026-06-01T00:00:00Z',
      backups: [
        { id: 'a', start: '2026-01-10T04:00:00Z', end: '2026-01-10T04:10:00Z', deleted: '2026-02-10T00:00:00Z' },
        {
          id: 'b',
          at: 'disk',
          start: '2026-01-20T04:00:00Z',
          end: '2026-01-20T04:10:00Z',
          deleted: '2026-02-01T00:00:00Z',
          copies: [{ at: 'tape', made: '2026-02-05T00:00:00Z', deleted: '2026-04-01T00:00:00Z' }],
        },
      ],
    }
    // Owed from 1 February to 1 March local time; neither is there throughout.
    const [item] = judged({ ...byUnit, keep: 2 }, world)
    expect(item).toMatchObject({ status: 'met', at: { end: ms('2026-03-01T00:00:00+01:00') } })
    expect(judged({ keep: 1, tolerance: 0 }, { ...world, backups: world.backups.slice(1) })[0]?.status).toBe('breached')
  })

  it('tells of the other basis where that one holds', () => {
    const world: World = {
      asOf: '2026-06-01T00:00:00Z',
      backups: [{ start: '2026-01-01T04:00:00Z', end: '2026-01-01T04:10:00Z', deleted: '2026-02-28T00:00:00Z' }],
    }
    // Two months by unit last to 1 March; a month of age is over on 1 February.
    expect(judged({ ...byUnit, keep: 2 }, world)[0]).toMatchObject({ status: 'breached', notes: [] })
    expect(judged({ ...byUnit, keep: 2 }, world)[0]?.margin).toEqual({
      unit: 'ms',
      value: ms('2026-02-28T00:00:00Z') - ms('2026-02-28T23:00:00Z'),
    })
    const weekly = { basis: 'unit', per: 'week', keep: 5, tolerance: 0 } as const
    const old: World = {
      asOf: '2026-06-01T00:00:00Z',
      // Thursday 1 January, a week that begins on 29 December: five weeks end on 2 February 00:00.
      backups: [{ start: '2026-01-01T04:00:00Z', end: '2026-01-01T04:10:00Z', deleted: '2026-02-01T00:00:00Z' }],
    }
    expect(judged(weekly, old)[0]).toMatchObject({ label: '2026-W01', status: 'breached' })
    expect(judged({ ...weekly, keep: 4 }, old)[0]).toMatchObject({ status: 'met' })
  })
})

describe('which units owe something', () => {
  const world: World = {
    asOf: '2026-06-01T00:00:00+02:00',
    term: ['2026-01-15T00:00:00+01:00', '2026-05-10T00:00:00+02:00'],
    backups: [
      { start: '2026-01-20T04:00:00+01:00', end: '2026-01-20T04:10:00+01:00', deleted: null },
      { start: '2026-02-20T04:00:00+01:00', end: '2026-02-20T04:10:00+01:00', status: 'failed' },
      { start: '2026-03-20T04:00:00+01:00', end: '2026-03-20T04:10:00+01:00', deleted: null },
      { start: '2026-05-05T04:00:00+02:00', end: '2026-05-05T04:10:00+02:00', deleted: null },
    ],
  }

  it('are those wholly inside the term with a backup that counts, and nothing is owed beyond it', () => {
    expect(verdicts(judged({ keep: 1 }, world))).toEqual(['2026-03 met held'])
    // To be kept until 20 March 2027, but the contract ended.
    expect(verdicts(judged({}, world))).toEqual(['2026-03 met held'])
    expect(verdicts(judged({ per: 'week', keep: 1 }, world))).toEqual(['2026-W04 met held', '2026-W12 met held'])
  })

  it('are not those that the term will end in, before they are over', () => {
    const may: BackupSpec = { start: '2026-05-05T04:00:00+02:00', end: '2026-05-05T04:10:00+02:00', deleted: null }
    const until = (end: string): World => ({
      asOf: '2026-05-06T00:00:00Z',
      term: ['2026-01-01T00:00:00+01:00', end],
      backups: [may],
    })
    expect(judged({}, until('2026-05-31T00:00:00+02:00'))).toEqual([])
    expect(verdicts(judged({}, until('2026-06-01T00:00:00+02:00')))).toEqual(['2026-05 pending running'])
  })

  it('are left open by backups of unknown status or start', () => {
    const [march] = world.backups.slice(2)
    const lost = { ...march, deleted: '2026-03-25T00:00:00Z' }
    const open = (backups: readonly BackupSpec[]) => verdicts(judged({ keep: 1 }, { ...world, backups }))
    expect(open([lost])).toEqual(['2026-03 breached purged'])
    expect(open([lost, { ...march, status: '?' }])).toEqual(['2026-03 unverified status-unknown'])
    expect(open([{ ...lost, status: '?' }])).toEqual(['2026-03 unverified status-unknown'])
    expect(open([lost, { start: '?', end: '2026-04-02T00:00:00Z', deleted: null }])).toEqual([
      '2026-03 unverified stamp-missing',
      '2026-04 met held',
    ])
    expect(open([{ start: '2026-03-20', end: '2026-03-20', deleted: '2026-04-21' }])).toEqual(['2026-03 met held'])
    expect(open([{ start: '2026-03-20', end: '2026-03-20', deleted: '2026-04-20' }])).toEqual([
      '2026-03 unverified stamp-inexact',
    ])
  })

  it('are not decided by a log of runs alone', () => {
    const { asOf, backups } = resticLike
    const runs = backups.map(({ id, start, end }) => ({ id, start, end }) as BackupSpec)
    for (const basis of ['age', 'unit'] as const) {
      expect(new Set(judged({ basis }, { asOf, backups: runs }).map(({ status }) => status))).toEqual(
        new Set(['unverified']),
      )
    }
  })

  it('belong to the periods from their start to their decision', () => {
    const within = (from: string, to: string) => verdicts(judged({}, { ...resticLike, period: [from, to] }))
    expect(within('2027-06-01T00:00:00+02:00', '2028-01-01T00:00:00+01:00')).toEqual(['2026-06 breached purged'])
    expect(within('2025-01-01T00:00:00+01:00', '2026-02-01T00:00:00+01:00')).toEqual(['2026-01 breached purged'])
  })
})
