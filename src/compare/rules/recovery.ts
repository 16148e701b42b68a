import { type Promises, type RecoveryRules, rpoText, rtoText, rulesOf } from '../../clauses/recovery/rules.ts'
import type { RecoveryBody } from '../../clauses/recovery/schema.ts'
import type { Clause, Contract } from '../../contract/contract.ts'
import { durationText } from '../../time/duration.ts'
import type { CompareRule, Ordering, Side, Term, World, Worst } from '../rule.ts'
import {
  differs,
  type Facet,
  isAlike,
  lessBinds,
  ofEach,
  orderingOf,
  type Scope,
  sameFacet,
  unknownFields,
} from './duties/facets.ts'
import { isSameWhere, serviceScope, termFacet, whereScope, withFilter } from './duties/scope.ts'
import { longestSpan, spanOf } from './duties/spans.ts'
import { recoveryCandidates } from './recovery/candidates.ts'
import { componentsShown, promiseAt, type Slot } from './recovery/promise.ts'

/** What may be lost and how long a recovery may take, each scenario by itself. */
export const recoveryRule: CompareRule<RecoveryBody> = {
  kind: 'recovery',
  subject: 'Recovery',
  terms,
  relate,
  candidates: recoveryCandidates,
  envelope,
  owns: ({ key }, { promise, subject, details = {} }) => {
    const { slot, scenario } = promiseAt(key)
    if (promise !== undefined && promise !== slot) return false
    const told = details.scenario ?? (subject === '' ? undefined : subject)
    return scenario === undefined || told === undefined || told === scenario
  },
}

function terms({ body, where }: Clause<RecoveryBody>, _contract: Contract): readonly Term[] {
  const rules = rulesOf(body)
  const only = rules.components.length === 0 ? '' : ` of ${rules.components.join(', ')}`
  const [first, ...more] = rules.components
  const single = more.length === 0 ? first : undefined
  return promisesIn(rules).flatMap(([scenario, { rpo, rto }]) => {
    const term = (slot: Slot, text: string, isStated: boolean): Term => ({
      key: `recovery/${scenario === '' ? '' : `${scenario}/`}${slot}`,
      name: `${scenario === '' ? '' : `${scenario} `}${slot === 'rpo' ? 'loss (RPO)' : 'time (RTO)'}`,
      names: single === undefined ? {} : { component: single },
      text: withFilter(`${text}${only}`, where),
      ...(!isStated && { unstated: true as const }),
    })
    return [
      ...(rpo === undefined ? [] : [term('rpo', rpoText(rpo), rpo.amount !== undefined)]),
      ...(rto === undefined ? [] : [term('rto', rtoText(rto), rto.amount !== undefined)]),
    ]
  })
}

function promisesIn(rules: RecoveryRules): readonly (readonly [string, Promises])[] {
  return rules.scenarios === undefined ? [['', rules]] : [...rules.scenarios]
}

function relate(base: Side<RecoveryBody>, other: Side<RecoveryBody>, _world: World): Ordering {
  const [ofBase, ofOther] = [base, other].map(side => ({
    side,
    ...promiseAt(side.term.key),
    rules: rulesOf(side.clause.body),
  }))
  if (ofBase === undefined || ofOther === undefined || ofBase.slot !== ofOther.slot)
    return orderingOf([sameFacet('promises', false)])
  const known = ['of', 'accept', 'rpo', 'rto', 'scenarios']
  return orderingOf([
    ...(ofBase.slot === 'rto' ? rtoFacets(ofBase, ofOther) : rpoFacets(ofBase, ofOther)),
    scenarioFacet(ofBase, ofOther),
    unknownFields(base.clause.body, other.clause.body, known),
    termFacet(base, other),
  ])
}

interface Read {
  readonly side: Side<RecoveryBody>
  readonly rules: RecoveryRules
  readonly scenario: string | undefined
}

function promisesOf({ rules, scenario }: Read): Promises {
  return (scenario === undefined ? rules : rules.scenarios?.get(scenario)) ?? {}
}

/** What is promised of every scenario is promised of each. */
function scenarioFacet({ scenario: b }: Read, { scenario: o }: Read): Facet {
  const rule = differs('scenarios', [b ?? 'all', o ?? 'all'])
  const isSame = b === o
  return { atLeast: isSame || o === undefined || undefined, atMost: isSame || b === undefined || undefined, rule }
}

