import type { Diagnostic } from '../model/diagnostic.ts'
import { formatUtc } from '../time/stamp.ts'
import type { ReadOptions } from './evidence.ts'
import { globFits } from './glob.ts'
import type { Problems } from './problems.ts'
import type { FileReading } from './read-file.ts'

/** When a file was made as the user says, RFC 3339; the first entry whose glob fits holds. */
export function takenAtOf(given: ReadOptions['takenAt'], file: string): string | undefined {
  const found = given?.find(({ files }) => files === undefined || globFits(files, file))
  return found === undefined ? undefined : formatUtc(found.at)
}

/** Warnings for what is doubtful about the instants, and for each glob that fits none of the files read. */
export function takenAtWarnings(given: ReadOptions['takenAt'], files: readonly string[]): readonly Diagnostic[] {
  return (given ?? []).flatMap(({ files: glob, note }): readonly Diagnostic[] => {
    const found: Diagnostic[] =
      note === undefined ? [] : [{ code: 'doubtful-time', severity: 'warning', message: note }]
    if (glob === undefined || files.some(file => globFits(glob, file))) return found
    const message = `--taken-at: no file fits "${glob}": it is not used`
    return [...found, { code: 'taken-at-unused', severity: 'warning', message }]
  })
}

/** Listings of which nothing is known yet at the instant that the audit is made for. */
export function warnLaterListings({ rows, summary }: FileReading, asOf: number, problems: Problems): void {
  const count = summary.counts.find(({ type }) => type === 'inventory')
  if (count === undefined || count.rows === 0 || count.later < count.rows) return
  if (rows?.header.types.get('inventory')?.read === undefined) return
  problems.warn({
    code: 'later-listing',
    message: `${count.rows === 1 ? 'the row' : `all ${count.rows} rows`} of this listing ${count.rows === 1 ? 'is' : 'are'} later than --as-of, ${formatUtc(asOf)}: nothing of it is used`,
    hint: 'give the listing that was made before, or a later --as-of',
  })
}
