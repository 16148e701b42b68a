import { describe, expect, it } from 'vitest'
import { BACKUP_TYPES, csv, readAll, warningsOf, when } from './backups-support.ts'
import { errorsOf, short } from './support.ts'

describe('restores', () => {
  const HEADER =
    'id,requested_at,started_at,completed_at,component,backup,purpose,scope,source,outcome,recovered_to,failure_at,incident'

  it('are read with all that is told of them', async () => {
    const evidence = await readAll({
      'restores.csv': csv(
        HEADER,
        'r2,02T10:00,02T11:00,,db,,real,,Live,?,,,',
        'r1,01T10:00,01T11:00,01T12:00,db,b1,test,full,backup,passed,01T04:00,01T09:00,I-1',
        'r3,2026-06-01T00:00:01Z,,,db,,test,,,,,,',
        'r4,,03T10:00,2026-06-01T00:00:01Z,db,?,,?,,failed,?,,?',
      ),
    })
    expect(evidence.restores).toMatchObject([
      {
        id: 'r1',
        component: 'db',
        backup: 'b1',
        purpose: 'test',
        scope: 'full',
        source: 'backup',
        passed: true,
        incident: 'I-1',
      },
      { id: 'r2', backup: null, purpose: 'real', scope: null, source: 'live', incident: null },
      { id: 'r4' },
    ])
    const [, , last] = evidence.restores
    expect([last?.backup, last?.scope, last?.incident, last?.purpose, last?.recoveredTo]).toEqual(
      Array(5).fill(undefined),
    )
    const stamps = evidence.restores.map(({ requested, started, completed, recoveredTo, failure }) => {
      return [requested, started, completed, recoveredTo, failure].map(when).join(' ')
    })
    expect(stamps).toEqual([
      '01T10:00 01T11:00 01T12:00 01T04:00 01T09:00',
      '02T10:00 02T11:00 - - -',
      '- 03T10:00 - ? -',
    ])
    expect(evidence.restores[0]?.attributes).toMatchObject({ scope: 'full' })
    expect(evidence.inputs[0]?.counts).toMatchObject([{ used: 3, later: 1 }])
  })

  it('of one id are one: what has happened meanwhile counts', async () => {
    const header = 'id,started_at,completed_at,outcome,purpose'
    const [begun, ended] = ['r1,01T10:00,,,test', 'r1,01T10:00,01T12:00,ok,test'] as const
    for (const rows of [
      [begun, ended],
      [ended, begun],
    ]) {
      const evidence = await readAll({ 'restores.csv': csv(header, ...rows) })
      expect(evidence.restores.map(({ completed, passed }) => [when(completed), passed])).toEqual([['01T12:00', true]])
      expect(warningsOf(evidence)).toEqual([])
    }
    const differing = await readAll({ 'restores.csv': csv(header, ended, 'r1,01T10:00,01T13:00,ok,test') })
    expect(differing.restores.map(({ completed }) => when(completed))).toEqual(['?'])
    expect(warningsOf(differing)).toEqual([
      'restores.csv:3 contradictory: restore "r1" is given more than once, and the rows differ | keep the row that is right: what they differ in is not known',
    ])
  })

  it('without an id stay apart, but equal ones are one', async () => {
    const row = '01T10:00,01T12:00,test'
    const files = {
      'a.csv': csv('started_at,completed_at,purpose', row, row),
      'b.csv': csv('purpose,started_at', 'test,01T10:00'),
    }
    const evidence = await readAll(files)
    expect(evidence.restores).toHaveLength(2)
    expect(evidence.inputs[0]?.counts).toMatchObject([{ used: 1, duplicates: 1 }])
  })

  it.each([
    ['started_at,purpose', ',test', '2:1 neither started_at nor requested_at is given: expected one of them'],
    ['started_at,purpose', '01T10:00,fun', '2:22 purpose "fun": no known word | expected test or real'],
    ['started_at,completed_at,purpose', '01T10:00,01T09:00,test', '2:22 completed_at lies before started_at'],
    ['requested_at,started_at,purpose', '01T10:00,01T09:00,test', '2:22 started_at lies before requested_at'],
    [
      'started_at,source,scope',
      '01T10:00,backups,full',
      '2:22 source "backups": did you mean "backup"? | expected backup or live',
    ],
  ])('%s: %s', async (header, row, error) => {
    const errors = await errorsOf({ 'restores.csv': csv(header, row) }, { types: new Set(['restore']) })
    expect(errors.map(short)).toEqual([error])
  })
})

describe('recovery points', () => {
  it('are in order, none later than as of', async () => {
    const evidence = await readAll({
      'points.csv': csv(
        'time,recoverable_to,component',
        '02T00:00,01T23:55,db',
        '01T00:00,01T00:00,db',
        '2026-06-01T00:00:01Z,01T00:00,db',
        '02T00:00,01T23:55,db',
      ),
    })
    const points = evidence.recoveryPoints.map(({ at, recoverableTo, component }) => [
      when(at),
      when(recoverableTo),
      component,
    ])
    expect(points).toEqual([
      ['01T00:00', '01T00:00', 'db'],
      ['02T00:00', '01T23:55', 'db'],
    ])
    expect(evidence.inputs[0]?.counts).toMatchObject([{ used: 2, later: 1, duplicates: 1 }])
  })

  it('lie before they are looked at', async () => {
    const files = { 'points.csv': csv('time,recoverable_to', '01T00:00,01T00:01') }
    const errors = await errorsOf(files, { types: new Set(['recovery-point']) })
    expect(errors.map(short)).toEqual(['2:22 recoverable_to lies after time'])
  })
})

