import { describe, expect, it } from 'vitest'
import { clauseKinds } from '../../src/clauses/index.ts'
import { loadContract } from '../../src/contract/load.ts'
import { zones } from '../support/audit.ts'
import { brief, HEAD, load, refused, UPTIME } from './support.ts'

const up = (fields: string) => `clauses:\n  up: { kind: availability, target: 99%, window: calendar year, ${fields} }\n`
const problems = async (text: string) => brief(await refused(HEAD + text))

describe('names', () => {
  it.each([
    [up('during: alwayss'), '6:73+7 unknown-calendar: there is no calendar `alwayss` (did you mean `always`?)'],
    [
      up('excluding: [planned]'),
      '6:77+7 unknown-exclusion: there is no exclusion `planned` (declare it under exclusions:)',
    ],
    [up('services: [app]'), '6:76+3 unknown-service: there is no service `app` (declare it under services:)'],
    [`business-days: support\n${UPTIME}`, '5:16+7 unknown-calendar: there is no calendar `support` (known: always)'],
    [
      `services: { app: { needs: [ap] } }\n${UPTIME}`,
      '5:28+2 unknown-service: there is no service `ap` (did you mean `app`?)',
    ],
    [`services: { app: { needs: db } }\n${UPTIME}`, '5:27+2 unknown-service: there is no service `db` (known: app)'],
    [
      `services: { app: }\ndefaults: { services: [db] }\n${UPTIME}`,
      '6:24+2 unknown-service: there is no service `db` (known: app)',
    ],
    [
      `exclusions: { x: { event: maintenance, kept: upp } }\n${up('excluding: [x]')}`,
      '5:46+3 unknown-clause: there is no clause `upp` (did you mean `up`?)',
    ],
    [
      `exclusions: { x: { event: maintenance, kept: up } }\n${up('excluding: [x]')}`,
      "5:46+2 wrong-kind: clause `up` isn't a maintenance clause",
    ],
    [
      `exclusions: { x: { cause: fire, inside: day } }\n${up('excluding: [x]')}`,
      '5:41+3 unknown-calendar: there is no calendar `day` (known: always)',
    ],
    [
      `exclusions: { x: { event: maintenance, notice: { at-least: 1h, during: day } } }\n${up('excluding: [x]')}`,
      '5:72+3 unknown-calendar: there is no calendar `day` (known: always)',
    ],
  ])('%s', async (text, expected) => {
    expect(await problems(text)).toEqual([expected])
  })

  it('are known though their value has errors', async () => {
    const text = `services: { app: [] }\nexclusions: { x: {} }\n${up('services: [app], excluding: [x]')}`
    expect(await problems(text)).toEqual([
      '5:18+2 bad-value: expected a map with `needs`, got a list',
      '6:15+1 bad-value: an exclusion needs `event` or `cause` (event: maintenance, or cause: [force-majeure])',
    ])
  })

  it('of services go round in no circle', async () => {
    const circle = 'services need each other in a circle'
    expect(
      await problems(
        `services: { a: { needs: [b] }, b: { needs: [c] }, c: { needs: [b] }, d: { needs: [d] } }\n${UPTIME}`,
      ),
    ).toEqual([`5:63+3 circular-needs: ${circle}: b → c → b`, `5:82+3 circular-needs: ${circle}: d → d`])
    // A service needed in two ways is no circle.
    const { services } = await load(
      `${HEAD}services: { a: { needs: [b, c] }, b: { needs: [d] }, c: { needs: [d] }, d: }\n${UPTIME}`,
    )
    expect(services.size).toBe(4)
  })

  it('of services may chain longer than the call stack', async () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => `  s${i}: { needs: [s${i + 1}] }\n`).join('')
    const { services } = await load(`${HEAD}services:\n${chain}  s20000:\n${UPTIME}`)
    expect(services.size).toBe(20_001)
  })
})

