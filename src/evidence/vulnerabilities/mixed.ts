import { compareOrigins } from '../tickets/tables.ts'
import type { VulnerabilityFlaw } from './records.ts'
import { type RoughLife, SEEN_AFTER, type Writable } from './rough-life.ts'
import type { Sighting } from './seen.ts'
import { isBefore, type RowTable } from './tables.ts'
import { endOf, startOf, type ToldLife } from './told.ts'

/**
 * Lives of a vulnerability that both a log and scans tell of. The log rules; what it does not know is taken from the
 * scans, and what they saw after the log's fix contradicts it.
 */
export function withScans(
  told: readonly ToldLife[],
  looks: readonly RoughLife[],
  rows: RowTable,
): readonly RoughLife[] {
  if (looks.length === 0) return told.map(life => plainLife(life, rows))
  const used = new Set<RoughLife>()
  const lives: RoughLife[] = []
  for (const [i, life] of told.entries()) {
    const next = told[i + 1]
    const until = next === undefined ? Number.POSITIVE_INFINITY : startOf(next)
    const plain = plainLife(life, rows)
    const open = life.fixed === undefined && life.contradictory === undefined && life.ends === undefined
    if (!open) {
      lives.push(withDetection(plain, looks, endOf(life)))
      continue
    }
    const mine = looks.filter(look => !used.has(look) && lastOf(look) >= startOf(life) && firstOf(look) < until)
    const [first, ...others] = mine
    for (const look of mine) used.add(look)
    if (first === undefined) lives.push(plain)
    else lives.push(taken(withDetection(plain, [first], until), first), ...others)
  }
  const own = new Set(looks.flatMap(look => (used.has(look) ? look.seen : [])))
  const seen = looks.flatMap(look => look.seen).filter(sighting => !own.has(sighting))
  return placed(lives, seen, rows)
}

function plainLife(one: ToldLife, rows: RowTable): RoughLife {
  const { detected, fixed, fixedBy, fixUnknown, rows: told, part, contradictory, ends } = one
  const life: Writable<RoughLife> = { detected, fixed, fixedBy, told, part, seen: NONE }
  if (fixUnknown !== undefined) life.fixUnknown = fixUnknown
  if (ends !== undefined) life.ends = ends
  if (contradictory === true) {
    const origins = told.map(row => rows.origin.get(row)).sort(compareOrigins)
    life.flaw = { reason: 'contradictory', why: CONTRADICTORY, origins }
  }
  return life
}

/** A detection that the log does not know is the first sighting. */
function withDetection(life: RoughLife, looks: readonly RoughLife[], until: number): RoughLife {
  if (life.detected !== undefined) return life
  const first = looks.find(look => firstOf(look) <= until)
  return first === undefined ? life : { ...life, detected: first.detected }
}

function taken(life: RoughLife, look: RoughLife): RoughLife {
  const { fixUnknown: _, ...rest } = life
  const { fixed, fixedBy, fixUnknown, lastSeen, goneIn, flaw } = look
  return {
    ...rest,
    fixed,
    fixedBy,
    seen: look.seen,
    ...(fixUnknown === undefined ? {} : { fixUnknown }),
    ...(lastSeen === undefined ? {} : { lastSeen }),
    ...(goneIn === undefined ? {} : { goneIn }),
    ...(flaw === undefined ? {} : { flaw }),
  }
}

/** Puts sightings into the lives they lie in; one after a fix and in no life is a contradiction. */
function placed(lives: readonly RoughLife[], seen: readonly Sighting[], rows: RowTable): readonly RoughLife[] {
  const inside = lives.map((): Sighting[] => [])
  const after = lives.map((): Sighting[] => [])
  for (const sighting of seen) {
    const { at } = sighting.scan
    const home = lives.findIndex(life => {
      const [start, end] = [startOf(life), endOf(life)]
      return start <= at.latest && at.earliest <= end
    })
    if (home >= 0) inside[home]?.push(sighting)
    else {
      const last = lives.findLastIndex(({ fixed }) => fixed !== undefined && fixed !== null && isBefore(fixed, at))
      if (last >= 0) after[last]?.push(sighting)
    }
  }
  return lives.map((life, i) => {
    const own = inside[i] ?? []
    const late = after[i] ?? []
    const all = own.length === 0 ? life.seen : [...life.seen, ...own].sort(byTime)
    const flaw: VulnerabilityFlaw = {
      reason: 'contradictory',
      why: SEEN_AFTER,
      origins: [...life.told, ...late.map(({ row }) => row)].map(row => rows.origin.get(row)).sort(compareOrigins),
    }
    return { ...life, seen: all, ...(late.length > 0 && life.flaw === undefined ? { flaw } : {}) }
  })
}

const NONE: readonly Sighting[] = []
const CONTRADICTORY = 'its rows overlap and differ'

const byTime = (a: Sighting, b: Sighting): number =>
  a.scan.at.earliest - b.scan.at.earliest || a.cells - b.cells || a.row - b.row
const firstOf = ({ seen }: RoughLife): number => seen[0]?.scan.at.earliest ?? Number.POSITIVE_INFINITY
const lastOf = ({ seen }: RoughLife): number => seen.at(-1)?.scan.at.latest ?? Number.NEGATIVE_INFINITY
