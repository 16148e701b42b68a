import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Dialect } from '../../src/evidence/csv-lines.ts'
import { makeCsvRows } from '../../src/evidence/csv-rows.ts'
import type { RowSource } from '../../src/evidence/rows.ts'

interface Got {
  readonly header: readonly string[]
  readonly rows: readonly { readonly cells: readonly string[]; readonly line: number }[]
  readonly bad: readonly string[]
  readonly places: readonly string[]
}

function rowsOf(
  text: string | Buffer,
  cuts: readonly number[] = [],
  dialect: Dialect = { delimiter: 44, newline: 10 },
): Got {
  const bytes = Buffer.from(text)
  const rows: { cells: string[]; line: number }[] = []
  const bad: string[] = []
  const places: string[] = []
  let header: readonly string[] = []
  let stopped = false
  const source: RowSource = makeCsvRows(dialect, {
    get stopped() {
      return stopped
    },
    leftOut() {},
    supplies() {},
    columns(names) {
      header = names
    },
    row(cells, line) {
      rows.push({ cells: cells.map(cell => cell ?? ''), line })
      places.push(
        cells
          .map((_, i) => source.locate(i))
          .map(place => `${place.line}:${place.column}`)
          .join(' '),
      )
    },
    badRow(flaw) {
      const place = typeof flaw.place === 'function' ? flaw.place() : flaw.place
      bad.push(`${place?.line}:${place?.column} ${flaw.message}`)
    },
    fatal(flaw) {
      const place = typeof flaw.place === 'function' ? flaw.place() : flaw.place
      bad.push(`${place?.line}:${place?.column} ${flaw.message}`)
      stopped = true
    },
  })
  const ends = [0, ...cuts.map(cut => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  for (const [i, end] of ends.slice(1).entries()) source.push(bytes.subarray(ends[i], end))
  source.end()
  return { header, rows, bad, places }
}

const cell = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '1', ',', ';', '"', '\n', '\t'), maxLength: 6 })
const write = (text: string, quoted: boolean, separator: string): string =>
  quoted || /["\n\r]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text

describe('delimited rows', () => {
  it('gives the same cells as csv-parse, and the line each row begins in, wherever the pieces are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell, fc.boolean()), { maxLength: 12 }),
        fc.array(fc.nat(), { maxLength: 20 }),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (table, cuts, separator, newline, ended) => {
          const lines = [['x', 'y', 'z', false] as const, ...table].map(([a, b, c, quoted]) =>
            [a, b, c].map(text => write(text, quoted, separator)).join(separator),
          )
          const text = lines.join(newline) + (ended ? newline : '')
          const { rows, bad } = rowsOf(text, cuts, { delimiter: separator.charCodeAt(0), newline: 10 })
          expect(bad).toEqual([])
          const records: string[][] = parse(text, { delimiter: separator })
          expect(rows.map(row => row.cells)).toEqual(records.slice(1))
          let line = 2
          const expected = records.slice(1).map(record => {
            const here = line
            line += 1 + record.join('').split('\n').length - 1
            return here
          })
          expect(rows.map(row => row.line)).toEqual(expected)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('locates cells in line and column, behind quoted line ends too', () => {
    const { places } = rowsOf('a,b,c\n1,"x\n""y""",3\n\n"é",,zz')
    expect(places).toEqual(['2:1 2:3 3:8', '5:1 5:5 5:6'])
  })

  it('counts blank lines but reads nothing from them', () => {
    const { header, rows } = rowsOf('\n\na,b\n\n1,2\n   \n3,4\n')
    expect(header).toEqual(['a', 'b'])
    expect(rows).toEqual([
      { cells: ['1', '2'], line: 5 },
      { cells: ['3', '4'], line: 7 },
    ])
  })

  it('reads files that end lines with carriage returns alone', () => {
    const { rows } = rowsOf('a,b\r1,2\r"x\ry",4\r5,6', [], { delimiter: 44, newline: 13 })
    expect(rows).toEqual([
      { cells: ['1', '2'], line: 2 },
      { cells: ['x\ry', '4'], line: 3 },
      { cells: ['5', '6'], line: 5 },
    ])
  })

  it('names rows with too few or too many cells and reads the others', () => {
    const { rows, bad } = rowsOf('a,b\n1\n1,2,3\n1,2\n')
    expect(bad).toEqual(['2:1 1 cell where the header has 2', '3:5 3 cells where the header has 2'])
    expect(rows.map(row => row.line)).toEqual([4])
  })

  it('names stray quotes and reads the other rows', () => {
    const { rows, bad } = rowsOf('a,b\n1,5" disk\n"x" y,2\n3,"4"\n')
    expect(bad).toEqual([
      '2:4 a quote stands where the cell is not quoted as a whole',
      '3:4 a quote stands where the cell is not quoted as a whole',
    ])
    expect(rows).toEqual([{ cells: ['3', '4'], line: 4 }])
  })

  it('says where a quote opens that is never closed', () => {
    expect(rowsOf('a,b\n1,2\n3,"4\n5,6\n7,8').bad).toEqual(['3:3 this quote is never closed'])
  })

  it('refuses rows longer than 1 MiB', () => {
    const long = `a,b\n1,2\n3,"${'x'.repeat(1_100_000)}",\n`
    for (const cuts of [[], [10], [500_000, 1_000_000], [1_090_000]]) {
      expect(rowsOf(long, cuts).bad[0]).toBe('3:1 row longer than 1 MiB')
    }
  })

  it('names the line of bytes that are no text', () => {
    expect(rowsOf(Buffer.from([97, 10, 98, 10, 0xff, 10])).bad).toEqual(['3:1 this is not UTF-8 text'])
    expect(rowsOf(Buffer.from([97, 10, 98, 0, 10])).bad).toEqual(['2:1 this is a binary file: it holds a NUL byte'])
  })
})
