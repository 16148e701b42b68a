import { existsAt, type Three, type Told, type ToldBackup, type ToldCopy, wall } from './backup-oracle-known.ts'
import { candidates, nothingYet, type Owed, ofComponent } from './backup-oracle-owed.ts'
import type { Copied, MaxAge, Places } from './backup-oracle-promises.ts'
import { samples } from './backup-oracle-time.ts'

export function notOlder(told: Told, component: string, { for: amount, tolerance }: MaxAge): readonly Owed[] {
  const { plus } = wall(told)
  return ofComponent(told, component).flatMap(backup =>
    together(
      backup.copies.flatMap((copy): Owed[] => {
        if (backup.start === undefined || copy.made === null) return []
        const limit = plus(backup.start, amount) + 2 * tolerance
        const there = (sample: number): Three => existsAt(told, backup, copy, sample)
        // An age of just that amount is allowed.
        const all = samples(limit, told.asOf, sample => there(sample) === 2)
        const over = all.size === 1 && all.has(2 * limit) ? new Set<number>() : all
        const perhaps = samples(limit, told.asOf, sample => there(sample) === 1)
        const gone = there(2 * told.asOf) === 0
        const status =
          over.size > 0 ? 'breached' : perhaps.size > 0 ? 'unverified' : limit < told.asOf || gone ? 'met' : 'pending'
        return [{ status, from: 2 * backup.start, decided: 2 * told.asOf, breached: over, undecided: perhaps }]
      }),
    ),
  )
}

export function copied(told: Told, component: string, promise: Copied): readonly Owed[] {
  const { within, slot } = promise
  const { plus } = wall(told)
  const over = told.term?.[1] ?? Number.POSITIVE_INFINITY
  return candidates(told, component, promise).flatMap(({ backup, start, end }): Owed[] => {
    const due = plus(end, within)
    const all = readings(backup, promise)
    const loose = due >= over
    // What falls due when the term is over is not owed.
    const isLate = due >= over && (told.asOf > due || told.asOf >= over)
    const until = promise.keep === undefined ? told.asOf : plus(start, promise.keep)
    if (slot === 'copies') {
      const owed = transferred(told, due, until, all)
      return end >= over || (isLate && owed.status !== 'met') ? [] : [{ ...owed, from: 2 * end }]
    }
    if (promise.keep === undefined) return []
    if (due >= until) return [{ ...nothingYet(end), loose: true }]
    // Nothing is owed of what was never made; what was made late is owed from then on.
    if (due >= told.asOf)
      return all.some(others => madeBy(others, 2 * told.asOf)) ? [{ ...nothingYet(end), loose }] : []
    const last = Math.min(until, told.asOf, over)
    const owedIn = (sample: number) => all.filter(others => madeBy(others, sample))
    const there = (sample: number) => (others: Others) => others(copy => existsAt(told, backup, copy, sample))
    if (samples(due, last, sample => owedIn(sample).length > 0).size === 0) {
      // Made when it need not be kept any more.
      return owedIn(2 * told.asOf).length > 0 ? [{ ...nothingYet(end), loose: true }] : []
    }
    const breached = samples(due, last, s => owedIn(s).length === all.length && all.map(there(s)).every(n => n === 0))
    // What may be no copy elsewhere at all keeps nothing for certain.
    const isDoubtful = owedIn(2 * told.asOf).length < all.length
    const lacks = (s: number) => owedIn(s).some(others => isDoubtful || there(s)(others) < 2)
    const undecided = samples(due, last, s => !breached.has(s) && lacks(s))
    const [broken] = breached
    const isDone = Math.min(until, over) <= told.asOf
    const status = broken !== undefined ? 'breached' : !isDone ? 'pending' : undecided.size > 0 ? 'unverified' : 'met'
    // Of places that are not told some may have to be copies for others to be owed: more may be shown as undecided.
    const unsaid = samples(due, last, () => all.length > 1)
    return [{ status, from: 2 * end, decided: broken ?? 2 * last, breached, undecided, loose, unsaid }]
  })
}

/** Whether enough others than the backup's own are among the copies that count. */
type Others = (counts: (copy: ToldCopy) => Three) => Three

