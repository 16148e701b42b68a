// Writes the example evidence: `node examples/evidence/make.mjs [folder]`. Everything in it is made up. The events are
// listed below with their lengths, so that every figure can be added up by hand; only the place of the small outages
// is drawn, from a seeded generator, on days where nothing else happens. Tickets stand in `tickets.mjs`, vulnerabilities
// in `vulnerabilities.mjs`, backups, restores and controls in `backups.mjs`. The same bytes come out every time.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import * as backups from './backups.mjs'
import * as tickets from './tickets.mjs'
import { platformScans, platformSlo as platformVulnerabilities } from './vulnerabilities.mjs'

const MINUTE = 60_000
/** What the logs of each example cover. */
const coverage = new Map()
const folder = process.argv[2] ?? dirname(fileURLToPath(import.meta.url))

platformSlo(generator(2101))
robaws(generator(2102))
stafiz(generator(2103))
timetonic(generator(2104))
communet()
writeTickets('platform-slo', tickets.platformSlo)
writeTickets('robaws', tickets.robaws)
writeTickets('stafiz', tickets.stafiz)
writeTickets('timetonic', tickets.timetonic)
writeVulnerabilities('platform-slo', platformVulnerabilities)
writeScans('platform-slo-scans', platformScans)
writeBackups('platform-slo', backups.platformSlo(generator(2106)))
writeBackups('robaws', backups.robaws(generator(2107)))
writeBackups('stafiz', backups.stafiz(generator(2108)))
writeBackups('timetonic', backups.timetonic(generator(2109)))
writeBackups('communet', backups.communet(generator(2110)))
for (const [name, rows] of coverage) writeCoverage(name, rows)

// Calendar months in Paris, with the allowance of 0.5 % of what planned maintenance leaves.
//   month  base                            allowance  down
//   01     744 h - 150 min excluded        13,347 s   50 + 5 + 12 min                               =  4,020 s
//   02     672 h - 180 min                 12,042 s   20 + 8 min                                    =  1,680 s
//   03     743 h -  10 min (clock change)  13,371 s   150 min late-announced work + 90 min          = 14,400 s
//   04     720 h - 120 min                 12,924 s   100 min overrun + 60 min                      =  9,600 s
//   05     744 h                           13,392 s   60 min, and no log for the month: 743 h unknown
//   06     720 h                           12,960 s   150 + 30 + 15 min (90.3 % of the allowance)   = 11,700 s
//   07     744 h -  60 min                 13,374 s   13:00-15:00 and 14:30-16:00 are one, 180 min  = 10,800 s
//   08     744 h                           13,392 s   300 + 6 + 9 min                               = 18,900 s
//   09     720 h -  60 min                 12,942 s   30 min + 45 min so far at 12:00 on the 15th   =  4,500 s
function platformSlo(random) {
  const outages = [
    ['2026-01-08 03:10', '2026-01-08 04:00', 'database'],
    ...small(random, '2026-01-22', 8, [5, 12]),
    ['2026-02-04 09:40', '2026-02-04 10:00', 'network'],
    ...small(random, '2026-02-14', 10, [8]),
    ['2026-03-24 15:00', '2026-03-24 16:30', 'database'],
    ['2026-04-22 09:00', '2026-04-22 10:00', 'release'],
    ['2026-05-06 11:00', '2026-05-06 12:00', 'network'],
    ['2026-06-04 08:00', '2026-06-04 10:30', 'storage'],
    ...small(random, '2026-06-10', 15, [30, 15]),
    ['2026-07-07 13:00', '2026-07-07 15:00', 'network'],
    ['2026-07-07 14:30', '2026-07-07 16:00', 'database'],
    ['2026-07-15 02:00', '2026-07-15 02:40', 'maintenance'],
    ['2026-08-19 22:00', '2026-08-20 03:00', 'storage'],
    ...small(random, '2026-08-22', 9, [6, 9]),
    ['2026-09-03 17:15', '2026-09-03 17:45', 'release'],
    ['2026-09-15 11:15', '', 'network'],
  ]
  const works = [
    // Business hours, announced exactly 48 hours ahead: in time.
    { id: 'M-01', at: ['2026-01-14 14:00', '2026-01-14 15:00'], announced: '2026-01-12 14:00' },
    // Never announced, but outside business hours: no notice needed.
    { id: 'M-02', at: ['2026-01-20 22:00', '2026-01-20 23:30'] },
    { id: 'M-03', at: ['2026-02-11 20:30', '2026-02-11 23:30'], announced: '2026-02-09 09:00' },
    // 25 hours ahead, in business hours: not planned maintenance, so 150 minutes of downtime.
    { id: 'M-04', at: ['2026-03-17 10:00', '2026-03-17 12:30'], announced: '2026-03-16 09:00' },
    // In business hours and unannounced, but only ten minutes.
    { id: 'M-05', at: ['2026-03-19 11:00', '2026-03-19 11:10'] },
    // Planned until 23:00, done at 00:40: the last 100 minutes count.
    {
      id: 'M-06',
      at: ['2026-04-14 21:00', '2026-04-15 00:40'],
      plannedEnd: '2026-04-14 23:00',
      announced: '2026-04-10 12:00',
      told: '2026-04-14 23:20',
    },
    { id: 'M-07', at: ['2026-07-15 02:00', '2026-07-15 03:00'], announced: '2026-07-12 02:00' },
    { id: 'M-08', at: ['2026-09-08 22:00', '2026-09-08 23:00'], announced: '2026-09-01 10:00' },
    // Announced, but still to come at noon on 15 September.
    { id: 'M-09', at: ['2026-09-22 21:00', '2026-09-22 23:00'], announced: '2026-09-11 10:00' },
  ]
  writeOutages('platform-slo', outages, 'platform')
  writeWorks('platform-slo', works, 'platform')
  covers('platform-slo', [
    ['outage', '2026-01-01', '2026-05-01'],
    ['outage', '2026-06-01', '2026-09-15 12:00'],
    ['maintenance', '2026-01-01', '2026-09-15 12:00'],
  ])
}

