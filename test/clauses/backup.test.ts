import { describe, expect, it } from 'vitest'
import { groupsOf } from '../../src/clauses/backup/groups.ts'
import type { Item } from '../../src/clauses/backup/items.ts'
import type { Finding } from '../../src/model/finding.ts'
import { audit, type Case } from '../support/audit.ts'
import type { Cells, Tables } from '../support/evidence.ts'
import { ms } from '../support/instants.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const clause = (fields: Readonly<Record<string, unknown>>, head: Readonly<Record<string, unknown>> = {}) => ({
  apiVersion: 'sla/v1',
  kind: 'Contract',
  id: 'test',
  timezone: 'Europe/Paris',
  ...head,
  clauses: { nightly: { kind: 'backup', ...fields } },
})

/** A backup of a day of May 2026 at 04:00, ten minutes long. */
const run = (day: number, more: Cells = {}): Cells => ({
  id: `b${day}`,
  component: 'database',
  started_at: `2026-05-${two(day)}T04:00:00+02:00`,
  completed_at: `2026-05-${two(day)}T04:10:00+02:00`,
  status: 'success',
  ...more,
})
const two = (day: number): string => String(day).padStart(2, '0')
const runs = (from: number, to: number, without: readonly number[] = []): Cells[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)
    .filter(day => !without.includes(day))
    .map(day => run(day))
const complete = (type: string): Cells => ({ type, from: '2026-04-01T00:00:00+02:00', to: '2026-07-01T00:00:00+02:00' })

interface Said {
  readonly findings: readonly Finding[]
  readonly warnings: readonly string[]
}

const judge = async (
  fields: Readonly<Record<string, unknown>>,
  evidence: Tables,
  more: Partial<Case> = {},
): Promise<Said> => {
  const report = await audit({
    contract: clause(fields),
    evidence,
    asOf: '2026-06-15T00:00:00+02:00',
    period: '2026-05',
    ...more,
  })
  return {
    findings: [...(report.clauses[0]?.findings ?? [])],
    warnings: report.warnings.map(({ code, message }) => `${code}: ${message}`),
  }
}
const brief = ({ id, status, reason }: Finding): string => `${id} ${status} ${reason}`
const briefs = ({ findings }: Said): readonly string[] => findings.map(brief)
const named = ({ findings }: Said, id: string): Finding => {
  const found = findings.find(finding => finding.id === id)
  if (found === undefined) throw new Error(`no finding ${id}: ${findings.map(brief).join(', ')}`)
  return found
}
const told = ({ timeline }: Finding): readonly string[] => timeline.map(({ effect, why }) => `${effect}: ${why}`)