describe('exclusions', () => {
  it.each([
    [
      '{ where: { a: b } }',
      '5:15+1 bad-value: an exclusion needs `event` or `cause` (event: maintenance, or cause: [force-majeure])',
    ],
    [
      '{ cause: fire, overrun: counts }',
      '5:33+7 bad-value: `overrun` is for maintenance only (add event: maintenance, or remove it)',
    ],
    [
      '{ event: outage, notice: { at-least: 1h } }',
      '5:35+6 bad-value: `notice` is for maintenance only (add event: maintenance, or remove it)',
    ],
    [
      '{ event: maintenence }',
      '5:27+11 bad-value: expected one of maintenance, outage, got "maintenence" (did you mean maintenance?)',
    ],
    [
      '{ event: maintenance, notice: { at-least: 48 } }',
      '5:60+2 bad-value: "48": 48 of what? (write 48min, 48h or 48 days)',
    ],
    [
      '{ event: maintenance, notice: { during: always } }',
      '5:40+6 missing-key: `at-least` is missing (expected unstated, or a duration, such as 4h)',
    ],
    ['{ cause: fire, cap: 4h per month }', '5:38+12 bad-value: "month" isn\'t a window (write calendar month)'],
    [
      '{ cause: fire, cap: 4h per contract month }',
      '5:38+21 missing-key: contract months need `term: { from }` (say when the term begins)',
    ],
    [
      '{ event: maintenance, inside: { every: last sundy, hours: "2-6" } }',
      '5:57+10 bad-value: "last sundy" isn\'t a recurrence (did you mean sunday?)',
    ],
  ])('refuse %s', async (fields, expected) => {
    const [first] = await problems(`exclusions: { x: ${fields} }\n${up('excluding: [x]')}`)
    expect(first).toBe(expected)
  })

  it('hold either `kept` or `notice`', async () => {
    const text = `exclusions: { x: { event: maintenance, kept: w, notice: { at-least: 1h } } }\n${up('excluding: [x]')}  w: { kind: maintenance }\n`
    expect(await problems(text)).toEqual([
      '5:49+6 bad-value: `notice` stands beside `kept` (the clause named by `kept` holds the notice: keep one of the two)',
    ])
  })
})

describe('keys that values lean on', () => {
  it.each([
    ['window: contract month', '6:50+14 missing-key: contract months need `term: { from }` (say when the term begins)'],
    [
      'window: billing month',
      '6:50+13 missing-key: billing months need `fees: { billing-day }` (say on which day of the month bills begin)',
    ],
    [
      'window: term',
      '6:50+4 missing-key: the window `term` needs `term: { from, to }` (say when the term begins and ends)',
    ],
    [
      'window: calendar year, max-gap: 2 business days',
      '6:74+15 missing-key: "2 business days" needs `business-days` (declare a calendar, and name it at the top of the contract: business-days: CALENDAR)',
    ],
  ])('%s', async (fields, expected) => {
    const text = `clauses:\n  up: { kind: availability, target: 99%, ${fields} }\n`
    expect(await problems(text)).toEqual([expected])
    const lean = 'term: { from: 2026-01-01, to: 2026-12-31 }\nfees: { billing-day: 1 }\nbusiness-days: always\n'
    expect((await load(HEAD + lean + text)).clauses).toHaveLength(1)
  })
})

describe('names beside errors', () => {
  it('are checked in a clause that has an error of another field', async () => {
    const text = `services: { api: {} }
calendars: { office: { days: mon-fri, hours: "09:00-18:00" } }
exclusions: { planned: { event: maintenance, inside: offce, cap: 4h } }
clauses:
  up: { kind: availability, target: 99.5, window: calendar month, during: ofice, excluding: [plannd], services: [apii] }
  odd: { kind: avail, services: [apii] }
`
    expect(await problems(text)).toEqual([
      '7:54+5 unknown-calendar: there is no calendar `offce` (did you mean `office`?)',
      expect.stringMatching(/^7:66\+2 bad-value: /),
      '9:37+4 bad-value: "99.5": the % is missing (write 99.5%)',
      '9:75+5 unknown-calendar: there is no calendar `ofice` (did you mean `office`?)',
      '9:94+6 unknown-exclusion: there is no exclusion `plannd` (did you mean `planned`?)',
      '9:114+4 unknown-service: there is no service `apii` (did you mean `api`?)',
      expect.stringMatching(/^10:16\+5 unknown-kind: /),
      '10:34+4 unknown-service: there is no service `apii` (did you mean `api`?)',
    ])
  })

  it('name a calendar of the contract for business days', async () => {
    const calendars = 'calendars: { office: { days: mon-fri, hours: "09:00-18:00" } }\n'
    const text = 'clauses:\n  w: { kind: maintenance, notice: { at-least: 2 business days, during: office } }\n'
    expect(await problems(calendars + text)).toEqual([
      '7:47+15 missing-key: "2 business days" needs `business-days` (name the calendar of business days at the top of the contract: business-days: office)',
    ])
  })

  it('give an amount of notice its key', async () => {
    const text = (notice: string) => `clauses:\n  w: { kind: maintenance, notice: ${notice} }\n`
    expect(await problems(text('48h'))).toEqual([
      '6:35+3 bad-value: expected a map with `at-least`, `when-longer-than`, `during`, got "48h" (write notice: { at-least: 48h })',
    ])
    expect(await problems(text('soon'))).toEqual([
      '6:35+4 bad-value: expected a map with `at-least`, `when-longer-than`, `during`, got "soon"',
    ])
  })
})

