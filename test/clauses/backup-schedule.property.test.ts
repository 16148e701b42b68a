import fc from 'fast-check'
import { expect, test } from 'vitest'
import { existence } from '../../src/clauses/backup/existence.ts'
import { scheduleItems } from '../../src/clauses/backup/schedule.ts'
import type { Listed } from '../../src/evidence/backups/records.ts'
import { contains } from '../../src/time/interval.ts'
import { DAY, HOUR, ms } from '../support/instants.ts'
import { copy, every, moment, run, seriesOf } from './backup-series-rows.ts'

const FROM = ms('2026-05-01T00:00:00Z')
const HOURS = 240
const hour = fc.integer({ min: 0, max: HOURS })
const text = (h: number): string => new Date(FROM + h * HOUR).toISOString()

interface World {
  readonly starts: readonly { readonly at: number; readonly counts: boolean }[]
  readonly logs: readonly (readonly [number, number])[]
  readonly term: number
  readonly asOf: number
  readonly amount: number
  readonly tolerance: number
}

const worlds: fc.Arbitrary<World> = fc.record({
  starts: fc.array(fc.record({ at: hour, counts: fc.boolean() }), { maxLength: 12 }),
  logs: fc.array(fc.tuple(hour, hour), { minLength: 1, maxLength: 3 }),
  term: fc.integer({ min: 0, max: 60 }),
  asOf: fc.integer({ min: 100, max: HOURS }),
  amount: fc.integer({ min: 1, max: 40 }),
  tolerance: fc.integer({ min: 0, max: 5 }),
})

/** Hour by hour: is there a start in the amount before? If not, was all of that time logged, to its last minute? */
function walk({ starts, logs, term, asOf, amount, tolerance }: World): string {
  const logged = (h: number): boolean => logs.some(([a, b]) => a <= h && h < b && h < asOf)
  const begun = logs.filter(([a, b]) => a < Math.min(b, asOf)).map(([a]) => a)
  const log = begun.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...begun)
  const first = log > term && Number.isFinite(log) ? log : term
  const reach = amount + tolerance
  let out = ''
  for (let h = Math.max(term, 48); h < Math.min(asOf, 216); h++) {
    const covered = [...starts.filter(({ counts, at }) => counts && at <= asOf).map(({ at }) => at), first].some(
      at => at <= h && h < at + reach,
    )
    let dark = false
    for (let before = h - reach; before <= h; before++) if (!logged(before)) dark = true
    out += covered ? '.' : dark ? '?' : 'x'
  }
  return out
}

test('every amount: hour by hour the same as looking back from each hour', () => {
  fc.assert(
    fc.property(worlds, world => {
      const { starts, logs, term, asOf, amount, tolerance } = world
      const runs = [...starts]
        .filter(({ at }) => at <= asOf)
        .sort((a, b) => a.at - b.at)
        .map(({ at, counts }, i) => run({ id: `b${i}`, start: text(at), status: counts ? 'success' : 'failed' }))
      const series = seriesOf({
        runs,
        term: { start: text(term) },
        period: [text(48), text(216)],
        asOf: text(asOf),
        declared: { backup: merged(logs).map(([a, b]) => [text(a), text(b)] as const) },
      })
      const items = [...scheduleItems(series, { schedule: every(`${amount}h`, tolerance * HOUR) }).items]
      let found = ''
      for (let h = Math.max(term, 48); h < Math.min(asOf, 216); h++) {
        const t = FROM + h * HOUR
        const judged = items.filter(({ at, status }) => status !== 'pending' && at.start <= t && t < at.end)
        const [mark] = judged.map(({ status, breached }) =>
          status === 'met' ? '.' : contains(breached, t) ? 'x' : '?',
        )
        found += judged.length === 1 ? mark : `<${judged.length}>`
      }
      expect(found).toBe(walk(world))
    }),
    { numRuns: 600 },
  )
})

/** Coverage as the context gives it: sorted, joined, without empty ranges. */
function merged(logs: World['logs']): readonly (readonly [number, number])[] {
  const hours = Array.from({ length: HOURS }, (_, h) => logs.some(([a, b]) => a <= h && h < b))
  const out: [number, number][] = []
  for (const [h, inside] of hours.entries()) {
    const last = out.at(-1)
    if (!inside) continue
    if (last !== undefined && last[1] === h) last[1] = h + 1
    else out.push([h, h + 1])
  }
  return out
}

test('existence: no more is claimed than every life that fits what was seen allows', () => {
  const life = fc.record({
    made: fc.integer({ min: 1, max: 10 }),
    gone: fc.option(fc.integer({ min: 11, max: 30 })),
    listings: fc.uniqueArray(fc.integer({ min: 0, max: 31 }), { maxLength: 6 }),
    told: fc.boolean(),
    log: fc.integer({ min: 0, max: 32 }),
  })
  fc.assert(
    fc.property(life, ({ made, gone, listings, told, log }) => {
      const at = (h: number): string => text(h)
      const listed: Listed[] = []
      for (const h of [...listings].sort((a, b) => a - b)) {
        // A listing at the very hour of a change is left out: it may show either.
        if (h <= made || h === gone) continue
        const there = gone === null || h < gone
        const last = listed.at(-1)
        if (last?.there === there) listed[listed.length - 1] = { ...last, last: moment(at(h)) }
        else listed.push({ there, first: moment(at(h)), last: moment(at(h)), origins: [] })
      }
      const deleted = told && gone !== null ? at(gone) : undefined
      // The log of deletions is complete up to some hour; what is deleted in it is told.
      const complete = gone !== null && !told ? Math.min(log, gone) : log
      const backup = run({ start: at(made) })
      const deletions = complete > 0 ? [{ start: FROM, end: FROM + complete * HOUR }] : []
      const known = existence(copy({ made: at(made), deleted, listed }), backup, deletions, FROM + 2 * DAY)
      for (let h = 0; h < 32; h++) {
        const t = FROM + h * HOUR
        const there = h >= made && (gone === null || h < gone)
        if (there) expect(contains(known.possible, t)).toBe(true)
        else expect(contains(known.sure, t)).toBe(false)
        // Known for certain: before the last listing that shows it, in the log, or told.
        const shown = listed.some(one => one.there && one.last.earliest >= t)
        if (there && (shown || h < complete || deleted !== undefined)) expect(contains(known.sure, t)).toBe(true)
        const missing = listed.some(one => !one.there && one.first.earliest <= t)
        if (!there && (h < made || missing || deleted !== undefined)) expect(contains(known.possible, t)).toBe(false)
      }
    }),
    { numRuns: 1000 },
  )
})
