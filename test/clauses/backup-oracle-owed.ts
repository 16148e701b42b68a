import type { Range, Three, Told, ToldBackup } from './backup-oracle-known.ts'
import type { Promised } from './backup-oracle-promises.ts'
import { samples } from './backup-oracle-time.ts'

export type Status = 'met' | 'breached' | 'pending' | 'unverified'

/** One thing owed: from when on, until when (its decision; the sample after it), and what became of it. */
export interface Owed {
  readonly status: Status
  readonly from: number
  readonly decided: number
  readonly breached: ReadonlySet<number>
  readonly undecided: ReadonlySet<number>
  /** Whether the period has it is not said clearly enough. */
  readonly loose?: boolean
  /** Where what is shown as undecided may differ: which of several doubts is shown is not said. */
  readonly unsaid?: ReadonlySet<number>
}

export const ofComponent = (told: Told, component: string): readonly ToldBackup[] =>
  told.backups.filter(b => b.component === component || b.component === 'all')

export function inTerm({ term }: Pick<Told, 'term'>, tick: number): boolean {
  return term === undefined || (tick >= term[0] && (term[1] === undefined || tick < term[1]))
}

/** What must be covered from `from` to `to` within the term, instant by instant. */
export function owe(
  told: Told,
  start: number,
  [from, end]: Range,
  cover: (sample: number) => Three,
  { open = false, isThere = true }: { readonly open?: boolean; readonly isThere?: boolean } = {},
): Owed {
  const over = told.term?.[1] ?? Number.POSITIVE_INFINITY
  const to = Math.min(end, over)
  const until = Math.min(to, told.asOf)
  const breached = samples(from, until, sample => cover(sample) === 0)
  // What is gone at `as of` itself is known to be.
  const isGone =
    isThere && (told.asOf < to || (open && told.asOf < over)) && told.asOf >= from && cover(2 * told.asOf) === 0
  const undecided = samples(from, until, sample => cover(sample) === 1)
  const first = [...breached, ...(isGone ? [2 * told.asOf] : [])][0]
  const done = to <= told.asOf && (!open || over <= told.asOf)
  const status = first !== undefined ? 'breached' : !done ? 'pending' : undecided.size > 0 ? 'unverified' : 'met'
  return { status, from: 2 * start, decided: first ?? 2 * until, breached, undecided, loose: from >= over }
}

/** Successful ones of the term with all that is asked here known. */
export function candidates(told: Told, component: string, { accept, only }: Asked, ever = false) {
  return ofComponent(told, component)
    .flatMap(backup => {
      const { start, end, status } = backup
      const good = status !== undefined && accept.has(status) && (only === undefined || backup.kind === only)
      if (!good || start === undefined || typeof end !== 'number' || !(ever || inTerm(told, start))) return []
      return [{ backup, start, end }]
    })
    .sort((a, b) => a.start - b.start)
}

export type Asked = Pick<Promised, 'accept' | 'only'>

export const nothingYet = (from: number): Owed => ({
  status: 'pending',
  from: 2 * from,
  decided: 2 * from + 1,
  breached: new Set(),
  undecided: new Set(),
})
