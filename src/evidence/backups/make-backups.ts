import type { Origin } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import { leaves } from './copies.ts'
import { componentsOf, forget, type Group } from './entries.ts'
import { groupRows } from './groups.ts'
import type { Sighting } from './listings.ts'
import { type Draft, draftOf } from './one-backup.ts'
import { compareTransfers, type EntryRows, type SpotRows } from './places.ts'
import type { Backup, Backups } from './records.ts'
import type { BackupRow, Place } from './rows.ts'
import { type Run, runsOf } from './runs.ts'
import { meaningOf, type ReadBackups } from './store.ts'
import { compareMoments, compareTexts, firstMoment, isMoment } from './times.ts'
import { makeTold } from './told.ts'

/** What only shows once all files are read. */
export interface BackupIssues {
  /** Where what may never have been ends. */
  readonly asOf: number
  /** A row that was taken says what another one says already. */
  duplicate(input: number, type: string): void
  /** A row names a backup that no other tells of. */
  unknown(type: string, id: string, origin: Origin): void
  /** A row tells of a backup at a location where no other row says it was. */
  elsewhere(type: string, id: string, location: string, locations: readonly string[], origin: Origin): void
  /** A row names an id that backups of several components have, and does not say of which. */
  ambiguous(type: string, id: string, origin: Origin): void
  contradictory(id: string, why: string, origins: readonly Origin[]): void
  /** A backup is deleted at one place at different times. */
  deletedTwice(id: string, origins: readonly Origin[]): void
}

