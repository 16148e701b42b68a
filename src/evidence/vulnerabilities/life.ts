import type { Origin } from '../../model/finding.ts'
import type { Happened } from '../records.ts'
import { compareOrigins } from '../tickets/tables.ts'
import { earliestTold } from './bodies.ts'
import type { Life, Score, VulnerabilityFlaw } from './records.ts'
import type { RoughLife, Writable } from './rough-life.ts'
import type { Facts } from './rows.ts'
import type { Said } from './said.ts'
import type { Sighting } from './seen.ts'
import { isBefore, LEFT, type RowTable, type SharedTexts } from './tables.ts'

/** What a life is made of, beside its rows. */
export interface LifeSource {
  readonly rows: RowTable
  readonly shared: SharedTexts
  readonly asset: string
  /** Whether `asset` is a column of which the cells are kept. */
  readonly keepsAsset: boolean
  readonly said: Said
}

/** A life with everything its rows say. */
export function lifeOf(life: RoughLife, number: number, source: LifeSource): Life {
  const { rows } = source
  const { detected, fixed, fixedBy, fixUnknown, lastSeen, goneIn, told, part } = life
  const seen = life.seen.length === 0 ? life.seen : life.seen.filter(({ row }) => (rows.flags.get(row) & LEFT) === 0)
  const all = seen.length === 0 ? told : [...told, ...seen.map(({ row }) => row)]
  const origins = originsOf(life, rows)
  const made: Writable<Life> = {
    number,
    origin: origins[0] ?? { input: 0 },
    rows: origins,
    detected,
    evaluated: earliestTold(all.map(row => rows.evaluated.get(row))),
    mitigated: earliestTold(all.map(row => mitigatedIn(row, part, rows))),
    fixed,
    fixedBy,
    scores: scoresOf(told, seen, source),
    attributes: attributesOf(all, source),
  }
  if (fixUnknown !== undefined) made.fixUnknown = fixUnknown
  if (lastSeen !== undefined) made.lastSeen = lastSeen
  if (goneIn !== undefined) made.goneIn = goneIn
  const suppressed = seen.length === 0 ? toldSuppressed(life, source) : seenSuppressed(seen, source)
  if (suppressed !== undefined) made.suppressed = suppressed
  const flaw = flawOf(life, source)
  if (flaw !== undefined) made.flaw = flaw
  return made
}

function factsIn(row: number, { rows, shared }: LifeSource): Facts {
  return shared.facts.of(rows.facts.get(row))
}

function originsOf({ told, seen, goneIn }: RoughLife, rows: RowTable): readonly Origin[] {
  const own = told.map(row => rows.origin.get(row))
  if (own.length > 1) own.sort(compareOrigins)
  const [first, last] = [seen[0], seen.at(-1)]
  if (first !== undefined) own.push(rows.origin.get(first.row))
  if (last !== undefined && last !== first) own.push(rows.origin.get(last.row))
  if (goneIn !== undefined) own.push(goneIn.origin)
  return own
}

function flawOf({ flaw }: RoughLife, { said }: LifeSource): VulnerabilityFlaw | undefined {
  if (flaw !== undefined || said.bad.length === 0) return flaw
  const why = 'a bad row that tells of it was left out'
  return { reason: 'bad-row', why, origins: [...said.bad].sort(compareOrigins) }
}

/** A reopening ends the mitigation before it; of two lives of a row one has it. */
function mitigatedIn(row: number, part: RoughLife['part'], rows: RowTable): Happened {
  const at = rows.mitigated.get(row)
  if (part === 'whole' || at === undefined || at === null) return at
  const reopened = rows.reopened.get(row)
  if (reopened === undefined || reopened === null) return at
  const [isEarlier, isLater] = [at.latest <= reopened.earliest, isBefore(reopened, at)]
  if (part === 'before') return isLater ? undefined : at
  return isLater ? at : isEarlier ? null : undefined
}

