import { allowance } from '../../../clauses/availability/figure.ts'
import type { AvailabilityBody } from '../../../clauses/availability/schema.ts'
import type { Contract } from '../../../contract/contract.ts'
import type { Interval } from '../../../model/interval.ts'
import { ALWAYS, openIntervals } from '../../../time/calendar.ts'
import { dayNumber } from '../../../time/civil.ts'
import { clip, type Intervals } from '../../../time/interval.ts'
import { startOfDay } from '../../../time/local.ts'
import { type WindowRule, windowsOver } from '../../../time/window.ts'
import type { Zone } from '../../../time/zone.ts'
import type { Side } from '../../rule.ts'
import { type Measure, measureOf } from './measure.ts'

/** One window of a promise with its service time and the most of it that may be lost without a breach, in ms. */
export interface Bound extends Interval {
  readonly key: string
  readonly service: number
  /** Infinity where nothing is judged, −1 where even no downtime at all breaks the promise. */
  readonly most: number
}

/** What a promise of time comes to where nothing is excluded. */
export interface Frame {
  readonly windows: readonly Bound[]
  readonly service: Measure
  /** The windows don't overlap; rolling ones do. */
  readonly partition: boolean
}

/** A contract's promise of availability without its names. */
export type Party = Pick<Side<AvailabilityBody>, 'contract' | 'zone' | 'zones'> & { readonly body: AvailabilityBody }

export function partyOf({ contract, clause, zone, zones }: Side<AvailabilityBody>): Party {
  return { contract, zone, zones, body: clause.body }
}

/** The windows that meet `over`; `cut`: only inside the contract's term. */
export function frameOf(party: Party, over: Interval, cut: boolean): Frame {
  const { body, contract } = party
  const term = cut ? contract.term : undefined
  const [first, last] = [term?.start ?? Number.NEGATIVE_INFINITY, term?.end ?? Number.POSITIVE_INFINITY]
  const windows = layOut(body.window.rule, party, over).filter(({ start, end }) => end > first && start < last)
  const hull = {
    start: Math.max(first, Math.min(...windows.map(window => window.start))),
    end: Math.min(last, Math.max(...windows.map(window => window.end))),
  }
  const service = measureOf(windows.length === 0 ? [] : clip(hoursOf(body.during ?? 'always', party, hull), hull))
  return {
    partition: body.window.rule.kind !== 'rolling',
    service,
    windows: windows.map(({ key, start, end }) => {
      const size = service.between(start, end)
      const most = size === 0 ? Number.POSITIVE_INFINITY : Number(allowed(body, size))
      return { key, start, end, service: size, most }
    }),
  }
}

/** The open hours of a contract's calendar. */
export function hoursOf(
  calendar: string,
  { contract, zone, zones }: Pick<Party, 'contract' | 'zone' | 'zones'>,
  over: Interval,
): Intervals {
  const rule = contract.calendars.get(calendar) ?? ALWAYS
  return openIntervals(rule, rule === ALWAYS ? zone : zones(rule.zone), over.start, over.end)
}

/** Every window that meets `over`; of rolling ones those that hold any of it. */
export function layOut(rule: WindowRule, { contract, zone }: Pick<Party, 'contract' | 'zone'>, over: Interval) {
  const { term, fees } = contract
  const frame = { zone, ...(term && { term }), ...(fees?.billingDay !== undefined && { billingDay: fees.billingDay }) }
  if (rule.kind !== 'rolling') return windowsOver(rule, frame, over)
  const reach = (rule.days + 1) * 25 * 3_600_000
  const wide = { start: over.start - reach, end: over.end + reach }
  return windowsOver(rule, frame, wide).filter(({ start, end }) => end > over.start && start < over.end)
}

/** The years that relations are proven for: every kind of year on every weekday, and more than one turn of them. */
export function provenYears(zone: Zone): Interval {
  return { start: startOfDay(zone, dayNumber(FIRST, 1, 1)), end: startOfDay(zone, dayNumber(LAST + 1, 1, 1)) }
}

export const FIRST = 2000
export const LAST = 2040

/** Whether two contracts run for the same time, so that their windows are cut alike. */
export function sameTerm(a: Contract, b: Contract): boolean {
  return a.term?.start === b.term?.start && a.term?.end === b.term?.end
}

function allowed(body: AvailabilityBody, size: number): bigint {
  return allowance(BigInt(body.base ?? size), body.target, body.rounding)
}
