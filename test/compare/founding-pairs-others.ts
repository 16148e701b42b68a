import {
  aimOnly,
  all,
  C_BACKUP,
  type ExpectedPair,
  incomparable,
  NAMES,
  NEW,
  NO_WORK,
  NONE,
  R_CONTROL,
  R_MAINTENANCE,
  R_RECOVERY,
  R_SUPPORT,
  rest,
  S_SUPPORT,
  stronger,
  T_BACKUP,
  T_CONTROL,
  T_SUPPORT,
  weaker,
  weakerAim,
} from './founding-promises.ts'

/** The four others among themselves, row by row, by hand. */
export const otherPairs: readonly ExpectedPair[] = [
  {
    base: 'robaws',
    other: 'stafiz',
    rows: {
      availability: incomparable(
        'One outage of 2 h: over 0.745 h of the month, within 17.52 h of the year. Without exclusions Robaws would hold ' +
          '(8.76 h a year at most), but announced work from Saturday 00:00 to 18:00 is left out and 18 h > 17.52 h.',
      ),
      ...all('missing', R_MAINTENANCE, NO_WORK),
      'backup/database/residency': stronger('France is in Europe; one in Germany breaches Stafiz alone'),
      ...rest('missing', ['backup/all/residency']),
      ...all('missing', ['backup/all/max-age', 'backup/all/copies'], NONE),
      ...all('added', ['backup/database/schedule', 'backup/database/keep'], NEW),
      ...all('missing', [...R_RECOVERY, ...R_CONTROL], NONE),
      ...all('missing', R_SUPPORT, NAMES),
      ...all('added', S_SUPPORT, NAMES),
    },
  },
  {
    base: 'robaws',
    other: 'timetonic',
    rows: {
      availability: incomparable(
        'A night of 10 h is outside support hours. Without exclusions Robaws would hold (44.7 min a month at most, ' +
          'TimeTonic allows 54 and more), but announced work from 17:00 to 18:30 is left out by Robaws and counts 90 min.',
      ),
      ...all('missing', R_MAINTENANCE, NO_WORK),
      'backup/database/copies': incomparable(
        'A copy at another location of the same provider is none for Robaws. One made after 40 days of a backup that is ' +
          'kept for 70 is in time for Robaws, which gives no time to copy and none to keep; TimeTonic keeps for 30 days ' +
          'and has a copy by then.',
      ),
      'backup/files/copies': incomparable('as for the database'),
      ...rest('missing', ['backup/all/copies']),
      ...all('missing', ['backup/all/max-age', 'backup/all/residency'], NONE),
      ...all(
        'added',
        ['database', 'files'].flatMap(name => ['schedule', 'keep', 'tiers'].map(of => `backup/${name}/${of}`)),
        NEW,
      ),
      'recovery/rpo': { relation: 'missing', reason: NONE },
      'recovery/rto': incomparable(
        '7 h after failure and request: over 6 h, within 8 h. A restore asked for where nothing failed, done in 10 h: ' +
          'nothing to judge from a failure, over 8 h from the request.',
      ),
      'control/restore': incomparable(
        'Each week is not each day. Each day a part is restored: none is a complete restore (scope full).',
      ),
      ...all('missing', ['control/penetration-test', 'control/iso-27001'], NONE),
      ...all(
        'added',
        T_CONTROL.filter(key => key !== 'control/restore'),
        NEW,
      ),
      ...all('missing', R_SUPPORT, NAMES),
      ...all('added', T_SUPPORT, NAMES),
    },
  },
  {
    base: 'robaws',
    other: 'communet',
    rows: {
      availability: incomparable('10 h caused by a customer are left out by Commu’net; one minute misses its 100 %'),
      ...all('missing', R_MAINTENANCE, NO_WORK),
      'backup/database/copies': incomparable(
        'Another provider in both. One of level 1 without a copy is no breach of Commu’net. One of level 2 copied after ' +
          '40 days and kept for 70 is in time for Robaws; Commu’net keeps for 4 weeks and has a copy by then.',
      ),
      'backup/files/copies': incomparable('as for the database, with 2 months: copied after 75 days, kept for 100'),
      ...rest('missing', ['backup/all/copies']),
      'backup/all/residency': aimOnly(
        'France is stricter than Europe (one in Germany breaches Commu’net alone), but it is an aim, not a guarantee',
      ),
      'backup/all/max-age': { relation: 'missing', reason: NONE },
      ...all(
        'added',
        C_BACKUP.filter(key => !/copies|residency/.test(key)),
        NEW,
      ),
      ...all('missing', [...R_RECOVERY, ...R_CONTROL], NONE),
      ...all('missing', R_SUPPORT, 'Commu’net promises no support'),
    },
  },
  {
    base: 'stafiz',
    other: 'timetonic',
    rows: {
      availability: incomparable(
        'Two nights of 10 h are 20 h of the year and no support hour. 5 h on a Tuesday are over 0.5 % of the support ' +
          'hours of the month and within 17.52 h.',
      ),
      'backup/database/schedule': stronger(
        'A full one from 04:00 to 05:00 on each date is one on each date; the clock never skips 04:00. One at noon ' +
          'breaches TimeTonic alone.',
      ),
      'backup/database/keep': weaker(
        '30 days in both, but TimeTonic keeps full ones only: an incremental one deleted after 3 days breaches Stafiz alone',
      ),
      'backup/database/residency': { relation: 'missing', reason: NONE },
      ...all(
        'added',
        T_BACKUP.filter(key => !/database\/(schedule|keep)/.test(key)),
        NEW,
      ),
      ...all('missing', S_SUPPORT, NAMES),
      ...all('added', T_SUPPORT, NAMES),
      ...all('added', ['recovery/rto', ...T_CONTROL], NEW),
    },
  },
  {
    base: 'stafiz',
    other: 'communet',
    rows: {
      availability: incomparable('20 h caused by a customer are left out by Commu’net; one minute misses its 100 %'),
      'backup/database/schedule': aimOnly(
        'One of level 1 on each date is one on each date, so its terms are the stricter ones (each day of level 2 alone ' +
          'breaches Commu’net alone); but it is an aim, not a guarantee',
      ),
      'backup/database/schedule#2': incomparable(
        'each week is not each day; each day of level 1 leaves level 2 without',
      ),
      'backup/database/keep': weaker('30 days in both, but of level 1 only (and an aim): level 2 deleted early'),
      'backup/database/keep#2': weaker('4 weeks are 28 days of level 2 only (and an aim)'),
      'backup/database/residency': weakerAim('France in both, but an aim, not a guarantee'),
      ...rest('added', ['backup/all/residency']),
      ...all(
        'added',
        C_BACKUP.filter(key => /files|copies/.test(key)),
        NEW,
      ),
      ...all('missing', S_SUPPORT, 'Commu’net promises no support'),
    },
  },
  {
    base: 'timetonic',
    other: 'communet',
    rows: {
      availability: incomparable(
        '5 h caused by a customer on a Tuesday are left out; one minute at night misses 100 %',
      ),
      'backup/database/schedule': incomparable(
        'One at noon is one on the date, not at 04:00. A full one of another level at 04:00 leaves level 1 without.',
      ),
      'backup/database/schedule#2': incomparable('each week of level 2 against each 04:00'),
      'backup/database/keep': incomparable(
        'Full ones of any level against any kind of level 1: a full one of level 2 and an incremental one of level 1, ' +
          'deleted early, breach one each',
      ),
      'backup/database/keep#2': incomparable('4 weeks of any kind of level 2: as for level 1'),
      'backup/files/schedule': incomparable('each month of level 2 against each 04:00'),
      'backup/files/keep': incomparable('2 months of level 2 against 30 days of full ones'),
      ...all('missing', ['backup/database/tiers', 'backup/files/tiers'], NONE),
      'backup/database/copies': incomparable(
        'Full ones of level 1 without a copy are no breach of Commu’net; a copy at another location of the same ' +
          'provider is none for it',
      ),
      'backup/files/copies': incomparable('as for the database'),
      ...all('added', ['backup/files/recovery-points', 'backup/all/residency'], NEW),
      ...all('missing', T_SUPPORT, 'Commu’net promises no support'),
      ...all('missing', ['recovery/rto', ...T_CONTROL], NONE),
    },
  },
]
