import type { Happened } from '../records.ts'

/** `0`: not known; `null`: has not happened. */
export type Code = readonly [earliest: number, latest: number] | null | 0

export function coded(stamp: Happened): Code {
  return stamp === undefined ? 0 : stamp === null ? null : [stamp.earliest, stamp.latest]
}

export function decoded(code: Code): Happened {
  return code === 0 ? undefined : code === null ? null : { earliest: code[0], latest: code[1] }
}

/** The earliest that is told; else whether it has not happened, or is not known. */
export function earliestTold(stamps: Iterable<Happened>): Happened {
  let found: Happened
  for (const stamp of stamps) {
    if (stamp === undefined) continue
    if (stamp === null) found ??= null
    else if (found === undefined || found === null) found = stamp
    else if (stamp.earliest < found.earliest || (stamp.earliest === found.earliest && stamp.latest < found.latest)) {
      found = stamp
    }
  }
  return found
}
