import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../src/model/finding.ts'
import { wallInstant } from './examples-tickets.ts'
import { root } from './support/cli.ts'

/**
 * What a finding on backups, restores or controls must show, worked out by hand from what is listed with the example
 * evidence. Times are on the wall in Paris (or Brussels, which has the same), or read from a row where how long a run
 * took was drawn; amounts are `hours:minutes`, or a count.
 */
export interface BackupFigures {
  readonly verdict: string
  readonly reason: string
  /** How many backups, days or stretches it stands for. */
  readonly items?: number
  readonly observed?: string | number
  readonly due?: Time
  readonly breached?: Stretches
  readonly undecided?: Stretches
  readonly atRisk?: true
}

/** On the wall, or epoch ms. */
type Time = string | number
type Stretches = readonly (readonly [from: Time, to: Time])[]
type More = Omit<BackupFigures, 'verdict' | 'reason'>

const met = (more: More = {}, reason = 'kept'): BackupFigures => ({ verdict: 'met', reason, ...more })
const breached = (reason: string, more: More): BackupFigures => ({ verdict: 'breached', reason, ...more })
const unverified = (reason: string, more: More): BackupFigures => ({ verdict: 'unverified', reason, ...more })
const pending = (reason: string, more: More): BackupFigures => ({ verdict: 'pending', reason, ...more })

/** What is looked at of a finding, and what it must be. */
export function backupPair(finding: Finding | undefined, expected: BackupFigures) {
  const { verdict, reason, items, observed, due } = expected
  const got: Record<string, unknown> = {
    status: finding?.status,
    reason: finding?.reason,
    breached: finding?.breached ?? [],
    undecided: finding?.status === 'unverified' ? finding.undecided : [],
    atRisk: finding?.atRisk === true,
  }
  const wanted: Record<string, unknown> = {
    status: verdict,
    reason,
    breached: (expected.breached ?? []).map(stretch),
    undecided: (expected.undecided ?? []).map(stretch),
    atRisk: expected.atRisk === true,
  }
  if (items !== undefined) {
    got.items = finding?.details?.items
    wanted.items = items
  }
  if (observed !== undefined) {
    got.observed = finding?.observed
    wanted.observed =
      typeof observed === 'number' ? { unit: 'count', value: observed } : { unit: 'ms', value: length(observed) }
  }
  if (due !== undefined) {
    got.due = finding?.due
    wanted.due = instant(due)
  }
  return { got, wanted }
}

function stretch([from, to]: readonly [Time, Time]) {
  return { start: instant(from), end: instant(to) }
}

function instant(time: Time): number {
  return typeof time === 'number' ? time : wallInstant(time)
}

