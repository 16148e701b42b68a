import { firstFormat } from '../time-format.ts'
import type { Preset } from './format.ts'

/**
 * The CSV that Jira's issue search exports ("all fields" or "current fields"): one row for each issue, headers that
 * stand several times (Comment, Labels), times such as `05/Mar/24 3:42 PM` on the clock of whoever exported.
 * Taken: key, priority, status, Created, Resolved. Not told: replies, pauses, former priorities and resolutions.
 */
export const jiraCsv: Preset = {
  name: 'jira',
  title: 'Jira issues (CSV)',
  notes: [
    "response is not known: Comment columns do not tell the customer's comments from the team's",
    'it gives no history: earlier priorities, states and resolutions are not known',
  ],
  fits: headers => headers.includes('Issue key') && headers.includes('Created') && headers.includes('Priority'),
  mapping: {
    preset: 'jira',
    as: 'ticket',
    columns: new Map([
      ['Issue key', 'id'],
      ['Priority', 'priority'],
      ['Created', 'opened_at'],
      ['Resolved', 'resolved_at'],
      ['Status', 'status'],
      ['Project key', 'queue'],
    ]),
    values: new Map(),
    ...firstFormat('D/MMM/YY h:mm A', 'D/MMM/YYYY h:mm A', 'D/MMM/YY H:mm', 'D/MMM/YYYY H:mm', 'rfc3339'),
  },
}
