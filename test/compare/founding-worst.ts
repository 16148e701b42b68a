/**
 * The worst of 2026 by hand, in hours. `null`: no limit, or no number. `under`: a bound that is never quite reached, a
 * millisecond less in whole ones. Paris and Brussels: +01:00 until 29 March 02:00, +02:00 until 25 October 03:00. 8,760 h in the year.
 */
export interface ExpectedWorst {
  readonly contract: string
  readonly key: string
  readonly hours: number | null
  readonly under?: true
  readonly why: string
}

const worst = (contract: string, key: string, hours: number | null, why: string): ExpectedWorst => ({
  contract,
  key,
  hours,
  why,
})

const under = (contract: string, key: string, hours: number, why: string): ExpectedWorst => ({
  ...worst(contract, key, hours, why),
  under: true,
})

/*
 * Weekdays of the months of 2026 (1 January is a Thursday):
 *   Jan 22, Feb 20, Mar 22, Apr 22, May 21, Jun 22, Jul 23, Aug 21, Sep 22, Oct 22, Nov 21, Dec 23 = 261
 * Closed on weekdays in France: 1 Jan Thu, 6 Apr Mon, 1 May Fri, 8 May Fri, 14 May Thu, 25 May Mon, 14 Jul Tue,
 *   11 Nov Wed, 25 Dec Fri (15 Aug Sat, 1 Nov Sun); 1 Jan 2027 Fri.
 * In Belgium: 1 Jan Thu, 6 Apr Mon, 1 May Fri, 14 May Thu, 25 May Mon, 21 Jul Tue, 11 Nov Wed, 25 Dec Fri; 1 Jan 2027.
 */
