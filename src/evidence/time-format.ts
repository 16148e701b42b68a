import { DAY, dayNumber, HOUR, isDate, MINUTE, SECOND } from '../time/civil.ts'
import { parseStamp, type Stamp } from '../time/stamp.ts'

/** Reads the text of a stamp. */
export type StampParser = (text: string) => Stamp

/**
 * The reader of a mapping's `time-format`: `rfc3339`, `epoch-s`, `epoch-ms`, or a pattern of YYYY MM DD HH mm ss SSS
 * with anything else taken literally (`DD/MM/YYYY HH:mm`, seconds in `[:ss]` optional). Undefined for other texts.
 */
export function timeFormat(format: string): StampParser | undefined {
  if (format === 'rfc3339') return parseStamp
  if (format === 'epoch-s') return text => epoch(text, SECOND)
  if (format === 'epoch-ms') return text => epoch(text, 1)
  return pattern(format)
}

function epoch(text: string, unit: number): Stamp {
  const parts = /^(-?)(\d{1,14})(?:\.(\d+))?$/.exec(text)
  if (parts === null) return { kind: 'bad', message: `"${text}" is not an epoch time in ${unit === 1 ? 'ms' : 's'}` }
  const [, sign = '', whole = '', fraction = ''] = parts
  const size = Number(whole) * unit + (unit === 1 ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0')))
  // Cut towards earlier, as digits below the millisecond are for stamps after 1970.
  const beyond = /[1-9]/.test(fraction.slice(unit === 1 ? 0 : 3)) ? 1 : 0
  return { kind: 'instant', at: sign === '-' ? -size - beyond : size }
}

const TOKENS = new Map([
  ['YYYY', '(?<year>\\d{4})'],
  ['MM', '(?<month>\\d{2})'],
  ['DD', '(?<day>\\d{2})'],
  ['HH', '(?<hour>\\d{2})'],
  ['mm', '(?<minute>\\d{2})'],
  ['ss', '(?<second>\\d{2})'],
  ['SSS', '(?<ms>\\d{3})'],
  ['[', '(?:'],
  [']', ')?'],
])

function pattern(format: string): StampParser | undefined {
  const source = format.replaceAll(/YYYY|MM|DD|HH|mm|SSS|ss|[\s\S]/g, part => {
    return TOKENS.get(part) ?? part.replace(/[\\^$.*+?(){}|]/, '\\$&')
  })
  let compiled: RegExp
  try {
    compiled = new RegExp(`^${source}$`)
  } catch {
    return undefined
  }
  if (!['<year>', '<month>', '<day>'].every(name => source.includes(name))) return undefined
  return text => {
    const found = compiled.exec(text)?.groups
    if (found === undefined) return { kind: 'bad', message: `"${text}" is not a time as ${format}` }
    const [year, month, day] = [Number(found.year), Number(found.month), Number(found.day)]
    if (!isDate(year, month, day)) return { kind: 'bad', message: `"${text}": there is no such date` }
    const date = dayNumber(year, month, day)
    if (found.hour === undefined) return { kind: 'date', day: date }
    const [hour, minute, second] = [Number(found.hour), Number(found.minute ?? 0), Number(found.second ?? 0)]
    if (hour > 23 || minute > 59 || second > 59)
      return { kind: 'bad', message: `"${text}": there is no such time of day` }
    const local = date * DAY + hour * HOUR + minute * MINUTE + second * SECOND + Number(found.ms ?? 0)
    return { kind: 'local', local }
  }
}
