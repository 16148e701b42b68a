import { isProblem } from '../../contract/piece.ts'
import type { Lint } from '../../model/clause-kind.ts'
import { DAY } from '../../time/civil.ts'
import type { Duration } from '../../time/duration.ts'
import { shownAges } from './ages.ts'
import { countriesOf } from './countries.ts'
import type { Unit } from './rules.ts'
import { isStated } from './rules-of.ts'
import type { BackupBody } from './schema.ts'
import { amountText } from './stated.ts'

/** What a clause leaves unsaid or open though it can decide verdicts, and promises that cannot go together. */
export function backupLints(body: BackupBody): readonly Lint[] {
  return [
    ...nameLints(body),
    ...unsaid(body),
    ...tierLints(body),
    ...pointLints(body),
    ...ageLints(body),
    ...placeLints(body),
  ]
}

/** Names that hardly mean what they say. */
function nameLints({ of = [], accept }: BackupBody): readonly Lint[] {
  const out: Lint[] = []
  if (of.includes('all')) {
    out.push({
      code: 'component-all',
      path: ['of'],
      message: 'this asks for a component that is called all',
      hint: 'leave `of` out for backups of whatever component',
    })
  }
  if (accept !== undefined && !accept.includes('success')) out.push(ACCEPTS_NO_SUCCESS)
  return out
}

/** Backups that succeeded count for nothing. */
export const ACCEPTS_NO_SUCCESS: Lint = {
  code: 'accept-no-success',
  path: ['accept'],
  message: 'backups that succeeded do not count: accept leaves success out',
  hint: 'write accept: [success, warning] if those with warnings count too',
}

function unsaid({ schedule, keep, copies }: BackupBody): readonly Lint[] {
  const out: Lint[] = []
  if (isStated(schedule?.every) && schedule.tolerance === undefined) {
    const daily = isADay(schedule.every)
    out.push({
      code: 'silent-tolerance',
      path: ['schedule', 'every'],
      message: `tolerance is not said, and it can decide the verdict: a backup counts up to 1h after ${amountText(schedule.every)}`,
      hint: daily
        ? 'say tolerance: 0min or 1h; if one on each local day is meant, write per: day'
        : 'say tolerance: 0min or 1h',
    })
  }
  if (schedule?.['daily-at'] !== undefined && schedule.tolerance === undefined) {
    out.push({
      code: 'silent-tolerance',
      path: ['schedule', 'daily-at'],
      message: `tolerance is not said, and it can decide the verdict: a backup may start up to 1h after ${schedule['daily-at'].text}`,
      hint: 'say tolerance: 0min or 1h',
    })
  }
  if (isStated(keep?.for) && keep.for.unit === 'elapsed' && keep.for.ms >= DAY && keep.for.ms % DAY === 0) {
    const days = keep.for.ms / DAY
    out.push({
      code: 'hours-for-days',
      path: ['keep', 'for'],
      message: `${amountText(keep.for)} are counted on the clock: a backup deleted at the same local time ${days} days later falls short where clocks go forward`,
      hint: `write ${days} days if days of the calendar are meant`,
    })
  }
  if (copies !== undefined && copies['made-within'] === undefined) {
    out.push({
      code: 'silent-copy-time',
      path: ['copies'],
      message: 'made-within is not said: a copy may be made at any time while the backup is kept',
      hint: 'say made-within: 24h, or unstated if the text gives no number',
    })
  }
  return out
}

function tierLints({ tiers = [], schedule, keep }: BackupBody): readonly Lint[] {
  const out: Lint[] = []
  for (const [at, { per, keep: units, basis }] of tiers.entries()) {
    // One tier may be written without a list, which then is no step of the path.
    const path = tiers.length === 1 ? ['tiers'] : ['tiers', at]
    if (basis === undefined) {
      out.push({
        code: 'silent-basis',
        path,
        message: `basis is not said, and it can decide the verdict: ${units} ${per}s are counted from the backup itself`,
        hint: 'say basis: age (so old at least) or unit (its own one of them), as common tools count',
      })
    }
    if (isStated(keep?.for) && least(keep.for) >= units * LONGEST[per]) {
      out.push({
        code: 'idle-tier',
        path,
        message: `the tier of ${per}s adds nothing: every backup is kept ${amountText(keep.for)}`,
        hint: 'remove the tier, or keep its backups longer',
      })
    }
  }
  const [first] = tiers
  if (first !== undefined && schedule === undefined) {
    out.push({
      code: 'tier-unscheduled',
      path: ['tiers'],
      message: `a ${first.per} in which no backup is made owes nothing: no schedule is promised`,
      hint: `say schedule: { per: ${first.per} }, or accept that`,
    })
  }
  return out
}

