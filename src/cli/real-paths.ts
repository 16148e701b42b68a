import { readlink, realpath, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join } from 'node:path'

/** Which file a path means, whatever it is called there. */
export interface Place {
  /** Absolute, without links; of a file that isn't there yet, where it would come to be. */
  readonly real: string
  /** Shared by all names of one file (hard links); absent where there is none yet. */
  readonly node?: string
}

/** Follows links, those too that lead to nothing yet. */
export async function placeOf(path: string): Promise<Place> {
  const real = await realPath(path)
  const found = await stat(real, { bigint: true }).catch(() => undefined)
  // Some network file systems number nothing.
  const numbered = found?.isFile() === true && found.ino !== 0n
  return { real, ...(numbered && { node: `${found.dev}:${found.ino}` }) }
}

/** Where a path leads: what is there already without links, then the names that are not there yet. */
export async function realPath(path: string, links = MOST_LINKS): Promise<string> {
  const there = await realpath(path).catch(() => undefined)
  if (there !== undefined) return there
  const above = dirname(path)
  if (above === path) return path
  const parent = await realPath(above, links)
  const target = await readlink(path).catch(() => undefined)
  if (target === undefined || links === 0) return join(parent, basename(path))
  // Not joined: `..` is taken from where a link in it leads to.
  return realPath(isAbsolute(target) ? target : `${parent}/${target}`, links - 1)
}

// As many as Linux follows.
const MOST_LINKS = 40
