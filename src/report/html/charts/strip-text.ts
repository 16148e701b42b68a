import { civilDate, dateText } from '../../../time/civil.ts'
import { total } from '../../../time/interval.ts'
import { dateWords } from '../../local-dates.ts'
import { grouped, spanText } from '../../quantities.ts'
import { monthText } from './axis.ts'
import { amountOf } from './counted.ts'
import { type Cell, joinedCells } from './days.ts'
import type { StripFigures } from './strip-figures.ts'

/** The words for a strip: what is `up`, what is `down`, what is neither. */
export interface StripWords {
  readonly id: string
  readonly title: string
  readonly kept: string
  readonly over: string
  /** `not in service`. */
  readonly blank: string
  /** Whether there is such a thing as excluded time. */
  readonly excludes: boolean
}

export type CellUnit = 'day' | 'month'

/** `Sat 2 May 2026`, of a month `May 2026`. */
export function cellName({ day }: Cell, unit: CellUnit): string {
  const { year, month } = civilDate(day)
  return unit === 'day' ? dateWords(dateText(day), true).replace('  ', ' ') : `${monthText(month)} ${year}`
}

/** What a cell is made of: `down 2h 30m, excluded 1h of 24h`. */
export function partsText({ over, excluded, unknown, start, end }: Cell, words: StripWords): string {
  const length = spanText(end - start).replace(/^1d$/, '24h')
  const parts = [
    over > 0 ? `${words.over} ${spanText(over)}` : '',
    excluded > 0 ? `excluded ${spanText(excluded)}` : '',
    unknown > 0 ? `unknown ${spanText(unknown)}` : '',
  ].filter(Boolean)
  return `${parts.join(', ')} of ${length}`
}

/** The sums of a strip, and what it can't show. */
export function stripDescription(
  figures: StripFigures,
  words: StripWords,
  cells: readonly Cell[],
  unit: CellUnit,
  { hidden, asOf }: { readonly hidden: number; readonly asOf: number },
): string {
  const { over, excluded, unknown, exact, hours, joined } = figures
  const hit = cells.filter(cell => cell.over > 0).length
  const past = cells.filter(({ start }) => start < asOf).length
  const down = amountOf(over)
  const facts = [
    down === 0
      ? `Nothing ${words.over}`
      : `${capital(words.over)} ${spanText(down)} on ${grouped(hit)} of ${grouped(past)} ${unit}s`,
    excluded.length > 0 ? `excluded ${spanText(total(excluded))}` : '',
    unknown.length > 0 ? `unknown ${spanText(total(unknown))}` : '',
  ].filter(Boolean)
  return [
    `${facts.join(', ')}.`,
    exact ? '' : 'Time that counts in part only is shown at its full length.',
    joined === true ? 'Of neighbouring windows with one verdict only the worst is shown.' : '',
    hours === true ? 'Which hours of a day are in service is not shown: days are told as a whole.' : '',
    hidden > 0 ? `The first ${hidden} years are in the table only.` : '',
  ]
    .filter(Boolean)
    .join(' ')
}

export function stripHead({ over, excludes }: StripWords, unit: CellUnit): readonly string[] {
  return [unit === 'day' ? 'Day' : 'Month', capital(over), ...(excludes ? ['Excluded'] : []), 'Unknown']
}

/** Each cell; those that are one thing throughout are joined. The last row is the sum. */
export function stripTable(
  cells: readonly Cell[],
  { excludes }: StripWords,
  unit: CellUnit,
  figures: StripFigures,
): readonly (readonly string[])[] {
  const row = (name: string, over: number, excluded: number, unknown: number): readonly string[] => [
    name,
    spanText(over),
    ...(excludes ? [spanText(excluded)] : []),
    spanText(unknown),
  ]
  const joined = joinedCells(cells)
  const left = joined.slice(MOST_ROWS)
  const sum = (pick: (cell: Cell) => number): number => left.reduce((all, cell) => all + pick(cell), 0)
  const rest = row(
    `${grouped(left.length)} more rows together`,
    sum(({ over }) => over),
    sum(({ excluded }) => excluded),
    sum(({ unknown }) => unknown),
  )
  return [
    ...joined.slice(0, MOST_ROWS).map(cell => {
      const [first, last] = [cellName(cell, unit), cellName({ ...cell, day: cell.last }, unit)]
      return row(first === last ? first : `${first} – ${last}`, cell.over, cell.excluded, cell.unknown)
    }),
    ...(left.length === 0 ? [] : [rest]),
    row('All', amountOf(figures.over), total(figures.excluded), total(figures.unknown)),
  ]
}

const MOST_ROWS = 200

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}
