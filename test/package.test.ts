import { execFile } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './support/cli.ts'

/** What `npm pack --json` says of the tarball. */
interface Packed {
  readonly filename: string
  readonly size: number
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string }[]
}

const SOURCES = ['bin', 'examples', 'schemas', 'src', '.ci', 'LICENSE', 'README.md', 'package.json']
const SETTINGS = ['tsconfig.json', 'tsconfig.build.json']

let folder = ''
let tree = ''
let outside = ''
let packed: Packed = { filename: '', size: 0, unpackedSize: 0, files: [] }

interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program; its exit code, never a rejection. */
function run(program: string, args: readonly string[], cwd: string): Promise<Ran> {
  const { NODE_EXTRA_CA_CERTS: _, ...plain } = process.env
  const needsNetwork = program === 'npm'
  return new Promise(resolve => {
    const options = { cwd, env: needsNetwork ? process.env : plain, maxBuffer: 64 << 20 }
    execFile(program, args, options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr })
    })
  })
}

async function succeed(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, cwd)
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: exit ${code}\n${stdout}\n${stderr}`)
  return stdout
}

// A copy of the sources is packed, which builds it first: as it is published, whatever lies in dist/ here.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sla-package-'))
  tree = join(folder, 'tree')
  outside = join(folder, 'outside')
  mkdirSync(tree)
  mkdirSync(outside)
  for (const name of [...SOURCES, ...SETTINGS]) {
    cpSync(join(root, name), join(tree, name), { recursive: true })
  }
  mkdirSync(join(tree, 'test'))
  writeFileSync(join(tree, 'test/some.test.ts'), '')
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'))
  const output = await succeed(
    'npm',
    ['pack', '--json', '--foreground-scripts=false', '--pack-destination', folder],
    tree,
  )
  const [found] = JSON.parse(output.slice(output.search(/^\[/m))) as readonly Packed[]
  if (found === undefined) throw new Error(output)
  packed = found
  writeFileSync(join(outside, 'package.json'), '{ "name": "outside", "private": true, "type": "module" }\n')
  const quiet = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund']
  await succeed('npm', ['install', ...quiet, join(folder, packed.filename)], outside)
}, 180_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the package', () => {
  it('holds the program, its declarations, schemas and examples, and nothing else', () => {
    const paths = packed.files.map(({ path }) => path)
    const known =
      /^(?:bin\/sla\.js|dist\/(?:main|index)\.js|dist\/chunks\/[\w.-]+\.js|dist\/types\/.+\.d\.ts|schemas\/[\w.-]+\.json|examples\/.+|LICENSE|README\.md|package\.json)$/
    expect(paths.filter(path => !known.test(path))).toEqual([])
    expect(paths.filter(path => /(?:^|\/)(?:tests?|node_modules)\/|\.test\.|\.map$|\.tgz$/.test(path))).toEqual([])
    for (const path of ['bin/sla.js', 'dist/main.js', 'dist/index.js', 'dist/types/index.d.ts']) {
      expect(paths).toContain(path)
    }
  })

  it('is smaller than a megabyte', () => {
    expect(packed.size).toBeLessThan(1_000_000)
    expect(packed.unpackedSize).toBeLessThan(5_000_000)
  })

  it('has what its manifest promises, the types first', () => {
    const paths = new Set(packed.files.map(({ path }) => `./${path}`))
    const manifest = JSON.parse(readFileSync(join(outside, 'node_modules/sla/package.json'), 'utf8'))
    expect(Object.keys(manifest.exports['.'])[0]).toBe('types')
    const targets = [
      ...Object.values(manifest.exports['.']),
      `./${manifest.bin.sla}`,
      manifest.exports['./package.json'],
    ]
    expect(targets.filter(path => !paths.has(path as string))).toEqual([])
    expect(paths.has('./schemas/contract.schema.json')).toBe(true)
    expect(manifest.exports['./schemas/*.json']).toBe('./schemas/*.json')
  })

  it('declares types that need no other package', () => {
    const foreign = packed.files
      .map(({ path }) => path)
      .filter(path => path.endsWith('.d.ts'))
      .filter(path =>
        /from '[^.]|\bNodeJS\.|\bBuffer\b/.test(readFileSync(join(outside, 'node_modules/sla', path), 'utf8')),
      )
    expect(foreign).toEqual([])
  })
})

describe('outside', () => {
  const CONSUMER = `import { audit, InputError, loadContract, loadEvidence, render, type Report } from 'sla'

