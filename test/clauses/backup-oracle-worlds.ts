import fc from 'fast-check'
import { needs, promises, type Wanted } from './backup-oracle-kinds.ts'
import type { Range } from './backup-oracle-known.ts'
import type { Promised } from './backup-oracle-promises.ts'
import { DAY, wallOf } from './backup-oracle-time.ts'

/** What truly happened, and how much of it is told. All ticks are even (hours) but those of listings. */
export interface World {
  readonly zone: string
  readonly base: number
  readonly runs: readonly Run[]
  readonly asOf: number
  readonly period: Range
  readonly term: readonly [from: number, to?: number] | undefined
  readonly creations: 'declared' | 'part' | 'undeclared' | 'listed'
  readonly logged: readonly Range[]
  readonly deletions: 'log' | 'part' | 'cells' | 'none'
  readonly deletionsLogged: Range
  readonly listings: readonly {
    readonly at: number
    readonly complete: boolean | undefined
    readonly location: string
  }[]
  readonly chained: boolean
}

export interface Run {
  readonly id: string
  readonly component: string
  readonly start: number
  readonly end: number
  readonly status: string
  readonly life: number
  readonly copies: readonly {
    readonly location: string
    readonly delay: number
    readonly life: number
    readonly blind: boolean
  }[]
  readonly failed: { readonly after: number; readonly location?: string } | null
  readonly unknown: readonly string[]
  readonly full: boolean
  readonly stray: 'none' | 'unknown' | 'absent'
}

export const PLACES: Readonly<Record<string, { provider: string; region: string; country: string }>> = {
  a: { provider: 'one', region: 'west', country: 'FR' },
  b: { provider: 'two', region: 'west', country: 'DE' },
  c: { provider: 'one', region: 'east', country: 'US' },
  d: { provider: 'three', region: 'south', country: 'GB' },
}

const STARTS: readonly (readonly [zone: string, year: number, month: number, day: number])[] = [
  ['Europe/Paris', 2026, 2, 21],
  ['Europe/Paris', 2026, 9, 18],
  ['Europe/Paris', 2026, 5, 25],
  ['UTC', 2026, 4, 27],
  ['America/New_York', 2026, 2, 1],
  ['America/New_York', 2026, 9, 25],
  ['Australia/Lord_Howe', 2026, 2, 28],
  ['Australia/Lord_Howe', 2026, 8, 27],
]

const bases = fc.constantFrom(...STARTS).map(([zone, year, month, day]) => {
  return { zone, base: wallOf(zone).instant((Date.UTC(year, month, day) / 86_400_000) * DAY) }
})

/** A life that ends after every `as of`. */
export const FOREVER = 100_000

const hours = (min: number, max: number) => fc.integer({ min, max }).map(n => 2 * n)
const often = <T>(value: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.constantFrom(value, ...others) })

const runsOf = ({ days = 12, copies = false, chains = false, unknown = false, scale = 1 }: Wanted) => {
  const one = fc.record({
    hour: hours(0, 23),
    lasts: fc.oneof({ weight: 8, arbitrary: hours(1, 4) }, { weight: 1, arbitrary: hours(20, 60) }),
    component: fc.constantFrom('db', 'db', 'db', 'db', 'db', 'files', 'files', 'all'),
    status: often('success', 'failed', 'partial', 'warning', 'running'),
    life: fc.oneof(hours(4, 24 * 12 * scale), hours(24 * 2, 24 * 5 * scale), fc.constant(FOREVER)),
    copies: copies
      ? fc.array(
          fc.record({
            location: fc.constantFrom('b', 'c', 'd'),
            delay: hours(0, 40),
            life: fc.oneof(hours(4, 24 * 10), fc.constant(FOREVER)),
            blind: fc.integer({ min: 0, max: 9 }).map(n => n === 0),
          }),
          { maxLength: 2 },
        )
      : fc.constant<Run['copies']>([]),
    failed: chains
      ? fc.option(fc.record({ after: hours(1, 24 * 6), location: fc.constantFrom('a', 'b', '') }), { freq: 6 })
      : fc.constant(null),
    unknown: unknown ? often<readonly string[]>([], ['start'], ['end'], ['status']) : fc.constant([]),
    full: fc.boolean(),
    stray: often<Run['stray']>('none', 'unknown', 'absent'),
  })
  return fc
    .record({
      hour: hours(0, 23),
      days: fc.array(fc.array(one, { maxLength: 2 }), { minLength: 2, maxLength: days }),
      jitter: fc.boolean(),
    })
    .map(({ hour, days: list, jitter }) =>
      list.flatMap((day, i) =>
        day.map((run, j) => ({
          ...run,
          id: `r${i}-${j}`,
          // Most run at their hour; a second one of the day, and those of a world that jitters, do not.
          at: i * scale * DAY + (j === 0 && !jitter ? hour : run.hour),
        })),
      ),
    )
}

