import { aliasCell, NO_EPSS, numberIn, numberOf, type Rating, rate, wordOf } from './finding-rows.ts'
import type { ConvertedRow, DocumentContext, DocumentTool, Json, RecordFlaw } from './format.ts'
import { purlOf } from './purls.ts'
import { listOf, type Shape, shaped } from './shape.ts'
import { field, isObject, list, path, row, text } from './values.ts'

const CVSS: Shape = { score: 'number', vector_string: 'text' }
const ALERT: Shape = {
  state: 'text',
  html_url: 'text',
  created_at: 'text',
  fixed_at: 'text',
  dismissed_at: 'text',
  dismissed_reason: 'text',
  auto_dismissed_at: 'text',
  repository: 'object',
  dependency: { manifest_path: 'text', scope: 'text', package: { name: 'text', ecosystem: 'text' } },
  security_advisory: {
    published_at: 'text',
    withdrawn_at: 'text',
    severity: 'text',
    identifiers: listOf({ value: 'text' }),
    cvss: CVSS,
    cvss_severities: { cvss_v3: CVSS, cvss_v4: CVSS },
  },
}

/**
 * Dependabot alerts as GitHub's REST API lists them, of a repository or an organisation, also the pages of one in a
 * list of lists. An alert becomes a row from created_at to fixed_at on `owner/repository:manifest`; one that was
 * dismissed counts as suppressed, not as fixed.
 */
export const dependabot: DocumentTool = shaped(
  {
    name: 'dependabot',
    title: 'Dependabot alerts (REST)',
    notes: [
      'a dismissed alert is suppressed, not fixed',
      'earlier times an alert was closed and opened again are not told',
      'the installed version is not told, nor since when a patched version exists',
      'EPSS is as of the export: with --taken-at it is used, without it is left out',
      'a score of 0 without a vector is none',
    ],
    sources: {
      id: 'security_advisory.cve_id',
      aliases: 'security_advisory.identifiers',
      asset: 'dependency.manifest_path',
      component: 'dependency.package',
      cvss: 'security_advisory.cvss_severities',
      vector: 'security_advisory.cvss_severities',
      severity: 'security_vulnerability.severity',
      detected_at: 'created_at',
      published_at: 'security_advisory.published_at',
      withdrawn_at: 'security_advisory.withdrawn_at',
      suppressed: 'dismissed_reason',
      suppressed_at: 'dismissed_at',
      time: 'created_at',
    },
    fits: document => {
      const first = alerts(document).find(isObject)
      const advised = typeof path(first, 'security_advisory', 'ghsa_id') === 'string'
      return advised && isObject(field(first, 'dependency')) && typeof field(first, 'number') === 'number'
    },
    *rows(document, context) {
      for (const alert of alerts(document)) {
        const found = isObject(alert) ? alertRows(alert, context) : NO_ALERT
        const from = isObject(alert) ? alert : Object(document)
        if ('problem' in found) yield { row: found, from }
        else for (const told of found) yield { row: told, from }
      }
    },
  },
  {},
  ALERT,
)

const NO_ALERT: RecordFlaw = { problem: 'an alert is no object' }

/** Ecosystems that other tools name otherwise. */
const ECOSYSTEMS = new Map([
  ['rust', 'crates.io'],
  ['erlang', 'hex'],
])

/** States that say that an alert is not fixed, where it has no fixed_at. */
const NOT_FIXED: ReadonlySet<string> = new Set(['open', 'dismissed', 'auto_dismissed'])

function alerts(document: unknown): readonly unknown[] {
  return Array.isArray(document) ? document.flat() : []
}

