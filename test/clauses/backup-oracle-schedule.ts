import { creations, isLogged, type Three, type Told, wall } from './backup-oracle-known.ts'
import { inTerm, type Owed, ofComponent, owe } from './backup-oracle-owed.ts'
import type { Schedule } from './backup-oracle-promises.ts'
import { DAY, samples, within } from './backup-oracle-time.ts'

/** When a run that counts, for certain or perhaps, counts: between these ticks (both included). */
interface Anchor {
  readonly first: number
  readonly last: number
  readonly sure: boolean
}

export function scheduled(world: Told, component: string, promise: Schedule): readonly Owed[] {
  const { rule, kept } = promise
  const told: Told = kept === undefined ? world : { ...world, isListed: listedIn(world, kept) }
  if ('every' in rule) return intervals(told, component, promise, rule)
  if ('per' in rule) return units(told, component, promise, rule.per)
  return slots(told, component, promise, rule)
}

/** What began when, at the time of a complete listing, it had to be there still, and not after the newest shown. */
function listedIn(
  told: Told,
  { for: amount, tolerance }: NonNullable<Schedule['kept']>,
): NonNullable<Told['isListed']> {
  const { plus } = wall(told)
  return (component, sample) =>
    told.listings.some(({ at, complete, components, shows }) => {
      const isAbout = components.length === 0 || components.includes('all') || components.includes(component)
      if (!complete || !isAbout) return false
      const shown = ofComponent(told, component).filter(({ id }) => shows.includes(id))
      const newest = Math.max(...shown.flatMap(({ start }) => start ?? []))
      const until = plus(Math.floor(sample / 2), amount) - 2 * tolerance
      const isOwed = sample % 2 === 0 ? until > at : until >= at
      return isOwed && sample <= 2 * newest && sample >= 2 * (told.term?.[0] ?? sample / 2)
    })
}

function anchors(told: Told, component: string, { anchor, accept, only }: Schedule): readonly Anchor[] {
  return ofComponent(told, component).flatMap(({ start, end, status, kind, copies }): Anchor[] => {
    if (only !== undefined && kind !== undefined && kind !== only) return []
    const isRunning = end === null || status === 'running'
    const may = status === undefined || isRunning || accept.has(status)
    if (!may || (isRunning && anchor === 'completion')) return []
    const sure = status !== undefined && !isRunning && (only === undefined || kind !== undefined)
    const at = anchor === 'start' ? start : (end ?? undefined)
    if (at !== undefined) return [{ first: at, last: at, sure }]
    if (anchor === 'start') return [{ first: Number.NEGATIVE_INFINITY, last: end ?? told.asOf, sure: false }]
    // What was deleted had been completed.
    const gone = copies.flatMap(({ deleted }) => deleted ?? [])
    return [{ first: start ?? Number.NEGATIVE_INFINITY, last: Math.min(told.asOf, ...gone), sure: false }]
  })
}

function intervals(
  told: Told,
  component: string,
  promise: Schedule,
  rule: { readonly every: Parameters<ReturnType<typeof wall>['plus']>[1] },
): readonly Owed[] {
  const { plus } = wall(told)
  const { term, period, asOf } = told
  const reach = (tick: number): number => plus(tick, rule.every) + 2 * promise.tolerance
  const from = Math.max(term?.[0] ?? period[0], period[0])
  const to = Math.min(term?.[1] ?? period[1], period[1])
  if (from >= to) return []
  const list = anchors(told, component, promise)
  const row = creations(told, component)[0]?.[0]
  const isNear = told.creations === undefined && row !== undefined && row > from && row <= reach(from)
  const log = isNear ? from : row
  const first = log === undefined ? term?.[0] : Math.max(log, term?.[0] ?? log)
  const sure: [number, number][] = list.filter(a => a.sure).map(a => [a.first, reach(a.first)])
  if (first !== undefined) sure.push([first, reach(first)])
  // What no log tells of covers from then on.
  const dark = new Set<number>()
  let until = Number.NEGATIVE_INFINITY
  for (let sample = 2 * (from - (reach(from) - from) - 4 * DAY); sample < 2 * Math.min(to, asOf); sample++) {
    // An instant between two listings that neither tells of is a millisecond long.
    const more = told.isListed !== undefined && sample % 2 === 0 ? 1 : 0
    if (!isLogged(told, component, sample)) until = 2 * reach(Math.ceil(sample / 2)) + more
    if (sample < until) dark.add(sample)
  }
  const perhaps = list.map(({ first, last }): [number, number] => [first, reach(last)])
  const cover = (sample: number): Three => {
    if (sure.some(([a, b]) => within(sample, a, b))) return 2
    const may = perhaps.some(([a, b]) => within(sample, a, b))
    return may || dark.has(sample) ? 1 : 0
  }
  const owed = owe(told, from, [from, to], cover, { isThere: false })
  // Each stretch is judged for itself.
  return [{ ...owed, ...(owed.status === 'pending' && owed.undecided.size > 0 && { status: 'unverified' }) }]
}

