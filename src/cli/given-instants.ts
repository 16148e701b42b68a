import type { Interval } from '../model/interval.ts'
import { type Intervals, merge } from '../time/interval.ts'
import { toInstant } from '../time/local.ts'
import { formatInstant, parseStamp } from '../time/stamp.ts'
import type { Zone } from '../time/zone.ts'
import { usageError } from './usage.ts'

/** An instant from the command line; `notes` say how a time without offset was read. */
export interface Given {
  readonly at: number
  readonly notes: readonly string[]
}

/** An instant with offset, or a time read in `zone`: twice shown, the earlier; skipped, moved forward. Usage error else. */
export function givenInstant(option: string, text: string, zone: Zone): Given {
  const stamp = parseStamp(text.trim())
  if (stamp.kind === 'instant') return { at: stamp.at, notes: [] }
  if (stamp.kind !== 'local') {
    const problem = stamp.kind === 'date' ? `"${text}" has no time of day` : stamp.message.replace(/: expected .*$/, '')
    throw usageError(`${option}: ${problem}`, FORMS)
  }
  const { at, kind } = toInstant(zone, stamp.local)
  const read = `${option} ${text.trim()} is read as ${formatInstant(zone, at)}`
  const note = `times without an offset are read in ${zone.name}`
  if (kind === 'exact') return { at, notes: [note] }
  const why = kind === 'ambiguous' ? 'the earlier of two instants that show it' : 'the clock skips this time'
  return { at, notes: [note, `${read}: ${why}`] }
}

/** Pauses `A..B` and `A..`, joined where they overlap; an open one ends at `until`. */
export interface GivenPauses {
  readonly pauses: Intervals
  readonly open: boolean
  readonly notes: readonly string[]
}

/** Reads pauses; a usage error where one ends before it begins, or is open without an instant that it is open until. */
export function givenPauses(option: string, texts: readonly string[], zone: Zone, until?: number): GivenPauses {
  const found: string[] = []
  const list: Interval[] = []
  let open = false
  const read = (text: string): number => {
    const { at, notes } = givenInstant(option, text, zone)
    found.push(...notes)
    return at
  }
  for (const text of texts) {
    const [from = '', to, ...more] = text.split('..')
    if (to === undefined || more.length > 0 || from.trim() === '') {
      throw usageError(`${option}: "${text}" isn't a pause`, 'write FROM..TO, or FROM.. for one that is still open')
    }
    const start = read(from)
    if (to.trim() !== '') {
      const end = read(to)
      if (end < start) throw usageError(`${option}: "${text}" ends before it begins`)
      list.push({ start, end })
    } else if (until === undefined) {
      throw usageError(`${option}: "${text}" is still open`, 'say until when it is known to be open: --at INSTANT')
    } else {
      if (until < start) throw usageError(`${option}: "${text}" begins after --at`)
      open = true
      list.push({ start, end: until })
    }
  }
  return { pauses: merge(list), open, notes: found }
}

const FORMS = 'write 2026-05-22T17:30:00+02:00, or 2026-05-22T17:30 for the time in the zone of the contract'
