// The tickets of the example evidence, all made up: local times, `''` for what hasn't happened, `?` for what isn't
// known, a date alone where the hour isn't. Beside each ticket the time it took on its clock, worked out by hand.

/** Support hours 09:00-18:00 on French working days. P1 2 h / 4 h, P2 8 h / 2 business days, P3 48 h / 5, P4 4 days. */
export const platformSlo = {
  columns: ['id', 'priority', 'opened_at', 'responded_at', 'resolved_at', 'closed_at'],
  tickets: [
    // 1:15 of 2 h; 3:40 of 4 h.
    ['T-01', 'P1', '2026-01-07 10:00', '2026-01-07 11:15', '2026-01-07 13:40', '2026-01-09 10:00'],
    // Friday evening to Monday: 0:30 + 1:30 = 2:00, nothing left of 2 h; 0:30 + 2:45 = 3:15 of 4 h.
    ['T-02', 'P1', '2026-01-16 17:30', '2026-01-19 10:30', '2026-01-19 11:45', '2026-01-21 10:00'],
    // A Saturday: the clock starts on Monday, day 0. 3:00 of 8 h; 9 + 9 + 8:50 = 26:50 of the 27:00 until Wednesday night.
    ['T-03', 'P2', '2026-01-24 11:00', '2026-01-26 12:00', '2026-01-28 17:50', '2026-01-30 10:00'],
    // 8:00 of 8 h. Solved at 20:00, two hours after closing: 8:30 + 9 + 9 = 26:30 of 26:30, as at closing.
    ['T-04', 'P2', '2026-02-10 09:30', '2026-02-10 17:30', '2026-02-12 20:00', '2026-02-16 10:00'],
    // 4 + 9 + 5 = 18:00 of 48 h; 56:00 less 3:30 + 9 + 7 = 19:30 of waiting = 36:30 of 4 + 4 x 9 + 9 = 49:00.
    ['T-05', 'P3', '2026-02-16 14:00', '2026-02-18 14:00', '2026-02-24 16:00', '2026-02-27 10:00'],
    // Raised to P1 at 14:00: 1:00 of 8 h (P2 when answered); 6:30 of 4 h (P1 when solved).
    ['T-06', 'P2', '2026-03-11 09:00', '2026-03-11 10:00', '2026-03-11 15:30', '2026-03-13 10:00'],
    // 0:15 of 2 h; 1:25 of 4 h.
    ['T-07', 'P1', '2026-03-24 15:05', '2026-03-24 15:20', '2026-03-24 16:30', '2026-03-26 10:00'],
    // 2 + 1 = 3:00 of 48 h; 2 + 4 x 9 + 8 = 46:00 of 2 + 5 x 9 = 47:00.
    ['T-08', 'P3', '2026-03-27 16:00', '2026-03-30 10:00', '2026-04-03 17:00', '2026-04-08 10:00'],
    // Over Easter Monday: 1 + 0:30 = 1:30 of 2 h; 1 + 3:30 = 4:30 of 4 h, used up on Tuesday at 12:00.
    ['T-09', 'P1', '2026-04-03 17:00', '2026-04-07 09:30', '2026-04-07 12:30', '2026-04-09 10:00'],
    // 1:00 of 8 h; solved after 6:00, reopened on Wednesday at 09:00 for another 8:00: 14:00 of 8 + 9 + 9 = 26:00.
    ['T-10', 'P2', '2026-04-13 10:00', '2026-04-13 11:00', '2026-04-15 17:00', '2026-04-17 10:00'],
    // 1 and 8 May are closed: 3 + 1 = 4:00 of 48 h; 3 + 4 x 9 + 8 = 47:00 of 3 + 5 x 9 = 48:00.
    ['T-11', 'P3', '2026-04-30 15:00', '2026-05-04 10:00', '2026-05-11 17:00', '2026-05-13 10:00'],
    // Answered, nobody knows when: 0:00 to 23:00 of 8 h; 8 + 9 + 6 = 23:00 of 26:00.
    ['T-12', 'P2', '2026-05-20 10:00', '?', '2026-05-22 15:00', '2026-05-26 10:00'],
    // No priority: which targets hold isn't known.
    ['T-13', '', '2026-06-05 10:00', '2026-06-05 11:00', '2026-06-05 16:00', '2026-06-09 10:00'],
    // The weekend counts: 96:00 of 96 h.
    ['T-14', 'P4', '2026-06-12 16:00', '2026-06-16 16:00', '', ''],
    // 4 days and 16 hours: 112:00 of 96 h.
    ['T-15', 'P4', '2026-06-18 17:00', '2026-06-23 09:00', '2026-07-02 15:00', '2026-07-06 10:00'],
    // Answered on 14 July, a holiday: 2:00 of 2 h, used up but not exceeded; 2 + 1:30 = 3:30 of 4 h.
    ['T-16', 'P1', '2026-07-13 16:00', '2026-07-14 11:00', '2026-07-15 10:30', '2026-07-17 10:00'],
    // Ten minutes into the next day: 2:10 of 2 h; 2 + 2 = 4:00 of 4 h.
    ['T-17', 'P1', '2026-07-20 16:00', '2026-07-21 09:10', '2026-07-21 11:00', '2026-07-23 10:00'],
    // 0:20 of 2 h; 1:00 until the customer is asked, 2:30 after the answer: 3:30 of 4 h, and 7 + 6 = 13:00 of waiting.
    ['T-18', 'P1', '2026-08-10 10:00', '2026-08-10 10:20', '2026-08-11 17:30', '2026-08-13 10:00'],
    // 0:30 of 2 h; waiting for a supplier isn't left out: 7:00 of 4 h.
    ['T-19', 'P1', '2026-08-20 09:00', '2026-08-20 09:30', '2026-08-20 16:00', '2026-08-24 10:00'],
    // Lowered to P3 at 16:00: 1:00 of 2 h (P1 when answered); 4 + 3 x 9 + 3 = 34:00 of 4 + 5 x 9 = 49:00.
    ['T-20', 'P1', '2026-08-26 14:00', '2026-08-26 15:00', '2026-09-01 12:00', '2026-09-03 10:00'],
    // 1:00 of 48 h; open: 8 + 5 x 9 + 9 + 9 + 3 = 74:00 of 8 + 5 x 9 = 53:00, over since Thursday, 10 September.
    ['T-21', 'P3', '2026-09-03 10:00', '2026-09-03 11:00', '', ''],
    // 4:00 of 48 h; waiting since Thursday at 16:00: 8 + 7 = 15:00 of 53:00.
    ['T-22', 'P3', '2026-09-09 10:00', '2026-09-09 14:00', '', ''],
    // 0:30 of 8 h; open: 3 + 3 = 6:00 of 3 + 9 + 9 = 21:00.
    ['T-23', 'P2', '2026-09-14 15:00', '2026-09-14 15:30', '', ''],
    // Nobody has answered: 0:40 of 2 h, 0:40 of 4 h.
    ['T-24', 'P1', '2026-09-15 11:20', '', '', ''],
    // Still to come at noon on 15 September.
    ['T-25', 'P3', '2026-09-16 09:30', '', '', ''],
  ],
  changes: [
    ['T-05', '2026-02-18 14:30', 'paused', 'waiting-customer'],
    ['T-05', '2026-02-20 16:00', 'resumed', ''],
    ['T-06', '2026-03-11 14:00', 'priority', 'P1'],
    ['T-10', '2026-04-13 16:00', 'resolved', ''],
    ['T-10', '2026-04-15 09:00', 'reopened', ''],
    ['T-18', '2026-08-10 11:00', 'paused', 'waiting-customer'],
    ['T-18', '2026-08-11 15:00', 'resumed', ''],
    ['T-19', '2026-08-20 10:00', 'paused', 'waiting-supplier'],
    ['T-19', '2026-08-20 15:00', 'resumed', ''],
    ['T-20', '2026-08-26 16:00', 'priority', 'P3'],
    ['T-22', '2026-09-10 16:00', 'paused', 'waiting-customer'],
  ],
}

