import { close, fsync, openSync, unlinkSync, writeFile } from 'node:fs'
import { mkdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { realPath } from './real-paths.ts'

/**
 * Writes a file whole or not at all: a temporary file beside it, synced, then renamed over it. Its name holds `mark`,
 * and as long as it is there it is in `litter`.
 */
export async function writeWhole(
  path: string,
  texts: Iterable<string>,
  litter: Set<string>,
  mark: number,
): Promise<void> {
  const { temporary, target } = await written(path, texts, litter, mark)
  try {
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  } finally {
    litter.delete(temporary)
  }
}

/**
 * Writes files into a directory, which is made where it is missing, and removes those of `stale` that are not among
 * them. Nothing is replaced before all are written.
 */
export async function writeTogether(
  directory: string,
  texts: ReadonlyMap<string, string>,
  stale: readonly string[],
  litter: Set<string>,
  mark: number,
): Promise<void> {
  const made = await mkdir(directory, { recursive: true })
  const ready: { readonly temporary: string; readonly target: string }[] = []
  try {
    for (const [name, text] of texts)
      ready.push(await written(join(directory, name), [text], litter, mark, ready.length))
    for (const { target } of ready) {
      const found = await stat(target).catch(() => undefined)
      if (found?.isDirectory() === true) throw Object.assign(new Error(`${target} is a directory`), { code: 'EISDIR' })
    }
    for (const { temporary, target } of ready) await rename(temporary, target)
    for (const name of stale) if (!texts.has(name)) await rm(join(directory, name), { force: true })
  } catch (error) {
    for (const { temporary } of ready) await rm(temporary, { force: true })
    if (made !== undefined) await rmdir(directory).catch(() => undefined)
    throw error
  } finally {
    for (const { temporary } of ready) litter.delete(temporary)
  }
}

/** What is to be in a file, in a temporary one beside it; `count`: how many there are already. */
async function written(
  path: string,
  texts: Iterable<string>,
  litter: Set<string>,
  mark: number,
  count = 0,
): Promise<{ readonly temporary: string; readonly target: string }> {
  // Through a symbolic link the file it points to is replaced, not the link; a dangling one gets its target.
  const target = await realPath(path)
  const mode = await stat(target)
    .then(found => found.mode & 0o777)
    .catch(() => 0o666)
  // At once: were it made while an interrupt clears away, it would be left over.
  const [temporary, opened] = openTemporary(dirname(target), mark, mode, count)
  let file: number | undefined = opened
  litter.add(temporary)
  try {
    for (const text of texts) await promisify(writeFile)(file, text)
    await promisify(fsync)(file)
    const whole = file
    file = undefined
    await promisify(close)(whole)
    return { temporary, target }
  } catch (error) {
    if (file !== undefined) await promisify(close)(file)
    await rm(temporary, { force: true })
    litter.delete(temporary)
    throw error
  }
}

/** A new file of a short name: that of the target may be as long as names can be. */
function openTemporary(
  directory: string,
  mark: number,
  mode: number,
  from: number,
): readonly [path: string, file: number] {
  for (let count = from; ; count++) {
    const path = join(directory, `.sla-${mark}-${count}.tmp`)
    try {
      return [path, openSync(path, 'wx', mode)]
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
      if (!taken || count === from + MOST_TAKEN) throw error
    }
  }
}

// Left over by a run of the same process number that was killed.
const MOST_TAKEN = 1000

/** Removes what is left of files that are not whole. */
export function clearAway(litter: ReadonlySet<string>): void {
  for (const path of litter) {
    try {
      unlinkSync(path)
    } catch {
      // Already renamed: nothing to clear away.
    }
  }
}
