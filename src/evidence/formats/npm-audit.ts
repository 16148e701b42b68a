import { outcomeOf } from './asset-names.ts'
import { aliasCell, fileTime, numberOf, type Rating, rate, scanRow, wordOf } from './finding-rows.ts'
import type { DocumentContext, DocumentRow, DocumentTool } from './format.ts'
import { purlOf } from './purls.ts'
import { listOf, mapOf, recordsOf, type Shape, shaped } from './shape.ts'
import { field, isObject, list, path, row, text } from './values.ts'

// npm names neither the project nor anything else that tells it.
const ASSET = 'npm project'

const CVSS: Shape = { score: 'number', vectorString: 'text' }

/**
 * `npm audit --json`: of npm 7 and later (auditReportVersion 2) `{ vulnerabilities: { PACKAGE: { via } } }`, where the
 * objects in `via` are advisories and its texts only name other packages; of npm 6 `{ advisories: { N: … } }` with
 * `actions`, which some leave out.
 */
export const npmAudit: DocumentTool = shaped(
  {
    name: 'npm-audit',
    title: 'npm audit (JSON)',
    notes: [
      'a report tells no time: say it with --taken-at',
      `it does not name the project: the asset is "${ASSET}"; until values: { asset: { ${ASSET}: … } } in a --map file name it, nothing counts as gone`,
      'an advisory is named by its GHSA id, of npm 6 by its number with its CVE ids; of npm 7 and later CVE ids come with other evidence',
      'a score of 0 without a vector is none; publication is told by npm 6 alone, the time of a fix never',
      'a report made with --offline shows nothing, one with --omit less, and neither says so: what is missing looks fixed',
    ],
    sources: {
      id: 'url',
      component: 'name',
      severity: 'severity',
      cvss: 'cvss.score',
      vector: 'cvss.vectorString',
      vulnerable_versions: 'range',
    },
    fits: document =>
      (typeof field(document, 'auditReportVersion') === 'number' && 'vulnerabilities' in Object(document)) ||
      (isObject(field(document, 'advisories')) &&
        (Array.isArray(field(document, 'actions')) || isObject(path(document, 'metadata', 'vulnerabilities')))),
    *rows(document, context) {
      const report = Object(document)
      const version = field(report, 'auditReportVersion')
      if (version !== undefined && version !== 2) {
        yield { row: { problem: `auditReportVersion ${version}: expected 2`, key: 'auditReportVersion' }, from: report }
        return
      }
      const look = lookOf(context)
      if (look.scan !== undefined && look.time !== undefined) {
        const { time, scan: id } = look
        const outcome = outcomeOf(ASSET, false, context)
        yield { row: { ...scanRow({ scanner: 'npm-audit', asset: ASSET, time, outcome }), id }, from: report }
      }
      if (version === undefined) yield* formerRows(field(report, 'advisories'), look, report)
      else yield* advisoryRows(field(report, 'vulnerabilities'), look)
    },
  },
  {
    vulnerabilities: mapOf({
      via: recordsOf({ url: 'text', name: 'text', severity: 'text', range: 'text', cvss: CVSS }),
    }),
    advisories: mapOf({
      url: 'text',
      module_name: 'text',
      severity: 'text',
      vulnerable_versions: 'text',
      created: 'text',
      cvss: CVSS,
      cves: 'list',
      findings: listOf({ version: 'text' }),
    }),
  },
)

interface Look {
  readonly time: string | undefined
  readonly scan: string | undefined
}

/** Scans of several projects at one time are kept apart by their files. */
function lookOf(context: DocumentContext): Look {
  const time = fileTime(undefined, context)
  return { time, scan: time === undefined ? undefined : `npm-audit ${context.file ?? ASSET} ${time}` }
}

/** One advisory is told with each package that it is reached through: it counts once for the package that it is of. */
function* advisoryRows(vulnerabilities: unknown, { time, scan }: Look): Iterable<DocumentRow> {
  const told = new Set<string>()
  for (const [name, entry] of Object.entries(Object(vulnerabilities))) {
    for (const advisory of list(entry, 'via') ?? []) {
      if (!isObject(advisory)) continue
      const component = wordOf(field(advisory, 'name')) ?? name
      const id = idOf(advisory, 'source')
      if (id === undefined) {
        yield { row: { problem: `an advisory of ${name} has neither url nor source` }, from: advisory }
        continue
      }
      if (told.has(`${id} ${component}`)) continue
      told.add(`${id} ${component}`)
      yield* findingRows({ id, component, advisory, scan, time, range: 'range' }, advisory)
    }
  }
}

function* formerRows(advisories: unknown, { time, scan }: Look, report: object): Iterable<DocumentRow> {
  for (const advisory of Object.values(Object(advisories))) {
    const from = isObject(advisory) ? advisory : report
    const id = idOf(advisory, 'id')
    const component = wordOf(field(advisory, 'module_name'))
    if (id === undefined || component === undefined) {
      yield { row: { problem: 'an advisory has no id or no module_name' }, from }
      continue
    }
    const versions = new Set((list(advisory, 'findings') ?? []).map(finding => wordOf(field(finding, 'version'))))
    for (const version of versions.size === 0 ? [undefined] : versions) {
      yield* findingRows({ id, component, advisory, scan, time, version, range: 'vulnerable_versions' }, from)
    }
  }
}

interface Finding extends Look {
  readonly id: string
  readonly component: string
  readonly advisory: unknown
  readonly version?: string | undefined
  /** Key of the versions that have it. */
  readonly range: string
}

function* findingRows(finding: Finding, from: object): Iterable<DocumentRow> {
  const { id, advisory, time, scan } = finding
  const place = { id, asset: ASSET, component: purlOf('npm', finding.component) }
  const { cells, scores } = rate(ratingsOf(advisory), place, time)
  const vulnerability = row('vulnerability', {
    ...place,
    aliases: aliasCell(id, (list(advisory, 'cves') ?? []).map(wordOf)),
    version: finding.version,
    ...cells,
    severity: wordOf(field(advisory, 'severity')),
    published_at: text(field(advisory, 'created')),
    withdrawn_at: text(field(advisory, 'deleted')),
    scan,
    vulnerable_versions: text(field(advisory, finding.range)),
  })
  yield { row: vulnerability, from }
  for (const score of scores) yield { row: score, from }
}

function ratingsOf(advisory: unknown): readonly Rating[] {
  const cvss = numberOf(path(advisory, 'cvss', 'score'))
  return [{ source: 'ghsa', cvss, vector: wordOf(path(advisory, 'cvss', 'vectorString')) }]
}

/** The GHSA id in the url, else npm's own number. */
function idOf(advisory: unknown, key: string): string | undefined {
  const told = wordOf(field(advisory, 'github_advisory_id')) ?? wordOf(field(advisory, 'url')) ?? ''
  const ghsa = /GHSA(?:-[0-9a-z]{4}){3}/i.exec(told)?.[0]
  const number = text(field(advisory, key)) ?? ''
  return ghsa ?? (number === '' ? undefined : `NPM-${number}`)
}
