import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EarlierReport, earlierReport, searchBaseline } from '../../src/audit/baseline.ts'
import { markFindings } from '../../src/audit/marks.ts'
import { type ClauseNames, searchWaivers } from '../../src/audit/waivers.ts'
import { exitCode } from '../../src/cli/exit-codes.ts'
import { loadWaivers } from '../../src/contract/waivers.ts'
import { InputError } from '../../src/model/diagnostic.ts'
import type { Finding, Status } from '../../src/model/finding.ts'
import { renderJson } from '../../src/report/json.ts'
import { readReport } from '../../src/report/read-report.ts'
import { clauseOf, findingOf, reportOf } from '../report/fixture.ts'
import { audit, zones } from '../support/audit.ts'
import { HOUR, ms, span } from '../support/instants.ts'

const february = span('2026-02-01T00:00:00+01:00', '2026-03-01T00:00:00+01:00')
const january = span('2026-01-01T00:00:00+01:00', '2026-02-01T00:00:00+01:00')
const file = { file: 'january.json', sha256: 'b'.repeat(64) }
const names: ClauseNames = { all: ['a', 'b'], judged: ['a', 'b'] }

const of = (id: string, status: Status, more: Partial<Finding> = {}): Finding =>
  findingOf({ id, clause: id.split('/')[0] ?? '', status, window: february, ...more })

function earlier(findings: readonly Finding[]): EarlierReport {
  const report = reportOf([clauseOf({ id: 'a', findings })])
  return earlierReport(report, file, report.contract.id)
}

function compared(then: readonly Finding[], now: readonly Finding[], period = february, clauses = names) {
  const search = searchBaseline(earlier(then))
  const findings = [...markFindings(now, 'a', { waivers: undefined, baseline: search })]
  return { findings, baseline: search.baseline(period, clauses) }
}

