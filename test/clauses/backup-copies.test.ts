import { describe, expect, it } from 'vitest'
import { copyItems } from '../../src/clauses/backup/copies.ts'
import type { BackupRules, Copies } from '../../src/clauses/backup/rules.ts'
import { DAY, HOUR, ms, span } from '../support/instants.ts'
import {
  amount,
  type BackupSpec,
  type CopySpec,
  itemsOf,
  RULES,
  seriesOf,
  stretches,
  verdicts,
  type World,
} from './backup-worlds.ts'

type Spec = Partial<Omit<Copies, 'madeWithin' | 'keep'>> & { readonly within?: string; readonly keep?: string }

function results(
  spec: Spec,
  world: World,
  more: Partial<BackupRules> = {},
  transfers?: readonly { start: number; end: number }[],
) {
  const { within, keep, ...rest } = spec
  const copies: Copies = {
    atLeast: 1,
    differs: 'provider',
    ...rest,
    ...(within !== undefined && { madeWithin: amount(within) }),
    ...(keep !== undefined && { keep: amount(keep) }),
  }
  const rules: BackupRules = { ...RULES, copies, ...more }
  return copyItems(seriesOf(world, rules), rules, transfers)
}

const made = (spec: Spec, world: World, more: Partial<BackupRules> = {}) =>
  itemsOf(results(spec, world, more), 'copies')
const kept = (spec: Spec, world: World) => itemsOf(results(spec, world), 'copies-keep')

const offsite = (more: CopySpec = {}): CopySpec => ({
  at: 'b2',
  provider: 'backblaze',
  begun: '2026-05-01T04:10:00Z',
  made: '2026-05-01T06:00:00Z',
  deleted: null,
  ...more,
})
const backup = (copies: readonly CopySpec[], more: BackupSpec = {}): BackupSpec => ({
  id: 'b',
  at: 's3',
  provider: 'aws',
  region: 'eu-west-3',
  start: '2026-05-01T04:00:00Z',
  end: '2026-05-01T04:10:00Z',
  deleted: null,
  copies,
  ...more,
})
/** Another backup with a transfer, so that there is a log of transfers. */
const other = backup([offsite({ made: '2026-05-20T05:00:00Z' })], {
  id: 'o',
  start: '2026-05-20T04:00:00Z',
  end: '2026-05-20T04:10:00Z',
})
const world = (b: BackupSpec, asOf = '2026-07-01T00:00:00Z'): World => ({ asOf, backups: [b, other] })

