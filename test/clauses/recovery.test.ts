import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { audit, byId, type Case, finding, findings } from '../support/audit.ts'
import type { Cells, Tables } from '../support/evidence.ts'
import { DAY, HOUR, MINUTE, ms, span } from '../support/instants.ts'

const contract = (body: object, more: object = {}) => ({
  apiVersion: 'sla/v1',
  kind: 'Contract',
  id: 'test',
  timezone: 'Europe/Paris',
  clauses: { dr: { kind: 'recovery', ...body } },
  ...more,
})
const may = (body: object, evidence: Tables, more: Partial<Case> & { head?: object } = {}): Case => {
  const { head, ...rest } = more
  return { contract: contract(body, head), evidence, asOf: '2026-06-05T00:00:00+02:00', period: '2026-05', ...rest }
}
const brief = ({ id, status, reason }: Finding) => `${id} ${status} ${reason}`
/** The one finding there must be beside what is kept. */
const lapse = async (given: Case): Promise<Finding> => {
  const [only, ...more] = (await findings(given)).filter(({ status }) => status !== 'met')
  if (only === undefined || more.length > 0) throw new Error(`expected one finding, got ${more.length + 1} or none`)
  return only
}
const briefs = async (given: Case) => (await findings(given)).map(brief)

/** An instant of 10 May 2026 in Paris. */
const at = (time: string) => `2026-05-10T${time}:00+02:00`
const RTO = { rto: { 'at-most': '6h', from: 'failure' } }
const RPO = { rpo: { 'at-most': '5min', measure: 'incident' } }
const incident = (more: Cells = {}): Cells => ({
  id: 'INC-1',
  kind: 'disaster',
  occurred_at: at('08:00'),
  declared_at: at('08:30'),
  recovered_at: '',
  ...more,
})
const restore = (more: Cells = {}): Cells => ({
  id: 'R-1',
  incident: 'INC-1',
  requested_at: at('09:00'),
  started_at: at('09:30'),
  completed_at: at('13:00'),
  component: 'database',
  purpose: 'real',
  outcome: 'passed',
  recovered_to: at('07:57'),
  failure_at: '',
  scope: '',
  ...more,
})

