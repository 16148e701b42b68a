import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Report } from '../../src/model/report.ts'
import { root, runCli } from '../support/cli.ts'

/** An audit to look at: the arguments after `sla audit`. */
export interface Audit {
  readonly name: string
  readonly args: (folder: string) => readonly string[]
}

/** Its page on disk, and the same figures as data. */
export interface Written {
  readonly name: string
  readonly file: string
  readonly html: string
  readonly report: Report
}

/** One run that writes the page and the JSON report. */
export function write({ name, args }: Audit, folder: string): Written {
  const file = join(folder, `${name}.html`)
  const { code, stdout, stderr } = runCli(['audit', ...args(folder), '-f', 'json', '-o', `html:${file}`], { cwd: root })
  if (code !== 0 && code !== 1) throw new Error(`${name} ended with ${code}: ${stderr}`)
  return { name, file, html: readFileSync(file, 'utf8'), report: JSON.parse(stdout) as Report }
}

function example(name: string, ...args: readonly string[]): Audit {
  return { name, args: () => [`examples/contracts/${name}.yaml`, `examples/evidence/${name}`, ...args] }
}

export const examples: readonly Audit[] = [
  example('platform-slo', '--period', '2026-01-01..2026-09-30', '--as-of', '2026-09-15T12:00:00+02:00'),
  example(
    'robaws',
    ...['--period', '2026-01-01..2026-06-30', '--as-of', '2026-06-10T09:00:00+02:00', '--tz', 'Europe/Brussels'],
  ),
  example('stafiz', '--period', '2023-01-01..2026-12-31', '--as-of', '2026-09-15T12:00:00+02:00'),
  example('timetonic', '--period', '2026-04-01..2026-07-31', '--as-of', '2026-07-08T12:00:00+02:00'),
  example('communet', '--period', '2026-01-01..2026-06-30', '--as-of', '2026-06-20T12:00:00+02:00'),
]

/** One service that was never down: a page without a breach. */
export const quiet: Audit = {
  name: 'quiet',
  args: folder => {
    const [contract, outages] = files(folder, 'quiet', {
      'contract.yaml': `apiVersion: sla/v1
kind: Contract
id: quiet
timezone: Europe/Paris
services: { api: {} }
clauses:
  uptime: { kind: availability, target: 99.5%, window: calendar month }
`,
      'outages.csv': 'service,start,end\n',
    })
    return [contract ?? '', outages ?? '', '--period', '2026-05', '--as-of', '2026-06-02']
  },
}

/** Names that would do harm where they weren't escaped. */
export const hostile: Audit = {
  name: 'hostile',
  args: folder => {
    const id = `T-1 </script><img src=x onerror=alert(1)>"'&<svg onload=alert(2)>]]>\u202e\u001b[31m${'x'.repeat(10_000)}`
    const [contract, tickets] = files(folder, 'hostile', {
      'contract.yaml': CONTRACT,
      'tickets.csv': `id,priority,opened_at,responded_at,resolved_at\n"${id.replaceAll('"', '""')}",P1,2026-05-04T09:00:00Z,2026-05-04T12:00:00Z,2026-05-05T12:00:00Z\nT-2,P1,2026-05-04T09:00:00Z,2026-05-04T09:01:00Z,2026-05-04T10:00:00Z\n`,
    })
    return [contract ?? '', tickets ?? '', '--period', '2026-05', '--as-of', '2026-06-02']
  },
}

/** 10,000 tickets with two promises each, every eleventh late. */
export const many: Audit = {
  name: 'many',
  args: folder => {
    const rows = Array.from({ length: 10_000 }, (_, i) => {
      const opened = Date.UTC(2026, 0, 1) + i * 40 * 60_000
      const iso = (ms: number): string => new Date(ms).toISOString()
      const resolved = opened + (i % 11 === 0 ? 9 + (i % 90) : 1 + (i % 7)) * 3_600_000
      return `T-${i},P1,${iso(opened)},${iso(opened + (i % 60) * 60_000)},${iso(resolved)}\n`
    })
    const [contract, tickets] = files(folder, 'many', {
      'contract.yaml': CONTRACT,
      'tickets.csv': `id,priority,opened_at,responded_at,resolved_at\n${rows.join('')}`,
    })
    return [contract ?? '', tickets ?? '', '--period', '2026', '--as-of', '2027-01-05']
  },
}

const CONTRACT = `apiVersion: sla/v1
kind: Contract
id: desk
timezone: Europe/Paris
clauses:
  tickets:
    kind: support
    calendar: always
    clock: calendar
    priorities:
      P1: { respond: 2h, resolve: 8h }
`

function files(folder: string, name: string, texts: Readonly<Record<string, string>>): readonly string[] {
  mkdirSync(join(folder, name), { recursive: true })
  return Object.entries(texts).map(([file, text]) => {
    const path = join(folder, name, file)
    writeFileSync(path, text)
    return path
  })
}
