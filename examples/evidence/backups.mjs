// The backups, restores and controls of the example evidence, all made up: local times, `''` for what hasn't happened,
// `?` for what isn't known. What goes otherwise than planned is listed, each with what it comes to, worked out by hand;
// only how long runs and transfers take is drawn, which decides nothing.

/** Full, each night at 23:00, deleted 15 days later at 23:58: 58 minutes more than it takes. */
export function platformSlo(random) {
  const special = {
    // Failed: 48 h from the 10th to the 12th, 25 allowed.
    '2026-03-11': { status: 'failed', deleted: '' },
    // 24:50 after the one before: in time.
    '2026-04-17': { start: '2026-04-17 23:50' },
    // Kept for 7 days 9 h, 6 days 9 h and 5 days 9 h.
    '2026-06-02': { deleted: '2026-06-10 08:00' },
    '2026-06-03': { deleted: '2026-06-10 08:00' },
    '2026-06-04': { deleted: '2026-06-10 08:00' },
    // The log of three days is lost: the 19th reaches until 00:00 on the 21st, the next start is on the 23rd.
    '2026-07-20': undefined,
    '2026-07-21': undefined,
    '2026-07-22': undefined,
    // Nobody knows whether they are still there.
    '2026-08-01': { deleted: '?' },
    '2026-08-02': { deleted: '?' },
  }
  const asOf = '2026-09-15 12:00'
  const backups = nights('2025-12-17', '2026-09-14', special, (date, own) => {
    const { start = `${date} 23:00`, status = 'success', deleted = `${dayOn(date, 15)} 23:58` } = own
    const end = minutesOn(start, drawn(random, 35, 20))
    return [`full-${date}`, 'full', status, start, end, known(deleted, asOf)]
  })
  return {
    tables: { backups: ['id kind status started_at completed_at deleted_at', backups] },
    coverage: [
      ['backup', '2025-12-17', '2026-07-20'],
      ['backup', '2026-07-23', asOf],
    ],
  }
}

/** Daily at 01:00, copied to another host by 04:00; both go after 88 days, and three months have 89 at least. */
export function robaws(random) {
  const asOf = '2026-06-10 09:00'
  const special = {
    // Due for deletion on 5 April at 01:00.
    '2026-01-05': { deleted: '2026-04-20 02:00' },
    // Never copied, and gone on 18 April.
    '2026-01-20': { copy: undefined },
    // Nobody knows when the copy was deleted; three months are over on 10 May.
    '2026-02-10': { copy: { deleted: '?' } },
    // Copied, nobody knows to whom; gone on 23 May.
    '2026-02-24': { copy: { provider: '?' } },
    '2026-03-18': { copy: { location: 'vault-us', country: 'US' } },
    '2026-04-09': { copy: { country: '?' } },
    // The transfer runs.
    '2026-06-10': { copy: { end: '' } },
  }
  const copies = []
  const backups = nights('2025-10-01', '2026-06-10', special, (date, own) => {
    const { deleted = `${dayOn(date, 88)} 02:00` } = own
    const start = `${date} 01:00`
    const copy = 'copy' in own ? own.copy : {}
    const end = minutesOn(start, drawn(random, 40, 50))
    if (copy !== undefined) {
      const {
        end: ended = minutesOn(`${date} 02:30`, drawn(random, 30, 60)),
        deleted: gone = `${dayOn(date, 88)} 02:30`,
        location = 'vault',
        provider = 'second-host',
        country = 'DE',
      } = copy
      copies.push([`app-${date}`, ended, location, provider, country, known(gone, asOf)])
    }
    return [`app-${date}`, 'app', 'success', start, end, 'primary', 'first-host', 'BE', known(deleted, asOf)]
  })
  const restores = []
  // Tested each night at 05:00; the staging environment is cloned from production at 03:30.
  for (let date = '2025-12-20'; date <= '2026-06-10'; date = dayOn(date, 1)) {
    const clone = `${date} 03:30`
    restores.push([`S-${date}`, '', '', 'test', 'live', clone, minutesOn(clone, drawn(random, 15, 20)), 'passed', ''])
    // Five nights without a test.
    if (date >= '2026-03-08' && date <= '2026-03-12') continue
    const outcome = date === '2026-04-21' ? 'failed' : 'passed'
    // Perhaps from the live system too.
    const source = date === '2026-05-02' ? '?' : 'backup'
    const start = `${date} 05:00`
    const end = minutesOn(start, drawn(random, 20, 40))
    restores.push([`T-${date}`, '', `app-${date}`, 'test', source, start, end, outcome, ''])
  }
  // 45 min and 2 min of work; 7:30 and 7 min; 3:40, and nobody knows to which point.
  restores.push(
    ['R-1', 'D-1', '', 'real', 'backup', '2026-02-05 10:05', '2026-02-05 10:45', 'passed', '2026-02-05 09:58'],
    ['R-2', 'D-2', '', 'real', 'backup', '2026-03-11 04:40', '2026-03-11 11:30', 'passed', '2026-03-11 03:53'],
    ['R-3', 'D-3', '', 'real', 'backup', '2026-03-12 20:15', '2026-03-12 23:40', 'passed', '?'],
  )
  restores.sort((a, b) => (a[5] < b[5] ? -1 : 1))
  const incidents = [
    ['D-1', 'disaster', '2026-02-05 10:00', '2026-02-05 10:45'],
    ['D-2', 'disaster', '2026-03-11 04:00', '2026-03-11 11:30'],
    ['D-3', 'disaster', '2026-03-12 20:00', '2026-03-12 23:40'],
  ]
  const controls = [
    // Invalid from 18 to 30 April.
    ['iso-27001', '2023-04-18 10:00', 'passed', '2026-04-17'],
    // What it finds doesn't matter.
    ['penetration-test', '2026-03-16 09:00', 'failed', ''],
    ['iso-27001', '2026-04-30 10:00', 'passed', '2029-04-29'],
  ]
  return {
    tables: {
      backups: ['id component status started_at completed_at location provider country deleted_at', backups],
      copies: ['backup completed_at location provider country deleted_at', copies],
      restores: ['id incident backup purpose source started_at completed_at outcome recovered_to', restores],
      incidents: ['id kind occurred_at recovered_at', incidents],
      controls: ['control performed_at outcome valid_until', controls],
    },
    coverage: [['backup', '2025-10-01', asOf]],
  }
}

