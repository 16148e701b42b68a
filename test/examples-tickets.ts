import { DateTime } from 'luxon'
import type { Finding } from '../src/model/finding.ts'

/**
 * What a ticket's clock must show, worked out by hand from the tickets listed with the example evidence: time on the
 * clock as `hours:minutes` (two of them where the evidence leaves it open), the due instant on the wall in Paris or
 * Brussels, and time on the clock that was left out.
 */
export interface TicketFigures {
  readonly status: string
  readonly counted?: string | readonly [least: string, most: string]
  readonly allowance: string
  readonly due?: string
  readonly paused?: string
}

export function ticket(
  status: string,
  counted: TicketFigures['counted'],
  allowance: string,
  due?: string,
  paused?: string,
): TicketFigures {
  return {
    status,
    allowance,
    ...(counted !== undefined && { counted }),
    ...(due !== undefined && { due }),
    ...(paused !== undefined && { paused }),
  }
}

/** What is looked at of a ticket's finding, and what it must be. */
export function ticketPair(finding: Finding | undefined, { status, counted, allowance, due, paused }: TicketFigures) {
  const got: Record<string, unknown> = { status: finding?.status, promised: finding?.promised }
  const wanted: Record<string, unknown> = { status, promised: quantity(allowance) }
  if (due !== undefined) {
    got.due = finding?.due
    wanted.due = wallInstant(due)
  }
  if (typeof counted === 'string') {
    got.observed = finding?.observed
    wanted.observed = quantity(counted)
    got.paused = finding?.details?.paused_ms
    wanted.paused = length(paused ?? '0:00')
    got.atRisk = finding?.atRisk === true
    wanted.atRisk = (status === 'met' || status === 'pending') && length(counted) * 10 >= length(allowance) * 9
  } else if (counted !== undefined) {
    got.bounds = finding?.bounds
    wanted.bounds = { lowest: quantity(counted[0]), highest: quantity(counted[1]) }
  }
  return { got, wanted }
}

/** `2026-01-19 10:30` on the wall in Paris, epoch ms. */
export function wallInstant(text: string): number {
  return DateTime.fromFormat(text, 'yyyy-MM-dd HH:mm', { zone: 'Europe/Paris' }).toMillis()
}

function quantity(text: string) {
  return { unit: 'ms', value: length(text) }
}

/** `26:50` → milliseconds. */
function length(text: string): number {
  const [hours = '', minutes = ''] = text.split(':')
  return (Number(hours) * 60 + Number(minutes)) * 60_000
}

/** No number in the text. */
const unstated = 'not-applicable'

export const platformUnstated = {
  'tickets/P1-update-every': unstated,
  'tickets/P2-update-every': unstated,
  'tickets/P3-update-every': unstated,
  'tickets/P4-update-every': unstated,
  'tickets/P4-resolve': unstated,
}

export const platformFebruary = {
  'tickets/P2-respond/T-04': ticket('met', '8:00', '8:00', '2026-02-10 17:30'),
  'tickets/P2-resolve/T-04': ticket('met', '26:30', '26:30', '2026-02-12 18:00'),
  'tickets/P3-respond/T-05': ticket('met', '18:00', '48:00', '2026-02-23 17:00'),
  // Paused after 18:30; 2 + 9 + 9 + 9 + 1:30 more from Friday at 16:00.
  'tickets/P3-resolve/T-05': ticket('met', '36:30', '49:00', '2026-02-26 10:30', '19:30'),
}

export const platformMay = {
  'tickets/P3-respond/T-11': ticket('met', '4:00', '48:00', '2026-05-11 18:00'),
  'tickets/P3-resolve/T-11': ticket('met', '47:00', '48:00', '2026-05-11 18:00'),
  'tickets/P2-respond/T-12': ticket('unverified', ['0:00', '23:00'], '8:00'),
  'tickets/P2-resolve/T-12': ticket('met', '23:00', '26:00', '2026-05-22 18:00'),
}

