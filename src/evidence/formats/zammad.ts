import type { Converter, Json } from './format.ts'
import { field, row, text } from './values.ts'

/**
 * Zammad tickets (`/api/v1/tickets`, with `expand=true` also the names of states, priorities and groups). Zammad
 * resolves by closing: its close_at, the first closing, is both. A ticket that was closed more than once, or is open
 * again, is resolved at a time not known. first_response_at counts where it is set; where it is not though an agent
 * has been in contact, the response is not known. pending_time says when a reminder is due, not when a pause began:
 * pauses are not told.
 */
export const zammad: Converter = {
  name: 'zammad',
  title: 'Zammad tickets (JSON)',
  notes: [
    'tickets closed more than once, or open again, are resolved at a time not known',
    'Zammad tells no pauses and no former priorities here',
  ],
  lists: ['', 'tickets'],
  sources: {
    id: 'number',
    priority: 'priority',
    opened_at: 'created_at',
    responded_at: 'first_response_at',
    resolved_at: 'close_at',
    closed_at: 'close_at',
    status: 'state',
    queue: 'group',
    channel: 'create_article_type',
  },
  fits: record =>
    typeof field(record, 'number') === 'string' &&
    'created_at' in record &&
    'close_at' in record &&
    ('priority_id' in record || 'first_response_at' in record),
  rows(ticket) {
    const closed = closedAt(ticket)
    return [
      row('ticket', {
        id: text(field(ticket, 'number')),
        priority: text(field(ticket, 'priority')) ?? text(field(ticket, 'priority_id')) ?? '?',
        opened_at: text(field(ticket, 'created_at')),
        responded_at: respondedAt(ticket),
        resolved_at: closed,
        closed_at: closed,
        status: text(field(ticket, 'state')) ?? text(field(ticket, 'state_id')),
        queue: text(field(ticket, 'group')) ?? text(field(ticket, 'group_id')),
        channel: text(field(ticket, 'create_article_type')),
      }),
    ]
  },
}

function respondedAt(ticket: Json): string | undefined {
  const first = text(field(ticket, 'first_response_at'))
  return first === '' && text(field(ticket, 'last_contact_agent_at')) !== '' ? '?' : first
}

/** `''`: never closed. `?`: closed, but not for certain once and for all. */
function closedAt(ticket: Json): string | undefined {
  const first = text(field(ticket, 'close_at'))
  const last = text(field(ticket, 'last_close_at')) ?? first
  if (first === undefined || first === '') return isClosed(ticket) ? '?' : first
  return first === last && isClosed(ticket) ? first : '?'
}

/** By the state's name, else by the numbers that Zammad's own states have. */
function isClosed(ticket: Json): boolean {
  const state = text(field(ticket, 'state'))
  const id = field(ticket, 'state_id')
  return state === undefined ? id === 4 || id === 5 : state === 'closed' || state === 'merged'
}
