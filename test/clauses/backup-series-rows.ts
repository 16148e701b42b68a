import type { Item, SlotResult } from '../../src/clauses/backup/items.ts'
import { makeSeries } from '../../src/clauses/backup/make-series.ts'
import type { BackupRules, Keep, Points, Schedule } from '../../src/clauses/backup/rules.ts'
import type { Series } from '../../src/clauses/backup/series.ts'
import type { Context } from '../../src/clauses/judge.ts'
import type { Backup, Copy, Listed, Listing, Verification } from '../../src/evidence/backups/records.ts'
import type { Happened } from '../../src/evidence/records.ts'
import type { Interval, Moment } from '../../src/model/interval.ts'
import { type Duration, parseDuration } from '../../src/time/duration.ts'
import { makeZones } from '../../src/time/zone.ts'
import { ms } from '../support/instants.ts'

const zones = makeZones()
const ORIGIN = { input: 0 }

/** An instant, a `[earliest, latest]` pair, `null` for blank, `undefined` for not known. */
export type Stamp = string | number | readonly [string | number, string | number] | null | undefined

export function moment(stamp: string | number | readonly [string | number, string | number]): Moment {
  if (typeof stamp === 'string' || typeof stamp === 'number') return { earliest: ms(stamp), latest: ms(stamp) }
  return { earliest: ms(stamp[0]), latest: ms(stamp[1]) }
}

function happened(stamp: Stamp): Happened {
  return stamp === null || stamp === undefined ? stamp : moment(stamp)
}

export interface CopyText {
  readonly location?: string
  readonly made?: Stamp
  readonly deleted?: Stamp
  readonly listed?: readonly Listed[]
  readonly primary?: boolean
}

export function copy(text: CopyText = {}): Copy {
  return {
    location: text.location ?? '',
    primary: text.primary ?? true,
    begun: undefined,
    made: happened(text.made),
    listed: text.listed ?? [],
    deleted: happened(text.deleted),
    origin: ORIGIN,
  }
}

/** Listings that show a copy from one instant to another. */
export function shows(first: string, last: string = first): Listed {
  return { there: true, first: moment(first), last: moment(last), origins: [] }
}

/** Listings that lack it. */
export function lacks(first: string, last: string = first): Listed {
  return { there: false, first: moment(first), last: moment(last), origins: [] }
}

export interface RunText {
  readonly id?: string
  readonly component?: string
  readonly start?: Stamp
  readonly end?: Stamp
  readonly status?: Backup['status'] | 'absent'
  readonly kind?: string
  readonly parent?: Backup['parent']
  readonly copies?: readonly CopyText[]
  readonly verifications?: readonly Verification[]
  readonly flaw?: Backup['flaw']
}

/** A backup; without copies it leaves one where its run ended well, deletion not told. */
export function run(text: RunText): Backup {
  const status = text.status === 'absent' ? undefined : (text.status ?? 'success')
  const completed = 'end' in text ? happened(text.end) : happened(text.start)
  const leaves = status !== 'failed' && completed !== null
  const copies = text.copies ?? (leaves ? [{ made: 'end' in text ? text.end : text.start }] : [])
  return {
    id: text.id ?? String(text.start ?? text.end),
    component: text.component ?? 'db',
    service: '',
    started: happened(text.start),
    completed,
    status,
    ...(text.kind !== undefined && { kind: text.kind }),
    parent: text.parent,
    copies: copies.map(copy),
    verifications: text.verifications ?? [],
    origin: ORIGIN,
    rows: [ORIGIN],
    logged: true,
    attributes: {},
    ...(text.flaw !== undefined && { flaw: text.flaw }),
  }
}

export interface World {
  readonly runs: readonly Backup[]
  readonly listings?: readonly Listing[]
  readonly component?: string
  readonly zone?: string
  readonly term?: { readonly start?: string; readonly end?: string }
  readonly period: readonly [string, string]
  readonly asOf: string
  /** Where the log of each type is said to be complete. */
  readonly declared?: Readonly<Record<string, readonly (readonly [string, string])[]>>
  /** No row of a log, listings only. */
  readonly unlogged?: true
  readonly skipped?: readonly string[]
  readonly rules?: Partial<BackupRules>
}

