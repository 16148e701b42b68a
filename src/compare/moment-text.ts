import { dayText } from '../clauses/support/words.ts'
import { civilDate, DAY, MINUTE, pad2, SECOND } from '../time/civil.ts'
import { localDay, toInstant, toLocal } from '../time/local.ts'
import { formatInstant } from '../time/stamp.ts'
import type { Zone } from '../time/zone.ts'

/**
 * An instant as stories tell it: `Fri 23 Oct 18:30`, with seconds where there are some, the year where it is not
 * `year`, the offset where the clock shows that time twice.
 */
export function momentText(zone: Zone, at: number, year?: number): string {
  const local = toLocal(zone, at)
  const time = ((local % DAY) + DAY) % DAY
  const minutes = Math.floor(time / MINUTE)
  const rest = time % MINUTE
  const part = rest % SECOND === 0 ? '' : `.${String(rest % SECOND).padStart(3, '0')}`
  const seconds = rest === 0 ? '' : `:${pad2(Math.floor(rest / SECOND))}${part}`
  const day = localDay(zone, at)
  const own = civilDate(day).year
  const dated = year === undefined || own === year ? dayText(day) : `${dayText(day)} ${own}`
  const offset = toInstant(zone, local).kind === 'ambiguous' ? formatInstant(zone, at).slice(-6) : ''
  return `${dated} ${pad2(Math.floor(minutes / 60))}:${pad2(minutes % 60)}${seconds}${offset}`
}
