import {
  type Amount,
  allowanceOf,
  type Hours24,
  type Life,
  type Promised,
  type Terms,
  tally,
} from './support-oracle.ts'

export interface Verdict {
  readonly status: 'met' | 'breached' | 'pending' | 'unverified' | 'not-applicable'
  readonly priority?: string
  readonly start?: number
  readonly due?: number
  readonly counted?: number
  readonly allowed?: number
  /** The clock has stopped by `as of`. */
  readonly stopped?: boolean
  /** When it was met or breached; left out while neither. */
  readonly decided?: number
}

/** The ticket as it stood in each minute up to `as of`, an event at a minute included. */
interface Replay {
  readonly paused: (minute: number) => boolean
  readonly resolved: (minute: number) => boolean
  readonly resolves: readonly number[]
  readonly reopenings: readonly number[]
  readonly resolvedNow: boolean
}

function replay(life: Life, asOf: number, terms: Terms, stops: ReadonlySet<string>): Replay {
  const byMinute = new Map(life.events.map(e => [e.at, e]))
  const pausedAt = new Set<number>()
  const resolvedAt = new Set<number>()
  const resolves: number[] = []
  const reopenings: number[] = []
  const counts = (state: string | undefined) => terms.pausedIn.length > 0 && (!state || terms.pausedIn.includes(state))
  let waiting = false
  let held = false
  let resolved = false
  for (let m = life.opened; m <= asOf; m++) {
    const event = byMinute.get(m)
    if (event?.change === 'status') waiting = event.value !== undefined && terms.pausedIn.includes(event.value)
    if (event?.change === 'paused' && counts(event.value)) held = true
    const closes: boolean = event !== undefined && stops.has(event.change) && !resolved
    const reopens: boolean = event?.change === 'reopened' && resolved
    if (closes) resolves.push(m)
    if (reopens) reopenings.push(m)
    if (closes || reopens) resolved = closes
    if (closes || reopens || event?.change === 'resumed') waiting = held = false
    if (waiting || held) pausedAt.add(m)
    if (resolved) resolvedAt.add(m)
  }
  return {
    paused: m => pausedAt.has(m),
    resolved: m => resolvedAt.has(m),
    resolves,
    reopenings,
    resolvedNow: resolved,
  }
}

const RESOLVES = new Set(['resolved', 'closed'])
const STOPS_TOO = new Set(['resolved', 'closed', 'workaround'])

/**
 * The verdict on one promise for one ticket: the worst over the priorities that bind, all of them where several are
 * equally bad, none where no priority promises anything of the kind.
 */
