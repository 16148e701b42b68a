import { describe, expect, it } from 'vitest'
import { clauseKinds } from '../../src/clauses/index.ts'
import { supportRule } from '../../src/compare/rules/support.ts'
import { vulnerabilityRule } from '../../src/compare/rules/vulnerability.ts'
import { loadContract } from '../../src/contract/load.ts'
import { contractOf, settled, sideOf, yearOf, zones } from './support-sides.ts'

const world = yearOf()
const office = { days: 'mon-fri', hours: '09:00-18:00' }
const tickets = (priorities: object, more: object = {}) => ({
  kind: 'support',
  calendar: 'office',
  clock: 'calendar',
  'business-day': 'end-of-day',
  'on-reopen': 'continue',
  priorities,
  ...more,
})
const RESPOND = 'support/P1/respond'

async function support(base: object, other: object, ofBase: object = {}, ofOther: object = {}) {
  const contracts = [
    await contractOf(base, { calendars: { office }, ...ofBase }),
    await contractOf(other, { calendars: { office }, ...ofOther }),
  ] as const
  const [a, b] = contracts.map(contract => sideOf(contract, supportRule, RESPOND))
  return settled(supportRule, a as never, b as never, world)
}

describe('a calendar that differs in another year', () => {
  const P1 = { P1: { respond: '4h' } }
  const closed = { calendars: { office: { ...office, except: { '2027-03-01': 'closed' } } } }

  it('gives more time in that year: weaker, with a log of it', async () => {
    const { ordering, found } = await support(tickets(P1), tickets(P1), {}, closed)
    expect([ordering.atLeast, ordering.atMost]).toEqual([false, true])
    expect(found.map(({ breaches }) => breaches)).toEqual(['base'])
    expect(found[0]?.log.story).toContain('2027')
  })

  it('outside the years of feasts too', async () => {
    const late = { calendars: { office: { ...office, except: { '2061-03-01': 'closed' } } } }
    const { ordering } = await support(tickets(P1), tickets(P1), {}, late)
    expect([ordering.atLeast, ordering.atMost]).toEqual([false, true])
  })

  it('moves the days for a fix as well', async () => {
    const clause = {
      kind: 'vulnerability',
      from: 'detected',
      acceptance: 'exempt',
      bands: { any: { fix: '2 business days' } },
    }
    const [a, b] = await Promise.all(
      [{ calendars: { office } }, closed].map(more => contractOf(clause, { ...more, 'business-days': 'office' })),
    )
    const of = (contract: typeof a) => sideOf(contract as never, vulnerabilityRule, 'vulnerability/any/fix') as never
    const { ordering, found } = await settled(vulnerabilityRule, of(a), of(b), world)
    expect([ordering.atLeast, ordering.atMost]).toEqual([false, true])
    expect(found.map(({ breaches }) => breaches)).toEqual(['base'])
  })
})

describe('services', () => {
  const clause = tickets({ P1: { respond: '4h' } })
  const services = (...names: readonly string[]) => ({ services: Object.fromEntries(names.map(name => [name, {}])) })

  it('that only one knows are not covered by the other', async () => {
    const { ordering, found } = await support(clause, clause, services('app', 'api'), services('app'))
    expect([ordering.atLeast, ordering.atMost]).toEqual([false, true])
    expect(found.map(({ breaches }) => breaches)).toEqual(['base'])
  })

  it('of other names all stand for all, and logs show what else differs', async () => {
    const hosted = { services: { app: { needs: 'hosting' }, hosting: {} } }
    const stricter = tickets({ P1: { respond: '2h' } })
    const { ordering, found } = await support(clause, stricter, services('platform'), hosted)
    expect([ordering.atLeast, ordering.atMost]).toEqual([true, false])
    expect(ordering.rules.join()).toContain('taken alike: all services of each (platform; app, hosting)')
    expect(found.map(({ breaches }) => breaches)).toEqual(['other'])
  })
})

