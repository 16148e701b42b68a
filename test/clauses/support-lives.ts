import fc from 'fast-check'
import { PLACES } from './support-desks.ts'
import { type Amount, type Happening, type Life, PROMISES, type Promised, type Terms } from './support-oracle.ts'

export const quarters = (max: number) => fc.integer({ min: 1, max }).map(n => n * 15)

const amounts = (days: boolean): fc.Arbitrary<Amount> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constantFrom('time', 'business-time'), minutes: quarters(40) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom('time', 'business-time'),
        minutes: fc.constantFrom(0, 60, 1200, 2880),
      }),
    },
    ...(days
      ? [
          {
            weight: 3,
            arbitrary: fc.record({ kind: fc.constant('business-days' as const), days: fc.integer({ min: 1, max: 4 }) }),
          },
          {
            weight: 1,
            arbitrary: fc.record({ kind: fc.constant('days' as const), days: fc.integer({ min: 1, max: 6 }) }),
          },
        ]
      : []),
  ) as fc.Arbitrary<Amount>

const byHour: fc.Arbitrary<Amount> = fc.oneof(
  { weight: 9, arbitrary: amounts(true) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('by-calendar' as const),
      core: amounts(false),
      otherwise: amounts(false),
    }),
  },
)

const priority = fc
  .record<Readonly<Record<Promised, Amount>> & { readonly only: Promised | null }>({
    respond: byHour,
    workaround: amounts(true),
    resolve: byHour,
    // Which stretch is the longest is plain where each may take equally long.
    'update-every': amounts(false),
    report: amounts(true),
    only: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(...PROMISES) }),
  })
  .map(({ only, ...all }): Readonly<Partial<Record<Promised, Amount>>> => (only === null ? all : { [only]: all[only] }))

export const termsOf: fc.Arbitrary<Terms> = fc.record<Terms>({
  clock: fc.constantFrom('calendar', 'calendar', 'always'),
  businessDay: fc.constantFrom('end-of-day', 'same-time', 'working-hours'),
  pausedIn: fc.constantFrom([], ['waiting'], ['waiting'], ['waiting', 'vendor']),
  onReopen: fc.constantFrom('continue', 'restart', 'first-resolve', 'last-resolve'),
  onPriorityChange: fc.constantFrom('carry', 'carry', 'at-open', 'strictest'),
  from: fc.constantFrom('opened', 'opened', 'opened', 'reported', 'responded'),
  unprioritised: fc.constantFrom(null, 'P2'),
  workaroundCounts: fc.boolean(),
  autoReplyCounts: fc.boolean(),
  customerTimezone: fc.integer({ min: 0, max: 9 }).map(n => n === 0),
  priorities: fc.record({ P1: priority, P2: priority, P3: priority }),
})

const KINDS = [
  'answer',
  'answer',
  'auto-replied',
  'updated',
  'paused',
  'paused',
  'resumed',
  'resumed',
  'status',
  'status',
  'workaround',
  'resolved',
  'resolved',
  'closed',
  'reopened',
  'reopened',
  'reopened',
  'priority',
  'report-sent',
] as const

const gaps = fc.oneof(
  { weight: 4, arbitrary: quarters(30) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 700 }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 4 * 96 }).map(n => n * 15) },
)

interface Draft {
  readonly kind: (typeof KINDS)[number]
  readonly gap: number
  readonly pick: number
}

const drafts = fc.array(
  fc.record<Draft>({ kind: fc.constantFrom(...KINDS), gap: gaps, pick: fc.integer({ min: 0, max: 11 }) }),
  { maxLength: 11 },
)

const picked = (list: readonly string[], pick: number): string => list[pick % list.length] ?? ''

/** Up to eleven events that can follow each other, harmless oddities included; `quiet` keeps to the wide columns. */
export function lives(base: number, prefix = 'T', count = 5): fc.Arbitrary<readonly Life[]> {
  const life = fc.record({
    zone: fc.option(fc.constantFrom(...PLACES.map(([zone]) => zone)), { nil: null, freq: 4 }),
    opened: fc.oneof(quarters(9 * 96), fc.integer({ min: 0, max: 9 * 1440 })),
    priority: fc.constantFrom('P1', 'P1', 'P2', 'P3', 'P1', 'P2', null),
    before: fc.option(gaps, { nil: null, freq: 8 }),
    drafts,
    quiet: fc.boolean(),
  })
  return fc.array(life, { minLength: 1, maxLength: count }).map(list =>
    list.map((one, i): Life => {
      const opened = base + one.opened
      return {
        id: `${prefix}${i + 1}`,
        opened,
        priority: one.priority,
        reported: one.before === null ? null : opened - one.before,
        ...(one.zone !== null && { zone: one.zone }),
        events: happenings(opened, one.drafts, one.quiet),
      }
    }),
  )
}

const ONCE = new Set(['answer', 'workaround', 'resolved', 'closed', 'report-sent'])

function happenings(opened: number, list: readonly Draft[], quiet: boolean): readonly Happening[] {
  const out: Happening[] = []
  const seen = new Set<string>()
  let at = opened
  let resolved = false
  let paused = false
  for (const { kind, gap, pick } of list) {
    at += gap
    const once = ONCE.has(kind)
    if (quiet && (!once || (seen.has(kind) && kind !== 'answer'))) continue
    const add = (change: string, value?: string) => out.push({ at, change, ...(value !== undefined && { value }) })
    const odd = pick === 0
    if (kind === 'answer' && !(quiet && seen.has(kind)))
      add(seen.has(kind) || (pick > 8 && !quiet) ? 'replied' : 'responded')
    else if (kind === 'auto-replied' || kind === 'updated') add(kind)
    else if (kind === 'paused' && !resolved) {
      add(kind, pick < 5 ? undefined : picked(['waiting', 'vendor'], pick))
      paused = true
    } else if (kind === 'resumed' && !resolved && (paused || odd)) {
      add(kind)
      paused = false
    } else if (kind === 'status' && !resolved) {
      add(kind, picked(['waiting', 'open', 'vendor', 'working'], pick))
      paused = true
    } else if (kind === 'workaround' && !paused && !seen.has(kind)) add(kind)
    else if (kind === 'resolved' && (!resolved || odd)) {
      add(kind)
      resolved = true
      paused = false
    } else if (kind === 'closed' && (resolved || pick < 4)) {
      add(kind)
      resolved = true
      paused = false
    } else if (kind === 'reopened' && (resolved || (odd && !paused))) {
      add(kind)
      resolved = false
    } else if (kind === 'priority')
      add(kind, picked(['P1', 'P2', 'P3', 'P1', 'P2', 'P3', 'P1', 'P2', 'P3', 'P1', 'P2', 'P9'], pick))
    else if (kind === 'report-sent' && resolved && !seen.has(kind)) add(kind)
    else continue
    seen.add(kind)
  }
  return out
}

/** A column calls the first answer `responded`, whichever word the change has. */
export function answered(life: Life): Life {
  const first = life.events.find(e => e.change === 'responded' || e.change === 'replied')
  return { ...life, events: life.events.map(e => (e === first ? { ...e, change: 'responded' } : e)) }
}
