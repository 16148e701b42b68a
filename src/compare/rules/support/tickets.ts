import type { SupportBody } from '../../../clauses/support/schema.ts'
import type { ChangeWord } from '../../../evidence/records.ts'
import type { WitnessRow } from '../../../model/comparison.ts'
import type { Interval } from '../../../model/interval.ts'
import { localDay, startOfDay } from '../../../time/local.ts'
import { formatInstant } from '../../../time/stamp.ts'
import type { WindowRule } from '../../../time/window.ts'
import { windowsOver } from '../../../time/window.ts'
import type { Candidate, Side } from '../../rule.ts'
import { commonCells, commonServices } from './scope-cells.ts'
import { sentence } from './words.ts'

/** What happens to one ticket of a log; `zone`: that of its customer, `cells`: further columns. */
export interface Story {
  readonly priority: string
  readonly opened: number
  readonly reported?: number
  readonly events: readonly Event[]
  readonly zone?: string
  readonly cells?: Readonly<Record<string, string>>
}

export interface Event {
  readonly at: number
  readonly change: ChangeWord
  readonly value?: string
}

type SupportSide = Side<SupportBody>

/** A log of tickets that both sides can read, over whole days, and whole windows where one judges those. */
export function logOf(base: SupportSide, other: SupportSide, stories: readonly Story[], story: string): Candidate {
  const bodies = [base.clause.body, other.clause.body]
  const reported = bodies.some(({ from }) => from === 'reported')
  const customers = bodies.some(body => body['customer-timezone'] === true)
  const paused = bodies.some(body => body['paused-in'] !== undefined)
  const stamped = (events: readonly Event[]) =>
    events.every(
      ({ change }, i) => STAMPS[change] !== undefined && events.findIndex(one => one.change === change) === i,
    )
  // Pauses are told by changes: without any it is not known whether there were some.
  const plain = !paused && stories.every(({ events }) => stamped(events))
  const text = (at: number) => formatInstant(base.zone, at)
  const told = new Set(stories.flatMap(({ events }) => events.map(({ change }) => change)))
  // A column that is blank says that it has not happened; without one, and without such a change, nothing would.
  const never = Object.entries(STAMPS).filter(([change]) => !told.has(change as ChangeWord))
  const blank = Object.fromEntries(never.map(([, column]) => [column, '']))
  const common = commonCells(base, other)
  const services = commonServices(base, other)
  const each = stories.flatMap(one => services.map(service => [one, service] as const))
  const rows = each.flatMap(([one, service], i): readonly WitnessRow[] => {
    const id = `T-${i + 1}`
    const own = { ...service, ...common, ...one.cells }
    const wide = {
      type: 'ticket',
      id,
      priority: one.priority,
      opened_at: text(one.opened),
      ...(reported && { reported_at: text(one.reported ?? one.opened) }),
      ...(customers && { customer_timezone: one.zone ?? base.contract.timezone }),
      ...own,
    }
    if (plain) {
      const stamps = Object.entries(STAMPS).map(([change, column]) => {
        const event = one.events.find(event => event.change === change)
        return [column, event === undefined ? '' : text(event.at)]
      })
      return [{ ...wide, ...Object.fromEntries(stamps) }]
    }
    const change = ({ at, change, value = '' }: Event): WitnessRow => ({
      type: 'ticket-change',
      id,
      time: text(at),
      change,
      value,
      ...own,
    })
    return [{ ...wide, ...blank }, ...[...one.events].sort((a, b) => a.at - b.at).map(change)]
  })
  const times = stories.flatMap(({ opened, reported = opened, events }) => [
    opened,
    reported,
    ...events.map(({ at }) => at),
  ])
  const days = wholeDays(base, { start: Math.min(...times), end: Math.max(...times) })
  const { period, asOf, known } = judgedOver(days, [base, other], rulesOf)
  const types = plain ? ['ticket'] : ['ticket', 'ticket-change']
  const coverage = types.flatMap(covers =>
    known.map(({ start, end }): WitnessRow => ({ type: 'coverage', covers, from: text(start), to: text(end) })),
  )
  return { rows: [...rows, ...coverage], period, asOf, story: sentence(story) }
}

function rulesOf({ clause: { body } }: SupportSide): readonly WindowRule[] {
  return [body.attainment?.per, body.mean?.window.rule].filter(rule => rule !== undefined)
}

const STAMPS: Readonly<Partial<Record<ChangeWord, string>>> = {
  responded: 'responded_at',
  workaround: 'workaround_at',
  resolved: 'resolved_at',
  'report-sent': 'report_sent_at',
}

/** From the first local day to the last one, whole. */
export function wholeDays({ zone }: Pick<Side, 'zone'>, { start, end }: Interval): Interval {
  return { start: startOfDay(zone, localDay(zone, start)), end: startOfDay(zone, localDay(zone, end) + 1) }
}

/** What a log is judged over, and as of when; `known`: for which time it must be said to be complete. */
export interface Judging {
  readonly period: Interval
  readonly asOf: number
  readonly known: readonly Interval[]
}

/**
 * A span with the windows that it begins and ends in, whole. Where those of one side cut those of the other, the span
 * alone, with all of its windows said to be known.
 */
export function judgedOver<S extends Side>(
  span: Interval,
  sides: readonly S[],
  rulesOf: (side: S) => readonly WindowRule[],
): Judging {
  const widened = (from: Interval) =>
    sides.reduce((all, side) => rulesOf(side).reduce((one, rule) => wholeWindows(one, rule, side), all), from)
  const wide = widened(span)
  const again = widened(wide)
  const whole = again.start === wide.start && again.end === wide.end
  if (whole) return { period: wide, asOf: wide.end, known: [] }
  return { period: span, asOf: wide.end, known: [wide] }
}

/** A span with the windows that it begins and ends in, whole. */
function wholeWindows(span: Interval, rule: WindowRule | undefined, { contract, zone }: Side): Interval {
  if (rule === undefined || rule.kind === 'rolling') return span
  const { term, fees } = contract
  const frame = {
    zone,
    ...(term !== undefined && { term }),
    ...(fees?.billingDay !== undefined && { billingDay: fees.billingDay }),
  }
  const windows = windowsOver(rule, frame, span).filter(
    ({ start, end }) => Number.isFinite(start) && Number.isFinite(end),
  )
  return {
    start: Math.min(span.start, ...windows.map(({ start }) => start)),
    end: Math.max(span.end, ...windows.map(({ end }) => end)),
  }
}
