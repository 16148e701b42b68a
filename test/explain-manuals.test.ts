import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clauseKinds } from '../src/clauses/index.ts'
import { compareManual } from '../src/compare/manual.ts'
import { loadAlignment } from '../src/contract/alignment.ts'
import { wordsOf } from './scenarios/replay.ts'
import { runCli } from './support/cli.ts'

/** Files and commands of the example of a manual page, each command with the output that it shows. */
interface Example {
  readonly files: ReadonlyMap<string, string>
  readonly commands: readonly { readonly line: string; readonly output: string }[]
}

/** `name:` opens a file, `$` a command; what is indented below belongs to it. */
function exampleOf(manual: string): Example {
  const from = manual.indexOf('\nExample\n')
  const text = manual.slice(from + '\nExample\n'.length, manual.indexOf('\nA larger one\n'))
  const parts = text.split(/^ {2}(?! )/m).filter(part => part.trim() !== '')
  const body = (part: string): string =>
    part
      .slice(part.indexOf('\n') + 1)
      .replaceAll(/^ {4}/gm, '')
      .trimEnd()
  const named = parts.map(part => ({ head: part.split('\n')[0] ?? '', body: body(part) }))
  return {
    files: new Map(named.flatMap(({ head, body: text }) => (/^\S+:$/.test(head) ? [[head.slice(0, -1), text]] : []))),
    commands: named.flatMap(({ head, body: output }) =>
      head.startsWith('$ ') ? [{ line: head.slice(2), output }] : [],
    ),
  }
}

const ascii = { LC_ALL: 'C', NO_COLOR: '1', FORCE_COLOR: '', SLA_WIDTH: '76' }

describe('the manual pages', () => {
  it.each(Object.keys(clauseKinds))('%s: its example runs and prints what it shows', async kind => {
    const { manual = '' } = (await clauseKinds[kind]?.()) ?? {}
    const { files, commands } = exampleOf(manual)
    expect(files.get('contract.yaml')).toContain(`kind: ${kind}`)
    expect(files.size).toBeGreaterThan(1)
    expect(commands.length).toBeGreaterThan(0)
    const cwd = mkdtempSync(join(tmpdir(), 'sla-manual-'))
    try {
      for (const [name, text] of files) writeFileSync(join(cwd, name), `${text}\n`)
      for (const { line, output } of commands) {
        const [sla, ...args] = wordsOf(line)
        expect(sla).toBe('sla')
        const run = runCli(args, { cwd, env: ascii })
        expect({ stderr: run.stderr, stdout: run.stdout.trimEnd() }).toEqual({ stderr: '', stdout: output })
      }
      // A breach is shown, and every finding of it can be explained.
      const audit = wordsOf(commands[0]?.line ?? '').slice(2)
      const json = JSON.parse(runCli(['audit', ...audit, '-f', 'json'], { cwd, env: ascii }).stdout)
      expect(json.summary.status).toBe('breached')
      const [finding] = json.clauses[0].findings
      const explained = runCli(['explain', finding.id, ...audit], { cwd, env: ascii })
      expect(explained.code).toBe(0)
      expect(explained.stdout).toContain('\nVerdict\n  status  ')
    } finally {
      rmSync(cwd, { recursive: true })
    }
  })

  it('compare: its example runs and prints what it shows, its alignment file can be read', () => {
    expect(runCli(['explain', 'compare'])).toEqual({ code: 0, stdout: compareManual, stderr: '' })
    const { files, commands } = exampleOf(compareManual)
    const cwd = mkdtempSync(join(tmpdir(), 'sla-manual-'))
    try {
      for (const [name, text] of files) writeFileSync(join(cwd, name), `${text}\n`)
      const [{ line, output } = { line: '', output: '' }, ...more] = commands
      expect(more).toEqual([])
      const run = runCli(wordsOf(line).slice(1), { cwd, env: ascii })
      expect({ ...run, stdout: run.stdout.trimEnd() }).toEqual({ code: 1, stderr: '', stdout: output })
    } finally {
      rmSync(cwd, { recursive: true })
    }
    const sample = compareManual.slice(
      compareManual.indexOf('  apiVersion'),
      compareManual.indexOf('\n  Names of evidence'),
    )
    // What is written beside its lines is no part of the file.
    const text = sample
      .replaceAll(/ {4,}(?:the name shown|the row shown|contract \().*$/gm, '')
      .replaceAll(/^ {2}/gm, '')
    const { names, rows } = loadAlignment({ file: 'names.yaml', bytes: new TextEncoder().encode(text) })
    expect(Object.values(names).every(pairs => pairs.length > 0)).toBe(true)
    expect(rows).toHaveLength(2)
  })

  it('fit on a page and can be shown anywhere', async () => {
    const manuals = await Promise.all(Object.values(clauseKinds).map(async load => (await load()).manual))
    for (const manual of [...manuals, compareManual]) {
      expect(manual.split('\n').filter(line => line.length > 80 && !line.startsWith('  sla '))).toEqual([])
      expect(manual).toMatch(/^[\n -~]*$/)
    }
  })
})