/** Daily at 03:00, deleted 30 days later at 04:00; the log of deletions ends with 14 August. */
export function stafiz(random) {
  const special = {
    '2025-12-24': undefined,
    '2025-12-25': undefined,
    '2025-12-26': undefined,
    '2026-01-18': { status: 'failed' },
    // Kept for 19 days 7 h down to 15 days 7 h.
    '2026-02-01': { deleted: '2026-02-20 10:00' },
    '2026-02-02': { deleted: '2026-02-20 10:00' },
    '2026-02-03': { deleted: '2026-02-20 10:00' },
    '2026-02-04': { deleted: '2026-02-20 10:00' },
    '2026-02-05': { deleted: '2026-02-20 10:00' },
    // After midnight: none on the 5th, two on the 6th.
    '2026-04-05': { start: '2026-04-06 00:20', deleted: '2026-05-06 04:00' },
    '2026-06-20': { region: '?', country: '?' },
    '2026-06-21': { region: '?', country: '?' },
  }
  const deletions = []
  const backups = nights('2025-10-01', '2026-09-15', special, (date, own) => {
    const { start = `${date} 03:00`, status = 'success', region = 'fr-1', country = 'FR' } = own
    const { deleted = `${dayOn(date, 30)} 04:00` } = own
    if (status === 'success' && deleted < '2026-08-15') deletions.push([`db-${date}`, deleted, 'paris'])
    const end = minutesOn(start, drawn(random, 10, 30))
    return [`db-${date}`, 'database', status, start, end, 'paris', region, country]
  })
  deletions.sort((a, b) => (a[1] < b[1] ? -1 : 1))
  // Out of France for 33 hours.
  const copies = [['db-2026-05-12', '2026-05-12 09:00', 'dublin', 'ie-1', 'IE', '2026-05-13 18:00']]
  return {
    tables: {
      backups: ['id component status started_at completed_at location region country', backups],
      copies: ['backup completed_at location region country deleted_at', copies],
      deletions: ['backup time location', deletions],
    },
    coverage: [
      ['backup', '2025-10-01', '2026-09-15 12:00'],
      ['backup-deletion', '2025-10-01', '2026-08-15'],
    ],
  }
}

/**
 * Daily, the database at 04:00, the files at 04:15, deleted 30 days later at 06:00; copies by 07:00. Those of the first of
 * a month are deleted a year and a day later; of earlier months they alone are left.
 */
