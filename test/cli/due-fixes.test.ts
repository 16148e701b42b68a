import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { DAY, HOUR, ms } from '../support/instants.ts'
import { fakeIo } from './fake-io.ts'

const CONTRACT = `apiVersion: sla/v1
kind: Contract
id: acme
timezone: Europe/Paris
calendars:
  support: { days: mon-fri, hours: "09:00-18:00", holidays: FR }
business-days: support
clauses:
  fixes:
    kind: vulnerability
    from: detected
    counting: end-of-day
    score: { order: [nvd], round: none }
    tighten: { known-exploited: true }
    bands:
      critical: { min: 9, fix: 3 days, from: { latest-of: [detected, fix-available] }, mitigate: 24h }
      high: { min: 7, below: 9, fix: 5 business days }
      medium: { min: 4, below: 7, fix: 1 month }
      low: { below: 4, fix: unstated }
  around: { kind: vulnerability, score: { order: [nvd] }, bands: { all: { fix: 3 days } } }
  uptime: { kind: availability, target: 99.5%, window: calendar month, no-data: unknown }
  nightly: { kind: backup, schedule: { per: day } }
`

async function run(...argv: readonly string[]) {
  const io = fakeIo({ 'acme.yaml': CONTRACT })
  const code = await main(['due', 'acme.yaml', ...argv], io)
  return { code, out: io.out.join(''), err: io.err.join('') }
}

async function dues(...argv: readonly string[]) {
  const { code, out, err } = await run(...argv, '-f', 'json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out)
}

// A Friday; Monday 25 May 2026 is a holiday.
const from = ['--from', '2026-05-22T17:30:00+02:00'] as const

describe('sla due of a vulnerability clause', () => {
  it('says the last millisecond in time of every duty', async () => {
    expect(await dues('fixes', ...from)).toMatchObject([
      {
        ...{ clause: 'fixes', band: 'critical', promise: 'fix', amount: '3 days', clock: 'always' },
        ...{ from: 'the later of detected and fix-available', due: ms('2026-05-25T23:59:59.999+02:00') },
        allowanceMs: 3 * DAY + 6.5 * HOUR - 1,
      },
      { promise: 'mitigate', from: 'detected', due: ms('2026-05-23T17:30+02:00'), allowanceMs: DAY },
      // Tuesday to Friday, and Monday.
      { band: 'high', clock: 'support', due: ms('2026-06-01T23:59:59.999+02:00'), allowanceMs: 45.5 * HOUR },
      { band: 'medium', due: ms('2026-06-22T23:59:59.999+02:00') },
      { band: 'low', amount: 'unstated', counted: [], notes: [expect.stringContaining('never due')] },
    ])
  })

  it('counts days of 24 hours where the contract says nothing else, and says so', async () => {
    // Clocks go forward on 29 March.
    expect(await dues('around/all', '--from', '2026-03-27T10:00:00+01:00')).toMatchObject([
      { due: ms('2026-03-30T11:00+02:00'), notes: ['counting is not said in the contract: elapsed is the default'] },
    ])
  })

  it('shows the end of a day as people say it, to the millisecond only where that decides', async () => {
    const { out } = await run('fixes/critical/fix', ...from, '--at', '2026-05-27T12:00:00+02:00', '--width', '80')
    expect(out.split('\n')).toEqual([
      'fixes/critical/fix  3 days, on the wall clock (Europe/Paris)',
      '  start  Fri 22 May 2026 17:30 +02:00, the later of detected and fix-available',
      '                                            counts     so far',
      '    Fri 22 May 17:30 – Tue 26 May 00:00  3d 6h 30m  3d 6h 30m',
      '  due  Mon 25 May 2026 24:00 +02:00, 3d 6h 30m counted',
      '  at   Wed 27 May 2026 12:00 +02:00: 4d 18h 30m counted, 1d 12h over',
      '  note: what is known exploited may be due earlier',
      '',
    ])
    const late = await run('fixes/critical-fix', ...from, '--at', '2026-05-26T00:00:00+02:00')
    expect(late.out).toContain('3d 6h 30m counted, 0.001s over\n')
    expect((await run('fixes/critical', ...from, '-q')).out.split('\n')).toEqual([
      'fixes/critical/fix       3 days  Mon 25 May 2026 24:00 +02:00',
      'fixes/critical/mitigate  24h     Sat 23 May 2026 17:30 +02:00',
      '',
    ])
  })

  it.each([
    [['fixes/critcal'], 'clause "fixes" has no band "critcal"\ndid you mean critical?'],
    [['fixes/all'], 'clause "fixes" has no band "all"\nbands: critical, high, medium, low'],
    [['fixes/high/mitigate'], 'fixes/high promises no "mitigate"\npromises: fix'],
    [['fixes', '--zone', 'Asia/Tokyo'], '--zone: clause "fixes" counts in the zone of the contract'],
    [['fixes', '--paused', '2026-05-23T10:00..2026-05-24T10:00'], '--paused: nothing pauses the clocks of clause'],
    [['nightly'], 'what is due of clause "nightly" rests on evidence: it is of kind backup\nsla audit lists it'],
    [['uptime'], 'only support and vulnerability promises are due\nsupport and vulnerability clauses: fixes, around'],
  ])('%j is refused', async (argv, text) => {
    const { code, err } = await run(...argv, ...from)
    expect(code).toBe(2)
    expect(err).toContain(text)
  })
})
