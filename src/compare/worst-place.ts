import type { Interval } from '../model/interval.ts'
import { windowsOver } from '../time/window.ts'
import type { Zone } from '../time/zone.ts'
import { verdictOf } from './judge-log.ts'
import type { AnyRule, Candidate, Side, World, Worst } from './rule.ts'
import { promisesOf } from './worst-keys.ts'
import type { Said } from './worst-scope.ts'

/** How it is known that the worst of one clause keeps another: by rule, wherever it lies, or there. */
export type Kept = 'by-rule' | 'there'

/** Whether the worst case of one clause keeps another one about the same records; undefined: not known to. */
export async function keptBy(rule: AnyRule, one: Said, other: Said, world: World): Promise<Kept | undefined> {
  const isFree = one.worst.key.startsWith('downtime/longest-free')
  if (isUnlimited(other.worst)) return 'by-rule'
  if (one.worst.ms === 0 && one.worst.better !== 'more') return 'by-rule'
  // What costs nothing under the stronger promise may cost something under the other.
  if (!isFree && isImplied(rule, one, other, world)) return 'by-rule'
  if (isInside(one.worst, other.worst)) return 'there'
  if (isFree) return undefined
  const log = await logAt(rule, one, other, world)
  if (log === undefined) return undefined
  for (const side of log.sides) if ((await verdictOf(side, log.candidate, rule.owns)) !== 'met') return undefined
  return 'there'
}

/** Whether it bounds nothing: not where some of what it is about has a number and some has none. */
function isUnlimited({ key, ms, text, notes }: Worst): boolean {
  if (ms !== undefined || key === 'vulnerability/known-exploited') return false
  return text === 'no number' || (text === 'no limit' && !notes.some(note => note.includes('; no number ')))
}

/** Whether by rule each promise of the other that bears on it is kept, of the records of the narrower one. */
function isImplied(rule: AnyRule, one: Said, other: Said, world: World): boolean {
  const ours = sidesOf(rule, one)
  const theirs = sidesOf(rule, other)
  return theirs.every(their => {
    const our = ours.find(({ term }) => term.key === their.term.key)
    if (our === undefined) return false
    const { where, services, ...rest } = their.clause
    const { where: filter, services: named } = our.clause
    const clause = { ...rest, ...(filter && { where: filter }), ...(named && { services: named }) }
    return rule.relate({ ...their, clause }, our, world).atLeast === true
  })
}

/** The clause with each of its promises that the worst case rests on; with all where none is called so. */
function sidesOf(rule: AnyRule, { side, worst }: Said): readonly Side[] {
  const promises = promisesOf(worst.key)
  const all = rule.terms(side.clause, side.contract)
  const own = all.filter(({ key }) => promises.includes(key))
  return (own.length > 0 ? own : all).map(term => ({ ...side, term }))
}

/** What is less than an outage that is let pass is let pass too; other things have to be the very same. */
function isInside(one: Worst, other: Worst): boolean {
  const [a, b] = [one.at, other.at]
  if (one.key.startsWith('downtime/longest')) {
    return a !== undefined && b !== undefined && a.start >= b.start && a.end <= b.end
  }
  if (one.key.startsWith('downtime/') || one.ms !== other.ms || one.beside !== other.beside) return false
  return a?.start === b?.start && a?.end === b?.end
}

interface Log {
  readonly candidate: Candidate
  readonly sides: readonly Side[]
}

/** A log in which it happens; undefined where there is none to try. */
async function logAt(rule: AnyRule, one: Said, other: Said, world: World): Promise<Log | undefined> {
  const [a] = sidesOf(rule, one)
  const [b] = sidesOf(rule, other)
  const pieces = piecesOf(one.worst, one.side.zone, world)
  if (a === undefined || b === undefined || pieces.length === 0) return undefined
  const candidate = await LOGS[rule.kind]?.(a, b, pieces, world)
  return candidate && { candidate, sides: [a, b] }
}

/**
 * Where it is tried: the sum of a year spread over its months by their lengths, that of a month in one piece. Where such a
 * log is let pass, no clause permits less.
 */
function piecesOf({ key, ms, at }: Worst, zone: Zone, { span }: World): readonly Interval[] {
  if (ms !== undefined && /^downtime\/month(\/|$)/.test(key)) {
    const start = at?.start ?? span.start
    return [{ start, end: start + ms }]
  }
  if (ms === undefined || !/^downtime\/year(\/|$)/.test(key)) return at === undefined ? [] : [at]
  const months = windowsOver({ kind: 'calendar', unit: 'month' }, { zone }, span)
  const upTo = (at: number) => Number((BigInt(ms) * BigInt(at - span.start)) / BigInt(span.end - span.start))
  return months.map(({ start, end }) => ({ start, end: start + upTo(end) - upTo(start) }))
}

type LogMaker = (one: Side, other: Side, pieces: readonly Interval[], world: World) => Promise<Candidate | undefined>

const LOGS: Readonly<Record<string, LogMaker>> = {
  // biome-ignore lint/suspicious/noExplicitAny: sides of the kind that the maker is for
  availability: async (one: Side<any>, other: Side<any>, pieces, world) => {
    const { benchOf } = await import('./rules/availability/bench.ts')
    const bench = benchOf(one, other, world)
    const [first, last] = [pieces[0], pieces.at(-1)]
    if (first === undefined || last === undefined) return undefined
    const rows = pieces.map(piece => bench.outage(piece))
    return bench.log({ start: first.start, end: last.end }, rows, 'The worst of one.')
  },
  // biome-ignore lint/suspicious/noExplicitAny: sides of the kind that the maker is for
  support: async (base: Side<any>, other: Side<any>, [at], world) => {
    const { promisedOf, readingOf } = await import('./rules/support/promise.ts')
    const { lifeOf } = await import('./rules/support/scene.ts')
    const { logOf } = await import('./rules/support/tickets.ts')
    const [own, their] = [promisedOf(base), promisedOf(other)]
    if (own === undefined || their === undefined || at === undefined) return undefined
    const scene = {
      base,
      other,
      own,
      their,
      a: readingOf(base, own),
      b: readingOf(other, their),
      priority: own.priority ?? '',
      span: world.span,
      world,
      log: (stories: Parameters<typeof logOf>[2], story: string) => logOf(base, other, stories, story),
    }
    return scene.log([lifeOf(scene, at.start, at.end)], 'The worst of one.')
  },
}
