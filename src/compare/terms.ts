import { type Alignment, shownName } from '../contract/alignment.ts'
import type { Clause, Contract } from '../contract/contract.ts'
import { withoutTerm } from '../contract/term.ts'
import { labelsOf } from '../model/labels.ts'
import type { Zone } from '../time/zone.ts'
import type { AnyRule, Side, Term } from './rule.ts'

/** The name of what stands for every component, where a contract names none. */
export const ALL = 'all'

/** One term of a contract with the row that it belongs in: `shown` is its key in the names that are shown. */
export interface Item {
  readonly contract: number
  readonly side: Side
  readonly rule: AnyRule
  readonly shown: string
  /** What is promised, in the names shown. */
  readonly name: string
  /** The term's names as they are shown. */
  readonly names: Readonly<Record<string, string>>
}

/**
 * The terms of all clauses that there are rules for, in the order of the rules, then of the clauses. Promises stand as if
 * each contract were in force throughout.
 */
export function itemsOf(
  contracts: readonly Contract[],
  rules: readonly AnyRule[],
  zones: (name: string) => Zone,
  alignment: Alignment | undefined,
): readonly Item[] {
  const labels = labelsOf(contracts)
  const seenBy = contracts.map(contract => withoutTerm(contract, zones(contract.timezone)))
  return rules.flatMap(rule =>
    contracts.flatMap((given, at) =>
      given.clauses
        .filter(clause => clause.kind === rule.kind)
        .flatMap((clause: Clause) => {
          const contract = seenBy[at]?.(clause) ?? given
          return rule.terms(clause, contract).flatMap((own): readonly Item[] => {
            const names = Object.fromEntries(
              Object.entries(own.names).map(([what, name]) => [what, shownName(alignment, what, name)]),
            )
            const term = { ...own, shown: names }
            const side = {
              contract,
              clause,
              term,
              zone: zones(contract.timezone),
              label: labels[at] ?? contract.id,
              zones,
            }
            return rowsOf(term, [contract.id, side.label], alignment).map(shown => ({
              contract: at,
              side,
              rule,
              shown,
              // A row of the alignment's own is called by its key.
              name:
                shown === renamed(term.key.trim(), term.names, alignment)
                  ? nameOf(term, alignment)
                  : rowName(shown, rule),
              names,
            }))
          })
        }),
    ),
  )
}

/** The key with the names of things as they are shown; a name is a part of it, or several where it holds a slash. */
export function renamed(key: string, names: Readonly<Record<string, string>>, alignment?: Alignment): string {
  let out = `/${key}/`
  for (const [what, name] of Object.entries(names)) {
    const shown = shownName(alignment, what, name)
    // The first place: a promise may be called like what it is about.
    if (shown !== name) out = out.replace(`/${name}/`, () => `/${shown}/`)
  }
  return out.slice(1, -1)
}

/** `called`: what the contract may be called by in the file. */
function rowsOf(term: Term, called: readonly string[], alignment: Alignment | undefined): readonly string[] {
  const key = term.key.trim()
  const placed = (alignment?.rows ?? []).filter(row => called.includes(row.contract) && row.term === key)
  return placed.length > 0 ? [...new Set(placed.map(({ row }) => row))] : [renamed(key, term.names, alignment)]
}

/** `P2 resolve` of `support/P2/resolve`; what is no key of the kind is a name as it stands. */
function rowName(row: string, { kind }: AnyRule): string {
  const [first, ...rest] = row.split('/')
  return first === kind && rest.length > 0 ? rest.join(' ') : row
}

function nameOf({ name, names }: Term, alignment: Alignment | undefined): string {
  let out = ` ${name} `
  for (const [what, own] of Object.entries(names)) {
    const shown = shownName(alignment, what, own)
    if (shown !== own) out = out.replace(` ${own} `, () => ` ${shown} `)
  }
  return out.slice(1, -1)
}
