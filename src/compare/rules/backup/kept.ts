import type { Anchor, Points, Tier } from '../../../clauses/backup/rules.ts'
import { promisesOf } from '../../../clauses/backup/stated.ts'
import { DAY, HOUR } from '../../../time/civil.ts'
import { durationText } from '../../../time/duration.ts'
import { differs, type Facet, lessBinds, moreBinds, sameFacet } from '../duties/facets.ts'
import { isSameWhere } from '../duties/scope.ts'
import { type Span, sameZone, spanOf } from '../duties/spans.ts'
import { eachCounted, eachThere, type Pair, sameCounted, someCounted } from './pair.ts'

const UNKNOWN = sameFacet('promises', false)

/** Longer, or of more copies, from the same end of the run, at the same place. */
export function keepFacets(pair: Pair): readonly Facet[] {
  const { base, other, rules } = pair
  const [b, o] = [rules.base.keep, rules.other.keep]
  if (b === undefined || o === undefined) return [UNKNOWN]
  const place = sameFacet('where it is kept', b.location === o.location, [
    b.location ?? 'anywhere',
    o.location ?? 'anywhere',
  ])
  if (b.form === 'copies' && o.form === 'copies') {
    const counts = moreBinds('copies kept', b.count, o.count, [String(b.count), String(o.count)])
    return [
      counts,
      sameFacet('tolerances', b.tolerance === o.tolerance),
      place,
      ...strictly(eachCounted(pair), sameCounted(pair)),
    ]
  }
  if (b.form === 'copies' || o.form === 'copies' || b.form !== o.form) {
    const text = ({ form }: { readonly form: string }) => WAYS[form] ?? form
    return [sameFacet('kept', false, [text(b), text(o)])]
  }
  const [least, given] = [spanOf(b.amount, base.zone, -b.tolerance), spanOf(o.amount, other.zone, -o.tolerance)]
  if (least === undefined || given === undefined) return [UNKNOWN]
  const texts = [lengthText(b.amount.text, b.tolerance), lengthText(o.amount.text, o.tolerance)] as const
  const length = moreBinds('kept', least, given, texts)
  if (b.form === 'window') {
    // The tolerance of a window is no time that is not owed: it is how much younger the backup may be.
    const owed = moreBinds(
      'window',
      { ...least, ms: least.ms + b.tolerance },
      { ...given, ms: given.ms + o.tolerance },
      texts,
    )
    return [length, owed, place, ...sameCounted(pair)]
  }
  return [length, fromFacet(b.from, given, o.from, least), place, ...eachCounted(pair)]
}

/** A completion never comes before the start; only over a change of the clock may what follows it. */
function fromFacet(b: Anchor, given: Span, o: Anchor, least: Span): Facet {
  if (b === o) return { atLeast: true, atMost: true }
  const later = o === 'completion'
  const isElapsed = [given, least].every(({ months, days }) => months === 0 && days === 0) || undefined
  return {
    atLeast: later ? isElapsed : undefined,
    atMost: later ? undefined : isElapsed,
    rule: differs('counted from', [b, o]),
  }
}

const WAYS: Readonly<Record<string, string>> = {
  for: 'for a time',
  copies: 'until later ones are made',
  window: 'a window back',
}

/** Who has more to keep, by number, keeps each of them until fewer later ones are made: only alike ones are told apart. */
function strictly(each: readonly Facet[], same: readonly Facet[]): readonly Facet[] {
  return each.every(({ atLeast, atMost }) => atLeast && atMost) ? each : same
}

function lengthText(text: string, tolerance: number): string {
  return tolerance === 0 ? text.trim() : `${text.trim()} (−${durationText(tolerance)})`
}

/** For each tier one of the same unit that is kept as long. */
export function tierFacets(pair: Pair): readonly Facet[] {
  const { base, other, rules } = pair
  const isIn = (mine: readonly Tier[], theirs: readonly Tier[]): boolean | undefined => {
    const answers = mine
      .map(tier => theirs.find(({ per }) => per === tier.per))
      .map((found, i) => holds(mine[i], found))
    return answers.every(answer => answer === true) ? true : answers.includes(false) ? false : undefined
  }
  const [b, o] = [rules.base.tiers, rules.other.tiers]
  const text = (tiers: readonly Tier[]) =>
    tiers.map(({ per, keep, basis }) => `${keep} of a ${per} by ${basis}`).join(', ')
  const zones = sameZone(base.zone, other.zone)
  return [
    { atLeast: isIn(b, o), atMost: isIn(o, b), rule: differs('tiers', [text(b), text(o)]) },
    sameFacet('time zones', zones, [base.zone.name, other.zone.name]),
    ...sameCounted(pair),
  ]
}

function holds(tier: Tier | undefined, found: Tier | undefined): boolean | undefined {
  if (tier === undefined || found === undefined) return undefined
  if (tier.basis !== found.basis) return undefined
  if (tier.keep === found.keep) return found.tolerance <= tier.tolerance
  if (found.keep < tier.keep) return found.tolerance >= tier.tolerance ? false : undefined
  return found.tolerance <= tier.tolerance ? true : undefined
}

/** A point of each age of the base, or of an older one as far as its slack reaches. */
export function pointsFacets(pair: Pair): readonly Facet[] {
  const { base, other, rules } = pair
  const [b, o] = [rules.base.points, rules.other.points]
  if (b === undefined || o === undefined) return [UNKNOWN]
  const texts = [promisesOf(rules.base).get('points') ?? '', promisesOf(rules.other).get('points') ?? ''] as const
  return [
    { atLeast: pointsHold(o, b), atMost: pointsHold(b, o), rule: differs('there', texts) },
    sameFacet('time zones', sameZone(base.zone, other.zone), [base.zone.name, other.zone.name]),
    ...someCounted(pair),
  ]
}

/** Whether who has all points of the first has those of the second too. */
function pointsHold(of: Points, to: Points): boolean | undefined {
  // Backups no more often than that, all of them kept for good.
  if (of.slack > to.slack) return false
  const room = to.slack - of.slack
  const isLate = (age: number) => of.grace > to.grace && of.grace > (age - 1) * DAY - SPREAD
  const isHeld = to.ages.every(age => of.ages.some(own => own >= age && own - age <= room && !isLate(own)))
  if (isHeld) return true
  // All are made in the last moment of the grace.
  const isFirst = of.ages.includes(1) && to.ages.includes(1)
  return isFirst && room === 0 && of.grace > to.grace && of.grace < DAY - SPREAD ? false : undefined
}

/** By so much a day may be shorter. */
const SPREAD = 3 * HOUR

/** A lower greatest age binds more. */
export function maxAgeFacets(pair: Pair): readonly Facet[] {
  const { base, other, rules } = pair
  const [b, o] = [rules.base.maxAge, rules.other.maxAge]
  if (b === undefined || o === undefined) return [UNKNOWN]
  const [most, given] = [spanOf(b.amount, base.zone, b.tolerance), spanOf(o.amount, other.zone, o.tolerance)]
  if (most === undefined || given === undefined) return [UNKNOWN]
  const texts = [b.amount.text.trim(), o.amount.text.trim()] as const
  return [
    lessBinds('greatest age', most, given, texts),
    sameFacet('row filters', isSameWhere(base, other)),
    ...eachThere(pair),
  ]
}