export function timetonic(random) {
  const asOf = '2026-07-08 12:00'
  const special = {
    database: {
      // Kept for 12 months until 1 July at 04:00, if it was.
      '2025-07-01': { deleted: '?' },
      // Never copied, and gone on 20 May.
      '2026-04-20': { copy: undefined },
      '2026-05-12': { status: 'failed', copy: undefined },
      // Kept until 2 July, if it was.
      '2026-06-02': { deleted: '?' },
      '2026-06-24': undefined,
      '2026-06-25': undefined,
      '2026-07-08': { copy: { end: '' } },
    },
    files: {
      // Nine months instead of twelve.
      '2025-08-01': { deleted: '2026-05-04 06:00' },
      // Nobody knows where the copy is.
      '2026-04-28': { copy: { location: '?' } },
      // 15 days and 14 days.
      '2026-05-20': { deleted: '2026-06-04 09:00' },
      '2026-05-21': { deleted: '2026-06-04 09:00' },
      // Half an hour after the hour that is allowed.
      '2026-06-03': { start: '2026-06-03 05:30' },
      '2026-06-24': undefined,
      '2026-06-25': undefined,
      '2026-07-08': { copy: { end: '' } },
    },
  }
  const firsts = Array.from({ length: 12 }, (_, i) => monthOn('2025-03-01', i))
  const days = datesOf('2026-02-20', '2026-07-08')
  const copies = []
  const backups = [...firsts, ...days].flatMap(date =>
    Object.entries({ database: '04:00', files: '04:15' }).flatMap(([component, hour]) => {
      const own = date in special[component] ? special[component][date] : {}
      if (own === undefined) return []
      const gone = date.endsWith('-01') ? dayOn(monthOn(date, 12), 1) : dayOn(date, 30)
      const { start = `${date} ${hour}`, status = 'success', deleted = `${gone} 06:00` } = own
      const copy = 'copy' in own ? own.copy : {}
      const id = `${component}-${date}`
      const left = status === 'failed' ? '' : known(deleted, asOf)
      const run = [id, component, 'full', status, start, minutesOn(start, drawn(random, 20, 25)), 'server-a', left]
      if (copy !== undefined) {
        const { end = minutesOn(`${date} 06:00`, drawn(random, 5, 55)), location = 'server-b' } = copy
        copies.push([id, end, location, left])
      }
      return [run]
    }),
  )
  // Complete ones on Sundays from 10:00 to 14:00.
  const restores = []
  for (let date = '2026-03-22'; date <= '2026-07-05'; date = dayOn(date, 7)) {
    // Two weeks from the 3rd to the 17th.
    if (date === '2026-05-10') continue
    const outcome = date === '2026-06-07' ? '?' : 'passed'
    restores.push([`T-${date}`, 'all', 'test', 'full', 'backup', '', `${date} 10:00`, `${date} 14:00`, outcome])
  }
  restores.push(
    // Not a complete one.
    ['T-2026-05-13', 'files', 'test', 'partial', 'backup', '', '2026-05-13 10:00', '2026-05-13 11:00', 'passed'],
    // 3:40, 9:15, asked for at an hour that nobody knows, and 1:30 so far.
    [
      'Q-1',
      'database',
      'real',
      'partial',
      'backup',
      '2026-04-15 09:30',
      '2026-04-15 09:50',
      '2026-04-15 13:10',
      'passed',
    ],
    ['Q-2', 'all', 'real', 'full', 'backup', '2026-05-26 08:00', '2026-05-26 09:00', '2026-05-26 17:15', 'passed'],
    ['Q-3', 'files', 'real', 'partial', 'backup', '?', '2026-06-16 10:00', '2026-06-16 12:00', 'passed'],
    ['Q-4', 'database', 'real', 'partial', 'backup', '2026-07-08 10:30', '2026-07-08 10:50', '', ''],
  )
  restores.sort((a, b) => (a[6] < b[6] ? -1 : 1))
  const controls = [
    ['password-change', 'support', '2025-04-10 09:00', 'passed'],
    ['password-change', 'accounting', '2025-06-02 09:00', 'passed'],
    ['password-change', 'sales', '2025-09-01 09:00', 'passed'],
    ['install-procedure', '', '2026-01-20 14:00', 'passed'],
    ['admin-credentials', '', '2026-02-10 11:00', 'passed'],
    ['install-procedure', '', '2026-04-14 14:00', 'passed'],
    // 24 days after the year.
    ['password-change', 'support', '2026-05-04 09:00', 'passed'],
    ['password-change', 'accounting', '2026-05-20 09:00', 'passed'],
    ['admin-credentials', '', '2026-06-30 11:00', 'passed'],
    // Every day at 06:00, but for 23 and 24 May; what came of it on 20 June nobody knows.
    ...datesOf('2026-03-30', '2026-07-08')
      .filter(date => date !== '2026-05-23' && date !== '2026-05-24')
      .map(date => ['integrity-check', '', `${date} 06:00`, date === '2026-06-20' ? '?' : 'passed']),
  ].sort((a, b) => (a[2] < b[2] ? -1 : 1))
  return {
    tables: {
      backups: ['id component kind status started_at completed_at location deleted_at', backups],
      copies: ['backup completed_at location deleted_at', copies],
      restores: ['id component purpose scope source requested_at started_at completed_at outcome', restores],
      controls: ['control subject performed_at outcome', controls],
    },
    coverage: [
      ['backup', '2026-02-20', '2026-06-24'],
      ['backup', '2026-06-26', asOf],
    ],
  }
}

