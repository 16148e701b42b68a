import type { Diagnostic } from '../model/diagnostic.ts'
import { formatUtc } from '../time/stamp.ts'
import type { ReadOptions } from './evidence.ts'
import { globFits } from './glob.ts'

/** When a file was made as the user says, RFC 3339; the first entry whose glob fits holds. */
export function takenAtOf(given: ReadOptions['takenAt'], file: string): string | undefined {
  const found = given?.find(({ files }) => files === undefined || globFits(files, file))
  return found === undefined ? undefined : formatUtc(found.at)
}

/** A warning for each glob that fits none of the files read. */
export function unusedTakenAt(given: ReadOptions['takenAt'], files: readonly string[]): readonly Diagnostic[] {
  return (given ?? []).flatMap(({ files: glob }): readonly Diagnostic[] => {
    if (glob === undefined || files.some(file => globFits(glob, file))) return []
    const message = `--taken-at: no file fits "${glob}": it is not used`
    return [{ code: 'taken-at-unused', severity: 'warning', message }]
  })
}