declare const console: { log(text: string): void }

const contract = await loadContract('acme.yaml')
const evidence = await loadEvidence(['outages.csv'], { contract, asOf: '2026-06-07' })
const report: Report = await audit(contract, evidence, { period: '2026-05', assumeComplete: ['maintenance', 'outage'] })
const margins: readonly string[] = report.clauses.flatMap(({ findings }) => [...findings].map(({ id, status }) => id + ' ' + status))
console.log(margins.join())
console.log(await render(report, 'csv'))
try {
  await loadContract('none.yaml')
} catch (error) {
  if (!(error instanceof InputError)) throw error
  console.log(error.diagnostics.map(({ code, severity }) => code + ' ' + severity).join())
}
`
  const CONTRACT = `apiVersion: sla/v1
kind: Contract
id: acme
timezone: Europe/Paris
services: { web: {} }
clauses:
  uptime: { kind: availability, target: 99.9%, window: calendar month, no-data: unknown }
`
  const AUDIT = ['audit', 'acme.yaml', 'outages.csv', '--period', '2026-05', '--as-of', '2026-06-07']
  AUDIT.push('--assume-complete', 'maintenance,outage')

  beforeAll(() => {
    writeFileSync(join(outside, 'acme.yaml'), CONTRACT)
    const row = '2026-05-03T10:00:00+02:00,2026-05-03T10:45:00+02:00,web'
    writeFileSync(join(outside, 'outages.csv'), `start,end,service\n${row}\n`)
    writeFileSync(join(outside, 'main.ts'), CONSUMER)
    const compilerOptions = {
      target: 'ES2023',
      lib: ['ES2023'],
      module: 'NodeNext',
      moduleResolution: 'NodeNext',
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      verbatimModuleSyntax: true,
      skipLibCheck: false,
    }
    writeFileSync(join(outside, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }))
  })

  it('needs no compiler and no test tool', () => {
    const names = readdirSync(join(outside, 'node_modules'))
    expect(
      names.filter(name => /^(?:typescript|vitest|esbuild|luxon|@biomejs|@types|playwright.*)$/.test(name)),
    ).toEqual([])
    expect(existsSync(join(outside, 'node_modules/sla/src'))).toBe(false)
  })

  it('runs by npx', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(await succeed('npx', ['--no-install', 'sla', '--version'], outside)).toBe(`${version}\n`)
    // 45 minutes are more than 0.1 % of the 744 hours of May, 44 min 38.4 s.
    const { code, stdout, stderr } = await run('npx', ['--no-install', 'sla', ...AUDIT], outside)
    // npm itself may have to say something about its settings.
    expect(stderr.split('\n').filter(line => line !== '' && !line.startsWith('npm '))).toEqual([])
    expect(code).toBe(1)
    expect(stdout).toContain('breached')
  })

  it('is imported with its types, by the lines that the README shows', async () => {
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    await succeed(process.execPath, [compiler, '-p', '.'], outside)
    const printed = await succeed(process.execPath, ['main.js'], outside)
    const byNpx = await run('npx', ['--no-install', 'sla', ...AUDIT, '-f', 'csv'], outside)
    expect(printed).toBe(`uptime/2026-05 breached\n${byNpx.stdout}\nunreadable error\n`)
  })

  it('audits an example that it brings', async () => {
    const examples = 'node_modules/sla/examples'
    const files = [`${examples}/contracts/platform-slo.yaml`, `${examples}/evidence/platform-slo`]
    const period = ['--period', '2026-01-01..2026-09-30', '--as-of', '2026-09-15T12:00:00+02:00']
    const args = ['audit', ...files, ...period, '--only', 'uptime', '-q', '-f', 'json']
    const { code, stdout } = await run('npx', ['--no-install', 'sla', ...args], outside)
    // As its README tells: March and August are breached, May is unverified, September is pending.
    expect(code).toBe(1)
    const { breached, unverified, pending, met } = JSON.parse(stdout).clauses[0].counts
    expect({ breached, unverified, pending, met }).toEqual({ breached: 2, unverified: 1, pending: 1, met: 5 })
  })
})
