import type { Diagnostic } from '../model/diagnostic.ts'
import { formats } from '../report/index.ts'
import { instantText } from '../report/instants.ts'
import type { Page, View } from '../report/view.ts'
import type { Zone } from '../time/zone.ts'
import { againArguments } from './again.ts'
import { exitCode } from './exit-codes.ts'
import type { Io } from './io.ts'
import type { AuditOptions, CommonOptions } from './options.ts'
import { checkOutputs } from './outputs.ts'
import { filePage, pageFor } from './pages.ts'
import { runAudit } from './pipeline.ts'
import { appendSummary, checkSummary } from './summaries.ts'
import { checkTargets, notingReads } from './targets.ts'
import { usageError } from './usage.ts'

/** `sla audit`: the report to stdout and to files, warnings to stderr; returns the exit code. */
export async function audit(
  contract: string,
  evidence: readonly string[],
  options: AuditOptions,
  io: Io,
): Promise<number> {
  const outputs = await checkOutputs(options.output ?? [], io)
  const summary = await checkSummary({ ...options, outputs }, io)
  const targets = [
    ...outputs.map(({ path }) => ({ option: '--output', path })),
    ...(summary === undefined ? [] : [summary]),
  ]
  await checkTargets(targets, { files: [contract, ...given(options)], evidence }, io)
  const noting = notingReads(io)
  const { report, zone, progress } = await runAudit(contract, evidence, options, noting.io)
  // Only the contract says which files it names.
  await checkTargets(targets, { files: noting.read }, io)
  await printWarnings(report.warnings, options, io)
  const again = againArguments(contract, evidence, { ...options, asOf: options.asOf ?? instantText(zone, report.asOf) })
  const verdictView = (page: Page): View => ({
    ...viewOn(page, options, zone, again),
    bindings: options.binding,
    risk: options.risk,
    risky: options.failOn.includes('at-risk'),
    failOn: options.failOn,
    directory: io.directory(),
    ...sourceOf(io),
  })
  for (const { format, path } of outputs) {
    const render = await rendererOf(format)
    progress?.say(`writing the ${format} report`)
    const text = pieces(() => render(report, verdictView(filePage(options))))
    try {
      await io.writeWhole(path, text)
    } catch (error) {
      if (text.fault !== undefined) throw error
      throw usageError(`--output: ${path} can't be written: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  progress?.say('')
  if (summary !== undefined) await appendSummary(report, verdictView(filePage(options)), summary, io)
  const render = await rendererOf(options.format)
  const page = await pageFor(io.stdout, io, options)
  await io.stdout.send(pieces(() => render(report, verdictView(page))))
  return exitCode(report, options.failOn, options.binding)
}

/** Files that options name to be read. */
function given({ map, waivers, baseline }: AuditOptions): readonly string[] {
  return [map, waivers, baseline].filter(file => file !== undefined)
}

/** Where GitHub shows the files of the repository that a workflow runs on. */
function sourceOf({ env }: Io): { readonly source?: string } {
  const { GITHUB_SERVER_URL: server = 'https://github.com', GITHUB_REPOSITORY: name, GITHUB_SHA: commit } = env
  if (name === undefined || name === '' || commit === undefined || commit === '') return {}
  return { source: `${server}/${name}/blob/${commit}/` }
}

/** A report's view on a page, with the options that every command takes. */
export function viewOn(page: Page, options: CommonOptions, zone: Zone, again: readonly string[]): View {
  return { ...page, verbose: options.verbose === true ? 1 : 0, quiet: options.quiet === true, zone, again }
}

/** Warnings to stderr, once, unless quiet. */
export async function printWarnings(warnings: readonly Diagnostic[], options: CommonOptions, io: Io): Promise<void> {
  if (options.quiet === true || warnings.length === 0) return
  const { formatDiagnostics } = await import('../report/diagnostics.ts')
  io.stderr.write(formatDiagnostics(warnings, await pageFor(io.stderr, io, options)))
}

/** What a renderer gives, in pieces; remembers what broke it, so that it is not taken for a failure to write. */
function pieces(rendered: () => string | Iterable<string>): Iterable<string> & { readonly fault?: unknown } {
  const out: Iterable<string> & { fault?: unknown } = {
    *[Symbol.iterator]() {
      try {
        const text = rendered()
        yield* typeof text === 'string' ? [text] : text
      } catch (error) {
        out.fault = error
        throw error
      }
    },
  }
  return out
}

async function rendererOf(format: string) {
  const found = formats[format]
  if (found === undefined) throw usageError(`unknown format "${format}"`)
  return found.load()
}
