import type { Maintenance } from '../../evidence/records.ts'
import type { Step } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import { durationText } from '../../time/duration.ts'
import { clip, type Intervals, intersect, merge, overlaps, subtract, union } from '../../time/interval.ts'
import { compareFractions, type Fraction, gcd } from '../fraction.ts'
import type { Context } from '../judge.ts'
import { support, within } from '../weighted.ts'
import type { Item } from './downtime.ts'
import type { Material, Outcome } from './evaluate.ts'
import { meets, type Question } from './question.ts'
import { exclusionSteps, requestSteps, silentSteps, unitSteps, unknownSteps, weightName } from './steps.ts'

/**
 * What happened in a window, in time order. The `counted` steps add up to the down time of the finding (time
 * accounting), the `excluded` ones to its excluded time: a moment that several rows report stands in the first of them.
 */
export function timelineOf(
  question: Question,
  material: Material,
  up: Outcome,
  unknown: Intervals,
  context: Context,
): readonly Step[] {
  const { window, clause } = question
  const steps: Step[] = []
  const view = viewOf(question, material, up)
  for (const item of material.downtime.items) if (meets(item.at, window)) steps.push(...itemSteps(item, view))
  if (clause.body.accounting === 'requests') steps.push(...requestSteps(material.traffic, question, up))
  else if (view.units) steps.push(...unitSteps(up.counted, material, clause.body))
  steps.push(...exclusionSteps(material, window, up.excluded))
  steps.push(...unknownSteps(question, material, unknown, context), ...silentSteps(question, material, up))
  if (window.end > context.asOf && context.asOf > window.start) {
    const at = { start: context.asOf, end: window.end }
    steps.push({ at, effect: 'note', reason: 'running', why: 'still to come' })
  }
  return steps.sort((x, y) => x.at.start - y.at.start || x.at.end - y.at.end)
}

/** What the steps of all items look at, worked out once. */
interface ItemView {
  readonly question: Question
  readonly material: Material
  readonly up: Outcome
  /** The figure is made of slices, so rows are only the background. */
  readonly units: boolean
  /** Overlapping rows add up (users) instead of standing for the same time. */
  readonly adds: boolean
  readonly severalServices: boolean
  readonly excludedRows: ReadonlySet<unknown>
  /** Merged time that the log, or the samples, of a service report. */
  readonly said: ReadonlyMap<string, Intervals>
  /** Per weight, how far counted time has been given to an item; items come by start. */
  readonly given: Map<string, number>
}

function viewOf(question: Question, material: Material, up: Outcome): ItemView {
  const { items } = material.downtime
  const { accounting } = question.clause.body
  const said = new Map<string, Interval[]>()
  for (const { from, service, at } of items) {
    const key = `${from} ${service}`
    const list = said.get(key)
    if (list === undefined) said.set(key, [at])
    else list.push(at)
  }
  return {
    question,
    material,
    up,
    units: accounting === 'requests' || (typeof accounting === 'object' && !('users' in accounting)),
    adds: typeof accounting === 'object' && 'users' in accounting,
    severalServices: new Set(items.map(({ service }) => service)).size > 1,
    excludedRows: new Set(material.excluded.records.map(({ record }) => record)),
    said: new Map([...said].map(([key, list]) => [key, merge(list)])),
    given: new Map(),
  }
}

