import type { Clause } from '../../contract/contract.ts'
import type { Happened, Outage, Row } from '../../evidence/records.ts'
import type { Origin } from '../../model/finding.ts'
import type { Interval, Moment } from '../../model/interval.ts'
import { type Intervals, intersect, merge, subtract, union } from '../../time/interval.ts'
import { excludesEvent } from '../exclusions.ts'
import { cellOf, fits, unknownColumns } from '../filter.ts'
import { compareFractions, type Fraction, NOTHING, WHOLE } from '../fraction.ts'
import { type Context, withNeeds } from '../judge.ts'
import { largest, layer, smallest, support, type Weighted, type WeightedList, weigh } from '../weighted.ts'
import { actualInterval, exactly } from '../work.ts'
import { type Case, favourable, perCase } from './cases.ts'
import { probeTime } from './probes.ts'
import type { AvailabilityBody } from './schema.ts'

/** A record or a run of samples that says "down": the material of the timeline. */
export interface Item {
  readonly at: Interval
  readonly weight: Fraction
  readonly from: 'outage' | 'check' | 'maintenance'
  readonly service: string
  readonly origin: Origin
  readonly label: string
  /** The part that counts for sure; all of it unless there is a `doubt`. */
  readonly certain: Interval
  readonly doubt?: Doubtful
  readonly row?: Row
}

/** Why only part of an item, or none of it, is certain; `columns` are the ones that are not known. */
export interface Doubtful {
  readonly why: string
  readonly columns: readonly string[]
}

/** Down time of one subject, per case, and the time that no evidence speaks for. */
export interface Downtime {
  readonly down: Readonly<Record<Case, WeightedList>>
  readonly unknown: Intervals
  /** The same whatever `no-data` makes of it. */
  readonly silent: Intervals
  readonly items: readonly Item[]
}

/** What the windows of a clause ask for: their starts and ends, and the stretch they lie in. */
export interface Scope {
  readonly windows: readonly Interval[]
  readonly edges: readonly number[]
  readonly hull: Interval
}

/** Down time of a service and of what it needs: down when any of them is. */
export function serviceDowntime(
  service: string,
  clause: Clause<AvailabilityBody>,
  scope: Scope,
  context: Context,
): Downtime {
  const all = withNeeds(service, context.contract).map(name => ownDowntime(name, clause, scope, context))
  return all.length === 1 && all[0] !== undefined ? all[0] : together(all, 'any')
}

/** Several services as one subject: down when any is, or only when all are. */
export function together(parts: readonly Downtime[], rule: 'any' | 'all'): Downtime {
  const join = rule === 'any' ? largest : smallest
  return {
    down: perCase(which => join(parts.map(part => part.down[which]))),
    unknown: rule === 'any' ? unionOf(parts.map(part => part.unknown)) : unknownOfAll(parts),
    silent: unionOf(parts.map(part => part.silent)),
    items: once(parts.flatMap(part => part.items)),
  }
}

/** All are down only where each is, or may be; where one is known to be up, what the others do does not matter. */
function unknownOfAll(parts: readonly Downtime[]): Intervals {
  const certain = support(smallest(parts.map(part => part.down.up)))
  const maybe = parts.map(part => union(part.unknown, support(part.down.up)))
  return subtract(
    maybe.reduce((a, b) => intersect(a, b)),
    certain,
  )
}

function unionOf(lists: readonly Intervals[]): Intervals {
  return merge(lists.flat())
}

/** A row of something that several services need stands once. */
function once(items: readonly Item[]): readonly Item[] {
  const seen = new Set<unknown>()
  return items.filter(item => {
    const key = item.row ?? `${item.service} ${item.origin.input} ${item.origin.line} ${item.at.start} ${item.at.end}`
    return !seen.has(key) && seen.add(key)
  })
}

function ownDowntime(service: string, clause: Clause<AvailabilityBody>, scope: Scope, context: Context): Downtime {
  const { body } = clause
  const rows = rowPieces(service, clause, context)
  const filter = context.filterIndex(clause.where)
  const series = context.evidence.probes.filter(
    one =>
      one.service === service &&
      one.filter === filter &&
      (body.sources === undefined || body.sources.includes(one.source)),
  )
  const probes = probeTime(series, body, scope.edges, context.asOf)
  const complete = context.complete('outage', service, scope.windows)
  // Work that the maintenance log may lack can be down time that the outage log does not list.
  const worked = excludesEvent(body.excluding, 'maintenance', context.contract)
    ? intersect(complete, context.complete('maintenance', service, scope.windows))
    : complete
  const spoken = subtract(worked, context.leftOut('maintenance', service))
  const unknown = subtract(merge([scope.hull]), union(spoken, probes.covered))
  const gaps = body['no-data'] ?? 'unknown'
  const down = perCase(which => {
    const filled = gaps === 'down' || (gaps === 'unknown' && !favourable(which))
    return largest([layer(rows.map(row => row[which])), probes.down[which], filled ? weigh(unknown, WHOLE) : []])
  })
  const fromProbes = probes.runs.map(run => ({
    at: run.at,
    certain: run.at,
    weight: run.weight,
    from: 'check' as const,
    service,
    origin: run.origin,
    label: [run.state === 'degraded' ? 'samples degraded' : 'samples down', run.location, run.source]
      .filter(Boolean)
      .join(' · '),
  }))
  return {
    down,
    silent: unknown,
    unknown: gaps === 'unknown' ? unknown : [],
    items: [...rows.map(row => row.item), ...fromProbes],
  }
}

