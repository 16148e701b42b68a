import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import type { Finding } from '../../src/model/finding.ts'
import { fakeIo } from './fake-io.ts'

const CONTRACT = `apiVersion: sla/v1
kind: Contract
id: acme
timezone: Europe/Paris
clauses:
  fixes:
    kind: vulnerability
    from: detected
    counting: end-of-day
    score: { order: [scanner] }
    mitigation: never
    on-reopen: restart
    bands: { high: { min: 7, fix: 7 days, mitigate: 24h }, rest: { below: 7, fix: unstated } }
`
const SCOPED = 'pkg:npm/%40acme/left-pad'
const LOG = `id,asset,component,cvss,detected_at,mitigated_at,vendor_patch_at,internal_patch_at,fixed_at
CVE-2026-1,registry.test:5000/team/web,${SCOPED}@1.0.0,7.5,2026-06-01T10:00:00+02:00,,,,2026-06-03T10:00:00+02:00
CVE-2026-1,registry.test:5000/team/web,${SCOPED}@1.1.0,7.5,2026-06-05T10:00:00+02:00,,,,
CVE-2026-2,web,libstdc++,9.8,2026-06-01T10:00:00+02:00,2026-06-01T12:00:00+02:00,,,
own #7 ~ x,,,9.8,2026-06-02T10:00:00+02:00,,,,
`

let directory = ''

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sla-fixes-'))
  await writeFile(join(directory, 'log.csv'), LOG)
})

afterAll(() => rm(directory, { recursive: true, force: true }))

async function run(argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const io = fakeIo({ 'acme.yaml': CONTRACT })
  const code = await main(argv, io)
  return { code, out: io.out.join(''), err: io.err.join('') }
}

function explain(id: string, ...more: readonly string[]) {
  const time = ['--period', '2026-06', '--as-of', '2026-06-10T12:00:00+02:00']
  return run(['explain', id, 'acme.yaml', join(directory, 'log.csv'), ...time, ...more])
}

describe('explain', () => {
  it.each([
    [`fixes/high/CVE-2026-1@registry.test:5000/team/web#${SCOPED}`, 'met'],
    [`fixes/high/CVE-2026-1@registry.test:5000/team/web#${SCOPED}~2`, 'pending'],
    ['fixes/high/CVE-2026-2@web#libstdc++', 'breached'],
    ['fixes/high-mitigate/CVE-2026-2@web#libstdc++', 'met'],
    ['fixes/high/own #7 ~ x', 'breached'],
  ])('finds %s', async (id, status) => {
    const { code, out } = await explain(id, '-f', 'json')
    expect(code).toBe(0)
    const found: readonly Finding[] = JSON.parse(out)
    expect(found.map(finding => [finding.id, finding.status])).toEqual([[id, status]])
    const text = await explain(id, '-q')
    expect(text.out.split('\n')[0]).toContain(` ${id}  `)
  })

  it.each([
    [
      'CVE-2026-1',
      [`CVE-2026-1@registry.test:5000/team/web#${SCOPED}`, `CVE-2026-1@registry.test:5000/team/web#${SCOPED}~2`],
    ],
    ['CVE-2026-2@web', ['CVE-2026-2@web#libstdc++']],
    [`CVE-2026-1@registry.test:5000/team/web#${SCOPED}`, [`${SCOPED}`, `${SCOPED}~2`]],
  ])('names the findings on %s', async (id, parts) => {
    const { code, err } = await explain(id)
    expect(code).toBe(2)
    const [, nearest = ''] = /\nnearest: (.*)\n/.exec(err) ?? []
    const named = nearest.split(', ')
    for (const part of parts) expect(named.some(one => one.endsWith(part))).toBe(true)
    expect(named.every(one => one.includes(`/${id}`))).toBe(true)
  })

  it('goes on from the report with a command that a shell takes, for the latest of all', async () => {
    const { out } = await run([
      ...['audit', 'acme.yaml', join(directory, 'log.csv'), '--period', '2026-06', '--width', '200'],
      ...['--as-of', '2026-06-10T12:00:00+02:00'],
    ])
    expect(out).toContain("\nWhy?  sla explain 'fixes/high-mitigate/own #7 ~ x' acme.yaml ")
  })

  it('names the instant of the run where none was given, to the second', async () => {
    const { out } = await run([
      'audit',
      'acme.yaml',
      join(directory, 'log.csv'),
      '--period',
      '2026-06',
      '--width',
      '200',
    ])
    // 1,780,383,600 s after 1970 is 2 June 2026 07:00 UTC.
    expect(out).toMatch(/\nWhy\? {2}sla explain .* --period 2026-06 --as-of 2026-06-02T09:00:00\+02:00\n/)
  })
})

describe('--fail-on', () => {
  it.each([
    ['breached', 1],
    ['pending', 4],
    ['never', 0],
  ])('%s ends with %d', async (listed, expected) => {
    const argv = ['audit', 'acme.yaml', join(directory, 'log.csv'), '--period', '2026-06', '-q', '--fail-on', listed]
    const { code } = await run([...argv, '--as-of', '2026-06-10T12:00:00+02:00'])
    expect(code).toBe(expected)
  })
})
