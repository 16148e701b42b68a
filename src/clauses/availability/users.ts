import type { Clause } from '../../contract/contract.ts'
import type { Interval } from '../../model/interval.ts'
import { type Fraction, gcd, NOTHING, WHOLE } from '../fraction.ts'
import { combine, layer, type WeightedList, weigh } from '../weighted.ts'
import { type Case, favourable, perCase } from './cases.ts'
import type { Downtime, Item } from './downtime.ts'
import type { AvailabilityBody } from './schema.ts'

/** The N of `accounting: { users: N }`, if that is how the clause counts. */
export function usersOf(clause: Clause<AvailabilityBody>): number | undefined {
  const { accounting } = clause.body
  return typeof accounting === 'object' && 'users' in accounting ? accounting.users : undefined
}

/** Share of the users that outages and maintenance struck, instant by instant; overlapping ones add up (no union). */
export function userLoad({ items, unknown }: Downtime, users: number): Readonly<Record<Case, WeightedList>> {
  return perCase(which => {
    const rows = items.filter(item => item.from !== 'check').map(item => struck(item, users, which))
    const known = addUp(rows)
    if (favourable(which) || unknown.length === 0) return known
    return combine([known, weigh(unknown, WHOLE)], ([a = NOTHING, b = NOTHING]) => sum(a, b))
  })
}

/** Share of all users, times what the severity weighs; `down` is a fraction of the users. */
interface Struck {
  readonly at: Interval
  readonly down: Fraction
}

/** A row that does not say how many users it struck may have struck nobody, or everybody. */
function struck(item: Item, users: number, which: Case): Struck {
  const stated = item.row !== undefined && 'users' in item.row ? (item.row.users as number | undefined) : undefined
  const number = item.from === 'maintenance' ? users : (stated ?? (favourable(which) ? 0 : users))
  const { part, of } = item.weight
  const down = { part: Math.min(users, number) * part, of: users * of }
  return { at: favourable(which) ? item.certain : item.at, down }
}

function addUp(rows: readonly Struck[]): WeightedList {
  const changes = new Map<number, Fraction[]>()
  const change = (at: number, by: Fraction): void => {
    changes.set(at, [...(changes.get(at) ?? []), by])
  }
  for (const { at, down } of rows) {
    if (at.start >= at.end) continue
    change(at.start, down)
    change(at.end, { part: -down.part, of: down.of })
  }
  const edges = [...changes.keys()].sort((a, b) => a - b)
  let load = NOTHING
  const pieces = edges.map((start, i) => {
    load = (changes.get(start) ?? []).reduce(sum, load)
    return { start, end: edges[i + 1] ?? start, weight: load }
  })
  return layer(pieces)
}

function sum(a: Fraction, b: Fraction): Fraction {
  if (a.of === b.of) return { part: a.part + b.part, of: a.of }
  const part = BigInt(a.part) * BigInt(b.of) + BigInt(b.part) * BigInt(a.of)
  const of = BigInt(a.of) * BigInt(b.of)
  const divisor = gcd(part < 0n ? -part : part, of)
  return { part: Number(part / divisor), of: Number(of / divisor) }
}
