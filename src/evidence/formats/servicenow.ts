import { firstFormat } from '../time-format.ts'
import type { Preset } from './format.ts'

/**
 * The audit of ServiceNow incidents with one row for each update, as in the public incident event log: the state after
 * each update, and on every row the stamps as they stood when the log was exported. Times `29/2/2016 01:16` or
 * `2016-02-29 01:16:00`, unknown cells `?`. Taken: number, state, priority and the stamps. Not told: replies.
 */
export const serviceNow: Preset = {
  name: 'servicenow',
  title: 'ServiceNow incident updates (CSV)',
  notes: [
    'each row is a state of an incident: priority and status change at sys_updated_at',
    'an incident counts as resolved while it is Resolved or Closed',
    'ServiceNow gives no replies here: response is not known',
  ],
  fits: headers => {
    const has = (...names: readonly string[]): boolean => names.some(name => headers.includes(name))
    return (
      ['number', 'opened_at', 'priority', 'sys_mod_count'].every(name => has(name)) &&
      has('incident_state', 'state') &&
      has('sys_updated_at', 'sys_updated_on')
    )
  },
  mapping: {
    preset: 'servicenow',
    as: 'ticket',
    columns: new Map([
      ['number', 'id'],
      ['incident_state', 'status'],
      ['state', 'status'],
      ['sys_updated_at', 'updated_at'],
      ['sys_updated_on', 'updated_at'],
      ['assignment_group', 'queue'],
      ['contact_type', 'channel'],
    ]),
    values: new Map(),
    ...firstFormat('D/M/YYYY H:mm[:ss]', 'D-M-YYYY H:mm[:ss]', 'rfc3339'),
    updates: {
      resolvedIn: ['Resolved', 'Closed'],
      states: [
        'New',
        'Active',
        'In Progress',
        'On Hold',
        'Awaiting User Info',
        'Awaiting Vendor',
        'Awaiting Problem',
        'Awaiting Evidence',
        'Awaiting Change',
        'Resolved',
        'Closed',
        'Canceled',
      ],
    },
  },
}
