import { readPurl } from '../purl.ts'
import {
  aliasCell,
  fileTime,
  NO_EPSS,
  NO_VEX,
  numberOf,
  type Rating,
  rate,
  scanRow,
  stampOf,
  wordOf,
} from './finding-rows.ts'
import type { Cells, ConvertedRow, DocumentTool, RecordFlaw } from './format.ts'
import { listOf, recordsOf, type Shape, shaped } from './shape.ts'
import { field, isObject, list, path, row } from './values.ts'

const FINDING: Shape = {
  component: { name: 'text', group: 'text', version: 'text', purl: 'text', projectName: 'text' },
  vulnerability: {
    source: 'text',
    severity: 'text',
    cvssV4Vector: 'text',
    cvssV3Vector: 'text',
    cvssV2Vector: 'text',
    cvssV4Score: 'number',
    cvssV4BaseScore: 'number',
    cvssV3BaseScore: 'number',
    cvssV2BaseScore: 'number',
    epssScore: 'number',
    published: 'scalar',
    aliases: listOf({}),
  },
  analysis: { state: 'text', justification: 'text', isSuppressed: 'flag' },
  attribution: { attributedOn: 'scalar', alternateIdentifier: 'text' },
}

/**
 * Findings of Dependency-Track: the Finding Packaging Format `{ meta, project, findings }`, or the list of the API
 * (`/finding/project/…`). The file is one look at a project as of meta.timestamp; attributedOn says when a finding was
 * first attributed.
 */
export const dependencyTrack: DocumentTool = shaped(
  {
    name: 'dependency-track',
    title: 'Dependency-Track findings',
    notes: [
      'the asset is the project without its version',
      'attributedOn and published may carry no offset: they are then on the clock of the server, which --tz names',
      'when an analysis was made is not told: it counts from the time of the file, as does EPSS',
      'an analysis RESOLVED is left out: the file still shows the finding',
      'a score of CVSS 3 without its vector counts as one of version 3.1',
    ],
    sources: {
      id: 'vulnerability.vulnId',
      component: 'component.purl',
      version: 'component.version',
      cvss: 'vulnerability.cvssV3BaseScore',
      vector: 'vulnerability.cvssV3Vector',
      score_source: 'vulnerability.source',
      severity: 'vulnerability.severity',
      published_at: 'vulnerability.published',
      detected_at: 'attribution.attributedOn',
      suppressed: 'analysis.isSuppressed',
      status: 'analysis.state',
      asset: 'project.name',
      time: 'meta.timestamp',
      score: 'vulnerability.epssScore',
    },
    fits: document => {
      if (path(document, 'meta', 'application') === 'Dependency-Track') return true
      const first = Array.isArray(document) ? document.find(isObject) : undefined
      const found = typeof path(first, 'vulnerability', 'vulnId') === 'string' && isObject(field(first, 'component'))
      return found && typeof field(first, 'matrix') === 'string'
    },
    *rows(document, context) {
      const findings = list(document, 'findings') ?? (Array.isArray(document) ? document : [])
      const time = fileTime(wordOf(path(document, 'meta', 'timestamp')), context)
      const project = wordOf(path(document, 'project', 'name'))
      const told = new Map<string, string>()
      function* scanOf(asset: string | undefined): Iterable<Cells> {
        if (asset === undefined || time === undefined || told.has(asset)) return
        const scan = scanRow({ scanner: 'Dependency-Track', asset, time, outcome: 'success' })
        told.set(asset, scan.id)
        yield scan
      }
      for (const scan of scanOf(project)) yield { row: scan, from: Object(document) }
      for (const finding of findings) {
        const from = isObject(finding) ? finding : Object(document)
        const asset = project ?? projectOf(finding)
        if (asset === undefined) {
          context.warn('no-asset', 'the file does not name the project: what it shows belongs to no asset and no scan')
        }
        for (const scan of scanOf(asset)) yield { row: scan, from }
        const scan = asset === undefined ? undefined : told.get(asset)
        for (const found of findingRows(finding, { asset, time, scan })) yield { row: found, from }
      }
    },
  },
  { meta: { timestamp: 'text' }, project: { name: 'text' }, findings: recordsOf(FINDING) },
  FINDING,
)

