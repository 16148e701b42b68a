import type { Step } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import { durationText } from '../../time/duration.ts'
import { clip, type Intervals, intersect, merge, subtract, total, union } from '../../time/interval.ts'
import type { Exempted } from '../exclusions.ts'
import type { Fraction } from '../fraction.ts'
import type { Context } from '../judge.ts'
import { support, type WeightedList, within } from '../weighted.ts'
import type { Item } from './downtime.ts'
import type { Material, Outcome } from './evaluate.ts'
import type { Question } from './judge-window.ts'

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
  const { window } = question
  const steps: Step[] = []
  const sliced = typeof question.clause.body.accounting === 'object'
  const counted = support(up.counted)
  let seen: Intervals = []
  for (const item of [...material.downtime.items].sort(byStart)) {
    const at = clip([item.at], window)
    if (
      at.length === 0 &&
      !(item.at.start === item.at.end && item.at.start >= window.start && item.at.start < window.end)
    )
      continue
    steps.push(...itemSteps(item, at, seen, counted, up, question, sliced, material))
    seen = union(seen, merge(at))
  }
  if (sliced) steps.push(...sliceSteps(up.counted))
  let exempted: Intervals = []
  for (const record of material.excluded.records) {
    steps.push(...exclusionSteps(record, window, subtract(up.excluded, exempted)))
    if (record.held === true) exempted = union(exempted, record.possible)
  }
  for (const at of unknown)
    steps.push({ at, effect: 'unknown', reason: 'no-data', why: `${durationText(at.end - at.start)} without data` })
  if (window.end > context.asOf && context.asOf > window.start) {
    const at = { start: context.asOf, end: window.end }
    steps.push({ at, effect: 'note', reason: 'running', why: 'still to come' })
  }
  return steps.sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end)
}

function itemSteps(
  item: Item,
  at: Intervals,
  seen: Intervals,
  counted: Intervals,
  up: Outcome,
  question: Question,
  sliced: boolean,
  material: Material,
): readonly Step[] {
  const { origin } = item
  const { clause, frame } = question
  const label = [
    item.service !== '' && material.downtime.items.some(i => i.service !== item.service) ? item.service : '',
    item.label,
  ]
    .filter(Boolean)
    .join(': ')
  const step = (span: Interval, effect: Step['effect'], reason: string, why: string): Step => ({
    at: span,
    effect,
    reason,
    why: [label, why].filter(Boolean).join(': '),
    origin,
  })
  if (at.length === 0)
    return item.at.start === item.at.end && item.certain === item.at
      ? [step(item.at, 'note', 'no-length', 'has no length, counts 0')]
      : []
  if (item.doubt !== undefined) {
    const { why } = item.doubt
    const open = subtract(at, merge([item.certain])).map(span => step(span, 'unknown', 'uncertain', why))
    const sure: Item = { ...item, at: item.certain }
    const { doubt: _, ...certain } = sure
    return [
      ...open,
      ...itemSteps(certain, intersect(at, merge([item.certain])), seen, counted, up, question, sliced, material),
    ]
  }
  const during = clause.body.during
  const inHours = intersect(at, frame.service)
  const outside = subtract(at, frame.service)
  const out: Step[] = outside.map(span =>
    step(
      span,
      'note',
      'outside-hours',
      during === undefined || during === 'always'
        ? 'outside the term, counts as nothing'
        : `outside ${during}, counts as nothing`,
    ),
  )
  if (sliced) return [...out, ...inHours.map(span => step(span, 'note', item.from, 'reported'))]
  const exempt = intersect(inHours, up.excluded)
  const own = material.excluded.records.some(({ record }) => record === item.row)
  if (!own) out.push(...exempt.map(span => step(span, 'note', 'excluded', exclusionNames(span, material))))
  const left = subtract(inHours, up.excluded)
  const mine = subtract(intersect(left, counted), seen)
  out.push(
    ...mine.map(span => step(span, 'counted', item.from, weightText(up.counted, span) + onlyOne(item, span, material))),
  )
  const twice = intersect(intersect(left, counted), seen)
  out.push(...twice.map(span => step(span, 'note', 'overlap', 'already counted')))
  const ignored = subtract(left, counted)
  out.push(...ignored.map(span => step(span, 'note', 'not-counted', ignoredWhy(item, clause.body))))
  return out
}

function ignoredWhy(item: Item, body: Question['clause']['body']): string {
  if (item.weight.part === 0) return 'counts as up'
  if (body['all-down'] !== undefined) return `counts only while all of ${body['all-down'].join(', ')} are down`
  const shortest = body['shortest-outage']
  if (shortest !== undefined) return `shorter than ${durationText(shortest.ms)}, does not count`
  return 'does not count: other services or locations were up'
}

function weightText(counted: WeightedList, span: Interval): string {
  const weights = new Set(within(counted, [span]).map(({ weight }) => weightName(weight)))
  const names = [...weights].filter(text => text !== '')
  return names.length === 0 ? '' : `counts ${names.join(', ')}`
}

function weightName({ part, of }: Fraction): string {
  return part === of ? '' : `${part}/${of}`
}

/** Names a disagreement: only the log, or only the samples, say that the service was down. */
function onlyOne(item: Item, span: Interval, material: Material): string {
  if (item.from === 'maintenance') return ''
  const other = item.from === 'outage' ? 'check' : 'outage'
  const others = material.downtime.items.filter(i => i.service === item.service && i.from === other)
  if (others.length === 0) return ''
  const spoken = total(intersect([span], merge(others.map(i => i.at))))
  if (spoken > 0) return ''
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

function sliceSteps(counted: WeightedList): readonly Step[] {
  return counted.map(({ start, end, weight }) => ({
    at: { start, end },
    effect: 'counted' as const,
    reason: 'bad-slice',
    why: `counts as down${weight.part === weight.of ? '' : ` ${weight.part}/${weight.of}`}`,
  }))
}

function exclusionSteps(record: Exempted, window: Interval, excluded: Intervals): readonly Step[] {
  const { origin } = record.record
  const about = [record.record.attributes.id, record.event].filter(Boolean).join(' ')
  const out: Step[] = []
  const say = (spans: Intervals, effect: Step['effect'], reason: string, why: string): void => {
    for (const at of spans.flatMap(span => clip([span], window))) out.push({ at, effect, reason, why, origin })
  }
  const why = record.why === '' ? '' : `: ${record.why}`
  if (record.held === false) {
    if (record.event === 'maintenance')
      say(record.possible, 'note', 'not-excluded', `${about} not excluded as ${record.exclusion}${why}`)
  } else if (record.held === undefined) {
    say(record.possible, 'unknown', 'exclusion-unknown', `${about} may be excluded as ${record.exclusion}${why}`)
  } else {
    const spans = intersect(record.possible, excluded)
    say(spans, 'excluded', record.exclusion, `${about} excluded as ${record.exclusion}${why}`)
  }
  say(record.capped, 'note', 'cap', `${about}: the cap of ${record.exclusion} is used up`)
  return out
}

function byStart(a: Item, b: Item): number {
  return a.at.start - b.at.start || a.at.end - b.at.end
}
