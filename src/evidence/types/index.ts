import { acceptance } from './acceptance.ts'
import { advisory } from './advisory.ts'
import { backup } from './backup.ts'
import { backupCopy } from './backup-copy.ts'
import { backupDeletion } from './backup-deletion.ts'
import { check } from './check.ts'
import { control } from './control.ts'
import { coverage } from './coverage.ts'
import { epss } from './epss.ts'
import { incident } from './incident.ts'
import { inventory } from './inventory.ts'
import { knownExploited } from './known-exploited.ts'
import { maintenance } from './maintenance.ts'
import { measurement } from './measurement.ts'
import { COUNTED_TYPES } from './names.ts'
import { outage } from './outage.ts'
import type { RecordType, Shape } from './record-type.ts'
import { recoveryPoint } from './recovery-point.ts'
import { requests } from './requests.ts'
import { restore } from './restore.ts'
import { scan } from './scan.ts'
import { score } from './score.ts'
import { ticket } from './ticket.ts'
import { ticketChange } from './ticket-change.ts'
import { verification } from './verification.ts'
import { vex } from './vex.ts'
import { vulnerability } from './vulnerability.ts'

/** The record types that are read. */
export const RECORD_TYPES: readonly RecordType[] = [
  outage,
  check,
  requests,
  measurement,
  maintenance,
  ticket,
  ticketChange,
  vulnerability,
  advisory,
  score,
  acceptance,
  vex,
  knownExploited,
  epss,
  scan,
  backup,
  backupCopy,
  backupDeletion,
  verification,
  inventory,
  restore,
  recoveryPoint,
  incident,
  control,
  coverage,
]

/** All record types: those that are read and those that are only recognised and counted. */
export const SHAPES: readonly Shape[] = [...RECORD_TYPES, ...COUNTED_TYPES]
