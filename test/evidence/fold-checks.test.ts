import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MOST_SEGMENTS, makeCheckFolder } from '../../src/evidence/fold-checks.ts'
import type { StateCode } from '../../src/evidence/probe-fold.ts'
import { makeProblems } from '../../src/evidence/problems.ts'
import type { ProbeSeries } from '../../src/evidence/records.ts'

interface Row {
  readonly time: number
  readonly state: StateCode
}

type Plain = Pick<ProbeSeries, 'samples' | 'first' | 'last' | 'usual'> & {
  readonly runs: readonly (readonly [string, number, number, number | undefined, number | undefined])[]
  readonly gaps: readonly (readonly [number, number])[]
}

const NAMES = ['up', 'unknown', 'degraded', 'down']

/** The same by sorting everything: one sample an instant, the worst; then a scan for runs and for wide distances. */
function slow(rows: readonly Row[]): Plain {
  const worst = new Map<number, number>()
  for (const { time, state } of rows) worst.set(time, Math.max(state, worst.get(time) ?? 0))
  const sorted = [...worst].sort((a, b) => a[0] - b[0])
  const times = sorted.map(([time]) => time)
  const counts = new Map<number, number>()
  for (let i = 1; i < times.length; i++) {
    const exact = (times[i] ?? 0) - (times[i - 1] ?? 0)
    const key = exact >= 1000 ? Math.round(exact / 1000) * 1000 : exact
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const usual = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0
  const runs: [string, number, number, number | undefined, number | undefined][] = []
  for (let i = 0; i < sorted.length; ) {
    let j = i
    while (j + 1 < sorted.length && sorted[j + 1]?.[1] === sorted[i]?.[1]) j++
    const state = sorted[i]?.[1] ?? 0
    if (state !== 0) runs.push([NAMES[state] ?? '', times[i] ?? 0, times[j] ?? 0, times[i - 1], times[j + 1]])
    i = j + 1
  }
  const pairs = times.slice(1).map((time, i) => [times[i] ?? 0, time] as const)
  return {
    samples: sorted.length,
    first: times[0] ?? 0,
    last: times.at(-1) ?? 0,
    usual,
    runs,
    gaps: pairs.filter(([a, b]) => b - a > 1.5 * usual),
  }
}

function plain(series: ProbeSeries): Plain {
  const { samples, first, last, usual } = series
  return {
    samples,
    first,
    last,
    usual,
    runs: series.runs.map(run => [run.state, run.first, run.last, run.before, run.after]),
    gaps: series.gaps.map(gap => [gap.start, gap.end]),
  }
}

function fold(files: readonly (readonly Row[])[]) {
  const folder = makeCheckFolder()
  const problems = files.map((_, i) => makeProblems(`file-${i}`))
  let repeated = 0
  for (const [i, rows] of files.entries()) {
    folder.beginFile(i)
    for (const [line, { time, state }] of rows.entries()) {
      if (!folder.add('web', '', '', 0, time, state, line + 2)) repeated++
    }
  }
  const { series, duplicates } = folder.finish(input => problems[input] ?? makeProblems('none'))
  return {
    series,
    repeated: repeated + duplicates.length,
    messages: problems.flatMap(p => p.list().map(d => d.message)),
  }
}

const state = fc.oneof({ weight: 6, arbitrary: fc.constant(0 as StateCode) }, fc.constantFrom<StateCode[]>(1, 2, 3))
/** Mostly a minute apart, with jitter below a second, some holes and some samples said twice or in two ways. */
const distance = fc.oneof(
  { weight: 8, arbitrary: fc.constant(60_000) },
  { weight: 3, arbitrary: fc.integer({ min: 59_600, max: 60_400 }) },
  fc.integer({ min: 1, max: 400_000 }),
  { weight: 1, arbitrary: fc.constant(0) },
)
const rising = (max: number): fc.Arbitrary<Row[]> =>
  fc.array(fc.tuple(distance, state), { minLength: 1, maxLength: max }).map(steps => {
    let time = Date.UTC(2026, 4, 1)
    return steps.map(([step, code]) => {
      time += step
      return { time, state: code }
    })
  })

/** Moves rows by fewer than 32 places, so that none is more than 63 rows late. */
function shuffled(rows: readonly Row[], keys: readonly number[]): Row[] {
  return rows
    .map((row, i) => ({ row, key: i + (keys[i % keys.length] ?? 0) }))
    .sort((a, b) => a.key - b.key)
    .map(({ row }) => row)
}
const keys = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 40 })

