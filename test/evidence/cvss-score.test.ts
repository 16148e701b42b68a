import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scoreOf } from '../../src/evidence/cvss/score.ts'
import { parseVector } from '../../src/evidence/cvss/vector.ts'
import { baseV2, baseV3, environmentalV2, temporalV2 } from './cvss-formulas.ts'

interface Example {
  readonly document: string
  readonly section: string
  readonly vector: string
  readonly base?: string
  readonly temporal?: string
  readonly environmental?: string
  readonly score?: string
}

const fixture = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/cvss', name), 'utf8')) as unknown
const examples = fixture('first-examples.json') as readonly Example[]
const references = fixture('v4-references.json') as readonly { source: string; scores: readonly string[] }[]
const versionOf = (vector: string) => /^CVSS:([\d.]+)/.exec(vector)?.[1] ?? '2.0'

describe("examples of FIRST's documents", () => {
  const counts = [
    ['2.0', 24],
    ['3.0', 3],
    ['3.1', 25],
    ['4.0', 61],
  ] as const

  it.each(counts)('CVSS %s: %i printed scores', (version, count) => {
    const printed = examples.filter(example => versionOf(example.vector) === version)
    const wrong = printed.filter(({ vector, base, score }) => scoreOf(vector) !== (score ?? base))
    expect(wrong).toEqual([])
    expect(printed.length).toBe(count)
  })

  it("the guide's temporal and environmental scores confirm the formulas that stand against all base vectors", () => {
    const guide = examples.filter(example => example.temporal !== undefined)
    expect(guide.length).toBe(3)
    for (const { vector, base, temporal, environmental } of guide) {
      expect([baseV2(vector), temporalV2(vector), environmentalV2(vector)]).toEqual([base, temporal, environmental])
    }
  })

  it('temporal and environmental metrics leave the base score of versions 2.0 and 3.x alone', () => {
    expect(scoreOf('AV:N/AC:L/Au:N/C:N/I:N/A:C/E:U/RL:OF/RC:UC/CDP:H/TD:N')).toBe('7.8')
    for (const version of ['3.0', '3.1']) {
      const more = 'E:U/RL:O/RC:U/CR:L/IR:L/AR:L/MAV:P/MAC:H/MPR:H/MUI:R/MS:U/MC:N/MI:N/MA:L'
      expect(scoreOf(`CVSS:${version}/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H/${more}`)).toBe('10.0')
    }
  })
})

describe('CVSS 4.0 reference lists', () => {
  it.each(references)('$source', ({ scores }) => {
    const wrong = scores.filter(line => {
      const [score = '', vector = ''] = line.split(' ')
      return scoreOf(vector) !== score
    })
    expect(wrong).toEqual([])
  })

  it('has both lists', () => {
    expect(references.map(list => list.scores.length)).toEqual([133, 27])
  })
})

describe('every base vector against the formulas in exact decimals', () => {
  const v2 = combinations(['AV:L,A,N', 'AC:H,M,L', 'Au:M,S,N', 'C:N,P,C', 'I:N,P,C', 'A:N,P,C'])
  const v3 = combinations(['AV:N,A,L,P', 'AC:L,H', 'PR:N,L,H', 'UI:N,R', 'S:U,C', 'C:N,L,H', 'I:N,L,H', 'A:N,L,H'])

  it('729 of version 2.0', () => {
    expect(v2.length).toBe(729)
    expect(v2.filter(vector => scoreOf(vector) !== baseV2(vector))).toEqual([])
  })

  it.each(['3.0', '3.1'])('2592 of version %s', version => {
    const vectors = v3.map(vector => `CVSS:${version}/${vector}`)
    expect(vectors.length).toBe(2592)
    expect(vectors.filter(vector => scoreOf(vector) !== baseV3(vector))).toEqual([])
  })
})

describe('scoreOf', () => {
  it('is undefined for what is no vector, where the calculator would score 0 or ignore the fault', () => {
    const refused = [
      '',
      'CVSS:3.1',
      'CVSS:3.1/AV:N',
      'CVSS:5.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
      'CVSS:4.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
      'CVSS:3.1/AV:N/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
      'AV:N/AC:L/Au:N/C:N/I:N',
    ]
    for (const vector of refused) {
      expect(parseVector(vector)).toHaveProperty('problem')
      expect(scoreOf(vector)).toBeUndefined()
    }
  })

  it('says the same however the vector is written', () => {
    expect(scoreOf('CVSS:2.0/A:C/I:N/C:N/Au:N/AC:L/AV:N')).toBe('7.8')
    expect(scoreOf('(AV:N/AC:L/Au:N/C:N/I:N/A:C)')).toBe('7.8')
    // The base metrics come to 10.0; with E:U the reference list has 9.1.
    const base = 'AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H'
    expect(scoreOf(`CVSS:4.0/${base}/E:U/CR:H/IR:H/AR:H`)).toBe('9.1')
    expect(scoreOf(`CVSS:4.0/AR:H/E:U/${base}/IR:H/CR:H/U:Amber/MAV:X`)).toBe('9.1')
  })

  it('has one decimal, also at both ends', () => {
    expect(scoreOf('CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:N')).toBe('0.0')
    expect(scoreOf('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H')).toBe('10.0')
  })
})

/** All vectors of metrics with one of their values each. */
function combinations(metrics: readonly string[]): readonly string[] {
  return metrics.reduce<readonly string[]>(
    (vectors, metric) => {
      const [name = '', values = ''] = metric.split(':')
      return vectors.flatMap(vector =>
        values.split(',').map(value => (vector === '' ? `${name}:${value}` : `${vector}/${name}:${value}`)),
      )
    },
    [''],
  )
}