// Calendar months in Brussels, allowance 0.1 %.
//   month  base                      allowance   down
//   01     744 h - 45 min excluded   2,675.7 s   20 min of the hosting                            = 1,200 s
//   02     672 h                     2,419.2 s   10:00-10:30 hosting, 10:15-10:45 app: 45 min     = 2,700 s
//   03     743 h - 30 min            2,673 s     none, but three days (72 h) without a log
//   04     720 h - 50 min            2,589 s     50 min of work in business hours                 = 3,000 s
//   05     744 h - 90 min            2,673 s     20 min of late-announced work + 2 + 3 min        = 1,500 s
//   06     720 h - 20 min            2,590.8 s   none so far at 09:00 on the 10th
function robaws(random) {
  const outages = [
    ['2026-01-22 03:00', '2026-01-22 03:20', 'power', 'hosting'],
    ['2026-02-05 10:00', '2026-02-05 10:30', 'network', 'hosting'],
    ['2026-02-05 10:15', '2026-02-05 10:45', 'database', 'app'],
    ...small(random, '2026-05-02', 14, [2, 3]),
  ]
  const works = [
    { id: 'R-01', at: ['2026-01-13 22:00', '2026-01-13 22:45'], announced: '2026-01-12 12:00' },
    { id: 'R-02', at: ['2026-03-03 20:00', '2026-03-03 20:30'], announced: '2026-03-02 12:00' },
    // A Monday at ten, but Easter Monday: closed.
    { id: 'R-03', at: ['2026-04-06 10:00', '2026-04-06 10:50'], announced: '2026-04-04 09:00' },
    // Announced in time, but begun half an hour before closing.
    { id: 'R-04', at: ['2026-04-14 16:30', '2026-04-14 17:20'], announced: '2026-04-12 09:00' },
    // 90 minutes, longer than the usual hour; announced 24.5 hours ahead.
    { id: 'R-05', at: ['2026-05-20 21:00', '2026-05-20 22:30'], announced: '2026-05-19 20:30' },
    // Announced three hours ahead.
    { id: 'R-06', at: ['2026-05-28 23:00', '2026-05-28 23:20'], announced: '2026-05-28 20:00' },
    { id: 'R-07', at: ['2026-06-03 22:00', '2026-06-03 22:20'], announced: '2026-06-01 09:00' },
  ]
  writeOutages('robaws', outages, 'app')
  writeWorks('robaws', works, 'app')
  covers('robaws', [
    ['outage', '2026-01-01', '2026-03-10'],
    ['outage', '2026-03-13', '2026-06-10 09:00'],
    ['maintenance', '2026-01-01', '2026-06-10 09:00'],
  ])
}

