import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../src/model/finding.ts'
import type { Report } from '../src/model/report.ts'
import {
  type BackupFigures,
  backupPair,
  communetBackups,
  platformNightly,
  platformNightlyFebruary,
  platformNightlyMarch,
  platformNightlyMay,
  robawsRecovery,
  stafizCopies,
  timetonicBackups,
  timetonicJuly,
} from './examples-backups.ts'
import {
  type FixFigures,
  fixPair,
  platformFixes,
  platformFixesFebruary,
  platformFixesMay,
  platformFixesSeptember,
  platformScans,
} from './examples-fixes.ts'
import {
  platformFebruary,
  platformMay,
  platformSeptember,
  platformTickets,
  platformUnstated,
  robawsTickets,
  stafizIncidents,
  type TicketFigures,
  ticketPair,
  timetonicTickets,
  wallInstant,
} from './examples-tickets.ts'
import { root, runCli } from './support/cli.ts'

/** `verdict` alone, or with milliseconds worked out by hand from the events listed in the evidence maker. */
interface Figures {
  readonly down: number
  readonly base?: number
  readonly allowance?: number
  readonly excluded?: number
  readonly unknown?: number
  /** When the allowance was used up. */
  readonly exceeded?: string
  readonly atRisk?: true
}
type Expected = string | TicketFigures | FixFigures | BackupFigures | readonly [status: string, figures: Figures]

