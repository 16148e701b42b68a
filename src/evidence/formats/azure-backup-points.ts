import { kindIn, partOf, property, recordsIn, regionIn, topOf, vaultOf } from './azure-backup.ts'
import { componentOf, type Listed, listingRows, listingTool, NO_INVENTORY, nextPage } from './backup-rows.ts'
import { wordOf } from './finding-rows.ts'
import type { DocumentContext, DocumentRow, DocumentTool } from './format.ts'
import { recordsOf, type Shape, shaped } from './shape.ts'
import { field, isObject, text } from './values.ts'

const POINT: Shape = {
  id: 'text',
  name: 'text',
  location: 'text',
  properties: {
    objectType: 'text',
    recoveryPointTime: 'text',
    recoveryPointTimeInUTC: 'text',
    recoveryPointType: 'text',
    type: 'text',
    recoveryPointState: 'text',
    friendlyName: 'text',
    expiryTime: 'text',
    recoveryPointProperties: { expiryTime: 'text' },
  },
}

/**
 * `az backup recoverypoint list`, `az dataprotection recovery-point list`, and the REST API: `[{ id, name, properties: {
 * recoveryPointTime, recoveryPointType, … } }]`.
 */
export const azureRecoveryPoints: DocumentTool = listingTool(
  shaped(
    {
      name: 'azure-recovery-points',
      title: 'Azure Backup recovery points (JSON)',
      notes: [
        'a listing does not tell its time: say it with --taken-at',
        'it is taken as complete for the item that it shows: made without --start-date and --end-date',
        'a recovery point starts at its time; when it was complete is not told',
        'consistency with the application, the file system or a crash only is no status: each of them is a success; a Partial one is partial',
        'a recovery point is named VAULT/ITEM/NAME; jobs do not name it',
        'one that is softly deleted is there until it is no longer listed; ranges of logs are left out',
        'expires_at is what the policy plans, not what it did',
        'a component is the friendly name or a part of the name of the item that a clause names in its of, else the last part of that name',
        'the location is RESOURCE-GROUP/VAULT; the region is seldom told: say it with locations in a --map file',
      ],
      sources: {
        backup: 'name',
        component: 'id',
        started_at: 'properties.recoveryPointTime',
        status: 'properties.recoveryPointState',
        expires_at: 'properties.expiryTime',
        recovery_point_type: 'properties.recoveryPointType',
        region: 'location',
      },
      fits: document => isPoint(recordsIn(document)?.[0]),
      *rows(document, context) {
        const top = topOf(document)
        const complete = nextPage(document) === undefined
        if (!complete && context.takenAt !== undefined) {
          context.warn('goes-on', 'the listing goes on after this file: what is missing in it proves nothing')
        }
        const listed: Listed[] = []
        for (const point of recordsIn(document) ?? []) {
          const found = pointIn(point, top, complete, context)
          if ('row' in found) yield found
          else listed.push(found)
        }
        yield* listingRows(listed, context)
      },
    },
    { nextLink: 'text', value: recordsOf(POINT) },
    POINT,
  ),
)

function isPoint(one: unknown): boolean {
  return (
    wordOf(field(one, 'type'))?.toLowerCase().endsWith('/recoverypoints') === true && isObject(field(one, 'properties'))
  )
}

function pointIn(point: unknown, top: object, complete: boolean, context: DocumentContext): Listed | DocumentRow {
  const from = isObject(point) ? point : top
  const flaw = (problem: string, key: string): DocumentRow => ({ row: { problem, key }, from })
  const name = wordOf(field(point, 'name'))
  if (name === undefined || !isPoint(point)) {
    return flaw('this is no recovery point: it has no name, type and properties', 'name')
  }
  const id = field(point, 'id')
  const [location, item] = [vaultOf(id), partOf(id, 'protectedItems') ?? partOf(id, 'backupInstances')]
  if (location === undefined || item === undefined) {
    return flaw(`recovery point ${name}: its id names no resource group, vault and item`, 'id')
  }
  if (/PointInTime/i.test(wordOf(property(point, 'objectType')) ?? '')) return { row: NO_INVENTORY, from }
  const started_at = wordOf(property(point, 'recoveryPointTime')) ?? wordOf(property(point, 'recoveryPointTimeInUTC'))
  if (started_at === undefined) return flaw(`recovery point ${name} has no recoveryPointTime`, 'properties')
  const state = wordOf(property(point, 'recoveryPointState')) ?? 'Completed'
  const status = STATES.get(state.toLowerCase())
  if (status === undefined) {
    return flaw(`recovery point ${name} is in the state "${state}": expected Completed or Partial`, 'properties')
  }
  const kind = kindIn(property(point, 'recoveryPointType')) ?? kindIn(property(point, 'type'))
  const parts = item.split(';')
  const own = parts.at(-1) ?? item
  const cells = {
    backup: `${location}/${item}/${name}`,
    component: componentOf([wordOf(property(point, 'friendlyName')), own, item, ...parts.slice(1)], own, context),
    location,
    provider: 'azure',
    ...regionIn(point),
    started_at,
    status,
    kind,
    // What a recovery point of a backup vault needs is kept with it; a workload's differs on a full one not named.
    parent: kind === undefined || kind === 'full' || isVaulted(id) ? '' : undefined,
    expires_at:
      wordOf(property(point, 'expiryTime')) ?? wordOf(property(point, 'recoveryPointProperties', 'expiryTime')),
    recovery_point_type: text(property(point, 'recoveryPointType')),
  }
  return { cells, from, complete }
}

function isVaulted(id: unknown): boolean {
  return partOf(id, 'backupVaults') !== undefined
}

const STATES: ReadonlyMap<string, string> = new Map([
  ['completed', 'success'],
  ['partial', 'partial'],
])
