import type { Intervals } from '../../time/interval.ts'
import { formatInstant } from '../../time/stamp.ts'
import { after, type Bounds, completionOf, dateOf, inTerm, meets, placeOf, startOf } from './bounds.ts'
import { heldElsewhere } from './copies-keep.ts'
import { type Copied, whyUnknownCopy } from './copy-doubt.ts'
import { elsewhereOf, untoldFrom } from './copy-places.ts'
import { missingStamp, whyUncertain } from './doubt.ts'
import type { Item, SlotResult } from './items.ts'
import { momentText, type Reason } from './lost.ts'
import { isOwed } from './owed.ts'
import type { BackupRules } from './rules.ts'
import type { Candidate, Series } from './series.ts'

/**
 * What copies elsewhere come to: made in time, and, where that is promised, kept. `transfers` is where every transfer
 * is told; if absent everywhere, once one is told at all.
 */
export function copyItems(series: Series, rules: BackupRules, transfers?: Intervals): readonly SlotResult[] {
  const { copies } = rules
  if (copies === undefined) return []
  const untold = untoldFrom(series, copies, transfers)
  const made: Item[] = []
  const kept: Item[] = []
  for (const candidate of series.made) {
    const completed = completionOf(candidate)
    if (completed === undefined || isOwed(candidate, series) === 'no') continue
    const places = elsewhereOf(candidate, copies, series)
    const item = madeItem({ candidate, completed, places, untold, series, rules, copies })
    if (item !== undefined && meets(item.at, series)) made.push(item)
    if (copies.keep === undefined) continue
    const held = heldElsewhere({ candidate, completed, places, untold, series, rules, copies })
    if (held !== undefined && meets(held.at, series)) kept.push(held)
  }
  const shared = { noun: 'backup' } as const
  const first: SlotResult = { slot: 'copies', bound: 'at-most', items: made, ...shared }
  return copies.keep === undefined
    ? [first]
    : [first, { slot: 'copies-keep', bound: 'at-least', items: kept, ...shared }]
}

