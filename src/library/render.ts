import type { Diagnostic } from '../model/diagnostic.ts'
import type { Binding } from '../model/finding.ts'
import type { Report } from '../model/report.ts'
import { againOf } from '../report/again.ts'
import { formatDiagnostics } from '../report/diagnostics.ts'
import { formats } from '../report/index.ts'
import { type Page, plain, type View } from '../report/view.ts'
import { makeZones } from '../time/zone.ts'
import { badOption, unknownName } from './choices.ts'
import { readSource, type Source } from './sources.ts'

/** How reports can be written. */
export type FormatName =
  | 'pretty'
  | 'json'
  | 'ndjson'
  | 'csv'
  | 'markdown'
  | 'html'
  | 'junit'
  | 'sarif'
  | 'github'
  | 'gitlab'

/** The page that text is laid out for. */
export interface PageOptions {
  /** Columns; 100 if absent. */
  readonly width?: number
  readonly color?: boolean
  /** Nothing but ASCII is drawn. */
  readonly ascii?: boolean
}

export interface RenderOptions extends PageOptions {
  /** All timelines, digests of all files. */
  readonly verbose?: boolean
  /** The essence only. */
  readonly quiet?: boolean
  /** Clauses of these bindings make the verdict; guarantees if absent. */
  readonly bindings?: readonly Binding[]
  /** What makes the run fail: `breached` (so if absent), `unverified`, `at-risk`, `pending`. */
  readonly failOn?: readonly string[]
  /** Percent of an allowance from which a finding is at risk; 90 if absent. */
  readonly risk?: number
  /** Absolute path that formats which want relative paths cut off. */
  readonly directory?: string
  /** Where the repository's files can be looked at, with a slash at the end. */
  readonly source?: string
}

/** A report as text. Rejects with an InputError for a format that does not exist. */
export async function render(report: Report, format: FormatName, options: RenderOptions = {}): Promise<string> {
  return [...(await renderPieces(report, format, options))].join('')
}

/** The same in pieces, each made when asked for: the report on a million tickets is longer than a string can be. */
export async function renderPieces(
  report: Report,
  format: FormatName,
  options: RenderOptions = {},
): Promise<Iterable<string>> {
  const found = Object.hasOwn(formats, format) ? formats[format] : undefined
  if (found === undefined) throw unknownName('format', 'format', format, Object.keys(formats))
  const renderer = await found.load()
  const text = renderer(report, await viewOf(report, options))
  return typeof text === 'string' ? [text] : text
}

/** One finding in full, by its id: every step with its source row, the arithmetic, what would have changed the verdict. */
export async function explain(report: Report, finding: string, options: RenderOptions = {}): Promise<string> {
  const { renderExplanation } = await import('../report/explain.ts')
  const view = await viewOf(report, options)
  for (const clause of report.clauses) {
    for (const found of clause.findings) {
      if (found.id === finding) return renderExplanation(report, clause, found, view)
    }
  }
  throw badOption('finding', `the report has no finding "${finding}"`)
}

/** Reads a JSON report back. Rejects with an InputError where it is none. */
export async function loadReport(source: Source): Promise<Report> {
  const { readReport } = await import('../report/read-report.ts')
  const { file, bytes } = await readSource(source)
  return readReport(bytes, file)
}

/** What is wrong with what was read, for people: place, message, the lines of the file, what to try. */
export async function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: PageOptions = {},
): Promise<string> {
  return formatDiagnostics(diagnostics, await pageOf(options))
}

async function viewOf(report: Report, options: RenderOptions): Promise<View> {
  const { verbose, quiet, bindings, failOn, risk, directory, source } = options
  const zone = makeZones()(report.contract.timezone)
  return {
    ...(await pageOf(options)),
    verbose: verbose === true ? 1 : 0,
    quiet: quiet ?? false,
    zone,
    again: againOf(report, zone),
    ...(bindings !== undefined && { bindings }),
    ...(failOn !== undefined && { failOn, risky: failOn.includes('at-risk') }),
    ...(risk !== undefined && { risk }),
    ...(directory !== undefined && { directory }),
    ...(source !== undefined && { source }),
  }
}

async function pageOf({ width, color, ascii }: PageOptions): Promise<Page> {
  return { width: width ?? 100, colour: color === true ? await colours() : plain, ascii: ascii ?? false }
}

async function colours() {
  const { Chalk } = await import('chalk')
  return new Chalk({ level: 1 })
}
