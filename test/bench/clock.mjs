// What judging costs once everything is read, a ticket and target, beside the least that a loop over them can do.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const inner = await innerFunctions()
const { auditContract, clauseKinds, loadContract, makeZones, planAudit, readEvidence } = inner
const [contractFile, ...files] = process.argv.slice(2)
const zones = makeZones()
const asOf = Date.UTC(2035, 0, 1)
const source = { file: contractFile, bytes: readFileSync(contractFile) }
const contract = await loadContract(source, clauseKinds, { zones })
const plan = await planAudit(contract, clauseKinds)
const reading = { asOf, services: [], types: plan.types, filters: plan.filters, onBadRow: 'error' }
const evidence = await readEvidence(files, reading, zones, { stdin: process.stdin })

const audit = () =>
  auditContract(plan, evidence, { asOf, assumeComplete: new Set(), riskPercent: 90, zones, version: '0' })
const { clauses } = audit()
const findings = clauses[0].findings.length
const judged = timed(audit)
const walked = timed(() => {
  let due = 0
  for (const finding of clauses[0].findings) due += finding.due ?? 0
  return due
})

const starts = Float64Array.from({ length: findings }, (_, i) => i * 60_000)
const stops = starts.map(start => start + (start % 50_000_000))
const loop = timed(() => {
  let late = 0
  for (let i = 0; i < findings; i++) if (stops[i] - starts[i] > 14_400_000) late++
  return late
})

// The clock work alone, with the functions that judge: what is allowed, counted less one pause, and when it is due.
const { makeClock, allowanceOf, countedTime, dueOf } = inner
const zone = zones(contract.timezone)
const rule = name => makeClock(contract.calendars.get(name), zone)
const rules = { calendar: rule('support'), always: rule('always'), zone, hours: 'calendar', businessDay: 'end-of-day' }
const amount = { unit: 'elapsed', ms: 4 * 3_600_000, text: '4h' }
const first = Date.UTC(2025, 0, 1)
const clock = timed(() => {
  let sum = 0
  for (let i = 0; i < findings; i++) {
    const start = first + (i % 500_000) * 60_000
    const stop = start + (i % 400) * 600_000
    const pauses = [{ start: start + 3_600_000, end: start + 7_200_000 }]
    const allowance = allowanceOf(amount, start, rules)
    sum += countedTime(allowance.clock, start, stop, pauses) + dueOf(allowance, start, pauses)
  }
  return sum
})
const figures = { judged: each(judged), walked: each(walked), clock: each(clock), loop: each(loop) }
console.log(JSON.stringify({ findings, ...figures }))

/** The functions that judge, bundled as the program bundles them; they are no part of the library. */
async function innerFunctions() {
  const folder = mkdtempSync(join(tmpdir(), 'sla-clock-'))
  const outfile = join(folder, 'timing.mjs')
  const contents = [
    "export { auditContract } from './src/audit/audit.ts'",
    "export { planAudit } from './src/audit/plan.ts'",
    "export { clauseKinds } from './src/clauses/index.ts'",
    "export { loadContract } from './src/contract/load.ts'",
    "export { readEvidence } from './src/evidence/read.ts'",
    "export { makeZones } from './src/time/zone.ts'",
    "export * from './src/clauses/support/timing.ts'",
    "export { makeClock } from './src/time/clock.ts'",
  ]
  const stdin = { contents: contents.join('\n'), resolveDir: process.cwd(), loader: 'ts' }
  const external = ['date-holidays']
  const js = "import{createRequire as _createRequire}from'node:module';const require=_createRequire(import.meta.url);"
  const settings = { bundle: true, format: 'esm', platform: 'node', banner: { js }, external, logLevel: 'error' }
  await build({ stdin, outfile, ...settings })
  const functions = await import(pathToFileURL(outfile).href)
  rmSync(folder, { recursive: true, force: true })
  return functions
}

function each(ms) {
  return (ms * 1000) / findings
}

/** The median of five runs, in ms. */
function timed(work) {
  const runs = Array.from({ length: 5 }, () => {
    const started = performance.now()
    work()
    return performance.now() - started
  })
  return runs.sort((a, b) => a - b)[2]
}