// Calendar years in Paris, allowance 0.2 %.
//   year  base      allowance    down
//   2023  8,760 h   63,072 s     2 h; the log begins on 1 July: 181 days less one hour (4,343 h) unknown
//   2024  8,784 h   63,244.8 s   4 h + 6 h 30 min + 12 x 10 min                                       = 45,000 s
//   2025  8,760 h   63,072 s     02:00-11:00 hosting, 10:30-13:00 app: 11 h; 3 x 5 min; 7 h 30 min    = 67,500 s
//   2026  8,760 h   63,072 s     3 h so far                                                           = 10,800 s
function stafiz(random) {
  const months = Array.from({ length: 12 }, (_, i) => `2024-${String(i + 1).padStart(2, '0')}-01`)
  const outages = [
    ['2023-09-14 14:00', '2023-09-14 16:00', 'release', 'app'],
    ...months.flatMap(first => small(random, first, 27, [10])),
    ['2024-05-29 08:00', '2024-05-29 12:00', 'database', 'app'],
    ['2024-10-29 01:00', '2024-10-29 07:30', 'power', 'hosting'],
    ['2025-03-03 02:00', '2025-03-03 11:00', 'storage', 'hosting'],
    ['2025-03-03 10:30', '2025-03-03 13:00', 'database', 'app'],
    ...small(random, '2025-05-01', 120, [5, 5, 5]),
    ['2025-11-12 20:00', '2025-11-13 03:30', 'release', 'app'],
    ['2026-02-17 09:00', '2026-02-17 12:00', 'network', 'app'],
  ]
  writeOutages('stafiz', outages, 'app')
  writeWorks('stafiz', [], 'app')
  covers('stafiz', [
    ['outage', '2023-07-01', '2026-09-15 12:00'],
    ['ticket', '2023-07-01', '2026-09-15 12:00'],
  ])
}

// One sample a minute of the application, one every 15 minutes of the hosting, 1 April to 8 July 2026 at noon.
// Support hours are 9 a weekday; allowance 0.5 %. Nights hold single bad minutes, which count only around the clock.
//   month  base            allowance  down in support hours                              around the clock
//   04     22 days, 198 h  3,564 s    5 min on Easter Monday + 10 min (18:20-18:30 of    5 + 180 + 20 + 25 + 4 min
//                                     18:20-18:40) + 25 min                  = 2,400 s   = 14,040 s
//   05     21 days, 189 h  3,402 s    10 min on Ascension Day + 70 min       = 4,800 s   10 + 70 + 4 min = 5,040 s
//   06     22 days, 198 h  3,564 s    10 min; no sample on the 17th: 9 h unknown         10 + 4 min = 840 s
//   07     23 days, 207 h  3,726 s    3 min so far                           =   180 s   3 + 1 min = 240 s
// The hosting is down in the Friday night of April only, 22:00 to 01:00: 10,800 s.
function timetonic(random) {
  const bad = [
    ['2026-04-06 12:00', '2026-04-06 12:05'],
    ['2026-04-10 22:00', '2026-04-11 01:00'],
    ['2026-04-15 18:20', '2026-04-15 18:40'],
    ['2026-04-23 10:00', '2026-04-23 10:25'],
    ...nights(random, '2026-04-12', 18, 4),
    ['2026-05-14 10:00', '2026-05-14 10:10'],
    ['2026-05-19 14:00', '2026-05-19 15:10'],
    ...nights(random, '2026-05-01', 31, 4),
    ['2026-06-09 16:00', '2026-06-09 16:10'],
    ...nights(random, '2026-06-01', 15, 4),
    ['2026-07-03 10:00', '2026-07-03 10:03'],
    ...nights(random, '2026-07-02', 6, 1),
  ].map(([from, to]) => [instant(from), instant(to)])
  const [hostFrom, hostTo] = [instant('2026-04-10 22:00'), instant('2026-04-11 01:00')]
  const [silentFrom, silentTo] = [instant('2026-06-17'), instant('2026-06-18')]
  const files = [
    ['2026-04', '2026-04-01', '2026-05-01'],
    ['2026-05', '2026-05-01', '2026-06-01'],
    ['2026-06', '2026-06-01', '2026-07-01'],
    ['2026-07', '2026-07-01', '2026-07-08 12:01'],
  ]
  for (const [name, from, to] of files) {
    const rows = []
    for (let time = instant(from); time < instant(to); time += MINUTE) {
      if (time >= silentFrom && time < silentTo) continue
      const down = bad.some(([start, end]) => time >= start && time < end)
      rows.push([stamp(time), 'app', down ? 'down' : 'up'])
      if (time % (15 * MINUTE) === 0) {
        rows.push([stamp(time), 'hosting', time >= hostFrom && time < hostTo ? 'down' : 'up'])
      }
    }
    write(`timetonic/checks-${name}.csv.gz`, csv(['time', 'service', 'status'], rows))
  }
  writeWorks('timetonic', [], 'app')
}

