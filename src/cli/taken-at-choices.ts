import type { ReadOptions } from '../evidence/evidence.ts'
import { usageError } from './usage.ts'

/**
 * `2026-05-01T06:00:00Z`, or only for files that fit a glob: `audit-*.json=2026-05-01T06:00:00Z`. A time without an
 * offset is one of the zone `tz`. A usage error for anything else.
 */
export async function takenAtChoices(
  texts: readonly string[],
  tz: string | undefined,
): Promise<NonNullable<ReadOptions['takenAt']>> {
  const { parseStamp } = await import('../time/stamp.ts')
  const found: { files?: string; at: number; note?: string }[] = []
  for (const text of texts) {
    const split = text.lastIndexOf('=')
    const glob = text.slice(0, Math.max(split, 0)).trim()
    const instant = text.slice(split + 1).trim()
    const stamp = parseStamp(instant)
    const files = glob === '' ? {} : { files: glob }
    if (split === 0) throw bad(`"${text}" has nothing before the "="`)
    if (stamp.kind === 'instant') found.push({ ...files, at: stamp.at })
    else if (stamp.kind === 'bad') throw bad(stamp.message)
    else if (stamp.kind === 'date') throw bad(`"${instant}" has no time`)
    else if (tz === undefined) throw bad(`"${instant}" has no offset`, '; or say the zone of such times with --tz')
    else found.push({ ...files, ...(await inZone(instant, tz)) })
  }
  return found
}

/** Twice shown, the earlier; skipped, moved forward: both with a note. */
async function inZone(instant: string, tz: string): Promise<{ at: number; note?: string }> {
  const [{ givenInstant }, { makeZones }, { processOffsets }] = await Promise.all([
    import('./given-instants.ts'),
    import('../time/zone.ts'),
    import('./process-offsets.ts'),
  ])
  const { at, notes } = givenInstant('--taken-at', instant, makeZones(processOffsets)(tz))
  const note = notes.find(one => one.startsWith('--taken-at'))
  return note === undefined ? { at } : { at, note }
}

function bad(why: string, more = ''): Error {
  const form = 'write [GLOB=]INSTANT, such as 2026-05-01T06:00:00Z or "audit-*.json=2026-05-01T06:00:00Z"'
  return usageError(`--taken-at: ${why}`, `${form}${more}`)
}
