import type { Cell, Comparison, Relation, Row } from '../../model/comparison.ts'
import { grouped } from '../quantities.ts'
import type { Group } from './grid.ts'

/** What became of a promise from one version to the next, where the relation doesn't say it; `relation`: as it counts. */
interface Change {
  readonly word: 'unchanged' | 'reworded' | 'renamed' | 'changed' | 'added' | 'dropped'
  readonly relation?: Relation
}

/**
 * Of a promise that is neither stricter nor laxer, or of what is no promise; undefined where the relation says it. Words
 * without a number that stay as they were are unchanged, though no evidence decides them.
 */
export function changeOf(before: Cell, after: Cell): Change | undefined {
  const same = before.text === after.text && before.binding === after.binding
  const vague = before.state === 'not-auditable' && after.state === 'not-auditable'
  if ((after.relation === 'equal' && after.searched !== true) || (vague && same)) {
    const word = !same ? 'reworded' : before.clause === after.clause ? 'unchanged' : 'renamed'
    return { word, relation: 'equal' }
  }
  if (after.relation !== undefined) return undefined
  if (same || (before.state === 'not-promised' && after.state === 'not-promised')) return { word: 'unchanged' }
  return { word: before.state === 'not-promised' ? 'added' : after.state === 'not-promised' ? 'dropped' : 'changed' }
}

/** The rows in which something changed, and those in which nothing did. */
export function changesOf({ rows }: Comparison): { readonly changed: readonly Row[]; readonly same: readonly Row[] } {
  return { changed: rows.filter(row => !isUnchanged(row)), same: rows.filter(isUnchanged) }
}

/** The rows of worst cases in which something changed, and how many are left out. */
export function changedEnvelope(comparison: Comparison, groups: readonly Group[]) {
  const { envelope } = comparison
  const changed = new Set(
    envelope
      .filter(({ values: [before, after] }) => JSON.stringify(before) !== JSON.stringify(after))
      .map(({ key }) => key),
  )
  const shown = groups
    .map(({ subject, rows }) => ({ subject, rows: rows.filter(({ key }) => changed.has(key)) }))
    .filter(({ rows }) => rows.length > 0)
  return { shown, folded: envelope.length - changed.size }
}

/** `7 promises are unchanged`. */
export function unchangedText(count: number, what: string): string {
  return `${grouped(count)} ${count === 1 ? `${what} is` : `${what}s are`} unchanged`
}

function isUnchanged({ cells: [before, after] }: Row): boolean {
  return before === undefined || after === undefined || changeOf(before, after)?.word === 'unchanged'
}
