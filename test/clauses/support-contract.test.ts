import { describe, expect, it } from 'vitest'
import { planAudit } from '../../src/audit/plan.ts'
import { clauseKinds } from '../../src/clauses/index.ts'
import { loadContract } from '../../src/contract/load.ts'
import { type Diagnostic, InputError } from '../../src/model/diagnostic.ts'
import { zones } from '../support/audit.ts'

const text = (fields: string) => `apiVersion: sla/v1
kind: Contract
id: test
timezone: Europe/Paris
calendars:
  support: { days: mon-fri, hours: "09:00-18:00" }
  core: { days: mon-fri, hours: "10:00-12:00" }
clauses:
  other: { kind: maintenance, inside: core }
  tickets:
    kind: support
${fields.trim().replace(/^ */gm, '    ')}
`
const load = (fields: string) =>
  loadContract({ file: 'contract.yaml', bytes: new TextEncoder().encode(text(fields)) }, clauseKinds, { zones })

const brief = ({ code, message, hint, span }: Diagnostic) =>
  `${span?.line}:${span?.column} ${code}: ${message} (${hint})`
const warned = async (fields: string) => (await load(fields)).warnings.map(brief)
const refused = async (fields: string): Promise<readonly string[]> => {
  try {
    await load(fields)
  } catch (error) {
    if (error instanceof InputError) return error.diagnostics.map(brief)
    throw error
  }
  return []
}

const SAID = `clock: calendar
business-day: end-of-day
on-reopen: continue`

