import { dirname, resolve } from 'node:path'
import type { Io } from './io.ts'
import type { Place } from './real-paths.ts'
import { usageError } from './usage.ts'

/** A file that is to be written, by the option that names it. */
export interface Target {
  readonly option: string
  readonly path: string
}

/** What a run reads: files by name, and the files, directories and globs that were given as evidence. */
export interface Sources {
  readonly files: readonly string[]
  readonly evidence?: readonly string[]
}

/**
 * Refuses to write one file twice, to write over what the run reads, and to put into the evidence what the next run
 * would take for some. Files are told apart by where they lie, whatever links lead there. Throws a usage error.
 */
export async function checkTargets(targets: readonly Target[], sources: Sources, io: Io): Promise<void> {
  if (targets.length === 0) return
  const places = await Promise.all(targets.map(async target => ({ ...target, place: await io.placeOf(target.path) })))
  for (const [i, { option, path, place }] of places.entries()) {
    const before = places.slice(0, i).find(other => isSame(other.place, place))
    if (before === undefined) continue
    const spelled = resolve(io.directory(), before.path) === resolve(io.directory(), path)
    if (before.option !== option)
      throw usageError(`${option}: ${path} is what ${before.option} writes (${before.path})`)
    throw usageError(`${option}: ${spelled ? `${path} is named twice` : `${before.path} and ${path} are one file`}`)
  }
  const { findFiles, findsLater } = await import('../evidence/find-files.ts')
  const evidence = sources.evidence ?? []
  const found = (await findFiles(evidence)).files.map(({ path }) => path).filter(path => path !== '-')
  const given = [...sources.files, ...evidence.filter(path => path !== '-')]
  for (const input of new Set([...given, ...found])) {
    const read = await io.placeOf(input)
    const over = places.find(({ place }) => isSame(place, read))
    if (over === undefined) continue
    const { option, path } = over
    const other = resolve(io.directory(), path) === resolve(io.directory(), input) ? '' : ` (as ${input})`
    throw usageError(`${option}: ${path} is read by this run${other}; it would be written over`, 'name another file')
  }
  for (const { option, path, place } of places) {
    const taken = await findsLater(evidence, place.real)
    if (taken === undefined) continue
    throw usageError(
      `${option}: ${path} would be evidence to the next run, which reads ${taken} too`,
      'write it elsewhere, such as into a directory of its own',
    )
  }
}

/** The directory that a file is written in, that of its target if it is a link. Throws a usage error if there is none. */
export async function directoryOf({ option, path }: Target, io: Io): Promise<string> {
  const parent = dirname(path)
  const { real } = await io.placeOf(path)
  const isHere = (await io.placeOf(parent)).real === dirname(real)
  for (const directory of isHere ? [parent] : [parent, dirname(real)]) {
    if ((await io.kindOf(directory)) === 'directory') continue
    throw usageError(`${option}: there is no directory ${directory}`)
  }
  return isHere ? parent : dirname(real)
}

/** The same outside world, and the list of the files that were read through it. */
export function notingReads(io: Io): { readonly io: Io; readonly read: readonly string[] } {
  const read: string[] = []
  const readFile = (path: string): Promise<Uint8Array> => {
    read.push(path)
    return io.readFile(path)
  }
  return { io: { ...io, readFile }, read }
}

function isSame(a: Place, b: Place): boolean {
  return a.real === b.real || (a.node !== undefined && a.node === b.node)
}