/** Those that a period of September selects. */
export const platformSeptember = {
  'tickets/P3-resolve/T-20': ticket('met', '34:00', '49:00', '2026-09-02 18:00'),
  'tickets/P3-respond/T-21': ticket('met', '1:00', '48:00', '2026-09-10 13:00'),
  'tickets/P3-resolve/T-21': ticket('breached', '74:00', '53:00', '2026-09-10 18:00'),
  'tickets/P3-respond/T-22': ticket('met', '4:00', '48:00', '2026-09-16 13:00'),
  // Left out so far: 2 + 9 + 9 + 3. If resumed at once: 6 + 9 + 9 + 9 + 5 more.
  'tickets/P3-resolve/T-22': ticket('pending', '15:00', '53:00', '2026-09-21 14:00', '23:00'),
  'tickets/P2-respond/T-23': ticket('met', '0:30', '8:00', '2026-09-15 14:00'),
  'tickets/P2-resolve/T-23': ticket('pending', '6:00', '21:00', '2026-09-16 18:00'),
  'tickets/P1-respond/T-24': ticket('pending', '0:40', '2:00', '2026-09-15 13:20'),
  'tickets/P1-resolve/T-24': ticket('pending', '0:40', '4:00', '2026-09-15 15:20'),
}

export const platformTickets = {
  ...platformUnstated,
  'tickets/P1-respond/T-01': ticket('met', '1:15', '2:00', '2026-01-07 12:00'),
  'tickets/P1-resolve/T-01': ticket('met', '3:40', '4:00', '2026-01-07 14:00'),
  'tickets/P1-respond/T-02': ticket('met', '2:00', '2:00', '2026-01-19 10:30'),
  'tickets/P1-resolve/T-02': ticket('met', '3:15', '4:00', '2026-01-19 12:30'),
  'tickets/P2-respond/T-03': ticket('met', '3:00', '8:00', '2026-01-26 17:00'),
  'tickets/P2-resolve/T-03': ticket('met', '26:50', '27:00', '2026-01-28 18:00'),
  ...platformFebruary,
  'tickets/P2-respond/T-06': ticket('met', '1:00', '8:00', '2026-03-11 17:00'),
  'tickets/P1-resolve/T-06': ticket('breached', '6:30', '4:00', '2026-03-11 13:00'),
  'tickets/P1-respond/T-07': ticket('met', '0:15', '2:00', '2026-03-24 17:05'),
  'tickets/P1-resolve/T-07': ticket('met', '1:25', '4:00', '2026-03-25 10:05'),
  // 2 + 5 x 9 until Friday, and Easter Monday is closed.
  'tickets/P3-respond/T-08': ticket('met', '3:00', '48:00', '2026-04-07 10:00'),
  'tickets/P3-resolve/T-08': ticket('met', '46:00', '47:00', '2026-04-03 18:00'),
  'tickets/P1-respond/T-09': ticket('met', '1:30', '2:00', '2026-04-07 10:00'),
  'tickets/P1-resolve/T-09': ticket('breached', '4:30', '4:00', '2026-04-07 12:00'),
  'tickets/P2-respond/T-10': ticket('met', '1:00', '8:00', '2026-04-13 18:00'),
  // Solved in between: 2 + 9. Another 20 h from Wednesday at 09:00: 9 + 9 + 2.
  'tickets/P2-resolve/T-10': ticket('met', '14:00', '26:00', '2026-04-17 11:00', '11:00'),
  ...platformMay,
  'tickets/T-13': 'unverified',
  'tickets/P4-respond/T-14': ticket('met', '96:00', '96:00', '2026-06-16 16:00'),
  'tickets/P4-respond/T-15': ticket('breached', '112:00', '96:00', '2026-06-22 17:00'),
  'tickets/P1-respond/T-16': ticket('met', '2:00', '2:00', '2026-07-13 18:00'),
  'tickets/P1-resolve/T-16': ticket('met', '3:30', '4:00', '2026-07-15 11:00'),
  'tickets/P1-respond/T-17': ticket('breached', '2:10', '2:00', '2026-07-20 18:00'),
  'tickets/P1-resolve/T-17': ticket('met', '4:00', '4:00', '2026-07-21 11:00'),
  'tickets/P1-respond/T-18': ticket('met', '0:20', '2:00', '2026-08-10 12:00'),
  'tickets/P1-resolve/T-18': ticket('met', '3:30', '4:00', '2026-08-11 18:00', '13:00'),
  'tickets/P1-respond/T-19': ticket('met', '0:30', '2:00', '2026-08-20 11:00'),
  'tickets/P1-resolve/T-19': ticket('breached', '7:00', '4:00', '2026-08-20 13:00'),
  'tickets/P1-respond/T-20': ticket('met', '1:00', '2:00', '2026-08-26 16:00'),
  ...platformSeptember,
}

