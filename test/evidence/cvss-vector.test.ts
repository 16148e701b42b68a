import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scoreOf } from '../../src/evidence/cvss/score.ts'
import { parseVector } from '../../src/evidence/cvss/vector.ts'

// The tables of metric values in the four documents, base metrics before the bar.
const V3 = `AV:N,A,L,P AC:L,H PR:N,L,H UI:N,R S:U,C C:H,L,N I:H,L,N A:H,L,N |
  E:X,H,F,P,U RL:X,U,W,T,O RC:X,C,R,U CR:X,H,M,L IR:X,H,M,L AR:X,H,M,L
  MAV:X,N,A,L,P MAC:X,L,H MPR:X,N,L,H MUI:X,N,R MS:X,U,C MC:X,N,L,H MI:X,N,L,H MA:X,N,L,H`
const TABLES: Readonly<Record<string, string>> = {
  '2.0': `AV:L,A,N AC:H,M,L Au:M,S,N C:N,P,C I:N,P,C A:N,P,C |
    E:U,POC,F,H,ND RL:OF,TF,W,U,ND RC:UC,UR,C,ND
    CDP:N,L,LM,MH,H,ND TD:N,L,M,H,ND CR:L,M,H,ND IR:L,M,H,ND AR:L,M,H,ND`,
  '3.0': V3,
  '3.1': V3,
  '4.0': `AV:N,A,L,P AC:L,H AT:N,P PR:N,L,H UI:N,P,A VC:H,L,N VI:H,L,N VA:H,L,N SC:H,L,N SI:H,L,N SA:H,L,N |
    E:X,A,P,U CR:X,H,M,L IR:X,H,M,L AR:X,H,M,L
    MAV:X,N,A,L,P MAC:X,L,H MAT:X,N,P MPR:X,N,L,H MUI:X,N,P,A MVC:X,H,L,N MVI:X,H,L,N MVA:X,H,L,N
    MSC:X,H,L,N MSI:X,S,H,L,N MSA:X,S,H,L,N
    S:X,N,P AU:X,N,Y R:X,A,U,I V:X,D,C RE:X,L,M,H U:X,Clear,Green,Amber,Red`,
}
const VERSIONS = Object.keys(TABLES)

interface Row {
  readonly name: string
  readonly values: readonly string[]
  readonly base: boolean
}
const rows = new Map(VERSIONS.map(version => [version, rowsOf(TABLES[version] ?? '')]))
const prefix = (version: string) => (version === '2.0' ? '' : `CVSS:${version}/`)
const problemOf = (text: string) => {
  const found = parseVector(text)
  return 'problem' in found ? found : { problem: `none: ${found.canonical}` }
}

describe('what is a vector', () => {
  it('version 2.0 comes bare, in parentheses or with a prefix, and is written bare', () => {
    const canonical = 'AV:N/AC:L/Au:N/C:N/I:N/A:C'
    for (const text of [canonical, `(${canonical})`, `CVSS:2.0/${canonical}`, ` ${canonical} `]) {
      expect(parseVector(text)).toEqual({ version: '2.0', canonical })
    }
  })

  it('puts metrics in order and leaves out those not defined', () => {
    expect(parseVector('CVSS:3.1/RC:X/A:H/I:L/C:N/S:C/UI:R/E:P/PR:L/AC:H/AV:A')).toEqual({
      version: '3.1',
      canonical: 'CVSS:3.1/AV:A/AC:H/PR:L/UI:R/S:C/C:N/I:L/A:H/E:P',
    })
    expect(parseVector('AV:N/AC:L/Au:N/C:N/I:N/A:C/E:ND/RL:U/TD:ND')).toEqual({
      version: '2.0',
      canonical: 'AV:N/AC:L/Au:N/C:N/I:N/A:C/RL:U',
    })
  })
})