// Calendar months in Paris. Time lost where the provider or its host is responsible; the rest is left out.
//   month  excluded                               down
//   01     none                                   2 h of the host                                  = 7,200 s
//   02     26 h after a mistake of the customer   45 min                                           = 2,700 s
//   03     12 h force majeure, 4 h third party    30 min without a cause + 12:00-13:00 of
//                                                 11:00-13:00, which a third party's covers before = 5,400 s
//   04     none                                   no log
//   05     none                                   none
//   06     6 h third party                        none so far at 12:00 on the 20th
function communet() {
  writeOutages(
    'communet',
    [
      ['2026-01-13 09:00', '2026-01-13 11:00', 'host', 'hosting'],
      ['2026-02-10 15:00', '2026-02-11 17:00', 'customer', 'site'],
      ['2026-02-24 10:00', '2026-02-24 10:45', 'provider', 'site'],
      ['2026-03-03 20:00', '2026-03-04 08:00', 'force-majeure', 'hosting'],
      ['2026-03-10 08:00', '2026-03-10 12:00', 'third-party', 'site'],
      ['2026-03-10 11:00', '2026-03-10 13:00', 'provider', 'site'],
      ['2026-03-26 07:00', '2026-03-26 07:30', '', 'site'],
      ['2026-06-20 06:00', '', 'third-party', 'site'],
    ],
    'site',
  )
  writeWorks('communet', [], '')
  covers('communet', [
    ['outage', '2026-01-01', '2026-04-01'],
    ['outage', '2026-05-01', '2026-06-20 12:00'],
  ])
}

/** Outages of the given lengths (minutes), each on its own day of `days` from `first`, between 01:00 and 23:00. */
function small(random, first, days, lengths) {
  const free = Array.from({ length: days }, (_, i) => i)
  return lengths.map(length => {
    const [day] = free.splice(Math.floor(random() * free.length), 1)
    const start = dayStart(first, day) + (60 + Math.floor(random() * 1260)) * MINUTE
    return [local(start), local(start + length * MINUTE), 'transient']
  })
}

/** Single minutes between 02:00 and 06:00, each in its own night. */
function nights(random, first, days, number) {
  const free = Array.from({ length: days }, (_, i) => i)
  return Array.from({ length: number }, () => {
    const [day] = free.splice(Math.floor(random() * free.length), 1)
    const start = dayStart(first, day) + (120 + Math.floor(random() * 240)) * MINUTE
    return [local(start), local(start + MINUTE)]
  })
}

function writeOutages(name, rows, service) {
  const sorted = rows.toSorted((a, b) => (a[0] < b[0] ? -1 : 1))
  const lines = sorted.map(([start, end, cause, of = service], i) => {
    return [`O-${String(i + 1).padStart(2, '0')}`, of, stampOf(start), stampOf(end), cause]
  })
  write(`${name}/outages.csv`, csv(['id', 'service', 'start', 'end', 'cause'], lines))
}

function writeWorks(name, works, service) {
  const header = 'id service start end planned_start planned_end announced_at overrun_notified_at'.split(' ')
  const lines = works.map(({ id, at: [start, end], plannedEnd = end, announced = '', told = '' }) => {
    return [id, service, ...[start, end, start, plannedEnd, announced, told].map(stampOf)]
  })
  write(`${name}/maintenance.csv`, csv(header, lines))
}

function covers(name, rows) {
  coverage.set(name, [...(coverage.get(name) ?? []), ...rows])
}

function writeCoverage(name, rows) {
  const lines = rows.map(([type, from, to]) => [type, stampOf(from), stampOf(to)])
  write(`${name}/coverage.csv`, csv(['type', 'from', 'to'], lines))
}

/** What is told of each ticket by one row, then by rows of changes; a date alone and `?` stay as they are. */
function writeTickets(name, { columns, tickets: rows = [], changes = [] }) {
  if (rows.length > 0) {
    write(
      `${name}/tickets.csv`,
      csv(
        columns,
        rows.map(([id, priority, ...times]) => [id, priority, ...times.map(cellOf)]),
      ),
    )
  }
  if (changes.length > 0) {
    const lines = changes.map(([id, time, change, value]) => [id, stampOf(time), change, value])
    write(`${name}/ticket-changes.csv`, csv(['id', 'time', 'change', 'value'], lines))
  }
}

