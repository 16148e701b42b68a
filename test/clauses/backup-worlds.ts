import { DateTime } from 'luxon'
import type { Item, SlotResult } from '../../src/clauses/backup/items.ts'
import { makeSeries } from '../../src/clauses/backup/make-series.ts'
import type { BackupRules } from '../../src/clauses/backup/rules.ts'
import type { Series } from '../../src/clauses/backup/series.ts'
import type { Context } from '../../src/clauses/judge.ts'
import type { Backup, Copy, Listed, Listing } from '../../src/evidence/backups/records.ts'
import type { Happened } from '../../src/evidence/records.ts'
import type { Interval, Moment } from '../../src/model/interval.ts'
import { parseDuration } from '../../src/time/duration.ts'
import { makeZones } from '../../src/time/zone.ts'
import { ms } from '../support/instants.ts'

const zones = makeZones()

/** `null`: has not happened. `'?'`: not known. A date: that local day. */
export type Stamp = string | null

export interface CopySpec {
  readonly at?: string
  readonly provider?: string
  readonly region?: string
  readonly country?: string
  readonly begun?: Stamp
  readonly made?: Stamp
  readonly deleted?: Stamp
  readonly primary?: boolean
}

export interface BackupSpec extends CopySpec {
  readonly id?: string
  readonly start?: Stamp
  readonly end?: Stamp
  readonly status?: Backup['status'] | '?'
  readonly kind?: string
  readonly parent?: string | null
  /** Beside the primary one. */
  readonly copies?: readonly CopySpec[]
  readonly failed?: string
  readonly flaw?: NonNullable<Backup['flaw']>['reason']
  /** No primary copy: only listings, or transfers, tell of it. */
  readonly unplaced?: true
}

export interface World {
  readonly zone?: string
  readonly asOf: string
  readonly period?: readonly [string, string]
  readonly term?: readonly [string, string?]
  /** Where every deletion is told. Without it `deleted: null` of a copy says that it is not deleted. */
  readonly deletions?: readonly [string, string]
  readonly backups: readonly BackupSpec[]
  /** Complete listings: when, where, and the ids they show. */
  readonly listings?: readonly (readonly [at: string, location: string, ids: readonly string[]])[]
}

export const RULES: BackupRules = { components: ['db'], accept: new Set(['success']), only: 'any', tiers: [] }

export function amount(text: string) {
  const parsed = parseDuration(text)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return parsed
}

export function seriesOf(world: World, rules: BackupRules = RULES): Series {
  const { zone: name = 'Europe/Paris', asOf, period = ['2000-01-01T00:00:00Z', asOf], term, deletions } = world
  const zone = zones(name)
  const listings = (world.listings ?? []).map(([at, location, ids]) => ({ at: momentOf(at, name), location, ids }))
  const ids = world.backups.map(({ id, start, end }) => id ?? `db@${start ?? end}`)
  const list = world.backups.map((spec, i) => backupOf(spec, ids[i] ?? '', ids, listings, name, ms(asOf)))
  const context = {
    asOf: ms(asOf),
    zone,
    period: { start: ms(period[0]), end: ms(period[1]) },
    contract: {
      term: term && { start: ms(term[0]), ...(term[1] !== undefined && { end: ms(term[1]) }) },
      services: new Map(),
    },
    evidence: {
      skipped: [],
      backups: {
        list,
        listings: listings.map(({ at, location, ids: shown }): Listing => {
          return {
            at,
            location,
            components: new Set(['db']),
            everyComponent: false,
            complete: true,
            backups: shown.length,
            origin: ORIGIN,
          }
        }),
        loggedFrom: new Map(),
      },
    },
    declared: (type: string) =>
      type === 'backup-deletion' && deletions !== undefined
        ? [{ start: ms(deletions[0]), end: ms(deletions[1]) }]
        : undefined,
  }
  return makeSeries('db', rules, context as unknown as Context, () => 'yes')
}

/** Items of the one slot, or of the named one. */
export function itemsOf(result: SlotResult | readonly SlotResult[], slot?: string): readonly Item[] {
  const all = [result].flat()
  const found = slot === undefined ? all[0] : all.find(one => one.slot === slot)
  return [...(found?.items ?? [])]
}

/** `2026-05-01 met held`. */
export function verdicts(items: readonly Item[]): readonly string[] {
  return items.map(({ label, status, reason }) => `${label} ${status} ${reason}`)
}

/** `2026-05-01T04:00:00.000Z/2026-05-02T04:00:00.000Z` of each. */
export function stretches(list: readonly Interval[]): readonly string[] {
  return list.map(({ start, end }) => `${iso(start)}/${iso(end)}`)
}