function scoresOf(told: readonly number[], seen: readonly Sighting[], source: LifeSource): readonly Score[] {
  const { rows, shared, said } = source
  const scores: Score[] = []
  for (const row of told) {
    const score = shared.facts.score(shared.facts.scoreOf(rows.facts.get(row)))
    if (score !== undefined) scores.push({ ...score, origin: rows.origin.get(row) })
  }
  // Whatever the order of rows.
  if (scores.length > 1) scores.sort((a, b) => compareTexts(rated(a), rated(b)) || compareOrigins(a.origin, b.origin))
  if (seen.length === 0 && said.scores.length === 0) return withoutRepeats(scores)
  const dated: Score[] = [...said.scores]
  let before: number | undefined
  for (const { row, scan } of seen) {
    const id = rows.facts.get(row)
    // Between two sightings a record may say something else.
    const said = source.said.scores.length === 0 ? shared.facts.scoreOf(id) : id
    if (said === before) continue
    before = said
    const score = shared.facts.score(shared.facts.scoreOf(id))
    if (score !== undefined) dated.push({ ...score, at: scan.at, origin: rows.origin.get(row) })
  }
  dated.sort(
    (a, b) =>
      (a.at?.earliest ?? 0) - (b.at?.earliest ?? 0) ||
      (a.at?.latest ?? 0) - (b.at?.latest ?? 0) ||
      compareTexts(wordsOf(a), wordsOf(b)) ||
      compareOrigins(a.origin, b.origin),
  )
  return withoutRepeats([...scores, ...dated])
}

function toldSuppressed({ told, detected }: RoughLife, source: LifeSource): Life['suppressed'] {
  const row = told.at(-1)
  const found = row === undefined ? undefined : factsIn(row, source).suppressed
  if (row === undefined || found === undefined) return undefined
  const at = found.at ?? detected
  return at === undefined || at === null ? undefined : { at, why: found.why, origin: source.rows.origin.get(row) }
}

/** Since the first of the last sightings that say so; of the last scan, one is enough. */
function seenSuppressed(seen: readonly Sighting[], source: LifeSource): Life['suppressed'] {
  const end = seen.at(-1)
  let found: Life['suppressed']
  for (let i = seen.length - 1; i >= 0; i--) {
    const one = seen[i]
    if (one === undefined) break
    const own = factsIn(one.row, source).suppressed
    if (own === undefined) return one.scan === end?.scan ? undefined : found
    found = { at: own.at ?? one.scan.at, why: own.why, origin: source.rows.origin.get(one.row) }
  }
  return found
}

function attributesOf(all: readonly number[], source: LifeSource): Readonly<Record<string, string>> {
  const { shared, asset, keepsAsset } = source
  // Without a prototype, so that a column may be called `constructor`.
  const cells: Record<string, string> = Object.create(null)
  const read = new Set<number>([0])
  for (const row of all) {
    const id = factsIn(row, source).attributes
    if (read.has(id)) continue
    read.add(id)
    for (const [column, cell] of JSON.parse(shared.attributeSets.text(id)) as [string, string][]) {
      // What rows of one life say differently is not known.
      cells[column] = cells[column] === undefined || cells[column] === cell ? cell : '?'
    }
  }
  // A row of a scan may leave it to the scan to say.
  if (keepsAsset && asset !== '') cells.asset = asset
  return cells
}

/** Without scores that say the same as the one before of the same source and version; at one time, none is before. */
function withoutRepeats(scores: readonly Score[]): readonly Score[] {
  if (scores.length < 2) return scores
  const last = new Map<string, { readonly at: string; readonly texts: Set<string> }>()
  return scores.filter((score, i) => {
    const key = JSON.stringify([score.source, score.version])
    const at = score.at === undefined ? `row ${i}` : `${score.at.earliest} ${score.at.latest}`
    const text = wordsOf(score)
    const known = last.get(key)
    if (known?.at === at) {
      if (known.texts.has(text)) return false
      known.texts.add(text)
      return true
    }
    const [only, ...others] = known?.texts ?? []
    const before = others.length === 0 ? only : undefined
    if (before === text && isAlone(score, i, scores)) return false
    last.set(key, { at, texts: new Set([text]) })
    return true
  })
}

/** Whether no later one of its time says otherwise. */
function isAlone(score: Score, at: number, scores: readonly Score[]): boolean {
  for (let i = at + 1; i < scores.length; i++) {
    const other = scores[i]
    if (other === undefined || !isAtOnce(other, score)) return true
    if (!isOther(other, score) && wordsOf(other) !== wordsOf(score)) return false
  }
  return true
}

const rated = (one: Score): string => JSON.stringify([one.source, one.version, wordsOf(one)])
const wordsOf = ({ value, vector, label }: Score): string => JSON.stringify([value, vector, label])
const isOther = (a: Score, b: Score): boolean => a.source !== b.source || a.version !== b.version

function isAtOnce({ at: a }: Score, { at: b }: Score): boolean {
  return a !== undefined && b !== undefined && a.earliest === b.earliest && a.latest === b.latest
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