describe('a baseline', () => {
  it('knows what was breached in it, and nothing else', () => {
    const then = [of('a/1', 'breached'), of('a/2', 'waived'), of('a/3', 'met'), of('a/4', 'unverified')]
    const now = ['a/1', 'a/2', 'a/3', 'a/4', 'a/5'].map(id => of(id, 'breached'))
    const { findings, baseline } = compared(then, now)
    expect(findings.map(({ known }) => known === true)).toEqual([true, false, false, false, false])
    expect(findings[0]).toEqual({ ...now[0], known: true })
    expect(findings.slice(1)).toEqual(now.slice(1))
    const { asOf, period } = reportOf([])
    expect(baseline).toEqual({
      ...file,
      asOf,
      period: { start: period.start, end: period.end, text: period.text },
      known: 1,
      fixed: [],
      open: [],
    })
  })

  it('knows as many breaches of one id as it has', () => {
    const then = [of('a/1', 'breached'), of('a/1', 'breached')]
    const now = [of('a/1', 'breached'), of('a/1', 'breached'), of('a/1', 'breached')]
    expect(compared(then, now).findings.map(({ known }) => known)).toEqual([true, true, undefined])
    const fewer = compared(then, [of('a/1', 'breached'), of('a/1', 'met')])
    expect(fewer.baseline.fixed).toEqual([{ finding: 'a/1', clause: 'a', now: 'met' }])
  })

  it('knows a breach by what it began with too: an id that is used again is another one', () => {
    const clock = { start: january.start, due: january.start + HOUR }
    const later = { start: february.start, due: february.start + HOUR }
    const then = [of('a/clock', 'breached', clock), of('a/window', 'breached', { window: january })]
    const again = [of('a/clock', 'breached', { ...clock, window: january }), of('a/window', 'breached')]
    expect(compared(then, again).findings.map(({ known }) => known)).toEqual([true, undefined])
    expect(compared(then, [of('a/clock', 'breached', later)]).findings[0]).not.toHaveProperty('known')
    // The first life can't be told of any more, as it is no part of February.
    expect(compared([of('a/clock', 'breached', { ...clock, window: january })], again.slice(1)).baseline.fixed).toEqual(
      [],
    )
  })

  it('tells what is mended from what is not known to be, in its order', () => {
    const then = ['a/4', 'a/1', 'a/2', 'a/3', 'a/5', 'a/6', 'a/7'].map(id => of(id, 'breached'))
    const now = [
      ...[of('a/1', 'met'), of('a/2', 'pending'), of('a/3', 'waived'), of('a/5', 'breached')],
      ...[of('a/6', 'unverified', { start: 1 }), of('a/7', 'not-applicable')],
    ]
    const { fixed, open } = compared(then, now).baseline
    expect(fixed).toEqual([
      { finding: 'a/4', clause: 'a', now: 'gone' },
      { finding: 'a/1', clause: 'a', now: 'met' },
      { finding: 'a/7', clause: 'a', now: 'not-applicable' },
    ])
    expect(open).toEqual([
      { finding: 'a/2', clause: 'a', now: 'pending' },
      { finding: 'a/3', clause: 'a', now: 'waived' },
      { finding: 'a/6', clause: 'a', now: 'unverified' },
    ])
  })

  it('calls nothing gone of a clause whose evidence is missing as a whole', () => {
    const then = [of('a/T-1', 'breached'), of('a/T-2', 'breached', { window: january })]
    const blind = of('a', 'unverified', { subject: '', reason: 'missing' })
    const { fixed, open } = compared(then, [blind]).baseline
    expect([fixed, open]).toEqual([[], [{ finding: 'a/T-1', clause: 'a', now: 'unverified' }]])
    // One ticket that is not told of says nothing of another one.
    const one = of('a/T-3', 'unverified', { subject: 'T-3', reason: 'missing' })
    expect(compared(then, [one]).baseline.fixed.map(({ finding }) => finding)).toEqual(['a/T-1'])
  })

  it('lists nothing as gone that another period or another choice of clauses leaves out', () => {
    const due = january.start + 8 * HOUR
    const open = { start: january.start, end: february.start + HOUR }
    const then = [
      of('a/window', 'breached', { window: january }),
      // Late since January and open still when the report was made, in February.
      of('a/open', 'breached', { window: open, start: january.start, due, breached: [{ start: due, end: open.end }] }),
      // Its clock began in January, and it was late only in February.
      of('a/edge', 'breached', {
        window: open,
        ...{ start: january.start, due: february.start, breached: [{ start: february.start, end: february.end }] },
      }),
      of('b/1', 'breached'),
    ]
    const both = { start: january.start, end: february.end }
    const gone = (period: typeof february, judged: readonly string[], audited = both) => {
      const report = {
        ...reportOf([clauseOf({ id: 'a', findings: then })]),
        period: { ...audited, stated: true, text: '' },
      }
      const search = searchBaseline(earlierReport(report, file, report.contract.id))
      return search.baseline(period, { all: ['a', 'b'], judged }).fixed.map(({ finding }) => finding)
    }
    expect(gone(february, ['a', 'b'])).toEqual(['b/1'])
    expect(gone(february, ['a'])).toEqual([])
    expect(gone(january, ['a'])).toEqual(['a/window', 'a/open'])
    expect(gone(both, ['a'])).toEqual(['a/window', 'a/open', 'a/edge'])
    // An audit of February alone saw no more of it than February.
    expect(gone(february, ['a'], february)).toEqual(['a/edge'])
  })

  it('on another contract is refused', () => {
    const report = reportOf([])
    expect(() => earlierReport(report, file, 'boreal')).toThrow(InputError)
    expect(() => earlierReport(report, file, 'boreal')).toThrow(
      `january.json is a report on the contract "${report.contract.id}", not on "boreal"`,
    )
  })

  it('leaves alone what a waiver lets pass, and marks what a waiver no longer does', () => {
    const entries = [
      { finding: 'a/1', reason: 'r', approver: 'p', until: '2026-12-31' },
      { finding: 'a/2', reason: 'r', approver: 'p', until: '2026-01-31' },
    ]
    const text = JSON.stringify({ apiVersion: 'sla/v1', kind: 'Waivers', waivers: entries })
    const waivers = loadWaivers({ file: 'w', bytes: new TextEncoder().encode(text) }, 'acme')
    const now = [of('a/1', 'breached'), of('a/2', 'breached')]
    const search = searchBaseline(earlier(now))
    const passes = { waivers: searchWaivers(waivers, february.end, zones('Europe/Paris')), baseline: search }
    const [one, two] = [...markFindings(now, 'a', passes)]
    expect(one).toMatchObject({ status: 'waived' })
    // Waived, and breached in the baseline.
    expect(one).toMatchObject({ known: true })
    expect(two).toMatchObject({ status: 'breached', known: true, notes: ['waiver expired 2026-01-31 (p: r)'] })
    expect(search.baseline(february, names)).toMatchObject({
      ...{ known: 1, fixed: [] },
      open: [{ finding: 'a/1', now: 'waived' }],
    })
  })

  it('made of the same breaches leaves nothing new: exit 0; of fewer, exactly the others count', async () => {
    const services = ['web', 'api', 'mail', 'auth']
    const contract = {
      ...{ apiVersion: 'sla/v1', kind: 'Contract', id: 'acme', timezone: 'Europe/Paris' },
      services: Object.fromEntries(services.map(name => [name, {}])),
      clauses: { uptime: { kind: 'availability', target: '99.5%', window: 'calendar month', 'no-data': 'unknown' } },
    }
    // Four hours are more than half a percent of any month.
    const outage = fc.record({ service: fc.constantFrom(...services), month: fc.constantFrom('01', '02', '03') })
    const outages = fc.array(outage, { maxLength: 6 })
    const judge = (rows: readonly { service: string; month: string }[], baseline?: EarlierReport) =>
      audit({
        contract,
        evidence: {
          outage: rows.map(({ service, month }) => {
            const start = ms(`2026-${month}-10T10:00:00+01:00`)
            return { service, start, end: start + 4 * HOUR }
          }),
        },
        asOf: '2026-04-01T00:00:00+02:00',
        period: '2026-Q1',
        assume: ['outage', 'maintenance'],
        ...(baseline !== undefined && { passes: { baseline } }),
      })
    await fc.assert(
      fc.asyncProperty(outages, outages, async (then, more) => {
        const first = await judge(then)
        const read = readReport(new TextEncoder().encode(renderJson(first)), 'then.json')
        const baseline = earlierReport(read, { file: 'then.json', sha256: '' }, 'acme')
        const again = await judge(then, baseline)
        expect(exitCode(again, ['breached'], ['guarantee'])).toBe(0)
        expect(again.summary).toEqual(first.summary)
        const key = (row: { service: string; month: string }) => `${row.service} ${row.month}`
        const known = new Set(then.map(key))
        const fresh = new Set(more.map(key).filter(one => !known.has(one)))
        const both = await judge([...then, ...more], baseline)
        expect(both.clauses[0]?.known).toBe(known.size)
        expect(both.clauses[0]?.counts.breached).toBe(known.size + fresh.size)
        expect(exitCode(both, ['breached'], ['guarantee'])).toBe(fresh.size > 0 ? 1 : 0)
        const only = await judge(more, baseline)
        const kept = new Set(more.map(key))
        expect(only.baseline?.fixed.map(({ now }) => now)).toEqual(
          [...known].filter(one => !kept.has(one)).map(() => 'met'),
        )
      }),
      { numRuns: 25 },
    )
  })
})
