import type { WitnessRow } from '../model/comparison.ts'
import { evidenceText, type Judged, judgeTerm, type Shown } from './judge-log.ts'
import type { AnyRule, Candidate, Ordering, Side, World } from './rule.ts'
import { inNamesOf } from './translate.ts'

/** Which of the two contracts a log breaches, while the other tolerates it. */
export type Breaches = 'base' | 'other'

/** A log that separates, with the findings that show it: of the base and of the other. */
export interface Found {
  readonly breaches: Breaches
  readonly candidate: Candidate
  readonly shown: readonly [Shown | undefined, Shown | undefined]
}

/** What is known of two terms by rule and by search, with the shortest logs found. */
export interface Settled {
  /** Whether `other` is at least, at most as strong; undefined: neither proven nor refuted. */
  readonly atLeast: boolean | undefined
  readonly atMost: boolean | undefined
  readonly rules: readonly string[]
  readonly found: readonly Found[]
}

/** Two terms that are held against each other, and how each stands to a log; logs come by more than once. */
interface Pair {
  readonly rule: AnyRule
  readonly base: Side
  readonly other: Side
  ofBase(candidate: Candidate): Promise<Judged>
  ofOther(candidate: Candidate): Promise<Judged>
  /** Whether what holds together with the term of a side keeps it from letting the log pass. */
  isHeldBack(side: Breaches, candidate: Candidate): Promise<boolean>
}

/** Terms of the same contracts that hold together with the two: what one of them breaches, the contract does not tolerate. */
export interface Together {
  readonly base: readonly Side[]
  readonly other: readonly Side[]
}

const ALONE: Together = { base: [], other: [] }

function pairOf(rule: AnyRule, base: Side, other: Side, together: Together): Pair {
  const inNames = (candidate: Candidate, side: Side) => inNamesOf(candidate, base.term, side.term)
  const ofBase = remembered(candidate => judgeTerm(base, candidate, rule.owns))
  const ofOther = remembered(candidate => judgeTerm(other, inNames(candidate, other), rule.owns))
  const isHeldBack = async (side: Breaches, candidate: Candidate): Promise<boolean> => {
    const own = side === 'base' ? base : other
    if (rule.concerns !== undefined) {
      const log = side === 'base' ? candidate : inNames(candidate, own)
      if ((await judgeTerm(own, log, rule.concerns)).verdict === 'breached') return true
    }
    for (const more of together[side]) {
      const log = side === 'base' ? candidate : inNames(candidate, more)
      if ((await judgeTerm(more, log, rule.owns)).verdict !== 'met') return true
    }
    return false
  }
  return { rule, base, other, ofBase, ofOther, isHeldBack }
}

function remembered(judge: (candidate: Candidate) => Promise<Judged>): (candidate: Candidate) => Promise<Judged> {
  const known = new Map<string, Promise<Judged>>()
  return candidate => {
    const { period, asOf, rows } = candidate
    const key = `${period.start} ${period.end} ${asOf}\n${evidenceText(rows)}`
    const judged = known.get(key) ?? judge(candidate)
    known.set(key, judged)
    return judged
  }
}

/** Candidates tried for one pair of terms. */
const MOST_TRIES = 300
/** Nobody reads longer logs; those of a backup every minute would take minutes each. */
const MOST_ROWS = 5_000

/**
 * Settles how two terms stand: what the rule proves needs no log, for all else candidates are judged by the auditor
 * until each open question has a log that answers it.
 */
export async function settle(rule: AnyRule, base: Side, other: Side, world: World, together = ALONE): Promise<Settled> {
  const pair = pairOf(rule, base, other, together)
  const ordering = jointly(rule.relate(base, other, world), together)
  const open = new Set<Breaches>()
  if (ordering.atLeast !== true) open.add('base')
  if (ordering.atMost !== true) open.add('other')
  const found: Found[] = []
  for (const one of await separating(pair, world, open)) found.push(await shorten(pair, one))
  found.sort((a, b) => (a.breaches < b.breaches ? -1 : a.breaches > b.breaches ? 1 : 0))
  const refuted = (breaches: Breaches): boolean => found.some(one => one.breaches === breaches)
  return {
    atLeast: refuted('base') ? false : ordering.atLeast,
    atMost: refuted('other') ? false : ordering.atMost,
    rules: ordering.rules,
    found,
  }
}

/** What a rule says is false of one clause, may be true of several that hold together. */
export function jointly({ atLeast, atMost, rules }: Ordering, { base, other }: Together): Ordering {
  return {
    atLeast: atLeast === false && other.length > 0 ? undefined : atLeast,
    atMost: atMost === false && base.length > 0 ? undefined : atMost,
    rules,
  }
}

/** Whether some log breaches one of the two and is let pass by the other. */
export async function isSeparable(
  rule: AnyRule,
  base: Side,
  other: Side,
  world: World,
  breaches: Breaches,
  together = ALONE,
): Promise<boolean> {
  return (await separating(pairOf(rule, base, other, together), world, new Set([breaches]))).length > 0
}

