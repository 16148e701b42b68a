import type { Origin, Step } from '../../model/finding.ts'
import { contains } from '../../time/interval.ts'
import { endSteps, failedCheck, instant } from './end-steps.ts'
import type { Item } from './items.ts'
import type { BackupRules } from './rules.ts'
import type { Candidate, Series } from './series.ts'

/**
 * Of a backup that is there and yet can't be restored where an item is decided: the first of those that it needs that
 * is not there, at most one step.
 */
export function chainSteps(
  candidate: Candidate,
  { breached, undecided, at }: Item,
  series: Series,
  rules: BackupRules,
): readonly Step[] {
  const when = breached[0]?.start ?? undecided[0]?.start ?? at.end
  const { backup } = candidate
  const { id, copies, origin } = backup
  // What is gone itself needs no other reason.
  if (!copies.some(copy => contains(series.exists(copy, backup).possible, when))) return []
  const seen = new Set([candidate.index])
  let { parent } = backup
  const places = placesOf(series)
  while (parent != null && seen.size < LONGEST_CHAIN) {
    const place = parent.index === undefined ? undefined : places.get(parent.id)
    const next = place === undefined ? undefined : series.all[place]
    if (next === undefined)
      return [note(when, 'parent-unknown', `${id} needs ${parent.id}: no row tells of it`, origin)]
    if (seen.has(next.index)) return [note(when, 'chain-circle', `${id}: its chain goes in a circle`, origin)]
    const cause = lossOf(next, when, series, rules)
    if (cause !== undefined) return [{ ...cause, why: `${id} needs ${cause.why}` }]
    seen.add(next.index)
    parent = next.backup.parent
  }
  return []
}

const LONGEST_CHAIN = 10_000

/** Why a backup itself is not there at an instant; undefined where it is, for certain. */
function lossOf(candidate: Candidate, when: number, series: Series, { accept }: BackupRules): Step | undefined {
  const { backup } = candidate
  const { id, copies, status, origin, verifications } = backup
  if (status !== undefined && !accept.has(status)) {
    return note(when, 'parent-failed', `${id}: ${status === 'failed' ? 'failed' : `ended as ${status}`}`, origin)
  }
  if (copies.some(copy => contains(series.exists(copy, backup).sure, when))) {
    const check = verifications.find(({ at, passed }) => passed === false && at.earliest <= when)
    return check === undefined ? undefined : failedCheck(check, candidate)
  }
  const ends = copies.flatMap(copy => endSteps(copy, candidate, copies.length > 1))
  const ended = ends.find(({ at, reason }) => reason !== 'expires' && at.start <= when)
  return ended ?? note(when, 'parent-unclear', `${id}: not known whether it is there`, origin)
}

function note(at: number, reason: string, why: string, origin: Origin): Step {
  return { at: instant(at), effect: 'note', reason, why, origin }
}

const known = new WeakMap<Series, ReadonlyMap<string, number>>()

/** Places in the series by id. */
function placesOf(series: Series): ReadonlyMap<string, number> {
  const places = known.get(series) ?? new Map(series.all.map(({ backup, index }) => [backup.id, index]))
  known.set(series, places)
  return places
}
