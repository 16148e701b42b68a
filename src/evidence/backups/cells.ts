import type { Origin } from '../../model/finding.ts'
import type { Cells } from '../filter.ts'
import type { Happened } from '../records.ts'
import type { RowParser } from '../row-parser.ts'
import { type Column, type Reading, SERVICE } from '../types/record-type.ts'
import { cellsHash, mixed } from '../vulnerabilities/cells.ts'
import type { BackupStatus } from './records.ts'
import type { BackupRow, Place } from './rows.ts'
import type { BackupStore } from './store.ts'
import { isMoment, isSurelyBefore, upTo } from './times.ts'
import { statusIn } from './words.ts'

/** Where something is. */
export const PLACE: readonly Column[] = [
  { name: 'location', aliases: ['repository', 'vault', 'bucket'] },
  { name: 'provider' },
  { name: 'region' },
  { name: 'country', aliases: ['country_code'] },
]

/** What both a log and a listing say of a backup. */
export const BACKUP_COLUMNS: readonly Column[] = [
  { name: 'started_at', aliases: ['backup_started_at', 'backup_start'] },
  { name: 'completed_at', aliases: ['completed', 'completion_time', 'backup_end'] },
  { name: 'component' },
  SERVICE,
  { name: 'status' },
  { name: 'kind', aliases: ['backup_type'] },
  { name: 'parent' },
  ...PLACE,
  { name: 'original' },
  { name: 'expires_at', aliases: ['expires', 'expiration'] },
  { name: 'deleted_at', aliases: ['deleted'] },
]

/** Other names for columns that files of other types have too: they alone do not make a file one of backups. */
export const WEAK: ReadonlyMap<string, readonly string[]> = new Map([
  ['started_at', ['start', 'start_time', 'started', 'start_at', 'begin', 'begin_at']],
  ['completed_at', ['finished_at', 'finished', 'end', 'end_time', 'ended_at', 'ended', 'end_at']],
])

/** The reading with weak names taken for the columns they stand for, where the file has none of their own names. */
export function withWeakNames(reading: Reading, weak: ReadonlyMap<string, readonly string[]> = WEAK): Reading {
  const positions = new Map<string, number>()
  const names = [...reading.names]
  for (const [column, others] of weak) {
    if (reading.at(column) >= 0) continue
    const at = others.map(name => reading.names.indexOf(name)).find(found => found >= 0)
    if (at === undefined) continue
    positions.set(column, at)
    names[at] = column
  }
  return positions.size === 0
    ? reading
    : { ...reading, names, at: column => positions.get(column) ?? reading.at(column) }
}

/** Of which backup a row is. */
export interface RowIdentity {
  readonly id: string
  readonly label: string
  readonly service: string
  readonly origin: Origin
}

/** Reads the columns of `BACKUP_COLUMNS` of the row that the parser has begun; what is wrong is said of the row. */
export type BackupReader = (cells: Cells, identity: RowIdentity) => BackupRow

/** `listing`: what rows do not say of a backup that is listed. */
export function makeBackupReader(
  row: RowParser,
  reading: Reading,
  store: BackupStore,
  listing?: 'listing',
): BackupReader {
  const attributes = store.keptCells(reading.names)
  const hash = cellsHash(reading, STAMPS)

  return (cells, { id, label, service, origin }) => {
    const started = row.stamp('started_at')
    const completed = row.stamp('completed_at')
    const deleted = row.stamp('deleted_at')
    if (isSurelyBefore(completed, started)) row.fail('completed_at', 'completed_at lies before started_at')
    if (isSurelyBefore(deleted, started)) row.fail('deleted_at', 'deleted_at lies before started_at')
    const expires = row.stamp('expires_at')
    const run = runOf(statusIn(row), completed, reading.asOf)
    const isListed = listing !== undefined && run.status === undefined && !row.isUnknown('status')
    const gone = isMoment(deleted) ? upTo(deleted, reading.asOf) : deleted
    // In this order, and not by spreading: there may be a great many.
    return {
      id: store.text(id),
      label: store.text(label),
      component: store.text(row.text('component') ?? store.onlyComponent),
      service,
      place: placeIn(row, store),
      original: store.text(row.text('original') ?? ''),
      started: isMoment(started) ? row.known(started) : undefined,
      completed: isMoment(run.completed) ? upTo(run.completed, reading.asOf) : run.completed,
      status: isListed ? 'success' : run.status,
      kind: store.text(row.text('kind')?.toLowerCase() ?? ''),
      parent: parentIn(row, store),
      expires: expires ?? undefined,
      // That it is not deleted is said of the time of the listing only.
      deleted: gone === null && listing !== undefined ? undefined : gone,
      scope: listing === undefined ? '' : store.text(row.text('scope') ?? ''),
      attributes: attributes(cells),
      cells: mixed(hash(cells), [started, completed, deleted, expires]),
      origin,
      bad: row.failed,
    }
  }
}

/** Whether it still ran at `asOf`, and what is known of its end. */
function runOf(
  said: BackupStatus | null | undefined,
  completed: Happened,
  asOf: number,
): { readonly status: BackupStatus | undefined; readonly completed: Happened } {
  const status = said ?? undefined
  if (status === 'running') return { status, completed: null }
  if (completed === null) {
    return status === undefined ? { status: 'running', completed } : { status, completed: undefined }
  }
  if (completed !== undefined && completed.earliest > asOf) return { status: 'running', completed: null }
  return { status, completed }
}

/** Texts of where something is; a country that is no code fails the row. */
export function placeIn(row: RowParser, store: BackupStore): Place {
  const country = row.text('country') ?? ''
  if (country !== '' && !/^[A-Za-z]{2}$/.test(country)) {
    row.fail('country', `country "${country}": expected a code of two letters`, 'such as FR or DE (ISO 3166)')
  }
  return store.place(
    row.text('location') ?? '',
    row.text('provider') ?? '',
    row.text('region') ?? '',
    country.toUpperCase(),
  )
}

function parentIn(row: RowParser, store: BackupStore): string | null | undefined {
  const parent = row.said('parent')
  return parent === null || parent === undefined ? parent : store.text(parent)
}

/** Of two rows these are the same where they mean the same. */
const STAMPS: ReadonlySet<string> = new Set(['started_at', 'completed_at', 'deleted_at', 'expires_at'])
