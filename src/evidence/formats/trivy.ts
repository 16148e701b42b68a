import { isName, outcomeOf } from './asset-names.ts'
import { aliasCell, fileTime, numberOf, type Rating, rate, scanRow, wordOf } from './finding-rows.ts'
import type { Cells, DocumentRow, DocumentTool } from './format.ts'
import { purlOf } from './purls.ts'
import { listOf, mapOf, recordsOf, type Shape, shaped } from './shape.ts'
import { field, isObject, list, path, row, text } from './values.ts'

const FINDING: Shape = {
  VendorIDs: 'list',
  PkgName: 'text',
  InstalledVersion: 'text',
  FixedVersion: 'text',
  Status: 'text',
  Severity: 'text',
  SeveritySource: 'text',
  PublishedDate: 'text',
  PkgIdentifier: { PURL: 'text' },
  VendorSeverity: 'object',
  CVSS: mapOf({
    V40Score: 'number',
    V3Score: 'number',
    V2Score: 'number',
    V40Vector: 'text',
    V3Vector: 'text',
    V2Vector: 'text',
  }),
}

/**
 * Trivy's JSON report (SchemaVersion 2): `{ CreatedAt, ArtifactName, ArtifactType, Results: [{ Vulnerabilities }] }`.
 * One look at the artifact, and a sighting for each finding; findings that a filter or VEX took out
 * (ExperimentalModifiedFindings) are suppressed.
 */
export const trivy: DocumentTool = shaped(
  {
    name: 'trivy',
    title: 'Trivy report (JSON)',
    notes: [
      'the asset is the artifact as it was named, with its tag: give the names of one asset one name with values: { asset: … } in a --map file',
      'when a finding was fixed shows in a later report of the same artifact that lacks it; an artifact called . is no name and proves nothing',
      'findings that Trivy filters out are missing unless it runs with --show-suppressed: they look fixed then',
      'when a fix became available is not told',
      'a score of 0 without a vector is none',
      'a report without packages may come of a run for secrets, licenses or settings alone: what it lacks is not known to be fixed',
    ],
    sources: {
      id: 'VulnerabilityID',
      aliases: 'VendorIDs',
      asset: 'ArtifactName',
      component: 'PkgIdentifier',
      version: 'InstalledVersion',
      severity: 'Severity',
      cvss: 'CVSS.V3Score',
      vector: 'CVSS.V3Vector',
      score_source: 'SeveritySource',
      published_at: 'PublishedDate',
      time: 'CreatedAt',
      scope: 'ArtifactType',
      suppressed: 'Status',
    },
    fits: document =>
      isObject(document) &&
      'SchemaVersion' in document &&
      ['ArtifactName', 'ArtifactType', 'Results', 'Trivy'].some(key => key in document),
    *rows(document, context) {
      const report = Object(document)
      if (field(report, 'SchemaVersion') !== 2) {
        const problem = `a report of SchemaVersion ${JSON.stringify(field(report, 'SchemaVersion'))}: expected 2`
        yield { row: { problem, key: 'SchemaVersion', hint: 'make it with a current Trivy' }, from: report }
        return
      }
      const asset = wordOf(field(report, 'ArtifactName')) ?? ''
      const time = fileTime(createdAt(report), context)
      const scope = wordOf(field(report, 'ArtifactType'))
      const outcome = (name: string): string => (showsPackages(report) ? outcomeOf(name, isName(name), context) : '?')
      const scan =
        time === undefined || asset === ''
          ? undefined
          : scanRow({ scanner: 'trivy', asset, time, scope, outcome: outcome(asset) })
      if (!showsPackages(report)) {
        context.warn(
          'no-packages',
          'the report shows no packages: whether vulnerabilities were looked for is not known, and what is missing is no fix',
          'make it with --scanners vuln --list-all-pkgs; a run for secrets or settings alone is no evidence',
        )
      }
      if (asset === '') {
        context.warn('no-asset', 'the report has no ArtifactName: what it shows belongs to no asset and no scan')
      }
      if (scan !== undefined) yield { row: scan, from: report }
      for (const result of list(report, 'Results') ?? []) {
        const look = { asset, time, scan: scan?.id, type: wordOf(field(result, 'Type')) ?? '' }
        for (const finding of list(result, 'Vulnerabilities') ?? [])
          yield* findingRows(finding, finding, '', look, report)
        for (const modified of list(result, 'ExperimentalModifiedFindings') ?? []) {
          if (field(modified, 'Type') !== 'vulnerability') continue
          const words = ['Status', 'Statement', 'Source'].map(key => wordOf(field(modified, key)))
          const why = words.filter(word => word !== undefined).join(', ')
          yield* findingRows(field(modified, 'Finding'), modified, why === '' ? 'modified' : why, look, report)
        }
      }
    },
  },
  {
    ArtifactName: 'text',
    ArtifactType: 'text',
    CreatedAt: 'text',
    Results: listOf({
      Class: 'text',
      Type: 'text',
      Vulnerabilities: recordsOf(FINDING),
      ExperimentalModifiedFindings: listOf({
        Type: 'text',
        Status: 'text',
        Statement: 'text',
        Source: 'text',
        Finding: 'object',
      }),
    }),
  },
)

