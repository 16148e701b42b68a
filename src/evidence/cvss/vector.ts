import { nearest } from '../../model/nearest.ts'
import { CVSS_VERSIONS, type CvssVersion } from '../vulnerabilities/records.ts'
import { isNotDefined, METRICS, type Metric } from './metrics.ts'
import { remember } from './remember.ts'

/** A vector string as its version's document writes it: metrics in order, those not defined left out. */
export interface CvssVector {
  readonly version: CvssVersion
  /** `CVSS:3.1/AV:N/…`; of version 2.0 without a prefix: `AV:N/…`. */
  readonly canonical: string
}

/** What is wrong with a vector string, and what was probably meant. */
export interface VectorProblem {
  readonly problem: string
  readonly hint?: string
}

/**
 * A CVSS vector, metrics in any order. Versions 3.0, 3.1 and 4.0 need their prefix; 2.0 is bare, in parentheses or
 * with `CVSS:2.0/`. All base metrics must be there, none twice, and nothing that the version doesn't know.
 */
export const parseVector: (text: string) => CvssVector | VectorProblem = remember(parse)

function parse(text: string): CvssVector | VectorProblem {
  const trimmed = text.trim()
  if (trimmed === '') return { problem: 'the vector is empty' }
  const head = readHead(trimmed)
  if ('problem' in head) return head
  const { version, rest, bare } = head
  const values = new Map<string, string>()
  for (const part of rest === '' ? [] : rest.split('/')) {
    const problem = readMetric(part, version, values)
    if (problem !== undefined) return bare ? (foreignHead(rest) ?? problem) : problem
  }
  const missing = METRICS[version].filter(metric => metric.mandatory && !values.has(metric.name))
  if (missing.length > 0) return missingMetrics(missing, version, rest, bare)
  return { version, canonical: write(version, values) }
}

/** Version 2.0 has no prefix of its own. */
function write(version: CvssVersion, values: ReadonlyMap<string, string>): string {
  const parts = version === '2.0' ? [] : [`CVSS:${version}`]
  for (const { name } of METRICS[version]) {
    const value = values.get(name)
    if (value !== undefined && !isNotDefined(value)) parts.push(`${name}:${value}`)
  }
  return parts.join('/')
}

interface Head {
  readonly version: CvssVersion
  readonly rest: string
  /** No prefix tells the version. */
  readonly bare: boolean
}

function readHead(text: string): Head | VectorProblem {
  const wanted = /^cvss[^\d/]*([\d.]*)/i.exec(text)?.[1]
  if (wanted === undefined) return { version: '2.0', rest: withoutParentheses(text), bare: true }
  const version = CVSS_VERSIONS.find(known => known === wanted)
  const [prefix = '', ...rest] = text.split('/')
  if (version !== undefined && prefix === `CVSS:${version}`) return { version, rest: rest.join('/'), bare: false }
  const meant = meantVersion(wanted)
  const list = `known: ${CVSS_VERSIONS.map(known => `CVSS:${known}`).join(', ')}`
  return {
    problem: `${version === undefined ? 'unknown version' : 'wrong prefix'} \`${prefix.split('#')[0]}\``,
    hint: meant === undefined ? list : `did you mean \`CVSS:${meant}/…\`? ${list}`,
  }
}

/** `3` may be either version 3; `2` and `4` can only be one. */
function meantVersion(wanted: string): CvssVersion | undefined {
  if (wanted === '') return undefined
  const major = CVSS_VERSIONS.filter(version => version.startsWith(`${wanted}.`))
  const meant = major[0] ?? nearest(wanted, CVSS_VERSIONS)
  return CVSS_VERSIONS.find(version => version === meant)
}

function withoutParentheses(text: string): string {
  return text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1) : text
}

/** Puts the metric into `values`. */
function readMetric(part: string, version: CvssVersion, values: Map<string, string>): VectorProblem | undefined {
  if (part === '') return { problem: 'a `/` with nothing on one side', hint: 'metrics are written `AV:N/AC:L/…`' }
  if (!/^[A-Za-z]+:[A-Za-z]+$/.test(part)) {
    return { problem: `stray text \`${part}\``, hint: 'only `METRIC:VALUE`, divided by `/`' }
  }
  const [name = '', value = ''] = part.split(':')
  const metric = METRICS[version].find(known => known.name === name)
  if (metric === undefined) return unknownMetric(name, version)
  const before = values.get(name)
  if (before !== undefined) {
    return {
      problem: before === value ? `\`${name}\` stands twice` : `\`${name}\` stands twice: ${before} and ${value}`,
    }
  }
  if (!metric.values.includes(value)) return unknownValue(metric, value, version)
  values.set(name, value)
  return undefined
}

function unknownMetric(name: string, version: CvssVersion): VectorProblem {
  const names = METRICS[version].map(metric => metric.name)
  const otherCase = names.find(known => known.toLowerCase() === name.toLowerCase())
  if (otherCase !== undefined) return { problem: `unknown metric \`${name}\``, hint: `did you mean \`${otherCase}\`?` }
  const owners = versionsWith(name)
  if (owners.length > 0) {
    return { problem: `\`${name}\` is no metric of CVSS ${version}`, hint: `it is one of CVSS ${listed(owners)}` }
  }
  const meant = nearest(name, names)
  const hint = meant === undefined ? `CVSS ${version} has ${names.join(', ')}` : `did you mean \`${meant}\`?`
  return { problem: `unknown metric \`${name}\``, hint }
}

function unknownValue(metric: Metric, value: string, version: CvssVersion): VectorProblem {
  return {
    problem: `\`${metric.name}\` of CVSS ${version} has no value \`${value}\``,
    hint: `one of ${metric.values.join(', ')}`,
  }
}

function missingMetrics(missing: readonly Metric[], version: CvssVersion, rest: string, bare: boolean): VectorProblem {
  const names = missing.map(metric => `\`${metric.name}\``).join(', ')
  const problem = `base metrics are missing: ${names}`
  if (bare) return foreignHead(rest) ?? { problem }
  return rest === '' ? { problem, hint: `after \`CVSS:${version}/\` come the metrics: \`AV:N/AC:L/…\`` } : { problem }
}

/** A bare vector whose metrics are all of a later version lacks its prefix. */
function foreignHead(rest: string): VectorProblem | undefined {
  const parts = rest.split('/').map(part => part.split(':'))
  const fits = CVSS_VERSIONS.filter(
    version =>
      version !== '2.0' &&
      parts.every(([name, value = '']) =>
        METRICS[version].some(metric => metric.name === name && metric.values.includes(value)),
      ) &&
      METRICS[version].every(metric => !metric.mandatory || parts.some(([name]) => name === metric.name)),
  )
  if (fits.length === 0) return undefined
  const prefixes = fits.map(version => `\`CVSS:${version}/\``).reverse()
  return { problem: 'the prefix with the version is missing', hint: `begin it with ${prefixes.join(' or ')}` }
}

function versionsWith(name: string): readonly CvssVersion[] {
  return CVSS_VERSIONS.filter(version => METRICS[version].some(metric => metric.name === name)).reverse()
}

function listed(versions: readonly CvssVersion[]): string {
  const last = versions.at(-1)
  return versions.length < 2 ? (last ?? '') : `${versions.slice(0, -1).join(', ')} and ${last}`
}
