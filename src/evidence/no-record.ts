import type { FileRows } from './file-rows.ts'
import type { Problems } from './problems.ts'
import type { FileSettings } from './read-file.ts'
import { namedType } from './recognise.ts'
import type { RowSource } from './rows.ts'
import type { Format } from './sniff.ts'

interface Reading {
  readonly source?: RowSource
  readonly format?: Format
}

/** A file of blank lines or an empty list says nothing by itself; with a stated type it says that nothing happened. */
export function warnNoRecord(settings: FileSettings, problems: Problems, rows: FileRows, reading: Reading): void {
  if (rows.header.headers.length > 0 || rows.header.counts.size > 0) return
  // A report that found nothing, of a tool that tells no more of it.
  if (reading.source?.tool !== undefined) return
  const stated = settings.as ?? settings.mapping?.as
  const found = stated === undefined ? undefined : namedType(stated)
  if (found === undefined || !('type' in found)) {
    problems.error({
      code: 'no-record',
      message: 'this file has no header and no record',
      hint: `say --as TYPE if nothing happened${reading.format !== 'csv' && settings.asks('inventory') ? emptyList(settings) : ''}`,
    })
  } else if (found.type === 'inventory' && reading.format !== 'csv') emptyListing(settings, problems, rows)
  else rows.header.count(found.type)
}

/** What has to be said of the empty list that tools print of a repository that holds nothing. */
function emptyList({ file, mapping, takenAt }: FileSettings): string {
  const location = mapping?.set?.get('location') ?? 'NAME'
  const entry = `- { files: "${file.split('/').at(-1)}", as: inventory, set: { location: ${location} } }`
  const name = location === 'NAME' ? ', NAME being that of its other listings (none: without set)' : ''
  const time = takenAt === undefined ? ', and its time with --taken-at' : ''
  return `; of a listing of backups that shows none, in a --map file, before other entries: ${entry}${name}${time}`
}

/** A listing that shows nothing, as of the time that the user says. */
function emptyListing({ takenAt, mapping }: FileSettings, problems: Problems, rows: FileRows): void {
  if (takenAt === undefined) {
    rows.header.open('inventory')
    const message = 'the listing shows nothing and does not say when it was made: it proves nothing'
    problems.warn({ code: 'no-listing-time', message, hint: 'say when with --taken-at [GLOB=]INSTANT' })
    return
  }
  const complete = mapping?.set?.has('complete') === true ? {} : { complete: 'yes' }
  const cells: Readonly<Record<string, string>> = { taken_at: takenAt, backup: '', ...complete }
  rows.columns(Object.keys(cells), () => ({ line: 1, column: 1 }))
  if (!rows.stopped) rows.row(Object.values(cells), 1, 0)
}
