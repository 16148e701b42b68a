import type { AvailabilityBody } from '../../../clauses/availability/schema.ts'
import type { Candidate, Side, World } from '../../rule.ts'
import { type Bench, benchOf, type Stand } from './bench.ts'
import { featureLogs } from './features.ts'
import { plainLogs } from './plain.ts'
import { requestLogs, sampleLogs } from './samples.ts'
import { shrinkLogs } from './shrink.ts'
import { excludedLogs } from './work.ts'

/** Logs that may separate two promises of availability, in either direction by turns. */
export function* availabilityLogs(
  base: Side<AvailabilityBody>,
  other: Side<AvailabilityBody>,
  world: World,
): Iterable<Candidate> {
  const bench = benchOf(base, other, world)
  for (const logs of [plainLogs, featureLogs, excludedLogs, shrinkLogs, sampleLogs, requestLogs]) {
    yield* inTurn(logs(bench, bench.base, bench.other), logs(bench, bench.other, bench.base))
  }
}

export type Logs = (bench: Bench, broken: Stand, kept: Stand) => Iterable<Candidate>

function* inTurn<T>(a: Iterable<T>, b: Iterable<T>): Iterable<T> {
  const lists = [a, b].map(list => list[Symbol.iterator]())
  while (lists.length > 0) {
    for (const list of [...lists]) {
      const { done, value } = list.next()
      if (done) lists.splice(lists.indexOf(list), 1)
      else yield value
    }
  }
}
