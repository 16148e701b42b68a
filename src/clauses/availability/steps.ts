import type { Step } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import { durationText } from '../../time/duration.ts'
import { clip, covers, type Intervals, intersect, merge, overlaps, subtract, total } from '../../time/interval.ts'
import type { Exempted } from '../exclusions.ts'
import type { Fraction } from '../fraction.ts'
import type { Context } from '../judge.ts'
import { support, type WeightedList } from '../weighted.ts'
import type { Material, Outcome } from './evaluate.ts'
import { type Question, readsTraffic } from './question.ts'
import { rowsIn, type Traffic } from './traffic.ts'

/** Each stretch of silence once, however many service hours it holds. */
export function unknownSteps(
  question: Question,
  material: Material,
  unknown: Intervals,
  { asOf }: Context,
): readonly Step[] {
  const { window, clause, silence } = question
  const known = { start: window.start, end: Math.min(window.end, asOf) }
  const raw = readsTraffic(clause.body)
    ? subtract([known], material.traffic.covered)
    : clip(material.downtime.unknown, known)
  return raw.flatMap(at => {
    const amount = total(clip(unknown, at))
    if (amount === 0) return []
    const part = amount === at.end - at.start ? '' : `, ${hoursText(amount)} of it undecided`
    return [{ at, effect: 'unknown' as const, reason: 'no-data', why: `${silence}${part}` }]
  })
}

/** Silence that the contract counts as down. */
export function silentSteps({ window, clause, silence }: Question, material: Material, up: Outcome): readonly Step[] {
  const { accounting } = clause.body
  if (clause.body['no-data'] !== 'down' || (accounting !== undefined && accounting !== 'time')) return []
  const said = merge(material.downtime.items.map(item => item.at))
  const spans = subtract(intersect(clip(material.downtime.silent, window), support(up.counted)), said)
  return spans.map(at => ({ at, effect: 'counted', reason: 'no-data', why: `${silence}, counts as down` }))
}

/** Hours and below: service hours of several days do not make days. */
function hoursText(ms: number): string {
  const hours = Math.floor(ms / 3_600_000)
  return [hours > 0 ? `${hours}h` : '', ms % 3_600_000 > 0 ? durationText(ms % 3_600_000) : '']
    .filter(Boolean)
    .join(' ')
}

/** Bad slices, neighbours joined, with the request rows they were judged by. */
export function unitSteps(
  counted: WeightedList,
  { traffic }: Material,
  body: Question['clause']['body'],
): readonly Step[] {
  return counted.map(({ start, end, weight }) => {
    const origin = readsTraffic(body) ? rowsIn(traffic, { start, end }) : undefined
    const why = ['bad throughout', weightName(weight)].filter(Boolean).join(', ')
    const step: Step = { at: { start, end }, effect: 'counted', reason: 'bad-slice', why }
    return origin === undefined ? step : { ...step, origin }
  })
}

const SHOWN_ROWS = 20

/** The rows with most failures one by one, the others as one step: together all failed requests. */
export function requestSteps(traffic: Traffic, { window, frame }: Question, up: Outcome): readonly Step[] {
  const kept = subtract(frame.service, up.excluded)
  const rows = traffic.time.map((time, i) => {
    const at = { start: time, end: time + Math.max(1, traffic.reach[i] ?? 0) }
    return { at, failed: traffic.failed[i] ?? 0, total: traffic.total[i] ?? 0, origin: traffic.origin[i] }
  })
  const inside = rows.filter(row => overlaps(kept, row.at))
  const step = (row: (typeof rows)[number], effect: Step['effect'], why: string): Step => {
    const at = clip([row.at], window)[0] ?? row.at
    return { at, effect, reason: 'requests', why, ...(row.origin !== undefined && { origin: row.origin }) }
  }
  const failing = inside
    .filter(row => row.failed > 0 && covers(kept, row.at))
    .sort((a, b) => b.failed - a.failed || a.at.start - b.at.start)
  const others = failing.slice(SHOWN_ROWS).sort((a, b) => a.at.start - b.at.start)
  const last = others[others.length - 1]
  const failed = others.reduce((sum, row) => sum + BigInt(row.failed), 0n)
  const openWhy = (row: (typeof rows)[number]) =>
    `reaches over an edge: ${row.failed} of ${row.total} failed, how many inside is not known`
  return [
    ...failing.slice(0, SHOWN_ROWS).map(row => step(row, 'counted', `${row.failed} of ${row.total} requests failed`)),
    ...(last === undefined
      ? []
      : [step(last, 'counted', `${others.length} rows up to here with ${failed} failed requests`)]),
    ...inside.filter(row => !covers(kept, row.at)).map(row => step(row, 'unknown', openWhy(row))),
  ]
}

/** What became of each record that an exclusion looked at. */
export function exclusionSteps({ excluded }: Material, window: Interval, counts: Intervals): readonly Step[] {
  const steps: Step[] = []
  const records = [...excluded.records].sort((a, b) => startOf(a) - startOf(b))
  let given = Number.MIN_SAFE_INTEGER
  for (const record of records) {
    const { origin, attributes } = record.record
    const about = [attributes.id, record.event].filter(Boolean).join(' ')
    const say = (spans: Intervals, effect: Step['effect'], reason: string, why: string): void => {
      for (const at of spans.flatMap(span => clip([span], window))) steps.push({ at, effect, reason, why, origin })
    }
    const why = record.why === '' ? '' : `: ${record.why}`
    if (record.held !== false) {
      const sure = record.held === true
      const word = sure ? 'excluded' : 'may be excluded'
      const text = `${about} ${word} as ${record.exclusion}${why}`
      for (const piece of record.possible) {
        const span = { start: Math.max(piece.start, given), end: piece.end }
        if (span.start >= span.end) continue
        say(clip(counts, span), 'excluded', sure ? record.exclusion : 'exclusion-unknown', text)
        if (!sure) say(subtract([span], clip(counts, span)), 'unknown', 'exclusion-unknown', text)
        given = Math.max(given, piece.end)
      }
    } else if (record.event === 'maintenance') {
      say(record.possible, 'note', 'not-excluded', `${about} not excluded as ${record.exclusion}${why}`)
    }
    say(record.capped, 'note', 'cap', `${about}: the cap of ${record.exclusion} is used up`)
  }
  return steps
}

function startOf(record: Exempted): number {
  return record.possible[0]?.start ?? Number.MIN_SAFE_INTEGER
}

/** What a weight counts as, '' for all of the time. */
export function weightName({ part, of }: Fraction): string {
  return part === of ? '' : `counts ${part}/${of}`
}
