import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { buildProgram } from '../../src/cli/program.ts'
import { TYPE_NAMES } from '../../src/evidence/types/names.ts'
import { formats } from '../../src/report/index.ts'
import { runCli } from '../support/cli.ts'
import { fakeIo } from './fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'sla-completion-'))
const scripts = mkdtempSync(join(tmpdir(), 'sla-scripts-'))
afterAll(() => {
  for (const one of [folder, scripts]) rmSync(one, { recursive: true, force: true })
})

let made = 0

beforeAll(() => {
  for (const file of ['acme.yaml', 'outages.csv', 'a file.csv']) writeFileSync(join(folder, file), '')
  mkdirSync(join(folder, 'evidence'))
})

async function script(shell: string): Promise<string> {
  const io = fakeIo()
  expect(await main(['completion', shell], io)).toBe(0)
  return io.out.join('')
}

/** What a shell does with a script, in the folder; undefined where there is no such shell. */
function inShell(shell: string, args: readonly string[], text: string) {
  const file = join(scripts, `${made++}.${shell}`)
  writeFileSync(file, text)
  const { status, stdout, stderr, error } = spawnSync(shell, [...args, file], { cwd: folder, encoding: 'utf8' })
  return error === undefined ? { status, stdout, stderr } : undefined
}

const commands = buildProgram(fakeIo(), () => {}).commands

describe('completion bash', () => {
  /** What bash offers at the end of a line, given as the words that it takes it apart into. */
  async function offered(...words: readonly string[]): Promise<readonly string[]> {
    const quoted = words.map(word => `'${word}'`).join(' ')
    const driver = `set -u
COMP_WORDS=(${quoted}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
_sla
for one in "\${COMPREPLY[@]:-}"; do printf '%s\\n' "$one"; done`
    const ran = inShell('bash', [], `${await script('bash')}\n${driver}\n`)
    expect(ran).toMatchObject({ status: 0, stderr: '' })
    return (ran?.stdout ?? '').split('\n').filter(line => line !== '')
  }

  it('is a script that bash takes', async () => {
    expect(inShell('bash', ['-n'], await script('bash'))).toEqual({ status: 0, stdout: '', stderr: '' })
    const { stdout } = runCli(['completion', 'bash'])
    expect(stdout).toBe(await script('bash'))
  })

  it('completes commands', async () => {
    const names = commands.map(command => command.name())
    expect(await offered('sla', '')).toEqual([...names, 'help', '--help', '--version'])
    expect(await offered('sla', 'ex')).toEqual(['explain'])
    expect(await offered('sla', '--v')).toEqual(['--version'])
    expect(await offered('sla', 'help', 'in')).toEqual(['inspect', 'init'])
  })

  it('completes options of the command', async () => {
    expect(await offered('sla', 'audit', '--fa')).toEqual(['--fail-on'])
    expect(await offered('sla', 'audit', 'acme.yaml', '--wai')).toEqual(['--waivers'])
    expect(await offered('sla', 'validate', '--fa')).toEqual([])
    expect(await offered('sla', 'init', '--')).toEqual(['--template', '--list', '--force', '--help'])
  })

  it('completes what options take', async () => {
    expect(await offered('sla', 'audit', '-f', '')).toEqual(Object.keys(formats))
    expect(await offered('sla', 'validate', '--format', '')).toEqual(['pretty', 'json'])
    expect(await offered('sla', 'audit', '--format', '=', 'js')).toEqual(['json'])
    expect(await offered('sla', 'audit', '--format', '=')).toEqual(Object.keys(formats))
    expect(await offered('sla', 'audit', '--format=js')).toEqual(['--format=json'])
    expect(await offered('sla', 'audit', '--on-bad-row', '')).toEqual(['error', 'skip'])
    expect(await offered('sla', 'audit', '--as', 'out')).toEqual(['outage'])
    expect((await offered('sla', 'inspect', '--as', '')).length).toBe(TYPE_NAMES.length)
    expect(await offered('sla', 'audit', '--period', '')).toEqual([])
    expect(await offered('sla', 'init', '--template', 'su')).toEqual(['support'])
  })

  it('completes the last item of a list', async () => {
    expect(await offered('sla', 'audit', '--fail-on', 'at')).toEqual(['at-risk'])
    expect(await offered('sla', 'audit', '--fail-on', 'breached,un')).toEqual(['breached,unverified'])
    expect(await offered('sla', 'audit', '--fail-on', '=', 'breached,un')).toEqual(['breached,unverified'])
    expect(await offered('sla', 'audit', '--assume-complete', 'outage,main')).toEqual(['outage,maintenance'])
  })

  it('completes what a comparison takes', async () => {
    expect(await offered('sla', 'compare', '--only', 'availability,su')).toEqual(['availability,support'])
    expect(await offered('sla', 'compare', '--only', 'te')).toEqual(['term'])
    expect(await offered('sla', 'compare', '--fail-on', 'weaker,m')).toEqual(['weaker,missing'])
    expect(await offered('sla', 'compare', '--witness', '')).toEqual(['evidence'])
    expect(await offered('sla', 'compare', '--evidence', 'out')).toEqual(['outages.csv'])
    expect(await offered('sla', 'compare', '-o', 's')).toEqual([])
  })

  it('completes files, and formats before them', async () => {
    expect(await offered('sla', 'audit', 'ac')).toEqual(['acme.yaml'])
    expect((await offered('sla', 'audit', 'acme.yaml', 'outages.csv', '')).length).toBe(4)
    expect(await offered('sla', 'audit', '--', 'a ')).toEqual(['a file.csv'])
    expect(await offered('sla', 'audit', '--map', 'out')).toEqual(['outages.csv'])
    expect(await offered('sla', 'audit', '-o', 'h')).toEqual(['html:'])
    expect(await offered('sla', 'audit', '-o', 'acm')).toEqual(['acme.yaml'])
    expect(await offered('sla', 'audit', '-o', 'html', ':')).toHaveLength(4)
    expect(await offered('sla', 'audit', '-o', 'html', ':', 'ev')).toEqual(['evidence'])
    expect(await offered('sla', 'audit', '-o', 'html:ev')).toEqual(['html:evidence'])
    expect(await offered('sla', 'init', '')).toEqual(['evidence'])
  })

  it('completes arguments by their place', async () => {
    expect(await offered('sla', 'explain', 'ava')).toEqual(['availability'])
    expect(await offered('sla', 'explain', '-q', 'uptime/2026-05', 'ac')).toEqual(['acme.yaml'])
    expect(await offered('sla', 'explain', '--tz', 'UTC', 'rec')).toEqual(['recovery'])
    expect(await offered('sla', 'schema', '')).toEqual(['contract', 'report', 'waivers', 'alignment', 'comparison'])
    expect(await offered('sla', 'completion', '')).toEqual(['bash', 'zsh', 'fish'])
    expect(await offered('sla', 'due', 'acme.yaml', '')).toEqual([])
  })
})