describe('backup findings', () => {
  it('are one for neighbours that were missed, and one for all that were kept', async () => {
    const failed = run(4, { status: 'failed' })
    const said = await judge(
      { of: ['database'], schedule: { per: 'day' } },
      {
        backup: [
          run(30, { id: 'b-30', started_at: '2026-04-30T04:00:00+02:00', completed_at: '2026-04-30T04:10:00+02:00' }),
          ...runs(1, 31, [3, 4, 5, 20]),
          failed,
        ],
        coverage: [complete('backup')],
      },
    )
    expect(briefs(said).toSorted()).toEqual([
      'nightly/schedule met kept',
      'nightly/schedule/2026-05-03 breached missed',
      'nightly/schedule/2026-05-20 breached missed',
    ])
    const missed = named(said, 'nightly/schedule/2026-05-03')
    expect(missed.details).toMatchObject({
      slot: 'schedule',
      component: 'database',
      items: 3,
      owed: 31,
      from: '2026-05-03',
      to: '2026-05-05',
      oldest_gap_at: ms('2026-05-03T00:00:00+02:00'),
    })
    expect(missed.breached).toEqual([{ start: ms('2026-05-03T00:00:00+02:00'), end: ms('2026-05-06T00:00:00+02:00') }])
    expect(missed.window).toEqual(missed.breached?.[0])
    expect([missed.promise, missed.subject, missed.clause]).toEqual(['schedule', 'database', 'nightly'])
    expect(told(missed)).toContain('note: b4: failed, leaves nothing')
    // Its row is the last of the table, which begins at line 2: 29 before it.
    const row = 2 + 1 + 27
    expect(missed.timeline.find(({ reason }) => reason === 'failed')).toMatchObject({
      at: { start: ms('2026-05-04T04:00:00+02:00'), end: ms('2026-05-04T04:10:00+02:00') },
      origin: { line: row },
    })
    expect(missed.evidence.map(({ line }) => line)).toContain(row)
    const kept = named(said, 'nightly/schedule')
    expect(kept.details).toMatchObject({ items: 27, owed: 31, from: '2026-05-01', to: '2026-05-31' })
    expect(kept.timeline).toHaveLength(1)
    expect(said.warnings).toEqual([])
  })

  it('are one for each gap between intervals, however near they are', async () => {
    const said = await judge(
      { schedule: { every: '24h', tolerance: '1h' } },
      { backup: runs(1, 31, [3, 4, 5, 7]), coverage: [complete('backup')] },
      { period: '2026-05-02..2026-05-31', asOf: '2026-06-01T00:00:00+02:00' },
    )
    const gaps = said.findings.filter(({ status }) => status === 'breached')
    expect(gaps.map(({ id }) => id)).toEqual(['nightly/schedule/2026-05-03', 'nightly/schedule/2026-05-07'])
    const [first, second] = gaps
    // From 25 h after the start of the 2nd to the start of the 6th, and from there on to the 8th.
    expect(first?.breached).toEqual([{ start: ms('2026-05-03T05:00:00+02:00'), end: ms('2026-05-06T04:00:00+02:00') }])
    expect(first?.promised).toEqual({ unit: 'ms', value: 24 * HOUR })
    expect(first?.observed).toEqual({ unit: 'ms', value: 96 * HOUR })
    expect(first?.margin).toEqual({ unit: 'ms', value: -71 * HOUR })
    expect(first?.bound).toBe('at-most')
    expect(first?.details).toMatchObject({
      items: 1,
      longest_gap_ms: 71 * HOUR,
      oldest_gap_at: ms('2026-05-03T05:00:00+02:00'),
    })
    expect(second?.breached).toEqual([{ start: ms('2026-05-07T05:00:00+02:00'), end: ms('2026-05-08T04:00:00+02:00') }])
    expect(second?.margin).toEqual({ unit: 'ms', value: -23 * HOUR })
  })

  it('say what became of each backup that was deleted too early, a range of them as one', async () => {
    const rows = runs(1, 10).map(row => ({ ...row, location: 'vault' }))
    const early = (day: number): Cells => ({ backup: `b${day}`, time: '2026-05-08T12:00:00+02:00', location: 'vault' })
    const said = await judge(
      { keep: { for: '5 days' } },
      {
        backup: rows,
        'backup-deletion': [early(5), early(6)],
        coverage: [complete('backup'), complete('backup-deletion')],
      },
    )
    expect(briefs(said).toSorted()).toEqual(['nightly/keep met kept', 'nightly/keep/2026-05-05 breached purged'])
    const purged = named(said, 'nightly/keep/2026-05-05')
    expect(purged.details).toMatchObject({ items: 2, owed: 10, from: '2026-05-05', to: '2026-05-06' })
    // The younger is the worse: 2 d 8 h old, of the 5 d − 1 h that it takes.
    expect(purged.promised).toEqual({ unit: 'ms', value: 5 * DAY })
    expect(purged.observed).toEqual({ unit: 'ms', value: 2 * DAY + 8 * HOUR })
    expect(purged.margin).toEqual({ unit: 'ms', value: -(2 * DAY + 15 * HOUR) })
    expect(purged.breached).toEqual([{ start: ms('2026-05-08T12:00:00+02:00'), end: ms('2026-05-11T03:00:00+02:00') }])
    expect(purged.bound).toBe('at-least')
    // The deletion is the loss: one step with the row that tells of it.
    expect(told(purged)).toEqual(['note: b5: backup', 'note: b6: backup', 'over: b5: deleted', 'over: b6: deleted'])
    expect(
      purged.timeline.filter(({ effect }) => effect === 'over').map(({ at, origin }) => [at.start, origin?.line]),
    ).toEqual([
      [ms('2026-05-08T12:00:00+02:00'), 2],
      [ms('2026-05-08T12:00:00+02:00'), 3],
    ])
    // The youngest is there to this day: from 10 May 04:00 to 15 June 00:00.
    expect(named(said, 'nightly/keep').observed).toEqual({ unit: 'ms', value: 35 * DAY + 20 * HOUR })
  })

  it('are told apart by a number where their dates are the same', async () => {
    const at = (id: string, time: string): Cells =>
      run(3, { id, started_at: `2026-05-03T${time}:00:00+02:00`, completed_at: `2026-05-03T${time}:05:00+02:00` })
    const gone = (backup: string): Cells => ({ backup, time: '2026-05-04T00:00:00+02:00' })
    const said = await judge(
      { keep: { for: '5 days' } },
      {
        backup: [at('early', '02'), at('noon', '12'), at('late', '22')],
        'backup-deletion': [gone('early'), gone('late')],
        coverage: [complete('backup'), complete('backup-deletion')],
      },
    )
    expect(briefs(said).toSorted()).toEqual([
      'nightly/keep met kept',
      'nightly/keep/2026-05-03 breached purged',
      'nightly/keep/2026-05-03~2 breached purged',
    ])
  })

  it('name the component where a clause has several, and the one that no row names', async () => {
    const said = await judge(
      { of: ['database', 'files', 'mails'], schedule: { per: 'week' } },
      { backup: runs(1, 31).map((row, i) => (i % 2 === 0 ? row : { ...row, component: 'file' })) },
    )
    expect(briefs(said).toSorted()).toEqual([
      'nightly/no-record/files unverified no-record',
      'nightly/no-record/mails unverified no-record',
      'nightly/schedule/database met kept',
    ])
    const files = named(said, 'nightly/no-record/files')
    expect(files.notes).toEqual(['rows name file: is that it?'])
    expect(files.observed).toEqual({ unit: 'none', text: 'no record names the component files' })
    expect(named(said, 'nightly/no-record/mails').notes).toEqual([])
    // What rows name that no clause does is told once, where they are read.
    expect(said.warnings.filter(text => text.startsWith('unknown-component'))).toEqual([])
  })

  it('lead to the backup of a chain that is gone', async () => {
    const full = run(1, { kind: 'full', location: 'vault', parent: '' })
    const first = run(2, { kind: 'incremental', location: 'vault', parent: 'b1' })
    const second = run(3, { kind: 'incremental', location: 'vault', parent: 'b2' })
    const said = await judge(
      { keep: { for: '5 days' } },
      {
        backup: [full, first, second],
        'backup-deletion': [{ backup: 'b1', time: '2026-05-06T10:00:00+02:00', location: 'vault' }],
        coverage: [complete('backup'), complete('backup-deletion')],
      },
    )
    // The full one is held 5 d 6 h.
    expect(briefs(said).toSorted()).toEqual(['nightly/keep met kept', 'nightly/keep/2026-05-02 breached unrestorable'])
    const broken = named(said, 'nightly/keep/2026-05-02')
    expect(broken.details).toMatchObject({ items: 2, owed: 3 })
    expect(told(broken)).toEqual(
      expect.arrayContaining([
        'over: b2: it needs full b1, deleted 2026-05-06T10:00:00+02:00',
        'over: b3: it needs full b1, deleted 2026-05-06T10:00:00+02:00',
        'note: b2: incremental backup',
      ]),
    )
    expect(broken.timeline.find(({ why }) => why.startsWith('b3: it needs full b1'))).toMatchObject({
      at: { start: ms('2026-05-06T10:00:00+02:00') },
      origin: { line: 2 },
    })
  })

  it('rest on nothing without records, with no row, and where nothing is owed', async () => {
    const schedule = { per: 'day' }
    const missing = await judge({ schedule }, {})
    expect(briefs(missing)).toEqual(['nightly unverified missing'])
    expect(missing.findings[0]).toMatchObject({
      promised: { unit: 'none', text: 'once a day' },
      observed: { unit: 'none', text: 'no backup or inventory records supplied' },
      details: { missing: 'backup' },
    })
    expect(briefs(await judge({ schedule }, { backup: [] }))).toEqual(['nightly/no-record unverified no-record'])
    const none = await judge(
      { keep: { for: '5 days' } },
      { backup: [run(1)], coverage: [complete('backup'), complete('backup-deletion')] },
      { period: '2026-04' },
    )
    expect(briefs(none)).toEqual(['nightly not-applicable none'])
  })

  it('list what has no number', async () => {
    const said = await judge(
      {
        schedule: { every: 'unstated' },
        keep: { for: 'unstated' },
        'max-age': 'unstated',
        copies: { differs: 'provider', 'made-within': '24h', keep: 'unstated' },
      },
      { backup: [] },
    )
    expect(briefs(said)).toEqual([
      'nightly/no-record unverified no-record',
      'nightly/schedule not-applicable no-number',
      'nightly/keep not-applicable no-number',
      'nightly/max-age not-applicable no-number',
      'nightly/copies-keep not-applicable no-number',
    ])
  })

  it('are pending as one for what is still to be kept, and unverified without a log of deletions', async () => {
    const pending = await judge(
      { keep: { for: '90 days' } },
      { backup: runs(1, 31), coverage: [complete('backup'), complete('backup-deletion')] },
    )
    expect(briefs(pending)).toEqual(['nightly/keep/2026-05-01 pending owed'])
    const [owed] = pending.findings
    // Of the first until 90 days after its start, less the hour allowed.
    expect(owed?.due).toBe(ms('2026-07-30T03:00:00+02:00'))
    expect(owed?.margin).toBeUndefined()
    expect(owed?.details).toMatchObject({ items: 31, from: '2026-05-01', to: '2026-05-31' })
    const open = await judge({ keep: { for: '5 days' } }, { backup: runs(1, 31), coverage: [complete('backup')] })
    expect(briefs(open)).toEqual(['nightly/keep/2026-05-01 unverified deletions-unknown'])
    expect(open.findings[0]?.margin).toBeUndefined()
    expect(open.findings[0]?.undecided?.[0]?.start).toBeGreaterThanOrEqual(ms('2026-05-01T04:10:00+02:00'))
  })

  it('are at risk while the next one is late and its tolerance nearly used up, never for what was done in time', async () => {
    const said = async (asOf: string, schedule: object = { every: '24h', tolerance: '1h' }) => {
      const { findings } = await judge(
        { schedule },
        { backup: [run(1), run(2)], coverage: [complete('backup')] },
        { period: '2026-05-02..2026-05-31', asOf: `2026-05-03T${asOf}:00+02:00` },
      )
      return findings.map(({ status, atRisk }) => `${status} ${atRisk ?? false}`)
    }
    // 24 h of 25 h are 96 %, but not beyond 24 h; 24 h 30 min are 98 %.
    expect(await said('04:00')).toEqual(['met false', 'pending false'])
    expect(await said('04:30')).toEqual(['met false', 'pending true'])
    // What starts every 24 h on the minute uses up all that is allowed, and is no risk.
    expect(await said('03:59', { every: '24h', tolerance: '0h' })).toEqual(['met false', 'pending false'])
  })

  it('tell all of what was kept only if asked, and at most a hundred of a group', async () => {
    const rows = Array.from({ length: 150 }, (_, i) => {
      const start = ms('2026-05-01T00:00:00+02:00') + i * HOUR
      return { id: `h${i}`, component: 'database', started_at: start, completed_at: start + 60_000, status: 'success' }
    })
    const tables = { backup: rows, coverage: [complete('backup'), complete('backup-deletion')] }
    const pending = named(await judge({ keep: { for: '90 days' } }, tables), 'nightly/keep/2026-05-01')
    expect(pending.details?.items).toBe(150)
    // The first is of 1 May 00:00: 90 days later is 30 July 00:00, and an hour is tolerated.
    expect(told(pending)).toEqual(['note: 150 backups: still to be kept'])
    expect(pending.notes).toEqual([
      '150 backups, 2026-05-01 to 2026-05-07: still to be kept, the first until 2026-07-29T23:00:00+02:00',
    ])
    const asked = named(await judge({ keep: { for: '90 days' } }, tables, { fullTimelines: true }), pending.id)
    expect(asked.timeline).toHaveLength(100)
    expect(asked.notes).toContain('the timeline is cut: it tells of some of the 150 backups only')
    const short = named(await judge({ keep: { for: '5 days' } }, tables), 'nightly/keep')
    expect(short.timeline).toMatchObject([{ effect: 'counted', why: '150 backups kept, 2026-05-01 to 2026-05-07' }])
    const full = named(await judge({ keep: { for: '5 days' } }, tables, { fullTimelines: true }), 'nightly/keep')
    expect(full.timeline).toHaveLength(100)
    // The youngest has been there for the shortest time: the figure is its.
    expect(told(full).slice(0, 4)).toEqual([
      'counted: h149: held as long as promised, less the 1h tolerated',
      'note: h149: backup',
      'counted: h0: held as long as promised, less the 1h tolerated',
      'note: h0: backup',
    ])
    expect(full.notes).toContain(
      'the timeline is cut: it tells of some of the 150 backups only, first of the one that the figure comes of',
    )
  })

  it('are of the rows that the clause sees', async () => {
    const contract = {
      ...clause({ schedule: { per: 'day' }, where: { level: 1 }, services: ['shop'] }),
      services: { shop: {}, mail: {} },
    }
    const level = (day: number, more: Cells): Cells => run(day, { level: '1', service: 'shop', ...more })
    const report = await audit({
      contract,
      evidence: {
        backup: [level(1, {}), level(2, { level: '2' }), level(3, { service: 'mail' }), level(4, { level: '?' })],
        coverage: [{ ...complete('backup'), service: 'shop' }],
      },
      asOf: '2026-05-05T00:00:00+02:00',
      period: '2026-05-01..2026-05-04',
    })
    expect([...(report.clauses[0]?.findings ?? [])].map(brief).toSorted()).toEqual([
      'nightly/schedule met kept',
      'nightly/schedule/2026-05-02 breached missed',
      expect.stringMatching(/^nightly\/schedule\/2026-05-04 unverified /),
    ])
  })

  it('tell where copies are, and how they left', async () => {
    const said = await judge(
      { copies: { differs: 'provider', 'made-within': '24h' }, residency: ['FR'] },
      {
        backup: [run(1, { location: 'vault', provider: 'alpha', region: 'north', country: 'FR' })],
        'backup-copy': [
          {
            backup: 'b1',
            started_at: '2026-05-01T05:00:00+02:00',
            completed_at: '2026-05-03T05:00:00+02:00',
            location: 'depot',
            provider: 'beta',
            country: 'IE',
            deleted_at: '2026-05-04T00:00:00+02:00',
          },
        ],
        coverage: [complete('backup'), complete('backup-deletion')],
      },
    )
    expect(briefs(said)).toEqual([
      'nightly/copies/2026-05-01 breached copied-late',
      'nightly/residency/2026-05-01 breached abroad',
    ])
    const copied = named(said, 'nightly/copies/2026-05-01')
    expect(copied.margin).toEqual({ unit: 'ms', value: 24 * HOUR - (48 * HOUR + 50 * 60_000) })
    expect(told(copied)).toEqual(
      expect.arrayContaining(['note: b1: copy at depot (beta, IE)', 'note: b1: deleted from depot']),
    )
    expect(told(named(said, 'nightly/residency/2026-05-01'))).toContain('note: b1: is at vault (alpha, north, FR)')
  })
})

