import { describe, expect, it } from 'vitest'
import { openvex } from '../../src/evidence/formats/openvex.ts'
import { convert, json } from './formats-findings-support.ts'

const SPRING = 'pkg:maven/org.springframework.boot/spring-boot@2.6.0'

describe('OpenVEX', () => {
  it('dates statements by themselves or by the document', () => {
    expect(convert(openvex, json('openvex/multiple.json'))).toEqual({
      rows: [
        {
          type: 'vex',
          id: 'CVE-2021-44228',
          time: '2023-01-15T01:02:03.853479631-06:00',
          status: 'affected',
          product: SPRING,
        },
        {
          type: 'vex',
          id: 'CVE-2021-44228',
          time: '2023-01-16T19:07:16.853479631-06:00',
          status: 'not_affected',
          justification: 'vulnerable_code_not_in_execute_path',
          product: SPRING,
        },
      ],
      leftOut: [],
      flaws: [],
      warned: [],
    })
  })

  it('speaks of a subcomponent only inside its product', () => {
    expect(convert(openvex, json('openvex/nested.json')).rows).toEqual([
      {
        type: 'vex',
        id: 'CVE-2024-0001',
        time: '2023-01-16T19:07:16.853479631-06:00',
        status: 'not_affected',
        justification: 'vulnerable_code_not_in_execute_path',
        asset: 'pkg:golang/github.com/aquasecurity/go-direct1@2.0.0',
        component: 'pkg:golang/github.com/aquasecurity/go-transitive@4.0.0',
        version: '4.0.0',
      },
    ])
  })

  const statement = (more: object) => ({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    timestamp: '2026-05-01T00:00:00Z',
    statements: [{ vulnerability: { name: 'CVE-2026-1' }, products: [{ '@id': 'shop' }], status: 'fixed', ...more }],
  })

  it('gives a row for each name and product, dated by the last update', () => {
    const told = statement({
      vulnerability: { '@id': 'https://x/1', name: 'CVE-2026-1', aliases: ['GHSA-aaaa-bbbb-cccc', 'CVE-2026-1'] },
      products: [{ '@id': 'shop' }, { '@id': 'x', identifiers: { purl: 'pkg:oci/shop' } }],
      timestamp: '2026-05-02T00:00:00Z',
      last_updated: '2026-05-03T00:00:00Z',
    })
    const rows = convert(openvex, told).rows.map(({ id, product, time }) => [id, product, time])
    expect(rows).toEqual([
      ['CVE-2026-1', 'shop', '2026-05-03T00:00:00Z'],
      ['CVE-2026-1', 'pkg:oci/shop', '2026-05-03T00:00:00Z'],
      ['GHSA-aaaa-bbbb-cccc', 'shop', '2026-05-03T00:00:00Z'],
      ['GHSA-aaaa-bbbb-cccc', 'pkg:oci/shop', '2026-05-03T00:00:00Z'],
    ])
  })

  it.each([
    [{ products: [] }, 'CVE-2026-1: a statement names no product'],
    [{ products: [{ hashes: {} }] }, 'CVE-2026-1: a statement names no product'],
    [{ products: [{ '@id': 'shop', subcomponents: [{}] }] }, 'CVE-2026-1: a statement names no product'],
    [{ status: 'exploitable' }, 'CVE-2026-1: "exploitable" is no status of OpenVEX'],
    [{ vulnerability: {} }, 'a statement names no vulnerability'],
  ])('tells what is wrong with %j', (more, problem) => {
    const { rows, flaws } = convert(openvex, statement(more))
    expect([rows, flaws.map(flaw => flaw.problem)]).toEqual([[], [problem]])
  })

  it('takes the time of the user only where there is none', () => {
    const { timestamp: _, ...undated } = statement({})
    expect(convert(openvex, undated).flaws[0]?.key).toBe('timestamp')
    expect(convert(openvex, undated, '2026-06-01T00:00:00Z').rows[0]?.time).toBe('2026-06-01T00:00:00Z')
    expect(convert(openvex, statement({}), '2026-06-01T00:00:00Z').rows[0]?.time).toBe('2026-05-01T00:00:00Z')
  })
})