export function judge(life: Life, promise: Promised, terms: Terms, hours: Hours24, asOf: number): readonly Verdict[] {
  const known = life.events.filter(e => e.at <= asOf)
  const first = (...changes: readonly string[]) => known.find(e => changes.includes(e.change))?.at
  const answers = ['responded', 'replied', ...(terms.autoReplyCounts ? ['auto-replied'] : [])]
  const plain = replay(life, asOf, terms, RESOLVES)
  const cycles = terms.workaroundCounts ? replay(life, asOf, terms, STOPS_TOO) : plain
  const earliest = (...list: readonly (number | undefined)[]) => {
    const there = list.filter(m => m !== undefined)
    return there.length === 0 ? undefined : Math.min(...there)
  }
  const resolveIn = ({ resolves, resolvedNow }: Replay) =>
    terms.onReopen === 'first-resolve' ? resolves[0] : resolvedNow ? resolves.at(-1) : undefined

  let start = terms.from === 'opened' ? life.opened : terms.from === 'reported' ? life.reported : first('responded')
  let stop: number | undefined
  let left = plain.paused
  if (promise === 'respond') stop = earliest(first(...answers), plain.resolves[0])
  if (promise === 'workaround') stop = earliest(first('workaround'), plain.resolves[0])
  if (promise === 'resolve') {
    stop = resolveIn(cycles)
    left = cycles.paused
    if (terms.onReopen === 'restart') start = cycles.reopenings.at(-1) ?? start
    if (terms.onReopen === 'continue') left = m => cycles.paused(m) || cycles.resolved(m)
  }
  if (promise === 'report') {
    // A workaround may stop the resolve clock; a report is owed on the resolution.
    const resolved = resolveIn(plain)
    if (resolved === undefined) return ofPriority({ status: 'not-applicable' })
    start = resolved
    stop = first('report-sent')
  }
  if (promise === 'update-every') {
    const from = first(...answers) ?? life.opened
    stop = plain.resolvedNow ? plain.resolves.at(-1) : undefined
    const marks = known.filter(e => [...answers, 'updated'].includes(e.change)).map(e => e.at)
    const cuts = [from, ...marks, ...plain.reopenings, stop ?? asOf].filter(m => m >= from).sort((a, b) => a - b)
    return ofPriority(undefined, (amount, priority) => {
      const stretches = cuts.slice(1).map((to, i) => {
        const since = cuts[i] ?? to
        const { minutes, runs } = allowanceOf(amount, since, terms, hours)
        const counted = tally(since, to, m => runs(m) && !plain.paused(m) && !plain.resolved(m))
        return { counted, over: counted > minutes, minutes }
      })
      const longest = stretches.reduce((a, b) => (b.counted > a.counted ? b : a), {
        counted: 0,
        over: false,
        minutes: 0,
      })
      const status = stretches.some(s => s.over) ? 'breached' : stop === undefined ? 'pending' : 'met'
      return { status, priority, counted: longest.counted, start: from }
    })
  }
  if (start === null) return ofPriority({ status: 'unverified' })
  if (start === undefined) return ofPriority({ status: plain.resolvedNow ? 'not-applicable' : 'pending' })

  const begin = start
  const end = Math.max(begin, stop ?? asOf)
  return ofPriority(undefined, (amount, priority) => {
    const { minutes: allowed, runs, end: plainEnd } = allowanceOf(amount, begin, terms, hours)
    const counts = (m: number) => runs(m) && (m >= end || !left(m))
    const counted = tally(begin, end, counts)
    const paused = plainEnd !== undefined && tally(begin, plainEnd, runs) > tally(begin, plainEnd, counts)
    const due = plainEnd === undefined || paused ? walk(begin, allowed, allowed === 0 ? runs : counts) : plainEnd
    const status = counted > allowed ? 'breached' : stop === undefined ? 'pending' : 'met'
    let over = due
    while (status === 'breached' && !counts(over)) over++
    const decided = status === 'breached' ? over : status === 'met' ? stop : undefined
    const stopped = stop !== undefined
    return { status, priority, start: begin, due, counted, allowed, stopped, ...(decided !== undefined && { decided }) }
  })

  /** The same verdict for whichever priority binds, or one made from its amount. */
  function ofPriority(
    fixed: Verdict | undefined,
    make?: (amount: Amount, priority: string) => Verdict,
  ): readonly Verdict[] {
    // What stopped before it started has no time in it.
    const until = Math.max(stop ?? asOf, start ?? 0)
    const later = known.filter(e => e.change === 'priority')
    const binding =
      terms.onPriorityChange === 'at-open'
        ? [life.priority]
        : terms.onPriorityChange === 'carry'
          ? [later.filter(e => e.at <= until).at(-1)?.value ?? life.priority]
          : [life.priority, ...later.filter(e => e.at <= until).map(e => e.value ?? null)]
    const verdicts = binding.flatMap((written): readonly Verdict[] => {
      const priority = written ?? terms.unprioritised
      const amounts = priority === null ? undefined : terms.priorities[priority]
      if (priority === null || amounts === undefined) return [{ status: 'unverified' }]
      const amount = amounts[promise]
      if (amount === undefined) return []
      return [make === undefined ? { ...fixed, status: fixed?.status ?? 'unverified' } : make(amount, priority)]
    })
    const worst = ['breached', 'unverified', 'pending', 'met'].find(s => verdicts.some(v => v.status === s))
    return worst === undefined ? verdicts : verdicts.filter(v => v.status === worst)
  }
}

/** The first instant at which `amount` counted minutes are over; for 0 the first minute that counts. */
function walk(from: number, amount: number, counts: (minute: number) => boolean): number {
  let rest = amount
  for (let m = from; m < from + 200 * 1440; m++) {
    if (rest === 0 && (amount > 0 || counts(m))) return m
    if (counts(m)) rest--
  }
  throw new Error('no due within 200 days')
}
