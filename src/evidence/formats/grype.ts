import { isName, outcomeOf } from './asset-names.ts'
import {
  aliasCell,
  fileTime,
  NO_FINDING,
  numberOf,
  type Rating,
  rate,
  scanRow,
  sourceName,
  wordOf,
} from './finding-rows.ts'
import type { DocumentRow, DocumentTool, LeftOut } from './format.ts'
import { listOf, recordsOf, type Shape, shaped } from './shape.ts'
import { field, isObject, list, path, row, text } from './values.ts'

const RECORD: Shape = {
  namespace: 'text',
  severity: 'text',
  cvss: listOf({ source: 'text', vector: 'text', version: 'scalar', metrics: { baseScore: 'number' } }),
  fix: { versions: 'list', state: 'text', available: listOf({ date: 'text', kind: 'text' }) },
  knownExploited: listOf({ cve: 'text', dueDate: 'text', dateAdded: 'text' }),
  epss: listOf({ cve: 'text', date: 'text', epss: 'number' }),
}
const MATCH: Shape = {
  vulnerability: RECORD,
  relatedVulnerabilities: listOf(RECORD),
  artifact: { name: 'text', version: 'text', purl: 'text' },
}

/**
 * Grype's JSON report: `{ matches: [{ vulnerability, relatedVulnerabilities, artifact }], ignoredMatches, source,
 * descriptor }`. One look at the source, a sighting for each match (ignored ones are suppressed), scores of all sources,
 * and what it repeats of EPSS and of the known exploited vulnerabilities.
 */
export const grype: DocumentTool = shaped(
  {
    name: 'grype',
    title: 'Grype report (JSON)',
    notes: [
      'the asset is the source as it was named, with its tag: give the names of one asset one name with values: { asset: … } in a --map file',
      'vendor_patch_at is the earliest date that Grype knows a fix for, and patch_kind says how it knows: an advisory can be older than the fix it announces',
      'dates of fixes, EPSS and due dates are days: say their zone with --tz',
      'nvd@nist.gov is the source nvd; a score without a source is of the namespace of its record',
      'when a finding was fixed shows in a later report of the same source that lacks it',
    ],
    sources: {
      id: 'vulnerability.id',
      aliases: 'relatedVulnerabilities',
      component: 'artifact',
      version: 'artifact.version',
      severity: 'vulnerability.severity',
      cvss: 'cvss.metrics.baseScore',
      vector: 'cvss.vector',
      vendor_patch_at: 'fix.available.date',
      patch_kind: 'fix.available.kind',
      time: 'descriptor.timestamp',
      database_at: 'descriptor.db.built',
      suppressed: 'appliedIgnoreRules',
    },
    fits: document => {
      if (path(document, 'descriptor', 'name') === 'grype') return 'matches' in Object(document)
      const matches = list(document, 'matches')
      const first = matches?.find(isObject)
      if (first === undefined) return matches !== undefined && 'ignoredMatches' in Object(document)
      return isObject(field(first, 'vulnerability')) && isObject(field(first, 'artifact'))
    },
    *rows(document, context) {
      const report = Object(document)
      const time = fileTime(wordOf(path(report, 'descriptor', 'timestamp')), context)
      const asset = assetOf(field(report, 'source'))
      if (asset === undefined) {
        context.warn('no-asset', 'the report has no source: what it shows belongs to no asset and no scan')
      }
      const looked = asset !== undefined && time !== undefined
      const scan = looked
        ? scanRow({
            scanner: 'grype',
            asset,
            time,
            scope: scopeOf(report),
            outcome: outcomeOf(asset, isName(asset), context),
          })
        : undefined
      const built =
        wordOf(path(report, 'descriptor', 'db', 'status', 'built')) ?? wordOf(path(report, 'descriptor', 'db', 'built'))
      if (scan !== undefined) yield { row: built === undefined ? scan : { ...scan, database_at: built }, from: report }
      const look = { asset: asset ?? '', time, scan: scan?.id, told: new Set<string>() }
      for (const match of list(report, 'matches') ?? []) yield* matchRows(match, '', look, report)
      for (const match of list(report, 'ignoredMatches') ?? []) yield* matchRows(match, whyIgnored(match), look, report)
    },
  },
  {
    matches: recordsOf(MATCH),
    ignoredMatches: recordsOf({ ...MATCH, appliedIgnoreRules: listOf({}) }),
    source: 'object',
    descriptor: { name: 'text', timestamp: 'text', db: 'object' },
  },
)

interface Look {
  readonly asset: string
  readonly time: string | undefined
  readonly scan: string | undefined
  /** Rows that were told already, with the same cells. */
  readonly told: Set<string>
}

