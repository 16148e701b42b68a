import type { Comparison, Witness, WitnessRow } from '../../model/comparison.ts'
import { labelsOf } from '../../model/labels.ts'

/** A file that a witness is written to: for which contract (its index), and the rows in it. */
export interface WitnessFile {
  readonly contract: number
  readonly name: string
  readonly rows: readonly WitnessRow[]
}

/** The file for the base, `NN-key.csv`, then the one for the other contract; mostly one and the same. */
export function witnessFiles(
  witness: Witness,
  at: number,
  { contracts, witnesses }: Comparison,
): readonly [base: WitnessFile, other: WitnessFile] {
  const width = Math.max(2, String(witnesses.length).length)
  const stem = `${String(at + 1).padStart(width, '0')}-${slug(witness.row)}`
  const own = { contract: 0, name: `${stem}.csv`, rows: witness.rows }
  const { other, renamed } = witness
  if (renamed === undefined) return [own, { ...own, contract: other }]
  return [own, { contract: other, name: `${stem}-${slug(labelsOf(contracts)[other] ?? '')}.csv`, rows: renamed }]
}

/** Of a key only what any file system takes. */
function slug(key: string): string {
  return key.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^[-.]+|[-.]+$/g, '') || 'row'
}
