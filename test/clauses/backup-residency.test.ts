import { describe, expect, it } from 'vitest'
import { countriesOf } from '../../src/clauses/backup/countries.ts'
import { residencyItems } from '../../src/clauses/backup/residency.ts'
import type { BackupRules } from '../../src/clauses/backup/rules.ts'
import {
  type BackupSpec,
  type CopySpec,
  itemsOf,
  RULES,
  seriesOf,
  stretches,
  verdicts,
  type World,
} from './backup-worlds.ts'

function judged(words: readonly string[], world: World) {
  const countries = countriesOf(words)
  if ('problem' in countries) throw new Error(countries.problem)
  const rules: BackupRules = { ...RULES, residency: { countries, words } }
  return itemsOf(residencyItems(seriesOf(world, rules), rules))
}

const run = (more: BackupSpec = {}): BackupSpec => ({
  id: 'b',
  at: 'paris',
  country: 'FR',
  start: '2026-05-01T04:00:00Z',
  end: '2026-05-01T04:10:00Z',
  deleted: null,
  ...more,
})
const world = (more: BackupSpec = {}, rest: Partial<World> = {}): World => ({
  asOf: '2026-07-01T00:00:00Z',
  backups: [run(more)],
  ...rest,
})
const copy = (more: CopySpec): CopySpec => ({
  at: 'virginia',
  country: 'US',
  made: '2026-05-01T05:00:00Z',
  deleted: '2026-05-01T05:30:00Z',
  ...more,
})

