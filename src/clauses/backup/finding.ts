import type { Finding, Origin, Step } from '../../model/finding.ts'
import type { Quantity } from '../../model/quantity.ts'
import { formatInstant } from '../../time/stamp.ts'
import { type Group, MOST_SHOWN } from './groups.ts'
import type { Item, SlotResult } from './items.ts'
import type { Plan } from './plan.ts'
import type { Series } from './series.ts'
import { isStretches } from './slots.ts'
import { amountText } from './stated.ts'
import { alikeSteps, pluralOf, stepsOf, withoutStamps } from './steps.ts'

/** A group of items in its place: which slot of which component, how many were owed there in all, and its id. */
export interface Placed {
  readonly id: string
  readonly group: Group
  readonly slot: Pick<SlotResult, 'slot' | 'bound' | 'noun'>
  readonly owed: number
  readonly series: Series
}

type Draft = { -readonly [K in keyof Finding]: Finding[K] }

/** The finding on a group of items, with all that can be said of it. */
export function groupFinding({ id, group, slot, owed, series }: Placed, plan: Plan): Finding {
  const { status, reason, window, worst } = group
  const { clause, promises } = plan
  const text = promises.get(slot.slot) ?? slot.slot
  const { timeline, evidence, left } = timelineOf(group, slot, series, plan)
  const finding: Draft = {
    id,
    clause: clause.id,
    promise: slot.slot,
    subject: series.component,
    window,
    status,
    reason,
    promised: worst.promised ?? { unit: 'none', text },
    observed: figureOf(group) ?? { unit: 'none', text: groupText(group, slot.noun) },
    details: detailsOf(group, slot, owed, series, plan),
    timeline,
    evidence,
    notes: notesOf(group, slot.noun, left, timeline, plan),
  }
  if (worst.promised !== undefined && worst.promised.unit !== 'none') finding.bound = slot.bound
  if (group.due !== undefined && (status === 'pending' || group.count === 1)) {
    finding.start = window.start
    finding.due = group.due
  }
  const margin = marginOf(group, slot)
  if (margin !== undefined) finding.margin = margin
  if (isAtRisk(group, slot, plan)) finding.atRisk = true
  if (group.breached.length > 0) finding.breached = group.breached
  if (group.undecided.length > 0) finding.undecided = group.undecided
  // A figure stands for the worst of them; where it does not decide, why is said first.
  const settling = status === 'unverified' ? SETTLING[reason] : undefined
  if (settling !== undefined) finding.notes = [...finding.notes, `${settling} would settle it`]
  if (isExplained(group, slot)) finding.notes = [openText(group, slot, series), ...finding.notes]
  return finding
}

/** Whether the figure of a group says too little. */
function isExplained({ status, reason, worst, due }: Group, { bound, slot }: Placed['slot']): boolean {
  const { observed } = worst
  if (status === 'met' || status === 'unverified') return status === 'unverified'
  if (!isNumber(observed) || NEVER_THERE.has(reason)) return true
  return (
    status === 'pending' && (bound === 'at-least' || slot === 'copies' || (due === undefined && slot === 'max-age'))
  )
}

/** The figure of the worst; how many there are for certain says nothing where that is not decided. */
function figureOf({ status, worst: { observed } }: Group): Quantity | undefined {
  return status === 'unverified' && observed?.unit === 'count' ? undefined : observed
}

/** What would decide a group that is open for a reason. */
const SETTLING: Readonly<Partial<Record<string, string>>> = {
  'not-logged': 'a log of backups with a coverage row that says that it is complete',
  'deletions-unknown': 'a log of deletions with a coverage row, a deleted_at column, or a later listing',
  'between-listings': 'a log of deletions with a coverage row, or a deleted_at column',
  'copies-unknown': 'a coverage row of type backup-copy, or --assume-complete backup-copy,',
}

/** Breaches of which the figure only tells how much time has gone by. */
const NEVER_THERE: ReadonlySet<string> = new Set(['not-copied', 'not-there'])

/** Why a group is open or broken, with the first instant that something falls due. */
function openText(group: Group, { slot, noun }: Placed['slot'], { zone }: Series): string {
  const { status, due, count, reason } = group
  const text = groupText(group, noun)
  if (due === undefined || text.includes(formatInstant(zone, due))) return text
  if (reason === 'not-copied' && count === 1) return `${text}, due ${formatInstant(zone, due)}`
  // Recovery points are owed anew every day.
  if (status !== 'pending' || slot === 'points') return text
  return text.replace(OWED, `$&${count === 1 ? '' : ', the first'} until ${formatInstant(zone, due)}`)
}

