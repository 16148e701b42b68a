import type { Bounds } from './bounds.ts'
import type { Elsewhere, Untold } from './copy-places.ts'
import { missingStamp } from './doubt.ts'
import { momentText, type Reason } from './lost.ts'
import type { BackupRules, Copies } from './rules.ts'
import type { Candidate, Series } from './series.ts'

/** One backup with its copies elsewhere, and what is promised of them. */
export interface Copied {
  readonly candidate: Candidate
  readonly completed: Bounds
  readonly places: Elsewhere
  readonly untold: Untold
  readonly series: Series
  readonly rules: BackupRules
  readonly copies: Copies
}

/** Why it is not known whether there are enough copies. `told`: rows tell of enough of them. */
export function whyUnknownCopy({ candidate, places, series, copies }: Copied, told: boolean): Reason {
  if (!told) {
    const why = `not every transfer is told, so there may be a copy at another ${copies.differs}`
    return { reason: 'copies-unknown', why }
  }
  if (places.reference === undefined || places.unplaced) {
    return { reason: 'place-unknown', why: `no ${copies.differs} tells whether a copy is elsewhere` }
  }
  for (const { made, deleted, primary } of candidate.backup.copies) {
    if (primary) continue
    if (made && made.earliest !== made.latest) {
      return { reason: 'stamp-inexact', why: `copied ${momentText(made, series.zone)}, known to the day only` }
    }
    if (deleted && deleted.earliest !== deleted.latest) {
      const why = `its copy was deleted ${momentText(deleted, series.zone)}, known to the day only`
      return { reason: 'stamp-inexact', why }
    }
    if (made === undefined) {
      return { reason: 'stamp-missing', why: 'no row tells when its copy was complete, only listings show it' }
    }
  }
  const missing = missingStamp(candidate)
  if (missing !== undefined) return missing
  return { reason: 'deletions-unknown', why: 'no log tells whether its copy was still there' }
}
