import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { inspectFiles } from '../../src/evidence/inspect.ts'
import { mapping, TICKETS, ticketsOf } from './formats-support.ts'
import { errorsOf, inDirectory, noStdin, read, short, zones } from './support.ts'

const TABLE = `Number,Prio,Opened,Group
1,P1,2026-05-01T10:00:00Z,Hosting
2,P2,2026-05-01T11:00:00Z,Desk
3,P1,2026-05-01T12:00:00Z,Hosting
`
const COLUMNS = 'columns: { Number: id, Prio: priority, Opened: opened_at }\n'
const ids = (evidence: Evidence) => Object.keys(ticketsOf(evidence))
const warnings = (evidence: Evidence) => evidence.warnings.map(w => `${w.code} ${short(w)}`)

describe('what a mapping names and a file does not have', () => {
  it('is said where rows are picked by it, which leaves out all of them', async () => {
    const map = mapping(`${COLUMNS}where:\n  Gruop: Hosting\n`)
    const evidence = await read({ 'a.csv': TABLE }, { types: TICKETS, ...map })
    expect(evidence.inputs[0]).toMatchObject({
      counts: [{ type: 'ticket', rows: 3, used: 0, unasked: 0, leftOut: 3 }],
      leftOutBy: { mapping: 3 },
    })
    expect(warnings(evidence)).toEqual([
      `mapping-column 1:1 the mapping's where (map.yaml:3) names "Gruop", which this file does not have: 3 rows are left out | did you mean "Group"?`,
    ])
  })

  it('may be the header of the file as well as the column that it is mapped to', async () => {
    for (const where of ['Prio: P1', 'priority: P1', 'group: Hosting', 'Group: Hosting']) {
      const evidence = await read({ 'a.csv': TABLE }, { types: TICKETS, ...mapping(`${COLUMNS}where: { ${where} }\n`) })
      expect([ids(evidence), warnings(evidence)]).toEqual([['1', '3'], []])
    }
    const values = mapping(`${COLUMNS}values: { Prio: { P1: P0 } }\nwhere: { Prio: P0 }\n`)
    expect(ids(await read({ 'a.csv': TABLE }, { types: TICKETS, ...values }))).toEqual(['1', '3'])
  })

  it('says that no row is picked though the column is there', async () => {
    const map = mapping(`${COLUMNS}where: { Group: Hostin }\n`)
    expect(warnings(await read({ 'a.csv': TABLE }, { types: TICKETS, ...map }))).toEqual([
      `mapping-where 1:1 the mapping's where (map.yaml:2) leaves out all 3 rows of this file | check its values: they are compared as the mapping leaves them (values)`,
    ])
  })

  it('is said of headers and of columns with texts', async () => {
    const map = mapping(`${COLUMNS.replace(' }', ', Gruop: queue }')}values: { prority: { P1: P0 } }\n`)
    expect(warnings(await read({ 'a.csv': TABLE }, { types: TICKETS, ...map }))).toEqual([
      `mapping-column 1:1 the mapping's columns (map.yaml:1) names "Gruop", which this file does not have | did you mean "Group"?`,
      `mapping-column 1:1 the mapping's values (map.yaml:2) names "prority", which this file does not have | did you mean "priority"?`,
    ])
  })

  it('is not said of a name that another file of the entry has, nor of values that changes hold', async () => {
    const files = {
      'a.csv': TABLE,
      'log.csv': 'id,time,change,value\n1,2026-05-01T10:30:00Z,priority,High\n',
    }
    const map = mapping(`${COLUMNS}values: { priority: { High: P0 }, group: { Desk: x } }\n`)
    const evidence = await read(files, { types: TICKETS, ...map })
    expect(warnings(evidence)).toEqual([])
    // The texts of a column are those of changes of it, in tables as in exports.
    expect(ticketsOf(evidence)['1']?.changes.at(-1)).toMatchObject({ change: 'priority', value: 'P0' })
  })

  it('is said of records too, once all of them are read', async () => {
    const lines =
      '{"id":1,"priority":"P1","opened_at":"2026-05-01T10:00:00Z"}\n{"id":2,"priority":"P1","opened_at":"2026-05-01T10:00:00Z","team":"x"}\n'
    const one = await read({ 'a.ndjson': lines }, { types: TICKETS, ...mapping('where: { team: x }\n') })
    expect([ids(one), warnings(one)]).toEqual([['2'], []])
    const none = await read({ 'a.ndjson': lines }, { types: TICKETS, ...mapping('where: { taem: x }\n') })
    expect(warnings(none)).toEqual([
      `mapping-column 1:1 the mapping's where (map.yaml:1) names "taem", which this file does not have: 2 rows are left out | did you mean "team"?`,
    ])
  })

  it('leaves alone what a named preset knows other headers for', async () => {
    const log =
      'number,state,priority,opened_at,sys_updated_on,sys_mod_count\nA,New,1,2026-05-01 10:00,2026-05-01 10:00,0\n'
    const map = mapping('preset: servicenow\ntimezone: UTC\nwhere: { state: New }\n')
    expect(warnings(await read({ 'a.csv': log }, { types: TICKETS, ...map }))).toEqual([])
  })

  it('is the hint where the column is one that rows need', async () => {
    const map = mapping(
      'as: ticket\nrows: updates\ncolumns: { Number: id, sys_modifed: updated_at, Opened: opened_at, Prio: priority }\n',
    )
    const file = { 'a.csv': TABLE.replace('Group', 'sys_modified,state') }
    expect((await errorsOf(file, { types: TICKETS, ...map })).map(short)).toEqual([
      `1:1 no column "updated_at", which rows: updates needs | map.yaml:3 maps "sys_modifed" to it, which is no header of this file: did you mean "sys_modified"?`,
    ])
  })

  it('lets the type be anything in rows that nobody wants', async () => {
    const file = { 'a.csv': `type,id,priority,opened_at\nticket,1,P1,2026-05-01T10:00:00Z\nnote,2,,\n` }
    const evidence = await read(file, { types: TICKETS, ...mapping('where: { type: ticket }\n') })
    expect(ids(evidence)).toEqual(['1'])
    expect(evidence.inputs[0]?.counts).toMatchObject([
      { type: 'ticket', rows: 1, used: 1 },
      { type: 'unknown', rows: 1, leftOut: 1, skipped: 0 },
    ])
  })

  it('counts what nobody asks for as that, whatever the mapping', async () => {
    const map = mapping(`as: ticket\n${COLUMNS}where: { Group: Desk }\n`)
    const { inputs } = await read({ 'a.csv': TABLE }, { types: new Set(['outage']), ...map })
    expect(inputs[0]).toMatchObject({ counts: [{ rows: 3, unasked: 3, leftOut: 0 }] })
    expect(inputs[0]).not.toHaveProperty('leftOutBy')
  })

  it('is said by inspect, with the rows left out', async () => {
    await inDirectory({ 'a.csv': TABLE }, async directory => {
      const map = mapping(`${COLUMNS}where: { Group: Desk }\nvalues: { prority: { P1: P0 } }\n`)
      const [found] = await inspectFiles([`${directory}/a.csv`], map, zones, noStdin)
      expect(found).toMatchObject({
        types: [{ type: 'ticket', rows: 3, leftOut: 2, bad: 0 }],
        leftOutBy: { mapping: 2 },
      })
      expect(found?.problems.map(({ code }) => code)).toEqual(['mapping-column'])
    })
  })
})

describe('headers that fit no type', () => {
  it('are told the type that they come nearest to', async () => {
    const file = { 'x.csv': 'id,prio,opened_at,responded_at,resolved_at\n' }
    expect((await errorsOf(file)).map(({ hint }) => hint)).toEqual([
      'it comes nearest to ticket (id, priority, opened_at), but lacks "priority" (is it "prio"?): rename columns, or use --map or --as',
    ])
    expect((await errorsOf({ 'x.csv': 'id,total,time\n' })).map(({ hint }) => hint)).toEqual([
      'it comes nearest to requests (time, total, failed), but lacks "failed": rename columns, or use --map or --as',
    ])
  })

  it('are told the header that a missing column may be', async () => {
    const file = { 'x.csv': 'id,prio,opened_at\n' }
    expect((await errorsOf(file, { as: 'ticket', types: TICKETS })).map(short)).toEqual([
      '1:1 no column "priority", which records of type ticket need | is it "prio"? rename it, or map it with --map: columns: { prio: priority }',
    ])
  })
})
