import type { Moment } from '../../model/interval.ts'
import type { Happened } from '../records.ts'
import type { RowParser } from '../row-parser.ts'
import type { Reading } from '../types/record-type.ts'
import type { LostRow, TicketRow } from './rows.ts'
import { STAMPS } from './tables.ts'

/** A row of cells read; without an id or an opening it is a bad one. */
export type TicketCells = Omit<TicketRow, 'id' | 'opened' | 'cells' | 'attributes'> & {
  readonly id: string | undefined
  readonly opened: Moment | undefined
}

/** Reads the row at hand. `checked` are the stamps that may not lie before the opening, nor closing before the others. */
export type TicketParser = (line: number, item: number, service: string, checked: ReadonlySet<string>) => TicketCells

export function makeTicketParser(row: RowParser): TicketParser {
  return (line, item, service, checked) => {
    const id = row.text('id')
    if (id === undefined) row.fail('id', "id is blank: expected the ticket's id")
    const opened = row.start('opened_at')
    const stamps: Happened[] = []
    let resolved: Moment | undefined
    for (const [word, column] of STAMPS) {
      const stamp = row.stamp(column)
      if (stamp !== undefined && stamp !== null && checked.has(word)) {
        if (opened !== undefined && stamp.latest < opened.earliest) row.fail(column, `${column} lies before opened_at`)
        if (word === 'resolved') resolved = stamp
        if (word === 'closed' && resolved !== undefined && stamp.latest < resolved.earliest) {
          row.fail(column, 'closed_at lies before resolved_at')
        }
      }
      stamps.push(stamp === undefined || stamp === null ? stamp : row.happenedBy(stamp))
    }
    return {
      id,
      service,
      origin: row.origin(line, item),
      opened,
      stamps,
      reported: row.happened('reported_at'),
      priority: row.said('priority'),
      customerTimezone: row.said('customer_timezone'),
    }
  }
}

/** Bits of `STAMPS` that a file has no columns for, as far as it is read. */
export function lackingStamps(reading: Reading): number {
  return STAMPS.reduce((bits, [, column], i) => (reading.at(column) < 0 ? bits | (1 << i) : bits), 0)
}

/** All of them, where nothing else tells. */
export const ORDERED: ReadonlySet<string> = new Set(STAMPS.map(([word]) => word))

/** What is known of a ticket by a bad row of it. */
export function lostRow(
  { id, service, origin, opened, priority, attributes }: TicketCells & { id: string; attributes: number },
  { asOf }: Reading,
): LostRow {
  return {
    id,
    service,
    origin,
    attributes,
    ...(opened === undefined || opened.earliest > asOf
      ? {}
      : { opened: { earliest: opened.earliest, latest: Math.min(opened.latest, asOf) } }),
    ...(priority === undefined ? {} : { priority }),
  }
}
