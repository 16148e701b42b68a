import { ALIGNED, type Alignment, shownName } from '../contract/alignment.ts'
import type { Contract } from '../contract/contract.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { labelsOf } from '../model/labels.ts'
import { nearest } from '../model/nearest.ts'
import type { AlignedRow } from './align.ts'
import { ALL, type Item } from './terms.ts'

/**
 * Names that only one of two contracts has, while the other has others: what an alignment file could bring together. Not
 * those of promises that came into one row anyway, nor those of figures that are only observed.
 */
export function unaligned(
  rows: readonly AlignedRow[],
  contracts: readonly Contract[],
  alignment: Alignment | undefined,
): readonly Diagnostic[] {
  const warnings: Diagnostic[] = []
  const labels = labelsOf(contracts)
  const kinds = new Set(rows.map(({ rule }) => rule.kind))
  for (let other = 1; other < contracts.length; other++) {
    for (const what of ALIGNED) {
      for (const kind of kinds) {
        const own = rows.filter(({ rule }) => rule.kind === kind)
        const both = own.filter(row => isPromised(row.items[0]) && isPromised(row.items[other]))
        const [ours, theirs] = [0, other].map(at => shownNames(own, at, what, alignment)) as [string[], string[]]
        const joined = [0, other].flatMap(at => shownNames(both, at, what, alignment))
        const onlyOurs = ours.filter(name => !theirs.includes(name) && !joined.includes(name))
        const onlyTheirs = theirs.filter(name => !ours.includes(name) && !joined.includes(name))
        if (onlyOurs.length === 0 || onlyTheirs.length === 0) continue
        const [a, b] = [labels[0] ?? '', labels[other] ?? '']
        const rest = ours.length > onlyOurs.length ? ' beside those that they share' : ''
        warnings.push({
          code: 'not-aligned',
          severity: 'warning',
          message: `${kind}: ${onlyOurs.join(', ')} (${a}) and ${onlyTheirs.join(', ')} (${b}) are names of ${PLURAL[what]} that stand alone${rest}`,
          hint: `say which belong together: --align FILE with ${what}: { ${onlyOurs[0]}: [${onlyTheirs[0]}] }`,
        })
      }
    }
  }
  return warnings
}

const PLURAL = {
  priority: 'priorities',
  band: 'bands',
  component: 'components',
  service: 'services',
  control: 'controls',
} as const

function isPromised(item: Item | undefined): boolean {
  return item !== undefined && item.side.clause.binding !== 'observed'
}

function shownNames(
  rows: readonly AlignedRow[],
  contract: number,
  what: string,
  alignment: Alignment | undefined,
): string[] {
  const names = rows
    .map(({ items }) => items[contract])
    .filter(isPromised)
    .map(item => item?.side.term.names[what])
    .filter(name => name !== undefined)
  return [...new Set(names.map(name => shownName(alignment, what, name)))].filter(
    name => what !== 'component' || name !== ALL,
  )
}

/** What an alignment file names that no contract has. */
export function unmatchedAlignment(items: readonly Item[], alignment: Alignment | undefined): readonly Diagnostic[] {
  if (alignment === undefined) return []
  const warnings: Diagnostic[] = []
  const warn = (message: string, span: Diagnostic['span'], known: readonly string[], name: string): void => {
    const meant = nearest(name, known)
    const hint = meant === undefined ? `there are ${known.join(', ') || 'none'}` : `did you mean ${meant}?`
    warnings.push({ code: 'align-unmatched', severity: 'warning', message, hint, ...(span !== undefined && { span }) })
  }
  for (const what of ALIGNED) {
    const known = items.flatMap(({ side }) => [
      ...[side.term.names[what]?.trim()].filter(name => name !== undefined),
      // Also of clauses about several of them.
      ...(what === 'service' ? side.contract.services.keys() : []),
    ])
    for (const { name, span } of alignment.names[what]) {
      if (!known.includes(name)) warn(`no contract compared has the ${what} "${name}"`, span, [...new Set(known)], name)
    }
  }
  for (const { contract, term, span } of alignment.rows) {
    const own = items
      .filter(({ side }) => [side.contract.id, side.label].includes(contract))
      .map(({ side }) => side.term.key)
    if (!own.includes(term)) warn(`${contract} has no promise "${term}"`, span, [...new Set(own)], term)
  }
  return warnings
}
