import { describe, expect, it } from 'vitest'
import { auditContract } from '../../src/audit/audit.ts'
import type { AuditOptions } from '../../src/audit/context.ts'
import type { AuditPlan } from '../../src/audit/plan.ts'
import { findingsOf, joinFindings } from '../../src/clauses/findings.ts'
import { clauseKinds } from '../../src/clauses/index.ts'
import type { AnyKind } from '../../src/clauses/judge.ts'
import { loadContract } from '../../src/contract/load.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import type { Tickets } from '../../src/evidence/records.ts'
import type { Vulnerabilities } from '../../src/evidence/vulnerabilities/records.ts'
import { InputError } from '../../src/model/diagnostic.ts'
import type { Binding, Finding } from '../../src/model/finding.ts'
import type { Report } from '../../src/model/report.ts'
import { zones } from '../support/audit.ts'
import { HOUR, MINUTE, ms, span } from '../support/instants.ts'

const asOf = ms('2026-07-01T00:00:00+02:00')
const june = span('2026-06-01T00:00:00+02:00', '2026-07-01T00:00:00+02:00')

const noTickets: Tickets = {
  count: 0,
  ticket: () => {
    throw new RangeError('none')
  },
}

const noVulnerabilities: Vulnerabilities = {
  count: 0,
  vulnerability: () => {
    throw new RangeError('none')
  },
  scans: [],
}

function ticketsFrom(first: string, last: string): Tickets {
  return { ...noTickets, count: 2, first: ms(first), last: ms(last) }
}

const nothing: Evidence = {
  asOf,
  inputs: [],
  outages: [],
  maintenances: [],
  probes: [],
  requests: [],
  measurements: [],
  tickets: noTickets,
  vulnerabilities: noVulnerabilities,
  backups: { list: [], listings: [], loggedFrom: new Map() },
  restores: [],
  recoveryPoints: [],
  incidents: [],
  controls: [],
  coverage: [],
  supplied: new Set(['ticket']),
  skipped: [],
  unclear: [],
  warnings: [],
}

function findingAs(overrides: Partial<Finding>): Finding {
  return {
    id: 'c',
    clause: 'c',
    subject: '',
    window: june,
    status: 'met',
    reason: 'in-time',
    promised: { unit: 'ms', value: 4 * HOUR },
    observed: { unit: 'ms', value: HOUR },
    timeline: [],
    evidence: [],
    notes: [],
    ...overrides,
  }
}

/** A kind that finds what it is told to. */
function kindOf(found: Iterable<Finding>, more: Partial<AnyKind['judge']> = {}): AnyKind {
  const idle = { kind: 'maintenance', title: '', manual: '', references: () => [], lints: () => [] }
  return {
    ...idle,
    schema: undefined as never,
    judge: {
      needs: () => ({ anyOf: [['ticket', 'ticket-change']], also: [] }),
      filters: () => [],
      promise: () => '',
      check: () => found,
      ...more,
    },
  }
}

interface Given {
  readonly kinds: readonly (AnyKind | readonly [AnyKind, Binding])[]
  readonly evidence?: Partial<Evidence>
  readonly options?: Partial<AuditOptions>
  readonly stated?: false
}

async function reported({ kinds, evidence, options, stated }: Given): Promise<Report> {
  const names = kinds.map((_, i) => String.fromCharCode(97 + i))
  const clauses = Object.fromEntries(names.map(name => [name, { kind: 'maintenance', longest: '4h' }]))
  const text = JSON.stringify({ apiVersion: 'sla/v1', kind: 'Contract', id: 'test', timezone: 'Europe/Paris', clauses })
  const contract = await loadContract({ file: 'c.json', bytes: new TextEncoder().encode(text) }, clauseKinds, { zones })
  const plan: AuditPlan = {
    contract,
    clauses: contract.clauses.map((clause, i) => {
      const given = kinds[i] ?? kindOf([])
      return 'judge' in given ? { clause, kind: given } : { clause: { ...clause, binding: given[1] }, kind: given[0] }
    }),
    types: new Set(['ticket', 'ticket-change']),
    filters: [],
    components: [],
  }
  return auditContract(
    plan,
    { ...nothing, ...evidence },
    {
      ...(stated !== false && { period: { interval: june, text: '2026-06' } }),
      asOf,
      assumeComplete: new Set(),
      riskPercent: 90,
      zones,
      version: '0',
      ...options,
    },
  )
}

