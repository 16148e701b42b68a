/** The function of a text, which remembers what it gave for those of late. */
export function remembering<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  let lastText: string | undefined
  let last: T | undefined
  return text => {
    if (text === lastText && last !== undefined) return last
    let found = known.get(text)
    if (found === undefined) {
      if (known.size >= MOST) known.clear()
      found = make(text)
      known.set(text, found)
    }
    lastText = text
    last = found
    return found
  }
}

const MOST = 65_536
