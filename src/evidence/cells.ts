/** A non-negative whole number up to 2^53 − 1; NaN for any other text. Allocates nothing. */
export function wholeNumber(text: string): number {
  const length = text.length
  if (length === 0 || length > 16) return Number.NaN
  let value = 0
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value <= Number.MAX_SAFE_INTEGER ? value : Number.NaN
}

/** A decimal number such as `-0.25` or `1e3` with at most 15 significant digits; NaN for any other text. */
export function decimalNumber(text: string): number {
  let digits = 0
  let leading = true
  let exponent = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 48 && code <= 57) {
      if (code !== 48) leading = false
      if (!leading && !exponent) digits++
    } else if (code === 101 || code === 69) exponent = true
    else if (code !== 43 && code !== 45 && code !== 46) return Number.NaN
  }
  const value = text === '' ? Number.NaN : Number(text)
  return digits <= 15 && Number.isFinite(value) ? value + 0 : Number.NaN
}

/** A share written as `40%` or `0.4`, from 0 to 1, as an exact fraction; undefined for any other text. */
export function share(text: string): { readonly part: number; readonly of: number } | undefined {
  const found = /^(\d{1,12})(?:\.(\d{1,12}))?\s*(%?)$/.exec(text)
  if (found === null) return undefined
  const [, whole = '', fraction = '', percent] = found
  const digits = fraction.replace(/0+$/, '')
  const part = Number(whole + digits)
  const of = 10 ** digits.length * (percent === '%' ? 100 : 1)
  return part <= of && Number.isSafeInteger(part) && Number.isSafeInteger(of) ? { part, of } : undefined
}