function rtoFacets(base: Read, other: Read): readonly Facet[] {
  const [b, o] = [promisesOf(base).rto, promisesOf(other).rto]
  if (b?.amount === undefined || o?.amount === undefined) return [UNKNOWN]
  const [most, given] = [spanOf(b.amount, base.side.zone), spanOf(o.amount, other.side.zone)]
  if (most === undefined || given === undefined) return [UNKNOWN]
  const texts = [b.amount.text.trim(), o.amount.text.trim()] as const
  return [
    lessBinds('recovered in', most, given, texts),
    sameFacet('counted from', b.from === o.from, [b.from, o.from]),
    ...casesFacets(base, other),
  ]
}

const UNKNOWN = sameFacet('promises', false)

/** The more cases a clause is about, the more it promises. */
function casesFacets(base: Read, other: Read): readonly Facet[] {
  const where = whereScope(base.side, other.side)
  // A filter on kinds lets in what is no case without it, and a whole case hangs on all of its components.
  const isSame = isSameWhere(base.side, other.side)
  return [
    ofEach(isSame ? where : { ...where, covers: undefined, within: undefined }),
    sameFacet('components', isAlike(componentsShown(base.side).sort(), componentsShown(other.side).sort()), [
      base.rules.components.join(', ') || 'all',
      other.rules.components.join(', ') || 'all',
    ]),
    ofEach(serviceScope(base.side, other.side)),
  ]
}

function rpoFacets(base: Read, other: Read): readonly Facet[] {
  const [b, o] = [promisesOf(base).rpo, promisesOf(other).rpo]
  if (b?.amount === undefined || o?.amount === undefined) return [UNKNOWN]
  const [most, given] = [spanOf(b.amount, base.side.zone), spanOf(o.amount, other.side.zone)]
  if (most === undefined || given === undefined) return [UNKNOWN]
  const texts = [b.amount.text.trim(), o.amount.text.trim()] as const
  const isExposure = b.measure === 'exposure' && o.measure === 'exposure'
  return [
    lessBinds('lost at most', most, given, texts),
    sameFacet('measured by', b.measure === o.measure, [b.measure, o.measure]),
    ...(isExposure ? [acceptFacet(base, other)] : []),
    ...casesFacets(base, other),
  ]
}

/** The fewer outcomes count as a backup, the more is promised. */
function acceptFacet(base: Read, other: Read): Facet {
  const [b, o] = [base.rules.accept, other.rules.accept]
  const scope: Scope = {
    within: [...o].every(one => b.has(one)) || undefined,
    covers: [...b].every(one => o.has(one)) || undefined,
  }
  return {
    atLeast: scope.within,
    atMost: scope.covers,
    rule: differs('outcomes that count', [[...b].join(', '), [...o].join(', ')]),
  }
}

function envelope(
  { body, where }: Clause<RecoveryBody>,
  { zone }: Omit<Side, 'term' | 'clause'>,
  world: World,
): readonly Worst[] {
  const rules = rulesOf(body)
  const notes = where === undefined ? [] : [withFilter('only', where)]
  return promisesIn(rules).flatMap(([scenario, { rpo, rto }]) => {
    const row = (slot: Slot, name: string) => ({
      key: `recovery/${scenario === '' ? '' : `${scenario}/`}${slot}`,
      name: `${scenario === '' ? '' : `${scenario}: `}${name}`,
    })
    const rows: Worst[] = []
    for (const [slot, one, name] of [
      ['rto', rto, 'longest recovery'],
      ['rpo', rpo, 'most that is lost'],
    ] as const) {
      if (one === undefined) continue
      const span = one.amount === undefined ? undefined : spanOf(one.amount, zone)
      if (span === undefined) {
        rows.push({ ...row(slot, name), text: 'no number', notes })
        continue
      }
      const at = longestSpan(span, world)
      const ms = at.end - at.start
      rows.push({
        ...row(slot, name),
        ms,
        text: durationText(ms),
        ...(one.amount?.unit === 'calendar' && { at }),
        ...('from' in one && one.from !== 'failure' && { beside: `and the time until it is ${one.from}: no limit` }),
        notes: 'measure' in one ? [...notes, `by ${one.measure}`] : notes,
      })
    }
    return rows
  })
}
