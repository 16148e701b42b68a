import type { Origin } from '../../model/finding.ts'
import type { Cells } from '../filter.ts'
import type { Happened } from '../records.ts'
import { hash53 } from '../sample-lists.ts'
import { makeTexts } from '../tickets/columns.ts'
import { type ListingTable, makeListingTable } from './listings.ts'
import { type BackupIssues, makeBackups } from './make-backups.ts'
import type { Backups, ControlRecord, Incident, RecoveryPoint, Restore } from './records.ts'
import type { BackupRow, CopyRow, DeletionRow, Place, Spot, VerificationRow } from './rows.ts'

/** Backups and what is said of them, as they are read; they are put together at the end. */
export interface BackupStore {
  /** Takes the cells of a row that its backup keeps, and gives the store's number for them. */
  keptCells(names: readonly string[]): (cells: Cells) => number
  /** The one component that clauses name, `''` if they name none or several: rows that name none are of it. */
  readonly onlyComponent: string
  readonly components: readonly string[]
  /** A copy of a text that all rows share. */
  text(text: string): string
  place(location: string, provider: string, region: string, country: string): Place
  log(row: BackupRow): void
  /** The number of what rows of listings say in the same words. */
  body(row: BackupRow): number
  /** The number of a component's id at a place, for listings. */
  spot(id: string, component: string, place: Place): number
  readonly listings: ListingTable
  copy(row: CopyRow): void
  delete(row: DeletionRow): void
  verify(row: VerificationRow): void
  restore(row: Restore): void
  readonly restores: Restore[]
  readonly recoveryPoints: RecoveryPoint[]
  readonly incidents: Incident[]
  readonly controls: ControlRecord[]
  /** A bad row was left out that names a backup: nothing certain can be said of that. */
  spoil(row: Spoil): void
  /** How many bad rows of a type in a file are known to be of a backup; once all is put together. */
  spoiled(input: number, type: string): number
  /** Takes note of a component that a row names, or of one that names none. */
  meets(component: string | undefined, origin: Origin): void
  readonly strangers: ReadonlyMap<string, Stranger>
  dated(moment: Happened): void
  finish(issues: BackupIssues): Backups
}

/** A bad row that names a backup; `component` as it is written. */
export interface Spoil {
  readonly id: string
  readonly component: string
  readonly type: string
  readonly origin: Origin
}

/** Rows with a component that no clause names; `''`: they name none. */
export interface Stranger {
  readonly component: string
  readonly first: Origin
  readonly rows: number
  readonly files: ReadonlySet<number>
}

/** All that was read, as it was read. */
export interface ReadBackups {
  readonly logs: readonly BackupRow[]
  readonly bodies: readonly BackupRow[]
  readonly spots: readonly Spot[]
  readonly listings: ListingTable
  readonly onlyComponent: string
  readonly asOf: number
  readonly copies: readonly CopyRow[]
  readonly deletions: readonly DeletionRow[]
  readonly verifications: readonly VerificationRow[]
  readonly restores: readonly Restore[]
  readonly spoils: readonly Spoil[]
  /** Cells kept of a row by their number. */
  attributes(id: number): Readonly<Record<string, string>>
  /** Lets go of rows that have been sorted by backup. */
  release(): void
  /** A bad row is known to be of a backup. */
  placed(input: number, type: string): void
  readonly first?: number
  readonly last?: number
}

