import type { Finding } from '../../../model/finding.ts'
import type { ClauseReport, Report } from '../../../model/report.ts'
import { grouped } from '../../quantities.ts'
import { findingState, states } from '../../states.ts'
import type { View } from '../../view.ts'
import type { Chart } from '../chart.ts'
import { type Burn, burnDown, burnOf } from './burn-down.ts'
import { deadlinesOf } from './deadline-figures.ts'
import { deadlineBars, deadlineHistogram } from './deadlines.ts'
import { anchorOf, short } from './frame.ts'
import { strip } from './strip.ts'
import { type KeptPart, keptFigures, keptPart, uptimeFigures } from './strip-figures.ts'
import { windowName } from './window-name.ts'

/** The charts of a clause as a whole. What is left out of them is said in the description of the last. */
export function clauseCharts(report: Report, clause: ClauseReport, view: View): readonly Chart[] {
  switch (clause.kind) {
    case 'availability':
      return uptimeCharts(report, clause, view)
    case 'support':
    case 'vulnerability':
    case 'recovery':
      return deadlineCharts(clause)
    case 'backup':
    case 'control':
      return keptCharts(report, clause, view)
    default:
      return []
  }
}

/** So many strips, and so many burn-downs, a clause. */
const MOST = 12
const MOST_BARS = 40
const UP = { kept: 'up', over: 'down', blank: 'not in service', excludes: true } as const
const KEPT = { kept: 'kept', over: 'missed', blank: 'not owed', excludes: false } as const

/** A strip for each service, then a burn-down for each window in which something was used, worst first. */
function uptimeCharts(report: Report, clause: ClauseReport, { zone }: View): readonly Chart[] {
  const subjects = new Map<string, Finding[]>()
  for (const finding of clause.findings) {
    const list = subjects.get(finding.subject)
    if (list === undefined) subjects.set(finding.subject, [finding])
    else list.push(finding)
  }
  const strips: Chart[] = []
  let left = 0
  for (const [subject, findings] of subjects) {
    const figures = uptimeFigures(findings, clause, report.asOf)
    if (figures === undefined) continue
    if (strips.length === MOST) {
      left++
      continue
    }
    const id = `chart-${anchorOf(clause.id)}-days-${strips.length + 1}`
    const words = { id, title: `${short(subject || clause.id, 60)}: uptime`, ...UP }
    strips.push(strip(figures, words, zone, report.asOf))
  }
  return [...noted(strips, left, 'service'), ...burnDowns(report, clause, { zone }, subjects.size > 1)]
}

function burnDowns(
  report: Report,
  clause: ClauseReport,
  { zone }: Pick<View, 'zone'>,
  several: boolean,
): readonly Chart[] {
  const windows: { readonly finding: Finding; readonly burn: Burn }[] = []
  for (const finding of clause.findings) {
    if (finding.status === 'not-applicable') continue
    const burn = burnOf(finding, report.asOf)
    if (burn !== undefined && burn.down > 0) windows.push({ finding, burn })
  }
  const rank = (finding: Finding): number => states.indexOf(findingState(finding))
  const worst = [...windows].sort(
    (a, b) => rank(a.finding) - rank(b.finding) || a.burn.allowance - a.burn.down - (b.burn.allowance - b.burn.down),
  )
  const drawn = worst.slice(0, MOST)
  const charts = drawn.map(({ finding, burn }, index) => {
    const name = [several ? short(finding.subject, 40) : '', windowName(finding.window, zone)]
      .filter(Boolean)
      .join(', ')
    return burnDown(finding, burn, `chart-${anchorOf(clause.id)}-left-${index + 1}`, name, zone)
  })
  return noted(charts, windows.length - drawn.length, 'window')
}

function deadlineCharts(clause: ClauseReport): readonly Chart[] {
  const deadlines = deadlinesOf(clause.findings, MOST_BARS)
  if (deadlines.all === 0) return []
  const id = `chart-${anchorOf(clause.id)}-due`
  const bars = deadlineBars(deadlines, id, clause.id)
  return deadlines.all > deadlines.worst.length ? [deadlineHistogram(deadlines, `${id}-all`, clause.id), bars] : [bars]
}

/** A strip for each promise that something was missed of or is not known, where findings tell time. */
function keptCharts(report: Report, clause: ClauseReport, { zone }: View): readonly Chart[] {
  const groups = new Map<string, { readonly name: string; readonly parts: KeptPart[] }>()
  for (const finding of clause.findings) {
    const { promise = '', subject, details } = finding
    if (!STRETCHED.has(promise) || finding.status === 'not-applicable') continue
    const name = [subject, promise, details?.rule].filter(Boolean).join(' · ')
    const key = JSON.stringify([subject, promise, details?.slot ?? ''])
    const group = groups.get(key) ?? { name, parts: [] }
    groups.set(key, group)
    group.parts.push(keptPart(finding))
  }
  const charts: Chart[] = []
  let left = 0
  for (const { name, parts } of groups.values()) {
    if (parts.every(({ missed, unknown }) => missed.length + unknown.length === 0)) continue
    const figures = keptFigures(parts, report.asOf)
    if (figures === undefined) continue
    if (charts.length === MOST) {
      left++
      continue
    }
    const id = `chart-${anchorOf(clause.id)}-kept-${charts.length + 1}`
    charts.push(strip(figures, { id, title: short(name, 80), ...KEPT }, zone, report.asOf))
  }
  return noted(charts, left, 'promise')
}

/** Promises whose findings are stretches of time in which they were kept or not. */
const STRETCHED: ReadonlySet<string> = new Set(['schedule', 'every', 'max-age', 'valid-for'])

function noted(charts: readonly Chart[], left: number, noun: string): readonly Chart[] {
  const last = charts[charts.length - 1]
  if (left === 0 || last === undefined) return charts
  const more = `${grouped(left)} more ${noun}${left === 1 ? ' is' : 's are'} not drawn; the table of findings has them all.`
  return [...charts.slice(0, -1), { ...last, description: `${last.description} ${more}` }]
}