describe('copies made in time', () => {
  it('are made whatever is known of them since: no deletion is told, and no listing shows them', () => {
    const untold = backup([offsite({ deleted: '?' })], { deleted: '?' })
    expect(made({ within: '24h' }, world(untold))[0]).toMatchObject({
      status: 'met',
      reason: 'copied',
      observed: { value: 110 * 60_000 },
    })
    expect(kept({ within: '24h', keep: '28 days' }, world(untold))[0]?.status).toBe('unverified')
    const incremental = { ...untold, kind: 'incremental', parent: 'f' }
    const full = backup([offsite({ made: '2026-04-30T06:00:00Z', deleted: '?' })], {
      id: 'f',
      parent: null,
      start: '2026-04-30T04:00:00Z',
      end: '2026-04-30T04:10:00Z',
    })
    const chained = made({ within: '24h' }, { asOf: '2026-07-01T00:00:00Z', backups: [full, incremental] })
    expect(verdicts(chained)).toEqual(['2026-04-30 met copied', '2026-05-01 unverified deletions-unknown'])
  })

  it('at as-of itself are known', () => {
    const asOf = '2026-05-01T06:00:00Z'
    expect(made({ within: '24h' }, world(backup([offsite()]), asOf))[0]?.status).toBe('met')
  })

  it('of what never was complete for all that is known are not pending for ever', () => {
    const { end: _, ...open } = backup([])
    const [before] = made({ within: '24h' }, world(open, '2026-05-02T04:00:00Z'))
    expect(before?.status).toBe('pending')
    const [past] = made({ within: '24h' }, world(open, '2026-05-02T04:00:00.001Z'))
    expect(past).toMatchObject({ status: 'unverified', reason: 'stamp-missing' })
  })

  it('and never were lack until the duty ends: that the backup itself is deleted neither ends nor excuses it', () => {
    const gone = world(backup([], { deleted: '2026-05-01T12:00:00Z' }))
    const [item] = made({ within: '24h' }, gone)
    expect(item).toMatchObject({ status: 'breached', reason: 'not-copied' })
    expect(item?.observed).toBeUndefined()
    expect(stretches(item?.breached ?? [])).toEqual(['2026-05-02T04:10:00Z/2026-07-01T00:00:00Z'])
    expect(item?.undecided).toEqual([])
    // Until the copies need not be kept: 5 days from 1 May 04:00.
    const [kept] = made({ within: '24h', keep: '5 days' }, gone)
    expect(stretches(kept?.breached ?? [])).toEqual(['2026-05-02T04:10:00Z/2026-05-06T04:00:00Z'])
    // Else until the backup itself need not be kept: 7 days from its start, or from 04:10.
    const keep = { form: 'for', amount: amount('7 days'), tolerance: HOUR, from: 'start' } as const
    const own = (from: 'start' | 'completion') =>
      stretches(made({ within: '24h' }, gone, { keep: { ...keep, from } })[0]?.breached ?? [])
    expect(own('start')).toEqual(['2026-05-02T04:10:00Z/2026-05-08T04:00:00Z'])
    expect(own('completion')).toEqual(['2026-05-02T04:10:00Z/2026-05-08T04:10:00Z'])
  })

  it('late lack until they are made, but not beyond the duty', () => {
    const late = world(backup([offsite({ made: '2026-05-09T00:00:00Z' })]))
    expect(stretches(made({ within: '24h' }, late)[0]?.breached ?? [])).toEqual([
      '2026-05-02T04:10:00Z/2026-05-09T00:00:00Z',
    ])
    const [over] = made({ within: '24h', keep: '5 days' }, late)
    expect(over).toMatchObject({ status: 'breached', reason: 'copied-late' })
    expect(stretches(over?.breached ?? [])).toEqual(['2026-05-02T04:10:00Z/2026-05-06T04:00:00Z'])
  })

  it('late at a place that is not told may have ended it', () => {
    const [item] = made(
      { within: '24h' },
      world(backup([{ at: 'b2', begun: '2026-05-03T00:00:00Z', made: '2026-05-03T12:00:00Z', deleted: null }])),
    )
    expect(item?.status).toBe('breached')
    expect(stretches(item?.breached ?? [])).toEqual(['2026-05-02T04:10:00Z/2026-05-03T12:00:00Z'])
    expect(stretches(item?.undecided ?? [])).toEqual(['2026-05-03T12:00:00Z/2026-07-01T00:00:00Z'])
  })

  it.each([
    ['2026-05-02T04:10:00Z', 'met copied', 0],
    ['2026-05-02T04:10:00.001Z', 'breached copied-late', -1],
    ['2026-05-01T06:00:00Z', 'met copied', 22 * HOUR + 10 * 60_000],
  ])('a transfer that ends %s: %s', (end, expected, margin) => {
    const [item] = made({ within: '24h' }, world(backup([offsite({ made: end })])))
    expect(`${item?.status} ${item?.reason}`).toBe(expected)
    expect(item).toMatchObject({
      label: '2026-05-01',
      promised: { unit: 'ms', value: DAY },
      margin: { unit: 'ms', value: margin },
    })
    expect(item?.at.start).toBe(ms('2026-05-01T04:10:00Z'))
  })

  it('count from the end of the transfer, not its beginning', () => {
    const running = backup([offsite({ made: null })])
    const [due] = made({ within: '24h' }, world(running, '2026-05-02T04:10:00Z'))
    expect(due).toMatchObject({ status: 'pending', reason: 'due', due: ms('2026-05-02T04:10:00Z') })
    const [late] = made({ within: '24h' }, world(running, '2026-05-02T04:10:00.001Z'))
    expect(late).toMatchObject({ status: 'breached', reason: 'not-copied' })
    const [over] = made({ within: '24h' }, world(running, '2026-06-01T00:00:00Z'))
    expect(over).toMatchObject({ status: 'breached', reason: 'not-copied' })
    expect(over?.why).toBe('no copy at another provider, the transfer begun 2026-05-01T06:10:00+02:00 is not over')
  })

  it('a failed transfer leaves none', () => {
    // Its row leaves no copy behind.
    const [item] = made({ within: '24h' }, world(backup([])))
    expect(item).toMatchObject({ status: 'breached', reason: 'not-copied', why: 'no copy at another provider' })
    expect(stretches(item?.breached ?? [])).toEqual(['2026-05-02T04:10:00Z/2026-07-01T00:00:00Z'])
  })

  it('the same provider elsewhere is no other provider, but another region', () => {
    const dublin = backup([offsite({ at: 's3-ie', provider: 'AWS', region: 'eu-west-1' })])
    expect(made({ within: '24h' }, world(dublin))[0]).toMatchObject({ status: 'breached', reason: 'not-copied' })
    expect(made({ within: '24h', differs: 'region' }, world(dublin))[0]?.status).toBe('met')
    expect(made({ within: '24h', differs: 'location' }, world(dublin))[0]?.status).toBe('met')
    const same = backup([offsite({ at: 's3', provider: 'aws', region: 'eu-west-3' })])
    expect(made({ within: '24h', differs: 'location' }, world(same))[0]?.status).toBe('breached')
  })

  it('are counted by their provider', () => {
    const third = offsite({ at: 'gcs', provider: 'google', made: '2026-05-01T07:00:00Z' })
    const twice = offsite({ at: 'b2-second' })
    expect(made({ within: '24h', atLeast: 2 }, world(backup([offsite(), third])))[0]).toMatchObject({
      status: 'met',
      observed: { unit: 'ms', value: 2 * HOUR + 50 * 60_000 },
    })
    expect(made({ within: '24h', atLeast: 2 }, world(backup([offsite(), twice])))[0]).toMatchObject({
      status: 'breached',
      why: 'no copy at another provider (1 of 2)',
    })
    expect(made({ within: '2h', atLeast: 2 }, world(backup([offsite(), third])))[0]).toMatchObject({
      status: 'breached',
      reason: 'copied-late',
    })
  })

  it('at a place not told are not known to be elsewhere', () => {
    const { provider: _, ...unplaced } = offsite()
    expect(verdicts(made({ within: '24h' }, world(backup([unplaced]))))).toContain(
      '2026-05-01 unverified place-unknown',
    )
    const { provider: __, ...primary } = backup([offsite()])
    expect(made({ within: '24h' }, world(primary))[0]).toMatchObject({ status: 'unverified', reason: 'place-unknown' })
    // Of two other providers one at least is not that of the backup.
    const two = { ...primary, copies: [offsite(), offsite({ at: 'gcs', provider: 'google' })] }
    expect(made({ within: '24h' }, world(two))[0]?.status).toBe('met')
  })

  it('of an incremental need its full at the same place', () => {
    const full = backup([], {
      id: 'f',
      kind: 'full',
      parent: null,
      start: '2026-04-30T04:00:00Z',
      end: '2026-04-30T04:10:00Z',
    })
    const incremental = backup([offsite()], { kind: 'incremental', parent: 'f' })
    const items = made({ within: '24h' }, { asOf: '2026-07-01T00:00:00Z', backups: [full, incremental] })
    expect(verdicts(items)).toEqual(['2026-04-30 breached not-copied', '2026-05-01 breached unrestorable'])
    const both = { ...full, copies: [offsite({ made: '2026-05-01T05:00:00Z' })] }
    expect(verdicts(made({ within: '26h' }, { asOf: '2026-07-01T00:00:00Z', backups: [both, incremental] }))).toEqual([
      '2026-04-30 met copied',
      '2026-05-01 met copied',
    ])
  })

  it('without a time are due before the backup may go', () => {
    const late = world(backup([offsite({ made: '2026-05-10T00:00:00Z' })]))
    const keep = { form: 'for', from: 'start', tolerance: HOUR, amount: amount('7 days') } as const
    expect(made({}, late, { keep })[0]).toMatchObject({ status: 'breached', reason: 'copied-late' })
    expect(made({}, late, { keep: { ...keep, amount: amount('30 days') } })[0]?.status).toBe('met')
    expect(made({}, late)[0]?.status).toBe('met')
    expect(made({}, world(backup([])))[0]?.status).toBe('pending')
    expect(made({}, world(backup([], { deleted: '2026-05-12T00:00:00Z' })))[0]).toMatchObject({
      status: 'breached',
      reason: 'not-copied',
    })
  })

  it('are owed by backups that count and start inside the term, and not beyond it', () => {
    const term = ['2026-05-01T05:00:00Z', '2026-06-01T00:00:00Z'] as const
    expect(verdicts(made({ within: '24h' }, { ...world(backup([])), term }))).toEqual(['2026-05-20 met copied'])
    const end = ['2026-04-01T00:00:00Z', '2026-05-02T04:10:00Z'] as const
    expect(made({ within: '24h' }, { asOf: '2026-07-01T00:00:00Z', term: end, backups: [backup([])] })).toEqual([])
    expect(made({ within: '24h' }, world(backup([], { status: 'failed' })))).toHaveLength(1)
  })

  it('dates are judged at both ends', () => {
    const dated = (copied: string) =>
      made({ within: '24h' }, world(backup([offsite({ made: copied })], { start: '2026-05-01', end: '2026-05-01' })))[0]
        ?.status
    expect(dated('2026-05-01')).toBe('met')
    expect(dated('2026-05-02')).toBe('unverified')
    expect(dated('2026-05-03')).toBe('breached')
  })
})

