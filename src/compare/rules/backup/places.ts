import type { Anchor, BackupRules, Copies } from '../../../clauses/backup/rules.ts'
import type { Duration } from '../../../time/duration.ts'
import type { Zone } from '../../../time/zone.ts'
import { differs, type Facet, isAlike, lessBinds, moreBinds, sameFacet } from '../duties/facets.ts'
import { sameZone, spanOf } from '../duties/spans.ts'
import { eachCounted, eachThere, type Pair } from './pair.ts'

const UNKNOWN = sameFacet('promises', false)

/** More copies, sooner, kept longer, of the same kind of place. */
export function copiesFacets(pair: Pair): readonly Facet[] {
  const { rules } = pair
  const [b, o] = [rules.base.copies, rules.other.copies]
  if (b === undefined || o === undefined) return [UNKNOWN]
  return [
    moreBinds('copies', b.atLeast, o.atLeast, [String(b.atLeast), String(o.atLeast)]),
    {
      atLeast: isElsewhereToo(o.differs, b.differs),
      atMost: isElsewhereToo(b.differs, o.differs),
      rule: differs('what tells places apart', [b.differs, o.differs]),
    },
    madeFacet(pair),
    keptFacet(pair),
    ...eachCounted(pair),
  ]
}

/** What lies with another provider, or in another region, lies at another location. */
function isElsewhereToo(by: Copies['differs'], also: Copies['differs']): boolean | undefined {
  return by === also || also === 'location' || undefined
}

function madeFacet({ base, other, rules }: Pair): Facet {
  const [b, o] = [rules.base.copies?.madeWithin, rules.other.copies?.madeWithin]
  const [most, given] = [spanIn(b, base.zone), spanIn(o, other.zone)]
  const texts = [textOf(b), textOf(o)] as const
  if (most !== undefined && given !== undefined) return lessBinds('made within', most, given, texts)
  if (b !== undefined || o !== undefined) {
    const isSame = isAlike(b, o) && sameZone(base.zone, other.zone)
    return sameFacet('made within', isSame, texts)
  }
  // Without a time it is due when the backup, or its copies, may be deleted; where nothing says when, while it is there.
  const [ofBase, ofOther] = [dutyOf(rules.base), dutyOf(rules.other)]
  if (ofBase === undefined && ofOther === undefined) return { atLeast: true, atMost: true }
  const lengths = [lengthOf(ofBase), lengthOf(ofOther)] as const
  const [longest, within] = [spanIn(ofBase?.amount, base.zone), spanIn(ofOther?.amount, other.zone)]
  if (longest === undefined || within === undefined || ofBase?.from !== ofOther?.from)
    return sameFacet('made within', false, lengths)
  return lessBinds('made within', longest, within, lengths)
}

interface Duty {
  readonly amount: Duration
  readonly from: Anchor
}

/** How long copies, or else backups, are to be kept; tolerances are none of it. */
function dutyOf({ keep, copies }: BackupRules): Duty | undefined {
  if (copies?.keep !== undefined) return { amount: copies.keep, from: 'start' }
  return keep?.form === 'for' ? { amount: keep.amount, from: keep.from } : undefined
}

function lengthOf(duty: Duty | undefined): string {
  return duty === undefined
    ? 'as long as it is there'
    : `${duty.amount.text.trim()} from its ${duty.from}, as long as it is kept`
}

/** Kept from when they have to be made on, which is sooner where that binds more. */
function keptFacet({ base, other, rules }: Pair): Facet {
  const [b, o] = [rules.base.copies, rules.other.copies]
  const [least, given] = [spanIn(b?.keep, base.zone), spanIn(o?.keep, other.zone)]
  const texts = [textOf(b?.keep), textOf(o?.keep)] as const
  if (least === undefined && given === undefined) return { atLeast: true, atMost: true }
  const rule = differs('copies kept', texts)
  if (least === undefined) return { atLeast: true, atMost: undefined, rule }
  if (given === undefined) return { atLeast: undefined, atMost: true, rule }
  return moreBinds('copies kept', least, given, texts)
}

function spanIn(amount: Duration | undefined, zone: Zone) {
  return amount === undefined ? undefined : spanOf(amount, zone)
}

function textOf(amount: Duration | undefined): string {
  return amount?.text.trim() ?? 'no time said'
}

/** Fewer countries: a set inside the other one. */
export function residencyFacets(pair: Pair): readonly Facet[] {
  const { rules } = pair
  const [b, o] = [rules.base.residency, rules.other.residency]
  if (b === undefined || o === undefined) return [UNKNOWN]
  const isIn = (some: ReadonlySet<string>, all: ReadonlySet<string>) => [...some].every(country => all.has(country))
  return [
    {
      atLeast: isIn(o.countries, b.countries),
      atMost: isIn(b.countries, o.countries),
      rule: differs('countries', [b.words.join(', '), o.words.join(', ')]),
    },
    ...eachThere(pair),
  ]
}
