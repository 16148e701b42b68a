import type { Origin } from '../../model/finding.ts'
import { CHANGE_WORDS, type ChangeWord, type TicketFlaw } from '../records.ts'
import type { Life, Lives } from './lives.ts'
import type { LostRow, Tables } from './rows.ts'
import { compareOrigins, NO_ROW, NO_RULE, STAMPS, STATE, WIDE } from './tables.ts'

const PRIORITY = CHANGE_WORDS.indexOf('priority')
const REOPENED = CHANGE_WORDS.indexOf('reopened')
const RESOLVED = CHANGE_WORDS.indexOf('resolved')
const RESOLVED_AT = STAMPS.findIndex(([word]) => word === 'resolved')

export const OPENINGS = 'its rows tell different openings'

/** What only shows once all files are read. */
export interface Issues {
  /** A row that was taken says what another one says already. */
  duplicate(input: number, type: 'ticket' | 'ticket-change'): void
  /** A row of a ticket that is of no concern. */
  left(input: number, type: 'ticket' | 'ticket-change'): void
  /** A change row tells of something before the opening, which another row or its own file tells. */
  early(id: string, change: ChangeWord, row: Origin, opening: Origin | undefined): void
  /** States dated before one above them of the same ticket. */
  misplaced(input: number, rows: readonly Origin[]): void
  /** A ticket given twice, opened twice, or not at all. */
  flaw(id: string, flaw: TicketFlaw): void
}

/**
 * The tickets of which nothing certain can be said, and why. `times` takes when each was opened; of those without an
 * opening the first change, infinity without any. NaN for those of no concern.
 */
