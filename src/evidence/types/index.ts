import { check } from './check.ts'
import { coverage } from './coverage.ts'
import { maintenance } from './maintenance.ts'
import { measurement } from './measurement.ts'
import { COUNTED_TYPES } from './names.ts'
import { outage } from './outage.ts'
import type { RecordType, Shape } from './record-type.ts'
import { requests } from './requests.ts'
import { ticket } from './ticket.ts'
import { ticketChange } from './ticket-change.ts'

/** The record types that are read. */
export const RECORD_TYPES: readonly RecordType[] = [
  outage,
  check,
  requests,
  measurement,
  maintenance,
  ticket,
  ticketChange,
  coverage,
]

/** All record types: those that are read and those that are only recognised and counted. */
export const SHAPES: readonly Shape[] = [...RECORD_TYPES, ...COUNTED_TYPES]
