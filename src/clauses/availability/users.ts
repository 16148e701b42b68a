import type { Clause } from '../../contract/contract.ts'
import type { Interval } from '../../model/interval.ts'
import type { Fraction } from '../fraction.ts'
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
    const known = addUp(rows, users)
    if (favourable(which) || unknown.length === 0) return known
    return combine([known, weigh(unknown, { part: users, of: users })], ([a, b]) => larger(a, b, users))
  })
}

interface Struck {
  readonly at: Interval
  readonly users: number
}

/** A row that does not say how many users it struck may have struck nobody, or everybody. */
function struck(item: Item, users: number, which: Case): Struck {
  const stated = item.row !== undefined && 'users' in item.row ? (item.row.users as number | undefined) : undefined
  const number = item.from === 'maintenance' ? users : (stated ?? (favourable(which) ? 0 : users))
  return { at: favourable(which) ? item.certain : item.at, users: Math.min(users, number) }
}

function addUp(rows: readonly Struck[], users: number): WeightedList {
  const changes = new Map<number, number>()
  for (const { at, users: number } of rows) {
    if (at.start >= at.end) continue
    changes.set(at.start, (changes.get(at.start) ?? 0) + number)
    changes.set(at.end, (changes.get(at.end) ?? 0) - number)
  }
  const edges = [...changes.keys()].sort((a, b) => a - b)
  let load = 0
  const pieces = edges.map((start, i) => {
    load += changes.get(start) ?? 0
    return { start, end: edges[i + 1] ?? start, weight: { part: load, of: users } }
  })
  return layer(pieces)
}

function larger(a: Fraction | undefined, b: Fraction | undefined, users: number): Fraction {
  return { part: Math.max(partOf(a, users), partOf(b, users)), of: users }
}

/** Both lists weigh in parts of all users, or not at all. */
function partOf(weight: Fraction | undefined, users: number): number {
  return weight === undefined || weight.part === 0 ? 0 : weight.of === users ? weight.part : users
}