interface Example {
  readonly command: string
  readonly code: number
  readonly findings: Readonly<Record<string, Expected>>
  /** Findings under `Next`, the most urgent first. */
  readonly upcoming?: readonly string[]
  /** What is said on standard error, in this order. */
  readonly warnings?: readonly RegExp[]
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

function command(name: string, options: string): string {
  return `sla audit examples/contracts/${name}.yaml examples/evidence/${name} ${options}`
}

/** What the text of platform-slo leaves unsaid about vulnerabilities. */
const unsaid = [
  /platform-slo\.yaml:\d+:5 {2}warning {2}from is not said/,
  /warning {2}counting is not said/,
  /warning {2}a score of 8\.95 lies between 8\.9 and 9: round/,
]

const may = ['unverified', { base: 744 * HOUR, allowance: 13_392 * SECOND, down: HOUR, unknown: 743 * HOUR }] as const
const february = [
  'met',
  { base: 669 * HOUR, allowance: 12_042 * SECOND, down: 28 * MINUTE, excluded: 3 * HOUR },
] as const

const examples: readonly Example[] = [
  {
    command: command('platform-slo', '--period 2026-01-01..2026-09-30 --as-of 2026-09-15T12:00:00+02:00'),
    code: 1,
    findings: {
      'uptime/2026-01': [
        'met',
        { base: 741.5 * HOUR, allowance: 13_347 * SECOND, down: 67 * MINUTE, excluded: 150 * MINUTE },
      ],
      'uptime/2026-02': february,
      'uptime/2026-03': [
        'breached',
        {
          base: 743 * HOUR - 10 * MINUTE,
          allowance: 13_371 * SECOND,
          down: 240 * MINUTE,
          excluded: 10 * MINUTE,
          exceeded: '2026-03-24T16:12:51+01:00',
        },
      ],
      'uptime/2026-04': [
        'met',
        { base: 718 * HOUR, allowance: 12_924 * SECOND, down: 160 * MINUTE, excluded: 120 * MINUTE },
      ],
      'uptime/2026-05': may,
      'uptime/2026-06': ['met', { base: 720 * HOUR, allowance: 12_960 * SECOND, down: 195 * MINUTE, atRisk: true }],
      'uptime/2026-07': ['met', { base: 743 * HOUR, allowance: 13_374 * SECOND, down: 180 * MINUTE, excluded: HOUR }],
      'uptime/2026-08': [
        'breached',
        {
          base: 744 * HOUR,
          allowance: 13_392 * SECOND,
          down: 315 * MINUTE,
          exceeded: '2026-08-20T01:43:12+02:00',
        },
      ],
      'uptime/2026-09': [
        'pending',
        { base: 719 * HOUR, allowance: 12_942 * SECOND, down: 75 * MINUTE, excluded: HOUR },
      ],
      'announced-work/notice/M-01': 'met',
      'announced-work/notice/M-02': 'met',
      'announced-work/notice/M-03': 'met',
      'announced-work/notice/M-04': 'breached',
      'announced-work/notice/M-05': 'met',
      'announced-work/notice/M-06': 'met',
      'announced-work/notice/M-07': 'met',
      'announced-work/notice/M-08': 'met',
      'usual-hours/inside/M-01': 'breached',
      'usual-hours/inside/M-02': 'met',
      'usual-hours/inside/M-03': 'met',
      'usual-hours/inside/M-04': 'breached',
      'usual-hours/inside/M-05': 'breached',
      'usual-hours/inside/M-06': 'met',
      'usual-hours/inside/M-07': 'met',
      'usual-hours/inside/M-08': 'met',
      'overrun-notice/overrun/M-06': 'not-applicable',
      ...platformTickets,
      ...platformFixes,
      ...platformNightly,
    },
    warnings: unsaid,
  },
  {
    command: command('platform-slo', '--period 2026-03 --as-of 2026-09-15T12:00:00+02:00 --only nightly'),
    code: 1,
    findings: platformNightlyMarch,
    warnings: unsaid,
  },
  {
    command: command('platform-slo', '--period 2026-02 --as-of 2026-09-15T12:00:00+02:00'),
    code: 0,
    findings: {
      'uptime/2026-02': february,
      'announced-work/notice/M-03': 'met',
      'usual-hours/inside/M-03': 'met',
      ...platformUnstated,
      ...platformFebruary,
      ...platformFixesFebruary,
      ...platformNightlyFebruary,
    },
    warnings: unsaid,
  },
  {
    command: command(
      'platform-slo',
      '--period 2026-05 --as-of 2026-09-15T12:00:00+02:00 --fail-on breached,unverified',
    ),
    code: 4,
    findings: {
      'uptime/2026-05': may,
      'announced-work': 'not-applicable',
      'usual-hours': 'not-applicable',
      'overrun-notice': 'not-applicable',
      ...platformUnstated,
      ...platformMay,
      ...platformFixesMay,
      ...platformNightlyMay,
    },
    warnings: unsaid,
  },
  {
    command: command(
      'platform-slo',
      '--period 2026-09 --as-of 2026-09-15T12:00:00+02:00 --only tickets --upcoming 48h',
    ),
    code: 1,
    findings: { ...platformUnstated, ...platformSeptember },
    upcoming: [
      'tickets/P3-resolve/T-21',
      'tickets/P1-respond/T-24',
      'tickets/P1-resolve/T-24',
      'tickets/P2-resolve/T-23',
    ],
    warnings: unsaid,
  },
  {
    command: command('platform-slo', '--period 2026-09 --as-of 2026-09-15T12:00:00+02:00 --only fixes --upcoming 48h'),
    code: 1,
    findings: platformFixesSeptember,
    upcoming: ['fixes/critical/V-22@api#parser', 'fixes/medium/V-20@db#driver'],
    warnings: unsaid,
  },
  {
    command:
      'sla audit examples/contracts/platform-slo.yaml examples/evidence/platform-slo-scans --only fixes --period 2026-06 --as-of 2026-06-16T12:00:00+02:00 --tz Europe/Paris',
    code: 1,
    findings: platformScans,
    warnings: unsaid,
  },
  {
    command: command(
      'robaws',
      '--period 2026-01-01..2026-06-30 --as-of 2026-06-10T09:00:00+02:00 --tz Europe/Brussels',
    ),
    code: 1,
    findings: {
      'uptime/2026-01': [
        'met',
        { base: 743.25 * HOUR, allowance: 2_675_700, down: 20 * MINUTE, excluded: 45 * MINUTE },
      ],
      'uptime/2026-02': [
        'breached',
        { base: 672 * HOUR, allowance: 2_419_200, down: 45 * MINUTE, exceeded: '2026-02-05T10:40:19.200+01:00' },
      ],
      'uptime/2026-03': [
        'unverified',
        { base: 742.5 * HOUR, allowance: 2_673_000, down: 0, excluded: 30 * MINUTE, unknown: 72 * HOUR },
      ],
      'uptime/2026-04': [
        'breached',
        {
          base: 720 * HOUR - 50 * MINUTE,
          allowance: 2_589_000,
          down: 50 * MINUTE,
          excluded: 50 * MINUTE,
          exceeded: '2026-04-14T17:13:09+02:00',
        },
      ],
      'uptime/2026-05': ['met', { base: 742.5 * HOUR, allowance: 2_673_000, down: 25 * MINUTE, excluded: 90 * MINUTE }],
      'uptime/2026-06': [
        'pending',
        { base: 720 * HOUR - 20 * MINUTE, allowance: 2_590_800, down: 0, excluded: 20 * MINUTE },
      ],
      'usual-uptime/2026-01': ['not-applicable', { down: 20 * MINUTE }],
      'usual-uptime/2026-02': ['not-applicable', { down: 45 * MINUTE }],
      'usual-uptime/2026-03': ['not-applicable', { down: 0 }],
      'usual-uptime/2026-04': ['not-applicable', { down: 50 * MINUTE }],
      'usual-uptime/2026-05': ['not-applicable', { down: 25 * MINUTE }],
      'usual-uptime/2026-06': ['not-applicable', { down: 0 }],
      ...each('announced-work/notice/R-', 7, 'met', { 6: 'breached' }),
      ...each('announced-work/outside/R-', 7, 'met', { 4: 'breached' }),
      ...each('short-work/longest/R-', 7, 'met', { 5: 'breached' }),
      'few-works/at-most/2026': 'pending',
      ...robawsTickets,
      ...robawsRecovery,
    },
  },
  {
    command: command('stafiz', '--period 2023-01-01..2026-12-31 --as-of 2026-09-15T12:00:00+02:00'),
    code: 1,
    findings: {
      'uptime/2023': [
        'unverified',
        { base: 8760 * HOUR, allowance: 63_072 * SECOND, down: 2 * HOUR, unknown: 4343 * HOUR },
      ],
      'uptime/2024': ['met', { base: 8784 * HOUR, allowance: 63_244_800, down: 750 * MINUTE }],
      'uptime/2025': [
        'breached',
        {
          base: 8760 * HOUR,
          allowance: 63_072 * SECOND,
          down: 1125 * MINUTE,
          exceeded: '2025-11-13T02:16:12+01:00',
        },
      ],
      'uptime/2026': ['pending', { base: 8760 * HOUR, allowance: 63_072 * SECOND, down: 3 * HOUR }],
      ...stafizIncidents,
      ...stafizCopies,
    },
    warnings: [/tickets\.csv:12:1 {2}warning {2}ticket "I-10"/],
  },
  {
    command: command('timetonic', '--period 2026-04-01..2026-07-31 --as-of 2026-07-08T12:00:00+02:00'),
    code: 1,
    findings: {
      'uptime/2026-04': ['met', { base: 198 * HOUR, allowance: 3564 * SECOND, down: 40 * MINUTE }],
      'uptime/2026-05': [
        'breached',
        { base: 189 * HOUR, allowance: 3402 * SECOND, down: 80 * MINUTE, exceeded: '2026-05-19T14:46:42+02:00' },
      ],
      'uptime/2026-06': [
        'unverified',
        { base: 198 * HOUR, allowance: 3564 * SECOND, down: 10 * MINUTE, unknown: 9 * HOUR },
      ],
      'uptime/2026-07': ['pending', { base: 207 * HOUR, allowance: 3726 * SECOND, down: 3 * MINUTE }],
      'observed-uptime/2026-04': ['not-applicable', { base: 720 * HOUR, down: 234 * MINUTE }],
      'observed-uptime/2026-05': ['not-applicable', { base: 744 * HOUR, down: 84 * MINUTE }],
      'observed-uptime/2026-06': ['not-applicable', { base: 720 * HOUR, down: 14 * MINUTE, unknown: 24 * HOUR }],
      'observed-uptime/2026-07': ['not-applicable', { base: 744 * HOUR, down: 4 * MINUTE }],
      // Unknown: 90 days less one hour before April, and the silent day.
      'hosting-uptime/2026': ['not-applicable', { base: 8760 * HOUR, down: 3 * HOUR, unknown: (2159 + 24) * HOUR }],
      ...timetonicTickets,
      ...timetonicBackups,
    },
  },
  {
    command: command(
      'timetonic',
      '--period 2026-07 --as-of 2026-07-08T12:00:00+02:00 --only restore-time,restore-test,integrity-check --upcoming 168h',
    ),
    code: 0,
    findings: timetonicJuly,
    upcoming: ['restore-time/rto/Q-4', 'integrity-check/2026-07-09', 'restore-test/2026-W29'],
  },
  {
    command: command('communet', '--period 2026-01-01..2026-06-30 --as-of 2026-06-20T12:00:00+02:00'),
    code: 0,
    findings: {
      // Nothing is allowed: the first minute that counts is one too many.
      'interruptions/2026-01': [
        'breached',
        { base: 744 * HOUR, allowance: 0, down: 2 * HOUR, exceeded: '2026-01-13T09:00:00+01:00' },
      ],
      'interruptions/2026-02': [
        'breached',
        {
          base: 646 * HOUR,
          allowance: 0,
          down: 45 * MINUTE,
          excluded: 26 * HOUR,
          exceeded: '2026-02-24T10:00:00+01:00',
        },
      ],
      'interruptions/2026-03': [
        'breached',
        {
          base: 727 * HOUR,
          allowance: 0,
          down: 90 * MINUTE,
          excluded: 16 * HOUR,
          exceeded: '2026-03-10T12:00:00+01:00',
        },
      ],
      'interruptions/2026-04': ['unverified', { base: 720 * HOUR, allowance: 0, down: 0, unknown: 720 * HOUR }],
      'interruptions/2026-05': ['met', { base: 744 * HOUR, allowance: 0, down: 0 }],
      'interruptions/2026-06': ['pending', { base: 714 * HOUR, allowance: 0, down: 0, excluded: 6 * HOUR }],
      ...communetBackups,
    },
  },
]

/** `sla due`: the due instants on the wall in Paris, under the contract's own reading. */
const dues = [
  {
    command: 'sla due examples/contracts/platform-slo.yaml tickets/P2 --from 2026-01-24T11:00:00+01:00',
    code: 0,
    // A Saturday: eight hours of Monday; the end of the second day after Monday.
    due: { respond: '2026-01-26 17:00', resolve: '2026-01-28 18:00' },
  },
]

describe.each(examples)('$command', ({ command, code, findings, upcoming, warnings = [] }) => {
  it('gives the verdicts and figures derived by hand', () => {
    const run = runCli([...command.split(' ').slice(1), '-f', 'json'])
    expect(linesSaid(run.stderr)).toEqual(warnings.map(text => expect.stringMatching(text)))
    if (warnings.length === 0) expect(run.stderr).toBe('')
    const report = JSON.parse(run.stdout) as Report
    const got = new Map(report.clauses.flatMap(clause => [...clause.findings]).map(finding => [finding.id, finding]))
    expect([...got.keys()].sort()).toEqual(Object.keys(findings).sort())
    const pairs = Object.entries(findings).map(([id, expected]) => pairOf(got.get(id), expected))
    expect(Object.fromEntries(Object.keys(findings).map((id, i) => [id, pairs[i]?.got]))).toEqual(
      Object.fromEntries(Object.keys(findings).map((id, i) => [id, pairs[i]?.wanted])),
    )
    if (upcoming !== undefined) expect([...(report.upcoming?.items ?? [])].map(item => item.finding)).toEqual(upcoming)
    expect(run.code).toBe(code)
  })
})

it.each(dues)('$command', ({ command, code, due }) => {
  const run = runCli([...command.split(' ').slice(1), '-f', 'json'])
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code, stderr: '' })
  const got = JSON.parse(run.stdout) as readonly { readonly promise: string; readonly due?: number }[]
  expect(Object.fromEntries(got.flatMap(({ promise, due }) => (due === undefined ? [] : [[promise, due]])))).toEqual(
    Object.fromEntries(Object.entries(due).map(([promise, at]) => [promise, wallInstant(at)])),
  )
})