function madeItem(copied: Copied): Item | undefined {
  const { candidate, completed, places, untold, series, copies } = copied
  const { zone, asOf, term } = series
  const owes = isOwed(candidate, series)
  const due = dueOf(copied)
  // The last millisecond that is in time is the due one itself.
  const inTime = places.most({ from: Number.NEGATIVE_INFINITY, to: due.hi + 1 })
  const surely = places.least({ from: Number.NEGATIVE_INFINITY, to: due.lo + 1 })
  const unseen = untold(completed)
  const enough = copies.atLeast
  // Without a completion it may have been due for long.
  const bounded = Number.isFinite(due.hi) || due.lo === due.hi
  const limit = bounded ? due.hi : due.lo
  const ahead = asOf <= limit && term.until > asOf
  // What falls due after the term is not owed.
  if (surely < enough && !ahead && due.lo >= term.end) return undefined
  const unclear = !bounded || (!ahead && due.hi >= term.end)
  const possible = unclear || inTime >= enough || (unseen !== undefined && unseen.from <= due.hi)
  const sureAt = places.madeAt(enough)
  const status = surely >= enough ? 'met' : ahead ? 'pending' : possible || owes === 'maybe' ? 'unverified' : 'breached'
  const from = Number.isFinite(completed.lo) ? completed.lo : completed.hi
  const made = sureAt <= asOf ? sureAt : undefined
  // The duty lasts until the copies need not be kept any more, whatever becomes of the backup itself.
  const over = dutyEnd(copied) ?? { lo: Number.POSITIVE_INFINITY, hi: Number.POSITIVE_INFINITY }
  const until = (end: number) => Math.min(Math.max(end, due.hi + 1), made ?? asOf, asOf, term.end)
  const proven = until(Math.min(over.lo, places.maybeAt(enough), unseen?.from ?? Number.POSITIVE_INFINITY))
  const late = stretch(due.hi, proven)
  const open = stretch(Math.max(due.hi, proven), until(over.hi))
  const promised = copies.madeWithin === undefined ? undefined : due.lo - from
  const told = made !== undefined || status === 'pending'
  const observed = Number.isFinite(from) && told ? Math.max(0, (made ?? Math.min(asOf, term.end)) - from) : undefined
  const place = placeOf(candidate, series)
  const start = Number.isFinite(from) ? from : place
  const decided = status === 'met' ? (made ?? asOf) : status === 'breached' ? due.hi : asOf
  return {
    status,
    label: dateOf(zone, place),
    at: { start, end: Math.max(start, Math.min(decided, term.end)) },
    ...(Number.isFinite(due.hi) && { due: due.hi }),
    breached: status === 'breached' ? late : [],
    undecided: status === 'unverified' ? [...late, ...open] : status === 'breached' ? open : [],
    ...(promised !== undefined && { promised: { unit: 'ms', value: promised } }),
    ...(promised !== undefined && observed !== undefined && { observed: { unit: 'ms', value: observed } }),
    ...(promised !== undefined && observed !== undefined && { margin: { unit: 'ms', value: promised - observed } }),
    backups: [candidate.index],
    notes: [
      ...untimed(),
      ...(candidate.backup.copies.some(({ primary }) => primary)
        ? []
        : places.reference === undefined
          ? ['no row tells where it was first written']
          : [`no row tells where it was first written: ${places.reference} is taken for it`]),
    ],
    ...reasonOf(),
  }

  /** Where the clause states no time a copy is due as late as it can be. */
  function untimed(): readonly string[] {
    const isOpen = status === 'breached' || status === 'pending'
    if (copies.madeWithin !== undefined || !isOpen || !Number.isFinite(due.hi)) return []
    const what = copies.keep === undefined ? 'the backup itself' : 'copies'
    return [
      dutyEnd(copied) === undefined
        ? 'no time is stated to copy within: due before the backup itself was gone'
        : `no time is stated to copy within: due before the time is over for which ${what} ${what === 'copies' ? 'are' : 'is'} to be kept`,
    ]
  }

  function reasonOf(): Reason {
    const count = enough === 1 ? '' : ` (${Math.max(0, places.least(EVER))} of ${enough})`
    if (status === 'met') return { reason: 'copied', why: `copied ${formatInstant(zone, made ?? asOf)}` }
    if (status === 'pending') {
      const by = Number.isFinite(due.hi) ? `, due ${formatInstant(zone, due.hi)}` : ''
      return { reason: 'due', why: `not copied yet${count}${by}` }
    }
    if (status === 'breached') {
      if (made !== undefined) return { reason: 'copied-late', why: `copied only ${formatInstant(zone, made)}` }
      return places.broken
        ? { reason: 'unrestorable', why: `its copy cannot be restored where it is${count}` }
        : { reason: 'not-copied', why: `no copy at another ${copies.differs}${count}${runningText(candidate, series)}` }
    }
    if (owes === 'maybe' && inTerm(startOf(candidate), series) !== 'no' && !possible)
      return whyUncertain(candidate, series)
    const missing = unclear ? (missingStamp(candidate) ?? INEXACT) : undefined
    return missing ?? whyUnknownCopy(copied, inTime >= enough)
  }
}

const INEXACT: Reason = { reason: 'stamp-inexact', why: 'its completion is known to the day only' }
const EVER = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

/** Inclusive. Without `made-within`: before it may be deleted, if the clause says when that is. */
function dueOf(copied: Copied): Bounds {
  const { candidate, completed, series, copies } = copied
  const { zone } = series
  const { madeWithin } = copies
  if (madeWithin !== undefined) {
    return { lo: after(zone, completed.lo, madeWithin), hi: after(zone, completed.hi, madeWithin) }
  }
  const end = dutyEnd(copied)
  if (end !== undefined) return end
  // What is gone can no longer be copied.
  const gone = series.restorable(candidate.index).possible.at(-1)?.end ?? series.asOf
  const due = gone < series.asOf ? gone : Number.POSITIVE_INFINITY
  return { lo: due, hi: due }
}

/** Until when copies, or else the backup itself, are to be kept; undefined: nothing says so. */
function dutyEnd({ candidate, completed, series: { zone }, rules: { keep }, copies }: Copied): Bounds | undefined {
  const own = keep?.form === 'for' ? keep : undefined
  const amount = copies.keep ?? own?.amount
  if (amount === undefined) return undefined
  const start = startOf(candidate)
  const { lo, hi } = copies.keep === undefined && own?.from !== 'start' ? completed : start
  return { lo: after(zone, lo, amount), hi: after(zone, hi, amount) }
}

function stretch(start: number, end: number): Intervals {
  return Number.isFinite(start) && start < end ? [{ start, end }] : []
}

function runningText({ backup }: Candidate, { zone }: Series): string {
  const runs = backup.copies.find(({ primary, made }) => !primary && made === null)
  if (runs === undefined) return ''
  return runs.begun ? `, the transfer begun ${momentText(runs.begun, zone)} is not over` : ', its transfer is not over'
}
