import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding, Status } from '../../src/model/finding.ts'
import { neededInTime } from '../../src/report/explain-attainment.ts'
import { turningText } from '../../src/report/explain-turning.ts'
import { marginText } from '../../src/report/margins.ts'
import { at, breachedUptime, findingOf, HOUR, MINUTE, viewOf } from './fixture.ts'

const asOf = at('2026-06-20T12:00:00+02:00')
const { zone } = viewOf()
const turned = (finding: Finding) => turningText(finding, asOf, zone)
const ms = (value: number) => ({ unit: 'ms', value }) as const
const count = (value: number) => ({ unit: 'count', value }) as const
const words = (text = '') => ({ unit: 'none', text }) as const

/** A response owed in 2 h, of 8 June 10:00. */
function response(status: Status, used: number, more: Partial<Finding> = {}): Finding {
  const start = at('2026-06-08T10:00:00+02:00')
  return findingOf({
    promise: 'respond',
    status,
    reason: status === 'breached' ? 'late' : 'in-time',
    bound: 'at-most',
    promised: ms(2 * HOUR),
    observed: ms(used),
    margin: ms(2 * HOUR - used),
    window: { start, end: start + used },
    start,
    due: start + 2 * HOUR,
    details: { counted_ms: used, clock: 'always', priority: 'P1' },
    ...more,
  })
}

describe('what would have turned a verdict', () => {
  it('of a clock: the amount, and the instant by which it was in time', () => {
    const late = response('breached', 2 * HOUR + 45 * MINUTE)
    expect(turned(late)).toBe('45m less would have kept it: a response by Mon 8 Jun 12:00')
    expect(turned({ ...late, reason: 'overdue' })).toBe('a response by Mon 8 Jun 12:00 would have kept it')
    expect(turned(response('met', 90 * MINUTE))).toBe('it would break with more than 30m more')
    expect(turned(response('met', 2 * HOUR))).toBe('it would break with any more')
    expect(turned(response('pending', 90 * MINUTE))).toBe('a response by Mon 8 Jun 12:00 keeps it: 30m left')
    expect(turned(response('pending', 2 * HOUR))).toBe('a response by Mon 8 Jun 12:00 keeps it: nothing left')
  })

  it('of what came after its day with no time counted: only until when', () => {
    const late = response('breached', 2 * HOUR)
    expect(turned(late)).toBe('a response by Mon 8 Jun 12:00 would have kept it')
    expect(marginText(late)).toBe('after the end of its day')
  })

  it('of updates that are missing: how many, or how far apart they had to be', () => {
    // 9 h with 2 h between: four in between leave 1 h, three would leave 3 h.
    const details = { counted_ms: 9 * HOUR, clock: 'always', priority: 'P1', amount: '2h' }
    const silent = response('breached', 9 * HOUR, { promise: 'update-every', details })
    expect(turned(silent)).toBe(
      '4 updates, the first by Mon 8 Jun 12:00, each next within 2h, until Mon 8 Jun 19:00, would have kept it',
    )
    expect(turned({ ...silent, observed: ms(4 * HOUR), margin: ms(-2 * HOUR) })).toBe(
      '2h less would have kept it: an update by Mon 8 Jun 12:00',
    )
    const apart = 'updates never more than 2h apart would have kept it'
    expect(turned({ ...silent, details: { ...details, stretches_over: 2 } })).toBe(apart)
  })

  it('of bounds: at least so much where the least of them was judged', () => {
    const late = response('breached', 3 * HOUR)
    const bounds = (lowest: number, highest: number) => ({ bounds: { lowest: ms(lowest), highest: ms(highest) } })
    expect(turned({ ...late, ...bounds(3 * HOUR, 5 * HOUR) })).toBe('at least 1h less would have kept it')
    expect(turned({ ...late, ...bounds(HOUR, 3 * HOUR) })).toBe('up to 1h less would have kept it')
    const met = response('met', HOUR)
    expect(turned({ ...met, ...bounds(0, HOUR) })).toBe('it would break with more than 1h more')
    expect(turned({ ...met, ...bounds(HOUR, 3 * HOUR) })).toBe(
      'it would break with more than 1h more, as far as it is known',
    )
  })

  it('of a waived breach: the same, said to be one', () => {
    const { margin: _, ...unmeasured } = response('waived', 3 * HOUR, { promise: 'times', reason: 'late' })
    expect(turned(response('waived', 3 * HOUR, { reason: 'late' }))).toBe(
      'breached but for the waiver: 1h less would have kept it: a response by Mon 8 Jun 12:00',
    )
    expect(turned({ ...unmeasured, details: {} })).toBe('breached but for the waiver')
  })

  it('of availability that goes on, is lost already, or is not decided', () => {
    const window = { start: breachedUptime.window.start, end: asOf + HOUR }
    const open: Finding = { ...breachedUptime, status: 'pending', window, margin: ms(6 * MINUTE) }
    expect(turned(open)).toBe('lost with more than 6m of further counted downtime until Sat 20 Jun 13:00')
    expect(turned({ ...open, margin: ms(0) })).toBe('lost with any further counted downtime until Sat 20 Jun 13:00')
    expect(turned({ ...open, margin: count(-1) })).toBe(
      'not kept so far, by 1 failed request; what follows until Sat 20 Jun 13:00 decides',
    )
    // 3 h 43 min 12 s are allowed, 2 h were down: 1 h 43 min 12 s of what is not known may have been.
    const details = { allowance_ms: 13_392_000, down_ms: 2 * HOUR, unknown_ms: 9 * HOUR }
    const unknown: Finding = { ...breachedUptime, status: 'unverified', reason: 'no-data', details, notes: [] }
    expect(turned(unknown)).toBe(
      'met if at most 1h 43m 12s of what is not known was down; evidence that tells would settle it',
    )
  })

  it('of what no amount tells: the act, or the rule', () => {
    const inside = findingOf({ promise: 'inside', promised: words('inside night'), observed: words() })
    expect(turned({ ...inside, status: 'breached' })).toBe('work wholly inside night would have kept it')
    expect(turned({ ...inside, status: 'met' })).toBe('it would break with any of it outside night')
    expect(turned({ ...inside, status: 'met', promised: words('outside core') })).toBe(
      'it would break with any of it inside core',
    )
    const held = findingOf({ promise: 'valid-for', status: 'pending', promised: words(), due: asOf + HOUR })
    expect(turned(held)).toBe('valid until Sat 20 Jun 13:00: kept as long as another is valid from then on')
  })

  it('of backups still owed, until when', () => {
    const owed = (slot: string, more: Partial<Finding> = {}, items = 1) =>
      findingOf({
        promise: slot,
        status: 'pending',
        promised: ms(24 * HOUR),
        due: asOf + 3 * HOUR,
        details: { slot, noun: 'backup', items },
        ...more,
      })
    expect(turned(owed('keep'))).toBe('kept if it is still there until Sat 20 Jun 15:00')
    expect(turned(owed('keep', {}, 2))).toBe('kept if each is still there at the end of its time')
    expect(turned(owed('keep', { promised: count(7) }))).toBe(
      'kept if it is still there until 7 later ones are complete',
    )
    expect(turned(owed('schedule', { margin: ms(3 * HOUR) }))).toBe('a backup by Sat 20 Jun 15:00 keeps it: 3h left')
    expect(turned(owed('max-age', { margin: ms(3 * HOUR) }))).toBe('kept if it is gone by Sat 20 Jun 15:00: 3h left')
    expect(turned(owed('points'))).toBe('kept if it is there on all of its days to come')
  })

  it('of what is not decided: what its notes say, else its columns, types, or reason', () => {
    const open = (reason: string, text: string, notes: readonly string[] = []) =>
      turned(findingOf({ status: 'unverified', reason, promised: words(), observed: words(text), notes }))
    expect(open('not-logged', '', ['unlikely', 'a longer log would settle it'])).toBe('a longer log would settle it')
    expect(open('missing', 'no outage or check records supplied')).toBe('outage or check records would settle it')
    expect(open('column-missing', 'no responded_at tells whether it was in time')).toBe(
      'a value for responded_at would settle it',
    )
    expect(open('column-missing', 'its outcome is not known')).toBe('a value for outcome would settle it')
    expect(open('repeated-id', '')).toMatch(/^one row for each id.*would settle it$/)
    expect(open('never-heard-of', '')).toBe('evidence that tells would settle it')
  })

  it('of nothing that is not judged', () => {
    expect(turned(findingOf({ status: 'not-applicable', promised: words() }))).toBeUndefined()
  })
})