describe('the time a restore takes', () => {
  it('runs from the failure to the end of the restore', async () => {
    const found = await finding(may(RTO, { incident: [incident()], restore: [restore()] }))
    expect(brief(found)).toBe('dr/rto/INC-1 met restored')
    expect(found.start).toBe(ms(at('08:00')))
    expect(found.promised).toEqual({ unit: 'ms', value: 6 * HOUR })
    expect(found.observed).toEqual({ unit: 'ms', value: 5 * HOUR })
    expect(found.margin).toEqual({ unit: 'ms', value: HOUR })
    expect(found.bound).toBe('at-most')
    expect(found.timeline.map(({ why }) => why)).toEqual([
      'the point it went back to',
      'INC-1 occurred',
      'restored in time',
      'INC-1 declared',
      'restore of database requested',
      'restore of database passed',
    ])
    expect(found.evidence).toHaveLength(2)
  })
  it.each([
    ['failure', '14:00', 'met'],
    ['failure', '14:01', 'breached'],
    ['declared', '14:30', 'met'],
    ['declared', '14:31', 'breached'],
    ['requested', '15:00', 'met'],
    ['requested', '15:01', 'breached'],
  ])('from %s, ended at %s, is %s', async (from, end, status) => {
    const rto = { rto: { 'at-most': '6h', from } }
    const found = await finding(may(rto, { incident: [incident()], restore: [restore({ completed_at: at(end) })] }))
    expect(found.status).toBe(status)
    if (status === 'breached') {
      expect(found.reason).toBe('late')
      expect(found.margin).toEqual({ unit: 'ms', value: -MINUTE })
      expect(found.breached).toEqual([{ start: ms(at(end)) - MINUTE, end: ms(at(end)) }])
    }
  })

  it('ends with what the incident itself says, where it does', async () => {
    const told = incident({ recovered_at: at('12:00') })
    const found = await finding(may(RTO, { incident: [told], restore: [restore({ completed_at: at('20:00') })] }))
    expect(found.observed).toEqual({ unit: 'ms', value: 4 * HOUR })
  })

  it('ends with the last component, each by its first restore that passed', async () => {
    const rows = [
      restore({ id: 'R-1', outcome: 'failed', completed_at: at('10:00') }),
      restore({ id: 'R-2', completed_at: at('11:00') }),
      restore({ id: 'R-3', completed_at: at('18:00') }),
      restore({ id: 'R-4', component: 'files', completed_at: at('12:30') }),
    ]
    const found = await finding(may(RTO, { incident: [incident()], restore: rows }))
    expect(found.observed).toEqual({ unit: 'ms', value: 4.5 * HOUR })
    const only = await finding(may({ ...RTO, of: 'database' }, { incident: [incident()], restore: rows }))
    expect(only.observed).toEqual({ unit: 'ms', value: 3 * HOUR })
  })

  it('is pending while time is left, due at its end, and overdue after it', async () => {
    const open = { incident: [incident()], restore: [restore({ completed_at: '', outcome: '' })] }
    const given = (asOf: string | number) => may(RTO, open, { asOf })
    const pending = await finding(given(at('14:00')))
    expect(brief(pending)).toBe('dr/rto/INC-1 pending open')
    expect(pending.due).toBe(ms(at('14:00')))
    expect(pending.atRisk).toBe(true)
    expect((await finding(given(at('13:23')))).atRisk).toBeUndefined()
    const { upcoming } = await audit({ ...given(at('12:00')), upcoming: at('18:00') })
    expect([...(upcoming?.items ?? [])].map(item => [item.finding, item.left_ms])).toEqual([['dr/rto/INC-1', 2 * HOUR]])
    const over = await finding(given(ms(at('14:00')) + 1))
    expect(brief(over)).toBe('dr/rto/INC-1 breached overdue')
    expect(over.observed).toEqual({ unit: 'ms', value: 6 * HOUR + 1 })
  })

  it('is carried in, or left to the period in which it was decided', async () => {
    const told = incident({ occurred_at: '2026-04-30T20:00:00+02:00', recovered_at: '2026-05-01T01:00:00+02:00' })
    const found = await finding(may(RTO, { incident: [told] }))
    expect(brief(found)).toBe('dr/rto/INC-1 met restored')
    expect(found.notes).toContain('carried in: it began before the period')
    // Breached on 1 May at 02:00, whatever came later.
    const late = incident({ occurred_at: '2026-04-30T20:00:00+02:00', recovered_at: '2026-06-02T01:00:00+02:00' })
    expect(await briefs(may(RTO, { incident: [late] }, { period: '2026-06' }))).toEqual([
      'dr/rto unverified not-exercised',
    ])
  })

  it('is judged on dates at both ends', async () => {
    const day = ms('2026-05-10T00:00:00+02:00')
    const dated = (from: number, to: number) =>
      incident({ occurred_at: `${from}~${from + DAY}`, recovered_at: `${to}~${to + DAY}` })
    const rto = (most: string) => ({ rto: { 'at-most': most, from: 'failure' } })
    const open = await finding(may(rto('36h'), { incident: [dated(day, day + DAY)] }))
    expect(brief(open)).toBe('dr/rto/INC-1 unverified date-only')
    // From the last instant of the 10th to the first of the 11th, and from the first to the last.
    expect(open.bounds).toEqual({ lowest: { unit: 'ms', value: 1 }, highest: { unit: 'ms', value: 2 * DAY - 1 } })
    expect((await finding(may(rto('48h'), { incident: [dated(day, day + DAY)] }))).status).toBe('met')
    expect((await finding(may(rto('24h'), { incident: [dated(day, day + 3 * DAY)] }))).status).toBe('breached')
  })

  it('counts days to the same local time', async () => {
    // 23 hours pass from noon to noon over 29 March.
    const told = incident({ occurred_at: '2026-03-28T12:00:00+01:00', recovered_at: '2026-03-29T12:00:00+02:00' })
    const given = (most: string) =>
      may({ rto: { 'at-most': most, from: 'failure' } }, { incident: [told] }, { period: '2026-03' })
    const found = await finding(given('1 day'))
    expect(found.promised).toEqual({ unit: 'ms', value: 23 * HOUR })
    expect(found.status).toBe('met')
    expect((await finding(given('22h'))).status).toBe('breached')
  })

  it.each([
    ['occurred_at', { occurred_at: '?' }, RTO, 'unverified column-missing'],
    ['declared_at', { declared_at: '?' }, { rto: { 'at-most': '6h', from: 'declared' } }, 'unverified column-missing'],
    ['recovered_at', { recovered_at: '?' }, RTO, 'unverified column-missing'],
  ])('needs %s', async (column, cells, body, verdict) => {
    const found = await finding(may(body, { incident: [incident({ recovered_at: at('12:00'), ...cells })] }))
    expect(brief(found)).toBe(`dr/rto/INC-1 ${verdict}`)
    expect(found.notes).toContain(`column ${column} is missing or unknown`)
  })

  it('has no clock before what starts it', async () => {
    const body = { rto: { 'at-most': '6h', from: 'declared' } }
    const open = await finding(may(body, { incident: [incident({ declared_at: '' })] }))
    expect(brief(open)).toBe('dr/rto/INC-1 unverified no-clock')
    const done = await finding(may(body, { incident: [incident({ declared_at: '', recovered_at: at('23:00') })] }))
    expect(brief(done)).toBe('dr/rto/INC-1 met no-clock')
    expect(done.notes).toContain('restored, and it was not declared')
  })

  it('is not known where the outcome decides', async () => {
    const unknown = { incident: [incident()], restore: [restore({ outcome: '?' })] }
    const found = await finding(may(RTO, unknown))
    expect(brief(found)).toBe('dr/rto/INC-1 unverified column-missing')
    expect(found.notes).toContain('column outcome is missing or unknown')
    // While time is left it does not matter yet.
    expect((await finding(may(RTO, unknown, { asOf: at('13:30') }))).status).toBe('pending')
    // What ended late is late whether it passed or not.
    const late = [restore({ outcome: '?', completed_at: at('15:00') })]
    expect(brief(await finding(may(RTO, { incident: [incident()], restore: late })))).toBe('dr/rto/INC-1 breached late')
  })
})

