/** The kind that a document of the language (YAML or JSON) says it is, such as `Contract`; undefined for other files. */
export function documentKind(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes.subarray(0, MOST_BYTES))
  if (!/(?:^|[{,])\s*["']?apiVersion["']?\s*:\s*["']?sla\//m.test(text)) return undefined
  // Those of clauses begin with a small letter.
  return /(?:^|[{,])\s*["']?kind["']?\s*:\s*["']?([A-Z]\w*)/m.exec(text)?.[1]
}

// Both stand in the first lines, but comments may stand before.
const MOST_BYTES = 1 << 16
