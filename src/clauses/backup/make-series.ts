import type { Backup, Copy, Listing } from '../../evidence/backups/records.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import type { Happened } from '../../evidence/records.ts'
import type { Moment } from '../../model/interval.ts'
import { addDuration } from '../../time/duration.ts'
import { clip, contains, type Intervals } from '../../time/interval.ts'
import type { Known } from '../../time/known.ts'
import type { Zone } from '../../time/zone.ts'
import type { Context } from '../judge.ts'
import { type Chains, makeChains } from './chains.ts'
import { existence } from './existence.ts'
import type { BackupRules, Schedule } from './rules.ts'
import type { Candidate, Series } from './series.ts'

/** The components a clause judges one by one; `''`: all backups together. */
export function componentsIn(rules: BackupRules): readonly string[] {
  return rules.components.length === 0 ? [''] : rules.components
}

/**
 * The backups of one component as a clause sees them; `sees` is its row filter. A row without a component counts where
 * the clause asks for one component at most, a row of `all` for each.
 */
export function makeSeries(
  component: string,
  rules: BackupRules,
  context: Context,
  sees: (backup: Backup) => 'yes' | 'maybe' | 'no',
): Series {
  const { asOf, evidence, contract, zone } = context
  const { list, listings } = evidence.backups
  const termStart = contract.term?.start ?? Number.NEGATIVE_INFINITY
  const termEnd = contract.term?.end ?? Number.POSITIVE_INFINITY
  const period = { start: Math.max(context.period.start, termStart), end: Math.min(context.period.end, termEnd) }

  const all: Candidate[] = []
  const places: number[] = []
  for (const [place, backup] of list.entries()) {
    if (!isOf(backup, component, rules)) continue
    const seen = sees(backup)
    if (seen === 'no') continue
    all.push({
      index: all.length,
      backup,
      counts: countsAs(backup, rules, seen),
      started: withinDay(cut(backup.started, asOf)),
      // It need not be complete at `as of` itself where its completion may lie beyond.
      completed: backup.completed === null ? null : cut(backup.completed, asOf + 1),
    })
    places.push(place)
  }

  const deletions = saidComplete('backup-deletion', context) ?? []
  const log = creationsOf(component, rules, period.start, context)
  const known = new Map<Copy, Known>()
  const exists = (copy: Copy, backup: Backup): Known => {
    let found = known.get(copy)
    if (found === undefined) {
      found = existence(copy, backup, deletions, asOf)
      known.set(copy, found)
    }
    return found
  }
  const chains = makeChains(list, rules.accept, asOf, exists)
  let next: Chains | undefined
  const withAsOf = (): Chains => {
    next ??= makeChains(list, rules.accept, asOf + 1, (copy, backup) => existence(copy, backup, deletions, asOf + 1))
    return next
  }
  return {
    component,
    zone,
    asOf,
    term: { start: termStart, end: Math.min(termEnd, asOf), until: termEnd },
    period,
    all,
    made: all.filter(({ counts }) => counts !== 'no'),
    creations: log.complete,
    logStart: log.start !== undefined && log.start > termStart ? log.start : undefined,
    deletions,
    listings: listings.filter(listing => listing.complete === true && tellsOf(listing, component, all)),
    exists,
    restorable: (index, at) => chains.restorable(places[index] ?? -1, at),
    isGone: (index, at) => !contains(withAsOf().restorable(places[index] ?? -1, at).possible, asOf),
    upheld: (index, at) => chains.upheld(places[index] ?? -1, at),
  }
}

function isOf({ component: named }: Backup, component: string, { components }: BackupRules): boolean {
  return component === '' || named === component || named === 'all' || (named === '' && components.length <= 1)
}

