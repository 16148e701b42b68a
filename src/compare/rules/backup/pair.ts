import type { BackupRules } from '../../../clauses/backup/rules.ts'
import { rulesOf } from '../../../clauses/backup/rules-of.ts'
import type { BackupBody } from '../../../clauses/backup/schema.ts'
import type { Side } from '../../rule.ts'
import { differs, type Facet, isAlike, ofEach, ofSome, type Scope, sameFacet } from '../duties/facets.ts'
import { serviceScope, whereScope } from '../duties/scope.ts'

/** Two backup clauses with their defaults filled in. */
export interface Pair {
  readonly base: Side<BackupBody>
  readonly other: Side<BackupBody>
  readonly rules: { readonly base: BackupRules; readonly other: BackupRules }
  /** Whether they are about the backups of all components as one, in this row. */
  readonly all: { readonly base: boolean; readonly other: boolean }
}

export function pairOf(base: Side<BackupBody>, other: Side<BackupBody>): Pair {
  const rules = { base: rulesOf(base.clause.body), other: rulesOf(other.clause.body) }
  const all = { base: isOfAll(base, rules.base), other: isOfAll(other, rules.other) }
  return { base, other, rules, all }
}

/** What stands for all backups together, where a clause names no component. */
export const ALL = 'all'

/** `schedule` of `backup/database/schedule`, however many of it there are. */
export function promiseOf(key: string): string {
  return key.replace(/#\d+$/, '').split('/').at(-1) ?? ''
}

/** Kept by a backup of whatever component; all else is promised of each backup. */
const BY_ANY: ReadonlySet<string> = new Set(['schedule', 'recovery-points'])

/**
 * What is promised of each backup of any component is promised of each of one component too: in the row of that one it
 * counts as a promise of it, and what becomes of others is told in the row of all.
 */
function isOfAll({ term }: Side, { components }: BackupRules): boolean {
  if (components.length > 0) return false
  return term.names.component === ALL || BY_ANY.has(promiseOf(term.key))
}

/** What is promised of each backup that counts: the more count the better, if what can be restored is the same. */
export function eachCounted(pair: Pair): readonly Facet[] {
  const { base, other, rules } = pair
  return [
    ofEach(componentScope(pair)),
    ofEach(kindScope(pair)),
    sameFacet('outcomes that count', isAlike(rules.base.accept, rules.other.accept), accepted(pair)),
    ofEach(whereScope(base, other)),
    ofEach(serviceScope(base, other)),
  ]
}

/** What is promised of all that lies anywhere, whatever counts as a backup. */
export function eachThere(pair: Pair): readonly Facet[] {
  const { base, other } = pair
  return [ofEach(componentScope(pair)), ofEach(whereScope(base, other)), ofEach(serviceScope(base, other))]
}

/** What some backup that counts has to be there for: the fewer count the more is promised. */
export function someCounted(pair: Pair): readonly Facet[] {
  const { base, other } = pair
  return [
    ofSome(componentScope(pair)),
    ofSome(kindScope(pair)),
    ofSome(acceptScope(pair)),
    ofSome(whereScope(base, other)),
    ofSome(serviceScope(base, other)),
  ]
}

/** What depends in both ways on which backups count. */
export function sameCounted(pair: Pair): readonly Facet[] {
  const { base, other, rules } = pair
  const scopes = [componentScope(pair), kindScope(pair), whereScope(base, other), serviceScope(base, other)]
  return [
    ...scopes.map(({ covers, within, rule }): Facet => {
      const answer = covers && within ? true : undefined
      return { atLeast: answer, atMost: answer, ...(rule !== undefined && { rule }) }
    }),
    sameFacet('outcomes that count', isAlike(rules.base.accept, rules.other.accept), accepted(pair)),
  ]
}

/** A clause without components is about all backups as one: any of them keeps it, each can break it. */
function componentScope({ all: { base: all, other: allToo } }: Pair): Scope {
  if (all === allToo) return { covers: true, within: true }
  const rule = allToo
    ? 'all backups as one, the base has those of this component'
    : 'the backups of this component, the base has all of them as one'
  return { covers: allToo, within: all, rule }
}

function kindScope({ rules: { base, other } }: Pair): Scope {
  if (base.only === other.only) return { covers: true, within: true }
  const text = (only: string) => (only === 'any' ? 'all' : only)
  const covers = other.only === 'any' || (base.only === 'any' ? false : undefined)
  const within = base.only === 'any' || (other.only === 'any' ? false : undefined)
  return { covers, within, rule: differs('kinds that count', [text(base.only), text(other.only)]) }
}

function acceptScope(pair: Pair): Scope {
  const { base, other } = pair.rules
  const within = [...other.accept].every(word => base.accept.has(word))
  const covers = [...base.accept].every(word => other.accept.has(word))
  if (within && covers) return { within, covers }
  const rule = differs('outcomes that count', accepted(pair))
  return { within: within || (covers ? false : undefined), covers: covers || (within ? false : undefined), rule }
}

function accepted({ rules }: Pair): readonly [string, string] {
  return [[...rules.base.accept].join(', '), [...rules.other.accept].join(', ')]
}
