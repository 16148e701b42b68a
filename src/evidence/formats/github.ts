import type { Converter, Json } from './format.ts'
import { labelNames, priorityIn } from './github-labels.ts'
import { field, list, NO_TICKET, row, text } from './values.ts'

/**
 * GitHub issues: the REST list of a repository's issues, one issue on each line, or `gh issue list --json` with
 * `number,createdAt,closedAt,labels,state`. An issue is resolved when it is closed. The priority comes from a label: one
 * that the mapping's `values: { priority: … }` names, else `P1`, `priority: high`, `severity/2`. Pull requests are left
 * out. Replies are only told where there is no comment at all; else give the issue events or timelines too.
 */
export const github: Converter = {
  name: 'github',
  title: 'GitHub issues (JSON)',
  notes: [
    'pull requests are left out',
    'an issue is resolved when it is closed; earlier closings come with the issue events',
    'response is only known of issues without a comment; replies come with the timelines',
  ],
  lists: ['', 'issues'],
  sources: {
    id: 'number',
    priority: 'labels',
    opened_at: 'created_at',
    responded_at: 'comments',
    resolved_at: 'closed_at',
    closed_at: 'closed_at',
    status: 'state',
  },
  fits: record =>
    typeof field(record, 'number') === 'number' &&
    (('created_at' in record && ('labels_url' in record || 'repository_url' in record || 'html_url' in record)) ||
      'createdAt' in record),
  rows(issue, { priorities }) {
    if (field(issue, 'pull_request') !== undefined) return [NO_TICKET]
    const labels = list(issue, 'labels')
    const closed = closedAt(issue)
    return [
      row('ticket', {
        id: text(field(issue, 'number')),
        priority: labels === undefined ? '?' : priorityIn(labels, priorities),
        opened_at: text(field(issue, 'created_at')) ?? text(field(issue, 'createdAt')),
        responded_at: respondedAt(issue),
        resolved_at: closed,
        closed_at: closed,
        status: text(field(issue, 'state'))?.toLowerCase(),
        state_reason: text(field(issue, 'state_reason')) ?? text(field(issue, 'stateReason')),
        labels: labels === undefined ? undefined : labelNames(labels),
      }),
    ]
  },
}

/** By a count, or with `gh issue list --json comments` the comments themselves; whose they are is not told. */
function respondedAt(issue: Json): string | undefined {
  const comments = list(issue, 'comments')?.length ?? field(issue, 'comments')
  if (comments === undefined) return undefined
  return comments === 0 ? '' : '?'
}

function closedAt(issue: Json): string | undefined {
  return text(field(issue, 'closed_at')) ?? text(field(issue, 'closedAt'))
}
