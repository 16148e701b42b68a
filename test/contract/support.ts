import { z } from 'zod'
import type { KindLoaders } from '../../src/contract/clauses.ts'
import type { Contract } from '../../src/contract/contract.ts'
import { type LoadOptions, loadContract } from '../../src/contract/load.ts'
import {
  calendarName,
  countPer,
  duration,
  hoursRef,
  name,
  notice,
  percentTarget,
  windowValue,
} from '../../src/contract/values.ts'
import type { ClauseKind, Lint, Reference } from '../../src/model/clause-kind.ts'
import { type Diagnostic, InputError } from '../../src/model/diagnostic.ts'

const uptime = z.strictObject({
  target: percentTarget,
  window: windowValue,
  during: calendarName.optional(),
  excluding: z.array(name).optional(),
  'max-gap': duration.optional(),
})

/** Stands in for a kind that measures: refers to calendars and exclusions, doubts targets of 100 %. */
export const uptimeKind: ClauseKind = {
  kind: 'availability',
  title: 'Availability',
  manual: '',
  schema: uptime,
  references: body => {
    const { during, excluding } = body as z.output<typeof uptime>
    const list = (excluding ?? []).map((to, i): Reference => ({ to: 'exclusion', name: to, path: ['excluding', i] }))
    return during === undefined ? list : [...list, { to: 'calendar', name: during, path: ['during'] }]
  },
  lints: body => {
    const { value } = (body as z.output<typeof uptime>).target
    const lint: Lint = { code: 'perfect', path: ['target'], message: 'nothing is always up', hint: 'mean it?' }
    return value.part === value.of ? [lint] : []
  },
  judge: undefined,
}

const work = z.strictObject({ notice: notice.optional(), inside: hoursRef.optional(), 'at-most': countPer.optional() })

/** Stands in for maintenance, which exclusions name. */
export const workKind: ClauseKind = {
  kind: 'maintenance',
  title: 'Maintenance',
  manual: '',
  schema: work,
  references: body => {
    const { notice: due, inside } = body as z.output<typeof work>
    const calendar = (to: string, ...path: string[]): Reference => ({ to: 'calendar', name: to, path })
    return [
      ...(due?.during === undefined ? [] : [calendar(due.during, 'notice', 'during')]),
      ...(inside !== undefined && 'calendar' in inside ? [calendar(inside.calendar, 'inside')] : []),
    ]
  },
  lints: () => [],
  judge: undefined,
}

export const kinds: KindLoaders = { availability: async () => uptimeKind, maintenance: async () => workKind }

/** Loads a contract from text. */
export async function load(text: string, options: LoadOptions = {}): Promise<Contract> {
  return loadContract({ file: 'c.yaml', bytes: new TextEncoder().encode(text) }, kinds, options)
}

/** The diagnostics that refuse a contract. */
export async function refused(input: string | Uint8Array, options: LoadOptions = {}): Promise<readonly Diagnostic[]> {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input
  try {
    await loadContract({ file: 'c.yaml', bytes }, kinds, options)
  } catch (error) {
    if (error instanceof InputError) return error.diagnostics
    throw error
  }
  throw new Error('the contract was taken')
}

/** `line:column+length code: message (hint)`, one per diagnostic. */
export function brief(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ span, code, message, hint }) => {
    const place = span === undefined ? '' : `${span.line}:${span.column}+${span.length} `
    return `${place}${code}: ${message}${hint === undefined ? '' : ` (${hint})`}`
  })
}

export const HEAD = 'apiVersion: sla/v1\nkind: Contract\nid: c\ntimezone: Europe/Paris\n'
export const UPTIME = 'clauses:\n  up: { kind: availability, target: 99.5%, window: calendar month }\n'