const OWED = /still to be kept/

function isNumber(quantity: Quantity | undefined): boolean {
  return quantity !== undefined && quantity.unit !== 'none'
}

/** What is left, or lacking; of what is still to be kept nothing lacks yet. */
export function marginOf({ status, worst }: Group, { bound }: Placed['slot']): Quantity | undefined {
  return status === 'unverified' || (status === 'pending' && bound === 'at-least') ? undefined : worst.margin
}

/**
 * Whether little is left of what is allowed: only of an interval that runs beyond its amount into its tolerance. What
 * is done on time uses up nearly all that is allowed, and is no risk.
 */
export function isAtRisk({ status, worst }: Group, { slot, bound }: Placed['slot'], { context, rules }: Plan): boolean {
  const { observed, margin, promised } = worst
  if (status !== 'pending' || slot !== 'schedule' || rules.schedule?.form !== 'every' || bound !== 'at-most')
    return false
  if (observed?.unit !== 'ms' || margin?.unit !== 'ms' || promised?.unit !== 'ms' || margin.value < 0) return false
  const allowed = observed.value + margin.value
  return observed.value > promised.value && observed.value * 100 >= allowed * context.riskPercent
}

/** What a group comes to in words: its one item's, or how many there are from when to when. */
export function groupText(group: Group, noun: string): string {
  const { count, from, to, worst, status } = group
  if (count === 1) return worst.why
  const span = from === to ? from : `${from} to ${to}`
  return status === 'met'
    ? `${count} ${pluralOf(noun)} kept, ${span}`
    : `${count} ${pluralOf(noun)}, ${span}: ${sharedWhy(group)}`
}

/** Why, where it is the same of all but for the instants; else of the worst, said to be one of several. */
function sharedWhy({ shown, worst, status, reason }: Group): string {
  if (shown.every(({ why }) => why === worst.why)) return worst.why
  const plain = withoutStamps(worst.why)
  if (shown.every(({ why }) => withoutStamps(why) === plain)) return plain
  if (status === 'pending') return reason === 'owed' ? 'still to be kept' : 'still open'
  const all = [...new Set(shown.map(({ why }) => withoutStamps(why)))]
  return all.length > MOST_WHYS ? `${worst.why}; others for other reasons` : all.join('; ')
}

/** How many different reasons are all told. */
const MOST_WHYS = 3

function detailsOf(group: Group, { slot, noun }: Placed['slot'], owed: number, series: Series, plan: Plan) {
  const { rules, promises } = plan
  const { count, from, to, status, worst } = group
  const rule = promises.get(slot)
  const details: Record<string, string | number> = { slot, ...(rule !== undefined && { rule }) }
  if (slot === 'schedule' && rules.schedule !== undefined) {
    const { form, anchor } = rules.schedule
    if (form === 'every') details.anchor = anchor
    if (form === 'at') details.at = rules.schedule.text
    if (form === 'every' && worst.why.includes(NONE_SINCE)) details.open = 'yes'
  }
  const amount = amountOf(slot, plan)
  if (amount !== undefined) details.amount = amount
  if (series.component !== '') details.component = series.component
  details.items = count
  if (!isStretches(slot, rules) && status !== 'pending') details.owed = owed
  details.noun = noun
  details.from = from
  if (to !== from) details.to = to
  const gaps = status === 'breached' ? group.breached : status === 'unverified' ? group.undecided : []
  const [oldest] = gaps
  if (oldest !== undefined && (slot === 'schedule' || slot === 'points' || isStretches(slot, rules))) {
    details.oldest_gap_at = oldest.start
    details.longest_gap_ms = gaps.reduce((longest, { start, end }) => Math.max(longest, end - start), 0)
  }
  return details
}

/** How long, as the contract writes it. */
function amountOf(slot: string, { rules }: Plan): string | undefined {
  const { schedule, keep, maxAge, copies, tiers } = rules
  if (slot === 'schedule') return schedule?.form === 'every' ? amountText(schedule.every) : undefined
  if (slot === 'keep') return keep === undefined || keep.form === 'copies' ? undefined : amountText(keep.amount)
  if (slot === 'max-age') return maxAge && amountText(maxAge.amount)
  if (slot === 'copies') return copies?.madeWithin && amountText(copies.madeWithin)
  if (slot === 'copies-keep') return copies?.keep && amountText(copies.keep)
  const tier = tiers.find(({ per }) => slot === `tier-${per}`)
  // From the end of its unit on, what is owed is no whole number of units.
  return tier?.basis === 'age' ? `${tier.keep} ${tier.per}${tier.keep === 1 ? '' : 's'}` : undefined
}

