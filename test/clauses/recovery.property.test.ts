import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { findings } from '../support/audit.ts'
import type { Cells } from '../support/evidence.ts'
import { HOUR, MINUTE, ms } from '../support/instants.ts'

const START = ms('2026-05-10T00:00:00Z')
const contract = (body: object, more: object = {}) => ({
  apiVersion: 'sla/v1',
  kind: 'Contract',
  id: 'test',
  timezone: 'UTC',
  clauses: { dr: { kind: 'recovery', ...body } },
  ...more,
})
const within = (list: readonly { start: number; end: number }[], t: number) =>
  list.some(({ start, end }) => start <= t && t < end)
const all = (found: readonly Finding[], key: 'breached' | 'undecided') => found.flatMap(one => one[key] ?? [])

describe('samples', () => {
  it('allow, of every course of points that fits them, just what is kept, and no course what is breached', async () => {
    // Samples each minute at most; what they show never goes back.
    const steps = fc.array(fc.record({ wait: fc.integer({ min: 1, max: 9 }), gain: fc.integer({ min: 0, max: 12 }) }), {
      minLength: 1,
      maxLength: 12,
    })
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 5, max: 70 }),
        async (list, most, end) => {
          let [at, point] = [0, -20]
          const samples = list.map(({ wait, gain }) => {
            at += wait
            point = Math.min(at, point + gain)
            return { at, point }
          })
          const asOf = START + end * MINUTE
          const found = await findings({
            contract: contract({ rpo: { 'at-most': `${most}min`, measure: 'samples' } }),
            evidence: {
              'recovery-point': samples.map(
                (one): Cells => ({
                  time: START + one.at * MINUTE,
                  recoverable_to: START + one.point * MINUTE,
                  component: 'db',
                }),
              ),
            },
            asOf,
            period: '2026-05-10T00:00:00Z..2026-05-10T01:00:00Z',
          })
          const [breached, undecided] = [all(found, 'breached'), all(found, 'undecided')]
          const seen = samples.filter(one => one.at <= end)
          for (let half = 0; half < 2 * Math.min(end, 60); half++) {
            // Just after each half minute: the points there may have been lie between two bounds.
            const t = half / 2 + 0.01
            const least = Math.max(Number.NEGATIVE_INFINITY, ...seen.filter(one => one.at <= t).map(one => one.point))
            const greatest = Math.min(t, ...seen.filter(one => one.at >= t).map(one => one.point))
            const state = t - least <= most ? 'kept' : t - greatest > most ? 'lost' : 'open'
            const instant = START + Math.round(t * MINUTE)
            const said = within(breached, instant) ? 'lost' : within(undecided, instant) ? 'open' : 'kept'
            if (said !== state) throw new Error(`minute ${t}: ${state} by the walk, ${said} by the audit`)
          }
          expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
          for (const { status, margin, observed } of found) {
            if (status === 'breached' && margin?.unit === 'ms') expect(margin.value).toBeLessThan(0)
            if (status === 'met' && observed.unit === 'ms') expect(observed.value).toBeLessThanOrEqual(most * MINUTE)
          }
        },
      ),
      { numRuns: 300, seed: 21 },
    )
  })
})

