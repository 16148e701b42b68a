import { copied, notOlder, resident } from './backup-oracle-copies.ts'
import { isLogged, type Range, restorable, type Three, type Told, wall } from './backup-oracle-known.ts'
import { candidates, inTerm, nothingYet, type Owed, ofComponent, owe, type Status } from './backup-oracle-owed.ts'
import type { Keep, Points, Promised, Tier } from './backup-oracle-promises.ts'
import { scheduled } from './backup-oracle-schedule.ts'
import { DAY, samples } from './backup-oracle-time.ts'

export interface Verdict {
  readonly status: Status | 'none'
  readonly breached: ReadonlySet<number>
  readonly undecided: ReadonlySet<number>
  readonly counts: Readonly<Record<Status, number>>
  readonly loose: boolean
  readonly unsaid: ReadonlySet<number>
}

/** The verdict on one promise for one component, by asking every instant. */
export function judge(told: Told, component: string, promise: Promised): Verdict {
  const list = owedBy(told, component, promise)
  const mine = list.filter(owed => meets(told.period, owed))
  const counts = { met: 0, breached: 0, pending: 0, unverified: 0 }
  for (const { status } of mine) counts[status]++
  const order = ['breached', 'unverified', 'pending', 'met'] as const
  return {
    status: order.find(status => counts[status] > 0) ?? 'none',
    breached: new Set(mine.flatMap(({ breached }) => [...breached])),
    undecided: new Set(mine.flatMap(({ undecided }) => [...undecided])),
    counts,
    loose: list.some(({ loose }) => loose === true),
    unsaid: new Set(mine.flatMap(({ unsaid }) => [...(unsaid ?? [])])),
  }
}

function meets([a, b]: Range, { from, decided }: Owed): boolean {
  if (from === decided) return from >= 2 * a && from < 2 * b
  return from < 2 * b && decided > 2 * a
}

function owedBy(told: Told, component: string, promise: Promised): readonly Owed[] {
  switch (promise.slot) {
    case 'schedule':
      return scheduled(told, component, promise)
    case 'keep':
      return kept(told, component, promise)
    case 'tier':
      return tier(told, component, promise)
    case 'points':
      return points(told, component, promise)
    case 'max-age':
      return notOlder(told, component, promise)
    case 'copies':
    case 'copies-keep':
      return copied(told, component, promise)
    case 'residency':
      return resident(told, component, promise)
  }
}

function kept(told: Told, component: string, promise: Keep): readonly Owed[] {
  const { rule, accept } = promise
  const { plus } = wall(told)
  const list = candidates(told, component, promise).sort((a, b) => a.end - b.end)
  if ('for' in rule) {
    return list.map(({ backup, start, end }) => {
      const anchor = rule.from === 'start' ? start : end
      const until = plus(anchor, rule.for) - 2 * rule.tolerance
      // At a place from when it is first there, if ever in that time.
      const there = backup.copies.flatMap(({ location, made }) => (location === rule.at ? (made ?? []) : []))
      const first = Math.min(...there)
      const from = first < until ? Math.max(end, first) : end
      const owed = owe(told, anchor, [from, until], sample => restorable(told, backup, sample, accept, rule.at))
      // Completed when the period was over, or undecided and over before it began: either may be meant.
      const [a, b] = told.period
      const late = start < b && end >= b
      const past = owed.status === 'unverified' && until <= a
      return {
        ...owed,
        loose: owed.loose || late || past || (start < a && owed.decided <= 2 * end && end >= a),
      }
    })
  }
  if ('copies' in rule) {
    return list.map(({ backup, start, end }, i) => {
      const next = list[i + rule.copies]
      const to = next?.end ?? told.asOf
      const owed = owe(told, start, [end, to], sample => restorable(told, backup, sample, accept), {
        open: next === undefined,
      })
      // Whether one from outside the term takes the place of another is not said.
      const isJoined = ofComponent(told, component).some(
        b =>
          (promise.only === undefined || b.kind === promise.only) &&
          b.status !== undefined &&
          accept.has(b.status) &&
          typeof b.end === 'number' &&
          b.end >= end &&
          !list.some(c => c.backup === b),
      )
      return { ...owed, loose: owed.loose || isJoined }
    })
  }
  const first = list[0]
  if (first === undefined) return []
  const term = told.term?.[1] ?? Number.POSITIVE_INFINITY
  const from = Math.max(plus(first.end, rule.window), told.period[0])
  const to = Math.min(told.period[1], term)
  if (from >= to) return [{ ...nothingYet(from), loose: true }]
  if (from >= told.asOf) return [nothingYet(from)]
  // What the term asks for may be an older one too.
  const everyone = candidates(told, component, promise, true).map(c => ({ ...c, since: plus(c.end, rule.window) }))
  const cover = (sample: number): Three => {
    const old = everyone.filter(({ since }) => sample >= 2 * since)
    return Math.max(0, ...old.map(({ backup }) => restorable(told, backup, sample, accept))) as Three
  }
  const owed = owe(told, from, [from, to], cover)
  // Each stretch is judged for itself.
  return [owed.status === 'pending' && owed.undecided.size > 0 ? { ...owed, status: 'unverified' } : owed]
}

