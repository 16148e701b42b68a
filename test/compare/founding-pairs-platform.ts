import {
  all,
  type ExpectedPair,
  incomparable,
  NAMES,
  NEW,
  NO_FIXES,
  NO_WORK,
  NONE,
  P_BACKUP,
  P_FIXES,
  P_MAINTENANCE,
  P_SUPPORT,
  R_BACKUP,
  R_CONTROL,
  R_RECOVERY,
  R_SUPPORT,
  rest,
  S_SUPPORT,
  stronger,
  T_CONTROL,
  T_SUPPORT,
} from './founding-promises.ts'

/** The platform held against the other four, row by row, by hand. */
export const platformPairs: readonly ExpectedPair[] = [
  {
    base: 'platform-slo',
    other: 'robaws',
    rows: {
      availability: incomparable(
        'Unexcluded downtime: 0.1 % is less than 0.5 %, so an hour one day is a breach of Robaws alone. Excluded: work ' +
          'on a weekday from 17:00 to 21:00, told 30 h ahead, is outside Robaws’s hours (to 17:00) and excluded there, ' +
          'but reaches into the platform’s (to 18:00) without 48 h: 4 h > 3.6 h count. So is work on 21 July, a holiday ' +
          'in Belgium alone.',
      ),
      'maintenance/notice': incomparable(
        'One hour of work on a weekday at ten, told 30 h ahead: 24 h kept, 48 h not. Work at night, not told: the ' +
          'platform asks for no notice outside its hours, Robaws does.',
      ),
      ...all('missing', ['maintenance/inside', 'maintenance/overrun'], NONE),
      ...all('added', ['maintenance/outside', 'maintenance/longest', 'maintenance/at-most'], NEW),
      ...all('missing', P_BACKUP, 'Robaws says neither how often backups are made nor how long they are kept at least'),
      ...all('added', R_BACKUP, NEW),
      ...all('missing', P_SUPPORT, NAMES),
      ...all('added', R_SUPPORT, NAMES),
      ...all('missing', P_FIXES, NO_FIXES),
      ...all('added', [...R_RECOVERY, ...R_CONTROL], NEW),
    },
  },
  {
    base: 'platform-slo',
    other: 'stafiz',
    rows: {
      availability: incomparable(
        'One outage of 5 h: more than 3.6 to 3.725 h of a month, less than 17.52 h of the year. 3 h in each of six ' +
          'months: 18 h in the year, and every month keeps its 99.5 %; also 18 h of announced work.',
      ),
      ...all('missing', P_MAINTENANCE, NO_WORK),
      'backup/database/schedule': incomparable(
        'On each date: 00:30 and 23:30 the next day are 47 h apart, over 24 h + 1 h. Every 25 h: one at 23:30 and the ' +
          'next at 00:30 two dates later leave a date without one.',
      ),
      'backup/database/keep': stronger(
        '30 days of any backup of the database hold 15 days of full ones; one deleted after 20 days breaches Stafiz alone.',
      ),
      ...rest('missing', P_BACKUP),
      'backup/database/residency': { relation: 'added', reason: NEW },
      ...all('missing', P_SUPPORT, NAMES),
      ...all('added', S_SUPPORT, NAMES),
      ...all('missing', P_FIXES, NO_FIXES),
    },
  },
  {
    base: 'platform-slo',
    other: 'timetonic',
    rows: {
      availability: incomparable(
        'A night of 10 h is outside support hours. 2 h on a Tuesday morning: 0.5 % of the support hours of a month are ' +
          '54 to 62.1 min; the platform has 3.36 h or more.',
      ),
      ...all('missing', P_MAINTENANCE, NO_WORK),
      'backup/database/schedule': incomparable(
        'Every noon keeps 24 h and misses 04:00. The other way round 04:00–05:00 each day keeps 25 h on every day but ' +
          'one: Sat 24 Oct 04:00 (+02:00) to Sun 25 Oct 05:00 (+01:00) are 26 h.',
      ),
      'backup/files/schedule': incomparable('as for the database'),
      'backup/database/keep': stronger('full ones in both, 30 days hold 15'),
      'backup/files/keep': stronger('full ones in both, 30 days hold 15'),
      ...rest('missing', P_BACKUP),
      ...all(
        'added',
        ['backup/database/tiers', 'backup/files/tiers', 'backup/database/copies', 'backup/files/copies'],
        NEW,
      ),
      ...all('missing', P_SUPPORT, NAMES),
      ...all('added', T_SUPPORT, NAMES),
      ...all('missing', P_FIXES, NO_FIXES),
      ...all('added', ['recovery/rto', ...T_CONTROL], NEW),
    },
  },
  {
    base: 'platform-slo',
    other: 'communet',
    rows: {
      availability: incomparable(
        'An outage of 10 h that a customer caused is left out by Commu’net. One of a minute misses its 100 %. An aim ' +
          'only, besides.',
      ),
      ...all('missing', P_MAINTENANCE, NO_WORK),
      'backup/database/schedule': incomparable(
        'Level 1 on each date against every 24 h: 47 h apart on two dates; every 25 h skips a date. An aim only.',
      ),
      'backup/database/schedule#2': incomparable(
        'Level 2 each week: six days without one are too long for 24 h. Full ones each night of level 1 alone leave ' +
          'level 2 without. An aim only.',
      ),
      'backup/database/keep': incomparable(
        'Of level 1 alone: a full one of another level deleted after 5 days is none of its. One of level 1 deleted after ' +
          '20 days is too early for 30 alone. An aim only.',
      ),
      'backup/database/keep#2': incomparable('4 weeks of level 2 alone against 15 days of all: as for level 1'),
      'backup/files/schedule': incomparable('Level 2 each month against every 24 h: as each week'),
      'backup/files/keep': incomparable('2 months of level 2 alone against 15 days of all'),
      ...rest('missing', P_BACKUP),
      ...all(
        'added',
        ['backup/files/recovery-points', 'backup/database/copies', 'backup/files/copies', 'backup/all/residency'],
        NEW,
      ),
      ...all('missing', P_SUPPORT, 'Commu’net promises no support'),
      ...all('missing', P_FIXES, NO_FIXES),
    },
  },
]
