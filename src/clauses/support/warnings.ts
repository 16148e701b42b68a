import type { Ticket } from '../../evidence/records.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { Origin } from '../../model/finding.ts'
import { nearest } from '../../model/nearest.ts'
import type { Context } from '../judge.ts'
import type { Plan } from './plan.ts'
import { nameOf, type PriorityName } from './priority.ts'

/** Gathers what of the evidence a clause cannot make sense of, while tickets are walked. */
export interface Oddities {
  /** A ticket that the clause sees. */
  see(ticket: Ticket): void
  warnings(): readonly Diagnostic[]
}

/** Priorities that a clause does not know, and states of its own in which no ticket ever is. */
export function makeOddities(plan: Plan): Oddities {
  const { clause, context, priorities } = plan
  const { pausedIn } = plan.life
  const strangers = new Map<string, { tickets: number; last: Ticket; readonly origin: Origin }>()
  const states = new Set<string>()

  function check(name: PriorityName, ticket: Ticket, origin: Origin): void {
    if (typeof name !== 'string' || priorities.has(name)) return
    const known = strangers.get(name)
    if (known === undefined) strangers.set(name, { tickets: 1, last: ticket, origin })
    else if (known.last !== ticket) {
      known.tickets++
      known.last = ticket
    }
  }

  function see(ticket: Ticket): void {
    check(ticket.priority, ticket, ticket.origin)
    for (const { change, value, origin } of ticket.changes) {
      if (change === 'priority') check(nameOf(value), ticket, origin)
      const isState = change === 'status' || change === 'paused'
      if (isState && pausedIn !== undefined && value !== undefined && value !== '?') states.add(value)
    }
  }

  function strange(name: string, tickets: number, origin: Origin): Diagnostic {
    const names = [...priorities.keys()]
    const meant = onlyNearest(name, names)
    const known = `the contract has ${names.join(', ')}`
    const as = `values: { priority: { ${JSON.stringify(name)}: ${meant ?? names[0]} } }`
    const mapped = `in a --map file, ${as} ${meant === undefined ? 'reads it as one of them' : 'reads it so'}`
    const count = tickets === 1 ? '1 ticket, at' : `${tickets} tickets, first at`
    return {
      code: 'unknown-priority',
      severity: 'warning',
      message: `${clause.id}: "${name}" is none of the contract's priorities: ${count} ${placeText(origin, context)}`,
      hint: `${meant === undefined ? '' : `did you mean ${meant}? `}${known}; ${mapped}`,
    }
  }

  function unseen(): readonly Diagnostic[] {
    const missing = states.size === 0 ? [] : [...(pausedIn ?? [])].filter(state => !states.has(state))
    if (missing.length === 0) return []
    const meant = missing.flatMap(state => onlyNearest(state, states) ?? [])
    const seen = [...states].slice(0, SHOWN).join(', ')
    const more = states.size > SHOWN ? ` and ${states.size - SHOWN} more` : ''
    const names = missing.map(state => `\`${state}\``).join(' or ')
    return [
      {
        code: 'unseen-state',
        severity: 'warning',
        message: `${clause.id}: paused-in names ${names}, but no ticket is ever in ${missing.length === 1 ? 'it' : 'them'}`,
        hint: `${meant.length === 0 ? '' : `did you mean ${meant.join(', ')}? `}states seen: ${seen}${more}`,
      },
    ]
  }

  function more(rest: readonly (readonly [string, { readonly tickets: number }])[]): readonly Diagnostic[] {
    if (rest.length === 0) return []
    const tickets = rest.reduce((sum, [, found]) => sum + found.tickets, 0)
    const names = rest.length === 1 ? 'name is' : 'names are'
    const message = `${clause.id}: ${rest.length} more ${names} none of the contract's priorities: on ${tickets} tickets`
    return [{ code: 'unknown-priority', severity: 'warning', message, hint: 'is the priority in another column?' }]
  }

  const warnings = () => {
    const all = [...strangers]
    const named = all.slice(0, SHOWN).map(([name, { tickets, origin }]) => strange(name, tickets, origin))
    return [...named, ...more(all.slice(SHOWN)), ...unseen()]
  }
  return { see, warnings }
}

const SHOWN = 8

/** The name probably meant, if no other one is as near. */
function onlyNearest(word: string, names: Iterable<string>): string | undefined {
  const all = [...names]
  const meant = nearest(word, all)
  if (meant === undefined) return undefined
  const other = nearest(
    word,
    all.filter(name => name !== meant),
  )
  // Of equally near names the first one wins.
  return other !== undefined && nearest(word, [other, meant]) === other ? undefined : meant
}

function placeText(origin: Origin, { evidence }: Context): string {
  const file = evidence.inputs[origin.input]?.file ?? `input ${origin.input + 1}`
  if (origin.line !== undefined) return `${file}:${origin.line}`
  return origin.item === undefined ? file : `${file} record ${origin.item}`
}