function* matchRows(match: unknown, suppressed: string, look: Look, report: object): Iterable<DocumentRow> {
  const from = isObject(match) ? match : report
  const { asset, time, scan, told } = look
  const vulnerability = field(match, 'vulnerability')
  const id = wordOf(field(vulnerability, 'id'))
  if (id === undefined) {
    yield { row: { problem: 'a match has no vulnerability.id', key: 'vulnerability' }, from }
    return
  }
  const related = list(match, 'relatedVulnerabilities') ?? []
  const component = wordOf(path(match, 'artifact', 'purl')) ?? wordOf(path(match, 'artifact', 'name'))
  const place = { id, asset, component }
  const { cells, scores } = rate([vulnerability, ...related].flatMap(ratingsIn), place, time)
  const label = wordOf(field(vulnerability, 'severity'))
  const finding = row('vulnerability', {
    ...place,
    aliases: aliasCell(
      id,
      related.map(other => wordOf(field(other, 'id'))),
    ),
    version: wordOf(path(match, 'artifact', 'version')),
    ...cells,
    severity: label?.toLowerCase() === 'unknown' ? undefined : label,
    ...patchOf(field(vulnerability, 'fix')),
    suppressed,
    scan,
  })
  // One package at several places of an image is matched several times.
  const key = JSON.stringify(finding)
  if (told.has(key)) {
    yield { row: NO_FINDING, from }
    return
  }
  told.add(key)
  yield { row: finding, from }
  for (const score of scores) yield { row: score, from }
  for (const record of [vulnerability, ...related]) yield* factRows(record, told, from)
}

function* factRows(record: unknown, told: Set<string>, from: object): Iterable<DocumentRow> {
  for (const entry of list(record, 'knownExploited') ?? []) {
    const [id, due] = [wordOf(field(entry, 'cve')), wordOf(field(entry, 'dueDate'))]
    const added = wordOf(field(entry, 'dateAdded'))
    if (id === undefined || due === undefined) yield { row: NO_ENTRY, from }
    else yield* once(row('known-exploited', { id, due_at: due, added_at: added, catalogue: 'CISA KEV' }), told, from)
  }
  for (const entry of list(record, 'epss') ?? []) {
    const [id, time] = [wordOf(field(entry, 'cve')), wordOf(field(entry, 'date'))]
    const score = numberOf(field(entry, 'epss'))
    if (id === undefined || time === undefined || score === undefined) yield { row: NO_PROBABILITY, from }
    else yield* once(row('epss', { id, time, score }), told, from)
  }
}

const NO_ENTRY: LeftOut = { leftOut: 'known-exploited' }
const NO_PROBABILITY: LeftOut = { leftOut: 'epss' }

function* once(fact: ReturnType<typeof row>, told: Set<string>, from: object): Iterable<DocumentRow> {
  const key = JSON.stringify(fact)
  if (told.has(key)) return
  told.add(key)
  yield { row: fact, from }
}

function ratingsIn(record: unknown): readonly Rating[] {
  return (list(record, 'cvss') ?? []).map(entry => ({
    source: sourceName(wordOf(field(entry, 'source')) ?? wordOf(field(record, 'namespace'))?.split(':')[0]),
    cvss: numberOf(path(entry, 'metrics', 'baseScore')),
    vector: wordOf(field(entry, 'vector')),
    cvss_version: text(field(entry, 'version')),
  }))
}

/** The earliest fix that is dated; blank where the maker says that there is none. */
function patchOf(fix: unknown): Readonly<Record<string, string | undefined>> {
  const versions = (list(fix, 'versions') ?? []).flatMap(version => wordOf(version) ?? [])
  const state = wordOf(field(fix, 'state'))
  const dated = (list(fix, 'available') ?? []).flatMap(entry => {
    const date = wordOf(field(entry, 'date'))
    return date === undefined ? [] : [{ date, kind: wordOf(field(entry, 'kind')) }]
  })
  const [first] = dated.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
  const none = versions.length === 0 && (state === 'not-fixed' || state === 'wont-fix')
  return {
    vendor_patch_at: first?.date ?? (none ? '' : '?'),
    patch_kind: first?.kind,
    fixed_version: versions.join(', '),
    fix_state: state,
  }
}

function whyIgnored(match: unknown): string {
  const rules = (list(match, 'appliedIgnoreRules') ?? []).map(rule => {
    const words = ['reason', 'vex-status', 'vex-justification', 'fix-state', 'vulnerability'].map(key =>
      wordOf(field(rule, key)),
    )
    return words.filter(word => word !== undefined).join(' ')
  })
  const why = rules.filter(rule => rule !== '').join('; ')
  return why === '' ? 'ignored' : `ignored: ${why}`
}

function assetOf(source: unknown): string | undefined {
  const target = field(source, 'target')
  return wordOf(target) ?? wordOf(field(target, 'userInput')) ?? wordOf(field(target, 'imageID'))
}

/** What was looked at of it: `image squashed`. */
function scopeOf(report: unknown): string | undefined {
  const words = [path(report, 'source', 'type'), path(report, 'descriptor', 'configuration', 'search', 'scope')]
  return wordOf(words.flatMap(word => wordOf(word) ?? []).join(' '))
}
