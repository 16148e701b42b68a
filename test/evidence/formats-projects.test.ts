import { describe, expect, it } from 'vitest'
import { isName, isNameOfFile } from '../../src/evidence/formats/asset-names.ts'
import { at, read } from './support.ts'
import { allOf, day, TYPES } from './vulnerabilities-support.ts'

const trivy = (name: string, time: string, ids: readonly string[]): string =>
  JSON.stringify({
    SchemaVersion: 2,
    CreatedAt: time,
    ArtifactName: name,
    ArtifactType: 'filesystem',
    Results: [
      {
        Target: 'package-lock.json',
        Class: 'lang-pkgs',
        Type: 'npm',
        Vulnerabilities: ids.map(VulnerabilityID => ({ VulnerabilityID, PkgName: 'a', InstalledVersion: '1' })),
      },
    ],
  })
const npm = (advisories: readonly number[]): string =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(
      advisories.map(source => [`p${source}`, { via: [{ source, name: `p${source}`, severity: 'high' }] }]),
    ),
  })
const osv = (path: string, ids: readonly string[]): string =>
  JSON.stringify({
    results: [
      {
        source: { path, type: 'lockfile' },
        packages: [
          {
            package: { name: 'a', ecosystem: 'npm', version: '1' },
            vulnerabilities: ids.map(id => ({ id })),
          },
        ],
      },
    ],
  })

const takenAt = [{ files: 'a.json', at: at('2026-05-02T00:00:00Z') }, { at: at('2026-05-03T00:00:00Z') }]
const map = (text: string) => ({ mapping: { file: 'map.yaml', bytes: Buffer.from(text) } })

/** When the vulnerability of the first file was fixed, and the codes of the warnings. */
async function fixedOf(first: string, second: string, mapping = {}): Promise<unknown> {
  const evidence = await read(
    { 'a.json': first, 'b.json': second },
    { types: TYPES, takenAt, asOf: at('2026-05-20T00:00:00Z'), ...mapping },
  )
  const [one] = allOf(evidence)
  return [one?.asset, day(one?.lives[0]?.fixed), evidence.warnings.map(({ code }) => code)]
}

describe('a report that does not name its project', () => {
  const both = ['no-project', 'no-project']
  const times = ['2026-05-02T00:00:00Z', '2026-05-03T00:00:00Z'] as const

  it('proves nothing of another project', async () => {
    expect(await fixedOf(npm([1]), npm([2]))).toEqual(['npm project', '?', both])
    expect(await fixedOf(osv('package-lock.json', ['GHSA-aaaa-bbbb-cccc']), osv('package-lock.json', []))).toEqual([
      'package-lock.json',
      '?',
      both,
    ])
    expect(await fixedOf(trivy('.', times[0], ['CVE-2026-1']), trivy('.', times[1], []))).toEqual(['.', '?', both])
  })

  it('that the mapping names is as good as any', async () => {
    const shop = (name: string) => map(`values: { asset: { ${JSON.stringify(name)}: shop } }\n`)
    const fixed = ['shop', '02+1~03', []]
    expect(await fixedOf(npm([1]), npm([2]), shop('npm project'))).toEqual(fixed)
    expect(await fixedOf(trivy('.', times[0], ['CVE-2026-1']), trivy('.', times[1], []), shop('.'))).toEqual(fixed)
    const each = map(
      '- { files: a.json, values: { asset: { npm project: shop } } }\n- { values: { asset: { npm project: desk } } }\n',
    )
    // No report of the shop since: nothing says that it is still there.
    expect(await fixedOf(npm([1]), npm([2]), each)).toEqual(['shop', '?', []])
  })

  it('says how to name it', async () => {
    const { warnings } = await read({ 'a.json': npm([1]) }, { types: TYPES, takenAt })
    expect(warnings.map(({ message, hint }) => [message, hint])).toEqual([
      [
        'the report does not name its project: reports of others say "npm project" too, so what is missing in it is no fix',
        'name the project for each file in a --map file: values: { asset: { "npm project": NAME } }',
      ],
    ])
  })

  it.each(['.', './', '..', '../..', '/', '~', '/src', '/src/', '/github/workspace', 'file:///src', '\\'])(
    'is what %s stands for',
    name => expect(isName(name)).toBe(false),
  )

  it.each(['shop', './shop', '/home/ann/shop', 'src', 'alpine:3.19', '/src/shop', 'file:///ci/shop/', 'a'])(
    'is not what %s stands for',
    name => expect(isName(name)).toBe(true),
  )

  it('is one of a file without a folder that tells it', () => {
    const files = [
      'package-lock.json',
      './go.mod',
      '/src/yarn.lock',
      '/yarn.lock',
      'shop/yarn.lock',
      '/src/shop/go.mod',
    ]
    expect(files.filter(isNameOfFile)).toEqual(['shop/yarn.lock', '/src/shop/go.mod'])
  })
})

describe('vulnerability records', () => {
  const scan = 'id,time,asset,outcome\ns1,2026-05-02T00:00:00Z,web,success\n'

  it('are not supplied by scan rows alone, but by the report of a scan that found none', async () => {
    const { supplied } = await read({ 'scan.csv': scan }, { types: TYPES })
    expect([...supplied]).toEqual(['scan'])
    const report = trivy('shop', '2026-05-02T00:00:00Z', [])
    const clean = await read({ 'a.json': report }, { types: TYPES })
    expect([...clean.supplied].sort()).toEqual(['scan', 'vulnerability'])
    expect(clean.inputs[0]?.counts).toMatchObject([
      { type: 'scan', rows: 1, used: 1 },
      { type: 'vulnerability', rows: 0 },
    ])
  })
})
