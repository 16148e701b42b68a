import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verdictOf } from '../../src/compare/judge-log.ts'
import { availabilityRule } from '../../src/compare/rules/availability.ts'
import { DAYS, envelope, FROM, judgeOf, logs, pairs, TO } from './availability-logs.ts'
import { relation, sideWith } from './availability-sides.ts'

const CASES = Number(process.env.SLA_CASES ?? 10_000)
const PER_PAIR = 50
const world = { year: 2026, span: { start: FROM, end: TO } }
const drawn = <T>(arbitrary: fc.Arbitrary<T>, count: number, seed: number): readonly T[] =>
  fc.sample(arbitrary, { numRuns: count, seed })

describe('what is said to be at least as strong', () => {
  it(`${DAYS} days of any log: none meets the one and not the other`, { timeout: 600_000 }, async () => {
    const tables = drawn(logs, 1000, 3)
    let judged = 0
    let met = 0
    let broken = 0
    for (const [i, [base, other]] of drawn(pairs, CASES / 10, Number(process.env.SLA_SEED ?? 5)).entries()) {
      if (judged >= CASES) break
      const sides = [await sideWith(base, envelope), await sideWith(other, envelope)] as const
      const { atLeast, atMost, rules } = availabilityRule.relate(sides[0], sides[1], world)
      if (atLeast !== true && atMost !== true) continue
      const judges = await Promise.all(sides.map(judgeOf))
      for (let k = 0; k < PER_PAIR; k++) {
        const log = tables[(i * 31 + k * 17) % tables.length] ?? {}
        const [ofBase, ofOther] = judges.map(judge => judge(log))
        judged++
        if (ofBase === 'met' || ofOther === 'met') met++
        if (ofBase === 'breached' || ofOther === 'breached') broken++
        const wrong =
          (atLeast === true && ofOther === 'met' && ofBase !== 'met') ||
          (atMost === true && ofBase === 'met' && ofOther !== 'met')
        if (wrong) expect.fail(JSON.stringify({ base, other, atLeast, atMost, rules, ofBase, ofOther, log }))
      }
    }
    expect(judged).toBeGreaterThanOrEqual(CASES)
    // The logs can tell them apart.
    expect(met).toBeGreaterThan(judged / 10)
    expect(broken).toBeGreaterThan(judged / 10)
  })

  it('none of the logs made to separate them does', { timeout: 600_000 }, async () => {
    let proven = 0
    for (const [base, other] of drawn(pairs, Math.min(CASES, 60), 9)) {
      const sides = [await sideWith(base, envelope), await sideWith(other, envelope)] as const
      const { atLeast, atMost, rules } = availabilityRule.relate(sides[0], sides[1], world)
      if (atLeast !== true && atMost !== true) continue
      proven++
      let tried = 0
      for (const candidate of availabilityRule.candidates(sides[0], sides[1], world)) {
        if (++tried > 8) break
        const [ofBase, ofOther] = await Promise.all(sides.map(side => verdictOf(side, candidate, () => true)))
        const wrong =
          (atLeast === true && ofOther === 'met' && ofBase === 'breached') ||
          (atMost === true && ofBase === 'met' && ofOther === 'breached')
        if (wrong) expect.fail(JSON.stringify({ base, other, atLeast, atMost, rules, candidate }))
      }
    }
    expect(proven).toBeGreaterThan(15)
  })
})

describe('what is said not to be', () => {
  it('has a log that shows it, but for gaps', { timeout: 600_000 }, async () => {
    let shown = 0
    for (const [base, other] of drawn(pairs, 60, 21)) {
      const sides = [await sideWith(base, envelope), await sideWith(other, envelope)] as const
      const { atLeast, atMost, rules } = availabilityRule.relate(sides[0], sides[1], world)
      if ((atLeast !== false && atMost !== false) || rules.some(rule => rule.includes('time without data'))) continue
      const { breaches } = await relation(sides[0], sides[1], world)
      if (atLeast === false) expect(breaches, JSON.stringify({ base, other, rules })).toContain('base')
      if (atMost === false) expect(breaches, JSON.stringify({ base, other, rules })).toContain('other')
      shown++
    }
    expect(shown).toBeGreaterThan(10)
  })
})
