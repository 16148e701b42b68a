import { DAY, dayNumber, HOUR, isDate, MINUTE, SECOND } from '../time/civil.ts'
import type { BadTime, StampParser } from './time-format.ts'

/** What to do about times of another form. */
export const OTHER_FORM =
  'say how times are written with time-format in a --map file, such as time-format: D/M/YYYY HH:mm'

/** What a token fills, and how many digits it takes; names instead of digits for months and halves of the day. */
interface Token {
  readonly field: Field
  readonly least: number
  readonly most: number
}

type Field = 'year' | 'month' | 'day' | 'hour' | 'half' | 'minute' | 'second' | 'ms'

/** One or two digits are for times as people write them: `5/3/2016 9:05`; `YY` is of this century, `h` needs `A`. */
const TOKENS: Readonly<Record<string, Token>> = {
  YYYY: { field: 'year', least: 4, most: 4 },
  YY: { field: 'year', least: 2, most: 2 },
  MMM: { field: 'month', least: 0, most: 0 },
  MM: { field: 'month', least: 2, most: 2 },
  M: { field: 'month', least: 1, most: 2 },
  DD: { field: 'day', least: 2, most: 2 },
  D: { field: 'day', least: 1, most: 2 },
  HH: { field: 'hour', least: 2, most: 2 },
  H: { field: 'hour', least: 1, most: 2 },
  hh: { field: 'hour', least: 2, most: 2 },
  h: { field: 'hour', least: 1, most: 2 },
  A: { field: 'half', least: 0, most: 0 },
  mm: { field: 'minute', least: 2, most: 2 },
  ss: { field: 'second', least: 2, most: 2 },
  SSS: { field: 'ms', least: 3, most: 3 },
}
const ANY_TOKEN = /YYYY|YY|MMM|MM|M|DD|D|HH|H|hh|h|A|mm|ss|SSS/y
// Inside other words only these count: the `h` of `Uhr` is no hour.
const LONG_TOKEN = /YYYY|MMM|MM|DD|HH|mm|SSS|ss/y
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** A literal text, a token, or parts that may be left out together. */
type Part = string | Token | readonly Part[]

type Read = Record<Field, number>

/** The reader of a pattern; undefined for one that tells no date, or holds one thing twice. */
export function pattern(format: string, hints = true): StampParser | undefined {
  const parts = compile(format)
  if (parts === undefined) return undefined
  const read: Read = { year: -1, month: -1, day: -1, hour: -1, half: -1, minute: -1, second: -1, ms: -1 }

  return text => {
    for (const field of FIELDS) read[field] = -1
    if (take(parts, text, 0, read) !== text.length) {
      return { kind: 'bad', message: `"${text}" is not a time as ${format}`, hint: OTHER_FORM }
    }
    const { year, month, day } = read
    if (year < 0 || !isDate(year, month, day)) return none(text, 'date')
    const date = dayNumber(year, month, day)
    if (read.hour < 0) return { kind: 'date', day: date }
    const hour = hourOf(read)
    const [minute, second, ms] = [Math.max(read.minute, 0), Math.max(read.second, 0), Math.max(read.ms, 0)]
    if (hour === undefined || minute > 59 || second > 59) {
      return none(text, 'time of day')
    }
    return { kind: 'local', local: date * DAY + hour * HOUR + minute * MINUTE + second * SECOND + ms }
  }

  function none(text: string, what: string): BadTime {
    const other = hints ? otherOrder(format) : undefined
    const stamp = other === undefined ? undefined : pattern(other, false)?.(text)
    const hint =
      stamp === undefined || stamp.kind === 'bad' ? {} : { hint: `say time-format: ${other} in a --map file` }
    return { kind: 'bad', message: `"${text}" read as ${format}: there is no such ${what}`, ...hint, fits: true }
  }
}

/** Days and months the other way round; undefined where the month is a name. */
function otherOrder(format: string): string | undefined {
  if (format.includes('MMM')) return undefined
  return format.replaceAll(/[DM]/g, letter => (letter === 'D' ? 'M' : 'D'))
}

const FIELDS: readonly Field[] = ['year', 'month', 'day', 'hour', 'half', 'minute', 'second', 'ms']

