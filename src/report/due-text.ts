import type { Due } from '../model/due.ts'
import type { Zone } from '../time/zone.ts'
import { endsDay } from './day-ends.ts'
import { countedTime, dueRows } from './due-rows.ts'
import { type Cell, paragraph, table } from './layout.ts'
import { dateWords, instantWords } from './local-dates.ts'
import { clean } from './printable.ts'
import { type Page, symbols } from './view.ts'

/** Promises one below the other; what several of them note stands once, at the end. */
export function duesText(dues: readonly Due[], zones: (name: string) => Zone, page: Page, all: boolean): string {
  const notes = new Map<string, number>()
  for (const note of dues.flatMap(due => due.notes)) notes.set(note, (notes.get(note) ?? 0) + 1)
  const shared = [...notes.keys()].filter(note => (notes.get(note) ?? 0) > 1)
  const blocks = dues.map(due => {
    const own = due.notes.filter(note => !shared.includes(note))
    return dueLines({ ...due, notes: own }, zones(due.timezone), page, all)
  })
  const last = shared.flatMap(note => paragraph({ text: clean(`note: ${note}`, page) }, { width: page.width }))
  return `${[...blocks, last]
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`
}

/** One line a promise: what it is and when it is due. */
export function shortDues(dues: readonly Due[], zones: (name: string) => Zone, page: Page): string {
  const rows = dues.map((one): readonly Cell[] => {
    const { clause, priority, promise, amount, due, timezone } = one
    return [
      { text: clean(`${clause}/${priority}/${promise}`, page) },
      { text: clean(amount, page) },
      { text: due === undefined ? '' : dueWords(one, zones(timezone), due) },
    ]
  })
  return `${table(rows, [{}, { least: 12 }, {}], { width: page.width }).join('\n')}\n`
}

/** `Mon  8 Jun 2026 10:30 +02:00`; of a fix, the last millisecond of a day is `24:00`. */
function dueWords({ promise }: Due, zone: Zone, at: number): string {
  const text = instantWords(zone, at)
  return isFixDuty(promise) && endsDay(zone, at) ? text.replace(/ \d\d:\d\d:\d\d\.\d{3} /, ' 24:00 ') : text
}

/** A fix that is due by the last millisecond of a day has until its end, with amounts that are whole. */
function dueAsSaid(due: Due, zone: Zone): Due {
  const { promise, clock, counted, allowanceMs = 0, at } = due
  if (!isFixDuty(promise) || clock !== 'always' || due.due === undefined || !endsDay(zone, due.due)) return due
  // Missed by no more than that it is told to the millisecond.
  if (at?.leftMs === -1) return due
  const last = counted.at(-1)
  return {
    ...due,
    allowanceMs: allowanceMs + 1,
    counted: last === undefined ? [] : [...counted.slice(0, -1), { ...last, end: last.end + 1, ms: last.ms + 1 }],
    ...(at !== undefined && { at: { ...at, leftMs: at.leftMs + 1 } }),
  }
}

function isFixDuty(promise: string): boolean {
  return promise === 'fix' || promise === 'mitigate'
}

/** When a promise is due and why: start, opening, what counts day by day, pauses, the due instant. `all`: every day. */
function dueLines(exact: Due, zone: Zone, page: Page, all: boolean): readonly string[] {
  const due = dueAsSaid(exact, zone)
  const { colour } = page
  const what = due.clock === undefined ? due.amount : `${due.amount}, ${clockText(due)}`
  const name = `${due.clause}/${due.priority}/${due.promise}`
  const rows = dueRows(due, zone, page, all)
  const right = { align: 'right' as const }
  const columns = [{ least: 23 }, { least: 13 }, right, right, { least: 12 }]
  return [
    ...paragraph(
      {
        text: clean(`${name}  ${what}`, page),
        paint: text => text.replace(clean(name, page), found => colour.bold(found)),
      },
      { width: page.width },
    ),
    ...facts(startFacts(due, zone), page),
    ...table(rows, columns, { width: page.width, indent: 4 }),
    ...facts(dueFacts(due, zone, page), page),
    ...due.notes.flatMap(note => paragraph({ text: clean(`note: ${note}`, page) }, { width: page.width, indent: 2 })),
  ]
}

type Fact = readonly [name: string, value: string]

function clockText({ clock, timezone }: Due): string {
  return clock === 'always' ? `on the wall clock (${timezone})` : `on calendar ${clock} (${timezone})`
}

/** Nothing for an amount that the text doesn't state: no clock runs. */
function startFacts(due: Due, zone: Zone): readonly Fact[] {
  const { start, opens, clock } = due
  if (clock === undefined) return []
  const out: Fact[] = [['start', `${instantWords(zone, start)}, ${due.from}`]]
  if (opens !== undefined && opens !== start)
    out.push(['opens', `${instantWords(zone, opens)}, the clock starts there`])
  return out
}

function dueFacts(result: Due, zone: Zone, page: Page): readonly Fact[] {
  const { due, businessDays, at, allowanceMs } = result
  const amount = (ms: number): string => countedTime(result, ms)
  const out: Fact[] = []
  if (due !== undefined) {
    out.push([
      'due',
      `${dueWords(result, zone, due)}${allowanceMs === undefined ? '' : `, ${amount(allowanceMs)} counted`}`,
    ])
  }
  if (businessDays !== undefined) {
    const { mode, count, first, last, otherReadings } = businessDays
    const { dot } = symbols(page)
    out.push([
      'counted by',
      `${mode}: day 0 is ${day(first)}${last === undefined ? '' : `, day ${count} ${day(last)}`}`,
    ])
    const others = otherReadings.map(other => `${other.mode} ${instantWords(zone, other.due).replaceAll(/ +/g, ' ')}`)
    out.push(['other readings', others.join(` ${dot} `)])
  }
  if (at !== undefined && due !== undefined) {
    const left = at.leftMs < 0 ? `${amount(-at.leftMs)} over` : `${amount(at.leftMs)} left`
    out.push(['at', `${instantWords(zone, at.instant)}: ${amount(at.countedMs)} counted, ${left}`])
  }
  return out
}

function day(date: string): string {
  return dateWords(date, false).replaceAll(/ +/g, ' ')
}

function facts(list: readonly Fact[], page: Page): string[] {
  const rows = list.map(([name, value]): readonly Cell[] => [
    { text: name, paint: text => page.colour.dim(text) },
    { text: clean(value, page), ...(name === 'due' && { paint: (text: string) => page.colour.bold(text) }) },
  ])
  return table(rows, [{}, { least: 20 }], { width: page.width, indent: 2 })
}
