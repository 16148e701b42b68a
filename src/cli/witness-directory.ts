import { basename, dirname, join } from 'node:path'
import type { Io } from './io.ts'
import { usageError } from './usage.ts'

/** The first line of the README.md that `--witness` writes, which tells a directory of its own. */
export const TITLE = '# Logs that tell the contracts apart'

/**
 * The logs of an earlier run in the directory of `--witness`, which go with the new ones. Throws a usage error where it
 * holds files of that kind that no run has written, or where another option writes one there.
 */
export async function checkWitnesses(
  directory: string,
  outputs: readonly { readonly path: string }[],
  io: Io,
): Promise<readonly string[]> {
  const kind = await io.kindOf(directory)
  if (kind !== undefined && kind !== 'directory') throw usageError(`--witness: ${directory} is a file, not a directory`)
  const { real } = await io.placeOf(directory)
  for (const { path } of outputs) {
    if (!isLog(basename(path)) || (await io.placeOf(dirname(path))).real !== real) continue
    throw usageError(`--output: ${path} may be what --witness writes`, 'name it otherwise, or write it elsewhere')
  }
  if (kind === undefined) return []
  const readme = join(directory, 'README.md')
  const own = (await io.kindOf(readme)) === undefined ? undefined : new TextDecoder().decode(await io.readFile(readme))
  if (own !== undefined && own.split(/\r?\n/, 1)[0] !== TITLE) {
    throw usageError(`--witness: ${readme} is not of sla compare: it would be written over`, HINT)
  }
  const named = (own ?? '').split('\n').filter(line => line.startsWith('## '))
  const written = new Set(named.flatMap(line => [...line.matchAll(/`([^`]+)`/g)].map(([, name]) => name)))
  const logs = (await io.namesIn(directory)).filter(isLog)
  const foreign = logs.find(name => !written.has(name))
  if (foreign === undefined) return logs
  throw usageError(`--witness: ${join(directory, foreign)} is not of sla compare: it might be written over`, HINT)
}

const HINT = 'name a directory of its own'

/** `01-availability.csv`. */
function isLog(name: string): boolean {
  return /^\d{2,}-.*\.csv$/i.test(name)
}
