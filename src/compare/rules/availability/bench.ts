import type { AvailabilityBody } from '../../../clauses/availability/schema.ts'
import type { Exclusion } from '../../../contract/contract.ts'
import type { WitnessRow } from '../../../model/comparison.ts'
import type { Interval } from '../../../model/interval.ts'
import type { Where } from '../../../model/where.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../time/civil.ts'
import { durationText } from '../../../time/duration.ts'
import { subtract, total } from '../../../time/interval.ts'
import { formatInstant } from '../../../time/stamp.ts'
import type { Candidate, Side, World } from '../../rule.ts'
import { fitting } from '../support/cells.ts'
import { sentence } from '../support/words.ts'
import { exclusionsOf } from './exclusions.ts'
import { type Bound, type Frame, frameOf, layOut, type Party, partyOf } from './frame.ts'
import { subjectsOf } from './subjects.ts'

/** One of the two with its windows around the year. */
export interface Stand {
  readonly party: Party
  readonly body: AvailabilityBody
  readonly frame: Frame
  readonly exclusions: readonly Exclusion[]
  readonly where?: Where
  /** Windows of the year, inside both terms: the least first that they allow. */
  readonly years: readonly Bound[]
}

/** What logs for one pair of promises are made with. `cells` makes rows both of them see. */
export interface Bench {
  readonly base: Stand
  readonly other: Stand
  readonly year: number
  readonly service: string
  readonly needed: readonly string[]
  outage(at: Interval, cells?: Readonly<Record<string, string>>): WitnessRow
  work(at: Interval, announced: number | undefined, cells?: Readonly<Record<string, string>>): WitnessRow
  instant(at: number): string
  /** Rows with the log said to be complete around them, but for `gaps`; judged over `window`. */
  log(window: Interval, rows: readonly WitnessRow[], story: string, gaps?: readonly Interval[]): Candidate
}

export function benchOf(base: Side<AvailabilityBody>, other: Side<AvailabilityBody>, world: World): Bench {
  const [ours, theirs] = [base, other].map(side => standOf(side, base, other, world)) as [Stand, Stand]
  const bodies = [ours.body, theirs.body]
  const [own, its] = [subjectsOf(base.clause, base.contract), subjectsOf(other.clause, other.contract)]
  const service = own.find(name => own.length === 1 || its.includes(name)) || own[0] || its[0] || ''
  const instant = (at: number) => formatInstant(base.zone, at)
  const named = (cells: Readonly<Record<string, string>>) => (service === '' ? cells : { service, ...cells })
  const seen = fitting([...(base.clause.where ?? []), ...(other.clause.where ?? [])])
  const exclusions = [...ours.exclusions, ...theirs.exclusions]
  const blanks = Object.fromEntries(
    exclusions
      .filter(({ event }) => event === 'outage')
      .flatMap(({ cause, where }) => [...(cause ? ['cause'] : []), ...(where ?? []).map(({ column }) => column)])
      .map(column => [column, '']),
  )
  const stamped = bodies.some(({ from }) => from !== undefined)
  const sources = bodies.flatMap(body => body.sources ?? [])
  const source = sources.find(name => bodies.every(body => body.sources?.includes(name) ?? true)) ?? sources[0]
  const types = exclusions.some(({ event }) => event === 'maintenance') ? ['outage', 'maintenance'] : ['outage']
  return {
    base: ours,
    other: theirs,
    year: world.year,
    service,
    needed: [...base.contract.services.keys(), ...other.contract.services.keys()].filter(name => name !== service),
    instant,
    outage: ({ start, end }, cells = {}) => ({
      type: 'outage',
      start: instant(start),
      end: instant(end),
      ...(stamped && { detected_at: instant(start), reported_at: instant(start) }),
      ...(source !== undefined && { source }),
      ...blanks,
      ...seen,
      ...named(cells),
    }),
    work: ({ start, end }, announced, cells = {}) => ({
      type: 'maintenance',
      start: instant(start),
      end: instant(end),
      announced_at: announced === undefined ? '' : instant(announced),
      ...seen,
      ...named(cells),
    }),
    log(window, rows, story, gaps = []) {
      const period = periodOf(window, [ours, theirs])
      const met = [ours, theirs].flatMap(({ party }) => layOut(party.body.window.rule, party, period))
      const from = Math.min(period.start, ...met.map(({ start }) => start))
      const asOf = Math.max(period.end, ...met.map(({ end }) => end))
      const known = types.flatMap(covers =>
        subtract([{ start: from, end: asOf }], covers === 'outage' ? gaps : []).map(
          ({ start, end }): WitnessRow => ({ type: 'coverage', covers, from: instant(start), to: instant(end) }),
        ),
      )
      return { rows: [...rows, ...known], period, asOf, story: sentence(story) }
    },
  }
}

