import type { MaintenanceBody } from '../../../clauses/maintenance/schema.ts'
import type { Notice } from '../../../contract/contract.ts'
import { type Duration, durationText } from '../../../time/duration.ts'
import type { Side, World } from '../../rule.ts'
import { differs, type Facet, inZones, isAlike, moreBinds } from '../duties/facets.ts'
import { isWithin, offsetSpread, type Span, sameZone, spanOf } from '../duties/spans.ts'
import { hoursNamed, isPart } from './hours.ts'

type Named = Side<MaintenanceBody>

/** `announced ≥ 48h ahead, if longer than 15min, during business-hours`. */
export function noticeText({ atLeast, whenLongerThan, during }: Notice): string {
  return [
    atLeast === undefined ? 'announced ahead' : `announced ≥ ${atLeast.text.trim()} ahead`,
    ...(whenLongerThan === undefined ? [] : [`if longer than ${durationText(whenLongerThan)}`]),
    ...(during === undefined ? [] : [`if during ${during}`]),
  ].join(', ')
}

/** Longer notice, of shorter work, in more hours. */
export function noticeFacets(base: Named, other: Named, world: World): readonly Facet[] {
  const [b, o] = [base.clause.body.notice, other.clause.body.notice]
  if (b?.atLeast === undefined || o?.atLeast === undefined) return [{ atLeast: undefined, atMost: undefined }]
  return [aheadFacet(b.atLeast, base, o.atLeast, other), lengthFacet(b, o), duringFacet(b, base, o, other, world)]
}

function aheadFacet(b: Duration, base: Named, o: Duration, other: Named): Facet {
  const texts = [b.text.trim(), o.text.trim()] as const
  const [least, given] = [spanOf(b, base.zone), spanOf(o, other.zone)]
  if (least !== undefined && given !== undefined) return moreBinds('notice', least, given, texts)
  const facet = {
    atLeast: isShorter(b, base, o, other),
    atMost: isShorter(o, other, b, base),
    rule: differs('notice', texts),
  }
  return inZones(facet, base.zone, other.zone)
}

/** Whether notice of `a` is never more than that of `b`, where one of them is counted in business time. */
function isShorter(a: Duration, ofA: Named, b: Duration, ofB: Named): boolean | undefined {
  if (a.unit === b.unit && isSameCalendar(ofA, ofB)) {
    if (a.unit === 'business-days' && b.unit === 'business-days') return a.days <= b.days
    if (a.unit === 'business-time' && b.unit === 'business-time') return a.ms <= b.ms
  }
  const [of, least] = [spanOf(a, ofA.zone), leastOf(b, ofB)]
  return of !== undefined && least !== undefined && isWithin(of, least) === true ? true : undefined
}

/** Business time takes at least as long on the wall clock. */
function leastOf(amount: Duration, { zone }: Named): Span | undefined {
  if (amount.unit === 'business-time') return { months: 0, days: 0, ms: amount.ms, zone }
  if (amount.unit === 'business-days') return { months: 0, days: amount.days, ms: -offsetSpread(zone), zone }
  return undefined
}

function isSameCalendar(a: Named, b: Named): boolean {
  const rule = ({ contract }: Named) => contract.calendars.get(contract.businessDays ?? 'always')
  const [x, y] = [rule(a), rule(b)]
  if (x === undefined || y === undefined) return x === y && sameZone(a.zone, b.zone)
  const zones = sameZone(a.zones(x.zone), b.zones(y.zone)) && sameZone(a.zone, b.zone)
  return zones && isAlike({ ...x, zone: '' }, { ...y, zone: '' })
}

function lengthFacet(b: Notice, o: Notice): Facet {
  const [least, given] = [b.whenLongerThan ?? -1, o.whenLongerThan ?? -1]
  const text = (ms: number) => (ms < 0 ? 'work of any length' : `work longer than ${durationText(ms)}`)
  return {
    atLeast: given <= least,
    atMost: least <= given,
    ...(least !== given && { rule: differs('needed for', [text(least), text(given)]) }),
  }
}

function duringFacet(b: Notice, base: Named, o: Notice, other: Named, world: World): Facet {
  if (b.during === undefined && o.during === undefined) return { atLeast: true, atMost: true }
  const [ofBase, ofOther] = [hoursNamed(b.during), hoursNamed(o.during)]
  return {
    atLeast: isPart(ofBase, base, ofOther, other, world),
    atMost: isPart(ofOther, other, ofBase, base, world),
    rule: differs('needed during', [b.during ?? 'all hours', o.during ?? 'all hours']),
  }
}
