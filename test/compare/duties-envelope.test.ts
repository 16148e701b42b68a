import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { judgeTerm, verdictOf } from '../../src/compare/judge-log.ts'
import type { AnyRule, Candidate, Side, Worst } from '../../src/compare/rule.ts'
import { backupRule } from '../../src/compare/rules/backup.ts'
import { controlRule } from '../../src/compare/rules/control.ts'
import { maintenanceRule } from '../../src/compare/rules/maintenance.ts'
import { recoveryRule } from '../../src/compare/rules/recovery.ts'
import type { WitnessRow } from '../../src/model/comparison.ts'
import { PARIS, sideOf, worst } from './duties-pairs.ts'

type Fields = Record<string, unknown>
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const local = (text: string) => DateTime.fromISO(text, { zone: 'Europe/Paris' }).toMillis()
const stamp = (at: number) => DateTime.fromMillis(at, { zone: 'Europe/Paris' }).toISO() ?? ''
const YEAR = { start: local('2026-01-01'), end: local('2027-01-01') }

/** Every third hour of the days around both changes of the clock, and of plain ones. */
const TIMES = ['2026-03-27', '2026-06-10', '2026-10-23'].flatMap(from =>
  Array.from({ length: 34 }, (_, i) => local(from) + i * 3 * HOUR),
)

const around = (ms: number) => Array.from({ length: 21 }, (_, i) => ms + (i - 10) * 15 * MINUTE)

const known = (covers: string, from: number, to: number): WitnessRow => ({
  type: 'coverage',
  covers,
  from: stamp(from),
  to: stamp(to),
})

/** Of single pieces of evidence, each with a length of its own, those lengths that the auditor finds no fault with. */
async function kept(
  side: Side,
  rule: AnyRule,
  amount: number,
  rowOf: (id: string, at: number, length: number) => WitnessRow,
): Promise<readonly number[]> {
  const lengths = new Map<string, number>()
  const rows = TIMES.flatMap(at =>
    around(amount).map(length => {
      const id = `X-${lengths.size}`
      lengths.set(id, length)
      return rowOf(id, at, length)
    }),
  )
  const log: Candidate = { rows, period: YEAR, asOf: YEAR.end + 400 * DAY, story: '' }
  const { findings } = await judgeTerm(side, log, rule.owns)
  const met = findings.filter(({ status }) => status === 'met')
  expect(findings.length).toBe(rows.length)
  return met.map(({ id }) => lengths.get(id.split('/').at(-1) ?? '') ?? Number.NaN)
}

async function figure(rule: AnyRule, fields: Fields, key: string): Promise<Worst> {
  const found = (await worst(rule, fields))[key]
  if (found?.ms === undefined) throw new Error(`no figure ${key}`)
  return found
}

describe('the shortest notice, by all works around the changes of the clock', () => {
  it.each(['48h', '2 days', '24h', '1 day', '1 week', '0h'])('%s', async amount => {
    const fields = { notice: { 'at-least': amount } }
    const { ms = 0 } = await figure(maintenanceRule, fields, 'maintenance/notice')
    const side = await sideOf(maintenanceRule, 'one', fields)
    const found = await kept(side, maintenanceRule, ms, (id, at, ahead) => ({
      type: 'maintenance',
      id,
      start: stamp(at),
      end: stamp(at + HOUR),
      announced_at: stamp(at - ahead),
    }))
    expect(Math.min(...found)).toBe(ms)
  })
})

describe('the longest recovery and the most that is lost, by all cases around the changes of the clock', () => {
  it.each([
    ['failure', '6h'],
    ['failure', '1 day'],
    ['declared', '2 days'],
    ['requested', '1 day'],
    ['requested', '24h'],
  ])('from %s, %s', async (from, amount) => {
    const fields = { rto: { 'at-most': amount, from } }
    const { ms = 0 } = await figure(recoveryRule, fields, 'recovery/rto')
    const side = await sideOf(recoveryRule, 'one', fields)
    const found = await kept(side, recoveryRule, ms, (id, at, length) =>
      from === 'declared'
        ? {
            type: 'incident',
            id,
            kind: 'disaster',
            occurred_at: stamp(at - DAY),
            declared_at: stamp(at),
            recovered_at: stamp(at + length),
          }
        : {
            type: 'restore',
            id,
            purpose: 'real',
            source: 'backup',
            failure_at: from === 'failure' ? stamp(at) : '',
            requested_at: stamp(at),
            started_at: stamp(at),
            completed_at: stamp(at + length),
            outcome: 'passed',
          },
    )
    expect(Math.max(...found)).toBe(ms)
  })

  it.each(['15min', '1 day', '24h'])('lost at most %s', async amount => {
    const fields = { rpo: { 'at-most': amount, measure: 'incident' } }
    const { ms = 0 } = await figure(recoveryRule, fields, 'recovery/rpo')
    const side = await sideOf(recoveryRule, 'one', fields)
    // A loss begins at what is recovered to.
    const found = await kept(side, recoveryRule, ms, (id, at, length) => ({
      type: 'restore',
      id,
      purpose: 'real',
      source: 'backup',
      failure_at: stamp(at + Math.max(0, length)),
      requested_at: stamp(at + Math.max(0, length)),
      started_at: stamp(at + Math.max(0, length)),
      completed_at: stamp(at + Math.max(0, length) + HOUR),
      recovered_to: stamp(at),
      outcome: 'passed',
    }))
    expect(Math.max(...found)).toBe(ms)
  })
})

