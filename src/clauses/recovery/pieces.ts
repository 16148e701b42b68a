import type { Interval } from '../../model/interval.ts'
import { firstEndingAfter, type Intervals } from '../../time/interval.ts'

/** While `at` lasts one can go back to `point`; epoch ms. */
export interface Piece {
  readonly point: number
  readonly at: Interval
}

/** Pieces by point that tell how far one could go back. */
export interface Pieces {
  /** The newest point that could be gone back to just before an instant. */
  newestBefore(at: number): number | undefined
  /** The longest distance between an instant of the stretches and the newest point then; undefined: none at times. */
  longest(within: Intervals): number | undefined
}

/** The newest point from after `start` to `end`; neighbours follow one another without a gap. */
interface Turn extends Interval {
  readonly point: number | undefined
}

export function makePieces(list: Iterable<Piece>): Pieces {
  const turns = turnsOf([...list].filter(({ at }) => at.start < at.end))

  function newestBefore(t: number): number | undefined {
    const turn = turns[firstEndingAfter(turns, t - 1)]
    return turn === undefined || turn.start >= t ? undefined : turn.point
  }

  function longest(within: Intervals): number | undefined {
    let most: number | undefined
    for (const { start, end } of within) {
      // The distance only grows until another point can be gone back to, or one no more.
      let from = start
      for (let i = firstEndingAfter(turns, start); from < end; i++) {
        const turn = turns[i]
        if (turn?.point === undefined || turn.start > from) return undefined
        from = Math.min(turn.end, end)
        most = Math.max(most ?? 0, from - turn.point)
      }
    }
    return most
  }

  return { newestBefore, longest }
}

/** One pass over all instants at which a piece begins or ends, with those that last at hand, the newest on top. */
function turnsOf(pieces: readonly Piece[]): readonly Turn[] {
  const byStart = [...pieces].sort((a, b) => a.at.start - b.at.start)
  const edges = [...new Set(pieces.flatMap(({ at }) => [at.start, at.end]))].sort((a, b) => a - b)
  const lasting: Piece[] = []
  const turns: Turn[] = []
  let next = 0
  for (const [i, start] of edges.entries()) {
    const end = edges[i + 1]
    if (end === undefined) break
    for (let piece = byStart[next]; piece !== undefined && piece.at.start <= start; piece = byStart[++next]) {
      push(lasting, piece)
    }
    while ((lasting[0]?.at.end ?? end) <= start) pop(lasting)
    turns.push({ start, end, point: lasting[0]?.point })
  }
  return turns
}

/** Adds to a heap with the newest point on top. */
function push(heap: Piece[], piece: Piece): void {
  let at = heap.length
  while (at > 0) {
    const above = (at - 1) >>> 1
    const parent = heap[above]
    if (parent === undefined || parent.point >= piece.point) break
    heap[at] = parent
    at = above
  }
  heap[at] = piece
}

/** Takes the top off a heap. */
function pop(heap: Piece[]): void {
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return
  let at = 0
  for (;;) {
    const left = 2 * at + 1
    const [a, b] = [heap[left], heap[left + 1]]
    const child = b !== undefined && a !== undefined && b.point > a.point ? b : a
    if (child === undefined || child.point <= last.point) break
    heap[at] = child
    at = child === b ? left + 1 : left
  }
  heap[at] = last
}
