import type { Exclusion, Hours } from '../../../contract/contract.ts'
import { DAY } from '../../../time/civil.ts'
import { durationText } from '../../../time/duration.ts'
import { type Intervals, intersect, subtract } from '../../../time/interval.ts'
import { momentText } from '../../moment-text.ts'
import type { World } from '../../rule.ts'
import { exclusionsOf, keptClause } from './exclusions.ts'
import type { Party } from './frame.ts'
import { openHours } from './hours.ts'

/** What exclusions permit on top, and what has to be said of it. */
export interface Beside {
  readonly text: string
  readonly notes: readonly string[]
}

/**
 * What exclusions permit on top in all, and in one piece: `unlimited, if announced`, `4h per calendar month, if
 * announced`; in one piece no longer than the hours go on that it must keep to. Undefined: nothing.
 */
export function besidesOf(party: Party, world: World): { readonly whole?: Beside; readonly piece?: Beside } {
  const exclusions = exclusionsOf(party.contract, party.body)
  if (exclusions.length === 0) return {}
  const all = exclusions.map(exclusion => {
    const whole: Beside = { text: textOf(exclusion, party), notes: [] }
    return { whole, piece: exclusion.cap === undefined ? (pieceOf(exclusion, party, world) ?? whole) : whole }
  })
  return { whole: joined(all.map(({ whole }) => whole)), piece: joined(all.map(({ piece }) => piece)) }
}

function joined(all: readonly Beside[]): Beside {
  return {
    text: [...new Set(all.map(({ text }) => text))].join('; '),
    notes: [...new Set(all.flatMap(({ notes }) => notes))],
  }
}

/** Undefined where it may go on for any time. */
function pieceOf(exclusion: Exclusion, party: Party, { span, year }: World): Beside | undefined {
  // Hours that bind only some work leave the rest free.
  const kept = keptClause(exclusion.kept, party.contract)
  const body = kept?.services === undefined && kept?.where === undefined ? kept?.body : undefined
  const inside = [exclusion.inside, body?.inside].filter(hours => hours !== undefined)
  const outside = [exclusion.outside, body?.outside].filter(hours => hours !== undefined)
  const wide = { start: span.start - AROUND, end: span.end + AROUND }
  let free: Intervals = [wide]
  for (const hours of inside) free = intersect(free, openHours(hours, party, wide))
  for (const hours of outside) free = subtract(free, openHours(hours, party, wide))
  const pieces = free
    .filter(({ start, end }) => start < span.end && end > span.start)
    .map(({ start, end }) => ({ start: Math.max(start, span.start), end }))
  const [first] = pieces
  // Pieces of a limited length follow upon each other.
  if (first === undefined || pieces.some(({ end }) => end >= wide.end) || body?.longest !== undefined) return undefined
  const best = pieces.reduce((a, b) => (b.end - b.start > a.end - a.start ? b : a), first)
  const [from, to] = [momentText(party.zone, best.start, year), momentText(party.zone, best.end, year)]
  return {
    text: textOf(exclusion, party, `${durationText(best.end - best.start)} in one piece`),
    notes: [`most is left out in one piece ${from} – ${to}`],
  }
}

/** How far beyond the year hours are looked at; what goes on as long has no end of its own. */
const AROUND = 60 * DAY

function textOf(exclusion: Exclusion, { contract }: Party, most = 'unlimited'): string {
  const clause = keptClause(exclusion.kept, contract)
  const body = clause?.body
  const longest = typeof body?.longest === 'number' ? [`each ${durationText(body.longest)} at most`] : []
  const hours = [
    ...hoursText('inside', exclusion.inside ?? body?.inside),
    ...hoursText('outside', exclusion.outside ?? body?.outside),
  ]
  const announced = (exclusion.notice ?? body?.notice) === undefined ? [] : ['announced']
  const cause = exclusion.cause === undefined ? [] : [`caused by ${exclusion.cause.join(' or ')}`]
  const where = (exclusion.where ?? []).map(
    ({ column, values, not }) => `${column} ${not ? 'not ' : ''}${values.join(' or ')}`,
  )
  const conditions = [...announced, ...hours, ...cause, ...where]
  const kept = clause !== undefined && conditions.length === 0 ? [`within ${clause.id}`] : conditions
  const amount = exclusion.cap === undefined ? most : exclusion.cap.text
  return [[amount, ...longest].join(', '), ...(kept.length === 0 ? [] : [`if ${kept.join(' and ')}`])].join(', ')
}

function hoursText(side: 'inside' | 'outside', hours: Hours | undefined): readonly string[] {
  if (hours === undefined) return []
  return [`${side} ${'calendar' in hours ? hours.calendar : hours.text}`]
}
