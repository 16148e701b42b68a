import fc from 'fast-check'
import { MINUTE } from '../support/instants.ts'
import type { Calendar, Hours, Terms } from './support-oracle.ts'

/** Zones, each with UTC days at which something happens to its clock, or nothing. */
export const PLACES: readonly (readonly [zone: string, day: string])[] = [
  ['Europe/Paris', '2026-05-06'],
  ['Europe/Paris', '2026-03-29'],
  ['Europe/Paris', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-04'],
  ['Australia/Lord_Howe', '2026-10-03'],
  ['Asia/Kathmandu', '2026-06-03'],
  ['America/Sao_Paulo', '2017-10-15'],
  ['America/Sao_Paulo', '2018-02-18'],
  ['Africa/Cairo', '2023-04-28'],
  ['Africa/Cairo', '2023-10-26'],
  ['Pacific/Apia', '2011-12-30'],
  ['Pacific/Apia', '2011-09-24'],
]

/** A zone and the UTC minute at which the tickets begin, some days before the clock changes. */
export const places = fc
  .record({ place: fc.constantFrom(...PLACES), lead: fc.integer({ min: 0, max: 6 }) })
  .map(({ place: [zone, day], lead }) => ({ zone, base: Date.parse(`${day}T00:00:00Z`) / MINUTE - lead * 1440 }))

const h = (hours: number) => hours * 60
const office: readonly Hours[] = [
  [[h(9), h(18)]],
  [[h(8.5), h(17)]],
  [
    [h(9), h(12.5)],
    [h(13.5), h(18)],
  ],
  [
    [h(8), h(10)],
    [h(11), h(14)],
    [h(15.25), h(20)],
  ],
  [
    [h(9), h(13)],
    [h(12), h(17)],
  ],
  [[h(0), h(24)]],
]
const smallHours: readonly Hours[] = [[[h(0), h(3)]], [[h(2.5), h(4)]], [[h(1.5), h(5)]], [[h(22), h(24)]]]
const nights: readonly Hours[] = [
  [[h(20), h(28)]],
  [[h(22), h(30)]],
  [
    [h(9), h(12)],
    [h(21.5), h(29.25)],
  ],
]

const evenWeek = (hours: readonly Hours[]) =>
  fc
    .tuple(fc.constantFrom(...hours), fc.constantFrom('mon-fri', 'mon-sat', 'daily', 'weekend'))
    .map(([on, days]): readonly Hours[] =>
      [0, 1, 2, 3, 4, 5, 6].map(day =>
        days === 'daily' ||
        (days === 'mon-fri' && day < 5) ||
        (days === 'mon-sat' && day < 6) ||
        (days === 'weekend' && day > 4)
          ? on
          : [],
      ),
    )
const mixedWeek = (hours: readonly Hours[]) =>
  fc
    .array(fc.constantFrom<Hours>(...hours, []), { minLength: 7, maxLength: 7 })
    .filter(week => week.filter(on => on.length > 0).length >= 3)

export interface Desk extends Calendar {
  readonly night: boolean
}

/** Offices, lunch breaks, round the clock, small hours, night shifts; holidays and exceptions near the tickets. */
export const desks = (base: number): fc.Arbitrary<Desk> => {
  const dates = fc.integer({ min: -1, max: 18 }).map(day => Math.floor(base / 1440) + day)
  const of = (hours: readonly Hours[], night: boolean) =>
    fc.record<Desk>({
      week: fc.oneof(evenWeek(hours), mixedWeek(hours)),
      holidays: fc.oneof(fc.constant<number[]>([]), fc.array(dates, { maxLength: 2 })),
      except: fc.oneof(
        fc.constant<(readonly [number, Hours])[]>([]),
        fc.uniqueArray(fc.tuple(dates, fc.constantFrom<Hours>(...hours, [])), {
          maxLength: 2,
          selector: ([date]) => date,
        }),
      ),
      night: fc.constant(night),
    })
  return fc.oneof(
    { weight: 3, arbitrary: of(office, false) },
    { weight: 1, arbitrary: of([...smallHours, ...office], false) },
    { weight: 2, arbitrary: of([...nights, [[h(9), h(18)]]], true) },
  )
}

/** The desk without what leaves two readings of a business day: nights beside a holiday or a day that never was. */
export function withoutDoubt(desk: Desk, terms: Terms, zone: string): Desk {
  const days = Object.values(terms.priorities).some(p => Object.values(p).some(a => a.kind === 'business-days'))
  if (!desk.night || !days) return desk
  const week = zone === 'Pacific/Apia' || terms.customerTimezone ? new Array<Hours>(7).fill([[h(9), h(18)]]) : desk.week
  return { ...desk, week, holidays: [], except: week === desk.week ? desk.except : [] }
}
