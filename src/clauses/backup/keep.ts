import { DAY } from '../../time/civil.ts'
import { type Duration, durationText } from '../../time/duration.ts'
import { after, type Bounds, completionOf, dateOf, meets, placeOf, startOf } from './bounds.ts'
import { whyUnknown } from './doubt.ts'
import type { Item, SlotResult } from './items.ts'
import { copiesKept } from './keep-copies.ts'
import { windowKept } from './keep-window.ts'
import { whyLost } from './lost.ts'
import { heldFrom, heldOf, heldUntil, isOwed, judgeOwed, owedBetween, unlessOver } from './owed.ts'
import type { BackupRules, Keep } from './rules.ts'
import type { Candidate, Series } from './series.ts'

/** What keeping comes to: each backup for an amount of time, until enough later ones are made, or a recovery window. */
export function keepItems(series: Series, { keep }: BackupRules): SlotResult | readonly SlotResult[] {
  if (keep === undefined) return []
  if (keep.form === 'copies')
    return { slot: 'keep', bound: 'at-least', noun: 'backup', items: copiesKept(series, keep) }
  if (keep.form === 'window')
    return { slot: 'keep', bound: 'at-least', noun: 'stretch', items: windowKept(series, keep) }
  const items: Item[] = []
  for (const candidate of series.made) {
    const item = keptFor(candidate, keep, series)
    if (item !== undefined && meets(item.at, series)) items.push(item)
  }
  return { slot: 'keep', bound: 'at-least', noun: 'backup', items }
}

type KeepFor = Extract<Keep, { form: 'for' }>

function keptFor(candidate: Candidate, keep: KeepFor, series: Series): Item | undefined {
  const completed = completionOf(candidate)
  const owes = isOwed(candidate, series)
  if (completed === undefined || owes === 'no') return undefined
  const anchor = keep.from === 'start' ? startOf(candidate) : completed
  const { location } = keep
  const held = heldOf(candidate, completed, series, location)
  const judge = (amount: Duration) => {
    const end = endOf(anchor, amount, keep.tolerance, series)
    const { from, cover } = heldFrom(candidate, completed, end, series, location)
    const owed = owedBetween(from, end, owes === 'yes')
    const isGone = () => series.isGone(candidate.index, location)
    return { end, owed, ...unlessOver(judgeOwed(owed, cover, series, isGone), end, series) }
  }
  const { end, owed, status, breached, undecided } = judge(keep.amount)
  // Ages are counted from the same end of a stamp known only to its day that the verdict rests on.
  const from = Number.isFinite(anchor.lo) ? anchor.lo : anchor.hi
  const lost = breached[0]?.start ?? undecided[0]?.start
  const last = Math.min(Number.isFinite(end.lo) ? end.lo : end.hi, series.term.end)
  const reached = lost ?? heldUntil(held.sure, last)
  // What was never there has no age at which it went.
  const never = location !== undefined && held.possible.length === 0
  const known = Number.isFinite(from) && !never
  const promised = Number.isFinite(end.lo) ? end.lo + keep.tolerance - from : undefined
  const age = known ? Math.max(0, reached - from) : undefined
  const decided = Math.min(breached[0]?.start ?? (Number.isFinite(end.hi) ? end.hi : series.asOf), series.term.end)
  const place = placeOf(candidate, series)
  const start = Number.isFinite(from) ? from : place
  return {
    status,
    label: dateOf(series.zone, place),
    at: { start, end: Math.max(start, decided) },
    ...(Number.isFinite(end.hi) && { due: end.hi }),
    breached,
    undecided,
    ...(promised !== undefined && { promised: { unit: 'ms', value: promised } }),
    ...(age !== undefined && { observed: { unit: 'ms', value: age } }),
    ...(promised !== undefined &&
      age !== undefined &&
      status !== 'pending' && { margin: { unit: 'ms', value: age - (promised - keep.tolerance) } }),
    backups: [candidate.index],
    notes: status === 'breached' ? otherReading(keep.amount, amount => judge(amount).status) : [],
    ...reasonOf(),
  }

  function reasonOf(): { readonly reason: string; readonly why: string } {
    if (status === 'met') {
      const less = keep.tolerance === 0 ? '' : `, less the ${durationText(keep.tolerance)} tolerated`
      return { reason: 'held', why: `held as long as promised${less}` }
    }
    const [loss] = breached
    if (loss !== undefined) return whyLost(candidate, loss.start, series, location)
    if (status === 'pending' && undecided.length === 0) return { reason: 'owed', why: 'still to be kept' }
    const unknown = whyUnknown(candidate, owed, undecided, series, location)
    return status === 'pending' ? { reason: 'owed', why: `still to be kept; ${unknown.why}` } : unknown
  }
}

function endOf({ lo, hi }: Bounds, amount: Duration, tolerance: number, { zone }: Series): Bounds {
  return { lo: after(zone, lo, amount) - tolerance, hi: after(zone, hi, amount) - tolerance }
}

/** Whole days and multiples of 24 hours differ by the hour of a clock change: the one kept tells of the other. */
function otherReading(amount: Duration, status: (amount: Duration) => string): readonly string[] {
  const other = otherAmount(amount)
  if (other === undefined || status(other) === 'breached') return []
  return [`kept ${other.text}: only ${amount.text.trim()} is not reached`]
}

function otherAmount(amount: Duration): Duration | undefined {
  if (amount.unit === 'calendar' && amount.months === 0 && amount.ms === 0) {
    return { unit: 'elapsed', ms: amount.days * DAY, text: `${amount.days} × 24 h elapsed` }
  }
  if (amount.unit === 'elapsed' && amount.ms % DAY === 0) {
    const days = amount.ms / DAY
    return { unit: 'calendar', months: 0, days, ms: 0, text: `${days} days of the calendar` }
  }
  return undefined
}
