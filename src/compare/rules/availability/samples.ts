import type { WitnessRow } from '../../../model/comparison.ts'
import { HOUR, MINUTE } from '../../../time/civil.ts'
import { durationText } from '../../../time/duration.ts'
import type { Candidate } from '../../rule.ts'
import { fitting } from '../support/cells.ts'
import { type Bench, beyond, type Stand } from './bench.ts'
import type { Bound } from './frame.ts'

/** Logs of samples: how long the service is down between them, where it is, and what happens in a pause. */
export function* sampleLogs(bench: Bench, broken: Stand, kept: Stand): Iterable<Candidate> {
  const differs = FIELDS.some(field => JSON.stringify(broken.body[field]) !== JSON.stringify(kept.body[field]))
  const window = broken.years[0]
  if (!differs || window === undefined) return
  const first = broken.frame.service.reach(window.start, HOUR)
  const gaps = [broken, kept].map(({ body }) => body['max-gap'] ?? 3 * (body.every ?? HOUR))
  const step = Math.min(HOUR, ...gaps)
  const lost = beyond(window.most, window.service)
  if (lost / step > 2000) return
  const pair = Math.ceil(lost / step) + 1
  yield bench.log(
    window,
    alternating(bench, first, step, pair),
    `down in every other sample, one each ${durationText(step)}`,
  )
  for (const down of [1, 2]) {
    const rows = Array.from({ length: pair + 2 }, (_, i) =>
      ['a', 'b', 'c'].map((location, at) =>
        check(bench, first + i * step, i > 0 && i <= pair && at < down ? 'down' : 'up', { location }),
      ),
    ).flat()
    yield bench.log(window, rows, `${durationText(pair * step)} down at ${down} of 3 locations`)
  }
  for (const length of [lost + MINUTE, ...gaps.map(gap => Math.max(gap - MINUTE, MINUTE))]) {
    const count = Math.ceil(lost / length)
    if (count > 200) continue
    const rows = Array.from({ length: count }, (_, i) =>
      paused(bench, first + i * (length + 5 * MINUTE), length),
    ).flat()
    yield bench.log(window, rows, `down, then no sample for ${durationText(length)}, ${count} times`)
  }
  const { sources = [] } = broken.body
  const source = sources.find(name => !(kept.body.sources ?? []).includes(name)) ?? 'elsewhere'
  const rows = Array.from({ length: pair + 2 }, (_, i) =>
    check(bench, first + i * step, i > 0 && i <= pair ? 'down' : 'up', { source }),
  )
  yield bench.log(window, rows, `${durationText(pair * step)} down by the samples of ${source}`)
}

const FIELDS = ['sampling', 'down-when', 'every', 'max-gap', 'sources'] as const

/** Samples a minute apart, but for a pause after one that is down. */
function paused(bench: Bench, at: number, length: number): readonly WitnessRow[] {
  const up = [at - 2 * MINUTE, at - MINUTE, at + length, at + length + MINUTE]
  const rows = [...up.map(time => [time, 'up'] as const), [at, 'down'] as const].sort((a, b) => a[0] - b[0])
  return rows.map(([time, status]) => check(bench, time, status))
}

/** Up and down in turn, twice as many as it takes. */
function alternating(bench: Bench, first: number, step: number, count: number): readonly WitnessRow[] {
  return Array.from({ length: 2 * count + 1 }, (_, i) => check(bench, first + i * step, i % 2 === 0 ? 'up' : 'down'))
}

function check(bench: Bench, at: number, status: string, cells: Readonly<Record<string, string>> = {}): WitnessRow {
  const service = bench.service === '' ? {} : { service: bench.service }
  const seen = fitting([...(bench.base.where ?? []), ...(bench.other.where ?? [])])
  return { type: 'check', time: bench.instant(at), status, ...seen, ...service, ...cells }
}

/** Requests that fail while no outage is known, and an outage while none fails. */
export function* requestLogs(bench: Bench, broken: Stand, kept: Stand): Iterable<Candidate> {
  const window = broken.years[0]
  if (window === undefined || ![broken, kept].some(({ body }) => body.accounting === 'requests')) return
  const lost = [0, 1].map(share => row(bench, window, share))
  const [fine = [], failed = []] = lost
  yield bench.log(window, failed, 'every request fails')
  const at = { start: window.start, end: Math.min(window.end, window.start + beyond(window.most, window.service)) }
  yield bench.log(window, [bench.outage(at), ...fine], 'an outage in which no request fails')
  const { part, of } = broken.body.target.value
  for (const more of [1, Math.ceil((of - part) / 10)]) {
    yield bench.log(
      window,
      row(bench, window, Math.min(1, (of - part + more) / of), of),
      'somewhat too many requests fail',
    )
  }
}

function row(bench: Bench, { start, end }: Bound, share: number, total = 1000): readonly WitnessRow[] {
  const service = bench.service === '' ? {} : { service: bench.service }
  const failed = String(Math.round(total * share))
  const interval = `${Math.floor((end - start) / MINUTE)}min`
  return [{ type: 'requests', time: bench.instant(start), total: String(total), failed, interval, ...service }]
}
