import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { root } from '../support/cli.ts'
import { SUPPORTED, writeTickets } from '../support/long-logs.ts'
import { ERASED, inTerminal } from '../support/terminal.ts'

const CTRL_C = '\u0003'
/** From what the terminal says to the keys: nobody is quicker; ms. */
const PAUSE = 100
const AUDIT = ['audit', 'contract.yaml', 'tickets.csv', '--as-of', '2026-01-01T00:00:00Z']

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sla-interrupts-'))
  writeFileSync(join(folder, 'contract.yaml'), SUPPORTED)
  writeTickets(join(folder, 'tickets.csv'), 80_000)
})
beforeEach(() => writeFileSync(join(folder, 'old.json'), 'old\n'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** As it must be whenever a run ends early: nothing new, nothing changed. */
function expectUntouched(): void {
  expect(readdirSync(folder).sort()).toEqual(['contract.yaml', 'old.json', 'tickets.csv'])
  expect(readFileSync(join(folder, 'old.json'), 'utf8')).toBe('old\n')
}

/** Runs the program and sends it a signal as soon as `when` holds; `taken`: it has read its input. */
function signalled(args: readonly string[], signal: NodeJS.Signals, when: (taken: boolean) => boolean, input = '') {
  const child = spawn(process.execPath, [`${root}bin/sla.js`, ...args], { cwd: folder })
  let output = ''
  let sent = false
  for (const stream of [child.stdout, child.stderr]) stream.on('data', piece => (output += String(piece)))
  // Left open: a log that goes on. More than fits in a pipe is taken only by who reads it.
  let taken = false
  child.stdin.on('error', () => {})
  child.stdin.write(input, () => {
    taken = true
  })
  const timer = setInterval(() => {
    if (sent || !when(taken)) return
    sent = true
    child.kill(signal)
  }, 1)
  return new Promise<{ output: string; code: number | null; sent: boolean }>(resolve => {
    child.once('close', code => {
      clearInterval(timer)
      resolve({ output, code, sent })
    })
  })
}

function isWriting(): boolean {
  return readdirSync(folder).some(name => name.endsWith('.tmp'))
}

describe('an interrupt', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('by %s while standard input is read ends with %i and no output', async (signal, code) => {
    const rows = readFileSync(join(folder, 'tickets.csv'), 'utf8')
    const args = ['audit', 'contract.yaml', '-', '--period', '2025', '-o', 'new.json', '-o', 'old.json']
    expect(await signalled(args, signal, taken => taken, rows)).toEqual({ output: '', code, sent: true })
    expectUntouched()
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('by %s while a report is written leaves nothing of it', async (signal, code) => {
    const args = [...AUDIT, '-q', '-o', 'old.json', '-o', 'new.csv']
    expect(await signalled(args, signal, isWriting)).toEqual({ output: '', code, sent: true })
    expectUntouched()
  })

  it('while a report goes to a pipe ends with 130', async () => {
    let seen = ''
    const child = spawn(process.execPath, [`${root}bin/sla.js`, ...AUDIT, '-q', '-f', 'json'], { cwd: folder })
    child.stdout.once('data', piece => {
      seen = String(piece)
      child.kill('SIGINT')
    })
    child.stdout.on('data', () => {})
    expect(await new Promise(resolve => child.once('close', resolve))).toBe(130)
    expect(seen.startsWith('{\n  "schemaVersion": 1,')).toBe(true)
    expectUntouched()
  })
})

describe('Ctrl-C at a terminal', () => {
  const node = `node --import ${root}test/support/quick-clock.mjs ${root}bin/sla.js`

  // Nothing of these gives way to anything else: a handler alone would run when all is done.
  it.each([
    ['reading', /reading \d+ %/, '-f json'],
    ['judging', /judging$/, '-f json'],
    ['writing the html report', /writing the html report$/, '-f json -o new.html'],
    ['writing the json report', /writing the json report$/, '-f json -o old.json'],
  ] as const)('ends it at once: %s', async (_, shown, options) => {
    let pressed = false
    let since: number | undefined
    const { text, code } = await inTerminal(`${node} ${AUDIT.join(' ')} ${options} > /dev/null`, {
      cwd: folder,
      answer(text) {
        if (!shown.test(text)) return undefined
        since ??= performance.now()
        if (pressed || performance.now() - since < PAUSE) return undefined
        pressed = true
        return CTRL_C
      },
    })
    expect(pressed).toBe(true)
    expect(code).toBe(130)
    // The terminal itself shows ^C. The line is taken away, and nothing follows.
    expect(text).toContain('^C')
    expect(text.slice(text.indexOf('^C') + 2).endsWith(ERASED)).toBe(true)
    expectUntouched()
  })
})
