import { civilDate, HOUR, MINUTE } from '../../../time/civil.ts'
import { total } from '../../../time/interval.ts'
import { localDay } from '../../../time/local.ts'
import type { Zone } from '../../../time/zone.ts'
import type { Chart } from '../chart.ts'
import { monthText } from './axis.ts'
import { type Cell, cellsOf } from './days.ts'
import { areas, type Box, chartOf, type Ink, LEFT, label, line, NAMES, nearby, tip } from './frame.ts'
import type { StripFigures } from './strip-figures.ts'
import {
  type CellUnit,
  cellName,
  partsText,
  type StripWords,
  stripDescription,
  stripHead,
  stripTable,
} from './strip-text.ts'

/** Days (of long periods months) as cells, a month (a year) to a row; of a day in parts each part has its share of height. */
export function strip(figures: StripFigures, words: StripWords, zone: Zone, asOf: number): Chart {
  const { range } = figures
  const first = civilDate(localDay(zone, range.start))
  const last = civilDate(localDay(zone, range.end - 1))
  const months = (last.year - first.year) * 12 + last.month - first.month + 1
  const unit = months <= MOST_ROWS ? 'day' : 'month'
  const cells = cellsOf(range, zone, unit, figures)
  const rows = rowsOf(cells, unit)
  const drawn = rows.slice(-MOST_ROWS)
  const { id, title } = words
  const description = stripDescription(figures, words, cells, unit, { hidden: rows.length - drawn.length, asOf })
  const height = TOP + drawn.length * (CELL + GAP) + 2
  const told = cells.filter(cell => cell.over + cell.excluded + cell.unknown > 0).length <= MOST_TIPS
  const open = range.end > asOf || total(figures.service) < Math.min(range.end, asOf) - range.start
  const blank = figures.joined ? 'of no window shown, or ' : figures.hours ? '' : `${words.blank}, or `
  return chartOf(
    {
      id,
      title,
      description,
      height,
      key: INKS.flatMap(ink => (isDrawn(ink, drawn, figures) ? [[ink, inkWord(ink, words)] as const] : [])),
      also: open ? `blank: ${blank}still to come` : '',
      body: [head(unit), ...grid(drawn, { unit, id, words, told, kept: keptInk(figures) })],
    },
    stripHead(words, unit),
    stripTable(cells, words, unit, figures),
  )
}

const MOST_ROWS = 18
const TOP = 22
const CELL = 20
const GAP = 5
const COLUMN = { day: 20, month: 51 } as const
const MOST_TIPS = 40
const INKS = ['met', 'hours', 'brief', 'some', 'breached', 'unknown', 'excluded'] as const satisfies readonly Ink[]

type StripInk = (typeof INKS)[number]

// Five minutes and nine hours of a day must not look the same: the least height goes by steps, as the tone does.
const LEAST: Readonly<Partial<Record<StripInk, number>>> = { brief: 5, some: 9, breached: 13 }
const LEAST_OTHER = 4

/** How badly a cell is over: up to 5 minutes, up to an hour, more. */
function overInk(ms: number): 'brief' | 'some' | 'breached' {
  return ms <= 5 * MINUTE ? 'brief' : ms <= HOUR ? 'some' : 'breached'
}

function keptInk({ hours }: StripFigures): 'met' | 'hours' {
  return hours === true ? 'hours' : 'met'
}

function inkWord(ink: StripInk, { kept, over }: StripWords): string {
  switch (ink) {
    case 'met':
      return kept
    case 'hours':
      return `${kept} in service hours, others not told`
    case 'brief':
      return `${over} up to 5 min`
    case 'some':
      return `${over} up to 1 h`
    case 'breached':
      return `${over} over 1 h`
    default:
      return ink
  }
}

function isDrawn(ink: StripInk, rows: Rows, figures: StripFigures): boolean {
  if (ink === 'met' || ink === 'hours') return ink === keptInk(figures)
  if (ink === 'excluded' || ink === 'unknown') return figures[ink].length > 0
  return rows.some(([, cells]) => cells.some(({ over }) => over > 0 && overInk(over) === ink))
}

type Rows = readonly (readonly [string, readonly Cell[]])[]

function rowsOf(cells: readonly Cell[], unit: CellUnit): Rows {
  const rows = new Map<string, Cell[]>()
  for (const cell of cells) {
    const { year, month } = civilDate(cell.day)
    const name = unit === 'day' ? `${monthText(month)} ${year}` : String(year)
    const row = rows.get(name)
    if (row === undefined) rows.set(name, [cell])
    else row.push(cell)
  }
  return [...rows]
}

