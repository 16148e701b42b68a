import { describe, expect, it } from 'vitest'
import type { ReadOptions } from '../../src/evidence/evidence.ts'
import { errorsOf, short } from './support.ts'

type Case = readonly [
  what: string,
  file: string,
  content: string | Uint8Array,
  expected: readonly string[],
  options?: Partial<ReadOptions>,
]

const TWO = { services: ['web', 'api'] }
const T = '2026-05-01T10:00:00Z'

const CASES: readonly Case[] = [
  [
    '0 bytes',
    'outages.csv',
    '',
    ['1:1 this file is empty (0 bytes) | a header alone says that nothing happened; an empty file says nothing'],
  ],
  [
    'blank lines only',
    'outages.csv',
    '\n\n',
    ['1:1 this file has no header and no record | say --as TYPE if nothing happened'],
  ],
  [
    'an empty list',
    'outages.json',
    '[]',
    ['1:1 this file has no header and no record | say --as TYPE if nothing happened'],
  ],
  [
    'a binary file',
    'x.csv',
    Uint8Array.of(80, 75, 3, 4, 0, 0),
    [
      '1:1 this is a binary file: it holds a NUL byte | give CSV, JSON or NDJSON, plain or gzip; export a spreadsheet as CSV',
    ],
  ],
  [
    'UTF-16',
    'x.csv',
    Buffer.from('\ufeffstart,end\n', 'utf16le'),
    ['1:1 this is UTF-16 text: expected UTF-8 | save the file as UTF-8'],
  ],
  [
    'Latin-1',
    'outages.csv',
    Buffer.from(`start,end,cause\n${T},,caf\u00e9\n`, 'latin1'),
    ['2:1 this is not UTF-8 text | save the file as UTF-8 text'],
  ],
  [
    'a header of nothing',
    'x.csv',
    'foo,bar\n1,2\n',
    [
      '1:1 the header fits no record type: "foo", "bar" | name columns as outage (start, end), check (time, status), requests (time, total, failed), measurement (time, metric, value), maintenance (start, end), ticket (id, priority, opened_at), ticket-change (id, time, change), vulnerability (id, one of cvss, vector, score_source …), advisory (id, one of published_at, vendor_patch_at, internal_patch_at …), score (id, time, one of cvss, vector), acceptance (id, from, one of until, approver), vex (id, time, status), known-exploited (id, due_at), epss (id, time, score), scan (id, time, asset), backup (one of started_at, completed_at, one of component, id), backup-copy (backup, completed_at), backup-deletion (backup, time), verification (backup, time, outcome), inventory (taken_at, backup), restore (one of started_at, requested_at, one of backup, purpose, scope …), recovery-point (time, recoverable_to), incident (id, one of occurred_at, suspected_at, declared_at …), control (control, performed_at) or coverage (type, from, to) do, or use --as or --map',
    ],
  ],
  [
    'outage or maintenance',
    'x.csv',
    `start,end,service\n${T},,web\n`,
    [
      '1:1 cannot tell outage or maintenance from the header | say --as outage, or name the file after its type, such as outages.csv',
    ],
  ],
  [
    'columns of two types',
    'x.csv',
    'start,end,severity,announced_at\n',
    [
      '1:1 the header has columns of several record types: "severity" of outage, "announced_at" of maintenance | give each row\'s type in a column "type", or say --as outage',
    ],
  ],
  [
    'a slip in a required column',
    'x.csv',
    'time,staus,service\n',
    ['1:6 unknown column "staus": did you mean "status"? | rename it, or map it with --map'],
  ],
  [
    'a slip in an optional column',
    'outages.csv',
    `start,end,serivce\n${T},,web\n`,
    ['1:11 unknown column "serivce": did you mean "service"? | rename it, or map it with --map'],
  ],
  [
    'a slip in end',
    'outages.csv',
    'start,edn\n',
    ['1:7 unknown column "edn": did you mean "end"? | rename it, or map it with --map'],
  ],
  [
    'no end',
    'outages.csv',
    'start,severity\n',
    ['1:1 no column "end", which records of type outage need | add it; a blank cell says that it still goes on'],
  ],
  ['a column twice', 'x.csv', 'start,end,Start\n', ['1:11 two columns of one name: "start" and "Start"']],
  [
    'a stated type that the header lacks columns of',
    'x.csv',
    'time,service\n',
    ['1:1 no column "status", which records of type check need'],
    { as: 'check' },
  ],
  [
    'a stated type that is none',
    'x.csv',
    'time,status\n',
    [
      '1:1 unknown record type "outages": did you mean "outage"? | known types are outage, check, requests, measurement, maintenance, ticket, ticket-change, vulnerability, advisory, score, acceptance, vex, known-exploited, epss, scan, backup, backup-copy, backup-deletion, verification, inventory, restore, recovery-point, incident, notification, event, control, claim, correction, coverage',
    ],
    { as: 'outages' },
  ],
  [
    'no service column',
    'x.csv',
    `time,status\n${T},up\n`,
    ['1:1 no column "service", which records of type check need | the contract has several services: web, api'],
    TWO,
  ],
  [
    'a blank service',
    'x.csv',
    `time,status,service\n${T},up,\n`,
    ['2:25 service is blank: the contract has web, api'],
    TWO,
  ],
  [
    'a stamp without offset',
    'x.csv',
    'time,status\n2026-05-01 10:00,up\n',
    ['2:1 time: stamp without an offset: "2026-05-01 10:00" | say its zone, such as --tz Europe/Paris'],
  ],
  [
    'a time of another form',
    'x.csv',
    'time,status\n02/05/2026 10:00,up\n1777629600,up\nnoon,up\n',
    [
      '2:1 time: "02/05/2026 10:00" isn\'t a time: expected 2026-05-01T10:00:00+02:00 or a date 2026-05-01 | say how times are written with --map FILE, in it such as time-format: "DD/MM/YYYY HH:mm" or epoch-s',
      '3:1 time: "1777629600" isn\'t a time: expected 2026-05-01T10:00:00+02:00 or a date 2026-05-01 | say how times are written with --map FILE, in it such as time-format: "DD/MM/YYYY HH:mm" or epoch-s',
      '4:1 time: "noon" isn\'t a time: expected 2026-05-01T10:00:00+02:00 or a date 2026-05-01',
    ],
  ],
  [
    'another name for a column, misspelt',
    'outages.csv',
    'Began,end\n',
    ['1:1 unknown column "Began": did you mean "start"? | rename it, or map it with --map'],
  ],
  [
    'counters that overlap in time',
    'x.csv',
    'time,total,failed,interval\n2026-05-01T00:00:00Z,240,24,24h\n2026-05-01T01:00:00Z,10,1,1h\n2026-05-02T00:00:00Z,5,0,1h\n',
    [
      '3:1 this row covers time that line 2 already covers | give each stretch of time once, or tell the rows apart by a column such as region',
    ],
  ],
  [
    'two counts of one time and region',
    'x.csv',
    `time,total,failed,region\n${T},5,1,eu\n${T},5,1,us\n${T},5,2,eu\n`,
    [
      '4:1 two rows for the same time: line 2 says otherwise | give each stretch of time once, or tell the rows apart by a column such as region',
    ],
  ],
  [
    'a date without zone',
    'outages.csv',
    'start,end\n2026-05-01,\n',
    ['2:1 start: a date needs a time zone: "2026-05-01" | say its zone, such as --tz Europe/Paris'],
  ],
  [
    'a date as a sample time',
    'x.csv',
    'time,status\n2026-05-01,up\n',
    ['2:1 time: "2026-05-01" is a whole day: expected a time such as 2026-05-01T10:00:00+02:00'],
    { timezone: 'Europe/Paris' },
  ],
  [
    'a day that no calendar has',
    'x.csv',
    'time,status\n2026-02-30T10:00:00Z,up\n',
    ['2:1 time: "2026-02-30T10:00:00Z": there is no date 2026-02-30'],
  ],
  [
    'a leap second',
    'x.csv',
    'time,status\n2016-12-31T23:59:60Z,up\n',
    ['2:1 time: "2016-12-31T23:59:60Z" is a leap second, which has no instant of its own'],
  ],
  ['a blank time', 'x.csv', 'time,status\n,up\n', ['2:1 time is blank: expected an instant']],
  [
    'a blank status',
    'x.csv',
    `time,status\n${T},\n`,
    ['2:22 status is blank: expected up, down, degraded or unknown (or ok, fail, warning, paused …)'],
  ],
  [
    'an HTTP code as status',
    'x.csv',
    `time,status\n${T},200\n`,
    [
      '2:22 status "200": expected up, down, degraded or unknown (or ok, fail, warning, paused …) | map HTTP codes to these with --map (values)',
    ],
  ],
  [
    'an end before the start',
    'outages.csv',
    'start,end\n2026-05-01T10:00:00Z,2026-05-01T09:59:59Z\n',
    ['2:22 end lies before start'],
  ],
  [
    'a planned end before the planned start',
    'maintenance.csv',
    `start,end,planned_start,planned_end\n${T},,2026-05-02T10:00:00Z,2026-05-02T09:00:00Z\n`,
    ['2:44 planned_end lies before planned_start'],
  ],
  ['a blank start', 'outages.csv', 'start,end\n,\n', ['2:1 start is blank: expected an instant or a date']],
  [
    'an unknown end of work',
    'maintenance.csv',
    `start,end,announced_at\n${T},?,\n`,
    ['2:22 end is not known (?): expected an instant, a date, or blank while it goes on'],
  ],
  [
    'all that is wrong with a row',
    'outages.csv',
    `start,end,severity,affected,users\n${T},,major,140%,-1\n`,
    [
      '2:23 severity "major": expected full, partial or degraded',
      '2:29 affected "140%": expected a share such as 40% or 0.4',
      '2:34 users "-1": expected a whole number',
    ],
  ],
  ['more failed than total', 'x.csv', `time,total,failed\n${T},5,6\n`, ['2:24 failed is 6, more than total 5']],
  [
    'a fraction of a request',
    'x.csv',
    `time,total,failed\n${T},5.5,1\n`,
    ['2:22 total "5.5": expected a whole number from 0 to 2^53 − 1'],
  ],
  [
    'too many requests to count',
    'x.csv',
    `time,total,failed\n${T},9007199254740992,1\n`,
    ['2:22 total "9007199254740992": expected a whole number from 0 to 2^53 − 1'],
  ],
  [
    'an interval without unit',
    'x.csv',
    `time,total,failed,interval\n${T},5,1,60\n`,
    ['2:26 interval "60" has no unit | write 60s or 60min'],
  ],
  [
    'a calendar interval',
    'x.csv',
    `time,total,failed,interval\n${T},5,1,1 day\n`,
    ['2:26 interval "1 day": expected a length such as 60s, 5min or 1h'],
  ],
  [
    'two counts of one time',
    'x.csv',
    `time,total,failed\n${T},5,1\n${T},5,2\n`,
    [
      '3:1 two rows for the same time: line 2 says otherwise | give each stretch of time once, or tell the rows apart by a column such as region',
    ],
  ],
  [
    'a value of too many digits',
    'x.csv',
    `time,metric,value\n${T},cpu,0.30000000000000004\n`,
    ['2:26 value "0.30000000000000004": expected a number with at most 15 digits'],
  ],
  [
    'a value that is no number',
    'x.csv',
    `time,metric,value\n${T},cpu,0x10\n${T},,1\n`,
    ['2:26 value "0x10": expected a number with at most 15 digits', '3:22 metric is blank: expected its name'],
  ],
  [
    'an impact that is none',
    'maintenance.csv',
    `start,end,impact\n${T},,outage\n`,
    ['2:23 impact "outage": expected down, degraded, none or as-observed'],
  ],
  [
    'a downtime that is no duration',
    'maintenance.csv',
    `start,end,expected_downtime\n${T},,15 m\n`,
    ['2:23 expected_downtime "15 m": expected a duration such as 15min or 2h'],
  ],
  [
    'coverage of no type',
    'x.csv',
    'type,from,to\noutge,2026-05-01T00:00:00Z,2026-06-01T00:00:00Z\n',
    ['2:1 unknown record type "outge" | did you mean "outage"?'],
  ],
  [
    'coverage of no time',
    'x.csv',
    'type,from,to\noutage,2026-05-01T00:00:00Z,2026-05-01T00:00:00Z\n',
    ['2:29 to must lie after from'],
  ],
  [
    'a row of no type',
    'x.csv',
    `type,start,end\noutag,${T},\n,${T},\n`,
    [
      expect.stringContaining('2:1 unknown record type "outag": did you mean "outage"?'),
      '3:1 type is blank: expected a record type such as outage',
    ],
  ],
  [
    'a row of a wrong width',
    'outages.csv',
    `start,end\n${T}\n${T},,\n`,
    ['2:1 1 cell where the header has 2', '3:23 3 cells where the header has 2 | quote cells that hold ","'],
  ],
  ['a quote never closed', 'outages.csv', `start,end,cause\n${T},,"x\n${T},,y\n`, ['2:23 this quote is never closed']],
  [
    'invalid JSON in a record',
    'outages.json',
    `[\n {"start": "${T}", "end": null},\n {"start": }\n]`,
    [expect.stringMatching(/^3:\d+ this record is not valid JSON$/)],
  ],
  [
    'invalid JSON in a line',
    'outages.ndjson',
    `{"start": "${T}", "end": null}\n{"start": \n{"start": "${T}"}\n`,
    [
      '2:11 this record is not valid JSON',
      '3:1 end is missing: expected an instant, a date, or blank while it goes on',
    ],
  ],
  [
    'a key given twice in a record, not in a value or in an inner object',
    'outages.ndjson',
    `{"start": "${T}", "end": null, "note": "a: {\\"b\\": 1}", "more": {"end": 1, "start": 2}}\n{"start": "${T}", "end": null, "end": "${T}"}\n`,
    ['2:1 this record has the same key twice'],
  ],
  [
    'a list not closed',
    'outages.json',
    `[{"start": "${T}", "end": null}`,
    ['1:48 the file ends before its list of records is closed'],
  ],
  ['a record that is none', 'outages.json', '[1]', ['1:2 a record must be an object']],
  [
    'a list in a cell',
    'outages.json',
    `[{"start": "${T}", "end": null,\n "severity": ["full"]}]`,
    ['2:2 severity holds a list or an object: expected a single value'],
  ],
  [
    'a record of another type',
    'x.json',
    `[{"time": "${T}", "status": "up"},\n {"time": "${T}", "total": 1, "failed": 0}]`,
    [
      '2:2 this record has no "status", which records of type check need | it looks like requests; records of several types need a key "type"',
    ],
  ],
  [
    'two services without a contract that names them',
    'x.csv',
    `time,status,service\n${T},up,a\n${T},up,b\n`,
    [
      '3:1 the rows are of several services ("a", "b"), but the contract declares none | declare them in the contract: services: { NAME: {} }',
    ],
  ],
]

