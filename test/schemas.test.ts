import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { clauseKinds } from '../src/clauses/index.ts'
import { contractJsonSchema } from '../src/contract/schema.ts'

const CONTRACT = 'schemas/contract.schema.json'

async function fresh(): Promise<string> {
  const kinds = await Promise.all(Object.values(clauseKinds).map(load => load()))
  return `${JSON.stringify(contractJsonSchema(kinds), null, 2)}\n`
}

describe('schemas', () => {
  it('are generated from the code as it stands (npm run schemas rewrites them)', async () => {
    const text = await fresh()
    if (process.env.UPDATE_SCHEMAS === '1') writeFileSync(CONTRACT, text)
    expect(readFileSync(CONTRACT, 'utf8')).toBe(text)
  })
})
