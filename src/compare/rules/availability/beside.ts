import type { Exclusion, Hours } from '../../../contract/contract.ts'
import { durationText } from '../../../time/duration.ts'
import { exclusionsOf, keptClause } from './exclusions.ts'
import type { Party } from './frame.ts'

/** What exclusions permit on top: `unlimited, if announced`, `4h per calendar month, if announced`; undefined: nothing. */
export function besideText(party: Party): string | undefined {
  const texts = exclusionsOf(party.contract, party.body).map(exclusion => textOf(exclusion, party))
  return texts.length === 0 ? undefined : [...new Set(texts)].join('; ')
}

function textOf(exclusion: Exclusion, { contract }: Party): string {
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
  const amount = exclusion.cap === undefined ? 'unlimited' : exclusion.cap.text
  return [[amount, ...longest].join(', '), ...(kept.length === 0 ? [] : [`if ${kept.join(' and ')}`])].join(', ')
}

function hoursText(side: 'inside' | 'outside', hours: Hours | undefined): readonly string[] {
  if (hours === undefined) return []
  return [`${side} ${'calendar' in hours ? hours.calendar : hours.text}`]
}