type Piece = Readonly<Record<Case, Weighted>> & { readonly item: Item }

function rowPieces(service: string, clause: Clause<AvailabilityBody>, context: Context): readonly Piece[] {
  const pieces: Piece[] = []
  for (const outage of context.evidence.outages) {
    if (outage.service !== service) continue
    const piece = outagePiece(outage, clause, context.asOf)
    if (piece !== undefined) pieces.push(piece)
  }
  for (const work of context.evidence.maintenances) {
    if (work.service !== service || work.impact === 'none' || work.impact === 'as-observed') continue
    const fit = fits(clause.where, work)
    if (fit === false) continue
    const { certain, possible } = actualInterval(work, context.asOf)
    const weight = work.impact === 'down' ? WHOLE : (clause.body.degraded ?? NOTHING)
    const [least, most] = weight === 'affected' ? [NOTHING, WHOLE] : [weight, weight]
    const doubt = fit === undefined ? notKnown(unknownColumns(clause.where, work)) : undefined
    const label = [work.id, 'maintenance'].filter(Boolean).join(' ')
    pieces.push(
      piece(fit === undefined ? nothing(certain) : certain, possible, least, most, {
        from: 'maintenance',
        service,
        label,
        row: work,
        doubt,
      }),
    )
  }
  return pieces
}

function outagePiece(outage: Outage, clause: Clause<AvailabilityBody>, asOf: number): Piece | undefined {
  const { body } = clause
  const fit = fits(clause.where, outage)
  if (fit === false) return undefined
  const source = body.sources === undefined ? '' : cellOf(outage, 'source')
  if (body.sources !== undefined && source !== undefined && source !== '' && !body.sources.includes(source))
    return undefined
  const end = outage.end ?? exactly(asOf)
  const begin = beginning(outage, body.from ?? ['start'], end.latest)
  if (begin === null) return undefined
  let certain = { start: begin.latest, end: Math.max(begin.latest, end.earliest) }
  const possible = { start: begin.earliest, end: Math.max(begin.earliest, end.latest) }
  let doubt = begin.unknown === undefined ? undefined : notKnown(begin.unknown)
  const unsourced = body.sources !== undefined && (source === undefined || source === '')
  if (fit === undefined || unsourced) {
    doubt = notKnown(fit === undefined ? unknownColumns(clause.where, outage) : ['source'])
    certain = nothing(certain)
  }
  const rule =
    outage.severity === 'full'
      ? WHOLE
      : outage.severity === 'partial'
        ? (body.partial ?? WHOLE)
        : (body.degraded ?? NOTHING)
  const [least, most] = rule === 'affected' ? affectedWeights(outage) : [rule, rule]
  if (rule === 'affected' && outage.affected === undefined) doubt = notKnown(['affected'])
  const words = [outage.id, outage.attributes.title ?? outage.attributes.description, outage.cause].filter(Boolean)
  const label = [...words, outage.severity === 'full' ? '' : outage.severity].filter(Boolean).join(' · ')
  return piece(certain, possible, least, most, { from: 'outage', service: outage.service, label, row: outage, doubt })
}

function affectedWeights(outage: Outage): readonly [Fraction, Fraction] {
  return outage.affected === undefined ? [NOTHING, WHOLE] : [outage.affected, outage.affected]
}

/** When the outage begins to count: `null` never (not detected or reported by `asOf`), else first and last possibility. */
function beginning(
  outage: Outage,
  from: readonly ('start' | 'detected' | 'reported')[],
  end: number,
): (Moment & { readonly unknown?: readonly string[] }) | null {
  const stamps: Happened[] = from.map(word => (word === 'start' ? outage.start : outage[word]))
  const known = stamps.filter((stamp): stamp is Moment => stamp !== undefined && stamp !== null)
  const floor = (at: number): number => Math.max(at, outage.start.earliest)
  const latest = known.length === 0 ? undefined : floor(Math.min(...known.map(stamp => stamp.latest)))
  if (stamps.includes(undefined)) {
    return {
      earliest: outage.start.earliest,
      latest: latest ?? end,
      unknown: from.filter((_, i) => stamps[i] === undefined).map(word => `${word}_at`),
    }
  }
  if (latest === undefined) return null
  return { earliest: floor(Math.min(...known.map(stamp => stamp.earliest))), latest }
}

function piece(
  certain: Interval,
  possible: Interval,
  least: Fraction,
  most: Fraction,
  about: { from: Item['from']; service: string; label: string; row: Row; doubt: Doubtful | undefined },
): Piece {
  const { doubt, ...rest } = about
  const sure: Weighted = { ...certain, weight: least }
  const open: Weighted = { ...possible, weight: most }
  const differ = certain.start !== possible.start || certain.end !== possible.end || compareFractions(least, most) !== 0
  const reason =
    doubt ??
    (differ
      ? { why: about.row.attributes.end === '?' ? 'its end is not known' : 'only the day is known', columns: [] }
      : undefined)
  const item: Item = {
    at: possible,
    weight: most,
    origin: about.row.origin,
    ...rest,
    certain: least.part === 0 && most.part > 0 ? nothing(certain) : certain,
    ...(reason !== undefined && { doubt: reason }),
  }
  return { best: sure, up: sure, down: open, worst: open, item }
}

function notKnown(columns: readonly string[]): Doubtful {
  return { why: `${columns.join(', ')} ${columns.length === 1 ? 'is' : 'are'} not known`, columns }
}

function nothing({ start }: Interval): Interval {
  return { start, end: start }
}