/** A list of findings that counts how many it made. */
function counted(length: number, make: (i: number) => Partial<Finding>) {
  let made = 0
  const list = findingsOf(length, i => {
    made++
    return findingAs({ id: `a/${i}`, ...make(i) })
  })
  return { list, made: () => made }
}

describe('findings of a clause', () => {
  it('stay the list they come in, walked once for all totals', async () => {
    const { list, made } = counted(1000, i =>
      i % 4 === 1 ? { status: 'breached' } : i % 4 === 2 ? { atRisk: true } : {},
    )
    const { clauses, summary } = await reported({ kinds: [kindOf(list)] })
    expect(clauses[0]?.findings).toBe(list)
    expect(made()).toBe(1000)
    const counts = { breached: 250, unverified: 0, pending: 0, met: 750, 'not-applicable': 0, waived: 0 }
    expect(clauses[0]).toMatchObject({ status: 'breached', counts, atRisk: 250 })
    expect(summary).toMatchObject({ status: 'breached', guarantees: counts, atRisk: 250 })
    expect(summary.objectives.met).toBe(0)
  })

  it('are made one by one where they are only observed', async () => {
    const { list, made } = counted(500, () => ({ status: 'breached', breached: [june], atRisk: true }))
    const { clauses, summary } = await reported({ kinds: [[kindOf(list), 'observed']] })
    expect(made()).toBe(500)
    const findings = clauses[0]?.findings
    expect(findings?.at(499)).toMatchObject({ id: 'a/499', status: 'not-applicable', reason: 'observed' })
    expect(findings?.at(499)).not.toHaveProperty('breached')
    expect(findings?.at(500)).toBeUndefined()
    expect(made()).toBe(502)
    expect([...(findings ?? [])].map(({ status }) => status)).toEqual(Array(500).fill('not-applicable'))
    expect(clauses[0]).toMatchObject({ status: 'not-applicable', atRisk: 0 })
    expect(summary.guarantees).toEqual(summary.objectives)
  })

  it('are kept in an array where they come one after the other', async () => {
    function* each() {
      yield findingAs({ id: 'a/1' })
      yield findingAs({ id: 'a/2', status: 'waived' })
    }
    const { clauses } = await reported({ kinds: [kindOf(each())] })
    expect(clauses[0]?.findings.length).toBe(2)
    expect([...(clauses[0]?.findings ?? [])].map(({ id }) => id)).toEqual(['a/1', 'a/2'])
    expect(clauses[0]?.status).toBe('met')
  })

  it('roll up to the worst, what does not apply left out', async () => {
    const cases: readonly (readonly [readonly Finding['status'][], Finding['status']])[] = [
      [['met', 'pending', 'unverified', 'breached'], 'breached'],
      [['met', 'pending', 'unverified'], 'unverified'],
      [['met', 'pending', 'waived'], 'pending'],
      [['met', 'not-applicable'], 'met'],
      [['waived', 'not-applicable'], 'met'],
      [['not-applicable'], 'not-applicable'],
      [[], 'not-applicable'],
    ]
    const kinds = cases.map(([statuses]) => kindOf(statuses.map(status => findingAs({ status }))))
    const { clauses } = await reported({ kinds })
    expect(clauses.map(({ status }) => status)).toEqual(cases.map(([, status]) => status))
  })

  it('come with the warnings of their kind', async () => {
    const warning = { code: 'unknown-priority', severity: 'warning', message: 'P9' } as const
    const { warnings } = await reported({
      kinds: [kindOf([], { warnings: clause => [{ ...warning, hint: clause.id }] })],
    })
    expect(warnings).toContainEqual({ ...warning, hint: 'a', clause: 'a' })
  })
})