function units(told: Told, component: string, promise: Schedule, per: 'day' | 'week' | 'month'): readonly Owed[] {
  const { unitOf, startOf } = wall(told)
  const { period, asOf } = told
  const list = anchors(told, component, promise)
  const grace = 2 * promise.tolerance
  const out: Owed[] = []
  for (let unit = unitOf(period[0], per); startOf(unit, per) <= asOf; unit++) {
    const [from, to] = [startOf(unit, per), startOf(unit + 1, per)]
    if (to <= period[0] || to > period[1] || !inTerm(told, from) || !inTerm(told, to - 1)) continue
    const closes = to + grace
    const isIn = (tick: number): boolean => tick >= from && (grace === 0 ? tick < to : tick <= closes)
    const known = list.some(({ first, sure }) => sure && isIn(first))
    // A time not known: it may lie in the unit if what is known of it meets it.
    const maybe = list.some(
      ({ first, last, sure }) => !sure && first <= (grace === 0 ? to - 1 : closes) && last >= from,
    )
    const isDark = isUntold(told, component, from, closes, grace > 0)
    const runs = to > asOf
    if (known) {
      if (!runs) out.push(unitOwed('met', from, to))
      continue
    }
    if (closes > asOf) out.push(unitOwed('pending', from, to))
    else out.push(unitOwed(maybe || isDark ? 'unverified' : 'breached', from, to))
  }
  return out
}

/** Whether one may have been there that no log would tell of; at the last instant too if that counts. */
function isUntold(told: Told, component: string, from: number, to: number, inclusive: boolean): boolean {
  const dark = (sample: number): boolean => !isLogged(told, component, sample)
  return samples(from, Math.min(to, told.asOf), dark).size > 0 || (inclusive && to < told.asOf && dark(2 * to))
}

function unitOwed(status: Owed['status'], from: number, to: number): Owed {
  const all = samples(from, to, () => true)
  const none = new Set<number>()
  return {
    status,
    // Of the period as a whole.
    from: Number.NEGATIVE_INFINITY,
    decided: Number.POSITIVE_INFINITY,
    breached: status === 'breached' ? all : none,
    undecided: status === 'unverified' ? all : none,
  }
}

function slots(
  told: Told,
  component: string,
  promise: Schedule,
  rule: { readonly at: number; readonly early: number },
): readonly Owed[] {
  const { unitOf } = wall(told)
  const { period, asOf } = told
  const list = anchors(told, component, promise)
  const out: Owed[] = []
  const clock = wall(told)
  /** Both instants at which the clock shows the time; the one it moves forward to where it never does. */
  const shows = (day: number): { first: number; last: number; opens: number } => {
    const local = day * DAY + rule.at
    const first = clock.instant(local)
    if (clock.local(first) !== local) {
      let gap = first
      while (clock.local(gap - 1) >= local) gap--
      return { first, last: first, opens: gap }
    }
    let last = first
    for (let tick = first; tick <= first + 4; tick++) if (clock.local(tick) === local) last = tick
    return { first, last, opens: first }
  }
  // The slot that comes next is the last one.
  let isOver = false
  for (let day = unitOf(period[0], 'day') - 2; ; day++) {
    const { last, opens: at } = shows(day)
    const opens = at - 2 * rule.early
    const deadline = last + 2 * promise.tolerance
    if (isOver) break
    isOver = deadline > asOf
    if (!inTerm(told, at) || deadline > Math.min(period[1], told.term?.[1] ?? period[1])) continue
    // One that closes as the term begins is of no period before.
    if (deadline < period[0] || (deadline === period[0] && deadline !== told.term?.[0])) continue
    const isIn = (tick: number): boolean => tick >= opens && tick <= deadline
    const known = list.some(({ first, sure }) => sure && isIn(first))
    const maybe = list.some(({ first, last: to, sure }) => !sure && first <= deadline && to >= opens)
    const isDark = isUntold(told, component, opens, deadline, true)
    const next = shows(day + 1).opens - 2 * rule.early
    const late = list.filter(({ sure, first }) => sure && first > deadline && first < next).map(({ first }) => first)
    const end = Math.max(deadline, Math.min(next, ...late, asOf, told.term?.[1] ?? asOf))
    const runs = deadline > asOf
    if (known) {
      if (!runs) out.push(unitOwed('met', deadline, end))
      continue
    }
    // A late one that no log tells of, or that is not known for certain, may have ended it.
    const doubts = list.filter(({ sure, last }) => !sure && last > deadline).map(a => 2 * Math.max(a.first, deadline))
    const dark = samples(deadline, end, s => !isLogged(told, component, s))
    const sureUntil = Math.min(...doubts, ...dark)
    const status = deadline > asOf ? 'pending' : maybe || isDark ? 'unverified' : 'breached'
    // The deadline itself is lost, whatever comes then.
    const owed = unitOwed(status, deadline, end === deadline ? Math.min(deadline + 0.5, asOf) : end)
    out.push({
      ...owed,
      breached: new Set([...owed.breached].filter(sample => sample < sureUntil)),
      undecided: new Set([...owed.undecided, ...[...owed.breached].filter(sample => sample >= sureUntil)]),
    })
  }
  return out
}
