import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { findingsOf } from '../src/cli/finding-ids.ts'
import type { Io } from '../src/cli/io.ts'
import type { AuditOptions } from '../src/cli/options.ts'
import { type Audited, runAudit } from '../src/cli/pipeline.ts'
import { buildProgram } from '../src/cli/program.ts'
import { renderExplanation } from '../src/report/explain.ts'
import { streamJson } from '../src/report/json.ts'
import { streamPretty } from '../src/report/pretty.ts'
import { readReport } from '../src/report/read-report.ts'
import { plain, type View } from '../src/report/view.ts'
import { fakeIo } from './cli/fake-io.ts'
import { folder, wordsOf } from './scenarios/replay.ts'
import { root } from './support/cli.ts'

interface Audit {
  readonly cwd: string
  readonly line: string
  readonly words: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

const home = process.cwd()
const copies: string[] = []
let onPages = 0

afterAll(() => {
  process.chdir(home)
  for (const copy of copies) rmSync(copy, { recursive: true })
})

/** The audits of a scenario, in a copy of its folder. */
function auditsOf(name: string): readonly Audit[] {
  const lines = readFileSync(join(folder, name, 'cmd'), 'utf8').split('\n')
  const wanted = lines.filter(line => / ?sla audit /.test(` ${line}`))
  if (wanted.length === 0) return []
  const cwd = mkdtempSync(join(tmpdir(), 'sla-ids-'))
  copies.push(cwd)
  cpSync(join(folder, name), cwd, { recursive: true })
  if (existsSync(join(cwd, 'make.mjs'))) spawnSync(process.execPath, ['make.mjs'], { cwd })
  // The page alone makes no other audit.
  const bare = (line: string): string => line.replaceAll(/ (--width|-f) \S+| -[qv]\b|\b(LC_ALL|FORCE_COLOR)=\S+ /g, '')
  const distinct = [...new Map(wanted.map(line => [bare(line), line])).values()]
  return distinct.map(line => {
    const words = wordsOf(line)
    const at = words.indexOf('sla')
    const env = Object.fromEntries(words.slice(0, at).map(word => word.split('=')))
    return { cwd, line, words: words.slice(at + 1), env }
  })
}

/** Files as they are on the disk; nothing is written. */
function diskIo({ env, cwd }: Audit): Io {
  const { stdin, ...rest } = env
  return {
    ...fakeIo({}, rest),
    stdin: Readable.from(stdin === undefined ? [] : [readFileSync(join(cwd, stdin))]),
    readFile: path => readFile(path),
    kindOf: async path => {
      const found = await stat(path).catch(() => undefined)
      return found === undefined ? undefined : found.isDirectory() ? 'directory' : 'file'
    },
  }
}

/** The audit of a command line, once as `audit` runs it and once as `explain` does; undefined where it is refused. */
async function audited(one: Audit): Promise<{ readonly short: Audited; readonly full: Audited } | undefined> {
  process.chdir(one.cwd)
  let given: readonly [string, readonly string[], AuditOptions] | undefined
  const program = buildProgram({ ...diskIo(one), stderr: fakeIo().stderr }, () => undefined)
  program.commands
    .find(command => command.name() === 'audit')
    ?.action((contract: string, evidence: string[], options: AuditOptions) => {
      given = [contract, evidence, options]
    })
  try {
    await program.parseAsync([...one.words], { from: 'user' })
    if (given === undefined) return undefined
    const [contract, evidence, options] = given
    const short = await runAudit(contract, evidence, options, diskIo(one))
    const full = await runAudit(contract, evidence, { ...options, fullTimelines: true }, diskIo(one))
    return { short, full }
  } catch {
    return undefined
  }
}

function viewOf({ report, zone }: Audited, width = 100): View {
  return { width, colour: plain, ascii: false, verbose: 1, quiet: false, zone, again: [report.contract.file] }
}

/** The ids at the head of the blocks of a page, and in the command that it ends with. */
function idsOnPage(text: string): readonly string[] {
  const heads = [...text.matchAll(/^[✖?…▲✔–] (\S+)( {2}|$)/gm)].map(([, id = '']) => id)
  const named = [...text.matchAll(/^Why\? {2}sla explain ((?:'[^']*'|\S)+)/gm)].map(([, id = '']) =>
    id.replaceAll("'", ''),
  )
  return [...heads.filter(id => id.includes('/')), ...named]
}

/** Explains every id of an audit both ways; how many there were. */
async function explainAll(one: Audit): Promise<number> {
  const both = await audited(one)
  if (both === undefined) return 0
  const { short, full } = both
  const json = [...streamJson(short.report)].join('')
  const read = readReport(new TextEncoder().encode(json), 'report.json')
  const ids = read.clauses.flatMap(clause => [...clause.findings].map(({ id }) => id))
  for (const id of ids) {
    for (const [report, alone] of [
      [full.report, false],
      [read, true],
    ] as const) {
      const { clause, findings } = findingsOf(id, report)
      const found = [...findings].filter(finding => finding.id === id)
      expect(found.length).toBeGreaterThan(0)
      for (const finding of found.slice(0, 3)) {
        const text = renderExplanation(report, clause, finding, viewOf(full, 4000), { alone })
        expect(text).toContain(` ${id}  `)
        expect(text).toMatch(/\nPromise +\S/)
        expect(text).toMatch(/\nVerdict\n {2}status +\S/)
        // Whatever is judged says what would have turned it.
        if (finding.status !== 'not-applicable') expect(`${id}\n${text}`).toMatch(/\n {2}change +\S/)
        expect(text).not.toMatch(/undefined|NaN|\[object/)
      }
    }
  }
  const known = new Set(ids)
  const printed = idsOnPage([...streamPretty(short.report, viewOf(short, 4000))].join(''))
  expect(printed.filter(id => !known.has(id))).toEqual([])
  onPages += printed.length
  return ids.length
}

const names = readdirSync(folder, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name)

describe('every id that a report prints can be explained, from the evidence and from the report', () => {
  const counts: number[] = []

  it.each(names)('%s', async name => {
    for (const audit of auditsOf(name)) counts.push(await explainAll(audit))
  })

  it.each(readdirSync(join(root, 'examples/evidence'), { withFileTypes: true }).filter(entry => entry.isDirectory()))(
    'example $name',
    async ({ name }) => {
      const contract = readdirSync(join(root, 'examples/contracts')).find(file => name.startsWith(file.slice(0, -5)))
      const asOf = ['--as-of', '2026-07-01T00:00:00+02:00']
      const words = ['audit', `contracts/${contract}`, `evidence/${name}`, ...asOf]
      counts.push(await explainAll({ cwd: join(root, 'examples'), line: name, words, env: {} }))
    },
  )

  it('and there were many', () => {
    expect(counts.filter(count => count > 0).length).toBeGreaterThan(100)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(1000)
    expect(onPages).toBeGreaterThan(500)
  })
})
