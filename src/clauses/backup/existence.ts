import type { Backup, Copy } from '../../evidence/backups/records.ts'
import type { Interval, Moment } from '../../model/interval.ts'
import { clip, firstEndingAfter, type Intervals, merge } from '../../time/interval.ts'
import { doubtful, type Known, NEVER } from '../../time/known.ts'

/** Before every stamp: where something may have begun at any time. */
export const LONG_AGO = Number.MIN_SAFE_INTEGER

/**
 * Where a copy is there, up to `asOf`: from the end of its transfer until it is deleted or a complete listing lacks it.
 * `deletions` is where every deletion is told. Where a listing and a deletion contradict each other the listing holds.
 */
export function existence(copy: Copy, backup: Backup, deletions: Intervals, asOf: number): Known {
  if (copy.made === null) return NEVER
  const sure: Interval[] = []
  const possible: Interval[] = []
  // Where the present stretch begins, for certain and at the earliest; `undefined`: not there for certain.
  let sureFrom: number | undefined
  let maybeFrom: number | undefined = (copy.made ?? copy.begun ?? backup.started)?.earliest ?? LONG_AGO
  let proof: Moment | undefined
  let absentFrom = LONG_AGO
  const until = (most: number): number =>
    Math.min(most, doubtedFrom(copy, proof), reachOf(deletions, proof, proof === copy.made))

  for (const fact of factsOf(copy)) {
    if (fact.there) {
      maybeFrom ??= absentFrom
      sureFrom ??= fact.first.latest
      proof = fact.last
      continue
    }
    absentFrom = fact.last.earliest + 1
    if (maybeFrom === undefined) continue
    possible.push({ start: maybeFrom, end: fact.first.latest })
    if (sureFrom !== undefined) {
      const end = fact.deletion ? fact.first.earliest : until(fact.first.earliest)
      sure.push({ start: sureFrom, end })
    }
    maybeFrom = undefined
    sureFrom = undefined
    proof = undefined
  }
  if (maybeFrom !== undefined) possible.push({ start: maybeFrom, end: asOf })
  if (sureFrom !== undefined) {
    const end = copy.deleted === null ? Math.min(asOf, doubtedFrom(copy, proof)) : until(asOf)
    sure.push({ start: sureFrom, end })
  }

  const upTo = { start: Number.NEGATIVE_INFINITY, end: asOf }
  const known = { sure: clip(merge(sure), upTo), possible: clip(merge([...possible, ...sure]), upTo) }
  return backup.flaw === undefined ? known : doubtful(known)
}

/** Presence or absence at a moment, or in each of several listings one after the other. */
interface Fact {
  readonly there: boolean
  readonly first: Moment
  readonly last: Moment
  readonly deletion?: true
}

/** What is known of a copy in time order, a deletion that a listing made void left out. */
function factsOf({ made, listed, deleted }: Copy): readonly Fact[] {
  const since = made?.latest ?? LONG_AGO
  const facts: Fact[] = made ? [{ there: true, first: made, last: made }] : []
  for (const { there, first, last } of listed) {
    // A listing from before the copy was made, or perhaps from before, tells nothing of its end.
    const start = there || first.earliest >= since ? first : last.earliest >= since ? last : undefined
    if (start !== undefined) facts.push({ there, first: start, last })
  }
  if (deleted === null || deleted === undefined) return facts
  const listings = made ? facts.slice(1) : facts
  if (listings.find(({ last }) => last.earliest > deleted.latest)?.there === true) return facts

  const after = listings.findIndex(
    ({ there, first }) => first.earliest > deleted.latest || (!there && first.latest >= deleted.earliest),
  )
  const split = facts.length - (after < 0 ? 0 : listings.length - after)
  const next = facts[split]
  const shown = facts[split - 1]
  const earliest = Math.max(
    deleted.earliest,
    shown?.there === true && shown.last !== made ? shown.last.earliest : deleted.earliest,
  )
  const latest = Math.min(deleted.latest, next !== undefined && !next.there ? next.first.latest : deleted.latest)
  const told = { earliest: Math.min(earliest, latest), latest }
  return [...facts.slice(0, split), { there: false, first: told, last: told, deletion: true }, ...facts.slice(split)]
}

/** From a proof of presence on: where a deletion that may be another backup's may have ended it. */
function doubtedFrom({ maybeDeleted = [] }: Copy, proof: Moment | undefined): number {
  const found = maybeDeleted.find(({ latest }) => proof === undefined || latest >= proof.latest)
  return found?.earliest ?? Number.POSITIVE_INFINITY
}

/** From a proof of presence on: how far the log of deletions, which tells of none, shows that it stayed. */
function reachOf(deletions: Intervals, proof: Moment | undefined, made: boolean): number {
  if (proof === undefined) return LONG_AGO
  const i = deletions[firstEndingAfter(deletions, proof.earliest)]
  if (i !== undefined && i.start <= proof.earliest) return i.end
  // A listing shows it at its instant; where its transfer ended it need not be a moment later.
  return made ? proof.earliest : proof.earliest + 1
}
