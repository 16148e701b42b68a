import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type * as z from 'zod'
import { clauseKinds } from '../src/clauses/index.ts'
import { alignmentJsonSchema, loadAlignment } from '../src/contract/alignment.ts'
import { contractJsonSchema } from '../src/contract/schema.ts'
import { loadWaivers, waiversJsonSchema } from '../src/contract/waivers.ts'
import { InputError } from '../src/model/diagnostic.ts'
import type { Finding } from '../src/model/finding.ts'
import type { Baseline, Report, UpcomingItem, WaiverUse } from '../src/model/report.ts'
import { reportJsonSchema, type reportSchema } from '../src/report/schema.ts'
import { folder, inCopy } from './scenarios/replay.ts'
import { runCli } from './support/cli.ts'

const FILES = {
  'schemas/contract.schema.json': async () =>
    contractJsonSchema(await Promise.all(Object.values(clauseKinds).map(load => load()))),
  'schemas/report.schema.json': async () => reportJsonSchema(),
  'schemas/waivers.schema.json': async () => waiversJsonSchema(),
  'schemas/alignment.schema.json': async () => alignmentJsonSchema(),
}

describe('schemas', () => {
  it.each(Object.entries(FILES))('%s is generated from the code as it stands (npm run schemas)', async (file, make) => {
    const text = `${JSON.stringify(await make(), null, 2)}\n`
    if (process.env.UPDATE_SCHEMAS === '1') writeFileSync(file, text)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  it('describes the report that the code makes', () => {
    type Described = z.output<typeof reportSchema>
    expectTypeOf<keyof Described>().toEqualTypeOf<keyof Report>()
    type DescribedFinding = Described['clauses'][number]['findings'][number]
    expectTypeOf<DescribedFinding['status']>().toEqualTypeOf<Finding['status']>()
    expectTypeOf<keyof DescribedFinding>().toEqualTypeOf<keyof Finding>()
    expectTypeOf<keyof Described['clauses'][number]>().toEqualTypeOf<keyof Report['clauses'][number]>()
    type DescribedItem = NonNullable<Described['upcoming']>['items'][number]
    expectTypeOf<keyof DescribedItem>().toEqualTypeOf<keyof UpcomingItem>()
    expectTypeOf<keyof Described['inputs'][number]>().toEqualTypeOf<keyof Report['inputs'][number]>()
    type Entry = NonNullable<Described['waivers']>['entries'][number]
    expectTypeOf<keyof Entry>().toEqualTypeOf<keyof WaiverUse>()
    expectTypeOf<keyof NonNullable<Described['baseline']>>().toEqualTypeOf<keyof Baseline>()
  })

  it.each(['platform-slo', 'timetonic', 'communet'])('accepts the JSON report of %s', name => {
    const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync('schemas/report.schema.json', 'utf8')))
    const { stdout } = runCli([
      'audit',
      `examples/contracts/${name}.yaml`,
      `examples/evidence/${name}`,
      '--as-of',
      '2026-09-15T12:00:00+02:00',
      '-f',
      'json',
    ])
    const report = JSON.parse(stdout)
    expect(validate(report), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true)
    expect(validate({ ...report, schemaVersion: 2 })).toBe(false)
  })

  it('accepts the example contracts', () => {
    const validate = new Ajv({ strict: false }).compile(
      JSON.parse(readFileSync('schemas/contract.schema.json', 'utf8')),
    )
    const contract = {
      apiVersion: 'sla/v1',
      kind: 'Contract',
      id: 'a',
      timezone: 'UTC',
      clauses: { up: { kind: 'availability', target: '99%', window: 'calendar month' } },
    }
    expect(validate(contract), JSON.stringify(validate.errors)).toBe(true)
    expect(
      validate({ ...contract, clauses: { up: { kind: 'availability', target: '99%', windw: 'calendar month' } } }),
    ).toBe(false)
  })

  it('accepts waiver files as they are read, and no others', () => {
    const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync('schemas/waivers.schema.json', 'utf8')))
    const waiver = { finding: 'uptime/*', reason: 'agreed', approver: 'J. Doe', until: '2026-06-30' }
    const { reason: _, ...without } = waiver
    const entries: readonly (readonly [Readonly<Record<string, unknown>>, boolean])[] = [
      [waiver, true],
      [without, false],
      [{ ...waiver, until: '30 June' }, false],
      [{ ...waiver, untill: '2026-06-30' }, false],
    ]
    for (const [entry, valid] of entries) {
      const file = { apiVersion: 'sla/v1', kind: 'Waivers', waivers: [entry] }
      expect(validate(file), JSON.stringify(validate.errors)).toBe(valid)
      const bytes = new TextEncoder().encode(JSON.stringify(file))
      expect(isRead(() => loadWaivers({ file: 'waivers.json', bytes }, 'acme'))).toBe(valid)
    }
    expect(validate({ apiVersion: 'sla/v1', kind: 'Contract', waivers: [] })).toBe(false)
  })

  it('accepts alignment files as they are read, and no others', () => {
    const validate = new Ajv({ strict: false }).compile(
      JSON.parse(readFileSync('schemas/alignment.schema.json', 'utf8')),
    )
    const parts: readonly (readonly [Readonly<Record<string, unknown>>, boolean])[] = [
      [{}, true],
      [{ priority: { P1: ['critical', 1] }, band: { high: 'High' } }, true],
      [{ rows: { restored: { acme: ['support/P1/resolve', 'recovery/rto'], boreal: 'recovery/rto' } } }, true],
      [{ priority: { P1: [] } }, false],
      [{ priority: ['P1'] }, false],
      [{ priorities: { P1: 'critical' } }, false],
      [{ rows: { restored: 'support/P1/resolve' } }, false],
    ]
    for (const [part, valid] of parts) {
      const file = { apiVersion: 'sla/v1', kind: 'Alignment', ...part }
      expect(validate(file), JSON.stringify([part, validate.errors])).toBe(valid)
      const bytes = new TextEncoder().encode(JSON.stringify(file))
      expect(isRead(() => loadAlignment({ file: 'names.json', bytes }))).toBe(valid)
    }
    expect(validate({ apiVersion: 'sla/v1', kind: 'Waivers' })).toBe(false)
  })

  it('accepts a report with waivers and a baseline', () => {
    const audit = (...more: readonly string[]) => ['audit', 'contract.yaml', 'later', '--as-of', '2026-02-28', ...more]
    const { stdout } = inCopy(join(folder, 'baseline-january'), cwd => {
      runCli(audit('--period', '2026-01', '-o', 'january.json'), { cwd })
      return runCli(audit('--waivers', 'waivers.yaml', '--baseline', 'january.json', '-f', 'json'), { cwd })
    })
    const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync('schemas/report.schema.json', 'utf8')))
    const report = JSON.parse(stdout)
    expect(validate(report), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true)
    expect(Object.keys(report)).toEqual(expect.arrayContaining(['waivers', 'baseline']))
  })
})

function isRead(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch (error) {
    if (error instanceof InputError) return false
    throw error
  }
}
