import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Diagnostic, InputError } from '../../src/model/diagnostic.ts'
import { brief, HEAD, load, refused, UPTIME } from './support.ts'

const FULL = `# A whole envelope.
apiVersion: sla/v1
kind: Contract
id: acme-saas
title: Acme SaaS service level agreement
version: "2026.1"
parties: { provider: Acme SAS, customer: Example SA }
term: { from: 2025-01-01, to: 2027-12-31 }
timezone: Europe/Paris
business-days: support
fees: { monthly: 1200 EUR, billing-day: 31 }
calendars:
  support: { days: mon-fri, hours: "09:00-18:00", holidays: FR }
  night: { days: daily, hours: "20:00-04:00" }
services:
  hosting:
  app: { needs: [hosting], location: Paris, tier: 1 }
exclusions:
  planned: { event: maintenance, kept: announced-work, cap: 4h per calendar month }
  late: { event: maintenance, notice: { at-least: 2 business days, during: support }, outside: support, overrun: excluded }
  force-majeure: { cause: [force-majeure], where: { severity: full } }
defaults: { binding: objective, services: [app] }
clauses:
  uptime:
    kind: availability
    section: 1.10
    text: Monthly uptime, planned maintenance excluded.
    binding: guarantee
    target: { above: 99.50% }
    window: calendar month
    excluding: [planned, late, force-majeure]
  announced-work:
    kind: maintenance
    services: [hosting, app]
    services-together: any
    where: { kind: { not: emergency } }
    notice: { at-least: 48h, when-longer-than: 15min, during: support }
    inside: night
    at-most: 10 per calendar year
`

const HOUR = 3_600_000

