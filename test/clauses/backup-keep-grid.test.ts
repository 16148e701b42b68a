import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyItems } from '../../src/clauses/backup/copies.ts'
import type { Item } from '../../src/clauses/backup/items.ts'
import { keepItems } from '../../src/clauses/backup/keep.ts'
import type { BackupRules, Tier } from '../../src/clauses/backup/rules.ts'
import { tierItems } from '../../src/clauses/backup/tiers.ts'
import { DAY, HOUR } from '../support/instants.ts'
import { amount, iso, itemsOf, RULES, seriesOf, verdicts, type World } from './backup-worlds.ts'

// Everything happens on full hours and is judged hour by hour.
const FIRST = Date.UTC(2026, 4, 1)

interface Run {
  readonly start: number
  /** Hours from start to completion, from there to deletion; the copy's from completion to its end, and its life. */
  readonly lasts: number
  readonly lives: number
  readonly good: boolean
  readonly copy: { readonly after: number; readonly lives: number } | null
}

const runs = fc.array(
  fc.record({
    start: fc.integer({ min: 0, max: 150 }),
    lasts: fc.integer({ min: 1, max: 6 }),
    lives: fc.integer({ min: 0, max: 90 }),
    good: fc.integer({ min: 0, max: 5 }).map(n => n > 0),
    copy: fc.option(fc.record({ after: fc.integer({ min: 0, max: 30 }), lives: fc.integer({ min: 1, max: 90 }) })),
  }),
  { minLength: 1, maxLength: 9 },
)
const asOfs = fc.integer({ min: 100, max: 260 })

const at = (hour: number): string => iso(FIRST + hour * HOUR)

function worldOf(list: readonly Run[], asOf: number): World {
  return {
    zone: 'UTC',
    asOf: at(asOf),
    period: [at(-24), at(1000)],
    backups: list.map(({ start, lasts, lives, good, copy }, i) => ({
      id: `b${i}`,
      start: at(start),
      end: at(start + lasts),
      status: good ? ('success' as const) : ('failed' as const),
      at: 'here',
      deleted: at(start + lasts + lives),
      copies:
        copy === null
          ? []
          : [
              {
                at: 'there',
                made: at(start + lasts + copy.after),
                deleted: at(start + lasts + copy.after + copy.lives),
              },
            ],
    })),
  }
}

const alive = ({ start, lasts, lives, copy }: Run, hour: number): boolean => {
  const end = start + lasts
  return (hour >= end && hour < end + lives) || aliveThere({ start, lasts, copy }, hour)
}

function aliveThere({ start, lasts, copy }: Pick<Run, 'start' | 'lasts' | 'copy'>, hour: number): boolean {
  const made = copy === null ? Number.POSITIVE_INFINITY : start + lasts + copy.after
  return copy !== null && hour >= made && hour < made + copy.lives
}

const hours = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)

/** In the order of the series: by start, as the evidence gives them. */
const inOrder = (list: readonly Run[]): Run[] => [...list].sort((a, b) => a.start - b.start)

const ended = (list: readonly Run[], asOf: number): Run[] =>
  list.filter(({ start, lasts, good }) => good && start + lasts <= asOf)

const check = (property: (list: readonly Run[], asOf: number) => void) =>
  fc.assert(
    fc.property(runs, asOfs, (list, asOf) => property(inOrder(list), asOf)),
    { numRuns: 400, seed: 20260501 },
  )

const statuses = (items: readonly Item[]): readonly string[] => items.map(({ status }) => status)

/** Hours that the items call breached. */
function lostHours(items: readonly Item[]): readonly number[] {
  const out = new Set<number>()
  for (const { breached } of items) {
    for (const { start, end } of breached)
      for (const hour of hours((start - FIRST) / HOUR, Math.ceil((end - FIRST) / HOUR))) out.add(hour)
  }
  return [...out].sort((a, b) => a - b)
}