export const robawsTickets = {
  'tickets/any-resolve': unstated,
  'tickets/any-respond/T-01': ticket('met', '1:00', '8:00', '2026-01-07 17:00'),
  'tickets/any-respond/T-02': unstated,
  'tickets/any-respond/T-03': ticket('breached', '8:20', '8:00', '2026-02-09 17:00'),
  'tickets/any-respond/T-04': ticket('met', '2:00', '8:00', '2026-03-06 17:00'),
  'tickets/any-respond/T-05': ticket('met', '7:00', '8:00', '2026-04-07 17:00'),
  'tickets/any-respond/T-06': ticket('met', '7:59', '8:00', '2026-05-15 17:00'),
  'tickets/any-respond/T-07': ticket('met', undefined, '8:00', '2026-05-18 17:00'),
  'tickets/any-respond/T-08': ticket('unverified', ['8:00', '16:00'], '8:00'),
  'tickets/any-respond/T-09': ticket('breached', '56:00', '8:00', '2026-06-01 17:00'),
  'tickets/any-respond/T-10': ticket('pending', '0:00', '8:00', '2026-06-10 17:00'),
}

export const stafizIncidents = {
  'incidents/blocking-workaround/I-01': ticket('met', '1:55', '24:00', '2023-09-15 14:05'),
  'incidents/blocking-workaround/I-02': ticket('met', '2:50', '24:00', '2024-05-30 08:10'),
  'incidents/blocking-workaround/I-03': ticket('met', '23:30', '24:00', '2024-11-12 18:00'),
  'incidents/blocking-workaround/I-04': ticket('breached', '47:00', '24:00', '2025-03-05 10:00'),
  'incidents/inconvenient-resolve/I-05': ticket('breached', '91:00', '72:00', '2025-05-27 15:00'),
  'incidents/inconvenient-resolve/I-06': ticket('met', '71:00', '72:00', '2025-06-03 10:00'),
  'incidents/blocking-workaround/I-07': ticket('breached', '30:00', '24:00', '2025-09-16 09:00'),
  'incidents/minor-respond/I-08': ticket('met', '25:00', '720:00', '2026-02-24 10:00'),
  'incidents/minor-respond/I-09': ticket('breached', '768:00', '720:00', '2026-03-16 09:00'),
  'incidents/I-10': 'unverified',
  // Solved in between: 7 + 24 + 24 + 9. Another 40 h from Monday at 09:00: 15 + 24 + 1.
  'incidents/inconvenient-resolve/I-11': ticket('met', '38:00', '72:00', '2026-04-22 01:00', '64:00'),
  'incidents/inconvenient-resolve/I-12': 'unverified',
  'incidents/inconvenient-resolve/I-13': ticket('breached', '96:00', '72:00', '2026-06-18 09:00'),
  'incidents/minor-respond/I-14': ticket('pending', '386:00', '720:00', '2026-10-05 10:00'),
  'incidents/blocking-workaround/I-15': ticket('pending', '3:30', '24:00', '2026-09-16 08:30'),
  // The log begins on 1 July 2023.
  'incidents/uncovered': 'unverified',
}

