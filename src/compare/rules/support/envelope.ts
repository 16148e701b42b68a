import type { Amount, SupportBody } from '../../../clauses/support/schema.ts'
import type { Clause } from '../../../contract/contract.ts'
import type { Interval } from '../../../model/interval.ts'
import { durationText } from '../../../time/duration.ts'
import { momentText } from '../../moment-text.ts'
import type { Side, World, Worst } from '../../rule.ts'
import { clockOf } from './hours.ts'
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
  { span, year, zone = side.zone }: World,
): readonly Worst[] {
  if (clause.binding === 'observed') return []
  const { priorities, attainment } = clause.body
  const paused = clause.body['paused-in']
  return Object.entries(priorities).flatMap(([priority, targets]) =>
    WALL.flatMap(([word, key, name]): readonly Worst[] => {
      const amount = targets[word]
      if (amount === undefined) return []
      const row = { key: `support/${priority}/${key}`, name: `${priority} ${name}` }
      const { worst, without } = worstOf({ ...side, clause }, { word, priority, amount }, span)
      if (worst === undefined) return [{ ...row, text: 'no number', notes: [] }]
      const { start, end, due } = worst
      const when = (at: number) => momentText(zone, at, year)
      const ms = end - start
      const notes: string[] = []
      if (without) {
        const [where, elsewhere] = placesOf(amount, worst, side)
        notes.push(`${durationText(ms)} if opened ${where}, ${when(start)} – ${when(end)}; no number ${elsewhere}`)
      }
      const isShare = attainment !== undefined && attainment.value.part < attainment.value.of
      if (isShare) {
        notes.push(`${attainment.text.trim()} in time: ${durationText(ms)} for those in time`)
      }
      const limited = notes.length === 0
      // Of those in time only: where some may be late, no instant is the last.
      if (!isShare && due < end)
        notes.push(`its time is used up ${when(due)}; until ${when(end)} nothing more is counted`)
      if (!limited) return [{ ...row, text: 'no limit', notes }]
      const beside = paused === undefined ? {} : { beside: `unlimited, while it is ${paused.join(' or ')}` }
      return [{ ...row, ms, text: durationText(ms), at: { start, end }, ...beside, notes }]
    }),
  )
}

/** Where an opening has the number that it has, and where others have none: `outside business-hours`, `inside`. */
function placesOf(
  amount: Amount,
  { start }: Interval,
  { contract, zones }: Omit<Side<SupportBody>, 'term' | 'clause'>,
): readonly [where: string, elsewhere: string] {
  if (typeof amount !== 'object' || !('byCalendar' in amount)) return ['at some times', 'at others']
  const { byCalendar } = amount
  const open = byCalendar.find(({ calendar }) => clockOf(contract, calendar, zones).isOpen(start))
  const [only, ...more] = byCalendar
  if (open !== undefined) return [`inside ${open.calendar}`, more.length === 0 ? 'outside' : 'at other times']
  if (only === undefined || more.length > 0) return ['outside all of them', 'at other times']
  return [`outside ${only.calendar}`, 'inside']
}

/** `due` lies before the end where the clock stands still in between. */
interface Found extends Interval {
  readonly due: number
}

/** From the worst opening to the last instant in time, of those that have a number; `without`: some have none. */
function worstOf(
  side: Omit<Side<SupportBody>, 'term'>,
  promised: Parameters<typeof readingOf>[1],
  span: Interval,
): { readonly worst?: Found; readonly without: boolean } {
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
  return { ...(worst !== undefined && { worst }), without }
}