describe('a support clause', () => {
  it('is taken with all its fields', async () => {
    const contract = await load(`
      calendar: support
      ${SAID}
      paused-in: [waiting-customer, waiting-third-party]
      on-priority-change: strictest
      from: reported
      unprioritised: P2
      workaround-counts: true
      auto-reply-counts: false
      customer-timezone: true
      attainment: 95% per calendar month
      mean: { resolve: 4h, respond: 1 business hour, window: calendar quarter }
      priorities: { P1: { respond: 2h, update-every: 1h, workaround: 4h, resolve: 1 day, report: 5 business days }, P2: { resolve: unstated }, P3: { respond: { by-calendar: { core: 30min, otherwise: 4h } } } }
    `)
    expect(contract.warnings.map(({ code }) => code)).toEqual(['mixed-clocks'])
    const plan = await planAudit(contract, clauseKinds, { only: ['tickets'] })
    const [{ clause, kind } = { clause: undefined, kind: undefined }] = plan.clauses
    expect(clause && kind.judge.promise(clause)).toBe(
      '95 % per calendar month in time · P1 respond ≤ 2h, update-every ≤ 1h, workaround ≤ 4h, resolve ≤ 1 day, ' +
        'report ≤ 5 business days · P2 unstated · P3 respond ≤ 30min in core, 4h otherwise · ' +
        'mean respond ≤ 1 business hour a calendar quarter · mean resolve ≤ 4h a calendar quarter',
    )
    expect([...plan.types].sort()).toEqual(['coverage', 'ticket', 'ticket-change'].filter(type => plan.types.has(type)))
    expect(plan.types.has('ticket') && plan.types.has('ticket-change')).toBe(true)
  })

  it('needs a calendar that exists, priorities with a promise, and a default among them', async () => {
    expect(await refused('priorities: {}')).toEqual([
      expect.stringContaining('missing-key: `calendar` is missing'),
      expect.stringContaining('12:17 bad-value: expected at least one priority'),
    ])
    expect(await refused('calendar: suport\npriorities: { P1: { resolve: 4h } }')).toEqual([
      '12:15 unknown-calendar: there is no calendar `suport` (did you mean `support`?)',
    ])
    expect(await refused('calendar: support\npriorities: { P1: { resolve: 4h } }\nunprioritised: P2')).toEqual([
      '14:20 bad-value: there is no priority `P2` (priorities: P1)',
    ])
    const empty = await refused('calendar: support\npriorities: { P1: {} }')
    expect(empty).toEqual([expect.stringContaining('expected at least one of respond, update-every')])
    const wrong = await refused('calendar: support\npriorities: { P1: { resolv: 4h, respond: 2 m } }')
    expect(wrong).toEqual([
      expect.stringContaining('unknown key `resolv` (did you mean `resolve`?)'),
      expect.stringContaining('"m" is minutes or months'),
    ])
  })

  it('checks the calendars that amounts depend on, and asks for the amount otherwise', async () => {
    const of = (map: string) => `calendar: support\npriorities: { P1: { respond: { by-calendar: ${map} } } }`
    expect(await refused(of('{ cor: 30min, otherwise: 4h }'))).toEqual([
      expect.stringContaining('unknown-calendar: there is no calendar `cor` (did you mean `core`?)'),
    ])
    expect(await refused(of('{ core: 30min }'))).toEqual([expect.stringContaining('`otherwise` is missing')])
  })

  it('says that amounts by plan are not supported yet, wherever they stand', async () => {
    const said =
      "not-supported: `by-plan` belongs to the language but isn't supported by this version yet (remove it for now)"
    expect(
      await refused(
        'calendar: support\npriorities: { P1: { respond: { by-plan: { basic: 8h, pro: 4h } }, resolve: 4h } }',
      ),
    ).toEqual([`13:36 ${said}`])
  })

  it('takes attainment, which other kinds do not; plans and remedies come later', async () => {
    const errors = await refused(
      'calendar: support\nattainment: 95 per calendar month\nremedy: credit\nplans: [pro]\npriorities: { P1: { resolve: 4h } }',
    )
    expect(errors).toEqual([
      expect.stringContaining('13:17 bad-value: "95": the % is missing'),
      expect.stringContaining('not-supported: `remedy`'),
      expect.stringContaining('not-supported: `plans`'),
    ])
    const other = text('calendar: support\npriorities: { P1: { resolve: 4h } }').replace(
      'inside: core',
      'inside: core, attainment: 95% per calendar month',
    )
    const file = { file: 'contract.yaml', bytes: new TextEncoder().encode(other) }
    await expect(loadContract(file, clauseKinds, { zones })).rejects.toThrow('`attainment`')
  })

  it('takes means in hours and minutes only', async () => {
    const of = (amount: string) =>
      `calendar: support\nmean: { resolve: ${amount}, window: calendar month }\npriorities: { P1: { resolve: 4h } }`
    expect(await refused(of('4 business hours'))).toEqual([])
    expect(await refused(of('2 days'))).toEqual([expect.stringContaining('expected hours or minutes')])
    const none = await refused('calendar: support\nmean: { window: term }\npriorities: { P1: { resolve: 4h } }')
    expect(none.join()).toContain('expected respond, workaround or resolve')
  })
})

describe('what a clause leaves unsaid', () => {
  const codes = async (fields: string) =>
    (await load(fields)).warnings.map(({ code }) => code).filter(code => code !== 'unused-calendar')

  it('is named where it can decide a verdict', async () => {
    expect(await warned('calendar: support\npriorities: { P1: { respond: 2h, resolve: 2 business days } }')).toEqual([
      expect.stringMatching(/^11:5 default-on-reopen: /),
      expect.stringMatching(/^13:34 silent-clock: /),
      expect.stringMatching(/^13:47 default-business-day: /),
    ])
  })

  it('is not where nothing depends on it', async () => {
    expect(await codes('calendar: always\npriorities: { P1: { respond: 2h } }')).toEqual([])
    expect(
      await codes('calendar: support\npriorities: { P1: { respond: 2 business hours, resolve: unstated } }'),
    ).toEqual([])
    expect(
      await codes(`calendar: support\n${SAID}\npriorities: { P1: { respond: 2h, resolve: 2 business days } }`),
    ).toEqual([])
  })

  it('days beside hours of the calendar run on another clock', async () => {
    const fields = `calendar: support\n${SAID}\npriorities: { P1: { respond: 2h, resolve: 4 days }, P2: { respond: 4 days } }`
    expect(await codes(fields)).toEqual(['mixed-clocks'])
    expect(await codes(fields.replace('clock: calendar', 'clock: always'))).toEqual([])
  })
})
