import { readFileSync, writeFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type * as z from 'zod'
import { clauseKinds } from '../src/clauses/index.ts'
import { contractJsonSchema } from '../src/contract/schema.ts'
import type { Finding } from '../src/model/finding.ts'
import type { Report, UpcomingItem } from '../src/model/report.ts'
import { reportJsonSchema, type reportSchema } from '../src/report/schema.ts'
import { runCli } from './support/cli.ts'

const FILES = {
  'schemas/contract.schema.json': async () =>
    contractJsonSchema(await Promise.all(Object.values(clauseKinds).map(load => load()))),
  'schemas/report.schema.json': async () => reportJsonSchema(),
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
})
