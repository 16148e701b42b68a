import type { Origin } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import { CHANGE_WORDS, type ChangeWord, type Happened, type Tickets } from '../records.ts'
import { makeTexts } from './columns.ts'
import type { Issues } from './flaws.ts'
import { makeLives } from './lives.ts'
import type { ChangeRow, LaterPriority, LostRow, Repeated, RowBase, StateRow, Tables, TicketRow } from './rows.ts'
import {
  makeChangeTable,
  makeTicketTable,
  NO_ROW,
  NO_RULE,
  RESOLVED,
  STATE,
  STATES,
  UNRESOLVED,
  WIDE,
} from './tables.ts'
import { makeTickets } from './tickets.ts'

/** Tickets as they are read, folded into lives at the end. Nothing is kept of a row but what its ticket needs. */
export interface TicketStore {
  /** Columns of which tickets keep the cells. */
  readonly keeps: readonly string[]
  /** A number for kept cells: equal ones have equal numbers, none has 0. */
  attributes(cells: Readonly<Record<string, string>>): number
  add(row: TicketRow): 'used' | 'duplicate'
  /** States are taken in the order they come; one dated before the one above it in the same file is counted. */
  state(row: StateRow): void
  change(row: ChangeRow): void
  /** A change of priority after `as of`: the ticket's own row may tell of the time after it. */
  laterPriority(id: string, at: number, value: string | undefined): void
  /** The change rows use this word, so they hold what happened of it. */
  logs(change: ChangeWord): void
  /** A file has no columns for these bits of `STAMPS`; said again once it turns out to have more. */
  lacks(input: number, stamps: number): void
  /** A bad row was left out: nothing certain can be said of its ticket. */
  spoil(row: LostRow, type: string): void
  /** A row for the whole ticket is of no concern: change rows alone don't bring the ticket back. */
  leave(id: string): void
  /** A change row was left out as it names a service that nobody knows. */
  stray(id: string, origin: Origin): void
  /** How many bad rows of a type in a file are known to be of a ticket. */
  spoiled(input: number, type: string): number
  finish(issues: Issues): Tickets
}