describe('how many more must be in time', () => {
  const share = (inTime: number, late: number, open: number, part: number): Finding =>
    findingOf({
      bound: 'at-least',
      promised: { unit: 'ratio', part, of: 1000 },
      observed: { unit: 'ratio', part: inTime, of: inTime + late },
      details: { in_time: inTime, late, open },
    })

  it('is the least that reaches the share, and one fewer does not', () => {
    const small = fc.integer({ min: 0, max: 300 })
    fc.assert(
      fc.property(small, small, small, fc.integer({ min: 1, max: 1000 }), (inTime, late, open, part) => {
        fc.pre(inTime + late + open > 0)
        const more = neededInTime(share(inTime, late, open, part), open)?.more ?? Number.NaN
        const all = inTime + late + open
        expect((inTime + more) * 1000).toBeGreaterThanOrEqual(part * all)
        expect((inTime + more - 1) * 1000).toBeLessThan(part * all)
      }),
    )
  })

  it('is said of what is kept, broken and open', () => {
    // 95 % of 20 is 19, of 21 it is 19.95: 20.
    expect(turned({ ...share(18, 2, 0, 950), status: 'breached' })).toBe(
      '1 of those late in time would have kept it: 95 % of 20 takes 19',
    )
    expect(turned({ ...share(20, 0, 0, 950), status: 'met', margin: { unit: 'ratio', part: 5, of: 100 } })).toBe(
      'it would break with 2 of those in time late: 95 % of 20 takes 19',
    )
    const window = { start: asOf - HOUR, end: asOf }
    expect(turned({ ...share(18, 1, 2, 950), status: 'pending', window })).toBe(
      'kept if 2 of the 2 still open are in time: 95 % of 21 takes 20',
    )
    const goesOn = { start: asOf - HOUR, end: asOf + HOUR }
    expect(turned({ ...share(18, 1, 1, 900), status: 'pending', window: goesOn })).toBe(
      'kept however the 1 still open end, if no others come: 90 % of 20 takes 18',
    )
  })
})