/** `26:50` → milliseconds. */
function length(text: string): number {
  const [hours = '', minutes = ''] = text.split(':')
  return (Number(hours) * 60 + Number(minutes)) * MINUTE
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** When a run, a transfer or a restore ended, by the row that begins with its id; epoch ms. */
function ended(table: string, id: string): number {
  const [header = '', ...rows] = readFileSync(join(root, 'examples/evidence', `${table}.csv`), 'utf8').split('\n')
  const cells = rows.find(row => row.startsWith(`${id},`))?.split(',')
  return Date.parse(cells?.[header.split(',').indexOf('completed_at')] ?? '')
}

/** 17 January to 28 February, each kept until 1 February or later. */
export const platformNightlyFebruary = {
  'nightly/schedule': met({ items: 1, observed: '24:00' }),
  'nightly/keep': met({ items: 15 + 28 }),
}

/** 25 hours from the 10th at 23:00 on. */
const missedNight = breached('gap', {
  items: 1,
  observed: '48:00',
  breached: [['2026-03-12 00:00', '2026-03-12 23:00']],
})

export const platformNightlyMarch = {
  'nightly/schedule': met({ items: 2, observed: '24:00' }),
  'nightly/schedule/2026-03-12': missedNight,
  // 14 February to 31 March, but for one.
  'nightly/keep': met({ items: 15 + 31 - 1 }),
}

/** 16 April to 31 May. */
export const platformNightlyMay = {
  'nightly/schedule': met({ items: 1, observed: '24:00' }),
  'nightly/keep': met({ items: 15 + 31 }),
}

export const platformNightly = {
  // Before the gap, between it and what isn't known, and after that. 50 minutes of the hour are used in April.
  'nightly/schedule': met({ items: 3, observed: '24:50' }),
  'nightly/schedule/2026-03-12': missedNight,
  'nightly/schedule/2026-07-21': unverified('not-logged', {
    items: 1,
    undecided: [['2026-07-21 00:00', '2026-07-23 23:00']],
  }),
  'nightly/schedule/2026-09-16': pending('due', { items: 1, observed: '13:00', due: '2026-09-16 00:00' }),
  // 17 December to 30 August, but for one that failed, three of which nobody knows, three that went early and two that
  // perhaps did. The one that started late was deleted 8 minutes after its 15 days: 360:08.
  'nightly/keep': met({ items: 15 + 212 + 30 - 1 - 3 - 3 - 2, observed: '360:08' }),
  // From when they were deleted to an hour before 15 days after the last of them, which was 5 days 9 h old.
  'nightly/keep/2026-06-02': breached('purged', {
    items: 3,
    observed: '129:00',
    breached: [['2026-06-10 08:00', '2026-06-19 22:00']],
  }),
  'nightly/keep/2026-08-01': unverified('deletions-unknown', {
    items: 2,
    undecided: [[ended('platform-slo/backups', 'full-2026-08-01'), '2026-08-17 22:00']],
  }),
  // 31 August to 14 September.
  'nightly/keep/2026-08-31': pending('owed', { items: 15, due: '2026-09-15 22:00' }),
}

/** When the restore test of a date ended. */
const tested = (date: string) => ended('robaws/restores', `T-${date}`)
/** How long after the test of one date that of another ended, `hours:minutes`. */
function between(from: string, to: string): string {
  const minutes = (tested(to) - tested(from)) / MINUTE
  return `${Math.floor(minutes / 60)}:${minutes % 60}`
}

export const robawsRecovery = {
  // Those there in January or later, 5 October to 14 March, but for two: 27 + 30 + 31 + 31 + 28 + 14. Least was left of
  // three months of 89 days, of which the copy took 88 days and 1:30, an hour less for summer time.
  'backups/max-age': met({ items: 161 - 2, observed: `${88 * 24}:30` }),
  'backups/max-age/2026-01-05': breached('overkept', {
    items: 1,
    // 105 days and an hour, one hour less for summer time.
    observed: `${105 * 24}:00`,
    due: '2026-04-05 01:00',
    breached: [['2026-04-05 01:00', '2026-04-20 02:00']],
  }),
  'backups/max-age/2026-02-10': unverified('deletions-unknown', {
    items: 1,
    undecided: [['2026-05-10 01:00', '2026-06-10 09:00']],
  }),
  // 15 March to 10 June; the first of them has had 87 of 92 days.
  'backups/max-age/2026-03-15': pending('young', { items: 17 + 30 + 31 + 10, due: '2026-06-15 01:00' }),
  // 1 January to 9 June, but for two.
  'backups/copies': met({ items: 160 - 2 }),
  'backups/copies/2026-01-20': breached('not-copied', {
    items: 1,
    due: '2026-04-18 02:00',
    breached: [['2026-04-18 02:00', '2026-06-10 09:00']],
  }),
  'backups/copies/2026-02-24': unverified('place-unknown', {
    items: 1,
    undecided: [['2026-05-23 02:30', '2026-06-10 09:00']],
  }),
  'backups/copies/2026-06-10': pending('due', { items: 1 }),
  'backups/residency': met({ items: 161 + 88 - 2 }),
  'backups/residency/2026-03-18': breached('abroad', {
    items: 1,
    breached: [[ended('robaws/copies', 'app-2026-03-18'), '2026-06-10 09:00']],
  }),
  'backups/residency/2026-04-09': unverified('country-unknown', {
    items: 1,
    undecided: [[ended('robaws/copies', 'app-2026-04-09'), '2026-06-10 09:00']],
  }),
  // A day and two hours after the last one that counts, to the next one that does.
  'restore-test/2026-03-08': breached('gap', {
    observed: between('2026-03-07', '2026-03-13'),
    breached: [[tested('2026-03-07') + 26 * HOUR, tested('2026-03-13')]],
  }),
  'restore-test/2026-04-21': breached('gap', {
    observed: between('2026-04-20', '2026-04-22'),
    breached: [[tested('2026-04-20') + 26 * HOUR, tested('2026-04-22')]],
  }),
  'restore-test/2026-05-02': unverified('column-missing', {
    undecided: [[tested('2026-05-01') + 26 * HOUR, tested('2026-05-03')]],
  }),
  'restore-test/2026-06-11': pending('running', { due: tested('2026-06-10') + 26 * HOUR }),
  'disaster/rto/D-1': met({ observed: '0:45' }, 'restored'),
  'disaster/rpo/D-1': met({ observed: '0:02' }, 'recovered'),
  'disaster/rto/D-2': breached('late', {
    observed: '7:30',
    due: '2026-03-11 10:00',
    breached: [['2026-03-11 10:00', '2026-03-11 11:30']],
  }),
  // What was lost for good.
  'disaster/rpo/D-2': breached('lost', { observed: '0:07', breached: [['2026-03-11 03:53', '2026-03-11 04:00']] }),
  'disaster/rto/D-3': met({ observed: '3:40' }, 'restored'),
  'disaster/rpo/D-3': unverified('column-missing', { undecided: [['2026-03-12 20:00', '2026-03-12 23:40']] }),
  'penetration-test/2026': met({ observed: 1 }),
  // Valid until the end of the 17th; twelve days and ten hours.
  'iso-27001/2026-04-18': breached('gap', {
    observed: `${12 * 24 + 10}:00`,
    breached: [['2026-04-18 00:00', '2026-04-30 10:00']],
  }),
  'iso-27001/2029-04-30': pending('running', { due: '2029-04-30 00:00' }),
}

export const stafizCopies = {
  // 365 + 366 days, and 273 until September 2025.
  'database-copies/schedule/2023-01-01': unverified('not-logged', {
    items: 365 + 366 + 273,
    undecided: [['2023-01-01 00:00', '2025-10-01 00:00']],
  }),
  // October to 14 September, but for five.
  'database-copies/schedule': met({ items: 92 + 243 + 14 - 5 }),
  'database-copies/schedule/2025-12-24': breached('missed', {
    items: 3,
    observed: 0,
    breached: [['2025-12-24 00:00', '2025-12-27 00:00']],
  }),
  'database-copies/schedule/2026-01-18': breached('missed', {
    items: 1,
    observed: 0,
    breached: [['2026-01-18 00:00', '2026-01-19 00:00']],
  }),
  'database-copies/schedule/2026-04-05': breached('missed', {
    items: 1,
    observed: 0,
    breached: [['2026-04-05 00:00', '2026-04-06 00:00']],
  }),
  // October to 15 July: 92 + 196 days, but for four that weren't made and five that went early.
  'database-copies/keep': met({ items: 92 + 196 - 4 - 5 }),
  'database-copies/keep/2026-02-01': breached('purged', {
    items: 5,
    observed: `${15 * 24 + 7}:00`,
    breached: [['2026-02-20 10:00', '2026-03-07 02:00']],
  }),
  // 16 July to 16 August.
  'database-copies/keep/2026-07-16': unverified('deletions-unknown', {
    items: 32,
    undecided: [['2026-08-15 00:00', '2026-09-15 02:00']],
  }),
  // 17 August to 15 September.
  'database-copies/keep/2026-08-17': pending('owed', { items: 30, due: '2026-09-16 02:00' }),
  'database-copies/residency': met({ items: 92 + 243 + 15 - 4 - 3 }),
  'database-copies/residency/2026-05-12': breached('abroad', {
    items: 1,
    breached: [['2026-05-12 09:00', '2026-05-13 18:00']],
  }),
  // Until both were deleted.
  'database-copies/residency/2026-06-20': unverified('country-unknown', {
    items: 2,
    undecided: [[ended('stafiz/backups', 'db-2026-06-20'), '2026-07-21 04:00']],
  }),
}

/** From when a backup of the night would be late to the next night. */
const untoldNights: Stretches = [
  ['2026-06-24 05:00', '2026-06-25 04:00'],
  ['2026-06-25 05:00', '2026-06-26 04:00'],
]

/** What is due next in July. */
const timetonicNext = {
  'restore-time/rto/Q-4': pending('open', { observed: '1:30', due: '2026-07-08 18:30' }),
  'restore-test/2026-W29': pending('running', { observed: `${2 * 24 + 22}:00`, due: '2026-07-13 14:00' }),
  'integrity-check/2026-07-09': pending('running', { observed: '6:00', due: '2026-07-09 07:00' }),
}

export const timetonicJuly = {
  ...timetonicNext,
  'restore-test': met({ observed: '168:00' }),
  'integrity-check': met({ observed: '24:00' }),
}

export const timetonicBackups = {
  ...timetonicNext,
  // 1 April to 8 July, but for one and two.
  'daily/schedule/database': met({ items: 99 - 3, observed: '0:00' }),
  'daily/schedule/database/2026-05-12': breached('missed', {
    items: 1,
    breached: [['2026-05-12 05:00', '2026-05-13 04:00']],
  }),
  'daily/schedule/database/2026-06-24': unverified('not-logged', { items: 2, undecided: untoldNights }),
  'daily/schedule/database/2026-07-09': pending('running', { items: 1, due: '2026-07-09 05:00' }),
  // 2 March, kept until 1 April at 03:00 at least, to 8 June: 99, but for one that failed and one that perhaps went.
  'daily/keep/database': met({ items: 99 - 2 }),
  'daily/keep/database/2026-06-02': unverified('deletions-unknown', {
    items: 1,
    undecided: [[ended('timetonic/backups', 'database-2026-06-02'), '2026-07-02 03:00']],
  }),
  // 9 June to 8 July, but for two.
  'daily/keep/database/2026-06-09': pending('owed', { items: 30 - 2, due: '2026-07-09 03:00' }),
  // April, May and June of the year before.
  'daily/tier-month/database': met({ items: 3 }),
  'daily/tier-month/database/2025-07': unverified('deletions-unknown', {
    items: 1,
    undecided: [[ended('timetonic/backups', 'database-2025-07-01'), '2026-07-01 03:00']],
  }),
  // August to June, and the month that runs.
  'daily/tier-month/database/2025-08': pending('owed', { items: 11, due: '2026-08-01 03:00' }),
  'daily/tier-month/database/2026-07': pending('running', { items: 1 }),
  // 1 April to 7 July: 98, but for two that nobody knows, one that failed and one never copied.
  'daily/copies/database': met({ items: 98 - 2 - 1 - 1 }),
  'daily/copies/database/2026-04-20': breached('not-copied', {
    items: 1,
    due: '2026-05-20 04:00',
    // The last instant for it is that until which the backup is kept: nothing is owed beyond.
    breached: [['2026-05-20 04:00', wallInstant('2026-05-20 04:00') + 1]],
  }),
  'daily/copies/database/2026-07-08': pending('due', { items: 1, due: '2026-08-07 04:00' }),
  'daily/schedule/files': met({ items: 99 - 3, observed: '0:15' }),
  'daily/schedule/files/2026-06-03': breached('late', {
    items: 1,
    observed: '1:30',
    breached: [['2026-06-03 05:00', '2026-06-03 05:30']],
  }),
  'daily/schedule/files/2026-06-24': unverified('not-logged', { items: 2, undecided: untoldNights }),
  'daily/schedule/files/2026-07-09': pending('running', { items: 1, due: '2026-07-09 05:00' }),
  'daily/keep/files': met({ items: 99 - 2 }),
  // The second was 14 days and 4:45 old.
  'daily/keep/files/2026-05-20': breached('purged', {
    items: 2,
    observed: `${14 * 24 + 4}:45`,
    breached: [['2026-06-04 09:00', '2026-06-20 03:15']],
  }),
  'daily/keep/files/2026-06-09': pending('owed', { items: 30 - 2, due: '2026-07-09 03:15' }),
  'daily/tier-month/files': met({ items: 4 }),
  // 276 days and 1:45 old.
  'daily/tier-month/files/2025-08': breached('purged', {
    items: 1,
    observed: `${276 * 24 + 1}:45`,
    breached: [['2026-05-04 06:00', '2026-07-08 12:00']],
  }),
  'daily/tier-month/files/2025-09': pending('owed', { items: 10, due: '2026-09-01 03:15' }),
  'daily/tier-month/files/2026-07': pending('running', { items: 1 }),
  'daily/copies/files': met({ items: 98 - 2 - 1 }),
  'daily/copies/files/2026-04-28': unverified('place-unknown', {
    items: 1,
    undecided: [['2026-05-28 04:15', wallInstant('2026-05-28 04:15') + 1]],
  }),
  'daily/copies/files/2026-07-08': pending('due', { items: 1, due: '2026-08-07 04:15' }),
  'restore-time/rto/Q-1': met({ observed: '3:40' }, 'restored'),
  'restore-time/rto/Q-2': breached('late', {
    observed: '9:15',
    due: '2026-05-26 16:00',
    breached: [['2026-05-26 16:00', '2026-05-26 17:15']],
  }),
  'restore-time/rto/Q-3': unverified('column-missing', { undecided: [['2026-06-16 10:00', '2026-06-16 12:00']] }),
  // Eight days after the 3rd.
  'restore-test/2026-W20': breached('gap', {
    observed: '336:00',
    breached: [['2026-05-11 14:00', '2026-05-17 14:00']],
  }),
  'restore-test/2026-W24': unverified('column-missing', { undecided: [['2026-06-08 14:00', '2026-06-14 14:00']] }),
  'install-procedure/2026': pending('running', { observed: 2 }),
  'integrity-check/2026-05-23': breached('gap', {
    observed: '72:00',
    breached: [['2026-05-23 07:00', '2026-05-25 06:00']],
  }),
  'integrity-check/2026-06-20': unverified('column-missing', { undecided: [['2026-06-20 07:00', '2026-06-21 06:00']] }),
  // 352 of 365 days.
  'password-change/accounting': met({ observed: `${352 * 24}:00`, atRisk: true }),
  'password-change/accounting/2027': pending('running', { due: '2027-05-20 09:00' }),
  // 310 days and three hours so far.
  'password-change/sales': met({ observed: `${310 * 24 + 3}:00` }),
  'password-change/sales/2026': pending('running', { observed: `${310 * 24 + 3}:00`, due: '2026-09-01 09:00' }),
  'password-change/support/2026': breached('gap', {
    observed: `${(365 + 24) * 24}:00`,
    breached: [['2026-04-10 09:00', '2026-05-04 09:00']],
  }),
  'password-change/support/2027': pending('running', { due: '2027-05-04 09:00' }),
  'admin-credentials/2026': met({ observed: 2 }),
}

export const communetBackups = {
  // 1 January to 19 June, but for one.
  'level-1-database/schedule': met({ items: 170 - 1 }),
  'level-1-database/schedule/2026-02-14': breached('missed', {
    items: 1,
    observed: 0,
    breached: [['2026-02-14 00:00', '2026-02-15 00:00']],
  }),
  // 3 December, kept until 2 January at 00:00, to 21 May, kept until 20 June at 00:00: 170, but for two.
  'level-1-database/keep': met({ items: 170 - 2 }),
  'level-1-database/keep/2026-05-05': unverified('deletions-unknown', {
    items: 1,
    undecided: [[ended('communet/backups', 'database-1-2026-05-05'), '2026-06-04 00:00']],
  }),
  'level-1-database/keep/2026-05-22': pending('owed', { items: 30, due: '2026-06-21 00:00' }),
  // 18 December, 14 days old on 1 January, to 5 June, 14 days old on the 19th: 170, but for four.
  'level-1-files/points': met({ items: 170 - 4, observed: 5 }),
  // One, two, three, seven and fourteen days later.
  'level-1-files/points/2026-03-03': breached('missing', {
    items: 1,
    observed: 0,
    breached: [
      ['2026-03-04 00:00', '2026-03-07 00:00'],
      ['2026-03-10 00:00', '2026-03-11 00:00'],
      ['2026-03-17 00:00', '2026-03-18 00:00'],
    ],
  }),
  'level-1-files/points/2026-04-10': breached('purged', {
    items: 2,
    observed: 3,
    breached: [
      ['2026-04-17 00:00', '2026-04-19 00:00'],
      ['2026-04-24 00:00', '2026-04-26 00:00'],
    ],
  }),
  'level-1-files/points/2026-05-18': unverified('deletions-unknown', {
    items: 1,
    undecided: [
      ['2026-05-19 00:00', '2026-05-22 00:00'],
      ['2026-05-25 00:00', '2026-05-26 00:00'],
      ['2026-06-01 00:00', '2026-06-02 00:00'],
    ],
  }),
  // 6 to 19 June.
  'level-1-files/points/2026-06-06': pending('owed', { items: 14 }),
  // Weeks 1 to 24, but for one.
  'level-2-database/schedule': met({ items: 24 - 1 }),
  'level-2-database/schedule/2026-W12': breached('missed', {
    items: 1,
    observed: 0,
    breached: [['2026-03-16 00:00', '2026-03-23 00:00']],
  }),
  'level-2-database/schedule/2026-W25': pending('running', { items: 1, due: '2026-06-22 00:00' }),
  // Sundays, 7 December to 17 May: 24, but for three.
  'level-2-database/keep': met({ items: 24 - 3 }),
  'level-2-database/keep/2026-02-01': unverified('deletions-unknown', {
    items: 1,
    undecided: [[ended('communet/backups', 'database-2-2026-02-01'), '2026-03-01 21:00']],
  }),
  'level-2-database/keep/2026-04-12': breached('purged', {
    items: 1,
    observed: `${21 * 24 + 11}:00`,
    breached: [['2026-05-04 09:00', '2026-05-10 21:00']],
  }),
  'level-2-database/keep/2026-05-24': pending('owed', { items: 4, due: '2026-06-21 21:00' }),
  // Sundays, 4 January to 14 June.
  'level-2-database/copies': met({ items: 24 - 1 }),
  // January to May.
  'level-2-files/schedule': met({ items: 5 }),
  // Those of November to April.
  'level-2-files/keep': met({ items: 6 }),
  'level-2-files/keep/2026-05-02': pending('owed', { items: 2, due: '2026-07-02 21:00' }),
  'level-2-files/copies': met({ items: 6 - 1 }),
  'level-2-files/copies/2026-03-02': breached('not-copied', {
    items: 1,
    due: '2026-05-02 22:00',
    breached: [['2026-05-02 22:00', wallInstant('2026-05-02 22:00') + 1]],
  }),
  // Those there in January or later: level 1, database, 2 December to 20 June but for one; files, 17 December to 20 June
  // but for one; level 2, Sundays, 7 December to 14 June but for one; files of November to June. Two are not in France
  // for certain.
  'in-france/residency': met({ items: 200 + 185 + 27 + 8 - 2 }),
  // 29 days, the transfer excepted.
  'in-france/residency/2026-05-17': breached('abroad', {
    items: 1,
    breached: [[ended('communet/copies', 'database-2-2026-05-17'), '2026-06-15 22:00']],
  }),
  'in-france/residency/2026-06-07': unverified('country-unknown', {
    items: 1,
    undecided: [[ended('communet/copies', 'database-2-2026-06-07'), '2026-06-20 12:00']],
  }),
}
