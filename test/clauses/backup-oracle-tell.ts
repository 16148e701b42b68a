import type { Range, Told, ToldBackup, ToldListing, When } from './backup-oracle-known.ts'
import { DAY } from './backup-oracle-time.ts'
import { PLACES, type Run, type World } from './backup-oracle-worlds.ts'

/** What its evidence says by `as of`. */
export function tell(world: World): Told {
  const { asOf, zone, period, term } = world
  const isListed = world.creations === 'listed'
  const known = world.listings.filter(({ at }) => at <= asOf)
  const deletedAt = (made: number, life: number): When => {
    const gone = made + life
    if (world.deletions === 'cells') return gone <= asOf ? gone : null
    if (world.deletions === 'none' || gone > asOf) return undefined
    return world.deletions === 'log' || (gone >= world.deletionsLogged[0] && gone < world.deletionsLogged[1])
      ? gone
      : undefined
  }
  const isThere = (made: number, life: number, at: number): boolean => made <= at && at < made + life
  const told = toldRuns(world)
  const backups = told.flatMap((run, i): ToldBackup[] => {
    const { id, component, start, end, status, copies, failed } = run
    const unknown = isListed ? [] : run.unknown
    if (start > asOf) return []
    const runs = status === 'running' || end > asOf
    const leaves = !runs && status !== 'failed'
    if (isListed && !(leaves && known.some(({ at }) => isThere(end, run.life, at)))) return []
    const { kind, parent } = linkOf(world, told, i)
    const places = copies.filter(({ location }, j) => copies.findIndex(other => other.location === location) === j)
    return [
      {
        id,
        component,
        start: unknown.includes('start') ? undefined : start,
        end: unknown.includes('end') && status !== 'running' ? undefined : runs ? null : end,
        status: isListed ? 'success' : unknown.includes('status') && !runs ? undefined : status,
        ...(kind !== undefined && { kind }),
        parent,
        copies: leaves
          ? [
              {
                location: 'a',
                ...PLACES.a,
                primary: true,
                made: unknown.includes('end') ? undefined : end,
                deleted: deletedAt(end, run.life),
              },
              ...places
                .filter(({ delay }) => end + delay <= asOf)
                .map(({ location, delay, life, blind }) => ({
                  location,
                  ...(blind ? {} : PLACES[location]),
                  primary: false,
                  made: end + delay,
                  deleted: deletedAt(end + delay, life),
                })),
            ]
          : [],
        failed:
          failed !== null && leaves && end + failed.after <= asOf
            ? [{ at: end + failed.after, ...(failed.location !== undefined && { location: failed.location }) }]
            : [],
        logged: !isListed,
      },
    ]
  })
  const listings = known.map(({ at, complete, location }): ToldListing => {
    const shows = told.filter(run => {
      if (run.status === 'failed' || run.status === 'running' || run.end > asOf) return false
      if (location === 'a') return isThere(run.end, run.life, at)
      const copy = run.copies.find(one => one.location === location)
      return copy !== undefined && isThere(run.end + copy.delay, copy.life, at)
    })
    return {
      at,
      location,
      complete: complete === true,
      components: [...new Set(shows.map(({ component }) => component))],
      shows: shows.map(({ id }) => id),
    }
  })
  const whole: Range = [world.base - 60 * DAY, asOf]
  const deletions: Record<World['deletions'], readonly Range[]> = {
    log: [whole],
    part: [[world.deletionsLogged[0], Math.min(world.deletionsLogged[1], asOf)]],
    cells: [],
    none: [],
  }
  const parts = world.logged.map(([a, b]): Range => [a, Math.min(b, asOf)])
  return {
    zone,
    asOf,
    period,
    ...(term !== undefined && { term }),
    backups,
    listings,
    deletions: deletions[world.deletions].filter(([a, b]) => a < b),
    creations: isListed
      ? []
      : world.creations === 'declared'
        ? [whole]
        : world.creations === 'part' && parts.length > 0
          ? parts
          : undefined,
  }
}

/** Those that the log holds: of a log that is complete in parts all of these parts, and every other one of the rest. */
export function toldRuns({ runs, creations, logged }: World): readonly Run[] {
  if (creations !== 'part') return runs
  return runs.filter(({ start, full }) => full || logged.some(([a, b]) => a <= start && start < b))
}

/** Kind and parent as its row says. */
export function linkOf(
  world: World,
  told: readonly Run[],
  i: number,
): { kind?: string; parent: string | null | undefined } {
  if (!world.chained) return { parent: undefined }
  const run = told[i]
  const before = told
    .slice(0, i)
    .filter(({ component }) => component === run?.component)
    .at(-1)
  if (run === undefined || run.full || before === undefined) return { kind: 'full', parent: null }
  if (run.stray === 'unknown') return { kind: 'incremental', parent: undefined }
  return { kind: 'incremental', parent: run.stray === 'absent' ? 'elsewhere' : before.id }
}
