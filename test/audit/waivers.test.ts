import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { markFindings } from '../../src/audit/marks.ts'
import { totalsOf } from '../../src/audit/rollup.ts'
import { searchWaivers } from '../../src/audit/waivers.ts'
import { findingsOf } from '../../src/clauses/findings.ts'
import { exitCode } from '../../src/cli/exit-codes.ts'
import { loadWaivers, type Waivers } from '../../src/contract/waivers.ts'
import type { Finding, Findings, Status, Waiver } from '../../src/model/finding.ts'
import { printable } from '../../src/report/printable.ts'
import { findingOf } from '../report/fixture.ts'
import { audit, zones } from '../support/audit.ts'
import { DAY, HOUR, ms } from '../support/instants.ts'

const STATUSES: readonly Status[] = ['met', 'breached', 'pending', 'unverified', 'not-applicable']

function waiversOf(entries: readonly Partial<Waiver>[]): Waivers {
  const waivers = entries.map(entry => ({ finding: '*', reason: 'r', approver: 'a', until: '2026-06-30', ...entry }))
  const text = JSON.stringify({ apiVersion: 'sla/v1', kind: 'Waivers', waivers })
  return loadWaivers({ file: 'w.json', bytes: new TextEncoder().encode(text) }, 'acme')
}

function marked(list: Findings, entries: readonly Partial<Waiver>[], asOf: number, timezone = 'Europe/Paris') {
  const search = searchWaivers(waiversOf(entries), asOf, zones(timezone))
  const findings = markFindings(list, 'c', { waivers: search, baseline: undefined })
  const warnings = (all: readonly string[] = ['c'], judged = all) =>
    search
      .warnings({ all, judged }, () => ids(list, 'breached'))
      .map(({ code, message, hint }) => [code, message, hint])
  return { findings, file: search.file(), warnings }
}

function* ids(list: Findings, wanted: Status): Iterable<string> {
  for (const { id, status } of list) if (status === wanted) yield id
}

const breach = (id: string, more: Partial<Finding> = {}): Finding =>
  findingOf({ id, clause: 'c', status: 'breached', reason: 'over', ...more })
const noon = ms('2026-06-15T12:00:00+02:00')

