import { describe, expect, test } from 'vitest'
import { existence } from '../../src/clauses/backup/existence.ts'
import type { Intervals } from '../../src/time/interval.ts'
import { ms, span } from '../support/instants.ts'
import { type CopyText, copy, lacks, run, shows, spans } from './backup-series-rows.ts'

const MADE = '2026-05-01T04:00:00Z'
const AS_OF = ms('2026-06-01T00:00:00Z')
const DATE = ['2026-05-10T00:00:00Z', '2026-05-11T00:00:00Z'] as const

function exists(text: CopyText, deletions: Intervals = [], flawed = false) {
  const flaw = { reason: 'contradictory', why: 'rows contradict each other', origins: [] } as const
  const backup = run({ start: '2026-05-01T03:00:00Z', end: MADE, copies: [text], ...(flawed && { flaw }) })
  const { sure, possible } = existence(copy(text), backup, deletions, AS_OF)
  return { sure: spans(sure), possible: spans(possible) }
}

const to = (end: string): readonly string[] => [`2026-05-01T04:00:00Z/${end}`]

describe('where a copy is there', () => {
  test('from a deletion log that tells of none: for certain while it is complete', () => {
    const log = [span('2026-04-01T00:00:00Z', '2026-05-20T00:00:00Z')]
    expect(exists({ made: MADE }, log)).toEqual({
      sure: to('2026-05-20T00:00:00Z'),
      possible: to('2026-06-01T00:00:00Z'),
    })
  })

  test('a log of deletions with a gap shows nothing after the gap but what a listing shows', () => {
    const log = [
      span('2026-04-01T00:00:00Z', '2026-05-10T00:00:00Z'),
      span('2026-05-12T00:00:00Z', '2026-06-01T00:00:00Z'),
    ]
    expect(exists({ made: MADE }, log).sure).toEqual(to('2026-05-10T00:00:00Z'))
    const listed = exists({ made: MADE, listed: [shows('2026-05-15T00:00:00Z')] }, log)
    expect(listed.sure).toEqual(to('2026-06-01T00:00:00Z'))
  })

  test('without any log: possible, and certain up to the last listing that shows it', () => {
    expect(exists({ made: MADE })).toEqual({ sure: [], possible: to('2026-06-01T00:00:00Z') })
    const listed = [shows('2026-05-02T05:00:00Z', '2026-05-08T05:00:00Z')]
    expect(exists({ made: MADE, listed })).toEqual({
      sure: to('2026-05-08T05:00:00.001Z'),
      possible: to('2026-06-01T00:00:00Z'),
    })
  })

  test('a blank deletion is a proof up to as of', () => {
    expect(exists({ made: MADE, deleted: null })).toEqual({
      sure: to('2026-06-01T00:00:00Z'),
      possible: to('2026-06-01T00:00:00Z'),
    })
  })

  test('a deletion ends it, and shows that it was there until then', () => {
    expect(exists({ made: MADE, deleted: '2026-05-10T06:00:00Z' })).toEqual({
      sure: to('2026-05-10T06:00:00Z'),
      possible: to('2026-05-10T06:00:00Z'),
    })
  })

  test('a deletion known to its date: certain until the day, possible through it', () => {
    expect(exists({ made: MADE, deleted: DATE })).toEqual({
      sure: to('2026-05-10T00:00:00Z'),
      possible: to('2026-05-11T00:00:00Z'),
    })
  })

  test('a listing of the day of its deletion narrows it down', () => {
    const shown = exists({ made: MADE, deleted: DATE, listed: [shows('2026-05-10T05:00:00Z')] })
    expect(shown).toEqual({ sure: to('2026-05-10T05:00:00Z'), possible: to('2026-05-11T00:00:00Z') })
    const lacking = exists({ made: MADE, deleted: DATE, listed: [lacks('2026-05-10T05:00:00Z')] })
    expect(lacking).toEqual({ sure: to('2026-05-10T00:00:00Z'), possible: to('2026-05-10T05:00:00Z') })
  })

  test('the first complete listing that lacks it ends it; between two listings it is not known', () => {
    const listed = [shows('2026-05-08T05:00:00Z'), lacks('2026-05-09T05:00:00Z', '2026-05-30T05:00:00Z')]
    expect(exists({ made: MADE, listed })).toEqual({
      sure: to('2026-05-08T05:00:00.001Z'),
      possible: to('2026-05-09T05:00:00Z'),
    })
  })

  test('a listing from before it was made tells nothing', () => {
    const early = [lacks('2026-04-20T05:00:00Z', '2026-05-01T03:30:00Z')]
    expect(exists({ made: MADE, deleted: null, listed: early }).sure).toEqual(to('2026-06-01T00:00:00Z'))
    const across = [lacks('2026-04-20T05:00:00Z', '2026-05-03T05:00:00Z')]
    expect(exists({ made: MADE, listed: across }).possible).toEqual(to('2026-05-03T05:00:00Z'))
  })

  test('a listing that shows it after its deletion makes the deletion void', () => {
    const listed = [shows('2026-05-12T05:00:00Z')]
    expect(exists({ made: MADE, deleted: '2026-05-10T06:00:00Z', listed })).toEqual({
      sure: to('2026-05-12T05:00:00.001Z'),
      possible: to('2026-06-01T00:00:00Z'),
    })
  })

  test('undeleted: gone by deletion and by listing, then listed again', () => {
    const listed = [lacks('2026-05-11T05:00:00Z'), shows('2026-05-14T05:00:00Z')]
    expect(exists({ made: MADE, deleted: '2026-05-10T06:00:00Z', listed })).toEqual({
      sure: ['2026-05-01T04:00:00Z/2026-05-10T06:00:00Z', '2026-05-14T05:00:00Z/2026-05-14T05:00:00.001Z'],
      possible: ['2026-05-01T04:00:00Z/2026-05-10T06:00:00Z', '2026-05-11T05:00:00.001Z/2026-06-01T00:00:00Z'],
    })
  })

  test('listed without the end of its transfer: certain from the first listing, possible from its start', () => {
    const listed = [shows('2026-05-03T05:00:00Z', '2026-05-04T05:00:00Z')]
    expect(exists({ listed })).toEqual({
      sure: ['2026-05-03T05:00:00Z/2026-05-04T05:00:00.001Z'],
      possible: ['2026-05-01T03:00:00Z/2026-06-01T00:00:00Z'],
    })
  })

  test('a transfer that still runs has left nothing', () => {
    expect(exists({ made: null })).toEqual({ sure: [], possible: [] })
  })

  test('a date of completion: certain from its end, possible from its start', () => {
    expect(exists({ made: DATE, deleted: null })).toEqual({
      sure: ['2026-05-11T00:00:00Z/2026-06-01T00:00:00Z'],
      possible: ['2026-05-10T00:00:00Z/2026-06-01T00:00:00Z'],
    })
  })

  test('of rows that contradict each other nothing is certain', () => {
    expect(exists({ made: MADE, deleted: null }, [], true)).toEqual({
      sure: [],
      possible: to('2026-06-01T00:00:00Z'),
    })
  })
})
