import type { Backup, Copy } from '../../evidence/backups/records.ts'
import type { Origin } from '../../model/finding.ts'
import type { EvidenceLine } from '../../model/report.ts'
import { clip, type Intervals, intersect } from '../../time/interval.ts'
import { formatInstant } from '../../time/stamp.ts'
import type { Plan } from './plan.ts'
import type { Series } from './series.ts'

/** What evidence there is of backups, and what each kind of it allows to judge. */
export function evidenceLines({ context, rules }: Plan, series: readonly Series[]): readonly EvidenceLine[] {
  const backups = new Set(series.flatMap(({ all }) => all.map(({ backup }) => backup)))
  const listings = context.evidence.backups.listings.filter(({ everyComponent, components }) =>
    series.some(
      ({ component }) => component === '' || everyComponent || components.has(component) || components.has('all'),
    ),
  )
  const { period, asOf, zone } = context
  const time = (at: number): string => formatInstant(zone, at)
  const shared = (of: (one: Series) => Intervals): Intervals =>
    clip(everywhere(series.map(of)), { start: period.start, end: Math.min(period.end, asOf) })

  const logged = [...backups].filter(backup => backup.logged)
  const creations = shared(one => one.creations)
  const lines: EvidenceLine[] = [
    {
      about: 'creations',
      found:
        logged.length === 0 ? NONE : `${counted(logged.length, 'backup row')}, ${rangeText(startsOf(logged), time)}`,
      complete: creations,
      judges: oftenText(creations, listings.length > 0, context.declared('backup', '') !== undefined),
    },
  ]
  const copies = [...backups].flatMap(backup => backup.copies)
  const deleted = copies.flatMap(copy => copy.deleted ?? [])
  // One row may tell of the copies of a backup in all places.
  const gone = new Set(copies.flatMap(copy => (copy.deleted ? [rowText(copy.deletedBy ?? copy.origin)] : []))).size
  const told = copies.filter(copy => copy.deleted !== undefined).length
  const deletions = shared(one => one.deletions)
  const times = deleted.map(({ earliest }) => earliest)
  lines.push({
    about: 'deletions',
    found:
      deleted.length > 0
        ? `${counted(gone, 'row')} of deletions, ${rangeText(times, time)}`
        : told > 0 || context.supplied('backup-deletion')
          ? 'no deletion of these backups'
          : NONE,
    complete: deletions,
    judges: deletions.length > 0 ? 'how long' : toldText(told, deleted.length, copies.length),
  })
  const complete = listings.filter(listing => listing.complete === true)
  lines.push({
    about: 'inventories',
    found:
      listings.length === 0
        ? NONE
        : `${counted(listings.length, 'listing')} (${grouped(complete.length)} complete), ${rangeText(
            listings.map(({ at }) => at.earliest),
            time,
          )}`,
    complete: [],
    judges:
      listings.length === 0
        ? 'nothing'
        : complete.length === 0
          ? 'what they show was there, not what was missing'
          : complete.length === listings.length
            ? 'what was there at each, and what was not'
            : `what was there at each; what was not, at ${grouped(complete.length)} of them`,
  })
  const elsewhere = [...backups].reduce((sum, { copies: all }) => sum + Math.max(0, placesIn(all) - 1), 0)
  if (elsewhere > 0 || rules.copies !== undefined) {
    lines.push({
      about: 'copies',
      found: elsewhere === 0 ? NONE : `${counted(elsewhere, 'copy', 'copies')} in other places`,
      complete: [],
      judges: elsewhere === 0 ? 'nothing' : 'which copies were made',
    })
  }
  const checks = [...backups].flatMap(({ verifications }) => verifications)
  if (checks.length > 0) {
    const failed = checks.filter(({ passed }) => passed === false).length
    lines.push({
      about: 'verifications',
      found: `${counted(checks.length, 'verification')}, ${grouped(failed)} failed`,
      complete: [],
      judges: 'what could no longer be restored',
    })
  }
  return lines
}

const NONE = 'none supplied'

/** Of a log that nobody declares as complete. */
const TAKEN = 'how often, taken as complete'

/** What a log of backups says; one that nobody declares as complete is taken so. */
function oftenText(creations: Intervals, isListed: boolean, isDeclared: boolean): string {
  if (creations.length > 0) return isDeclared ? 'how often' : TAKEN
  return isListed ? 'nothing beyond what is listed' : 'nothing: backups may be missing'
}

function rowText({ input, line, item }: Origin): string {
  return `${input} ${line} ${item}`
}

/** What deletions say without a complete log of them: blank cells of a column tell that there was none. */
function toldText(told: number, deleted: number, copies: number): string {
  if (told === 0) return 'nothing'
  if (told === copies) return 'how long, by the row of each'
  return told === deleted ? 'what was deleted, not what was kept' : 'how long, of those whose rows tell'
}

/** Where all of them hold. */
function everywhere(lists: readonly Intervals[]): Intervals {
  return lists.length === 0 ? [] : lists.reduce((a, b) => intersect(a, b))
}

/** How many places copies are in. */
function placesIn(copies: readonly Copy[]): number {
  return new Set(copies.map(({ location, provider, region }) => `${location} ${provider} ${region}`)).size
}

function startsOf(backups: readonly Backup[]): readonly number[] {
  return backups.flatMap(({ started, completed }) => (started ?? completed)?.earliest ?? [])
}

function rangeText(times: readonly number[], time: (at: number) => string): string {
  let [first = Number.NaN] = times
  let last = first
  for (const at of times) {
    first = Math.min(first, at)
    last = Math.max(last, at)
  }
  if (Number.isNaN(first)) return 'no time known'
  return first === last ? time(first) : `${time(first)} to ${time(last)}`
}

function counted(count: number, one: string, several = `${one}s`): string {
  return count === 1 ? `1 ${one}` : `${grouped(count)} ${several}`
}

/** Digits in groups of three: `1,284`. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}
