import type { Finding } from '../../model/finding.ts'
import { civilDate, dateText, isoWeek, pad2 } from '../../time/civil.ts'
import type { Duration } from '../../time/duration.ts'
import { localDay } from '../../time/local.ts'
import type { Zone } from '../../time/zone.ts'

/** What a gap is called by its start: `2026-W18` where weeks are counted, `2026-05` months, `2026` years, else the date. */
export function gapLabel(zone: Zone, at: number, amount: Duration | undefined): string {
  const day = localDay(zone, at)
  const { year, month } = civilDate(day)
  if (amount?.unit !== 'calendar' || amount.ms !== 0) return dateText(day)
  const { months, days } = amount
  if (months > 0 && days === 0) return months % 12 === 0 ? yearText(year) : `${yearText(year)}-${pad2(month)}`
  if (months > 0 || days === 0 || days % 7 !== 0) return dateText(day)
  const week = isoWeek(day)
  return `${yearText(week.year)}-W${pad2(week.week)}`
}

/** Makes ids that no other finding of the clause has: the second of the same name ends in `~2`. */
export function makeIds(): (id: string) => string {
  const seen = new Map<string, number>()
  return id => {
    const times = (seen.get(id) ?? 0) + 1
    seen.set(id, times)
    return times === 1 ? id : `${id}~${times}`
  }
}

/** The findings with ids that no other has; what is breached keeps its id first. */
export function withOwnIds(findings: Iterable<Finding>): readonly Finding[] {
  const list = [...findings]
  const unique = makeIds()
  const ids = new Map<Finding, string>()
  for (const finding of list) if (finding.status === 'breached') ids.set(finding, unique(finding.id))
  for (const finding of list) if (finding.status !== 'breached') ids.set(finding, unique(finding.id))
  return list.map(finding => ({ ...finding, id: ids.get(finding) ?? finding.id }))
}

function yearText(year: number): string {
  return String(year).padStart(4, '0')
}