describe('evidence of backups', () => {
  const lines = async (evidence: Tables, fields: Readonly<Record<string, unknown>> = { schedule: { per: 'day' } }) => {
    const report = await audit({
      contract: clause(fields),
      evidence,
      asOf: '2026-06-15T00:00:00+02:00',
      period: '2026-05',
    })
    return report.clauses[0]?.evidence?.map(({ about, found, judges }) => `${about}: ${found} → ${judges}`)
  }

  it('is told with what it allows to judge', async () => {
    expect(await lines({ backup: runs(1, 31), coverage: [complete('backup')] })).toEqual([
      'creations: 31 backup rows, 2026-05-01T04:00:00+02:00 to 2026-05-31T04:00:00+02:00 → how often',
      'deletions: none supplied → nothing',
      'inventories: none supplied → nothing',
    ])
    expect(
      await lines({
        inventory: [
          {
            taken_at: '2026-05-03T12:00:00+02:00',
            backup: 'b3',
            complete: 'yes',
            started_at: '2026-05-03T04:00:00+02:00',
          },
          {
            taken_at: '2026-05-02T12:00:00+02:00',
            backup: 'b2',
            complete: '',
            started_at: '2026-05-02T04:00:00+02:00',
          },
        ],
        'backup-deletion': [],
        verification: [{ backup: 'b3', time: '2026-05-04T12:00:00+02:00', outcome: 'failed' }],
        coverage: [complete('backup-deletion')],
      }),
    ).toEqual([
      'creations: none supplied → nothing beyond what is listed',
      'deletions: no deletion of these backups → how long',
      'inventories: 2 listings (1 complete), 2026-05-02T12:00:00+02:00 to 2026-05-03T12:00:00+02:00 → what was there at each; what was not, at 1 of them',
      'verifications: 1 verification, 1 failed → what could no longer be restored',
    ])
    const deletions = async (...cells: readonly (string | undefined)[]) => {
      const backup = cells.map((deleted_at, i) => run(i + 1, deleted_at === undefined ? {} : { deleted_at }))
      return (await lines({ backup }))?.[1]
    }
    expect(await deletions('', '')).toBe('deletions: no deletion of these backups → how long, by the row of each')
    expect(await deletions('2026-05-09T00:00:00+02:00', '')).toBe(
      'deletions: 1 row of deletions, 2026-05-09T00:00:00+02:00 → how long, by the row of each',
    )
    expect(await deletions('2026-05-09T00:00:00+02:00', '?')).toBe(
      'deletions: 1 row of deletions, 2026-05-09T00:00:00+02:00 → what was deleted, not what was kept',
    )
    expect(await deletions('', '?')).toBe(
      'deletions: no deletion of these backups → how long, of those whose rows tell',
    )
    expect(await lines({})).toBeUndefined()
  })
})