describe('where copies are', () => {
  it('all inside', () => {
    const [item] = judged(['FR'], world())
    expect(item).toMatchObject({
      status: 'met',
      reason: 'inside',
      observed: { unit: 'none', text: 'FR' },
      why: 'kept in FR',
    })
  })

  it('a temporary copy abroad is one, however early it was deleted', () => {
    const [item] = judged(['FR'], world({ copies: [copy({})] }))
    expect(item).toMatchObject({
      status: 'breached',
      reason: 'abroad',
      why: 'a copy is in US (virginia)',
      observed: { text: 'US' },
    })
    expect(stretches(item?.breached ?? [])).toEqual(['2026-05-01T05:00:00Z/2026-05-01T05:30:00Z'])
  })

  it('a partial one abroad is one too, a failed or running run leaves nothing there', () => {
    const abroad = { country: 'US' } as const
    expect(verdicts(judged(['FR'], world({ ...abroad, status: 'partial' })))).toEqual(['2026-05-01 breached abroad'])
    expect(verdicts(judged(['FR'], world({ ...abroad, status: 'warning' })))).toEqual(['2026-05-01 breached abroad'])
    expect(judged(['FR'], world({ ...abroad, status: 'failed' }))).toEqual([])
    expect(judged(['FR'], world({ ...abroad, status: 'running', end: null }))).toEqual([])
    expect(verdicts(judged(['FR'], world({ copies: [copy({ made: null })] })))).toEqual(['2026-05-01 met inside'])
  })

  it('once made it was there, whatever is known of after', () => {
    const [item] = judged(['FR'], world({ copies: [copy({ deleted: '?' })] }))
    expect(item?.status).toBe('breached')
    expect(stretches(item?.breached ?? [])).toEqual(['2026-05-01T05:00:00Z/2026-05-01T05:00:00.001Z'])
    expect(stretches(item?.undecided ?? [])).toEqual(['2026-05-01T05:00:00.001Z/2026-07-01T00:00:00Z'])
  })

  it('a place without a country is not known', () => {
    const { country: _, ...nowhere } = run({ region: 'eu-west-3', at: 's3' })
    const [item] = judged(['FR'], { asOf: '2026-07-01T00:00:00Z', backups: [nowhere] })
    expect(item).toMatchObject({
      status: 'unverified',
      reason: 'country-unknown',
      why: 'no country is told of a copy (s3)',
    })
    const { country: __, ...region } = copy({ region: 'us-east-1', at: '' })
    expect(verdicts(judged(['FR'], world({ copies: [region] })))).toEqual(['2026-05-01 unverified country-unknown'])
    // A copy that is surely abroad decides.
    expect(verdicts(judged(['FR'], world({ copies: [region, copy({})] })))).toEqual(['2026-05-01 breached abroad'])
  })

  it('only a listing may show it', () => {
    const listed = { unplaced: true, copies: [{ at: 'virginia', country: 'US' }] } as const
    const rest: Partial<World> = { listings: [['2026-05-05T00:00:00Z', 'virginia', ['b']]] }
    expect(judged(['FR'], world(listed, rest))[0]).toMatchObject({ status: 'breached' })
    expect(judged(['FR'], world(listed))[0]).toMatchObject({ status: 'unverified', reason: 'existence-unknown' })
  })

  it('holds inside the term', () => {
    const term = ['2026-05-01T05:20:00Z', '2026-06-01T00:00:00Z'] as const
    const [item] = judged(['FR'], world({ copies: [copy({})] }, { term }))
    expect(stretches(item?.breached ?? [])).toEqual(['2026-05-01T05:20:00Z/2026-05-01T05:30:00Z'])
    expect(verdicts(judged(['FR'], world({ copies: [copy({})] }, { term: ['2026-05-02T00:00:00Z'] })))).toEqual([
      '2026-05-01 met inside',
    ])
  })

  it('counts in every period in which a copy was there', () => {
    const period = (from: string, to: string) =>
      judged(['FR'], world({ deleted: '2026-05-20T00:00:00Z' }, { period: [from, to] }))
    expect(period('2026-05-10T00:00:00Z', '2026-06-01T00:00:00Z')).toHaveLength(1)
    expect(period('2026-05-20T00:00:00Z', '2026-06-01T00:00:00Z')).toEqual([])
    expect(period('2026-04-01T00:00:00Z', '2026-05-01T04:10:00Z')).toEqual([])
  })

  it('of an unknown status may be nothing at all', () => {
    expect(judged(['FR'], world({ country: 'US', status: '?' }))[0]).toMatchObject({
      status: 'unverified',
      reason: 'status-unknown',
    })
  })

  it.each([
    ['DE', 'EU', 'met'],
    ['NO', 'EU', 'breached'],
    ['NO', 'EEA', 'met'],
    ['CH', 'EEA', 'breached'],
    ['CH', 'Europe', 'met'],
    ['GB', 'Europe', 'met'],
    ['CY', 'Europe', 'met'],
    ['US', 'Europe', 'breached'],
    ['TR', 'Europe', 'breached'],
  ])('%s under %s: %s', (country, word, expected) => {
    expect(judged([word], world({ country }))[0]?.status).toBe(expected)
  })
})

describe('the words for countries', () => {
  it('are codes in any case and groups', () => {
    expect(countriesOf(['fr', ' De '])).toEqual(new Set(['FR', 'DE']))
    expect((countriesOf(['eu']) as ReadonlySet<string>).size).toBe(27)
    expect((countriesOf(['EEA']) as ReadonlySet<string>).size).toBe(30)
    expect(countriesOf(['EU', 'ch'])).toEqual(new Set([...(countriesOf(['EU']) as ReadonlySet<string>), 'CH']))
    const europe = countriesOf(['europe']) as ReadonlySet<string>
    for (const code of countriesOf(['EEA']) as ReadonlySet<string>) expect(europe.has(code)).toBe(true)
  })

  it.each([
    ['France', 'write FR'],
    ['germany', 'write DE'],
    ['Germny', 'write DE'],
    ['Türkiye', 'write TR'],
    ['UK', 'write GB'],
    ['USA', 'write US'],
    ['Netherlands', 'write NL'],
    ['XX', 'write ISO 3166 codes of two letters such as FR, or EU, EEA, Europe'],
    ['', 'write ISO 3166 codes of two letters such as FR, or EU, EEA, Europe'],
  ])('"%s" is none: %s', (word, hint) => {
    expect(countriesOf(['FR', word])).toEqual({ problem: `"${word}" isn't a country code`, hint })
  })
})
