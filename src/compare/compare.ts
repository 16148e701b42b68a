import type { Alignment } from '../contract/alignment.ts'
import type { Contract } from '../contract/contract.ts'
import type { Cell, ComparedContract, Comparison, Envelope, Row, Witness } from '../model/comparison.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { labelsOf } from '../model/labels.ts'
import type { Zone } from '../time/zone.ts'
import { type AlignedRow, alignTerms } from './align.ts'
import { envelopeOf } from './envelope.ts'
import { namesMapping } from './history-names.ts'
import { offersOf } from './offers.ts'
import { choiceOf, chosenBy } from './only.ts'
import { periodText } from './period-text.ts'
import { type Entry, type Related, standing, stateOf } from './relations.ts'
import { type History, replayHistory } from './replay.ts'
import type { AnyRule, World } from './rule.ts'
import { compareRules } from './rules/index.ts'
import type { Found } from './search.ts'
import { TERM, termRows } from './term-row.ts'
import { type Item, itemsOf } from './terms.ts'
import { translate } from './translate.ts'
import { unaligned, unmatchedAlignment } from './unaligned.ts'
import { yearWorld } from './year.ts'

export interface CompareOptions {
  /** The worst cases, and the logs that are tried, are of this year. */
  readonly year: number
  readonly zones: (name: string) => Zone
  /** Of the tool. */
  readonly version: string
  readonly alignment?: Alignment
  /** Subjects, `support`, or beginnings of keys by whole parts, `support/P1`: only these are compared. */
  readonly only?: readonly string[]
  /** Evidence to judge every contract by. */
  readonly history?: History
  /** In place of those there are, by clause kind. */
  readonly rules?: Readonly<Record<string, () => Promise<AnyRule>>>
}

/**
 * Holds contracts against the first of them, promise by promise: relations with the rules and logs that prove them,
 * the worst that each permits, and with `history` what it would have come to. Throws InputError for evidence that
 * can't be read, and for an `only` that fits nothing. Depends on nothing but its arguments.
 */
export async function compareContracts(contracts: readonly Contract[], options: CompareOptions): Promise<Comparison> {
  const [base] = contracts
  if (base === undefined) throw new RangeError('no contract to compare')
  const { year, zones, version, alignment, history } = options
  const only = options.only && choiceOf(options.only)
  const world = yearWorld(year, zones(base.timezone))
  const { rules, warnings: unknown } = await rulesFor(contracts, options.rules ?? compareRules)
  const items = itemsOf(contracts, rules, zones, alignment)
  const all = alignTerms(items, contracts.length, world)
  const dates = termRows(contracts, zones)
  const kinds = [
    ...all.map(({ key, rule }) => ({ kind: rule.kind, key })),
    ...dates.map(({ key }) => ({ kind: TERM, key })),
  ]
  const isChosen = chosenBy(only, kinds)
  const aligned = all.filter(({ key, rule }) => isChosen({ kind: rule.kind, key }))
  const witnesses: Witness[] = []
  const rows: Row[] = []
  for (const row of aligned) rows.push(await compareRow(row, contracts, world, witnesses))
  const replayed =
    history === undefined
      ? undefined
      : await replayHistory(
          aligned,
          contracts,
          history,
          zones,
          at => namesMapping(at, items, alignment),
          only !== undefined,
        )
  return {
    schemaVersion: 1,
    tool: { name: 'sla', version },
    year,
    ...(only !== undefined && { only }),
    contracts: contracts.map(comparedContract),
    rows: [...rows, ...dates.filter(({ key }) => isChosen({ kind: TERM, key }))],
    envelope: await chosenEnvelope(aligned, contracts, rules, { ...options, ...(only && { only }) }),
    witnesses,
    ...(replayed !== undefined && { replay: replayed.replay, history: replayed.history }),
    warnings: [
      ...contracts.flatMap(contract => contract.warnings),
      ...unknown,
      ...unmatchedAlignment(items, alignment),
      ...unaligned(
        all.filter(({ rule }) => hasRule(aligned, rule)),
        contracts,
        alignment,
      ),
      ...(replayed?.warnings ?? []),
    ],
  }
}

/** The worst cases that rest on the promises of these rows; of a subject that stands there as a whole, all. */
async function chosenEnvelope(
  rows: readonly AlignedRow[],
  contracts: readonly Contract[],
  rules: readonly AnyRule[],
  { year, zones, alignment, only }: CompareOptions,
): Promise<readonly Envelope[]> {
  if (only === undefined) return envelopeOf(contracts, rules, year, zones, alignment)
  const own = new Set(
    rows.flatMap(({ items }) =>
      items.flatMap(item => (item === undefined ? [] : [`${item.contract} ${item.side.term.key.trim()}`])),
    ),
  )
  const envelope: Envelope[] = []
  for (const rule of rules.filter(one => hasRule(rows, one))) {
    const isAsked = (contract: number, promise: string) => only.includes(rule.kind) || own.has(`${contract} ${promise}`)
    envelope.push(...(await envelopeOf(contracts, [rule], year, zones, alignment, isAsked)))
  }
  return envelope
}

