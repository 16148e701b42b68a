import type { SupportBody } from '../../../clauses/support/schema.ts'
import type { Clause } from '../../../contract/contract.ts'
import type { Interval } from '../../../model/interval.ts'
import { durationText } from '../../../time/duration.ts'
import { momentText } from '../../moment-text.ts'
import type { Side, World, Worst } from '../../rule.ts'
import { openingsOf } from './openings.ts'
import { readingOf } from './promise.ts'

const WALL = [
  ['respond', 'response-wall', 'longest wait for a response'],
  ['workaround', 'workaround-wall', 'longest wait for a workaround'],
  ['resolve', 'resolve-wall', 'longest wait for a resolution'],
] as const

/** For each priority the longest time on the wall clock, for a ticket opened at the worst instant of the year. */
export function supportEnvelope(
  clause: Clause<SupportBody>,
  side: Omit<Side<SupportBody>, 'term' | 'clause'>,
  { span }: World,
): readonly Worst[] {
  if (clause.binding === 'observed') return []
  const { priorities, attainment } = clause.body
  const paused = clause.body['paused-in']
  return Object.entries(priorities).flatMap(([priority, targets]) =>
    WALL.flatMap(([word, key, name]): readonly Worst[] => {
      const amount = targets[word]
      if (amount === undefined) return []
      const row = { key: `support/${priority}/${key}`, name: `${priority} ${name}` }
      const notes = clause.binding === 'objective' ? ['an objective only'] : []
      const found = worstOf({ ...side, clause }, { word, priority, amount }, span)
      if (found === undefined) return [{ ...row, text: 'no number', notes }]
      if (found === 'some') return [{ ...row, text: 'no limit', notes: [...notes, 'no number for some openings'] }]
      if (attainment !== undefined && attainment.value.part < attainment.value.of) {
        const most = `${durationText(found.end - found.start)} for those in time`
        return [{ ...row, text: 'no limit', notes: [...notes, `${attainment.text.trim()} in time: ${most}`] }]
      }
      const ms = found.end - found.start
      const zone = side.zone
      if (found.due < found.end) {
        notes.push(
          `its time is used up ${momentText(zone, found.due)}; until ${momentText(zone, found.end)} nothing more is counted`,
        )
      }
      const beside = paused === undefined ? {} : { beside: `unlimited, while it is ${paused.join(' or ')}` }
      return [{ ...row, ms, text: durationText(ms), at: { start: found.start, end: found.end }, ...beside, notes }]
    }),
  )
}

/** `due` lies before the end where the clock stands still in between. */
interface Found extends Interval {
  readonly due: number
}

/** From the worst opening to the last instant in time; `some`: some openings have no number; undefined: none has one. */
function worstOf(
  side: Omit<Side<SupportBody>, 'term'>,
  promised: Parameters<typeof readingOf>[1],
  span: Interval,
): Found | 'some' | undefined {
  const reading = readingOf(side, promised)
  let worst: Found | undefined
  let without = false
  for (const start of openingsOf([reading], span)) {
    const allowed = reading.at(start)
    if (allowed === undefined) without = true
    else if (worst === undefined || allowed.last - start > worst.end - worst.start) {
      worst = { start, end: allowed.last, due: allowed.due }
    }
  }
  return without && worst !== undefined ? 'some' : worst
}