export type Case = keyof typeof promises
export const CASES = Object.keys(promises) as readonly Case[]

/** A world fit for a promise of that sort. */
export function worldsFor(name: Case): fc.Arbitrary<{ world: World; promise: Promised }> {
  const wanted = needs[name]
  const { scale = 1 } = wanted
  return fc
    .record({
      place: bases,
      promise: promises[name] as fc.Arbitrary<Promised>,
      runs: runsOf(wanted),
      asOf: hours(24 * 3, 24 * 18 * scale),
      from: wanted.cut ? hours(-48, 24 * 5) : fc.constant(-60 * DAY),
      to: wanted.cut ? hours(24 * 6, 24 * 22 * scale) : fc.constant(90 * scale * DAY),
      term: fc.record({ from: hours(-48, 60), to: fc.option(hours(24 * 7, 24 * 16 * scale), { freq: 2 }) }),
      hasTerm: name === 'points' ? fc.constant(true) : wanted.term ? fc.boolean() : fc.constant(false),
      creations: fc.constantFrom(...wanted.creations),
      logged: fc.tuple(
        hours(-48, 24 * 6),
        hours(0, 24 * 12 * scale),
        fc.option(fc.tuple(hours(4, 48), hours(6, 24 * 8))),
      ),
      deletions: fc.constantFrom(...(wanted.deletions ?? (['log', 'part', 'cells', 'none'] as const))),
      deletionsLogged: fc.tuple(hours(-48, 24 * 6), hours(12, 24 * 12 * scale)),
      listings: fc.uniqueArray(
        fc.record({
          at: fc.integer({ min: 0, max: 24 * 18 * scale }).map(n => 2 * n + 1),
          complete: fc.constantFrom(true, true, true, false, undefined),
          location: fc.constantFrom('a', 'a', 'b'),
        }),
        { selector: ({ at }) => at, maxLength: 8 },
      ),
      chained: wanted.chains ? fc.boolean() : fc.constant(false),
    })
    .map(({ place: { zone, base }, promise, runs, ...w }) => {
      const asOf = base + w.asOf
      const [begin, length, second] = w.logged
      const ranges: Range[] = [[base + begin, base + begin + length]]
      if (second !== null) {
        const next = base + begin + length + second[0]
        ranges.push([next, next + second[1]])
      }
      const isListed = w.creations === 'listed'
      const chained = w.chained && !isListed
      // Without a word on kinds nothing is full for certain: only what is asked of starts is judged so.
      const isAsked = promise.slot === 'schedule' || chained
      const period: Range = [base + w.from, base + w.to]
      const world: World = {
        zone,
        base,
        asOf,
        period: period[0] < asOf ? period : [asOf - 2, period[1]],
        term: w.hasTerm
          ? w.term.to === null
            ? [base + w.term.from]
            : [base + w.term.from, base + (w.term.to === w.asOf ? w.term.to + 1 : w.term.to)]
          : undefined,
        runs: runs.map(({ at, lasts, failed, copies, ...run }) => ({
          ...run,
          start: base + at,
          end: base + at + lasts,
          copies: isListed || run.status === 'failed' ? [] : (copies ?? []),
          failed:
            failed === null
              ? null
              : { after: failed.after, ...(failed.location !== '' && { location: failed.location }) },
        })),
        creations: w.creations,
        logged: ranges.filter(([a, b]) => a < Math.min(b, asOf)),
        deletions: isListed ? 'none' : w.deletions,
        deletionsLogged: [base + w.deletionsLogged[0], base + w.deletionsLogged[0] + w.deletionsLogged[1]],
        listings:
          isListed || wanted.listings
            ? w.listings
                .map(one => ({ ...one, at: base + one.at, location: isListed ? 'a' : one.location }))
                .sort((a, b) => a.at - b.at)
            : [],
        chained,
      }
      return { world, promise: isAsked ? promise : { ...promise, only: undefined } }
    })
}
