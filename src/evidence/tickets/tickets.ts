import type { Origin } from '../../model/finding.ts'
import { CHANGE_WORDS, type ChangeWord, type Ticket, type TicketChange, type Tickets } from '../records.ts'
import { bestOf, findFlaws, type Issues } from './flaws.ts'
import { type Life, type Lives, STAMP_WORDS } from './lives.ts'
import { inOrderOfLife } from './order.ts'
import { openingPriority } from './priority.ts'
import type { Tables } from './rows.ts'
import { stateChanges } from './states.ts'
import { changeMoment, compareOrigins, NO_ROW, NO_RULE, STAMPS, STATES, WIDE } from './tables.ts'

/** All tickets in order; what is wrong with them goes to `issues`, once. */
export function makeTickets(tables: Tables, lives: Lives, issues: Issues): Tickets {
  const { tickets, changes, texts, attributeSets, lost, laterPriorities } = tables
  const times = new Float64Array(tickets.ids.count)
  const flaws = findFlaws(tables, lives, issues, times)
  const order = inOrder(tables, times)
  const unknowns = new Map<number, ReadonlySet<ChangeWord>>()
  const sets: (Readonly<Record<string, string>> | undefined)[] = []

  function ticketOf(ticket: number): Ticket {
    const life = lives.of(ticket)
    const { priority, list } = changesOf(ticket, life)
    const flaw = flaws.get(ticket)
    return {
      id: tickets.ids.text(ticket),
      service: serviceOf(ticket),
      origin: originOf(ticket, lives, tables),
      changes: list,
      unknown: unknownWords(ticket, life),
      priority,
      reported: tickets.reported.get(ticket),
      customerTimezone: decoded(tickets.zone.get(ticket)),
      attributes: attributesOf(ticket),
      ...(flaw === undefined ? {} : { flaw }),
    }
  }

  const decoded = (code: number): string | null | undefined =>
    code === 0 ? undefined : code === 1 ? null : texts.text(code - 2)

  function changesOf(ticket: number, life: Life) {
    const kind = tickets.kind.get(ticket)
    const own = tickets.origin.get(ticket)
    const lostRow = bestOf(lost.get(ticket))
    const opened = life.opened ?? lostRow?.opened
    const list: TicketChange[] = []
    const ruled = tickets.resolution.get(ticket) !== NO_RULE
    for (const [i, [change]] of STAMPS.entries()) {
      if (kind === NO_ROW || (ruled && change === 'resolved') || (life.told & (1 << i)) !== 0) continue
      const at = tickets.stamps[i]?.get(ticket)
      if (at !== undefined && at !== null) list.push({ change, at, origin: own })
    }
    for (const row of life.rows) {
      const value = changes.value.get(row)
      list.push({
        change: CHANGE_WORDS[changes.word.get(row)] ?? 'updated',
        at: changeMoment(changes, row),
        ...(value === 0 ? {} : { value: texts.text(value - 1) }),
        origin: changes.origin.get(row),
      })
    }
    const states = stateChanges(life.states, opened, changes, decoded, value => texts.text(value - 1))
    for (const change of states.list) list.push(change)
    const told = life.openedBy < 0 ? 0 : changes.value.get(life.openedBy)
    const said =
      kind === STATES
        ? { first: states.priority }
        : kind === WIDE
          ? { row: decoded(tickets.priority.get(ticket)) }
          : lostRow?.priority !== undefined
            ? { row: lostRow.priority }
            : life.openedBy >= 0 && told === 0
              ? { row: null }
              : {}
    const later = laterPriorities.get(ticket)
    const priority = openingPriority(list, opened, told === 0 ? undefined : texts.text(told - 1), {
      ...said,
      ...(later === undefined ? {} : { later: later.value }),
    })
    if (opened !== undefined) {
      const openedBy = kind === NO_ROW && life.openedBy >= 0 ? changes.origin.get(life.openedBy) : own
      const origin = kind === NO_ROW && life.openedBy < 0 && lostRow !== undefined ? lostRow.origin : openedBy
      priority.list.unshift({
        change: 'opened',
        at: opened,
        ...(typeof priority.priority === 'string' ? { value: priority.priority } : {}),
        origin,
      })
    }
    return { priority: priority.priority, list: inOrderOfLife(priority.list, opened, states.list) }
  }

  function unknownWords(ticket: number, life: Life): ReadonlySet<ChangeWord> {
    const kind = tickets.kind.get(ticket)
    let bits = 0
    // A column that a file does not have may be told by a log; a cell that says `?` only by a row of its own ticket.
    let open = 0
    if (kind !== NO_ROW) {
      const absent = tables.lacking.get(tickets.origin.get(ticket).input) ?? 0
      for (const [i, word] of STAMP_WORDS.entries()) {
        if (tickets.stamps[i]?.unknown(ticket) !== true) continue
        bits |= 1 << word
        if ((absent & (1 << i)) !== 0) open |= 1 << word
      }
    }
    if (bits !== 0) {
      let own = 0
      for (const row of life.rows) own |= 1 << changes.word.get(row)
      bits &= ~(answersIn(own) | (answersIn(tables.logged) & open))
    }
    if (kind === STATES) bits |= STATES_DO_NOT_TELL & ~tables.logged
    // Where states tell whether it is resolved, they tell whether it is closed.
    if (tickets.resolution.get(ticket) !== NO_RULE) bits &= ~(bit('resolved') | bit('closed'))
    let words = unknowns.get(bits)
    if (words === undefined) {
      words = new Set(CHANGE_WORDS.filter((_, i) => (bits & (1 << i)) !== 0))
      unknowns.set(bits, words)
    }
    return words
  }

  function serviceOf(ticket: number): string {
    const own = texts.text(tickets.service.get(ticket))
    if (own !== '' || texts.count === 1) return own
    let [time, found] = [Number.POSITIVE_INFINITY, '']
    for (const row of lives.rows(ticket)) {
      const service = texts.text(changes.service.get(row))
      const at = changes.at.get(row)
      if (service !== '' && (at < time || (at === time && service < found))) [time, found] = [at, service]
    }
    return found !== '' ? found : (lost.get(ticket)?.find(row => row.service !== '')?.service ?? '')
  }

  function attributesOf(ticket: number): Readonly<Record<string, string>> {
    if (attributeSets.count === 1) return EMPTY
    const own = attributeSet(tickets.attributes.get(ticket))
    const rows = lives.rows(ticket).filter(row => changes.attributes.get(row) !== 0)
    const spoiled = lost.get(ticket) ?? []
    if (rows.length === 0 && spoiled.length === 0) return own
    rows.sort((a, b) => changes.at.get(a) - changes.at.get(b) || a - b)
    const parts = [...spoiled.map(row => row.attributes), ...rows.map(row => changes.attributes.get(row))]
    return Object.assign(Object.create(null), ...parts.map(attributeSet), own)
  }

  function attributeSet(id: number): Readonly<Record<string, string>> {
    if (id === 0) return EMPTY
    const known = sets[id]
    if (known !== undefined) return known
    // Without a prototype, so that a column may be called `constructor`.
    const made: Record<string, string> = Object.create(null)
    for (const [column, cell] of JSON.parse(attributeSets.text(id)) as [string, string][]) made[column] = cell
    sets[id] = made
    return made
  }

  return {
    count: order.length,
    ticket(index) {
      const ticket = order[index]
      if (ticket === undefined) throw new RangeError(`there is no ticket ${index}`)
      return ticketOf(ticket)
    },
    ...(tables.first <= tables.last ? { first: tables.first, last: tables.last } : {}),
  }
}