/** Business hours 09:00-17:00 on Belgian working days: 8 h for tickets from outside them, no number inside. */
export const robaws = {
  columns: ['id', 'priority', 'opened_at', 'responded_at', 'resolved_at', 'closed_at'],
  tickets: [
    // An evening: 1:00 on the day after.
    ['T-01', '', '2026-01-06 19:30', '2026-01-07 10:00', '2026-01-07 15:00', '2026-01-09 10:00'],
    // Within business hours: no number in the text.
    ['T-02', '', '2026-01-20 10:00', '2026-01-20 15:30', '2026-01-22 11:00', '2026-01-26 10:00'],
    // A Saturday: 8 + 0:20 = 8:20, over since Monday at 17:00.
    ['T-03', '', '2026-02-07 14:00', '2026-02-10 09:20', '2026-02-10 16:00', '2026-02-12 10:00'],
    // No answer on record, solved after 2:00: that long at most.
    ['T-04', '', '2026-03-05 18:00', '', '2026-03-06 11:00', '2026-03-09 10:00'],
    // Easter Sunday, and Easter Monday is closed: 7:00 on Tuesday.
    ['T-05', '', '2026-04-05 11:00', '2026-04-07 16:00', '2026-04-08 10:00', '2026-04-10 10:00'],
    // Ascension Day is closed: 7:59 on Friday.
    ['T-06', '', '2026-05-13 18:00', '2026-05-15 16:59', '2026-05-18 12:00', '2026-05-20 10:00'],
    // At closing, which is outside; answered on Monday at some hour: 0:00 to 8:00.
    ['T-07', '', '2026-05-15 17:00', '2026-05-18', '2026-05-19 10:00', '2026-05-21 10:00'],
    // Whit Monday is closed; answered on Wednesday at some hour: 8:00 to 16:00.
    ['T-08', '', '2026-05-22 20:00', '2026-05-27', '2026-05-28 10:00', '2026-05-29 10:00'],
    // Not answered: 7 days of 8 h = 56:00, over since Monday, 1 June at 17:00.
    ['T-09', '', '2026-05-30 10:00', '', '', ''],
    // At 09:00 on 10 June the clock is about to start.
    ['T-10', '', '2026-06-09 18:30', '', '', ''],
  ],
}

