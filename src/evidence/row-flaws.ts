import type { Diagnostic } from '../model/diagnostic.ts'
import type { FileHeader } from './file-header.ts'
import type { NamedText } from './file-mapping.ts'
import type { Cells } from './filter.ts'
import { diagnose, type Flaw, type Place, type Problems, SHOWN } from './problems.ts'
import type { Once } from './types/record-type.ts'

/** A bad row that was left out. */
export interface Skipped {
  readonly type: string
  readonly service?: string
  readonly diagnostic: Diagnostic
}

/** Says what is wrong with rows of one file: as errors, or as warnings where bad rows are left out. */
export interface RowFlaws {
  readonly skipped: readonly Skipped[]
  /** `column` is a position, -1 for the row as a whole; `true`: for want of a time zone, which is said once. */
  fail(column: number, message: string, hint?: string, once?: true | Once): 'bad'
  bad(flaw: Flaw): void
}

/** The row at hand. */
export interface RowAtHand {
  readonly header: FileHeader
  readonly type: string
  readonly service: string | undefined
  /** As they stand in the file. */
  readonly cells: Cells
  locate(column: number): Place
}

export function makeRowFlaws(
  { file, onBadRow }: { readonly file: string; readonly onBadRow: 'error' | 'skip' },
  problems: Problems,
  row: RowAtHand,
): RowFlaws {
  const skipped: Skipped[] = []
  const kinds = new Set<string>()

  function fail(column: number, message: string, hint?: string, once?: true | Once): 'bad' {
    const { header } = row
    const set = once === undefined ? header.mapping.setAt(column, row.cells) : undefined
    const hinted = hint === undefined ? {} : { hint }
    const place = (): Place => row.locate(column < header.width ? column : -1)
    if (set !== undefined) bad({ ...inMapping(set, message), ...hinted })
    else if (once === undefined) bad({ code: 'bad-row', message, ...hinted, place })
    else if (once !== true) bad({ code: once.code, message: once.message(1), ...hinted, together: once.message })
    else {
      const together = (count: number): string => `${message}, the first of ${count} that need a time zone`
      bad({ code: 'no-zone', message, ...hinted, place, together })
    }
    return 'bad'
  }

  function bad(flaw: Flaw): void {
    if (onBadRow === 'error') {
      problems.error(flaw)
      return
    }
    problems.warn(flaw)
    const kind = JSON.stringify([row.type, row.service])
    if (skipped.length >= SHOWN && kinds.has(kind)) return
    kinds.add(kind)
    const service = row.service === undefined ? {} : { service: row.service }
    skipped.push({ type: row.type, ...service, diagnostic: diagnose(file, 'warning', flaw) })
  }

  return { skipped, fail, bad }
}

/** What is wrong stands in the mapping, not in the row. */
function inMapping({ column, place }: NamedText, message: string): Flaw {
  const together = (rows: number): string => `${place}: set ${message}${rows === 1 ? '' : ` (${rows} rows)`}`
  return { code: 'bad-set', key: column, message: together(1), together, whole: true }
}
