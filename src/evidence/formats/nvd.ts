import { NO_SCORE, numberIn, numberOf, type Rating, sourceName, wordOf } from './finding-rows.ts'
import type { ConvertedRow, DocumentTool, RecordFlaw } from './format.ts'
import { listOf, recordsOf, shaped } from './shape.ts'
import { field, isObject, list, path, row, text } from './values.ts'

const METRICS_OF = listOf({
  source: 'text',
  type: 'text',
  baseSeverity: 'text',
  cvssData: { baseScore: 'number', vectorString: 'text', baseSeverity: 'text', version: 'scalar' },
})

/**
 * An answer of the NVD API 2.0, also its yearly files: `{ resultsPerPage, format: "NVD_CVE", vulnerabilities: [{ cve }] }`.
 * A CVE becomes an advisory (published, withdrawn when rejected), a score for each metric as of lastModified, and an
 * entry of the known exploited vulnerabilities where NVD repeats one.
 */
export const nvd: DocumentTool = shaped(
  {
    name: 'nvd',
    title: 'NVD API 2.0 answer',
    notes: [
      'stamps of NVD carry no offset and its documentation names none for them: say it with --tz (in practice UTC)',
      'scores are as of lastModified: former scores of a CVE are in another answer (cvehistory), so the earliest known is taken before it',
      'nvd@nist.gov is the source nvd, and the enrichment by CISA (134c704f-…) cisa-adp; other sources keep the names that NVD gives them',
      'a rejected CVE counts as withdrawn at lastModified',
      'a score of 0 without a vector is none',
    ],
    sources: {
      published_at: 'published',
      withdrawn_at: 'lastModified',
      time: 'lastModified',
      cvss: 'baseScore',
      vector: 'vectorString',
      severity: 'baseSeverity',
      due_at: 'cisaActionDue',
      added_at: 'cisaExploitAdd',
    },
    fits: document => {
      if (field(document, 'format') === 'NVD_CVE') return true
      const first = list(document, 'vulnerabilities')?.find(isObject)
      return typeof path(first, 'cve', 'id') === 'string' && 'resultsPerPage' in Object(document)
    },
    *rows(document, { warn }) {
      const found = list(document, 'vulnerabilities') ?? []
      const total = field(document, 'totalResults')
      if (typeof total === 'number' && total > found.length) {
        warn('answer-cut', `the answer holds ${found.length} of ${total} CVEs: fetch the other pages (startIndex) too`)
      }
      for (const item of found) {
        const from = isObject(item) ? item : Object(document)
        for (const found of cveRows(field(item, 'cve'))) yield { row: found, from }
      }
    },
  },
  {
    totalResults: 'number',
    vulnerabilities: recordsOf({
      cve: {
        published: 'text',
        lastModified: 'text',
        vulnStatus: 'text',
        cisaActionDue: 'text',
        cisaExploitAdd: 'text',
        metrics: {
          cvssMetricV40: METRICS_OF,
          cvssMetricV31: METRICS_OF,
          cvssMetricV30: METRICS_OF,
          cvssMetricV2: METRICS_OF,
        },
      },
    }),
  },
)

/** Newest first: readers see the score that is usually asked for before the others. */
const METRICS = ['cvssMetricV40', 'cvssMetricV31', 'cvssMetricV30', 'cvssMetricV2'] as const

function* cveRows(cve: unknown): Iterable<ConvertedRow | RecordFlaw> {
  const id = wordOf(field(cve, 'id'))
  if (id === undefined) return yield { key: 'id', problem: 'a record of the answer has no cve.id' }
  const modified = text(field(cve, 'lastModified'))
  const status = wordOf(field(cve, 'vulnStatus'))?.toLowerCase()
  yield row('advisory', {
    id,
    published_at: text(field(cve, 'published')),
    withdrawn_at: status === undefined ? undefined : status === 'rejected' ? (modified ?? '?') : '',
  })
  for (const metrics of METRICS) {
    const told = list(cve, 'metrics', metrics) ?? []
    for (const metric of [...told].sort((a, b) => rank(a) - rank(b))) {
      const score = scoreOf(metric)
      if (score === undefined) yield { key: metrics, problem: `${id}: a metric has neither baseScore nor vectorString` }
      else if ((modified ?? '') === '')
        yield { key: 'lastModified', problem: `${id}: no lastModified dates its scores` }
      else {
        const [told] = numberIn(score)
        yield told === undefined ? NO_SCORE : row('score', { id, time: modified, ...told })
      }
    }
  }
  const due = wordOf(field(cve, 'cisaActionDue'))
  if (due === undefined) return
  const added = text(field(cve, 'cisaExploitAdd'))
  yield row('known-exploited', { id, due_at: due, added_at: added, catalogue: 'CISA KEV' })
}

function rank(metric: unknown): number {
  return field(metric, 'type') === 'Primary' ? 0 : 1
}

function scoreOf(metric: unknown): Rating | undefined {
  const data = field(metric, 'cvssData')
  const cvss = numberOf(field(data, 'baseScore'))
  const vector = wordOf(field(data, 'vectorString'))
  if (cvss === undefined && vector === undefined) return undefined
  // Of version 2 the word stands beside cvssData, of later ones in it.
  const severity = wordOf(field(data, 'baseSeverity')) ?? wordOf(field(metric, 'baseSeverity'))
  const cvss_version = text(field(data, 'version'))
  return { cvss, vector, cvss_version, source: sourceName(wordOf(field(metric, 'source'))), severity }
}