describe('bad input', () => {
  for (const [what, file, content, expected, options = {}] of CASES) {
    it(`names ${what}`, async () => {
      const errors = await errorsOf({ [file]: content }, options)
      expect(errors.map(short)).toEqual(expected)
      for (const error of errors) {
        expect(error.severity).toBe('error')
        expect(error.span?.file.endsWith(file)).toBe(true)
      }
    })
  }

  it('shows the source line, cut where it is long', async () => {
    const long = 'x'.repeat(500)
    const errors = await errorsOf({ 'outages.csv': `start,end,cause\r\n${T},soon,"a\nb"\r\n${T},later,${long}\r\n` })
    expect(errors.map(error => error.frame)).toEqual([
      { line: 2, lines: [`${T},soon,"a`] },
      { line: 4, lines: [`${T},later,${long}`.slice(0, 200)] },
    ])
  })

  it('collects the errors of all files, 20 in full of each', async () => {
    const bad = `time,status\n${`${T},nope\n`.repeat(25)}`
    const errors = await errorsOf({ 'a.csv': bad, 'b.csv': '', 'missing.json': '[{"time": 1, "status": 2}]' })
    expect(errors.map(error => error.span?.file.split('/').at(-1))).toEqual([
      ...Array.from({ length: 21 }, () => 'a.csv'),
      'b.csv',
      'missing.json',
    ])
    expect(errors[20]?.message).toMatch(/^and 5 more errors in .*a\.csv$/)
  })
})
