import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findings } from '../support/audit.ts'
import type { Cells } from '../support/evidence.ts'
import { MINUTE } from '../support/instants.ts'
import { covers, joined, reaches, runs, sameRatio } from './grid.ts'

// Two hours on each side of midnight between May and June 2026, UTC, in cells of one minute.
const START = Date.UTC(2026, 4, 31, 22)
const CELLS = 240
const MIDNIGHT = 120
// June is over.
const AS_OF = Date.UTC(2026, 6, 1)
const at = (cell: number): number => START + cell * MINUTE
const iso = (cell: number): string => new Date(at(cell)).toISOString()

interface Row {
  readonly from: number
  readonly length: number
}
interface OutageRow extends Row {
  readonly severity: 'full' | 'partial' | 'degraded'
  readonly cause: string
  readonly affected: number
  readonly open: boolean
}
interface WorkRow extends Row {
  readonly early: number
  readonly planned: number
  readonly notice: number | null
  readonly down: boolean
}
interface Terms {
  readonly excludedTime: 'leaves-denominator' | 'counts-as-up'
  readonly shortest: { readonly cells: number; readonly strict: boolean; readonly after: boolean } | null
  readonly during: boolean
  readonly degraded: 'up' | 'down' | '50%' | 'affected'
  readonly partial: 'up' | 'down' | '25%' | 'affected'
  readonly overrun: 'counts' | 'excluded'
  readonly cap: number | null
  readonly basisPoints: number
  readonly exclude: boolean
}

const outageRow = fc.record<OutageRow>({
  from: fc.integer({ min: -30, max: CELLS + 10 }),
  length: fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 120 })),
  severity: fc.constantFrom('full', 'full', 'partial', 'degraded'),
  cause: fc.constantFrom('', 'bug', 'force-majeure'),
  affected: fc.integer({ min: 0, max: 100 }),
  open: fc.integer({ min: 0, max: 19 }).map(n => n === 0),
})
const workRow = fc.record<WorkRow>({
  from: fc.integer({ min: -10, max: CELLS }),
  length: fc.integer({ min: 0, max: 60 }),
  early: fc.integer({ min: -10, max: 10 }),
  planned: fc.integer({ min: 0, max: 60 }),
  notice: fc.option(fc.integer({ min: 110, max: 130 }), { freq: 6, nil: null }),
  down: fc.boolean(),
})
const terms = fc.record<Terms>({
  excludedTime: fc.constantFrom('leaves-denominator', 'counts-as-up'),
  shortest: fc.option(
    fc.record({ cells: fc.integer({ min: 0, max: 15 }), strict: fc.boolean(), after: fc.boolean() }),
    { nil: null },
  ),
  during: fc.boolean(),
  degraded: fc.constantFrom('up', 'down', '50%', 'affected'),
  partial: fc.constantFrom('up', 'down', '25%', 'affected'),
  overrun: fc.constantFrom('counts', 'excluded'),
  cap: fc.option(fc.integer({ min: 0, max: 40 }), { nil: null }),
  basisPoints: fc.integer({ min: 5000, max: 10_000 }),
  exclude: fc.boolean(),
})

const contractOf = (t: Terms) => ({
  apiVersion: 'sla/v1',
  kind: 'Contract',
  id: 'cells',
  timezone: 'UTC',
  term: { from: iso(0), to: iso(CELLS) },
  calendars: { night: { days: 'daily', hours: '22:30-01:30' } },
  exclusions: {
    planned: {
      event: 'maintenance',
      notice: { 'at-least': '2h' },
      overrun: t.overrun,
      ...(t.cap !== null && { cap: `${t.cap}min per calendar month` }),
    },
    force: { cause: ['force-majeure'] },
  },
  clauses: {
    uptime: {
      kind: 'availability',
      target: `${(t.basisPoints / 100).toFixed(2)}%`,
      window: 'calendar month',
      'no-data': 'unknown',
      'excluded-time': t.excludedTime,
      degraded: t.degraded,
      partial: t.partial,
      ...(t.during && { during: 'night' }),
      ...(t.exclude && { excluding: ['planned', 'force'] }),
      ...(t.shortest !== null && {
        'shortest-outage': {
          [t.shortest.strict ? 'longer-than' : 'at-least']: `${t.shortest.cells}min`,
          measured: t.shortest.after ? 'after-exclusions' : 'before-exclusions',
        },
      }),
    },
  },
})

