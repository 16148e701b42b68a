import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ParsedDocument, parseDocument } from '../../src/evidence/document-parser.ts'

const parse = (text: string): ParsedDocument => parseDocument(Buffer.from(text))

/** Values without the places that objects carry. */
const plain = (value: unknown): unknown => structuredClone(value)

/** `line:column message` of what is wrong. */
function wrong(text: string): string {
  const { flaw, places } = parse(text)
  if (flaw === undefined) throw new Error('expected a flaw')
  const { line, column } = places.placeAt(flaw.at)
  return `${line}:${column} ${flaw.message}`
}

/** A whole number of 16 and more digits that JSON.parse may have rounded stands as its digits. */
const unrounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d{16,}$/.test(String(value)) ? String(value) : value

const INDENTS = fc.constantFrom(undefined, 0, 1, 4, '\t', '\n')

describe('values', () => {
  it('are those of JSON.parse, however the document is written', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), INDENTS, (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        const { values, flaw } = parse(text)
        expect(flaw).toBeUndefined()
        expect(plain(values)).toEqual([JSON.parse(text, unrounded)])
      }),
      { numRuns: 500 },
    )
  })

  it('are those of JSON.parse for texts with every sign and escape', () => {
    const unit = fc.constantFrom('"', '\\', '/', '\b', '\n', '\u0000', '\u001f', 'é', '€', '𝒳', '\ud800', 'a', ' ')
    const escaped = (text: string): string =>
      `"${[...text].map(sign => (sign === '/' ? '\\/' : `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)).join('')}"`
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), text => {
        for (const written of [JSON.stringify(text), escaped(text)]) {
          expect(parse(written).values).toEqual([JSON.parse(written)])
        }
      }),
    )
  })

  it('are those of JSON.parse for numbers, save whole ones that it would round', () => {
    const numbers = ['0', '-0', '7', '-12', '0.5', '-1.25e3', '1E-7', '2e+2', '123456789012345', '9007199254740991']
    expect(parse(`[${numbers.join(',')}]`).values).toEqual([numbers.map(text => JSON.parse(text))])
    const long = ['9007199254740993', '-12345678901234567890', '90071992547409930001']
    expect(parse(`[${long.join(',')}]`).values).toEqual([long])
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), number => {
        fc.pre(!/^-?\d{16,}$/.test(JSON.stringify(number)))
        expect(parse(JSON.stringify(number)).values).toEqual([JSON.parse(JSON.stringify(number))])
      }),
    )
  })

  it('keep keys that objects have by nature', () => {
    const text = '{"__proto__":{"a":1},"constructor":2,"toString":3}'
    const [value] = parse(text).values
    expect(Object.keys(Object(value))).toEqual(['__proto__', 'constructor', 'toString'])
    expect(JSON.stringify(value)).toBe(text)
  })

  it('may follow each other', () => {
    expect(plain(parse('[1] [2]\n{"a":3}{"a":4}\n').values)).toEqual([[1], [2], { a: 3 }, { a: 4 }])
    expect(parse(' \n ').values).toEqual([])
  })
})

describe('places', () => {
  it('are those of a naive count', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), INDENTS, (value, indent) => {
        // Every object gets a first key that stands once in the text; keys that are numbers would come before it.
        let count = 0
        const marked = JSON.parse(JSON.stringify(value), (_, inner) =>
          typeof inner === 'object' && inner !== null && !Array.isArray(inner)
            ? Object.fromEntries([
                [`mark ${count++}!`, 0],
                ...Object.entries(inner).map(([key, held]) => [`key ${key}`, held]),
              ])
            : inner,
        )
        const text = JSON.stringify(marked, null, indent)
        const { values, places } = parse(text)
        const check = (inner: unknown): void => {
          if (typeof inner !== 'object' || inner === null) return
          const key = Object.keys(inner).find(one => /^mark \d+!$/.test(one))
          if (key !== undefined) {
            const keyAt = text.indexOf(JSON.stringify(key))
            const lines = text.slice(0, text.lastIndexOf('{', keyAt)).split('\n')
            expect(places.lineOf(inner)).toBe(lines.length)
            expect(places.placeOf(inner)).toMatchObject({
              line: lines.length,
              column: (lines.at(-1)?.length ?? 0) + 1,
            })
            const before = text.slice(0, keyAt).split('\n')
            expect(places.placeOf(inner, key)).toMatchObject({
              line: before.length,
              column: (before.at(-1)?.length ?? 0) + 1,
            })
          }
          for (const one of Object.values(inner)) check(one)
        }
        for (const one of values) check(one)
      }),
      { numRuns: 300 },
    )
  })

  it('are the object itself for a key that only inner objects or texts have', () => {
    const text = '[\n  { "a": { "key": 1 }, "b": "key", "list": [{ "key": 2 }] }\n]'
    const { values, places } = parse(text)
    expect(places.placeOf(Object(Object(values[0])[0]), 'key')).toEqual({
      line: 2,
      column: 3,
      frame: '  { "a": { "key": 1 }, "b": "key", "list": [{ "key": 2 }] }',
    })
  })

  it('tell objects that have their line to themselves', () => {
    const { values, places } = parse('[\n{"a":1},\n  {"b":1}, {"c":1},\n"x",{"e":1}\n]\n{"d":\n {"key": {}}}')
    const [list, last] = values.map(Object)
    const shared = [list[0], list[1], list[2], list[4], last, last.d, last.d.key].map(places.sharesLine)
    expect(shared).toEqual([false, false, true, true, false, false, true])
    const { values: maps, places: inMap } = parse('{\n  "debug" : {\n  }\n}')
    expect(inMap.sharesLine(Object(Object(maps[0]).debug))).toBe(false)
  })
})