describe('whether every transfer is told', () => {
  const alone: World = { asOf: '2026-07-01T00:00:00Z', backups: [backup([])] }
  const judged = (transfers?: readonly { start: number; end: number }[]) =>
    itemsOf(results({ within: '24h' }, alone, {}, transfers))[0]

  it('is not known where no row tells of one', () => {
    expect(judged()).toMatchObject({ status: 'unverified', reason: 'copies-unknown' })
  })

  it('is as the log is complete', () => {
    expect(judged([span('2026-05-01T00:00:00Z', '2026-06-01T00:00:00Z')])).toMatchObject({
      status: 'breached',
      reason: 'not-copied',
    })
    expect(judged([span('2026-05-01T00:00:00Z', '2026-05-02T00:00:00Z')])?.status).toBe('unverified')
    expect(judged([])?.status).toBe('unverified')
  })

  it('listings elsewhere tell of what they lack from then on', () => {
    const listed: BackupSpec = backup([{ at: 'b2', provider: 'backblaze' }], {
      id: 'l',
      start: '2026-05-03T04:00:00Z',
      end: '2026-05-03T04:10:00Z',
    })
    const listings: World['listings'] = [
      ['2026-05-04T00:00:00Z', 'b2', ['l']],
      ['2026-05-10T00:00:00Z', 'b2', ['l']],
    ]
    const shown: World = { asOf: '2026-05-09T00:00:00Z', backups: [backup([]), listed], listings }
    expect(verdicts(made({ within: '24h' }, shown))).toEqual([
      '2026-05-01 unverified copies-unknown',
      '2026-05-03 met copied',
    ])
    const [lacking, there] = kept({ within: '24h', keep: '5 days' }, shown)
    // Never made in time or not kept: which of the two is not known.
    expect(lacking).toMatchObject({ status: 'unverified', reason: 'copies-unknown' })
    expect(there?.status).toBe('unverified')
    expect(kept({ within: '24h', keep: '5 days' }, { ...shown, asOf: '2026-05-12T00:00:00Z' })[1]?.status).toBe('met')
  })
})

