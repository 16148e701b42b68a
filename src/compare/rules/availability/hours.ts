import type { Hours } from '../../../contract/contract.ts'
import type { Interval } from '../../../model/interval.ts'
import type { Intervals } from '../../../time/interval.ts'
import { recurringIntervals } from '../../../time/recurring.ts'
import { hoursOf, type Party } from './frame.ts'

/** The hours that an exclusion looks at, of a calendar or of a window that recurs. */
export function openHours(hours: Hours, party: Party, { start, end }: Interval): Intervals {
  if ('calendar' in hours) return hoursOf(hours.calendar, party, { start, end })
  return recurringIntervals(hours.recurring, party.zone, start, end)
}
