import type { Moment } from '../../model/interval.ts'
import { CHANGE_WORDS } from '../records.ts'
import type { Tables } from './rows.ts'
import { changeMoment, NO_ROW, STAMPS, STATE } from './tables.ts'

/** What the rows of one ticket come to, as numbers of change rows. */
export interface Life {
  readonly opened: Moment | undefined
  /** The change row that tells the opening with most to say, -1 if only a stamp column or none does. */
  readonly openedBy: number
  /** Changes after the opening, by time, then in the order of a life, then of the rows. */
  readonly rows: readonly number[]
  /** States by time, then in the order of the rows. */
  readonly states: readonly number[]
  /** Bits of `STAMPS` that a change row tells more exactly. */
  readonly told: number
  /** Rows that say what another one says already. */
  readonly duplicates: readonly number[]
  /** Rows from before the opening, which can't be. */
  readonly early: readonly number[]
  /** Rows that tell different openings, -1 for the stamp column; empty where they agree. */
  readonly openings: readonly number[]
}

export interface Lives {
  of(ticket: number): Life
  /** All change rows of a ticket in the order they were read. */
  rows(ticket: number): readonly number[]
}

const NONE: readonly number[] = []
const OPENED = CHANGE_WORDS.indexOf('opened')
const PRIORITY = CHANGE_WORDS.indexOf('priority')
const STATUS = CHANGE_WORDS.indexOf('status')
const REOPENED = CHANGE_WORDS.indexOf('reopened')
/** For each stamp column the index of its word. */
export const STAMP_WORDS: readonly number[] = STAMPS.map(([word]) => CHANGE_WORDS.indexOf(word))
const ENDS: readonly number[] = STAMPS.flatMap(([word], i) => (word === 'resolved' || word === 'closed' ? [i] : []))