/** The first log found for each question that is asked, as it was made. */
async function separating(pair: Pair, world: World, asked: ReadonlySet<Breaches>): Promise<readonly Found[]> {
  const { rule, base, other } = pair
  const open = new Set(asked)
  const found: Found[] = []
  if (open.size === 0) return found
  let tries = 0
  for (const candidate of rule.candidates(base, other, world)) {
    if (++tries > MOST_TRIES) break
    if (candidate.rows.length > MOST_ROWS) continue
    // Signals are heard between two logs.
    await breath()
    const { one } = await separates(pair, candidate, open, 'base')
    if (one === undefined) continue
    open.delete(one.breaches)
    found.push(one)
    if (open.size === 0) break
  }
  return found
}

function breath(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

interface Tried {
  readonly one?: Found
  /** Whose verdict was not what it takes. */
  readonly failed?: Breaches
}

/** Whether a log separates the two in a way that is still asked for. `first`: who is asked first. */
async function separates(
  { ofBase, ofOther, isHeldBack }: Pair,
  candidate: Candidate,
  asked: ReadonlySet<Breaches>,
  first: Breaches,
): Promise<Tried> {
  const one = first === 'base' ? await ofBase(candidate) : await ofOther(candidate)
  const second: Breaches = first === 'base' ? 'other' : 'base'
  if (one.verdict === 'other') return { failed: first }
  const breaches = one.verdict === 'breached' ? first : second
  if (!asked.has(breaches)) return { failed: first }
  const two = first === 'base' ? await ofOther(candidate) : await ofBase(candidate)
  if (two.verdict === 'other' || two.verdict === one.verdict) return { failed: second }
  const tolerant: Breaches = breaches === 'base' ? 'other' : 'base'
  if (await isHeldBack(tolerant, candidate)) return { failed: tolerant }
  const shown = first === 'base' ? ([one.shown, two.shown] as const) : ([two.shown, one.shown] as const)
  return { one: { breaches, candidate, shown } }
}

/** Attempts to make one found log shorter. */
const MOST_CUTS = 60
/** Of a log with so many rows left, two that can't go alone are tried together; longer ones are cut by pieces first. */
const FEW_ROWS = 6
/** After so many rows in a run that can't go, the others of the run are taken to be needed too, but for its first. */
const MOST_ALIKE = 4

/**
 * Without the rows, and the columns blank in all of them, that it takes no part in; the last ones go first. A log that
 * would show something else than before, or for another reason, is no longer the one that its story tells.
 */
async function shorten(pair: Pair, found: Found): Promise<Found> {
  const asked = new Set([found.breaches])
  let shortest = found
  let cuts = 0
  // Who objects to one cut mostly objects to the next one.
  let first: Breaches = 'base'
  const attempt = async (rows: readonly WitnessRow[]): Promise<boolean> => {
    if (rows.length === 0 || ++cuts > MOST_CUTS) return false
    const { one, failed } = await separates(pair, { ...found.candidate, rows }, asked, first)
    if (failed !== undefined) first = failed
    if (one === undefined || !isAlike(one.shown[0], found.shown[0]) || !isAlike(one.shown[1], found.shown[1]))
      return false
    shortest = one
    return true
  }
  const rows = () => shortest.candidate.rows
  for (let size = rows().length >> 1; size > FEW_ROWS / 2; size >>= 1) {
    for (let i = rows().length - size; i >= 0; i -= size) {
      await attempt(rows().filter((_, at) => at < i || at >= i + size))
    }
  }
  let alike = 0
  for (let i = rows().length - 1; i >= 0; i--) {
    alike = isOfOneMake(rows()[i], rows()[i + 1]) ? alike : 0
    if (alike >= MOST_ALIKE && isOfOneMake(rows()[i], rows()[i - 1])) continue
    alike = (await attempt(rows().filter((_, at) => at !== i))) ? 0 : alike + 1
  }
  for (let i = rows().length - 1; i > 0 && rows().length <= FEW_ROWS; i--) {
    for (let j = i - 1; j >= 0; j--) {
      if (!(await attempt(rows().filter((_, at) => at !== i && at !== j)))) continue
      i--
      break
    }
  }
  for (const column of blankColumns(rows())) await attempt(rows().map(row => without(row, column)))
  return shortest
}

/** Whether two rows tell of the same kind of thing, all but when. */
function isOfOneMake(a: WitnessRow | undefined, b: WitnessRow | undefined): boolean {
  if (a === undefined || b === undefined || a.type !== b.type) return false
  const columns = (row: WitnessRow) => Object.keys(row).filter(column => row[column] !== '')
  return columns(a).join() === columns(b).join()
}

/** Whether two findings show the same: of one promise, with one verdict, for one reason. */
function isAlike(a: Shown | undefined, b: Shown | undefined): boolean {
  return a?.status === b?.status && a?.reason === b?.reason && a?.promise === b?.promise
}

function blankColumns(rows: readonly WitnessRow[]): readonly string[] {
  const columns = new Set(rows.flatMap(row => Object.keys(row)))
  return [...columns].filter(column => rows.every(row => (row[column] ?? '') === ''))
}

function without(row: WitnessRow, column: string): WitnessRow {
  const { [column]: _, ...rest } = row
  return rest as WitnessRow
}
