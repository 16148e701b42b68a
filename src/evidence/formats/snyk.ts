import { isName, outcomeOf } from './asset-names.ts'
import { aliasCell, fileTime, NO_FINDING, numberOf, type Rating, rate, scanRow, wordOf } from './finding-rows.ts'
import type { DocumentContext, DocumentRow, DocumentTool } from './format.ts'
import { purlOf } from './purls.ts'
import { listOf, recordsOf, type Shape, shaped } from './shape.ts'
import { field, isObject, list, row, text } from './values.ts'

const ISSUE: Shape = {
  packageName: 'text',
  name: 'text',
  version: 'text',
  packageManager: 'text',
  severity: 'text',
  severityWithCritical: 'text',
  publicationTime: 'text',
  CVSSv3: 'text',
  cvssScore: 'number',
  identifiers: { CVE: 'list', GHSA: 'list' },
  cvssDetails: listOf({ assigner: 'text', severity: 'text', cvssV3Vector: 'text', cvssV3BaseScore: 'number' }),
  cvssSources: listOf({
    assigner: 'text',
    severity: 'text',
    vector: 'text',
    baseScore: 'number',
    cvssVersion: 'scalar',
  }),
  fixedIn: 'list',
}
const PROJECT: Shape = {
  ok: 'flag',
  error: 'text',
  projectName: 'text',
  path: 'text',
  displayTargetFile: 'text',
  targetFile: 'text',
  packageManager: 'text',
  vulnerabilities: recordsOf(ISSUE),
  filtered: { ignore: recordsOf(ISSUE), patch: recordsOf(ISSUE) },
}

/**
 * `snyk test --json` and `snyk container test --json`: `{ vulnerabilities, ok, projectName, displayTargetFile, path,
 * filtered, applications }`, with several projects a list of these. One look at each project, a sighting for each
 * vulnerability of a package, ignored and patched ones (filtered) suppressed. A project whose test failed is a failed
 * scan.
 */
export const snyk: DocumentTool = shaped(
  {
    name: 'snyk',
    title: 'Snyk test (JSON)',
    notes: [
      'a report tells no time: say it with --taken-at',
      'the asset is the project, its target file the scope: a project without that file is no sign of a fix',
      'a vulnerability is one finding for each package, on however many paths it is reached; issues of licenses are left out',
      'the score that Snyk gives has the source snyk, those of others the name of who assigned them',
      'when a fix became available is not told',
      'a score of 0 without a vector is none',
    ],
    sources: {
      id: 'id',
      aliases: 'identifiers',
      asset: 'projectName',
      component: 'packageName',
      version: 'version',
      severity: 'severity',
      cvss: 'cvssScore',
      vector: 'CVSSv3',
      published_at: 'publicationTime',
      suppressed: 'filtered',
      scope: 'displayTargetFile',
    },
    fits: document => {
      const found = list(document, 'vulnerabilities')
      const failed = field(document, 'ok') === false && wordOf(field(document, 'error')) !== undefined
      if (found === undefined) return failed && wordOf(field(document, 'path')) !== undefined
      if (typeof field(document, 'ok') === 'boolean') return true
      const [first] = found
      return isObject(first) && 'packageName' in first && 'semver' in first
    },
    rows: (document, context) => projectRows(Object(document), undefined, context),
  },
  { ...PROJECT, applications: listOf(PROJECT) },
)

/** `image`: what an application was found in. */
function* projectRows(project: object, image: string | undefined, context: DocumentContext): Iterable<DocumentRow> {
  const asset = wordOf(field(project, 'projectName')) ?? wordOf(field(project, 'path')) ?? image
  const file = wordOf(field(project, 'displayTargetFile')) ?? wordOf(field(project, 'targetFile'))
  const time = fileTime(undefined, context)
  const error = wordOf(field(project, 'error'))
  let scan: string | undefined
  if (asset !== undefined && time !== undefined) {
    const outcome = error === undefined ? outcomeOf(asset, isName(asset), context) : 'failed'
    const look = scanRow({ scanner: 'snyk', asset, time, scope: file, outcome })
    scan = file === undefined ? look.id : `snyk ${asset} ${file} ${time}`
    yield { row: { ...look, id: scan }, from: project }
  }
  if (asset === undefined) {
    context.warn(
      'no-asset',
      'a project has neither projectName nor path: what it shows belongs to no asset and no scan',
    )
  }
  const look: Look = {
    asset: asset ?? '',
    time,
    scan,
    manager: wordOf(field(project, 'packageManager')) ?? '',
    told: new Set(),
  }
  for (const one of list(project, 'vulnerabilities') ?? []) yield* findingRows(one, '', look, project)
  for (const one of list(project, 'filtered', 'ignore') ?? []) yield* findingRows(one, whyIgnored(one), look, project)
  for (const one of list(project, 'filtered', 'patch') ?? []) yield* findingRows(one, 'patched by snyk', look, project)
  // The applications in an image.
  for (const inner of list(project, 'applications') ?? [])
    if (isObject(inner)) yield* projectRows(inner, asset, context)
}

