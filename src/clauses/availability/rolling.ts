import { merge } from '../../time/interval.ts'
import type { Judged } from './judge-window.ts'
import { compareRatios } from './ratios.ts'

/**
 * Neighbouring rolling windows with the same verdict as one finding: the worst is shown, the others are counted; what is
 * over the allowance of any of them is breached.
 */
export function joinNeighbours(judged: readonly Judged[]): Judged[] {
  const groups: Judged[][] = []
  for (const one of judged) {
    const group = groups[groups.length - 1]
    if (group?.[0]?.finding.status === one.finding.status) group.push(one)
    else groups.push([one])
  }
  return groups.flatMap(join)
}

function join(group: readonly Judged[]): readonly Judged[] {
  const [first] = group
  const last = group[group.length - 1]
  if (first === undefined || last === undefined || group.length === 1) return group
  const worst = group.reduce((a, b) => (compareRatios(b.finding.observed, a.finding.observed) < 0 ? b : a))
  const { id } = worst.finding
  const note = `${group.length} neighbouring windows, ${first.finding.id} to ${last.finding.id}; the worst is ${id}`
  const breached = merge(group.flatMap(one => one.finding.breached ?? []))
  const finding = {
    ...worst.finding,
    id: first.finding.id,
    ...(breached.length > 0 && { breached }),
    ...(group.some(one => one.finding.atRisk) && { atRisk: true as const }),
    notes: [...worst.finding.notes, note],
    details: { ...worst.finding.details, windows: group.length, worst: id },
  }
  return [{ finding, finish: () => ({ ...worst.finish(), ...finding }) }]
}
