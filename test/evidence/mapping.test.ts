import { describe, expect, it } from 'vitest'
import { globFits } from '../../src/evidence/glob.ts'
import { loadMapping } from '../../src/evidence/mapping.ts'
import { timeFormat } from '../../src/evidence/time-format.ts'
import { InputError } from '../../src/model/diagnostic.ts'
import { at, read, short, zones } from './support.ts'

const mapping = (text: string) => ({ mapping: { file: 'map.yaml', bytes: Buffer.from(text) } })

async function errorsIn(text: string): Promise<readonly string[]> {
  try {
    await loadMapping('map.yaml', Buffer.from(text), zones)
  } catch (error) {
    if (error instanceof InputError) return error.diagnostics.map(short)
    throw error
  }
  return []
}

describe('--map', () => {
  it('renames columns, replaces texts, reads other stamps and picks rows', async () => {
    const { probes, inputs } = await read(
      {
        'export.csv': `When;HTTP;Host;Stage
01/05/2026 12:00;200;web;live
01/05/2026 12:01;503;web;live
01/05/2026 12:02;200;web;live
01/05/2026 12:02;503;web;test
`,
      },
      mapping(`files: "*.csv"
as: check
columns: { When: time, HTTP: status, Host: service }
values:
  status: { 200: up, 503: down }
time-format: DD/MM/YYYY HH:mm[:ss]
timezone: Europe/Paris
where: { Stage: live }
`),
    )
    const noon = at('2026-05-01T12:00:00+02:00')
    expect(probes).toMatchObject([
      { samples: 3, first: noon, runs: [{ state: 'down', first: noon + 60_000, last: noon + 60_000 }] },
    ])
    expect(inputs[0]).toMatchObject({
      columns: { When: 'time', HTTP: 'status', Host: 'service' },
      timezone: 'Europe/Paris',
      counts: [{ type: 'check', rows: 4, used: 3, leftOut: 1 }],
    })
  })

  it('leaves a log supplied that it picks no row from', async () => {
    const file = { 'x.csv': 'time,status,stage\n2026-05-01T10:00:00Z,up,test\n' }
    const { supplied, probes } = await read(file, mapping('where: { stage: live }\n'))
    expect(probes).toEqual([])
    expect(supplied.has('check')).toBe(true)
  })

  it('holds for the files of the first entry that fits', async () => {
    const { outages } = await read(
      {
        'a/one.csv': 'start,end,n\n2026-05-01T00:00:00Z,,one\n',
        'two.csv': 'start,end,n\n1777593600,,two\n',
        'three.csv': 'start,end,n\n1777593600000,,three\n',
      },
      mapping(
        '- { files: "**/a/*", as: outage }\n- { files: "two*", as: outage, time-format: epoch-s }\n- { as: outage, time-format: epoch-ms }\n',
      ),
    )
    expect(outages.map(({ start, attributes }) => [attributes.n, start.earliest])).toEqual([
      ['one', at('2026-05-01T00:00:00Z')],
      ['two', at('2026-05-01T00:00:00Z')],
      ['three', at('2026-05-01T00:00:00Z')],
    ])
  })

  it('says all that is wrong, and where', async () => {
    expect(
      await errorsIn(`as: outges
colums: { a: b }
time-format: nonsense
timezone: CET
rows: updates
`),
    ).toMatchObject([
      '2:1 unknown key "colums" | did you mean "columns"?',
      expect.stringMatching(/^1:5 unknown record type/),
      expect.stringMatching(/^4:11 "CET" is an abbreviation/),
      expect.stringMatching(/^3:14 time-format/),
    ])
    const wrong = await errorsIn('as: outges\ntime-format: nonsense\ntimezone: Europe/Pariss\nrows: states\n')
    expect(wrong.map(text => text.replace(/ \|.*/, ''))).toEqual([
      '1:5 unknown record type "outges": did you mean "outage"?',
      expect.stringMatching(/^3:11 /),
      '2:14 time-format "nonsense" is not known',
      '4:7 rows "states": expected updates',
    ])
    expect(await errorsIn('- { as: outage }\n- { values: { status: up } }\n')).toEqual([
      expect.stringMatching(/^2:23 /),
    ])
    expect(await errorsIn('a: [\n')).toHaveLength(1)
  })
})

describe('time formats', () => {
  it.each([
    ['epoch-s', '1777593600', { kind: 'instant', at: 1_777_593_600_000 }],
    ['epoch-s', '1777593600.1239', { kind: 'instant', at: 1_777_593_600_123 }],
    ['epoch-s', '-1.5', { kind: 'instant', at: -1500 }],
    ['epoch-s', '-0.0001', { kind: 'instant', at: -1 }],
    ['epoch-ms', '1777593600123', { kind: 'instant', at: 1_777_593_600_123 }],
    ['YYYY-MM-DD HH:mm:ss', '2026-05-01 10:11:12', { kind: 'local', local: at('2026-05-01T10:11:12Z') }],
    ['DD.MM.YYYY HH:mm:ss.SSS', '01.05.2026 10:11:12.345', { kind: 'local', local: at('2026-05-01T10:11:12Z') + 345 }],
    ['MM/DD/YYYY', '05/01/2026', { kind: 'date', day: at('2026-05-01T00:00:00Z') / 86_400_000 }],
  ])('%s reads %s', (format, text, stamp) => {
    expect(timeFormat(format)?.(text)).toEqual(stamp)
  })

  it.each([
    ['epoch-s', '2026-05-01'],
    ['epoch-ms', '1e12'],
    ['DD/MM/YYYY HH:mm', '1/5/2026 10:11'],
    ['DD/MM/YYYY HH:mm', '31/02/2026 10:11'],
    ['DD/MM/YYYY HH:mm', '01/05/2026 24:00'],
    ['DD.MM.YYYY', '01/05/2026'],
  ])('%s refuses %s', (format, text) => {
    expect(timeFormat(format)?.(text).kind).toBe('bad')
  })

  it('refuses formats that name no date', () => {
    expect(['HH:mm', 'YYYY-MM', '[YYYY-MM-DD', 'nonsense'].map(timeFormat)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('file patterns', () => {
  it.each([
    ['*.csv', 'dir/a.csv', true],
    ['dir/*.csv', 'dir/a.csv', true],
    ['dir/*.csv', 'dir/sub/a.csv', false],
    ['dir/**/*.csv', 'dir/sub/deep/a.csv', true],
    ['dir/**', 'dir/a.csv', true],
    ['a?.csv', 'ab.csv', true],
    ['a?.csv', 'abc.csv', false],
    ['*.csv', '.a.csv', false],
    ['a+(b).csv', 'a+(b).csv', true],
  ])('%s and %s', (pattern, path, expected) => {
    expect(globFits(pattern, path)).toBe(expected)
  })
})