describe('warnings about backups', () => {
  it('say that a log is taken as complete, once for all clauses', async () => {
    const contract = clause({ schedule: { per: 'day' } })
    const two = { ...contract, clauses: { ...contract.clauses, weekly: { kind: 'backup', schedule: { per: 'week' } } } }
    const report = await audit({
      contract: two,
      evidence: { backup: runs(1, 31) },
      asOf: '2026-06-01T00:00:00+02:00',
      period: '2026-05',
    })
    expect(report.warnings.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'log-taken-complete: nothing says that the backup log is complete: it is taken so from its first row, 2026-05-01T04:00:00+02:00, to 2026-06-01T00:00:00+02:00',
    ])
  })

  it('say that a log may have been cut', async () => {
    const { warnings } = await judge(
      { schedule: { per: 'day' } },
      { backup: runs(1, 20) },
      { asOf: '2026-05-25T00:00:00+02:00' },
    )
    expect(warnings).toContain(
      'log-ends-early: the last backup started 2026-05-20T04:00:00+02:00; the log is taken as complete to 2026-05-25T00:00:00+02:00',
    )
  })

  it('name a deletion that a later listing contradicts', async () => {
    const { warnings } = await judge(
      { keep: { for: '5 days' } },
      {
        backup: [run(1, { location: 'vault' })],
        'backup-deletion': [{ backup: 'b1', time: '2026-05-02T00:00:00+02:00', location: 'vault' }],
        inventory: [{ taken_at: '2026-05-03T00:00:00+02:00', backup: 'b1', location: 'vault', complete: 'yes' }],
        coverage: [complete('backup'), complete('backup-deletion')],
      },
    )
    expect(warnings.filter(text => text.startsWith('deletion-contradicted'))).toHaveLength(1)
  })

  it('say that components are judged as one where the clause names none', async () => {
    const evidence = {
      backup: [...runs(1, 31), run(2, { id: 'f2', component: 'files' }), run(3, { id: 'a3', component: 'all' })],
      coverage: [complete('backup')],
    }
    const said = (warnings: readonly string[]) => warnings.filter(text => text.startsWith('components-together'))
    expect(said((await judge({ schedule: { per: 'day' } }, evidence)).warnings)).toEqual([
      'components-together: nightly: a backup of any component counts, and the rows are of 2: database, files',
    ])
    // Each backup is kept by itself, whatever it is of.
    expect(said((await judge({ keep: { for: '5 days' } }, evidence)).warnings)).toEqual([])
    expect(said((await judge({ of: ['database'], schedule: { per: 'day' } }, evidence)).warnings)).toEqual([])
  })

  it('say what would settle whether a copy was made', async () => {
    const copies = { copies: { differs: 'provider', 'made-within': '24h' } }
    const evidence = { backup: runs(1, 31).map(row => ({ ...row, provider: 'alpha' })), coverage: [complete('backup')] }
    const told = (warnings: readonly string[]) => warnings.filter(text => text.startsWith('copies-untold'))
    const open = await judge(copies, evidence)
    expect(open.findings.map(({ status }) => status)).toContain('unverified')
    expect(told(open.warnings)).toEqual([
      'copies-untold: nightly: nothing says that every copy is told, so one that no row tells of may be there',
    ])
    // What the hint says settles it.
    const settled = await judge(copies, evidence, { assume: ['backup-copy'] })
    expect(told(settled.warnings)).toEqual([])
    expect(new Set(settled.findings.map(({ status }) => status))).toEqual(new Set(['breached']))
  })

  it('say that backups made elsewhere are asked for too', async () => {
    const evidence = {
      backup: [...runs(1, 10), ...runs(11, 12)].map((row, i) => ({
        ...row,
        location: i < 10 ? 'vault' : 'attic',
        deleted_at: '',
      })),
      coverage: [complete('backup'), complete('backup-deletion')],
    }
    const keep = { keep: { for: '5 days', at: 'vault' } }
    const told = (warnings: readonly string[]) => warnings.filter(text => text.startsWith('never-there'))
    const { warnings, findings } = await judge(keep, evidence)
    expect(findings.filter(({ status }) => status === 'breached').map(brief)).toEqual([
      'nightly/keep/2026-05-11 breached not-there',
    ])
    expect(told(warnings)).toEqual([
      'never-there: nightly: some backups never were at vault, only at attic: keep: { at: vault } asks for all',
    ])
    // What the hint says leaves them out.
    const narrowed = await judge({ ...keep, where: { location: 'vault' } }, evidence)
    expect(narrowed.findings.map(brief)).toEqual(['nightly/keep met kept'])
    expect(told(narrowed.warnings)).toEqual([])
  })

  it('name the dates on which the hour of a schedule is skipped or comes twice', async () => {
    const { warnings } = await judge(
      { schedule: { 'daily-at': '02:30', tolerance: '1h' } },
      { backup: runs(1, 2), coverage: [complete('backup')] },
      { period: '2026', asOf: '2026-12-31T00:00:00+01:00' },
    )
    expect(warnings).toContain(
      'clock-change-hour: nightly: clocks change at 02:30: 2026-03-29 (skipped), 2026-10-25 (twice)',
    )
  })
})

