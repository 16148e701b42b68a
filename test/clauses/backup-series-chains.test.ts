import { describe, expect, test } from 'vitest'
import type { Verification } from '../../src/evidence/backups/records.ts'
import { moment, type RunText, run, seriesOf, shows, spans } from './backup-series-rows.ts'

const WORLD = { period: ['2026-05-01T00:00:00Z', '2026-06-01T00:00:00Z'], asOf: '2026-06-01T00:00:00Z' } as const
const day = (n: number): string => `2026-05-${String(n).padStart(2, '0')}T04:00:00Z`

/** `b0` on the first of May, `b1` on the second …, each kept unless said otherwise. */
function chain(...texts: readonly RunText[]) {
  const runs = texts.map((text, i) =>
    run({ id: `b${i}`, start: day(i + 1), copies: [{ made: day(i + 1), deleted: null }], ...text }),
  )
  const series = seriesOf({ ...WORLD, runs })
  return (index: number, at?: string) => {
    const { sure, possible } = series.restorable(index, at)
    return { sure: spans(sure), possible: spans(possible) }
  }
}

const on = (index: number): Pick<RunText, 'kind' | 'parent'> => ({
  kind: 'incremental',
  parent: { id: `b${index}`, index },
})
const known = (...list: readonly string[]) => ({ sure: list, possible: list })

