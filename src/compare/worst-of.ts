import type { Binding } from '../model/finding.ts'
import type { AnyRule, World, Worst } from './rule.ts'
import { keptBy } from './worst-place.ts'
import { covers, filterNotes, keepsAll, type Said, type Scope, scopeOf, withoutFilter } from './worst-scope.ts'

/** What stands in a row of worst cases for one contract. */
export interface Chosen {
  readonly binding: Binding
  readonly worst: Worst
  /** What is said of the choice. */
  readonly notes: readonly string[]
  /** The figure is a bound: what is permitted may be less, or for notice more. */
  readonly isBound: boolean
  /** Beyond these records nothing is promised. */
  readonly only?: string
}

/**
 * The worst that the clauses of one contract permit: guarantees before objectives. Clauses about the same records all have
 * to be kept, so that the tightest of them counts, as a bound where its worst isn't known to keep the others; of
 * such as are about other records the laxest counts, as it may be what strikes.
 */
export async function worstOf(rule: AnyRule, said: readonly Said[], world: World): Promise<Chosen | undefined> {
  const guaranteed = said.filter(({ side }) => side.clause.binding === 'guarantee')
  const pool = guaranteed.length > 0 ? guaranteed : said
  const parts: Part[] = []
  for (const scope of scopesOf(pool)) {
    const about = pool.filter(one => covers(scopeOf(one), scope, rule.kind))
    const part = await tightest(rule, about, world)
    // Where one about more records is the tightest, it stands for these too.
    if (part !== undefined && isSame(scopeOf(part.said), scope)) parts.push(part)
  }
  const chosen = laxest(parts)
  if (chosen === undefined) return undefined
  const { said: own, worst, isBound } = chosen
  const [filter] = filterNotes((keepsAll(own) ? [chosen] : parts).map(({ said: { side } }) => side.clause.where ?? []))
  return {
    binding: own.side.clause.binding,
    worst: { ...worst, notes: withoutFilter(worst.notes) },
    notes: [...(filter === undefined ? [] : [filter]), ...partNotes(chosen, parts)],
    isBound,
    ...(filter !== undefined && !keepsAll(own) && { only: filter }),
  }
}

interface Part {
  readonly said: Said
  readonly worst: Worst
  readonly notes: readonly string[]
  readonly isBound: boolean
}

/** Each set of records that some clause is about, once. */
function scopesOf(pool: readonly Said[]): readonly Scope[] {
  const scopes = pool.map(scopeOf)
  return scopes.filter((scope, i) => scopes.findIndex(one => isSame(one, scope)) === i)
}

function isSame(a: Scope, b: Scope): boolean {
  return covers(a, b, '') && covers(b, a, '')
}

/** Of clauses about the same records. */
async function tightest(rule: AnyRule, said: readonly Said[], world: World): Promise<Part | undefined> {
  let [best] = said
  for (const one of said) if (best !== undefined && isTighter(one.worst, best.worst)) best = one
  if (best === undefined) return undefined
  const { ms } = best.worst
  if (said.length === 1 || ms === undefined) return { said: best, worst: best.worst, notes: [], isBound: false }
  const alike = said.filter(({ worst }) => worst.ms === ms)
  const by = alike.length > 1 ? undefined : `by ${best.side.clause.id}, the tightest of ${said.length}`
  if (keepsAll(best)) return { said: best, worst: best.worst, notes: by === undefined ? [] : [by], isBound: false }
  let open: readonly Said[] = []
  for (const one of alike) {
    const against = said.filter(other => other !== one)
    const kept = await Promise.all(against.map(other => keptBy(rule, one, other, world)))
    if (one === best) open = against.filter((_, i) => kept[i] === undefined)
    if (kept.includes(undefined)) continue
    const worst = kept.every(how => how === 'by-rule') ? one.worst : without(one.worst, ALIKE)
    return { said: one, worst, notes: by === undefined ? [] : [by], isBound: false }
  }
  const less = best.worst.better === 'more' ? 'may ask for more' : 'may leave less'
  const [who, what] = [open.map(({ side }) => side.clause.id).join(', '), by]
  const note = what === undefined ? `${best.side.clause.id} and ${who} together ${less}` : `${what}; ${who} ${less}`
  return { said: best, worst: boundOf(best.worst), notes: [note], isBound: true }
}

/** Notes on other places that are as bad. */
const ALIKE = /^as long from /
/** Notes on where the worst lies. */
const PLACED = /^(as long from |its time is used up )/

function without(worst: Worst, notes: RegExp): Worst {
  return { ...worst, notes: worst.notes.filter(note => !notes.test(note)) }
}

function boundOf(worst: Worst): Worst {
  const { at: _, ...rest } = without(worst, PLACED)
  return { ...rest, text: `${worst.better === 'more' ? '≥' : '≤'} ${worst.text.replace(/ at most$/, '')}` }
}

/** Of parts that are alike one that is no bound. */
function laxest([first, ...more]: readonly Part[]): Part | undefined {
  let most = first
  for (const one of more) {
    if (most === undefined || isTighter(most.worst, one.worst)) most = one
    else if (one.worst.ms === most.worst.ms && most.isBound && !one.isBound) most = one
  }
  return most
}

/** What has no number is no limit. */
function isTighter(a: Worst, b: Worst): boolean {
  if (a.ms === undefined) return false
  if (b.ms === undefined) return true
  return a.better === 'more' ? a.ms > b.ms : a.ms < b.ms
}

/** `by rest; gold: 1h`. */
function partNotes(chosen: Part, parts: readonly Part[]): readonly string[] {
  const nameOf = namesOf(parts)
  const others = parts.filter(one => one !== chosen && one.worst.text !== chosen.worst.text)
  if (others.length === 0) return chosen.notes
  const list = others.map(one => `${nameOf(one)}: ${one.worst.text}`).join(', ')
  return chosen.notes.length > 0 ? [...chosen.notes, list] : [`by ${nameOf(chosen)}; ${list}`]
}

/** By what parts can be told apart: the names of what they are about, their clauses, or both. */
function namesOf(parts: readonly Part[]): (part: Part) => string {
  const own = ({ said: { worst } }: Part) => ownName(worst.key)
  const id = ({ said: { side } }: Part) => side.clause.id
  const isUnique = (name: (part: Part) => string) => new Set(parts.map(name)).size === parts.length
  if (isUnique(own)) return own
  return isUnique(id) ? id : part => `${own(part)} (${id(part)})`
}

/** `P1` of `support/P1/response-wall`, `app` of `downtime/year/app`. */
function ownName(key: string): string {
  const parts = key.split('/')
  const name = parts[0] === 'downtime' ? parts.slice(2) : parts.slice(1, -1)
  return name.length === 0 ? key : name.join('/').trim()
}
