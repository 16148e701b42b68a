import { listOf } from '../clauses/findings.ts'
import type { Finding, Findings, Outline } from '../model/finding.ts'
import type { Upcoming, UpcomingItem } from '../model/report.ts'

/** Gathers what falls due while findings are walked: of each only its place and its due instant are kept. */
export interface UpcomingSearch {
  /** Shows it a finding, with the index of its list and its own in that list. */
  see(finding: Outline, list: number, index: number): void
  of(lists: readonly Findings[]): Upcoming
}

/** Open findings due by `until`, decided or not, and breached ones that still run, both ends included; epoch ms. */
export function searchUpcoming(asOf: number, until: number): UpcomingSearch {
  const places: { list: number[]; index: number[]; due: number[]; over: boolean[] } = {
    list: [],
    index: [],
    due: [],
    over: [],
  }
  return {
    see(finding, list, index) {
      const { status, due, reason, window } = finding
      if (due === undefined) return
      const over = status === 'breached' && reason === 'overdue'
      // What is to be kept until then asks for nothing to be done.
      if (reason === 'owed') return
      // What is not decided may run still, and be due any moment.
      const open = status === 'pending' || (status === 'unverified' && window.end >= asOf)
      if (!over && !(open && due <= until)) return
      places.list.push(list)
      places.index.push(index)
      places.due.push(due)
      places.over.push(over)
    },
    of(lists) {
      const order = Uint32Array.from(places.due, (_, i) => i).sort(
        (a, b) =>
          Number(places.over[b]) - Number(places.over[a]) || (places.due[a] ?? 0) - (places.due[b] ?? 0) || a - b,
      )
      const items = listOf(order.length, (i): UpcomingItem => {
        const place = order[i] ?? -1
        const finding = lists[places.list[place] ?? -1]?.at(places.index[place] ?? -1)
        if (finding === undefined) throw new RangeError(`no finding behind item ${i}`)
        return itemOf(finding, asOf)
      })
      return { until, items }
    },
  }
}

function itemOf(finding: Finding, asOf: number): UpcomingItem {
  const { id, clause, subject, promise, due = asOf, status, reason, margin, details } = finding
  const left = margin?.unit === 'ms' ? margin.value : due - asOf
  return {
    finding: id,
    clause,
    subject,
    ...(promise !== undefined && { promise }),
    ...(typeof details?.priority === 'string' && { priority: details.priority }),
    ...(typeof details?.band === 'string' && { band: details.band }),
    due,
    left_ms: left,
    ...(typeof details?.clock === 'string' && details.clock !== 'always' && { clock: details.clock }),
    status,
    ...(reason === 'paused' && { paused: true as const }),
  }
}
