import { fastInstant } from '../../time/stamp.ts'
import type { Cells, ConvertedRow, Converter, Json, RecordFlaw } from './format.ts'
import { change, field, isObject, list, NO_CHANGE, path, row, text } from './values.ts'

/**
 * Jira's search result (REST v2 and v3, `expand=changelog`): `{ "issues": [{ key, fields, changelog }] }`, also the
 * list alone or one issue on each line. An issue becomes a ticket row, and with its changelog rows for every change of
 * priority, status and resolution (set: resolved, unset: reopened). Comments of people other than the reporter become
 * replies, those of apps automatic replies; internal ones, the reporter's and portal customers' are left out, as are
 * other changes. Without a changelog `resolutiondate` says when an issue was resolved. Jira has no closing apart from
 * the resolution: closed_at is blank. A list that Jira has cut off makes the issue a bad row.
 */
export const jira: Converter = {
  name: 'jira',
  title: 'Jira issues (JSON)',
  notes: [
    'replies are public comments by others than the reporter; without comments in the export, response is not known',
    'issues without a changelog (expand=changelog) tell no earlier priorities, states and resolutions',
  ],
  lists: ['issues', ''],
  sources: {
    id: 'key',
    priority: 'fields.priority.name',
    opened_at: 'fields.created',
    resolved_at: 'fields.resolutiondate',
    status: 'fields.status.name',
    queue: 'fields.project.key',
    change: 'changelog and comments',
  },
  fits: record => typeof field(record, 'key') === 'string' && isObject(field(record, 'fields')),
  rows(issue) {
    const cut = cutOff(issue)
    if (cut !== undefined) return cut
    const ticket = ticketOf(issue)
    return [ticket, ...changelogRows(issue, ticket), ...commentRows(issue, ticket)]
  },
}

interface Item {
  readonly time: string
  readonly name: string
  readonly from: string
  readonly to: string
}

function ticketOf(issue: Json): Cells {
  const fields = field(issue, 'fields')
  const log = items(issue)
  const resolutions = log?.some(item => item.name === 'resolution') === true
  return row('ticket', {
    id: text(field(issue, 'key')),
    priority: named(field(fields, 'priority')) ?? '?',
    opened_at: text(field(fields, 'created')),
    // The changelog tells the same to the millisecond; told twice, an issue would be resolved twice.
    resolved_at: resolutions ? '' : resolvedAt(fields),
    responded_at: repliesKnown(fields) ? '' : '?',
    closed_at: '',
    status: named(field(fields, 'status')),
    queue: text(path(fields, 'project', 'key')),
    issue_type: named(field(fields, 'issuetype')),
    resolution: named(field(fields, 'resolution')),
    labels: list(fields, 'labels')?.map(String).join(' '),
  })
}

/** An issue without a resolution is not resolved. */
function resolvedAt(fields: unknown): string {
  return text(field(fields, 'resolutiondate')) ?? (field(fields, 'resolution') === null ? '' : '?')
}

/** The name of a priority, status …; `''` for null. */
function named(value: unknown): string | undefined {
  return value === null ? '' : text(field(value, 'name'))
}

function changelogRows(issue: Json, ticket: Cells): readonly ConvertedRow[] {
  const log = items(issue)
  if (log === undefined) return []
  const first = (name: string): Item | undefined => log.find(item => item.name === name)
  const { opened_at: opened, status } = ticket
  const priority = first('priority')?.from
  const rows: ConvertedRow[] = []
  if (priority !== undefined) rows.push(change(ticket, opened, 'opened', priority))
  const initial = first('status')?.from ?? status
  if (initial !== undefined) rows.push(change(ticket, opened, 'status', initial))
  for (const { time, name, from, to } of log) {
    if (name === 'priority' || name === 'status') rows.push(change(ticket, time, name, to))
    else if (name === 'resolution' && (from === '') !== (to === '')) {
      rows.push(change(ticket, time, to === '' ? 'reopened' : 'resolved'))
    } else rows.push(NO_CHANGE)
  }
  return rows
}

/** The changes of an issue by time; undefined without a changelog. */
function items(issue: Json): readonly Item[] | undefined {
  const histories = list(issue, 'changelog', 'histories')
  if (histories === undefined) return undefined
  const time = (entry: unknown): number => fastInstant(text(field(entry, 'created')) ?? '') || 0
  // Jira Cloud gives the latest first: entries of one instant must not come out in that order.
  const forward = time(histories[0]) > time(histories.at(-1)) ? [...histories].reverse() : histories
  const found = forward.flatMap(history =>
    (list(history, 'items') ?? []).map(item => ({
      time: text(field(history, 'created')) ?? '',
      name: text(field(item, 'fieldId')) ?? text(field(item, 'field')) ?? '',
      from: text(field(item, 'fromString')) ?? '',
      to: text(field(item, 'toString')) ?? '',
    })),
  )
  return found.sort((a, b) => (fastInstant(a.time) || 0) - (fastInstant(b.time) || 0))
}

/** Who reported must be told to tell replies from the reporter's own comments; null is nobody with an account. */
function repliesKnown(fields: unknown): boolean {
  return list(fields, 'comment', 'comments') !== undefined && field(fields, 'reporter') !== undefined
}

function commentRows(issue: Json, ticket: Cells): readonly ConvertedRow[] {
  const fields = field(issue, 'fields')
  const comments = list(fields, 'comment', 'comments') ?? []
  if (!repliesKnown(fields)) return comments.map(() => NO_CHANGE)
  const reporter = person(field(fields, 'reporter'))
  return comments.map(comment => {
    const author = field(comment, 'author')
    const kind = field(author, 'accountType')
    const hidden = field(comment, 'jsdPublic') === false || isObject(field(comment, 'visibility'))
    const by = person(author)
    if (hidden || by === undefined || by === reporter || kind === 'customer') return NO_CHANGE
    return change(ticket, text(field(comment, 'created')), kind === 'app' ? 'auto-replied' : 'replied')
  })
}

function person(user: unknown): string | undefined {
  return text(field(user, 'accountId')) ?? text(field(user, 'key')) ?? text(field(user, 'name'))
}

/** Jira gives long changelogs and comments page by page: what is missing could decide. */
function cutOff(issue: Json): RecordFlaw | undefined {
  for (const [key, count, total] of [
    ['changelog', list(issue, 'changelog', 'histories')?.length, path(issue, 'changelog', 'total')],
    ['comment', list(issue, 'fields', 'comment', 'comments')?.length, path(issue, 'fields', 'comment', 'total')],
  ] as const) {
    if (count === undefined || typeof total !== 'number' || total <= count) continue
    return {
      key,
      problem: `${text(field(issue, 'key'))}: the ${key} of this issue is cut off, ${count} of ${total} entries`,
      hint: `fetch all of it (/issue/KEY/${key}) before the export is read`,
    }
  }
  return undefined
}
