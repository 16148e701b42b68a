import { describe, expect, it } from 'vitest'
import { documentKind } from '../../src/cli/documents.ts'
import { main } from '../../src/cli/main.ts'
import { fakeIo } from './fake-io.ts'

const kindOf = (text: string) => documentKind(new TextEncoder().encode(text))

describe('documentKind', () => {
  it.each([
    ['apiVersion: sla/v1\nkind: Contract\n', 'Contract'],
    ['# a\n---\nkind: "Waivers"\nwaivers: []\napiVersion: \'sla/v1\'\n', 'Waivers'],
    ['{"apiVersion":"sla/v1","kind":"Baseline"}', 'Baseline'],
    ['{\n  "apiVersion": "sla/v1",\n  "kind": "Baseline"\n}', 'Baseline'],
    ['apiVersion: v1\nkind: Service\n', undefined],
    ['columns: { start: kind }\n', undefined],
    ['apiVersion: sla/v1\nclauses:\n  a: { kind: backup }\n  b:\n    kind: support\n', undefined],
  ])('of %j is %s', (text, kind) => {
    expect(kindOf(text)).toBe(kind)
  })
})

const WAIVERS = `apiVersion: sla/v1
kind: Waivers
contract: whichever
waivers:
  - { finding: uptime/2026-05, reason: agreed, approver: J. Doe, until: 2026-12-31 }
`

async function run(argv: readonly string[], files: Readonly<Record<string, string>>) {
  const io = fakeIo(files)
  const code = await main(argv, io)
  return { code, out: io.out.join(''), err: io.err.join('') }
}

describe('a file of another kind', () => {
  it('is checked by validate if it holds waivers', async () => {
    const good = await run(['validate', 'w.yaml'], { 'w.yaml': WAIVERS })
    expect(good).toEqual({ code: 0, out: 'w.yaml: valid, 1 waiver\n', err: '' })
    const bad = await run(['validate', 'w.yaml'], { 'w.yaml': WAIVERS.replace('2026-12-31', '2026-13-31') })
    expect(bad.code).toBe(1)
    expect(bad.out).toMatch(/^w\.yaml:5:\d+ {2}error /)
    expect(bad.out).toContain('1 error')
  })

  it('is checked by validate if it aligns names', async () => {
    const text =
      'apiVersion: sla/v1\nkind: Alignment\npriority: { P1: [blocking, urgent] }\nrows: { x: { acme: support/P1/respond } }\n'
    const good = await run(['validate', 'names.yaml'], { 'names.yaml': text })
    expect(good).toEqual({ code: 0, out: 'names.yaml: valid, 3 names aligned\n', err: '' })
    const bad = await run(['validate', 'names.yaml'], { 'names.yaml': text.replace('priority', 'priorities') })
    expect(bad.code).toBe(1)
    expect(bad.out).toMatch(/^names\.yaml:3:\d+ {2}error /)
    expect(bad.out).toContain('1 error')
  })

  it('is no mapping', async () => {
    const files = { 'w.yaml': WAIVERS, 'o.csv': '' }
    expect(await run(['inspect', 'o.csv', '--map', 'w.yaml'], files)).toMatchObject({
      code: 2,
      err: 'error: --map: w.yaml is no mapping: it says kind: Waivers\na mapping names columns, values and zones of evidence\n',
    })
  })

  it('is no contract if it is a directory', async () => {
    expect(await run(['audit', 'out', 'c.yaml'], {})).toMatchObject({
      code: 3,
      err: "error  out can't be read: it is a directory\n  a contract is a file; it comes first, then the evidence\n\n1 error\n",
    })
  })
})

describe('names of files that a CI job would take for commands', () => {
  it('are none in what validate prints', async () => {
    const files = { '::error::w.yaml': WAIVERS, '##[error]\u202ew.yaml': WAIVERS }
    const { out } = await run(['validate', ...Object.keys(files)], files)
    expect(out).toBe('\\x3a:error::w.yaml: valid, 1 waiver\n#\\x23[error]\\u202ew.yaml: valid, 1 waiver\n')
    const json = await run(['validate', ...Object.keys(files), '-f', 'json'], files)
    expect(json.out).not.toMatch(/##\[|\u202e/)
    expect(JSON.parse(json.out).map(({ file }: { file: string }) => file)).toEqual(Object.keys(files))
  })
})