describe('a waiver', () => {
  it('turns a breach into what is waived and leaves its reason and its intervals', () => {
    const found = breach('c/1', { breached: [{ start: 1, end: 2 }], notes: ['n'] })
    const { findings, file } = marked([found], [{ finding: 'c/1' }], noon)
    const waiver = { finding: 'c/1', reason: 'r', approver: 'a', until: '2026-06-30' }
    expect([...findings]).toEqual([{ ...found, status: 'waived', waiver }])
    expect(file.entries).toEqual([{ ...waiver, state: 'used', findings: 1, daysLeft: 15 }])
    expect(totalsOf(findings)).toMatchObject({ status: 'met', counts: { waived: 1, breached: 0 } })
  })

  // The clock goes back over midnight in Beirut, over one o'clock in the Azores; it skips midnight in Santiago.
  it.each([
    ['Europe/Paris', '2026-06-30', '2026-07-01T00:00:00+02:00'],
    ['Asia/Beirut', '2026-10-24', '2026-10-25T00:00:00+02:00'],
    ['Atlantic/Azores', '2026-10-24', '2026-10-25T00:00:00+00:00'],
    ['America/Santiago', '2026-09-05', '2026-09-06T01:00:00-03:00'],
    ['UTC', '2026-12-31', '2027-01-01T00:00:00Z'],
  ])('holds in %s to the end of %s, that instant included', (timezone, until, end) => {
    const at = (asOf: number) => marked([breach('c/1')], [{ until }], asOf, timezone)
    const last = at(ms(end))
    expect([last.findings.at(0)?.status, last.file.entries[0]?.daysLeft]).toEqual(['waived', 0])
    const after = at(ms(end) + 1)
    expect([after.findings.at(0)?.status, after.file.entries[0]?.daysLeft]).toEqual(['breached', -1])
    expect(at(ms(end) - 3 * DAY).findings.at(0)?.status).toBe('waived')
  })

  it('that is the id of a finding is no pattern, though it holds * or ?', () => {
    const list = [breach('c/[x].+(y)Z'), breach('c/[x].+(y)?'), breach('c/*'), breach('c/1')]
    const state = (finding: string) =>
      [...marked(list, [{ finding }], noon).findings].map(({ status }) => status === 'waived')
    expect(state('c/[x].+(y)?')).toEqual([false, true, false, false])
    expect(state('c/*')).toEqual([false, false, true, false])
    expect(state('c/[x].+(y)??')).toEqual([false, false, false, false])
    expect(state('*/[x].+(y)?')).toEqual([true, true, false, false])
    // Met, it is that finding still.
    const met = marked([findingOf({ id: 'c/?', clause: 'c' }), breach('c/1')], [{ finding: 'c/?' }], noon)
    expect([...met.findings].map(({ status }) => status)).toEqual(['met', 'breached'])
  })

  it.each([
    ['c/tab\tx', 'c/tab\\tx'],
    ['c/\u001b[31m\u202e', 'c/\\x1b[31m\\u202e'],
    ['c/\u{e0041}', 'c/\\u{e0041}'],
    // What only looks like an escape is text.
    ['c/a\\tb', 'c/a\\tb'],
  ])('fits %j as reports print it, %s', (id, finding) => {
    expect(printable(id)).toBe(finding)
    const { findings, warnings } = marked([breach(id)], [{ finding }], noon)
    expect(findings.at(0)).toMatchObject({ status: 'waived', waiver: { finding } })
    expect(warnings().map(([code]) => code)).toEqual(['waiver-ends-soon'])
    expect(marked([breach(`${id}y`)], [{ finding: `${finding}?` }], noon).findings.at(0)?.status).toBe('waived')
  })

  it('that has expired leaves the breach, with a note', () => {
    const found = breach('c/1', { notes: ['n'] })
    const { findings, file, warnings } = marked([found], [{ until: '2026-06-14' }], noon)
    expect([...findings]).toEqual([{ ...found, notes: ['n', 'waiver expired 2026-06-14 (a: r)'] }])
    expect(file.entries).toMatchObject([{ state: 'expired', findings: 1, daysLeft: -1 }])
    expect(warnings()).toEqual([
      ['waiver-expired', 'the waiver for * expired 2026-06-14: 1 breach counts again', 'have it renewed, or remove it'],
    ])
  })

  it.each([
    ['2026-06-15', 'the waiver for * ends 2026-06-15, the day of as-of: then 2 breaches count again'],
    ['2026-06-16', 'the waiver for * ends 2026-06-16, in 1 day: then 2 breaches count again'],
    ['2026-07-15', 'the waiver for * ends 2026-07-15, in 30 days: then 2 breaches count again'],
    ['2026-07-16', undefined],
  ])('until %s as of 15 June warns of its end: %s', (until, message) => {
    const { warnings } = marked([breach('c/1'), breach('c/2')], [{ until }], noon)
    expect(warnings().map(([code, text]) => [code, text])).toEqual(
      message === undefined ? [] : [['waiver-ends-soon', message]],
    )
  })

  it('of several the one that holds longest counts, then the one that names the finding', () => {
    const entries = [
      { finding: 'c/?', until: '2026-12-31', reason: 'pattern' },
      { finding: 'c/1', until: '2026-12-30', reason: 'shorter' },
      { finding: 'c/1', until: '2026-12-31', reason: 'named' },
    ]
    const { findings, file, warnings } = marked([breach('c/1'), breach('c/2')], entries, noon)
    expect([...findings].map(({ waiver }) => waiver?.reason)).toEqual(['named', 'pattern'])
    expect(file.entries.map(({ state, findings: count }) => [state, count])).toEqual([
      ['used', 1],
      ['unmatched', 0],
      ['used', 1],
    ])
    expect(warnings()).toEqual([
      [
        'waiver-unmatched',
        expect.stringMatching(/^the waiver for c\/1 lets nothing pass that the one on line 1 /),
        'remove it',
      ],
    ])
  })

  it.each<[string, Partial<Waiver>, readonly (string | undefined)[]]>([
    ['a finding that is met', { finding: 'c/met' }, ['lets nothing pass: c/met is met', 'only breaches are waived']],
    [
      'several that are not breached',
      { finding: 'c/?et' },
      ['lets nothing pass: c/met is met, one of 2 that it fits and that are not breached', 'only breaches are waived'],
    ],
    ['nothing, by a slip', { finding: 'c/broken-on' }, ['fits no finding of this audit', 'did you mean c/broken-one?']],
    ['nothing at all', { finding: 'c/elsewhere/2030' }, ['fits no finding of this audit', undefined]],
    ['no clause', { finding: 'uptme/1' }, ['fits no finding: there is no clause "uptme"', 'did you mean uptime?']],
    ['no clause by far', { finding: 'x/1' }, ['fits no finding: there is no clause "x"', 'clauses: c, uptime']],
  ])('warns when it fits %s', (_, entry, [text, hint]) => {
    const list = [breach('c/broken-one'), findingOf({ id: 'c/met' }), findingOf({ id: 'c/pet', status: 'pending' })]
    const { warnings } = marked(list, [{ until: '2027-06-30', ...entry }], noon)
    expect(warnings(['c', 'uptime'])).toEqual([['waiver-unmatched', `the waiver for ${entry.finding} ${text}`, hint]])
  })

  it('for a clause that is left out of the audit is not called idle', () => {
    const { warnings } = marked([], [{ finding: 'uptime/1', until: '2027-06-30' }], noon)
    expect(warnings(['c', 'uptime'], ['c'])).toEqual([])
    expect(warnings(['c', 'uptime'], ['c', 'uptime'])).toHaveLength(1)
  })
})

