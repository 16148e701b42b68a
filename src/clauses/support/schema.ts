import * as z from 'zod'
import {
  attainment,
  calendarName,
  duration,
  name,
  nameOf,
  oneOf,
  orUnstated,
  windowValue,
} from '../../contract/values.ts'
import type { CHANGE_WORDS } from '../../evidence/records.ts'
import type { Duration } from '../../time/duration.ts'

/** What is promised for a priority, in the order of a ticket's life. */
export const PROMISES = ['respond', 'update-every', 'workaround', 'resolve', 'report'] as const
export type PromiseWord = (typeof PROMISES)[number]

/** An amount of time, or none where the text gives a duty but no number. */
export type StatedAmount = Duration | 'unstated'

/** An amount that depends on the hour: that of the first calendar open when the clock starts. */
export interface AmountByCalendar {
  readonly byCalendar: readonly { readonly calendar: string; readonly amount: StatedAmount }[]
  readonly otherwise: StatedAmount
}

export type Amount = StatedAmount | AmountByCalendar

const stated = orUnstated(duration)

const byCalendar = z
  .strictObject({
    'by-calendar': z.record(name, stated).refine(map => Object.hasOwn(map, 'otherwise'), {
      error: '`otherwise` is missing: the amount while none of the calendars is open',
    }),
  })
  .transform(({ 'by-calendar': { otherwise = 'unstated', ...calendars } }): AmountByCalendar => {
    const list = Object.entries(calendars).map(([calendar, amount]) => ({ calendar, amount }))
    return { byCalendar: list, otherwise }
  })

const amount = z.union([stated, byCalendar]).meta({
  description: 'An amount of time, unstated, or by the calendar that is open when the clock starts',
  examples: ['2h', '2 business days', 'unstated', { 'by-calendar': { core: '30min', otherwise: '4h' } }],
})

const targets = z
  .strictObject({
    respond: amount.optional(),
    'update-every': amount.optional(),
    workaround: amount.optional(),
    resolve: amount.optional(),
    report: amount.optional(),
  })
  .refine(map => Object.values(map).some(value => value !== undefined), {
    error: `expected at least one of ${PROMISES.join(', ')}`,
  })
  .meta({ examples: [{ respond: '2h', resolve: '4h' }] })

const priorityMap = z
  .record(nameOf('a priority', ['P1']), targets)
  .refine(map => Object.keys(map).length > 0, { error: 'expected at least one priority' })
  .meta({ description: 'What is promised for each priority' })

const meanAmount = duration.refine(value => value.unit === 'elapsed' || value.unit === 'business-time', {
  error: 'expected hours or minutes, such as 4h or 4 business hours',
})

const mean = z
  .strictObject({
    respond: meanAmount.optional(),
    workaround: meanAmount.optional(),
    resolve: meanAmount.optional(),
    window: windowValue,
  })
  .refine(map => [map.respond, map.workaround, map.resolve].some(value => value !== undefined), {
    error: 'expected respond, workaround or resolve',
  })
  .meta({
    description: 'The mean time over the tickets of a window, at most',
    examples: [{ resolve: '4h', window: 'calendar month' }],
  })

/** Words that a clock can start from: `reported` is a column, the others are changes. */
const START_WORDS = [
  'opened',
  'reported',
  'responded',
  'replied',
  'updated',
  'paused',
  'resumed',
  'workaround',
  'resolved',
  'reopened',
  'closed',
] as const satisfies readonly ((typeof CHANGE_WORDS)[number] | 'reported')[]

/** The own fields of a support clause. Absent fields take the defaults written in the manual. */
export const supportSchema = z
  .strictObject({
    calendar: calendarName,
    priorities: priorityMap,
    clock: oneOf(['calendar', 'always']).optional().meta({ description: 'What hours and minutes run on' }),
    'business-day': oneOf(['end-of-day', 'same-time', 'working-hours'])
      .optional()
      .meta({ description: 'When business days end' }),
    'paused-in': z
      .array(nameOf('a state', ['waiting-customer']))
      .min(1)
      .optional()
      .meta({ description: 'States in which the clock stands still' }),
    'on-reopen': oneOf(['continue', 'restart', 'first-resolve', 'last-resolve']).optional(),
    'on-priority-change': oneOf(['carry', 'at-open', 'strictest']).optional(),
    from: oneOf(START_WORDS).optional().meta({ description: 'What starts the clock' }),
    unprioritised: name.optional().meta({ description: 'The priority of a ticket without one', examples: ['P3'] }),
    'workaround-counts': z.boolean().optional(),
    'auto-reply-counts': z.boolean().optional(),
    'customer-timezone': z.boolean().optional(),
    attainment: attainment.optional(),
    mean: mean.optional(),
  })
  .superRefine((body, context) => {
    const { unprioritised } = body
    if (unprioritised === undefined || Object.hasOwn(body.priorities, unprioritised)) return
    context.addIssue({
      code: 'custom',
      path: ['unprioritised'],
      message: `there is no priority \`${unprioritised}\``,
      params: { hint: `priorities: ${Object.keys(body.priorities).join(', ')}` },
    })
  })

export type SupportBody = z.output<typeof supportSchema>
export type ReopenRule = NonNullable<SupportBody['on-reopen']>