function standOf(
  side: Side<AvailabilityBody>,
  base: Side<AvailabilityBody>,
  other: Side<AvailabilityBody>,
  { span }: World,
): Stand {
  const party = partyOf(side)
  const frame = frameOf(party, { start: span.start - 370 * DAY, end: span.end + 740 * DAY }, true)
  const first = Math.max(...[base, other].map(({ contract }) => contract.term?.start ?? Number.NEGATIVE_INFINITY))
  const last = Math.min(...[base, other].map(({ contract }) => contract.term?.end ?? Number.POSITIVE_INFINITY))
  const years = frame.windows
    .filter(({ start, end }) => end > span.start && start < span.end && end > first && start < last)
    .filter(({ most }) => most >= 0 && most < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.most - b.most || Number(a.start < span.start) - Number(b.start < span.start) || a.start - b.start)
  const { where } = side.clause
  const exclusions = exclusionsOf(side.contract, side.clause.body)
  return { party, body: side.clause.body, frame, exclusions, years, ...(where !== undefined && { where }) }
}

/** Rolling windows are judged only where they lie wholly inside the period. */
function periodOf(window: Interval, stands: readonly Stand[]): Interval {
  const rolling = stands.filter(({ frame }) => !frame.partition)
  const met = rolling.flatMap(({ party }) => layOut(party.body.window.rule, party, window))
  return {
    start: Math.min(window.start, ...met.map(({ start }) => start)),
    end: Math.max(window.end, ...met.map(({ end }) => end)),
  }
}

/** The least amount beyond `most` that is told in few words, and is no more than `limit` where that can be. */
export function beyond(most: number, limit = Number.POSITIVE_INFINITY): number {
  for (const unit of [HOUR, 15 * MINUTE, MINUTE, SECOND]) {
    const amount = (Math.floor(most / unit) + 1) * unit
    if (amount <= limit && amount - most <= Math.max(MINUTE, most / 4)) return amount
  }
  return Math.min(most + SECOND, Math.max(most + 1, limit))
}

/** Pieces of the list that make up `ms`, longest stretches first, none longer than `piece`; undefined: there is not enough. */
export function taken(
  list: readonly Interval[],
  ms: number,
  { piece = Number.POSITIVE_INFINITY, apart = 0 }: { readonly piece?: number; readonly apart?: number } = {},
): readonly Interval[] | undefined {
  const out: Interval[] = []
  let left = ms
  for (const { start, end } of [...list].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)) {
    for (let at = start; at < end && left > 0; ) {
      const size = Math.min(piece, left, end - at)
      out.push({ start: at, end: at + size })
      left -= size
      at += size + apart
    }
    if (left <= 0) break
  }
  return left > 0 ? undefined : out.sort((a, b) => a.start - b.start)
}

/** `4h down`, `5 outages, 4h in all`. */
export function told(pieces: readonly Interval[], what = 'outage'): string {
  const sum = durationText(total(pieces))
  return pieces.length === 1 ? `one ${what} of ${sum}` : `${pieces.length} ${what}s, ${sum} in all`
}