describe('the longest time without a control, by pairs around the changes of the clock', () => {
  it.each([
    { every: '1 week' },
    { every: '168h' },
    { every: '1 day', tolerance: '2h' },
    { every: '24h', tolerance: '1 day' },
  ])('%j', async duty => {
    const fields = { of: 'drill', ...duty }
    const { ms = 0 } = await figure(controlRule, fields, 'control/drill/longest-gap')
    const side = await sideOf(controlRule, 'one', fields)
    const verdict = (at: number, gap: number) => {
      const done = [at, at + gap].map(time => ({
        type: 'control',
        control: 'drill',
        performed_at: stamp(time),
        outcome: 'passed',
      }))
      const period = { start: at, end: at + gap + MINUTE }
      const log = { rows: [...done, known('control', at, period.end)], period, asOf: period.end, story: '' }
      return verdictOf(side, log, controlRule.owns)
    }
    let most = 0
    for (const at of TIMES.filter((_, i) => i % 2 === 0)) {
      for (const gap of [ms - HOUR, ms, ms + 15 * MINUTE, ms + HOUR])
        if ((await verdict(at, gap)) === 'met') most = Math.max(most, gap)
    }
    expect(most).toBe(ms)
  })

  it('in windows, by the first and the last instants of all months', async () => {
    const fields = { of: 'drill', times: '1 per calendar month' }
    const { ms, at: shown } = await figure(controlRule, fields, 'control/drill/longest-gap')
    const side = await sideOf(controlRule, 'one', fields)
    const month = (number: number) =>
      DateTime.fromMillis(YEAR.start, { zone: 'Europe/Paris' }).plus({ months: number }).toMillis()
    let most = { gap: 0, from: 0 }
    for (let number = 0; number < 12; number++) {
      for (const from of [month(number) - 1, month(number)]) {
        for (const to of [month(number + 2) - 1, month(number + 2)]) {
          const done = [from, to].map(at => ({
            type: 'control',
            control: 'drill',
            performed_at: stamp(at),
            outcome: 'passed',
          }))
          const period = { start: month(number), end: month(number + 2) }
          const log = {
            rows: [...done, known('control', period.start, period.end)],
            period,
            asOf: period.end,
            story: '',
          }
          const isMet = (await verdictOf(side, log, controlRule.owns)) === 'met'
          if (isMet && to - from > most.gap) most = { gap: to - from, from }
        }
      }
    }
    expect(ms).toBe(most.gap)
    expect(shown?.start).toBe(most.from)
  })
})

describe('recovery points', () => {
  const points = (ages: unknown, more: Fields = {}): Fields => ({ of: ['db'], 'recovery-points': { ages, ...more } })
  const day = (number: number) =>
    DateTime.fromMillis(YEAR.start, { zone: 'Europe/Paris' }).plus({ days: number }).toMillis()

  const cases: readonly [string, Fields, least: number, slack: number, grace: number][] = [
    ['of one to three days', points('1-3'), 1, 0, 0],
    ['with a day of slack', points('1-3', { slack: 1 }), 1, 1, 0],
    ['of two days and more', points([2, 3]), 2, 0, 0],
    ['with two hours of grace', points('1-3', { grace: '2h' }), 1, 0, 2 * HOUR],
  ]

  it.each(cases)('%s: the longest gap and the oldest last good one', async (_, fields, least, slack, grace) => {
    const gap = await figure(backupRule, fields, 'backup/db/longest-gap')
    const oldest = await figure(backupRule, fields, 'backup/db/oldest-last-good')
    const side = await sideOf(backupRule, 'one', fields)
    // On each date that has one it begins at midnight, and is complete as late as it may be.
    const due = (date: number) => Math.max(day(date + least), day(date + 1) + grace)
    const all = Array.from({ length: 365 }, (_, date) => date)
    expect(gap.ms).toBe(Math.max(...all.map(date => day(date + slack + 2) - 1 - day(date))))
    expect(oldest.ms).toBe(Math.max(...all.map(date => due(date + slack + 1) - 1 - day(date))))
    const verdict = (late: number) => {
      const around = Array.from({ length: 20 }, (_, i) => 300 + (i - 10) * (slack + 1))
      const rows = around.map((date, i) => ({
        type: 'backup',
        id: `B-${i + 1}`,
        component: 'db',
        status: 'success',
        started_at: stamp(day(date)),
        completed_at: stamp(due(date) + (i === 10 ? late : 0)),
        deleted_at: '',
      }))
      const period = { start: day(296), end: day(304) }
      const asOf = day(320)
      return verdictOf(
        side,
        { rows: [...rows, known('backup', day(270), asOf)], period, asOf, story: '' },
        backupRule.owns,
      )
    }
    expect([await verdict(0), await verdict(1)]).toEqual(['met', 'breached'])
  })

  it('need not be there at all in a grace that nothing older is promised for', async () => {
    const rows = await worst(backupRule, points([1, 7], { grace: '8 days' }), PARIS)
    expect(rows['backup/db/oldest-last-good']).toMatchObject({ text: 'no limit' })
    const one = await worst(backupRule, points([1], { grace: '2h' }), PARIS)
    expect(one['backup/db/oldest-last-good']).toMatchObject({
      text: 'no limit',
      notes: ['by its recovery points', 'in the first 2h of a day none has to be there'],
    })
  })
})