describe('items of a slot', () => {
  const item = (status: Item['status'], reason: string, from: number, more: Partial<Item> = {}): Item => ({
    status,
    reason,
    label: String(from),
    at: { start: from * DAY, end: (from + 1) * DAY },
    breached: [],
    undecided: [],
    backups: [],
    notes: [],
    why: reason,
    ...more,
  })
  const grouped = (items: readonly Item[], stretches = false) =>
    groupsOf({ slot: 'keep', bound: 'at-least', noun: 'backup', items }, stretches).groups.map(
      ({ status, reason, count, from, to }) => `${status} ${reason} ${count} ${from}-${to}`,
    )

  it('join with neighbours of the same verdict and reason', () => {
    expect(
      grouped([
        item('met', 'held', 1),
        item('breached', 'purged', 2),
        item('breached', 'purged', 3),
        item('breached', 'unrestorable', 4),
        item('met', 'held', 5),
        item('breached', 'unrestorable', 6),
        item('unverified', 'deletions-unknown', 7),
        item('unverified', 'deletions-unknown', 9),
        item('pending', 'owed', 10),
      ]),
    ).toEqual([
      'met kept 2 1-5',
      'breached purged 2 2-3',
      'breached unrestorable 1 4-4',
      'breached unrestorable 1 6-6',
      'unverified deletions-unknown 2 7-9',
      'pending owed 1 10-10',
    ])
  })

  it('join over what is of another verdict, as long as nothing is kept in between', () => {
    expect(
      grouped([
        item('pending', 'owed', 1),
        item('breached', 'purged', 2),
        item('pending', 'owed', 3),
        item('breached', 'purged', 4),
        item('met', 'held', 5),
        item('pending', 'owed', 6),
      ]),
    ).toEqual(['pending owed 2 1-3', 'breached purged 2 2-4', 'met kept 1 5-5', 'pending owed 1 6-6'])
  })

  it('join as stretches only where they touch', () => {
    const stretches = [item('breached', 'gap', 1), item('breached', 'gap', 2), item('breached', 'gap', 4)]
    expect(grouped(stretches, true)).toEqual(['breached gap 2 1-2', 'breached gap 1 4-4'])
    expect(grouped(stretches, false)).toEqual(['breached gap 3 1-4'])
  })

  it('show the worst figure, all stretches and the earliest due instant', () => {
    const of = (value: number) => ({ unit: 'ms', value }) as const
    const { groups, owed } = groupsOf(
      {
        slot: 'keep',
        bound: 'at-least',
        noun: 'backup',
        items: [
          item('breached', 'purged', 1, { margin: of(-5), due: 50, breached: [{ start: 10, end: 20 }], notes: ['a'] }),
          item('breached', 'purged', 2, {
            margin: of(-9),
            due: 40,
            breached: [{ start: 15, end: 30 }],
            notes: ['a', 'b'],
          }),
          item('breached', 'purged', 3, { margin: of(-7), breached: [{ start: 40, end: 50 }] }),
          item('pending', 'owed', 4),
        ],
      },
      false,
    )
    expect(owed).toBe(3)
    expect(groups[0]).toMatchObject({
      worst: { label: '2' },
      due: 40,
      notes: ['a', 'b'],
      breached: [
        { start: 10, end: 30 },
        { start: 40, end: 50 },
      ],
      window: { start: DAY, end: 4 * DAY },
    })
  })
})
