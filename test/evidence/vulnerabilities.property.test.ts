import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { read } from './support.ts'
import { onlyOf, TYPES } from './vulnerabilities-support.ts'

const START = Date.UTC(2026, 4, 1)
const HOUR = 3_600_000
const stamp = (hour: number): string => new Date(START + hour * HOUR).toISOString()

interface Look {
  readonly id: string
  readonly hour: number
  readonly group: string
  readonly outcome: 'ok' | 'failed' | '?'
  /** Hours; `null`: not known. */
  readonly database: number | null
  readonly seen: boolean
}

const look = fc.record({
  group: fc.constantFrom('trivy os', 'trivy lib', 'grype os'),
  outcome: fc.constantFrom('ok', 'ok', 'ok', 'failed', '?') as fc.Arbitrary<Look['outcome']>,
  database: fc.constantFrom(null, null, 0, 1, 2),
  seen: fc.boolean(),
})
const looks = fc
  .uniqueArray(
    fc.tuple(fc.integer({ min: 0, max: 14 }), look).map(([hour, rest]) => ({ ...rest, hour })),
    { minLength: 1, maxLength: 16, selector: ({ hour, group }) => `${hour} ${group}` },
  )
  .filter(list => list.some(({ seen }) => seen))
  .map(list => list.map((one, i): Look => ({ ...one, id: `s${i}` })))

/** A life by the hours of scans, groups that saw it, and what is known of its fix. */
interface Piece {
  first: number
  last: number
  groups: Set<string>
}

/** The rules word by word: every pair of pieces that nothing parts is put together until there is none left. */
function plainLives(all: readonly Look[]): readonly string[] {
  let pieces: Piece[] = all
    .filter(({ seen }) => seen)
    .map(({ hour, group }) => ({ first: hour, last: hour, groups: new Set([group]) }))
  /** Hours at which a scan of these groups proves that it is gone, later than one hour and before another. */
  const proofs = (groups: ReadonlySet<string>, after: number, before: number): readonly number[] =>
    all
      .filter(({ hour, group, outcome, seen, database }) => {
        if (!groups.has(group) || outcome !== 'ok' || seen || hour <= after || hour >= before) return false
        const earlier = all.filter(one => one.group === group && one.seen && one.hour < hour)
        const lastWith = earlier.sort((a, b) => b.hour - a.hour)[0]
        if (lastWith === undefined) return false
        return database === null || lastWith.database === null || database >= lastWith.database
      })
      .map(({ hour }) => hour)
  const belong = (a: Piece, b: Piece): boolean => b.first <= a.last || proofs(a.groups, a.last, b.first).length === 0
  // Within a group first, then between groups.
  for (const within of [true, false]) {
    for (let changed = true; changed; ) {
      changed = false
      pieces.sort((a, b) => a.first - b.first)
      for (const [i, a] of pieces.entries()) {
        const j = pieces.findIndex(
          (b, at) => at > i && (!within || [...b.groups].every(group => a.groups.has(group))) && belong(a, b),
        )
        const b = pieces[j]
        if (b === undefined) continue
        const both = { first: a.first, last: Math.max(a.last, b.last), groups: new Set([...a.groups, ...b.groups]) }
        pieces = [...pieces.filter(piece => piece !== a && piece !== b), both]
        changed = true
        break
      }
    }
  }
  return pieces
    .sort((a, b) => a.first - b.first)
    .map(({ first, last, groups }) => {
      const gone = Math.min(...proofs(groups, last, Number.POSITIVE_INFINITY))
      const unclear = all.some(one => groups.has(one.group) && one.outcome === '?' && !one.seen && one.hour > last)
      // Only a scan at as-of shows that it is still there.
      return `${first} ${last} ${Number.isFinite(gone) ? gone : unclear || last < 14 ? '?' : '-'}`
    })
}

describe('lives from scans', () => {
  it('are what the rules say word by word, in whatever order the rows stand', async () => {
    await fc.assert(
      fc.asyncProperty(
        looks.chain(list => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        async ([list, shuffled]) => {
          const scans = shuffled.map(({ id, hour, group, outcome, database }) => {
            const [scanner, scope] = group.split(' ')
            return [id, stamp(hour), 'web', scanner, scope, outcome, database === null ? '?' : stamp(database)].join(
              ',',
            )
          })
          const seen = list.filter(one => one.seen).map(({ id }) => `CVE-2026-1,${id}`)
          const files = {
            'seen.csv': ['id,scan', ...seen].join('\n'),
            'scans.csv': ['id,time,asset,scanner,scope,outcome,database_at', ...scans].join('\n'),
          }
          const evidence = await read(files, { types: TYPES, asOf: START + 14 * HOUR })
          const hour = (at: number): number => (at - START) / HOUR
          const found = onlyOf(evidence).lives.map(({ detected, fixed, lastSeen }) => {
            const last = hour(lastSeen?.at.earliest ?? Number.NaN)
            if (fixed !== null && fixed !== undefined) expect(hour(fixed.earliest - 1)).toBe(last)
            const end = fixed === null ? '-' : fixed === undefined ? '?' : hour(fixed.latest)
            return `${hour(detected?.earliest ?? Number.NaN)} ${last} ${end}`
          })
          expect(found).toEqual(plainLives(list))
        },
      ),
      { numRuns: 500 },
    )
  })
})
