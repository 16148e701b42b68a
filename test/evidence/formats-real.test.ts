import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inspectFiles } from '../../src/evidence/inspect.ts'
import { at, errorsOf, inDirectory, noStdin, read, zones } from './support.ts'
import { allOf, TYPES } from './vulnerabilities-support.ts'

/** Files as real tools wrote them, unedited. */
const bytes = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../fixtures', name))
const TAKEN = [{ at: at('2026-11-22T09:00:00Z') }]
const files = (...names: readonly string[]): Record<string, Buffer> =>
  Object.fromEntries(names.map(name => [basename(name), bytes(name)]))

describe('outputs of real tools', () => {
  /** File, tool, rows of each type, what is left out, codes of warnings. */
  const outputs: readonly (readonly [string, string, Record<string, number>, number, readonly string[]])[] = [
    ['trivy/shop.json', 'trivy', { scan: 1, vulnerability: 4, score: 12 }, 0, []],
    ['trivy/shop-later.json', 'trivy', { scan: 1, vulnerability: 2, score: 6 }, 0, []],
    ['trivy/shop-secrets.json', 'trivy', { scan: 1 }, 0, ['no-packages']],
    ['trivy/config.json', 'trivy', { scan: 1 }, 0, ['no-packages']],
    ['sarif/trivy-shop.sarif', 'sarif', { scan: 1, vulnerability: 4 }, 0, ['no-project']],
    ['sarif/flawfinder.sarif', 'sarif', { vulnerability: 0 }, 3, ['no-asset']],
    ['sarif/clang.sarif', 'sarif', { vulnerability: 0 }, 1, ['no-asset']],
    ['sarif/eslint.sarif', 'sarif', { vulnerability: 0 }, 2, ['no-asset']],
    ['cyclonedx/trivy-shop.json', 'cyclonedx', { scan: 1, vulnerability: 4, score: 12 }, 0, []],
    ['cyclonedx/trivy-components.json', 'cyclonedx', { scan: 1 }, 0, ['no-vulnerabilities']],
    ['cyclonedx/retire-site.json', 'cyclonedx', { scan: 1, vulnerability: 10 }, 0, []],
    ['cyclonedx/retire-nothing.json', 'cyclonedx', { scan: 1 }, 0, ['no-vulnerabilities']],
    ['npm-audit/npm11.json', 'npm-audit', { scan: 1, vulnerability: 6 }, 0, ['no-project']],
    ['npm-audit/npm11-offline.json', 'npm-audit', { scan: 1 }, 0, ['no-project']],
    ['npm-audit/npm6-empty.json', 'npm-audit', { scan: 1 }, 0, ['no-project']],
    ['npm-audit/juice-shop.json', 'npm-audit', { scan: 1, vulnerability: 10 }, 0, ['no-project']],
    ['npm-audit/vue-js-app.json', 'npm-audit', { scan: 1, vulnerability: 7 }, 0, ['no-project']],
    ['npm-audit/big-audit.json.gz', 'npm-audit', { scan: 1, vulnerability: 4 }, 0, ['no-project']],
  ]

  it.each(outputs)('%s is read as %s', async (name, tool, counts, left, warned) => {
    const { inputs, warnings } = await read(files(name), { types: TYPES, takenAt: TAKEN })
    const found = inputs[0]?.counts.map(({ type, rows, leftOut = 0 }) => [type, rows - leftOut])
    expect(inputs[0]?.tool).toBe(tool)
    expect(Object.fromEntries(found ?? [])).toEqual(counts)
    expect(inputs[0]?.counts.map(({ leftOut = 0 }) => leftOut).reduce((a, b) => a + b, 0)).toBe(left)
    expect(inputs[0]?.counts.every(({ skipped }) => skipped === 0)).toBe(true)
    expect(warnings.map(({ code }) => code)).toEqual(warned)
    const inspected = await inDirectory(files(name), directory =>
      inspectFiles([directory], { takenAt: TAKEN }, zones, noStdin),
    )
    expect(inspected.map(one => [one.tool?.name, one.problems.map(({ code }) => code)])).toEqual([[tool, warned]])
  })

  it('that hold no vulnerabilities at all are refused', async () => {
    const none = 'a BOM without a list of vulnerabilities tells nothing of them: it is no scan that found none'
    const messages = async (name: string): Promise<readonly string[]> =>
      (await errorsOf(files(name), { types: TYPES, takenAt: TAKEN })).map(({ message }) => message)
    expect(await messages('cyclonedx/npm-sbom.json')).toEqual([none])
    // Retire.js writes the components that it found vulnerable, but not of what.
    expect(await messages('cyclonedx/retire-components.json')).toEqual([none])
    expect(await messages('bandit/report.json')).toEqual([
      'the list of this document stands under "results", which is not known',
    ])
  })
})

