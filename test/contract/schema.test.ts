import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { contractJsonSchema } from '../../src/contract/schema.ts'
import { HEAD, UPTIME, uptimeKind, workKind } from './support.ts'

const schema = contractJsonSchema([uptimeKind, workKind])
const check = new Ajv({ strict: false, allErrors: true }).compile(schema)
const takes = (text: string) => check(parse(text))

describe('the JSON schema of contracts', () => {
  it('takes what the loader takes', () => {
    expect(takes(HEAD + UPTIME)).toBe(true)
    const more = `calendars: { a: { week: { mon: ["09:00-12:00"], tue: closed }, holidays: [FR, 2026-01-02] } }
services: { a: , b: { needs: [a], rank: 1 } }
exclusions: { x: { event: maintenance, notice: { at-least: unstated } } }
${UPTIME}  w: { kind: maintenance, section: 1, where: { a: [1, b], c: { not: true } }, inside: { every: sunday, hours: "02:00-04:00" } }
`
    expect(takes(HEAD + more)).toBe(true)
  })

  it.each([
    ['an unknown key', `${HEAD}titel: x\n${UPTIME}`],
    ['a missing key', UPTIME],
    ['another language', HEAD.replace('v1', 'v2') + UPTIME],
    ['a number for text', `${HEAD}version: 1.5\n${UPTIME}`],
    ['an unknown kind', `${HEAD}clauses: { a: { kind: other } }`],
    ['a field of another kind', `${HEAD}${UPTIME}  w: { kind: maintenance, target: 99% }\n`],
    ['a bad id', `${HEAD}clauses: { "a b": { kind: maintenance } }`],
  ])('refuses %s', (_, text) => {
    expect(takes(text)).toBe(false)
  })

  it('describes every key and shows how it is written', () => {
    const { properties } = schema as { properties: Record<string, { description?: string; examples?: unknown[] }> }
    for (const [key, { description }] of Object.entries(properties))
      expect([key, typeof description]).toEqual([key, 'string'])
    expect(properties.timezone?.examples).toEqual(['Europe/Paris', 'UTC', '+01:00'])
    expect(schema).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      $id: 'urn:sla:v1:contract',
      title: 'SLA contract',
    })
  })
})
