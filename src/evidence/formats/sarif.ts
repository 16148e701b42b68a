import { isName, isNameOfFile, outcomeOf } from './asset-names.ts'
import { aliasCell, fileTime, type Look, NO_FINDING, NO_SCAN, rate, scanRow } from './finding-rows.ts'
import type { ConvertedRow, DocumentContext, DocumentRow, DocumentTool, Json } from './format.ts'
import { assetOf, fileOf, type Rule, type Run, runOf } from './sarif-run.ts'
import { listOf, recordsOf, shaped } from './shape.ts'
import { field, isObject, list, path, row, text } from './values.ts'

/**
 * SARIF 2.1.0 (OASIS): a run is one look at an asset. A result is a vulnerability when its rule is a CVE or GHSA or has
 * a security-severity; other results, and those that are no failures or no longer there, are left out.
 */
export const sarif: DocumentTool = shaped(
  {
    name: 'sarif',
    title: 'SARIF 2.1.0 log',
    notes: [
      'security-severity is the number of the tool, which may come from a label; SARIF tells neither vector nor version',
      'SARIF does not say when a vulnerability was published, nor since when a fix exists',
      'the asset is the image or automationDetails.id without its last part, else the repository or base of the paths',
      'a run that says nothing of its success counts as successful, as it has results',
      'a suppression that was not rejected and is not under review counts as suppressed, not as fixed',
    ],
    sources: {
      id: 'ruleId',
      aliases: 'deprecatedIds',
      component: 'locations',
      cvss: 'security-severity',
      detected_at: 'provenance.firstDetectionTimeUtc',
      suppressed: 'suppressions',
      asset: 'automationDetails',
      time: 'invocations.endTimeUtc',
      outcome: 'invocations.executionSuccessful',
    },
    fits: document =>
      (list(document, 'runs') !== undefined || /sarif/i.test(text(field(document, '$schema')) ?? '')) &&
      /^2\.\d/.test(text(field(document, 'version')) ?? ''),
    *rows(document, context) {
      const runs = list(document, 'runs') ?? []
      const scans: Scans = { told: new Set(), failed: new Set() }
      for (const run of runs) {
        const look = isObject(run) ? runOf(run) : undefined
        const id = look?.failed === true ? lookOf(run, look, context)?.id : undefined
        if (id !== undefined) scans.failed.add(id)
      }
      for (const run of runs) {
        if (isObject(run)) yield* runRows(run, scans, context)
        else yield { row: { problem: 'a run is no object', key: 'runs' }, from: Object(document) }
      }
    },
  },
  {
    runs: recordsOf({
      tool: { driver: { name: 'text', rules: listOf({}) }, extensions: listOf({ rules: listOf({}) }) },
      results: listOf({
        ruleId: 'text',
        kind: 'text',
        baselineState: 'text',
        rule: 'object',
        locations: listOf({}),
        suppressions: listOf({ kind: 'text', status: 'text', justification: 'text' }),
        provenance: 'object',
      }),
      invocations: listOf({ executionSuccessful: 'flag', startTimeUtc: 'text', endTimeUtc: 'text' }),
      automationDetails: { id: 'text' },
      versionControlProvenance: listOf({ repositoryUri: 'text' }),
      originalUriBaseIds: 'object',
      properties: 'object',
    }),
  },
)

/** Runs of one tool, asset and moment are one look: it failed if one of them did. By the ids of the scans. */
interface Scans {
  readonly told: Set<string>
  readonly failed: Set<string>
}

interface Named extends Look {
  readonly id: string
}

/** The run as a look at its asset; undefined without an asset or a time. */
function lookOf(json: unknown, run: Run, context: DocumentContext): Named | undefined {
  const time = fileTime(run.endedAt, context)
  const asset = assetOf(json, run.results)
  if (asset === undefined || time === undefined) return undefined
  const look = { scanner: run.tool, asset, time, scope: run.category, outcome: 'failed' }
  return { ...look, id: scanRow(look).id }
}

function* runRows(json: Json, scans: Scans, context: DocumentContext): Iterable<DocumentRow> {
  const run = runOf(json)
  // Only runs that looked at nothing, as to list the rules of a tool, have no results at all.
  if (run === undefined) return yield { row: NO_SCAN, from: json }
  const asset = assetOf(json, run.results)
  const look = lookOf(json, run, context)
  if (asset === undefined) {
    context.warn(
      'no-asset',
      'the file does not name what was looked at: what it shows belongs to no scan, and what is missing in it is no fix',
      'give the run an automationDetails.id, such as my-service/2026-05-01, or a versionControlProvenance',
    )
  }
  if (look !== undefined && !scans.told.has(look.id)) {
    const file = asset === fileOf(run.results[0])
    const named = file ? isNameOfFile(look.asset) : isName(look.asset)
    const outcome = scans.failed.has(look.id) ? 'failed' : outcomeOf(look.asset, named, context)
    yield { row: scanRow({ ...look, outcome }), from: json }
    scans.told.add(look.id)
  }
  for (const result of run.results) {
    const from = isObject(result) ? result : json
    yield { row: resultRow(result, run, asset, look?.id), from }
  }
}

function resultRow(result: unknown, run: Run, asset: string | undefined, scan: string | undefined): ConvertedRow {
  const rule = run.ruleOf(result)
  const severity = severityOf(result) ?? severityOf(rule.json)
  const [known] = NAME.exec(rule.id) ?? []
  const kind = text(field(result, 'kind')) ?? 'fail'
  const absent = field(result, 'baselineState') === 'absent'
  if (rule.id === '' || (known === undefined && severity === undefined) || kind !== 'fail' || absent) return NO_FINDING
  const id = known ?? rule.id
  return row('vulnerability', {
    id,
    aliases: aliasCell(id, namesOf(rule)),
    asset,
    ...run.packageOf(result, rule),
    ...rate([{ cvss: severity, source: run.tool.toLowerCase(), severity: labelOf(rule) }], { id }, undefined).cells,
    detected_at: text(path(result, 'provenance', 'firstDetectionTimeUtc')),
    suppressed: suppressedBy(result),
    scan,
  })
}

/** Some tools add the package to the id: `CVE-2021-36159-apk-tools`. */
const NAME = /^(?:CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3})(?![0-9a-z])/i
const LABEL = /^(?:critical|important|high|medium|moderate|low|negligible)$/i

function namesOf(rule: Rule): readonly (string | undefined)[] {
  return (list(rule.json, 'deprecatedIds') ?? []).map(text).map(name => NAME.exec(name ?? '')?.[0])
}

function severityOf(value: unknown): string | undefined {
  const told = text(path(value, 'properties', 'security-severity'))?.trim()
  return told === '' ? undefined : told
}

function labelOf(rule: Rule): string | undefined {
  return (list(rule.json, 'properties', 'tags') ?? []).map(text).find(tag => LABEL.test(tag ?? ''))
}

/** Suppressed only if no suppression is rejected or under review; a status that is left out is accepted. */
function suppressedBy(result: unknown): string | undefined {
  const suppressions = list(result, 'suppressions')
  if (suppressions === undefined || suppressions.length === 0) return undefined
  const status = (one: unknown): string => text(field(one, 'status')) ?? 'accepted'
  if (!suppressions.every(one => status(one) === 'accepted')) return undefined
  const why = text(field(suppressions[0], 'justification')) ?? ''
  return why.trim() === '' ? `suppressed ${text(field(suppressions[0], 'kind')) ?? ''}`.trim() : why.trim()
}
