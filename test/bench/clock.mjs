// What judging costs once everything is read, a ticket and target, beside the least that a loop over them can do.
import { readFileSync } from 'node:fs'
import { auditContract, clauseKinds, loadContract, makeZones, planAudit, readEvidence } from '../../dist/index.js'

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
console.log(JSON.stringify({ findings, judged: each(judged), walked: each(walked), loop: each(loop) }))

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
