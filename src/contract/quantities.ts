import { nearest } from '../model/nearest.ts'
import type { Problem } from '../time/duration.ts'
import type { Money, Percent } from './contract.ts'
import { currencyCodes, currencyDecimals } from './currencies.ts'

/** Reads `99.950%` exactly: 0 to 100, at most 9 decimals. `text` is the percentage as written, with its sign. */
export function parsePercent(text: string): Percent | Problem {
  const trimmed = text.trim()
  const found = /^(\d+)(?:\.(\d+))?\s*(%?)$/.exec(trimmed)
  if (found === null) {
    return {
      problem: `"${text}" isn't a percentage`,
      hint: trimmed.includes(',') ? 'write decimals with a point: 99.5%' : 'write a number and the sign: 99.5%',
    }
  }
  const [, whole = '', decimals = '', sign] = found
  if (sign === '') {
    return { problem: `"${text}": the % is missing`, hint: `write ${trimmed}%` }
  }
  if (decimals.length > 9) return { problem: `"${text}": at most 9 decimals` }
  const of = 10 ** decimals.length * 100
  const part = Number(whole + decimals)
  if (whole.replace(/^0+/, '').length > 3 || part > of) return { problem: `"${text}" is more than 100%` }
  return { part, of, text: trimmed }
}

/** Reads `1200 EUR` into minor units of the ISO 4217 currency. */
export function parseMoney(text: string): Money | Problem {
  const trimmed = text.trim()
  const found = /^(\d+)(?:\.(\d+))?\s*([A-Za-z]*)$/.exec(trimmed)
  if (found === null) {
    const hint = /\d[,' \u00a0\u202f]\d/.test(trimmed)
      ? `write ${trimmed.replaceAll(/(?<=\d)[,' \u00a0\u202f](?=\d)/g, '')}, without thousands separators`
      : 'write an amount and the code of its currency: 1200 EUR'
    return { problem: `"${text}" isn't an amount of money`, hint }
  }
  const [, whole = '', fraction = '', code = ''] = found
  if (code === '') return { problem: `"${text}": the currency is missing`, hint: `write ${trimmed} EUR` }
  const decimals = currencyDecimals(code)
  if (decimals === undefined) {
    const meant = nearest(code, currencyCodes())
    return {
      problem: `"${text}": unknown currency ${code}`,
      hint: meant === undefined ? 'use the ISO 4217 code: EUR, USD, JPY' : `did you mean ${meant}?`,
    }
  }
  if (fraction.length > decimals) {
    return { problem: `"${text}": ${code} has ${decimals === 0 ? 'no' : `only ${decimals}`} decimals` }
  }
  const minor = Number(whole + fraction.padEnd(decimals, '0'))
  return Number.isSafeInteger(minor) ? { minor, currency: code } : { problem: `"${text}" is too large` }
}

/** Exact decimal text without needless zeros: `-0.50` is `-0.5`. No exponent. */
export function parseDecimal(text: string): string | Problem {
  const found = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text.trim())
  if (found === null) {
    const hint = /\d,\d/.test(text) ? 'write 1500 or 1.5, without commas' : 'write digits, such as 200 or 0.5'
    return { problem: `"${text}" isn't a number`, hint }
  }
  const [, sign, whole = '', fraction = ''] = found
  const left = whole.replace(/^0+(?=\d)/, '')
  const right = fraction.replace(/0+$/, '')
  const size = right === '' ? left : `${left}.${right}`
  return sign === '-' && size !== '0' ? `-${size}` : size
}

/** Splits `4h per calendar month` into the amount and its window. */
export function splitPer(text: string, example: string): { readonly amount: string; readonly per: string } | Problem {
  const found = /^(.*\S)\s+per\s+(\S.*)$/.exec(text.trim())
  if (found === null) return { problem: `"${text}" doesn't say per what`, hint: `write such as ${example}` }
  return { amount: found[1] ?? '', per: found[2] ?? '' }
}
