import { readPurl } from '../purl.ts'
import { wordOf } from './finding-rows.ts'
import { field, isObject, list, path, text } from './values.ts'

/** A run that looked at something: its tool, its time, its rules. */
export interface Run {
  readonly tool: string
  readonly results: readonly unknown[]
  /** The latest end of its invocations, else their latest start. */
  readonly endedAt: string | undefined
  readonly failed: boolean
  /** What runs of one kind have in common, from automationDetails.id. */
  readonly category: string | undefined
  ruleOf(result: unknown): Rule
  packageOf(result: unknown, rule: Rule): { readonly component?: string; readonly version?: string }
}

export interface Rule {
  readonly id: string
  readonly json: unknown
}

/** Undefined: the run has no results, not even none. */
export function runOf(json: unknown): Run | undefined {
  const results = list(json, 'results')
  if (results === undefined) return undefined
  const invocations = list(json, 'invocations') ?? []
  const latest = (key: string): string | undefined =>
    invocations
      .map(invocation => wordOf(field(invocation, key)))
      .filter(time => time !== undefined)
      .sort()
      .at(-1)
  return {
    tool: wordOf(path(json, 'tool', 'driver', 'name')) ?? 'SARIF',
    results,
    endedAt: latest('endTimeUtc') ?? latest('startTimeUtc'),
    failed: invocations.some(invocation => field(invocation, 'executionSuccessful') === false),
    category: categoryOf(json),
    ruleOf: rulesIn(json),
    packageOf,
  }
}

/**
 * What was looked at: the image (as Trivy names it), automationDetails.id without the part that is another for each run,
 * the repository, the base of the paths, the whole id, or the one file that all results about packages are in.
 */
export function assetOf(run: unknown, results: readonly unknown[]): string | undefined {
  const repository = (list(run, 'versionControlProvenance') ?? []).map(one => wordOf(field(one, 'repositoryUri')))
  const bases = Object.values(Object(field(run, 'originalUriBaseIds'))).map(base => wordOf(field(base, 'uri')))
  return (
    wordOf(path(run, 'properties', 'imageName')) ??
    categoryOf(run) ??
    repository.find(uri => uri !== undefined) ??
    bases.find(uri => uri !== undefined && !/^file:\/*$/.test(uri)) ??
    wordOf(path(run, 'automationDetails', 'id')) ??
    commonFile(results)
  )
}

function categoryOf(run: unknown): string | undefined {
  const id = wordOf(path(run, 'automationDetails', 'id')) ?? ''
  return wordOf(id.slice(0, Math.max(0, id.lastIndexOf('/'))))
}

function commonFile(results: readonly unknown[]): string | undefined {
  const [file, ...others] = new Set(results.map(fileOf))
  const packages = results.every(result => inMessage(result) !== undefined)
  return others.length === 0 && packages ? file : undefined
}

/** The file that a result is in. */
export function fileOf(result: unknown): string | undefined {
  const [location] = list(result, 'locations') ?? []
  return wordOf(path(location, 'physicalLocation', 'artifactLocation', 'uri'))
}

/** Results name their rule by its index, its id, or both; rules stand with the driver and its extensions. */
function rulesIn(run: unknown): (result: unknown) => Rule {
  const driver = path(run, 'tool', 'driver')
  const extensions = list(run, 'tool', 'extensions') ?? []
  const byId = new Map<string, unknown>()
  for (const component of [...extensions, driver]) {
    for (const rule of list(component, 'rules') ?? []) byId.set(text(field(rule, 'id')) ?? '', rule)
  }
  return result => {
    const index = path(result, 'rule', 'index') ?? field(result, 'ruleIndex')
    const component = path(result, 'rule', 'toolComponent', 'index')
    const rules = list(typeof component === 'number' ? extensions[component] : driver, 'rules')
    const id = wordOf(field(result, 'ruleId')) ?? wordOf(path(result, 'rule', 'id'))
    const json = typeof index === 'number' && isObject(rules?.[index]) ? rules[index] : byId.get(id ?? '')
    return { id: id ?? wordOf(field(json, 'id')) ?? '', json }
  }
}

/** The package that the rule or the message names, else the file. */
function packageOf(result: unknown, rule: Rule): { readonly component?: string; readonly version?: string } {
  const purls = (list(rule.json, 'properties', 'purls') ?? []).map(wordOf)
  const [purl] = purls
  if (purl !== undefined && purls.length === 1) {
    const version = readPurl(purl)?.version
    return { component: purl, ...(version === undefined ? {} : { version }) }
  }
  const file = fileOf(result)
  return inMessage(result) ?? (file === undefined ? {} : { component: file })
}

/** As Trivy, OSV-Scanner and Grype write their messages. */
const MESSAGES = [
  /^Package: (?<component>\S+)\nInstalled Version: (?<version>\S+)$/m,
  /^Package '(?<component>[^']+)@(?<version>[^'@]+)' is vulnerable to /,
  / vulnerability in \S+ package: (?<component>[^\s,]+), version (?<version>\S+) was found /,
]

function inMessage(result: unknown): { readonly component: string; readonly version: string } | undefined {
  const message = text(path(result, 'message', 'text')) ?? ''
  for (const form of MESSAGES) {
    const { component, version } = form.exec(message)?.groups ?? {}
    if (component !== undefined && version !== undefined) return { component, version }
  }
  return undefined
}