describe('what is lost', () => {
  it.each([
    ['07:57', 3, 'met'],
    ['07:55', 5, 'met'],
    ['07:54', 6, 'breached'],
    ['08:10', 0, 'met'],
  ])('is the time from where it went back to (%s) to the failure', async (to, minutes, status) => {
    const found = await finding(may(RPO, { incident: [incident()], restore: [restore({ recovered_to: at(to) })] }))
    expect(`${found.id} ${found.status}`).toBe(`dr/rpo/INC-1 ${status}`)
    expect(found.observed).toEqual({ unit: 'ms', value: minutes * MINUTE })
    expect(found.margin).toEqual({ unit: 'ms', value: (5 - minutes) * MINUTE })
    if (status === 'breached') expect(found.breached).toEqual([span(at('07:54'), at('08:00'))])
  })

  it('is that of the component that lost most', async () => {
    const rows = [restore(), restore({ id: 'R-2', component: 'files', recovered_to: at('07:00') })]
    const found = await finding(may(RPO, { incident: [incident()], restore: rows }))
    expect(found.observed).toEqual({ unit: 'ms', value: HOUR })
    expect(found.status).toBe('breached')
  })

  it('is pending until something is restored', async () => {
    const found = await finding(may(RPO, { incident: [incident()], restore: [restore({ completed_at: '' })] }))
    expect(brief(found)).toBe('dr/rpo/INC-1 pending open')
    expect(found.due).toBeUndefined()
  })

  it.each([
    ['recovered_to is absent', { recovered_to: '?' }, 'column-missing'],
    ['recovered_to is blank', { recovered_to: '' }, 'column-missing'],
    ['no outcome is known', { outcome: '?' }, 'column-missing'],
  ])('is not known where %s', async (_, cells, reason) => {
    const found = await finding(may(RPO, { incident: [incident()], restore: [restore(cells)] }))
    expect(brief(found)).toBe(`dr/rpo/INC-1 unverified ${reason}`)
  })

  it('is not told by an incident alone', async () => {
    const found = await finding(may(RPO, { incident: [incident({ recovered_at: at('09:00') })] }))
    expect(brief(found)).toBe('dr/rpo/INC-1 unverified no-restore')
  })

  it('has dates judged at both ends', async () => {
    const day = ms('2026-05-09T00:00:00+02:00')
    const dated = [restore({ recovered_to: `${day}~${day + DAY}` })]
    const rpo = (most: string) => ({ rpo: { 'at-most': most, measure: 'incident' } })
    const given = (most: string) => may(rpo(most), { incident: [incident()], restore: dated })
    // From the 9th to 10 May 08:00: more than 8 hours, at most 32.
    expect(brief(await finding(given('8h')))).toBe('dr/rpo/INC-1 breached lost')
    expect(brief(await finding(given('24h')))).toBe('dr/rpo/INC-1 unverified date-only')
    expect(brief(await finding(given('32h')))).toBe('dr/rpo/INC-1 met recovered')
  })
})

