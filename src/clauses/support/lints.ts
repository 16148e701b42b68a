import type { Lint } from '../../model/clause-kind.ts'
import { amountsOf } from './amounts.ts'
import type { StatedAmount, SupportBody } from './schema.ts'

/** What a clause leaves unsaid though it can decide verdicts. */
export function supportLints(body: SupportBody): readonly Lint[] {
  const amounts = amountsOf(body)
  const out: Lint[] = []
  const days = amounts.find(({ amount }) => hasUnit(amount, 'business-days'))
  if (days !== undefined && body['business-day'] === undefined) {
    out.push({
      code: 'default-business-day',
      path: days.path,
      message: 'business-day is not said, and it can decide the verdict: business days end at the close of the last',
      hint: 'say business-day: end-of-day, same-time or working-hours',
    })
  }
  const hours = amounts.find(({ amount }) => hasUnit(amount, 'elapsed'))
  if (hours !== undefined && body.clock === undefined && body.calendar !== 'always') {
    out.push({
      code: 'silent-clock',
      path: hours.path,
      message: 'clock is not said, and it can decide the verdict: hours and minutes run on the calendar',
      hint: 'say clock: calendar or always',
    })
  }
  const mixed = amounts.find(
    ({ amount, priority }) =>
      hasUnit(amount, 'calendar') &&
      amounts.some(other => other.priority === priority && runsOnCalendar(other.amount, body)),
  )
  if (mixed !== undefined) {
    out.push({
      code: 'mixed-clocks',
      path: mixed.path,
      message: 'days run on the wall clock, beside an amount that runs on the calendar',
      hint: 'write business days if days of the calendar are meant',
    })
  }
  const resolves = amounts.some(({ path, amount }) => path[2] === 'resolve' && amount !== 'unstated')
  if (resolves && body['on-reopen'] === undefined) {
    out.push({
      code: 'default-on-reopen',
      path: [],
      message: 'on-reopen is not said, and it can decide the verdict: the clock of a reopened ticket goes on',
      hint: 'say on-reopen: continue, restart, first-resolve or last-resolve',
    })
  }
  return out
}

function hasUnit(amount: StatedAmount, unit: string): boolean {
  return amount !== 'unstated' && amount.unit === unit
}

function runsOnCalendar(amount: StatedAmount, body: SupportBody): boolean {
  if (body.calendar === 'always') return false
  return hasUnit(amount, 'elapsed') && body.clock !== 'always'
}
