import type { Finding } from '../../model/finding.ts'
import { compareRatios } from './ratios.ts'

/** Neighbouring rolling windows with the same verdict as one finding: the worst is shown, the others are counted. */
export function joinNeighbours(findings: readonly Finding[]): Finding[] {
  const out: Finding[] = []
  let group: Finding[] = []
  const flush = (): void => {
    const joined = join(group)
    if (joined !== undefined) out.push(joined)
    group = []
  }
  for (const finding of findings) {
    if (group.length > 0 && group[0]?.status !== finding.status) flush()
    group.push(finding)
  }
  flush()
  return out
}

function join(group: readonly Finding[]): Finding | undefined {
  const [first] = group
  const last = group[group.length - 1]
  if (first === undefined || last === undefined || group.length === 1) return first
  const worst = group.reduce((a, b) => (compareRatios(b.observed, a.observed) < 0 ? b : a))
  const note = `${group.length} neighbouring windows, ${first.id} to ${last.id}; the worst is ${worst.id}`
  return {
    ...worst,
    id: first.id,
    ...(group.some(({ atRisk }) => atRisk) && { atRisk: true as const }),
    notes: [...worst.notes, note],
    details: { ...worst.details, windows: group.length, worst: worst.id },
  }
}
