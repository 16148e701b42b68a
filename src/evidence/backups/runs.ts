import type { Moment } from '../../model/interval.ts'
import type { Happened } from '../records.ts'
import { compareOrigins } from '../tickets/tables.ts'
import { leaves } from './copies.ts'
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
  // Of rows that differ one that leaves something is taken, with stamps that say both ends.
  const first = left.find(({ status }) => leaves(status)) ?? left[0]
  const begun = distinct.find(({ started }) => started !== undefined)
  const row = left.length > 1 ? differing(first as BackupRow, left) : (first as BackupRow)
  const place = distinct.map(one => one.place).find(one => placeKey(one) !== '') ?? row.place
  return {
    row: { ...row, started: row.started ?? begun?.started, place },
    rows,
    contradictory: left.length > 1,
  }
}

/** A row with all that rows which differ leave open: a stamp lies between the first and the last of theirs. */
function differing(row: BackupRow, all: readonly BackupRow[]): BackupRow {
  const started = hullOf(all.map(one => one.started))
  const completed = hullOf(all.map(one => one.completed)) ?? row.completed
  const [deleted] = new Set(all.map(one => (isMoment(one.deleted) ? 'told' : one.deleted)))
  const same = all.every(one => (isMoment(one.deleted) ? 'told' : one.deleted) === deleted)
  const gone = same ? (hullOf(all.map(one => one.deleted)) ?? row.deleted) : undefined
  return { ...row, started, completed, deleted: gone }
}

/** From the first to the last of some moments; of what differs the last instant is inside. */
export function hullOf(stamps: readonly Happened[]): Moment | undefined {
  const told = stamps.filter(isMoment)
  const [first] = told
  if (first === undefined) return undefined
  if (told.every(stamp => compareMoments(stamp, first) === 0)) return first
  const latest = Math.max(...told.map(stamp => (stamp.earliest === stamp.latest ? stamp.latest + 1 : stamp.latest)))
  return { earliest: Math.min(...told.map(stamp => stamp.earliest)), latest }
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
