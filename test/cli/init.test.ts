import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Io } from '../../src/cli/io.ts'
import { main } from '../../src/cli/main.ts'
import { TEMPLATES } from '../../src/cli/templates/templates.ts'
import { loadWaivers } from '../../src/contract/waivers.ts'
import type { Report } from '../../src/model/report.ts'
import { root, runCli } from '../support/cli.ts'
import { fakeIo } from './fake-io.ts'

const base = mkdtempSync(join(tmpdir(), 'sla init '))
afterAll(() => rmSync(base, { recursive: true, force: true }))

let made = 0
const newFolder = (): string => join(base, `it's ${made++}`)

/** Runs a command line in this process, on the real disk. */
async function run(argv: readonly string[], change: Partial<Io> = {}) {
  const io = fakeIo()
  const onDisk: Partial<Io> = {
    readFile: async path => readFileSync(path),
    kindOf: async path => {
      if (!existsSync(path)) return undefined
      return statSync(path).isDirectory() ? 'directory' : 'file'
    },
    makeDirectory: async path => void mkdirSync(path, { recursive: true }),
    writeWhole: async (path, pieces) => writeFileSync(path, [...pieces].join('')),
    ...change,
  }
  const code = await main(argv, { ...io, ...onDisk })
  return { code, out: io.out.join(''), err: io.err.join('') }
}

/** The command that it says comes next, as a shell takes it apart: quotes, and backslashes at the ends of lines. */
function nextCommand(out: string): string[] {
  const text = /\nNext:\n([\s\S]*?)\n\n/.exec(out)?.[1] ?? ''
  const [sla, ...words] = [...text.replaceAll('\\\n', ' ').matchAll(/(?:'[^']*'|\\.|[^\s'\\])+/g)].map(([word]) =>
    word.replaceAll(/'([^']*)'|\\(.)/g, '$1$2'),
  )
  expect(sla).toBe('sla')
  return words
}

const listed = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => statSync(join(folder, file)).isFile())
    .sort()

