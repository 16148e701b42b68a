import type { Zone } from '../../../time/zone.ts'
import { type Frame, type Party, provenYears } from './frame.ts'
import { sameService, sameWindows } from './numbers.ts'

interface Laid {
  readonly party: Party
  readonly frame: Frame
  readonly wide: Frame
}

/** Zones and hours that make the windows of two promises differ where their texts need not, in words. */
export function clockRules(base: Laid, other: Laid): readonly string[] {
  const [a, b] = [base.party, other.party]
  const moved = !sameWindows(base.frame, other.frame) && !sameClock(a.zone, b.zone)
  const windows = moved ? [`windows by the clock of ${b.zone.name}, in the base by that of ${a.zone.name}`] : []
  const [ours, theirs] = [a.body.during ?? 'always', b.body.during ?? 'always']
  if (ours === 'always' || theirs === 'always' || sameService(base.frame, other.wide)) return windows
  const [from, to] = [a, b].map(({ contract }, i) => contract.calendars.get([ours, theirs][i] ?? '')?.zone)
  if (from !== to) return [...windows, `${theirs} is in ${to}, ${ours} in the base in ${from}`]
  return ours === theirs ? [...windows, `${theirs} has other hours or days than in the base`] : windows
}

/** Whether two zones have the same time on the wall throughout the years of proof. */
export function sameClock(a: Zone, b: Zone): boolean {
  if (a.name === b.name) return true
  const { start, end } = provenYears(a)
  const [one, two] = [a, b].map(zone =>
    JSON.stringify(zone.segments(start, end).map(({ start, offset }) => [start, offset])),
  )
  return one === two
}
