import type { Outline } from '../../model/finding.ts'
import type { ClauseReport } from '../../model/report.ts'
import { findingState, type State, states } from '../states.ts'
import { decides, type View } from '../view.ts'

/** What is shown of a clause: `order` gives for each finding its group, `detailed` those shown in full. */
export interface Choice {
  readonly clause: ClauseReport
  readonly order: Uint8Array
  readonly detailed: ReadonlySet<number>
  /** How many findings of each group are listed; the rest is only counted. */
  readonly listed: readonly number[]
  /** How many of each group there are. */
  readonly counts: readonly number[]
  /** So many are listed over all clauses that each has to be told in few words. */
  readonly brief: boolean
}

/** Findings that are told together: breaches that are in the baseline come after the others. */
export interface Group {
  readonly state: State
  readonly known: boolean
}

/** How many findings are told in full, how many listed, and of many how many bytes their rows may take. */
export interface Limits {
  readonly detailed: number
  readonly listed: number
  readonly bytes: number
}

/** Worst first. */
export const groups: readonly Group[] = states.flatMap((state): readonly Group[] =>
  state === 'breached'
    ? [
        { state, known: false },
        { state, known: true },
      ]
    : [{ state, known: false }],
)

/** Groups that something can be learned of in detail. */
export function isOpen({ state }: Group): boolean {
  return state !== 'met' && state !== 'observed' && state !== 'not-applicable'
}

/**
 * The worst findings over all clauses to show in full, and how many to list. Clauses that make the verdict come first,
 * then the worse group, then what is furthest over. Keeps a byte for each finding. `rowBytes`: of one row, about.
 */
export function chooseFindings(
  clauses: readonly ClauseReport[],
  limits: Limits,
  view: View,
  rowBytes: (clause: ClauseReport) => number,
): readonly Choice[] {
  const brief = Math.min(total(clauses), limits.listed) > MANY
  const sizes = clauses.map(clause => (brief ? rowBytes(clause) : 0))
  const walks = clauses.map(clause => walk(clause, limits.detailed))
  const candidates = walks.flatMap(({ clause, worst }, place) =>
    worst.map(one => ({ ...one, place, rank: decides(clause.binding, view) ? 0 : 1 })),
  )
  const chosen = candidates
    .sort((a, b) => a.rank - b.rank || compare(a, b) || a.place - b.place || a.index - b.index)
    .slice(0, limits.detailed)
  const detailed = clauses.map(() => new Set<number>())
  for (const { place, index } of chosen) detailed[place]?.add(index)
  const listed = clauses.map(() => groups.map(() => 0))
  let left = limits.listed
  let bytes = limits.bytes
  for (const group of groups.keys()) {
    for (const [place, { counts }] of walks.entries()) {
      const size = sizes[place] ?? 0
      const room = size > 0 ? Math.min(left, Math.floor(bytes / size)) : left
      const take = Math.min(counts[group] ?? 0, room)
      const own = listed[place]
      if (own !== undefined) own[group] = take
      left -= take
      bytes -= take * size
    }
  }
  return walks.map(({ clause, order, counts }, place) => ({
    clause,
    order,
    counts,
    brief,
    detailed: detailed[place] ?? new Set(),
    listed: listed[place] ?? [],
  }))
}

/** Places of the findings of a group in the list of their clause, in its order. */
export function* placesOf(order: Uint8Array, group: number): Iterable<number> {
  for (let i = order.indexOf(group); i >= 0; i = order.indexOf(group, i + 1)) yield i
}

const MANY = 5000

function total(clauses: readonly ClauseReport[]): number {
  return clauses.reduce((sum, { findings }) => sum + findings.length, 0)
}

interface Candidate {
  readonly index: number
  readonly group: number
  /** Time left before the promise breaks, in ms; 0 where it has none. */
  readonly left: number
}

function walk(clause: ClauseReport, most: number) {
  const { findings } = clause
  const order = new Uint8Array(findings.length)
  const counts = groups.map(() => 0)
  const worst: Candidate[] = []
  let index = 0
  for (const outline of findings.outlines?.() ?? findings) {
    const group = groupOf(outline)
    const { margin } = outline
    order[index] = group
    counts[group] = (counts[group] ?? 0) + 1
    const candidate: Candidate = { index, group, left: margin?.unit === 'ms' ? margin.value : 0 }
    if (isOpenAt(group)) insert(worst, candidate, most)
    index++
  }
  return { clause, order, counts, worst }
}

function isOpenAt(index: number): boolean {
  const group = groups[index]
  return group !== undefined && isOpen(group)
}

/** Keeps the list sorted and no longer than `most`; of equals the first stays first. */
function insert(worst: Candidate[], candidate: Candidate, most: number): void {
  const last = worst[most - 1]
  if (last !== undefined && compare(last, candidate) <= 0) return
  let place = worst.length
  while (place > 0 && compare(worst[place - 1] ?? candidate, candidate) > 0) place--
  worst.splice(place, 0, candidate)
  if (worst.length > most) worst.pop()
}

function compare(a: Candidate, b: Candidate): number {
  return a.group - b.group || a.left - b.left
}

function groupOf(outline: Outline): number {
  const state = findingState(outline)
  const known = state === 'breached' && outline.known === true
  return groups.findIndex(group => group.state === state && group.known === known)
}