const EMPTY: Readonly<Record<string, string>> = Object.freeze(Object.create(null))
const RANK = new Map<ChangeWord, number>(CHANGE_WORDS.map((word, i) => [word, i]))

const bit = (word: ChangeWord): number => 1 << (RANK.get(word) ?? 0)
const STATES_DO_NOT_TELL = bit('updated') | bit('replied') | bit('auto-replied')
/** A reply tells the response too. */
const answersIn = (words: number): number => ((words & bit('replied')) === 0 ? words : words | bit('responded'))

/** Ticket numbers by opening, then id. */
function inOrder({ tickets }: Tables, times: Float64Array): Int32Array {
  const order = Int32Array.from({ length: times.length }, (_, i) => i).filter(i => !Number.isNaN(times[i]))
  if (times.every((time, i) => i === 0 || time > (times[i - 1] ?? 0))) return order
  return order.sort((a, b) => {
    const [one, other] = [times[a] ?? 0, times[b] ?? 0]
    if (one !== other) return one < other ? -1 : 1
    return tickets.ids.text(a) < tickets.ids.text(b) ? -1 : 1
  })
}

/** The first row that tells of the ticket. */
export function originOf(ticket: number, lives: Lives, { tickets, changes, lost }: Tables): Origin {
  const [row] = lives.rows(ticket)
  const found = [
    ...(tickets.kind.get(ticket) === NO_ROW ? [] : [tickets.origin.get(ticket)]),
    ...(row === undefined ? [] : [changes.origin.get(row)]),
    ...(lost.get(ticket) ?? []).map(({ origin }) => origin),
  ]
  return found.sort(compareOrigins)[0] ?? { input: 0 }
}
