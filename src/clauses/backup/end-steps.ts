import type { Copy, Verification } from '../../evidence/backups/records.ts'
import type { Step } from '../../model/finding.ts'
import type { Interval, Moment } from '../../model/interval.ts'
import type { Candidate } from './series.ts'

/** Why a copy is no longer there: its deletion, or the listing that lacks it. */
export function endSteps(copy: Copy, { backup }: Candidate, several: boolean): readonly Step[] {
  const where = several && copy.location !== '' ? ` from ${copy.location}` : ''
  const steps: Step[] = []
  const { deleted, deletedBy, listed, origin, location, expires } = copy
  if (deleted != null) {
    const why = `${backup.id}: deleted${where}`
    steps.push({ at: span(deleted), effect: 'note', reason: 'deleted', why, origin: deletedBy ?? origin })
  }
  const gone = listed.find(({ there }) => !there)
  if (gone !== undefined && deleted == null) {
    const why = `${backup.id}: no longer listed${location === '' ? '' : ` at ${location}`}`
    const [by] = gone.origins
    steps.push({
      at: span(gone.first),
      effect: 'note',
      reason: 'not-listed',
      why,
      ...(by !== undefined && { origin: by }),
    })
  }
  if (expires !== undefined && deleted == null && gone === undefined) {
    const why = `${backup.id}: expires${where}, as configured: no proof of anything`
    steps.push({ at: span(expires), effect: 'note', reason: 'expires', why, origin })
  }
  return steps
}

/** A verification that failed. */
export function failedCheck({ at, location, origin }: Verification, { backup }: Candidate): Step {
  const where = location === undefined ? '' : ` at ${location}`
  return {
    at: span(at),
    effect: 'note',
    reason: 'verification-failed',
    why: `${backup.id}: a verification failed${where}`,
    origin,
  }
}

/** From the earliest to the latest that it can be. */
export function span({ earliest, latest }: Moment): Interval {
  return { start: earliest, end: latest }
}

/** A stretch of no length. */
export function instant(at: number): Interval {
  return { start: at, end: at }
}
