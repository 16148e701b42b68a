// npm run bench: whole-process figures of the built program, each beside a baseline measured in the same run.
// Nothing is asserted about time; compare ratios, not seconds. ROWS=200000 TICKETS=50000 npm run bench for a quick
// look; 0 leaves a part out. BACKUPS=100000 backups of ten years, and a quarter of them. VULNS=1000000 measures as many vulnerabilities too, as a log and as sightings of 100 scans.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backupContract, writeBackups } from './backups.mjs'
import { createWriter, generator } from './files.mjs'
import { ticketContract, writeTickets } from './tickets.mjs'
import { fixContract, writeLog, writeScans } from './vulnerabilities.mjs'

const ROWS = Number(process.env.ROWS ?? 5_000_000)
const TICKETS = Number(process.env.TICKETS ?? 1_000_000)
const BACKUPS = Number(process.env.BACKUPS ?? 100_000)
const VULNS = Number(process.env.VULNS ?? 0)
/** The sightings are spread over so many scans. */
const SCANS = 100
const RUNS = Number(process.env.RUNS ?? 3)
const folder = mkdtempSync(join(tmpdir(), 'sla-bench-'))
const here = new URL('.', import.meta.url).pathname
const program = join(here, '../../bin/sla.js')
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env

try {
  const contract = join(folder, 'contract.yaml')
  writeFileSync(contract, contractText())
  const small = join(folder, 'outages.csv')
  writeFileSync(small, 'start,end,service\n2025-01-10T10:00:00Z,2025-01-10T10:30:00Z,web-0\n')
  console.log(`node ${process.version} · ${RUNS} runs each, medians`)

  const bare = measure(['-e', '0'])
  const help = measure([program, '--help'])
  const audit = measure([
    program,
    'audit',
    contract,
    small,
    '--period',
    '2025-01',
    '--as-of',
    '2025-03-01T00:00:00Z',
    '--only',
    'first',
  ])
  row('start: bare node', bare)
  row('start: sla --help', help, bare)
  row('start: small audit', audit, bare)
  const examples = join(here, '../../examples/contracts')
  const contracts = readdirSync(examples)
    .filter(name => name.endsWith('.yaml'))
    .map(name => join(examples, name))
  row(
    `compare: ${contracts.length} contracts, a year`,
    measure([program, 'compare', ...contracts, '--year', '2026']),
    bare,
  )

  if (ROWS > 0) benchSamples(contract)
  if (TICKETS > 0) benchTickets()
  for (const count of [Math.ceil(BACKUPS / 4), BACKUPS]) if (count > 0) benchBackups(count)
  if (VULNS > 0) benchVulnerabilities()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function benchSamples(contract) {
  const samples = join(folder, 'checks.csv')
  const span = writeSamples(samples, ROWS)
  console.log(`\n${ROWS.toLocaleString('en')} check rows, ${megabytes(samples)} MB, ${span}`)
  const baseline = measure([join(here, 'baseline.mjs'), samples])
  const full = measure([program, 'audit', contract, samples, '--as-of', '2035-01-01T00:00:00Z', '-f', 'json'])
  row('csv-parse + Date.parse, rows counted', baseline)
  row('sla audit', full, baseline)
}

function benchTickets() {
  const contract = join(folder, 'tickets.yaml')
  writeFileSync(contract, ticketContract())
  const files = [join(folder, 'tickets.csv'), join(folder, 'changes.csv')]
  writeTickets(...files, TICKETS)
  const size = `${megabytes(...files)} MB`
  console.log(`\n${TICKETS.toLocaleString('en')} tickets of 5 stamps and a pause in 2 change rows, 2 targets, ${size}`)
  const baseline = measure([join(here, 'baseline.mjs'), ...files])
  row('csv-parse + Date.parse, rows counted', baseline)
  const audit = [program, 'audit', contract, ...files, '--as-of', '2035-01-01T00:00:00Z']
  row('sla audit', measure(audit), baseline)
  row('sla audit --upcoming P10Y', measure([...audit, '--upcoming', 'P10Y']), baseline)
  row('sla audit -f json', measure([...audit, '-f', 'json']), baseline)
  row('sla explain', measure([program, 'explain', 'tickets/P1-respond/T-0', ...audit.slice(2)]), baseline)
  const child = spawnSync(process.execPath, [join(here, 'clock.mjs'), contract, ...files], { env, encoding: 'utf8' })
  if (child.status !== 0) throw new Error(child.stderr)
  const { findings, judged, walked, clock, loop } = JSON.parse(child.stdout)
  console.log(`  in process, µs a ticket and target (${findings.toLocaleString('en')} findings)`)
  const figures = { 'clock work: allowed, counted, due': clock, 'judged and totalled': judged, 'made anew': walked }
  for (const [name, figure] of Object.entries(figures)) {
    console.log(`    ${name.padEnd(38)} ${figure.toFixed(2).padStart(7)}`)
  }
  console.log(`    ${'two stamps subtracted and compared'.padEnd(38)} ${loop.toFixed(4).padStart(9)}`)
}

function benchBackups(count) {
  const contract = join(folder, 'backups.yaml')
  writeFileSync(contract, backupContract(count))
  const names = ['backups', 'copies', 'deletions', 'coverage']
  const files = names.map(name => join(folder, `${name}.csv`))
  writeBackups(...files, count)
  console.log(
    `\n${count.toLocaleString('en')} backups of 10 years with a copy and a deletion each, ${megabytes(...files)} MB`,
  )
  const baseline = measure([join(here, 'baseline.mjs'), ...files])
  row('csv-parse + Date.parse, rows counted', baseline)
  const audit = [program, 'audit', contract, ...files, '--period', '2015-02-01..2024-12-31']
  row('sla audit', measure([...audit, '--as-of', '2025-03-01T00:00:00Z']), baseline)
}

function benchVulnerabilities() {
  const contract = join(folder, 'fixes.yaml')
  writeFileSync(contract, fixContract('{ latest-of: [detected, fix-available] }'))
  const log = join(folder, 'log.csv')
  writeLog(log, VULNS)
  console.log(`\n${VULNS.toLocaleString('en')} vulnerabilities in a log, ${megabytes(log)} MB`)
  const asOf = ['--as-of', '2035-01-01T00:00:00Z']
  judged([log], [program, 'audit', contract, log, ...asOf])

  const scans = [join(folder, 'scans.csv'), join(folder, 'sightings.csv')]
  const shown = Math.round(VULNS / SCANS)
  writeScans(...scans, SCANS, shown)
  // Scans do not tell since when there is a fix.
  writeFileSync(contract, fixContract('detected'))
  const size = `${megabytes(...scans)} MB`
  console.log(`\n${SCANS} scans × ${shown.toLocaleString('en')} sightings, ${size}`)
  judged(scans, [program, 'audit', contract, ...scans, ...asOf])

  function judged(files, audit) {
    const baseline = measure([join(here, 'baseline.mjs'), ...files])
    row('csv-parse + Date.parse, rows counted', baseline)
    row('sla audit', measure(audit), baseline)
    row('sla audit --upcoming P10Y', measure([...audit, '--upcoming', 'P10Y']), baseline)
    row('sla audit -f json', measure([...audit, '-f', 'json']), baseline)
  }
}

function megabytes(...files) {
  return (files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6).toFixed(0)
}

function measure(args) {
  const results = []
  for (let i = 0; i < RUNS; i++) {
    const started = process.hrtime.bigint()
    const child = spawnSync(process.execPath, ['--import', join(here, 'peak.mjs'), ...args], {
      env,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const wall = Number(process.hrtime.bigint() - started) / 1e6
    const peak = /peak-rss-kib=(\d+)/.exec(child.stderr)
    if (peak === null || (child.status ?? 70) > 4)
      throw new Error(`${args.join(' ')}: exit ${child.status}\n${child.stderr}`)
    results.push({ wall, peak: Number(peak[1]) / 1024 })
  }
  const middle = pick => results.map(pick).sort((a, b) => a - b)[RUNS >> 1]
  return { wall: middle(r => r.wall), peak: middle(r => r.peak) }
}

function row(name, figure, base) {
  const ratio = base === undefined ? '' : `${(figure.wall / base.wall).toFixed(2)} × its baseline`
  console.log(
    `  ${name.padEnd(40)} ${figure.wall.toFixed(0).padStart(7)} ms ${figure.peak.toFixed(0).padStart(5)} MiB peak  ${ratio}`,
  )
}

function contractText() {
  const services = Array.from({ length: 20 }, (_, i) => `  web-${i}: {}`).join('\n')
  return `apiVersion: sla/v1
kind: Contract
id: bench
timezone: Europe/Paris
services:
${services}
clauses:
  uptime: { kind: availability, target: 99.9%, window: calendar month, no-data: unknown }
  first: { kind: availability, target: 99.9%, window: calendar month, no-data: unknown, services: [web-0] }
`
}

// One probe a minute for each of 20 services, now and then a few minutes down.
function writeSamples(file, rows) {
  const out = createWriter(file, 'time,service,status\n')
  const random = generator()
  const down = new Array(20).fill(0)
  const start = Date.UTC(2025, 0, 1)
  for (let i = 0; i < rows; i++) {
    const service = i % 20
    if (down[service] === 0 && random() < 0.0002) down[service] = 1 + Math.floor(random() * 30)
    const state = down[service] > 0 ? 'down' : 'up'
    if (down[service] > 0) down[service]--
    out.add(`${new Date(start + Math.floor(i / 20) * 60_000).toISOString()},web-${service},${state}\n`)
  }
  out.end()
  return `${(rows / 20 / 1440).toFixed(0)} days × 20 services`
}
