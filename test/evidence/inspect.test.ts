import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { inspectionText } from '../../src/cli/inspect.ts'
import { type Inspection, inspectFiles } from '../../src/evidence/inspect.ts'
import { viewOf } from '../report/fixture.ts'
import { at, inDirectory, noStdin, zones } from './support.ts'

describe('inspecting files', () => {
  it('says how each was read, whatever is wrong with it', async () => {
    const files = {
      'checks.csv.gz': gzipSync(
        'Timestamp;Status;Service;Rack\n2026-05-01 10:00:00;up;web;7\n2026-05-01 10:01:00;200;api;7\n2026-04-30 10:01:00;up;api;8\n',
      ),
      'mixed.ndjson':
        '{"type":"outage","start":"2026-05-01T10:00:00Z","end":null,"rack":7}\n{"type":"notification","incident":"I-1","sent_at":"2026-05-01T11:00:00Z"}\n',
      'slip.csv': 'time,status,serivce\n',
      'what.csv': 'foo,bar\n',
      'zip.csv': Uint8Array.of(80, 75, 0, 0),
    }
    await inDirectory(files, async directory => {
      const paths = [...Object.keys(files), 'gone.csv'].map(name => join(directory, name))
      const found = await inspectFiles(paths, { timezone: 'Europe/Paris' }, zones, noStdin)
      expect(found.map(({ file }) => file.slice(directory.length + 1))).toEqual(['gone.csv', ...Object.keys(files)])
      const [gone, checks, mixed, slip, what, zip] = found
      expect(gone?.problems.map(p => p.message)).toEqual([
        `${directory}/gone.csv can't be read: there is no such file or directory`,
      ])
      expect(checks).toMatchObject({
        format: 'csv',
        compressed: true,
        bytes: files['checks.csv.gz'].length,
        delimiter: ';',
        types: [{ type: 'check', rows: 3, bad: 1, read: true }],
        columns: { Timestamp: 'time', Status: 'status', Service: 'service' },
        unused: ['Rack'],
        nearMisses: [],
        timezone: 'Europe/Paris',
        first: at('2026-04-30T10:01:00+02:00'),
        last: at('2026-05-01T10:00:00+02:00'),
      })
      expect(checks?.problems.map(p => p.span?.line)).toEqual([3])
      expect(mixed).toMatchObject({
        format: 'ndjson',
        types: [
          { type: 'outage', rows: 1, bad: 0, read: true },
          { type: 'notification', rows: 1, bad: 0, read: false },
        ],
        unused: ['rack'],
        problems: [],
      })
      expect(mixed).not.toHaveProperty('delimiter')
      expect(slip).toMatchObject({ nearMisses: [{ header: 'serivce', meant: 'service' }] })
      expect(what).toMatchObject({ format: 'csv', types: [], problems: [{ code: 'unknown-type' }] })
      expect(zip).toMatchObject({ format: 'unknown', problems: [{ code: 'binary-file' }] })
    })
  })
})

describe('inspecting exports', () => {
  it('says whose they are and what they leave open', async () => {
    const files = {
      'jira.csv': 'Issue key,Status,Priority,Created,Comment,Comment\nA-1,Done,High,01/Jun/26 9:00 AM,x,y\n',
      'plain.csv': 'id,priority,opened_at\nT-1,P1,2026-06-01T09:00:00Z\nT-1,P2,2026-06-01T09:00:00Z\n',
    }
    await inDirectory(files, async directory => {
      const paths = Object.keys(files).map(name => join(directory, name))
      const [jira, plain] = await inspectFiles(paths, { timezone: 'UTC' }, zones, noStdin)
      expect(jira).toMatchObject({
        format: 'csv',
        tool: {
          name: 'jira',
          notes: expect.arrayContaining([
            "response is not known: Comment columns do not tell the customer's comments from the team's",
          ]),
        },
        types: [{ type: 'ticket', rows: 1, bad: 0, read: true }],
        columns: { 'Issue key': 'id', Created: 'opened_at' },
        unused: ['Comment'],
        first: at('2026-06-01T09:00:00Z'),
        problems: [],
      })
      expect(plain).not.toHaveProperty('tool')
      expect(plain?.problems.map(({ code }) => code)).toEqual(['repeated-id'])
      const text = inspectionText(jira as Inspection, zones, viewOf(), { quiet: false })
      expect(text).toMatch(/^ {2}read as +Jira issues \(CSV\)$/m)
      expect(text.replaceAll(/\s+/g, ' ')).toContain(
        "note response is not known: Comment columns do not tell the customer's comments from the team's",
      )
    })
  })
})

describe('what inspect says of times', () => {
  const text = async (file: string, name: string, options: Parameters<typeof inspectFiles>[1] = {}) =>
    inDirectory({ [name]: file }, async directory => {
      const [found] = await inspectFiles([join(directory, name)], options, zones, noStdin)
      return inspectionText(found as Inspection, zones, viewOf(), { quiet: true })
    })

  it('is nothing of offsets where no stamp could be read, or one lacks it', async () => {
    const header = 'id,priority,opened_at\n'
    expect(await text(`${header}A,P1,2026-05-01T10:00:00Z\n`, 'a.csv')).toMatch(/zone +every stamp has its offset/)
    for (const rows of [
      '',
      'A,P1,2026-05-01 10:00\n',
      'A,P1,noon\n',
      'A,P1,2026-05-01T10:00:00Z\nB,P1,2026-05-01 10:00\n',
    ]) {
      expect(await text(`${header}${rows}`, 'a.csv')).not.toContain('zone ')
    }
  })

  it('is the form in which a tool or a mapping reads them', async () => {
    const snow =
      'number,state,priority,opened_at,sys_updated_at,sys_mod_count\nA,New,1,4/5/2026 10:00,4/5/2026 10:00,0\n'
    expect(await text(snow, 'a.csv', { timezone: 'UTC' })).toMatch(
      /times +as D\/M\/YYYY H:mm\[:ss\], D-M-YYYY H:mm\[:ss\] or ISO 8601/,
    )
    const map = { mapping: { file: 'm.yaml', bytes: Buffer.from('time-format: epoch-s\n') } }
    const epoch = await text('id,priority,opened_at\nA,P1,1777593600\n', 'a.csv', map)
    expect(epoch).toMatch(/times +as epoch-s/)
    expect(epoch).not.toContain('every stamp has its offset')
  })

  it('is how many rows are left out, and by what', async () => {
    const issues =
      '[{"number":1,"createdAt":"2026-05-01T10:00:00Z"},{"number":2,"createdAt":"2026-05-01T10:00:00Z","pull_request":{}}]'
    expect(await text(issues, 'a.json')).toMatch(/ticket +2 rows, 1 left out by the format/)
    const map = { mapping: { file: 'm.yaml', bytes: Buffer.from('where: { number: 2 }\n') } }
    expect(
      await text('number,priority,opened_at\n1,P1,2026-05-01T10:00:00Z\n2,P1,2026-05-01T10:00:00Z\n', 'a.csv', map),
    ).toMatch(/ticket +2 rows, 1 left out by the mapping/)
  })
})
