import { describe, expect, test } from 'vitest'
import { listedStarts, sweepsOf, sweptFrom, togetherText } from '../../src/clauses/backup/listings.ts'
import { componentsIn } from '../../src/clauses/backup/make-series.ts'
import { gapsOf, neighbours } from '../../src/clauses/cover.ts'
import { ms } from '../support/instants.ts'
import {
  iso,
  keepFor,
  listing,
  moment,
  rulesOf,
  run,
  seriesOf,
  shows,
  spans,
  type World,
} from './backup-series-rows.ts'

const WORLD: Omit<World, 'runs'> = {
  period: ['2026-05-01T00:00:00Z', '2026-06-01T00:00:00Z'],
  asOf: '2026-05-20T00:00:00Z',
}
const AT = '2026-05-03T04:00:00Z'

describe('a series', () => {
  test('one component: its own rows, those of all, and those without one where no other is asked for', () => {
    const runs = ['db', 'files', 'all', ''].map(component => run({ id: component || 'none', start: AT, component }))
    const ids = (world: Partial<World>) => seriesOf({ ...WORLD, runs, ...world }).all.map(({ backup }) => backup.id)
    expect(ids({})).toEqual(['db', 'all', 'none'])
    expect(ids({ component: 'files', rules: { components: ['db', 'files'] } })).toEqual(['files', 'all'])
    expect(ids({ rules: { components: [] } })).toEqual(['db', 'files', 'all', 'none'])
    expect(componentsIn(rulesOf({ components: [] }))).toEqual([''])
  })

  test('what counts: accepted statuses, of the right kind, and perhaps what is not told', () => {
    const flaw = { reason: 'bad-row', why: 'its row is bad', origins: [] } as const
    const runs = [
      run({ id: 'well', start: AT }),
      run({ id: 'failed', start: AT, status: 'failed' }),
      run({ id: 'partial', start: AT, status: 'partial' }),
      run({ id: 'running', start: AT, end: null, status: 'running' }),
      run({ id: 'untold', start: AT, status: 'absent' }),
      run({ id: 'bad', start: AT, status: 'failed', flaw }),
      run({ id: 'full', start: AT, kind: 'full' }),
      run({ id: 'inc', start: AT, kind: 'incremental' }),
    ]
    const counts = (rules: World['rules']) =>
      Object.fromEntries(seriesOf({ ...WORLD, runs, ...(rules && { rules }) }).all.map(c => [c.backup.id, c.counts]))
    const any = { well: 'yes', failed: 'no', partial: 'no', running: 'maybe', untold: 'maybe', bad: 'maybe' }
    expect(counts({})).toEqual({ ...any, full: 'yes', inc: 'yes' })
    expect(counts({ accept: new Set(['success', 'partial']) })).toMatchObject({ partial: 'yes' })
    expect(counts({ only: 'full' })).toMatchObject({ well: 'maybe', full: 'yes', inc: 'no' })
    expect(counts({ only: 'incremental' })).toMatchObject({ well: 'maybe', full: 'no', inc: 'yes' })
  })

  test('the log of jobs is complete from its first row on, or where it is said to be', () => {
    const runs = [run({ start: AT })]
    const plain = seriesOf({ ...WORLD, runs })
    expect(spans(plain.creations)).toEqual(['2026-05-03T04:00:00Z/2026-05-20T00:00:00Z'])
    expect(iso(plain.logStart ?? 0)).toBe(AT)
    expect(plain.deletions).toEqual([])

    const declared = { backup: [['2026-04-01T00:00:00Z', '2026-05-10T00:00:00Z']] } as const
    const said = seriesOf({ ...WORLD, runs, declared })
    expect(spans(said.creations)).toEqual(['2026-04-01T00:00:00Z/2026-05-10T00:00:00Z'])
    expect(seriesOf({ ...WORLD, runs, declared, term: { start: '2026-04-15T00:00:00Z' } }).logStart).toBeUndefined()
    expect(seriesOf({ ...WORLD, runs, unlogged: true }).creations).toEqual([])
    expect(seriesOf({ ...WORLD, runs, skipped: ['backup'] }).creations).toEqual([])
  })

  test('the term is cut to as of, the period to the term', () => {
    const term = { start: '2026-05-05T10:00:00Z', end: '2026-05-25T00:00:00Z' }
    const series = seriesOf({ ...WORLD, runs: [], term })
    expect([iso(series.term.start), iso(series.term.end)]).toEqual(['2026-05-05T10:00:00Z', '2026-05-20T00:00:00Z'])
    expect(spans([series.period])).toEqual(['2026-05-05T10:00:00Z/2026-05-25T00:00:00Z'])
  })

  test('listings that tell of it: complete ones that name it or everything', () => {
    const listings = [
      listing('2026-05-01T05:00:00Z'),
      listing('2026-05-02T05:00:00Z', { components: new Set(['files']) }),
      listing('2026-05-03T05:00:00Z', { complete: false }),
      listing('2026-05-04T05:00:00Z', { components: new Set(), everyComponent: true }),
    ]
    const days = seriesOf({ ...WORLD, runs: [], listings }).listings.map(({ at }) => iso(at.earliest))
    expect(days).toEqual(['2026-05-01T05:00:00Z', '2026-05-04T05:00:00Z'])
  })
})

