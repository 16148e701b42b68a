import type { Duration } from '../../time/duration.ts'
import { durationText } from '../../time/duration.ts'
import { shownAges } from './ages.ts'
import type { BackupRules, Copies, Keep, Points, Schedule, Spelt, Tier } from './rules.ts'
import { unstatedSlots } from './rules-of.ts'
import type { BackupBody } from './schema.ts'

/** `every 24h (+1h) · kept 30 days · a month's kept 12 months · 1 copy at another provider in 24h · only in FR`. */
export function backupText(body: BackupBody, rules: BackupRules): string {
  const parts = [...promisesOf(rules).values(), ...unstatedSlots(body).map(slot => `${slot}: unstated`)]
  return parts.join(' · ')
}

/** Each slot that a clause has, with its promise in words. */
export function promisesOf(rules: BackupRules): ReadonlyMap<string, string> {
  const { schedule, keep, tiers, points, maxAge, copies, residency } = rules
  const out = new Map<string, string>()
  if (schedule !== undefined) out.set('schedule', scheduleText(schedule))
  if (keep !== undefined) out.set('keep', keepText(keep))
  for (const tier of tiers) out.set(`tier-${tier.per}`, tierText(tier))
  if (points !== undefined) out.set('points', pointsText(points))
  if (maxAge !== undefined) out.set('max-age', `none older than ${amountText(maxAge.amount)}${plus(maxAge)}`)
  if (copies !== undefined) {
    out.set('copies', madeText(copies))
    if (copies.keep !== undefined) out.set('copies-keep', `copies kept ${amountText(copies.keep)}`)
  }
  if (residency !== undefined) out.set('residency', `only in ${residency.words.join(', ')}`)
  return out
}

/** An amount as the contract writes it. */
export function amountText({ text }: Duration): string {
  return text.trim()
}

/** `every 24h (+1h)`, `once a day`, `at 04:00 (−10m +1h)`. */
function scheduleText(schedule: Schedule): string {
  const { anchor, tolerance, early, spelt } = schedule
  const completed = anchor === 'completion' ? ', by completion' : ''
  if (schedule.form === 'every') return `every ${amountText(schedule.every)}${plus(schedule)}${completed}`
  if (schedule.form === 'per') return `once a ${schedule.per}${plus(schedule)}${completed}`
  const before = early === 0 ? '' : `−${spelt?.early ?? durationText(early)}`
  const after = tolerance === 0 ? '' : `+${toleranceText(schedule)}`
  const around = [before, after].filter(Boolean).join(' ')
  return `daily at ${schedule.text}${around === '' ? '' : ` (${around})`}${completed}`
}

/** `kept 30 days`, `the last 30 kept`, `back to any point in 7 days`; with the location, where one is named. */
function keepText(keep: Keep): string {
  const at = keep.location === undefined ? '' : ` at ${keep.location}`
  if (keep.form === 'copies') return `the last ${keep.count} kept${at}`
  if (keep.form === 'window') return `back to any point in ${amountText(keep.amount)}${less(keep)}${at}`
  const from = keep.from === 'completion' ? ' from completion' : ''
  return `kept ${amountText(keep.amount)}${less(keep)}${from}${at}`
}

/** `a month's kept 12 months`, `a month's kept 12 months with its own`. */
function tierText(tier: Tier): string {
  const { per, keep, basis } = tier
  return `a ${per}'s kept ${keep} ${per}${keep === 1 ? '' : 's'}${less(tier)}${basis === 'unit' ? ', its own one of them' : ''}`
}

/** `1–29 days old on every day`. */
function pointsText({ ages, slack, grace, spelt }: Points): string {
  const more = slack === 0 ? '' : `, up to ${slack} day${slack === 1 ? '' : 's'} older`
  const late = grace === 0 ? '' : `, from ${spelt?.grace ?? durationText(grace)} after midnight on`
  return `on every day ${shownAges(ages)} day${ages.length === 1 && ages[0] === 1 ? '' : 's'} old${more}${late}`
}

function madeText({ atLeast, differs, madeWithin }: Copies): string {
  const where = `another ${differs}`
  const what = atLeast === 1 ? `a copy at ${where}` : `copies at ${atLeast} other ${differs}s`
  return madeWithin === undefined ? what : `${what} in ${amountText(madeWithin)}`
}

interface Tolerant {
  readonly tolerance: number
  readonly spelt?: Spelt
}

/** What may lack of it, ` (−1h)`. */
function less(tolerant: Tolerant): string {
  return tolerant.tolerance === 0 ? '' : ` (−${toleranceText(tolerant)})`
}

function plus(tolerant: Tolerant): string {
  return tolerant.tolerance === 0 ? '' : ` (+${toleranceText(tolerant)})`
}

function toleranceText({ tolerance, spelt }: Tolerant): string {
  return spelt?.tolerance ?? durationText(tolerance)
}