export function iso(at: number): string {
  return DateTime.fromMillis(at, { zone: 'UTC' }).toISO({ suppressMilliseconds: true }) ?? ''
}

/** Daily backups at one local time from a date on; `end` is that much later. */
export function daily(
  first: string,
  count: number,
  time: string,
  zone = 'Europe/Paris',
  more: (date: string, i: number) => BackupSpec = () => ({}),
): BackupSpec[] {
  const start = DateTime.fromISO(`${first}T${time}`, { zone })
  return Array.from({ length: count }, (_, i) => {
    const at = start.plus({ days: i })
    const end = at.plus({ minutes: 10 })
    const date = at.toISODate() ?? ''
    return { id: date, start: at.toISO() ?? '', end: end.toISO() ?? '', ...more(date, i) }
  })
}

/** The same local time some calendar days later. */
export function plusDays(date: string, time: string, days: number, zone = 'Europe/Paris'): string {
  return DateTime.fromISO(`${date}T${time}`, { zone }).plus({ days }).toISO() ?? ''
}

const ORIGIN = { input: 0, line: 1 }

type Shown = { readonly at: Moment; readonly location: string; readonly ids: readonly string[] }

function backupOf(
  spec: BackupSpec,
  id: string,
  ids: readonly string[],
  listings: readonly Shown[],
  zone: string,
  asOf: number,
): Backup {
  const { start = '?', end = '?', status = 'success', kind, parent, copies = [], failed, flaw, unplaced } = spec
  const completed = upTo(happened(end, zone), asOf)
  const left = status !== 'failed' && status !== 'running' && completed !== null
  const primary: CopySpec = { ...spec, primary: true, begun: start, made: spec.made ?? end }
  const all = left ? [...(unplaced === true ? [] : [primary]), ...copies] : []
  return {
    id,
    component: 'db',
    service: '',
    started: happened(start, zone),
    completed,
    status: status === '?' ? undefined : status,
    ...(kind !== undefined && { kind }),
    parent: typeof parent === 'string' ? linkTo(parent, ids) : parent,
    copies: all.map(copy => copyOf(copy, id, listings, zone, asOf)),
    verifications: failed === undefined ? [] : [{ at: momentOf(failed, zone), passed: false, origin: ORIGIN }],
    origin: ORIGIN,
    rows: [ORIGIN],
    logged: true,
    attributes: {},
    ...(flaw !== undefined && { flaw: { reason: flaw, why: 'rows contradict each other', origins: [ORIGIN] } }),
  }
}

function linkTo(parent: string, ids: readonly string[]): { id: string; index?: number } {
  const index = ids.indexOf(parent)
  return index < 0 ? { id: parent } : { id: parent, index }
}

function copyOf(spec: CopySpec, id: string, listings: readonly Shown[], zone: string, asOf: number): Copy {
  const { at = '', provider, region, country, primary = false, begun = '?', made = '?', deleted = '?' } = spec
  const ready = upTo(happened(made, zone), asOf)
  const gone = happened(deleted, zone)
  return {
    location: at,
    ...(provider !== undefined && { provider }),
    ...(region !== undefined && { region }),
    ...(country !== undefined && { country }),
    primary,
    begun: happened(begun, zone),
    made: ready,
    listed: listedIn(listings, at, id, ready, asOf),
    deleted: upTo(gone, asOf),
    origin: ORIGIN,
  }
}

/** Listings fold as long as they say the same; one before the copy was made, or the first without it, is none of it. */
function listedIn(
  listings: readonly Shown[],
  location: string,
  id: string,
  made: Happened,
  asOf: number,
): readonly Listed[] {
  const out: { there: boolean; first: Moment; last: Moment; origins: (typeof ORIGIN)[] }[] = []
  for (const { at, location: where, ids } of listings) {
    if (where !== location || at.earliest > asOf || (made && at.earliest < made.earliest)) continue
    const there = ids.includes(id)
    if (!there && !made && out.length === 0) continue
    const open = out.at(-1)
    if (open?.there === there) open.last = at
    else out.push({ there, first: at, last: at, origins: [ORIGIN] })
  }
  return out
}

function happened(stamp: Stamp, zone: string): Happened {
  if (stamp === null) return null
  return stamp === '?' ? undefined : momentOf(stamp, zone)
}

function upTo(stamp: Happened, asOf: number): Happened {
  return stamp && stamp.earliest > asOf ? null : stamp
}

function momentOf(stamp: string, zone: string): Moment {
  if (stamp.length > 10) return { earliest: ms(stamp), latest: ms(stamp) }
  const day = DateTime.fromISO(stamp, { zone }).startOf('day')
  return { earliest: day.toMillis(), latest: day.plus({ days: 1 }).toMillis() - 1 }
}
