import type { Report } from '../model/report.ts'
import { dateText } from '../time/civil.ts'
import { localDay } from '../time/local.ts'
import { inputLines } from './inputs.ts'
import { asOfText } from './instants.ts'
import { paragraph, sides } from './layout.ts'
import { clean, cutStart } from './printable.ts'
import { grouped } from './quantities.ts'
import { termIgnored } from './term-ignored.ts'
import { symbols, type View } from './view.ts'

/** What was audited: contract, period, zone, as-of instant and files. */
export function headLines(report: Report, view: View): string[] {
  const { contract, period, inputs } = report
  const { dot } = symbols(view)
  const name = [contract.title ?? contract.id, contract.version].filter(Boolean).join(' ')
  const days = [period.start, period.end - 1].map(at => dateText(localDay(view.zone, at)))
  const over = `${period.stated ? period.text : `${days.join(' to ')}, ${period.text}`}${termIgnored(report)}`
  const files = `${inputs.length} evidence ${inputs.length === 1 ? 'file' : 'files'}`
  const rows = inputs.reduce((sum, input) => sum + input.counts.reduce((all, count) => all + count.rows, 0), 0)
  const file = cutStart(clean(contract.file, view), Math.floor(view.width / 2), view)
  const lines = [
    ...sides(
      { text: clean(name, view), paint: text => view.colour.bold(text) },
      { text: clean(`${over} · ${contract.timezone}`, view) },
      view.width,
    ),
    ...sides(
      { text: `${file} ${dot} ${files} ${dot} ${grouped(rows)} ${rows === 1 ? 'row' : 'rows'}` },
      { text: `as of ${asOfText(view.zone, report.asOf)}` },
      view.width,
    ),
    ...inputLines(inputs, view),
  ]
  if (view.verbose > 0) {
    const dim = (text: string): string => view.colour.dim(text)
    lines.push(`  ${file}`)
    for (const text of [`contract ${contract.id}, read by sla ${report.tool.version}`, `sha256 ${contract.sha256}`]) {
      lines.push(...paragraph({ text: clean(text, view), paint: dim }, { width: view.width, indent: 4 }))
    }
    for (const [file, what] of passFiles(report)) {
      lines.push(`  ${cutStart(clean(file.file, view), view.width - 2, view)}`)
      const text = `${what}, sha256 ${file.sha256}`
      lines.push(...paragraph({ text: clean(text, view), paint: dim }, { width: view.width, indent: 4 }))
    }
  }
  return lines
}

/** What decides beside contract and evidence which breaches count. */
function passFiles({ waivers, baseline }: Report) {
  const files: (readonly [file: { readonly file: string; readonly sha256: string }, what: string])[] = []
  if (waivers !== undefined) files.push([waivers, 'waivers'])
  if (baseline !== undefined) files.push([baseline, `baseline, ${baseline.period.text}`])
  return files
}