/** One for each way in which the places that are not told may be the same as others or not. */
function readings({ copies }: ToldBackup, { atLeast, differs }: Copied): readonly Others[] {
  const told = copies.flatMap(copy => copy[differs] ?? [])
  let ways: readonly (readonly string[])[] = [[]]
  for (const [i, copy] of copies.entries()) {
    const may = copy[differs] === undefined ? [...told, ...copies.slice(0, i + 1).map((_, j) => `elsewhere ${j}`)] : []
    ways = ways.flatMap(way => (copy[differs] === undefined ? may : [copy[differs]]).map(value => [...way, value]))
  }
  return ways.map(way => {
    const own = way[copies.findIndex(({ primary }) => primary)]
    return counts => {
      const at = (least: Three) =>
        new Set(way.filter((value, i) => value !== own && counts(copies[i] ?? fail()) >= least)).size
      return at(2) >= atLeast ? 2 : at(1) >= atLeast ? 1 : 0
    }
  })
}

function fail(): never {
  throw new Error('a value for each copy')
}

const madeBy = (others: Others, sample: number): boolean =>
  others(({ made }) => (typeof made === 'number' && 2 * made <= sample ? 2 : 0)) === 2

function transferred(told: Told, due: number, over: number, all: readonly Others[]): Omit<Owed, 'from'> {
  const none = new Set<number>()
  const inTime = all.filter(others => madeBy(others, 2 * Math.min(due, told.asOf)))
  const base = { decided: 2 * Math.min(due, told.asOf) + 1, breached: none, undecided: none }
  if (inTime.length === all.length) return { ...base, status: 'met' }
  if (due >= told.asOf) return { ...base, status: 'pending' }
  // From the deadline until enough are made after all or none need be kept any more.
  const until = Math.min(told.asOf, told.term?.[1] ?? told.asOf, over)
  const late = (sample: number) => all.filter(others => !inTime.includes(others) && !madeBy(others, sample)).length
  return {
    ...base,
    status: inTime.length > 0 ? 'unverified' : 'breached',
    breached: samples(due, until, sample => late(sample) === all.length),
    undecided: samples(due, until, sample => late(sample) > 0 && late(sample) < all.length),
  }
}

/** What became of the copies of one backup together. */
function together(owed: readonly Owed[]): readonly Owed[] {
  const [first] = owed
  if (first === undefined) return []
  const breached = new Set(owed.flatMap(one => [...one.breached]))
  const status = (['breached', 'unverified', 'pending', 'met'] as const).find(s => owed.some(one => one.status === s))
  return [
    {
      status: status ?? 'met',
      from: Math.min(...owed.map(({ from }) => from)),
      decided: Math.max(...owed.map(({ decided }) => decided)),
      breached,
      undecided: new Set(owed.flatMap(one => [...one.undecided]).filter(sample => !breached.has(sample))),
      loose: owed.some(({ loose }) => loose === true),
    },
  ]
}

export function resident(told: Told, component: string, { codes }: Places): readonly Owed[] {
  return ofComponent(told, component).flatMap(backup =>
    together(
      backup.copies.flatMap((copy): Owed[] => {
        if (copy.made === null) return []
        const from = copy.made ?? backup.start ?? told.asOf
        const there = (sample: number): Three => existsAt(told, backup, copy, sample)
        const isAllowed = copy.country !== undefined && codes.includes(copy.country)
        const sure = samples(Math.min(from, told.asOf), told.asOf, sample => there(sample) === 2)
        const perhaps = samples(Math.min(from, told.asOf), told.asOf, sample => there(sample) === 1)
        const base = { from: 2 * from, decided: 2 * told.asOf }
        const none = new Set<number>()
        if (isAllowed) return [{ ...base, status: 'met', breached: none, undecided: none }]
        if (copy.country === undefined || (sure.size === 0 && there(2 * told.asOf) < 2))
          return [{ ...base, status: 'unverified', breached: none, undecided: new Set([...sure, ...perhaps]) }]
        return [{ ...base, status: 'breached', breached: sure, undecided: perhaps }]
      }),
    ),
  )
}
