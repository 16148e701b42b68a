import type { Copy } from '../../evidence/backups/records.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { Findings, Origin } from '../../model/finding.ts'
import { DAY, dateText } from '../../time/civil.ts'
import { addDuration } from '../../time/duration.ts'
import { localDay, toInstant } from '../../time/local.ts'
import { formatInstant } from '../../time/stamp.ts'
import type { Context } from '../judge.ts'
import type { Plan } from './plan.ts'
import type { Series } from './series.ts'

/** What is doubtful about the evidence of backups, and hours that a clock change takes away or shows twice. */
export function backupWarnings(plan: Plan, series: readonly Series[], findings: Findings): readonly Diagnostic[] {
  return [
    ...undeclaredLog(plan),
    ...endedLogs(plan, series),
    ...together(plan, series),
    ...untoldCopies(plan, findings),
    ...neverThere(plan, series, findings),
    ...contradicted(plan, series),
    ...changedHours(plan),
  ]
}

/** Things said once for an audit, whichever clause says them first. */
const SAID = new WeakMap<Context, Map<string, string>>()

/** Whether this clause is the one to say something. */
function isFirst({ context, clause }: Plan, what: string): boolean {
  const said = SAID.get(context) ?? new Map<string, string>()
  SAID.set(context, said)
  if (!said.has(what)) said.set(what, clause.id)
  return said.get(what) === clause.id
}

function undeclaredLog(plan: Plan): readonly Diagnostic[] {
  const { context, rules } = plan
  // Nothing else rests on no backup being missing.
  if (rules.schedule === undefined && rules.points === undefined) return []
  const { loggedFrom } = context.evidence.backups
  if (loggedFrom.size === 0 || context.declared('backup', '') !== undefined || !isFirst(plan, 'undeclared')) return []
  const first = [...loggedFrom.values()].reduce((a, b) => Math.min(a, b))
  return [
    {
      code: 'log-taken-complete',
      severity: 'warning',
      message: `nothing says that the backup log is complete: it is taken so from its first row, ${formatInstant(context.zone, first)}, to ${formatInstant(context.zone, context.asOf)}`,
      hint: 'if it is, say so: a coverage row of type backup, or --assume-complete backup',
    },
  ]
}

const MOST = 8

/** Logs whose last backup is so old that they may have been cut. */
function endedLogs(plan: Plan, series: readonly Series[]): readonly Diagnostic[] {
  const { context, rules } = plan
  const { schedule } = rules
  if (schedule === undefined || context.declared('backup', '') !== undefined) return []
  const end = Math.min(context.asOf, context.period.end)
  return series.flatMap(({ component, made, zone }): readonly Diagnostic[] => {
    const last = made.findLast(({ started, completed }) => started !== undefined || completed != null)
    const at = (last?.started ?? last?.completed)?.latest
    if (at === undefined) return []
    const days = schedule.form === 'per' ? DAYS[schedule.per] : 1
    const due = schedule.form === 'every' ? addDuration(zone, at, schedule.every) : at + days * DAY
    if (due + schedule.tolerance >= end || !isFirst(plan, `ended ${component}`)) return []
    return [
      {
        code: 'log-ends-early',
        severity: 'warning',
        message: `the last backup${component === '' ? '' : ` of ${component}`} started ${formatInstant(zone, at)}; the log is taken as complete to ${formatInstant(zone, end)}`,
        hint: 'if it was cut there, say how far it reaches: a coverage row of type backup',
      },
    ]
  })
}

const DAYS = { day: 2, week: 14, month: 62, quarter: 184, year: 732 } as const

/** Components that are judged as one though the rows tell them apart. */
function together({ clause, rules }: Plan, series: readonly Series[]): readonly Diagnostic[] {
  const { components, schedule, tiers, points, keep } = rules
  const anyDoes = schedule !== undefined || tiers.length > 0 || points !== undefined || (keep && keep.form !== 'for')
  if (components.length > 0 || !anyDoes) return []
  const found = new Set(series.flatMap(({ all }) => all.map(({ backup }) => backup.component)))
  const names = [...found].filter(name => name !== '' && name !== 'all').sort()
  if (names.length < 2) return []
  const shown = `${names.slice(0, MOST).join(', ')}${names.length > MOST ? ' …' : ''}`
  return [
    {
      code: 'components-together',
      severity: 'warning',
      message: `${clause.id}: a backup of any component counts, and the rows are of ${names.length}: ${shown}`,
      hint: `to judge each by itself say of: [${shown}]`,
    },
  ]
}

