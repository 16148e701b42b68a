import type { Converter, ConverterContext, Json } from './format.ts'
import { priorityOfLabel } from './github-labels.ts'
import { field, NO_CHANGE, path, row, text } from './values.ts'

/**
 * GitHub issue events of a repository (`/repos/OWNER/REPO/issues/events`, whose events name their issue) and timelines
 * (whose comments do). closed → resolved, reopened, labeled with a priority → priority; a comment by an owner, member
 * or collaborator → a reply, by a bot an automatic one. Left out: everything else, unlabeled too (a priority stays
 * until another is set), comments by others, and events of pull requests.
 */
export const githubEvents: Converter = {
  name: 'github-events',
  title: 'GitHub issue events (JSON)',
  notes: [
    'comments by owners, members and collaborators are replies, on their own issues too',
    'a priority label stays in force until another one is set',
    'give the issues too: events tell no opening',
  ],
  lists: [''],
  sources: { id: 'issue.number', time: 'created_at', change: 'event' },
  fits: record =>
    'event' in record &&
    'created_at' in record &&
    ['actor', 'commit_url', 'author_association'].some(key => key in record),
  rows(event, context) {
    if (typeof field(event, 'event') !== 'string') return { problem: 'this record is no event: it has no "event"' }
    if (path(event, 'issue', 'pull_request') !== undefined) return [NO_CHANGE]
    const meaning = changeOf(event, context)
    if (meaning === undefined) return [NO_CHANGE]
    const id = issueOf(event)
    if (id === undefined) {
      return {
        key: 'event',
        problem: `this ${text(field(event, 'event'))} event does not say of which issue it is`,
        hint: 'export the events of the repository (/repos/OWNER/REPO/issues/events): they name their issue',
      }
    }
    return [row('ticket-change', { id, time: text(field(event, 'created_at')), ...meaning })]
  },
}

interface Meaning {
  readonly change: string
  readonly value?: string
}

function changeOf(event: Json, { priorities }: ConverterContext): Meaning | undefined {
  switch (field(event, 'event')) {
    case 'closed':
      return { change: 'resolved' }
    case 'reopened':
      return { change: 'reopened' }
    case 'labeled': {
      const value = priorityOfLabel(field(event, 'label'), priorities)
      return value === undefined ? undefined : { change: 'priority', value }
    }
    case 'commented':
      if (path(event, 'user', 'type') === 'Bot') return { change: 'auto-replied' }
      return TEAM.includes(text(field(event, 'author_association')) ?? '') ? { change: 'replied' } : undefined
    default:
      return undefined
  }
}

const TEAM: readonly string[] = ['OWNER', 'MEMBER', 'COLLABORATOR']

/** An event names its issue, a comment the address of it. */
function issueOf(event: Json): string | undefined {
  const address = text(field(event, 'issue_url')) ?? text(field(event, 'html_url')) ?? ''
  return text(path(event, 'issue', 'number')) ?? /\/issues\/(\d+)(?:$|[#/?])/.exec(address)?.[1]
}
