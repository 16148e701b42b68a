import { close, fsync, openSync, unlinkSync, writeFile } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
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
  // Through a symbolic link the file it points to is replaced, not the link; a dangling one gets its target.
  const target = await realPath(path)
  const mode = await stat(target)
    .then(found => found.mode & 0o777)
    .catch(() => 0o666)
  // At once: were it made while an interrupt clears away, it would be left over.
  const [temporary, opened] = openTemporary(dirname(target), mark, mode)
  let file: number | undefined = opened
  litter.add(temporary)
  try {
    for (const text of texts) await promisify(writeFile)(file, text)
    await promisify(fsync)(file)
    const whole = file
    file = undefined
    await promisify(close)(whole)
    await rename(temporary, target)
  } catch (error) {
    if (file !== undefined) await promisify(close)(file)
    await rm(temporary, { force: true })
    throw error
  } finally {
    litter.delete(temporary)
  }
}

/** A new file of a short name: that of the target may be as long as names can be. */
function openTemporary(directory: string, mark: number, mode: number): readonly [path: string, file: number] {
  for (let count = 0; ; count++) {
    const path = join(directory, `.sla-${mark}-${count}.tmp`)
    try {
      return [path, openSync(path, 'wx', mode)]
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
      if (!taken || count === MOST_TAKEN) throw error
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