describe('what is none, and why', () => {
  const BASE31 = 'AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H'
  const BASE40 = 'AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N'
  const KNOWN = 'known: CVSS:4.0, CVSS:3.1, CVSS:3.0, CVSS:2.0'
  const cases: readonly (readonly [text: string, problem: string, hint?: string])[] = [
    ['', 'the vector is empty'],
    ['  ', 'the vector is empty'],
    ['()', 'base metrics are missing: `AV`, `AC`, `Au`, `C`, `I`, `A`'],
    [`CVSS:3.2/${BASE31}`, 'unknown version `CVSS:3.2`', `did you mean \`CVSS:3.1/…\`? ${KNOWN}`],
    [`CVSS:4/${BASE40}`, 'unknown version `CVSS:4`', `did you mean \`CVSS:4.0/…\`? ${KNOWN}`],
    [`CVSS:17.3/${BASE40}`, 'unknown version `CVSS:17.3`', KNOWN],
    [`CVSS/${BASE40}`, 'unknown version `CVSS`', KNOWN],
    ['CVSS2#AV:N/AC:L/Au:N/C:N/I:N/A:C', 'unknown version `CVSS2`', `did you mean \`CVSS:2.0/…\`? ${KNOWN}`],
    [`CVSS:3.1#${BASE31}`, 'wrong prefix `CVSS:3.1`', `did you mean \`CVSS:3.1/…\`? ${KNOWN}`],
    [`CVSS:undefined/${BASE31}`, 'unknown version `CVSS:undefined`', KNOWN],
    [`cvss:3.1/${BASE31}`, 'wrong prefix `cvss:3.1`', `did you mean \`CVSS:3.1/…\`? ${KNOWN}`],
    [`CVSS3.1/${BASE31}`, 'wrong prefix `CVSS3.1`', `did you mean \`CVSS:3.1/…\`? ${KNOWN}`],
    [`CVSS:3.1 /${BASE31}`, 'wrong prefix `CVSS:3.1 `', `did you mean \`CVSS:3.1/…\`? ${KNOWN}`],
    ['CVSS:3.1/AV:N/AC:L/S:C', 'base metrics are missing: `PR`, `UI`, `C`, `I`, `A`'],
    [BASE31, 'the prefix with the version is missing', 'begin it with `CVSS:3.0/` or `CVSS:3.1/`'],
    [BASE40, 'the prefix with the version is missing', 'begin it with `CVSS:4.0/`'],
    [`CVSS:3.1/${BASE31}/AV:N`, '`AV` stands twice'],
    [`CVSS:3.1/${BASE31}/AV:P`, '`AV` stands twice: N and P'],
    [`CVSS:3.1/${BASE31}/VC:H`, '`VC` is no metric of CVSS 3.1', 'it is one of CVSS 4.0'],
    [`CVSS:4.0/${BASE40}/RL:O`, '`RL` is no metric of CVSS 4.0', 'it is one of CVSS 2.0, 3.0 and 3.1'],
    [`CVSS:3.1/${BASE31}/TD:L`, '`TD` is no metric of CVSS 3.1', 'it is one of CVSS 2.0'],
    ['AV:N/AC:L/AU:N/C:N/I:N/A:C', 'unknown metric `AU`', 'did you mean `Au`?'],
    [`CVSS:3.1/${BASE31}/MAW:N`, 'unknown metric `MAW`', 'did you mean `MAV`?'],
    ['CVSS:3.1/AV:N/AC:M', '`AC` of CVSS 3.1 has no value `M`', 'one of L, H'],
    ['CVSS:3.1/AV:n', '`AV` of CVSS 3.1 has no value `n`', 'one of N, A, L, P'],
    ['AV:X/AC:L/Au:N/C:N/I:N/A:C', '`AV` of CVSS 2.0 has no value `X`', 'one of L, A, N'],
    [`CVSS:4.0/${BASE40}/U:AMBER`, '`U` of CVSS 4.0 has no value `AMBER`', 'one of X, Clear, Green, Amber, Red'],
    [`CVSS:3.1/${BASE31} 9.8`, 'stray text `A:H 9.8`', 'only `METRIC:VALUE`, divided by `/`'],
    [`CVSS:3.1/${BASE31}/`, 'a `/` with nothing on one side', 'metrics are written `AV:N/AC:L/…`'],
    [`CVSS:3.1//${BASE31}`, 'a `/` with nothing on one side', 'metrics are written `AV:N/AC:L/…`'],
    ['7.5', 'stray text `7.5`', 'only `METRIC:VALUE`, divided by `/`'],
    ['(AV:N/AC:L/Au:N/C:N/I:N/A:C', 'stray text `(AV:N`', 'only `METRIC:VALUE`, divided by `/`'],
  ]

  it.each(cases.map(([text, problem, hint]) => ({ text, problem, hint })))('$text: $problem', each => {
    const { text, problem, hint } = each
    expect(parseVector(text)).toEqual(hint === undefined ? { problem } : { problem, hint })
  })

  it('names the metrics of the version where a name is like none of them', () => {
    expect(problemOf('AV:N/Wide:L')).toEqual({
      problem: 'unknown metric `Wide`',
      hint: 'CVSS 2.0 has AV, AC, Au, C, I, A, E, RL, RC, CDP, TD, CR, IR, AR',
    })
  })
})

