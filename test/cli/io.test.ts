import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
let directory = ''
let script = ''

/** A program around the real input and output: what it does is chosen by its first argument. */
const PROGRAM = `
import { processIo } from './src/cli/io.ts'
const io = processIo()
const [what, path] = process.argv.slice(2)
if (what === 'flood') {
  for (let i = 0; i < 40; i++) io.stdout.write('x'.repeat(99_999) + '\\n')
} else if (what === 'send') {
  let made = 0
  const pieces = function* () {
    for (; made < Number(path); made++) yield String(made).padStart(9, '0') + '\\n'
  }
  await io.stdout.send(pieces())
  io.stderr.write(String(made))
} else if (what === 'write') {
  try {
    await io.writeWhole(path, ['n', 'ew\\n'])
  } catch (error) {
    io.stderr.write(error.code)
  }
} else if (what === 'together') {
  const texts = new Map(['a.csv', 'b.csv', 'README.md'].map(name => [name, 'new ' + name]))
  await io.writeTogether(path, texts, ['a.csv', 'old.csv']).catch(error => io.stderr.write(error.code))
} else if (what === 'fail') {
  const pieces = function* () {
    yield 'x'.repeat(1e6)
    throw new Error('broken')
  }
  await io.writeWhole(path, pieces()).catch(error => io.stderr.write(error.message))
} else if (what === 'wait') {
  setInterval(() => {}, 1000)
  io.stdout.write('ready')
  await new Promise(() => {})
}
const failure = await io.settle()
if (failure !== undefined) io.stderr.write(failure)
process.exitCode = failure === undefined ? 4 : 70
`

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sla-io-'))
  script = join(directory, 'program.mjs')
  await build({
    stdin: { contents: PROGRAM, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile: script,
    logLevel: 'silent',
  })
})

afterAll(() => rm(directory, { recursive: true, force: true }))

/** Runs in a shell and gives its output and exit code; never rejects. */
async function shell(command: string): Promise<{ stdout: string; stderr: string; code: number }> {
  try {
    const { stdout, stderr } = await run('bash', ['-c', command], { maxBuffer: 16 << 20 })
    return { stdout, stderr, code: 0 }
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number }
    return { stdout, stderr, code }
  }
}

describe('processIo', () => {
  it('delivers all of a big output through a pipe', async () => {
    const { stdout, code } = await shell(`node ${script} flood | cat; exit \${PIPESTATUS[0]}`)
    expect(stdout).toHaveLength(4_000_000)
    expect(code).toBe(4)
  })

  it('keeps quiet and its exit code when the reader hangs up', async () => {
    const { stdout, stderr, code } = await shell(`node ${script} flood | head -1; exit \${PIPESTATUS[0]}`)
    expect(stdout).toHaveLength(100_000)
    expect(stderr).toBe('')
    expect(code).toBe(4)
  })

  it('tells when output could not be written', async () => {
    const { code, stderr } = await shell(`node ${script} flood > /dev/full`)
    expect(stderr).toContain('ENOSPC')
    expect(code).toBe(70)
  })

  it('ends with 130 when interrupted', async () => {
    const child = execFile('node', [script, 'wait'])
    const code = await new Promise<number | null>(resolve => {
      child.stdout?.once('data', () => child.kill('SIGINT'))
      child.once('exit', resolve)
    })
    expect(code).toBe(130)
  })

  it('replaces a file whole, keeps its mode, follows links and leaves nothing beside it', async () => {
    const file = join(directory, 'report.json')
    await writeFile(file, 'old\n', { mode: 0o640 })
    const link = join(directory, 'link.json')
    await symlink(file, link)
    await shell(`node ${script} write ${link}`)
    expect(await readFile(file, 'utf8')).toBe('new\n')
    expect((await stat(file)).mode & 0o777).toBe(0o640)
    expect((await readdir(directory)).sort()).toEqual(['link.json', 'program.mjs', 'report.json'])
  })

  it('writes files together, and removes stale ones', async () => {
    const folder = join(directory, 'made', 'proofs')
    expect((await run(process.execPath, [script, 'together', folder]).catch(error => error)).stderr).toBe('')
    expect((await readdir(folder)).sort()).toEqual(['README.md', 'a.csv', 'b.csv'])
    await writeFile(join(folder, 'old.csv'), 'old')
    await writeFile(join(folder, 'b.csv'), 'old')
    await writeFile(join(folder, 'mine.csv'), 'mine')
    await run(process.execPath, [script, 'together', folder]).catch(error => error)
    expect((await readdir(folder)).sort()).toEqual(['README.md', 'a.csv', 'b.csv', 'mine.csv'])
    expect(await readFile(join(folder, 'b.csv'), 'utf8')).toBe('new b.csv')
  })

  it('writes none of several files where one cannot be written', async () => {
    const folder = join(directory, 'taken')
    await mkdir(join(folder, 'README.md'), { recursive: true })
    await writeFile(join(folder, 'a.csv'), 'old')
    await writeFile(join(folder, 'old.csv'), 'old')
    expect((await run(process.execPath, [script, 'together', folder]).catch(error => error)).stderr).toBe('EISDIR')
    expect((await readdir(folder)).sort()).toEqual(['README.md', 'a.csv', 'old.csv'])
    expect(await readFile(join(folder, 'a.csv'), 'utf8')).toBe('old')
  })

  it('sends pieces in order, all of them, to a pipe and to a file', async () => {
    const whole = Array.from({ length: 300_000 }, (_, i) => `${String(i).padStart(9, '0')}\n`).join('')
    const piped = await shell(`node ${script} send 300000 | cat; exit \${PIPESTATUS[0]}`)
    expect(piped.stdout === whole).toBe(true)
    expect(piped).toMatchObject({ stderr: '300000', code: 4 })
    const file = join(directory, 'sent.txt')
    await shell(`node ${script} send 300000 > ${file}`)
    expect((await readFile(file, 'utf8')) === whole).toBe(true)
    await rm(file)
  })

  it('makes no more pieces once the reader has hung up', async () => {
    // Ten gigabytes, were they all made.
    const { stdout, stderr, code } = await shell(`node ${script} send 1000000000 | head -1; exit \${PIPESTATUS[0]}`)
    expect(stdout).toBe('000000000\n')
    expect(Number(stderr)).toBeLessThan(10_000_000)
    expect(code).toBe(4)
  })

  it('makes pieces only as fast as they are read', async () => {
    const child = execFile('node', [script, 'send', '100000000'])
    child.stdout?.pause()
    await new Promise(resolve => child.once('spawn', resolve))
    await new Promise(resolve => setTimeout(resolve, 1500))
    const held = (await readFile(`/proc/${child.pid}/status`, 'utf8')).match(/VmRSS:\s+(\d+) kB/)?.[1]
    child.kill('SIGKILL')
    // All of them would be a gigabyte.
    expect(Number(held)).toBeGreaterThan(0)
    expect(Number(held)).toBeLessThan(200_000)
  })

  it('leaves the old file alone when making the new one fails half-way', async () => {
    const file = join(directory, 'kept.json')
    await writeFile(file, 'old\n')
    expect((await shell(`node ${script} fail ${file}`)).stderr).toBe('broken')
    expect(await readFile(file, 'utf8')).toBe('old\n')
    await rm(file)
    expect((await readdir(directory)).filter(name => name.includes('kept'))).toEqual([])
  })

  it('leaves the old file alone when the new one cannot be made', async () => {
    const { stderr } = await shell(`node ${script} write ${join(directory, 'missing', 'report.json')}`)
    expect(stderr).toBe('ENOENT')
  })
})