describe('a case', () => {
  it('is a disaster, or a restore in earnest, never a test', async () => {
    const rows = [
      restore({ id: 'R-1', incident: '', failure_at: at('10:00'), completed_at: at('12:00') }),
      restore({ id: 'R-2', incident: '', purpose: 'test' }),
    ]
    const incidents = [incident({ id: 'INC-2', kind: 'service', occurred_at: '2026-05-20T08:00:00+02:00' })]
    expect(await briefs(may(RTO, { incident: incidents, restore: rows }))).toEqual(['dr/rto/R-1 met restored'])
  })

  it('is taken as a disaster where its kind is not known', async () => {
    const { kind: _, ...rest } = incident({ recovered_at: at('12:00') })
    const found = await finding(may(RTO, { incident: [rest] }))
    expect(found.notes).toContain('its kind is not known: taken as a disaster')
  })

  it('holds the restore that lies in it, where that is the only one', async () => {
    const rows = [restore({ incident: '' })]
    const found = await finding(may(RTO, { incident: [incident()], restore: rows }))
    expect(brief(found)).toBe('dr/rto/INC-1 met restored')
    expect(found.notes).toContain('a restore that names no incident lies in it, and is taken as its own')
    const two = [incident(), incident({ id: 'INC-2', occurred_at: at('09:00') })]
    const all = await briefs(may(RTO, { incident: two, restore: [restore({ incident: '', failure_at: at('09:00') })] }))
    expect(all).toEqual(['dr/rto/INC-1 breached overdue', 'dr/rto/INC-2 breached overdue', 'dr/rto/R-1 met restored'])
  })

  it('of another kind counts with a restore in earnest', async () => {
    const found = await finding(may(RTO, { incident: [incident({ kind: 'security' })], restore: [restore()] }))
    expect(brief(found)).toBe('dr/rto/INC-1 met restored')
  })

  it('is picked by a filter, with kind in it of other kinds too', async () => {
    const incidents = [
      incident({ id: 'INC-1', kind: 'security', recovered_at: at('12:00') }),
      incident({ id: 'INC-2', recovered_at: at('12:00') }),
    ]
    expect(await briefs(may({ ...RTO, where: { kind: 'security' } }, { incident: incidents }))).toEqual([
      'dr/rto/INC-1 met restored',
    ])
  })

  it('of no known purpose can only be met for certain', async () => {
    const alone = (more: Cells) => [restore({ incident: '', failure_at: at('08:00'), purpose: '?', ...more })]
    expect(await briefs(may(RTO, { restore: alone({}) }))).toEqual(['dr/rto/R-1 met restored'])
    const late = may(RTO, { restore: alone({ completed_at: at('20:00') }) })
    expect(await briefs(late)).toEqual(['dr/rto/R-1 unverified column-missing'])
    expect((await audit(late)).warnings.map(({ code }) => code)).toContain('restore-purpose')
  })

  it('without an id is named by when it began, twice with a number', async () => {
    const { id: _, ...rest } = restore({ incident: '', failure_at: at('08:00') })
    const all = await briefs(may(RTO, { restore: [rest, { ...rest, component: 'files' }] }))
    expect(all).toEqual([
      'dr/rto/2026-05-10T09:30:00+02:00 met restored',
      'dr/rto/2026-05-10T09:30:00+02:00~2 met restored',
    ])
  })

  it('names an incident that is known, or is told with what it may mean', async () => {
    const rows = [restore({ incident: 'INC-11', failure_at: at('08:00') })]
    const given = may(RTO, { incident: [incident({ recovered_at: at('12:00') })], restore: rows })
    expect(await briefs(given)).toEqual(['dr/rto/INC-1 met restored', 'dr/rto/R-1 met restored'])
    const said = (await audit(given)).warnings.find(({ code }) => code === 'unknown-incident')
    expect(said?.message).toContain('dr: no incident is "INC-11": 1 row, at')
    expect(said?.hint).toContain('did you mean INC-1?')
  })

  it('is none from a failure where none has happened', async () => {
    // A restore that was asked for: its failure is blank, and no incident is told of.
    const asked = { restore: [restore({ incident: '', failure_at: '' })] }
    expect(await briefs(may({ ...RTO, ...RPO }, asked))).toEqual([
      'dr/rto unverified not-exercised',
      'dr/rpo unverified not-exercised',
    ])
    expect(await briefs(may({ rto: { 'at-most': '6h', from: 'requested' } }, asked))).toEqual([
      'dr/rto/R-1 met restored',
    ])
    // Where the column is absent there may have been one.
    const { failure_at: _, ...silent } = restore({ incident: '' })
    expect(await briefs(may({ ...RTO, ...RPO }, { restore: [silent] }))).toEqual([
      'dr/rto/R-1 unverified column-missing',
      'dr/rpo/R-1 unverified column-missing',
    ])
    // Nothing that was asked for.
    const failed = { restore: [restore({ incident: '', requested_at: '', failure_at: at('08:00') })] }
    expect(await briefs(may({ rto: { 'at-most': '6h', from: 'requested' } }, failed))).toEqual([
      'dr/rto unverified not-exercised',
    ])
  })

  it('shows what is beyond the amount by itself', async () => {
    const late = {
      incident: [incident()],
      restore: [restore({ completed_at: at('15:30'), recovered_to: at('07:50') })],
    }
    const over = (found: Finding) =>
      found.timeline
        .filter(({ effect }) => effect === 'counted' || effect === 'over')
        .map(step => ({ effect: step.effect, at: step.at }))
    const [rto, rpo] = await findings(may({ ...RTO, ...RPO }, late))
    // 6 h of 08:00 to 15:30; and 07:50 to 08:00 was lost, of which 5 minutes may be.
    expect(rto && over(rto)).toEqual([
      { effect: 'counted', at: span(at('08:00'), at('14:00')) },
      { effect: 'over', at: span(at('14:00'), at('15:30')) },
    ])
    expect(rpo && over(rpo)).toEqual([{ effect: 'over', at: span(at('07:50'), at('08:00')) }])
    expect(rpo?.breached).toEqual([span(at('07:50'), at('08:00'))])
    const [, kept] = await findings(may({ ...RTO, ...RPO }, { incident: [incident()], restore: [restore()] }))
    expect(kept && over(kept)).toEqual([{ effect: 'counted', at: span(at('07:57'), at('08:00')) }])
  })

  it('lies in the term', async () => {
    const head = { term: { from: '2026-05-11' } }
    expect(await briefs(may(RTO, { incident: [incident()] }, { head }))).toEqual(['dr/rto unverified not-exercised'])
  })
})