/** `keeps`: columns of which backups keep the cells; `components`: those that clauses name. */
export function makeBackupStore(keeps: readonly string[] = [], components: readonly string[] = []): BackupStore {
  const texts = makeTexts([''])
  const attributeSets = makeTexts([''])
  const attributes = new Map<number, Readonly<Record<string, string>>>()
  const places = new Map<string, Place>()
  const bodyIds = new Map<number, number>()
  const spotIds = new Map<Place, Map<string, Map<string, number>>>()
  const strangers = new Map<string, { component: string; first: Origin; rows: number; files: Set<number> }>()
  const spoiledCounts = new Map<string, number>()
  const known = new Set(components)
  const onlyComponent = components.length === 1 ? (components[0] ?? '') : ''
  const listings = makeListingTable()
  const logs: BackupRow[] = []
  const bodies: BackupRow[] = []
  const spots: Spot[] = []
  const copies: CopyRow[] = []
  const deletions: DeletionRow[] = []
  const verifications: VerificationRow[] = []
  const spoils: Spoil[] = []
  const restores: Restore[] = []
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY

  const text = (given: string): string => texts.text(texts.id(given))

  function dated(moment: Happened): void {
    if (moment === undefined || moment === null) return
    if (moment.earliest < first) first = moment.earliest
    if (moment.earliest > last) last = moment.earliest
  }

  function attributesOf(id: number): Readonly<Record<string, string>> {
    let found = attributes.get(id)
    if (found === undefined) {
      // Without a prototype, so that a column may be called `constructor`.
      const cells: Record<string, string> = Object.create(null)
      const list = id === 0 ? [] : (JSON.parse(attributeSets.text(id)) as [string, string][])
      for (const [column, cell] of list) cells[column] = cell
      found = cells
      attributes.set(id, found)
    }
    return found
  }

  return {
    keptCells(names) {
      const kept = keeps.map(name => [name, names.indexOf(name)] as const).filter(([, at]) => at >= 0)
      if (kept.length === 0) return () => 0
      return cells => {
        const list = kept.flatMap(([name, at]) => (cells[at] === undefined ? [] : [[name, cells[at].trim()]]))
        return list.length === 0 ? 0 : attributeSets.id(JSON.stringify(list))
      }
    },
    onlyComponent,
    components,
    text,
    place(location, provider, region, country) {
      const key = `${location}\n${provider}\n${region}\n${country}`
      let found = places.get(key)
      if (found === undefined) {
        found = { location: text(location), provider: text(provider), region: text(region), country: text(country) }
        places.set(key, found)
      }
      return found
    },
    log: row => void logs.push(row),
    body(row) {
      const key = hash53(meaningOf(row))
      let found = bodyIds.get(key)
      if (found === undefined) {
        found = bodies.push(row) - 1
        bodyIds.set(key, found)
      }
      return found
    },
    spot(id, component, place) {
      const placed = spotIds.get(place) ?? new Map<string, Map<string, number>>()
      spotIds.set(place, placed)
      const here = placed.get(component) ?? new Map<string, number>()
      placed.set(component, here)
      let found = here.get(id)
      if (found === undefined) {
        const own = text(id)
        found = spots.push({ id: own, component: text(component), place }) - 1
        here.set(own, found)
      }
      return found
    },
    listings,
    copy: row => void copies.push(row),
    delete: row => void deletions.push(row),
    verify: row => void verifications.push(row),
    restore: row => void restores.push(row),
    restores,
    recoveryPoints: [],
    incidents: [],
    controls: [],
    spoil: row => void spoils.push(row),
    spoiled: (input, type) => spoiledCounts.get(`${input} ${type}`) ?? 0,
    meets(component = '', origin) {
      if (known.size === 0 || component === 'all' || known.has(component)) return
      if (component === '' && known.size === 1) return
      const found = strangers.get(component)
      const files = found?.files ?? new Set<number>()
      files.add(origin.input)
      if (found !== undefined) found.rows++
      else strangers.set(text(component), { component: text(component), first: origin, rows: 1, files })
    },
    strangers,
    dated,
    finish(issues) {
      const read: ReadBackups = {
        logs,
        bodies,
        spots,
        listings,
        onlyComponent,
        asOf: issues.asOf,
        copies,
        deletions,
        verifications,
        restores,
        spoils,
        attributes: attributesOf,
        release() {
          for (const list of [logs, copies, deletions, verifications, spoils]) list.length = 0
          spotIds.clear()
          bodyIds.clear()
        },
        placed(input, type) {
          const key = `${input} ${type}`
          spoiledCounts.set(key, (spoiledCounts.get(key) ?? 0) + 1)
        },
        ...(first <= last ? { first, last } : {}),
      }
      const made = makeBackups(read, issues)
      // Those who ask how many bad rows there were keep the store.
      for (const list of [bodies, spots]) list.length = 0
      listings.release()
      return made
    },
  }
}

const placeText = ({ location, provider, region, country }: Place): string =>
  `${location}\n${provider}\n${region}\n${country}`

/** The same for rows that say the same of a backup. */
export function meaningOf(row: BackupRow): string {
  const { id, component, service, place, original, started, completed, status } = row
  const stamp = (moment: Happened): unknown =>
    moment === undefined || moment === null ? moment === null : [moment.earliest, moment.latest]
  return JSON.stringify([
    [id, component, service, placeText(place), original, status ?? 0, row.kind, row.parent === undefined, row.parent],
    [stamp(started), stamp(completed), stamp(row.expires), stamp(row.deleted), row.attributes, row.scope],
  ])
}
