import { aliasCell, NO_EPSS, NO_FINDING, numberOf, type Rating, rate, wordOf } from './finding-rows.ts'
import type { ConvertedRow, DocumentTool, RecordFlaw, TableTool } from './format.ts'
import { recordsOf, type Shape, shaped } from './shape.ts'
import { field, isObject, list, path, row } from './values.ts'

const NOTES = [
  'date is a day: it needs a time zone and is judged at both ends',
  'a duplicate is left out: the finding that it repeats tells of it',
  'a false positive, an accepted risk, one out of scope or no longer active is suppressed, not fixed; since when is not told',
  'a finding with several CVEs becomes one row for each; one without any is named by the id of its tool or DefectDojo-N',
  'EPSS and the date in the KEV catalogue are left out: the first has no date, the second no due date',
]

const FINDING: Shape = {
  date: 'text',
  severity: 'text',
  mitigated: 'text',
  publish_date: 'text',
  component_name: 'text',
  component_version: 'text',
  file_path: 'text',
  cvssv3: 'text',
  cvssv4: 'text',
  cvssv3_score: 'number',
  cvssv4_score: 'number',
  active: 'flag',
  duplicate: 'flag',
  false_p: 'flag',
  risk_accepted: 'flag',
  out_of_scope: 'flag',
  is_mitigated: 'flag',
  vulnerability_ids: 'list',
  endpoints: 'list',
  related_fields: 'object',
  accepted_risks: recordsOf({ created: 'text', expiration_date: 'text', accepted_by: 'text' }),
}

/** Findings of DefectDojo's API (`/api/v2/findings/`: `{ count, results: [] }`), or a list of them. */
export const defectdojo: DocumentTool = shaped(
  {
    name: 'defectdojo',
    title: 'DefectDojo findings (JSON)',
    notes: [
      ...NOTES,
      'an accepted risk is an acceptance from its created on until its expiration_date, where the answer has them',
    ],
    sources: {
      id: 'vulnerability_ids',
      component: 'component_name',
      version: 'component_version',
      cvss: 'cvssv3_score',
      vector: 'cvssv3',
      detected_at: 'date',
      published_at: 'publish_date',
      fixed_at: 'mitigated',
      suppressed: 'risk_accepted',
      number: 'id',
      asset: 'related_fields',
      from: 'accepted_risks.created',
      until: 'accepted_risks.expiration_date',
      approver: 'accepted_risks.accepted_by',
    },
    fits: document => {
      const found = list(document, 'results') ?? document
      const first = Array.isArray(found) ? found.find(isObject) : undefined
      return isObject(first) && ['severity', 'false_p', 'risk_accepted', 'date'].every(key => key in first)
    },
    *rows(document, { warn }) {
      const findings = list(document, 'results') ?? (Array.isArray(document) ? document : [])
      const count = field(document, 'count')
      if (typeof count === 'number' && count > findings.length) {
        warn('answer-cut', `the answer holds ${findings.length} of ${count} findings: fetch the other pages too`)
      }
      for (const finding of findings) {
        const from = isObject(finding) ? finding : Object(document)
        const found = isObject(finding) ? findingRows(jsonFinding(finding)) : NO_OBJECT
        if ('problem' in found) yield { row: found, from }
        else for (const told of found) yield { row: told, from }
      }
    },
  },
  { count: 'number', results: recordsOf(FINDING) },
  FINDING,
)

/** The findings list of DefectDojo as CSV: names of columns as in the API, True and False, lists with semicolons. */
export const defectdojoCsv: TableTool = {
  name: 'defectdojo',
  title: 'DefectDojo findings (CSV)',
  notes: [...NOTES, 'from when to when a risk is accepted is not told'],
  sources: {
    id: 'vulnerability_ids',
    component: 'component_name',
    version: 'component_version',
    cvss: 'cvssv3_score',
    vector: 'cvssv3',
    detected_at: 'date',
    published_at: 'publish_date',
    fixed_at: 'mitigated',
    suppressed: 'risk_accepted',
    number: 'id',
    asset: 'product',
  },
  fits: headers =>
    ['severity', 'false_p', 'risk_accepted', 'date', 'duplicate', 'mitigated'].every(header =>
      headers.includes(header),
    ),
  rows: record => findingRows(csvFinding(record)),
}

const NO_OBJECT: RecordFlaw = { problem: 'a finding is no object' }

/** What both exports tell; lists are lists, nothing is undefined. */
interface Finding {
  cell(key: string): string | undefined
  flag(key: string): boolean | undefined
  readonly ids: readonly string[]
  readonly endpoints: string | undefined
  readonly product: string | undefined
  readonly acceptances: readonly Readonly<Record<string, string | undefined>>[]
}

