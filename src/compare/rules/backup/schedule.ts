import type { BackupRules, Schedule, Unit } from '../../../clauses/backup/rules.ts'
import { promisesOf } from '../../../clauses/backup/stated.ts'
import { DAY } from '../../../time/civil.ts'
import type { Zone } from '../../../time/zone.ts'
import type { World } from '../../rule.ts'
import { differs, type Facet, inZones, isAlike, sameFacet } from '../duties/facets.ts'
import { isWithin, offsetSpread, sameZone, spanLengths, spanOf } from '../duties/spans.ts'
import { type Pair, someCounted } from './pair.ts'

interface Placed {
  readonly schedule: Schedule
  readonly zone: Zone
}

/** How often: by the longest stretch that one leaves without a backup, and the least that the other asks one in. */
export function scheduleFacets(pair: Pair, _world: World): readonly Facet[] {
  const { base, other, rules } = pair
  const [b, o] = [rules.base.schedule, rules.other.schedule]
  if (b === undefined || o === undefined) return [sameFacet('schedules', false)]
  const ofBase = { schedule: b, zone: base.zone }
  const ofOther = { schedule: o, zone: other.zone }
  const facet: Facet = {
    atLeast: implies(ofOther, ofBase),
    atMost: implies(ofBase, ofOther),
    rule: differs('made', [textOf(rules.base), textOf(rules.other)]),
  }
  const own = [b, o].every(isElapsed) ? facet : inZones(facet, base.zone, other.zone, 'days and times')
  const anchors = sameFacet('what is counted', b.anchor === o.anchor, [`${b.anchor}s`, `${o.anchor}s`])
  return [own, anchors, ...someCounted(pair)]
}

function isElapsed(schedule: Schedule): boolean {
  return schedule.form === 'every' && schedule.every.unit === 'elapsed'
}

function textOf(rules: BackupRules): string {
  return promisesOf(rules).get('schedule') ?? ''
}

/** Whether who keeps the first schedule over all of its time keeps the second one too. */
function implies(a: Placed, b: Placed): boolean | undefined {
  const [of, to] = [a.schedule, b.schedule]
  if (sameZone(a.zone, b.zone) && isAlike(of, to)) return true
  if (to.form === 'every') {
    if (of.form === 'every') return everyWithin(a, b)
    const reach = spanOf(to.every, b.zone, to.tolerance)
    return reach !== undefined && longestGap(a) <= spanLengths(reach).least ? true : undefined
  }
  if (of.form === 'every') {
    const reach = spanOf(of.every, a.zone, of.tolerance)
    if (reach === undefined) return undefined
    const { most } = spanLengths(reach)
    // What is presumed where a log begins may stand in for one of a whole unit.
    return most < (to.form === 'per' ? unitLengths(to.per, b.zone).least : to.tolerance) ? true : undefined
  }
  if (!sameZone(a.zone, b.zone)) return undefined
  if (of.form === 'at') return to.form === 'at' ? isInSlot(a, b) : isInsideDay(a) ? true : undefined
  return to.form === 'per' ? perWithin(a, b) : undefined
}

function everyWithin(a: Placed, b: Placed): boolean | undefined {
  if (a.schedule.form !== 'every' || b.schedule.form !== 'every') return undefined
  const of = spanOf(a.schedule.every, a.zone, a.schedule.tolerance)
  const to = spanOf(b.schedule.every, b.zone, b.schedule.tolerance)
  return of === undefined || to === undefined ? undefined : isWithin(of, to)
}

/** The most ms from one backup to the next that a schedule by units or by the clock leaves. */
function longestGap({ schedule, zone }: Placed): number {
  const { tolerance } = schedule
  if (schedule.form === 'per') return 2 * unitLengths(schedule.per, zone).most + tolerance
  return DAY + offsetSpread(zone) + schedule.early + tolerance
}

/** Of slots on one day that of the first has to lie in that of the second. */
function isInSlot(a: Placed, b: Placed): boolean | undefined {
  const [of, to] = [a.schedule, b.schedule]
  if (of.form !== 'at' || to.form !== 'at') return undefined
  if (of.at === to.at && of.early > to.early && of.tolerance >= to.tolerance) return false
  if (of.at === to.at && of.tolerance > to.tolerance) return false
  if (!isInsideDay(a) || !isInsideDay(b)) return undefined
  // Where the clock changes the two times may be moved to different sides.
  return of.at === to.at && of.early <= to.early && of.tolerance <= to.tolerance ? true : undefined
}

/** Whether slots never reach out of their own date. */
function isInsideDay({ schedule, zone }: Placed): boolean {
  if (schedule.form !== 'at') return false
  const spread = offsetSpread(zone)
  const { at, early, tolerance } = schedule
  return (early === 0 || at - early >= spread) && at + tolerance + spread < DAY
}

function perWithin(a: Placed, b: Placed): boolean | undefined {
  const [of, to] = [a.schedule, b.schedule]
  if (of.form !== 'per' || to.form !== 'per') return undefined
  const [own, whole] = [unitLengths(of.per, a.zone), unitLengths(to.per, b.zone)]
  if (of.per === to.per) return of.tolerance <= to.tolerance
  if (2 * own.most + of.tolerance <= whole.least) return true
  if (own.least > whole.most) return false
  return undefined
}

const UNITS: Readonly<Record<Unit, readonly [least: number, most: number]>> = {
  day: [1, 1],
  week: [7, 7],
  month: [28, 31],
  quarter: [90, 92],
  year: [365, 366],
}

function unitLengths(unit: Unit, zone: Zone): { readonly least: number; readonly most: number } {
  const [least, most] = UNITS[unit]
  const spread = offsetSpread(zone)
  return { least: least * DAY - spread, most: most * DAY + spread }
}
