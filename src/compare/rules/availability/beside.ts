import type { Exclusion, Hours } from '../../../contract/contract.ts'
import type { Interval } from '../../../model/interval.ts'
import { DAY } from '../../../time/civil.ts'
import { durationText } from '../../../time/duration.ts'
import { type Intervals, intersect, subtract } from '../../../time/interval.ts'
import { momentText } from '../../moment-text.ts'
import type { World } from '../../rule.ts'
import { exclusionsOf, keptClause } from './exclusions.ts'
import { layOut, type Party } from './frame.ts'
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
    return { whole, piece: pieceOf(exclusion, party, world) ?? whole }
  })
  return { whole: joined(all.map(({ whole }) => whole)), piece: joined(all.map(({ piece }) => piece)) }
}

function joined(all: readonly Beside[]): Beside {
  return {
    text: [...new Set(all.map(({ text }) => text))].join('; '),
    notes: [...new Set(all.flatMap(({ notes }) => notes))],
  }
}

/** Undefined where it may go on for any time, or as long as its cap says. */
function pieceOf(exclusion: Exclusion, party: Party, { span, year, zone = party.zone }: World): Beside | undefined {
  // Hours that bind only some work leave the rest free.
  const kept = keptClause(exclusion.kept, party.contract)
  const body = kept?.services === undefined && kept?.where === undefined ? kept?.body : undefined
  const inside = [exclusion.inside, body?.inside].filter(hours => hours !== undefined)
  const outside = [exclusion.outside, body?.outside].filter(hours => hours !== undefined)
  const wide = { start: span.start - AROUND, end: span.end + AROUND }
  let free: Intervals = [wide]
  for (const hours of inside) free = intersect(free, openHours(hours, party, wide))
  for (const hours of outside) free = subtract(free, openHours(hours, party, wide))
  const open = free
    .filter(({ start, end }) => start < span.end && end > span.start)
    .map(({ start, end }) => ({ start: Math.max(start, span.start), end }))
  const { cap } = exclusion
  // Pieces of a limited length follow upon each other.
  const endless = open.some(({ end }) => end >= wide.end) || body?.longest !== undefined
  if (cap === undefined && endless) return undefined
  const pieces = cap === undefined ? open : cappedPieces(open, cap, party, span)
  const [first] = pieces
  if (first === undefined || (cap !== undefined && pieces.some(({ end }) => end >= wide.end))) return undefined
  const best = pieces.reduce((a, b) => (b.end - b.start > a.end - a.start ? b : a), first)
  const [from, to] = [momentText(zone, best.start, year), momentText(zone, best.end, year)]
  const length = best.end - best.start
  if (length === cap?.ms) return undefined
  const limit = cap === undefined ? '' : ` (${cap.text})`
  return {
    text: textOf(exclusion, party, `${durationText(length)} in one piece${limit}`),
    notes: [`most is left out in one piece ${from} – ${to}`],
  }
}

/** The longest stretches of the pieces that leave out no more than the cap in any of its windows: over the end of one, twice. */
function cappedPieces(
  pieces: Intervals,
  cap: NonNullable<Exclusion['cap']>,
  party: Party,
  span: Interval,
): readonly Interval[] {
  const last = pieces.at(-1)
  if (last === undefined) return []
  const windows = layOut(cap.per, party, { start: span.start, end: last.end })
  return pieces.flatMap(piece => {
    const met = windows.filter(({ start, end }) => end > piece.start && start < piece.end)
    const starts = new Set([piece.start, ...met.map(({ start, end }) => Math.max(piece.start, start, end - cap.ms))])
    return [...starts]
      .filter(start => start < Math.min(piece.end, span.end))
      .map(start => {
        const limits = met
          .filter(window => window.end > start)
          .map(window => ({ end: Math.max(start, window.start) + cap.ms, till: window.end }))
          .filter(({ end, till }) => end < till)
        return { start, end: Math.min(piece.end, ...limits.map(({ end }) => end)) }
      })
  })
}

/** How far beyond the year hours are looked at; what goes on as long has no end of its own. */
const AROUND = 60 * DAY

function textOf(exclusion: Exclusion, { contract }: Party, most = exclusion.cap?.text ?? 'unlimited'): string {
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
  return [[most, ...longest].join(', '), ...(kept.length === 0 ? [] : [`if ${kept.join(' and ')}`])].join(', ')
}

function hoursText(side: 'inside' | 'outside', hours: Hours | undefined): readonly string[] {
  if (hours === undefined) return []
  return [`${side} ${'calendar' in hours ? hours.calendar : hours.text}`]
}