function jsonFinding(finding: object): Finding {
  const cell = (key: string): string | undefined => numberOf(field(finding, key)) ?? wordOf(field(finding, key))
  const ids = list(finding, 'vulnerability_ids') ?? []
  const endpoints = (list(finding, 'endpoints') ?? []).map(wordOf).filter(name => name !== undefined)
  return {
    cell,
    flag: key => (typeof field(finding, key) === 'boolean' ? field(finding, key) === true : undefined),
    ids: ids.map(id => wordOf(id) ?? wordOf(field(id, 'vulnerability_id'))).filter(id => id !== undefined),
    endpoints: endpoints.length === 0 ? undefined : endpoints.join('; '),
    product: wordOf(path(finding, 'related_fields', 'test', 'engagement', 'product', 'name')),
    acceptances: (list(finding, 'accepted_risks') ?? []).flatMap(risk => {
      const from = wordOf(field(risk, 'created'))
      if (from === undefined) return []
      return [
        { from, until: wordOf(field(risk, 'expiration_date')) ?? '', approver: wordOf(field(risk, 'accepted_by')) },
      ]
    }),
  }
}

function csvFinding(record: Readonly<Record<string, string>>): Finding {
  // Older versions write Python's None for nothing.
  const cell = (key: string): string | undefined => {
    const value = wordOf(field(record, key))
    return value === 'None' ? undefined : value
  }
  const flag = (key: string): boolean | undefined => {
    const value = cell(key)?.toLowerCase()
    return value === 'true' ? true : value === 'false' ? false : undefined
  }
  const ids = (cell('vulnerability_ids') ?? '').split(/[;,\s]+/).filter(id => id !== '')
  return { cell, flag, ids, endpoints: cell('endpoints'), product: cell('product'), acceptances: [] }
}

function findingRows(finding: Finding): readonly ConvertedRow[] | RecordFlaw {
  const { cell, flag } = finding
  if (flag('duplicate') === true) return [NO_FINDING]
  const names = [...new Set([...finding.ids, ...[cell('cve')].filter(id => id !== undefined)])]
  const cves = names.filter(name => /^CVE-/i.test(name))
  const [name = cell('vuln_id_from_tool') ?? own(cell('id'))] = names
  if (name === undefined) return { key: 'id', problem: 'a finding has neither a vulnerability id nor an id of its own' }
  const ids = cves.length > 0 ? cves : [name]
  const component = cell('component_name') ?? cell('file_path') ?? finding.endpoints
  const detected = cell('date')
  const rows: ConvertedRow[] = []
  for (const id of ids) {
    const place = { id, asset: finding.product ?? finding.endpoints, component }
    const { cells, scores } = rate(ratingsOf(finding), place, detected)
    rows.push(
      row('vulnerability', {
        ...place,
        // Other CVEs of the finding are vulnerabilities of their own.
        aliases: cves.length > 1 ? undefined : aliasCell(id, names),
        version: cell('component_version'),
        ...cells,
        detected_at: detected,
        published_at: cell('publish_date'),
        fixed_at: fixedAt(finding),
        suppressed: suppressedBy(finding),
        number: cell('id'),
      }),
      ...scores,
      ...finding.acceptances.map(acceptance => row('acceptance', { ...place, ...acceptance })),
    )
  }
  if (cell('epss_score') !== undefined) rows.push(NO_EPSS)
  if (cell('kev_date') !== undefined) rows.push({ leftOut: 'known-exploited' })
  return rows
}

function own(id: string | undefined): string | undefined {
  return id === undefined ? undefined : `DefectDojo-${id}`
}

function fixedAt({ cell, flag }: Finding): string {
  if (flag('is_mitigated') === false) return ''
  return cell('mitigated') ?? (flag('is_mitigated') === true ? '?' : '')
}

function suppressedBy(finding: Finding): string {
  const { flag } = finding
  if (flag('false_p') === true) return 'false positive'
  if (flag('risk_accepted') === true) return 'risk accepted'
  if (flag('out_of_scope') === true) return 'out of scope'
  return flag('active') === false && fixedAt(finding) === '' ? 'inactive' : ''
}

/** Newest version first. */
function ratingsOf({ cell }: Finding): readonly Rating[] {
  const severity = cell('severity')
  const four = { cvss: cell('cvssv4_score'), vector: cell('cvssv4'), cvss_version: '4.0', severity }
  const three = { cvss: cell('cvssv3_score'), vector: cell('cvssv3'), cvss_version: '3', severity }
  const told = [four, three].filter(({ cvss, vector }) => cvss !== undefined || vector !== undefined)
  return told.length === 0 ? [{ severity }] : told
}
