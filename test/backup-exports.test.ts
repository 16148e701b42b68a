import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DateTime } from 'luxon'
import { afterAll, describe, expect, it } from 'vitest'
import type { Interval } from '../src/model/interval.ts'
import type { Report } from '../src/model/report.ts'
import { root, runCli } from './support/cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'sla-backups-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const H = 3_600_000

interface Options {
  readonly asOf: string
  readonly period: string
  readonly zone?: string
  /** Of the clause; `backup` if not said. */
  readonly kind?: string
  readonly more?: readonly string[]
}

/** A file of `test/fixtures`, and when its listing was taken. */
type Export = string | readonly [file: string, takenAt: string]

/**
 * Audits exports with the built program and no mapping: `slot/date status reason items [from – to]` of every finding,
 * its stretches on the wall of the contract's zone.
 */
function audited(clause: string, exports: readonly Export[], { asOf, period, zone = PARIS, ...others }: Options) {
  const contract = join(folder, 'contract.yaml')
  writeFileSync(
    contract,
    `apiVersion: sla/v1
kind: Contract
id: backups
timezone: ${zone}
clauses:
  b: { kind: ${others.kind ?? 'backup'}, ${clause} }
`,
  )
  const files = exports.map(one => join(root, 'test/fixtures', typeof one === 'string' ? one : one[0]))
  const times = exports.flatMap(one => (typeof one === 'string' ? [] : ['--taken-at', `**/${one[0]}=${one[1]}`]))
  const options = ['--period', period, '--as-of', asOf, '-f', 'json', ...times, ...(others.more ?? [])]
  const { stdout, stderr } = runCli(['audit', contract, ...files, ...options])
  if (stdout === '') throw new Error(stderr)
  const report = JSON.parse(stdout) as Report
  const findings = [...(report.clauses[0]?.findings ?? [])]
  return {
    findings: findings.map(({ id, status, reason, details, breached = [], undecided = [] }) => {
      const items = details?.items === undefined ? [] : [details.items]
      const stretches = status === 'unverified' ? undecided : breached
      return [id.replace('b/', ''), status, reason, ...items, ...stretches.map(one => shown(one, zone))].join(' ')
    }),
    observed: Object.fromEntries(findings.map(({ id, observed }) => [id.replace('b/', ''), observed])),
    tools: [...new Set(report.inputs.map(({ tool }) => tool))],
    warned: [...stderr.matchAll(/ {2}warning {2}(.+)/g)].map(([, text]) => text),
  }
}

const PARIS = 'Europe/Paris'

function shown({ start, end }: Interval, zone: string): string {
  const text = (at: number) => DateTime.fromMillis(at, { zone }).toFormat('MM-dd HH:mm:ss')
  return `[${text(start)} – ${text(end)}]`
}

const paris = (wall: string) => DateTime.fromISO(wall, { zone: PARIS }).toISO({ suppressMilliseconds: true }) ?? ''

/** An export whose name says when it was taken, on the wall in Paris. */
function named(file: string): Export {
  const [, day, hour, minute] = /(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)\.json$/.exec(file) ?? []
  return [file, paris(`${day}T${hour}:${minute}`)]
}