describe('lists that offer something cheaper', () => {
  const outline = (i: number) =>
    ({ status: i === 2 ? 'pending' : 'met', reason: 'x', window: june, due: asOf }) as const
  function offering(name: string, length: number) {
    const { list, made } = counted(length, i => outline(i))
    const findings = findingsOf(length, i => ({ ...(list.at(i) ?? findingAs({})), id: `${name}/${i}` }), {
      *outlines() {
        for (let i = 0; i < length; i++) yield outline(i)
      },
      *ids() {
        for (let i = 0; i < length; i++) yield `${name}/${i}`
      },
    })
    return { findings, made }
  }

  it('are totalled and searched without making a finding', async () => {
    const { findings, made } = offering('a', 500)
    const report = await reported({ kinds: [kindOf(findings)], options: { upcoming: asOf } })
    expect(made()).toBe(0)
    expect(report.clauses[0]?.counts).toMatchObject({ met: 499, pending: 1 })
    expect([...(report.upcoming?.items ?? [])]).toMatchObject([{ finding: 'a/2', due: asOf }])
    expect(made()).toBe(1)
  })

  it('stay cheap one after the other, with arrays among them, and where they are only observed', async () => {
    const { findings, made } = offering('b', 4)
    const joined = joinFindings([
      [findingAs({ id: 'a', status: 'waived' })],
      findingsOf(0, () => findingAs({})),
      findings,
    ])
    expect(joined.length).toBe(5)
    expect([...(joined.ids?.() ?? [])]).toEqual(['a', 'b/0', 'b/1', 'b/2', 'b/3'])
    expect([...(joined.outlines?.() ?? [])].map(({ status }) => status)).toEqual([
      'waived',
      'met',
      'met',
      'pending',
      'met',
    ])
    const { clauses } = await reported({ kinds: [[kindOf(joined), 'observed']] })
    expect(clauses[0]?.counts['not-applicable']).toBe(5)
    expect([...(clauses[0]?.findings.ids?.() ?? [])]).toHaveLength(5)
    expect(made()).toBe(0)
    expect([...joined].map(({ id }) => id)).toEqual([...(joined.ids?.() ?? [])])
    expect(joined.at(4)?.id).toBe('b/3')
    expect(joined.at(5)).toBeUndefined()
    expect(JSON.parse(JSON.stringify(joined))).toEqual([...joined])
  })
})

describe('what falls due', () => {
  const until = asOf + 7 * 24 * HOUR
  const pending = (id: string, due: number, more: Partial<Finding> = {}): Finding =>
    findingAs({ id, clause: id.split('/')[0] ?? '', subject: id, status: 'pending', reason: 'open', due, ...more })

  it('is pending and due in time, or broken and still running; overdue first, then by due instant', async () => {
    const late = pending('b/late', asOf - HOUR, {
      status: 'breached',
      reason: 'overdue',
      promise: 'P1-resolve',
      margin: { unit: 'ms', value: -20 * MINUTE },
      details: { priority: 'P1', clock: 'support' },
    })
    const report = await reported({
      kinds: [
        kindOf([
          pending('a/edge', until),
          pending('a/far', until + 1),
          pending('a/paused', until - HOUR, {
            reason: 'paused',
            margin: { unit: 'ms', value: HOUR },
            details: { clock: 'always' },
          }),
          findingAs({ id: 'a/met', due: asOf + 1 }),
          findingAs({ id: 'a/late', status: 'breached', reason: 'late', due: asOf - HOUR }),
          findingAs({ id: 'a/no-clock', status: 'pending', reason: 'running' }),
        ]),
        [kindOf([pending('b/soon', asOf + 1, { margin: { unit: 'ratio', part: 1, of: 2 } }), late]), 'objective'],
        [kindOf([pending('c/seen', asOf + 1)]), 'observed'],
      ],
      options: { upcoming: until },
    })
    expect(report.upcoming?.until).toBe(until)
    expect(report.upcoming?.items.length).toBe(4)
    expect([...(report.upcoming?.items ?? [])]).toEqual([
      {
        finding: 'b/late',
        clause: 'b',
        subject: 'b/late',
        promise: 'P1-resolve',
        priority: 'P1',
        due: asOf - HOUR,
        left_ms: -20 * MINUTE,
        clock: 'support',
        status: 'breached',
      },
      // Neither of these two has a margin in time: what is left is wall-clock time.
      { finding: 'b/soon', clause: 'b', subject: 'b/soon', due: asOf + 1, left_ms: 1, status: 'pending' },
      {
        finding: 'a/paused',
        clause: 'a',
        subject: 'a/paused',
        due: until - HOUR,
        left_ms: HOUR,
        status: 'pending',
        paused: true,
      },
      { finding: 'a/edge', clause: 'a', subject: 'a/edge', due: until, left_ms: until - asOf, status: 'pending' },
    ])
  })

  it('is made anew when it is asked for, and keeps the order of the lists where instants are equal', async () => {
    const { list, made } = counted(300, i => ({ status: 'pending', due: asOf + (i % 3) }))
    const { upcoming } = await reported({ kinds: [kindOf(list)], options: { upcoming: asOf + 1 } })
    expect(made()).toBe(300)
    expect(upcoming?.items.at(1)?.finding).toBe('a/3')
    expect(upcoming?.items.at(100)?.finding).toBe('a/1')
    expect(made()).toBe(302)
    expect(upcoming?.items).toHaveLength(200)
  })

  it('is not looked for unasked', async () => {
    expect(await reported({ kinds: [kindOf([pending('a/1', asOf)])] })).not.toHaveProperty('upcoming')
  })
})

