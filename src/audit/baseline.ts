import type { Spread } from '../clauses/judge.ts'
import { InputError } from '../model/diagnostic.ts'
import type { Finding, Outline, Told } from '../model/finding.ts'
import type { Interval } from '../model/interval.ts'
import type { Baseline, FixedBreach, OpenBreach, Report } from '../model/report.ts'
import { familyOf, isAmong, isOnSame, lifeOf, shortened, worstOf } from './breaches.ts'
import type { ClauseNames } from './waivers.ts'

/** What an earlier report tells: its breaches, in its order. `sha256` is of the bytes of its file. */
export interface EarlierReport extends Omit<Baseline, 'known' | 'fixed' | 'open'> {
  readonly breaches: readonly Told[]
}

/** As much of an earlier report as is read; a report is one. */
export interface Earlier {
  readonly contract: Pick<Report['contract'], 'id'>
  readonly asOf: number
  readonly period: Interval & { readonly text: string }
  readonly clauses: readonly { readonly findings: Iterable<Told> }[]
}

/** What a baseline needs of an earlier report; an InputError when it is one on another contract. */
export function earlierReport(
  report: Earlier,
  { file, sha256 }: { readonly file: string; readonly sha256: string },
  contractId: string,
): EarlierReport {
  const { id } = report.contract
  if (id !== contractId) {
    throw new InputError([
      {
        code: 'other-contract',
        severity: 'error',
        message: `${file} is a report on the contract "${id}", not on "${contractId}"`,
        hint: 'a baseline is an earlier JSON report on the same contract',
      },
    ])
  }
  const { asOf, period } = report
  const { start, end, text } = period
  const breaches: Told[] = []
  for (const { findings } of report.clauses) {
    for (const finding of findings) if (finding.status === 'breached') breaches.push(shortened(finding))
  }
  return { file, sha256, asOf, period: { start, end, text }, breaches }
}

/** The breaches of an earlier report held against the findings of now: each finding is shown once. */
export interface BaselineSearch {
  /** Whether a finding that is breached, or waived, is a breach that was one then; `find` makes it if need be. */
  see(clause: string, id: string, outline: Pick<Outline, 'status' | 'reason'>, find: () => Finding): boolean
  /** How it compares; complete once all findings were seen. Clauses that aren't judged are left out. */
  baseline(period: Interval, clauses: ClauseNames): Baseline
}

/**
 * A breach is known by its id and by what it began with; of several breaches of both as many are known as there were.
 * `spreadOf` tells which findings are on more than one thing: those are known by what they are on.
 */
export function searchBaseline(
  earlier: EarlierReport,
  spreadOf: (finding: Told) => Spread | undefined = () => undefined,
): BaselineSearch {
  const { breaches, ...said } = earlier
  const single = new Map<string, Single>()
  const families = new Map<string, Family>()
  const spreads = new Map<Told, Spread>()
  const concerned = new Set<string>()
  const spreading = new Set<string>()
  for (const breach of breaches) {
    const spread = spreadOf(breach)
    concerned.add(breach.clause)
    if (spread === undefined) singleOf(single, breach.id).before.push(breach)
    else {
      spreads.set(breach, spread)
      spreading.add(breach.clause)
      familyIn(families, breach).before.push(breach)
    }
  }
  const again = new Set<Told>()
  const blind = new Map<string, Interval[]>()
  let known = 0

  const isKnown = (finding: Told, own: Single | undefined): boolean => {
    const counts = finding.status === 'breached' || finding.status === 'waived'
    if (own !== undefined) {
      own.now.push({ life: lifeOf(finding), status: finding.status })
      const same = counts ? own.before.find(one => !again.has(one) && lifeOf(one) === lifeOf(finding)) : undefined
      if (same !== undefined && finding.status === 'breached') again.add(same)
      return same !== undefined
    }
    const spread = spreadOf(finding)
    const family = spread === undefined ? undefined : families.get(familyOf(finding))
    if (spread === undefined || family === undefined) return false
    family.now.push(shortenedNow(finding))
    return counts && isAmong(finding, family.before, spread)
  }
  return {
    see(clause, id, { status, reason }, find) {
      if (!concerned.has(clause)) return false
      const isBlind = status === 'unverified' && BLIND.has(reason)
      const own = single.get(id)
      if (own === undefined && !spreading.has(clause) && !isBlind) return false
      const found = find()
      const finding = found.status === status ? found : { ...found, status }
      if (isBlind && (finding.subject === '' || reason === 'no-record')) {
        blind.set(clause, [...(blind.get(clause) ?? []), finding.window])
      }
      const same = isKnown(finding, own)
      if (same && status === 'breached') known++
      return same
    },
    baseline(period, { all, judged }) {
      const fixed: FixedBreach[] = []
      const open: OpenBreach[] = []
      for (const breach of breaches) {
        const { id: finding, clause } = breach
        const spread = spreads.get(breach)
        const now = again.has(breach)
          ? 'breached'
          : spread === undefined
            ? nowOf(breach, single)
            : nowAmong(breach, spread, families)
        if (now === 'breached') continue
        // Of what is not audited nothing is known.
        if (now === undefined && all.includes(clause) && !judged.includes(clause)) continue
        if (now === 'unverified' || now === 'pending' || now === 'waived') open.push({ finding, clause, now })
        else if (now === undefined && (blind.get(clause) ?? []).some(window => meets(breach.window, window))) {
          open.push({ finding, clause, now: 'unverified' })
        } else if ((now !== undefined && spread === undefined) || isWithin(breach, spread, said.period, period)) {
          fixed.push({ finding, clause, now: now ?? 'gone' })
        }
      }
      return { ...said, known, fixed, open }
    },
  }
}

