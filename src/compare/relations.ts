import type { Relation } from '../model/comparison.ts'
import type { Binding } from '../model/finding.ts'
import type { AnyRule, Ordering, Side, World } from './rule.ts'
import { type Found, isSeparable, jointly, type Settled, settle, type Together } from './search.ts'

/** How one cell stands to another of its row: see `Cell`. */
export interface Related {
  readonly relation: Relation
  readonly rules: readonly string[]
  readonly found: readonly Found[]
  readonly searched?: true
}

/** What a contract says in a row, as far as relations go; without it, nothing. */
export interface Entry {
  readonly side: Side
  readonly rule: AnyRule
  /** The others of its contract that hold together with it. */
  readonly more?: readonly Side[]
}

export type State = 'promised' | 'not-promised' | 'not-auditable'

/** Observed figures promise nothing; what is promised without a number can't be audited. */
export function stateOf(entry: Entry | undefined): State {
  if (entry === undefined || entry.side.clause.binding === 'observed') return 'not-promised'
  return entry.side.term.unstated === true ? 'not-auditable' : 'promised'
}

/** How the cells of one row stand to its first one, and which are the best. */
export interface Standing {
  /** Undefined for the first one, and where neither promises it. */
  readonly related: readonly (Related | undefined)[]
  readonly best: ReadonlySet<number>
}

/**
 * Holds the entries of one row against the first of them, and those of `offers` against each other as far as the best one
 * takes it.
 */
export async function standing(
  entries: readonly (Entry | undefined)[],
  offers: readonly number[],
  world: World,
): Promise<Standing> {
  const known = new Map<Entry, Settled>()
  const related: (Related | undefined)[] = []
  for (const [at, entry] of entries.entries()) {
    related.push(at === 0 ? undefined : await relate(entries[0], entry, world, known))
  }
  return { related, best: await bestOf(entries, offers, world, known) }
}

/** How `other` stands to `base`; undefined where neither promises it. `known` takes what was settled with the base. */
export async function relate(
  base: Entry | undefined,
  other: Entry | undefined,
  world: World,
  known = new Map<Entry, Settled>(),
): Promise<Related | undefined> {
  const [a, b] = [stateOf(base), stateOf(other)]
  if (a === 'not-promised' && b === 'not-promised') return undefined
  if (b === 'not-promised') return plain('missing', 'only the base promises it')
  if (a === 'not-promised') return plain('added', 'the base does not promise it')
  if (a === 'not-auditable' || b === 'not-auditable') {
    const who = a === b ? 'both give' : a === 'not-auditable' ? 'the base gives' : 'this gives'
    return plain('not-decidable', `${who} a duty without a number`)
  }
  if (base === undefined || other === undefined) return plain('not-decidable', '')
  const settled = await settle(base.rule, base.side, other.side, world, togetherOf(base, other))
  known.set(other, settled)
  return ofSettled(settled, base.side, other.side)
}

/** What holds together with each of the two and binds as much. */
function togetherOf(base: Entry, other: Entry): Together {
  const binding = ({ side, more = [] }: Entry): readonly Side[] =>
    more.filter(({ clause }) => RANK[clause.binding] >= RANK[side.clause.binding])
  return { base: binding(base), other: binding(other) }
}

/**
 * The relation that follows: what isn't proven counts as false, and is marked as searched. A guarantee is stronger than
 * the same objective, by rule: no log shows it.
 */
function ofSettled(settled: Settled, base: Side, other: Side): Related {
  const bound = RANK[other.clause.binding] - RANK[base.clause.binding]
  const atLeast = bound < 0 ? false : settled.atLeast
  const atMost = bound > 0 ? false : settled.atMost
  const rules = [
    ...(bound < 0 ? ['an objective only, not a guarantee'] : []),
    ...(bound > 0 ? ['a guarantee, where the base has an objective only'] : []),
    ...settled.rules,
  ]
  const searched = atLeast === undefined || atMost === undefined
  return {
    relation: relationOf(atLeast === true, atMost === true),
    rules,
    found: settled.found,
    ...(searched && { searched }),
  }
}

/** Of (at least as strong, at most as strong). */
export function relationOf(atLeast: boolean, atMost: boolean): Relation {
  if (atLeast) return atMost ? 'equal' : 'stronger'
  return atMost ? 'weaker' : 'incomparable'
}

/**
 * Which of the offers are the best of their row: proven, one by one, at least as strong as every other, and stronger than
 * one. Nothing is, where one alone promises it, or a promise is in words only. `known`: what was settled of entries against
 * the first one.
 */
async function bestOf(
  entries: readonly (Entry | undefined)[],
  offers: readonly number[],
  world: World,
  known: ReadonlyMap<Entry, Settled>,
): Promise<ReadonlySet<number>> {
  const best = new Set<number>()
  const states = entries.map(stateOf)
  if (offers.some(at => states[at] === 'not-auditable')) return best
  if (offers.filter(at => states[at] === 'promised').length < 2) return best
  for (const i of offers) {
    const own = entries[i]
    if (own === undefined || states[i] !== 'promised') continue
    let beats = false
    let holds = true
    for (const j of offers) {
      const against = entries[j]
      if (j === i) continue
      if (against === undefined || states[j] === 'not-promised') {
        beats = true
        continue
      }
      const bound = RANK[own.side.clause.binding] - RANK[against.side.clause.binding]
      const ordering = jointly(own.rule.relate(against.side, own.side, world), togetherOf(against, own))
      holds = bound >= 0 && ordering.atLeast === true
      if (!holds) break
      const settled = j === 0 ? known.get(own)?.atMost : i === 0 ? known.get(against)?.atLeast : undefined
      beats ||= bound > 0 || settled === false || (await isStronger(ordering, own, against, world, j !== 0))
    }
    if (holds && beats) best.add(i)
  }
  return best
}

/** `isOpen`: whether logs were not searched for yet. */
async function isStronger(
  { atMost }: Ordering,
  own: Entry,
  against: Entry,
  world: World,
  isOpen: boolean,
): Promise<boolean> {
  if (atMost !== undefined) return !atMost
  return isOpen && isSeparable(own.rule, against.side, own.side, world, 'other', togetherOf(against, own))
}

const RANK: Readonly<Record<Binding, number>> = { observed: 0, objective: 1, guarantee: 2 }

function plain(relation: Relation, rule: string): Related {
  return { relation, rules: rule === '' ? [] : [rule], found: [] }
}
