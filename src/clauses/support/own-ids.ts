import type { Plan } from './plan.ts'
import { PROMISES } from './schema.ts'

/** Ids that no other finding of a clause has. Ticket numbers are free text: one may read as a promise and a ticket. */
export interface OwnIds {
  /** Shown each finding on a ticket, by its place among them and by what stands before the ticket in its id. */
  see(place: number, prefix: string, ticket: string): void
  /** Once all were seen: the ids of all of them, and of the other findings of the clause. */
  settle(ids: () => Iterable<string>, others: readonly string[]): void
  /** The id of a place: the one it would have, with `~2` where that is another finding's. */
  of(place: number, id: string): string
}

/**
 * Two findings on tickets share an id only where that of the one begins with the priority and promise of the other: so
 * only the few that do are remembered, and it is those that get a number.
 */
export function makeOwnIds({ clause, priorities }: Plan): OwnIds {
  const prefixes = [...priorities.keys()].flatMap(name => PROMISES.map(promise => `${name}-${promise}/`))
  const odd = new Map<number, string>()
  const numbers = new Map<number, number>()
  return {
    see(place, prefix, ticket) {
      const rest = `${prefix}${ticket}`
      const isOther = ticket.includes('/') && prefixes.some(one => one.length > prefix.length && rest.startsWith(one))
      const isReserved = prefix === '' && (RESERVED.test(ticket) || prefixes.includes(`${ticket}/`))
      if (isOther || isReserved) odd.set(place, `${clause.id}/${rest}`)
    },
    settle(ids, others) {
      if (odd.size === 0) return
      const wanted = new Set(odd.values())
      const taken = new Map<string, number>()
      const take = (id: string): number => {
        const number = (taken.get(id) ?? 0) + 1
        taken.set(id, number)
        return number
      }
      let place = 0
      for (const id of ids()) if (!odd.has(place++) && wanted.has(id)) take(id)
      for (const id of others) if (wanted.has(id)) take(id)
      for (const [place, id] of odd) {
        const number = take(id)
        if (number > 1) numbers.set(place, number)
      }
      odd.clear()
    },
    of(place, id) {
      const number = numbers.get(place)
      return number === undefined ? id : `${id}~${number}`
    },
  }
}

/** Names of findings on no single ticket. */
const RESERVED = /^(bad-rows|uncovered|mean-.*)$/s