describe.each(['bash', 'zsh', 'fish'])('completion %s', shell => {
  it('names every command and every option of it', async () => {
    const text = await script(shell)
    for (const command of commands) {
      const own = text.split('\n').filter(line => line.includes(command.name()))
      expect(own.length).toBeGreaterThan(0)
      const words = new Set(
        shell === 'zsh'
          ? (text.split(`        ${command.name()})\n`)[1]?.split(';;')[0] ?? '').match(/--?[a-z][a-z-]*/gi)
          : own.join('\n').match(/(?<=-l )[a-z][a-z-]*|--[a-z][a-z-]*/g),
      )
      for (const { long } of command.options) {
        expect(words).toContain(shell === 'fish' ? long?.slice(2) : long)
      }
    }
  })

  it('is taken by the shell, where there is one', async () => {
    const checked = inShell(shell, [shell === 'fish' ? '--no-execute' : '-n'], await script(shell))
    expect(checked ?? { status: 0, stdout: '', stderr: '' }).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  it('has no variable of ours in what it says of an option', async () => {
    expect(await script(shell)).not.toContain('[SLA_')
  })
})

describe('completion', () => {
  it('knows its shells', async () => {
    const io = fakeIo()
    expect(await main(['completion', 'tcsh'], io)).toBe(2)
    expect(io.err.join('')).toContain('Allowed choices are bash, zsh, fish.')
  })

  it('offers in fish what fish is told, where there is a fish', async () => {
    const ask = ['sla audit --fail', 'sla init --template su', 'sla schema re', 'sla completion z']
    const driver = ask.map(line => `complete -C '${line}' | string replace -r '\\t.*' ''`).join('\n')
    const ran = inShell('fish', ['--no-config'], `${await script('fish')}\n${driver}\n`)
    expect(ran?.stdout ?? '--fail-on\nsupport\nreport\nzsh\n').toBe('--fail-on\nsupport\nreport\nzsh\n')
  })
})