const endOf = (row: OutageRow): number => (row.open ? CELLS + 60 : row.from + row.length)

const outageCells = (row: OutageRow): Cells => ({
  start: at(row.from),
  end: row.open ? '' : at(endOf(row)),
  severity: row.severity,
  cause: row.cause,
  affected: `${row.affected}%`,
})

const plannedStart = (row: WorkRow): number => row.from + row.early

const workCells = (row: WorkRow): Cells => ({
  start: at(row.from),
  end: at(row.from + row.length),
  planned_start: at(plannedStart(row)),
  planned_end: at(plannedStart(row) + row.planned),
  announced_at: row.notice === null ? '' : at(plannedStart(row) - row.notice),
  impact: row.down ? 'down' : 'none',
})

const audit = (t: Terms, outages: readonly OutageRow[], works: readonly WorkRow[]) =>
  findings({
    contract: contractOf(t),
    evidence: { outage: outages.map(outageCells), maintenance: works.map(workCells) },
    asOf: AS_OF,
    // The log is complete beyond the term, so that no row touches what is not known.
    period: `${iso(-120)}..${iso(CELLS + 120)}`,
  })

/** Weight of a row in hundredths. */
function weight(row: OutageRow, t: Terms): number {
  const word = row.severity === 'full' ? 'down' : t[row.severity]
  return word === 'down' ? 100 : word === 'up' ? 0 : word === 'affected' ? row.affected : Number.parseInt(word, 10)
}

/** Down and base by asking of every cell of a window what it is. */
function bruteForce(
  t: Terms,
  outages: readonly OutageRow[],
  works: readonly WorkRow[],
  window: readonly [number, number],
) {
  const inHours = (cell: number): boolean => !t.during || (cell >= 30 && cell < 210)
  // The last cells that may be asked: rows reach beyond the term on both sides.
  const [low, high] = [-60, CELLS + 120]
  const plannedBefore = (cell: number): boolean =>
    works.some(w => {
      const end = t.overrun === 'counts' ? Math.min(w.from + w.length, plannedStart(w) + w.planned) : w.from + w.length
      return (w.notice ?? 0) >= 120 && covers([Math.max(w.from, plannedStart(w)), end], cell)
    })
  // The cap is filled month by month by the earliest cells.
  const left = { may: t.cap ?? Number.POSITIVE_INFINITY, june: t.cap ?? Number.POSITIVE_INFINITY }
  const planned = new Set<number>()
  for (let cell = low; cell < high; cell++) {
    if (!plannedBefore(cell)) continue
    const month = cell < MIDNIGHT ? 'may' : 'june'
    if (left[month] > 0) planned.add(cell)
    left[month]--
  }
  const forced = (cell: number): boolean =>
    outages.some(o => o.cause === 'force-majeure' && covers([o.from, endOf(o)], cell))
  const excluded = (cell: number): boolean => t.exclude && (planned.has(cell) || forced(cell))
  const long = ([from, to]: readonly [number, number]): boolean => {
    const { cells, strict } = t.shortest ?? { cells: 0, strict: false }
    return strict ? to - from > cells : to - from >= cells
  }
  const counting = outages.filter(o => weight(o, t) > 0)
  const whole = joined(counting.map(o => [o.from, endOf(o)] as const))
  const kept =
    t.shortest === null
      ? whole
      : t.shortest.after
        ? whole.flatMap(([from, to]) => runs(from, to, cell => !excluded(cell))).filter(long)
        : whole.filter(long)
  let down = 0
  let base = 0
  for (let cell = window[0]; cell < window[1]; cell++) {
    if (!inHours(cell)) continue
    if (t.excludedTime === 'counts-as-up' || !excluded(cell)) base++
    if (excluded(cell)) continue
    const reported = kept.some(span => covers(span, cell))
      ? Math.max(0, ...counting.filter(o => covers([o.from, endOf(o)], cell)).map(o => weight(o, t)))
      : 0
    const work = works.some(w => w.down && covers([w.from, w.from + w.length], cell)) ? 100 : 0
    down += Math.max(reported, work)
  }
  return { down, base }
}

const windows = { 'uptime/2026-05': [0, MIDNIGHT], 'uptime/2026-06': [MIDNIGHT, CELLS] } as const

