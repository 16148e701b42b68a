import type { MaintenanceBody } from '../../../clauses/maintenance/schema.ts'
import type { Notice } from '../../../contract/contract.ts'
import type { Interval } from '../../../model/interval.ts'
import { DAY, HOUR, MINUTE } from '../../../time/civil.ts'
import { durationText, subtractDuration } from '../../../time/duration.ts'
import { subtract } from '../../../time/interval.ts'
import { startOfDay } from '../../../time/local.ts'
import { momentText } from '../../moment-text.ts'
import type { Candidate, Side, World } from '../../rule.ts'
import { datesOf, distinct } from '../duties/rows.ts'
import type { Log } from './candidates.ts'
import { hoursNamed, onlyIn, openHours } from './hours.ts'

type Named = Side<MaintenanceBody>

/** Of rows that both clauses are about all sorts of work, of others the plainest. */
export function* noticeLogs(base: Named, other: Named, world: World, log: Log, isUsual: boolean): Iterable<Candidate> {
  const [b, o] = [base.clause.body.notice, other.clause.body.notice]
  if (b?.atLeast === undefined || o?.atLeast === undefined) return
  const lengths = distinct([
    2 * HOUR,
    ...[b, o].flatMap(({ whenLongerThan: ms }) => (ms === undefined ? [] : [Math.max(ms, MINUTE), ms + MINUTE])),
  ])
  const [duringB, duringO] = [hoursNamed(b.during), hoursNamed(o.during)]
  const edges = [onlyIn(duringO, other, duringB, base, world.span), onlyIn(duringB, base, duringO, other, world.span)]
  const [plain = world.span.start, ...rest] = datesOf(base, other, world).flatMap(day =>
    [12, 22].map(hour => startOfDay(base.zone, day) + hour * HOUR),
  )
  const [ofBase, ofOther] = [openHours(duringB, base, world.span), openHours(duringO, other, world.span)]
  const both = subtract(ofBase, subtract(ofBase, ofOther)).slice(0, 1)
  const at = (start: number) => lengths.map(length => ({ start, end: start + length }))
  // In hours that only one of the two has, on from them, or until they end.
  const first = edges.flatMap(list => list.slice(0, 1))
  const within = [...first, ...edges.flatMap(list => list.slice(1, 2))].flatMap(({ start, end }) => [
    ...at(start),
    ...lengths.map(length => ({ start: end - length, end })),
  ])
  const plainest = [
    ...at(plain),
    ...first.map(({ start, end }) => ({ start, end: Math.min(end, start + 2 * HOUR) })),
    ...both.flatMap(({ start }) => at(start)),
  ]
  const more = [...within, ...rest.flatMap(at)]
  const logOf = ({ start, end }: Interval, announced: number | null): Candidate => {
    const ahead = announced === null ? 'not announced' : `announced ${durationText(start - announced)} ahead`
    return log(
      [{ start, end, announced }],
      `Work of ${durationText(end - start)} from ${momentText(base.zone, start, world.year)}, ${ahead}.`,
    )
  }
  const given = ({ start }: Interval) => [announcements(o, start, other), announcements(b, start, base)]
  for (const work of isUsual ? [...plainest, ...within] : plainest) {
    for (const announced of distinct([...given(work).map(([last]) => last ?? work.start), null]))
      yield logOf(work, announced)
  }
  if (!isUsual) return
  for (const work of [...plainest, ...more]) {
    for (const announced of distinct(given(work).flatMap(list => list.slice(1)))) yield logOf(work, announced)
  }
}

/** The last instant in time, and what comes just after; of business time some to try. */
function announcements({ atLeast: need }: Notice, start: number, { zone }: Named): readonly number[] {
  if (need === undefined) return []
  if (need.unit === 'elapsed' || need.unit === 'calendar') {
    const last = subtractDuration(zone, start, need)
    return [last, last + MINUTE].filter(at => at <= start)
  }
  const days = need.unit === 'business-days' ? need.days : Math.ceil(need.ms / (8 * HOUR))
  return [0, 1, 2, 4, 6].map(more => start - (days + more) * DAY)
}
