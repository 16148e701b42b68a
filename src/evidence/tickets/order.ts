import type { Moment } from '../../model/interval.ts'
import { CHANGE_WORDS, type ChangeWord, type TicketChange } from '../records.ts'

/**
 * By time, then in the order of a life, then as given. Nothing happens before the opening. What states tell of one
 * instant keeps the order of the states, after what other rows tell of it.
 */
export function inOrderOfLife(
  list: readonly TicketChange[],
  opened: Moment | undefined,
  states: readonly TicketChange[],
): readonly TicketChange[] {
  const from = opened?.earliest ?? Number.NEGATIVE_INFINITY
  if (states.length === 0) return untied(inTurn(list, from, compareChanges))
  const told = new Set(states)
  const others = untied(
    inTurn(
      list.filter(one => !told.has(one)),
      from,
      compareChanges,
    ),
  )
  const own = inTurn(
    list.filter(one => told.has(one)),
    from,
    compareTimes,
  )
  const merged: TicketChange[] = []
  let next = 0
  for (const one of own) {
    for (let other = others[next]; other !== undefined && compareTimes(other, one) <= 0; other = others[++next]) {
      merged.push(other)
    }
    merged.push(one)
  }
  return [...merged, ...others.slice(next)]
}

function inTurn(
  list: readonly TicketChange[],
  from: number,
  compare: (a: TicketChange, b: TicketChange) => number,
): readonly TicketChange[] {
  const early = list.some(({ at }) => at.earliest < from)
  const moved = early
    ? list.map(one => {
        const { at } = one
        return at.earliest < from ? { ...one, at: { earliest: from, latest: Math.max(at.latest, from) } } : one
      })
    : list
  const ordered = moved.every((one, i) => i === 0 || compare(moved[i - 1] as TicketChange, one) <= 0)
  return ordered ? moved : [...moved].sort(compare)
}

function compareTimes(a: TicketChange, b: TicketChange): number {
  return a.at.earliest - b.at.earliest
}

function compareChanges(a: TicketChange, b: TicketChange): number {
  return compareTimes(a, b) || (RANK.get(a.change) ?? 0) - (RANK.get(b.change) ?? 0)
}

/**
 * Of what happened in one instant the order in which every change says something: a ticket that is resolved is reopened
 * before it is resolved again, one that is paused goes on before it pauses again.
 */
function untied(list: readonly TicketChange[]): readonly TicketChange[] {
  if (!list.some((one, i) => i > 0 && isTie(list[i - 1] as TicketChange, one))) return list
  const out: TicketChange[] = []
  let resolved = false
  let held = false
  let at = 0
  while (at < list.length) {
    const group = [list[at] as TicketChange]
    for (let next = list[at + 1]; next !== undefined && isTie(group[0] as TicketChange, next); ) {
      group.push(next)
      next = list[at + group.length]
    }
    at += group.length
    while (group.length > 0) {
      const wanted = resolved ? 'reopened' : held ? 'resumed' : undefined
      const place = wanted === undefined ? 0 : group.findIndex(({ change }) => change === wanted)
      const [next] = group.splice(Math.max(place, 0), 1)
      if (next === undefined) break
      out.push(next)
      if (next.change === 'resolved' || next.change === 'closed') resolved = true
      if (next.change === 'reopened' || next.change === 'resolved') held = false
      if (next.change === 'reopened') resolved = false
      if (next.change === 'paused') held = true
      if (next.change === 'resumed') held = false
    }
  }
  return out
}

function isTie(a: TicketChange, b: TicketChange): boolean {
  return a.at.earliest === b.at.earliest && a.at.latest === a.at.earliest && b.at.latest === b.at.earliest
}

const RANK = new Map<ChangeWord, number>(CHANGE_WORDS.map((word, i) => [word, i]))