describe('templates', () => {
  it('are the folders of examples/templates, each with all of its files', () => {
    const folder = join(root, 'examples/templates')
    const found = readdirSync(folder).filter(name => name !== 'shared')
    expect(found.sort()).toEqual(TEMPLATES.map(({ name }) => name).sort())
    for (const { name, files } of TEMPLATES) expect(listed(join(folder, name))).toEqual([...files].sort())
  })

  it.each(TEMPLATES.map(({ name }) => name))(
    '%s: what is written audits cleanly by the command it prints',
    async name => {
      const folder = newFolder()
      const written = await run(['init', folder, '--template', name])
      expect(written).toMatchObject({ code: 0, err: '' })
      const audit = nextCommand(written.out)
      const { code, out, err } = await run([
        ...audit,
        '-f',
        'json',
        '--fail-on',
        'breached,unverified,at-risk,pending,warnings',
      ])
      expect({ code, err }).toEqual({ code: 0, err: '' })
      const report = JSON.parse(out) as Report
      expect(report.clauses.length).toBeGreaterThan(0)
      expect(report.warnings).toEqual([])
      for (const clause of report.clauses) expect([clause.id, clause.status]).toEqual([clause.id, 'met'])
      expect(report.inputs.length).toBeGreaterThan(0)
      // Every row is used, so that none is there that does nothing.
      for (const input of report.inputs) for (const count of input.counts) expect(count.used).toBe(count.rows)
    },
  )

  it.each(TEMPLATES.map(({ name }) => name))(
    '%s: each line to try breaks the promise above, and no other',
    async name => {
      const template = TEMPLATES.find(one => one.name === name)
      const folder = join(root, 'examples/templates', name)
      const lines = readFileSync(join(folder, 'contract.yaml'), 'utf8').split('\n')
      let tried = 0
      for (const [i, line] of lines.entries()) {
        const [, indent, text = ''] = /^( +)# try: (.*)$/.exec(line) ?? []
        if (indent === undefined) continue
        const file = join(base, `${name}-${i}.yaml`)
        writeFileSync(file, lines.with(i - 1, indent + text).join('\n'))
        const own = lines.slice(0, i).findLast(one => /^ {2}[a-z-]+:$/.test(one))
        const period = ['--period', template?.period ?? '', '--as-of', template?.asOf ?? '']
        const { code, out, err } = await run(['audit', file, join(folder, 'evidence'), ...period, '-q', '-f', 'json'])
        expect({ text, code, err }).toEqual({ text, code: 1, err: '' })
        const { clauses } = JSON.parse(out) as Report
        const broken = clauses.filter(({ status }) => status !== 'met').map(({ id, status }) => `  ${id}: ${status}`)
        expect(broken).toEqual([`${own} breached`])
        tried++
      }
      expect(tried).toBeGreaterThan(1)
    },
  )

  it.each(TEMPLATES.map(({ name }) => name))(
    '%s: no doubt about the contract, and editors find its schema',
    async name => {
      const folder = newFolder()
      await run(['init', folder, '--template', name])
      expect(await run(['validate', '--strict', join(folder, 'contract.yaml')])).toMatchObject({ code: 0, err: '' })
      for (const file of ['contract.yaml', 'waivers.yaml']) {
        const text = readFileSync(join(folder, file), 'utf8')
        const [, path = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? []
        const schema = JSON.parse(readFileSync(join(folder, dirname(file), path), 'utf8'))
        const validate = new Ajv({ strict: false }).compile(schema)
        expect(validate(parse(text)), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true)
        expect(validate({ ...parse(text), kind: 'Contrat' })).toBe(false)
      }
    },
  )

  it.each(TEMPLATES.map(({ name }) => name))('%s: the waiver that stands in comments is one', name => {
    const file = join(root, 'examples/templates', name, 'waivers.yaml')
    const text = readFileSync(file, 'utf8')
    const shown = text.replace('waivers: []\n', '').replaceAll(/^# (?=waivers:| {2})/gm, '')
    const [entry, ...others] = loadWaivers({ file, bytes: new TextEncoder().encode(shown) }, name).entries
    expect(others).toEqual([])
    expect(entry).toMatchObject({ approver: 'J. Doe, service manager', until: '2026-12-31' })
    expect(loadWaivers({ file, bytes: new TextEncoder().encode(text) }, name).entries).toEqual([])
  })
})

describe('init', () => {
  it('lists its templates', async () => {
    const { code, out } = await run(['init', '--list'])
    expect(code).toBe(0)
    for (const { name } of TEMPLATES) expect(out).toMatch(new RegExp(`^  ${name} +\\S`, 'm'))
  })

  it('writes nothing where other files are in the way, and names all of them', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'evidence'), { recursive: true })
    writeFileSync(join(folder, 'contract.yaml'), 'mine\n')
    writeFileSync(join(folder, 'evidence/tickets.csv'), 'mine\n')
    const { code, out, err } = await run(['init', folder])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(`${folder}/contract.yaml, ${folder}/evidence/tickets.csv are there already\n`)
    expect(err).toContain('--force')
    expect(listed(folder)).toEqual(['contract.yaml', 'evidence/tickets.csv'])
    expect(readFileSync(join(folder, 'contract.yaml'), 'utf8')).toBe('mine\n')
  })

  it('writes over them when forced, and takes what is the same as not in the way', async () => {
    const folder = newFolder()
    expect((await run(['init', folder])).code).toBe(0)
    const again = await run(['init', folder])
    expect(again.code).toBe(0)
    expect(again.out).toMatch(/contract\.yaml +as it was/)
    writeFileSync(join(folder, 'contract.yaml'), 'mine\n')
    expect((await run(['init', folder])).code).toBe(2)
    const forced = await run(['init', folder, '--force'])
    expect(forced.code).toBe(0)
    expect(readFileSync(join(folder, 'contract.yaml'), 'utf8')).toContain('kind: Contract')
  })

  it('says what can’t be written', async () => {
    const file = join(base, 'a-file')
    writeFileSync(file, '')
    expect((await run(['init', file])).err).toBe(`error: init: ${file} isn't a directory\n`)
    const folder = newFolder()
    mkdirSync(join(folder, 'contract.yaml'), { recursive: true })
    expect((await run(['init', folder])).err).toBe(`error: init: ${folder}/contract.yaml isn't a file\n`)
    const full = await run(['init', newFolder()], { writeWhole: () => Promise.reject(new Error('no space left')) })
    expect(full.code).toBe(2)
    expect(full.err).toMatch(/^error: init: .*contract\.yaml can't be written: no space left\n/)
  })

  it('knows its templates by name', async () => {
    expect(await run(['init', newFolder(), '--template', 'suport'])).toMatchObject({
      code: 2,
      err: 'error: init: there is no template "suport"\ndid you mean support? (sla init --list)\n',
    })
    expect((await run(['init', newFolder(), '--template', 'everything'])).err).toContain('templates: saas, support, ')
  })

  it('works as built, in the folder it is called in, and again from there', () => {
    const folder = newFolder()
    mkdirSync(folder)
    const { code, stdout, stderr } = runCli(['init', '--template', 'recovery'], { cwd: folder })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('\n  sla audit contract.yaml evidence --period 2026-05 --as-of 2026-06-07\n')
    const audit = runCli(nextCommand(stdout), { cwd: folder })
    expect(audit).toMatchObject({ code: 0, stderr: '' })
    expect(audit.stdout).toContain('Kept')
    expect(listed(folder).filter(file => file.endsWith('.tmp'))).toEqual([])
  })
})
