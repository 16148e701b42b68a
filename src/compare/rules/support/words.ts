import { dayText, hoursText } from '../../../clauses/support/words.ts'
import { DAY, MINUTE, pad2, SECOND } from '../../../time/civil.ts'
import { localDay, toLocal } from '../../../time/local.ts'
import type { Zone } from '../../../time/zone.ts'

export { hoursText }

/** `Fri 23 Oct 18:30`, with seconds where there are some. */
export function momentText(zone: Zone, at: number): string {
  const time = ((toLocal(zone, at) % DAY) + DAY) % DAY
  const minutes = Math.floor(time / MINUTE)
  const rest = time % MINUTE
  const seconds =
    rest === 0
      ? ''
      : `:${pad2(Math.floor(rest / SECOND))}${rest % SECOND === 0 ? '' : `.${String(rest % SECOND).padStart(3, '0')}`}`
  return `${dayText(localDay(zone, at))} ${pad2(Math.floor(minutes / 60))}:${pad2(minutes % 60)}${seconds}`
}