describe('folding samples', () => {
  it('gives the runs, gaps and usual distance that sorting everything gives', () => {
    fc.assert(
      fc.property(rising(400), keys, fc.boolean(), (rows, order, falling) => {
        const given = shuffled(rows, order)
        if (falling) given.reverse()
        const { series } = fold([given])
        expect(series).toHaveLength(1)
        expect(series.map(plain)).toEqual([slow(rows)])
      }),
      { numRuns: 300 },
    )
  })

  it('counts what says the same twice', () => {
    fc.assert(
      fc.property(rising(300), rows => {
        // By hand: a row repeats another if its state is the worst said of that instant so far.
        const worst = new Map<number, number>()
        let expected = 0
        for (const { time, state: code } of rows) {
          const before = worst.get(time)
          if (before === code) expected++
          worst.set(time, Math.max(code, before ?? 0))
        }
        expect(fold([rows]).repeated).toBe(expected)
      }),
    )
  })

  it('joins files that follow each other, also when they share their outermost instant', () => {
    fc.assert(
      fc.property(
        rising(300),
        fc.array(fc.nat(), { maxLength: 4 }),
        fc.boolean(),
        fc.boolean(),
        (rows, cuts, shared, falling) => {
          const places = [0, ...cuts.map(cut => cut % rows.length).sort((a, b) => a - b), rows.length]
          const files = places.slice(1).map((end, i) => {
            // With `shared`, the last sample of a file is also the first of the next, as downloads by the day are.
            const part = rows.slice(places[i], shared ? Math.min(end + 1, rows.length) : end)
            return falling ? part.reverse() : part
          })
          const { series } = fold(falling ? files.reverse() : files)
          expect(series.map(plain)).toEqual([slow(rows)])
        },
      ),
      { numRuns: 300 },
    )
  })

  it('reads blocks in falling order whose rows rise', () => {
    const rows = Array.from({ length: 900 }, (_, i) => ({ time: i * 60_000, state: (i % 97 < 3 ? 3 : 0) as StateCode }))
    const blocks = [rows.slice(600), rows.slice(300, 600), rows.slice(0, 300)]
    const { series, messages } = fold([blocks.flat()])
    expect(series.map(plain)).toEqual([slow(rows)])
    expect(messages).toEqual([])
  })

  it('lets the worse state of an instant win across the edge of what is held back', () => {
    for (let late = 1; late <= 64; late++) {
      const rows: Row[] = Array.from({ length: 200 }, (_, i) => ({ time: i * 1000, state: 0 }))
      const given = [...rows.slice(0, 100 + late), { time: 100_000, state: 3 as StateCode }, ...rows.slice(100 + late)]
      const { series } = fold([given])
      expect(series.map(plain)).toEqual([slow(given)])
    }
  })

  it('tells an up-to-the-minute example by hand', () => {
    const rows = [0, 60, 120, 180, 600, 660].map((s, i) => ({
      time: s * 1000,
      state: (i === 1 || i === 2 ? 3 : 0) as StateCode,
    }))
    const [series] = fold([rows]).series
    expect(series).toMatchObject({
      samples: 6,
      first: 0,
      last: 660_000,
      usual: 60_000,
      runs: [
        {
          state: 'down',
          first: 60_000,
          last: 120_000,
          before: 0,
          after: 180_000,
          origin: { input: 0, line: 3, to: 4 },
        },
      ],
      gaps: [{ start: 180_000, end: 600_000, origin: { input: 0, line: 6 } }],
      origin: { input: 0, line: 2, to: 7 },
    })
  })

  it('keeps what overlaps side by side and says so', () => {
    const rows: Row[] = Array.from({ length: 100 }, (_, i) => ({ time: i * 60_000, state: 0 }))
    const { series, messages } = fold([rows, rows.slice(20, 90)])
    expect(series.map(one => one.samples)).toEqual([100, 70])
    expect(messages).toEqual(['samples of "web" in file-0 and file-1 overlap in time: kept as 2 series side by side'])
  })

  it('gives up on samples in no order', () => {
    const rows: Row[] = []
    for (let i = 0; i <= MOST_SEGMENTS; i++) {
      for (let k = 0; k < 70; k++) rows.push({ time: (k * 5000 + ((i * 7919) % 5000)) * 1000, state: 0 })
    }
    const { series, messages } = fold([rows])
    expect(series).toEqual([])
    expect(messages).toEqual(['samples of "web" are in no order: more than 1000 jumps back in time'])
  })

  it('says when the usual distance shrinks so far that gaps were let go', () => {
    const slowly: Row[] = Array.from({ length: 600 }, (_, i) => ({ time: i * 300_000, state: 0 }))
    const end = 600 * 300_000
    const quickly: Row[] = Array.from({ length: 900 }, (_, i) => ({ time: end + i * 60_000, state: 0 }))
    expect(fold([[...slowly, ...quickly]]).messages).toEqual([
      'the usual interval of "web" changes: most samples are 1m apart, others for long 5m',
    ])
    // Half as long is no gap by any usual limit: only limits below that are told that gaps may be missing.
    const middling: Row[] = Array.from({ length: 900 }, (_, i) => ({ time: end + i * 150_000, state: 0 }))
    const { series, messages } = fold([[...slowly, ...middling]])
    expect(messages).toEqual([])
    expect(series[0]).toMatchObject({ usual: 150_000, gapsAbove: 300_000 })
  })

  it('keeps probes apart by service, location, source and filter', () => {
    const folder = makeCheckFolder()
    folder.beginFile(0)
    let line = 2
    for (let t = 0; t < 10; t++) {
      for (const [service, location, source, filter] of [
        ['a', '', '', 0],
        ['a', 'x', '', 0],
        ['a', 'x', 's', 0],
        ['a', 'x', 's', 1],
        ['b', '', '', 0],
      ] as const) {
        folder.add(service, location, source, filter, t * 1000, 0, line++)
      }
    }
    const { series } = folder.finish(() => makeProblems('none'))
    expect(series.map(s => [s.service, s.location, s.source, s.filter, s.samples])).toEqual([
      ['a', '', '', 0, 10],
      ['a', 'x', '', 0, 10],
      ['a', 'x', 's', 0, 10],
      ['a', 'x', 's', 1, 10],
      ['b', '', '', 0, 10],
    ])
  })
})
