import type { BackupRules } from '../../clauses/backup/rules.ts'
import { rulesOf, unstatedSlots } from '../../clauses/backup/rules-of.ts'
import { type BackupBody, PROMISES } from '../../clauses/backup/schema.ts'
import { promisesOf } from '../../clauses/backup/stated.ts'
import type { Clause, Contract } from '../../contract/contract.ts'
import type { CompareRule, Ordering, Side, Term, World } from '../rule.ts'
import { backupCandidates } from './backup/candidates.ts'
import { backupEnvelope } from './backup/envelope.ts'
import { keepFacets, maxAgeFacets, pointsFacets, tierFacets } from './backup/kept.ts'
import { ALL, type Pair, pairOf, promiseOf } from './backup/pair.ts'
import { copiesFacets, residencyFacets } from './backup/places.ts'
import { scheduleFacets } from './backup/schedule.ts'
import { type Facet, orderingOf, sameFacet, unknownFields } from './duties/facets.ts'
import { termFacet, withFilter } from './duties/scope.ts'

/** Backups, promise by promise and component by component. */
export const backupRule: CompareRule<BackupBody> = {
  kind: 'backup',
  subject: 'Backup',
  singly: true,
  terms,
  relate,
  candidates: backupCandidates,
  envelope: backupEnvelope,
  owns: ({ key, names }, { promise, details = {} }) => {
    const component = details.component
    if (component !== undefined && names.component !== ALL && component !== names.component) return false
    return promise === undefined || SLOTS[promiseOf(key)]?.test(promise) === true
  },
}

/** The findings of each promise, by their slots. */
const SLOTS: Readonly<Record<string, RegExp>> = {
  schedule: /^schedule$/,
  keep: /^keep$/,
  tiers: /^tier-/,
  'recovery-points': /^points$/,
  'max-age': /^max-age$/,
  copies: /^copies(-keep)?$/,
  residency: /^residency$/,
}

const NAMES: Readonly<Record<string, string>> = {
  schedule: 'made',
  keep: 'kept',
  tiers: 'kept longer',
  'recovery-points': 'recovery points',
  'max-age': 'greatest age',
  copies: 'copies',
  residency: 'countries',
}

function terms({ body, where }: Clause<BackupBody>, _contract: Contract): readonly Term[] {
  const rules = rulesOf(body)
  const said = promisesOf(rules)
  const unstated = unstatedSlots(body)
  return (body.of ?? [ALL]).flatMap(component =>
    PROMISES.filter(promise => body[promise] !== undefined).map((promise): Term => {
      const slots = [...said].filter(([slot]) => SLOTS[promise]?.test(slot) === true)
      const texts = slots.map(([, text]) => text)
      const more = promise === 'copies' && unstated.includes('copies-keep') ? ['copies kept: no number'] : []
      const isUnstated = slots.length === 0
      const text = isUnstated ? 'no number' : [...texts, ...more, ...countedText(promise, rules)].join(', ')
      return {
        key: `backup/${component}/${promise}`,
        name: `${component} ${NAMES[promise] ?? promise}`,
        names: { component },
        text: withFilter(text, where),
        ...(isUnstated && { unstated: true as const }),
      }
    }),
  )
}

/** Which backups count, where not all that succeed. */
function countedText(promise: string, { only, accept }: BackupRules): readonly string[] {
  if (promise === 'max-age' || promise === 'residency') return []
  const words = [...accept]
  return [
    ...(only === 'any' ? [] : [`${only} backups`]),
    ...(words.length === 1 && words[0] === 'success' ? [] : [`${words.join(' or ')} counts`]),
  ]
}

function relate(base: Side<BackupBody>, other: Side<BackupBody>, world: World): Ordering {
  const promise = promiseOf(base.term.key)
  if (promise !== promiseOf(other.term.key)) return orderingOf([sameFacet('promises', false)])
  return orderingOf([
    ...ownFacets(promise, pairOf(base, other), world),
    unknownFields(base.clause.body, other.clause.body, [...PROMISES, 'of', 'accept', 'only']),
    termFacet(base, other),
  ])
}

function ownFacets(promise: string, pair: Pair, world: World): readonly Facet[] {
  switch (promise) {
    case 'schedule':
      return scheduleFacets(pair, world)
    case 'keep':
      return keepFacets(pair)
    case 'tiers':
      return tierFacets(pair)
    case 'recovery-points':
      return pointsFacets(pair)
    case 'max-age':
      return maxAgeFacets(pair)
    case 'copies':
      return copiesFacets(pair)
    case 'residency':
      return residencyFacets(pair)
    default:
      return [sameFacet('promises', false)]
  }
}
