import type { Cells } from '../support/evidence.ts'
import { MINUTE } from '../support/instants.ts'
import type { Amount, Calendar, Happening, Hours, Life, Terms } from './support-oracle.ts'

export const STYLES = ['wide', 'changes', 'both'] as const
export type Style = (typeof STYLES)[number]

/** One life as rows: stamps with what no column holds beside them, changes only, or everything twice. */
export function rowsOf(
  life: Life,
  style: Style,
): { readonly ticket: readonly Cells[]; readonly change: readonly Cells[] } {
  const change = (e: Happening): Cells => ({ id: life.id, time: e.at * MINUTE, change: e.change, value: e.value ?? '' })
  const opening = change({ at: life.opened, change: 'opened', ...(life.priority !== null && { value: life.priority }) })
  if (style === 'changes') return { ticket: [], change: [opening, ...life.events.map(change)] }

  const first = (...words: readonly string[]) => life.events.find(e => words.includes(e.change))
  const last = (word: string) => life.events.filter(e => e.change === word).at(-1)
  const [response, workaround, report] = [first('responded', 'replied'), first('workaround'), first('report-sent')]
  const [resolve, close] = [last('resolved'), last('closed')]
  const stamp = (e: Happening | undefined) => (e === undefined ? '' : e.at * MINUTE)
  const closeFits = close === undefined || close.at >= (resolve?.at ?? 0)
  // A stamp that differs from what the log says of the same cycle would contradict it: then the log holds both.
  const alone = (e: Happening | undefined): boolean => {
    const before = life.events.slice(0, e === undefined ? 0 : life.events.indexOf(e))
    const again = before.map(b => b.change).lastIndexOf(e?.change ?? '')
    return again < 0 || before.slice(again).some(b => b.change === 'reopened')
  }
  const told = new Set([workaround, report, ...[resolve, closeFits ? close : undefined].filter(alone)])
  if (response?.change === 'responded') told.add(response)
  const rest = style === 'both' ? life.events : life.events.filter(e => !told.has(e))
  // One cell says one priority: which one it is must be plain.
  const changed = life.events.some(e => e.change === 'priority')
  return {
    ticket: [
      {
        id: life.id,
        priority: life.priority ?? '',
        opened_at: life.opened * MINUTE,
        ...(life.zone !== undefined && { customer_timezone: life.zone }),
        reported_at: life.reported === null ? '' : life.reported * MINUTE,
        responded_at: stamp(response),
        workaround_at: stamp(workaround),
        resolved_at: stamp(resolve),
        report_sent_at: stamp(report),
        ...(closeFits && { closed_at: stamp(close) }),
      },
    ],
    change: [...(changed || style === 'both' ? [opening] : []), ...rest.map(change)],
  }
}

/** The same rows in another order. */
export function shuffled<T>(rows: readonly T[], seed: number): readonly T[] {
  return rows
    .map((row, i) => ({ row, key: ((i + 1) * (seed * 2 + 1) * 7919) % 10_007 }))
    .sort((a, b) => a.key - b.key)
    .map(({ row }) => row)
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const two = (n: number) => String(n).padStart(2, '0')
const clockText = (m: number) => (m === 1440 ? '24:00' : `${two(Math.floor((m % 1440) / 60))}:${two(m % 60)}`)
const hoursText = (hours: Hours) =>
  hours.length === 0 ? 'closed' : hours.map(([from, to]) => `${clockText(from)}-${clockText(to)}`)
const dateText = (date: number) => new Date(date * 86_400_000).toISOString().slice(0, 10)

const amountText = (amount: Exclude<Amount, { kind: 'by-calendar' }>): string => {
  if (amount.kind === 'time') return `${amount.minutes}min`
  if (amount.kind === 'days') return `${amount.days} days`
  if (amount.kind === 'business-days') return `${amount.days} business days`
  return `${amount.minutes / 60} business hours`
}

type Written = string | { readonly 'by-calendar': { readonly core: Written; readonly otherwise: Written } }

const written = (amount: Amount): Written =>
  amount.kind === 'by-calendar'
    ? { 'by-calendar': { core: written(amount.core), otherwise: written(amount.otherwise) } }
    : amountText(amount)

/** The hours that `by-calendar` amounts ask for, as the contract writes them. */
export const CORE: Calendar = { week: new Array(7).fill([[480, 720]]), holidays: [], except: [] }

export function contractOf(
  zone: string,
  calendar: Calendar,
  terms: Terms,
  more: Readonly<Record<string, unknown>> = {},
) {
  const priorities = Object.entries(terms.priorities).map(([name, promises]) => [
    name,
    Object.fromEntries(Object.entries(promises).map(([promise, amount]) => [promise, written(amount)])),
  ])
  return {
    apiVersion: 'sla/v1',
    kind: 'Contract',
    id: 'desk',
    timezone: zone,
    calendars: {
      desk: {
        week: Object.fromEntries(calendar.week.map((hours, day) => [DAYS[day], hoursText(hours)])),
        holidays: calendar.holidays.map(dateText),
        except: Object.fromEntries(calendar.except.map(([date, hours]) => [dateText(date), hoursText(hours)])),
      },
      core: { days: 'daily', hours: '08:00-12:00' },
    },
    clauses: {
      tickets: {
        kind: 'support',
        calendar: 'desk',
        clock: terms.clock,
        'business-day': terms.businessDay,
        ...(terms.pausedIn.length > 0 && { 'paused-in': terms.pausedIn }),
        'on-reopen': terms.onReopen,
        'on-priority-change': terms.onPriorityChange,
        from: terms.from,
        ...(terms.unprioritised !== null && { unprioritised: terms.unprioritised }),
        'workaround-counts': terms.workaroundCounts,
        'auto-reply-counts': terms.autoReplyCounts,
        ...(terms.customerTimezone && { 'customer-timezone': true }),
        priorities: Object.fromEntries(priorities),
        ...more,
      },
    },
  }
}
