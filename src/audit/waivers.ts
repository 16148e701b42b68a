import type { WaiverEntry, Waivers } from '../contract/waivers.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Status, Waiver } from '../model/finding.ts'
import { nearest } from '../model/nearest.ts'
import type { WaiverFile, WaiverUse } from '../model/report.ts'
import { localDay, startOfDay } from '../time/local.ts'
import type { Zone } from '../time/zone.ts'
import { fitsPattern, isPattern, unescaped } from './pattern.ts'

/** The waivers of a file held against findings: each finding is shown once, in any order. */
export interface WaiverSearch {
  /** Whether some entry that could be of a clause has wildcards in it. */
  hasPatterns(clause: string): boolean
  /** Shows the ids of a clause before its findings: an entry that is one of them is no pattern but that id. */
  expect(ids: Iterable<string>): void
  /** The number of the entry that counts for a finding, held or expired; -1 if it isn't breached or none fits. */
  see(id: string, status: Status): number
  /** The waiver of an entry that holds; undefined once it has expired. */
  held(entry: number): Waiver | undefined
  /** What an expired entry has to say to a finding. */
  note(entry: number): string
  /** What became of the entries; complete once all findings were seen. */
  file(): WaiverFile
  /** What is wrong with them. `breached` gives the ids of breached findings of a clause, for did-you-mean. */
  warnings(clauses: ClauseNames, breached: (clause: string) => Iterable<string>): readonly Diagnostic[]
}

/** Ids of the clauses of the contract, and of those that are judged. */
export interface ClauseNames {
  readonly all: readonly string[]
  readonly judged: readonly string[]
}

/**
 * A waiver holds to the end of its last local day, that instant included. Of several that fit a finding the one that
 * holds longest counts, of those the one that names it; the order of the entries makes no difference.
 */
export function searchWaivers(waivers: Waivers, asOf: number, zone: Zone): WaiverSearch {
  const today = lastDayBegun(asOf - 1, zone)
  const entries = waivers.entries.map((entry): Seen => {
    return { entry, daysLeft: entry.lastDay - today, passed: 0, outdone: undefined, unbroken: 0, first: undefined }
  })
  const ranks = rankOf(waivers.entries)
  const texts = waivers.entries.map(({ finding }) => [...new Set([finding, unescaped(finding)])])
  const exact = new Map<string, number[]>()
  for (const [i, all] of texts.entries()) for (const text of all) exact.set(text, [...(exact.get(text) ?? []), i])
  let patterns = [...texts.keys()].filter(i => isPattern(waivers.entries[i]?.finding ?? ''))
  const fitting = (id: string): readonly number[] => [
    ...new Set([
      ...(exact.get(id) ?? []),
      ...patterns.filter(i => texts[i]?.some(text => fitsPattern(text, id)) === true),
    ]),
  ]
  return {
    hasPatterns: clause => patterns.some(i => texts[i]?.some(text => text.startsWith(`${clause}/`)) === true),
    expect(ids) {
      const named = new Set<number>()
      for (const id of ids) for (const i of exact.get(id) ?? []) named.add(i)
      patterns = patterns.filter(i => !named.has(i))
    },
    see(id, status) {
      const fit = fitting(id)
      let best = -1
      for (const i of fit) if (best < 0 || (ranks[i] ?? 0) < (ranks[best] ?? 0)) best = i
      for (const i of fit) {
        const seen = entries[i]
        if (seen === undefined) continue
        if (status !== 'breached') {
          seen.unbroken++
          seen.first ??= { id, status }
        } else if (i === best) seen.passed++
        else seen.outdone ??= best
      }
      return status === 'breached' ? best : -1
    },
    held(number) {
      const seen = entries[number]
      return seen === undefined || seen.daysLeft < 0 ? undefined : waiverOf(seen.entry)
    },
    note(number) {
      const entry = entries[number]?.entry
      return entry === undefined ? '' : `waiver expired ${entry.until} (${entry.approver}: ${entry.reason})`
    },
    file: () => ({ file: waivers.file, sha256: waivers.sha256, entries: entries.map(useOf) }),
    warnings: (clauses, breached) => entries.flatMap(seen => warningOf(seen, entries, clauses, breached) ?? []),
  }
}

interface Seen {
  readonly entry: WaiverEntry
  readonly daysLeft: number
  /** Breaches for which this entry is the one that counts. */
  passed: number
  /** An entry that counts in its place for some breach. */
  outdone: number | undefined
  /** Findings that it fits and that are not breached, and the first of them. */
  unbroken: number
  first: { readonly id: string; readonly status: Status } | undefined
}

