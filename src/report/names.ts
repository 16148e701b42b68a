/** Files by the shortest ending of their path that no other of them shares: `outages.csv`, else `b/outages.csv`. */
export function shortNames(files: readonly string[]): ReadonlyMap<string, string> {
  const all = [...new Set(files)]
  return new Map(all.map(file => [file, shortest(file, all)]))
}

function shortest(file: string, all: readonly string[]): string {
  const parts = file.split('/')
  for (let from = parts.length - 1; from > 0; from--) {
    const name = parts.slice(from).join('/')
    if (name !== '' && all.every(other => other === file || !`/${other}`.endsWith(`/${name}`))) return name
  }
  return file
}
