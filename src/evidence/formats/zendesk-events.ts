import type { Converter } from './format.ts'
import { field, NO_CHANGE, row, text } from './values.ts'

/**
 * Zendesk ticket metric events (`{ "ticket_metric_events": [...] }`, or one event on each line). They say what happened
 * to the clocks of Zendesk's own metrics; taken is what that tells of the ticket:
 * - reply_time fulfill: an agent's public reply; of instance 1 the first response, else a reply
 * - periodic_update_time fulfill: an agent's public comment, an update
 * - requester_wait_time pause: status pending, a pause in `pending`; activate: it ends, or a solved ticket is reopened;
 *   fulfill: solved
 * Left out: agent_work_time, pausable_update_time and resolution_time (they repeat this, or pause on hold too),
 * activations of replies and updates, and what the metrics add up to or were measured by (apply_sla, apply_group_sla,
 * breach, update_status, measure). When a ticket was opened and its priority are told by the tickets themselves.
 */
export const zendeskEvents: Converter = {
  name: 'zendesk-events',
  title: 'Zendesk ticket metric events (JSON)',
  notes: [
    'status pending pauses where the contract says paused-in: [pending]; on-hold is not told apart',
    'give the tickets too: these events tell no priority and no opening',
    'the events must reach back to the first ticket: what they do not tell is taken not to have happened',
  ],
  lists: ['ticket_metric_events', ''],
  sources: { id: 'ticket_id', time: 'time', change: 'metric and type' },
  fits: record => 'ticket_id' in record && 'metric' in record && 'instance_id' in record,
  rows(event) {
    const [metric, type] = [text(field(event, 'metric')), text(field(event, 'type'))]
    const first = field(event, 'instance_id') === 1
    if (metric === undefined || type === undefined) {
      return { problem: 'this record is no metric event: it has no metric and type', key: 'id' }
    }
    const meanings = CHANGES[`${metric} ${type}`]
    if (meanings === undefined) return [NO_CHANGE]
    const [id, time] = [text(field(event, 'ticket_id')), text(field(event, 'time'))]
    return meanings.map(({ change, value, later }) =>
      row('ticket-change', { id, time, change: first ? change : (later ?? change), value, metric }),
    )
  },
}

interface Meaning {
  readonly change: string
  readonly value?: string
  /** The word where it is not the first instance of the metric. */
  readonly later?: string
}

// An activation ends a pause and reopens what was solved; whichever was not the case is of no effect.
const CHANGES: Readonly<Record<string, readonly Meaning[]>> = {
  'reply_time fulfill': [{ change: 'responded', later: 'replied' }],
  'periodic_update_time fulfill': [{ change: 'updated' }],
  'requester_wait_time pause': [{ change: 'paused', value: 'pending' }],
  'requester_wait_time activate': [{ change: 'resumed' }, { change: 'reopened' }],
  'requester_wait_time fulfill': [{ change: 'resolved' }],
}