function tier(told: Told, component: string, promise: Tier): readonly Owed[] {
  const { per, keep, basis, tolerance, accept } = promise
  const { plus, unitOf, startOf } = wall(told)
  const list = candidates(told, component, promise)
  const units = [...new Set(list.map(({ start }) => unitOf(start, per)))]
  return units.flatMap((unit): Owed[] => {
    const [from, to] = [startOf(unit, per), startOf(unit + 1, per)]
    const isRunning = to > told.asOf
    if (!inTerm(told, from) || !inTerm(told, to - 1)) return []
    const mine = list.filter(({ start }) => unitOf(start, per) === unit)
    if (basis === 'unit') {
      const until = startOf(unit + keep, per) - 2 * tolerance
      const cover = (sample: number) =>
        Math.max(...mine.map(({ backup }) => restorable(told, backup, sample, accept))) as Three
      const owed = owe(told, from, [to, until], cover)
      return [isRunning ? { ...nothingYet(from), decided: 2 * told.asOf } : owed]
    }
    const unitName = per === 'day' ? 'days' : per === 'week' ? 'weeks' : 'months'
    const each = mine.map(({ backup, start, end }) => {
      const until = plus(start, { n: keep, unit: unitName }) - 2 * tolerance
      return { ...owe(told, from, [end, until], sample => restorable(told, backup, sample, accept)), until: 2 * until }
    })
    const best = (['met', 'pending', 'unverified', 'breached'] as const).find(s => each.some(o => o.status === s))
    // The one that falls short by the least.
    const found = each
      .filter(({ status }) => status === best)
      .sort((a, b) => b.decided - b.until - (a.decided - a.until))[0]
    if (found === undefined) return []
    const unsaid = new Set(each.flatMap(one => [...one.undecided]))
    // Another one may still be made.
    const waits = { ...nothingYet(from), decided: 2 * told.asOf, unsaid }
    return [isRunning && best !== 'met' ? waits : { ...found, unsaid }]
  })
}

function points(told: Told, component: string, promise: Points): readonly Owed[] {
  const { ages, slack, grace, accept } = promise
  const { unitOf, startOf } = wall(told)
  const { term, asOf } = told
  if (term === undefined) throw new Error('points are asked with a term here')
  const end = Math.min(term[1] ?? Number.POSITIVE_INFINITY, asOf + 40 * DAY)
  const list = candidates(told, component, promise)
  const firstDay = unitOf(term[0] - 1, 'day') + 1
  const out: Owed[] = []
  for (let day = firstDay; startOf(day, 'day') < Math.min(end, asOf); day++) {
    const mine = list.filter(({ start }) => {
      const of = unitOf(start, 'day')
      return of <= day && of >= day - slack
    })
    const [from, to] = [startOf(day - slack, 'day'), startOf(day + 1, 'day')]
    const isKnown = samples(Math.max(from, term[0]), to, sample => !isLogged(told, component, sample)).size === 0
    const opens = to + 2 * grace
    // A listing tells of what began up to the newest that it shows: what came later may still have been running.
    const shownLast = told.listings
      .filter(({ complete, components: of }) => complete && (of.includes(component) || of.includes('all')))
      .filter(({ shows }) => list.some(({ backup, start }) => shows.includes(backup.id) && start >= to))
      .map(({ at }) => at)
    const days = ages.map((age): Range => [startOf(day + age, 'day'), startOf(day + age + 1, 'day')])
    const required = (sample: number): boolean =>
      sample >= 2 * opens && sample < 2 * end && days.some(([a, b]) => sample >= 2 * a && sample < 2 * b)
    const cover = (sample: number): Three => {
      if (!required(sample)) return 2
      const best = Math.max(0, ...mine.map(({ backup }) => restorable(told, backup, sample, accept))) as Three
      // One that no row tells of, as long as no listing of all there is has gone by without it.
      const unseen = !isKnown && !shownLast.some(at => sample >= 2 * at)
      return best === 0 && unseen ? 1 : best
    }
    const last = Math.min(startOf(day + Math.max(...ages) + 1, 'day'), end)
    if (opens >= last) continue
    // What is owed from later on only is still to come.
    if (samples(startOf(day, 'day'), asOf, required).size === 0) continue
    // A day that begins with `as of` is still to come.
    const isThere = required(2 * asOf - 1)
    out.push(owe(told, startOf(day, 'day'), [startOf(day, 'day'), last], cover, { isThere }))
  }
  return out
}
