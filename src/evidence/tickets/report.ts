import type { Origin } from '../../model/finding.ts'
import type { Problems } from '../problems.ts'
import type { Tickets } from '../records.ts'
import type { Store } from '../store.ts'
import { OPENINGS } from './flaws.ts'

/** Where what only shows at the end is said and counted; files by their index. */
export interface TicketReport {
  readonly onBadRow: 'error' | 'skip'
  /** One file of several is looked at: what opens its tickets may stand in another. */
  readonly alone?: true
  problemsOf(input: number): Problems
  /** A row that was taken turns out to be something else. */
  recount(input: number, type: string, to: 'duplicates' | 'skipped' | 'leftOut'): void
}

/** Makes the tickets of all that was read, and reports what is wrong with them in the file it is in. */
export function finishTickets({ tickets }: Pick<Store, 'tickets'>, report: TicketReport): Tickets {
  const unopened = new Map<number, { id: string; origin: Origin }[]>()
  const placed = (origin: Origin) => ({ place: { line: origin.line ?? 1, column: 1 } })

  const made = tickets.finish({
    duplicate: (input, type) => report.recount(input, type, 'duplicates'),
    left: (input, type) => report.recount(input, type, 'leftOut'),
    early(id, change, row, opening) {
      report.recount(row.input, 'ticket-change', 'skipped')
      const message = `${change} lies before the opening of ticket "${shown(id)}"${rowsText([opening], row, ': ')}`
      const flaw = { code: 'bad-row', message, ...placed(row) }
      if (report.onBadRow === 'error') report.problemsOf(row.input).error(flaw)
      else report.problemsOf(row.input).warn(flaw)
    },
    misplaced(input, origins) {
      const [first] = origins
      if (first === undefined) return
      const rows = origins.length === 1 ? '1 row is' : `${origins.length} rows are`
      report.problemsOf(input).warn({
        code: 'out-of-order',
        message: `${rows} dated before one above of the same ticket: ${lines(origins)}`,
        hint: 'they are sorted by updated_at',
        ...placed(first),
      })
    },
    flaw(id, { reason, why, origins }) {
      const last = origins.at(-1)
      if (last === undefined) return
      if (reason === 'no-opening') {
        if (report.alone === true) return
        const found = unopened.get(last.input) ?? []
        unopened.set(last.input, found)
        found.push({ id, origin: last })
        return
      }
      if (reason === 'state-unknown') {
        const own = { code: reason, message: `ticket "${shown(id)}": ${why}`, ...placed(last) }
        report.problemsOf(last.input).warn({ ...own, hint: 'give the state, or leave the row out' })
        return
      }
      const [what, hint] =
        reason === 'contradictory'
          ? [why === OPENINGS ? OPENED_TWICE : `: ${why}`, why === OPENINGS ? REOPENED : 'keep the row that is right']
          : GIVEN_TWICE
      report.problemsOf(last.input).warn({
        code: reason === 'contradictory' ? reason : 'repeated-id',
        message: `ticket "${shown(id)}"${what}${rowsText(origins.slice(0, -1), last, ': see also ')}`,
        hint,
        ...placed(last),
      })
    },
  })
  for (const [input, found] of unopened) {
    const [first] = found
    if (first === undefined) continue
    const ids = found.slice(0, 5).map(({ id }) => `"${shown(id)}"`)
    const more = found.length > ids.length ? ' …' : ''
    const count = found.length === 1 ? '1 ticket has' : `${found.length} tickets have`
    report.problemsOf(input).warn({
      code: 'no-opening',
      message: `${count} changes but no opening: ${ids.join(', ')}${more}`,
      hint: 'give each a ticket row or a change opened',
      ...placed(first.origin),
    })
  }
  return made

  function rowsText(origins: readonly (Origin | undefined)[], from: Origin, before: string): string {
    const known = origins.filter(origin => origin !== undefined)
    const names = known.slice(0, 5).map(origin => {
      const row = origin.item === undefined ? `line ${origin.line}` : `record ${origin.item}`
      return origin.input === from.input ? row : `${report.problemsOf(origin.input).file} ${row}`
    })
    const more = known.length > names.length ? ' …' : ''
    return names.length === 0 ? '' : `${before}${names.join(', ')}${more}`
  }
}

const OPENED_TWICE = ' is opened more than once, and the rows differ'
const REOPENED = 'keep the one opening; a ticket opened again is reopened'
const GIVEN_TWICE = [
  ' is given more than once, and the rows differ',
  'give each ticket one row, or say rows: updates in a --map file if its rows are successive states',
] as const

function lines(origins: readonly Origin[]): string {
  const names = origins.slice(0, 5).map(({ line }) => String(line))
  return `${origins.length === 1 ? 'line' : 'lines'} ${names.join(', ')}${origins.length > names.length ? ' …' : ''}`
}

const shown = (id: string): string => (id.length > 60 ? `${id.slice(0, 60)}…` : id)
