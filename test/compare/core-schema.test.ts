import { readFileSync, writeFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type * as z from 'zod'
import { compareContracts } from '../../src/compare/compare.ts'
import { comparisonJsonSchema, type comparisonSchema } from '../../src/compare/schema.ts'
import type { Cell, Comparison, EnvelopeValue, ReplayVerdict, Witness } from '../../src/model/comparison.ts'
import { contractOf, rules, tickets, up, zones } from './fakes.ts'

const FILE = 'schemas/comparison.schema.json'

describe('schema of comparisons', () => {
  it('is generated from the code as it stands (npm run schemas)', () => {
    const text = `${JSON.stringify(comparisonJsonSchema(), null, 2)}\n`
    if (process.env.UPDATE_SCHEMAS === '1') writeFileSync(FILE, text)
    expect(readFileSync(FILE, 'utf8')).toBe(text)
  })

  it('describes the comparison that the code makes', () => {
    type Described = z.output<typeof comparisonSchema>
    expectTypeOf<keyof Described>().toEqualTypeOf<keyof Comparison>()
    expectTypeOf<keyof Described['rows'][number]['cells'][number]>().toEqualTypeOf<keyof Cell>()
    expectTypeOf<keyof Described['witnesses'][number]>().toEqualTypeOf<keyof Witness>()
    expectTypeOf<keyof Described['envelope'][number]['values'][number]>().toEqualTypeOf<keyof EnvelopeValue>()
    type Verdict = NonNullable<NonNullable<Described['replay']>[number]['verdicts'][number]>
    expectTypeOf<keyof Verdict>().toEqualTypeOf<keyof ReplayVerdict>()
  })

  it('accepts a comparison as it is printed', async () => {
    const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(FILE, 'utf8')))
    const contracts = [
      await contractOf('a', { up: up('99.5%'), help: tickets({ P1: '1h' }) }),
      await contractOf('b', { up: up('99%'), help: tickets({ P1: 'unstated', P2: '4h' }) }),
    ]
    const comparison = await compareContracts(contracts, { year: 2026, zones, version: '1.0.0', rules })
    const read = JSON.parse(JSON.stringify(comparison))
    expect(validate(read), JSON.stringify(validate.errors)).toBe(true)
    expect(validate({ ...read, schemaVersion: 2 })).toBe(false)
    expect(validate({ ...read, rows: [{ ...read.rows[0], cells: [{ state: 'promised' }] }] })).toBe(false)
  })
})
