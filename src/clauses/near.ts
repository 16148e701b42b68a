import type { Interval, Moment } from '../model/interval.ts'
import { firstFrom } from './cover.ts'

/** Something that begins at a moment and matters until an instant; epoch ms. */
export interface Lasting<Item> {
  readonly at: Moment
  readonly until: number
  readonly item: Item
}

/**
 * Finds what begins by the end of a stretch and matters from its start on, in order of beginning, without looking at
 * everything: what lasts longer than `usual` ms is looked at each time.
 */
export function makeNear<Item>(list: readonly Lasting<Item>[], usual: number): (within: Interval) => readonly Item[] {
  const sorted = [...list].sort((a, b) => a.at.earliest - b.at.earliest)
  const isLong = ({ at, until }: Lasting<Item>): boolean => until - at.earliest > usual
  const long = sorted.filter(isLong)
  const short = sorted.filter(one => !isLong(one))
  return ({ start, end }) => {
    const near = [
      ...long.slice(0, firstFrom(long, end + 1)),
      ...short.slice(firstFrom(short, start - usual), firstFrom(short, end + 1)),
    ]
    return near
      .filter(({ until }) => until >= start)
      .sort((a, b) => a.at.earliest - b.at.earliest)
      .map(({ item }) => item)
  }
}