describe('records chosen by filters', () => {
  const P1 = { P1: { respond: '1h' } }

  it('are the same in whatever order values are listed', async () => {
    const where = (queue: readonly string[]) => tickets(P1, { where: { queue } })
    const { ordering, found } = await support(where(['a', 'b']), where(['b', 'a']))
    expect([ordering.atLeast, ordering.atMost, found]).toEqual([true, true, []])
  })

  it('keep a promise together that is divided among them', async () => {
    const part = (where: object, respond = '1h') => tickets({ P1: { respond } }, { where })
    const divided = async (gold: object, rest: object) => {
      const data = {
        ...{ apiVersion: 'sla/v1', kind: 'Contract', id: 'y', timezone: 'Europe/Paris', calendars: { office } },
        clauses: { gold, rest },
      }
      const bytes = new TextEncoder().encode(JSON.stringify(data))
      return loadContract({ file: 'y.yaml', bytes }, clauseKinds, { zones })
    }
    const whole = sideOf(await contractOf(tickets(P1), { calendars: { office } }), supportRule, RESPOND)
    const relate = async (gold: object, rest: object) => {
      const { atLeast, atMost } = supportRule.relate(
        whole,
        sideOf(await divided(gold, rest), supportRule, RESPOND, 'gold'),
        world,
      )
      return [atLeast, atMost]
    }
    const not = { queue: { not: 'gold' } }
    expect(await relate(part({ queue: 'gold' }), part(not))).toEqual([true, true])
    // All others have more time.
    expect(await relate(part({ queue: 'gold' }), part(not, '2h'))).toEqual([undefined, true])
    // Nothing is said of silver.
    expect(await relate(part({ queue: 'gold' }), part({ queue: { not: ['gold', 'silver'] } }))).toEqual([
      undefined,
      true,
    ])
  })
})

it('a shorter number that pauses, against a longer one that does not: logs of both', async () => {
  const pausing = tickets({ P1: { respond: '30min' } }, { 'paused-in': ['waiting'] })
  const { found } = await support(tickets({ P1: { respond: '1h' } }), pausing)
  expect(found.map(({ breaches }) => breaches).sort()).toEqual(['base', 'other'])
})

describe('a score that moves to another band', () => {
  const fixes = (bands: object) => ({
    kind: 'vulnerability',
    from: 'detected',
    counting: 'elapsed',
    rescored: 'at-start',
    'on-reopen': 'restart',
    acceptance: 'exempt',
    mitigation: 'if-no-fix',
    bands,
  })
  const bands = (edge: number, critical: string, high: string) =>
    fixes({
      critical: { min: edge, fix: critical },
      high: { min: 7, below: edge, fix: high },
      low: { below: 7, fix: '30 days' },
    })
  const stand = async (base: object, other: object, band: string) => {
    const [a, b] = await Promise.all([base, other].map(one => contractOf(one)))
    const of = (contract: typeof a) => sideOf(contract as never, vulnerabilityRule, `vulnerability/${band}/fix`)
    const { ordering, found } = await settled(vulnerabilityRule, of(a) as never, of(b) as never, world)
    return [ordering.atLeast, ordering.atMost, ...found.map(({ breaches }) => breaches)]
  }

  it('is tolerated nowhere where it moves to less time', async () => {
    const [before, after] = [bands(9, '3 days', '7 days'), bands(8.5, '3 days', '7 days')]
    expect(await stand(before, after, 'high')).toEqual([true, true])
    expect(await stand(before, after, 'critical')).toEqual([true, false, 'other'])
    expect(await stand(after, before, 'critical')).toEqual([false, true, 'base'])
    expect(await stand(after, before, 'high')).toEqual([true, true])
  })

  it('is where it moves to more time, or to none', async () => {
    const [before, after] = [bands(9, '3 days', '7 days'), bands(8.5, '8 days', '7 days')]
    expect(await stand(before, after, 'high')).toEqual([false, true, 'base'])
    const without = fixes({ critical: { min: 9, fix: '3 days' }, high: { min: 7, below: 8.5, fix: '7 days' } })
    expect(await stand(before, without, 'high')).toEqual([false, true, 'base'])
  })
})