function pointLints({ 'recovery-points': points }: BackupBody): readonly Lint[] {
  if (points === undefined || points.slack !== undefined) return []
  const { ages } = points
  const [least = 1] = ages
  const most = ages.at(-1) ?? least
  if (most - least + 1 === ages.length) return []
  return [
    {
      code: 'strict-points',
      path: ['recovery-points'],
      message: `backups ${shownAges(ages)} days old on every day are those of all ${most} days: what is ${least} day${least === 1 ? '' : 's'} old today is of every age later`,
      hint: `if rotated ones are meant, say slack: N, how many days older each may be; else slack: 0`,
    },
  ]
}

/** A backup that must be there and must not. */
function ageLints(body: BackupBody): readonly Lint[] {
  const limit = body['max-age']?.for
  if (!isStated(limit)) return []
  const most = daysOf(limit, LONGEST)
  const { keep, tiers = [], copies } = body
  const points = body['recovery-points']
  const longest: (readonly [path: readonly (string | number)[], days: number, what: string])[] = []
  if (isStated(keep?.for)) longest.push([['keep', 'for'], least(keep.for), 'each backup is kept'])
  const window = keep?.['recovery-window']
  // The oldest of a window is older than it.
  if (isStated(window)) longest.push([['keep', 'recovery-window'], least(window) + 1, 'the window is'])
  for (const { per, keep: units } of tiers) longest.push([['tiers'], units * SHORTEST[per], `a ${per}'s is kept`])
  if (points !== undefined) longest.push([['recovery-points', 'ages'], points.ages.at(-1) ?? 0, 'the ages go up to'])
  if (isStated(copies?.keep)) longest.push([['copies', 'keep'], least(copies.keep), 'each copy is kept'])
  return longest
    .filter(([, days]) => days > most)
    .map(([path, , what]) => ({
      code: 'age-conflict',
      path,
      message: `no backup may be older than ${amountText(limit)} (max-age), but ${what} longer`,
      hint: 'both cannot be kept: check which one the text means',
    }))
}

/** Countries that a group names already. */
function placeLints({ residency = [] }: BackupBody): readonly Lint[] {
  const places = residency.flatMap((word, at) => {
    const codes = countriesOf([word])
    return isProblem(codes) ? [] : [{ word, at, codes }]
  })
  return places.flatMap(({ word, at, codes: own }): Lint[] => {
    const group = places.find(({ codes }) => codes.size > own.size && isWithin(own, codes))?.word
    if (group === undefined) return []
    return [
      {
        code: 'idle-country',
        path: ['residency', at],
        message: `${word} adds nothing: it is one of ${group}`,
        hint: `remove it, or remove ${group} if only ${word} is meant`,
      },
    ]
  })
}

function isWithin(own: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  for (const code of own) if (!other.has(code)) return false
  return true
}

const SHORTEST: Lengths = { day: 1, week: 7, month: 28, quarter: 90, year: 365 }
const LONGEST: Lengths = { day: 1, week: 7, month: 31, quarter: 92, year: 366 }
type Lengths = Readonly<Record<Unit, number>>

function least(amount: Duration): number {
  return daysOf(amount, SHORTEST)
}

/** How many days an amount is at least, or at most, by the lengths of months and years. */
function daysOf(amount: Duration, lengths: Lengths): number {
  if (amount.unit === 'elapsed') return amount.ms / DAY
  if (amount.unit !== 'calendar') return 0
  const { months, days, ms } = amount
  return Math.floor(months / 12) * lengths.year + (months % 12) * lengths.month + days + ms / DAY
}

function isADay(amount: Duration): boolean {
  return least(amount) === 1
}
