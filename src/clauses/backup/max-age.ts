import { clip, contains, type Intervals, intersect, subtract, union } from '../../time/interval.ts'
import { anyOf, doubtful, type Known } from '../../time/known.ts'
import { formatInstant } from '../../time/stamp.ts'
import { artefactOf, isGoneAt, mayBe, thereFrom, transferEnd } from './artefact.ts'
import { after, dateOf, meets, placeOf, startOf } from './bounds.ts'
import { missingStamp, whyUncertain, whyUnseen } from './doubt.ts'
import type { Item, SlotResult } from './items.ts'
import { goneText, type Reason } from './lost.ts'
import type { BackupRules, MaxAge } from './rules.ts'
import type { Candidate, Series } from './series.ts'

/** No copy of any backup is older than promised, partial ones and those that do not count included. */
export function maxAgeItems(series: Series, rules: BackupRules): SlotResult | readonly SlotResult[] {
  const { maxAge } = rules
  if (maxAge === undefined) return []
  const items: Item[] = []
  for (const candidate of series.all) {
    const item = agedItem(candidate, maxAge, rules, series)
    if (item !== undefined && meets(item.at, series)) items.push(item)
  }
  return { slot: 'max-age', bound: 'at-most', noun: 'backup', items }
}

function agedItem(candidate: Candidate, rule: MaxAge, rules: BackupRules, series: Series): Item | undefined {
  const artefact = artefactOf(candidate, rules)
  if (artefact === 'none') return undefined
  const { amount, tolerance } = rule
  const { zone, term, asOf } = series
  const start = startOf(candidate)
  const limit = { lo: after(zone, start.lo, amount) + tolerance, hi: after(zone, start.hi, amount) + tolerance }
  const there = existence(candidate, artefact === 'maybe', series)
  const beyond = (from: number): Intervals => {
    const since = Math.max(from, term.start)
    return since < term.end ? [{ start: since, end: term.end }] : []
  }
  const breached = intersect(there.sure, beyond(limit.hi)).filter(
    ({ start: since, end }) => end - since > 1 || since !== limit.hi || !isSeenAt(candidate, since),
  )
  const undecided = subtract(intersect(there.possible, beyond(limit.lo)), breached)
  const ahead = Number.isFinite(limit.hi) && term.until > asOf && limit.hi >= asOf && isThere(candidate, there, series)
  const status = breached.length > 0 ? 'breached' : ahead ? 'pending' : undecided.length > 0 ? 'unverified' : 'met'
  const place = placeOf(candidate, series)
  // Ages are counted from the end of a stamp known only to its day that the verdict rests on.
  const from = status === 'met' && Number.isFinite(start.lo) ? start.lo : start.hi
  const sureEnd = clip(there.sure, { start: Number.NEGATIVE_INFINITY, end: term.end }).at(-1)?.end
  const possibleEnd = there.possible.at(-1)?.end ?? place
  const reached = { breached: breached.at(-1)?.end, met: possibleEnd, pending: asOf, unverified: sureEnd }
  const last = reached[status]
  const known = Number.isFinite(from) && Number.isFinite(limit.hi)
  const allowed = after(zone, from, amount) - from
  const observed = last === undefined ? undefined : Math.max(0, last - from)
  const end = status === 'breached' ? (breached.at(-1)?.end ?? asOf) : Math.min(possibleEnd, term.end)
  return {
    status,
    label: dateOf(zone, place),
    at: { start: place, end: Math.max(place, end) },
    ...(Number.isFinite(limit.hi) && { due: limit.hi }),
    breached,
    undecided,
    ...(known && { promised: { unit: 'ms', value: allowed } }),
    ...(known && observed !== undefined && { observed: { unit: 'ms', value: observed } }),
    ...(known && observed !== undefined && { margin: { unit: 'ms', value: allowed + tolerance - observed } }),
    backups: [candidate.index],
    notes: [],
    ...reasonOf(),
  }

  function reasonOf(): Reason {
    if (status === 'breached') {
      const seen = (breached.at(-1)?.end ?? asOf) - 1
      const open = contains(there.possible, asOf - 1) ? `there ${formatInstant(zone, seen)}` : undefined
      const gone = contains(there.sure, asOf - 1) ? 'still there' : (open ?? lastGone(candidate, series))
      return { reason: 'overkept', why: `due for deletion by ${formatInstant(zone, limit.hi)}, ${gone}` }
    }
    if (status === 'met') return { reason: 'deleted-in-time', why: lastGone(candidate, series) }
    if (status === 'pending') {
      const by = Number.isFinite(limit.hi) ? ` by ${formatInstant(zone, limit.hi)}` : ''
      return { reason: 'young', why: `to be deleted${by}` }
    }
    if (artefact === 'maybe') return whyUncertain(candidate, series)
    const missing = candidate.started === undefined ? missingStamp(candidate) : undefined
    return missing ?? whyUnseen(candidate, undecided[0]?.start ?? asOf, series)
  }
}

/** Where any of its copies is, whether or not it can be restored from it. */
function existence({ backup }: Candidate, maybe: boolean, series: Series): Known {
  const known = anyOf(backup.copies.map(copy => thereFrom(copy, backup, series)))
  if (!maybe && backup.flaw === undefined) return known
  return doubtful({ sure: known.sure, possible: union(known.possible, mayBe(backup, series)) })
}

/** Whether any of it may be there at `as of` itself. */
function isThere({ backup }: Candidate, { possible }: Known, { asOf }: Series): boolean {
  if (contains(possible, asOf)) return true
  return contains(possible, asOf - 1) && !isGoneAt(backup.copies, asOf)
}

/** What shows it at the very limit shows it at the age that is allowed, and nothing of after. */
function isSeenAt({ backup }: Candidate, at: number): boolean {
  return backup.copies.some(
    copy => transferEnd(copy) === at || copy.listed.some(({ there, last }) => there && last.earliest === at),
  )
}

/** How the last of its copies went. */
function lastGone({ backup }: Candidate, series: Series): string {
  let text = 'gone'
  let latest = Number.NEGATIVE_INFINITY
  for (const copy of backup.copies) {
    const end = series.exists(copy, backup).possible.at(-1)?.end
    if (end === undefined || end <= latest) continue
    latest = end
    text = goneText(copy, end, series)
  }
  return text
}
