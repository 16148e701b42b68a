// Vulnerabilities to measure with: a log with one row for each life, and scans with a row for each sighting.
import { createWriter, generator, iso } from './files.mjs'

const DAY = 86_400_000
const START = Date.UTC(2025, 0, 1)

/** A contract with a window for each band, to the end of a local day in a zone with clock changes. */
export function fixContract(start) {
  return `apiVersion: sla/v1
kind: Contract
id: bench
timezone: Europe/Paris
clauses:
  fixes:
    kind: vulnerability
    from: detected
    counting: end-of-day
    mitigation: never
    score: { order: [scanner] }
    on-reopen: restart
    bands:
      critical: { min: 9, fix: 3 days, from: ${start} }
      high: { min: 7, below: 9, fix: 7 days }
      medium: { min: 4, below: 7, fix: 30 days }
      low: { below: 4, fix: unstated }
`
}

/** `count` rows detected over a year, of a thousand assets; late now and then, some open, some without a patch. */
export function writeLog(file, count) {
  const random = generator()
  const head = 'id,asset,component,cvss,detected_at,vendor_patch_at,internal_patch_at,mitigated_at,fixed_at\n'
  const out = createWriter(file, head)
  const step = (365 * DAY) / count
  for (let i = 0; i < count; i++) {
    const detected = Math.floor(START + i * step)
    const patched = random() < 0.1 ? '' : iso(detected + Math.floor((random() - 0.5) * 10 * DAY))
    const fixed = random() < 0.05 ? '' : iso(detected + Math.floor(random() ** 2 * 20 * DAY))
    const score = `${Math.floor(random() * 10)}.${Math.floor(random() * 10)}`
    const component = `pkg:npm/package-${i % 997}@1.${i % 13}.0`
    out.add(`CVE-2025-${i},host-${i % 1000},${component},${score},${iso(detected)},${patched},,,${fixed}\n`)
  }
  out.end()
}

/** `scans` daily scans of one asset that show `shown` vulnerabilities each; one in a hundred is gone in the next. */
export function writeScans(scansFile, sightingsFile, scans, shown) {
  const looks = createWriter(scansFile, 'id,time,asset,scanner,scope,outcome\n')
  const sightings = createWriter(sightingsFile, 'id,component,cvss,scan\n')
  for (let scan = 0; scan < scans; scan++) {
    looks.add(`s${scan},${iso(START + scan * DAY)},host,bench,image,success\n`)
    const first = Math.floor((scan * shown) / 100)
    for (let i = first; i < first + shown; i++) {
      sightings.add(`CVE-2025-${i},pkg:npm/package-${i % 997}@1.${scan % 13}.0,${i % 10}.${(i >> 4) % 10},s${scan}\n`)
    }
  }
  looks.end()
  sightings.end()
}
