import type { WitnessRow } from '../model/comparison.ts'
import type { Candidate, Term } from './rule.ts'

/** Evidence columns that hold names which contracts choose for themselves. */
const COLUMNS: Readonly<Record<string, string>> = {
  priority: 'priority',
  component: 'component',
  service: 'service',
  control: 'control',
  queue: 'queue',
}

/** The rows of a log with the names that the first term gives to things replaced by those of the second. */
export function translate(rows: readonly WitnessRow[], from: Term, to: Term): readonly WitnessRow[] {
  const renamed = Object.entries(from.names).filter(
    ([what, name]) => isOther(name, to.names[what]) && (what !== 'component' || isAligned(from, to)),
  )
  if (renamed.length === 0) return rows
  return rows.map(row => {
    const cells: Record<string, string> & { type: string } = { ...row }
    for (const [what, name] of renamed) {
      const column = COLUMNS[what]
      const now = to.names[what]
      if (column === undefined || now === undefined) continue
      if (cells[column] === name) cells[column] = now
      // A change of the priority bears the new one as its value.
      if (what === 'priority' && cells.change === 'priority' && cells.value === name) cells.value = now
    }
    return cells
  })
}

/** The log as the other side's contract names things. */
export function inNamesOf(candidate: Candidate, from: Term, to: Term): Candidate {
  const rows = translate(candidate.rows, from, to)
  return rows === candidate.rows ? candidate : { ...candidate, rows }
}

/** Whether two components are one and the same. */
function isAligned({ shown: a }: Term, { shown: b }: Term): boolean {
  return a === undefined || b === undefined || a.component === b.component
}

function isOther(name: string, other: string | undefined): boolean {
  return other !== undefined && other !== name
}
