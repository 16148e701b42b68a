import type { Interval } from '../../../model/interval.ts'
import type { Zone } from '../../../time/zone.ts'
import { momentText } from '../../moment-text.ts'

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
) as readonly string[]

/** A window as sentences name it: `in January 2026`, `in Q2 2026`, `in 2026`, else from when to when. */
export function windowWords({ key, start, end }: Interval & { readonly key: string }, zone: Zone): string {
  const [, year, part = ''] = /^(\d{4})(?:-(\d\d|Q\d))?$/.exec(key) ?? []
  if (year === undefined) {
    const [from, to] = [start, end].map(at => (Number.isFinite(at) ? momentText(zone, at, 0) : undefined))
    return from === undefined || to === undefined ? 'in all of the term' : `from ${from} to ${to}`
  }
  const named = part.startsWith('Q') ? part : MONTHS[Number(part) - 1]
  return named === undefined || part === '' ? `in ${year}` : `in ${named} ${year}`
}