/** Copies of which the rows need not tell all. */
function untoldCopies(plan: Plan, findings: Findings): readonly Diagnostic[] {
  if (plan.rules.copies === undefined || !isGiven('copies-unknown', findings)) return []
  if (!isFirst(plan, 'copies')) return []
  return [
    {
      code: 'copies-untold',
      severity: 'warning',
      message: `${plan.clause.id}: nothing says that every copy is told, so one that no row tells of may be there`,
      hint: 'if every copy is, say so: a coverage row of type backup-copy, or --assume-complete backup-copy',
    },
  ]
}

/** Backups that never were where they are to be kept, but somewhere else. */
function neverThere({ clause, rules }: Plan, series: readonly Series[], findings: Findings): readonly Diagnostic[] {
  const at = rules.keep?.location
  if (at === undefined || clause.where?.some(({ column }) => column === 'location')) return []
  const places = series.flatMap(({ made }) => made.map(({ backup }) => backup.copies.map(({ location }) => location)))
  const elsewhere = new Set(places.filter(all => !all.includes(at)).flat())
  elsewhere.delete('')
  if (elsewhere.size === 0 || !isGiven('not-there', findings)) return []
  return [
    {
      code: 'never-there',
      severity: 'warning',
      message: `${clause.id}: some backups never were at ${at}, only at ${[...elsewhere].sort().join(', ')}: keep: { at: ${at} } asks for all`,
      hint: `if only those made there are meant, say where: { location: ${at} }`,
    },
  ]
}

function isGiven(reason: string, findings: Findings): boolean {
  for (const finding of findings.outlines?.() ?? findings) if (finding.reason === reason) return true
  return false
}

/** Copies that a listing shows after their deletion. */
function contradicted(plan: Plan, series: readonly Series[]): readonly Diagnostic[] {
  const found = new Map<string, { readonly id: string; readonly copy: Copy; readonly by: Origin }>()
  for (const { backup } of series.flatMap(({ all }) => all)) {
    for (const copy of backup.copies) {
      const { deleted } = copy
      if (deleted == null) continue
      // One that the next listing confirms stands, whatever comes later.
      const next = copy.listed.find(({ last }) => last.earliest > deleted.latest)
      const by = next?.there === true ? next.origins.at(-1) : undefined
      if (by !== undefined) found.set(`${backup.id} ${copy.location}`, { id: backup.id, copy, by })
    }
  }
  const { context } = plan
  const [[key, first] = []] = found
  if (first === undefined || key === undefined || !isFirst(plan, `contradicted ${key}`)) return []
  const { id, copy, by } = first
  const more = found.size === 1 ? '' : `, and ${found.size - 1} more`
  return [
    {
      code: 'deletion-contradicted',
      severity: 'warning',
      message: `${id} is told as deleted at ${placeText(copy.deletedBy ?? copy.origin, context)}, but a later listing shows it: ${placeText(by, context)}${more}`,
      hint: 'the listing holds: the deletion is ignored',
    },
  ]
}

/** Dates of the period on which the hour of `daily-at` is skipped, or there twice. */
function changedHours({ clause, context, rules }: Plan): readonly Diagnostic[] {
  const { schedule } = rules
  if (schedule?.form !== 'at') return []
  const { zone, period, contract } = context
  const first = localDay(zone, Math.max(period.start, contract.term?.start ?? period.start))
  const last = localDay(zone, Math.min(period.end, contract.term?.end ?? period.end) - 1)
  const odd: string[] = []
  for (let day = first; day <= last && odd.length < MOST; day++) {
    const { kind } = toInstant(zone, day * DAY + schedule.at)
    if (kind === 'skipped') odd.push(`${dateText(day)} (skipped)`)
    if (kind === 'ambiguous') odd.push(`${dateText(day)} (twice)`)
  }
  if (odd.length === 0) return []
  return [
    {
      code: 'clock-change-hour',
      severity: 'warning',
      message: `${clause.id}: clocks change at ${schedule.text}: ${odd.join(', ')}`,
      hint: 'a skipped time moves forward; of one that comes twice either counts, up to the tolerance after the second',
    },
  ]
}

function placeText(origin: Origin, { evidence }: Context): string {
  const file = evidence.inputs[origin.input]?.file ?? `input ${origin.input + 1}`
  if (origin.line === 1 && origin.item !== undefined) return `${file} record ${origin.item}`
  if (origin.line !== undefined) return `${file}:${origin.line}`
  return origin.item === undefined ? file : `${file} record ${origin.item}`
}
