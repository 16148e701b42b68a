import type { AvailabilityBody } from '../../../clauses/availability/schema.ts'
import type { Clause } from '../../../contract/contract.ts'
import type { Interval } from '../../../model/interval.ts'
import { DAY } from '../../../time/civil.ts'
import { durationText } from '../../../time/duration.ts'
import { subtract } from '../../../time/interval.ts'
import { windowsOver } from '../../../time/window.ts'
import { momentText } from '../../moment-text.ts'
import type { Side, World, Worst } from '../../rule.ts'
import { whereText } from '../duties/scope.ts'
import { besidesOf } from './beside.ts'
import { accountingText, ignoredUpTo, shortOnes } from './fields.ts'
import { type Frame, frameOf, type Party } from './frame.ts'
import { roundingText } from './promise-text.ts'
import { keySuffix } from './terms.ts'
import { inUnits, unitOf, unitText } from './units.ts'
import { longestOutages, mostDowntime } from './worst.ts'

/**
 * The most downtime that breaks nothing, by the clock on the wall and with nothing excluded: in the year, in a calendar
 * month of it, in one outage that begins in it, and in one that costs nothing.
 */
export function availabilityEnvelope(
  clause: Clause<AvailabilityBody>,
  side: Omit<Side<AvailabilityBody>, 'term' | 'clause'>,
  world: World,
): readonly Worst[] {
  const { span } = world
  if (clause.binding === 'observed') return []
  const { body } = clause
  const party: Party = { ...side, body }
  const suffix = keySuffix(clause, side.contract)
  const of = suffix === '' ? '' : ` of ${suffix.slice(1)}`
  const besides = besidesOf(party, world)
  const unit = unitOf(body)
  const notes = [...notesOf(party, span), ...filterNotes(clause)]
  const row = (name: (typeof ROWS)[number], figure: Figure): Worst => {
    // On top of no limit there is nothing.
    const endless = figure.ms === undefined && figure.text === undefined
    const beside = endless ? undefined : name.startsWith('longest') ? besides.piece : besides.whole
    return {
      key: `downtime/${name}${suffix}`,
      name: `${NAMES[name]}${of}`,
      ...(figure.ms !== undefined && { ms: figure.ms }),
      text: figure.text ?? (figure.ms === undefined ? 'no limit' : figure.ms === 0 ? 'none' : durationText(figure.ms)),
      ...(figure.at !== undefined && { at: figure.at }),
      ...(beside !== undefined && { beside: beside.text }),
      notes: [...(figure.notes ?? []), ...(beside?.notes ?? []), ...notes],
    }
  }
  if (!isCounted(body) && unit === undefined)
    return ROWS.map(name => row(name, { text: `not limited as such: counted ${accountingText(body)}` }))
  const exact = frameOf(party, { start: span.start, end: span.end + REACH }, false)
  const months = windowsOver({ kind: 'calendar', unit: 'month' }, { zone: party.zone }, span)
  const whole = unit && inUnits(exact, unit, [span.start, ...months.map(({ end }) => end)])
  const frame = whole ?? exact
  if (frame.windows.length === 0) return ROWS.map(name => row(name, { text: 'nothing is measured in this year' }))
  if (unit !== undefined && unit.free > 0)
    return ROWS.map(name => row(name, { text: `no one figure: counted in ${unitText(unit, body)}` }))
  const shown = unit !== undefined && whole === undefined ? atMost : (figure: Figure) => figure
  const shortest = body['shortest-outage']
  const ignored = shortest === undefined ? -1 : ignoredUpTo(shortest)
  const short = shortest === undefined ? [] : [`${shortOnes(shortest)} do not count, however many`]
  return [
    row('year', ignored > 0 ? { notes: short } : shown({ ms: mostDowntime(frame, span, party.zone) })),
    row('month', ignored > 0 ? { notes: short } : shown(worstMonth(frame, party, months))),
    row('longest', shown(longest(frame, party, world, ignored))),
    row('longest-free', longestFree(frame, span, ignored)),
  ]
}

const ROWS = ['year', 'month', 'longest', 'longest-free'] as const
const NAMES = {
  year: 'downtime in the year',
  month: 'downtime in one month',
  longest: 'longest outage without a breach',
  'longest-free': 'longest outage at no cost',
}
/** How far beyond the year windows are looked at; what never ends before it has no limit. */
const REACH = 740 * DAY

interface Figure {
  readonly ms?: number
  readonly text?: string
  readonly at?: Interval
  readonly notes?: readonly string[]
}

/** A figure that a promise in time alone would permit, where one in units permits no more. */
function atMost(figure: Figure): Figure {
  const { ms, ...rest } = figure
  return ms === undefined || ms === 0 ? figure : { ...rest, text: `${durationText(ms)} at most` }
}

/** By time, or by users where all of them are struck. */
function isCounted({ accounting }: AvailabilityBody): boolean {
  return accounting === undefined || accounting === 'time' || (typeof accounting === 'object' && 'users' in accounting)
}

/** Without a place where all months are alike. */
function worstMonth(frame: Frame, { zone }: Party, list: readonly Interval[]): Figure {
  const months = list.map(({ start, end }) => ({
    ms: mostDowntime(frame, { start, end }, zone),
    at: { start, end },
  }))
  const most = Math.max(...months.map(({ ms }) => ms))
  const worst = months.find(({ ms }) => ms === most)
  return worst === undefined || months.every(({ ms }) => ms === most) ? { ms: most } : worst
}

function longest(frame: Frame, party: Party, { span, year, zone = party.zone }: World, ignored: number): Figure {
  const [first, ...others] = longestOutages(frame, span)
  if (first === undefined || first.end - first.start < ignored) return { ms: Math.max(0, ignored) }
  if (first.end === Number.POSITIVE_INFINITY) return {}
  const shown = others.slice(0, 3).map(({ start }) => momentText(zone, start, year))
  const more = others.length > shown.length ? ' and more' : ''
  const notes = shown.length === 0 ? [] : [`as long from ${shown.join(', ')}${more}`]
  return { ms: first.end - first.start, at: first, notes }
}

/** Outside the hours that count, or too short to count. */
function longestFree(frame: Frame, span: Interval, ignored: number): Figure {
  const end = Math.min(span.end + REACH / 2, frame.windows.at(-1)?.end ?? span.end)
  let best: Interval | undefined
  for (const gap of subtract([{ start: span.start, end }], frame.service.list)) {
    if (gap.start < span.end && (best === undefined || gap.end - gap.start > best.end - best.start)) best = gap
  }
  if (best === undefined || best.end - best.start < ignored) return { ms: Math.max(0, ignored) }
  return { ms: best.end - best.start, at: best }
}

function filterNotes({ where }: Clause): readonly string[] {
  return where === undefined || where.length === 0 ? [] : [`only where ${whereText(where)}`]
}

function notesOf({ body, contract }: Party, span: Interval): readonly string[] {
  const unit = unitOf(body)
  const { term } = contract
  const outside = (term?.start ?? span.start) > span.start || (term?.end ?? span.end) < span.end
  const rounded = body.rounding === undefined ? [] : [`figures are ${roundingText(body)}`]
  return [
    ...(body['no-data'] === 'up' ? ['time without data counts as up'] : []),
    ...(typeof body.accounting === 'object' && 'users' in body.accounting
      ? ['if all users are struck; longer if only some are']
      : []),
    ...(unit === undefined || unit.free > 0 ? [] : [`counted in ${unitText(unit, body)}`]),
    ...rounded,
    ...(outside ? ['as if the contract ran all year'] : []),
  ]
}