/** Whether a run counts as a backup made. One that still runs may yet end well. */
function countsAs(backup: Backup, { accept, only }: BackupRules, seen: 'yes' | 'maybe'): Candidate['counts'] {
  const { status, kind, completed, flaw } = backup
  if (flaw !== undefined) return 'maybe'
  const running = completed === null && (status === undefined || status === 'running' || accept.has(status))
  if (!running && status !== undefined && !accept.has(status)) return 'no'
  if (only !== 'any' && kind !== undefined && (kind === 'full') !== (only === 'full')) return 'no'
  const sure = seen === 'yes' && !running && status !== undefined && (only === 'any' || kind !== undefined)
  return sure ? 'yes' : 'maybe'
}

/** A moment of which only the part up to `asOf` can be. */
function cut(moment: Happened, asOf: number): Moment | undefined {
  if (moment === undefined || moment === null) return undefined
  return moment.latest <= asOf ? moment : { earliest: Math.min(moment.earliest, asOf), latest: asOf }
}

/** A moment known to its day is told up to the next midnight, which is of the next day. */
export function withinDay(moment: Moment | undefined): Moment | undefined {
  if (moment === undefined || moment.earliest === moment.latest) return moment
  return { earliest: moment.earliest, latest: moment.latest - 1 }
}

/**
 * Where the log holds every backup made: what is declared, else from its first row on. `start`: where a schedule by
 * intervals presumes a success, with the period if the first row comes within the first interval of it.
 */
function creationsOf(
  component: string,
  rules: BackupRules,
  periodStart: number,
  context: Context,
): { readonly complete: Intervals; readonly start: number | undefined } {
  const { asOf, evidence, zone } = context
  if (evidence.skipped.some(({ type }) => type === 'backup')) return { complete: [], start: undefined }
  const declared = saidComplete('backup', context)
  if (declared !== undefined) {
    const start = declared[0]?.start
    return { complete: declared, start: start === Number.MIN_SAFE_INTEGER ? undefined : start }
  }
  const first = firstRow(component, rules, evidence.backups)
  if (first === undefined || first >= asOf) return { complete: [], start: undefined }
  const isNear = first > periodStart && first <= firstReach(rules.schedule, zone, periodStart)
  return { complete: [{ start: first, end: asOf }], start: isNear ? periodStart : first }
}

/** Until when the first backup after an instant is in time by an interval; any other schedule presumes none before it. */
function firstReach(schedule: Schedule | undefined, zone: Zone, from: number): number {
  return schedule?.form === 'every' ? addDuration(zone, from, schedule.every) + schedule.tolerance : from
}

/** The first row of a log, for certain: the end of what is known only to its day, or told differently by several. */
function firstRow(component: string, rules: BackupRules, backups: Evidence['backups']): number | undefined {
  const from = loggedFrom(component, rules, backups.loggedFrom)
  if (from === undefined) return undefined
  let first: number | undefined
  for (const backup of backups.list) {
    const at = backup.logged && isOf(backup, component, rules) ? (backup.started ?? backup.completed) : undefined
    if (at && at.latest >= from && (first === undefined || at.latest < first)) first = at.latest
  }
  return first ?? from
}

function loggedFrom(
  component: string,
  { components }: BackupRules,
  logged: ReadonlyMap<string, number>,
): number | undefined {
  const names = component === '' ? logged.keys() : [component, 'all', ...(components.length <= 1 ? [''] : [])]
  let first: number | undefined
  for (const name of names) {
    const from = logged.get(name)
    if (from !== undefined) first = Math.min(first ?? from, from)
  }
  return first
}

/** Where `coverage` rows or the user say that a log is complete, up to `asOf`; bad rows left out make it incomplete. */
function saidComplete(type: string, { declared, asOf, evidence }: Context): Intervals | undefined {
  const said = declared(type, '')
  if (said === undefined || evidence.skipped.some(row => row.type === type)) return undefined
  return clip(said, { start: Number.NEGATIVE_INFINITY, end: asOf })
}

/** Of all backups together a listing tells where it names every component there is. */
function tellsOf(listing: Listing, component: string, all: readonly Candidate[]): boolean {
  if (listing.everyComponent || listing.components.has('all')) return true
  if (component !== '') return listing.components.has(component)
  return all.every(({ backup }) => listing.components.has(backup.component))
}
