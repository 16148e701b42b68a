import type { Converter, Json } from './format.ts'
import { field, isObject, path, row, text } from './values.ts'

/**
 * Zendesk tickets (`{ "tickets": [...] }` of the Tickets and Incremental Export APIs, or one ticket on each line).
 * Taken: id, created_at, priority, status, channel, group. When a ticket was solved is only told by the metric set
 * (`include=metric_sets`), and for certain only where the ticket was never reopened; of replies it has the number. Zendesk closes solved tickets by
 * itself: closed_at is blank. First replies, pauses and former priorities come with the ticket metric events.
 */
export const zendesk: Converter = {
  name: 'zendesk',
  title: 'Zendesk tickets (JSON)',
  notes: [
    'tickets alone tell no replies and no pauses: give the ticket metric events too',
    'solved times need include=metric_sets or the ticket metric events',
    'earlier priorities are not known: each ticket is taken to have had its priority from the start',
  ],
  lists: ['tickets', ''],
  sources: {
    id: 'id',
    priority: 'priority',
    opened_at: 'created_at',
    responded_at: 'metric_set.replies',
    resolved_at: 'metric_set.solved_at',
    status: 'status',
    channel: 'via.channel',
    queue: 'group_id',
  },
  fits: record => 'id' in record && 'created_at' in record && 'requester_id' in record,
  rows: ticket => [
    row('ticket', {
      id: text(field(ticket, 'id')),
      priority: text(field(ticket, 'priority')) ?? '?',
      opened_at: text(field(ticket, 'created_at')),
      responded_at: respondedAt(ticket),
      resolved_at: solvedAt(ticket),
      closed_at: '',
      status: text(field(ticket, 'status')),
      channel: text(path(ticket, 'via', 'channel')),
      queue: text(field(ticket, 'group_id')),
      ticket_type: text(field(ticket, 'type')),
    }),
  ],
}

/** The metric set counts the replies of agents: without any there was none, else only the metric events tell when. */
function respondedAt(ticket: Json): string | undefined {
  const replies = path(ticket, 'metric_set', 'replies')
  return typeof replies === 'number' ? (replies === 0 ? '' : '?') : undefined
}

/**
 * Known where the ticket was never reopened: after that, `solved_at` is only the last of several. Without the metric set
 * the metric events tell.
 */
function solvedAt(ticket: Json): string | undefined {
  if (!isObject(field(ticket, 'metric_set'))) return undefined
  if (path(ticket, 'metric_set', 'reopens') !== 0) return '?'
  const solved = text(path(ticket, 'metric_set', 'solved_at'))
  const done = ['solved', 'closed'].includes(text(field(ticket, 'status')) ?? 'solved')
  return solved === undefined || (solved === '' && done) ? '?' : solved
}