describe('the time a restore takes', () => {
  /** A stamp by the hour of three days, exact or only its day, not yet, or not known. */
  const stamp = fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 72 }).map(hour => ({ kind: 'exact' as const, hour })) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 2 }).map(day => ({ kind: 'day' as const, hour: day * 24 })) },
  )
  const end = fc.oneof(
    { weight: 4, arbitrary: stamp },
    { weight: 1, arbitrary: fc.constant({ kind: 'open' as const, hour: 0 }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'unknown' as const, hour: 0 }) },
  )

  it('has the verdict of every way that it can have gone', async () => {
    await fc.assert(
      fc.asyncProperty(
        stamp,
        end,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 96 }),
        async (from, to, most, now) => {
          const cell = ({ kind, hour }: { kind: string; hour: number }): string | number =>
            kind === 'open'
              ? ''
              : kind === 'unknown'
                ? '?'
                : kind === 'day'
                  ? `${START + hour * HOUR}~${START + (hour + 24) * HOUR}`
                  : START + hour * HOUR
          const asOf = START + now * HOUR
          // What was recovered before it failed is a bad row.
          const until = to.kind === 'day' ? to.hour + 24 : to.hour
          fc.pre(
            !['exact', 'day'].includes(to.kind) || until > from.hour || (until === from.hour && to.kind === 'exact'),
          )
          const found = await findings({
            contract: contract({ rto: { 'at-most': `${most}h`, from: 'failure' } }),
            evidence: { incident: [{ id: 'I', kind: 'disaster', occurred_at: cell(from), recovered_at: cell(to) }] },
            asOf,
            period: '2026-05-10..2026-05-20',
          })
          if (from.hour > now) {
            expect(found.map(({ reason }) => reason)).toEqual(['not-exercised'])
            return
          }
          // The ends of every stamp, to the millisecond, as far as they have happened by now; NaN: never.
          const ends = ({ kind, hour }: { kind: string; hour: number }, least: number): readonly number[] => {
            if (kind === 'open' || (kind !== 'unknown' && hour > now)) return [Number.NaN]
            if (kind === 'unknown') return [Number.NaN, least, asOf]
            const first = START + hour * HOUR
            return kind === 'exact' ? [first] : [first, Math.min(asOf, first + 24 * HOUR - 1)]
          }
          const verdicts = new Set<string>()
          for (const a of ends(from, 0)) {
            for (const b of ends(to, a)) {
              const taken = (Number.isNaN(b) ? asOf : Math.max(a, b)) - a
              verdicts.add(taken > most * HOUR ? 'breached' : Number.isNaN(b) ? 'pending' : 'met')
            }
          }
          const [only, ...others] = verdicts
          const status = others.length === 0 ? only : verdicts.has('breached') ? 'unverified' : 'pending'
          expect(`${found.map(one => one.status).join()}`).toBe(status)
        },
      ),
      { numRuns: 400, seed: 22 },
    )
  })
})

describe('the time since the last backup', () => {
  it('is at each instant what a walk over all backups finds', async () => {
    const backup = fc.record({
      start: fc.integer({ min: 0, max: 90 }),
      takes: fc.integer({ min: 1, max: 6 }),
      kept: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
      status: fc.constantFrom('success', 'success', 'success', 'failed', 'partial'),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(backup, { maxLength: 14 }),
        fc.integer({ min: 4, max: 30 }),
        fc.integer({ min: 1, max: 110 }),
        async (list, most, now) => {
          const asOf = START + now * HOUR
          const rows = [...list]
            .sort((a, b) => a.start - b.start)
            .map((one, i) => ({ ...one, end: one.start + one.takes, id: `b${i}` }))
          const found = await findings({
            contract: contract(
              { rpo: { 'at-most': `${most}h`, measure: 'exposure' } },
              { term: { from: '2026-05-10T00:00:00Z' } },
            ),
            evidence: {
              backup: rows.map(
                ({ id, start, end, kept, status }): Cells => ({
                  component: 'db',
                  id,
                  started_at: START + start * HOUR,
                  completed_at: START + end * HOUR,
                  status,
                  deleted_at: kept === undefined || status === 'failed' ? '' : START + (end + kept) * HOUR,
                }),
              ),
              coverage: [{ type: 'backup', from: '2026-05-01T00:00:00Z', to: '2026-06-01T00:00:00Z' }],
            },
            asOf,
            period: '2026-05-10T00:00:00Z..2026-05-14T00:00:00Z',
          })
          const breached = all(found, 'breached')
          expect(all(found, 'undecided')).toEqual([])
          for (let hour = 0; hour < Math.min(now, 96); hour++) {
            const there = rows.filter(
              ({ end, kept, status }) =>
                status === 'success' && end <= hour && (kept === undefined || end + kept > hour),
            )
            const newest = Math.max(0, ...there.map(({ start }) => start))
            // A whole hour in, so that "less than" and "at most" agree.
            const lost = hour + 0.5 - newest > most
            expect(`${hour} ${within(breached, START + (hour + 0.5) * HOUR)}`).toBe(`${hour} ${lost}`)
          }
          for (const { status, margin } of found) {
            if (status === 'breached' && margin?.unit === 'ms') expect(margin.value).toBeLessThan(0)
            if (status === 'met' && margin?.unit === 'ms') expect(margin.value).toBeGreaterThanOrEqual(0)
          }
        },
      ),
      { numRuns: 250, seed: 23 },
    )
  })
})
