// Reports repeat few vectors many times; a stream of ever new ones must not fill the memory.
const MOST = 20_000

/** `compute`, which keeps its last results by text. */
export function remember<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly result: T }>()
  return text => {
    const before = known.get(text)
    if (before !== undefined) return before.result
    const result = compute(text)
    if (known.size >= MOST) known.clear()
    known.set(text, { result })
    return result
  }
}
