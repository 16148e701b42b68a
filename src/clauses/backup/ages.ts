import type { Problem } from '../../time/duration.ts'

/** `1-29`, `1-7, 14, 28` → the ages in days, as written. */
export function agesOf(text: string): readonly number[] | Problem {
  const out: number[] = []
  for (const part of text.split(',')) {
    const found = /^\s*(\d{1,5})\s*(?:[-–]\s*(\d{1,5})\s*)?$/.exec(part)
    const first = Number(found?.[1])
    const last = Number(found?.[2] ?? found?.[1])
    if (found === null)
      return { problem: `"${text}" isn't a list of ages in days`, hint: 'write such as "1-29" or [1, 2, 3, 7, 14]' }
    if (first < 1)
      return {
        problem: `"${text}": the least age is 1 day`,
        hint: 'a backup is 1 day old on the local day after its own',
      }
    if (last > MOST) return { problem: `"${text}": the greatest age is ${MOST} days` }
    if (last < first) return { problem: `"${text}": ${first} is more than ${last}`, hint: `write ${last}-${first}` }
    for (let age = first; age <= last; age++) out.push(age)
  }
  return out
}

const MOST = 10_000

/** `1–29`, `1–3, 7, 14`: neighbours as ranges; `ages` ascend. */
export function shownAges(ages: readonly number[]): string {
  const parts: string[] = []
  for (let at = 0; at < ages.length; ) {
    const first = ages[at] ?? 0
    let last = first
    while (ages[at + 1] === last + 1) {
      last++
      at++
    }
    at++
    if (last === first) parts.push(String(first))
    else parts.push(last === first + 1 ? `${first}, ${last}` : `${first}–${last}`)
  }
  return parts.join(', ')
}