function hasRule(rows: readonly AlignedRow[], { kind }: AnyRule): boolean {
  return rows.some(({ rule }) => rule.kind === kind)
}

async function compareRow(
  { key, subject, name, rule, items, notes, together }: AlignedRow,
  contracts: readonly Contract[],
  world: World,
  witnesses: Witness[],
): Promise<Row> {
  const entries = items.map(
    (item, at): Entry | undefined => item && { side: item.side, rule, more: together[at] ?? [] },
  )
  const { related: held, best } = await standing(entries, offersOf(contracts), world)
  const cells: Cell[] = []
  for (const [at, item] of items.entries()) {
    const related = held[at]
    const shown: number[] = []
    for (const found of related?.found ?? []) {
      shown.push(witnesses.push(witnessOf(found, key, at, items, contracts)) - 1)
    }
    cells.push(cellOf(item, entries[at], best.has(at), notes[at] ?? [], related, shown))
  }
  return { key, subject, name, cells }
}

function cellOf(
  item: Item | undefined,
  entry: Entry | undefined,
  best: boolean,
  notes: readonly string[],
  related: Related | undefined,
  witnesses: readonly number[],
): Cell {
  const observed = item?.side.clause.binding === 'observed' ? ['observed only: it promises nothing'] : []
  return {
    state: stateOf(entry),
    text: item?.side.term.text ?? '',
    ...(item !== undefined && {
      clause: item.side.clause.id,
      span: item.side.clause.span,
      binding: item.side.clause.binding,
    }),
    ...(best && { best: true as const }),
    ...(related !== undefined && { relation: related.relation }),
    rules: [...observed, ...notes, ...(related?.rules ?? [])],
    witnesses,
    ...(related?.searched && { searched: true as const }),
  }
}

function witnessOf(
  { breaches, candidate, shown }: Found,
  row: string,
  other: number,
  items: readonly (Item | undefined)[],
  contracts: readonly Contract[],
): Witness {
  const { rows, period, asOf, story } = candidate
  const [from, to] = [items[0]?.side, items[other]?.side]
  const renamed = from === undefined || to === undefined ? rows : translate(rows, from.term, to.term)
  const zones = [from, to].flatMap(side => (side === undefined ? [] : [side.zone]))
  return {
    row,
    other,
    breaches: breaches === 'base' ? 0 : other,
    period: { ...period, text: periodText(period, zones) },
    asOf,
    rows,
    ...(renamed !== rows && { renamed }),
    story,
    verdicts: [0, other].flatMap((contract, i) => {
      const one = shown[i]
      if (one !== undefined) return [{ contract, finding: one.id, status: one.status }]
      // Nothing in the log concerns the promise of that contract.
      const clause = items[contract]?.side.clause.id ?? contracts[contract]?.id ?? ''
      return [{ contract, finding: clause, status: 'not-applicable' as const }]
    }),
  }
}

async function rulesFor(
  contracts: readonly Contract[],
  all: Readonly<Record<string, () => Promise<AnyRule>>>,
): Promise<{ readonly rules: readonly AnyRule[]; readonly warnings: readonly Diagnostic[] }> {
  const kinds = new Set(contracts.flatMap(({ clauses }) => clauses.map(({ kind }) => kind)))
  const rules: AnyRule[] = []
  for (const [kind, load] of Object.entries(all)) if (kinds.has(kind)) rules.push(await load())
  const labels = labelsOf(contracts)
  const without = [...kinds].filter(kind => !Object.hasOwn(all, kind))
  const warnings = without.map((kind): Diagnostic => {
    const clauses = contracts.flatMap(({ clauses: list }, at) =>
      list.filter(clause => clause.kind === kind).map(clause => `${labels[at] ?? ''}/${clause.id}`),
    )
    const message = `clauses of the kind ${kind} can't be compared: ${clauses.join(', ')}`
    return { code: 'not-compared', severity: 'warning', message }
  })
  return { rules, warnings }
}

function comparedContract(contract: Contract): ComparedContract {
  const { id, title, version, file, sha256, timezone, term, kind } = contract
  return {
    id,
    ...(title !== undefined && { title }),
    ...(version !== undefined && { version }),
    file,
    sha256,
    timezone,
    ...(term !== undefined && { term }),
    kind,
  }
}