describe.each(VERSIONS)('the grammar of CVSS %s', version => {
  const table = rows.get(version) ?? []
  const names = table.map(row => row.name)
  /** All base metrics and any of the others, in the document's order. */
  const vector = fc
    .tuple(
      ...table.map(row => {
        const metric = fc.constantFrom(...row.values).map(value => [`${row.name}:${value}`])
        return row.base ? metric : fc.oneof(fc.constant<string[]>([]), metric)
      }),
    )
    .map(parts => parts.flat())
  const shuffled = (parts: readonly string[]) =>
    fc.shuffledSubarray([...parts], { minLength: parts.length, maxLength: parts.length })
  const other = VERSIONS.flatMap(each => rows.get(each) ?? []).filter(row => !names.includes(row.name))

  it('any order comes to the document’s, without what is not defined', () => {
    fc.assert(
      fc.property(
        vector.chain(parts => fc.tuple(fc.constant(parts), shuffled(parts))),
        ([parts, order]) => {
          const canonical = prefix(version) + parts.filter(part => !/:(X|ND)$/.test(part)).join('/')
          expect(parseVector(prefix(version) + order.join('/'))).toEqual({ version, canonical })
          expect(parseVector(canonical)).toEqual({ version, canonical })
        },
      ),
      { numRuns: 300, seed: 1 },
    )
  })

  it('every vector has a score from 0.0 to 10.0 with one decimal', () => {
    fc.assert(
      fc.property(vector, parts => {
        expect(scoreOf(prefix(version) + parts.join('/'))).toMatch(/^(\d\.\d|10\.0)$/)
      }),
      { numRuns: 200, seed: 2 },
    )
  })

  it('a base metric left out is missed by name, another one is not', () => {
    fc.assert(
      fc.property(vector, fc.nat(), (parts, pick) => {
        const left = parts.filter((_, index) => index !== pick % parts.length)
        const gone = parts[pick % parts.length]?.split(':')[0] ?? ''
        const found = parseVector(prefix(version) + left.join('/'))
        if (table.some(row => row.name === gone && row.base)) {
          expect(found).toEqual({ problem: `base metrics are missing: \`${gone}\`` })
        } else {
          expect(found).toHaveProperty('version', version)
        }
      }),
      { numRuns: 300, seed: 3 },
    )
  })

  it('a metric twice is refused, with the same value or another', () => {
    fc.assert(
      fc.property(vector, fc.nat(), fc.nat(), fc.nat(), (parts, pick, value, place) => {
        const name = parts[pick % parts.length]?.split(':')[0] ?? ''
        const values = table.find(row => row.name === name)?.values ?? []
        const doubled = parts.toSpliced(place % (parts.length + 1), 0, `${name}:${values[value % values.length]}`)
        expect(problemOf(prefix(version) + doubled.join('/')).problem).toMatch(`\`${name}\` stands twice`)
      }),
      { numRuns: 300, seed: 4 },
    )
  })

  it('a metric of another version is refused', () => {
    fc.assert(
      fc.property(vector, fc.constantFrom(...other), fc.nat(), fc.nat(), (parts, row, value, place) => {
        const foreign = `${row.name}:${row.values[value % row.values.length]}`
        const text = prefix(version) + parts.toSpliced(place % (parts.length + 1), 0, foreign).join('/')
        expect(problemOf(text).problem).toMatch(row.name)
        expect(scoreOf(text)).toBeUndefined()
      }),
      { numRuns: 300, seed: 5 },
    )
  })

  it('a value the metric does not have is refused', () => {
    const values = [...new Set(VERSIONS.flatMap(each => (rows.get(each) ?? []).flatMap(row => row.values)))]
    fc.assert(
      fc.property(vector, fc.nat(), fc.constantFrom(...values, 'n', 'Q'), (parts, pick, value) => {
        const at = pick % parts.length
        const name = parts[at]?.split(':')[0] ?? ''
        fc.pre(!table.some(row => row.name === name && row.values.includes(value)))
        const text = prefix(version) + parts.with(at, `${name}:${value}`).join('/')
        expect(problemOf(text).problem).toBe(`\`${name}\` of CVSS ${version} has no value \`${value}\``)
      }),
      { numRuns: 300, seed: 6 },
    )
  })
})

function rowsOf(table: string): readonly Row[] {
  return table.split('|').flatMap((half, index) =>
    half
      .trim()
      .split(/\s+/)
      .map(row => {
        const [name = '', values = ''] = row.split(':')
        return { name, values: values.split(','), base: index === 0 }
      }),
  )
}