describe('tickets as evidence', () => {
  const codes = ({ warnings }: Report): readonly string[] => warnings.map(({ code }) => code)

  it('span the period that nobody stated', async () => {
    const tickets = ticketsFrom('2026-06-03T10:00:00+02:00', '2026-06-20T10:00:00+02:00')
    const { period } = await reported({ kinds: [kindOf([])], evidence: { tickets }, stated: false })
    expect(period).toMatchObject({ start: tickets.first, end: (tickets.last ?? 0) + 1, stated: false })
    await expect(reported({ kinds: [kindOf([])], stated: false })).rejects.toThrow(InputError)
  })

  it('are doubted when they end long before the period does', async () => {
    // Half of June is 15 days: the last stamp may lie at 16 June 00:00, but not before.
    const early = { tickets: ticketsFrom('2026-06-01T10:00:00+02:00', '2026-06-15T23:59:59+02:00') }
    const kinds = [kindOf([findingAs({})])]
    const report = await reported({ kinds, evidence: early })
    expect(codes(report)).toEqual(['log-ends-early'])
    expect(report.warnings[0]?.message).toMatch(
      /^the last stamp of a ticket is 2026-06-15T23:59:59\+02:00, well before/,
    )
    expect(report.warnings[0]?.hint).toContain('--assume-complete ticket,')
    const enough = { tickets: ticketsFrom('2026-06-01T10:00:00+02:00', '2026-06-16T00:00:00+02:00') }
    expect(codes(await reported({ kinds, evidence: enough }))).toEqual([])
    for (const type of ['ticket', 'ticket-change']) {
      const assumed = await reported({ kinds, evidence: early, options: { assumeComplete: new Set([type]) } })
      expect(codes(assumed)).toEqual([])
    }
  })

  it('are taken as complete over the windows judged where no period was stated, and that is said', async () => {
    const tickets = ticketsFrom('2026-06-03T10:00:00+02:00', '2026-06-20T10:00:00+02:00')
    const report = await reported({ kinds: [kindOf([findingAs({})])], evidence: { tickets }, stated: false })
    expect(report.warnings.map(({ message }) => message)).toEqual([
      'no --period: the ticket log has rows from 2026-06-03T10:00:00+02:00 to 2026-06-20T10:00:00+02:00; ' +
        'it is taken as complete from 2026-06-01T00:00:00+02:00 to 2026-07-01T00:00:00+02:00',
    ])
  })

  it('are a log whether wide rows or change rows tell of them', async () => {
    const completeWith = async (evidence: Partial<Evidence>, assumed: readonly string[] = []) => {
      let found: readonly { start: number; end: number }[] = []
      const kind = kindOf([], {
        check: (_, context) => {
          found = context.complete('ticket', '', [june])
          return []
        },
      })
      await reported({ kinds: [kind], evidence, options: { assumeComplete: new Set(assumed) } })
      return found
    }
    expect(await completeWith({ supplied: new Set(['ticket']) })).toEqual([june])
    expect(await completeWith({ supplied: new Set(['ticket-change']) })).toEqual([june])
    expect(await completeWith({ supplied: new Set(['outage']) })).toEqual([])
    expect(await completeWith({ supplied: new Set() }, ['ticket'])).toEqual([june])
    const half = { start: june.start, end: ms('2026-06-15T00:00:00+02:00') }
    const row = { from: half.start, to: half.end, service: '', attributes: {}, origin: { input: 0 } }
    const coverage = [{ ...row, type: 'ticket-change' }]
    expect(await completeWith({ supplied: new Set(['ticket-change']), coverage })).toEqual([half])
    expect(await completeWith({ supplied: new Set(['ticket']), coverage })).toEqual([june])
    const diagnostic = { code: 'x', severity: 'warning', message: 'x' } as const
    expect(await completeWith({ skipped: [{ type: 'ticket-change', diagnostic }] })).toEqual([])
  })
})
