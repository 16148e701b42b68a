import * as z from 'zod'
import { countPer, duration, elapsed, hoursRef, notice, orUnstated } from '../../contract/values.ts'

/** The own fields of a maintenance clause. */
export const maintenanceSchema = z.strictObject({
  notice: notice.optional(),
  inside: hoursRef.optional(),
  outside: hoursRef.optional(),
  longest: orUnstated(elapsed).optional().meta({ description: 'The longest that one piece of work may take.' }),
  'at-most': countPer.optional(),
  overrun: z
    .strictObject({ 'notify-within': orUnstated(duration) })
    .optional()
    .meta({ description: 'Notice owed when work exceeds its planned end.' }),
})

export type MaintenanceBody = z.output<typeof maintenanceSchema>
