import { describe, expect, it } from 'vitest'
import { earlierReport } from '../../src/audit/baseline.ts'
import { exitCode } from '../../src/cli/exit-codes.ts'
import type { Report } from '../../src/model/report.ts'
import { audit } from '../support/audit.ts'
import type { Cells, Tables } from '../support/evidence.ts'

const two = (day: number) => String(day).padStart(2, '0')
const at = (day: number, hour: number) => `2026-05-${two(day)}T${two(hour)}:00:00+02:00`
const complete = (type: string): Cells => ({ type, from: '2026-05-01T00:00:00+02:00', to: '2026-07-01T00:00:00+02:00' })

type Fields = Readonly<Record<string, unknown>>

/** An audit of local days of May 2026 as of their end, in Paris. */
async function judge(clause: Fields, evidence: Tables, [from, to]: readonly [number, number], baseline?: Report) {
  const report = await audit({
    contract: {
      ...{ apiVersion: 'sla/v1', kind: 'Contract', id: 'acme', timezone: 'Europe/Paris' },
      ...(clause.kind === 'availability' && { services: { web: {} } }),
      clauses: { one: clause },
    },
    evidence,
    asOf: at(to + 1, 0),
    period: `2026-05-${two(from)}..2026-05-${two(to)}`,
    assume: clause.kind === 'availability' ? ['outage', 'maintenance'] : [],
    ...(baseline !== undefined && {
      passes: { baseline: earlierReport(baseline, { file: 'b.json', sha256: '' }, 'acme') },
    }),
  })
  const [only] = report.clauses
  const breaches = [...(only?.findings ?? [])].filter(({ status }) => status === 'breached')
  return {
    report,
    breaches: breaches.map(({ id, known }) => `${id}${known === true ? ' known' : ''}`),
    fixed: report.baseline?.fixed.map(({ finding, now }) => `${finding} ${now}`) ?? [],
    open: report.baseline?.open.map(({ finding, now }) => `${finding} ${now}`) ?? [],
    exit: exitCode(report, ['breached'], ['guarantee']),
  }
}

// 99.5 % of 7 days allows 50 min 24 s.
const rolling = { kind: 'availability', target: '99.5%', window: 'rolling 7 days', 'no-data': 'unknown' }
const outage = (day: number, hours = 4): Cells => ({ service: 'web', start: at(day, 10), end: at(day, 10 + hours) })

describe('a baseline of another period, rolling windows', () => {
  it('knows an outage again as weeks slide over it, and sees one beside it', async () => {
    const first = await judge(rolling, { outage: [outage(15)] }, [1, 17])
    expect(first.breaches).toEqual(['one/2026-05-15'])
    for (const period of [
      [2, 18],
      [8, 24],
      [12, 20],
      [15, 22],
    ] as const) {
      const same = await judge(rolling, { outage: [outage(15)] }, period, first.report)
      expect(same.breaches, String(period)).toHaveLength(1)
      expect(same, String(period)).toMatchObject({ exit: 0, fixed: [], open: [] })
      expect(same.breaches[0]).toMatch(/ known$/)
      // The windows with one and those with the other outage are neighbours: one finding.
      const more = await judge(rolling, { outage: [outage(15), outage(18)] }, period, first.report)
      expect(more, String(period)).toMatchObject({ exit: 1, fixed: [], open: [] })
    }
    // The first is no part of any window here: nothing is known of it.
    const later = await judge(rolling, { outage: [outage(15), outage(25)] }, [16, 29], first.report)
    expect(later).toMatchObject({ breaches: ['one/2026-05-25'], exit: 1, fixed: [], open: [] })
  })

  it('sees the lesser of two outages that are one finding with a greater one', async () => {
    const both = { outage: [outage(12, 6), outage(18, 2)] }
    const first = await judge(rolling, { outage: [outage(12, 6)] }, [1, 17])
    expect(await judge(rolling, both, [8, 24], first.report)).toMatchObject({ exit: 1 })
    const second = await judge(rolling, both, [1, 20])
    expect(await judge(rolling, both, [14, 24], second.report)).toMatchObject({ exit: 0, fixed: [], open: [] })
  })

  it('tells what the log no longer says as met, and what is not known as unverified', async () => {
    const first = await judge(rolling, { outage: [outage(15)] }, [1, 17])
    expect(await judge(rolling, { outage: [] }, [1, 24], first.report)).toMatchObject({
      ...{ fixed: ['one/2026-05-15 met'], open: [], exit: 0 },
    })
    // Of 8 to 14 May nothing is audited: the window that was shown is cut.
    expect(await judge(rolling, { outage: [] }, [15, 24], first.report)).toMatchObject({ fixed: [], open: [] })
    const checks: Tables = { check: [{ service: 'web', time: at(20, 10), ok: 'true' }] }
    const unknown = await audit({
      contract: {
        ...{ apiVersion: 'sla/v1', kind: 'Contract', id: 'acme', timezone: 'Europe/Paris' },
        services: { web: {} },
        clauses: { one: rolling },
      },
      evidence: checks,
      asOf: at(25, 0),
      period: '2026-05-01..2026-05-24',
      passes: { baseline: earlierReport(first.report, { file: 'b.json', sha256: '' }, 'acme') },
    })
    expect(unknown.baseline).toMatchObject({ fixed: [], open: [{ finding: 'one/2026-05-15', now: 'unverified' }] })
  })
})

const backup = (day: number, more: Cells = {}): Cells => ({
  ...{ id: `b${day}`, component: 'db', started_at: at(day, 4), completed_at: at(day, 5), status: 'success' },
  ...more,
})
const backups = (...without: readonly number[]): Tables => ({
  backup: Array.from({ length: 28 }, (_, i) => i + 1)
    .filter(day => !without.includes(day))
    .map(day => backup(day)),
  coverage: [complete('backup')],
})
const upTo = (day: number, tables: Tables): Tables => ({
  ...tables,
  backup: (tables.backup ?? []).filter(({ started_at }) => String(started_at) < at(day + 1, 0)),
})