export const timetonicTickets = {
  'tickets/bug-resolve': unstated,
  'tickets/incident-respond/C-01': ticket('met', '0:45', '1:00', '2026-04-06 10:30'),
  'tickets/incident-resolve/C-01': ticket('met', '1:50', '2:00', '2026-04-06 11:30'),
  'tickets/incident-respond/C-02': ticket('met', '0:20', '1:00', '2026-04-16 10:00'),
  'tickets/incident-resolve/C-02': ticket('met', '1:30', '2:00', '2026-04-16 11:00'),
  'tickets/incident-respond/C-03': ticket('breached', '1:08', '1:00', '2026-04-23 11:02'),
  'tickets/incident-resolve/C-03': ticket('met', '1:43', '2:00', '2026-04-23 12:02'),
  'tickets/incident-respond/C-04': ticket('met', '1:00', '1:00', '2026-05-13 10:30'),
  'tickets/incident-resolve/C-04': ticket('breached', '2:30', '2:00', '2026-05-13 11:30'),
  'tickets/incident-respond/C-05': ticket('breached', '1:15', '1:00', '2026-05-19 15:05'),
  'tickets/incident-resolve/C-05': ticket('met', '1:45', '2:00', '2026-05-19 16:05'),
  'tickets/incident-respond/C-06': ticket('met', '0:20', '1:00', '2026-05-28 12:00'),
  'tickets/incident-resolve/C-06': ticket('met', '1:30', '2:00', '2026-05-29 16:30', '12:30'),
  'tickets/incident-respond/C-07': ticket('met', '0:10', '1:00', '2026-06-08 11:00'),
  'tickets/incident-resolve/C-07': ticket('met', '1:50', '2:00', '2026-06-09 10:30', '7:30'),
  'tickets/incident-respond/C-08': ticket('met', '0:30', '1:00', '2026-06-10 15:00'),
  'tickets/incident-resolve/C-08': ticket('breached', '2:15', '2:00', '2026-06-10 17:30', '1:30'),
  'tickets/bug-respond/C-09': ticket('met', '0:40', '1:00', '2026-06-16 11:00'),
  'tickets/bug-respond/C-10': ticket('met', '0:30', '1:00', '2026-06-18 10:30'),
  'tickets/incident-resolve/C-10': ticket('breached', '2:30', '2:00', '2026-06-18 11:30'),
  'tickets/incident-respond/C-11': ticket('met', '0:20', '1:00', '2026-06-22 10:30'),
  'tickets/incident-respond/C-12': ticket('met', '0:05', '1:00', '2026-07-01 11:00'),
  'tickets/incident-resolve/C-12': ticket('unverified', ['1:00', '3:00'], '2:00'),
  'tickets/incident-respond/C-13': ticket('met', '0:50', '1:00', '2026-07-03 18:00'),
  // An hour and a half until closing, the rest on Monday.
  'tickets/incident-resolve/C-13': ticket('met', '0:50', '2:00', '2026-07-06 10:00'),
  'tickets/incident-respond/C-14': ticket('met', '0:20', '1:00', '2026-07-07 17:00'),
  'tickets/incident-resolve/C-14': ticket('breached', '5:00', '2:00', '2026-07-07 18:00'),
  'tickets/incident-respond/C-15': ticket('met', '0:30', '1:00', '2026-07-08 12:20'),
  'tickets/incident-resolve/C-15': ticket('pending', '0:40', '2:00', '2026-07-08 13:20'),
  'tickets/incident-respond/C-16': ticket('pending', '0:15', '1:00', '2026-07-08 12:45'),
  'tickets/incident-resolve/C-16': ticket('pending', '0:15', '2:00', '2026-07-08 13:45'),
}