it('documents exactly the commands that are run here', () => {
  const readme = readFileSync(join(root, 'examples/README.md'), 'utf8')
  const documented = readme.split('\n').filter(line => line.startsWith('sla '))
  const run = [...examples, ...dues]
  expect([...documented].sort()).toEqual(run.map(example => example.command).sort())
  const said = [...readme.matchAll(/exit code (\d+)/gi)].map(([, digits]) => Number(digits))
  expect(said).toEqual(documented.map(command => run.find(example => example.command === command)?.code))
})

it('holds contracts without a doubt, but for what one text leaves unsaid', () => {
  const files = readdirSync(join(root, 'examples/contracts')).map(name => `examples/contracts/${name}`)
  expect(files).toHaveLength(5)
  const unsure = files.filter(file => file.endsWith('/platform-slo.yaml'))
  const sure = runCli(['validate', '--strict', ...files.filter(file => !unsure.includes(file))])
  expect({ code: sure.code, stderr: sure.stderr }).toEqual({ code: 0, stderr: '' })
  const run = runCli(['validate', ...unsure])
  expect(linesSaid(run.stdout)).toEqual(unsaid.map(text => expect.stringMatching(text)))
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' })
})

it('makes the evidence again, the same', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sla-examples-'))
  try {
    const kept = join(root, 'examples/evidence')
    const made = spawnSync(process.execPath, [join(kept, 'make.mjs'), folder], { encoding: 'utf8' })
    expect({ code: made.status, stderr: made.stderr }).toEqual({ code: 0, stderr: '' })
    const files = filesIn(kept).filter(file => !file.endsWith('.mjs'))
    expect(filesIn(folder)).toEqual(files)
    expect(files).toHaveLength(48)
    for (const file of files) {
      expect(textOf(join(folder, file)) === textOf(join(kept, file)), file).toBe(true)
      expect(statSync(join(kept, file)).size, file).toBeLessThan(1_500_000)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})

/** The first lines of errors and warnings. */
function linesSaid(stderr: string): readonly string[] {
  return stderr.split('\n').filter(line => / {2}(?:error|warning) {2}/.test(line))
}

function each(prefix: string, number: number, usual: string, others: Readonly<Record<number, string>>) {
  const ids = Array.from({ length: number }, (_, i) => i + 1)
  return Object.fromEntries(ids.map(i => [`${prefix}0${i}`, others[i] ?? usual]))
}

/** What is looked at of a finding, and what it must be. */
function pairOf(finding: Finding | undefined, expected: Expected): { readonly got: unknown; readonly wanted: unknown } {
  if (typeof expected === 'object' && 'verdict' in expected) return backupPair(finding, expected)
  if (typeof expected === 'object' && 'reason' in expected) return fixPair(finding, expected)
  if (typeof expected === 'object' && 'status' in expected) return ticketPair(finding, expected)
  const [status, figures] = typeof expected === 'string' ? [expected, undefined] : expected
  if (figures === undefined) return { got: { status: finding?.status }, wanted: { status } }
  return { got: { status: finding?.status, ...figuresOf(finding, figures) }, wanted: { status, ...normal(figures) } }
}

/** The figures of a finding, as far as they are expected. */
function figuresOf(finding: Finding | undefined, expected: Figures): Readonly<Record<string, unknown>> {
  const details = finding?.details
  return {
    down: details?.down_ms,
    ...(expected.base !== undefined && { base: details?.base_ms }),
    ...(expected.allowance !== undefined && { allowance: details?.allowance_ms }),
    ...(finding?.status !== 'not-applicable' && {
      excluded: details?.excluded_ms,
      unknown: details?.unknown_ms,
      exceeded: details?.exceeded_at,
      atRisk: finding?.atRisk,
    }),
    ...(expected.excluded !== undefined && { excluded: details?.excluded_ms }),
    ...(expected.unknown !== undefined && { unknown: details?.unknown_ms }),
  }
}

/** What a judged finding leaves unsaid is expected to be absent or 0. */
function normal(figures: Figures): Readonly<Record<string, unknown>> {
  if (figures.allowance === undefined) return { ...figures }
  const { exceeded, ...others } = figures
  return {
    excluded: 0,
    unknown: 0,
    atRisk: undefined,
    ...others,
    exceeded: exceeded === undefined ? undefined : Date.parse(exceeded),
  }
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

/** Compressed bytes depend on the version of zlib: of those files the text is compared. */
function textOf(file: string): string {
  const bytes = readFileSync(file)
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1')
}