describe('without a case', () => {
  it('nothing is shown, each promise by itself', async () => {
    expect(await briefs(may({ ...RTO, ...RPO }, { incident: [] }))).toEqual([
      'dr/rto unverified not-exercised',
      'dr/rpo unverified not-exercised',
    ])
    expect(await briefs(may(RTO, {}, { assume: ['incident'] }))).toEqual(['dr/rto unverified not-exercised'])
  })

  it('and without a log nothing is known', async () => {
    const found = await finding(may({ ...RTO, ...RPO }, {}))
    expect(brief(found)).toBe('dr unverified missing')
    expect(found.details).toEqual({ missing: 'incident' })
    expect(await briefs(may({ ...RTO, rpo: { 'at-most': '5min', measure: 'samples' } }, { incident: [] }))).toEqual([
      'dr/rto unverified not-exercised',
      'dr/rpo unverified missing',
    ])
  })

  it('a promise without a number is not judged', async () => {
    expect(await briefs(may({ rto: { 'at-most': 'unstated' } }, { incident: [] }))).toEqual([
      'dr/rto not-applicable no-number',
    ])
    // It needs no evidence.
    for (const tables of [{}, { incident: [incident()] }]) {
      expect(await briefs(may({ rto: { 'at-most': 'unstated' } }, tables))).toEqual(['dr/rto not-applicable no-number'])
      expect(await briefs(may({ rpo: { 'at-most': 'unstated', measure: 'exposure' } }, tables))).toEqual([
        'dr/rpo not-applicable no-number',
      ])
    }
    const scenarios = {
      partial: { rto: { 'at-most': 'unstated' } },
      full: { rpo: { ...RPO.rpo, 'at-most': 'unstated' } },
    }
    expect(await briefs(may({ scenarios }, {}))).toEqual([
      'dr/rto/partial not-applicable no-number',
      'dr/rpo/full not-applicable no-number',
    ])
    // Beside one with a number each is told for itself.
    expect(await briefs(may({ ...RTO, rpo: { ...RPO.rpo, 'at-most': 'unstated' } }, { incident: [] }))).toEqual([
      'dr/rto unverified not-exercised',
      'dr/rpo not-applicable no-number',
    ])
  })
})

