import type { Lint } from '../../model/clause-kind.ts'
import { DAY } from '../../time/civil.ts'
import type { Duration } from '../../time/duration.ts'
import type { ControlBody } from './schema.ts'

/** What a clause says that hardly can be meant. */
export function controlLints(body: ControlBody): readonly Lint[] {
  return [...nameLints(body), ...toleranceLints(body)]
}

/** A control that goes by nearly the name of tests of restoring. */
function nameLints({ of = '' }: ControlBody): readonly Lint[] {
  if (!RESTORES.test(of) || of === 'restore') return []
  return [
    {
      code: 'restore-name',
      path: ['of'],
      message: `this asks for a control that is called ${of}, not for restore records`,
      hint: 'for tests of restoring write of: restore',
    },
  ]
}

const RESTORES = /^\s*restores?(?:[ _-]?tests?)?\s*$/i

function toleranceLints(body: ControlBody): readonly Lint[] {
  const amount = body.every ?? body['valid-for'] ?? 'unstated'
  const { tolerance } = body
  if (tolerance === undefined || amount === 'unstated') return []
  if (roughly(tolerance) < roughly(amount)) return []
  return [
    {
      code: 'long-tolerance',
      path: ['tolerance'],
      message: `the tolerance (${tolerance.text.trim()}) is as long as what it is added to (${amount.text.trim()})`,
      hint: 'a tolerance says how much later still counts: 2h, 1 day',
    },
  ]
}

/** Its length where months have 30 days; ms. */
function roughly(amount: Duration): number {
  if (amount.unit === 'elapsed') return amount.ms
  return amount.unit === 'calendar' ? (amount.months * 30 + amount.days) * DAY + amount.ms : 0
}
