import type { Happened } from '../records.ts'
import { makeTexts, type Texts } from '../tickets/columns.ts'
import type { Facts } from './rows.ts'
import type { ScoreCells } from './score-cells.ts'
import { makeTuples } from './tuples.ts'

/** What rows say beside their stamps, each thing kept once. */
export interface FactsTable {
  /** The number of what a row says, equal ones having equal numbers. */
  id(facts: Facts): number
  of(id: number): Facts
  /** The number of a score, 0 for none. */
  scoreId(score: ScoreCells): number
  score(id: number): ScoreCells | undefined
  /** The number of the score of facts, without the rest of them. */
  scoreOf(id: number): number
}

/** `texts` also holds the words. */
export function makeFactsTable(texts: Texts): FactsTable {
  const tuples = makeTuples(14)
  const scoreTexts = makeTexts([''])
  const scores: (ScoreCells | undefined)[] = [undefined]
  let lastId = -1
  let last: Facts | undefined

  function made(id: number): Facts {
    const at = (position: number): Happened => happened(tuples.get(id, position), tuples.get(id, position + 1))
    const [why, version] = [tuples.get(id, 9), tuples.get(id, 12)]
    return {
      published: at(0),
      vendorPatch: at(2),
      internalPatch: at(4),
      withdrawn: at(6),
      score: tuples.get(id, SCORE),
      suppressed: why === 0 ? undefined : { why: texts.text(why), at: at(10) },
      version: version === 0 ? undefined : texts.text(version),
      attributes: tuples.get(id, 13),
    }
  }

  return {
    id({ published, vendorPatch, internalPatch, withdrawn, score, suppressed, version, attributes }) {
      return tuples.id([
        code(published),
        span(published),
        code(vendorPatch),
        span(vendorPatch),
        code(internalPatch),
        span(internalPatch),
        code(withdrawn),
        span(withdrawn),
        score,
        suppressed === undefined ? 0 : texts.id(suppressed.why),
        code(suppressed?.at),
        span(suppressed?.at),
        version === undefined ? 0 : texts.id(version),
        attributes,
      ])
    },
    of(id) {
      if (id !== lastId || last === undefined) last = made(id)
      lastId = id
      return last
    },
    scoreId(score) {
      const id = scoreTexts.id(JSON.stringify(score))
      scores[id] ??= score
      return id
    },
    score: id => scores[id],
    scoreOf: id => tuples.get(id, SCORE),
  }
}

const SCORE = 8

// Twice an instant plus one is odd, so that 0 can stand for not known.
const HAS_NOT = 2

function code(stamp: Happened): number {
  return stamp === undefined ? 0 : stamp === null ? HAS_NOT : stamp.earliest * 2 + 1
}

function span(stamp: Happened): number {
  return stamp === undefined || stamp === null ? 0 : stamp.latest - stamp.earliest
}

function happened(coded: number, length: number): Happened {
  if (coded === 0) return undefined
  if (coded === HAS_NOT) return null
  const earliest = (coded - 1) / 2
  return { earliest, latest: earliest + length }
}