/** Breaches of one id, and what findings of that id are now. */
interface Single {
  readonly before: Told[]
  readonly now: { readonly life: number; readonly status: Finding['status'] }[]
}

/** Breaches that are spread, and the findings of now that could be on the same. */
interface Family {
  readonly before: Told[]
  readonly now: Told[]
}

/** Why nothing is known of a clause as a whole. */
const BLIND: ReadonlySet<string> = new Set(['missing', 'incomplete', 'bad-rows', 'no-record'])

function singleOf(single: Map<string, Single>, id: string): Single {
  const found = single.get(id) ?? { before: [], now: [] }
  single.set(id, found)
  return found
}

function familyIn(families: Map<string, Family>, breach: Told): Family {
  const name = familyOf(breach)
  const found = families.get(name) ?? { before: [], now: [] }
  families.set(name, found)
  return found
}

function shortenedNow(finding: Told): Told {
  return { ...shortened(finding), ...(finding.undecided !== undefined && { undecided: finding.undecided }) }
}

/** What a breach is now: a finding of the same life before others of its id; a later life that is breached is another. */
function nowOf(breach: Told, single: ReadonlyMap<string, Single>): Finding['status'] | undefined {
  const own = single.get(breach.id)
  if (own === undefined) return undefined
  const same = own.now.filter(({ life, status }) => life === lifeOf(breach) && status !== 'breached')
  return worstOf((same.length > 0 ? same : own.now).map(({ status }) => status))
}

function nowAmong(breach: Told, spread: Spread, families: ReadonlyMap<string, Family>): Finding['status'] | undefined {
  const now = families.get(familyOf(breach))?.now.filter(one => isOnSame(one, breach, spread)) ?? []
  const statuses = now.map(({ status }) => status)
  return statuses.includes('breached') ? 'breached' : worstOf(statuses)
}

/** Whether an audit of a period would show all of a breach that the earlier one could see. */
function isWithin(breach: Told, spread: Spread | undefined, then: Interval, now: Interval): boolean {
  const at = spread === undefined ? heldIn(breach) : breach.window
  const cut = { start: Math.max(at.start, then.start), end: Math.min(at.end, then.end) }
  const seen = cut.start < cut.end ? cut : at
  return seen.start >= now.start && seen.end <= now.end
}

/** The window; of what runs on a clock only up to the breach, whose instant is part of it: that decided it. */
function heldIn({ window, start, due, breached }: Told): Interval {
  const over = start === undefined || due === undefined ? undefined : breached?.[0]?.start
  return { start: window.start, end: over === undefined ? window.end : Math.min(window.end, over + 1) }
}

/** Whether an interval lies in the other at least in part; one without length by its instant. */
function meets(one: Interval, { start, end }: Interval): boolean {
  return one.start < end && (one.end > start || (one.start === one.end && one.start >= start))
}