interface Look {
  readonly asset: string
  readonly time: string | undefined
  readonly scan: string | undefined
  readonly manager: string
  readonly told: Set<string>
}

function* findingRows(one: unknown, suppressed: string, look: Look, project: object): Iterable<DocumentRow> {
  const from = isObject(one) ? one : project
  const id = wordOf(field(one, 'id'))
  if (id === undefined) {
    yield { row: { problem: 'a vulnerability has no id' }, from }
    return
  }
  const { asset, time, scan, told } = look
  const component = componentOf(one, look.manager)
  const version = wordOf(field(one, 'version'))
  const key = JSON.stringify([id, component, version, suppressed])
  if (field(one, 'type') === 'license' || id.startsWith('snyk:lic:') || told.has(key)) {
    yield { row: NO_FINDING, from }
    return
  }
  told.add(key)
  const place = { id, asset, component }
  const { cells, scores } = rate(ratingsOf(one), place, time)
  const names = [...(list(one, 'identifiers', 'CVE') ?? []), ...(list(one, 'identifiers', 'GHSA') ?? [])]
  const finding = row('vulnerability', {
    ...place,
    aliases: aliasCell(id, names.map(wordOf)),
    version,
    ...cells,
    severity: wordOf(field(one, 'severityWithCritical')) ?? wordOf(field(one, 'severity')),
    published_at: text(field(one, 'publicationTime')),
    suppressed,
    scan,
    fixed_version: list(one, 'fixedIn')?.map(String).join(', '),
  })
  yield { row: finding, from }
  for (const score of scores) yield { row: score, from }
}

/** Snyk's own, then those of others: in cvssSources, or in cvssDetails of older versions. */
function ratingsOf(one: unknown): readonly Rating[] {
  const own = { source: 'snyk', cvss: numberOf(field(one, 'cvssScore')), vector: wordOf(field(one, 'CVSSv3')) }
  const details = (list(one, 'cvssDetails') ?? []).map(entry => ({
    source: wordOf(field(entry, 'assigner'))?.toLowerCase(),
    cvss: numberOf(field(entry, 'cvssV3BaseScore')),
    vector: wordOf(field(entry, 'cvssV3Vector')),
    cvss_version: '3',
    severity: wordOf(field(entry, 'severity')),
  }))
  const sources = (list(one, 'cvssSources') ?? []).map(entry => ({
    source: wordOf(field(entry, 'assigner'))?.toLowerCase(),
    cvss: numberOf(field(entry, 'baseScore')),
    vector: wordOf(field(entry, 'vector')),
    cvss_version: text(field(entry, 'cvssVersion')),
    severity: wordOf(field(entry, 'severity')),
  }))
  if (sources.some(({ source }) => source === 'snyk')) return sources
  return [own, ...(sources.length > 0 ? sources : details)]
}

function componentOf(one: unknown, manager: string): string | undefined {
  const name = wordOf(field(one, 'packageName'))
  const purl = purlOf(wordOf(field(one, 'packageManager')) ?? manager, name ?? '')
  return purl ?? wordOf(field(one, 'name')) ?? name
}

function whyIgnored(one: unknown): string {
  const rules = (list(one, 'filtered', 'ignored') ?? []).map(rule => {
    const [reason, expires] = [wordOf(field(rule, 'reason')), wordOf(field(rule, 'expires'))]
    return [reason, expires === undefined ? undefined : `until ${expires}`].filter(word => word !== undefined).join(' ')
  })
  const why = rules.filter(rule => rule !== '').join('; ')
  return why === '' ? 'ignored' : `ignored: ${why}`
}