describe('scenarios', () => {
  const body = {
    scenarios: {
      partial: { rto: { 'at-most': '2h', from: 'requested' } },
      full: { rto: { 'at-most': '8h', from: 'requested' }, rpo: { 'at-most': '1h', measure: 'incident' } },
    },
  }
  const alone = (more: Cells) => restore({ incident: '', failure_at: at('08:00'), ...more })

  it('are told apart by the scope of the restore', async () => {
    const rows = [alone({ id: 'R-1', scope: 'partial' }), alone({ id: 'R-2', scope: 'full' })]
    const all = await findings(may(body, { restore: rows }))
    expect(all.map(brief)).toEqual(['dr/rto/R-1 breached late', 'dr/rto/R-2 met restored', 'dr/rpo/R-2 met recovered'])
    expect(byId(all, 'dr/rto/R-1').details?.scenario).toBe('partial')
  })

  it('are not exercised one by one', async () => {
    expect(await briefs(may(body, { restore: [alone({ scope: 'full' })] }))).toEqual([
      'dr/rto/R-1 met restored',
      'dr/rpo/R-1 met recovered',
      'dr/rto/partial unverified not-exercised',
    ])
  })

  it('that are not named leave a case open, with what it may mean', async () => {
    const given = may(body, { restore: [alone({ scope: 'ful' })] })
    expect((await briefs(given)).slice(0, 2)).toEqual([
      'dr/rto/R-1 unverified no-scenario',
      'dr/rpo/R-1 unverified no-scenario',
    ])
    const said = (await audit(given)).warnings.find(({ code }) => code === 'unknown-scenario')
    expect(said?.message).toContain('dr: no scenario is named "ful": 1 row, at')
    expect(said?.hint).toBe('did you mean full? scenarios: partial, full')
    expect((await briefs(may(body, { restore: [alone({ scope: '' })] })))[0]).toBe('dr/rto/R-1 unverified no-scenario')
  })

  it('may come from the incident', async () => {
    const rows = { incident: [incident({ scope: 'full' })], restore: [restore()] }
    expect((await briefs(may(body, rows))).slice(0, 2)).toEqual([
      'dr/rto/INC-1 met restored',
      'dr/rpo/INC-1 met recovered',
    ])
  })
})

describe('the time since the last backup', () => {
  const EXPOSURE = { rpo: { 'at-most': '26h', measure: 'exposure' } }
  const TERM = { term: { from: '2026-05-01', to: '2026-05-31' } }
  /** Daily at 04:00, done at 05:00, with a blank deletion: there as of now. */
  const daily = (...days: readonly number[]): Cells[] =>
    days.map(day => ({
      component: 'database',
      started_at: `2026-05-${String(day).padStart(2, '0')}T04:00:00+02:00`,
      completed_at: `2026-05-${String(day).padStart(2, '0')}T05:00:00+02:00`,
      status: 'success',
      deleted_at: '',
      id: `b${day}`,
    }))
  const every = Array.from({ length: 31 }, (_, i) => i + 1)
  const given = (rows: readonly Cells[], more: Partial<Case> = {}) =>
    may(EXPOSURE, { backup: rows }, { head: TERM, ...more })

  it('is never more than from one start to the next completion', async () => {
    const found = await finding(given(daily(...every)))
    expect(brief(found)).toBe('dr/rpo met kept')
    expect(found.observed).toEqual({ unit: 'ms', value: 25 * HOUR })
    expect(found.margin).toEqual({ unit: 'ms', value: HOUR })
    // A daily backup uses that much of 26 hours every day.
    expect(found.atRisk).toBeUndefined()
  })

  it('is too long from the limit to the next completion', async () => {
    // 9 May 04:00 + 26 h = 10 May 06:00; the next is complete on 11 May at 05:00, 49 hours after the start.
    const all = await findings(given(daily(...every.filter(day => day !== 10))))
    const [kept, found] = [byId(all, 'dr/rpo'), byId(all, 'dr/rpo/2026-05-10')]
    // What lies before and after it is kept: 25 hours at most between a start and the next completion.
    expect(brief(kept)).toBe('dr/rpo met kept')
    expect(kept.observed).toEqual({ unit: 'ms', value: 26 * HOUR })
    expect(kept.timeline.map(({ at: stretch, effect }) => ({ stretch, effect }))).toEqual([
      { stretch: span('2026-05-01T00:00:00+02:00', '2026-05-10T06:00:00+02:00'), effect: 'counted' },
      { stretch: span('2026-05-11T05:00:00+02:00', '2026-06-01T00:00:00+02:00'), effect: 'counted' },
    ])
    expect(brief(found)).toBe('dr/rpo/2026-05-10 breached gap')
    expect(found.breached).toEqual([span('2026-05-10T06:00:00+02:00', '2026-05-11T05:00:00+02:00')])
    expect(found.observed).toEqual({ unit: 'ms', value: 49 * HOUR })
    expect(found.margin).toEqual({ unit: 'ms', value: -23 * HOUR })
  })

  it('jumps back where the last one is deleted', async () => {
    // b9 is deleted at noon of 9 May: b8 covers to 9 May 06:00, b10 is complete on 10 May 05:00.
    const rows = daily(...every).map(row =>
      row.id === 'b9' ? { ...row, deleted_at: '2026-05-09T12:00:00+02:00' } : row,
    )
    const found = await lapse(given(rows))
    expect(brief(found)).toBe('dr/rpo/2026-05-09 breached gap')
    expect(found.breached).toEqual([span('2026-05-09T12:00:00+02:00', '2026-05-10T05:00:00+02:00')])
    // Just before 10 May 05:00 one could only go back to 8 May 04:00.
    expect(found.observed).toEqual({ unit: 'ms', value: 49 * HOUR })
  })

  it('is not known from a log of jobs alone', async () => {
    const rows = daily(...every).map(({ deleted_at: _, ...row }) => row)
    const found = await finding(given(rows))
    expect(`${found.status} ${found.reason}`).toBe('unverified deletions-unknown')
  })

  it('is pending with the instant until which the last one is enough', async () => {
    const all = await findings(given(daily(...every.slice(0, 10)), { asOf: at('12:00') }))
    expect(all.map(brief)).toEqual(['dr/rpo met kept', 'dr/rpo/2026-05-11 pending running'])
    expect(all[1]?.due).toBe(ms('2026-05-11T06:00:00+02:00'))
    expect(all[1]?.observed).toEqual({ unit: 'ms', value: 8 * HOUR })
    const over = await findings(given(daily(...every.slice(0, 10)), { asOf: '2026-05-11T06:00:00.001+02:00' }))
    expect(over.map(brief)).toEqual(['dr/rpo met kept', 'dr/rpo/2026-05-11 breached overdue'])
  })

  it('is told for each component', async () => {
    const rows = [
      ...daily(...every),
      ...daily(...every.filter(day => day !== 10)).map(row => ({ ...row, component: 'files', id: `f${row.id}` })),
    ]
    const all = await briefs(may({ ...EXPOSURE, of: ['database', 'files'] }, { backup: rows }, { head: TERM }))
    expect(all).toEqual(['dr/rpo/database met kept', 'dr/rpo/files met kept', 'dr/rpo/files/2026-05-10 breached gap'])
  })
})