describe('waivers', () => {
  const finding = fc.record({
    id: fc.tuple(fc.constantFrom('a', 'b'), fc.nat(12)).map(([clause, n]) => `${clause}/${n}`),
    status: fc.constantFrom(...STATUSES),
  })
  const entry = fc.record({
    finding: fc.oneof(
      fc.tuple(fc.constantFrom('a', 'b'), fc.nat(12)).map(([clause, n]) => `${clause}/${n}`),
      fc.constantFrom('*', 'a/*', '?/1', 'b/1?', '*2'),
    ),
    reason: fc.constantFrom('r', 's'),
    approver: fc.constantFrom('x', 'y'),
    until: fc.integer({ min: -3, max: 3 }).map(days => DateTime.utc(2026, 10, 24).plus({ days }).toISODate() ?? ''),
  })
  const timezone = fc.constantFrom('Europe/Paris', 'Asia/Beirut', 'America/Santiago', 'UTC')
  // Minutes around the night in which the clock changes in Beirut and in Paris.
  const instant = fc.integer({ min: -2 * 1440, max: 2 * 1440 }).map(m => ms('2026-10-25T00:00:00Z') + m * 60_000)
  const list = (found: readonly { id: string; status: Status }[]) =>
    found.map(part => findingOf({ ...part, reason: 'x' }))

  it('do what is said, finding by finding', () => {
    const fits = (pattern: string, id: string): boolean =>
      new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(id)
    fc.assert(
      fc.property(fc.array(finding), fc.array(entry), timezone, instant, (found, entries, zone, asOf) => {
        const before = list(found)
        const after = [...marked(before, entries, asOf, zone).findings]
        for (const [i, one] of before.entries()) {
          const untils = entries.filter(e => fits(e.finding, one.id)).map(e => e.until)
          const longest = untils.sort().at(-1)
          if (one.status !== 'breached' || longest === undefined) {
            expect(after[i]).toBe(one)
            continue
          }
          // The first instant of the next date, read by another library.
          const end = DateTime.fromISO(longest, { zone }).plus({ days: 1 }).startOf('day').toMillis()
          if (asOf <= end) expect(after[i]).toMatchObject({ status: 'waived', waiver: { until: longest } })
          else expect(after[i]).toMatchObject({ status: 'breached', notes: [expect.stringContaining(longest)] })
        }
      }),
      { numRuns: 500 },
    )
  })

  it('do the same in any order, and so do outlines', () => {
    const orders = fc
      .array(entry, { maxLength: 8 })
      .chain(all => fc.shuffledSubarray(all, { minLength: all.length }).map(other => ({ all, other })))
    fc.assert(
      fc.property(fc.array(finding), orders, instant, (found, { all, other }, asOf) => {
        const [one, two] = [marked(list(found), all, asOf), marked(list(found), other, asOf)]
        expect([...two.findings]).toEqual([...one.findings])
        expect(new Set(two.file.entries.map(e => JSON.stringify(e)))).toEqual(
          new Set(one.file.entries.map(e => JSON.stringify(e))),
        )
        const outlines = [...(one.findings.outlines?.() ?? one.findings)]
        expect(outlines.map(({ status }) => status)).toEqual([...one.findings].map(({ status }) => status))
        const passed = one.file.entries.reduce((sum, e) => sum + (e.state === 'used' ? e.findings : 0), 0)
        expect(passed).toBe([...one.findings].filter(({ status }) => status === 'waived').length)
      }),
      { numRuns: 300 },
    )
  })

  it('for all breaches of an audit make it exit with 0, and change nothing else', async () => {
    const services = ['web', 'api', 'mail']
    const contract = {
      ...{ apiVersion: 'sla/v1', kind: 'Contract', id: 'acme', timezone: 'Europe/Paris' },
      services: Object.fromEntries(services.map(name => [name, {}])),
      clauses: { uptime: { kind: 'availability', target: '99.5%', window: 'calendar month', 'no-data': 'unknown' } },
    }
    const outage = fc.record({
      service: fc.constantFrom(...services),
      start: fc.nat(59 * 24).map(hours => ms('2026-05-01T00:00:00+02:00') + hours * HOUR),
      hours: fc.integer({ min: 1, max: 6 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(outage, { minLength: 1, maxLength: 8 }), async outages => {
        const given = {
          contract,
          evidence: {
            outage: outages.map(({ service, start, hours }) => ({ service, start, end: start + hours * HOUR })),
          },
          asOf: '2026-07-15T00:00:00+02:00',
          period: '2026-05-01..2026-06-30',
          assume: ['outage', 'maintenance'],
        }
        const before = await audit(given)
        const broken = before.clauses.flatMap(({ findings }) => [...ids(findings, 'breached')])
        const waivers = waiversOf(broken.map(id => ({ finding: id, until: '2026-12-31' })))
        const after = await audit({ ...given, passes: { waivers } })
        expect(exitCode(before, ['breached'], ['guarantee'])).toBe(broken.length > 0 ? 1 : 0)
        expect(exitCode(after, ['breached', 'warnings'], ['guarantee'])).toBe(0)
        expect(after.summary.guarantees.waived).toBe(broken.length)
        const others = (report: typeof before) =>
          report.clauses.flatMap(({ findings }) => [...findings].filter(({ id }) => !broken.includes(id)))
        expect(others(after)).toEqual(others(before))
      }),
      { numRuns: 40 },
    )
  })

  it('on a million findings that are made when asked for make none', () => {
    const length = 1_000_000
    let made = 0
    const outline = (i: number) => {
      const { status, reason, window } = i % 2 === 0 ? even : odd
      return { status, reason, window }
    }
    const [even, odd] = [breach('c/0'), findingOf({ id: 'c/1' })]
    const list = findingsOf(
      length,
      i => {
        made++
        return { ...(i % 2 === 0 ? even : odd), id: `c/${i}` }
      },
      {
        *outlines() {
          for (let i = 0; i < length; i++) yield outline(i)
        },
        *ids() {
          for (let i = 0; i < length; i++) yield `c/${i}`
        },
      },
    )
    const { findings, file } = marked(list, [{ finding: 'c/*', until: '2027-01-01' }], noon)
    expect(file.entries[0]?.findings).toBe(length / 2)
    expect(totalsOf(findings.outlines?.() ?? []).counts).toMatchObject({ waived: length / 2, met: length / 2 })
    expect(made).toBe(0)
    expect(findings.at(500_000)).toMatchObject({ id: 'c/500000', status: 'waived', waiver: { finding: 'c/*' } })
    expect(findings.at(500_001)).toMatchObject({ id: 'c/500001', status: 'met' })
    expect(findings.at(length)).toBeUndefined()
    expect(made).toBe(2)
  })

  it('that fit nothing leave a list as it is', () => {
    const list = [breach('c/1')]
    expect(marked(list, [{ finding: 'd/*' }], noon).findings).toBe(list)
  })
})
