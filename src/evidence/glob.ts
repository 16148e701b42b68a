/** Whether a path is a pattern: `*` and `?` within one name, `**` over any number of directories. */
export function isGlob(path: string): boolean {
  return /[*?]/.test(path)
}

/** The directory a pattern starts from, and the test for paths below it. Hidden names only match a spelled-out dot. */
export function globMatcher(pattern: string): { readonly base: string; matches(path: string): boolean } {
  const parts = pattern.split('/')
  const first = parts.findIndex(isGlob)
  const fixed = parts.slice(0, first < 0 ? parts.length - 1 : first)
  const wanted = parts.slice(fixed.length)
  const base = fixed.length === 1 && fixed[0] === '' ? '/' : fixed.join('/')
  return { base, matches: path => fits(wanted, path.split('/')) }
}

/** Whether a whole path, or its last name alone when the pattern has no `/`, fits a pattern. */
export function globFits(pattern: string, path: string): boolean {
  const names = path.split('/')
  return fits(pattern.split('/'), pattern.includes('/') ? names : names.slice(-1))
}

function fits(parts: readonly string[], names: readonly string[]): boolean {
  const [part, ...rest] = parts
  if (part === undefined) return names.length === 0
  const [name, ...below] = names
  if (part === '**') return fits(rest, names) || (name !== undefined && !name.startsWith('.') && fits(parts, below))
  return name !== undefined && nameFits(part, name) && fits(rest, below)
}

function nameFits(pattern: string, name: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false
  const source = pattern
    .replaceAll(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 's').test(name)
}
