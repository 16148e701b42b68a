import type { Interval } from '../../../model/interval.ts'
import { DAY } from '../../../time/civil.ts'
import type { Clock } from '../../../time/clock.ts'
import { subtract } from '../../../time/interval.ts'
import type { Candidate } from '../../rule.ts'
import type { Reading } from './promise.ts'
import { lifeOf, ordinaryOpening, type Scene } from './scene.ts'
import type { Event } from './tickets.ts'

/**
 * Logs of a ticket that only moves while one side's clock runs and the other's is closed: it pauses, or is taken for
 * resolved, whenever the other would count.
 */
export function* standingLogs(scene: Scene): Iterable<Candidate> {
  const { a, b, base, other, own, their } = scene
  const states = [base, other].map(({ clause }) => clause.body['paused-in'] ?? [])
  const shared = states[0]?.find(state => states[1]?.includes(state))
  const back =
    ['open', 'in-progress', 'working'].find(state => states.every(list => !list.includes(state))) ?? 'taken-up'
  const resolves =
    own.word === 'resolve' &&
    their.word === 'resolve' &&
    [base, other].every(({ clause }) => (clause.body['on-reopen'] ?? 'continue') === 'continue')
  if (shared === undefined && !resolves) return
  const still: Halt =
    shared === undefined
      ? { stop: at => ({ at, change: 'resolved' }), go: at => ({ at, change: 'reopened' }) }
      : { stop: at => ({ at, change: 'status', value: shared }), go: at => ({ at, change: 'status', value: back }) }
  for (const [counts, rests] of [
    [a, b],
    [b, a],
  ] as const) {
    const pieces = piecesOf(scene, counts, rests)
    const [first] = pieces
    const last = pieces.at(-1)
    if (first === undefined || last === undefined) continue
    const events = pieces.slice(1).flatMap((piece, i) => {
      const before = pieces[i]
      return before === undefined ? [] : [still.stop(before.end), still.go(piece.start)]
    })
    const life = lifeOf(scene, first.start, last.end)
    const [owner, closed] = counts === a ? [base, other] : [other, base]
    yield scene.log(
      [{ ...life, events: [...life.events, ...events] }],
      `A ticket ${shared === undefined ? 'is resolved and reopened' : `waits (${shared})`} so that time passes in the hours of ${owner.label} only, outside those of ${closed.label}.`,
    )
  }
}

interface Halt {
  readonly stop: (at: number) => Event
  readonly go: (at: number) => Event
}

/** Stretches in which one clock counts and the other doesn't, until the one's allowance is used up and more. */
function piecesOf(scene: Scene, counts: Reading, rests: Reading): readonly Interval[] {
  const start = ordinaryOpening(scene) - 12 * 3_600_000
  const [clock, other] = [clockOf(counts, start), clockOf(rests, start)]
  if (clock === undefined || other === undefined || clock === other) return []
  const until = start + 150 * DAY
  const only = subtract(clock.open(start, until), other.open(start, until))
  const out: Interval[] = []
  let sum = 0
  const allowed = counts.at(only[0]?.start ?? start)?.ms ?? 0
  for (const piece of only) {
    out.push(piece)
    sum += piece.end - piece.start
    if (sum > allowed) return out
    if (out.length >= MOST) break
  }
  return []
}

const MOST = 60

function clockOf(reading: Reading, at: number): Clock | undefined {
  return reading.at(at)?.clock
}
