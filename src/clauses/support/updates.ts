import type { TicketChange } from '../../evidence/records.ts'
import type { Moment } from '../../model/interval.ts'
import type { Duration } from '../../time/duration.ts'
import { lastResolve, type Range, reopeningsOf, stillTime } from './states.ts'
import { firstOf, isEnd, isExact, isResponse, type Life, pausesUnknown, type Run } from './ticket-clocks.ts'
import type { ClockRules } from './timing.ts'
import { judgeRun, type Verdict } from './verdict.ts'

/** The stretches between updates: the run and verdict of the longest (the most over), and their number. */
export interface Updates {
  readonly run: Run
  readonly verdict: Verdict
  readonly stretches: number
  /** How many of them are too long, or may be. */
  readonly over: number
  /** The stretch that still runs, if another one is shown. */
  readonly running?: { readonly run: Run; readonly verdict: Verdict }
}

/** When updates are first owed: from the response, or from the start where there is none before the resolution. */
export function updatesStart(life: Life, start: Moment): Moment {
  const response = firstOf(life.ticket, change => isResponse(change, life.rules))
  const end = lastResolve(life.states)
  if (response === undefined || (end?.to !== undefined && response.range.from > end.to)) return start
  const { from, to = from } = response.range
  // An earlier one may be unknown, and after the resolution it says nothing.
  const { unknown } = life.ticket
  const known = !unknown.has('responded') && !unknown.has('resolved')
  const certain = known && (end === undefined || to <= end.from)
  return {
    earliest: certain ? Math.max(from, start.earliest) : start.earliest,
    latest: Math.max(to, start.latest),
  }
}

/** No stretch between response, updates, replies, reopenings and the resolution may exceed the amount. */
export function judgeUpdates(amount: Duration, life: Life, from: Moment, rules: ClockRules): Updates {
  const { states, asOf } = life
  const end = lastResolve(states)
  const told = toldBy(life).filter(({ at }) => at.latest > from.earliest && at.earliest <= (end?.to ?? asOf))
  const still = stillTime(states, asOf, true, false)
  const possible = life.exact ? still : stillTime(states, asOf, true, true)
  const maybeStill = pausesUnknown(life) ? [{ start: Number.MIN_SAFE_INTEGER, end: asOf }] : possible
  const runs = stretchesOf(from, told, end).map((stretch): Run => ({ ...stretch, still, maybeStill }))
  const judged = runs.map(run => ({ run, verdict: judgeRun(amount, run, rules, asOf) }))
  const over = ({ verdict }: { verdict: Verdict }) => verdict.counted - verdict.allowance.ms
  const most = judged.reduce((a, b) =>
    rank(b.verdict) > rank(a.verdict) || (rank(b.verdict) === rank(a.verdict) && over(b) > over(a)) ? b : a,
  )
  const open = judged.find(({ run }) => run.stop?.to === undefined)
  const { unknown } = life.ticket
  const missing = (['resolved', 'responded'] as const).find(word => unknown.has(word))
  const worst = statusOf(judged.map(({ verdict }) => verdict.status))
  // What isn't known can only have made stretches shorter.
  const doubtful = missing !== undefined && worst !== 'met'
  const status = doubtful ? 'unverified' : worst
  const { bounds: _, ...longest } = most.verdict
  const bounds = boundsOf(
    judged.map(({ verdict }) => verdict),
    missing !== undefined,
  )
  const shown = {
    run: missing === undefined ? most.run : { ...most.run, missing },
    verdict: { ...longest, status, ...(bounds !== undefined && { bounds }) },
  } as const
  const numbers = {
    stretches: judged.length,
    over: judged.filter(({ verdict }) => verdict.status === 'breached' || verdict.status === 'unverified').length,
  }
  return open === undefined || open === most ? { ...shown, ...numbers } : { ...shown, ...numbers, running: open }
}

/** Between what the longest stretch is at least and at most. */
function boundsOf(all: readonly Verdict[], shorter: boolean): Verdict['bounds'] {
  let [lowest, highest] = [0, 0]
  for (const { bounds, counted } of all) {
    if (!shorter) lowest = Math.max(lowest, bounds?.lowest ?? counted)
    highest = Math.max(highest, bounds?.highest ?? counted)
  }
  return lowest < highest ? { lowest, highest } : undefined
}

/** A verdict that rules first comes first; among those kept the longest decides. */
function rank({ status }: Verdict): number {
  return status === 'breached' ? 2 : status === 'unverified' ? 1 : 0
}

function statusOf(all: readonly Verdict['status'][]): Verdict['status'] {
  const worst = (['breached', 'unverified', 'pending'] as const).find(status => all.includes(status))
  return worst ?? 'met'
}

/** Everything that tells the customer something or ends a stretch. */
function toldBy({ ticket, rules, states, exact }: Life): readonly TicketChange[] {
  // Between a resolution and its reopening nothing counts: where stamps aren't exact the resolution alone will do.
  const reopenings = exact ? reopeningsOf(states) : undefined
  return ticket.changes.filter(change => {
    if (isResponse(change.change, rules) || change.change === 'updated' || isEnd(change.change)) return true
    return change.change === 'reopened' && reopenings?.has(change) === true
  })
}

type Stretch = Pick<Run, 'start' | 'stop' | 'stopper'>

/**
 * From each moment to the next. Where moments aren't exact, each stretch starts at the latest when all before it are
 * past, stops at the earliest when the next may come and at the latest when one certainly later has.
 */
function stretchesOf(from: Moment, told: readonly TicketChange[], end: Range | undefined): readonly Stretch[] {
  const changes = [...told].sort((a, b) => a.at.earliest - b.at.earliest)
  const moments = [from, ...changes.map(({ at }) => at)]
  /** By index, when one of the moments from there on certainly is past. */
  const first = new Float64Array(moments.length + 1).fill(Number.POSITIVE_INFINITY)
  for (let i = moments.length - 1; i >= 0; i--)
    first[i] = Math.min(moments[i]?.latest ?? Number.POSITIVE_INFINITY, first[i + 1] ?? Number.POSITIVE_INFINITY)
  const out: Stretch[] = []
  let past = Number.NEGATIVE_INFINITY
  let later = 0
  for (const [i, moment] of moments.entries()) {
    past = Math.max(past, moment.latest)
    const next = moments[i + 1]
    const earliest = Math.min(next?.earliest ?? Number.POSITIVE_INFINITY, end?.from ?? Number.POSITIVE_INFINITY)
    later = Math.max(later, i + 1)
    while (later < moments.length && (moments[later]?.earliest ?? 0) < moment.latest) later++
    const latest = Math.min(first[later] ?? Number.POSITIVE_INFINITY, end?.to ?? Number.POSITIVE_INFINITY)
    if (isExact(moment) && latest <= moment.earliest && i > 0) continue
    const start = { earliest: moment.earliest, latest: past }
    const stop =
      earliest === Number.POSITIVE_INFINITY
        ? undefined
        : {
            from: Math.max(earliest, start.earliest),
            ...(Number.isFinite(latest) && { to: Math.max(latest, start.earliest) }),
          }
    const stopper = changes[i]
    out.push(stop === undefined ? { start } : { start, stop, ...(stopper !== undefined && { stopper }) })
  }
  return out
}
