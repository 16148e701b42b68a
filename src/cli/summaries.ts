import type { Report } from '../model/report.ts'
import type { View } from '../report/view.ts'
import type { Io } from './io.ts'
import type { AuditOptions } from './options.ts'
import { directoryOf, type Target } from './targets.ts'
import { usageError } from './usage.ts'

type SummaryOptions = Pick<AuditOptions, 'summary' | 'format'> & {
  readonly outputs: readonly { readonly format: string }[]
}

/**
 * The file that a Markdown summary is appended to, with what names it: that of `--summary`, else, where annotations for
 * GitHub are written, the one that the running step has. Throws a usage error if it can't be written.
 */
export async function checkSummary(options: SummaryOptions, io: Io): Promise<Target | undefined> {
  const target = summaryTarget(options, io)
  if (target === undefined) return undefined
  const { option, path } = target
  const there = await io.kindOf(path)
  if (there === 'directory') throw usageError(`${option}: ${path} is a directory`)
  if (there === undefined) await directoryOf(target, io)
  return target
}

function summaryTarget({ summary, format, outputs }: SummaryOptions, { env }: Io): Target | undefined {
  if (summary !== undefined) return summary === '' ? undefined : { option: '--summary', path: summary }
  if (format !== 'github' && outputs.every(output => output.format !== 'github')) return undefined
  const path = env.GITHUB_STEP_SUMMARY ?? ''
  return path === '' ? undefined : { option: 'GITHUB_STEP_SUMMARY', path }
}

/** Appends the Markdown summary to its file. Throws a usage error when that can't be written. */
export async function appendSummary(report: Report, view: View, { option, path }: Target, io: Io): Promise<void> {
  const { renderSummary } = await import('../report/summary.ts')
  const text = await io.breakable(() => renderSummary(report, view))
  try {
    await io.append(path, text)
  } catch (error) {
    throw usageError(`${option}: ${path} can't be written: ${error instanceof Error ? error.message : String(error)}`)
  }
}
