import type { Backup, Copy } from '../../src/evidence/backups/records.ts'
import type { Evidence, ReadOptions } from '../../src/evidence/evidence.ts'
import type { Happened } from '../../src/evidence/records.ts'
import type { Diagnostic } from '../../src/model/diagnostic.ts'
import { read } from './support.ts'

export const BACKUP_TYPES = new Set([
  'backup',
  'backup-copy',
  'backup-deletion',
  'verification',
  'inventory',
  'restore',
  'recovery-point',
  'incident',
  'control',
])

/** A CSV file of rows given as `a,b,c`; times may be short: `01T04:00` is that of 1 May 2026, UTC. */
export function csv(header: string, ...rows: readonly string[]): string {
  const full = (row: string): string => row.replaceAll(/(?<![-\d])(\d\d)T(\d\d:\d\d)(?!:)/g, '2026-05-$1T$2:00Z')
  return `${[header, ...rows.map(full)].join('\n')}\n`
}

/** Reads files, asked for all that is about backups; as of 1 June 2026, 00:00 UTC. */
export function readAll(
  files: Readonly<Record<string, string>>,
  options: Partial<ReadOptions> = {},
): Promise<Evidence> {
  return read(files, { types: BACKUP_TYPES, asOf: Date.UTC(2026, 5, 1), ...options })
}

/** `01T04:00` of an instant of May 2026, `A~B` of what is known less well, `-` not happened, `?` not known. */
export function when(stamp: Happened): string {
  if (stamp === undefined || stamp === null) return stamp === null ? '-' : '?'
  const text = (at: number): string => new Date(at).toISOString().replace('2026-05-', '').replace(':00.000Z', '')
  return stamp.earliest === stamp.latest ? text(stamp.earliest) : `${text(stamp.earliest)}~${text(stamp.latest)}`
}

/** `onsite* 01T04:10 there 02T05:00..03T05:00 gone 04T05:00..04T05:00 deleted 03T04:30` */
export function copyText({ location, primary, made, listed, deleted }: Copy): string {
  const runs = listed.map(one => ` ${one.there ? 'there' : 'gone'} ${when(one.first)}..${when(one.last)}`)
  const end = deleted === undefined ? '' : ` deleted ${when(deleted)}`
  return `${location}${primary ? '*' : ''} ${when(made)}${runs.join('')}${end}`
}

/** `b1 database 01T04:00 01T04:10 success [onsite* 01T04:10]` */
export function backupText(backup: Backup): string {
  const { id, component, started, completed, status = '?', copies, flaw } = backup
  const places = copies.length === 0 ? '' : ` [${copies.map(copyText).join('; ')}]`
  const bad = flaw === undefined ? '' : ` !${flaw.reason}`
  return `${[id, component, when(started), when(completed), status].join(' ')}${places}${bad}`
}

export const texts = ({ backups }: Evidence): readonly string[] => backups.list.map(backupText)

/** `code: message | hint` without the directory of files. */
export function warningsOf({ warnings }: Pick<Evidence, 'warnings'>): readonly string[] {
  return warnings.map(warningText)
}

export function warningText({ code, message, hint, span }: Diagnostic): string {
  const file = span?.file.split('/').at(-1) ?? ''
  return `${file}:${span?.line} ${code}: ${message}${hint === undefined ? '' : ` | ${hint}`}`
}