describe('what ends before it happened', () => {
  it.each([
    [
      'incidents.csv',
      'id,kind,occurred_at,recovered_at',
      'I-2,disaster,02T00:00,01T01:00',
      'recovered_at lies before occurred_at',
    ],
    [
      'incidents.csv',
      'id,kind,occurred_at,resolved_at',
      'I-2,disaster,02T00:00,01T01:00',
      'resolved_at lies before occurred_at',
    ],
    [
      'restores.csv',
      'id,started_at,completed_at,outcome,failure_at',
      'x,01T00:00,01T01:00,ok,02T00:00',
      'completed_at lies before failure_at',
    ],
  ])('is an error in a row: %s %s', async (file, header, row, message) => {
    const errors = await errorsOf({ [file]: csv(header, row) }, { types: BACKUP_TYPES })
    expect(errors.map(one => one.message)).toEqual([message])
  })

  it('is not known where different rows say it', async () => {
    const evidence = await readAll({
      'a.csv': csv('id,kind,occurred_at,recovered_at', 'I-2,disaster,02T00:00,'),
      'b.csv': csv('id,kind,occurred_at,recovered_at', 'I-2,disaster,?,01T01:00'),
    })
    expect(evidence.incidents.map(({ recovered }) => recovered)).toEqual([undefined])
    expect(evidence.warnings.map(({ code }) => code)).toEqual(['contradictory'])
  })
})

describe('incidents', () => {
  it('are read with all their stamps', async () => {
    const names =
      'occurred detected suspected declared aware classified confirmed dismissed fix_available recovered resolved'
    const columns = names.split(' ').map(name => `${name}_at`)
    const cells = columns.map((_, i) => `01T${String(i + 1).padStart(2, '0')}:00`)
    const header = `id,kind,severity,affects,scope,${columns.join(',')}`
    const evidence = await readAll({
      'incidents.csv': csv(
        header,
        `I-1,Disaster,high,db,partial,${cells.join(',')}`,
        `I-2,,,,,02T01:00,?,${','.repeat(8)}`,
      ),
    })
    const [first, second] = evidence.incidents
    expect(first).toMatchObject({ id: 'I-1', kind: 'disaster', severity: 'high', affects: 'db', scope: 'partial' })
    const keys = [
      'occurred',
      'detected',
      'suspected',
      'declared',
      'aware',
      'classified',
      'confirmed',
      'dismissed',
      'fixAvailable',
      'recovered',
      'resolved',
    ] as const
    expect(keys.map(key => when(first?.[key]))).toEqual(cells)
    expect(keys.map(key => when(second?.[key])).join(' ')).toBe('02T01:00 ? - - - - - - - - -')
    expect(second).not.toHaveProperty('kind')
    const lacking = await readAll({ 'incidents.csv': csv('id,occurred_at', 'I-3,01T01:00') })
    expect(lacking.incidents[0]?.recovered).toBeUndefined()
  })

  it('that begin after as of are later, those that end after it still go on', async () => {
    const evidence = await readAll({
      'incidents.csv': csv(
        'id,occurred_at,recovered_at',
        'I-1,2026-06-01T00:00:01Z,',
        'I-2,31T00:00,2026-06-01T00:00:01Z',
      ),
    })
    expect(evidence.incidents.map(({ id, recovered }) => [id, recovered])).toEqual([['I-2', null]])
    expect(evidence.inputs[0]?.counts).toMatchObject([{ used: 1, later: 1 }])
  })

  it('of one id are one', async () => {
    const header = 'id,occurred_at,recovered_at,kind'
    const rows = ['I-1,01T00:00,,', 'I-1,01T00:00,01T05:00,disaster'] as const
    for (const files of [
      { 'a.csv': csv(header, ...rows) },
      { 'a.csv': csv(header, rows[1]), 'b.csv': csv(header, rows[0]) },
    ]) {
      const { incidents } = await readAll(files)
      expect(incidents.map(({ id, kind, recovered }) => [id, kind, when(recovered)])).toEqual([
        ['I-1', 'disaster', '01T05:00'],
      ])
    }
  })
})

describe('controls', () => {
  it('are read in order, planned ones last', async () => {
    const evidence = await readAll(
      {
        'controls.csv': csv(
          'control,performed_at,subject,outcome,value,valid_until',
          'review,,,,,',
          'review,02T00:00,a,passed,12,2026-05-10',
          'review,01T00:00,b,failed,,10T12:00',
          'review,?,b,?,,?',
          'review,2026-06-01T00:00:01Z,b,passed,,',
          'review,01T00:00,b,failed,,10T12:00',
        ),
      },
      { timezone: 'Europe/Paris' },
    )
    expect(
      evidence.controls.map(({ performed, subject, passed, value, validUntil }) => [
        when(performed),
        subject,
        passed,
        value,
        validUntil,
      ]),
    ).toEqual([
      ['01T00:00', 'b', false, undefined, Date.UTC(2026, 4, 10, 12)],
      ['02T00:00', 'a', true, '12', Date.UTC(2026, 4, 10, 22)],
      ['-', '', undefined, undefined, null],
      ['?', 'b', undefined, undefined, undefined],
    ])
    expect(evidence.inputs[0]?.counts).toMatchObject([{ used: 4, later: 1, duplicates: 1 }])
  })

  it.each([
    [',01T00:00,', '2:1 control is blank: expected which control was performed'],
    ['review,02T00:00,01T00:00', '2:29 valid_until lies before performed_at'],
  ])('%s', async (row, error) => {
    const files = { 'controls.csv': csv('control,performed_at,valid_until', row) }
    expect((await errorsOf(files, { types: new Set(['control']) })).map(short)).toEqual([error])
  })
})
