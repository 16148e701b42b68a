import { DAY, HOUR } from '../../../time/civil.ts'
import type { Candidate } from '../../rule.ts'
import { lateStop, lifeOf, ordinaryOpening, type Scene } from './scene.ts'
import type { Share } from './share.ts'
import type { Story } from './tickets.ts'

/** Logs of many tickets, where a share or a mean of them is judged. */
export function* shareLogs(scene: Scene): Iterable<Candidate> {
  const { base, other, own, their } = scene
  const bodies = [base.clause.body, other.clause.body]
  const mean = own.priority === undefined || their.priority === undefined
  const shares = mean ? [] : bodies.flatMap(({ attainment }) => attainment ?? [])
  if (shares.length === 0 && !mean) return
  const at = ordinaryOpening(scene)
  const late = lifeOf(scene, at, lateStop(scene, at))
  for (const [tickets, lates] of mean ? ([[4, 1]] as const) : mixesOf(shares)) {
    const stories = Array.from({ length: tickets }, (_, i): Story => {
      return i < lates ? late : lifeOf(scene, at + i, at + i)
    })
    yield scene.log(stories, `Of ${tickets} tickets ${lates === 1 ? 'one is' : `${lates} are`} late.`)
  }
  yield* spread(scene, at, late, shares)
}

/** Numbers of tickets, and of late ones, of which the share is enough for one side and not for the other. */
export function mixesOf(shares: readonly Share[]): readonly (readonly [tickets: number, late: number])[] {
  const needs = [...shares.map(({ value }) => value), ...(shares.length === 1 ? [{ part: 1, of: 1 }] : [])]
  const met = (tickets: number, late: number, { part, of }: { readonly part: number; readonly of: number }) =>
    BigInt(tickets - late) * BigInt(of) >= BigInt(part) * BigInt(tickets)
  for (let tickets = 1; tickets <= MOST; tickets++) {
    for (const { part, of } of needs) {
      const late = Number((BigInt(tickets) * BigInt(of - part)) / BigInt(of))
      const verdicts = needs.map(need => met(tickets, late, need))
      if (late > 0 && verdicts.includes(true) && verdicts.includes(false)) return [[tickets, late]]
    }
  }
  return []
}

const MOST = 2000

/** One late ticket alone in its month, the others months later: for windows that differ. */
function* spread(scene: Scene, at: number, late: Story, shares: readonly Share[]): Iterable<Candidate> {
  const mean = shares.length === 0
  if (shares.length === 1) return
  const needed = shares.map(({ value: { part, of } }) => (part < of ? Math.ceil(of / (of - part)) : 1))
  // Enough to bring a mean down as well.
  const tickets = mean ? 20 : Math.max(...needed)
  if (tickets > MOST) return
  for (const days of [1, 31, -31, 61, 122]) {
    const others = Array.from({ length: tickets }, (_, i) =>
      lifeOf(scene, at + days * DAY + i * HOUR, at + days * DAY + i * HOUR),
    )
    yield scene.log(
      [late, ...others],
      `One ticket is late, ${tickets} others ${Math.abs(days)} days ${days < 0 ? 'earlier' : 'later'} are not.`,
    )
  }
}