function alertRows(alert: Json, { takenAt }: DocumentContext): readonly ConvertedRow[] | RecordFlaw {
  const advisory = field(alert, 'security_advisory')
  const ghsa = wordOf(field(advisory, 'ghsa_id'))
  const cve = wordOf(field(advisory, 'cve_id'))
  const id = cve ?? ghsa
  const number = text(alert.number)
  if (id === undefined) return { key: 'security_advisory', problem: `alert ${number} has neither ghsa_id nor cve_id` }
  const repository = repositoryOf(alert)
  if (repository === undefined) {
    const hint = 'it is in repository.full_name or html_url'
    return { key: 'repository', problem: `alert ${number} (${id}) does not say its repository`, hint }
  }
  const manifest = wordOf(path(alert, 'dependency', 'manifest_path'))
  const asset = manifest === undefined ? repository : `${repository}:${manifest}`
  const component = componentOf(path(alert, 'dependency', 'package'))
  const identifiers = list(advisory, 'identifiers') ?? []
  const names = [ghsa, cve, ...identifiers.map(identifier => wordOf(field(identifier, 'value')))]
  // As the score of a row does, each of several counts from the detection on.
  const { cells, scores } = rate(ratingsOf(alert), { id, asset, component }, text(alert.created_at))
  return [
    row('vulnerability', {
      id,
      aliases: aliasCell(id, names),
      asset,
      component,
      ...cells,
      detected_at: text(alert.created_at),
      published_at: text(field(advisory, 'published_at')),
      fixed_at: text(alert.fixed_at) ?? (NOT_FIXED.has(text(alert.state) ?? '') ? '' : undefined),
      withdrawn_at: text(field(advisory, 'withdrawn_at')),
      ...suppression(alert),
      number,
      dependency_scope: wordOf(path(alert, 'dependency', 'scope')),
    }),
    ...scores,
    ...epssRows(id, field(advisory, 'epss'), takenAt),
  ]
}

function repositoryOf(alert: Json): string | undefined {
  const link = wordOf(alert.html_url) ?? ''
  return wordOf(path(alert, 'repository', 'full_name')) ?? /^https?:\/\/[^/]+\/([^/]+\/[^/]+)\//.exec(link)?.[1]
}

function componentOf(pack: unknown): string | undefined {
  const name = wordOf(field(pack, 'name'))
  const ecosystem = wordOf(field(pack, 'ecosystem'))?.toLowerCase() ?? ''
  return name === undefined ? undefined : (purlOf(ECOSYSTEMS.get(ecosystem) ?? ecosystem, name) ?? name)
}

/** Scores by version of CVSS, else the one without. */
function ratingsOf(alert: Json): readonly Rating[] {
  const advisory = field(alert, 'security_advisory')
  const severity = wordOf(path(alert, 'security_vulnerability', 'severity')) ?? wordOf(field(advisory, 'severity'))
  const rating = (score: unknown, cvss_version?: string): Rating => ({
    cvss_version,
    source: 'ghsa',
    cvss: numberOf(field(score, 'score')),
    vector: wordOf(field(score, 'vector_string')),
    severity,
  })
  const told = VERSIONS.flatMap(([key, version]) => numberIn(rating(path(advisory, 'cvss_severities', key), version)))
  if (told.length > 0) return told
  return [rating(field(advisory, 'cvss'))]
}

const VERSIONS = [
  ['cvss_v4', '4.0'],
  ['cvss_v3', '3'],
] as const

function suppression(alert: Json): Readonly<Record<string, string | undefined>> {
  const dismissed = wordOf(alert.dismissed_at)
  if (dismissed !== undefined) {
    const reason = wordOf(alert.dismissed_reason)?.replaceAll('_', ' ')
    return { suppressed: reason === undefined ? 'dismissed' : `dismissed: ${reason}`, suppressed_at: dismissed }
  }
  const auto = wordOf(alert.auto_dismissed_at)
  return auto === undefined ? {} : { suppressed: 'dismissed by a rule', suppressed_at: auto }
}

function epssRows(id: string, epss: unknown, time: string | undefined): readonly ConvertedRow[] {
  const score = numberOf(field(Array.isArray(epss) ? epss[0] : epss, 'percentage'))
  if (score === undefined) return []
  return [time === undefined ? NO_EPSS : row('epss', { id, time, score })]
}