describe('against an hour by hour walk', () => {
  it('kept for an amount', () => {
    check((list, asOf) => {
      const rules: BackupRules = {
        ...RULES,
        keep: { form: 'for', amount: amount('48h'), from: 'start', tolerance: HOUR },
      }
      const expected = ended(list, asOf).map(run => {
        const until = run.start + 47
        // What goes at as-of itself is known to be gone.
        const lost = hours(run.start + run.lasts, Math.min(until, asOf + 1)).some(hour => !alive(run, hour))
        return lost ? 'breached' : until > asOf ? 'pending' : 'met'
      })
      expect(statuses(itemsOf(keepItems(seriesOf(worldOf(list, asOf)), rules)))).toEqual(expected)
    })
  })

  it('until enough later ones are complete', () => {
    check((list, asOf) => {
      const count = 2
      const rules: BackupRules = { ...RULES, keep: { form: 'copies', count, from: 'start', tolerance: 0 } }
      const good = ended(list, asOf)
      const expected = good.map((run, i) => {
        const end = run.start + run.lasts
        const later = good.filter(
          (other, j) => other.start + other.lasts > end || (other.start + other.lasts === end && j > i),
        )
        const owed = (hour: number) => later.filter(other => other.start + other.lasts <= hour).length < count
        const lost = hours(end, asOf + 1).some(hour => owed(hour) && !alive(run, hour))
        return lost ? 'breached' : owed(asOf) ? 'pending' : 'met'
      })
      expect(statuses(itemsOf(keepItems(seriesOf(worldOf(list, asOf)), rules)))).toEqual(expected)
    })
  })

  it('a recovery window, with the least reach of each stretch', () => {
    check((list, asOf) => {
      const rules: BackupRules = {
        ...RULES,
        keep: { form: 'window', amount: amount('24h'), from: 'start', tolerance: 0 },
      }
      const good = ended(list, asOf)
      const first = Math.min(...good.map(({ start, lasts }) => start + lasts + 24))
      const reach = (hour: number): number =>
        Math.max(0, ...good.filter(run => alive(run, hour)).map(({ start, lasts }) => hour - start - lasts))
      const lost = Number.isFinite(first) ? hours(first, asOf).filter(hour => reach(hour) < 24) : []
      // What goes at as-of itself, with all there until then.
      if (first < asOf && lost.at(-1) !== asOf - 1 && reach(asOf) < 24) lost.push(asOf)
      const items = itemsOf(keepItems(seriesOf(worldOf(list, asOf)), rules))
      expect(lostHours(items)).toEqual(lost)
      for (const { status, breached, observed, margin } of items) {
        if (status !== 'breached') continue
        const [stretch] = breached
        const inside = hours(((stretch?.start ?? 0) - FIRST) / HOUR, Math.ceil(((stretch?.end ?? 0) - FIRST) / HOUR))
        const least = Math.min(...inside.map(reach))
        expect(observed).toEqual({ unit: 'ms', value: least * HOUR })
        expect(margin).toEqual({ unit: 'ms', value: (least - 24) * HOUR })
      }
    })
  })

  it.each(['age', 'unit'] as const)('tiers by %s', basis => {
    check((list, asOf) => {
      const tier: Tier = { per: 'day', keep: 2, basis, tolerance: 0 }
      const good = ended(list, asOf)
      const days = [...new Set(good.map(({ start }) => Math.floor(start / 24)))].sort((a, b) => a - b)
      const expected = days.map(day => {
        const mine = good.filter(({ start }) => Math.floor(start / 24) === day)
        const label = iso(FIRST + day * DAY).slice(0, 10)
        if ((day + 1) * 24 > asOf) return `${label} pending`
        if (basis === 'unit') {
          const lost = hours((day + 1) * 24, Math.min((day + 2) * 24, asOf + 1)).some(
            hour => !mine.some(run => alive(run, hour)),
          )
          return `${label} ${lost ? 'breached' : (day + 2) * 24 > asOf ? 'pending' : 'met'}`
        }
        const each = mine.map(run => {
          const until = run.start + 48
          const lost = hours(run.start + run.lasts, Math.min(until, asOf + 1)).some(hour => !alive(run, hour))
          return lost ? 'breached' : until > asOf ? 'pending' : 'met'
        })
        return `${label} ${each.includes('met') ? 'met' : each.includes('pending') ? 'pending' : 'breached'}`
      })
      const items = itemsOf(tierItems(seriesOf(worldOf(list, asOf)), { ...RULES, tiers: [tier] }))
      expect(verdicts(items).map(text => text.split(' ').slice(0, 2).join(' '))).toEqual(expected)
    })
  })

  it('copies made in time and kept', () => {
    check((list, asOf) => {
      const rules: BackupRules = {
        ...RULES,
        copies: { atLeast: 1, differs: 'location', madeWithin: amount('12h'), keep: amount('48h') },
      }
      const told = [{ start: FIRST - DAY, end: FIRST + asOf * HOUR }]
      const result = copyItems(seriesOf(worldOf(list, asOf)), rules, told)
      const good = ended(list, asOf)
      const made = good.map(({ copy }, i) => {
        const run = good[i] as Run
        const due = run.start + run.lasts + 12
        // What is complete at as-of itself is known.
        if (copy !== null && copy.after <= 12 && run.start + run.lasts + copy.after <= asOf) return 'met'
        return asOf <= due ? 'pending' : 'breached'
      })
      expect(statuses(itemsOf(result, 'copies'))).toEqual(made)
      // What was never made, or late, is told by the promise to make it.
      const kept = good.flatMap(run => {
        const there = run.start + run.lasts + (run.copy?.after ?? 0)
        if (run.copy === null || there > asOf) return []
        const from = Math.max(run.start + run.lasts + 12, there)
        const lost = hours(from, Math.min(run.start + 48, asOf)).some(hour => !aliveThere(run, hour))
        return lost ? 'breached' : run.start + 48 > asOf ? 'pending' : 'met'
      })
      expect(statuses(itemsOf(result, 'copies-keep'))).toEqual(kept)
    })
  })
})
