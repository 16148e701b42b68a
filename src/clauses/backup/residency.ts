import type { Copy } from '../../evidence/backups/records.ts'
import { clip, type Intervals, subtract, union } from '../../time/interval.ts'
import { anyOf, doubtful, type Known } from '../../time/known.ts'
import { artefactOf, mayBe, thereFrom } from './artefact.ts'
import { dateOf, meets, placeOf } from './bounds.ts'
import { whyUncertain } from './doubt.ts'
import type { Item, SlotResult } from './items.ts'
import type { BackupRules, Residency } from './rules.ts'
import type { Candidate, Series } from './series.ts'

/** Every copy of every backup lies in an allowed country, those deleted soon after included. */
export function residencyItems(series: Series, rules: BackupRules): SlotResult | readonly SlotResult[] {
  const { residency } = rules
  if (residency === undefined) return []
  const items: Item[] = []
  for (const candidate of series.all) {
    const item = placedItem(candidate, residency, rules, series)
    if (item !== undefined && meets(item.at, series)) items.push(item)
  }
  return { slot: 'residency', bound: 'at-most', noun: 'backup', items }
}

function placedItem(
  candidate: Candidate,
  { countries, words }: Residency,
  rules: BackupRules,
  series: Series,
): Item | undefined {
  const artefact = artefactOf(candidate, rules)
  const { backup } = candidate
  if (artefact === 'none') return undefined
  const known = (copy: Copy): Known => existence(copy, candidate, artefact === 'maybe', series)
  const abroad: Copy[] = []
  const unknown: Copy[] = []
  for (const copy of backup.copies) {
    if (copy.country === undefined) unknown.push(copy)
    else if (!countries.has(copy.country)) abroad.push(copy)
  }
  const untold = mayBe(backup, series)
  const all = union(anyOf(backup.copies.map(known)).possible, untold)
  const first = all[0]
  const last = all.at(-1)
  if (first === undefined || last === undefined) return undefined
  const outside = anyOf(abroad.map(known))
  const breached: Intervals = outside.sure
  const undecided = subtract(
    union(union(outside.possible, anyOf(unknown.map(known)).possible), clip(untold, series.term)),
    breached,
  )
  const status = breached.length > 0 ? 'breached' : undecided.length > 0 ? 'unverified' : 'met'
  const place = placeOf(candidate, series)
  // Where no stamp tells when it began it belongs where it was first seen.
  const start = Math.max(
    Math.min(place, first.start),
    series.term.start,
    candidate.started === undefined ? place : first.start,
  )
  const end = breached.at(-1)?.end ?? last.end
  const named = (copies: readonly Copy[]): string => {
    const there = copies.filter(copy => known(copy).possible.length > 0)
    return [...new Set(there.map(({ country }) => country ?? '?'))].join(', ')
  }
  return {
    status,
    label: dateOf(series.zone, place),
    at: { start: Math.min(start, end), end },
    breached,
    undecided,
    promised: { unit: 'none', text: words.join(', ') },
    observed: { unit: 'none', text: named(status === 'met' ? backup.copies : [...abroad, ...unknown]) },
    backups: [candidate.index],
    notes: [],
    ...reasonOf(),
  }

  function reasonOf(): { readonly reason: string; readonly why: string } {
    if (status === 'met') return { reason: 'inside', why: `kept in ${named(backup.copies)}` }
    if (status === 'breached') {
      const where = abroad.filter(copy => known(copy).sure.length > 0)
      return { reason: 'abroad', why: `a copy is in ${named(where)}${placesText(where)}` }
    }
    if (abroad.length > 0) {
      return artefact === 'maybe'
        ? whyUncertain(candidate, series)
        : { reason: 'existence-unknown', why: `not known whether a copy was in ${named(abroad)}${placesText(abroad)}` }
    }
    if (untold.length > 0) return whyUncertain(candidate, series)
    return { reason: 'country-unknown', why: `no country is told of a copy${placesText(unknown)}` }
  }
}

/** ` (s3-dublin)`, ` (aws eu-west-3)`. */
function placesText(copies: readonly Copy[]): string {
  const places = copies.flatMap(({ location, provider, region }) => {
    const text = location === '' ? [provider, region].filter(part => part !== undefined).join(' ') : location
    return text === '' ? [] : [text]
  })
  return places.length === 0 ? '' : ` (${[...new Set(places)].join(', ')})`
}

/** Where it is inside the term, also at `as of` itself. */
function existence(copy: Copy, { backup }: Candidate, maybe: boolean, series: Series): Known {
  const { sure, possible } = thereFrom(copy, backup, series)
  const { start, end } = series.term
  const term = { start, end: end === series.asOf ? end + 1 : end }
  const known = { sure: clip(sure, term), possible: clip(possible, term) }
  return maybe || backup.flaw !== undefined ? doubtful(known) : known
}