describe('copies kept', () => {
  const spec = { within: '24h', keep: '28 days' }

  it.each([
    // 28 calendar days from 1 May 04:00.
    ['2026-05-29T04:00:00Z', 'met held', 0],
    ['2026-05-29T03:59:59.999Z', 'breached purged', -1],
    ['2026-05-15T04:00:00Z', 'breached purged', -14 * DAY],
  ])('elsewhere until %s: %s', (deleted, expected, margin) => {
    const [item] = kept(spec, world(backup([offsite({ deleted })], { deleted: '2026-05-03T00:00:00Z' })))
    expect(`${item?.status} ${item?.reason}`).toBe(expected)
    expect(item).toMatchObject({ promised: { unit: 'ms', value: 28 * DAY }, margin: { unit: 'ms', value: margin } })
  })

  it('are owed from when they are due and made: that they are late is told by the other promise', () => {
    const late = world(backup([offsite({ made: '2026-05-03T00:00:00Z' })]))
    expect(kept(spec, late)[0]?.status).toBe('met')
    expect(made(spec, late)[0]).toMatchObject({ status: 'breached', reason: 'copied-late' })
    const gone = world(backup([offsite({ made: '2026-05-03T00:00:00Z', deleted: '2026-05-20T04:00:00Z' })]))
    // 29 May 04:00 less 20 May 04:00.
    expect(kept(spec, gone)[0]).toMatchObject({ status: 'breached', margin: { value: -9 * DAY } })
    expect(kept(spec, world(backup([])))).toHaveLength(1)
    expect(kept(spec, world(backup([offsite({ made: null })])))).toHaveLength(1)
  })

  it('that come, go and come again lack the time between', () => {
    const again = offsite({ at: 'b2-later', made: '2026-05-12T00:00:00Z' })
    const [hole] = kept(spec, world(backup([offsite({ deleted: '2026-05-10T00:00:00Z' }), again])))
    expect(hole).toMatchObject({
      status: 'breached',
      observed: { unit: 'ms', value: 26 * DAY },
      margin: { unit: 'ms', value: -2 * DAY },
    })
  })

  it('need their chain', () => {
    const full = backup([offsite({ made: '2026-04-30T06:00:00Z', deleted: '2026-05-10T00:00:00Z' })], {
      id: 'f',
      kind: 'full',
      parent: null,
      start: '2026-04-30T04:00:00Z',
      end: '2026-04-30T04:10:00Z',
    })
    const incremental = backup([offsite()], { kind: 'incremental', parent: 'f' })
    const items = kept(spec, { asOf: '2026-07-01T00:00:00Z', backups: [full, incremental] })
    expect(verdicts(items)).toEqual(['2026-04-30 breached purged', '2026-05-01 breached unrestorable'])
    expect(items[1]?.why).toBe('its copy at b2: it needs full f, deleted 2026-05-10T02:00:00+02:00')
  })

  it('are enough at every instant, whichever they are', () => {
    const two = (first: string, second: string) =>
      kept(
        { ...spec, atLeast: 2 },
        world(
          backup([
            offsite(),
            offsite({ at: 'gcs', provider: 'google', deleted: first }),
            offsite({ at: 'ovh', provider: 'ovh', made: second }),
          ]),
        ),
      )[0]
    expect(two('2026-05-10T00:00:00Z', '2026-05-10T00:00:00Z')?.status).toBe('met')
    const gap = two('2026-05-10T00:00:00Z', '2026-05-11T00:00:00Z')
    expect(stretches(gap?.breached ?? [])).toEqual(['2026-05-10T00:00:00Z/2026-05-11T00:00:00Z'])
  })

  it('may have been enough, one after the other and not at once', () => {
    const east = offsite({ at: 'b2', made: '2026-05-02T12:00:00Z' })
    const untold = offsite({ at: 'x', made: '2026-05-01T21:00:00Z', deleted: '2026-05-02T12:00:00Z' })
    const { provider: _, ...placeless } = untold
    const [item] = kept({ within: '12h', keep: '7 days', atLeast: 2 }, world(backup([east, placeless])))
    expect(item).toMatchObject({ status: 'unverified', reason: 'place-unknown' })
    expect(stretches(item?.undecided ?? [])).toEqual(['2026-05-02T12:00:00Z/2026-05-08T04:00:00Z'])
  })

  it('are pending while the amount runs, and unverified without word of deletions', () => {
    expect(kept(spec, world(backup([offsite()]), '2026-05-21T00:00:00Z'))[0]).toMatchObject({
      status: 'pending',
      due: ms('2026-05-29T04:00:00Z'),
    })
    expect(kept(spec, world(backup([offsite({ deleted: '?' })])))[0]?.status).toBe('unverified')
  })

  it('without a time are owed from when they are made', () => {
    expect(kept({ keep: '28 days' }, world(backup([offsite({ made: '2026-05-20T00:00:00Z' })])))[0]?.status).toBe('met')
    expect(kept({ keep: '28 days' }, world(backup([])))).toHaveLength(1)
  })
})
