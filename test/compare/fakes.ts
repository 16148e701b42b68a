import { clauseKinds } from '../../src/clauses/index.ts'
import type { AnyRule, Candidate, Side, Term, World } from '../../src/compare/rule.ts'
import type { Clause, Contract } from '../../src/contract/contract.ts'
import { loadContract } from '../../src/contract/load.ts'
import type { WitnessRow } from '../../src/model/comparison.ts'
import { formatInstant } from '../../src/time/stamp.ts'
import { zones } from '../support/audit.ts'

export { zones }

/** A contract of plain data with these clauses. */
export function contractOf(
  id: string,
  clauses: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Contract> {
  const data = { apiVersion: 'sla/v1', kind: 'Contract', id, timezone: 'UTC', ...more, clauses }
  const bytes = new TextEncoder().encode(JSON.stringify(data))
  return loadContract({ file: `${id}.yaml`, bytes }, clauseKinds, { zones })
}

const HOUR = 3_600_000

/** Says nothing by rule: one outage in March, of 1 h to 100 h, has to tell availability clauses apart. */
export const outageRule: AnyRule = {
  kind: 'availability',
  subject: 'Availability',
  terms: (clause: Clause): readonly Term[] => [
    { key: 'availability', name: 'availability', names: {}, text: `availability by ${clause.id}` },
  ],
  relate: (base, other) => {
    const same = JSON.stringify(base.clause.body) === JSON.stringify(other.clause.body)
    return { atLeast: same || undefined, atMost: same || undefined, rules: same ? ['the same text'] : [] }
  },
  *candidates(_base: Side, _other: Side, { span }: World): Iterable<Candidate> {
    const start = span.start + 59 * 24 * HOUR
    for (let hours = 1; hours <= 100; hours++) {
      const row = (from: number, length: number): WitnessRow => ({
        type: 'outage',
        start: formatInstant(zones('UTC'), from),
        end: formatInstant(zones('UTC'), from + length * HOUR),
        cause: '',
      })
      const rows = [row(start, hours), row(start + 200 * HOUR, 0)]
      yield { rows, period: span, asOf: span.end, story: `an outage of ${hours} h` }
    }
  },
  envelope: (clause, _side, { span }) => {
    const { part, of } = clause.body.target.value
    return [
      {
        key: 'downtime/year',
        name: 'downtime in the year',
        ms: Math.floor(((span.end - span.start) * (of - part)) / of),
        text: clause.id,
        notes: [],
      },
    ]
  },
}

/** Times to respond, told apart by one ticket of the base's priority. */
export const ticketRule: AnyRule = {
  kind: 'support',
  subject: 'Support',
  terms: (clause: Clause): readonly Term[] => {
    const body = clause.body as { readonly priorities: Readonly<Record<string, { readonly respond?: unknown }>> }
    return Object.entries(body.priorities).map(([priority, { respond }]) => ({
      key: `support/${priority}/respond`,
      name: `${priority} respond`,
      names: { priority },
      text: `${priority} of ${clause.id}`,
      ...(respond === 'unstated' && { unstated: true as const }),
    }))
  },
  relate: () => ({ atLeast: undefined, atMost: undefined, rules: [] }),
  *candidates(base: Side, _other: Side, { span }: World): Iterable<Candidate> {
    for (let hours = 1; hours <= 12; hours++) {
      const row: WitnessRow = {
        type: 'ticket',
        id: 'T-1',
        priority: base.term.names.priority ?? '',
        opened_at: formatInstant(zones('UTC'), span.start),
        responded_at: formatInstant(zones('UTC'), span.start + hours * HOUR),
      }
      yield { rows: [row], period: span, asOf: span.end, story: `an answer after ${hours} h` }
    }
  },
  envelope: () => [],
}

export const rules = { availability: async () => outageRule, support: async () => ticketRule }

export function up(target: string, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return { kind: 'availability', target, window: 'calendar month', 'no-data': 'up', ...more }
}

export function tickets(priorities: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  return {
    kind: 'support',
    calendar: 'always',
    priorities: Object.fromEntries(Object.entries(priorities).map(([name, respond]) => [name, { respond }])),
  }
}
