import { clip } from '../../../time/interval.ts'
import type { Candidate } from '../../rule.ts'
import { type Bench, beyond, type Stand, taken, told } from './bench.ts'
import type { Bound } from './frame.ts'

/** Outages of one other service at a time, then of all of them: needed by one of the two, or a subject of its own. */
export function* subjectOnly(bench: Bench, broken: Stand, window: Bound): Iterable<Candidate> {
  const names = [...new Set(bench.needed)].slice(0, 6)
  const pieces =
    names.length === 0 ? undefined : taken(clip(broken.frame.service.list, window), beyond(window.most, window.service))
  if (pieces === undefined) return
  const zones = broken.body['all-down'] ?? []
  if (zones.length > 0) {
    const rows = pieces.flatMap(at => zones.map(service => bench.outage(at, { service })))
    yield bench.log(window, rows, `${told(pieces)} of ${zones.join(', ')} at once, of nothing else`)
  }
  for (const service of names) {
    yield bench.log(
      window,
      pieces.map(at => bench.outage(at, { service })),
      `${told(pieces)} of ${service}`,
    )
  }
  if (names.length < 2) return
  const rows = pieces.flatMap(at => names.map(service => bench.outage(at, { service })))
  yield bench.log(window, rows, `${told(pieces)} of ${names.join(', ')} at once`)
}
