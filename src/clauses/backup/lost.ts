import type { Backup, Copy } from '../../evidence/backups/records.ts'
import type { Moment } from '../../model/interval.ts'
import { contains } from '../../time/interval.ts'
import { formatInstant } from '../../time/stamp.ts'
import type { Zone } from '../../time/zone.ts'
import { isGoneAt } from './artefact.ts'
import type { Candidate, Series } from './series.ts'

export interface Reason {
  readonly reason: string
  readonly why: string
}

/** Why a backup can't be restored (at one location, if one is named) at an instant at which it certainly can't. */
export function whyLost(candidate: Candidate, at: number, series: Series, location?: string): Reason {
  const { backup } = candidate
  const copies = copiesAt(backup.copies, location)
  const never = copies.every(copy => copy.deleted == null && series.exists(copy, backup).possible.length === 0)
  if (never && location !== undefined) return { reason: 'not-there', why: `never at ${location}` }
  if (copies.length === 0) return { reason: 'not-there', why: 'it left no copy' }
  if (copies.some(copy => isThere(copy, backup, at, series)))
    return { reason: 'unrestorable', why: whyBroken(candidate, at, series, location) }
  let last: Copy | undefined
  let lasted = Number.NEGATIVE_INFINITY
  let later: number | undefined
  for (const copy of copies) {
    for (const { start, end } of series.exists(copy, backup).possible) {
      if (end <= at && end >= lasted) {
        last = copy
        lasted = end
      }
      if (start > at) later = Math.min(later ?? start, start)
    }
  }
  last ??= copies.find(({ deleted }) => deleted && deleted.latest <= at)
  const from = later === undefined ? undefined : formatInstant(series.zone, later)
  if (last === undefined) {
    return { reason: 'not-there', why: from === undefined ? 'not there yet' : `not there yet, only from ${from}` }
  }
  const next = from === undefined ? '' : `, and there again only from ${from}`
  return { reason: 'purged', why: `${goneText(last, at, series)}${next}` }
}

/** Whether it may be there at an instant up to `as of` itself. */
function isThere(copy: Copy, backup: Backup, at: number, series: Series): boolean {
  const { possible } = series.exists(copy, backup)
  return at < series.asOf ? contains(possible, at) : contains(possible, at - 1) && !isGoneAt([copy], at)
}

/** `2026-05-01T04:00:00+02:00`, or the date where no more is known. */
export function momentText({ earliest, latest }: Moment, zone: Zone): string {
  const text = formatInstant(zone, earliest)
  return earliest === latest ? text : text.slice(0, 10)
}

export function copiesAt(copies: readonly Copy[], location: string | undefined): readonly Copy[] {
  return location === undefined ? copies : copies.filter(copy => copy.location === location)
}

/** `deleted 2026-05-10T04:05:00+02:00`, `no longer listed 2026-05-10T06:00:00+02:00`. */
export function goneText({ deleted, listed }: Copy, by: number, { zone }: Series): string {
  const lacks = listed.find(({ there, first }) => !there && first.earliest <= by)
  if (deleted && (lacks === undefined || deleted.earliest <= lacks.first.latest)) {
    return `deleted ${momentText(deleted, zone)}`
  }
  return lacks === undefined ? 'no longer there' : `no longer listed ${momentText(lacks.first, zone)}`
}

/** The verification that failed, or the nearest backup of its chain that is no longer of use. */
function whyBroken(candidate: Candidate, at: number, series: Series, location: string | undefined): string {
  const failed = failedBy(candidate, at, location)
  if (failed !== undefined) return `its verification failed ${momentText(failed, series.zone)}`
  // An endless chain tells no more than its first links.
  let link = candidate
  for (let links = 0; links < MOST_LINKS; links++) {
    const { parent } = link.backup
    const next = parent?.index === undefined ? undefined : chained(series, parent.id)
    if (parent === null || parent === undefined || next === undefined) break
    const name = `${next.backup.kind ?? 'parent'} ${next.backup.id}`
    if (next.backup.status === 'failed' || next.completed === null) return `it needs ${name}, which did not succeed`
    const broken = failedBy(next, at, location)
    if (broken !== undefined) return `it needs ${name}, whose verification failed ${momentText(broken, series.zone)}`
    const copies = copiesAt(next.backup.copies, location)
    if (!copies.some(copy => isThere(copy, next.backup, at, series))) {
      const [copy] = copies
      const isAhead = copies.every(one => (series.exists(one, next.backup).possible[0]?.start ?? at) > at)
      const gone = copy === undefined ? 'of which no copy is there' : goneText(copy, at, series)
      return `it needs ${name}, ${isAhead ? 'which was not there yet' : gone}`
    }
    link = next
  }
  return 'what it needs of its chain could not be restored there'
}

const MOST_LINKS = 50

function failedBy({ backup }: Candidate, at: number, location: string | undefined): Moment | undefined {
  return backup.verifications.find(
    v =>
      v.passed === false &&
      v.at.latest <= at &&
      (location === undefined || v.location === undefined || v.location === location),
  )?.at
}

/** Candidates by id, once for each series. */
function chained(series: Series, id: string): Candidate | undefined {
  let byId = KNOWN.get(series)
  if (byId === undefined) {
    byId = new Map(series.all.map(candidate => [candidate.backup.id, candidate]))
    KNOWN.set(series, byId)
  }
  return byId.get(id)
}

const KNOWN = new WeakMap<Series, ReadonlyMap<string, Candidate>>()
