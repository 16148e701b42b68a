import { describe, expect, it } from 'vitest'
import type { AnyRule } from '../../src/compare/rule.ts'
import { backupRule } from '../../src/compare/rules/backup.ts'
import { controlRule } from '../../src/compare/rules/control.ts'
import { maintenanceRule } from '../../src/compare/rules/maintenance.ts'
import { recoveryRule } from '../../src/compare/rules/recovery.ts'
import { PARIS, relation, ruled, settled } from './duties-pairs.ts'

type Fields = Record<string, unknown>

const promises: readonly [string, AnyRule, Fields, string, 'each' | 'some'][] = [
  ['notice', maintenanceRule, { notice: { 'at-least': '48h' } }, 'notice', 'each'],
  ['length', maintenanceRule, { longest: '2h' }, 'longest', 'each'],
  ['number', maintenanceRule, { 'at-most': '2 per calendar month' }, 'at-most', 'each'],
  ['keeping', backupRule, { of: ['db'], keep: { for: '30 days' } }, 'keep', 'each'],
  ['copies', backupRule, { of: ['db'], copies: { differs: 'region', 'made-within': '24h' } }, 'copies', 'each'],
  ['countries', backupRule, { of: ['db'], residency: ['EU'] }, 'residency', 'each'],
  ['schedule', backupRule, { of: ['db'], schedule: { every: '24h' } }, 'schedule', 'some'],
  ['recovery', recoveryRule, { rto: { 'at-most': '6h' } }, 'rto', 'each'],
  ['loss', recoveryRule, { rpo: { 'at-most': '1h', measure: 'incident' } }, 'rpo', 'each'],
  ['control', controlRule, { of: 'drill', every: '30 days' }, 'drill', 'some'],
]

const of = (services: Fields): Fields => ({ ...PARIS, services })
const app = of({ app: {} })
const web = of({ web: {} })
const two = of({ app: {}, api: {} })
const other = of({ api: {}, app: {} })
const hosted = of({ hosting: {}, app: { needs: ['hosting'] } })
const site = of({ hosting: {}, site: { needs: ['hosting'] } })

describe('clauses on all services of their contracts', () => {
  it.each(promises)('%s: where one has a service more, it is about more', async (_, rule, fields, promise, way) => {
    for (const more of [two, other]) {
      const pair = { base: fields, other: fields, promise }
      const fewer = way === 'each' ? 'weaker' : 'stronger'
      const opposite = way === 'each' ? 'stronger' : 'weaker'
      expect(await relation(rule, { ...pair, more, otherMore: app })).toBe(fewer)
      expect(await relation(rule, { ...pair, more: app, otherMore: more })).toBe(opposite)
    }
  })

  it.each(promises)('%s: where each has one that the other lacks, they are apart', async (_, rule, fields, promise) => {
    const pair = { base: fields, other: fields, promise, more: two, otherMore: of({ app: {}, mail: {} }) }
    expect(await relation(rule, pair)).toBe('incomparable')
  })

  it.each(promises)(
    '%s: what is called otherwise throughout is taken alike, and said',
    async (_, rule, fields, promise) => {
      const pair = { base: fields, other: fields, promise }
      const note = async (more: Fields, otherMore: Fields) => {
        expect(await relation(rule, { ...pair, more, otherMore })).toBe('equal')
        return (await ruled(rule, { ...pair, more, otherMore })).rules.slice(1)
      }
      expect(await note(app, web)).toEqual(['taken alike: all services of each (app; web)'])
      expect(await note(two, web)).toEqual(['taken alike: all services of each (app, api; web)'])
      // Hosting is a part of what needs it, where the other contract says nothing of it.
      expect(await note(app, hosted)).toEqual(['taken alike: all services of each (app; hosting, app)'])
      expect(await note(site, hosted)).toEqual(['taken alike: all services of each (hosting, site; hosting, app)'])
      expect(await note(two, other)).toEqual([])
      expect(await note(hosted, of({ app: {}, hosting: {} }))).toEqual([])
    },
  )

  it('have a log for each of several promises of a clause', async () => {
    const fields = { notice: { 'at-least': '48h' }, longest: '2h', 'at-most': '2 per calendar month' }
    for (const promise of ['notice', 'longest', 'at-most']) {
      const pair = { base: fields, other: fields, promise, more: two, otherMore: app }
      expect(await relation(maintenanceRule, pair)).toBe('weaker')
    }
    const kept = {
      of: ['db'],
      schedule: { every: '24h' },
      keep: { for: '30 days' },
      copies: { differs: 'region' },
      residency: ['EU'],
    }
    for (const promise of ['keep', 'copies', 'residency'])
      expect(await relation(backupRule, { base: kept, other: kept, promise, more: two, otherMore: app })).toBe('weaker')
    const recovered = { rto: { 'at-most': '6h' }, rpo: { 'at-most': '1h', measure: 'incident' } }
    for (const promise of ['rto', 'rpo'])
      expect(
        await relation(recoveryRule, { base: recovered, other: recovered, promise, more: two, otherMore: app }),
      ).toBe('weaker')
  })

  it('name the service that makes the difference in the log', async () => {
    const [, rule, fields, promise] = promises[0] ?? []
    if (rule === undefined || fields === undefined) throw new Error('no promise')
    const pair = { base: fields, other: fields, more: two, otherMore: app, ...(promise !== undefined && { promise }) }
    const { rules, found } = await settled(rule, pair)
    expect(rules).toEqual(['services: app, the base has app, api'])
    expect(found.map(({ candidate }) => [candidate.story, candidate.rows[0]?.service])).toEqual([
      ['Work of 2h from Wed 10 Jun 12:00, not announced, on api only.', 'api'],
    ])
  })
})
