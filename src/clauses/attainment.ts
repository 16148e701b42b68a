import type { Percent } from '../contract/contract.ts'
import type { Finding, Origin, Status, Step } from '../model/finding.ts'
import type { Quantity } from '../model/quantity.ts'
import { ratio } from './fraction.ts'
import type { Context } from './judge.ts'
import type { Tally } from './tallies.ts'

/** What the finding on one share says beside its figures. */
export interface Share {
  readonly id: string
  readonly clause: string
  readonly promise: string
  readonly subject: string
  readonly target: Percent
  /** Whether the log is complete for the window. */
  readonly covered: boolean
  /** What is counted: `ticket`. */
  readonly noun: string
  readonly details: Readonly<Record<string, string | number>>
  /** Of those late, open and unknown, in this order. */
  readonly timeline: readonly Step[]
  readonly evidence: readonly Origin[]
}

/** The share of the records of a window that were in time, late ones as its steps. */
export function shareFinding(share: Share, tally: Tally, context: Context): Finding {
  const { target, covered, noun } = share
  const { window, inTime, late, open, unknown } = tally
  const { term } = context.contract
  const end = Math.min(window.end, term?.end ?? window.end)
  const running = end > context.asOf
  const decided = inTime + late.length
  const [status, reason] = verdictOf(tally, target, running, covered)
  const undecided = open.length + unknown.length
  const all = decided + undecided
  const margin = BigInt(inTime) * BigInt(target.of) - BigInt(target.part) * BigInt(decided)
  const allowed = BigInt(target.of - target.part) * BigInt(decided)
  const used = BigInt(late.length) * BigInt(target.of) * 100n >= allowed * BigInt(context.riskPercent)
  const atRisk = allowed > 0n && used && (status === 'met' || status === 'pending')
  return {
    id: share.id,
    clause: share.clause,
    promise: share.promise,
    subject: share.subject,
    window: { start: window.start, end: window.end },
    status,
    reason,
    ...(atRisk && { atRisk: true as const }),
    bound: 'at-least',
    promised: { unit: 'ratio', part: target.part, of: target.of },
    observed:
      decided === 0 ? { unit: 'none', text: `no ${noun} decided` } : { unit: 'ratio', part: inTime, of: decided },
    ...(decided > 0 &&
      status !== 'unverified' && { margin: ratio(margin, BigInt(target.of) * BigInt(decided)) satisfies Quantity }),
    ...(undecided > 0 && {
      bounds: {
        lowest: { unit: 'ratio', part: inTime, of: all },
        highest: { unit: 'ratio', part: inTime + undecided, of: all },
      } as const,
    }),
    details: {
      ...share.details,
      in_time: inTime,
      late: late.length,
      ...(open.length > 0 && { open: open.length }),
      ...(unknown.length > 0 && { unverified: unknown.length }),
    },
    timeline: share.timeline,
    evidence: share.evidence,
    notes: reason === 'incomplete' ? [incompleteNote(noun)] : [],
  }
}

/** What would settle a window of which not all records are known. */
export function incompleteNote(noun: string): string {
  const nouns = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`
  return `no log of ${nouns} that is complete for this window: one, or a coverage row, would settle it`
}

/** Met or breached only if every outcome of what is undecided leaves it so. */
function verdictOf(
  { inTime, late, open, unknown }: Tally,
  target: Percent,
  running: boolean,
  covered: boolean,
): readonly [Status, string] {
  const [some, more] = [open.length, unknown.length]
  const holds = (kept: number, of: number) => BigInt(kept) * BigInt(target.of) >= BigInt(target.part) * BigInt(of)
  const all = inTime + late.length + some + more
  // Records to come can outweigh any that were late, unless none may be.
  if (late.length > 0 && target.part === target.of) return ['breached', 'late']
  if (running) return ['pending', 'running']
  if (!covered) return ['unverified', 'incomplete']
  if (all === 0) return ['not-applicable', 'none']
  if (holds(inTime, all)) return ['met', 'in-time']
  if (!holds(inTime + some + more, all)) return ['breached', 'late']
  // What still runs may settle it whatever became of the others.
  const settled = !holds(inTime + more, all) || holds(inTime + some, all)
  return some > 0 && settled ? ['pending', 'open'] : ['unverified', 'undecided']
}
