import { SECOND } from '../time/civil.ts'
import { parseStamp, type Stamp } from '../time/stamp.ts'
import { OTHER_FORM, pattern } from './time-pattern.ts'

/** Reads the text of a stamp. */
export type StampParser = (text: string) => Stamp | BadTime

/** Why a text is no stamp; `fits`: it is written as it should be, but there is no such date or time of day. */
export interface BadTime {
  readonly kind: 'bad'
  readonly message: string
  readonly hint?: string
  readonly fits?: true
}

/**
 * The reader of a mapping's `time-format`: `rfc3339`, `epoch-s`, `epoch-ms`, or a pattern of tokens with
 * anything else taken literally (`DD/MM/YYYY HH:mm`, seconds in `[:ss]` optional). Undefined for other texts.
 */
export function timeFormat(format: string): StampParser | undefined {
  if (format === 'rfc3339') return parseStamp
  if (format === 'epoch-s') return text => epoch(text, SECOND)
  if (format === 'epoch-ms') return text => epoch(text, 1)
  return pattern(format)
}

/**
 * Reads a text by the first of several formats that fits; `form` names them. What is wrong is said in the words of the
 * one whose form the text has, else of the first.
 */
export function firstFormat(...formats: readonly string[]): { readonly format: StampParser; readonly form: string } {
  const parsers = formats.map(timeFormat)
  const names = formats.map(formName)
  const format: StampParser = text => {
    let wrong: BadTime | undefined
    for (const parse of parsers) {
      const stamp = parse?.(text)
      if (stamp === undefined) continue
      if (stamp.kind !== 'bad') return stamp
      if (wrong === undefined || ('fits' in stamp && wrong.fits !== true)) wrong = stamp
    }
    return wrong ?? { kind: 'bad', message: `"${text}" is not a time` }
  }
  return { format, form: names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` }
}

/** A time format as people are told of it. */
export function formName(format: string): string {
  return format === 'rfc3339' ? 'ISO 8601' : format
}

function epoch(text: string, unit: number): Stamp | BadTime {
  const parts = /^(-?)(\d{1,14})(?:\.(\d+))?$/.exec(text)
  if (parts === null) {
    return { kind: 'bad', message: `"${text}" is not an epoch time in ${unit === 1 ? 'ms' : 's'}`, hint: OTHER_FORM }
  }
  const [, sign = '', whole = '', fraction = ''] = parts
  const size = Number(whole) * unit + (unit === 1 ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0')))
  // Cut towards earlier, as digits below the millisecond are for stamps after 1970.
  const beyond = /[1-9]/.test(fraction.slice(unit === 1 ? 0 : 3)) ? 1 : 0
  return { kind: 'instant', at: sign === '-' ? -size - beyond : size }
}
