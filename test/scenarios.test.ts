import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { folder, inCopy, plainPage, replay } from './scenarios/replay.ts'
import { root, runCli } from './support/cli.ts'

const names = readdirSync(folder, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name)

describe('scenarios', () => {
  it.each(names)('%s', name => {
    const file = join(folder, name, 'expected.txt')
    const got = replay(name)
    if (process.env.UPDATE_SCENARIOS === '1') writeFileSync(file, got)
    expect(got).toBe(existsSync(file) ? readFileSync(file, 'utf8') : '')
  })

  it.each(names)('%s says why', name => {
    const exits = [...readFileSync(join(folder, name, 'expected.txt'), 'utf8').matchAll(/^\[exit (\d+)\]$/gm)]
    const why = readFileSync(join(folder, name, 'why.md'), 'utf8')
    const unsaid = new Set(exits.map(([, code]) => code).filter(code => !new RegExp(`\\b${code}\\b`).test(why)))
    expect(exits.length).toBeGreaterThan(0)
    expect([...unsaid]).toEqual([])
  })
})

it('counts objectives when asked', () => {
  const args = ['audit', 'contract.yaml', 'outages.csv', '--period', '2026-06', '--as-of', '2026-07-01T00:00:00+02:00']
  const code = (more: readonly string[]) =>
    inCopy(join(folder, 'bindings'), cwd => runCli([...args, ...more], { cwd, env: plainPage }).code)
  expect(code([])).toBe(0)
  expect(code(['--binding', 'objective'])).toBe(1)
  expect(code(['--binding', 'guarantee,objective'])).toBe(1)
})

describe('the machine', () => {
  const audits: readonly (readonly [string, readonly string[]])[] = [
    ['outage-breached', ['audit', 'contract.yaml', 'outages.csv', '--period', '2026-06']],
    ['clock-changes', ['audit', 'contract.yaml', 'outages.csv', '--period', '2025-03-01..2025-10-31', '-v']],
    ['bad-local-times', ['audit', 'contract.yaml', 'outages.csv', '--tz', 'Europe/Paris']],
    ['samples-with-a-gap', ['audit', 'contract.yaml', 'gap.csv']],
  ]
  const places = ['UTC', 'Asia/Tokyo', 'America/New_York'].flatMap(TZ =>
    ['2027-01-15T12:00:00Z', '2027-07-15T12:00:00Z'].map(now => ({ TZ, SLA_TEST_NOW: now })),
  )

  it.each(audits)('changes no byte of %s', (name, args) => {
    for (const format of ['pretty', 'json']) {
      const runs = places.map(place =>
        inCopy(join(folder, name), cwd =>
          runCli([...args, '-f', format, '--as-of', '2026-12-01T00:00:00+01:00'], {
            cwd,
            env: { ...plainPage, ...place },
          }),
        ),
      )
      expect(runs[0]?.stdout).toMatch(/uptime|strict/)
      for (const run of runs) expect(run).toEqual(runs[0])
    }
  })

  it('tells when it is only where --as-of is left out', () => {
    const args = ['audit', 'contract.yaml', 'outages.csv', '--period', '2026-06']
    const run = inCopy(join(folder, 'outage-met'), cwd => runCli(args, { cwd, env: plainPage }))
    // Noon in UTC is 13:00 in Paris in winter, 14:00 in summer.
    const now = {
      '2027-01-15T12:00:00Z': '2027-01-15T13:00:00+01:00',
      '2027-07-15T12:00:00Z': '2027-07-15T14:00:00+02:00',
    }
    expect(run.stdout).toContain(`as of ${new Map(Object.entries(now)).get(process.env.SLA_TEST_NOW ?? '')}\n`)
  })
})

describe('pipes', () => {
  const SERVICES = 400
  const MONTHS = 12
  let cwd = ''

  beforeAll(() => {
    cwd = mkdtempSync(join(tmpdir(), 'sla-pipes-'))
    const services = Array.from({ length: SERVICES }, (_, i) => `service-${i}`)
    writeFileSync(
      join(cwd, 'contract.yaml'),
      `apiVersion: sla/v1
kind: Contract
id: many
timezone: Europe/Paris
services:
${services.map(name => `  ${name}: {}\n`).join('')}clauses:
  uptime:
    kind: availability
    target: 99.5%
    window: calendar month
    excluded-time: leaves-denominator
    no-data: unknown
`,
    )
    const rows = services.flatMap(name =>
      Array.from({ length: MONTHS }, (_, i) => {
        const day = `2025-${String(i + 1).padStart(2, '0')}-15`
        return `${name},${day}T10:00:00Z,${day}T11:00:00Z`
      }),
    )
    writeFileSync(join(cwd, 'outages.csv'), `service,start,end\n${rows.join('\n')}\n`)
  })

  afterAll(() => rmSync(cwd, { recursive: true }))

  function shell(tail: string) {
    const clock = new URL('./support/fake-clock.mjs', import.meta.url).href
    const sla = `'${process.execPath}' --import '${clock}' '${root}bin/sla.js'`
    const line = `${sla} audit contract.yaml outages.csv --period 2025 --as-of 2026-02-01T00:00:00Z --assume-complete maintenance ${tail}`
    const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env
    const env = { ...inherited, ...plainPage }
    return spawnSync('sh', ['-c', line], { cwd, env, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })
  }

  it.each(['pretty', 'json'])('is quiet when the reader of %s hangs up', format => {
    const { status, stdout, stderr } = shell(`-f ${format} -v | head -1`)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  })

  it('delivers a large report whole', () => {
    const { status, stdout, stderr } = shell('-f json | cat')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.length).toBeGreaterThan(5_000_000)
    const report = JSON.parse(stdout)
    const findings = report.clauses.flatMap((clause: { findings: { status: string }[] }) => clause.findings)
    expect(findings).toHaveLength(SERVICES * MONTHS)
    // One hour of 672 to 745 is less than 0.5 %.
    expect(new Set(findings.map((finding: { status: string }) => finding.status))).toEqual(new Set(['met']))
  })
})