/** Whole local days up to and with this many left are few. */
const FEW_DAYS = 30

/** The last local date that has begun at an instant, also where the clock goes back over a midnight. */
function lastDayBegun(at: number, zone: Zone): number {
  const day = localDay(zone, at)
  return startOfDay(zone, day + 1) <= at ? day + 1 : day
}

/** Of each entry its place among all, the one that counts before others first. */
function rankOf(entries: readonly WaiverEntry[]): readonly number[] {
  const order = [...entries.keys()].sort((a, b) => {
    const [one, other] = [entries[a], entries[b]]
    if (one === undefined || other === undefined) return 0
    const kind = Number(isPattern(one.finding)) - Number(isPattern(other.finding))
    return other.lastDay - one.lastDay || kind || compare(textOf(one), textOf(other)) || a - b
  })
  const ranks: number[] = []
  for (const [rank, i] of order.entries()) ranks[i] = rank
  return ranks
}

function textOf({ finding, approver, reason }: WaiverEntry): string {
  return JSON.stringify([finding, approver, reason])
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function waiverOf({ finding, reason, approver, until }: WaiverEntry): Waiver {
  return { finding, reason, approver, until }
}

function useOf({ entry, passed, daysLeft }: Seen): WaiverUse {
  const state = passed === 0 ? 'unmatched' : daysLeft < 0 ? 'expired' : 'used'
  return { ...waiverOf(entry), state, findings: passed, daysLeft }
}

function warningOf(
  seen: Seen,
  all: readonly Seen[],
  clauses: ClauseNames,
  breached: (clause: string) => Iterable<string>,
): Diagnostic | undefined {
  const { entry, passed, daysLeft } = seen
  const warn = (code: string, rest: string, hint?: string): Diagnostic => ({
    code,
    severity: 'warning',
    message: `the waiver for ${entry.finding} ${rest}`,
    span: entry.span,
    frame: entry.frame,
    ...(hint !== undefined && { hint }),
  })
  if (passed === 0) {
    const said = idleText(seen, all, clauses, breached)
    return said && warn('waiver-unmatched', said.text, said.hint)
  }
  const breaches = `${passed} ${passed === 1 ? 'breach counts' : 'breaches count'}`
  if (daysLeft < 0) {
    return warn('waiver-expired', `expired ${entry.until}: ${breaches} again`, 'have it renewed, or remove it')
  }
  if (daysLeft > FEW_DAYS) return undefined
  const left = daysLeft === 0 ? 'the day of as-of' : `in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}`
  return warn('waiver-ends-soon', `ends ${entry.until}, ${left}: then ${breaches} again`)
}

/** Why an entry lets nothing pass; nothing to say where its clause was left out of the audit. */
function idleText(
  { entry, outdone, unbroken, first }: Seen,
  all: readonly Seen[],
  { all: contracted, judged }: ClauseNames,
  breached: (clause: string) => Iterable<string>,
): { readonly text: string; readonly hint?: string } | undefined {
  if (outdone !== undefined) {
    const other = all[outdone]?.entry.span.line ?? 0
    return { text: `lets nothing pass that the one on line ${other} doesn't`, hint: 'remove it' }
  }
  if (first !== undefined) {
    const which = unbroken === 1 ? '' : `, one of ${unbroken} that it fits and that are not breached`
    const text = `lets nothing pass: ${first.id} is ${WORDS[first.status] ?? first.status}${which}`
    return { text, hint: 'only breaches are waived' }
  }
  const [clause = ''] = entry.finding.split('/')
  if (isPattern(clause)) return { text: 'fits no finding of this audit' }
  if (!contracted.includes(clause)) {
    const meant = nearest(clause, contracted)
    const hint = meant === undefined ? `clauses: ${contracted.join(', ')}` : `did you mean ${meant}?`
    return { text: `fits no finding: there is no clause "${clause}"`, hint }
  }
  if (!judged.includes(clause)) return undefined
  const meant = isPattern(entry.finding) ? undefined : nearest(entry.finding, breached(clause))
  return { text: 'fits no finding of this audit', ...(meant !== undefined && { hint: `did you mean ${meant}?` }) }
}

const WORDS: Readonly<Partial<Record<Status, string>>> = { 'not-applicable': 'not applicable' }