describe('a whole contract', () => {
  it('is read into plain data', async () => {
    const contract = await load(FULL)
    const { calendars, clauses, exclusions, services, ...envelope } = contract
    expect(envelope).toEqual({
      file: 'c.yaml',
      sha256: createHash('sha256').update(FULL).digest('hex'),
      kind: 'Contract',
      id: 'acme-saas',
      title: 'Acme SaaS service level agreement',
      version: '2026.1',
      parties: { provider: 'Acme SAS', customer: 'Example SA' },
      // Paris midnights, an hour before those of UTC in winter; the last day is inside.
      term: { start: Date.UTC(2024, 11, 31, 23), end: Date.UTC(2027, 11, 31, 23) },
      timezone: 'Europe/Paris',
      businessDays: 'support',
      fees: { monthly: { minor: 120000, currency: 'EUR' }, billingDay: 31 },
      warnings: [],
    })
    expect([...services]).toEqual([
      ['hosting', { needs: [], attributes: {} }],
      ['app', { needs: ['hosting'], attributes: { location: 'Paris', tier: '1' } }],
    ])
    expect([...calendars.keys()]).toEqual(['always', 'support', 'night'])
    const day = [[9 * HOUR, 18 * HOUR]]
    expect(calendars.get('support')?.week).toEqual([day, day, day, day, day, [], []])
    expect(calendars.get('night')?.week[6]).toEqual([[20 * HOUR, 28 * HOUR]])
    expect([...exclusions.values()]).toEqual([
      {
        name: 'planned',
        event: 'maintenance',
        kept: 'announced-work',
        cap: { ms: 4 * HOUR, per: { kind: 'calendar', unit: 'month' }, text: '4h per calendar month' },
        overrun: 'counts',
        span: { file: 'c.yaml', line: 19, column: 3, length: 7 },
      },
      {
        name: 'late',
        event: 'maintenance',
        notice: { atLeast: { unit: 'business-days', days: 2, text: '2 business days' }, during: 'support' },
        outside: { calendar: 'support' },
        overrun: 'excluded',
        span: { file: 'c.yaml', line: 20, column: 3, length: 4 },
      },
      {
        name: 'force-majeure',
        event: 'outage',
        cause: ['force-majeure'],
        where: [{ column: 'severity', values: ['full'], not: false }],
        overrun: 'counts',
        span: { file: 'c.yaml', line: 21, column: 3, length: 13 },
      },
    ])
    expect(clauses).toEqual([
      {
        id: 'uptime',
        kind: 'availability',
        section: '1.10',
        text: 'Monthly uptime, planned maintenance excluded.',
        binding: 'guarantee',
        services: ['app'],
        span: { file: 'c.yaml', line: 24, column: 3, length: 6 },
        body: {
          target: { bound: 'above', value: { part: 9950, of: 10000, text: '99.50%' } },
          window: { rule: { kind: 'calendar', unit: 'month' }, text: 'calendar month' },
          excluding: ['planned', 'late', 'force-majeure'],
        },
      },
      {
        id: 'announced-work',
        kind: 'maintenance',
        binding: 'objective',
        services: ['hosting', 'app'],
        together: 'any',
        where: [{ column: 'kind', values: ['emergency'], not: true }],
        span: { file: 'c.yaml', line: 32, column: 3, length: 14 },
        body: {
          notice: {
            atLeast: { unit: 'elapsed', ms: 48 * HOUR, text: '48h' },
            whenLongerThan: HOUR / 4,
            during: 'support',
          },
          inside: { calendar: 'night' },
          'at-most': { count: 10, per: { kind: 'calendar', unit: 'year' }, text: '10 per calendar year' },
        },
      },
    ])
  })

  it('needs little', async () => {
    const contract = await load(HEAD + UPTIME)
    expect(contract).toMatchObject({ id: 'c', timezone: 'Europe/Paris', services: new Map(), exclusions: new Map() })
    expect(contract.clauses[0]).toMatchObject({ id: 'up', binding: 'guarantee' })
    expect(contract.clauses[0]).not.toHaveProperty('services')
    for (const key of ['term', 'fees', 'businessDays', 'title', 'version', 'parties']) {
      expect(contract).not.toHaveProperty(key)
    }
  })

  it('takes instants as they are, the end excluded', async () => {
    const text = 'term: { from: 2025-01-01T00:00:00Z, to: "2026-01-01T00:00:00-05:00" }\n'
    const { term } = await load(HEAD + text + UPTIME)
    expect(term).toEqual({ start: Date.UTC(2025, 0, 1), end: Date.UTC(2026, 0, 1, 5) })
    expect((await load(`${HEAD}term: { from: 2025-07-01 }\n${UPTIME}`)).term).toEqual({
      start: Date.UTC(2025, 5, 30, 22),
    })
  })

  it('reads a baseline', async () => {
    expect((await load(HEAD.replace('Contract', 'Baseline') + UPTIME)).kind).toBe('Baseline')
  })

  it('loads only the kinds it names', async () => {
    const { loadContract } = await import('../../src/contract/load.ts')
    const { uptimeKind } = await import('./support.ts')
    const loaded: string[] = []
    const kind = (name: string) => async () => {
      loaded.push(name)
      return uptimeKind
    }
    const bytes = new TextEncoder().encode(HEAD + UPTIME)
    await loadContract({ file: 'c', bytes }, { availability: kind('availability'), maintenance: kind('maintenance') })
    expect(loaded).toEqual(['availability'])
  })
})

