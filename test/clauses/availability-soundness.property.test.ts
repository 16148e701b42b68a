import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { finding } from '../support/audit.ts'
import type { Cells, Tables } from '../support/evidence.ts'
import { MINUTE } from '../support/instants.ts'

// Four hours of a Tuesday, UTC, in minutes; a verdict given on what is half known must hold whatever the rest was.
const START = Date.UTC(2026, 4, 5, 10)
const LENGTH = 240
const at = (minute: number): number => START + minute * MINUTE
const iso = (minute: number): string => new Date(at(minute)).toISOString()

/** A row as the file says it, and one way it may have been. */
interface Pair {
  readonly said: Cells
  readonly was: Cells
}

const instant = (from: number, to: number) =>
  fc
    .tuple(
      fc.integer({ min: from, max: to }),
      fc.integer({ min: 0, max: 40 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    .map(([earliest, width, share]) => ({
      earliest,
      latest: earliest + width,
      truth: earliest + Math.round(width * share),
    }))

const text = (earliest: number, latest: number) =>
  earliest === latest ? at(earliest) : `${at(earliest)}~${at(latest)}`

const outage = fc
  .record({
    start: instant(-40, LENGTH),
    length: instant(0, 80),
    exact: fc.boolean(),
    severity: fc.constantFrom('full', 'degraded', 'partial'),
    cause: fc.constantFrom('bug', 'force-majeure'),
    causeKnown: fc.boolean(),
    affected: fc.integer({ min: 0, max: 100 }),
    affectedKnown: fc.boolean(),
    detected: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }),
    detectedKnown: fc.boolean(),
    users: fc.integer({ min: 0, max: 40 }),
    usersKnown: fc.boolean(),
  })
  .map((r): Pair => {
    const start = r.exact ? { earliest: r.start.truth, latest: r.start.truth, truth: r.start.truth } : r.start
    // The end is never known to lie before the start.
    const first = start.latest + r.length.earliest
    const last = start.latest + r.length.latest
    const truth = r.exact ? first : Math.min(last, start.latest + r.length.truth)
    const end = text(first, r.exact ? first : last)
    const detected = r.detected === null ? '' : at(start.truth + r.detected)
    const shared = { severity: r.severity }
    return {
      said: {
        ...shared,
        start: text(start.earliest, start.latest),
        end,
        ...(r.causeKnown && { cause: r.cause }),
        ...(r.affectedKnown && { affected: `${r.affected}%` }),
        ...(r.detectedKnown && { detected_at: detected }),
        ...(r.usersKnown && { users: r.users }),
      },
      was: {
        ...shared,
        start: at(start.truth),
        end: at(truth),
        cause: r.cause,
        affected: `${r.affected}%`,
        detected_at: detected,
        users: r.users,
      },
    }
  })

const work = fc
  .record({
    start: fc.integer({ min: -20, max: LENGTH }),
    length: fc.integer({ min: 0, max: 90 }),
    notice: fc.option(fc.integer({ min: 30, max: 90 }), { nil: null }),
    known: fc.boolean(),
    impact: fc.constantFrom('down', 'none', 'as-observed'),
    planned: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }),
  })
  .map((w): Pair => {
    const announced = w.notice === null ? '' : at(w.start - w.notice)
    const shared = {
      start: at(w.start),
      end: at(w.start + w.length),
      impact: w.impact,
      ...(w.planned !== null && { planned_start: at(w.start), planned_end: at(w.start + w.planned) }),
    }
    return {
      said: { ...shared, ...(w.known && { announced_at: announced }) },
      was: { ...shared, announced_at: announced },
    }
  })

const terms = fc.record({
  basisPoints: fc.integer({ min: 3000, max: 10_000 }),
  excludedTime: fc.constantFrom('leaves-denominator', 'counts-as-up'),
  exclude: fc.subarray(['planned', 'force']),
  cap: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }),
  from: fc.constantFrom('start', 'start', 'detected', 'earliest'),
  degraded: fc.constantFrom('up', 'down', '25%', '50%', 'affected'),
  partial: fc.constantFrom('down', '25%', '50%', 'affected'),
  shortest: fc.option(fc.integer({ min: 1, max: 30 }), { nil: null }),
  after: fc.boolean(),
  accounting: fc.constantFrom<unknown>(
    'time',
    'time',
    'time',
    { minutes: 'touched' },
    { whole: '5min' },
    { slices: '5min', 'bad-when': { down: { above: '1min' } } },
    { users: 40 },
  ),
  during: fc.boolean(),
})
type Terms = typeof terms extends fc.Arbitrary<infer T> ? T : never

const contractOf = (t: Terms) => ({
  apiVersion: 'sla/v1',
  kind: 'Contract',
  id: 'sound',
  timezone: 'UTC',
  term: { from: iso(0), to: iso(LENGTH) },
  calendars: { core: { days: 'mon-fri', hours: '10:30-13:00' } },
  exclusions: {
    planned: {
      event: 'maintenance',
      notice: { 'at-least': '1h' },
      ...(t.cap !== null && { cap: `${t.cap}min per calendar month` }),
    },
    force: { cause: ['force-majeure'] },
  },
  clauses: {
    uptime: {
      kind: 'availability',
      target: `${(t.basisPoints / 100).toFixed(2)}%`,
      window: 'term',
      'no-data': 'unknown',
      'excluded-time': t.excludedTime,
      excluding: t.exclude,
      accounting: t.accounting,
      from: t.from === 'earliest' ? { 'earliest-of': ['detected', 'start'] } : t.from,
      degraded: t.degraded,
      partial: t.partial,
      ...(t.during && { during: 'core' }),
      ...(t.shortest !== null && {
        'shortest-outage': {
          'at-least': `${t.shortest}min`,
          measured: t.after ? 'after-exclusions' : 'before-exclusions',
        },
      }),
    },
  },
})