describe('what a backup is restored from', () => {
  test('an incremental goes with the full it needs, however young it is', () => {
    const r = chain({ kind: 'full', parent: null, copies: [{ made: day(1), deleted: day(5) }] }, on(0), on(1))
    expect(r(0)).toEqual(known('2026-05-01T04:00:00Z/2026-05-05T04:00:00Z'))
    expect(r(1)).toEqual(known('2026-05-02T04:00:00Z/2026-05-05T04:00:00Z'))
    expect(r(2)).toEqual(known('2026-05-03T04:00:00Z/2026-05-05T04:00:00Z'))
  })

  test('a full that failed, or whose status is not told, carries nothing, or nothing certain', () => {
    expect(chain({ status: 'failed', parent: null, copies: [] }, on(0))(1)).toEqual(known())
    const untold = chain({ status: 'absent', parent: null }, on(0))
    expect(untold(1)).toEqual({ sure: [], possible: ['2026-05-02T04:00:00Z/2026-06-01T00:00:00Z'] })
  })

  test('a partial full carries only where partial ones are accepted', () => {
    const full: RunText = { id: 'b0', start: day(1), status: 'partial', copies: [{ made: day(1), deleted: null }] }
    const runs = [run(full), run({ id: 'b1', start: day(2), copies: [{ made: day(2), deleted: null }], ...on(0) })]
    const strict = seriesOf({ ...WORLD, runs })
    const mild = seriesOf({ ...WORLD, runs, rules: { accept: new Set(['success', 'partial']) } })
    expect(spans(strict.restorable(1).possible)).toEqual([])
    expect(spans(mild.restorable(1).sure)).toEqual(['2026-05-02T04:00:00Z/2026-06-01T00:00:00Z'])
  })

  test('the chain has to be at the same location', () => {
    const r = chain(
      { parent: null, copies: [{ location: 'paris', made: day(1), deleted: null }] },
      {
        ...on(0),
        copies: [
          { location: 'paris', made: day(2), deleted: day(8) },
          { location: 'lyon', made: day(3), deleted: null },
        ],
      },
    )
    expect(r(1)).toEqual(known('2026-05-02T04:00:00Z/2026-05-08T04:00:00Z'))
    expect(r(1, 'lyon')).toEqual(known())
    expect(r(1, 'paris')).toEqual(known('2026-05-02T04:00:00Z/2026-05-08T04:00:00Z'))
  })

  test('where no location is named it is not known to be another one', () => {
    const r = chain({ parent: null }, { ...on(0), copies: [{ location: 'paris', made: day(2), deleted: null }] })
    expect(r(1)).toEqual({ sure: [], possible: ['2026-05-02T04:00:00Z/2026-06-01T00:00:00Z'] })
  })

  test('a parent that no row has, or an incremental without a word on its parent, is not certain', () => {
    const possible = ['2026-05-01T04:00:00Z/2026-06-01T00:00:00Z']
    expect(chain({ kind: 'incremental', parent: { id: 'lost' } })(0)).toEqual({ sure: [], possible })
    expect(chain({ kind: 'differential', parent: undefined })(0)).toEqual({ sure: [], possible })
    expect(chain({ kind: 'full', parent: undefined })(0)).toEqual(known(...possible))
    expect(chain({ kind: 'incremental', parent: null })(0)).toEqual(known(...possible))
  })

  test('a circle is never certain, whichever link is asked for first', () => {
    const b2 = { copies: [{ made: day(3), deleted: day(20) }] }
    const ends = (order: readonly number[]) => {
      const r = chain(on(2), on(0), { ...on(1), ...b2 }, on(2))
      return new Map(order.map(i => [i, r(i)]))
    }
    // Rows that can't all be true say nothing of each other: each may have been of use while it was there.
    const circle = [
      '2026-05-01T04:00:00Z/2026-06-01T00:00:00Z',
      '2026-05-02T04:00:00Z/2026-06-01T00:00:00Z',
      '2026-05-03T04:00:00Z/2026-05-20T04:00:00Z',
    ].map(stretch => ({ sure: [], possible: [stretch] }))
    const tail = { sure: [], possible: ['2026-05-04T04:00:00Z/2026-05-20T04:00:00Z'] }
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [1, 3, 0, 2],
    ]) {
      const found = ends(order)
      expect([0, 1, 2].map(i => found.get(i))).toEqual(circle)
      expect(found.get(3)).toEqual(tail)
    }
  })

  test('a hundred thousand links', () => {
    const texts = Array.from({ length: 100_000 }, (_, i): RunText => {
      const start = 1_770_000_000_000 + i * 1000
      return { id: `b${i}`, start, copies: [{ made: start, deleted: null }], ...(i > 0 && on(i - 1)) }
    })
    const { sure } = chain(...texts)(99_999)
    expect(sure).toEqual([`${new Date(1_770_099_999_000).toISOString().replace('.000Z', 'Z')}/2026-06-01T00:00:00Z`])
  })

  test('restorable until a verification failed, there or everywhere', () => {
    const check = (passed: boolean | undefined, location?: string): Verification => ({
      at: moment(['2026-05-10T00:00:00Z', '2026-05-10T12:00:00Z']),
      passed,
      ...(location !== undefined && { location }),
      origin: { input: 0 },
    })
    const at = [{ location: 'paris', made: day(1), deleted: null }]
    const whole = known('2026-05-01T04:00:00Z/2026-06-01T00:00:00Z')
    const cut = {
      sure: ['2026-05-01T04:00:00Z/2026-05-10T00:00:00Z'],
      possible: ['2026-05-01T04:00:00Z/2026-05-10T12:00:00Z'],
    }
    const judged = (...verifications: readonly Verification[]) => chain({ parent: null, copies: at, verifications })(0)
    expect(judged(check(false))).toEqual(cut)
    expect(judged(check(false, 'paris'))).toEqual(cut)
    expect(judged(check(false, 'lyon'))).toEqual(whole)
    expect(judged(check(true))).toEqual(whole)
    expect(judged(check(undefined))).toEqual(whole)
  })

  test('what was made on top of a backup that failed its verification goes with it', () => {
    const failed: Verification = { at: moment(day(9)), passed: false, origin: { input: 0 } }
    const r = chain({ parent: null, verifications: [failed] }, on(0))
    expect(r(1)).toEqual(known('2026-05-02T04:00:00Z/2026-05-09T04:00:00Z'))
  })

  test('two ids of one backup at one place: there while either is', () => {
    const r = chain({
      parent: null,
      copies: [
        { location: 'repo', made: day(1), deleted: day(6) },
        { location: 'repo', listed: [shows('2026-05-05T00:00:00Z', '2026-05-09T00:00:00Z')] },
      ],
    })
    expect(r(0).sure).toEqual(['2026-05-01T04:00:00Z/2026-05-09T00:00:00.001Z'])
  })

  test('a failed run and one that still runs have nothing to restore', () => {
    expect(chain({ status: 'failed', copies: [] })(0)).toEqual(known())
    expect(chain({ status: 'running', end: null, copies: [] })(0)).toEqual(known())
  })
})