describe('all errors at once', () => {
  it('come in the order of the file', async () => {
    const text = `apiVersion: sla/v2
kind: Contrakt
id: bad id
version: 2026.10
extra: 1
timezon: Europe/Paris
term: { from: 2026-02-30, to: 2025-01-01T00:00:00 }
fees: { monthly: 1200, billing-day: 32 }
plan: pro
clauses:
  uptime:
    kind: availability
    targt: 99.5%
    window: month
    remedy: credit
  wide: { kind: availability, target: 99.5, window: [], binding: garantee }
  named: { kind: availability, target: { abov: 99% }, window: term, max-gap: 5 m }
  tickets: { kind: support }
  five: { kind: avalability }
  six:
  seven: { target: 99% }
  e ight: { kind: constructor }
`
    const known =
      'apiVersion, kind, id, title, version, parties, term, timezone, business-days, fees, calendars, services, exclusions, defaults, clauses'
    expect(brief(await refused(text))).toEqual([
      '1:13+6 bad-value: expected sla/v1, got "sla/v2" (did you mean sla/v1?)',
      '2:7+8 bad-value: expected one of Contract, Baseline, got "Contrakt" (did you mean Contract?)',
      '3:5+6 bad-value: "bad id" isn\'t an id (use letters, digits and hyphens: acme-saas)',
      '4:10+7 bad-value: expected the version as text, such as "2026.1", got the number 2026.10 (put it in quotes)',
      `5:1+5 unknown-key: unknown key \`extra\` (known keys: ${known})`,
      '6:1+7 unknown-key: unknown key `timezon` (did you mean `timezone`?)',
      '7:15+10 bad-value: "2026-02-30": there is no date 2026-02-30',
      '7:31+19 bad-value: "2025-01-01T00:00:00" has no offset (write a date, or add the offset: 2025-01-01T00:00:00+01:00)',
      '8:18+4 bad-value: "1200": the currency is missing (write 1200 EUR)',
      '8:37+2 bad-value: expected a whole number from 1 to 31, got the number 32',
      "9:1+4 not-supported: `plan` belongs to the language but isn't supported by this version yet (remove it for now)",
      '13:5+5 unknown-key: unknown key `targt` (did you mean `target`?)',
      '14:13+5 bad-value: "month" isn\'t a window (write calendar month)',
      "15:5+6 not-supported: `remedy` belongs to the language but isn't supported by this version yet (remove it for now)",
      '16:39+4 bad-value: "99.5": the % is missing (write 99.5%)',
      '16:53+2 bad-value: expected a window, such as calendar month, got a list',
      '16:66+8 bad-value: expected one of guarantee, objective, observed, got "garantee" (did you mean guarantee?)',
      '17:42+4 unknown-key: unknown key `abov` (did you mean `above`?)',
      '17:78+3 bad-value: "5 m": "m" is minutes or months (write 5min or 5 months)',
      "18:20+7 not-supported: clause kind `support` belongs to the language but isn't supported by this version yet (remove it for now)",
      '19:17+11 unknown-kind: unknown clause kind `avalability` (did you mean `availability`? kinds: availability, maintenance)',
      '20:3+3 bad-value: expected the fields of a clause, such as { kind: availability, … }, got nothing',
      '21:3+5 missing-key: `kind` is missing (kinds: availability, maintenance)',
      '22:3+6 bad-key: "e ight" isn\'t an id (use letters, digits and hyphens: acme-saas)',
      '22:19+11 unknown-kind: unknown clause kind `constructor` (kinds: availability, maintenance)',
    ])
  })

  it('name what is missing', async () => {
    expect(brief(await refused('title: x\n'))).toEqual([
      '1:1+0 missing-key: `apiVersion` is missing (expected sla/v1)',
      '1:1+0 missing-key: `kind` is missing (expected one of Contract, Baseline)',
      '1:1+0 missing-key: `id` is missing (expected an id, such as acme-saas)',
      '1:1+0 missing-key: `timezone` is missing (expected a time zone, such as Europe/Paris)',
      '1:1+0 missing-key: `clauses` is missing (write clauses: and under it each promise by its id)',
    ])
    expect(brief(await refused(`${HEAD}clauses:\n  a: { kind: availability }\n`))).toEqual([
      '6:3+1 missing-key: `target` is missing (expected a percentage, such as 99.5%, or a map with `at-least`, or a map with `above`)',
      '6:3+1 missing-key: `window` is missing (expected a window, such as calendar month)',
    ])
    expect(brief(await refused(`${HEAD}clauses: {}\n`))).toEqual([
      '5:1+7 no-clauses: a contract needs at least one clause',
    ])
    expect(brief(await refused(`${HEAD}clauses: [a]\n`))).toEqual(['5:10+3 bad-value: expected a map, got a list'])
  })

  it('cover values of a wrong type', async () => {
    const text = `${HEAD}title: [a]\nversion: 2026.1\nparties: Acme\nservices: { a: [b], c: { location: [x] } }\nexclusions: { x: }\n${UPTIME}`
    expect(brief(await refused(text))).toEqual([
      '5:8+3 bad-value: expected text, such as Monthly uptime of the application, got a list',
      '6:10+6 bad-value: expected the version as text, such as "2026.1", got the number 2026.1 (put it in quotes)',
      '7:10+4 bad-value: expected a map with `provider`, `customer`, got "Acme"',
      '8:16+3 bad-value: expected a map with `needs`, got a list',
      '8:36+3 bad-value: expected text, or a number, or true or false, got a list',
      '9:15+1 bad-value: expected a map with `event`, `where`, `cause`, `kept`, `notice`, `inside`, `outside`, `cap`, `overrun`, got nothing',
    ])
  })

  it.each([
    ['CET', 'name a place, such as Europe/Paris'],
    ['EST', 'name a place, such as America/New_York'],
    ['Europe/Pariss', 'did you mean Europe/Paris?'],
    ['GMT+1', 'write the offset as +01:00, or name a place'],
  ])('refuse the zone %s', async (zone, hint) => {
    const [error, ...more] = await refused(HEAD.replace('Europe/Paris', zone) + UPTIME)
    expect([error?.span?.line, error?.span?.column, error?.hint, more]).toEqual([4, 11, hint, []])
  })

  it('say that a term ends before it starts', async () => {
    expect(brief(await refused(`${HEAD}term: { from: 2026-01-02, to: 2026-01-01 }\n${UPTIME}`))).toEqual([
      '5:31+10 bad-value: the term ends before it starts',
    ])
    expect((await load(`${HEAD}term: { from: 2026-01-01, to: 2026-01-01 }\n${UPTIME}`)).term).toEqual({
      start: Date.UTC(2025, 11, 31, 23),
      end: Date.UTC(2026, 0, 1, 23),
    })
  })

  it.each(['plans', 'plan', 'remedies', 'amendments', 'readings'])('refuse %s for now', async key => {
    expect(brief(await refused(`${HEAD}${key}: x\n${UPTIME}`))).toEqual([
      `5:1+${key.length} not-supported: \`${key}\` belongs to the language but isn't supported by this version yet (remove it for now)`,
    ])
  })

  it.each(['plans', 'attainment', 'remedy'])('refuse a clause with %s for now', async key => {
    expect(brief(await refused(`${HEAD}${UPTIME}  w: { kind: maintenance, ${key}: x }\n`))).toEqual([
      `7:27+${key.length} not-supported: \`${key}\` belongs to the language but isn't supported by this version yet (remove it for now)`,
    ])
  })
})

