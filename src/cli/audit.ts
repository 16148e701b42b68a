import type { Diagnostic } from '../model/diagnostic.ts'
import { formats } from '../report/index.ts'
import type { Page, View } from '../report/view.ts'
import type { Zone } from '../time/zone.ts'
import { againArguments } from './again.ts'
import { exitCode } from './exit-codes.ts'
import type { Io } from './io.ts'
import type { AuditOptions, CommonOptions } from './options.ts'
import { checkOutputs } from './outputs.ts'
import { filePage, pageFor } from './pages.ts'
import { runAudit } from './pipeline.ts'
import { usageError } from './usage.ts'

/** `sla audit`: the report to stdout and to files, warnings to stderr; returns the exit code. */
export async function audit(
  contract: string,
  evidence: readonly string[],
  options: AuditOptions,
  io: Io,
): Promise<number> {
  const outputs = await checkOutputs(options.output ?? [], io)
  const { report, zone } = await runAudit(contract, evidence, options, io)
  await printWarnings(report.warnings, options, io)
  const again = againArguments(contract, evidence, options)
  const verdictView = (page: Page): View => ({
    ...viewOn(page, options, zone, again),
    bindings: options.binding,
    risk: options.risk,
    risky: options.failOn.includes('at-risk'),
  })
  for (const { format, path } of outputs) {
    const render = await rendererOf(format)
    const text = pieces(render(report, verdictView(filePage(options))))
    try {
      await io.writeWhole(path, text)
    } catch (error) {
      if (text.fault !== undefined) throw error
      throw usageError(`--output: ${path} can't be written: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const render = await rendererOf(options.format)
  const page = await pageFor(io.stdout, io, options)
  await io.stdout.send(pieces(render(report, verdictView(page))))
  return exitCode(report, options.failOn, options.binding)
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
function pieces(text: string | Iterable<string>): Iterable<string> & { readonly fault?: unknown } {
  const all = typeof text === 'string' ? [text] : text
  const out: Iterable<string> & { fault?: unknown } = {
    *[Symbol.iterator]() {
      try {
        yield* all
      } catch (error) {
        out.fault = error
        throw error
      }
    },
  }
  return out
}

async function rendererOf(format: string) {
  const load = formats[format]
  if (load === undefined) throw usageError(`unknown format "${format}"`)
  return load()
}
