import type { AvailabilityBody } from '../../../clauses/availability/schema.ts'
import { HOUR } from '../../../time/civil.ts'
import { durationText } from '../../../time/duration.ts'
import { accountingText, stampsText, weightText } from './fields.ts'

/** What a promise says beside its share, window and hours, as far as that is not the default: one piece of text each. */
export function detailTexts(body: AvailabilityBody): readonly string[] {
  const { excluding = [], sources, degraded, partial } = body
  const counted = accountingText(body)
  const allDown = body['all-down']
  const when = body['down-when']
  const gaps = body['no-data']
  const traffic = body['no-traffic']
  const beginning = stampsText(body)
  return [
    ...(body.base === undefined ? [] : [divisorText(body)]),
    ...(counted === 'by time' ? [] : [counted]),
    ...(body.rounding === undefined ? [] : [roundingText(body)]),
    ...shortestText(body),
    ...(excluding.length === 0 ? [] : [`without ${excluding.join(', ')}`]),
    ...(excluding.length > 0 && body['excluded-time'] === 'counts-as-up' ? ['excluded time counts as up'] : []),
    ...(gaps === undefined || gaps === 'unknown' ? [] : [`time without data counts as ${gaps}`]),
    ...(traffic === undefined || traffic === 'up' ? [] : [`time without requests counts as ${traffic}`]),
    ...(degraded === undefined || weightText(degraded) === 'up' ? [] : [`degraded counts as ${weightText(degraded)}`]),
    ...(partial === undefined || weightText(partial) === 'down'
      ? []
      : [`a partial outage counts as ${weightText(partial)}`]),
    ...(beginning === 'its start' ? [] : [`from ${beginning}`]),
    ...(when === undefined || when === 'any' ? [] : [`down by ${when} of its locations`]),
    ...(allDown === undefined ? [] : [`down if ${allDown.join(', ')} are down at once`]),
    ...(sources === undefined ? [] : [`by ${sources.join(', ')}`]),
    ...(body.sampling === 'last-down' ? ['down to the last sample that is down'] : []),
    ...(body.sampling === 'midpoint' ? ['down to midway between two samples'] : []),
  ]
}

/** `of 720h`, `of the length of the window`. */
export function divisorText({ base }: AvailabilityBody): string {
  if (base === undefined) return 'of the length of the window'
  return `of ${base % HOUR === 0 ? `${base / HOUR}h` : durationText(base)}`
}

const MODES = {
  'half-up': 'rounded',
  'half-even': 'rounded (halves to even)',
  up: 'rounded up',
  down: 'rounded down',
}

/** `rounded to 1 decimal`, `not rounded`. */
export function roundingText({ rounding }: AvailabilityBody): string {
  if (rounding === undefined) return 'not rounded'
  const { decimals, mode } = rounding
  return `${MODES[mode]} to ${decimals === 0 ? 'whole percents' : decimals === 1 ? '1 decimal' : `${decimals} decimals`}`
}

function shortestText(body: AvailabilityBody): readonly string[] {
  const shortest = body['shortest-outage']
  if (shortest === undefined) return []
  const { ms, strict, after } = shortest
  const which = strict ? `outages over ${durationText(ms)}` : `outages from ${durationText(ms)} on`
  return [`${which}${after ? ' after exclusions' : ''}`]
}
