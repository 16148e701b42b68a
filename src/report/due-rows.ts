import type { ClosedDate, CountedTime, Due, NotCountedTime } from '../model/due.ts'
import { dateText } from '../time/civil.ts'
import { durationText } from '../time/duration.ts'
import { localDay, startOfDay } from '../time/local.ts'
import type { Zone } from '../time/zone.ts'
import { spanYears, stretchText } from './instants.ts'
import type { Cell } from './layout.ts'
import { dateWords, hoursText, hoursWords } from './local-dates.ts'
import { clean } from './printable.ts'
import { isPlainAmount } from './quantities.ts'
import { type Page, symbols } from './view.ts'

/** One line: when, its hours, how much of them counts. Lines with a name of their own are never left out. */
interface Line {
  readonly at: number
  readonly when: string
  readonly hours: string
  readonly ms?: number
  readonly note: string
  readonly counts: boolean
  readonly keep: boolean
}

/** The table of what counts until the due instant, in order of time, with the sum so far, under a head; long runs of days are cut. */
export function dueRows(due: Due, zone: Zone, page: Page, all: boolean): readonly (readonly Cell[])[] {
  const years = spanYears(zone, [...due.counted, ...due.notCounted])
  const lines = [
    ...countedLines(due, zone, years),
    ...due.notCounted.flatMap(part =>
      part.reason === 'paused' ? [pausedLine(part, zone, years)] : closedLines(part, years),
    ),
  ].sort((a, b) => a.at - b.at)
  const amount = (ms: number): string => countedTime(due, ms)
  const dim = (text: string): string => page.colour.dim(text)
  let sum = 0
  const rows = (all ? lines.map(line => [line]) : folded(lines)).map(group => {
    const [line] = group
    const ms = group.reduce((total, { ms: own, counts }) => total + (counts ? (own ?? 0) : 0), 0)
    sum += ms
    if (group.length > 1) {
      const days = group.filter(({ counts }) => counts).length
      return row([
        `${symbols(page).ellipsis} ${days} more ${days === 1 ? 'day' : 'days'}`,
        '',
        amount(ms),
        amount(sum),
        '',
      ])
    }
    if (line?.counts === true) return row([line.when, line.hours, amount(ms), amount(sum), line.note])
    return row([line?.when ?? '', line?.hours ?? '', '', '', line?.note ?? ''], dim)
  })
  return rows.length === 0 ? [] : [row(['', '', 'counts', 'so far', ''], dim), ...rows]

  function row(texts: readonly string[], paint?: (text: string) => string): readonly Cell[] {
    return texts.map(text => ({ text: clean(text, page), ...(paint && { paint }) }))
  }
}

/** Time on the clock of a promise: in days too where it is promised in days on the wall clock, else in hours. */
export function countedTime({ clock, amount }: Due, ms: number): string {
  return clock === 'always' && !isPlainAmount(amount) ? durationText(ms) : hoursText(ms)
}

const FIRST_DAYS = 3
const LAST_DAYS = 2

/** The first and the last counted days alone, of those between each run without a name of its own as one group. */
function folded(lines: readonly Line[]): readonly (readonly Line[])[] {
  const days = lines.filter(({ counts }) => counts)
  const from = days[FIRST_DAYS - 1]?.at ?? Number.POSITIVE_INFINITY
  const to = days.at(-LAST_DAYS)?.at ?? Number.NEGATIVE_INFINITY
  if (days.length <= FIRST_DAYS + LAST_DAYS + 1) return lines.map(line => [line])
  const out: Line[][] = []
  let open: Line[] | undefined
  for (const line of lines) {
    if (line.at <= from || line.at >= to || line.keep) {
      open = undefined
      out.push([line])
    } else if (open !== undefined) open.push(line)
    else {
      open = [line]
      out.push(open)
    }
  }
  return out.filter(group => group.length === 1 || group.some(({ counts }) => counts))
}

/** One line a local date; a night's hours that run on over midnight, and all time on the wall clock, are one line. */
function countedLines({ counted, clock }: Due, zone: Zone, years: boolean): readonly Line[] {
  const groups = new Map<string, CountedTime[]>()
  for (const part of clock === 'always' ? counted : counted.flatMap(whole => byDate(whole, zone))) {
    const date = dateText(localDay(zone, part.start))
    groups.set(date, [...(groups.get(date) ?? []), part])
  }
  return [...groups].map(([date, parts]): Line => {
    const [first] = parts
    const within = parts.every(part => dateText(localDay(zone, part.end - 1)) === date)
    const note = parts.some(({ exception }) => exception) ? 'exception' : ''
    return {
      at: first?.start ?? 0,
      when: within ? dateWords(date, years) : parts.map(part => stretchText(zone, part, years)).join(', '),
      hours: within ? parts.map(part => hoursWords(zone, part)).join(' ') : '',
      ms: parts.reduce((sum, { ms }) => sum + ms, 0),
      note,
      counts: true,
      keep: note !== '',
    }
  })
}

/** Hours that hold a whole local date, as of a calendar without a night, date by date. */
function byDate(part: CountedTime, zone: Zone): readonly CountedTime[] {
  const first = localDay(zone, part.start)
  if (part.end < startOfDay(zone, first + 2)) return [part]
  const { exception: _, ...plain } = part
  const out: CountedTime[] = []
  for (let day = first, start = part.start; start < part.end; day++) {
    const end = Math.min(startOfDay(zone, day + 1), part.end)
    if (start < end) out.push({ ...(day === first ? part : plain), start, end, ms: end - start })
    start = end
  }
  return out
}

function pausedLine(part: NotCountedTime, zone: Zone, years: boolean): Line {
  const note = part.ms === 0 ? 'closed anyway' : `${hoursText(part.ms)} taken out`
  return { at: part.start, when: stretchText(zone, part, years), hours: 'paused', note, counts: false, keep: true }
}

/** Named dates one by one, others of the week as runs. */
function closedLines({ start, dates = [] }: NotCountedTime, years: boolean): readonly Line[] {
  const runs: ClosedDate[][] = []
  for (const date of dates) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run !== undefined && last?.reason === date.reason && closedNote(last) === closedNote(date)) run.push(date)
    else runs.push([date])
  }
  return runs.map(run => {
    const [first, last] = [run[0], run.at(-1)]
    const name = (date: ClosedDate | undefined): string => dateWords(date?.date ?? '', years)
    const when = run.length === 1 ? name(first) : `${name(first)} – ${name(last)}`
    const keep = first?.reason === 'holiday' || first?.reason === 'exception'
    return { at: start, when, hours: 'closed', note: first === undefined ? '' : closedNote(first), counts: false, keep }
  })
}

function closedNote({ reason, names }: ClosedDate): string {
  if (reason === 'weekly') return ''
  if (reason === 'exception') return 'exception'
  return reason === 'holiday' ? names.join(', ') || 'holiday' : 'out of season'
}
