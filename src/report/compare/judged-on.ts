import type { Comparison, HistoryInput, ReplayedHistory } from '../../model/comparison.ts'
import { labelsOf } from '../../model/labels.ts'
import { grouped } from '../quantities.ts'
import type { View } from '../view.ts'
import { asOfIn, instantIn } from './when.ts'

/**
 * What history was judged, in one line, and that it was without the dates of contracts: `2026-01..2026-07, as of the end
 * of 2026-07-31; 3 files, 124 rows`. Blank where there is none.
 */
export function judgedOnText(comparison: Comparison, view: View): string {
  const { history, contracts } = comparison
  if (history === undefined) return ''
  const { inputs, asOf } = history
  const files = `${grouped(inputs.length)} ${inputs.length === 1 ? 'file' : 'files'}`
  const rows = rowsText(inputs.reduce((sum, one) => sum + one.rows, 0))
  const dated = contracts.some(({ term }) => term !== undefined)
  const ignored = dated ? '; dates of contracts are ignored, each is taken as in force throughout' : ''
  return `${periodsText(comparison, history, view)}, as of ${asOfIn(view.zone, asOf)}; ${files}, ${rows}${ignored}`
}

/** `outages.csv, 12 rows, sha256 0f3a…`: the first twelve digits of the digest, or all of them. */
export function inputText({ file, rows, sha256 }: HistoryInput, whole: boolean): string {
  return `${file}, ${rowsText(rows)}, sha256 ${whole ? sha256 : sha256.slice(0, 12)}`
}

/** `1,204 rows`. */
export function rowsText(rows: number): string {
  return `${grouped(rows)} ${rows === 1 ? 'row' : 'rows'}`
}

/** Once where it is the same for all, else for whom it is which. */
function periodsText({ contracts }: Comparison, { periods }: ReplayedHistory, { zone }: View): string {
  const labels = labelsOf(contracts)
  const by = new Map<string, string[]>()
  for (const [at, period] of periods.entries()) {
    if (period === undefined) continue
    const { stated, text, start, end } = period
    const said = stated ? text : `${text} (${instantIn(zone, start)} to ${instantIn(zone, end)})`
    by.set(said, [...(by.get(said) ?? []), labels[at] ?? ''])
  }
  if (by.size === 0) return 'nothing judged'
  if (by.size > 1) return [...by].map(([said, names]) => `${said} (${names.join(', ')})`).join(', ')
  const zones = new Set(contracts.filter((_, at) => periods[at] !== undefined).map(({ timezone }) => timezone))
  const stated = periods.some(period => period?.stated === true)
  return `${[...by.keys()].join('')}${zones.size > 1 && stated ? ' in the time zone of each' : ''}`
}