describe('lints', () => {
  const lints = async (text: string) => brief((await load(HEAD + text)).warnings)

  it('name zones that readers take differently', async () => {
    expect(await lints(up('text: Open until 6pm CET, section: EST hours'))).toEqual([
      '6:86+3 zone-abbreviation: "CET" means different things to different readers (name a place, such as Europe/Paris)',
      '6:100+3 zone-abbreviation: "EST" means different things to different readers (name a place, such as America/New_York)',
    ])
    expect(await lints(up('text: The BEST of WESTERN CETACEANS'))).toEqual([])
  })

  it('ask which month is meant, unless the clause has a window', async () => {
    const work = (text: string) => `${UPTIME}  w: { kind: maintenance, text: ${text} }\n`
    expect(await lints(work('Twice per month at most'))).toEqual([
      '7:39+9 bare-month: "per month": which month? (say calendar month, contract month, billing month or 30 days)',
    ])
    expect(await lints(work('Twice per calendar month'))).toEqual([])
    expect(await lints(up('text: 99% per month'))).toEqual([])
    // The months of backups are the calendar's.
    const read = async (clause: string) => {
      const source = { file: 'c.yaml', bytes: new TextEncoder().encode(`${HEAD}clauses:\n  b: ${clause}\n`) }
      return brief((await loadContract(source, clauseKinds, { zones })).warnings)
    }
    expect(await read('{ kind: backup, schedule: { per: month }, text: Saved each month }')).toEqual([])
    expect(await read('{ kind: backup, keep: { for: 30 days }, text: Saved each month }')).toEqual([
      expect.stringContaining('bare-month'),
    ])
    expect(await read('{ kind: control, times: 1 per calendar month, text: Tested every month }')).toEqual([])
  })

  it('say what kind is about records that a clause is named after', async () => {
    const text = `${HEAD}clauses:\n  r: { kind: restore, every: 1 week }\n`
    const source = { file: 'c.yaml', bytes: new TextEncoder().encode(text) }
    await expect(loadContract(source, clauseKinds, { zones })).rejects.toMatchObject({
      diagnostics: [{ code: 'unknown-kind', hint: expect.stringContaining('write kind: control and of: restore') }],
    })
  })

  it('name what nothing uses', async () => {
    const text = 'calendars: { day: { days: daily, hours: "09:00-18:00" } }\nexclusions: { x: { cause: fire } }\n'
    expect(await lints(text + UPTIME)).toEqual([
      "5:14+3 unused-calendar: calendar `day` isn't used (remove it, or name it where it applies)",
      "6:15+1 unused-exclusion: exclusion `x` isn't used (remove it, or name it where it applies)",
    ])
    expect(await lints(text + up('during: day, excluding: [x]'))).toEqual([])
  })

  it('come from the kinds too', async () => {
    const text = 'clauses:\n  up: { kind: availability, target: 100%, window: calendar year }\n'
    expect(await lints(text)).toEqual(['6:37+4 perfect: nothing is always up (mean it?)'])
  })

  it('are errors when strict', async () => {
    const text = `${HEAD}clauses:\n  up: { kind: availability, target: 100%, window: calendar year }\n`
    const errors = await refused(text, { strict: true })
    expect(errors.map(e => [e.code, e.severity])).toEqual([['perfect', 'error']])
    expect((await load(HEAD + UPTIME, { strict: true })).warnings).toEqual([])
    // A clause that couldn't be read may use what nothing else does.
    const broken = `exclusions: { x: { cause: fire } }\n${up('excluding: [x], durin: always')}`
    expect((await refused(HEAD + broken, { strict: true })).map(e => e.code)).toEqual(['unknown-key'])
  })
})