interface Look {
  readonly asset: string
  readonly time: string | undefined
  readonly scan: string | undefined
  /** What its packages are of: `npm`, `debian`. */
  readonly type: string
}

function* findingRows(
  finding: unknown,
  holder: unknown,
  suppressed: string,
  { asset, time, scan, type }: Look,
  report: object,
): Iterable<DocumentRow> {
  const from = isObject(holder) ? holder : report
  const id = wordOf(field(finding, 'VulnerabilityID'))
  if (id === undefined) {
    yield { row: { problem: 'a finding has no VulnerabilityID' }, from }
    return
  }
  const component = componentOf(finding, type)
  const place = { id, asset, component }
  const ratings = ratingsOf(finding)
  const { cells, scores } = rate(ratings, place, time)
  const label = wordOf(field(finding, 'Severity'))
  const known = label === undefined || label.toUpperCase() === 'UNKNOWN' ? undefined : label
  const vulnerability: Cells = row('vulnerability', {
    ...place,
    aliases: aliasCell(id, (list(finding, 'VendorIDs') ?? []).map(wordOf)),
    version: wordOf(field(finding, 'InstalledVersion')),
    score_source: wordOf(field(finding, 'SeveritySource')),
    ...cells,
    severity: known,
    published_at: text(field(finding, 'PublishedDate')),
    suppressed,
    scan,
    fixed_version: text(field(finding, 'FixedVersion')),
    fix_state: wordOf(field(finding, 'Status')),
  })
  yield { row: vulnerability, from }
  for (const score of scores) yield { row: score, from }
}

/** Reports of older versions have no package URLs: those of newer ones go on with the same components. */
function componentOf(finding: unknown, type: string): string | undefined {
  const name = wordOf(field(finding, 'PkgName'))
  return wordOf(path(finding, 'PkgIdentifier', 'PURL')) ?? purlOf(ECOSYSTEMS.get(type) ?? '', name ?? '') ?? name
}

// Types of lockfiles and installed packages of languages; those of systems say more in their package URLs than a name.
const ECOSYSTEMS: ReadonlyMap<string, string> = new Map([
  ...['npm', 'yarn', 'pnpm', 'node-pkg'].map(type => [type, 'npm'] as const),
  ...['pip', 'pipenv', 'poetry', 'python-pkg'].map(type => [type, 'pypi'] as const),
  ...['jar', 'pom', 'gradle'].map(type => [type, 'maven'] as const),
  ...['gomod', 'gobinary'].map(type => [type, 'go'] as const),
  ...['bundler', 'gemspec'].map(type => [type, 'rubygems'] as const),
  ...['cargo', 'rustbinary'].map(type => [type, 'crates.io'] as const),
  ['composer', 'composer'],
  ['nuget', 'nuget'],
])

/** Results of secrets, licenses and misconfigurations have classes of their own; reports without classes are old. */
function showsPackages(report: unknown): boolean {
  return (list(report, 'Results') ?? []).some(result => {
    const kind = wordOf(field(result, 'Class'))
    return kind === undefined || kind === 'os-pkgs' || kind === 'lang-pkgs'
  })
}

/** Each source under each version of CVSS, newest first; its own word for it with the newest. */
function ratingsOf(finding: unknown): readonly Rating[] {
  const sources = field(finding, 'CVSS')
  if (!isObject(sources)) return []
  return Object.entries(sources).flatMap(([source, told]) => {
    const severity = LABELS[Number(path(finding, 'VendorSeverity', source))]
    return VERSIONS.map(([key, cvss_version]) => ({
      source: source.toLowerCase(),
      cvss: numberOf(field(told, `${key}Score`)),
      vector: wordOf(field(told, `${key}Vector`)),
      cvss_version,
      severity,
    })).filter(({ cvss, vector }) => cvss !== undefined || vector !== undefined)
  })
}

const VERSIONS = [
  ['V40', '4.0'],
  ['V3', '3'],
  ['V2', '2.0'],
] as const

const LABELS: readonly (string | undefined)[] = [undefined, 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']

/** Go's zero time stands for none. */
function createdAt(report: unknown): string | undefined {
  const told = wordOf(field(report, 'CreatedAt'))
  return told?.startsWith('0001-01-01') === true ? undefined : told
}
