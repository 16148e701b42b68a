/** Notes of a table, told once below it: each different text has a letter. */
export interface Footnotes {
  /** `(a,b)`; blank where there are none. */
  mark(notes: readonly string[]): string
  /** Letters and texts, in the order that they were first marked. */
  list(): readonly (readonly [letter: string, text: string])[]
}

export function footnotes(): Footnotes {
  const letters = new Map<string, string>()
  return {
    mark(notes) {
      for (const note of notes) if (!letters.has(note)) letters.set(note, letterOf(letters.size))
      const marks = [...letters].filter(([note]) => notes.includes(note)).map(([, letter]) => letter)
      return marks.length === 0 ? '' : `(${marks.join(',')})`
    },
    list: () => [...letters].map(([text, letter]) => [letter, text]),
  }
}

/** a … z, then aa … */
function letterOf(index: number): string {
  const last = String.fromCharCode(97 + (index % 26))
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last
}