describe('overlapping, nested, empty and month-crossing rows against cell-by-cell counting', () => {
  const agree = async (t: Terms, outages: readonly OutageRow[], works: readonly WorkRow[]) => {
    const got = await audit(t, outages, works)
    expect(got.map(f => f.id)).toEqual(Object.keys(windows))
    for (const f of got) {
      const { down, base } = bruteForce(t, outages, works, windows[f.id as keyof typeof windows])
      if (base === 0) {
        expect(f.status).not.toBe('breached')
        continue
      }
      const { left, right } = sameRatio(f.observed, down, base)
      expect(left, `${f.id}: ${down / 100} of ${base} cells`).toBe(right)
      expect(f.status).toBe(reaches(down, base, t.basisPoints) ? 'met' : 'breached')
    }
  }

  it('outages alone, with weights, hours and shortest outages', async () => {
    await fc.assert(
      fc.asyncProperty(terms, fc.array(outageRow, { maxLength: 8 }), (t, outages) =>
        agree({ ...t, exclude: false }, outages, []),
      ),
      { numRuns: 400, seed: 21 },
    )
  })

  it('outages excluded by cause', async () => {
    await fc.assert(
      fc.asyncProperty(terms, fc.array(outageRow, { maxLength: 8 }), (t, outages) =>
        agree({ ...t, exclude: true }, outages, []),
      ),
      { numRuns: 400, seed: 22 },
    )
  })

  it('maintenance with notice, overruns and caps', async () => {
    await fc.assert(
      fc.asyncProperty(
        terms,
        fc.array(outageRow, { maxLength: 5 }),
        fc.array(workRow, { maxLength: 5 }),
        (t, outages, works) => agree({ ...t, exclude: true, shortest: null }, outages, works),
      ),
      { numRuns: 600, seed: 23 },
    )
  })

  it('shortest outages beside maintenance that leaves the service up', async () => {
    await fc.assert(
      fc.asyncProperty(
        terms,
        fc.array(outageRow, { maxLength: 5 }),
        fc.array(
          workRow.map(w => ({ ...w, down: false })),
          { maxLength: 4 },
        ),
        (t, outages, works) => agree({ ...t, exclude: true }, outages, works),
      ),
      { numRuns: 500, seed: 24 },
    )
  })
})

describe('what must not matter', () => {
  const verdicts = async (t: Terms, outages: readonly OutageRow[], works: readonly WorkRow[]) =>
    (await audit(t, outages, works)).map(f => ({ id: f.id, status: f.status, observed: f.observed }))

  it('the order of rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        terms,
        fc.array(outageRow, { maxLength: 7 }),
        fc.array(workRow, { maxLength: 5 }),
        async (t, outages, works) => {
          const turned = await verdicts(t, [...outages].reverse(), [...works].reverse())
          expect(turned).toEqual(await verdicts(t, outages, works))
        },
      ),
      { numRuns: 150, seed: 25 },
    )
  })

  it('one outage in one row or in touching pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        terms,
        fc.array(outageRow, { minLength: 1, maxLength: 4 }),
        fc.array(workRow, { maxLength: 3 }),
        fc.array(fc.integer({ min: 1, max: 119 }), { minLength: 1, maxLength: 4 }),
        async (t, outages, works, cuts) => {
          const [first, ...others] = outages
          if (first === undefined || first.open) return
          const points = [...new Set([0, ...cuts.filter(cut => cut < first.length), first.length])].sort(
            (a, b) => a - b,
          )
          const pieces = points.slice(1).map((to, i) => {
            const from = points[i] ?? 0
            return { ...first, from: first.from + from, length: to - from }
          })
          expect(await verdicts(t, [...pieces, ...others], works)).toEqual(await verdicts(t, outages, works))
        },
      ),
      { numRuns: 200, seed: 26 },
    )
  })

  it('more down time never improves a verdict', async () => {
    const rank = { breached: 2, met: 0 } as Record<string, number>
    await fc.assert(
      fc.asyncProperty(terms, fc.array(outageRow, { maxLength: 5 }), outageRow, async (t, outages, more) => {
        const plain = { ...more, cause: 'bug' }
        const before = await verdicts({ ...t, exclude: false }, outages, [])
        const after = await verdicts({ ...t, exclude: false }, [...outages, plain], [])
        for (const [i, { status }] of before.entries())
          expect(rank[after[i]?.status ?? '']).toBeGreaterThanOrEqual(rank[status] ?? Number.NaN)
      }),
      { numRuns: 200, seed: 27 },
    )
  })
})
