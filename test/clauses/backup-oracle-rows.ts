import type { Cells, Tables } from '../support/evidence.ts'
import { fieldsOf, type Promised } from './backup-oracle-promises.ts'
import { linkOf, tell, toldRuns } from './backup-oracle-tell.ts'
import { DAY, stamp, TICK } from './backup-oracle-time.ts'
import { FOREVER, PLACES, type World } from './backup-oracle-worlds.ts'

type Row = Record<string, string | number>

export interface Written {
  readonly [type: string]: readonly Cells[]
}

/** A contract with that one promise. */
export function contractOf(world: World, promise: Promised, of: readonly string[]): Record<string, unknown> {
  const { zone, term } = world
  return {
    apiVersion: 'sla/v1',
    kind: 'Contract',
    id: 'test',
    timezone: zone,
    ...(term !== undefined && {
      term: { from: stamp(term[0]), ...(term[1] !== undefined && { to: stamp(term[1]) }) },
    }),
    clauses: {
      b: {
        kind: 'backup',
        of,
        accept: [...promise.accept],
        ...(promise.only !== undefined && { only: promise.only }),
        ...fieldsOf(promise),
      },
    },
  }
}

/** The rows that say what `tell` says, and what happened after `as of` too. */
export function rowsOf(world: World): Written {
  const { asOf } = world
  const told = tell(world)
  const runs = toldRuns(world)
  const gone = (made: number, life: number): Row =>
    world.deletions === 'cells'
      ? { deleted_at: life < FOREVER && made + life < asOf + 2 * DAY ? at(made + life) : '' }
      : {}
  const isTold = (time: number): boolean =>
    world.deletions === 'log' ||
    (world.deletions === 'part' && time >= world.deletionsLogged[0] && time < world.deletionsLogged[1])
  const backup: Row[] = []
  const copies: Row[] = []
  const deleted: Row[] = []
  const checked: Row[] = []
  for (const [i, run] of runs.entries()) {
    const { id, component, start, end, status, unknown, life, failed } = run
    const { kind, parent } = linkOf(world, runs, i)
    const runsOn = status === 'running'
    const leaves = !runsOn && status !== 'failed'
    backup.push({
      id,
      component,
      started_at: unknown.includes('start') && start <= asOf ? '?' : at(start),
      completed_at: runsOn ? '' : unknown.includes('end') ? '?' : at(end),
      status: unknown.includes('status') && end <= asOf && !runsOn ? '?' : status,
      location: 'a',
      ...PLACES.a,
      ...(leaves ? gone(end, life) : world.deletions === 'cells' ? { deleted_at: '' } : {}),
      ...(kind !== undefined && { kind, parent: parent === null ? '' : (parent ?? '?') }),
    })
    if (!leaves) continue
    if (isTold(end + life)) deleted.push({ backup: id, time: at(end + life), location: 'a' })
    if (failed !== null)
      checked.push({ backup: id, time: at(end + failed.after), outcome: 'failed', location: failed.location ?? '' })
    const places = run.copies.filter((c, j) => run.copies.findIndex(o => o.location === c.location) === j)
    for (const { location, delay, life: lasts, blind } of places) {
      const place = blind ? { provider: '?', region: '?', country: '?' } : PLACES[location]
      const made = end + delay
      copies.push({ backup: id, completed_at: at(made), status: 'success', location, ...place, ...gone(made, lasts) })
      if (isTold(made + lasts)) deleted.push({ backup: id, time: at(made + lasts), location })
    }
  }
  const inventory = told.listings.flatMap((listing, i): Row[] => {
    const given = world.listings.filter(one => one.at <= asOf)[i]?.complete
    const complete = given === undefined ? '?' : given ? 'yes' : 'no'
    const head = { taken_at: at(listing.at), location: listing.location, complete }
    if (listing.shows.length === 0) return [{ ...head, backup: '', component: '' }]
    return listing.shows.map(id => {
      const run = runs.find(one => one.id === id)
      const own =
        world.creations === 'listed' && run !== undefined
          ? { started_at: at(run.start), completed_at: at(run.end) }
          : {}
      return { ...head, backup: id, component: run?.component ?? '', ...own }
    })
  })
  const cover = (type: string, ranges: readonly (readonly [number, number])[]): Row[] =>
    ranges.map(([from, to]) => ({ type, from: at(from), to: at(to) }))
  const isListed = world.creations === 'listed'
  return {
    ...(isListed ? {} : { backup }),
    ...(isListed ? {} : { 'backup-copy': copies }),
    ...(world.deletions === 'log' || world.deletions === 'part' ? { 'backup-deletion': deleted } : {}),
    ...(checked.length > 0 ? { verification: checked } : {}),
    ...(inventory.length > 0 || isListed ? { inventory } : {}),
    coverage: [...cover('backup', isListed ? [] : (told.creations ?? [])), ...cover('backup-deletion', told.deletions)],
  }
}

export const tablesOf = (written: Written): Tables => written as Tables

const at = (tick: number): number => tick * TICK
