import { isProblem } from '../../contract/piece.ts'
import { HOUR } from '../../time/civil.ts'
import type { Duration } from '../../time/duration.ts'
import { countriesOf } from './countries.ts'
import type { BackupRules, Copies, Keep, Residency, Schedule, Spelt } from './rules.ts'
import type { BackupBody } from './schema.ts'
import type { Tolerance } from './values.ts'

/**
 * What a clause says, with its defaults filled in: an hour late for intervals, clock times and amounts kept, nothing
 * else. What is promised without a number is left out.
 */
export function rulesOf(body: BackupBody): BackupRules {
  const schedule = scheduleOf(body.schedule)
  const keep = keepOf(body.keep)
  const copies = copiesOf(body.copies)
  const maxAge = body['max-age']
  const points = body['recovery-points']
  return {
    components: body.of ?? [],
    accept: new Set(body.accept ?? ['success']),
    only: body.only ?? 'any',
    ...(schedule !== undefined && { schedule }),
    ...(keep !== undefined && { keep }),
    tiers: (body.tiers ?? []).map(({ per, keep: units, basis = 'age', tolerance }) => ({
      per,
      keep: units,
      basis,
      tolerance: tolerance?.ms ?? (basis === 'age' ? HOUR : 0),
      ...spelt({ tolerance }),
    })),
    ...(points !== undefined && {
      points: { ages: points.ages, slack: points.slack ?? 0, grace: points.grace?.ms ?? 0, ...spelt(points) },
    }),
    ...(isStated(maxAge?.for) && {
      maxAge: { amount: maxAge.for, tolerance: maxAge.tolerance?.ms ?? 0, ...spelt(maxAge) },
    }),
    ...(copies !== undefined && { copies }),
    ...(body.residency !== undefined && { residency: residencyOf(body.residency) }),
  }
}

/** The promises without a number, by the slot that they would have. */
export function unstatedSlots(body: BackupBody): readonly string[] {
  const { schedule, keep } = body
  return [
    ...(schedule?.every === 'unstated' ? ['schedule'] : []),
    ...(keep?.for === 'unstated' || keep?.['recovery-window'] === 'unstated' ? ['keep'] : []),
    ...(body['max-age']?.for === 'unstated' ? ['max-age'] : []),
    ...(body.copies?.keep === 'unstated' ? ['copies-keep'] : []),
  ]
}

/** Whether an amount is a number. */
export function isStated(amount: Duration | 'unstated' | undefined): amount is Duration {
  return amount !== undefined && amount !== 'unstated'
}

function scheduleOf(body: BackupBody['schedule']): Schedule | undefined {
  if (body === undefined) return undefined
  const { every, per, anchor = 'start' } = body
  const at = body['daily-at']
  const tolerance = body.tolerance?.ms
  const shared = { anchor, early: body.early?.ms ?? 0, ...spelt(body) }
  if (per !== undefined) return { ...shared, form: 'per', per, tolerance: tolerance ?? 0 }
  if (at !== undefined) return { ...shared, form: 'at', at: at.at, text: at.text, tolerance: tolerance ?? HOUR }
  return isStated(every) ? { ...shared, form: 'every', every, tolerance: tolerance ?? HOUR } : undefined
}

function keepOf(body: BackupBody['keep']): Keep | undefined {
  if (body === undefined) return undefined
  const { for: amount, copies, from = 'start', at } = body
  const window = body['recovery-window']
  const tolerance = body.tolerance?.ms
  const shared = { from, ...(at !== undefined && { location: at }), ...spelt(body) }
  if (copies !== undefined) return { ...shared, form: 'copies', count: copies, tolerance: tolerance ?? 0 }
  if (isStated(window)) return { ...shared, form: 'window', amount: window, tolerance: tolerance ?? 0 }
  return isStated(amount) ? { ...shared, form: 'for', amount, tolerance: tolerance ?? HOUR } : undefined
}

/** The tolerances that a contract says, as it says them. */
function spelt(said: { readonly [Key in keyof Spelt]?: Tolerance | undefined }): { readonly spelt?: Spelt } {
  const { tolerance, early, grace } = said
  const out: Spelt = {
    ...(tolerance !== undefined && { tolerance: tolerance.text }),
    ...(early !== undefined && { early: early.text }),
    ...(grace !== undefined && { grace: grace.text }),
  }
  return Object.keys(out).length === 0 ? {} : { spelt: out }
}

function copiesOf(body: BackupBody['copies']): Copies | undefined {
  if (body === undefined) return undefined
  const within = body['made-within']
  return {
    atLeast: body['at-least'] ?? 1,
    differs: body.differs,
    ...(isStated(within) && { madeWithin: within }),
    ...(isStated(body.keep) && { keep: body.keep }),
  }
}

function residencyOf(words: readonly string[]): Residency {
  const countries = countriesOf(words)
  // The schema has checked each word.
  return { countries: isProblem(countries) ? new Set() : countries, words }
}
