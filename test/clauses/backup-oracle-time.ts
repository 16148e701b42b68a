import { IANAZone } from 'luxon'

/** Time in ticks of half an hour since 1970; every stamp of the cases lies on one. */
export const TICK = 1_800_000
export const DAY = 48

export type Unit = 'h' | 'days' | 'weeks' | 'months'
export interface Amount {
  readonly n: number
  readonly unit: Unit
}

export interface Wall {
  /** Local ticks of an instant. */
  local(tick: number): number
  /** The first instant that shows a local time; a skipped one moves forward. */
  instant(local: number): number
  plus(tick: number, amount: Amount): number
  /** Number of the local date, week (ISO) or month that an instant lies in. */
  unitOf(tick: number, unit: 'day' | 'week' | 'month'): number
  /** Its first instant. */
  startOf(number: number, unit: 'day' | 'week' | 'month'): number
}

const walls = new Map<string, Wall>()

/** Wall clocks by trial: no rule of any zone is known here, only what its clock shows at each tick. */
export function wallOf(name: string): Wall {
  const known = walls.get(name)
  if (known !== undefined) return known
  const zone = IANAZone.create(name)
  const offsets = new Map<number, number>()
  const offset = (tick: number): number => {
    const kept = offsets.get(tick)
    if (kept !== undefined) return kept
    const found = zone.offset(tick * TICK) / 30
    offsets.set(tick, found)
    return found
  }
  const local = (tick: number): number => tick + offset(tick)
  const instant = (wanted: number): number => {
    let before = wanted - 30
    for (let tick = wanted - 30; tick <= wanted + 30; tick++) {
      if (local(tick) === wanted) return tick
      if (local(tick) < wanted) before = tick
    }
    return wanted - offset(before)
  }
  const firstDay = (number: number, unit: 'day' | 'week' | 'month'): number => {
    if (unit === 'day') return number
    // 1 January 1970 was a Thursday.
    if (unit === 'week') return number * 7 - 3
    return Date.UTC(Math.floor(number / 12), ((number % 12) + 12) % 12, 1) / 86_400_000
  }
  const wall: Wall = {
    local,
    instant,
    plus: (tick, { n, unit }) => {
      if (unit === 'h') return tick + 2 * n
      const at = local(tick)
      if (unit !== 'months') return instant(at + n * DAY * (unit === 'weeks' ? 7 : 1))
      const day = Math.floor(at / DAY)
      const date = new Date(day * 86_400_000)
      const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + n
      const last = firstDay(month + 1, 'month') - 1
      return instant(Math.min(firstDay(month, 'month') + date.getUTCDate() - 1, last) * DAY + (at - day * DAY))
    },
    unitOf: (tick, unit) => {
      const day = Math.floor(local(tick) / DAY)
      if (unit === 'day') return day
      if (unit === 'week') return Math.floor((day + 3) / 7)
      const date = new Date(day * 86_400_000)
      return date.getUTCFullYear() * 12 + date.getUTCMonth()
    },
    startOf: (number, unit) => instant(firstDay(number, unit) * DAY),
  }
  walls.set(name, wall)
  return wall
}

/**
 * Instants asked: sample 2t is the tick itself, 2t + 1 stands for all the time between it and the next one. Nothing
 * changes in between, so asking all samples asks every instant.
 */
export type Samples = ReadonlySet<number>

export function samples(from: number, to: number, test: (sample: number) => boolean): Set<number> {
  const out = new Set<number>()
  for (let sample = 2 * from; sample < 2 * to; sample++) if (test(sample)) out.add(sample)
  return out
}

export const within = (sample: number, from: number, to: number): boolean => sample >= 2 * from && sample < 2 * to

/** Texts as contracts write them. */
export function written({ n, unit }: Amount): string {
  return unit === 'h' ? `${n}h` : `${n} ${n === 1 ? unit.slice(0, -1) : unit}`
}

export const stamp = (tick: number): string => new Date(tick * TICK).toISOString().replace('.000Z', 'Z')
