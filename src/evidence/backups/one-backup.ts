import type { Origin } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import { compareOrigins } from '../tickets/tables.ts'
import { copyOf, leaves, type PlaceRows } from './copies.ts'
import type { Group } from './entries.ts'
import type { ListingIndex } from './listings.ts'
import { type EntryRows, isUnnamed, placesById, placesOf, primaryPlace } from './places.ts'
import type { Backup, Copy, Verification } from './records.ts'
import type { BackupRow, DeletionRow, VerificationRow } from './rows.ts'
import { hullOf, type Run } from './runs.ts'
import { meaningOf } from './store.ts'
import { compareKnown, compareMoments, compareTexts, firstMoment, isMoment, isSurelyBefore } from './times.ts'
import type { Told } from './told.ts'

/** A backup of which the place of its parent in the list is not known yet. */
export interface Draft {
  readonly backup: { -readonly [P in keyof Backup]: Backup[P] }
  readonly group: Group
  readonly parent: string | null | undefined
}

export interface DraftSource {
  readonly index: ListingIndex
  readonly told: Told
  /** That of rows which name none; `''`: not known. */
  readonly onlyComponent: string
  /** Components that its rows name, where those are several. */
  readonly mixed: readonly string[]
  /** Rows that may be of it or of another component's. */
  readonly vague: readonly Origin[]
  /** Whether an id is one of the backup's. */
  isNamed(id: string): boolean
  /** Cells kept of a row by their number. */
  attributes(id: number): Readonly<Record<string, string>>
  /** Rows of listings about it, the latest first. */
  readonly bodies: readonly BackupRow[]
  /** The first and the last listing that shows it. */
  readonly shown: readonly Origin[]
  elsewhere(type: string, row: DeletionRow | VerificationRow, locations: readonly string[]): void
  contradictory(id: string, why: string, origins: readonly Origin[]): void
  deletedTwice(id: string, origins: readonly Origin[]): void
}