export function rulesOf(rules: Partial<BackupRules> = {}): BackupRules {
  return { components: ['db'], accept: new Set(['success']), only: 'any', tiers: [], ...rules }
}

export function seriesOf(world: World): Series {
  const { runs, term, period, declared } = world
  const asOf = ms(world.asOf)
  const logged = new Map<string, number>()
  for (const { component, started, completed } of world.unlogged ? [] : runs) {
    const first = started?.earliest ?? completed?.earliest
    if (first !== undefined) logged.set(component, Math.min(first, logged.get(component) ?? first))
  }
  const context = {
    contract: {
      term: {
        ...(term?.start !== undefined && { start: ms(term.start) }),
        ...(term?.end !== undefined && { end: ms(term.end) }),
      },
    },
    evidence: {
      backups: { list: runs, listings: world.listings ?? [], loggedFrom: logged },
      skipped: (world.skipped ?? []).map(type => ({ type })),
    },
    asOf,
    period: { start: ms(period[0]), end: ms(period[1]) },
    zone: zones(world.zone ?? 'Europe/Paris'),
    declared: (type: string) => declared?.[type]?.map(([start, end]) => ({ start: ms(start), end: ms(end) })),
  }
  const rules = rulesOf(world.rules)
  return makeSeries(world.component ?? rules.components[0] ?? '', rules, context as unknown as Context, () => 'yes')
}

export function listing(at: string, text: Partial<Listing> = {}): Listing {
  return {
    at: moment(at),
    location: '',
    components: new Set(['db']),
    everyComponent: false,
    complete: true,
    backups: 0,
    origin: ORIGIN,
    ...text,
  }
}

export function duration(text: string): Duration {
  const parsed = parseDuration(text)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return parsed
}

export function every(text: string, tolerance: number, anchor: Schedule['anchor'] = 'start'): Schedule {
  return { form: 'every', every: duration(text), tolerance, early: 0, anchor }
}

export function keepFor(text: string, tolerance = 3_600_000): Keep {
  return { form: 'for', amount: duration(text), from: 'start', tolerance }
}

export function points(ages: readonly number[], slack = 0, grace = 0): Points {
  return { ages, slack, grace }
}

/** `2026-05-03 breached missed`, in order. */
export function told({ items }: SlotResult): readonly string[] {
  return [...items].map(({ label, status, reason }) => `${label} ${status} ${reason}`)
}

/** Of the items that are not met. */
export function bad({ items }: SlotResult): readonly Item[] {
  return [...items].filter(({ status }) => status !== 'met')
}

/** `2026-05-03T02:00:00.000Z/2026-05-03T04:00:00.000Z`. */
export function spans(list: Iterable<Interval>): readonly string[] {
  return [...list].map(({ start, end }) => `${iso(start)}/${iso(end)}`)
}

export function iso(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z')
}

/** One run on each local date at a local time of day in Paris, well ended ten minutes later. */
export function nightly(from: string, to: string, time: string, skip: readonly string[] = []): Backup[] {
  const out: Backup[] = []
  for (let day = ms(`${from}T12:00:00Z`); day <= ms(`${to}T12:00:00Z`); day += 86_400_000) {
    const date = new Date(day).toISOString().slice(0, 10)
    if (skip.includes(date)) continue
    const start = paris(date, time)
    out.push(run({ id: date, start, end: start + 600_000 }))
  }
  return out
}

/** Local time in Paris in 2025 to 2027, by the dates of its clock changes. */
export function paris(date: string, time = '00:00'): number {
  const utc = ms(`${date}T${time}:00Z`)
  const summer = SUMMERS.some(([from, to]) => utc - 7_200_000 >= ms(from) && utc - 7_200_000 < ms(to))
  return utc - (summer ? 7_200_000 : 3_600_000)
}

const SUMMERS = [
  ['2025-03-30T01:00:00Z', '2025-10-26T01:00:00Z'],
  ['2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z'],
  ['2027-03-28T01:00:00Z', '2027-10-31T01:00:00Z'],
] as const