const judge = async (t: Terms, evidence: Tables) =>
  finding({ contract: contractOf(t), evidence, asOf: at(LENGTH + 200), period: `${iso(0)}..${iso(LENGTH)}` })

describe('what the rows leave open', () => {
  it('weighs an exclusion that is not known by what its time counts', async () => {
    // 240 min, target 50 %. Down 100 min; another 60 min count 25 %, which an exclusion takes away with their base:
    // without it 240 − 100 − 15 = 125 of 240, with it 240 − 60 − 100 = 80 of 180.
    const contract = contractOf({
      basisPoints: 5000,
      excludedTime: 'leaves-denominator',
      exclude: ['force'],
      cap: null,
      from: 'start',
      degraded: '25%',
      partial: 'down',
      shortest: null,
      after: false,
      accounting: 'time',
      during: false,
    })
    const rows = (cause: object) => [
      { start: at(0), end: at(100), cause: 'bug' },
      { start: at(120), end: at(180), severity: 'degraded', ...cause },
    ]
    const status = async (cause: object) =>
      (
        await finding({
          contract,
          evidence: { outage: rows(cause) },
          asOf: at(LENGTH + 200),
          period: `${iso(0)}..${iso(LENGTH)}`,
        })
      ).status
    expect(await status({ cause: 'bug' })).toBe('met')
    expect(await status({ cause: 'force-majeure' })).toBe('breached')
    expect(await status({})).toBe('unverified')
  })

  it('never contradicts a verdict that was given all the same', async () => {
    let decided = 0
    await fc.assert(
      fc.asyncProperty(
        terms,
        fc.array(outage, { maxLength: 4 }),
        fc.array(work, { maxLength: 3 }),
        async (t, outages, works) => {
          const said = await judge(t, { outage: outages.map(o => o.said), maintenance: works.map(w => w.said) })
          if (said.status === 'unverified') return
          decided++
          const was = await judge(t, { outage: outages.map(o => o.was), maintenance: works.map(w => w.was) })
          expect(was.status).toBe(said.status)
        },
      ),
      { numRuns: 900, seed: 71 },
    )
    expect(decided).toBeGreaterThan(200)
  })

  it('rows that say everything always get a verdict', async () => {
    await fc.assert(
      fc.asyncProperty(
        terms,
        fc.array(outage, { maxLength: 4 }),
        fc.array(work, { maxLength: 3 }),
        async (t, outages, works) => {
          const f = await judge(t, { outage: outages.map(o => o.was), maintenance: works.map(w => w.was) })
          expect(['met', 'breached']).toContain(f.status)
        },
      ),
      { numRuns: 200, seed: 72 },
    )
  })

  it('maintenance that a log may lack never contradicts a verdict', async () => {
    const stretch = fc.tuple(fc.integer({ min: 0, max: LENGTH }), fc.integer({ min: 1, max: LENGTH }))
    await fc.assert(
      fc.asyncProperty(
        terms,
        fc.array(outage, { maxLength: 3 }),
        fc.array(work, { maxLength: 2 }),
        fc.array(work, { minLength: 1, maxLength: 3 }),
        stretch,
        async (any, outages, known, missing, [from, length]) => {
          // Only an exclusion of maintenance makes its log needed.
          const t = { ...any, exclude: ['planned', ...any.exclude.filter(name => name === 'force')] }
          const covered = (row: Cells) => Number(row.start) < at(from + length) && Number(row.end) >= at(from)
          const hidden = missing.map(w => w.was).filter(row => !covered(row))
          const coverage = [{ type: 'maintenance', from: at(from), to: at(from + length) }]
          const rows = { outage: outages.map(o => o.was), maintenance: known.map(w => w.was) }
          const partly = await judge(t, { ...rows, coverage })
          if (partly.status === 'unverified') return
          const whole = await judge(t, { ...rows, maintenance: [...rows.maintenance, ...hidden] })
          expect(whole.status).toBe(partly.status)
        },
      ),
      { numRuns: 500, seed: 74 },
    )
  })

  it('a log that is complete only in part never contradicts one that is complete', async () => {
    const stretch = fc.tuple(fc.integer({ min: 0, max: LENGTH }), fc.integer({ min: 1, max: LENGTH }))
    await fc.assert(
      fc.asyncProperty(
        terms,
        fc.array(outage, { maxLength: 3 }),
        fc.array(outage, { maxLength: 3 }),
        fc.array(stretch, { minLength: 1, maxLength: 2 }),
        async (t, known, missing, stretches) => {
          const covered = (row: Cells) =>
            stretches.some(([from, length]) => Number(row.start) < at(from + length) && Number(row.end) >= at(from))
          // A log that is complete for a stretch holds all that touches it.
          const hidden = missing.map(o => ({ ...o.was, cause: 'bug' })).filter(row => !covered(row))
          const rows = known.map(o => o.was)
          const coverage = stretches.map(([from, length]) => ({
            type: 'outage',
            from: at(from),
            to: at(from + length),
          }))
          const partly = await judge(t, { outage: rows, maintenance: [], coverage })
          if (partly.status === 'unverified') return
          const whole = await judge(t, { outage: [...rows, ...hidden], maintenance: [] })
          expect(whole.status).toBe(partly.status)
        },
      ),
      { numRuns: 500, seed: 73 },
    )
  })
})
