import { fileTime, NO_EPSS, NO_FINDING, numberOf, scanRow, wordOf } from './finding-rows.ts'
import type { Cells, ConvertedRow, DocumentContext, TableTool } from './format.ts'
import { field, row } from './values.ts'

/**
 * The CSV of a report of Greenbone (OpenVAS): one row for each result, which becomes one for each of its CVEs, or one
 * by the OID of the test. With `--taken-at` the results of a host make a scan of it.
 */
export const greenbone: TableTool = {
  name: 'greenbone',
  title: 'Greenbone report (CSV)',
  notes: [
    'a result is detected at its Timestamp; the report says not when it was made as a whole: with --taken-at for each, a later report of a host proves what is fixed',
    'a host without any result is not in the report: it proves nothing there',
    'results of severity Log are left out: they say what was found, not what is wrong',
    'Solution Type (VendorFix, Mitigation, Workaround, WillNotFix, NoneAvailable) is kept as solution_type: it says which kind of remedy there is, not since when',
    'CVSS stands for the whole test, the same for each of its CVEs',
  ],
  sources: {
    id: 'CVEs',
    asset: 'IP',
    component: 'Port',
    cvss: 'CVSS',
    severity: 'Severity',
    detected_at: 'Timestamp',
    solution_type: 'Solution Type',
    nvt: 'NVT OID',
    time: 'Timestamp',
    score: 'Max Severity EPSS score',
  },
  fits: headers => ['IP', 'CVSS', 'Severity', 'NVT OID', 'CVEs', 'Timestamp'].every(header => headers.includes(header)),
  rows(record, context) {
    const cell = (header: string): string | undefined => wordOf(field(record, header))
    const ip = cell('IP')
    const oid = cell('NVT OID')
    if (ip === undefined) return { key: 'IP', problem: 'a result names no IP' }
    const ids = [...new Set((cell('CVEs') ?? '').split(/[\s,]+/).filter(name => name !== ''))]
    if (ids.length === 0 && oid !== undefined) ids.push(oid)
    if (ids.length === 0) return { key: 'NVT OID', problem: `${ip}: a result has neither CVEs nor NVT OID` }
    const severity = cell('Severity')
    if (severity?.toLowerCase() === 'log') return [NO_FINDING]

    const asset = cell('Hostname') === undefined ? ip : `${ip} (${cell('Hostname')})`
    const scan = scanOf(asset, context)
    const dismissed = severity?.toLowerCase() === 'false positive'
    const rows: ConvertedRow[] = scan?.first === undefined ? [] : [scan.first]
    const detected = cell('Timestamp')
    // A result about the host as a whole has no port; Greenbone shows it as general/tcp.
    const component = `${cell('Port') ?? 'general'}/${cell('Port Protocol') ?? 'tcp'}`
    const cvss = dismissed ? undefined : numberOf(record.CVSS)
    const rated = {
      cvss,
      score_source: cvss === undefined ? undefined : 'greenbone',
      severity: dismissed ? undefined : severity,
      suppressed: dismissed ? 'false positive' : undefined,
    }
    for (const id of ids) {
      const more = { solution_type: cell('Solution Type'), nvt: oid, scan: scan?.id }
      rows.push(row('vulnerability', { id, asset, component, ...rated, detected_at: detected, ...more }))
    }
    rows.push(...epssRows(ids, detected, numberOf(record['Max Severity EPSS score'])))
    return rows
  },
}

/** Assets of a file whose scan has been told. */
const told = new WeakMap<DocumentContext, Set<string>>()

/** The scan of a host by the user's time; `first`: its row, at the first result of the host. */
function scanOf(asset: string, context: DocumentContext): { readonly id: string; readonly first?: Cells } | undefined {
  const time = fileTime(undefined, context)
  if (time === undefined) return undefined
  const scan = scanRow({ scanner: 'Greenbone', asset, time, outcome: 'success' })
  const assets = told.get(context) ?? new Set<string>()
  told.set(context, assets)
  if (assets.has(asset)) return { id: scan.id }
  assets.add(asset)
  return { id: scan.id, first: scan }
}

/** The highest EPSS of a result is that of a CVE only where there is one CVE. */
function epssRows(
  ids: readonly string[],
  time: string | undefined,
  score: string | undefined,
): readonly ConvertedRow[] {
  const [id] = ids
  if (score === undefined || id === undefined) return []
  return ids.length === 1 && time !== undefined ? [row('epss', { id, time, score })] : [NO_EPSS]
}
