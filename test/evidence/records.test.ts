import { describe, expect, it } from 'vitest'
import { at, errorsOf, read } from './support.ts'

const T = '2026-05-01T10:00:00Z'
const exactly = (text: string) => ({ earliest: at(text), latest: at(text) })

describe('outages', () => {
  it('keeps every column', async () => {
    const { outages } = await read({
      'x.csv': `Start Time,End-Time,detected_at,reported_at,severity,affected,users,cause,source,ID,Cost Center
2026-05-01T10:00:00Z,2026-05-01T12:00:00+01:00,2026-05-01T10:05:00Z,,Partial,12.5%,30,force-majeure,nagios,o-1, x7 `,
    })
    expect(outages).toEqual([
      {
        origin: { input: 0, line: 2 },
        service: '',
        start: exactly('2026-05-01T10:00:00Z'),
        end: exactly('2026-05-01T11:00:00Z'),
        detected: exactly('2026-05-01T10:05:00Z'),
        reported: null,
        severity: 'partial',
        affected: { part: 125, of: 1000 },
        users: 30,
        cause: 'force-majeure',
        source: 'nagios',
        id: 'o-1',
        attributes: {
          start: '2026-05-01T10:00:00Z',
          end: '2026-05-01T12:00:00+01:00',
          detected_at: '2026-05-01T10:05:00Z',
          reported_at: '',
          severity: 'Partial',
          affected: '12.5%',
          users: '30',
          cause: 'force-majeure',
          source: 'nagios',
          id: 'o-1',
          cost_center: 'x7',
        },
      },
    ])
  })

  it('tells blank (has not happened) from absent and ? (not known)', async () => {
    const { outages } = await read({
      'outages.csv': `start,end,detected_at\n${T},,\n${T},,?\n`,
      'more-outages.csv': `start,end\n${T},\n`,
    })
    expect(outages.map(({ end, detected, reported }) => [end, detected, reported])).toEqual([
      [null, null, undefined],
      [null, undefined, undefined],
      [null, undefined, undefined],
    ])
  })

  it('takes a date as the whole local day', async () => {
    const { outages } = await read(
      { 'outages.csv': 'start,end\n2026-03-29,2026-03-29\n' },
      { timezone: 'Europe/Paris' },
    )
    const day = { earliest: at('2026-03-29T00:00:00+01:00'), latest: at('2026-03-30T00:00:00+02:00') }
    expect(outages.map(({ start, end }) => ({ start, end }))).toEqual([{ start: day, end: day }])
  })

  it('knows nothing later than as-of', async () => {
    const { outages, inputs } = await read(
      {
        'outages.csv': `start,end,detected_at
2026-05-01T10:00:00Z,2026-05-01T12:00:00Z,2026-05-01T12:00:01Z
2026-05-01T11:00:00Z,2026-05-01T12:00:01Z,2026-05-01T12:00:00Z
2026-05-01T12:00:00Z,,
2026-05-01T12:00:01Z,,
`,
      },
      { asOf: at('2026-05-01T12:00:00Z') },
    )
    expect(outages.map(({ start, end, detected }) => [start.earliest, end?.latest ?? end, detected])).toEqual([
      [at('2026-05-01T10:00:00Z'), at('2026-05-01T12:00:00Z'), null],
      [at('2026-05-01T11:00:00Z'), null, exactly('2026-05-01T12:00:00Z')],
      [at('2026-05-01T12:00:00Z'), null, null],
    ])
    expect(inputs[0]?.counts).toEqual([
      {
        type: 'outage',
        rows: 4,
        used: 3,
        unasked: 0,
        leftOut: 0,
        unknownService: 0,
        later: 1,
        duplicates: 0,
        skipped: 0,
      },
    ])
  })
})

describe('maintenances', () => {
  it('keeps what was announced and planned, whether past or not', async () => {
    const { maintenances } = await read(
      {
        'x.csv': `start,end,announced_at,planned_start,planned_end,expected_downtime,impact,kind
${T},,2026-04-28T10:00:00Z,2026-05-01T09:00:00Z,2026-05-01T14:00:00Z,1h 30min,none,planned
${T},,,,,,,emergency`,
      },
      { asOf: at('2026-05-01T12:00:00Z') },
    )
    expect(maintenances).toMatchObject([
      {
        start: exactly(T),
        end: null,
        announced: exactly('2026-04-28T10:00:00Z'),
        plannedStart: exactly('2026-05-01T09:00:00Z'),
        plannedEnd: exactly('2026-05-01T14:00:00Z'),
        expectedDowntime: 5_400_000,
        impact: 'none',
        overrunNotified: undefined,
        attributes: { kind: 'planned' },
      },
      { announced: null, impact: 'down' },
    ])
    expect(maintenances[1]).not.toHaveProperty('plannedStart')
  })
})

