import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

// cli → compare → report, audit → clauses → contract, evidence → time → model: a room may import only from rooms below it.
const LEVELS = [
  ['cli', 'library'],
  ['compare'],
  ['report', 'audit'],
  ['clauses'],
  ['contract', 'evidence'],
  ['time'],
  ['model'],
]
const LEVEL = new Map(LEVELS.flatMap((rooms, i) => rooms.map(room => [room, LEVELS.length - i] as const)))

// The renderers see only what is to be rendered, comparing makes plain data; the library's front door sees everything.
const NEVER: Readonly<Record<string, readonly string[]>> = {
  report: ['audit', 'clauses', 'contract', 'evidence'],
  compare: ['report'],
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => join('src', file))

const sources = new Map(files.map(file => [file, readFileSync(file, 'utf8')]))

function importsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:from\s+|import\s*\(\s*|import\s+)'([^']+)'/g)].map(match => match[1] ?? '')
}

function roomOf(file: string): string {
  const [, room = ''] = file.split('/')
  return room
}

describe('layers', () => {
  it('reads the real tree', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(importsOf("import { a } from './a.ts'\nawait import('./b.ts')\nimport './c.ts'")).toEqual([
      './a.ts',
      './b.ts',
      './c.ts',
    ])
  })

  it('imports only downward', () => {
    const wrong: string[] = []
    for (const [file, text] of sources) {
      const room = roomOf(file)
      if (room === 'index.ts') continue
      expect(LEVEL.has(room), `${file} stands in a room of its own`).toBe(true)
      for (const specifier of importsOf(text)) {
        if (!specifier.startsWith('.')) continue
        const target = normalize(join(dirname(file), specifier))
        if (!target.startsWith('src/')) {
          if (!(room === 'cli' && target === 'package.json')) wrong.push(`${file} → ${target}`)
          continue
        }
        const other = roomOf(target)
        const down = (LEVEL.get(other) ?? 99) < (LEVEL.get(room) ?? 0)
        if (other !== room && (!down || NEVER[room]?.includes(other))) wrong.push(`${file} → ${target}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('keeps types and helpers in model free of every other package', () => {
    const foreign = [...sources].filter(([file]) => roomOf(file) === 'model')
    const wrong = foreign.flatMap(([file, text]) =>
      [...text.matchAll(/^import (?!type ).*from '([^.][^']*)'/gm)].map(match => `${file} → ${match[1]}`),
    )
    expect(wrong).toEqual([])
  })

  it('never reads local times with luxon and touches the process in one file only', () => {
    const luxon = [...sources].filter(([, text]) => importsOf(text).includes('luxon')).map(([file]) => file)
    expect(luxon).toEqual([])
    const touching = [...sources]
      .filter(([, text]) => /(?<![\w.'`])process\.(?!versions)/.test(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')))
      .map(([file]) => relative('src', file))
    expect(touching.sort()).toEqual(['cli/io.ts', 'cli/process-offsets.ts'])
  })
})
