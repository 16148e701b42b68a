import type { Copy } from '../../evidence/backups/records.ts'
import type { Step } from '../../model/finding.ts'
import { chainSteps } from './chain-steps.ts'
import { endSteps, failedCheck, instant, span } from './end-steps.ts'
import type { Item } from './items.ts'
import type { BackupRules } from './rules.ts'
import type { Candidate, Series } from './series.ts'

/** What is to be said of one backup in the timeline of an item: the run, its copies, and what became of them. */
export function backupSteps(
  index: number,
  item: Item,
  slot: string,
  series: Series,
  rules: BackupRules,
): readonly Step[] {
  const candidate = series.all[index]
  if (candidate === undefined) return []
  const run = runStep(candidate, item, slot, series, rules)
  if (slot === 'schedule') return [run]
  const { verifications, completed } = candidate.backup
  const only = slot === 'keep' ? rules.keep?.location : undefined
  const copies = candidate.backup.copies.filter(({ location }) => only === undefined || location === only)
  const lost = copies.flatMap(copy => endSteps(copy, candidate, copies.length > 1))
  if (slot === 'max-age') return [run, ...lost]
  const made = copies
    .filter(({ primary }) => !primary || slot === 'residency')
    .flatMap(copy => madeSteps(copy, candidate, rules))
  if (slot === 'residency' || slot === 'copies') return [run, ...made, ...lost]
  const checks = verifications.filter(({ passed }) => passed === false).map(check => failedCheck(check, candidate))
  const chain = item.status === 'met' ? [] : chainSteps(candidate, item, series, rules)
  const since = completed?.earliest ?? item.at.start
  return [
    run,
    ...(slot === 'copies-keep' ? made : []),
    ...lost,
    ...checks,
    ...chain.filter(({ at }) => at.end >= since),
  ]
}

/** The run: what it was, and why it does not count where it does not. */
function runStep(candidate: Candidate, item: Item, slot: string, series: Series, rules: BackupRules): Step {
  const { backup, started, completed } = candidate
  const from = started ?? (completed === null ? undefined : completed)
  const start = from?.earliest ?? firstSeen(backup.copies) ?? item.at.start
  const end = completed === null ? series.asOf : Math.min(completed?.latest ?? start, series.asOf)
  const at = { start, end: Math.max(start, end) }
  const [reason, why] = runWords(candidate, item, slot, rules)
  return { at, effect: 'note', reason, why: `${backup.id}: ${why}`, origin: backup.origin }
}

function runWords(
  { backup, counts, completed }: Candidate,
  { reason }: Item,
  slot: string,
  { accept, only }: BackupRules,
): readonly [reason: string, why: string] {
  const { status, kind, flaw } = backup
  if (flaw !== undefined) return [flaw.reason, flaw.why]
  if (status === 'running' || completed === null) return ['running', 'still runs']
  if (status === 'failed') return ['failed', 'failed, leaves nothing']
  if (counts === 'no') {
    if (status !== undefined && !accept.has(status)) return [status, `ended as ${status}, which does not count`]
    if (only !== 'any' && kind !== undefined && kind !== only) return ['kind', `is ${kind}, only ${only} ones count`]
    return ['not-counted', 'does not count']
  }
  if (counts === 'maybe') {
    if (status === undefined) return ['status-missing', 'not known whether it succeeded: no status']
    if (only !== 'any' && kind === undefined) return ['kind-missing', `not known whether it is ${only}: no kind`]
    return ['unclear', 'not known whether the clause covers it']
  }
  const what = `${kind === undefined ? '' : `${kind} `}backup${status === 'success' || status === undefined ? '' : ` (${status})`}`
  if (slot === 'schedule' && reason === 'late') return ['late', `${what}, too late`]
  return [status ?? 'success', what]
}

/** Where a copy came to be. */
function madeSteps(copy: Copy, { backup }: Candidate, { copies: promised }: BackupRules): readonly Step[] {
  const { made, begun, primary, origin } = copy
  const where = placeText(copy)
  if (made === null) {
    const at = begun?.earliest ?? 0
    if (begun == null) return []
    return [
      {
        at: instant(at),
        effect: 'note',
        reason: 'transfer-runs',
        why: `${backup.id}: its transfer to ${where} still runs`,
        origin,
      },
    ]
  }
  const first = made ?? copy.listed.find(({ there }) => there)?.first
  if (first === undefined) return []
  const differs = promised?.differs
  const original = backup.copies.find(one => one.primary)
  const isSame = differs !== undefined && copy[differs] !== undefined && copy[differs] === original?.[differs]
  const why = primary
    ? `${backup.id}: is at ${where}`
    : `${backup.id}: copy at ${where}${isSame ? `, the same ${differs}` : ''}`
  return [
    {
      at: span(first),
      effect: 'note',
      reason: 'copied',
      why: made === undefined ? `${why}, first listed` : why,
      origin,
    },
  ]
}

/** `off-site (FR)`, `azure (westeurope)`: a location with what is known of it. */
function placeText({ location, provider, region, country }: Copy): string {
  const facts = [provider, region, country].filter(fact => fact !== undefined && fact !== '')
  const [first, ...rest] = location === '' ? facts : [location, ...facts]
  if (first === undefined) return 'a place that no row names'
  return rest.length === 0 ? first : `${first} (${rest.join(', ')})`
}

function firstSeen(copies: readonly Copy[]): number | undefined {
  const seen = copies.flatMap(({ listed }) => listed.find(({ there }) => there)?.first.earliest ?? [])
  return seen.length === 0 ? undefined : Math.min(...seen)
}
