import { describe, expect, it } from 'vitest'
import { supportRule } from '../../src/compare/rules/support.ts'
import { settle } from '../../src/compare/search.ts'
import { contractOf, sideOf, yearOf } from './support-sides.ts'

const world = yearOf()
const calendars = { office: { days: 'mon-fri', hours: '09:00-18:00' } }
const PLAIN = { kind: 'support', calendar: 'always', 'on-reopen': 'continue', 'on-priority-change': 'at-open' }
const resolving = (amount: string, more: object = {}) => ({
  ...PLAIN,
  priorities: { P1: { resolve: amount } },
  ...more,
})
const patching = (amount: string, more: object = {}) => ({
  ...PLAIN,
  priorities: { hot: { workaround: amount } },
  ...more,
})

/** What a resolution is to a workaround of the other contract: at least, at most as strong, and which logs there are. */
async function held(base: object, other: object) {
  const sides = [await contractOf(base, { calendars }), await contractOf(other, { calendars })].map(contract => {
    const [first] = contract.clauses.flatMap(clause => supportRule.terms(clause as never, contract))
    return sideOf(contract, supportRule, first?.key ?? '')
  })
  const [a, b] = sides
  if (a === undefined || b === undefined) throw new Error('no sides')
  const { atLeast, atMost, found } = await settle(supportRule, a, b, world)
  return [atLeast, atMost, found.map(({ breaches }) => breaches)]
}

const several = { priorities: { P1: { resolve: '4h' }, P2: { resolve: '8h' } } }

describe('a resolution held against a workaround', () => {
  it.each<[string, object, object, readonly unknown[]]>([
    // Solved within 4 h is worked around within 4 h; worked around and never solved keeps the other alone.
    ['the same time', resolving('4h'), patching('4h'), [false, true, ['base']]],
    ['the other way round', patching('4h'), resolving('4h'), [true, false, ['other']]],
    ['a workaround that may take longer', resolving('4h'), patching('8h'), [false, true, ['base']]],
    // Solved after 3 h without a workaround before.
    ['a workaround that may not', resolving('4h'), patching('2h'), [false, false, ['base', 'other']]],
    [
      'on hours that leave nights out',
      resolving('4h'),
      patching('4h', { calendar: 'office' }),
      [false, true, ['base']],
    ],
    // 4 h of office hours from 17:00 end the next day, 4 h around the clock at 21:00.
    [
      'around the clock against office hours',
      resolving('4h', { calendar: 'office' }),
      patching('4h'),
      [false, false, ['base', 'other']],
    ],
    ['several priorities, at their opening', resolving('4h', several), patching('4h'), [false, true, ['base']]],
    // Late while it is of P1, of P2 when it is solved: the resolution is then judged as one of P2.
    [
      'several priorities, at the stop',
      resolving('4h', { ...several, 'on-priority-change': 'carry' }),
      patching('4h'),
      [false, false, ['base', 'other']],
    ],
    // Solved after a day, reopened and solved again in an hour: the clock that starts anew sees the hour only.
    [
      'a clock that starts anew',
      resolving('4h', { 'on-reopen': 'restart' }),
      patching('4h'),
      [false, false, ['base', 'other']],
    ],
    [
      'the first resolution',
      resolving('4h', { 'on-reopen': 'first-resolve' }),
      patching('4h'),
      [false, true, ['base']],
    ],
    ['the last resolution', resolving('4h', { 'on-reopen': 'last-resolve' }), patching('4h'), [false, true, ['base']]],
    // Both stop with the first of the two.
    [
      'a workaround that resolves, once and for all',
      resolving('4h', { 'on-reopen': 'first-resolve', 'workaround-counts': true }),
      patching('4h'),
      [true, true, []],
    ],
    // A workaround that does not hold counts as none.
    [
      'a workaround that resolves until it is reopened',
      resolving('4h', { 'workaround-counts': true }),
      patching('4h'),
      [false, true, ['base']],
    ],
    [
      'a workaround whose clock waits more',
      resolving('4h'),
      patching('4h', { 'paused-in': ['waiting'] }),
      [false, true, ['base']],
    ],
    [
      'a resolution whose clock waits more',
      resolving('4h', { 'paused-in': ['waiting'] }),
      patching('4h'),
      [false, false, ['base', 'other']],
    ],
    [
      'both from the report',
      resolving('4h', { from: 'reported' }),
      patching('4h', { from: 'reported' }),
      [false, true, ['base']],
    ],
  ])('%s', async (_, base, other, expected) => {
    expect(await held(base, other)).toEqual(expected)
  })

  it('the log of it: worked around at once, solved after more than four hours', async () => {
    const a = sideOf(await contractOf(resolving('4h')), supportRule, 'support/P1/resolve')
    const b = sideOf(await contractOf(patching('4h')), supportRule, 'support/hot/workaround')
    const [{ candidate } = { candidate: undefined }] = (await settle(supportRule, a, b, world)).found
    expect(candidate?.story).toBe('A ticket has a workaround at once and is resolved too late.')
    expect(candidate?.rows.length).toBe(1)
  })

  it('other promises are not ordered, but by logs', async () => {
    const answering = (word: string) => ({ ...PLAIN, priorities: { P1: { [word]: '4h' } } })
    for (const [one, two] of [
      ['respond', 'resolve'],
      ['workaround', 'respond'],
      ['resolve', 'update-every'],
      ['resolve', 'report'],
    ]) {
      const [atLeast, atMost] = await held(answering(one ?? ''), answering(two ?? ''))
      expect([atLeast, atMost]).not.toContain(true)
    }
  })
})