/** Puts together what all rows say of each backup. */
export function makeBackups(read: ReadBackups, issues: BackupIssues): Backups {
  const index = read.listings.index(read.spots, read.bodies)
  const duplicate = ({ origin }: BackupRow): void => issues.duplicate(origin.input, 'backup')
  const originOf = (spot: number): Origin => index.seen(spot)[0]?.origin ?? { input: 0 }
  const named = groupRows(read, { duplicate, originOf })
  const vague = new Map<Group, Origin[]>()
  for (const { type, id, origin, spoils } of named.vague) {
    issues.ambiguous(type, id, origin)
    for (const group of spoils) {
      const known = vague.get(group)
      if (known === undefined) vague.set(group, [origin])
      else known.push(origin)
    }
  }
  const told = makeTold(read, named, issues)
  const from = new Map<string, number>()
  read.release()
  const drafts: Draft[] = []
  for (const group of named.groups) {
    drafts.push(...madeOf(group))
    forget(group)
  }
  drafts.sort(compareDrafts)
  const positions = new Map<Group, number>()
  if (drafts.some(({ parent }) => typeof parent === 'string')) {
    for (const [at, { group }] of drafts.entries()) positions.set(group, at)
  }
  for (const { backup, parent } of drafts) backup.parent = parentOf(parent, backup.component)

  function madeOf(group: Group): readonly Draft[] {
    const rows = group.entries.map((entry): EntryRows => {
      const id = entry.id === '' ? (entry.logs[0]?.label ?? '') : entry.id
      const copies = entry.copies.length > 1 ? [...entry.copies].sort(compareTransfers) : entry.copies
      return { id, runs: runsOf(entry.logs, duplicate), copies, spots: entry.spots.map(spotRows) }
    })
    for (const { runs } of rows) for (const run of runs) logged(run)
    const shown = rows.flatMap(({ spots }) => spots.flatMap(spot => spot.all.filter(({ body }) => body >= 0)))
    const components = componentsOf(group, read.spots)
    const mixed = components.filter(one => one !== 'all').length > 1 ? components : []
    const draft = draftOf(group, rows, {
      index,
      told,
      onlyComponent: read.onlyComponent,
      mixed,
      vague: vague.get(group) ?? [],
      attributes: read.attributes,
      isNamed: id => named.of(id).includes(group),
      bodies: bodiesOf(shown, group.id),
      shown: firstAndLast(shown),
      elsewhere: (type, { backup, location, origin }, locations) =>
        issues.elsewhere(type, backup, location, locations, origin),
      contradictory: issues.contradictory,
      deletedTwice: issues.deletedTwice,
    })
    if (draft === undefined) return []
    if (mixed.length === 0) return [draft]
    return mixed.map(component => ({ ...draft, backup: { ...draft.backup, component } }))
  }

  /** Where the first row of a component starts; where rows differ, by the one that tells least. */
  function logged({ row: { component, started, completed }, contradictory }: Run): void {
    const stamp = started ?? completed
    if (!isMoment(stamp)) return
    const at = contradictory ? Math.max(stamp.earliest, stamp.latest - 1) : stamp.earliest
    const known = from.get(component)
    if (known === undefined || at < known) from.set(component, at)
  }

  function spotRows(spot: number): SpotRows {
    const all: Sighting[] = []
    for (const sighting of index.seen(spot)) {
      const last = all.at(-1)
      const isSame = last?.body === sighting.body && compareMoments(last.listing.at, sighting.listing.at) === 0
      if (!isSame) all.push(sighting)
      else if (sighting.body >= 0) {
        issues.duplicate(sighting.origin.input, 'inventory')
        index.again(sighting)
      }
    }
    const isThere = ({ body }: Sighting): boolean => leaves(read.bodies[body]?.status)
    const seen = all.filter(isThere)
    return { place: read.spots[spot]?.place ?? NOWHERE, all, seen, bodies: bodiesOf(seen, '') }
  }

  /** What listings say of a backup, the latest first; of the same time that of the id it has its name by. */
  function bodiesOf(shown: readonly Sighting[], id: string): readonly BackupRow[] {
    const last = new Map<BackupRow, Sighting>()
    for (const sighting of shown) {
      const row = read.bodies[sighting.body]
      const known = row === undefined ? undefined : last.get(row)
      if (row === undefined) continue
      if (known === undefined || compareMoments(known.listing.at, sighting.listing.at) < 0) last.set(row, sighting)
    }
    const rows = [...last]
    if (rows.length > 1) {
      rows.sort(
        ([a, one], [b, other]) =>
          compareMoments(other.listing.at, one.listing.at) ||
          Number(b.id === id) - Number(a.id === id) ||
          compareTexts(meaningOf(a), meaningOf(b)),
      )
    }
    return rows.map(([row]) => row)
  }

  function parentOf(id: string | null | undefined, component: string): Backup['parent'] {
    if (id === null || id === undefined) return id
    const all = named.of(id)
    const [group, ...others] = all.length > 1 ? named.meant(id, component, '').of : all
    const at = group === undefined || others.length > 0 ? undefined : positions.get(group)
    return at === undefined ? { id } : { id, index: at }
  }

  return {
    list: drafts.map(({ backup }): Backup => backup),
    listings: index.listings,
    loggedFrom: from,
    ...(read.first === undefined ? {} : { first: read.first }),
    ...(read.last === undefined ? {} : { last: read.last }),
  }
}

const NOWHERE: Place = { location: '', provider: '', region: '', country: '' }

function firstAndLast(shown: readonly Sighting[]): readonly Origin[] {
  let [first, last] = [shown[0], shown[0]]
  for (const one of shown) {
    if (first !== undefined && compareMoments(one.listing.at, first.listing.at) < 0) first = one
    if (last !== undefined && compareMoments(one.listing.at, last.listing.at) > 0) last = one
  }
  if (first === undefined || last === undefined) return []
  return first === last ? [first.origin] : [first.origin, last.origin]
}

function compareDrafts({ backup: a }: Draft, { backup: b }: Draft): number {
  const [one, other] = [timeOf(a), timeOf(b)]
  if (one === undefined || other === undefined) {
    return Number(one === undefined) - Number(other === undefined) || compareTexts(a.id, b.id)
  }
  return compareMoments(one, other) || compareTexts(a.id, b.id) || compareTexts(a.component, b.component)
}

function timeOf({ started, completed, copies }: Backup): Moment | undefined {
  if (isMoment(started)) return started
  return isMoment(completed) ? completed : firstMoment(copies.map(({ listed }) => listed[0]?.first))
}