function head(unit: CellUnit): string {
  const middle = (index: number): number => LEFT + (index + 0.5) * COLUMN[unit]
  if (unit === 'month') {
    return Array.from({ length: 12 }, (_, i) =>
      label(middle(i), 14, monthText(i + 1), { anchor: 'middle', ...(i % 2 === 1 && { on: 'wide' }) }),
    ).join('')
  }
  return [1, 5, 10, 15, 20, 25, 30].map(day => label(middle(day - 1), 14, String(day), { anchor: 'middle' })).join('')
}

/** All rows, each ink as one path. */
function grid(rows: Rows, options: GridOptions): readonly string[] {
  const { unit, id, words, told, kept } = options
  const width = COLUMN[unit]
  const column = (cell: Cell): number => {
    const { month, day } = civilDate(cell.day)
    return LEFT + (unit === 'day' ? day - 1 : month - 1) * width
  }
  const boxes: Readonly<Record<StripInk, Box[]>> = {
    ...{ met: [], hours: [], brief: [], some: [], breached: [], unknown: [], excluded: [] },
  }
  const [names, frames, tips]: [string[], string[], string[]] = [[], [], []]
  for (const [index, [name, row]] of rows.entries()) {
    const y = TOP + index * (CELL + GAP)
    names.push(nearby(NAMES, y + 15, name, { anchor: 'end' }))
    for (const cell of row) {
      const x = column(cell)
      const parts = heights(cell)
      // Drawn behind the others, so that a run of days is one box.
      if (parts.met > 0) addRun(boxes[kept], [x, y, width, CELL])
      let bottom = y + CELL
      for (const ink of ['breached', 'unknown', 'excluded'] as const) {
        if (parts[ink] === 0) continue
        bottom -= parts[ink]
        boxes[ink === 'breached' ? overInk(cell.over) : ink].push([x, bottom, width, parts[ink]])
      }
      if (told && cell.over + cell.excluded + cell.unknown > 0) {
        tips.push(tip([x, y, width, CELL], `${cellName(cell, unit)}: ${partsText(cell, words)}`))
      }
    }
    const [first, last] = [row[0], row[row.length - 1]].map(cell => column(cell ?? EMPTY))
    frames.push(`M${first} ${y}H${(last ?? 0) + width}v${CELL}H${first}z`)
  }
  const bottom = TOP + rows.length * (CELL + GAP)
  const columns = unit === 'day' ? 31 : 12
  const rules = Array.from({ length: columns - 1 }, (_, i) => `M${LEFT + (i + 1) * width} ${TOP}V${bottom}`)
  return [
    ...names,
    ...INKS.map(ink => areas(ink, id, boxes[ink])),
    // Between rows they are on their own ground and can't be seen.
    line(rules.join(''), 'surface', 2),
    line(frames.join('')),
    ...tips,
  ]
}

interface GridOptions {
  readonly unit: CellUnit
  readonly id: string
  readonly words: StripWords
  /** Each cell that isn't only kept says its figures to a pointer. */
  readonly told: boolean
  readonly kept: 'met' | 'hours'
}

function addRun(runs: Box[], [x, y, width, height]: Box): void {
  const previous = runs[runs.length - 1]
  const joins = previous !== undefined && previous[1] === y && previous[0] + previous[2] === x
  if (!joins) runs.push([x, y, width, height])
  else runs[runs.length - 1] = [previous[0], y, previous[2] + width, height]
}

const EMPTY: Cell = { day: 0, start: 0, end: 0, over: 0, excluded: 0, unknown: 0, service: 0 }

/** Shares of the height, in whole units: nothing that is there vanishes, and together no more than the cell. */
function heights(cell: Cell): Readonly<Record<'met' | 'breached' | 'unknown' | 'excluded', number>> {
  const length = cell.end - cell.start
  const share = (ms: number, least = LEAST_OTHER): number =>
    ms <= 0 ? 0 : Math.max(least, Math.round((ms / length) * CELL))
  const breached = Math.min(CELL, share(cell.over, LEAST[overInk(cell.over)]))
  const unknown = Math.min(CELL - breached, share(cell.unknown))
  const excluded = Math.min(CELL - breached - unknown, share(cell.excluded))
  const rest = cell.service - cell.over - cell.unknown - cell.excluded
  return { met: rest > 0 ? CELL : 0, breached, unknown, excluded }
}