describe('listings instead of a log', () => {
  const kept = (id: string, start: string, location: string, first: string, last = first) =>
    run({ id, start, end: undefined, copies: [{ location, listed: [shows(first, last)] }] })

  test('one location: what started before the newest listed is in the listing, or is not there', () => {
    const runs = [
      kept('a', '2026-05-08T04:00:00Z', '', '2026-05-10T12:00:00Z'),
      kept('b', '2026-05-10T04:00:00Z', '', '2026-05-10T12:00:00Z'),
    ]
    const series = seriesOf({ ...WORLD, runs, unlogged: true, listings: [listing('2026-05-10T12:00:00Z')] })
    expect(sweepsOf(series)).toMatchObject([{ at: ms('2026-05-10T12:00:00Z'), through: ms('2026-05-10T04:00:00Z') }])
    expect(togetherText(series, ms('2026-05-09T00:00:00Z'))).toBe('')
    const swept = sweptFrom(sweepsOf(series))
    expect(swept(ms('2026-05-10T04:00:00Z'))).toBe(ms('2026-05-10T12:00:00Z'))
    expect(swept(ms('2026-05-10T04:00:00.001Z'))).toBeUndefined()
    // Kept 5 days less an hour: what started 5 May 13:00 Z had ended when it was listed; a moment later it had not.
    expect(spans(listedStarts(series, keepFor('5 days')))).toEqual([
      '2026-05-05T13:00:00.001Z/2026-05-10T04:00:00.001Z',
    ])
    expect(listedStarts(series, undefined)).toEqual([])
  })

  test('months clamp: on 31 March all of March is owed for one month, and nothing of February', () => {
    const runs = [kept('a', '2026-03-31T04:00:00Z', '', '2026-03-31T12:00:00Z')]
    const world = { period: ['2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z'], asOf: '2026-04-01T00:00:00Z' } as const
    const series = seriesOf({
      ...world,
      zone: 'UTC',
      runs,
      unlogged: true,
      listings: [listing('2026-03-31T12:00:00Z')],
    })
    expect(spans(listedStarts(series, keepFor('1 month', 0)))).toEqual([
      '2026-03-01T00:00:00Z/2026-03-31T04:00:00.001Z',
    ])
  })

  test('two locations: only when both were listed within a day, up to what both had by then', () => {
    const runs = [
      kept('a', '2026-05-08T04:00:00Z', 'lyon', '2026-05-09T12:00:00Z'),
      kept('b', '2026-05-09T04:00:00Z', 'paris', '2026-05-09T13:00:00Z', '2026-05-10T12:00:00.001Z'),
      kept('c', '2026-05-10T04:00:00Z', 'paris', '2026-05-10T12:00:00Z', '2026-05-10T12:00:00.001Z'),
    ]
    const listings = [
      listing('2026-05-09T12:00:00Z', { location: 'lyon' }),
      listing('2026-05-09T13:00:00Z', { location: 'paris' }),
      // A day after that of lyon, and a millisecond more.
      listing('2026-05-10T12:00:00Z', { location: 'paris' }),
      listing('2026-05-10T12:00:00.001Z', { location: 'paris' }),
    ]
    const series = seriesOf({ ...WORLD, runs, unlogged: true, listings })
    expect(sweepsOf(series).map(({ at, through }) => [iso(at), iso(through)])).toEqual([
      ['2026-05-09T13:00:00Z', '2026-05-08T04:00:00Z'],
      ['2026-05-10T12:00:00Z', '2026-05-08T04:00:00Z'],
    ])
    expect(togetherText(series, ms('2026-05-08T00:00:00Z'))).toBe(
      '; listings of lyon and paris, 1h apart, taken as one',
    )
    const one = seriesOf({ ...WORLD, runs, unlogged: true, listings: listings.slice(1) })
    expect(sweepsOf(one)).toEqual([])
  })

  test('of several places that no row names it is not known how many there are', () => {
    const runs = [kept('a', '2026-05-08T04:00:00Z', '', '2026-05-09T12:00:00Z')]
    const at = (place?: number) => listing('2026-05-09T12:00:00Z', place === undefined ? {} : { place })
    const sweeps = (place?: number) => sweepsOf(seriesOf({ ...WORLD, runs, unlogged: true, listings: [at(place)] }))
    expect(sweeps()).toHaveLength(1)
    expect(sweeps(1)).toEqual([])
  })
})

describe('gaps of a cover', () => {
  const owed = { sure: [{ start: 0, end: 100 }], possible: [{ start: 0, end: 100 }] }

  test('doubtful fringes belong to their gap; between two breached stretches they belong to the first', () => {
    const cover = {
      sure: [
        { start: 0, end: 10 },
        { start: 40, end: 60 },
      ],
      possible: [
        { start: 0, end: 15 },
        { start: 30, end: 70 },
        { start: 80, end: 90 },
      ],
    }
    expect(gapsOf(owed, cover)).toEqual([
      {
        at: { start: 10, end: 40 },
        breached: [{ start: 15, end: 30 }],
        undecided: [
          { start: 10, end: 15 },
          { start: 30, end: 40 },
        ],
      },
      {
        at: { start: 60, end: 90 },
        breached: [{ start: 70, end: 80 }],
        undecided: [
          { start: 60, end: 70 },
          { start: 80, end: 90 },
        ],
      },
      { at: { start: 90, end: 100 }, breached: [{ start: 90, end: 100 }], undecided: [] },
    ])
  })

  test('neighbours: the last before a gap and the first to end it', () => {
    const anchors = [10, 30, 50].map(at => ({ at: moment(at) }))
    expect(neighbours(anchors, { start: 20, end: 30 })).toEqual({ before: 0, after: 1 })
    expect(neighbours(anchors, { start: 0, end: 10 })).toEqual({ before: undefined, after: 0 })
    expect(neighbours(anchors, { start: 60, end: 100 })).toEqual({ before: 2, after: undefined })
  })
})