describe('documents that are refused', () => {
  it.each([
    ['{"a":1,\n "b":2,\n "a":3}', '3:2 the key "a" stands twice in this object'],
    ['{"a":1,\n "\\u0061":3}', '2:2 the key "a" stands twice in this object'],
    ['[1,\n 2', '1:1 the file ends inside the list that begins here'],
    ['{"a": [\n{"b": 1', '2:1 the file ends inside the object that begins here'],
    ['{"a": {', '1:7 the file ends inside the object that begins here'],
    ['[1,]', '1:4 expected a value'],
    ['{"a":1,}', '1:8 expected a key in double quotes'],
    ['{a:1}', '1:2 expected a key in double quotes'],
    ['{"a" 1}', '1:6 expected ":" after a key'],
    ['{"a":1 "b":2}', '1:8 expected "," or "}" after a value'],
    ['["é" 1]', '1:6 expected "," or "]" after a value'],
    ['["𝒳", tru]', '1:8 expected a value'],
    ['[01]', '1:2 this is no number that JSON has'],
    ['[1.]', '1:2 this is no number that JSON has'],
    ['[-]', '1:2 this is no number that JSON has'],
    ['[1e]', '1:2 this is no number that JSON has'],
    ['[+1]', '1:2 expected a value'],
    ['[NaN]', '1:2 expected a value'],
    ['["a\nb"]', '1:4 a control character in a string has to be written with a backslash'],
    ['["ab\\x"]', '1:5 this is no escape that JSON has'],
    ['["\\u12G4"]', '1:3 this is no escape that JSON has'],
    ['[\n"abc', '2:1 this string is never closed'],
    ['["a\\', '1:2 this string is never closed'],
    ['[1] x', '1:5 expected a value'],
    ['{"a":', '1:6 the file ends where a value is expected'],
  ])('%s', (text, expected) => {
    expect(wrong(text)).toBe(expected)
  })

  it('are nested deeper than 1000 levels', () => {
    expect(wrong('['.repeat(1001))).toBe('1:1001 objects and lists are nested deeper than 1000 levels')
    expect(parse('['.repeat(1000) + ']'.repeat(1000)).flaw).toBeUndefined()
  })

  it('keep what was read before', () => {
    const { values } = parse('{"matches":[{"id":"A","list":[1,2,{"x":tru')
    expect(plain(values)).toEqual([{ matches: [{ id: 'A', list: [1, 2, { x: undefined }] }] }])
  })

  it('are all that JSON.parse refuses, and of the rest none but repeated keys', () => {
    const sign = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '1',
      '0',
      '-',
      '.',
      'e',
      'null',
      '"a"',
      '"b"',
      '\\',
      ' ',
    )
    let accepted = 0
    fc.assert(
      fc.property(
        fc.array(sign, { maxLength: 9 }).map(signs => signs.join('')),
        text => {
          const { values, flaw } = parse(text)
          let expected: unknown
          try {
            expected = JSON.parse(text)
          } catch {
            // Several values are no JSON text, but documents that follow each other.
            if (flaw === undefined) expect(values.length).not.toBe(1)
            return
          }
          accepted++
          if (flaw === undefined) expect(plain(values)).toEqual([expected])
          else expect(flaw.message).toContain('stands twice')
        },
      ),
      { numRuns: 5000 },
    )
    expect(accepted).toBeGreaterThan(50)
  })
})