/** Whole French working days from the report. Blocking 1 (workaround or solution), inconvenient 3, minor 30 (answer). */
export const stafiz = {
  columns: 'id priority reported_at opened_at responded_at workaround_at resolved_at closed_at'.split(' '),
  tickets: [
    // Solved after 1:55.
    incident('I-01', 'blocking', '2023-09-14 14:05', '2023-09-14 14:10', { resolved: '2023-09-14 16:00' }),
    // Worked around after 2:50.
    incident('I-02', 'blocking', '2024-05-29 08:10', '2024-05-29 08:20', {
      workaround: '2024-05-29 11:00',
      resolved: '2024-05-31 16:00',
    }),
    // A Friday, and 11 November is a Monday: 6 + 17:30 = 23:30.
    incident('I-03', 'blocking', '2024-11-08 18:00', '2024-11-08 18:15', {
      workaround: '2024-11-12 17:30',
      resolved: '2024-11-14 12:00',
    }),
    // 14 + 24 + 9 = 47:00 of 24.
    incident('I-04', 'blocking', '2025-03-04 10:00', '2025-03-04 10:05', { resolved: '2025-03-06 09:00' }),
    // The workaround is worth nothing here: 9 + 24 + 24 + 24 + 10 = 91:00 of 72.
    incident('I-05', 'inconvenient', '2025-05-22 15:00', '2025-05-22 15:10', {
      workaround: '2025-05-23 12:00',
      resolved: '2025-05-28 10:00',
    }),
    // Ascension Day isn't worked: 14 + 24 + 24 + 9 = 71:00 of 72.
    incident('I-06', 'inconvenient', '2025-05-28 10:00', '2025-05-28 10:20', { resolved: '2025-06-03 09:00' }),
    // Raised to blocking on the second day at 11:00: 15 + 15 = 30:00 of 24.
    incident('I-07', 'inconvenient', '2025-09-15 09:00', '2025-09-15 09:10', {
      workaround: '2025-09-16 15:00',
      resolved: '2025-09-17 10:00',
    }),
    // Lowered to minor before the answer: 14 + 11 = 25:00 of 720; solved 17 days later, for which nothing is promised.
    incident('I-08', 'blocking', '2026-01-13 10:00', '2026-01-13 10:15', {
      responded: '2026-01-14 11:00',
      resolved: '2026-01-30 10:00',
    }),
    // 32 x 24 = 768:00 of 720.
    incident('I-09', 'minor', '2026-02-02 09:00', '2026-02-02 11:00', {
      responded: '2026-03-18 09:00',
      resolved: '2026-03-27 09:00',
    }),
    // One identifier for two incidents.
    incident('I-10', 'inconvenient', '2026-03-03 09:00', '2026-03-03 09:05', { resolved: '2026-03-04 12:00' }),
    incident('I-10', 'inconvenient', '2026-03-10 14:00', '2026-03-10 14:20', { resolved: '2026-03-17 12:00' }),
    // Solved after 15 + 17 = 32:00, came back for 6:00: 38:00 of 72.
    incident('I-11', 'inconvenient', '2026-04-14 09:00', '2026-04-14 09:05', { resolved: '2026-04-20 15:00' }),
    // The time of the report isn't on record: no start for the clock.
    incident('I-12', 'inconvenient', '', '2026-06-11 10:00', { resolved: '2026-06-12 17:00' }),
    // Two days of waiting for the customer count: 15 + 24 + 24 + 24 + 9 = 96:00 of 72.
    incident('I-13', 'inconvenient', '2026-06-15 09:00', '2026-06-15 09:30', { resolved: '2026-06-19 09:00' }),
    // Not answered: 14 + 15 x 24 + 12 = 386:00 of 720.
    incident('I-14', 'minor', '2026-08-24 10:00', '2026-08-24 10:30', {}),
    // 3:30 of 24.
    incident('I-15', 'blocking', '2026-09-15 08:30', '2026-09-15 08:40', {}),
  ],
  changes: [
    ['I-07', '2025-09-16 11:00', 'priority', 'blocking'],
    ['I-08', '2026-01-13 16:00', 'priority', 'minor'],
    ['I-11', '2026-04-15 17:00', 'resolved', ''],
    ['I-11', '2026-04-20 09:00', 'reopened', ''],
    ['I-13', '2026-06-16 10:00', 'paused', 'waiting-customer'],
    ['I-13', '2026-06-18 10:00', 'resumed', ''],
  ],
}

