import type { Restore } from '../../evidence/backups/records.ts'
import type { Happened } from '../../evidence/records.ts'
import type { Moment } from '../../model/interval.ts'
import type { Case } from './cases.ts'
import { lastOf } from './plan.ts'
import type { ClockWord } from './schema.ts'

/** When something was done, as far as is known: from the first instant it can have been to the last. */
export interface Stop {
  readonly first: number
  /** Infinity: it may not have been done by `as of`; in `first` too: it was not. */
  readonly last: number
  /** Columns that would tell. */
  readonly columns: readonly string[]
}

/** The instant a clock starts at, as far as is known; without `at` the columns that would tell, if any would. */
export interface Start {
  readonly at?: Moment
  readonly columns: readonly string[]
  readonly why: string
}

/** When the clock of a case starts. */
export function startOf({ incident, restores }: Case, from: ClockWord): Start {
  if (from === 'declared') {
    if (incident === undefined) return { columns: [], why: 'no incident tells when it was declared' }
    return startAt([incident.declared], 'declared_at', 'it was not declared')
  }
  if (from === 'requested') {
    const stamps = restores.map(({ requested }) => requested)
    return startAt(stamps, 'requested_at', 'no restore was requested')
  }
  const told = incident?.occurred
  if (told) return { at: told, columns: [], why: '' }
  const failures = restores.map(({ failure }) => failure)
  const column = incident === undefined ? 'failure_at' : 'occurred_at'
  return startAt(incident === undefined ? failures : [told, ...failures], column, 'no failure is told')
}

/** When everything was restored: the incident says it, else each component by its first restore that ended well. */
export function stopOf(one: Case): Stop {
  const { incident, restores } = one
  const told = incident?.recovered
  if (told) return { first: told.earliest, last: lastOf(told), columns: [] }
  const groups = byComponent(restores).map(firstSuccess)
  const first = groups.reduce((most, group) => Math.max(most, group.first), restores.length === 0 ? OPEN : 0)
  const last = groups.reduce((most, group) => Math.max(most, group.last), restores.length === 0 ? OPEN : 0)
  const columns = [...new Set(groups.flatMap(group => group.columns))]
  const unsure = incident !== undefined && told === undefined
  const running = restores.some(({ completed }) => completed === null)
  // Without the column an incident may have ended in another way than by a restore; not while one still runs.
  if (last === OPEN && unsure && !running) return { first: 0, last, columns: [...columns, 'recovered_at'] }
  return { first, last, columns }
}

/** The restores that everything came back by: of each component the first that ended well; undefined: not known. */
export function decisive({ restores }: Case): readonly (Restore | undefined)[] {
  return byComponent(restores).map(group => {
    const done = group.filter(({ passed, completed }) => passed !== false && completed !== null)
    const [first] = [...done].sort((a, b) => endOf(a) - endOf(b))
    // One whose end is not known may have come first.
    const sure = first?.passed === true && done.every(({ completed }) => completed !== undefined)
    return sure ? first : undefined
  })
}

const OPEN = Number.POSITIVE_INFINITY

function firstSuccess(group: readonly Restore[]): Stop {
  let first = OPEN
  let last = OPEN
  const columns: string[] = []
  for (const { passed, completed, started, requested } of group) {
    if (passed === false || completed === null) continue
    const earliest = completed?.earliest ?? (started ?? requested)?.earliest ?? 0
    first = Math.min(first, earliest)
    if (passed === undefined) columns.push('outcome')
    if (completed === undefined) columns.push('completed_at')
    else if (passed === true) last = Math.min(last, lastOf(completed))
  }
  return { first, last, columns }
}

function byComponent(restores: readonly Restore[]): readonly (readonly Restore[])[] {
  const all = restores.filter(({ component }) => component === 'all')
  const groups = new Map<string, Restore[]>()
  for (const restore of restores) {
    if (restore.component === 'all') continue
    groups.set(restore.component, [...(groups.get(restore.component) ?? []), restore])
  }
  if (groups.size === 0) return all.length === 0 ? [] : [all]
  return [...groups.values()].map(group => [...group, ...all])
}

function endOf({ completed }: Restore): number {
  return completed?.latest ?? OPEN
}

function startAt(stamps: readonly Happened[], column: string, never: string): Start {
  const told = stamps.filter(at => at !== undefined && at !== null)
  const [first] = [...told].sort((a, b) => a.earliest - b.earliest)
  if (first !== undefined) return { at: first, columns: [], why: '' }
  const unknown = stamps.some(at => at === undefined)
  return unknown ? { columns: [column], why: `${column} is not known` } : { columns: [], why: never }
}