function itemSteps(item: Item, view: ItemView): readonly Step[] {
  const { question, up } = view
  const { clause, frame, window } = question
  const label = [view.severalServices ? item.service : '', item.label].filter(Boolean).join(': ')
  const steps: Step[] = []
  const say = (spans: Intervals, effect: Step['effect'], reason: string, why: string): void => {
    for (const at of spans) {
      steps.push({ at, effect, reason, why: [label, why].filter(Boolean).join(': '), origin: item.origin })
    }
  }
  if (item.at.start === item.at.end) {
    say([item.at], 'note', 'no-length', 'has no length, counts 0')
    return steps
  }
  const all = clip([item.at], window)
  const sure = item.doubt === undefined ? all : clip(merge([item.certain]), window)
  if (item.doubt !== undefined) say(subtract(all, sure), 'unknown', 'uncertain', item.doubt.why)
  const [at] = sure
  if (at === undefined) return steps
  const service = clip(frame.service, at)
  const { during } = clause.body
  const nowhere = during === undefined || during === 'always' ? 'the term' : during
  say(subtract(sure, service), 'note', 'outside-hours', `outside ${nowhere}, counts as nothing`)
  if (view.units) {
    say(service, 'note', item.from, 'reported')
    return steps
  }
  const excluded = clip(up.excluded, at)
  if (!view.excludedRows.has(item.row)) {
    for (const span of intersect(service, excluded))
      say([span], 'note', 'excluded', exclusionNames(span, view.material))
  }
  const left = subtract(service, excluded)
  const counted = within(up.counted, left)
  // Where a heavier row overlaps, that one is counted.
  const own = view.adds ? counted : counted.filter(({ weight }) => compareFractions(weight, item.weight) === 0)
  const key = view.adds ? '' : weightKey(item.weight)
  const given = view.adds ? at.start : (view.given.get(key) ?? at.start)
  for (const span of subtract(merge(own), [{ start: Number.MIN_SAFE_INTEGER, end: given }])) {
    const why = [
      view.adds ? usersText(item) : weightName(item.weight),
      onlyOne(item, span, view),
      beyondPlan(item, span),
    ].filter(Boolean)
    say([span], 'counted', item.from, why.join(', '))
  }
  if (!view.adds) view.given.set(key, Math.max(given, at.end))
  const taken = union(
    clip(merge(own), { start: at.start, end: Math.max(at.start, given) }),
    subtract(support(counted), merge(own)),
  )
  say(taken, 'note', 'overlap', 'already counted')
  say(subtract(left, support(counted)), 'note', 'not-counted', ignoredWhy(item, clause.body))
  return steps
}

function ignoredWhy(item: Item, body: Question['clause']['body']): string {
  if (item.weight.part === 0) return 'counts as up'
  if (body['all-down'] !== undefined) return `counts only while all of ${body['all-down'].join(', ')} are down`
  const shortest = body['shortest-outage']
  if (shortest !== undefined) return `shorter than ${durationText(shortest.ms)}, does not count`
  return 'does not count: other services or locations were up'
}

/** The same for 5/10 and 50/100. */
function weightKey({ part, of }: Fraction): string {
  const divisor = Number(gcd(BigInt(part), BigInt(of)))
  return `${part / divisor}/${of / divisor}`
}

function usersText({ row }: Item): string {
  const users = row !== undefined && 'users' in row ? row.users : undefined
  return typeof users === 'number' ? `${users} users` : 'all users'
}

/** Why part of planned work counts though the rest is excluded. */
function beyondPlan({ row }: Item, span: Interval): string {
  if (row === undefined || !('plannedEnd' in row)) return ''
  const { plannedEnd, plannedStart } = row as Maintenance
  if (plannedEnd !== undefined && span.start >= plannedEnd.latest) return 'past its planned end'
  return plannedStart !== undefined && span.end <= plannedStart.earliest ? 'before its planned start' : ''
}

/** Names a disagreement: only the log, or only the samples, say that the service was down. */
function onlyOne(item: Item, span: Interval, { said }: ItemView): string {
  if (item.from === 'maintenance') return ''
  const others = said.get(`${item.from === 'outage' ? 'check' : 'outage'} ${item.service}`)
  if (others === undefined || overlaps(others, span)) return ''
  return item.from === 'outage'
    ? 'only the log says so, the samples do not'
    : 'only the samples say so, the log does not'
}

function exclusionNames(span: Interval, material: Material): string {
  const names = material.excluded.records
    .filter(record => record.held !== false && clip(record.possible, span).length > 0)
    .map(record => record.exclusion)
  return `excluded as ${[...new Set(names)].join(', ')}`
}
