import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { inspectFiles } from '../../src/evidence/inspect.ts'
import { at, inDirectory, noStdin, zones } from './support.ts'

describe('inspecting files', () => {
  it('says how each was read, whatever is wrong with it', async () => {
    const files = {
      'checks.csv.gz': gzipSync(
        'Timestamp;Status;Service;Rack\n2026-05-01 10:00:00;up;web;7\n2026-05-01 10:01:00;200;api;7\n2026-04-30 10:01:00;up;api;8\n',
      ),
      'mixed.ndjson':
        '{"type":"outage","start":"2026-05-01T10:00:00Z","end":null,"rack":7}\n{"type":"ticket","id":"T-1","priority":"P1"}\n',
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
          { type: 'ticket', rows: 1, bad: 0, read: false },
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
