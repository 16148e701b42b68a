import type { View } from './view.ts'

/**
 * A file's path from the working directory on: forward slashes, no `.` and no `..` inside; as it is, but for those,
 * where it lies elsewhere.
 */
export function relativePath(file: string, { directory = '' }: Pick<View, 'directory'>): string {
  const windows = isWindows(directory) || isWindows(file)
  const slashed = (text: string): string => (windows ? text.replaceAll('\\', '/') : text.replace(/^\/+/, '/'))
  const path = plainPath(slashed(file))
  const base = plainPath(slashed(directory))
  if (base === '') return path
  const prefix = base.endsWith('/') ? base : `${base}/`
  // `../acme/a.yaml` may lie in the working directory as well.
  const whole = isAbsolute(path) ? path : plainPath(prefix + path)
  const inside = comparable(whole.slice(0, prefix.length), windows) === comparable(prefix, windows)
  return inside ? whole.slice(prefix.length) : path
}

/** The path without `.`, empty and needless `..` parts; what a symbolic link may stand for is not asked. */
function plainPath(path: string): string {
  const [root = ''] = /^(?:[A-Za-z]:)?\/{0,2}/.exec(path) ?? []
  const parts: string[] = []
  for (const part of path.slice(root.length).split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '..' || !root.endsWith('/')) parts.push(part)
  }
  return `${root}${parts.join('/')}`
}

function isAbsolute(path: string): boolean {
  return /^([A-Za-z]:)?\//.test(path)
}

function isWindows(path: string): boolean {
  return /^([A-Za-z]:[\\/]|\\\\)/.test(path)
}

/** Drives and names that Windows takes for the same are. */
function comparable(path: string, windows: boolean): string {
  return windows ? path.toLowerCase() : path
}
