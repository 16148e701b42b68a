import type { Ticket } from '../../evidence/records.ts'
import type { Finding, Status, Step } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import type { Duration } from '../../time/duration.ts'
import type { Window } from '../../time/window.ts'
import { integer } from '../fraction.ts'
import { windowsAt } from '../tallies.ts'
import { isCovered } from './fixed.ts'
import type { Plan } from './plan.ts'
import { runOf } from './runs.ts'
import { clocksOf } from './ticket-scope.ts'
import { judgeRun, type Verdict } from './verdict.ts'
import { clockTime, hoursText } from './words.ts'

const MEANS = ['respond', 'workaround', 'resolve'] as const
type MeanWord = (typeof MEANS)[number]

/** Sums of one promise in one window, in ms of its clock. `least` and `most` are of tickets not known exactly. */
interface Sum {
  stopped: number
  open: number
  unknown: number
  total: bigint
  /** So far, of those that still run. */
  running: bigint
  /** The least that tickets not known exactly may add beyond, or below, the mean promised; `most` without bound: absent. */
  least: bigint
  most: bigint | undefined
  clock: string
  longest: { readonly ticket: number; readonly verdict: Verdict } | undefined
}

export interface Means {
  add(index: number, ticket: Ticket): void
  findings(): readonly Finding[]
}

/** The mean time of all tickets of a clause whose clock starts in a window; undefined where none is promised. */
export function makeMeans(plan: Plan): Means | undefined {
  const { mean } = plan.clause.body
  if (mean === undefined) return undefined
  const words = MEANS.filter(word => mean[word] !== undefined)
  const windows = plan.context.windows(mean.window.rule)
  const sums = new Map<string, Sum>()

  function sumOf(word: MeanWord, window: Window): Sum {
    const key = `${word}\u0000${window.key}`
    const known = sums.get(key)
    if (known !== undefined) return known
    const clock = mean?.[word]?.unit === 'elapsed' && plan.hours === 'always' ? 'always' : plan.clause.body.calendar
    const sum: Sum = {
      stopped: 0,
      open: 0,
      unknown: 0,
      total: 0n,
      running: 0n,
      least: 0n,
      most: 0n,
      clock,
      longest: undefined,
    }
    sums.set(key, sum)
    return sum
  }

  function add(index: number, ticket: Ticket): void {
    const clocks = clocksOf(ticket, plan)
    if (clocks === undefined) return
    for (const word of words) {
      const amount = mean?.[word]
      if (amount === undefined) continue
      if ('status' in clocks || clocks.idle !== undefined) {
        if (!('status' in clocks) && clocks.idle !== undefined && 'notStarted' in clocks.idle) continue
        each(word, clocks.start, sum => addUnknown(sum, undefined, amount))
        continue
      }
      const run = runOf(word, clocks.life, clocks.start)
      if ('noClock' in run || 'notStarted' in run) continue
      const verdict = judgeRun(amount, run, clocks.rules, plan.context.asOf)
      each(word, run.start, (sum, certain) =>
        addVerdict(sum, verdict, index, certain, amount, run.stop?.to !== undefined),
      )
    }
  }

  function each(word: MeanWord, start: Moment, take: (sum: Sum, certain: boolean) => void): void {
    const found = windowsAt(windows, start)
    const certain = found.every(window => window.start <= start.earliest && start.latest <= window.end)
    for (const window of found) take(sumOf(word, window), certain)
  }

  const findings = () =>
    windows.flatMap(window =>
      words.flatMap(word => {
        const amount = mean[word]
        return amount === undefined ? [] : [meanFinding(word, amount, window, windows, sumOf(word, window), plan)]
      }),
    )
  return { add, findings }
}

function addVerdict(
  sum: Sum,
  verdict: Verdict,
  ticket: number,
  certain: boolean,
  amount: Duration,
  stopped: boolean,
): void {
  const { counted, bounds, stop } = verdict
  if (sum.longest === undefined || counted > sum.longest.verdict.counted) sum.longest = { ticket, verdict }
  if (bounds !== undefined || !certain || (stop !== undefined) !== stopped || verdict.status === 'unverified') {
    addUnknown(sum, { least: bounds?.lowest ?? counted, ...(stopped && { most: bounds?.highest ?? counted }) }, amount)
  } else if (stop === undefined) {
    sum.open++
    sum.running += BigInt(counted)
  } else {
    sum.stopped++
    sum.total += BigInt(counted)
  }
}