/** Support hours 09:30-18:30 on weekdays, holidays or not. 60 min to answer; 2 h to repair an incident. */
export const timetonic = {
  changes: [
    // Easter Monday, half an hour before opening: 0:45; 1:50.
    ...life('C-01', 'incident', '2026-04-06 09:00', ['replied 10:15', 'resolved 11:20']),
    // Over night: 0:20; 0:30 + 1:00 = 1:30.
    ...life('C-02', 'incident', '2026-04-15 18:00', ['replied 18:20', 'resolved 2026-04-16 10:30']),
    // 1:08 of 60 min; 1:43.
    ...life('C-03', 'incident', '2026-04-23 10:02', ['replied 11:10', 'resolved 11:45']),
    // At closing, which is closed: 1:00 of 60 min; 2:30 of 2 h.
    ...life('C-04', 'incident', '2026-05-12 18:30', ['replied 2026-05-13 10:30', 'resolved 12:00']),
    // An automatic reply is no answer: 1:15 of 60 min; 1:45.
    ...life('C-05', 'incident', '2026-05-19 14:05', ['auto-replied 14:06', 'replied 15:20', 'resolved 15:50']),
    // 0:20; 0:30 + 1:00 = 1:30, and 7:00 + 5:30 = 12:30 of waiting.
    ...life('C-06', 'incident', '2026-05-28 11:00', [
      'replied 11:20',
      'status 11:30 waiting-customer',
      'status 2026-05-29 15:00 in-progress',
      'resolved 16:00',
    ]),
    // 0:10; 1:00 + 0:50 = 1:50. Reopened before opening, so 7:30 of support hours lie in between.
    ...life('C-07', 'incident', '2026-06-08 10:00', [
      'replied 10:10',
      'resolved 11:00',
      'reopened 2026-06-09 09:00',
      'resolved 10:20',
    ]),
    // 0:30; 1:30 + 0:45 = 2:15 of 2 h.
    ...life('C-08', 'incident', '2026-06-10 14:00', [
      'replied 14:30',
      'resolved 15:30',
      'reopened 17:00',
      'resolved 17:45',
    ]),
    // 0:40; for the fix nothing is promised.
    ...life('C-09', 'bug', '2026-06-16 10:00', ['replied 10:40', 'resolved 2026-06-29 17:00']),
    // 0:30 as a bug; an incident after all, 2:30 of 2 h.
    ...life('C-10', 'bug', '2026-06-18 09:30', ['replied 10:00', 'priority 11:00 incident', 'resolved 12:00']),
    // 0:20 as an incident; a bug after all.
    ...life('C-11', 'incident', '2026-06-22 09:30', [
      'replied 09:50',
      'priority 10:30 bug',
      'resolved 2026-06-25 15:00',
    ]),
    // 0:05; two hours paused, for what isn't known: 1:00 to 3:00 of 2 h.
    ...life('C-12', 'incident', '2026-07-01 10:00', [
      'replied 10:05',
      'paused 10:30 ?',
      'resumed 12:30',
      'resolved 13:00',
    ]),
    // Closed without a word: answered and repaired after 0:50 at the latest.
    ...life('C-13', 'incident', '2026-07-03 17:00', ['closed 17:50']),
    // 0:20; open, 2:30 + 2:30 = 5:00 of 2 h.
    ...life('C-14', 'incident', '2026-07-07 16:00', ['replied 16:20']),
    // 0:30; open, 0:40.
    ...life('C-15', 'incident', '2026-07-08 11:20', ['replied 11:50']),
    // Not answered: 0:15.
    ...life('C-16', 'incident', '2026-07-08 11:45', []),
  ],
}

function incident(id, priority, reported, opened, { responded = '', workaround = '', resolved = '' }) {
  return [id, priority, reported, opened, responded, workaround, resolved, '']
}

/** Change rows of one ticket from `WORD [DATE] TIME [VALUE]`; without a date it is still the day of the one before. */
function life(id, priority, opened, happenings) {
  let day = opened.slice(0, 10)
  const later = happenings.map(text => {
    const [, change, date = day, time, value = ''] = /^(\S+) (?:(\S+-\S+-\S+) )?(\d\d:\d\d)(?: (\S+))?$/.exec(text)
    day = date
    return [id, `${day} ${time}`, change, value]
  })
  return [[id, opened, 'opened', priority], ...later]
}
