import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeSplitter } from '../../src/evidence/json-split.ts'

interface Split {
  readonly records: readonly string[]
  readonly starts: readonly string[]
  readonly failure: string | undefined
}

function split(text: string, cuts: readonly number[] = []): Split {
  const bytes = Buffer.from(text)
  const records: string[] = []
  const starts: string[] = []
  let failure: string | undefined
  const splitter = makeSplitter({
    get stopped() {
      return failure !== undefined
    },
    record(slice, { line, column }, item) {
      records.push(slice.toString())
      starts.push(`${item}@${line}:${column}`)
    },
    fatal(message, { line, column }) {
      failure = `${line}:${column} ${message}`
    },
  })
  const places = [0, ...cuts.map(cut => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  for (const [i, end] of places.slice(1).entries()) splitter.push(bytes.subarray(places[i], end))
  splitter.end()
  return { records, starts, failure }
}

const value = fc.jsonValue({ maxDepth: 3 })
const cuts = fc.array(fc.nat(), { maxLength: 30 })
const indent = fc.constantFrom(undefined, 1, '\t')

describe('splitting JSON', () => {
  it('yields the elements of any list, wherever the pieces are cut', () => {
    fc.assert(
      fc.property(fc.array(value), cuts, indent, (list, places, space) => {
        const { records, failure } = split(JSON.stringify(list, null, space), places)
        expect(failure).toBeUndefined()
        expect(records.map(text => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(list)))
      }),
      { numRuns: 300 },
    )
  })

  it('yields the records list of an object, whatever else it holds', () => {
    fc.assert(
      fc.property(fc.array(value), value, value, cuts, indent, (records, before, after, places, space) => {
        const text = JSON.stringify({ before, records, after }, null, space)
        const result = split(text, places)
        expect(result.failure).toBeUndefined()
        expect(result.records.map(one => JSON.parse(one))).toEqual(JSON.parse(JSON.stringify(records)))
      }),
      { numRuns: 300 },
    )
  })

  it('accepts a list exactly when JSON.parse does', () => {
    const parses = (text: string): boolean => {
      try {
        JSON.parse(text)
        return true
      } catch {
        return false
      }
    }
    let refused = 0
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.constantFrom('', ',', ']', '[', '}', '{', '"', ':', ' ', '1', 'null'),
        fc.boolean(),
        cuts,
        (list, place, piece, replace, places) => {
          const text = JSON.stringify(list)
          const at = 1 + (place % text.length)
          const changed = text.slice(0, at) + piece + text.slice(replace ? at + 1 : at)
          const { records, failure } = split(changed, places)
          const accepted = failure === undefined && records.every(parses)
          if (!accepted) refused++
          expect(accepted, changed).toBe(parses(changed))
        },
      ),
      { numRuns: 2000 },
    )
    expect(refused).toBeGreaterThan(100)
  })

  it('says where records begin, in lines and UTF-16 columns', () => {
    const text = '[\n  {"a": "é\\n\u{1f600}"}, {"b": 1},\n\n  {\n"c": [1,\n2]}\n]\n'
    const cutAnywhere = Array.from({ length: text.length + 4 }, (_, i) => split(text, [i]))
    for (const { starts } of cutAnywhere) expect(starts).toEqual(['1@2:3', '2@2:19', '3@4:3'])
  })

  it.each([
    ['[1 2]', '1:4 expected "," or "]" after a record'],
    ['[\n{"a":1},\n]', '3:1 expected a record'],
    ['[{"a":1}', '1:9 the file ends before its list of records is closed'],
    ['[\n {"a":1', '2:2 the file ends inside the record that begins here'],
    ['[] x', '1:4 unexpected text after the end of the document'],
    ['{"a":1}\nfoo', '2:1 expected another record or the end of the file'],
    ['{"records": [{}], "x": nope}', '1:1 the object around "records" is not valid JSON'],
    ['"text"', '1:1 expected a JSON list or object'],
    ['  \n', '2:1 there is no record in this file'],
  ])('refuses %j', (text, message) => {
    expect(split(text).failure).toBe(message)
  })

  it('gives up on a record without end', () => {
    const text = `[\n{"a": "${'x'.repeat(1024 * 1024)}`
    expect(split(text, [100_000, 900_000]).failure).toBe('2:1 record longer than 1 MiB')
  })
})