/** A ticket of which the time, or whether it counts at all, is not known: at best it lowers the mean. */
function addUnknown(
  sum: Sum,
  bounds: { readonly least: number; readonly most?: number } | undefined,
  amount: Duration,
): void {
  const promised = limitOf(amount)
  sum.unknown++
  sum.least += BigInt(Math.min(bounds?.least ?? 0, promised))
  if (bounds?.most === undefined) sum.most = undefined
  else if (sum.most !== undefined) sum.most += BigInt(Math.max(bounds.most, promised))
}

function limitOf(amount: Duration): number {
  return amount.unit === 'elapsed' || amount.unit === 'business-time' ? amount.ms : 0
}

function meanFinding(
  word: MeanWord,
  amount: Duration,
  window: Window,
  windows: readonly Window[],
  sum: Sum,
  plan: Plan,
): Finding {
  const { clause, context } = plan
  const limit = limitOf(amount)
  const end = Math.min(window.end, context.contract.term?.end ?? window.end)
  const covered = isCovered(window, windows, plan)
  const [status, reason] = verdictOf(sum, limit, end > context.asOf, covered)
  const count = sum.stopped + sum.open
  // Rounded up, toward the breach: a whole number of ms keeps its side of the promise.
  const mean = count === 0 ? undefined : Number((sum.total + sum.running + BigInt(count - 1)) / BigInt(count))
  const near = mean !== undefined && limit > 0 && mean * 100 >= limit * context.riskPercent
  return {
    id: `${clause.id}/mean-${word}/${window.key}`,
    clause: clause.id,
    promise: `mean-${word}`,
    subject: '',
    window: { start: window.start, end: window.end },
    status,
    reason,
    ...(near && (status === 'met' || status === 'pending') && { atRisk: true as const }),
    bound: 'at-most',
    promised: { unit: 'ms', value: limit },
    observed: mean === undefined ? { unit: 'none', text: 'no ticket' } : { unit: 'ms', value: mean },
    ...(mean !== undefined && status !== 'unverified' && { margin: { unit: 'ms', value: limit - mean } as const }),
    details: {
      clock: sum.clock,
      tickets: count,
      sum_ms: integer(sum.total + sum.running),
      ...(sum.open > 0 && { open: sum.open }),
      ...(sum.unknown > 0 && { unverified: sum.unknown }),
    },
    timeline: longestStep(sum, plan),
    evidence: sum.longest === undefined ? [] : [context.evidence.tickets.ticket(sum.longest.ticket).origin],
    notes:
      reason === 'incomplete'
        ? ['no log of tickets that is complete for this window: one, or a coverage row, would settle it']
        : mean === undefined
          ? []
          : [`${hoursText(Number(sum.total + sum.running))} over ${count} ticket${count === 1 ? '' : 's'}`],
  }
}

/** While tickets may still come nothing is decided; then breached if the least, and met if the most, say so. */
function verdictOf(sum: Sum, limit: number, running: boolean, covered: boolean): readonly [Status, string] {
  const all = sum.stopped + sum.open + sum.unknown
  if (running) return ['pending', 'running']
  if (!covered) return ['unverified', 'incomplete']
  if (all === 0) return ['not-applicable', 'none']
  const allowed = BigInt(limit) * BigInt(all)
  if (sum.total + sum.running + sum.least > allowed) return ['breached', 'over']
  if (sum.open > 0) return ['pending', 'open']
  return sum.most !== undefined && sum.total + sum.most <= allowed ? ['met', 'within'] : ['unverified', 'undecided']
}

function longestStep({ longest }: Sum, { context }: Plan): readonly Step[] {
  if (longest === undefined) return []
  const { verdict, ticket: index } = longest
  const ticket = context.evidence.tickets.ticket(index)
  const at = { start: verdict.start, end: Math.max(verdict.start, verdict.stop ?? context.asOf) }
  const why = `${ticket.id}, the longest: ${clockTime(verdict.counted, verdict)}`
  return [{ at, effect: 'counted', reason: 'longest', why, origin: ticket.origin }]
}
