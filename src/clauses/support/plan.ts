import type { Clause } from '../../contract/contract.ts'
import type { Clock } from '../../time/clock.ts'
import { isZoneName } from '../../time/zone-names.ts'
import type { Context } from '../judge.ts'
import { type Amount, PROMISES, type PromiseWord, type SupportBody } from './schema.ts'
import type { LifeRules } from './ticket-clocks.ts'
import type { ClockRules } from './timing.ts'

/** What is promised for one priority. */
export type Targets = { readonly [P in PromiseWord]?: Amount | undefined }

/** What a clause asks of every ticket, worked out once. */
export interface Plan {
  readonly clause: Clause<SupportBody>
  readonly context: Context
  readonly life: LifeRules
  /** Promises of which some priority has a number, in the order of a ticket's life. */
  readonly promises: readonly PromiseWord[]
  readonly priorities: ReadonlyMap<string, Targets>
  readonly services: ReadonlySet<string> | undefined
  /** Tickets without a service belong to the only one there is. */
  readonly oneService: boolean
  readonly hours: 'calendar' | 'always'
  /** The clocks of a zone (absent: of the contract); undefined for a name that isn't a zone. */
  rules(zone?: string): ClockRules | undefined
  /** The clock of another calendar, in the ticket's zone where the clause says so. */
  clock(calendar: string, zone?: string): Clock
  /** Whether the log of changes says when customers were told. */
  readonly changesSupplied: boolean
}

/** `h` and `min` run on the calendar unless the clause says otherwise. */
export function hoursOf(body: SupportBody): 'calendar' | 'always' {
  return body.clock ?? 'calendar'
}

export function planOf(clause: Clause<SupportBody>, context: Context): Plan {
  const { body } = clause
  const clocks = new Map<string | undefined, ClockRules | undefined>()
  const always = context.clock('always')
  const changesSupplied = context.supplied('ticket-change')

  function makeRules(zone: string | undefined): ClockRules | undefined {
    if (zone !== undefined && !isZoneName(zone)) return undefined
    return {
      calendar: context.clock(body.calendar, zone),
      always,
      zone: zone === undefined ? context.zone : context.zones(zone),
      hours: hoursOf(body),
      businessDay: body['business-day'] ?? 'end-of-day',
    }
  }

  const priorities = new Map<string, Targets>(Object.entries(body.priorities))
  const isJudged = (amount: Amount | undefined) => amount !== undefined && amount !== 'unstated'
  return {
    clause,
    context,
    life: {
      pausedIn: body['paused-in'] === undefined ? undefined : new Set(body['paused-in']),
      onReopen: body['on-reopen'] ?? 'continue',
      from: body.from ?? 'opened',
      workaroundCounts: body['workaround-counts'] ?? false,
      autoReplyCounts: body['auto-reply-counts'] ?? false,
      pausesTold: changesSupplied,
    },
    promises: PROMISES.filter(promise => [...priorities.values()].some(targets => isJudged(targets[promise]))),
    priorities,
    services: clause.services === undefined ? undefined : new Set(clause.services),
    oneService: context.contract.services.size <= 1,
    hours: hoursOf(body),
    rules(zone) {
      if (!clocks.has(zone)) clocks.set(zone, makeRules(zone))
      return clocks.get(zone)
    },
    clock: (calendar, zone) => context.clock(calendar, zone),
    changesSupplied,
  }
}
