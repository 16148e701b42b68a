import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verdictOf } from '../../src/compare/judge-log.ts'
import type { AnyRule, Candidate, Side } from '../../src/compare/rule.ts'
import { inNamesOf } from '../../src/compare/translate.ts'
import { yearWorld } from '../../src/compare/year.ts'
import { inRowOf, sideOf } from './duties-pairs.ts'
import { type Fields, MORE, PROMISES, type Promised, pairsOf, type RandomPair } from './duties-promises.ts'

/** Proven pairs of each promise, with eight logs each: some ten thousand logs in all. `SLA_CASES` for more. */
const RUNS = Number(process.env.SLA_CASES ?? 67)
const LOGS = 8
/** Pairs of each promise of which a log has to be found for all that is said to be false. */
const REFUTED = Math.ceil(RUNS / 6)
/** As many as are tried for one pair of terms. */
const MOST_TRIES = 300

/** What is promised of each backup counts in the row of a component as promised of that one. */
const BY_ANY: ReadonlySet<string> = new Set(['schedule', 'points'])

const known = new Map<string, Promise<Side>>()

function side({ rule, promise }: Promised, id: string, fields: Fields, timezone: string): Promise<Side> {
  const key = JSON.stringify([rule.kind, promise, id, fields, timezone])
  const found = known.get(key) ?? sideOf(rule, id, fields, { ...MORE, timezone }, promise)
  known.set(key, found)
  return found
}

async function sidesOf(one: Promised, { base, other, zone, spread }: RandomPair): Promise<readonly [Side, Side]> {
  const sides = [await side(one, 'base', base, 'Europe/Paris'), await side(one, 'other', other, zone)] as const
  if (one.rule.kind !== 'backup' || !spread) return sides
  return [inRowOf('db', sides[0]), inRowOf('db', sides[1])]
}

/** Of what is promised of each backup the row of one component is about that one. */
function ofRow({ rule, promise }: Promised, { base, other, spread }: RandomPair, log: Candidate): Candidate {
  const isSpread = rule.kind === 'backup' && spread && !(Array.isArray(base.of) && Array.isArray(other.of))
  if (!isSpread || BY_ANY.has(promise)) return log
  return { ...log, rows: log.rows.filter(({ component }) => component === undefined || component === 'db') }
}

async function verdicts(rule: AnyRule, base: Side, other: Side, log: Candidate): Promise<readonly [string, string]> {
  const renamed = inNamesOf(log, base.term, other.term)
  return [await verdictOf(base, log, rule.owns), await verdictOf(other, renamed, rule.owns)]
}

describe('what is proven at least as strong', () => {
  it.each(PROMISES.map(one => [one.name, one] as const))(
    '%s: no log breaks only the weaker promise',
    async (_, one) => {
      let [judged, apart] = [0, 0]
      const logs = fc.array(one.logs, { minLength: LOGS, maxLength: LOGS })
      await fc.assert(
        fc.asyncProperty(pairsOf(one), logs, async (pair, list) => {
          const [base, other] = await sidesOf(one, pair)
          const { atLeast, atMost } = one.rule.relate(base, other, yearWorld(2026, base.zone))
          fc.pre(atLeast === true || atMost === true)
          for (const log of list) {
            const found = await verdicts(one.rule, base, other, ofRow(one, pair, log))
            judged++
            if (!found.includes('other') && found[0] !== found[1]) apart++
            if (atLeast === true) expect(found).not.toEqual(['breached', 'met'])
            if (atMost === true) expect(found).not.toEqual(['met', 'breached'])
          }
        }),
        { numRuns: RUNS, seed: 7 },
      )
      // Logs that the stronger one alone calls a breach show that the others could have.
      expect(apart).toBeGreaterThan(0)
      expect(judged).toBe(RUNS * LOGS)
    },
  )
})

describe('what is said to be false', () => {
  it.each(PROMISES.map(one => [one.name, one] as const))('%s: is shown by a log', async (_, one) => {
    await fc.assert(
      fc.asyncProperty(pairsOf(one), async pair => {
        const [base, other] = await sidesOf(one, pair)
        const world = yearWorld(2026, base.zone)
        const { atLeast, atMost } = one.rule.relate(base, other, world)
        const open = new Set([...(atLeast === false ? ['base'] : []), ...(atMost === false ? ['other'] : [])])
        fc.pre(open.size > 0)
        let tries = 0
        for (const log of one.rule.candidates(base, other, world)) {
          if (open.size === 0 || ++tries > MOST_TRIES) break
          const [ofBase, ofOther] = await verdicts(one.rule, base, other, log)
          if (ofBase === 'breached' && ofOther === 'met') open.delete('base')
          if (ofBase === 'met' && ofOther === 'breached') open.delete('other')
        }
        expect([...open]).toEqual([])
      }),
      { numRuns: REFUTED, seed: 11 },
    )
  })
})