describe('damaged contracts', () => {
  it('are taken or refused, with every place inside the file', async () => {
    const piece = fc.constantFrom(
      '',
      ' ',
      '\n',
      '\t',
      ':',
      '-',
      '{',
      '}',
      '[',
      ']',
      '"',
      '&a',
      '*a',
      '#',
      '%',
      '1',
      'm',
      '\u{1d54f}',
    )
    const cut = fc.tuple(fc.nat(FULL.length), fc.nat(12), piece)
    await fc.assert(
      fc.asyncProperty(fc.array(cut, { minLength: 1, maxLength: 3 }), async cuts => {
        let text = FULL
        for (const [at, length, by] of cuts) text = text.slice(0, at) + by + text.slice(at + length)
        const lines = text.split('\n')
        for (const { span, message, frame } of await diagnosticsOf(text)) {
          expect(message).toMatch(/\S/)
          const line = lines[(span?.line ?? 0) - 1]
          expect(line).toBeDefined()
          expect((span?.column ?? 0) + (span?.length ?? 0)).toBeLessThanOrEqual((line?.length ?? 0) + 1)
          expect(frame?.lines[(span?.line ?? 0) - frame.line]).toBe(line)
        }
      }),
      { numRuns: 400, seed: 7 },
    )
  })
})

/** What is said about a contract, be it taken or refused; any other error than InputError is thrown on. */
async function diagnosticsOf(text: string): Promise<readonly Diagnostic[]> {
  try {
    return (await load(text)).warnings
  } catch (error) {
    if (error instanceof InputError) return error.diagnostics
    throw error
  }
}
