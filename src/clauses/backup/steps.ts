import type { Step } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import { backupSteps } from './backup-steps.ts'
import { type Group, MOST_SHOWN } from './groups.ts'
import type { Item } from './items.ts'
import type { BackupRules } from './rules.ts'
import type { Series } from './series.ts'

/** How the steps of a slot are made; `own`: those of the items themselves, where they are told together. */
export interface StepsOf {
  readonly slot: string
  readonly noun: string
  readonly own?: readonly Step[]
}

/**
 * The timeline of items: each with its stretches, and the backups that could have kept it with what speaks against
 * each. By time; a backup that several items name is told once.
 */
export function stepsOf(
  items: readonly Item[],
  { slot, noun, own }: StepsOf,
  series: Series,
  rules: BackupRules,
): readonly Step[] {
  const steps: Step[] = [...(own ?? [])]
  const told = new Set<number>()
  for (const item of items) {
    const about: Step[] = []
    let room = MOST_SHOWN
    for (const index of backupsOf(item, slot, series)) {
      if (told.has(index)) continue
      if (room-- === 0 || steps.length + about.length > MOST_STEPS) break
      told.add(index)
      about.push(...backupSteps(index, item, slot, series, rules))
    }
    const stretches = own === undefined ? stretchSteps(item, nameOf(item, noun, series)) : []
    // What is configured proves nothing, and is of no use where something is proven.
    const fit = item.status === 'breached' ? about.filter(({ reason }) => reason !== 'expires') : about
    steps.push(...withCause(stretches, fit))
  }
  // The sort is stable: of one instant the stretch is told before its backups.
  return steps.sort((a, b) => a.at.start - b.at.start)
}

/** Items of one verdict told together: a step for each reason, with how many it holds for; what is open is one. */
export function alikeSteps(group: Group, noun: string, shared: string): readonly Step[] {
  const { shown, count, status, window, reason, undecided } = group
  // Where all are alike the step stands for those too that are not told one by one.
  const until = Math.max(window.end, undecided.at(-1)?.end ?? window.end)
  const alike = new Map<string, { step: Step; readonly whys: Set<string>; readonly items: Set<Item> }>()
  for (const item of shown) {
    for (const step of stretchSteps(item)) {
      const key = `${step.effect} ${withoutStamps(step.why)}`
      const one = alike.get(key) ?? { step, whys: new Set(), items: new Set() }
      const { start, end } = one.step.at
      one.step = { ...one.step, at: { start: Math.min(start, step.at.start), end: Math.max(end, step.at.end) } }
      one.whys.add(step.why)
      one.items.add(item)
      alike.set(key, one)
    }
  }
  if (status === 'pending' && alike.size > 1) {
    return [{ at: window, effect: 'note', reason, why: `${count} ${pluralOf(noun)}: ${shared}` }]
  }
  return [...alike.values()].map(({ step, whys, items }): Step => {
    const isAll = alike.size === 1 && count > shown.length
    const many = alike.size === 1 ? count : items.size
    const of = alike.size > 1 && count > shown.length ? ` of the first ${shown.length}` : ''
    const why = whys.size === 1 ? step.why : withoutStamps(step.why)
    const at = isAll ? { start: step.at.start, end: Math.max(step.at.end, until) } : step.at
    return many === 1 && of === '' ? step : { ...step, at, why: `${many} ${pluralOf(noun)}${of}: ${why}` }
  })
}

/** What is said of several that differ in their instants only: `no longer listed`. */
export function withoutStamps(why: string): string {
  return BETWEEN.test(why) ? 'no backup in time' : why.replace(STAMPS, '')
}

/** Of a gap, from when to when alone. */
const BETWEEN = /^last: \S+; next: \S+$/

const STAMPS = /(,? (by|from|due|since|at|of))? \d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?( on(?!\w))?/g

export function pluralOf(noun: string): string {
  if (/[^aeo]y$/.test(noun)) return `${noun.slice(0, -1)}ies`
  return /(ch|s|x)$/.test(noun) ? `${noun}es` : `${noun}s`
}

/** More than are ever shown. */
const MOST_STEPS = 4 * MOST_SHOWN

/** The backups to tell of: of a tier the one that lasted longest, which its reason names; else all of them. */
function backupsOf({ backups, why }: Item, slot: string, { all }: Series): readonly number[] {
  if (!slot.startsWith('tier-') || backups.length < 2) return backups
  const named = backups.find(index => why.startsWith(`${all[index]?.backup.id}`))
  const last = backups.at(-1)
  return named !== undefined ? [named] : last === undefined ? [] : [last]
}

/** The backup that an item is on, where it is on one. */
function nameOf({ backups }: Item, noun: string, series: Series): string | undefined {
  const [only, ...rest] = backups
  if (noun !== 'backup' || only === undefined || rest.length > 0) return undefined
  return series.all[only]?.backup.id
}

function stretchSteps(item: Item, name?: string): readonly Step[] {
  const { status, reason, at, breached, undecided } = item
  const why = name === undefined ? item.why : `${name}: ${item.why}`
  const step = (stretch: Interval, effect: Step['effect'], said: string): Step => ({
    at: stretch,
    effect,
    reason,
    why: said,
  })
  const doubt = name === undefined ? 'not known whether this was kept' : `${name}: not known whether it was there`
  const open = status === 'breached' ? doubt : why
  const steps = [
    ...breached.map(stretch => step(stretch, 'over', why)),
    ...undecided.map(stretch => step(stretch, 'unknown', open)),
  ]
  if (steps.length > 0) return steps
  const effect =
    status === 'met' ? 'counted' : status === 'breached' ? 'over' : status === 'unverified' ? 'unknown' : 'note'
  return [step(at, effect, why)]
}

/** What ended a backup where time lost begins tells why it is lost: then both are one step. */
function withCause(stretches: readonly Step[], about: readonly Step[]): readonly Step[] {
  const lost = stretches.find(({ effect }) => effect === 'over') ?? stretches[0]
  const cause = lost === undefined ? undefined : about.find(step => isCause(step, lost))
  if (lost === undefined || cause === undefined) return [...stretches, ...about]
  // What is said beyond the end itself is kept.
  const why = SIMPLE.test(lost.why) ? cause.why : lost.why
  const joined: Step = { ...lost, why, ...(cause.origin !== undefined && { origin: cause.origin }) }
  // How else it was lost before does not matter.
  const rest = about.filter(step => step !== cause && !(step.at.start < lost.at.start && LOST.has(step.reason)))
  return [...stretches.map(step => (step === lost ? joined : step)), ...rest]
}

function isCause({ at, reason, why }: Step, lost: Step): boolean {
  const [name] = /^.*?(?=: )/.exec(lost.why) ?? []
  if (name === undefined || !why.startsWith(name) || at.start !== lost.at.start) return false
  return ENDS.has(reason)
}

/** An end alone, at the instant of its step. */
const SIMPLE = /: (deleted|no longer listed) \S+$/

const LOST: ReadonlySet<string> = new Set(['deleted', 'not-listed'])

const ENDS: ReadonlySet<string> = new Set([
  ...['deleted', 'not-listed', 'verification-failed', 'parent-unknown', 'parent-failed', 'parent-unclear'],
  'chain-circle',
])