/** A log of vulnerabilities with what was said of them later. */
function writeVulnerabilities(name, { columns, vulnerabilities, scores, acceptances, vex }) {
  writeTable(`${name}/vulnerabilities.csv`, columns, vulnerabilities)
  writeTable(`${name}/scores.csv`, ['id', 'time', 'cvss', 'source'], scores)
  writeTable(`${name}/acceptances.csv`, ['id', 'from', 'until', 'approver'], acceptances)
  writeTable(`${name}/vex.csv`, ['id', 'time', 'status', 'justification'], vex)
}

/** Scans with what each of them found, what is known of it, and reports of another scanner as it writes them. */
function writeScans(name, { scans, findings, advisories, grype }) {
  writeTable(`${name}/scans.csv`, ['id', 'time', 'asset', 'outcome'], scans)
  writeTable(`${name}/findings.csv`, 'id scan component cvss score_source mitigated_at'.split(' '), findings)
  writeTable(`${name}/advisories.csv`, ['id', 'vendor_patch_at', 'internal_patch_at'], advisories)
  for (const { file, time, ...matches } of grype) {
    const report = {
      ...matches,
      source: { type: 'image', target: { userInput: 'registry.example/platform-api:stable' } },
      descriptor: { name: 'grype', version: '0.104.0', timestamp: stampOf(time) },
    }
    // Lists of one text on one line, as formatters write them.
    const text = JSON.stringify(report, null, 2).replaceAll(/\[\s+("[^"]*")\s+\]/g, '[$1]')
    write(`${name}/${file}`, `${text}\n`)
  }
}

/** Tables by the names of their files: the columns, then the rows. */
function writeBackups(name, { tables, coverage: said }) {
  for (const [table, [columns, rows]] of Object.entries(tables)) {
    writeTable(`${name}/${table}.csv`, columns.split(' '), rows)
  }
  covers(name, said)
}

function writeTable(path, columns, rows) {
  write(
    path,
    csv(
      columns,
      rows.map(cells => cells.map(timeOf)),
    ),
  )
}

/** A local time as a stamp, everything else as it is. */
function timeOf(text) {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(text) ? stampOf(text) : text
}

function csv(header, rows) {
  return `${[header, ...rows].map(cells => cells.join(',')).join('\n')}\n`
}

/** Compressed bytes differ between versions of zlib: a file that already holds the same text is left as it is. */
function write(path, text) {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  if (!path.endsWith('.gz')) writeFileSync(file, text)
  else if (unpacked(file) !== text) writeFileSync(file, gzipSync(text, { level: 9 }))
}

function unpacked(file) {
  try {
    return gunzipSync(readFileSync(file)).toString()
  } catch {
    return undefined
  }
}

/** `2026-04-14 21:00`, or a date for its midnight, on the clock of Paris and Brussels; epoch ms. */
function instant(text) {
  const wall = Date.parse(`${text.replace(' ', 'T')}${text.includes(' ') ? ':00Z' : 'T00:00:00Z'}`)
  const winter = wall - 60 * MINUTE
  return isSummer(winter) ? winter - 60 * MINUTE : winter
}

function stampOf(text) {
  return text === '' ? '' : stamp(instant(text))
}

function cellOf(text) {
  return text.includes(' ') ? stampOf(text) : text
}

function stamp(time) {
  return `${wallText(time)}:00${isSummer(time) ? '+02:00' : '+01:00'}`
}

function local(time) {
  return wallText(time).replace('T', ' ')
}

function wallText(time) {
  return new Date(time + (isSummer(time) ? 120 : 60) * MINUTE).toISOString().slice(0, 16)
}

function dayStart(first, days) {
  return instant(new Date(Date.parse(`${first}T00:00:00Z`) + days * 1440 * MINUTE).toISOString().slice(0, 10))
}

/** Summer time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October. */
function isSummer(time) {
  const year = new Date(time).getUTCFullYear()
  return time >= lastSunday(year, 2) && time < lastSunday(year, 9)
}

function lastSunday(year, month) {
  const last = new Date(Date.UTC(year, month, 31, 1))
  return last.getTime() - last.getUTCDay() * 1440 * MINUTE
}

/** Mulberry32: numbers from 0 to below 1. */
function generator(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
