import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type {
  ConvertedRow,
  DocumentContext,
  DocumentTool,
  RecordFlaw,
  TableTool,
} from '../../src/evidence/formats/format.ts'

const FIXTURES = join(import.meta.dirname, '../fixtures')

export const fixture = (name: string): string => readFileSync(join(FIXTURES, name), 'utf8')
export const json = (name: string): unknown => JSON.parse(fixture(name))

export interface Converted {
  readonly rows: readonly Readonly<Record<string, string>>[]
  /** Types of what is left out. */
  readonly leftOut: readonly string[]
  readonly flaws: readonly RecordFlaw[]
  /** Codes of warnings. */
  readonly warned: readonly string[]
}

/** What a tool makes of a document; every row must come from an object of it. */
export function convert(
  tool: DocumentTool,
  document: unknown,
  takenAt?: string,
  components: readonly string[] = [],
): Converted {
  const warned: string[] = []
  const objects = new Set<unknown>()
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    objects.add(value)
    for (const inner of Object.values(value)) collect(inner)
  }
  collect(document)
  const found = [...tool.rows(document, context(warned, takenAt, components))]
  if (found.some(({ from }) => !objects.has(from))) throw new Error('a row comes from no object of the document')
  return sorted(
    found.map(({ row }) => row),
    warned,
  )
}

export function convertTable(tool: TableTool, text: string, takenAt?: string): Converted {
  const warned: string[] = []
  const records = recordsOf(text)
  const using = context(warned, takenAt)
  const found = records.flatMap((record): readonly (ConvertedRow | RecordFlaw)[] => {
    const rows = tool.rows(record, using)
    return 'problem' in rows ? [rows] : rows
  })
  return sorted(found, warned)
}

export const headersOf = (text: string): readonly string[] => Object.keys(recordsOf(text)[0] ?? {})

const recordsOf = (text: string): readonly Readonly<Record<string, string>>[] => parse(text, { columns: true })

function context(warned: string[], takenAt: string | undefined, components: readonly string[] = []): DocumentContext {
  return {
    takenAt,
    components: new Set(components),
    warn: code => {
      if (!warned.includes(code)) warned.push(code)
    },
  }
}

function sorted(found: readonly (ConvertedRow | RecordFlaw)[], warned: readonly string[]): Converted {
  return {
    rows: found.flatMap(row => ('type' in row ? [row] : [])),
    leftOut: found.flatMap(row => ('leftOut' in row ? [row.leftOut] : [])),
    flaws: found.flatMap(row => (isFlaw(row) ? [row] : [])),
    warned,
  }
}

function isFlaw(row: ConvertedRow | RecordFlaw): row is RecordFlaw {
  return 'problem' in row && !('type' in row)
}