describe('what real tools found', () => {
  /** Sorted. */
  const found = async (name: string): Promise<readonly string[]> => {
    const all = allOf(await read(files(name), { types: TYPES, takenAt: TAKEN }))
    const lines = all.map(({ id, asset, component, lives }) => {
      const scores = (lives[0]?.scores ?? []).map(({ value, source, version, label }) =>
        [value, version, source, label].filter(word => (word ?? '') !== '').join(' '),
      )
      return [id, asset, component, ...scores.sort()].join(', ')
    })
    return lines.sort()
  }

  it('by npm audit of npm 7 and later', async () => {
    expect(await found('npm-audit/npm11.json')).toEqual([
      'GHSA-29mw-wpgm-hmr9, npm project, pkg:npm/lodash, 5.3 3.1 ghsa moderate',
      'GHSA-35jh-r3h4-6jhm, npm project, pkg:npm/lodash, 7.2 3.1 ghsa high',
      'GHSA-gxpj-cx7g-858c, npm project, pkg:npm/debug, 3.7 3.1 ghsa low',
      'GHSA-p8p7-x288-28g6, npm project, pkg:npm/request, moderate',
      'GHSA-vh95-rmgr-6w4m, npm project, pkg:npm/minimist, 5.6 3.1 ghsa moderate',
      'GHSA-xvch-5gv4-984h, npm project, pkg:npm/minimist, 9.8 3.1 ghsa critical',
    ])
  })

  it('by npm audit of npm 6', async () => {
    expect(await found('npm-audit/juice-shop.json')).toEqual([
      'CVE-2015-9235, npm project, pkg:npm/jsonwebtoken, critical',
      'CVE-2016-1000223, npm project, pkg:npm/jws, high',
      'CVE-2016-1000237, npm project, pkg:npm/sanitize-html, moderate',
      'CVE-2016-4055, npm project, pkg:npm/moment, moderate',
      'CVE-2017-16016, npm project, pkg:npm/sanitize-html, moderate',
      'CVE-2018-3721, npm project, pkg:npm/lodash, low',
      'NPM-532, npm project, pkg:npm/moment, low',
      'NPM-566, npm project, pkg:npm/hoek, moderate',
      'NPM-598, npm project, pkg:npm/tunnel-agent, moderate',
      'NPM-658, npm project, pkg:npm/base64url, moderate',
    ])
    // set-value is there in two versions.
    expect(await found('npm-audit/big-audit.json.gz')).toEqual([
      'CVE-2019-10744, npm project, pkg:npm/lodash, high',
      'CVE-2019-10746, npm project, pkg:npm/mixin-deep, high',
      'CVE-2019-10747, npm project, pkg:npm/set-value, high',
    ])
    const all = allOf(await read(files('npm-audit/vue-js-app.json'), { types: TYPES, takenAt: TAKEN }))
    const published = at('2016-09-06T12:49:40.000Z')
    expect(all.find(({ id }) => id === 'CVE-2017-16042')).toMatchObject({
      component: 'pkg:npm/growl',
      published: { earliest: published, latest: published },
    })
  })

  it('by Trivy, in its own format and in CycloneDX alike', async () => {
    // Labels stand apart: the formats spell them differently, and tell them of different sources.
    const numbers = (line: string): string =>
      line
        .split(', ')
        .map(part => part.replace(/ ?\b(?:low|medium|high|critical)$/i, ''))
        .filter(part => part !== '' && part !== 'ghsa')
        .join(', ')
    const expected = [
      'CVE-2020-28500, shop, pkg:npm/lodash, 5 2.0 nvd, 5.3 3.1 ghsa, 5.3 3.1 nvd',
      'CVE-2021-23337, shop, pkg:npm/lodash, 6.5 2.0 nvd, 7.2 3.1 ghsa, 7.2 3.1 nvd',
      'CVE-2021-44906, shop, pkg:npm/minimist, 7.5 2.0 nvd, 9.8 3.1 ghsa, 9.8 3.1 nvd, 9.8 3.1 redhat',
      'CVE-2023-28155, shop, pkg:npm/request, 6.1 3.1 ghsa, 6.1 3.1 nvd',
    ]
    for (const name of ['trivy/shop.json', 'cyclonedx/trivy-shop.json']) {
      expect((await found(name)).map(numbers)).toEqual(expected)
    }
  })

  it('by Trivy in SARIF, where the lockfile is the asset', async () => {
    expect(await found('sarif/trivy-shop.sarif')).toEqual([
      'CVE-2020-28500, package-lock.json, lodash, 5.3 trivy MEDIUM',
      'CVE-2021-23337, package-lock.json, lodash, 7.2 trivy HIGH',
      'CVE-2021-44906, package-lock.json, minimist, 9.8 trivy CRITICAL',
      'CVE-2023-28155, package-lock.json, request, 6.1 trivy MEDIUM',
    ])
  })

  it('by Retire.js', async () => {
    const lines = await found('cyclonedx/retire-site.json')
    const of = (component: string): readonly string[] =>
      lines.filter(line => line.endsWith(`, site, pkg:npm/${component}, medium`)).map(line => line.split(',')[0] ?? '')
    expect(of('jquery')).toEqual(['CVE-2015-9251', 'CVE-2019-11358', 'CVE-2020-11022', 'CVE-2020-11023'])
    expect(of('bootstrap')).toEqual([
      'CVE-2016-10735',
      'CVE-2018-14042',
      'CVE-2018-20676',
      'CVE-2018-20677',
      'CVE-2019-8331',
      'CVE-2024-6485',
    ])
  })
})

