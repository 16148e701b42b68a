import type { Moment } from '../../model/interval.ts'
import type { Clock } from '../../time/clock.ts'
import { covers, overlaps } from '../../time/interval.ts'
import type { Amount, StatedAmount, SupportBody } from './schema.ts'
import { amountText } from './timing.ts'

/** The amounts that may hold for a clock that starts within `start`; one where the start is exact. */
export function amountsAt(amount: Amount, start: Moment, clock: (calendar: string) => Clock): readonly StatedAmount[] {
  if (typeof amount !== 'object' || !('byCalendar' in amount)) return [amount]
  const out: StatedAmount[] = []
  const { earliest, latest } = start
  const whole = { start: earliest, end: Math.max(latest, earliest + 1) }
  for (const one of amount.byCalendar) {
    const hours = clock(one.calendar).open(whole.start, whole.end)
    if (overlaps(hours, whole)) out.push(one.amount)
    if (covers(hours, whole)) return out
  }
  return [...out, amount.otherwise]
}

/** Every amount that a clause names, with the path that leads to it. */
export function amountsOf(
  body: SupportBody,
): readonly { readonly path: readonly string[]; readonly priority: string; readonly amount: StatedAmount }[] {
  return Object.entries(body.priorities).flatMap(([priority, targets]) =>
    Object.entries(targets).flatMap(([promise, amount]) => {
      if (amount === undefined) return []
      const path = ['priorities', priority, promise]
      if (typeof amount !== 'object' || !('byCalendar' in amount)) return [{ path, priority, amount }]
      const named = [...amount.byCalendar, { calendar: 'otherwise', amount: amount.otherwise }]
      return named.map(one => ({ path: [...path, 'by-calendar', one.calendar], priority, amount: one.amount }))
    }),
  )
}

/** What is promised, as the contract writes it. */
export function targetText(amount: Amount): string {
  if (amount === 'unstated') return 'unstated'
  if (!('byCalendar' in amount)) return amountText(amount)
  if (hasUnstated(amount)) return partlyText(amount)
  const parts = amount.byCalendar.map(one => `${targetText(one.amount)} in ${one.calendar}`)
  return [...parts, `${targetText(amount.otherwise)} otherwise`].join(', ')
}

type ByCalendar = Extract<Amount, { readonly byCalendar: unknown }>

/** Whether the text gives no number for some of the times at which a clock starts. */
export function hasUnstated({ byCalendar, otherwise }: ByCalendar): boolean {
  return otherwise === 'unstated' || byCalendar.some(({ amount }) => amount === 'unstated')
}

/** `within 1 business day if opened outside business-hours, no time stated inside`: what is stated comes first. */
function partlyText({ byCalendar, otherwise }: ByCalendar): string {
  const [only] = byCalendar
  const alone = byCalendar.length === 1 && only !== undefined
  const parts = byCalendar.map(({ amount, calendar }) => ({ amount, when: `inside ${calendar}`, short: 'inside' }))
  parts.push({
    amount: otherwise,
    when: alone ? `outside ${only.calendar}` : 'otherwise',
    short: alone ? 'outside' : 'otherwise',
  })
  const stated = parts.flatMap(({ amount, when }) =>
    amount === 'unstated' ? [] : [`within ${amountText(amount)} if opened ${when}`],
  )
  const open = parts.flatMap(({ amount, when, short }) => (amount === 'unstated' ? [alone ? short : when] : []))
  return [...stated, `no time stated ${open.join(', ')}`].join(', ')
}