export function makeLives(tables: Tables): Lives {
  const { tickets, changes, texts } = tables
  const { starts, order } = byTicket(tables)

  function rowsOf(ticket: number): readonly number[] {
    const [from, to] = [starts[ticket] ?? 0, starts[ticket + 1] ?? 0]
    return from === to ? NONE : Array.from(order.subarray(from, to))
  }

  function of(ticket: number): Life {
    const [from, to] = [starts[ticket] ?? 0, starts[ticket + 1] ?? 0]
    const stamp = tickets.kind.get(ticket) === NO_ROW ? undefined : (tickets.opened.get(ticket) ?? undefined)
    if (from === to) return plain(stamp)
    const opened: number[] = []
    const states: number[] = []
    const others: number[] = []
    for (let i = from; i < to; i++) {
      const row = order[i] ?? 0
      const word = changes.word.get(row)
      if (word === OPENED) opened.push(row)
      else if (word === STATE) states.push(row)
      else others.push(row)
    }
    const duplicates: number[] = []
    const opening = openingOf(opened, stamp, duplicates)
    const sorted = statesOf(states, duplicates)
    const { rows, told, early } = changesOf(ticket, others, opening.opened, duplicates)
    return {
      opened: opening.opened,
      openedBy: opening.openedBy,
      openings: opening.openings,
      states: sorted,
      rows,
      told,
      early,
      duplicates,
    }
  }

  function openingOf(own: readonly number[], stamp: Moment | undefined, duplicates: number[]) {
    if (own.length === 0) return { opened: stamp, openedBy: -1, openings: NONE }
    let [earliest, latest] = [stamp?.earliest ?? Number.NEGATIVE_INFINITY, stamp?.latest ?? Number.POSITIVE_INFINITY]
    let first = stamp
    let openedBy = -1
    let priority = 0
    let agree = true
    let unknown = false
    const seen = new Set<string>()
    for (const row of own) {
      const moment = changeMoment(changes, row)
      const value = changes.value.get(row)
      const key = `${moment.earliest} ${moment.latest} ${value}`
      if (seen.has(key) || (stamp !== undefined && same(stamp, moment))) duplicates.push(row)
      seen.add(key)
      earliest = Math.max(earliest, moment.earliest)
      latest = Math.min(latest, moment.latest)
      if (first === undefined || (moment.earliest - first.earliest || moment.latest - first.latest) < 0) first = moment
      // A blank cell says that it had no priority, which is more than not to know it.
      const isUnknown = value !== 0 && texts.text(value - 1) === '?'
      if (openedBy < 0 || (unknown && !isUnknown)) {
        openedBy = row
        unknown = isUnknown
      }
      if (value === 0 || isUnknown) continue
      if (priority !== 0 && priority !== value) agree = false
      // Of rows that disagree the same one is shown whatever their order.
      if (priority === 0 || compareOpenings(row, openedBy) < 0) openedBy = row
      priority = value
    }
    if (earliest > latest) agree = false
    return {
      opened: earliest > latest ? first : { earliest, latest },
      openedBy,
      openings: agree ? NONE : [...(stamp === undefined ? [] : [-1]), ...own],
    }
  }

  function compareOpenings(a: number, b: number): number {
    const order = changes.at.get(a) - changes.at.get(b)
    if (order !== 0) return order
    return texts.text(changes.value.get(a) - 1) < texts.text(changes.value.get(b) - 1) ? -1 : 1
  }

  function statesOf(own: readonly number[], duplicates: number[]): readonly number[] {
    if (own.length < 2) return own
    const sorted = [...own].sort((a, b) => changes.at.get(a) - changes.at.get(b) || a - b)
    let time = Number.NaN
    let before: number | undefined
    // Of each state of one instant the file that told it: it may come back to it within the minute.
    const seen = new Map<number, number>()
    return sorted.filter(row => {
      if (changes.at.get(row) !== time) {
        seen.clear()
        before = undefined
      }
      time = changes.at.get(row)
      const cells = changes.cells.get(row)
      const { input } = changes.origin.get(row)
      const again = cells === before || (seen.get(cells) ?? input) !== input
      before = cells
      if (again) duplicates.push(row)
      else seen.set(cells, input)
      return !again
    })
  }

  /** Sorts `own`. */
  function changesOf(ticket: number, own: number[], opened: Moment | undefined, duplicates: number[]) {
    if (own.length === 0) return { rows: NONE, told: 0, early: NONE }
    sortRows(own)
    const from = opened?.earliest ?? Number.NEGATIVE_INFINITY
    const rows: number[] = []
    let early: number[] | undefined
    let told = 0
    // Rows that may be equal stand side by side.
    let group = -1
    let values: Set<number> | undefined
    for (const row of own) {
      if (group >= 0 && alike(group, row)) {
        values ??= new Set([changes.value.get(group)])
        if (values.has(changes.value.get(row))) {
          duplicates.push(row)
          continue
        }
        values.add(changes.value.get(row))
      } else {
        group = row
        values = undefined
      }
      const word = changes.word.get(row)
      const earliest = changes.at.get(row)
      const latest = earliest + changes.span.get(row)
      if (latest < from && word !== PRIORITY && word !== STATUS) {
        early ??= []
        early.push(row)
        continue
      }
      // Reopened within the day of a stamp, the ticket may have been resolved anew: then no earlier row tells of it.
      if (word === REOPENED) for (const end of ENDS) if (mayFollow(ticket, end, earliest)) told &= ~(1 << end)
      const column = STAMP_WORDS.indexOf(word)
      const stamp = column < 0 ? undefined : tickets.stamps[column]?.get(ticket)
      if (stamp !== undefined && stamp !== null) {
        if (stamp.earliest === earliest && stamp.latest === latest) {
          duplicates.push(row)
          continue
        }
        if (earliest >= stamp.earliest && latest <= stamp.latest) told |= 1 << column
      }
      rows.push(row)
    }
    return { rows, told, early: early ?? NONE }
  }

  function mayFollow(ticket: number, column: number, at: number): boolean {
    const stamp = tickets.stamps[column]?.get(ticket)
    return stamp !== undefined && stamp !== null && stamp.latest > at
  }

  function sortRows(own: number[]): void {
    for (let i = 1; i < own.length; i++) {
      if (compareRows(own[i - 1] ?? 0, own[i] ?? 0) > 0) {
        own.sort(compareRows)
        return
      }
    }
  }

  /** By time, then in the order of a life, then of the rows. */
  function compareRows(a: number, b: number): number {
    return (
      changes.at.get(a) - changes.at.get(b) ||
      changes.word.get(a) - changes.word.get(b) ||
      changes.span.get(a) - changes.span.get(b) ||
      a - b
    )
  }

  function alike(a: number, b: number): boolean {
    return (
      changes.at.get(a) === changes.at.get(b) &&
      changes.word.get(a) === changes.word.get(b) &&
      changes.span.get(a) === changes.span.get(b)
    )
  }

  return { of, rows: rowsOf }
}

function plain(opened: Moment | undefined): Life {
  const openings = NONE
  return { opened, openedBy: -1, openings, states: NONE, rows: NONE, told: 0, early: NONE, duplicates: NONE }
}

function same(a: Moment, b: Moment): boolean {
  return a.earliest === b.earliest && a.latest === b.latest
}

/** Change rows grouped by ticket: those of ticket t are `order[starts[t] … starts[t + 1])`, as they were read. */
function byTicket({ tickets, changes, rows }: Tables): { starts: Int32Array; order: Int32Array } {
  const starts = new Int32Array(tickets.ids.count + 1)
  for (let row = 0; row < rows; row++) {
    const next = changes.ticket.get(row) + 1
    starts[next] = (starts[next] ?? 0) + 1
  }
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0)
  const order = new Int32Array(rows)
  const filled = starts.slice()
  for (let row = 0; row < rows; row++) {
    const ticket = changes.ticket.get(row)
    const at = filled[ticket] ?? 0
    order[at] = row
    filled[ticket] = at + 1
  }
  return { starts, order }
}
