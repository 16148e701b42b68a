import type { Finding } from '../model/finding.ts'
import type { Zone } from '../time/zone.ts'
import { instantWords } from './explain-acts.ts'
import { mostUnknownText } from './explain-share.ts'
import { figureText } from './quantities.ts'

/** What would settle a verdict that is not decided: how much of what is not known may go either way, and what to supply. */
export function settlingText(finding: Finding, zone: Zone): string | undefined {
  return [limitText(finding, zone), supplyText(finding)].filter(Boolean).join('; ') || undefined
}

/** `met if at most 1h 36m of what is not known was down`, `met if at most 4h of it counted`. */
function limitText(finding: Finding, zone: Zone): string | undefined {
  const { details, promised, bounds, bound, due, reason } = finding
  const [allowed, down] = [details?.allowance_ms, details?.down_ms ?? 0]
  if (promised.unit === 'ratio' && typeof allowed === 'number' && typeof down === 'number' && allowed >= down) {
    return reason === 'missing' ? undefined : `met if at most ${mostUnknownText(finding, allowed - down)}`
  }
  const [lowest, highest] = [bounds?.lowest, bounds?.highest]
  if (promised.unit !== 'ms' || lowest?.unit !== 'ms' || highest?.unit !== 'ms' || bound !== 'at-most') return undefined
  if (lowest.value > promised.value || highest.value <= promised.value) return undefined
  const by =
    due === undefined || reason === 'date-only' || reason === 'undecided'
      ? ''
      : `, due ${instantWords(due, finding, zone)}`
  return `met if at most ${figureText(promised, finding)} of it counted${by}`
}

/** What to supply: as the finding itself says it, else by its reason. */
function supplyText(finding: Finding): string {
  const { notes, reason, observed, timeline, details } = finding
  const settling = notes.find(note => note.includes('would settle'))
  if (settling !== undefined) return settling
  const said = [
    observed.unit === 'none' ? observed.text : '',
    ...notes,
    ...timeline.filter(({ effect }) => effect === 'unknown').map(({ why }) => why),
  ]
  const what = reason === 'missing' ? typesOf(said) : (SUPPLIES[reason] ?? columnsOf(said, details?.column))
  return `${what ?? 'evidence that tells'} would settle it`
}

/** `outage or check records`, out of `no outage or check records supplied`. */
function typesOf(said: readonly string[]): string | undefined {
  const [, types] = said.flatMap(text => /\bno ((?:[a-z-]+(?:, | or )?)+) records/.exec(text) ?? [])
  return types === undefined ? undefined : `${types} records`
}

/** `a responded_at`, out of `no responded_at tells …`. */
function columnsOf(said: readonly string[], column: string | number | undefined): string | undefined {
  const named = said.flatMap(text => text.match(/\b[a-z]+(?:_[a-z]+)+\b/g) ?? [])
  const plain = said.flatMap(
    text => /^its ([a-z]+) is not known|^no ([a-z]+) tells/.exec(text)?.slice(1).filter(Boolean) ?? [],
  )
  if (named.length === 0) named.push(...plain)
  const columns = [...new Set(column === undefined ? named : [String(column)])]
  return columns.length === 0 ? undefined : `a value for ${columns.join(' or ')}`
}

const SUPPLIES: Readonly<Partial<Record<string, string>>> = {
  'bad-row': 'its row, mended,',
  'bad-rows': 'the rows that were left out, mended,',
  'bad-slice': 'the rows of that slice, mended,',
  uncertain: 'exact times in the rows that leave it open',
  'date-only': 'times in place of dates',
  undecided: 'times in place of dates',
  'stamp-inexact': 'times in place of dates',
  contradictory: 'rows that agree',
  'repeated-id': 'one row for each id, or a mapping with `rows: updates` if they are successive states,',
  'no-opening': 'a row that tells when it was opened',
  'no-priority': 'a priority, or `unprioritised` in the contract,',
  'unknown-priority': 'a priority of the contract, or a mapping that gives this value one,',
  'no-zone': 'a customer_timezone',
  'no-clock': 'the instant that its clock starts from',
  'unknown-scan': 'a scan row of that id',
  unrated: 'a score, or a label that a band names,',
  'score-disputed': 'an order of the sources in the contract, or scores that agree,',
  'between-scans': 'a fixed_at, or a scan in between,',
  'not-seen-since': 'a fixed_at, or a later scan,',
  'between-samples': 'samples of that time',
  'no-record': 'records that name it',
  'no-scenario': 'a scope that is one of the scenarios',
  'not-exercised': 'an incident, or a restore in earnest,',
  'pauses-unknown': 'a log of ticket changes, or --assume-complete ticket-change if there were none,',
  'chain-unknown': 'rows for all that it needs',
  'country-unknown': 'a country for that place',
  'run-not-ended': 'the end of that run',
  'between-listings': 'a log of deletions, or a deleted_at,',
  'deletions-unknown': 'a log of deletions, or a later listing,',
  'copies-unknown': 'rows of its copies',
  'existence-unknown': 'a log of deletions, or a listing of that time,',
  'not-logged': 'a log that tells of that time',
}