/**
 * Level 1: the database at 01:00 for 30 days, the files at 01:30 for 15, deleted at 03:00. Level 2, on a server of the
 * host and copied to another by midnight: the database on Sundays at 22:00 for 29 days, the files on the 2nd of a month
 * for two months and a day.
 */
export function communet(random) {
  const asOf = '2026-06-20 12:00'
  const level1 = {
    database: {
      '2026-02-14': undefined,
      // Kept until 4 June, if it was.
      '2026-05-05': { deleted: '?' },
    },
    files: {
      // Lacking on five days.
      '2026-03-03': { status: 'failed', deleted: '' },
      // Not there when seven and fourteen days old.
      '2026-04-10': { deleted: '2026-04-15 12:00' },
      '2026-04-11': { deleted: '2026-04-15 12:00' },
      '2026-05-18': { deleted: '?' },
    },
  }
  const level2 = {
    // Perhaps deleted in its four weeks.
    '2026-02-01': { deleted: '?' },
    '2026-03-22': undefined,
    // 21 days 11 h.
    '2026-04-12': { deleted: '2026-05-04 09:00' },
    // In Germany, for the 29 days.
    '2026-05-17': { copy: { country: 'DE' } },
    '2026-06-07': { copy: { country: '?' } },
    // The files: never exported, and due for deletion since 2 May.
    '2026-03-02': { copy: undefined },
  }
  const backups = []
  const copies = []
  const run = (component, level, start, gone, own = {}) => {
    const { status = 'success', deleted = gone } = own
    const copy = 'copy' in own ? own.copy : {}
    const id = `${component}-${level}-${start.slice(0, 10)}`
    const end = minutesOn(start, drawn(random, 8, 15))
    const left = deleted === '' ? '' : known(deleted, asOf)
    backups.push([id, component, level, status, start, end, 'site-host', 'FR', left])
    if (level === 1 || copy === undefined) return
    const { country = 'FR' } = copy
    copies.push([id, minutesOn(start, drawn(random, 30, 60)), 'vault-host', country, left])
  }
  for (const date of datesOf('2025-12-01', '2026-06-20')) {
    for (const [component, hour, days] of [
      ['database', '01:00', 30],
      ['files', '01:30', 15],
    ]) {
      const own = date in level1[component] ? level1[component][date] : {}
      if (own !== undefined) run(component, 1, `${date} ${hour}`, `${dayOn(date, days)} 03:00`, own)
    }
  }
  for (let date = '2025-11-30'; date <= '2026-06-14'; date = dayOn(date, 7)) {
    if (date in level2 && level2[date] === undefined) continue
    run('database', 2, `${date} 22:00`, `${dayOn(date, 29)} 22:00`, level2[date])
  }
  for (let date = '2025-10-02'; date <= '2026-06-02'; date = monthOn(date, 1)) {
    run('files', 2, `${date} 22:00`, `${dayOn(monthOn(date, 2), 1)} 22:00`, level2[date])
  }
  backups.sort((a, b) => (a[4] < b[4] ? -1 : 1))
  copies.sort((a, b) => (a[1] < b[1] ? -1 : 1))
  return {
    tables: {
      backups: ['id component level status started_at completed_at provider country deleted_at', backups],
      copies: ['backup completed_at provider country deleted_at', copies],
    },
    coverage: [['backup', '2025-12-01', asOf]],
  }
}

/** One row for each date, but for those that `special` leaves undefined. */
function nights(first, last, special, rowOf) {
  return datesOf(first, last).flatMap(date => {
    const own = date in special ? special[date] : {}
    return own === undefined ? [] : [rowOf(date, own)]
  })
}

function datesOf(first, last) {
  const dates = []
  for (let date = first; date <= last; date = dayOn(date, 1)) dates.push(date)
  return dates
}

/** What hasn't happened by then isn't told. */
function known(time, asOf) {
  return time !== '?' && time > asOf ? '' : time
}

/** A length in minutes, from `least` to below `least + spread`. */
function drawn(random, least, spread) {
  return least + Math.floor(random() * spread)
}

/** On the clock on the wall; no run meets a change of it. */
function minutesOn(time, minutes) {
  const wall = Date.parse(`${time.replace(' ', 'T')}:00Z`) + minutes * 60_000
  return new Date(wall).toISOString().slice(0, 16).replace('T', ' ')
}

function dayOn(date, days) {
  return minutesOn(`${date} 00:00`, days * 1440).slice(0, 10)
}

/** The same day of a later month. */
function monthOn(date, months) {
  const [year, month, day] = date.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + months, day)).toISOString().slice(0, 10)
}