export function makeTicketStore(keeps: readonly string[] = []): TicketStore {
  const tickets = makeTicketTable()
  const changes = makeChangeTable()
  const texts = makeTexts([''])
  const attributeSets = makeTexts([''])
  const repeated = new Map<number, Repeated>()
  const lost = new Map<number, LostRow[]>()
  const left = new Set<string>()
  const strays = new Map<string, Origin[]>()
  const later = new Map<string, LaterPriority>()
  const lostCounts = new Map<string, number>()
  const lacking = new Map<number, number>()
  const misplaced = new Map<number, Origin[]>()
  let rows = 0
  let logged = 0
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY

  const code = (text: string | null | undefined): number =>
    text === undefined ? 0 : text === null ? 1 : texts.id(text) + 2

  function dated(moment: Happened): void {
    if (moment === undefined || moment === null) return
    first = Math.min(first, moment.earliest)
    last = Math.max(last, moment.earliest)
  }

  function put(ticket: number, row: TicketRow, kind: number): void {
    tickets.kind.set(ticket, kind)
    tickets.opened.set(ticket, row.opened)
    for (let i = 0; i < tickets.stamps.length; i++) tickets.stamps[i]?.set(ticket, row.stamps[i])
    tickets.reported.set(ticket, row.reported)
    tickets.priority.set(ticket, code(row.priority))
    tickets.zone.set(ticket, code(row.customerTimezone))
    tickets.service.set(ticket, texts.id(row.service))
    tickets.attributes.set(ticket, row.attributes)
    tickets.origin.set(ticket, row.origin)
    tickets.cells.set(ticket, row.cells)
  }

  function dateAll(row: TicketRow): void {
    dated(row.opened)
    for (const stamp of row.stamps) dated(stamp)
  }

  function repeat(ticket: number, row: TicketRow): void {
    const found = repeated.get(ticket) ?? {
      cells: new Set([tickets.cells.get(ticket)]),
      origins: [tickets.origin.get(ticket)],
    }
    found.cells.add(row.cells)
    found.origins.push(row.origin)
    repeated.set(ticket, found)
  }

  function add(row: TicketRow): 'used' | 'duplicate' {
    const ticket = tickets.ids.id(row.id)
    const kind = tickets.kind.get(ticket)
    if (kind === NO_ROW) {
      dateAll(row)
      put(ticket, row, WIDE)
      return 'used'
    }
    const cells = tickets.cells.get(ticket)
    if (kind === WIDE && (cells === row.cells || repeated.get(ticket)?.cells.has(row.cells) === true))
      return 'duplicate'
    dateAll(row)
    repeat(ticket, row)
    // Which of them is shown must not hang on the order of the files.
    const opened = tickets.opened.get(ticket)?.earliest ?? 0
    if (kind === WIDE && (row.opened.earliest - opened || row.cells - cells) < 0) put(ticket, row, WIDE)
    return 'used'
  }

  function state(row: StateRow): void {
    const ticket = tickets.ids.id(row.id)
    const kind = tickets.kind.get(ticket)
    const time = row.updated.earliest
    dateAll(row)
    const resolution = row.resolved === undefined ? NO_RULE : row.resolved ? RESOLVED : UNRESOLVED
    if (kind === WIDE) repeat(ticket, row)
    const before = tickets.updated.get(ticket)
    if (kind === STATES && time < before && tickets.origin.get(ticket).input === row.origin.input) {
      listIn(misplaced, row.origin.input).push(row.origin)
    }
    if (kind !== STATES || time >= before) {
      put(ticket, row, STATES)
      tickets.updated.set(ticket, time)
    }
    if (resolution !== NO_RULE) tickets.resolution.set(ticket, resolution)
    const value = row.status === undefined ? 0 : texts.id(row.status) + 1
    const at = append(ticket, STATE, row.updated, value, row)
    changes.priority.set(at, code(row.priority))
    changes.resolution.set(at, resolution)
    changes.resolved.set(at, row.resolvedAt)
    changes.cells.set(at, row.cells)
  }

  function append(ticket: number, word: number, at: Moment, value: number, row: RowBase): number {
    const index = rows++
    dated(at)
    changes.ticket.set(index, ticket)
    changes.word.set(index, word)
    changes.at.set(index, at.earliest)
    changes.span.set(index, at.latest - at.earliest)
    changes.value.set(index, value)
    changes.service.set(index, texts.id(row.service))
    changes.attributes.set(index, row.attributes)
    changes.origin.set(index, row.origin)
    return index
  }

  function change(row: ChangeRow): void {
    const value = row.value === undefined ? 0 : texts.id(row.value) + 1
    append(tickets.ids.id(row.id), CHANGE_WORDS.indexOf(row.change), row.at, value, row)
  }

  return {
    keeps,
    attributes(cells) {
      const kept = keeps.filter(column => cells[column] !== undefined).map(column => [column, cells[column]])
      return kept.length === 0 ? 0 : attributeSets.id(JSON.stringify(kept))
    },
    add,
    state,
    change,
    laterPriority(id, at, value) {
      if (at < (later.get(id)?.at ?? Number.NEGATIVE_INFINITY)) return
      later.set(id, { at, value: value === undefined ? null : value === '?' ? undefined : value })
    },
    logs(word) {
      logged |= 1 << CHANGE_WORDS.indexOf(word)
    },
    lacks(input, stamps) {
      lacking.set(input, (lacking.get(input) ?? stamps) & stamps)
    },
    spoil(row, type) {
      const ticket = tickets.ids.id(row.id)
      listIn(lost, ticket).push(row)
      const key = `${row.origin.input} ${type}`
      lostCounts.set(key, (lostCounts.get(key) ?? 0) + 1)
    },
    leave: id => left.add(id),
    stray(id, origin) {
      listIn(strays, id).push(origin)
    },
    spoiled: (input, type) => lostCounts.get(`${input} ${type}`) ?? 0,
    finish(issues) {
      // A ticket of which all is later is none.
      const laterPriorities = new Map<number, LaterPriority>()
      for (const [id, change] of later) if (tickets.ids.has(id)) laterPriorities.set(tickets.ids.id(id), change)
      const tables: Tables = {
        tickets,
        changes,
        rows,
        texts,
        attributeSets,
        repeated,
        lost,
        left,
        strays,
        laterPriorities,
        misplaced,
        lacking,
        logged,
        first,
        last,
      }
      return makeTickets(tables, makeLives(tables), issues)
    },
  }
}

function listIn<K, T>(lists: Map<K, T[]>, key: K): T[] {
  const found = lists.get(key) ?? []
  lists.set(key, found)
  return found
}
