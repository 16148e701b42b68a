import type { Alignment } from '../contract/alignment.ts'
import { shownName } from '../contract/alignment.ts'
import type { Clause, Contract } from '../contract/contract.ts'
import { withoutTerm } from '../contract/term.ts'
import type { Envelope, EnvelopeValue } from '../model/comparison.ts'
import { labelsOf } from '../model/labels.ts'
import type { Zone } from '../time/zone.ts'
import { offersOf } from './offers.ts'
import type { AnyRule, Worst } from './rule.ts'
import { promisesOf, type WorstRow, worstIn } from './worst-keys.ts'
import { yearWorld } from './year.ts'

/**
 * The worst that each contract permits in a year of its own zone. Where several clauses of one contract bound the same,
 * all of them have to be kept, so that the tightest counts; guarantees before objectives. As if each were in force
 * throughout. `isAsked`: whether what rests on a promise, by a contract's own key, is asked for; a row is shown whole.
 */
export function envelopeOf(
  contracts: readonly Contract[],
  rules: readonly AnyRule[],
  year: number,
  zones: (name: string) => Zone,
  alignment: Alignment | undefined,
  isAsked: (contract: number, promise: string) => boolean = () => true,
): readonly Envelope[] {
  const labels = labelsOf(contracts)
  const offers = offersOf(contracts)
  const seenBy = contracts.map(contract => withoutTerm(contract, zones(contract.timezone)))
  return rules.flatMap(rule => {
    const rows = new Map<string, Row>()
    for (const [at, given] of contracts.entries()) {
      const label = labels[at] ?? given.id
      for (const clause of given.clauses) {
        if (clause.kind !== rule.kind || clause.binding === 'observed') continue
        const contract = seenBy[at]?.(clause) ?? given
        const zone = zones(contract.timezone)
        for (const worst of rule.envelope(clause, { contract, zone, label, zones }, yearWorld(year, zone))) {
          const asked = promisesOf(worst.key).some(promise => isAsked(at, promise))
          for (const { key, name } of shownRows(worst, rule, contract, alignment)) {
            const row = rows.get(key) ?? { name, said: contracts.map(() => []), asked: false }
            rows.set(key, { ...row, asked: row.asked || asked })
            row.said[at]?.push({ clause, worst })
          }
        }
      }
    }
    return [...rows].flatMap(([key, { name, said, asked }]): readonly Envelope[] => {
      if (!asked) return []
      const chosen = said.map(tightest)
      const better = chosen.find(one => one !== undefined)?.worst.better
      const offered = offers.map(at => chosen[at])
      const values = chosen.map((one, at) => envelopeValue(one, offers.indexOf(at), offered, better))
      return [{ key, subject: rule.subject, name, values }]
    })
  })
}

interface Said {
  readonly clause: Clause
  readonly worst: Worst
}

interface Row {
  readonly name: string
  readonly said: readonly Said[][]
  readonly asked: boolean
}

function tightest(said: readonly Said[]): (Said & { readonly of: number }) | undefined {
  const guaranteed = said.filter(({ clause }) => clause.binding === 'guarantee')
  const [first, ...rest] = guaranteed.length > 0 ? guaranteed : said
  if (first === undefined) return undefined
  let best = first
  for (const one of rest) if (isTighter(one.worst, best.worst)) best = one
  return { ...best, of: rest.length + 1 }
}

/** What has no number is no limit. */
function isTighter(a: Worst, b: Worst): boolean {
  if (a.ms === undefined) return false
  if (b.ms === undefined) return true
  return a.better === 'more' ? a.ms > b.ms : a.ms < b.ms
}

function envelopeValue(
  said: (Said & { readonly of: number }) | undefined,
  at: number,
  all: readonly (Said | undefined)[],
  better: 'more' | undefined,
): EnvelopeValue {
  if (said === undefined) return { text: 'not promised', notes: [] }
  const { worst, clause, of } = said
  return {
    ...(worst.ms !== undefined && { ms: worst.ms }),
    text: worst.text,
    ...(worst.at !== undefined && { at: worst.at }),
    ...(worst.beside !== undefined && { beside: worst.beside }),
    notes: [
      ...(clause.binding === 'objective' ? ['an objective only: it binds nothing'] : []),
      ...(of > 1 ? [`by ${clause.id}, the tightest of ${of}`] : []),
      ...worst.notes,
    ],
    ...(isBest(said, at, all, better) && { best: true as const }),
  }
}

/** Of all offers, among which it has its place, if any. A figure with something permitted beside is no better than one without. */
function isBest(said: Said, at: number, all: readonly (Said | undefined)[], better: 'more' | undefined): boolean {
  const { worst, clause } = said
  const { ms } = worst
  if (at < 0 || ms === undefined || clause.binding !== 'guarantee') return false
  let beats = false
  for (const [i, other] of all.entries()) {
    if (i === at) continue
    const against = other?.clause.binding === 'guarantee' ? other.worst : undefined
    if (against?.ms === undefined) {
      beats = true
      continue
    }
    if (worst.beside !== undefined && worst.beside !== against.beside) return false
    const ahead = better === 'more' ? ms - against.ms : against.ms - ms
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