describe('coverage', () => {
  it('includes the day of an end date, ends at as-of, and without service is about all', async () => {
    const { coverage, supplied } = await read(
      {
        'x.csv':
          'type,from,to,service\noutage,2026-05-01,2026-05-02,web\ncheck,2026-05-01,2026-06-30,\nticket,2026-07-01,2026-07-02,web\n',
      },
      { timezone: 'Europe/Paris', services: ['web', 'api'], asOf: at('2026-05-10T00:00:00Z') },
    )
    const from = at('2026-05-01T00:00:00+02:00')
    expect(coverage.map(({ type, service, from, to }) => ({ type, service, from, to }))).toEqual([
      { type: 'outage', service: 'web', from, to: at('2026-05-03T00:00:00+02:00') },
      { type: 'check', service: 'web', from, to: at('2026-05-10T00:00:00Z') },
      { type: 'check', service: 'api', from, to: at('2026-05-10T00:00:00Z') },
    ])
    expect(supplied.has('outage')).toBe(false)
  })
})

describe('checks', () => {
  it('knows the usual words for states, whatever their case', async () => {
    const words = [
      'UP',
      'ok',
      '1',
      'True',
      'success',
      'DOWN',
      'Fail',
      '0',
      'false',
      'critical',
      'Slow',
      'paused',
      ' up ',
    ]
    const rows = words.map((word, i) => `2026-05-01T10:${String(i).padStart(2, '0')}:00Z,${word}`)
    const { probes } = await read({ 'x.csv': `Timestamp,State\n${rows.join('\n')}\n` })
    const minute = (i: number) => at('2026-05-01T10:00:00Z') + i * 60_000
    expect(probes[0]?.runs).toMatchObject([
      { state: 'down', first: minute(5), last: minute(9) },
      { state: 'degraded', first: minute(10), last: minute(10) },
      { state: 'unknown', first: minute(11), last: minute(11), after: minute(12) },
    ])
  })

  it('hands latencies on as measurements when these are asked for', async () => {
    const file = { 'x.csv': `time,status,response_time_ms\n${T},up,120.5\n2026-05-01T10:01:00Z,down,\n` }
    const { measurements, supplied } = await read(file)
    expect(measurements).toMatchObject([{ metric: 'latency_ms', service: '', usual: 0 }])
    expect(measurements.map(({ time, value }) => [[...time], [...value]])).toEqual([[[at(T)], [120.5]]])
    expect(supplied.has('measurement')).toBe(true)
    expect((await read(file, { types: new Set(['check']) })).measurements).toEqual([])
  })

  it('folds the rows once for every filter, and says which rows it cannot place', async () => {
    const { probes, unclear, inputs } = await read(
      {
        'x.csv': `time,status,Region\n${T},up,eu\n${T},down,us\n2026-05-01T10:01:00Z,up,eu\n2026-05-01T10:02:00Z,up,?\n`,
      },
      {
        filters: [
          undefined,
          [{ column: 'region', values: ['eu'], not: false }],
          [{ column: 'region', values: ['eu'], not: true }],
          [{ column: 'tier', values: ['x'], not: true }],
        ],
      },
    )
    // All rows: up and down at one instant are one sample, so three; eu two; not eu one; no row has a tier.
    expect(probes.map(({ filter, samples }) => [filter, samples])).toEqual([
      [0, 3],
      [1, 2],
      [2, 1],
    ])
    expect(unclear).toEqual([
      { type: 'check', service: '', filter: 1, columns: ['region'], rows: 1 },
      { type: 'check', service: '', filter: 2, columns: ['region'], rows: 1 },
      { type: 'check', service: '', filter: 3, columns: ['tier'], rows: 4 },
    ])
    expect(inputs[0]?.counts).toMatchObject([{ rows: 4, used: 4, duplicates: 0 }])
  })
})

describe('an end that is not known', () => {
  it('lies anywhere from the start to as of', async () => {
    const { outages } = await read({ 'outages.csv': `start,end\n${T},?\n` }, { asOf: at('2026-05-03T00:00:00Z') })
    expect(outages[0]?.end).toEqual({ earliest: at(T), latest: at('2026-05-03T00:00:00Z') })
  })

  it('needs its column all the same', async () => {
    const [error] = await errorsOf({ 'outages.csv': `start,severity\n${T},full\n` })
    expect(error?.message).toBe('no column "end", which records of type outage need')
  })
})

