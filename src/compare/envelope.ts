import type { Alignment } from '../contract/alignment.ts'
import { shownName } from '../contract/alignment.ts'
import type { Contract } from '../contract/contract.ts'
import { withoutTerm } from '../contract/term.ts'
import type { Envelope, EnvelopeValue } from '../model/comparison.ts'
import { labelsOf } from '../model/labels.ts'
import type { Zone } from '../time/zone.ts'
import { byService } from './align.ts'
import { offersOf } from './offers.ts'
import type { AnyRule, World } from './rule.ts'
import { type Item, itemsOf } from './terms.ts'
import { promisesOf, type WorstRow, worstIn } from './worst-keys.ts'
import { type Chosen, worstOf } from './worst-of.ts'
import type { Said } from './worst-scope.ts'
import { yearWorld } from './year.ts'

/**
 * The worst that each contract permits in a year of its own zone, by all of its clauses that bear on it: see worstOf. As if
 * each were in force throughout. `isAsked`: whether what rests on a promise, by a contract's own key, is asked for; a row is
 * shown whole.
 */
export async function envelopeOf(
  contracts: readonly Contract[],
  rules: readonly AnyRule[],
  year: number,
  zones: (name: string) => Zone,
  alignment: Alignment | undefined,
  isAsked: (contract: number, promise: string) => boolean = () => true,
): Promise<readonly Envelope[]> {
  const labels = labelsOf(contracts)
  const offers = offersOf(contracts)
  const seenBy = contracts.map(contract => withoutTerm(contract, zones(contract.timezone)))
  const moved = movedRows(itemsOf(contracts, rules, zones, alignment))
  const [base] = contracts
  const shown = base && zones(base.timezone)
  const worldOf = (zone: Zone): World => ({ ...yearWorld(year, zone), zone: shown ?? zone })
  const envelope: Envelope[] = []
  for (const rule of rules) {
    const rows = new Map<string, Row>()
    for (const [at, given] of contracts.entries()) {
      const label = labels[at] ?? given.id
      for (const clause of given.clauses) {
        if (clause.kind !== rule.kind || clause.binding === 'observed') continue
        const contract = seenBy[at]?.(clause) ?? given
        const zone = zones(contract.timezone)
        const side = { contract, clause, zone, label, zones }
        for (const worst of rule.envelope(clause, side, worldOf(zone))) {
          const promises = promisesOf(worst.key)
          const asked = promises.some(promise => isAsked(at, promise))
          const row = promises.map(promise => moved.get(`${at} ${clause.id} ${promise}`)).find(one => one !== undefined)
          const placed = row === undefined ? shownRows(worst, rule, contract, alignment) : [worstIn(row, worst)]
          for (const { key, name } of placed) {
            const row = rows.get(key) ?? { name, said: contracts.map(() => []), asked: false }
            rows.set(key, { ...row, asked: row.asked || asked })
            row.said[at]?.push({ side, worst })
          }
        }
      }
    }
    for (const [key, { name, said, asked }] of rows) {
      if (!asked) continue
      const chosen = await Promise.all(
        said.map((own, at) => worstOf(rule, own, worldOf(zones(contracts[at]?.timezone ?? 'UTC')))),
      )
      const offered = offers.map(at => chosen[at])
      const values = chosen.map((one, at) => envelopeValue(one, offers.indexOf(at), offered))
      envelope.push({ key, subject: rule.subject, name, values })
    }
  }
  return envelope
}

interface Row {
  readonly name: string
  readonly said: readonly Said[][]
  readonly asked: boolean
}

/** The rows of promises that stand in that of a service, by contract, clause and own key. */
function movedRows(items: readonly Item[]): ReadonlyMap<string, string> {
  return new Map(
    byService(items).flatMap(({ contract, side: { clause, term }, shown }, i) =>
      shown === items[i]?.shown ? [] : [[`${contract} ${clause.id} ${term.key.trim()}`, shown] as const],
    ),
  )
}

function envelopeValue(chosen: Chosen | undefined, at: number, all: readonly (Chosen | undefined)[]): EnvelopeValue {
  if (chosen === undefined) return { text: 'not promised', notes: [] }
  const { worst, binding, notes } = chosen
  const isSaid = worst.text === 'no limit' && worst.beside?.startsWith('unlimited') === true
  return {
    ...(worst.ms !== undefined && { ms: worst.ms }),
    text: worst.text,
    ...(worst.at !== undefined && { at: worst.at }),
    ...(worst.beside !== undefined && !isSaid && { beside: worst.beside }),
    notes: [...(binding === 'objective' ? ['an objective only: it binds nothing'] : []), ...notes, ...worst.notes],
    ...(isBest(chosen, at, all) && { best: true as const }),
  }
}

/**
 * Of all offers, among which it has its place, if any; a lone promise is not the best. A figure with something permitted
 * beside, or of some records only, is no better than one without, and none is better than a bound.
 */
function isBest({ worst, binding, only }: Chosen, at: number, all: readonly (Chosen | undefined)[]): boolean {
  const { ms } = worst
  if (at < 0 || ms === undefined || binding !== 'guarantee') return false
  if (all.filter(one => one !== undefined).length < 2) return false
  let beats = false
  for (const [i, other] of all.entries()) {
    if (i === at) continue
    const against = other?.binding === 'guarantee' ? other : undefined
    if (against?.worst.ms === undefined) {
      beats = true
      continue
    }
    if (against.isBound || (worst.beside !== undefined && worst.beside !== against.worst.beside)) return false
    if (only !== undefined && only !== against.only) return false
    const ahead = worst.better === 'more' ? ms - against.worst.ms : against.worst.ms - ms
    if (ahead < 0) return false
    beats ||= ahead > 0
  }
  return beats
}

/** What a key's second part names, by its first. */
const NAMED: Readonly<Record<string, string>> = {
  support: 'priority',
  vulnerability: 'band',
  backup: 'component',
  recovery: 'component',
  control: 'control',
}

/** The rows that a worst case stands in: those of its promise, where an alignment puts it into rows. */
function shownRows(
  worst: WorstRow,
  { kind }: AnyRule,
  { id }: Contract,
  alignment: Alignment | undefined,
): readonly WorstRow[] {
  const promises = promisesOf(worst.key)
  const placed = (alignment?.rows ?? []).filter(row => row.contract === id && promises.includes(row.term))
  if (placed.length > 0) {
    const rows = placed.map(({ row }) => worstIn(row, worst))
    return rows.filter(({ key }, i) => rows.findIndex(row => row.key === key) === i)
  }
  const key = shownKey(worst.key, kind, alignment)
  return [{ key, name: shownText(worst.name, worst.key, key) }]
}

function shownKey(key: string, kind: string, alignment: Alignment | undefined): string {
  const [first = '', ...rest] = key.trim().split('/')
  const what = NAMED[first] ?? NAMED[kind] ?? 'service'
  return [first, ...rest.map(part => shownName(alignment, what, part))].join('/')
}

/** The name with the parts of its key that are shown by another name. */
function shownText(name: string, key: string, shown: string): string {
  const [own, now] = [key.split('/'), shown.split('/')]
  if (own.length !== now.length) return name
  return own.reduce((text, part, i) => (part === now[i] ? text : text.replace(part, now[i] ?? part)), name)
}