describe('samples of recovery points', () => {
  const SAMPLES = { rpo: { 'at-most': '15min', measure: 'samples' } }
  const period = `${at('10:00')}..${at('11:00')}`
  const sample = (time: string, to: string, more: Cells = {}): Cells => ({
    time: at(time),
    recoverable_to: at(to),
    component: 'database',
    ...more,
  })
  const given = (rows: readonly Cells[], more: Partial<Case> = {}) =>
    may(SAMPLES, { 'recovery-point': rows }, { period, ...more })

  it('keep the time until the amount has passed since the point they show', async () => {
    const rows = ['09:58', '10:10', '10:22', '10:34', '10:46', '10:58'].map((time, i) =>
      sample(time, ['09:56', '10:08', '10:20', '10:32', '10:44', '10:56'][i] ?? ''),
    )
    const found = await finding(given(rows))
    expect(brief(found)).toBe('dr/rpo met kept')
    // Just before each sample one could go back to what the one before showed, 14 minutes back.
    expect(found.observed).toEqual({ unit: 'ms', value: 14 * MINUTE })
  })

  it('prove a loss before one that lags behind, and leave the rest open', async () => {
    // 09:58 keeps to 10:11; 10:30 shows 10:05: from 10:20 to 10:30 more would be lost, from 10:11 to 10:20 nothing is known.
    const rows = [
      sample('09:58', '09:56'),
      sample('10:30', '10:05'),
      sample('10:31', '10:30'),
      sample('10:45', '10:45'),
    ]
    const all = await findings(given(rows))
    expect(all.map(brief)).toEqual([
      'dr/rpo met kept',
      'dr/rpo/2026-05-10~2 unverified between-samples',
      'dr/rpo/2026-05-10 breached lost',
      'dr/rpo/2026-05-10~3 unverified between-samples',
    ])
    // Until 10:11 the first, from 10:31 to 10:46 the third, from 10:45 the last; just before 10:45 one could only go
    // back to 10:30.
    expect(all[0]?.timeline.map(step => step.at)).toEqual([
      span(at('10:00'), at('10:11')),
      span(at('10:31'), at('11:00')),
    ])
    expect(all[0]?.observed).toEqual({ unit: 'ms', value: 15 * MINUTE })
    expect(all.map(({ undecided }) => undecided)).toEqual([
      undefined,
      [span(at('10:11'), at('10:20'))],
      undefined,
      [span(at('10:30'), at('10:31'))],
    ])
    expect(all[2]?.breached).toEqual([span(at('10:20'), at('10:30'))])
    expect(all[2]?.observed).toEqual({ unit: 'ms', value: 25 * MINUTE })
    expect(all[2]?.margin).toEqual({ unit: 'ms', value: -10 * MINUTE })
  })

  it('say nothing of the time before the first and between distant ones', async () => {
    const rows = [sample('10:05', '10:05'), sample('10:40', '10:40'), sample('10:50', '10:50')]
    const found = await lapse(given(rows))
    expect(brief(found)).toBe('dr/rpo/2026-05-10 unverified between-samples')
    expect(found.undecided).toEqual([span(at('10:00'), at('10:05')), span(at('10:20'), at('10:40'))])
  })

  it('are exactly at the limit without a breach', async () => {
    const rows = [sample('09:59', '09:58'), sample('10:13', '09:58'), sample('10:13', '10:13', { component: 'x' })]
    const all = await findings(
      may({ ...SAMPLES, of: 'database' }, { 'recovery-point': rows }, { period: `${at('10:00')}..${at('10:13')}` }),
    )
    expect(all.map(brief)).toEqual(['dr/rpo met kept'])
    expect(all[0]?.atRisk).toBe(true)
  })

  it('that show less than the one before are late at their own instant', async () => {
    const rows = [sample('10:00', '10:00'), sample('10:10', '09:50')]
    const all = await findings(given(rows, { period: `${at('10:00')}..${at('10:12')}` }))
    expect(all.map(({ status }) => status)).toEqual(['met', 'unverified', 'breached', 'unverified'])
    expect(all[2]?.breached).toEqual([{ start: ms(at('10:10')), end: ms(at('10:10')) + 1 }])
  })

  it('are told apart by component', async () => {
    const rows = [
      ...['10:00', '10:14', '10:28', '10:42', '10:56'].map(time => sample(time, time)),
      ...['10:00', '10:14', '10:28', '10:56'].map(time => sample(time, time, { component: 'files' })),
    ]
    expect(await briefs(given(rows))).toEqual([
      'dr/rpo/database met kept',
      'dr/rpo/files met kept',
      'dr/rpo/files/2026-05-10 unverified between-samples',
    ])
    expect(await briefs(may({ ...SAMPLES, of: 'database' }, { 'recovery-point': rows }, { period }))).toEqual([
      'dr/rpo met kept',
    ])
  })

  it('are enough for some time to come', async () => {
    const all = await findings(given([sample('10:00', '10:00'), sample('10:10', '10:09')], { asOf: at('10:20') }))
    expect(all.map(brief)).toEqual(['dr/rpo met kept', 'dr/rpo/2026-05-10 pending running'])
    expect(all[1]?.due).toBe(ms(at('10:24')))
    expect(all[1]?.margin).toEqual({ unit: 'ms', value: 4 * MINUTE })
  })
})

