import type { Cell, Comparison, Relation, Witness } from '../../model/comparison.ts'
import { isVersions, labelsOf } from '../../model/labels.ts'
import { grouped } from '../quantities.ts'
import { changeOf } from './changes.ts'
import type { CompareView } from './index.ts'
import { witnessFiles } from './witness-names.ts'
import { relations, relationWord } from './words.ts'

/** One promise that differs from the base's: why, and the logs that show it. Texts are not made safe yet. */
export interface Difference {
  readonly key: string
  readonly name: string
  readonly subject: string
  readonly contract: number
  readonly cell: Cell
  readonly base: Cell | undefined
  readonly rules: readonly string[]
  readonly logs: readonly Log[]
}

export interface Log {
  /** Its place in `Comparison.witnesses`. */
  readonly index: number
  /** `one outage of 4h: breaches stafiz, not robaws`. */
  readonly text: string
  /** Where it was written to, one path or two; none where it wasn't. */
  readonly files: readonly string[]
}

const TOLD: readonly Relation[] = ['stronger', 'weaker', 'incomparable', 'not-decidable']

/** What is told of promises that are neither equal nor on one side only; of equal ones too where `all` asks for it. */
export function differencesOf(comparison: Comparison, view: CompareView, all = false): readonly Difference[] {
  const told = all ? [...TOLD, 'equal'] : TOLD
  return comparison.rows.flatMap(({ key, name, subject, cells }) =>
    cells.flatMap((cell, contract): readonly Difference[] => {
      if (cell.relation === undefined || !told.includes(cell.relation)) return []
      const logs = cell.witnesses.flatMap(index => logOf(index, comparison, view))
      const rules = cell.rules.map(rule => toldRule(rule, comparison))
      return [{ key, name, subject, contract, cell, base: cells[0], rules, logs }]
    }),
  )
}

/** Who a log breaches, and who lets it pass. */
export function logText({ story, breaches, other }: Witness, labels: readonly string[]): string {
  const passed = breaches === 0 ? other : 0
  return `${story.trim().replace(/\.$/, '')}: breaches ${labels[breaches] ?? ''}, not ${labels[passed] ?? ''}`
}

/** How many promises of a contract stand how to the base's, the worst first. */
export function countsOf(comparison: Comparison, contract: number) {
  const alone = isVersions(comparison.contracts)
  const told = comparison.rows.flatMap(({ cells }) => {
    const [base, cell] = [cells[0], cells[contract]]
    if (cell === undefined) return []
    const change = alone && base !== undefined ? changeOf(base, cell) : undefined
    // Of two versions what has no relation counts where it stayed, as it does in the list of what did.
    const relation = change?.relation ?? cell.relation ?? (change?.word === 'unchanged' ? 'equal' : undefined)
    if (relation === undefined) return []
    return [{ relation, word: change?.word ?? relationWord(relation, comparison) }]
  })
  return relations.flatMap(relation => {
    const own = told.filter(one => one.relation === relation)
    return [...new Set(own.map(({ word }) => word))].map(word => {
      const text = `${grouped(own.filter(one => one.word === word).length)} ${word}`
      return { relation, text }
    })
  })
}

/** Of two versions neither is a base: rules tell of the one before by what it is called. */
function toldRule(rule: string, { contracts }: Comparison): string {
  return isVersions(contracts) ? rule.replaceAll(/\bthe base\b/g, () => labelsOf(contracts)[0] ?? '') : rule
}

function logOf(index: number, comparison: Comparison, view: CompareView): readonly Log[] {
  const witness = comparison.witnesses[index]
  if (witness === undefined) return []
  const names = new Set(witnessFiles(witness, index, comparison).map(({ name }) => name))
  const { witnesses } = view
  const files = witnesses === undefined ? [] : [...names].map(name => `${witnesses.replace(/\/+$/, '')}/${name}`)
  return [{ index, text: logText(witness, labelsOf(comparison.contracts)), files }]
}