describe('what a later run of a real tool proves', () => {
  const lives = async (first: string, second: string): Promise<Record<string, unknown>> => {
    const takenAt = [{ files: basename(first), at: at('2026-11-22T09:00:00Z') }, { at: at('2026-11-23T09:00:00Z') }]
    const evidence = await read(files(first, second), { types: TYPES, takenAt })
    return Object.fromEntries(allOf(evidence).map(({ id, lives: [life] }) => [id, life?.fixed]))
  }

  it('fixed is what a scan of packages no longer shows', async () => {
    const between = { earliest: at('2026-11-22T09:00:00.001Z'), latest: at('2026-11-23T09:00:00Z') }
    expect(await lives('trivy/shop.json', 'trivy/shop-later.json')).toEqual({
      'CVE-2021-23337': between,
      'CVE-2020-28500': between,
      // Nothing says what became of them after the second.
      'CVE-2021-44906': undefined,
      'CVE-2023-28155': undefined,
    })
  })

  it('nothing, where it looked for secrets alone or listed components alone', async () => {
    const unknown = {
      'CVE-2021-23337': undefined,
      'CVE-2020-28500': undefined,
      'CVE-2021-44906': undefined,
      'CVE-2023-28155': undefined,
    }
    const secrets = await lives('trivy/shop.json', 'trivy/shop-secrets.json')
    const components = await lives('cyclonedx/trivy-shop.json', 'cyclonedx/trivy-components.json')
    for (const fixed of [secrets, components]) {
      expect(Object.keys(fixed).sort()).toEqual(Object.keys(unknown).sort())
      expect(fixed).toEqual(unknown)
    }
  })
})
