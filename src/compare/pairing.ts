import type { World } from './rule.ts'
import type { Item } from './terms.ts'

/**
 * Rows of several clauses that hold together, whatever their order: beside each clause of the base the one of every
 * other contract that binds like it and stands best to it by rule (equal, at least as strong, at most), then those that
 * are left, each beside what stands best to it in the base. Where the base has none, the first contract that has leads.
 */
export function pairClauses(
  chosen: readonly (readonly Item[])[],
  world: World,
): readonly (readonly (Item | undefined)[])[] {
  const leads = chosen.findIndex(items => items.length > 0)
  const lead = chosen[leads] ?? []
  const used = new Set<Item>()
  const rows = lead.map(item =>
    chosen.map((items, at) => {
      const match = at === leads ? item : bestOf(item, items, used, world)
      if (match !== undefined) used.add(match)
      return match
    }),
  )
  const left = chosen.map((items, at) => (at === leads ? [] : items.filter(item => !used.has(item))))
  const more = Math.max(0, ...left.map(items => items.length))
  for (let i = 0; i < more; i++) {
    const [first] = left.flatMap(items => items[i] ?? [])
    if (first === undefined) break
    const base = bestOf(first, lead, new Set(), world)
    rows.push(
      chosen.map((items, at) =>
        at === leads ? base : (left[at]?.[i] ?? bestOf(base ?? first, items, new Set(), world)),
      ),
    )
  }
  return rows
}

/** The one that stands best to `item`; of such as stand alike one that has no row yet, then the first. */
function bestOf(item: Item, candidates: readonly Item[], used: ReadonlySet<Item>, world: World): Item | undefined {
  if (candidates.length < 2) return candidates[0]
  let best: { readonly item: Item; readonly rank: number } | undefined
  for (const one of candidates) {
    const { atLeast, atMost } = item.rule.relate(item.side, one.side, world)
    const bound = one.side.clause.binding === item.side.clause.binding ? 8 : 0
    const rank = bound + (atLeast === true ? 4 : 0) + (atMost === true ? 2 : 0) + (used.has(one) ? 0 : 1)
    if (best === undefined || rank > best.rank) best = { item: one, rank }
  }
  return best?.item
}
