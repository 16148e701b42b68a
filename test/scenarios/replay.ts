import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root, runCli } from '../support/cli.ts'

/** The folder that holds one folder for each scenario. */
export const folder = fileURLToPath(new URL('.', import.meta.url))

const NOT_INPUTS = new Set(['cmd', 'expected.txt', 'why.md'])
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

// What a terminal's user may have set decides glyphs and colours.
export const plainPage = { LC_ALL: 'C.UTF-8', NO_COLOR: '', FORCE_COLOR: '' }

/**
 * Runs the lines of a scenario's `cmd` in a copy of its inputs (completed by its `make.mjs`) and returns the transcript:
 * each command, its stdout, its stderr and its exit code. Lines: `[NAME=value …] sla ARGUMENTS`, where `stdin=FILE`
 * feeds a file; `cat FILE`; `ls`.
 */
export function replay(name: string): string {
  const inputs = join(folder, name)
  const lines = readFileSync(join(inputs, 'cmd'), 'utf8').split('\n').filter(Boolean)
  return inCopy(inputs, cwd => {
    if (existsSync(join(cwd, 'make.mjs'))) make(cwd)
    return lines.map(line => `$ ${line}\n${transcript(line, cwd)}`).join('\n')
  })
}

/** Gives `use` a temporary copy of a scenario's inputs and removes it afterwards. */
export function inCopy<T>(inputs: string, use: (cwd: string) => T): T {
  const cwd = mkdtempSync(join(tmpdir(), 'sla-scenario-'))
  try {
    cpSync(inputs, cwd, {
      recursive: true,
      filter: path => dirname(path) !== inputs || !NOT_INPUTS.has(basename(path)),
    })
    return use(cwd)
  } finally {
    rmSync(cwd, { recursive: true })
  }
}

/** The words of a command line; single and double quotes keep blanks and globs. */
export function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) =>
    word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'),
  )
}

function make(cwd: string): void {
  const { status, stderr } = spawnSync(process.execPath, ['make.mjs'], { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`make.mjs: ${stderr}`)
}

function transcript(line: string, cwd: string): string {
  const words = [...wordsOf(line)]
  if (words[0] === 'cat') return ended(readFileSync(join(cwd, words[1] ?? ''), 'utf8'))
  if (words[0] === 'ls') return ended(filesIn(cwd).join('\n'))
  const at = words.indexOf('sla')
  const given = words.slice(0, at).map(word => word.split('='))
  if (at < 0 || given.some(pair => pair.length !== 2)) throw new Error(`no command: ${line}`)
  const { stdin, ...env } = Object.fromEntries(given) as Readonly<Record<string, string>>
  const { code, stdout, stderr } = runCli(words.slice(at + 1), {
    cwd,
    env: { ...plainPage, ...env },
    ...(stdin !== undefined && { input: readFileSync(join(cwd, stdin)) }),
  })
  const errors = stderr === '' ? '' : `--- stderr\n${ended(stderr)}`
  return `${ended(stdout)}${errors}[exit ${code}]\n`
}

/** Text that ends with a newline, if there is any; the version is left out, for it changes with every release. */
function ended(text: string): string {
  const stable = text.replaceAll(`"version": "${version}"`, '"version": "(this)"')
  return stable === '' || stable.endsWith('\n') ? stable : `${stable}\n(no newline at the end)\n`
}

function filesIn(cwd: string): readonly string[] {
  return readdirSync(cwd, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(cwd.length + 1))
    .sort()
}
