import { isName, outcomeOf } from './asset-names.ts'
import { type Affected, BOM, componentsIn, toolsOf } from './cyclonedx-components.ts'
import {
  aliasCell,
  fileTime,
  NO_FINDING,
  NO_SCORE,
  NO_VEX,
  numberIn,
  numberOf,
  type Rating,
  rate,
  scanRow,
  wordOf,
} from './finding-rows.ts'
import type { ConvertedRow, DocumentTool, RecordFlaw } from './format.ts'
import { shaped } from './shape.ts'
import { field, isObject, list, path, row, text } from './values.ts'

/**
 * A CycloneDX BOM in JSON that lists vulnerabilities. With components it is one look at metadata.component as of
 * metadata.timestamp; without, as a VEX, it holds statements on products and facts about vulnerabilities only.
 */
export const cyclonedx: DocumentTool = shaped(
  {
    name: 'cyclonedx',
    title: 'CycloneDX BOM with vulnerabilities (JSON)',
    notes: [
      'the asset is metadata.component without its version',
      'ratings by other methods than CVSS give no score, at most a label',
      'a vector without prefix is read as the rating says: CVSSv3 is version 3.0',
      'an analysis counts from lastUpdated, else firstIssued, else the time of the file',
      'a vulnerability with an analysis resolved is a statement that it is fixed, not a sighting',
      'ranges of affected versions are not compared: what the BOM lists as affected is affected',
      'a BOM does not say since when a fix exists',
      'a score of 0 without a vector is none',
      'an empty list of vulnerabilities proves no fix: tools write it also when they looked for none',
    ],
    sources: {
      aliases: 'references',
      component: 'affects',
      product: 'affects',
      version: 'affects',
      cvss: 'ratings',
      vector: 'ratings',
      score_source: 'ratings',
      source: 'ratings',
      severity: 'ratings',
      published_at: 'published',
      withdrawn_at: 'rejected',
      status: 'analysis.state',
      justification: 'analysis.justification',
      time: 'metadata.timestamp',
      asset: 'metadata.component',
      scanner: 'metadata.tools',
    },
    fits: document => field(document, 'bomFormat') === 'CycloneDX',
    *rows(document, context) {
      const vulnerabilities = list(document, 'vulnerabilities')
      if (vulnerabilities === undefined) {
        if ((field(document, 'vulnerabilities') ?? undefined) === undefined)
          yield { row: NO_LIST, from: Object(document) }
        return
      }
      const listed = list(document, 'components')
      const looked = listed !== undefined && (listed.length > 0 || vulnerabilities.length === 0)
      // Tools that only list components write an empty list too.
      const found = vulnerabilities.length > 0
      if (!found) {
        context.warn(
          'no-vulnerabilities',
          'the BOM lists no vulnerabilities: whether any were looked for is not known, and what is missing is no fix',
          'make BOMs with a scan for vulnerabilities, as trivy fs --scanners vuln --format json --list-all-pkgs',
        )
      }
      const told = wordOf(path(document, 'metadata', 'timestamp'))
      const time = looked ? fileTime(told, context) : (told ?? context.takenAt)
      const components = componentsIn(document)
      const { asset } = components
      let scan: string | undefined
      if (looked && asset === undefined) {
        context.warn('no-asset', 'the BOM has no metadata.component: what it shows belongs to no scan')
      }
      if (looked && asset !== undefined && time !== undefined) {
        const scope = wordOf(path(document, 'metadata', 'component', 'type'))
        const outcome = found ? outcomeOf(asset, isName(asset), context) : '?'
        const look = scanRow({ scanner: toolsOf(document), asset, time, scope, outcome })
        scan = look.id
        yield { row: look, from: Object(document) }
      }
      const file: File = { looked, time, asset, scan }
      for (const vulnerability of vulnerabilities) {
        const from = isObject(vulnerability) ? vulnerability : Object(document)
        const affects = list(vulnerability, 'affects') ?? []
        const affected = affects.length === 0 ? [{}] : affects.flatMap(components.affected)
        for (const found of vulnerabilityRows(vulnerability, affected, file)) {
          if (found === NO_VEX) {
            context.warn(
              'no-statement-time',
              'an analysis has no time and neither has the file: it is left out',
              'say when the file was made with --taken-at [GLOB=]INSTANT',
            )
          }
          yield { row: found, from }
        }
      }
    },
  },
  BOM,
)

const NO_LIST: RecordFlaw = {
  key: 'bomFormat',
  problem: 'a BOM without a list of vulnerabilities tells nothing of them: it is no scan that found none',
  hint: 'give the report of a scanner, or a BOM that one has added vulnerabilities to',
}

interface File {
  /** Whether it shows components, and so what is there. */
  readonly looked: boolean
  readonly time: string | undefined
  readonly asset: string | undefined
  readonly scan: string | undefined
}

const STATES = new Map([
  ['resolved', 'fixed'],
  ['resolved_with_pedigree', 'fixed'],
  ['exploitable', 'affected'],
  ['in_triage', 'under_investigation'],
  ['false_positive', 'not_affected'],
  ['not_affected', 'not_affected'],
])

