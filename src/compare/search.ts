import type { WitnessRow } from '../model/comparison.ts'
import type { Status } from '../model/finding.ts'
import { judgeTerm } from './judge-log.ts'
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

export interface Shown {
  readonly id: string
  readonly status: Status
}

/** What is known of two terms by rule and by search, with the shortest logs found. */
export interface Settled {
  /** Whether `other` is at least, at most as strong; undefined: neither proven nor refuted. */
  readonly atLeast: boolean | undefined
  readonly atMost: boolean | undefined
  readonly rules: readonly string[]
  readonly found: readonly Found[]
}

/** Candidates tried for one pair of terms. */
const MOST_TRIES = 300
/** Attempts to make one found log shorter. */
const MOST_CUTS = 60

/**
 * Settles how two terms stand: what the rule proves needs no log, for all else candidates are judged by the auditor
 * until each open question has a log that answers it.
 */
export async function settle(rule: AnyRule, base: Side, other: Side, world: World): Promise<Settled> {
  const ordering = rule.relate(base, other, world)
  const found = await search(rule, base, other, world, ordering)
  const refuted = (breaches: Breaches): boolean => found.some(one => one.breaches === breaches)
  return {
    atLeast: refuted('base') ? false : ordering.atLeast,
    atMost: refuted('other') ? false : ordering.atMost,
    rules: ordering.rules,
    found,
  }
}

async function search(
  rule: AnyRule,
  base: Side,
  other: Side,
  world: World,
  { atLeast, atMost }: Ordering,
): Promise<readonly Found[]> {
  const open = new Set<Breaches>()
  if (atLeast !== true) open.add('base')
  if (atMost !== true) open.add('other')
  const found: Found[] = []
  if (open.size === 0) return found
  let tries = 0
  for (const candidate of rule.candidates(base, other, world)) {
    if (open.size === 0 || ++tries > MOST_TRIES) break
    const one = await separates(rule, base, other, candidate, open)
    if (one === undefined) continue
    open.delete(one.breaches)
    found.push(await shorten(rule, base, other, one))
  }
  return found.sort((a, b) => (a.breaches < b.breaches ? -1 : a.breaches > b.breaches ? 1 : 0))
}

/** Whether a log separates the two in a way that is still asked for. */
async function separates(
  { owns }: AnyRule,
  base: Side,
  other: Side,
  candidate: Candidate,
  asked: ReadonlySet<Breaches>,
): Promise<Found | undefined> {
  const ofBase = await judgeTerm(base, candidate, owns)
  if (ofBase.verdict === 'other' || !asked.has(ofBase.verdict === 'breached' ? 'base' : 'other')) return undefined
  const ofOther = await judgeTerm(other, inNamesOf(candidate, base.term, other.term), owns)
  if (ofOther.verdict === 'other' || ofOther.verdict === ofBase.verdict) return undefined
  const breaches = ofBase.verdict === 'breached' ? 'base' : 'other'
  return { breaches, candidate, shown: [ofBase.shown, ofOther.shown] }
}

/** Without the rows, and the columns blank in all of them, that it takes no part in; the last ones go first. */
async function shorten(rule: AnyRule, base: Side, other: Side, found: Found): Promise<Found> {
  const asked = new Set([found.breaches])
  let shortest = found
  let cuts = 0
  const attempt = async (rows: readonly WitnessRow[]): Promise<boolean> => {
    if (++cuts > MOST_CUTS) return false
    const one = await separates(rule, base, other, { ...shortest.candidate, rows }, asked)
    if (one === undefined) return false
    shortest = one
    return true
  }
  for (let i = found.candidate.rows.length - 1; i >= 0 && shortest.candidate.rows.length > 1; i--) {
    const { rows } = shortest.candidate
    await attempt(rows.filter((_, at) => at !== i))
  }
  for (const column of blankColumns(shortest.candidate.rows)) {
    await attempt(shortest.candidate.rows.map(row => without(row, column)))
  }
  return shortest
}

function blankColumns(rows: readonly WitnessRow[]): readonly string[] {
  const columns = new Set(rows.flatMap(row => Object.keys(row)))
  return [...columns].filter(column => rows.every(row => (row[column] ?? '') === ''))
}

function without(row: WitnessRow, column: string): WitnessRow {
  const { [column]: _, ...rest } = row
  return rest as WitnessRow
}
