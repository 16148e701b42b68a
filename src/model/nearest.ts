/**
 * The candidate that `word` was probably meant to be, for did-you-mean hints: the fewest typing slips (insert, drop,
 * replace, swap neighbours; case is free), at most 1 in words up to 4 letters, 2 up to 8, 3 beyond. First one wins.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase()
  const allowed = Math.min(wanted.length <= 4 ? 1 : wanted.length <= 8 ? 2 : 3, Math.max(wanted.length - 1, 0))
  let best: string | undefined
  let fewest = allowed + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= fewest) continue
    const slips = distance(wanted, candidate.toLowerCase(), fewest - 1)
    if (slips < fewest) {
      best = candidate
      fewest = slips
    }
  }
  return best
}

/**
 * Damerau-Levenshtein distance in its optimal-string-alignment form; Infinity beyond `most`. Of the table only what lies
 * so near to its diagonal is filled in, so that long texts take no longer than they are.
 */
function distance(a: string, b: string, most: number): number {
  const none = Number.POSITIVE_INFINITY
  // Cell `k` of row `i` is the distance of the first `i` letters of `a` to the first `i + k - most` of `b`.
  const width = 2 * most + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: width }, (_, k) => (k < most ? none : k - most))
  for (let i = 1; i <= a.length; i++) {
    const row: number[] = []
    for (let k = 0; k < width; k++) {
      const j = i + k - most
      if (j < 0 || j > b.length) {
        row.push(none)
        continue
      }
      if (j === 0) {
        row.push(i)
        continue
      }
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min((last[k + 1] ?? none) + 1, (row[k - 1] ?? none) + 1, (last[k] ?? none) + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) cost = Math.min(cost, (beforeLast[k] ?? none) + 1)
      row.push(cost)
    }
    if (Math.min(...row) > most) return none
    beforeLast = last
    last = row
  }
  return last[b.length - a.length + most] ?? none
}