describe('a baseline of another period, backups', () => {
  it.each([
    ['every 24 h', { schedule: { every: '24h' } }],
    ['daily at four', { schedule: { 'daily-at': '04:00' } }],
    ['once a day', { schedule: { per: 'day' } }],
  ])('knows missing nights again, %s, and sees another one', async (_, fields) => {
    const clause = { kind: 'backup', of: ['db'], ...fields }
    const first = await judge(clause, upTo(17, backups(12, 13, 14)), [1, 17])
    expect(first).toMatchObject({ exit: 1 })
    expect(first.breaches).toHaveLength(1)
    for (const period of [
      [5, 20],
      [13, 20],
      [14, 24],
    ] as const) {
      const same = await judge(clause, upTo(period[1], backups(12, 13, 14)), period, first.report)
      expect(same, String(period)).toMatchObject({ exit: 0, fixed: [], open: [] })
      expect(same.breaches, String(period)).toHaveLength(1)
      const more = await judge(clause, upTo(period[1], backups(12, 13, 14, 18)), period, first.report)
      expect(
        more.breaches.map(text => / known$/.test(text)),
        String(period),
      ).toEqual([true, false])
      expect(more.exit).toBe(1)
    }
    // The fourteenth alone is still one of those that were known; what is mended is so where all of it is audited.
    const mended = await judge(clause, upTo(20, backups()), [5, 20], first.report)
    expect(mended).toMatchObject({ breaches: [], exit: 0, open: [] })
    expect(mended.fixed).toEqual([`${first.breaches[0]} met`])
    expect((await judge(clause, upTo(20, backups()), [14, 20], first.report)).fixed).toEqual([])
  })

  it('knows a day that is missing, but not the next one that is missing too', async () => {
    const clause = { kind: 'backup', of: ['db'], schedule: { per: 'day' } }
    const first = await judge(clause, upTo(14, backups(14)), [1, 14])
    const longer = await judge(clause, upTo(16, backups(14, 15)), [1, 16], first.report)
    expect(longer).toMatchObject({ breaches: ['one/schedule/2026-05-14'], exit: 1, fixed: [] })
  })

  it('tells backups deleted too early apart, though the time that they lack is the same', async () => {
    const clause = { kind: 'backup', of: ['db'], keep: { for: '10 days' } }
    const log = (...gone: readonly number[]): Tables => ({
      backup: Array.from({ length: 20 }, (_, i) =>
        backup(i + 1, gone.includes(i + 1) ? { deleted_at: at(i + 3, 12) } : {}),
      ),
      coverage: [complete('backup'), complete('backup-deletion')],
    })
    const first = await judge(clause, upTo(12, log(3)), [1, 12])
    expect(first.breaches).toEqual(['one/keep/2026-05-03'])
    const same = await judge(clause, upTo(20, log(3)), [2, 20], first.report)
    expect(same).toMatchObject({ breaches: ['one/keep/2026-05-03 known'], exit: 0 })
    const more = await judge(clause, upTo(20, log(3, 7)), [2, 20], first.report)
    expect(more.exit).toBe(1)
    expect(more.breaches.filter(text => !text.endsWith('known'))).toHaveLength(1)
  })

  it('calls nothing mended where no backup is told of at all', async () => {
    const clause = { kind: 'backup', of: ['db'], schedule: { every: '24h' } }
    const first = await judge(clause, upTo(17, backups(12, 13)), [1, 17])
    const blind = await judge(clause, { backup: [] }, [1, 17], first.report)
    expect(blind.fixed).toEqual([])
    expect(blind.open).toEqual([`${first.breaches[0]} unverified`])
  })
})

describe('a baseline of another period, controls and what may be lost', () => {
  it('knows a gap again, which may go on, and sees another one', async () => {
    const clause = { kind: 'control', of: 'drill', every: '3 days', outcome: 'performed' }
    const drill = (day: number): Cells => ({ control: 'drill', performed_at: at(day, 10), outcome: 'passed' })
    const days = (...list: readonly number[]): Tables => ({
      control: list.map(drill),
      coverage: [complete('control')],
    })
    // 3 days after the third: missing from the sixth at ten on.
    const first = await judge(clause, days(1, 3), [1, 12])
    expect(first.breaches).toEqual(['one/2026-05-06'])
    const longer = await judge(clause, days(1, 3, 14, 16), [10, 18], first.report)
    expect(longer).toMatchObject({ breaches: ['one/2026-05-06 known'], exit: 0, fixed: [] })
    const more = await judge(clause, days(1, 3, 14, 19), [10, 20], first.report)
    expect(more.breaches).toEqual(['one/2026-05-06 known', 'one/2026-05-17'])
    expect(more.exit).toBe(1)
  })

  it('knows a stretch in which too much could be lost', async () => {
    const clause = { kind: 'recovery', of: ['db'], rpo: { 'at-most': '26h', measure: 'exposure' } }
    const first = await judge(clause, upTo(17, backups(12, 13)), [1, 17])
    expect(first.breaches).toHaveLength(1)
    const same = await judge(clause, upTo(22, backups(12, 13)), [13, 22], first.report)
    expect(same).toMatchObject({ exit: 0, fixed: [], open: [] })
    expect(same.breaches).toHaveLength(1)
    const more = await judge(clause, upTo(22, backups(12, 13, 19)), [13, 22], first.report)
    expect(more.exit).toBe(1)
  })
})