/** 12 AM is midnight, 12 PM noon. */
function hourOf({ hour, half }: Read): number | undefined {
  if (half < 0) return hour > 23 ? undefined : hour
  return hour < 1 || hour > 12 ? undefined : (hour % 12) + half * 12
}

/** Undefined for patterns that can't tell a date, or hold one thing twice. */
function compile(format: string): readonly Part[] | undefined {
  const fields = new Set<Field>()
  const stack: Part[][] = [[]]
  let twelve = false
  for (const run of format.match(/[A-Za-z]+|[[\]]|[^A-Za-z[\]]+/g) ?? []) {
    const parts = stack.at(-1) ?? []
    if (run === '[') stack.push([])
    else if (run === ']') {
      stack.pop()
      stack.at(-1)?.push(parts)
      if (stack.length === 0) return undefined
    } else {
      for (const word of words(run)) {
        const token = TOKENS[word]
        if (token === undefined) parts.push(word)
        else {
          if (fields.has(token.field)) return undefined
          fields.add(token.field)
          if (word === 'h' || word === 'hh') twelve = true
          parts.push(token)
        }
      }
    }
  }
  const [parts, open] = stack
  const dated = (['year', 'month', 'day'] as const).every(field => fields.has(field))
  const clocked = (['minute', 'second', 'ms', 'half'] as const).some(field => fields.has(field))
  if (parts === undefined || open !== undefined || !dated || (clocked && !fields.has('hour'))) return undefined
  return fields.has('half') === twelve ? parts : undefined
}

/** The tokens and literal texts of a run of letters or of other characters. */
function words(run: string): readonly string[] {
  const all = split(run, ANY_TOKEN)
  return all.every(word => TOKENS[word] !== undefined) ? all : split(run, LONG_TOKEN)
}

function split(run: string, token: RegExp): readonly string[] {
  const found: string[] = []
  let literal = ''
  for (let i = 0; i < run.length; ) {
    token.lastIndex = i
    const [word = ''] = token.exec(run) ?? []
    if (word === '') literal += run[i++]
    else {
      if (literal !== '') found.push(literal)
      literal = ''
      found.push(word)
      i += word.length
    }
  }
  return literal === '' ? found : [...found, literal]
}

/** The position after the parts, -1 where they don't fit. Allocates nothing but for names of months. */
function take(parts: readonly Part[], text: string, from: number, read: Read): number {
  let at = from
  for (const part of parts) {
    if (typeof part === 'string') {
      if (!text.startsWith(part, at) && !blankAlike(text, at, part)) return -1
      at += part.length
    } else if ('field' in part) {
      at = takeToken(part, text, at, read)
      if (at < 0) return -1
    } else {
      const after = take(part, text, at, read)
      if (after >= 0) at = after
      else forget(part, read)
    }
  }
  return at
}

/** Newer systems write a no-break space, a narrow one before AM and PM. */
function blankAlike(text: string, at: number, part: string): boolean {
  if (!part.includes(' ')) return false
  return text.slice(at, at + part.length).replaceAll(/[\u00a0\u202f]/g, ' ') === part
}

function forget(parts: readonly Part[], read: Read): void {
  for (const part of parts) {
    if (typeof part === 'string') continue
    if ('field' in part) read[part.field] = -1
    else forget(part, read)
  }
}

function takeToken({ field, least, most }: Token, text: string, from: number, read: Read): number {
  if (most === 0) {
    const word = text.slice(from, from + (field === 'month' ? 3 : 2)).toLowerCase()
    read[field] = field === 'month' ? MONTHS.indexOf(word) + 1 : word === 'am' ? 0 : word === 'pm' ? 1 : -1
    if (field === 'month' ? read.month === 0 : read.half < 0) return -1
    return from + word.length
  }
  let at = from
  let value = 0
  while (at - from < most) {
    const digit = text.charCodeAt(at) - 48
    if (!(digit >= 0 && digit <= 9)) break
    value = value * 10 + digit
    at++
  }
  if (at - from < least) return -1
  read[field] = field === 'year' && most === 2 ? 2000 + value : value
  return at
}
