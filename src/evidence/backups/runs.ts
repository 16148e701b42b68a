import { compareOrigins } from '../tickets/tables.ts'
import type { BackupRow, Place } from './rows.ts'
import { meaningOf } from './store.ts'
import { compareMoments, compareTexts, isMoment } from './times.ts'

/** What the rows of one id say of what ran at one place. */
export interface Run {
  /** The row that counts, with what others of it say of its start. */
  readonly row: BackupRow
  readonly rows: readonly BackupRow[]
  readonly contradictory: boolean
}

/** Rows of one id. Equal ones are one; one that had not ended is told on by one that has. */
export function runsOf(rows: readonly BackupRow[], duplicate: (row: BackupRow) => void): readonly Run[] {
  const good = rows.filter(({ bad }) => !bad)
  const [only] = good
  if (only === undefined) return []
  if (good.length === 1) return [{ row: only, rows: good, contradictory: false }]
  const places = new Map<string, BackupRow[]>()
  for (const row of [...good].sort(byOrigin)) {
    const key = placeKey(row.place)
    const found = places.get(key)
    if (found === undefined) places.set(key, [row])
    else found.push(row)
  }
  return [...joinUnnamed(places).values()].map(list => runOf(list, duplicate))
}

/** Where a row says that something is: by its location; without one by what else it says. */
export function placeKey({ location, provider, region, country }: Place): string {
  if (location !== '') return location
  return provider === '' && region === '' && country === '' ? '' : `\n${provider}\n${region}\n${country}`
}

/** Where only one place without a location is told, rows that say nothing of it are of that. */
export function joinUnnamed<T>(places: Map<string, T[]>): ReadonlyMap<string, readonly T[]> {
  const plain = places.get('')
  const [only, ...others] = [...places.keys()].filter(key => key.startsWith('\n'))
  if (plain === undefined || only === undefined || others.length > 0) return places
  places.get(only)?.push(...plain)
  places.delete('')
  return places
}

function runOf(rows: readonly BackupRow[], duplicate: (row: BackupRow) => void): Run {
  const meanings = new Map<string, BackupRow>()
  for (const row of rows) {
    const meaning = meaningOf({ ...row, place: NOWHERE })
    if (meanings.has(meaning)) duplicate(row)
    else meanings.set(meaning, row)
  }
  const distinct = [...meanings].sort(([a], [b]) => compareTexts(a, b)).map(([, row]) => row)
  const ended = distinct.filter(({ completed }) => isMoment(completed))
  const left = ended.length > 0 ? ended : furthest(distinct)
  const [first] = left
  const begun = distinct.find(({ started }) => started !== undefined)
  const row = { ...(first as BackupRow) }
  const place = distinct.map(one => one.place).find(one => placeKey(one) !== '') ?? row.place
  return {
    row: { ...row, started: row.started ?? begun?.started, place },
    rows,
    contradictory: left.length > 1,
  }
}

/** Of rows of what had not ended: those that know most of how it went, one of those that say the same. */
function furthest(rows: readonly BackupRow[]): readonly BackupRow[] {
  const final = rows.filter(({ status }) => status !== undefined && status !== 'running')
  const list = final.length > 0 ? final : rows
  const begun = list.filter(({ started }) => started !== undefined)
  const known = begun.length > 0 ? begun : list
  const [first] = known
  const same = known.every(({ started, status }) => {
    const [a, b] = [started, first?.started]
    return status === first?.status && (a === b || (a !== undefined && b !== undefined && compareMoments(a, b) === 0))
  })
  return same && first !== undefined ? [first] : known
}

const NOWHERE: Place = { location: '', provider: '', region: '', country: '' }

const byOrigin = (a: BackupRow, b: BackupRow): number => compareOrigins(a.origin, b.origin)
