import { isName, isNameOfFile, outcomeOf } from './asset-names.ts'
import { aliasCell, fileTime, type Rating, rate, scanRow, wordOf } from './finding-rows.ts'
import type { Cells, DocumentRow, DocumentTool } from './format.ts'
import { purlOf } from './purls.ts'
import { listOf, recordsOf, shaped } from './shape.ts'
import { field, isObject, list, path, row, text } from './values.ts'

/**
 * OSV-Scanner's JSON report: `{ results: [{ source: { path }, packages: [{ package, vulnerabilities, groups }] }] }`.
 * Each source (lockfile, SBOM, image) is an asset; each of its packages' vulnerabilities is a sighting.
 */
export const osv: DocumentTool = shaped(
  {
    name: 'osv-scanner',
    title: 'OSV-Scanner report (JSON)',
    notes: [
      'a report tells no time: say it with --taken-at',
      'a source without findings is not in the report unless OSV-Scanner runs with --all-packages: what it last showed does not count as fixed then',
      'a lockfile without a folder that tells its project, as in /src of a container, proves no fix until a mapping names it',
      'scores are vectors: their numbers are computed; their source is the database that the id is of',
      'when a fix became available is not told',
    ],
    sources: {
      id: 'id',
      aliases: 'aliases',
      severity: 'database_specific',
      vector: 'severity',
      published_at: 'published',
      withdrawn_at: 'withdrawn',
      asset: 'source.path',
      component: 'package',
    },
    fits: document => {
      const first = list(document, 'results')?.find(isObject)
      if (first === undefined)
        return field(document, 'results') !== undefined && 'experimental_config' in Object(document)
      return isObject(field(first, 'source')) && 'packages' in first
    },
    *rows(document, context) {
      const report = Object(document)
      const time = fileTime(undefined, context)
      const told = new Map<string, Cells>()
      for (const result of list(report, 'results') ?? []) {
        const from = isObject(result) ? result : report
        const asset = wordOf(path(result, 'source', 'path')) ?? ''
        const scope = wordOf(path(result, 'source', 'type'))
        const key = JSON.stringify([asset, scope])
        if (asset === '') {
          context.warn('no-asset', 'a result has no source.path: what it shows belongs to no asset and no scan')
        }
        let scan = told.get(key)
        if (scan === undefined && asset !== '' && time !== undefined) {
          const outcome = outcomeOf(asset, scope === 'docker' ? isName(asset) : isNameOfFile(asset), context)
          scan = scanRow({ scanner: 'osv-scanner', asset, time, scope, outcome })
          told.set(key, scan)
          yield { row: scan, from }
        }
        for (const found of list(result, 'packages') ?? []) {
          for (const vulnerability of list(found, 'vulnerabilities') ?? []) {
            yield* findingRows(vulnerability, found, { asset, time, scan: scan?.id }, from)
          }
        }
      }
    },
  },
  {
    results: listOf({
      source: { path: 'text', type: 'text' },
      packages: listOf({
        package: { name: 'text', version: 'text', ecosystem: 'text', commit: 'text' },
        vulnerabilities: recordsOf({
          aliases: 'list',
          published: 'text',
          withdrawn: 'text',
          severity: listOf({ type: 'text', score: 'text' }),
          affected: listOf({}),
          database_specific: 'object',
        }),
        groups: listOf({ ids: 'list', aliases: 'list' }),
      }),
    }),
  },
)

interface Look {
  readonly asset: string
  readonly time: string | undefined
  readonly scan: string | undefined
}

function* findingRows(
  vulnerability: unknown,
  found: unknown,
  { asset, time, scan }: Look,
  result: object,
): Iterable<DocumentRow> {
  const from = isObject(vulnerability) ? vulnerability : result
  const id = wordOf(field(vulnerability, 'id'))
  if (id === undefined) {
    yield { row: { problem: 'a vulnerability has no id' }, from }
    return
  }
  const component = componentOf(found, vulnerability)
  const place = { id, asset, component }
  const label = labelOf(vulnerability)
  const { cells, scores } = rate(ratingsOf(id, vulnerability), place, time)
  const finding = row('vulnerability', {
    ...place,
    aliases: aliasCell(id, aliasesOf(id, vulnerability, found)),
    version: wordOf(path(found, 'package', 'version')),
    ...cells,
    severity: label,
    published_at: text(field(vulnerability, 'published')),
    withdrawn_at: text(field(vulnerability, 'withdrawn')) ?? '',
    scan,
  })
  yield { row: finding, from }
  for (const score of scores) yield { row: score, from }
}

/** Entries of other types than CVSS_… hold words. */
function ratingsOf(id: string, vulnerability: unknown): readonly Rating[] {
  return (list(vulnerability, 'severity') ?? []).flatMap(entry => {
    const vector = wordOf(field(entry, 'score'))
    const isVector = wordOf(field(entry, 'type'))?.startsWith('CVSS_') === true
    return isVector && vector !== undefined ? [{ source: databaseOf(id), vector }] : []
  })
}

function labelOf(vulnerability: unknown): string | undefined {
  const told = wordOf(path(vulnerability, 'database_specific', 'severity'))
  if (told !== undefined) return told
  const word = (list(vulnerability, 'severity') ?? []).find(
    entry => wordOf(field(entry, 'type'))?.startsWith('CVSS_') === false,
  )
  return wordOf(field(word, 'score'))
}

/** `GHSA-…` is of ghsa, `UBUNTU-CVE-…` of ubuntu. */
function databaseOf(id: string): string {
  return id.split('-', 1)[0]?.toLowerCase() ?? ''
}

/** The groups of a package put records of one vulnerability together. */
function aliasesOf(id: string, vulnerability: unknown, found: unknown): readonly (string | undefined)[] {
  const groups = (list(found, 'groups') ?? []).filter(group => list(group, 'ids')?.includes(id))
  const names = groups.flatMap(group => [...(list(group, 'ids') ?? []), ...(list(group, 'aliases') ?? [])])
  return [...(list(vulnerability, 'aliases') ?? []), ...names].map(wordOf)
}

/** The package URL that the record has for the package, else one made of its ecosystem and name. */
function componentOf(found: unknown, vulnerability: unknown): string | undefined {
  const name = wordOf(path(found, 'package', 'name'))
  const ecosystem = wordOf(path(found, 'package', 'ecosystem')) ?? ''
  const affected = (list(vulnerability, 'affected') ?? []).find(
    entry => path(entry, 'package', 'name') === name && path(entry, 'package', 'ecosystem') === ecosystem,
  )
  if (name === undefined) return wordOf(path(found, 'package', 'commit'))
  return purlOf(ecosystem, name) ?? wordOf(path(affected, 'package', 'purl')) ?? name
}