const STATES = new Map([
  ['NOT_AFFECTED', 'not_affected'],
  ['FALSE_POSITIVE', 'not_affected'],
  ['EXPLOITABLE', 'affected'],
  ['IN_TRIAGE', 'under_investigation'],
])

interface Seen {
  readonly asset: string | undefined
  readonly time: string | undefined
  readonly scan: string | undefined
}

function projectOf(finding: unknown): string | undefined {
  const component = field(finding, 'component')
  return wordOf(field(component, 'projectName')) ?? wordOf(field(component, 'project'))
}

function* findingRows(finding: unknown, { asset, time, scan }: Seen): Iterable<ConvertedRow | RecordFlaw> {
  const vulnerability = field(finding, 'vulnerability')
  const id = wordOf(field(vulnerability, 'vulnId'))
  if (id === undefined) return yield { key: 'vulnerability', problem: 'a finding has no vulnerability.vulnId' }
  const purl = wordOf(path(finding, 'component', 'purl'))
  const component = purl ?? componentName(field(finding, 'component'))
  const version =
    wordOf(path(finding, 'component', 'version')) ?? (purl === undefined ? undefined : readPurl(purl)?.version)
  const detected = stampOf(path(finding, 'attribution', 'attributedOn'))
  const place = { id, asset, component }
  const { cells, scores } = rate(ratingsOf(vulnerability), place, time ?? detected)
  const state = wordOf(path(finding, 'analysis', 'state'))?.toUpperCase()
  const suppressed = path(finding, 'analysis', 'isSuppressed') === true
  yield row('vulnerability', {
    ...place,
    aliases: aliasCell(id, aliasesOf(finding)),
    version,
    ...cells,
    detected_at: detected,
    published_at: stampOf(field(vulnerability, 'published')),
    suppressed: suppressed ? (state?.toLowerCase().replaceAll('_', ' ') ?? 'suppressed') : undefined,
    scan,
  })
  yield* scores
  const epss = numberOf(field(vulnerability, 'epssScore'))
  if (epss !== undefined) yield time === undefined ? NO_EPSS : row('epss', { id, time, score: epss })
  if (state === undefined || state === 'NOT_SET') return
  const status = STATES.get(state)
  if (status === undefined || time === undefined) return yield NO_VEX
  const justification = wordOf(path(finding, 'analysis', 'justification'))
  yield row('vex', { ...place, time, status, version, justification: justification ?? state.toLowerCase() })
}

function componentName(component: unknown): string | undefined {
  const name = wordOf(field(component, 'name'))
  const group = wordOf(field(component, 'group'))
  return name === undefined || group === undefined ? name : `${group}/${name}`
}

function aliasesOf(finding: unknown): readonly (string | undefined)[] {
  const aliases = list(finding, 'vulnerability', 'aliases') ?? []
  const names = aliases.flatMap(alias =>
    isObject(alias) ? Object.entries(alias).flatMap(([key, name]) => (/Id$/.test(key) ? [wordOf(name)] : [])) : [],
  )
  return [...names, wordOf(path(finding, 'attribution', 'alternateIdentifier'))]
}

/** Newest version first. */
function ratingsOf(vulnerability: unknown): readonly Rating[] {
  const source = wordOf(field(vulnerability, 'source'))?.toLowerCase()
  const label = wordOf(field(vulnerability, 'severity'))
  const severity = label === 'UNASSIGNED' ? undefined : label
  const value = (key: string): unknown => field(vulnerability, key)
  const four = numberOf(value('cvssV4Score')) ?? numberOf(value('cvssV4BaseScore'))
  const told = [
    { cvss: four, vector: wordOf(value('cvssV4Vector')), cvss_version: '4.0' },
    { cvss: numberOf(value('cvssV3BaseScore')), vector: wordOf(value('cvssV3Vector')), cvss_version: '3' },
    { cvss: numberOf(value('cvssV2BaseScore')), vector: wordOf(value('cvssV2Vector')), cvss_version: '2.0' },
  ].filter(({ cvss, vector }) => cvss !== undefined || vector !== undefined)
  if (told.length === 0) return [{ severity }]
  // There is one label for all: beside an older score it could contradict it.
  return told.map((rating, i) => ({ source, ...rating, ...(i === 0 ? { severity } : {}) }))
}