/** Versions of CVSS by rating method, with what begins a vector of it. */
const METHODS = new Map([
  ['CVSSv2', { prefix: '', cvss_version: '2.0' }],
  ['CVSSv3', { prefix: 'CVSS:3.0/', cvss_version: '3.0' }],
  ['CVSSv31', { prefix: 'CVSS:3.1/', cvss_version: '3.1' }],
  ['CVSSv4', { prefix: 'CVSS:4.0/', cvss_version: '4.0' }],
])

function* vulnerabilityRows(
  vulnerability: unknown,
  affected: readonly (Affected | undefined)[],
  file: File,
): Iterable<ConvertedRow | RecordFlaw> {
  const id = wordOf(field(vulnerability, 'id'))
  if (id === undefined) return yield { key: 'id', problem: 'a vulnerability of the BOM has no id' }
  const cell = (key: string): string | undefined => text(field(vulnerability, key))
  const references = (list(vulnerability, 'references') ?? []).map(reference => wordOf(field(reference, 'id')))
  const aliases = aliasCell(id, references)
  const dates = { published_at: cell('published'), withdrawn_at: cell('rejected') }
  const { ratings, others } = ratingsOf(vulnerability)
  const stated = file.time ?? cell('updated') ?? cell('published') ?? cell('created')
  for (let i = 0; i < others; i++) yield NO_SCORE
  if (!file.looked) {
    if ((dates.published_at ?? dates.withdrawn_at) !== undefined) yield row('advisory', { id, aliases, ...dates })
    for (const score of ratings.flatMap(numberIn))
      yield stated === undefined ? NO_SCORE : row('score', { id, time: stated, ...score })
  }
  for (const one of affected) {
    // Listed as a version that is not affected.
    if (one === undefined) {
      yield NO_FINDING
      continue
    }
    const place = { id, asset: file.asset, component: one.component }
    if (file.looked && isResolved(vulnerability)) yield NO_FINDING
    else if (file.looked) {
      const { cells, scores } = rate(ratings, place, stated)
      yield row('vulnerability', { ...place, aliases, version: one.version, ...cells, ...dates, scan: file.scan })
      yield* scores
    }
    const about = file.looked ? { ...place, version: one.version } : { id, ...productOf(one, file) }
    const statement = statementRow(vulnerability, about, file)
    if (statement !== undefined) yield statement
  }
}

/** Of a VEX the reference may name the product itself or a component: it is compared with both. */
function productOf(one: Affected, { asset }: File): Readonly<Record<string, string | undefined>> {
  return one.whole === true ? { asset } : { product: one.component, version: one.version }
}

function statementRow(
  vulnerability: unknown,
  cells: Readonly<Record<string, string | undefined>>,
  { time: made }: File,
): ConvertedRow | RecordFlaw | undefined {
  const analysis = field(vulnerability, 'analysis')
  const state = wordOf(field(analysis, 'state'))
  if (state === undefined) return undefined
  const status = STATES.get(state)
  if (status === undefined) {
    return {
      key: 'analysis',
      problem: `${cells.id}: "${state}" is no state of an analysis`,
      hint: [...STATES.keys()].join(', '),
    }
  }
  // A row without all of these would speak of everything that there is.
  if ((cells.product ?? cells.asset ?? cells.component) === undefined) {
    return {
      key: 'affects',
      problem: `${cells.id}: the analysis says not of what it speaks`,
      hint: 'list it under affects',
    }
  }
  const time = wordOf(field(analysis, 'lastUpdated')) ?? wordOf(field(analysis, 'firstIssued')) ?? made
  if (time === undefined) return NO_VEX
  const justification = wordOf(field(analysis, 'justification')) ?? (state === status ? undefined : state)
  return row('vex', { ...cells, time, status, justification })
}

/** What the document itself says is fixed is no longer seen. */
function isResolved(vulnerability: unknown): boolean {
  return STATES.get(wordOf(path(vulnerability, 'analysis', 'state')) ?? '') === 'fixed'
}

function ratingsOf(vulnerability: unknown): { readonly ratings: readonly Rating[]; readonly others: number } {
  const ratings: Rating[] = []
  let others = 0
  for (const rating of list(vulnerability, 'ratings') ?? []) {
    const severity = wordOf(field(rating, 'severity'))
    const label = severity === 'unknown' ? undefined : severity
    const source = wordOf(path(rating, 'source', 'name'))?.toLowerCase()
    const method = wordOf(field(rating, 'method'))
    const cvss = numberOf(field(rating, 'score'))
    const vector = wordOf(field(rating, 'vector'))
    const known = METHODS.get(method ?? '')
    const prefixed = vector === undefined || /^CVSS:/.test(vector)
    if (known !== undefined) {
      const { prefix, cvss_version } = known
      const whole = prefixed ? vector : `${prefix}${vector}`
      ratings.push({ source, cvss, vector: whole, cvss_version, severity: label })
    } else if (method === undefined && (cvss !== undefined || vector !== undefined)) {
      // Without a method only a vector that names its version says what the number is.
      ratings.push({ source, cvss, vector: prefixed ? vector : undefined, severity: label })
    } else if (label !== undefined) ratings.push({ source, severity: label })
    else others++
  }
  return { ratings, others }
}
