import { nearest } from '../../model/nearest.ts'
import type { UpdateRules } from '../file-mapping.ts'
import type { Flaw } from '../problems.ts'

/** The states that the rows of one file hold, and what about them makes its rules doubtful. */
export interface StatesSeen {
  /** `resolved` and `closed` are the cells that say when; `undefined` without the column. */
  add(id: string | undefined, status: string | undefined, line: number, resolved?: string, closed?: string): void
  /** To be asked once the file is read. */
  flaws(): readonly Flaw[]
}

export function makeStatesSeen(rules: UpdateRules | undefined): StatesSeen {
  const seen = new Set<string>()
  const { resolvedIn } = rules ?? {}
  // Tickets whose last state is one in which work is done, though no stamp says when.
  const done = new Map<string, { readonly status: string; readonly line: number }>()
  const stamps = { known: false }

  return {
    add(id, status, line, resolved, closed) {
      if (status === undefined || status === '?') return
      if (seen.size < MOST) seen.add(status)
      if (resolvedIn !== undefined || id === undefined) return
      if (resolved !== undefined) stamps.known = true
      if (DONE.test(status) && isBlank(resolved) && isBlank(closed)) {
        if (done.size < MOST) done.set(id, { status, line })
      } else if (done.size > 0) done.delete(id)
    },
    flaws: () => (resolvedIn === undefined ? undated() : neverMet(resolvedIn)),
  }

  function neverMet(wanted: readonly string[]): readonly Flaw[] {
    if (seen.size === 0) return []
    const none = wanted.every(state => !seen.has(state))
    const absent = wanted.filter(state => !seen.has(state) && rules?.states?.includes(state) !== true)
    const shown = [...seen].slice(0, SHOWN).join(', ')
    return absent.flatMap(state => {
      const meant = nearest(state, seen)
      // One of several may well not occur for a while; none of them, or nearly one, is likely a slip.
      if (!none && meant === undefined) return []
      const hint = meant === undefined ? '' : `did you mean "${meant}"? `
      return [
        {
          code: 'resolved-in',
          message: `no ticket is ever in "${state}", which resolved-in names`,
          hint: `${hint}states seen: ${shown}${seen.size > SHOWN ? ' …' : ''}`,
        },
      ]
    })
  }

  function undated(): readonly Flaw[] {
    const [first] = done.values()
    if (rules === undefined || first === undefined) return []
    const states = [...new Set([...done.values()].map(({ status }) => status))].slice(0, SHOWN)
    // All of them: one that is not named would reopen what an earlier one has resolved.
    const all = [...seen].filter(state => DONE.test(state)).join(', ')
    const why = stamps.known ? 'resolved_at is blank: they count as open' : 'there is no column resolved_at'
    return [
      {
        code: 'resolved-in',
        message: `tickets end in ${states.map(state => `"${state}"`).join(', ')}, but ${why}`,
        hint: `say in which states a ticket is resolved: resolved-in: [${all}] in the --map file`,
        place: { line: first.line, column: 1 },
      },
    ]
  }
}

const DONE = /^(?:resolved|closed|solved|done|completed?|fixed|r[ée]solue?|clos|gel[öo]st|geschlossen)$/i
const SHOWN = 8
const MOST = 1000

function isBlank(cell: string | undefined): boolean {
  return cell === undefined || cell.trim() === ''
}
