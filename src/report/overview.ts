import type { Finding, Outline } from '../model/finding.ts'
import type { ClauseReport } from '../model/report.ts'
import { attention, clauseState, decidesMore, findingState, isKnown, isMissing, type State, states } from './states.ts'

/** Findings of one status, how many of them are at risk, and how many were known before. */
export interface Count {
  readonly all: number
  readonly atRisk: number
  readonly known: number
}

/** How many findings of a promise are judged, met, and waived. */
export interface Kept {
  readonly judged: number
  readonly kept: number
  readonly waived: number
}

/** What findings are counted by. */
export type Shown = Exclude<State, 'at-risk'>

/** What one walk over the findings of a clause tells of them. */
export interface Overview {
  readonly clause: ClauseReport
  /** By status; what is only observed apart. */
  readonly counts: ReadonlyMap<Shown, Count>
  /** Findings with something to judge or to show, and the first of them. */
  readonly judged: number
  readonly first?: Finding
  /** The finding that decides how the clause is shown: the first of those with the least left in its state. */
  readonly worst?: Finding
  /** The first finding that had nothing to go by. */
  readonly missing?: Finding
  /** Those at risk with the least left, worst first. */
  readonly risky: readonly Finding[]
  /** Findings to show in detail: how many, and the worst of them, worst first. */
  readonly detailed: number
  readonly blocks: readonly Finding[]
  /** How many of each promise are judged, and kept; only where all are wanted. */
  readonly promises: ReadonlyMap<string, Kept>
  /** Of each finding its place in `states`, in the order of the list; only where all are wanted. */
  readonly ranks?: Uint8Array
}

/**
 * Walks the findings of a clause once and keeps no more of them than will be shown: in detail at most so many, those
 * at risk too if asked for, without `most` every one of whatever state.
 */
export function overviewOf(clause: ClauseReport, most?: number, risky = false): Overview {
  const { findings } = clause
  const counts = new Map<Shown, { all: number; atRisk: number; known: number }>()
  const clauseIs = clauseState(clause)
  const ranks = most === undefined ? new Uint8Array(findings.length) : undefined
  const blocks: { readonly index: number; readonly asks: number }[] = []
  const risks: { readonly index: number; readonly outline: Outline }[] = []
  let worst: { readonly index: number; readonly outline: Outline } | undefined
  let [first, missing, judged, detailed] = [-1, -1, 0, 0]
  let index = 0
  const promises = new Map<string, { judged: number; kept: number; waived: number }>()
  // Outlines don't tell promises; where all are wanted each finding is made anyway.
  const walk: Iterable<Outline & Pick<Finding, 'promise'>> =
    (most === undefined ? undefined : findings.outlines?.()) ?? findings
  for (const outline of walk) {
    const state = findingState(outline)
    const rank = states.indexOf(state)
    const shown = state === 'at-risk' ? outline.status : state
    const count = counts.get(shown) ?? { all: 0, atRisk: 0, known: 0 }
    counts.set(shown, count)
    count.all++
    if (state === 'at-risk') {
      count.atRisk++
      let place = risks.length
      while (place > 0 && isNearer(outline, risks[place - 1]?.outline)) place--
      if (place < SHOWN_RISKS) risks.splice(place, 0, { index, outline })
      if (risks.length > SHOWN_RISKS) risks.pop()
    }
    if (isKnown(outline)) count.known++
    if (ranks !== undefined) ranks[index] = rank
    if (state !== 'not-applicable' && judged++ === 0) first = index
    if (state !== 'not-applicable' && outline.promise !== undefined && most === undefined) {
      const own = promises.get(outline.promise) ?? { judged: 0, kept: 0, waived: 0 }
      promises.set(outline.promise, own)
      own.judged++
      if (outline.status === 'met') own.kept++
      if (outline.status === 'waived') own.waived++
    }
    if (worst === undefined || decidesMore(outline, worst.outline, clauseIs)) worst = { index, outline }
    if (missing < 0 && isMissing(outline)) missing = index
    if (most !== undefined && isDetailed(outline, clause, risky)) {
      detailed++
      // In order of attention, then of the list; nothing kept beyond the last that will be shown.
      const asks = attention(outline)
      let place = blocks.length
      while (place > 0 && (blocks[place - 1]?.asks ?? 0) > asks) place--
      if (place < most) blocks.splice(place, 0, { index, asks })
      if (blocks.length > most) blocks.pop()
    }
    index++
  }
  const at = (place: number): Finding | undefined => (place < 0 ? undefined : findings.at(place))
  const named = { first: at(first), worst: at(worst?.index ?? -1), missing: at(missing) }
  return {
    clause,
    counts,
    judged,
    ...(named.first && { first: named.first }),
    ...(named.worst && { worst: named.worst }),
    ...(named.missing && { missing: named.missing }),
    detailed,
    promises,
    risky: risks.flatMap(({ index: place }) => at(place) ?? []),
    blocks: blocks.flatMap(block => at(block.index) ?? []),
    ...(ranks !== undefined && { ranks }),
  }
}

/** How many of those at risk are named. */
export const SHOWN_RISKS = 3

function isNearer(outline: Outline, other: Outline | undefined): boolean {
  return other === undefined || decidesMore(outline, other, 'at-risk')
}

/** What is breached, unverified, pending or, if asked for, at risk, unless the clause's own line says all; what is waived. */
export function isDetailed(outline: Outline, { findings }: ClauseReport, risky: boolean): boolean {
  const { status } = outline
  if (status === 'waived') return true
  const open = status === 'breached' || status === 'unverified' || status === 'pending'
  if (!open && !(risky && findingState(outline) === 'at-risk')) return false
  return findings.length > 1 || hasDetail(findings.at(0))
}

function hasDetail(finding: Finding | undefined): boolean {
  if (finding === undefined) return false
  const { timeline, notes, details, bounds } = finding
  if (isMissing(finding) && timeline.length === 0) return notes.length > 1
  return timeline.length > 0 || notes.length > 0 || (details ?? bounds) !== undefined
}
