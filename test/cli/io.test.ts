import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
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
} else if (what === 'write') {
  try {
    await io.writeWhole(path, 'new\\n')
  } catch (error) {
    io.stderr.write(error.code)
  }
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

  it('leaves the old file alone when the new one cannot be made', async () => {
    const { stderr } = await shell(`node ${script} write ${join(directory, 'missing', 'report.json')}`)
    expect(stderr).toBe('ENOENT')
  })
})
