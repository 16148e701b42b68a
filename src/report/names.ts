/** Files by the shortest ending of their path that no other of them shares: `outages.csv`, else `b/outages.csv`. */
export function shortNames(files: readonly string[]): ReadonlyMap<string, string> {
  const all = new Set(files)
  const holders = new Map<string, number>()
  for (const file of all) for (const name of endings(file)) holders.set(name, (holders.get(name) ?? 0) + 1)
  return new Map([...all].map(file => [file, endings(file).find(name => holders.get(name) === 1) ?? file]))
}

/** `a/b/c.csv`: `c.csv`, `b/c.csv`, `a/b/c.csv`. */
function endings(file: string): readonly string[] {
  const parts = file.split('/')
  return parts.map((_, i) => parts.slice(parts.length - 1 - i).join('/')).filter(name => name !== '')
}