/** Puts together what all rows say of one backup; undefined where none says that it was made. */
export function draftOf(group: Group, rows: readonly EntryRows[], source: DraftSource): Draft | undefined {
  const { bodies, told } = source
  const runs = rows.flatMap(one => one.runs).sort(compareRuns)
  const copied = rows.flatMap(one => one.copies)
  const bad = group.entries.flatMap(entry => entry.logs.filter(row => row.bad)).sort(compareRows)
  const [primary] = runs
  const main = primary?.row ?? bodies[0] ?? copied[0] ?? bad[0]
  if (main === undefined) return undefined
  const said = [...runs.map(({ row }) => row), ...bodies]
  const own = primary?.row ?? bodies[0]
  const started = firstMoment(runs.map(({ row }) => row.started)) ?? listedStart()
  const completed = own?.completed === undefined ? firstMoment(bodies.map(row => row.completed)) : own.completed
  const all = [main, ...said, ...copied, ...bad]
  const component = all.map(one => one.component).find(text => text !== '') ?? source.onlyComponent
  const kind = said.map(row => row.kind).find(text => text !== '')
  const origins = [...group.entries.flatMap(entry => entry.logs), ...copied]
    .map(({ origin }) => origin)
    .concat(source.shown)
    .sort(compareOrigins)
  const places = placesOf(rows, source.isNamed)
  const placesOfIds = placesById(places)
  const deletionsOf = byLocation(id => told.deletions(id, group))
  const maybesOf = byLocation(id => told.maybeDeletions(id, group))
  const at = primaryPlace(places, primary, group)
  const { copies, contradiction } = copiesOf()
  const spoils = told.spoils(group)
  const why = runsDiffer() ?? contradiction ?? timesDiffer(copies) ?? mixedComponents()
  const flaw = spoils.length > 0 ? BAD_ROW : why === undefined ? vague() : ({ reason: 'contradictory', why } as const)
  if (why !== undefined && spoils.length === 0) source.contradictory(group.id, why, origins)
  const backup: Draft['backup'] = {
    id: group.id,
    component,
    service: all.map(one => one.service).find(text => text !== '') ?? '',
    started,
    completed,
    status: own?.status,
    parent: undefined,
    copies,
    verifications: verifications(),
    origin: origins[0] ?? { input: 0 },
    rows: origins,
    logged: runs.length > 0 || copied.length > 0 || bad.length > 0,
    attributes: source.attributes(main.attributes),
  }
  if (kind !== undefined) backup.kind = kind
  if (flaw !== undefined) {
    const by = flaw === BAD_ROW ? spoils : flaw === VAGUE ? source.vague : origins
    backup.flaw = { ...flaw, origins: by }
  }
  return { backup, group, parent: said.map(row => row.parent).find(parent => parent !== undefined) }

  function copiesOf(): { readonly copies: readonly Copy[]; readonly contradiction: string | undefined } {
    const unnamed = [...places.keys()].filter(isUnnamed).length
    const found: Copy[] = []
    let contradiction = strayDeletion()
    for (const place of [...places.values()].sort((a, b) => compareTexts(a.key, b.key))) {
      const made = copyOf(place, {
        component,
        primary: place === at,
        only: places.size === 1,
        completed: place === at || places.size === 1 ? completed : undefined,
        provable: !isUnnamed(place.key) || unnamed === 1,
        index: source.index,
        deletions: names => names.flatMap(id => rowsAt(place, deletionsOf(id))),
        maybeDeletions: names => names.flatMap(id => rowsAt(place, maybesOf(id))),
      })
      if (made === undefined) continue
      found.push(made.copy)
      contradiction ??= made.contradiction
      if (made.twice.length > 0) source.deletedTwice(group.id, made.twice)
    }
    return { copies: [...found.sort(compareCopies)], contradiction }
  }

  /** Without a location everywhere; a place that no row names is the one that is meant where it is the only one. */
  function rowsAt(place: PlaceRows, rows: ReadonlyMap<string, readonly DeletionRow[]>): readonly DeletionRow[] {
    if (places.size === 1 && isUnnamed(place.key)) return [...rows.values()].flat()
    return [...(rows.get('') ?? []), ...(place.key === '' ? [] : (rows.get(place.key) ?? []))]
  }

  function strayDeletion(): string | undefined {
    let found: string | undefined
    const [only] = places.keys()
    if (places.size === 1 && only !== undefined && isUnnamed(only)) return undefined
    for (const { id } of rows) {
      for (const [location, list] of deletionsOf(id)) {
        if (location === '' || places.has(location)) continue
        for (const row of list) source.elsewhere('backup-deletion', row, locations())
        found ??= `it is deleted at "${location}", where no row says that it was`
      }
    }
    return found
  }

  function locations(): readonly string[] {
    return [...places.keys()].filter(key => !isUnnamed(key))
  }

  function runsDiffer(): string | undefined {
    if (runs.some(run => run.contradictory)) return 'it is given more than once, and the rows differ'
    for (const { spots } of rows) {
      const stamps = spots.flatMap(spot => spot.bodies.map(row => row.started))
      const first = firstMoment(stamps)
      if (stamps.some(stamp => isSurelyBefore(first, stamp))) return 'listings give its start differently'
    }
    return undefined
  }

  function listedStart(): Moment | undefined {
    const stamps = bodies.map(row => row.started)
    return runsDiffer() === undefined ? firstMoment(stamps) : hullOf(stamps)
  }

  function mixedComponents(): string | undefined {
    return source.mixed.length === 0 ? undefined : `its rows name different components: ${source.mixed.join(', ')}`
  }

  function vague(): typeof VAGUE | undefined {
    return source.vague.length === 0 ? undefined : VAGUE
  }

  function timesDiffer(list: readonly Copy[]): string | undefined {
    for (const { made, deleted } of list) {
      if (isSurelyBefore(deleted, started)) return 'it is deleted before it was started'
      if (isSurelyBefore(made, started)) return 'a copy of it was complete before it was started'
    }
    return undefined
  }

  function verifications(): readonly Verification[] {
    const found: Verification[] = []
    for (const { id } of rows) {
      for (const row of told.verifications(id, group)) {
        const { at: moment, passed, origin } = row
        const named = row.location === '' ? ownLocation(id) : row.location
        if (row.location !== '' && !places.has(row.location)) {
          source.elsewhere('verification', row, locations())
        }
        found.push({ at: moment, passed, ...(named === '' ? {} : { location: named }), origin })
      }
    }
    if (found.length === 0) return NO_VERIFICATIONS
    return found.sort((a, b) => compareMoments(a.at, b.at) || compareOrigins(a.origin, b.origin))
  }

  /** Where an id is, if it is not everywhere that the backup is. */
  function ownLocation(id: string): string {
    const [only, ...others] = placesOfIds.get(id) ?? []
    return only !== undefined && others.length === 0 && places.size > 1 && !isUnnamed(only) ? only : ''
  }
}

/** Rows by location, as they are asked for. */
function byLocation(
  rowsOf: (id: string) => readonly DeletionRow[],
): (id: string) => ReadonlyMap<string, readonly DeletionRow[]> {
  const known = new Map<string, ReadonlyMap<string, readonly DeletionRow[]>>()
  return id => {
    const found = known.get(id)
    if (found !== undefined) return found
    const sorted = new Map<string, DeletionRow[]>()
    for (const row of rowsOf(id)) {
      const same = sorted.get(row.location)
      if (same === undefined) sorted.set(row.location, [row])
      else same.push(row)
    }
    known.set(id, sorted)
    return sorted
  }
}

const NO_VERIFICATIONS: readonly Verification[] = []
const VAGUE = { reason: 'contradictory', why: 'rows with its id do not say which component they are of' } as const
const BAD_ROW = { reason: 'bad-row', why: 'a row of it is bad and was left out' } as const

const compareRuns = (a: Run, b: Run): number => compareRows(a.row, b.row)

/** One that leaves something first, then by time; never by where it stands. */
function compareRows(a: BackupRow, b: BackupRow): number {
  return (
    Number(leaves(b.status)) - Number(leaves(a.status)) ||
    compareKnown(a.completed, b.completed) ||
    compareKnown(a.started, b.started) ||
    compareTexts(a.place.location, b.place.location) ||
    compareTexts(a.id, b.id) ||
    compareTexts(meaningOf(a), meaningOf(b))
  )
}

/** The backup's own first, then by time. */
function compareCopies(a: Copy, b: Copy): number {
  const first = ({ made, listed }: Copy) => (isMoment(made) ? made : listed[0]?.first)
  return (
    Number(b.primary) - Number(a.primary) ||
    compareKnown(first(a), first(b)) ||
    compareTexts(a.location, b.location) ||
    compareTexts(a.provider ?? '', b.provider ?? '')
  )
}