export function findFlaws(
  tables: Tables,
  lives: Lives,
  issues: Issues,
  times: Float64Array,
): ReadonlyMap<number, TicketFlaw> {
  const { tickets, changes, texts, repeated, lost, left, strays, laterPriorities, misplaced } = tables
  const flaws = new Map<number, TicketFlaw>()
  for (let ticket = 0; ticket < tickets.ids.count; ticket++) {
    if (left.size > 0 && tickets.kind.get(ticket) === NO_ROW && left.has(tickets.ids.text(ticket))) {
      times[ticket] = Number.NaN
      for (const row of lives.rows(ticket)) issues.left(changes.origin.get(row).input, 'ticket-change')
      continue
    }
    const life = lives.of(ticket)
    times[ticket] = timeOf(ticket, life)
    for (const row of life.duplicates) {
      const type = changes.word.get(row) === STATE ? 'ticket' : 'ticket-change'
      issues.duplicate(changes.origin.get(row).input, type)
    }
    for (const row of life.early) {
      const word = CHANGE_WORDS[changes.word.get(row)] ?? 'updated'
      issues.early(tickets.ids.text(ticket), word, changes.origin.get(row), openingOrigin(ticket, life))
    }
    const flaw = flawOf(ticket, life)
    if (flaw === undefined) continue
    flaws.set(ticket, flaw)
    if (flaw.reason !== 'bad-row') issues.flaw(tickets.ids.text(ticket), flaw)
  }
  for (const [input, rows] of misplaced) issues.misplaced(input, rows)
  return flaws

  function timeOf(ticket: number, life: Life): number {
    const opened = life.opened ?? bestOf(lost.get(ticket))?.opened
    if (opened !== undefined) return opened.earliest
    let time = Number.POSITIVE_INFINITY
    for (const row of lives.rows(ticket)) time = Math.min(time, changes.at.get(row))
    return time
  }

  function openingOrigin(ticket: number, { openedBy }: Life): Origin | undefined {
    if (tickets.kind.get(ticket) !== NO_ROW) return tickets.origin.get(ticket)
    return openedBy < 0 ? undefined : changes.origin.get(openedBy)
  }

  /** The row of the ticket and the change rows that tell something else, where no other change tells why. */
  function contradictionOf(ticket: number, life: Life): TicketFlaw | undefined {
    if (tickets.kind.get(ticket) !== WIDE) return undefined
    const own = tickets.origin.get(ticket)
    const flaw = (why: string, rows: readonly number[]): TicketFlaw => {
      const origins = [own, ...rows.map(row => changes.origin.get(row))].sort(compareOrigins)
      return { reason: 'contradictory', why, origins }
    }
    const told = life.openedBy < 0 ? 0 : changes.value.get(life.openedBy)
    const said = tickets.priority.get(ticket)
    if (told !== 0 && said !== 0 && texts.text(told - 1) !== '?') {
      const known = new Set([texts.text(told - 1)])
      for (const row of life.rows) {
        if (changes.word.get(row) === PRIORITY) known.add(texts.text(changes.value.get(row) - 1))
      }
      const later = laterPriorities.get(ticket)?.value
      if (typeof later === 'string') known.add(later)
      const priority = said === 1 ? '' : texts.text(said - 2)
      if (!known.has(priority)) return flaw('its rows tell different priorities', [life.openedBy])
    }
    const resolved = tickets.stamps[RESOLVED_AT]?.get(ticket)
    if (resolved === undefined || resolved === null || (life.told & (1 << RESOLVED_AT)) !== 0) return undefined
    if (life.rows.some(row => changes.word.get(row) === REOPENED)) return undefined
    if (life.duplicates.some(row => changes.word.get(row) === RESOLVED)) return undefined
    const others = life.rows.filter(row => changes.word.get(row) === RESOLVED)
    return others.length === 0 ? undefined : flaw('its rows tell different resolutions and no reopening', others)
  }

  function isUnknown(value: number): boolean {
    return value !== 0 && texts.text(value - 1) === '?'
  }

  function flawOf(ticket: number, life: Life): TicketFlaw | undefined {
    const same = repeated.get(ticket)
    if (same !== undefined) {
      const origins = [...same.origins].sort(compareOrigins)
      return { reason: 'repeated-id', why: `${origins.length} rows that differ have this id`, origins }
    }
    if (life.openings.length > 0) {
      const origins = life.openings
        .map(row => (row < 0 ? tickets.origin.get(ticket) : changes.origin.get(row)))
        .sort(compareOrigins)
      return { reason: 'contradictory', why: OPENINGS, origins }
    }
    const contradiction = contradictionOf(ticket, life)
    if (contradiction !== undefined) return contradiction
    const stray = strays.size === 0 ? undefined : strays.get(tickets.ids.text(ticket))
    if (stray !== undefined) {
      const why = 'a row of it names a service that the contract does not know'
      return { reason: 'contradictory', why, origins: [...stray].sort(compareOrigins) }
    }
    if (tickets.resolution.get(ticket) !== NO_RULE) {
      const states = life.states.filter(row => isUnknown(changes.value.get(row)))
      if (states.length > 0) {
        const why = 'a state of it is not known: it may be a resolved one'
        return { reason: 'state-unknown', why, origins: states.map(row => changes.origin.get(row)) }
      }
    }
    if (life.opened !== undefined && life.early.length === 0 && !lost.has(ticket)) return undefined
    const bad = [
      ...(lost.get(ticket) ?? []).map(({ origin }) => origin),
      ...life.early.map(row => changes.origin.get(row)),
    ].sort(compareOrigins)
    if (bad.length > 0) {
      const why = bad.length === 1 ? 'a bad row of it was left out' : `${bad.length} bad rows of it were left out`
      return { reason: 'bad-row', why, origins: bad }
    }
    const [row] = lives.rows(ticket)
    const origins = row === undefined ? [] : [changes.origin.get(row)]
    return { reason: 'no-opening', why: 'no row tells when it was opened', origins }
  }
}

/** Of rows left out the one with the first opening, whatever their order. */
export function bestOf(rows: readonly LostRow[] | undefined): LostRow | undefined {
  return rows?.reduce((best, row) => (compareLost(row, best) < 0 ? row : best))
}

function compareLost(a: LostRow, b: LostRow): number {
  const time = ({ opened }: LostRow): number => opened?.earliest ?? Number.MAX_SAFE_INTEGER
  const order = time(a) - time(b) || (a.opened?.latest ?? 0) - (b.opened?.latest ?? 0)
  if (order !== 0) return order
  const text = ({ priority }: LostRow): string => JSON.stringify({ priority })
  return text(a) < text(b) ? -1 : 1
}