describe('requests and measurements', () => {
  it('sorts rows, drops repeated ones and finds the usual distance', async () => {
    const { requests, inputs } = await read({
      'x.csv': `time,total,failed,interval
2026-05-01T10:10:00Z,30,0,5min
2026-05-01T10:00:00Z,10,1,5min
2026-05-01T10:05:00Z,20,2,
2026-05-01T10:00:00Z,10,1,5min
`,
    })
    expect(requests).toHaveLength(1)
    const [series] = requests
    expect([...(series?.time ?? [])]).toEqual(['00', '05', '10'].map(m => at(`2026-05-01T10:${m}:00Z`)))
    expect([...(series?.total ?? [])]).toEqual([10, 20, 30])
    expect([...(series?.failed ?? [])]).toEqual([1, 2, 0])
    expect([...(series?.interval ?? [])]).toEqual([300_000, 0, 300_000])
    expect([...(series?.line ?? [])]).toEqual([3, 4, 2])
    expect(series?.usual).toBe(300_000)
    expect(inputs[0]?.counts).toMatchObject([{ rows: 4, used: 3, duplicates: 1 }])
  })

  it('keeps rows of one time that differ in another column, in every filter, and counts equal ones once', async () => {
    // eu 100/5, us 100/0, ap 100/0 at one time, us once more in another file with its columns in another order.
    const { requests, inputs } = await read(
      {
        'a.csv': `time,region,total,failed\n${T},eu,100,5\n${T},us,100,0\n${T},ap,100,0\n`,
        'b.csv': `failed,total,region,time\n0,100,us,${T}\n`,
      },
      { filters: [[{ column: 'region', values: ['eu'], not: true }], undefined] },
    )
    expect(requests.map(({ filter, total, failed }) => [filter, [...total], [...failed]])).toEqual([
      [0, [100, 100], [0, 0]],
      [1, [100, 100, 100], [5, 0, 0]],
    ])
    expect(inputs.map(({ counts }) => counts[0])).toMatchObject([
      { rows: 3, used: 3, duplicates: 0 },
      { rows: 1, used: 0, duplicates: 1 },
    ])
  })

  it('tells apart more rows of one time than it keeps texts for', async () => {
    const rows = Array.from({ length: 70_000 }, (_, i) => `${T},1,0,r${i}`)
    const { requests, inputs } = await read({
      'x.csv': ['time,total,failed,request', ...rows, ...rows.slice(-10), ''].join('\n'),
    })
    expect(requests[0]?.time).toHaveLength(70_000)
    expect(inputs[0]?.counts).toMatchObject([{ rows: 70_010, used: 70_000, duplicates: 10 }])
  })

  it('leaves out a row that covers counted time, of one region only', async () => {
    const { requests, skipped } = await read(
      {
        'x.csv': `time,total,failed,interval,region
2026-05-01T00:00:00Z,240,24,24h,eu
2026-05-01T01:00:00Z,10,1,1h,eu
2026-05-01T01:00:00Z,20,2,1h,us
2026-05-02T00:00:00Z,30,3,1h,eu
`,
      },
      { onBadRow: 'skip' },
    )
    expect([...(requests[0]?.total ?? [])]).toEqual([240, 20, 30])
    expect(skipped.map(row => [row.type, row.diagnostic.span?.line, row.diagnostic.message])).toEqual([
      ['requests', 3, 'this row covers time that line 2 already covers'],
    ])
  })

  it('keeps metrics apart and values exact', async () => {
    const { measurements } = await read({
      'x.csv': `time,metric,value\n${T},cpu,0.1\n${T},mem,-2e3\n2026-05-01T10:01:00Z,cpu,100000000000000.\n${T},cpu,0.2\n`,
    })
    expect(measurements.map(({ metric, value }) => [metric, ...value])).toEqual([
      ['cpu', 0.1, 0.2, 100_000_000_000_000],
      ['mem', -2000],
    ])
  })
})

describe('local times', () => {
  it('takes the earlier of two and moves over a gap, with a warning for each', async () => {
    const { outages, warnings, inputs } = await read(
      {
        'outages.csv': `start,end
2026-03-29T02:30,2026-03-29 03:30:00
2026-10-25T02:30,2026-10-25T02:30:00+01:00
2026-10-25T02:30,
`,
      },
      { timezone: 'Europe/Paris' },
    )
    expect(outages.map(({ start, end }) => [start.earliest, end?.earliest])).toEqual([
      [at('2026-03-29T03:30:00+02:00'), at('2026-03-29T03:30:00+02:00')],
      [at('2026-10-25T02:30:00+02:00'), at('2026-10-25T02:30:00+01:00')],
      [at('2026-10-25T02:30:00+02:00'), undefined],
    ])
    expect(warnings.map(({ message, span }) => [span?.line, message])).toEqual([
      [2, '2026-03-29T02:30:00 does not exist in Europe/Paris: read as 2026-03-29T03:30:00'],
      [3, '2026-10-25T02:30:00 happens twice in Europe/Paris: the first is taken'],
    ])
    expect(inputs[0]?.timezone).toBe('Europe/Paris')
  })

  it('names no zone where every stamp has an offset', async () => {
    const { inputs } = await read({ 'outages.csv': `start,end\n${T},\n` }, { timezone: 'Europe/Paris' })
    expect(inputs[0]).not.toHaveProperty('timezone')
  })
})
