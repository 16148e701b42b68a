import { describe, expect, it } from 'vitest'
import { availabilityRule } from '../../src/compare/rules/availability.ts'
import { supportRule } from '../../src/compare/rules/support.ts'
import { vulnerabilityRule } from '../../src/compare/rules/vulnerability.ts'
import { contractOf, yearOf, zones } from './support-sides.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const calendars = { office: { days: 'mon-fri', hours: '09:00-18:00' } }
const RULES = { support: supportRule, vulnerability: vulnerabilityRule, availability: availabilityRule }

async function worst(clause: { readonly kind: keyof typeof RULES }, key: string, timezone: string, year: number) {
  const contract = await contractOf(clause, { calendars, timezone })
  const side = { contract, zone: zones(timezone), label: contract.id, zones }
  const rows = RULES[clause.kind].envelope(contract.clauses[0] as never, side, yearOf(timezone, year))
  const found = rows.find(row => row.key === key)
  return [found?.ms, found?.at?.start, found?.at?.end]
}

const at = (text: string) => Date.parse(text)
const support = (respond: string) => ({
  kind: 'support' as const,
  calendar: 'office',
  priorities: { P1: { respond } },
})
const fixing = (fix: string, counting: string) => ({
  kind: 'vulnerability' as const,
  from: 'detected',
  counting,
  bands: { any: { fix } },
})
const uptime = (more: object) => ({ kind: 'availability' as const, target: '99.5%', window: 'calendar month', ...more })

describe('a year with 29 February', () => {
  it('a year from 1 January 2028 has 366 days, from 1 March on 365', async () => {
    const found = await worst(support('1 year'), 'support/P1/response-wall', 'Europe/Paris', 2028)
    expect(found).toEqual([366 * DAY, at('2028-01-01T00:00+01:00'), at('2029-01-01T00:00+01:00')])
    expect((await worst(fixing('1 year', 'elapsed'), 'vulnerability/any/longest', 'Europe/Paris', 2028))[0]).toBe(
      366 * DAY,
    )
    // From 1 March 2026 to 1 March 2027 the last day has no 29 February behind it.
    expect((await worst(support('1 year'), 'support/P1/response-wall', 'UTC', 2026))[0]).toBe(365 * DAY)
  })

  it('allows 0.5 % of 8,784 h', async () => {
    const yearly = uptime({ window: 'calendar year' })
    expect((await worst(yearly, 'downtime/year', 'Europe/Paris', 2028))[0]).toBe(43.92 * HOUR)
    // Over the end of the year, with 43.8 h of the next one.
    expect((await worst(yearly, 'downtime/longest', 'Europe/Paris', 2028))[0]).toBe(87.72 * HOUR)
  })
})

describe('a zone whose clocks never change', () => {
  it('Tokyo: every weekend is as long, and so is every day', async () => {
    // The first Friday of 2026 is 2 January.
    expect(await worst(support('2h'), 'support/P1/response-wall', 'Asia/Tokyo', 2026)).toEqual([
      65 * HOUR,
      at('2026-01-02T16:00+09:00'),
      at('2026-01-05T09:00+09:00'),
    ])
    const days = await worst(fixing('3 days', 'end-of-day'), 'vulnerability/any/longest', 'Asia/Tokyo', 2026)
    expect(days[0]).toBe(4 * DAY - 1)
    expect((await worst(uptime({}), 'downtime/month', 'Asia/Tokyo', 2026))[0]).toBe(3.72 * HOUR)
    expect(await worst(uptime({ during: 'office' }), 'downtime/longest-free', 'Asia/Tokyo', 2026)).toEqual([
      63 * HOUR,
      at('2026-01-02T18:00+09:00'),
      at('2026-01-05T09:00+09:00'),
    ])
  })
})

describe('a zone whose clocks change by half an hour', () => {
  // On Sunday 5 April 2026 at 02:00 they go back to 01:30.
  it('Lord Howe: the weekend of 5 April has half an hour more', async () => {
    expect(await worst(support('2h'), 'support/P1/response-wall', 'Australia/Lord_Howe', 2026)).toEqual([
      65.5 * HOUR,
      at('2026-04-03T16:00+11:00'),
      at('2026-04-06T09:00+10:30'),
    ])
    expect(await worst(support('1 day'), 'support/P1/response-wall', 'Australia/Lord_Howe', 2026)).toEqual([
      24.5 * HOUR,
      at('2026-04-04T02:00+11:00'),
      at('2026-04-05T02:00+10:30'),
    ])
    const days = await worst(fixing('3 days', 'end-of-day'), 'vulnerability/any/longest', 'Australia/Lord_Howe', 2026)
    expect(days[0]).toBe(4 * DAY + HOUR / 2 - 1)
    const free = await worst(uptime({ during: 'office' }), 'downtime/longest-free', 'Australia/Lord_Howe', 2026)
    expect(free).toEqual([63.5 * HOUR, at('2026-04-03T18:00+11:00'), at('2026-04-06T09:00+10:30')])
  })
})
