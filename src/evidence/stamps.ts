import type { Moment } from '../model/interval.ts'
import { startOfDay, toInstant } from '../time/local.ts'
import { fastInstant, parseStamp, wall } from '../time/stamp.ts'
import type { Zone } from '../time/zone.ts'
import type { StampParser } from './time-format.ts'

/** Why a stamp can't be used. */
export interface StampFlaw {
  readonly message: string
  readonly hint?: string
  /** Only the zone is not known: what is wrong with one such stamp of a file is wrong with all. */
  readonly zoneless?: true
}

/** Reads the stamps of one file. */
export interface Stamps {
  /** Epoch ms of a stamp with a time of day; NaN for anything else: `flaw` tells why. */
  instant(text: string): number
  /** The instant, or the local day that a date alone stands for. */
  moment(text: string): Moment | StampFlaw
  /** Why `instant` gave NaN. */
  flaw(text: string): StampFlaw
  /** Whether some stamp needed the zone. */
  readonly usedZone: boolean
  /** Whether stamps with an offset of their own were read, and none without one was met. */
  readonly offsets: boolean
}

export interface StampOptions {
  readonly zone?: Zone
  readonly format?: StampParser
  /** Called for a local time that the zone shows twice or never, once for each. */
  doubtful(message: string): void
}

// 02/05/2026 10:00, 2.5.26, 2026/05/02, May 2 2026, 1777629600: times, but of another form.
const FOREIGN = /^(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|[A-Z][a-z]{2,8}\.? \d|\d{10}(?:\d{3})?$)/
const FORMAT_HINT =
  'say how times are written with --map FILE, in it such as time-format: "DD/MM/YYYY HH:mm" or epoch-s'

/** Stamps without offset are read in the zone: the earlier of two instants, or moved forward over a gap. */
export function makeStamps(options: StampOptions): Stamps {
  const { zone, format } = options
  const parse = format ?? parseStamp
  const doubted = new Set<number>()
  let usedZone = false
  let withOffset = false
  let without = false

  function placed(local: number): number {
    if (zone === undefined) return Number.NaN
    usedZone = true
    const { at, kind } = toInstant(zone, local)
    if (kind !== 'exact' && !doubted.has(local)) {
      doubted.add(local)
      const taken = wall(at + zone.offsetAt(at))
      options.doubtful(
        kind === 'ambiguous'
          ? `${wall(local)} happens twice in ${zone.name}: the first is taken`
          : `${wall(local)} does not exist in ${zone.name}: read as ${taken}`,
      )
    }
    return at
  }

  function instant(text: string): number {
    if (format === undefined) {
      const at = fastInstant(text)
      if (!Number.isNaN(at)) {
        withOffset = true
        return at
      }
    }
    const stamp = parse(text)
    if (stamp.kind === 'instant') {
      withOffset = true
      return stamp.at
    }
    return stamp.kind === 'local' ? placed(stamp.local) : Number.NaN
  }

  function moment(text: string): Moment | StampFlaw {
    const at = instant(text)
    if (!Number.isNaN(at)) return { earliest: at, latest: at }
    const stamp = parse(text)
    if (stamp.kind !== 'date' || zone === undefined) return flaw(text)
    usedZone = true
    return { earliest: startOfDay(zone, stamp.day), latest: startOfDay(zone, stamp.day + 1) }
  }

  function flaw(text: string): StampFlaw {
    const stamp = parse(text)
    if (stamp.kind === 'bad') {
      const foreign = format === undefined && FOREIGN.test(text)
      return foreign ? { message: stamp.message, hint: FORMAT_HINT } : stamp
    }
    without = true
    if (zone === undefined) {
      const what = stamp.kind === 'local' ? 'stamp without an offset' : 'a date needs a time zone'
      return { message: `${what}: "${text}"`, hint: 'say its zone, such as --tz Europe/Paris', zoneless: true }
    }
    return { message: `"${text}" is a whole day: expected a time such as 2026-05-01T10:00:00+02:00` }
  }

  return {
    instant,
    moment,
    flaw,
    get usedZone() {
      return usedZone
    },
    get offsets() {
      return withOffset && !without
    },
  }
}
