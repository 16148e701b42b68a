import * as z from 'zod'
import type { Exclusion } from './contract.ts'
import { problemIssue } from './piece.ts'
import { amountPer, hoursRef, name, notice, oneOf, where } from './values.ts'

/** An exclusion as its schema reads it: all but its name and place. */
export type ExclusionDraft = Omit<Exclusion, 'name' | 'span'>

const causes = z
  .union([z.array(name).min(1), name.transform(one => [one])])
  .meta({ description: 'Causes of outages', examples: [['force-majeure']] })

/** The keys of an exclusion. */
export const exclusionFields = {
  event: oneOf(['maintenance', 'outage']).optional(),
  where: where.optional(),
  cause: causes.optional(),
  kept: name
    .meta({ description: 'A maintenance clause that the work must keep', examples: ['announced-work'] })
    .optional(),
  notice: notice.optional(),
  inside: hoursRef.optional(),
  outside: hoursRef.optional(),
  cap: amountPer.optional(),
  overrun: oneOf(['counts', 'excluded']).optional(),
}

/** Conditions that must all hold; `event` or `cause` must be there, a cause alone means outages. */
export const exclusionSchema = z
  .strictObject(exclusionFields)
  .transform(({ event, overrun, ...conditions }, ctx): ExclusionDraft => {
    const refuse = (key: string | undefined, problem: string, hint: string) =>
      ctx.addIssue({
        ...problemIssue({ problem, hint }),
        path: key === undefined ? [] : [key],
        params: { hint, at: 'key' },
      })
    if (event === undefined && conditions.cause === undefined) {
      refuse(undefined, 'an exclusion needs `event` or `cause`', 'event: maintenance, or cause: [force-majeure]')
    }
    const kind = event ?? 'outage'
    const written = { ...conditions, overrun }
    for (const key of ['kept', 'notice', 'overrun'] as const) {
      if (kind === 'outage' && written[key] !== undefined) {
        refuse(key, `\`${key}\` is for maintenance only`, 'add event: maintenance, or remove it')
      }
    }
    if (conditions.kept !== undefined && conditions.notice !== undefined) {
      refuse(
        'notice',
        '`notice` stands beside `kept`',
        'the clause named by `kept` holds the notice: keep one of the two',
      )
    }
    return { ...present(conditions), event: kind, overrun: overrun ?? 'counts' }
  })
  .meta({
    description: 'What is left out of downtime when all its conditions hold',
    examples: [{ event: 'maintenance', notice: { 'at-least': '48h' } }, { cause: ['force-majeure'] }],
  })

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** The same without keys whose value is undefined. */
function present<T extends object>(fields: T): Partial<Present<T>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Present<T>>
}