describe('services, coverage and bad rows', () => {
  const head = { services: { app: {}, web: {} } }

  it('pick the cases', async () => {
    const rows = [
      incident({ id: 'INC-1', service: 'app', recovered_at: at('12:00') }),
      incident({ id: 'INC-2', service: 'web', recovered_at: at('20:00') }),
    ]
    const given = (services: readonly string[]) => may({ ...RTO, services }, { incident: rows }, { head })
    expect(await briefs(given(['app']))).toEqual(['dr/rto/INC-1 met restored'])
    expect(await briefs(given(['web']))).toEqual(['dr/rto/INC-2 breached late'])
    const nameless = may(
      { ...RTO, services: ['web'] },
      { incident: [incident({ service: '', recovered_at: at('20:00') })] },
      { head },
    )
    expect(await briefs(nameless)).toEqual(['dr/rto/INC-1 unverified column-missing'])
  })

  it('tell where the log leaves time out', async () => {
    const coverage = [{ type: 'incident', from: '2026-05-01T00:00:00+02:00', to: '2026-05-20T00:00:00+02:00' }]
    const found = await findings(may(RTO, { incident: [incident({ recovered_at: at('12:00') })], coverage }))
    expect(found.map(brief)).toEqual(['dr/rto/INC-1 met restored', 'dr/uncovered unverified incomplete'])
    expect(found[1]?.undecided).toEqual([span('2026-05-20T00:00:00+02:00', '2026-06-01T00:00:00+02:00')])
  })

  it('tell of rows that could not be read', async () => {
    const diagnostic = { code: 'bad-row', severity: 'warning' as const, message: 'bad' }
    const skipped = [{ type: 'restore', diagnostic }]
    const given = may(
      RTO,
      { incident: [incident({ recovered_at: at('12:00') })] },
      { change: read => ({ ...read, skipped }) },
    )
    expect(await briefs(given)).toEqual(['dr/rto/INC-1 met restored', 'dr/bad-rows/restore unverified bad-rows'])
  })

  it('are only observed where nothing is promised', async () => {
    const found = await finding(
      may({ ...RTO, binding: 'observed' }, { incident: [incident({ recovered_at: at('20:00') })] }),
    )
    expect(brief(found)).toBe('dr/rto/INC-1 not-applicable observed')
    expect(found.observed).toEqual({ unit: 'ms', value: 12 * HOUR })
  })
})
