// Backups to measure with: ten years of them, every one with a copy elsewhere and its deletions.
import { createWriter, iso } from './files.mjs'

const DAY = 86_400_000
const START = Date.UTC(2015, 0, 1)
const YEARS = 10

/** A contract with every promise of a kind: how often, kept how long, in tiers, of which ages, at most, elsewhere. */
export function backupContract(count) {
  const hours = Math.ceil((YEARS * 365.25 * 24) / count) + 1
  return `apiVersion: sla/v1
kind: Contract
id: bench
timezone: Europe/Paris
clauses:
  nightly:
    kind: backup
    of: [database]
    schedule: { every: ${hours}h, tolerance: 1h }
    keep: { for: 30 days }
    tiers: [{ per: month, keep: 12, basis: age }, { per: week, keep: 4, basis: unit }]
    recovery-points: { ages: "1-29" }
    max-age: { for: 14 months }
    copies: { at-least: 1, differs: provider, made-within: 24h, keep: 29 days }
    residency: [FR, DE]
`
}

/** `count` backups over ten years; all are deleted after a month but the last of each month, which goes after thirteen. */
export function writeBackups(backupsFile, copiesFile, deletionsFile, coverageFile, count) {
  const backups = createWriter(backupsFile, 'id,component,started_at,completed_at,status,location,provider,country\n')
  const copies = createWriter(copiesFile, 'backup,started_at,completed_at,location,provider,country\n')
  const deletions = createWriter(deletionsFile, 'backup,time\n')
  const step = Math.floor((YEARS * 365.25 * DAY) / count)
  // Two hours ahead of UTC, so that the last of a month is one in the zone of the contract too.
  const month = at => new Date(at + 2 * 3_600_000).getUTCMonth()
  for (let i = 0; i < count; i++) {
    const at = START + i * step
    const last = month(at) !== month(at + step)
    const failed = i % 1009 === 1008
    backups.add(`b${i},database,${iso(at)},${iso(at + 600_000)},${failed ? 'failed' : 'success'},paris,ovh,FR\n`)
    if (failed) continue
    copies.add(`b${i},${iso(at + 600_000)},${iso(at + 3_600_000)},frankfurt,hetzner,DE\n`)
    deletions.add(`b${i},${iso(at + (last ? 396 : i % 5003 === 0 ? 20 : 31) * DAY)}\n`)
  }
  for (const out of [backups, copies, deletions]) out.end()
  const end = iso(START + YEARS * 366 * DAY)
  const coverage = createWriter(coverageFile, 'type,from,to\n')
  for (const type of ['backup', 'backup-deletion']) coverage.add(`${type},${iso(START)},${end}\n`)
  coverage.end()
}
