import type { WitnessRow } from '../../../model/comparison.ts'
import type { Interval } from '../../../model/interval.ts'
import { DAY, MINUTE } from '../../../time/civil.ts'
import { durationText } from '../../../time/duration.ts'
import { clip, type Intervals, subtract, total } from '../../../time/interval.ts'
import type { Candidate } from '../../rule.ts'
import { fitting } from '../support/cells.ts'
import { type Bench, type Stand, taken, told } from './bench.ts'
import type { Bound } from './frame.ts'
import { placesOf } from './work.ts'

/**
 * Logs in which time is left out that was no downtime, so that the window and what it allows shrink: an outage that
 * one of the two allows is too long for what remains of the other.
 */
export function* shrinkLogs(bench: Bench, broken: Stand, kept: Stand): Iterable<Candidate> {
  const leaves = broken.body['excluded-time'] !== 'counts-as-up' && broken.body.base === undefined
  if (!leaves || broken.exclusions.length === 0) return
  const window = broken.years[0]
  if (window === undefined) return
  for (const exclusion of broken.exclusions) {
    for (const place of placesOf(window, broken, kept)) {
      const filler = fillerIn(place, window)
      const rest = subtract(clip(broken.frame.service.list, window), filler)
      const cells = fitting(exclusion.where ?? [])
      for (const ms of lengths(window, broken, kept, filler)) {
        const outage = taken(rest, ms)
        if (outage === undefined) continue
        const down = outage.map(at => bench.outage(at))
        for (const cause of exclusion.event === 'outage' ? (exclusion.cause ?? ['']) : ['']) {
          const without = filler.map(
            (at): WitnessRow =>
              exclusion.event === 'outage'
                ? bench.outage(at, { ...(cause !== '' && { cause }), ...cells, severity: 'degraded' })
                : bench.work(at, at.start - 60 * DAY, { ...cells, impact: 'none' }),
          )
          const what = exclusion.event === 'outage' ? 'outages' : 'work'
          const share = exclusion.cap === undefined ? 'left out' : `of which ${exclusion.cap.text} is left out`
          const story = `${told(outage)}, and ${durationText(total(filler))} of ${what} without an effect, ${share}`
          yield bench.log(window, [...without, ...down], story)
        }
      }
    }
  }
}

/** All of the place but the window's last days, or every other day of it. */
function fillerIn(place: Intervals, { start, end }: Interval): Intervals {
  const all = clip(place, { start, end: Math.max(start, end - Math.min(3 * DAY, Math.floor((end - start) / 4))) })
  return all.length <= 60 ? all : [...all].sort((a, b) => b.end - b.start - (a.end - a.start)).slice(0, 60)
}

/** As much as the one allows, or part of it; more than the other does on what is left. */
function lengths(window: Bound, broken: Stand, kept: Stand, filler: Intervals): readonly number[] {
  const met = kept.frame.windows.filter(({ start, end }) => end > window.start && start < window.end)
  const most = Math.min(...met.map(one => one.most), window.service)
  const left = 1 - total(filler) / Math.max(1, window.service)
  const between = Math.max(0, Math.min(most, window.most * (1 + left) * 0.5))
  const all = [Math.floor(most * 0.9), between, most].map(ms => Math.floor(ms / MINUTE) * MINUTE)
  const { part, of } = broken.body.target.value
  return [...new Set(all)].filter(ms => ms > 0 && ms * of > (of - part) * (window.service * left))
}
