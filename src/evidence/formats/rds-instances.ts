import { componentOf, logTool } from './backup-rows.ts'
import { wordOf } from './finding-rows.ts'
import type { DocumentContext, DocumentRow, DocumentTool, LeftOut } from './format.ts'
import { recordsOf, shaped } from './shape.ts'
import { field, isObject, list, row } from './values.ts'

const NO_POINT: LeftOut = { leftOut: 'recovery-point' }

/** `aws rds describe-db-instances`: `{ DBInstances: [{ DBInstanceIdentifier, LatestRestorableTime, … }] }`. */
export const rdsInstances: DocumentTool = logTool(
  shaped(
    {
      name: 'rds-instances',
      title: 'Amazon RDS instances (JSON)',
      notes: [
        'a listing does not tell its time: say it with --taken-at',
        'the latest restorable time of an instance is how far it could be recovered when that was listed',
        'a component is the identifier of the instance',
      ],
      sources: { recoverable_to: 'LatestRestorableTime', component: 'DBInstanceIdentifier' },
      fits: document => {
        const instances = list(document, 'DBInstances')
        return instances !== undefined && 'DBInstanceIdentifier' in Object(instances[0])
      },
      *rows(document, context) {
        for (const instance of list(document, 'DBInstances') ?? []) yield pointIn(instance, Object(document), context)
      },
    },
    { DBInstances: recordsOf({ DBInstanceIdentifier: 'text', LatestRestorableTime: 'text' }) },
  ),
)

function pointIn(instance: unknown, top: object, context: DocumentContext): DocumentRow {
  const from = isObject(instance) ? instance : top
  const name = wordOf(field(instance, 'DBInstanceIdentifier'))
  if (name === undefined) {
    return { row: { problem: 'an instance has no DBInstanceIdentifier', key: 'DBInstanceIdentifier' }, from }
  }
  if (context.takenAt === undefined) {
    context.warn(
      'no-listing-time',
      'the file does not say when it was made: how far its instances could be recovered counts for no time',
      'say when with --taken-at [GLOB=]INSTANT, such as --taken-at 2026-05-01T06:00:00Z',
    )
    return { row: NO_POINT, from }
  }
  // An instance without automated backups has none.
  const recoverable_to = wordOf(field(instance, 'LatestRestorableTime'))
  if (recoverable_to === undefined) return { row: NO_POINT, from }
  const component = componentOf([name], name, context)
  return { row: row('recovery-point', { time: context.takenAt, recoverable_to, component }), from }
}
