import type { Report } from '../model/report.ts'
import type { Zone } from '../time/zone.ts'
import { instantText } from './instants.ts'
import { shellWord } from './shell.ts'
import { isTermIgnored } from './term-ignored.ts'

/** The arguments that repeat the audit of a report as far as it tells them, each quoted for a shell. */
export function againOf(report: Report, zone: Zone): readonly string[] {
  const { contract, inputs, period, asOf, waivers, baseline } = report
  const words = [contract.file, ...inputs.map(({ file }) => file)]
  if (period.stated) words.push('--period', period.text)
  words.push('--as-of', instantText(zone, asOf))
  if (isTermIgnored(report.warnings)) words.push('--ignore-term')
  if (waivers !== undefined) words.push('--waivers', waivers.file)
  if (baseline !== undefined) words.push('--baseline', baseline.file)
  return words.map(shellWord)
}
