import { type Amount, written } from './backup-oracle-time.ts'

interface Any {
  readonly accept: ReadonlySet<string>
  readonly only?: 'full' | 'incremental' | undefined
}

export type ScheduleRule =
  | { readonly every: Amount }
  | { readonly per: 'day' | 'week' | 'month' }
  /** Local tick of the day. */
  | { readonly at: number; readonly early: number }

/** Tolerances and such in hours. */
export interface Schedule extends Any {
  readonly slot: 'schedule'
  readonly rule: ScheduleRule
  readonly tolerance: number
  readonly anchor: 'start' | 'completion'
  /** Kept so long as well (from the start, so many hours less): then listings tell of what was made. */
  readonly kept?: { readonly for: Amount; readonly tolerance: number }
}

export interface Keep extends Any {
  readonly slot: 'keep'
  readonly rule:
    | { readonly for: Amount; readonly from: 'start' | 'completion'; readonly tolerance: number; readonly at?: string }
    | { readonly copies: number }
    | { readonly window: Amount }
}

export interface Tier extends Any {
  readonly slot: 'tier'
  readonly per: 'day' | 'week' | 'month'
  readonly keep: number
  readonly basis: 'age' | 'unit'
  readonly tolerance: number
}

export interface Points extends Any {
  readonly slot: 'points'
  readonly ages: readonly number[]
  readonly slack: number
  readonly grace: number
}

export interface MaxAge extends Any {
  readonly slot: 'max-age'
  readonly for: Amount
  readonly tolerance: number
}

export interface Copied extends Any {
  readonly slot: 'copies' | 'copies-keep'
  readonly atLeast: number
  readonly differs: 'provider' | 'region' | 'location'
  readonly within: Amount
  readonly keep?: Amount
}

export interface Places extends Any {
  readonly slot: 'residency'
  readonly codes: readonly string[]
}

export type Promised = Schedule | Keep | Tier | Points | MaxAge | Copied | Places

/** As a clause writes it. */
export function fieldsOf(promise: Promised): Record<string, unknown> {
  const hours = (n: number): string => `${n}h`
  switch (promise.slot) {
    case 'schedule': {
      const { rule, tolerance, anchor } = promise
      const common = { tolerance: hours(tolerance), anchor }
      const keep = promise.kept
      const also = keep && { keep: { for: written(keep.for), tolerance: hours(keep.tolerance) } }
      if ('every' in rule) return { schedule: { every: written(rule.every), ...common }, ...also }
      if ('per' in rule) return { schedule: { per: rule.per, ...common }, ...also }
      const clock = `${String(Math.floor(rule.at / 2)).padStart(2, '0')}:${rule.at % 2 === 0 ? '00' : '30'}`
      return { schedule: { 'daily-at': clock, early: hours(rule.early), ...common }, ...also }
    }
    case 'keep': {
      const { rule } = promise
      if ('copies' in rule) return { keep: { copies: rule.copies } }
      if ('window' in rule) return { keep: { 'recovery-window': written(rule.window) } }
      const { at, from, tolerance } = rule
      return { keep: { for: written(rule.for), from, tolerance: hours(tolerance), ...(at !== undefined && { at }) } }
    }
    case 'tier': {
      const { per, keep, basis, tolerance } = promise
      return { tiers: [{ per, keep, basis, tolerance: hours(tolerance) }] }
    }
    case 'points': {
      const { ages, slack, grace } = promise
      return { 'recovery-points': { ages, slack, grace: hours(grace) } }
    }
    case 'max-age':
      return { 'max-age': { for: written(promise.for), tolerance: hours(promise.tolerance) } }
    case 'copies':
    case 'copies-keep': {
      const { atLeast, differs, within, keep } = promise
      const kept = keep === undefined ? {} : { keep: written(keep) }
      return { copies: { 'at-least': atLeast, differs, 'made-within': written(within), ...kept } }
    }
    case 'residency':
      return { residency: promise.codes }
  }
}

export const slotOf = (promise: Promised): string => (promise.slot === 'tier' ? `tier-${promise.per}` : promise.slot)