/** A gap that no backup ended. */
const NONE_SINCE = 'none since'

/** At most so many steps. What was met is told in one, unless all of it is asked for. */
function timelineOf(group: Group, { slot, noun }: Placed['slot'], series: Series, plan: Plan) {
  const { status, worst, window } = group
  const shown = shownOf(group, plan)
  const isFull = plan.context.fullTimelines
  const items = status === 'met' && !isFull ? [worst] : shown
  const own = isTogether(group) ? alikeSteps(group, noun, sharedWhy(group)) : undefined
  const all = stepsOf(items, { slot, noun, ...(own !== undefined && { own }) }, series, plan.rules)
  const origins = all.flatMap(({ origin }) => (origin === undefined ? [] : [origin]))
  if (status === 'met' && !isFull) {
    const [origin] = origins
    const why = groupText(group, noun)
    const step: Step = { at: window, effect: 'counted', reason: 'kept', why, ...(origin !== undefined && { origin }) }
    return { timeline: [step], evidence: distinct(origins), left: 0 }
  }
  const timeline = cutSteps(all, group, series)
  return { timeline, evidence: distinct(origins).slice(0, MOST_EVIDENCE), left: all.length - timeline.length }
}

/** The steps there is room for; where some are left out, those of the item that the figure is of come first. */
function cutSteps(all: readonly Step[], group: Group, series: Series): readonly Step[] {
  const { count, worst } = group
  if (all.length <= MOST_SHOWN || count === 1 || isTogether(group)) return all.slice(0, MOST_SHOWN)
  const names = worst.backups.flatMap(index => series.all[index]?.backup.id ?? [])
  const isOf = ({ at, reason, why }: Step): boolean =>
    (at.start === worst.at.start && reason === worst.reason) || names.some(name => why.startsWith(`${name}: `))
  return [...all.filter(isOf), ...all.filter(step => !isOf(step))].slice(0, MOST_SHOWN)
}

const MOST_EVIDENCE = 200

/** Of what is alike the first are told; more of what is broken, and all there is room for where that is asked for. */
function shownOf({ shown, status, count, worst }: Group, { context }: Plan): readonly Item[] {
  if (context.fullTimelines) return status === 'met' || status === 'breached' ? withWorst(shown, worst) : shown
  if (status !== 'breached') return count === 1 || status !== 'pending' ? shown.slice(0, 2) : []
  // The one that the figure is of is never left out.
  return withWorst(shown.slice(0, MOST_BROKEN), worst)
}

function withWorst(shown: readonly Item[], worst: Item): readonly Item[] {
  return shown.includes(worst) ? shown : [...shown.slice(0, -1), worst]
}

const MOST_BROKEN = 10

function notesOf(group: Group, noun: string, left: number, timeline: readonly Step[], plan: Plan): readonly string[] {
  const { notes, count, status, worst } = group
  const out = [...notes]
  if (status === 'met' && !plan.context.fullTimelines) return out
  const shown = shownOf(group, plan).length
  const untold = count - shown
  const nouns = pluralOf(noun)
  const areLeft = `${untold} more ${untold === 1 ? 'is' : 'are'} left out`
  if (left > 0 && count > 1) {
    const first = worst.observed === undefined || isTogether(group) ? '' : ', first of the one that the figure comes of'
    out.push(`the timeline is cut: it tells of some of the ${count} ${nouns} only${first}`)
  } else if (left > 0) out.push(`the timeline is cut: ${left} more step${left === 1 ? ' is' : 's are'} left out`)
  else if (untold > 0 && isTogether(group)) {
    const names = shown === MOST_SHOWN && timeline.some(({ origin }) => origin !== undefined)
    if (names) out.push(`the timeline names the backups of the first ${shown} ${nouns}: ${areLeft}`)
  } else if (untold > 0 && (status === 'breached' || shown === MOST_SHOWN))
    out.push(`the timeline tells of ${shown} ${nouns}: ${areLeft}`)
  return out
}

/** Whether the items of a group are told in common steps. */
function isTogether({ count, status }: Group): boolean {
  return count > 1 && (status === 'pending' || status === 'unverified')
}

function distinct(origins: readonly Origin[]): readonly Origin[] {
  const known = new Map(origins.map(origin => [`${origin.input} ${origin.line} ${origin.item}`, origin]))
  return [...known.values()]
}