export const expectedEnvelope: readonly ExpectedWorst[] = [
  // downtime
  worst('platform-slo', 'downtime/month', 3.725, 'October: 745 h × 0.5 % = 3 h 43 min 30 s'),
  worst('platform-slo', 'downtime/year', 43.8, '8,760 h × 0.5 %: every month its own'),
  worst(
    'platform-slo',
    'downtime/longest',
    7.44,
    '744 h × 0.5 % = 3.72 h before and after the end of July, or of December',
  ),
  worst('platform-slo', 'downtime/longest-free', 0, 'every hour counts; beside it unlimited, if announced'),
  worst('robaws', 'downtime/month', 0.745, 'October: 745 h × 0.1 % = 44 min 42 s'),
  worst('robaws', 'downtime/year', 8.76, '8,760 h × 0.1 %'),
  worst('robaws', 'downtime/longest', 1.488, '2 × 744 h × 0.1 % over the end of July, or of December'),
  worst(
    'robaws',
    'downtime/longest-free',
    0,
    'every hour counts. Beside it: announced work outside business hours, in one piece at most 88 h (Thu 30 Apr 17:00 – ' +
      'Mon 4 May 09:00, Easter, Whitsun, Christmas, New Year): not "unlimited" in length, though without a cap in sum',
  ),
  worst('stafiz', 'downtime/month', 17.52, 'all of the year in one month'),
  worst('stafiz', 'downtime/year', 17.52, '8,760 h × 0.2 % = 17 h 31 min 12 s'),
  worst(
    'stafiz',
    'downtime/longest',
    35.04,
    'the end of 2025 or of 2026: both years and their neighbours have 8,760 h',
  ),
  worst('stafiz', 'downtime/longest-free', 0, 'every hour counts, nothing is excluded'),
  worst(
    'timetonic',
    'downtime/month',
    555.945,
    'May and August: 744 h − 21 × 9 h = 555 h outside support hours, + 189 h × 0.5 % = 0.945 h. (October: 745 − 198 + ' +
      '0.99 = 547.99.) If only support hours are meant it is 23 × 9 h × 0.5 % = 1.035 h, and then it must say so',
  ),
  worst(
    'timetonic',
    'downtime/year',
    6422.745,
    '8,760 − 261 × 9 = 6,411 h outside, + 2,349 h × 0.5 % = 11.745 h. (Of support hours alone: 11.745 h.)',
  ),
  worst(
    'timetonic',
    'downtime/longest',
    64.99,
    'Fri 23 Oct 18:30 – Mon 26 Oct 09:30 are 63 h + 1 h of the clock change; + 22 × 9 h × 0.5 % = 0.99 h. Over 31 July: ' +
      '63 + 1.035 + 0.945 = 64.98 h',
  ),
  worst('timetonic', 'downtime/longest-free', 64, 'that weekend; others 63 h, that of 27 March 62 h'),
  worst('communet', 'downtime/month', 0, '100 %: none; an aim only. Beside it unlimited, if others cause it'),
  worst('communet', 'downtime/year', 0, '100 %: none; an aim only'),
  worst('communet', 'downtime/longest', 0, '100 %: none; an aim only'),
  worst('communet', 'downtime/longest-free', 0, '100 %: none; an aim only'),

  // support. Opened at closing time before the longest closure: 18:00 – 09:00 over a Friday or Monday off = 87 h
  //    (Easter, 1 May, 8 May, Whitsun, Christmas, New Year), weekends 63 h, that of 25 October 64 h
  worst('platform-slo', 'support/P1/response-wall', 89, '87 + 2'),
  worst('platform-slo', 'support/P1/resolve-wall', 91, '87 + 4'),
  worst('platform-slo', 'support/P2/response-wall', 95, '87 + 8: less than a day of 9 h, so one closure only'),
  worst(
    'platform-slo',
    'support/P2/resolve-wall',
    183,
    'Closed when opened: the next business day is day 0, due at the close of day 2, and nothing more is counted until ' +
      'the next opening: Thu 7 May 18:00 → 11, 12, 13 May, then Fri 15 May 09:00 (14 May is a holiday): 7 days 15 h',
  ),
  worst(
    'platform-slo',
    'support/P3/response-wall',
    282,
    '48 h = 5 × 9 h + 3 h: due 3 h into the sixth business day. Thu 30 Apr 18:00 → 4, 5, 6, 7, 11 May, then Tue 12 May ' +
      '12:00 (1 and 8 May are holidays): 11 days 18 h',
  ),
  worst(
    'platform-slo',
    'support/P3/resolve-wall',
    303,
    'Due at the close of the sixth, and in time until the seventh opens: Tue 28 Apr 18:00 – Mon 11 May 09:00 (also from ' +
      '30 Apr, 6 and 7 May, 24 Dec: 13 days less 9 h)',
  ),
  worst('platform-slo', 'support/P4/response-wall', 97, '4 days of the wall clock over 25 October: 96 + 1'),
  worst('platform-slo', 'support/P4/resolve-wall', null, 'no number'),
  worst(
    'robaws',
    'support/any/response-wall',
    null,
    'Outside business hours: Fri 3 Apr 17:00 – Tue 7 Apr 17:00 (88 + 8 = 96). Inside them there is no number, so the ' +
      'worst minute has no limit; an aim only',
  ),
  worst('robaws', 'support/any/resolve-wall', null, 'no number'),
  worst(
    'stafiz',
    'support/blocking/workaround-wall',
    96,
    'Thu 30 Apr 23:59 – Mon 4 May 23:59; also Fri 1 May 00:00: starts on Mon 4 May 00:00, due on Tue 5 May 00:00',
  ),
  worst(
    'stafiz',
    'support/inconvenient/resolve-wall',
    168,
    'Fri 8 May 00:00, a holiday: starts on Mon 11 May 00:00; 12, 13, 15 May (14 May is a holiday), same time: Fri 15 ' +
      'May 00:00 = 7 days. (From a working day 6 days at most.)',
  ),
  worst(
    'stafiz',
    'support/minor/response-wall',
    1152,
    '30 working days and 4 holidays are 34 weekdays: 6 weeks and 4 weekdays over a weekend = 48 days (Thu 30 Apr – Wed ' +
      '17 Jun; five holidays never fit). From a closed day: 35 weekdays from the day before = 49 days, less one = 48',
  ),
  worst('timetonic', 'support/incident/response-wall', 65, 'Fri 23 Oct 18:30: 64 + 1'),
  worst('timetonic', 'support/incident/resolve-wall', 66, '64 + 2'),
  worst('timetonic', 'support/bug/response-wall', 65, '64 + 1'),
  worst('timetonic', 'support/bug/resolve-wall', null, 'no number'),

  // backups, from start to start; how long a run takes is nowhere limited, so it comes on top
  worst('platform-slo', 'backup/all/longest-gap', 25, '24 h + 1 h'),
  worst('platform-slo', 'backup/all/oldest-last-good', 25, 'the start of the last one, when the next is due'),
  // Robaws: how often backups are made is not said, so that nothing is promised here.
  under('stafiz', 'backup/database/longest-gap', 49, 'Sat 24 Oct 00:00 to (before) Mon 26 Oct 00:00: 24 + 25'),
  under('stafiz', 'backup/database/oldest-last-good', 49, 'the same'),
  worst(
    'timetonic',
    'backup/database/longest-gap',
    26,
    'Sat 24 Oct 04:00 – Sun 25 Oct 05:00, the clock set back between',
  ),
  worst('timetonic', 'backup/database/oldest-last-good', 26, 'the same'),
  worst('timetonic', 'backup/files/longest-gap', 26, 'the same'),
  worst('timetonic', 'backup/files/oldest-last-good', 26, 'the same'),
  under(
    'communet',
    'backup/database/longest-gap',
    49,
    'level 1 on each date (level 2 alone: 14 days + 1 h); an aim only',
  ),
  under('communet', 'backup/database/oldest-last-good', 49, 'the same'),
  under(
    'communet',
    'backup/files/longest-gap',
    49,
    'A point one day old is owed on each day, so there is one of each date: 49 h. The monthly clause ' +
      'alone would permit 62 days, 1 July 00:00 to (before) 1 September 00:00',
  ),
  under('communet', 'backup/files/oldest-last-good', 49, 'the same'),

  // vulnerabilities
  worst('platform-slo', 'vulnerability/critical/longest', 72, '3 days from the patch, 24 h each; none before a patch'),
  worst('platform-slo', 'vulnerability/high/longest', 168, '7 × 24'),
  worst('platform-slo', 'vulnerability/medium/longest', 720, '30 × 24'),
  worst('platform-slo', 'vulnerability/low/longest', null, 'no number'),
  worst(
    'platform-slo',
    'vulnerability/known-exploited',
    null,
    'nothing tightens; a low one that is exploited has no number, a critical one without a patch no clock',
  ),

  // maintenance: more is better
  worst('platform-slo', 'maintenance/notice', 48, '48 h; none for work up to 15 min or outside business hours'),
  worst('robaws', 'maintenance/notice', 24, '24 h, always'),

  // recovery and controls
  worst('robaws', 'recovery/rpo', 5 / 60, '5 min'),
  worst('robaws', 'recovery/rto', 6, '6 h from the failure'),
  worst(
    'timetonic',
    'recovery/rto',
    8,
    '8 h from the request: not comparable with a clock from the failure by number alone',
  ),
  worst('robaws', 'control/restore/longest-gap', 27, '1 day over 25 October (25 h) + 2 h'),
  worst('timetonic', 'control/restore/longest-gap', 193, '1 week over 25 October (169 h) + 1 day (24 h)'),
  under(
    'robaws',
    'control/penetration-test/longest-gap',
    17520,
    '1 January of one year to the end of the next: 730 days',
  ),
  worst(
    'robaws',
    'control/iso-27001/longest-gap',
    26304,
    '3 years with a leap day (2026–2029 has 29 Feb 2028): 1,096 days',
  ),
  under(
    'timetonic',
    'control/install-procedure/longest-gap',
    17520,
    'four on 1 January, four at the end of the next year',
  ),
  worst('timetonic', 'control/integrity-check/longest-gap', 26, '1 day over 25 October + 1 h'),
  worst('timetonic', 'control/password-change/longest-gap', 8760, '1 year from a day of 2026: 365 days'),
  under(
    'timetonic',
    'control/admin-credentials/longest-gap',
    17520,
    'two on 1 January, two at the end of the next year',
  ),
]
