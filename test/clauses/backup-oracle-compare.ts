import type { Finding } from '../../src/model/finding.ts'
import { findings } from '../support/audit.ts'
import { judge, type Verdict } from './backup-oracle.ts'
import { type Promised, slotOf } from './backup-oracle-promises.ts'
import { contractOf, rowsOf, tablesOf } from './backup-oracle-rows.ts'
import { tell } from './backup-oracle-tell.ts'
import { stamp, TICK } from './backup-oracle-time.ts'
import type { World } from './backup-oracle-worlds.ts'

const OF = ['db', 'files']
const ORDER = ['breached', 'unverified', 'pending', 'met', 'not-applicable'] as const
const COUNTED = ['met', 'breached', 'pending', 'unverified'] as const

/** What is said of each component, by the audit and by asking every instant, and of what findings the first is made. */
export interface Said {
  readonly what: string
  readonly found: Readonly<Record<string, string>>
  readonly wanted: Readonly<Record<string, string>>
}

export async function compare(world: World, promise: Promised): Promise<readonly Said[]> {
  const told = tell(world)
  const all = await findings({
    contract: contractOf(world, promise, OF),
    evidence: tablesOf(rowsOf(world)),
    asOf: world.asOf * TICK,
    period: `${stamp(world.period[0])}..${stamp(world.period[1])}`,
  })
  // Without any record of a component nothing is said of it, unless its log says that nothing was made.
  const asked = OF.filter(component => told.backups.some(b => b.component === component || b.component === 'all'))
  return asked.flatMap((component): Said[] => {
    const should = judge(told, component, promise)
    if (should.loose) return []
    const unsaid = new Set(whole(listed(should.unsaid, world)))
    const undecided = (list: readonly number[]): string => runs(whole(list).filter(at => !unsaid.has(at)))
    const mine = all.filter(f => f.subject === component && f.promise === slotOf(promise))
    const status = ORDER.find(one => mine.some(f => f.status === one)) ?? 'none'
    return [
      {
        what: `${component} ${slotOf(promise)}: ${mine.map(f => `${f.id} ${f.status} ${f.reason}`).join(', ')}`,
        found: {
          status: status === 'not-applicable' ? 'none' : status,
          breached: runs(shown(mine, 'breached', world, promise)),
          undecided: undecided(shown(mine, 'undecided', world, promise)),
          items: isCounted(promise) ? COUNTED.map(one => `${one} ${itemsOf(mine, one)}`).join(', ') : '',
        },
        wanted: {
          status: should.status,
          breached: runs(listed(should.breached, world)),
          undecided: undecided(listed(should.undecided, world)),
          items: isCounted(promise) ? COUNTED.map(one => `${one} ${counted(should, one)}`).join(', ') : '',
        },
      },
    ]
  })
}

/** Stretches are not counted, things owed are. */
function isCounted(promise: Promised): boolean {
  return !isStretched(promise)
}

const isStretched = (promise: Promised): boolean =>
  'rule' in promise && ('every' in promise.rule || 'window' in promise.rule)

const counted = ({ counts }: Verdict, status: (typeof COUNTED)[number]): number => counts[status]

const itemsOf = (all: readonly Finding[], status: (typeof COUNTED)[number]): number =>
  all.filter(f => f.status === status).reduce((sum, { details }) => sum + Number(details?.items ?? 0), 0)

/** Instants as ticks since the world's first day, those between two ticks as halves. */
const listed = (set: ReadonlySet<number>, { base }: World): readonly number[] =>
  [...set].sort((a, b) => a - b).map(sample => sample / 2 - base)

/** With the instant before each time between two: what was known only then, is not told apart. */
const whole = (list: readonly number[]): readonly number[] =>
  [...new Set(list.flatMap(at => (Number.isInteger(at) ? at : [at - 0.5, at])))].sort((a, b) => a - b)

/** `4–6.5 9`: stretches of neighbours, first and last. */
function runs(list: readonly number[]): string {
  const out: [number, number][] = []
  for (const at of list) {
    const last = out.at(-1)
    if (last !== undefined && last[1] === at - 0.5) last[1] = at
    else out.push([at, at])
  }
  return out.map(([a, b]) => (a === b ? `${a}` : `${a}–${b}`)).join(' ')
}

/** A gap is shown whole, also where it begins before the period or ends after it. */
function isOutside(sample: number, { period: [from, to] }: World, promise: Promised): boolean {
  return isStretched(promise) && (sample < 2 * from || sample >= 2 * to)
}

function shown(
  all: readonly Finding[],
  key: 'breached' | 'undecided',
  world: World,
  promise: Promised,
): readonly number[] {
  const out = new Set<number>()
  for (const f of all) {
    for (const { start, end } of f[key] ?? []) {
      const first = Math.floor((2 * start) / TICK)
      for (let sample = first; sample <= (2 * end) / TICK; sample++) {
        // The tick itself, or a part of what lies between it and the next.
        const [from, to] =
          sample % 2 === 0
            ? [(sample / 2) * TICK, (sample / 2) * TICK + 1]
            : [((sample - 1) / 2) * TICK + 1, ((sample + 1) / 2) * TICK]
        if (start < to && end > from && sample < 2 * world.asOf && !isOutside(sample, world, promise)) out.add(sample)
      }
    }
  }
  return listed(out, world)
}
