import { completionOf, meets, startOf } from './bounds.ts'
import type { Item, SlotResult } from './items.ts'
import { isOwed } from './owed.ts'
import type { BackupRules, Tier, Unit } from './rules.ts'
import type { Candidate, Series } from './series.ts'
import { heldByAge, heldByUnit, type UnitBackups } from './tier-basis.ts'
import { unitOf } from './units.ts'

/** What each tier comes to: of every full unit with a backup, one that is kept long enough. */
export function tierItems(series: Series, { tiers }: BackupRules): readonly SlotResult[] {
  return tiers.map(tier => ({
    slot: `tier-${tier.per}`,
    bound: 'at-least',
    noun: tier.per,
    items: itemsOf(tier, series),
  }))
}

function itemsOf(tier: Tier, series: Series): readonly Item[] {
  const { units, unplaced } = unitsWithBackups(tier.per, series)
  const judge = tier.basis === 'age' ? heldByAge : heldByUnit
  const other = tier.basis === 'age' ? heldByUnit : heldByAge
  const items: Item[] = []
  for (const unit of units) {
    // A backup whose start nobody told may be of any unit before its completion.
    const doubted = unplaced >= unit.span.start
    const item = judge(unit, tier, series, doubted)
    if (!meets(item.at, series)) continue
    const basis = tier.basis === 'age' ? 'unit' : 'age'
    const alone = item.status === 'breached' && other(unit, tier, series, doubted).status !== 'breached'
    items.push(alone ? { ...item, notes: [...item.notes, `basis ${basis} would not be breached`] } : item)
  }
  return items
}

/** The units that hold a backup, in order; those cut by the term, or outside it, owe nothing. */
function unitsWithBackups(per: Unit, series: Series): { units: readonly UnitBackups[]; unplaced: number } {
  const { zone, term } = series
  const units = new Map<
    number,
    { readonly span: UnitBackups['span']; readonly backups: UnitBackups['backups'][number][] }
  >()
  const wide: { readonly candidate: Candidate; readonly from: number; readonly to: number }[] = []
  let unplaced = Number.NEGATIVE_INFINITY
  const put = (candidate: Candidate, at: number, counts: 'yes' | 'maybe') => {
    let unit = last?.span !== undefined && last.span.start <= at && at < last.span.end ? last : undefined
    if (unit === undefined) {
      const span = unitOf(per, zone, at)
      unit = units.get(span.number) ?? { span, backups: [] }
      units.set(span.number, unit)
      last = unit
    }
    unit.backups.push({ candidate, counts })
  }
  let last: { readonly span: UnitBackups['span']; readonly backups: UnitBackups['backups'][number][] } | undefined
  for (const candidate of series.made) {
    const owes = isOwed(candidate, series)
    const completed = completionOf(candidate)
    if (owes === 'no' || completed === undefined) continue
    const { lo, hi } = startOf(candidate)
    if (!Number.isFinite(lo)) {
      unplaced = Math.max(unplaced, hi)
      if (Number.isFinite(hi)) put(candidate, hi, 'maybe')
      continue
    }
    put(candidate, lo, owes)
    if (lo === hi) continue
    const [from, to] = [unitOf(per, zone, lo).number, unitOf(per, zone, hi).number]
    if (from !== to) put(candidate, hi, 'maybe')
    if (to - from > 1) wide.push({ candidate, from, to })
  }
  // Of those in between that have another backup it may be one too.
  for (const { candidate, from, to } of wide) {
    for (const { span, backups } of units.values()) {
      if (from < span.number && span.number < to) backups.push({ candidate, counts: 'maybe' })
    }
  }
  const full = [...units.values()].filter(({ span: { start, end } }) => start >= term.start && end <= term.until)
  return { units: full.sort((a, b) => a.span.start - b.span.start), unplaced }
}