describe('restic, as it printed them', () => {
  const nightly = readdirSync(join(root, 'test/fixtures/restic/nightly')).map(name => named(`restic/nightly/${name}`))
  // Each night at 04:00; seven are kept, the one of a week ago goes before the listing at 04:05.
  const options = { asOf: '2026-04-13T04:05:00+02:00', period: '2026-03-16..2026-04-12' }
  const kept = (days: number) =>
    audited(`of: database, schedule: { per: day }, keep: { for: ${days} days }`, nightly, options)

  it('thirty listings: six days are proven', () => {
    const { findings, tools } = kept(6)
    expect(tools).toEqual(['restic'])
    // Due from 16 March at 03:00 on: 10 March to 7 April; younger: 8 to 12 April.
    expect(findings.sort()).toEqual(['keep met kept 29', 'keep/2026-04-08 pending owed 5', 'schedule met kept 28'])
  })

  it('thirty listings: the seventh day ends between two of them', () => {
    // From the listing of 6 days 5 minutes on until an hour before seven days, for those of 9 March to 6 April.
    const last = kept(7).findings.filter(text => text.startsWith('keep/2026-03-09'))
    expect(last).toEqual([
      expect.stringMatching(/^keep\/2026-03-09 unverified between-listings 29 \[03-15 04:05:00 – /),
    ])
  })

  it('thirty listings: eight days are not kept', () => {
    // Gone by 04:05 on the seventh day, due until 03:00 on the eighth: five minutes less than 23 hours lack of those of
    // 9 March to 5 April. That of 6 April is gone at the instant of the audit itself.
    const gone = kept(8).findings.find(text => text.startsWith('keep/2026-03-09 breached'))
    expect(gone).toMatch(/^keep\/2026-03-09 breached purged 29 \[03-16 04:05:00 – 03-17 03:00:00\] \[03-17 04:05:00 – /)
  })

  it('a night without a backup, and one removed by hand', () => {
    const listings = readdirSync(join(root, 'test/fixtures/restic/gaps')).map(name => named(`restic/gaps/${name}`))
    const found = audited('of: database, schedule: { per: day }, keep: { for: 5 days }', listings, {
      asOf: '2026-05-10T04:05:00+02:00',
      period: '2026-05-01..2026-05-10',
    })
    expect(found.findings.sort()).toEqual([
      // Those of 1, 2, 3 and 5 May; of the 4th nothing is left at noon on the 8th.
      'keep met kept 4',
      'keep/2026-05-04 breached purged 1 [05-08 12:05:00 – 05-09 03:00:00]',
      'keep/2026-05-07 pending owed 4',
      'schedule met kept 8',
      'schedule/2026-05-06 breached not-listed 1 [05-06 00:00:00 – 05-07 00:00:00]',
    ])
  })

  it('one listing of two components, one by its tag and one by its path', () => {
    const clause = 'of: [database, /srv/files], schedule: { per: day }, keep: { for: 30 days }'
    const found = audited(clause, [named('restic/snapshots-2026-05-01T0405.json')], {
      asOf: '2026-05-01T04:05:00+02:00',
      period: '2026-04-01..2026-04-30',
    })
    // The 1st was due until the 1st of May at 03:00: it may be gone by now.
    expect(found.findings.sort()).toEqual([
      'keep//srv/files/2026-04-02 pending owed 29',
      'keep/database/2026-04-02 pending owed 29',
      'schedule//srv/files met kept 29',
      'schedule//srv/files/2026-04-01 unverified not-logged 1 [04-01 00:00:00 – 04-02 00:00:00]',
      'schedule/database met kept 29',
      'schedule/database/2026-04-01 unverified not-logged 1 [04-01 00:00:00 – 04-02 00:00:00]',
    ])
  })

  it('a fixed hour, over the change to summer time', () => {
    const clause =
      'of: [database, /srv/files], schedule: { daily-at: "04:00", tolerance: 5min }, keep: { for: 30 days }'
    const found = audited(clause, [named('restic/snapshots-2026-03-29T0405.json')], {
      asOf: '2026-03-29T04:05:00+02:00',
      period: '2026-03-01..2026-03-29',
    })
    expect(found.findings.filter(text => text.startsWith('schedule')).sort()).toEqual([
      'schedule//srv/files met kept 29',
      'schedule/database met kept 29',
    ])
    expect(found.observed['schedule/database']).toEqual({ unit: 'ms', value: 0 })
    expect(found.observed['schedule//srv/files']).toEqual({ unit: 'ms', value: 120_000 })
  })

  it('a new id for a new tag is the same backup', () => {
    const listings = ['nightly/2026-04-12T0405', 'nightly/2026-04-13T0405', 'tagged-2026-04-13T0705']
    const found = audited(
      'of: database, keep: { for: 27h, tolerance: 0min }',
      listings.map(name => named(`restic/${name}.json`)),
      { asOf: '2026-04-13T07:05:00+02:00', period: '2026-04-12..2026-04-13' },
    )
    // That of the 12th until 07:00 on the 13th, when it has another id than at 04:05.
    expect(found.findings.sort()).toEqual(['keep met kept 2', 'keep/2026-04-13 pending owed 1'])
  })

  it('what forget removes was there until then', () => {
    const forget = ['restic/forget-2026-04-13T0405.json', paris('2026-04-13T04:04')] as const
    const found = audited(
      'of: database, keep: { for: 7 days }',
      [forget, named('restic/nightly/2026-04-13T0405.json')],
      {
        asOf: '2026-04-13T04:05:00+02:00',
        period: '2026-04-13',
      },
    )
    // That of the 6th until 03:00.
    expect(found.findings.sort()).toEqual(['keep met kept 1', 'keep/2026-04-07 pending owed 7'])
  })
})

describe('Borg, as it printed them', () => {
  const tz = { more: ['--tz', PARIS] }

  it('a fixed hour that comes twice', () => {
    const found = audited(
      'of: database, schedule: { daily-at: "02:30", tolerance: 1h }, keep: { for: 30 days }',
      [named('borg/list-2026-11-10T0245.json')],
      { asOf: '2026-11-10T02:45:00+01:00', period: '2026-10-13..2026-11-09', ...tz },
    )
    expect(found.tools).toEqual(['borg'])
    expect(found.findings.filter(text => text.startsWith('schedule'))).toEqual(['schedule met kept 28'])
  })

  it('one of each month', () => {
    const found = audited(
      'of: database, tiers: [{ per: month, keep: 7, basis: age }]',
      [named('borg/list-2026-11-10T0245.json')],
      { asOf: '2026-11-10T02:45:00+01:00', period: '2026-09-01..2026-11-09', ...tz },
    )
    // February and March are seven months old; April to October aren't, and November runs.
    expect(found.findings.sort()).toEqual([
      'tier-month met kept 2',
      'tier-month/2026-04 pending owed 7',
      'tier-month/2026-11 pending running 1',
    ])
  })

  it('before and after prune', () => {
    const listings = ['2026-11-10T0235', '2026-11-10T0245'].map(at => named(`borg/list-${at}.json`))
    const kept = (days: number) =>
      audited(`of: database, keep: { for: ${days} days }`, listings, {
        asOf: '2026-11-10T02:50:00+01:00',
        period: '2026-11-10',
        ...tz,
      }).findings.sort()
    // That of 11 October is still there when it is 30 days old less an hour, and gone ten minutes later.
    expect(kept(30)).toEqual(['keep met kept 1', 'keep/2026-10-12 pending owed 30'])
    expect(kept(31)).toEqual([
      'keep/2026-10-11 breached purged 1 [11-10 02:45:00 – 11-10 02:50:00]',
      'keep/2026-10-12 pending owed 30',
    ])
  })

  it('a job that starts before midnight', () => {
    const found = audited(
      'of: files, schedule: { per: day }, keep: { for: 30 days }',
      [named('borg/files-list-end-2026-10-27T0800.json')],
      { asOf: '2026-10-27T08:00:00+01:00', period: '2026-10-23..2026-10-26', ...tz },
    )
    // Started on the 23rd, on the 25th twice and on the 26th.
    expect(found.findings.filter(text => text.startsWith('schedule')).sort()).toEqual([
      'schedule met kept 3',
      'schedule/2026-10-24 breached not-listed 1 [10-24 00:00:00 – 10-25 00:00:00]',
    ])
  })
})

describe('pgBackRest, as it printed them', () => {
  it('a chain that goes in one', () => {
    const times = ['2026-03-01T0500', '2026-03-06T0500', '2026-03-12T0500', 'before-expire-2026-03-15T0330']
    const listings = [...times, 'after-expire-2026-03-15T0500'].map(at => named(`pgbackrest/info-${at}.json`))
    const found = audited('of: shop, keep: { for: 10 days }', listings, {
      asOf: '2026-03-15T06:00:00+01:00',
      period: '2026-03-15',
    })
    expect(found.tools).toEqual(['pgbackrest'])
    expect(found.findings.sort()).toEqual([
      // That of the 5th was due until 02:00.
      'keep met kept 1',
      'keep/2026-03-06 breached purged 1 [03-15 05:00:00 – 03-15 06:00:00]',
      // Fulls of the 8th in both repositories, the 11th, the 12th, and that of the day.
      'keep/2026-03-08 pending owed 5',
    ])
  })

  it('an error of page checksums is a warning', () => {
    const week = (accept: string) =>
      audited(
        `of: shop, accept: [${accept}], schedule: { per: week }, keep: { for: 14 days }`,
        [named('pgbackrest/info-page-error-2026-03-22T0500.json')],
        { asOf: '2026-03-23T00:00:00+01:00', period: '2026-03-16..2026-03-22' },
      ).findings.filter(text => text.startsWith('schedule'))
    // Its label says the 18th, when the run that it took up was broken off; it started on the 22nd.
    expect(week('success, warning')).toEqual(['schedule met kept 1'])
    expect(week('success')).toEqual(['schedule/2026-W12 unverified not-logged 1 [03-16 00:00:00 – 03-23 00:00:00]'])
  })
})

describe('other tools', () => {
  const tz = { more: ['--tz', PARIS] }

  it('Barman: kept by number and by age', () => {
    const listings = [
      '2026-10-25T0300',
      '2026-10-26T0240',
      'running-2026-10-27T0230',
      'failed-2026-10-27T0240',
      'deleted-2026-10-28T0905',
      'waiting-2026-10-29T0231',
      '2026-10-29T0605',
    ].map(at => named(`barman/list-backup-${at}.json`))
    const options = { asOf: '2026-10-29T06:05:00+01:00', period: '2026-10-24..2026-10-28', ...tz }
    const found = audited('of: shop, schedule: { per: day }, keep: { for: 6 days }', listings, options)
    expect(found.tools).toEqual(['barman'])
    expect(found.findings.sort()).toEqual([
      // Deleted by hand in the night before the 28th, 09:05.
      'keep/2026-10-23 breached purged 1 [10-28 09:05:00 – 10-29 01:30:01]',
      // 24, twice 25, 26 October.
      'keep/2026-10-24 pending owed 4',
      'schedule met kept 3',
      // The 27th failed, of the 28th there is none.
      'schedule/2026-10-27 breached not-listed 2 [10-27 00:00:00 – 10-29 00:00:00]',
    ])
    const between = audited('of: shop, keep: { for: 5 days }', listings, options).findings.sort()
    expect(between).toEqual([
      // Of the 23rd all that is known lies before 02:40 on the 27th.
      expect.stringMatching(/^keep met kept/),
      'keep/2026-10-23 unverified between-listings 1 [10-27 02:40:00 – 10-28 01:30:01]',
      expect.stringMatching(/^keep\/2026-10-25 pending/),
    ])
    // Four later ones when it went.
    const copies = audited('of: shop, keep: { copies: 4 }', listings, options).findings
    expect(copies.filter(text => text.includes('breached'))).toEqual([])
  })

  it('Kopia: to the millisecond', () => {
    const listing = ['kopia/snapshot-list.json', '2026-03-29T06:00:00Z'] as const
    const options = { asOf: '2026-03-29T06:00:00Z', period: '2026-03-27..2026-03-28' }
    const every = 'schedule: { every: 24h, tolerance: 1min }, keep: { for: 7 days }'
    const found = audited(`of: /srv/database, ${every}`, [listing], options)
    expect(found.tools).toEqual(['kopia'])
    expect(found.findings.filter(text => text.startsWith('schedule'))).toEqual(['schedule met kept 1'])
    // From .401 to .700 of the next day.
    expect(found.observed.schedule).toEqual({ unit: 'ms', value: 24 * H + 299 })
    const files = (accept: string) =>
      audited(`of: /srv/files, accept: [${accept}], schedule: { per: day }, keep: { for: 7 days }`, [listing], {
        ...options,
        period: '2026-03-28',
      }).findings.filter(text => text.startsWith('schedule'))
    // Files that could not be read: partial.
    expect(files('success, partial')).toEqual(['schedule met kept 1'])
    expect(files('success')).toEqual(['schedule/2026-03-28 unverified not-logged 1 [03-28 00:00:00 – 03-29 00:00:00]'])
  })

  it('WAL-G: deltas, a copy in another storage, and one that lost its times', () => {
    const listing = ['walg/backup-list-detail.json', '2026-04-03T06:00:00Z'] as const
    const clause = 'keep: { for: 30 days }, copies: { differs: location, made-within: unstated }'
    const found = audited(clause, [listing], utc('2026-04-03T07:00:00Z', '2026-03-01..2026-04-30'))
    expect(found.tools).toEqual(['wal-g'])
    expect(found.findings.sort()).toEqual([
      // The full one of 29 March lies in the other storage too.
      'copies met kept 1',
      // Of those before, it may have been deleted there since.
      expect.stringMatching(/^copies\/2026-03-01 unverified copies-unknown 3 /),
      expect.stringMatching(/^copies\/\S+ pending due 1$/),
      // A full one of 1 March and its deltas of the 2nd and 3rd.
      'keep met kept 3',
      'keep/2026-03-29 pending owed 2',
    ])
  })

  it('Velero', () => {
    const listing = ['velero/backup-list.json', '2026-03-05T06:00:00Z'] as const
    const days = (accept: string) =>
      audited(
        `of: shop-daily, accept: [${accept}], schedule: { per: day }, keep: { for: 3 days }`,
        [listing],
        utc('2026-03-05T06:00:00Z', '2026-03-01..2026-03-04'),
      )
    const whole = days('success')
    expect(whole.tools).toEqual(['velero'])
    expect(whole.findings.sort()).toEqual([
      'keep met kept 1',
      'schedule met kept 1',
      // Listings tell of nothing that came after the last success in them.
      'schedule/2026-03-02 unverified not-logged 3 [03-02 00:00:00 – 03-05 00:00:00]',
    ])
    // That of the 2nd failed in part; it was due until 02:00.
    expect(days('success, partial').findings.sort()).toEqual([
      'keep met kept 2',
      'schedule met kept 2',
      'schedule/2026-03-03 unverified not-logged 2 [03-03 00:00:00 – 03-05 00:00:00]',
    ])
  })

  it('AWS Backup: jobs of both versions of the CLI', () => {
    for (const file of ['list-backup-jobs.json', 'list-backup-jobs-v1.json']) {
      const { findings, tools } = audited(
        'of: RDS, schedule: { per: day }',
        [`aws-backup/${file}`],
        utc('2026-03-06T12:00:00Z', '2026-03-01..2026-03-05'),
      )
      expect(tools).toEqual(['aws-backup-jobs'])
      // None on the 2nd; failed, expired and aborted ones on the 3rd, 4th and 5th.
      expect(findings.sort()).toEqual([
        'schedule met kept 1',
        'schedule/2026-03-02 breached missed 4 [03-02 00:00:00 – 03-06 00:00:00]',
      ])
    }
  })

  it('AWS Backup: recovery points of a vault', () => {
    const listing = ['aws-backup/list-recovery-points-by-backup-vault.json', '2026-03-06T06:00:00Z'] as const
    const { findings, tools } = audited(
      'keep: { for: 4 days }, max-age: 35 days, residency: [FR]',
      [listing],
      utc('2026-03-06T06:00:00Z', '2026-03-01..2026-03-31'),
    )
    expect(tools).toEqual(['aws-recovery-points'])
    expect(findings.sort()).toEqual([
      'keep met kept 1',
      'keep/2026-03-06 pending owed 1',
      // Expired and deleting, and still there.
      'max-age/2026-01-28 breached overkept 2 [03-04 03:00:00 – 03-06 06:00:00]',
      'max-age/2026-03-01 pending young 3',
      'residency met kept 5',
    ])
  })

  it('AWS Backup: restore jobs', () => {
    const { findings, tools } = audited('of: restore, every: 1 week', ['aws-backup/list-restore-jobs.json'], {
      ...utc('2026-04-12T12:00:00Z', '2026-03-09..2026-04-30'),
      kind: 'control',
    })
    expect(tools).toEqual(['aws-restore-jobs'])
    // Passed on the 8th; what one of the 10th was for isn't known, nor whether that of the 29th passed: two weeks at most
    // are in doubt, what lies between them and after is not. The 15th and the 22nd failed.
    expect(findings.sort()).toEqual([
      '2026-W12 breached gap [03-17 11:02:00 – 03-29 06:41:00]',
      '2026-W14 breached overdue [04-05 06:41:00 – 04-12 12:00:00]',
    ])
  })

  it('RDS: snapshots, and the last time that could be restored', () => {
    for (const file of ['describe-db-snapshots.json', 'describe-db-snapshots-v1.json']) {
      const { findings, tools } = audited(
        'schedule: { per: day }, keep: { for: 7 days }',
        [[`rds/${file}`, '2026-03-03T06:00:00Z']],
        utc('2026-03-03T06:00:00Z', '2026-02-25..2026-03-02'),
      )
      expect(tools).toEqual(['rds'])
      expect(findings.sort()).toEqual([
        'keep/2026-03-01 pending owed 2',
        'schedule met kept 2',
        // One that is being made doesn't tell since when.
        'schedule/2026-02-25 unverified stamp-missing 4 [02-25 00:00:00 – 03-01 00:00:00]',
      ])
    }
    const instance = ['rds/describe-db-instances.json', '2026-03-03T03:05:00Z'] as const
    const lag = (amount: string) =>
      audited(`rpo: { at-most: ${amount}, measure: samples }`, [instance], {
        ...utc('2026-03-03T06:00:00Z', '2026-03-03'),
        kind: 'recovery',
      }).findings.filter(text => text.includes('breached'))
    // Back to 03:01:17 at 03:05: 3:43.
    expect(lag('4min')).toEqual([])
    expect(lag('3min')).toEqual([
      expect.stringMatching(/^rpo\/2026-03-03 breached \S+ \[03-03 03:04:17 – 03-03 03:05:00\]$/),
    ])
  })

  it('Azure Backup: jobs, and recovery points', () => {
    const days = (accept: string, ...more: readonly string[]) =>
      audited(
        `of: shop-vm, accept: [${accept}], where: { job_operation: Backup }, schedule: { per: day }`,
        ['azure-backup/job-list.json'],
        { ...utc('2026-03-06T12:00:00Z', '2026-03-02..2026-03-05'), more },
      )
    const whole = ['--assume-complete', 'backup']
    expect(days('success').tools).toEqual(['azure-backup-jobs'])
    // Cancelled on the 2nd, warnings on the 3rd, failed on the 4th; of before 02:00 on the 2nd the list tells nothing.
    expect(days('success').findings.sort()).toEqual([
      'schedule met kept 1',
      'schedule/2026-03-02 unverified not-logged 1 [03-02 00:00:00 – 03-03 00:00:00]',
      'schedule/2026-03-03 breached missed 2 [03-03 00:00:00 – 03-05 00:00:00]',
    ])
    expect(days('success', ...whole).findings.sort()).toEqual([
      'schedule met kept 1',
      'schedule/2026-03-02 breached missed 3 [03-02 00:00:00 – 03-05 00:00:00]',
    ])
    expect(days('success, warning', ...whole).findings.sort()).toEqual([
      'schedule met kept 2',
      'schedule/2026-03-02 breached missed 1 [03-02 00:00:00 – 03-03 00:00:00]',
      'schedule/2026-03-04 breached missed 1 [03-04 00:00:00 – 03-05 00:00:00]',
    ])
    const points = ['azure-backup/recoverypoint-list.json', '2026-03-08T06:00:00Z'] as const
    const { findings, tools } = audited(
      'keep: { for: 4 days }',
      [points],
      utc('2026-03-08T06:00:00Z', '2026-03-01..2026-03-31'),
    )
    expect(tools).toEqual(['azure-recovery-points'])
    // Those of 28 February and 3 March.
    expect(findings.sort()).toEqual(['keep met kept 2', 'keep/2026-03-05 pending owed 1'])
  })
})

function utc(asOf: string, period: string): Options {
  return { asOf, period, zone: 'UTC' }
}
