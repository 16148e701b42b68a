import type { PromiseWord, ReopenRule, SupportBody } from '../../../clauses/support/schema.ts'
import type { Ordering, Side, World } from '../../rule.ts'
import { type Amounts, compareAmounts } from './amounts.ts'
import { alike, directed, type Facet, open, SAME, together } from './facet.ts'
import { isCovered } from './filters.ts'
import { mixedFacet } from './mixed.ts'
import { numbersOf, type Promised, promisedOf, readingOf, sharedZone } from './promise.ts'
import { scopeFacets } from './scope.ts'
import { shareFacet, windowFacet } from './share.ts'

type SupportSide = Side<SupportBody>

/**
 * What rules say of two promises of support. Where a contract gives one promise in several clauses, each for some records,
 * these keep it together.
 */
export function relateSupport(base: SupportSide, other: SupportSide, world: World): Ordering {
  const alone = relateClauses(base, other, world)
  const [own, their] = [alone.atMost === true ? [] : partsOf(base), alone.atLeast === true ? [] : partsOf(other)]
  const keeping = their.filter(part => relateClauses(base, part, world, false).atLeast === true)
  const kept = own.filter(part => relateClauses(part, other, world, false).atMost === true)
  const atLeast = isDivided(base, keeping) || alone.atLeast
  const atMost = isDivided(other, kept) || alone.atMost
  const together = [...(atLeast !== alone.atLeast ? keeping : []), ...(atMost !== alone.atMost ? kept : [])]
  if (together.length === 0) return alone
  const rule = `kept by ${[...new Set(together.map(({ clause }) => clause.id))].join(' and ')} together`
  return { atLeast, atMost, rules: [...alone.rules, rule] }
}

/** All clauses of a contract that give the same promise and bind alike; none where there is but one. */
function partsOf(side: SupportSide): readonly SupportSide[] {
  const { contract, clause, term } = side
  const promised = promisedOf(side)
  if (promised?.priority === undefined) return []
  const clauses = contract.clauses.filter(one => one.kind === clause.kind && one.binding === clause.binding)
  const parts = clauses.map(one => ({ ...side, clause: one as typeof clause, term }))
  const same = parts.filter(part => promisedOf(part) !== undefined && part.clause.body.attainment === undefined)
  return same.length > 1 ? same : []
}

function isDivided({ clause }: SupportSide, parts: readonly SupportSide[]): boolean {
  const filters = parts.map(part => part.clause.where ?? [])
  return parts.length > 1 && isCovered(clause.where ?? [], filters)
}

function relateClauses(base: SupportSide, other: SupportSide, world: World, isFiltered = true): Ordering {
  const [a, b] = [promisedOf(base), promisedOf(other)]
  if (a === undefined || b === undefined || a.amount === 'unstated' || b.amount === 'unstated') {
    return { atLeast: undefined, atMost: undefined, rules: [] }
  }
  const mean = a.priority === undefined || b.priority === undefined
  const [own, their] = [base.clause.body, other.clause.body]
  const customer = sharedZone(base, other)
  const amounts = compareAmounts(readingOf(base, a, customer), readingOf(other, b, customer), world, {
    base: mean || mayStandStill(own, a),
    other: mean || mayStandStill(their, b),
  })
  const contracts = [base.contract, other.contract] as const
  const counted = mean || own.attainment !== undefined || their.attainment !== undefined
  return together([
    amounts,
    mixedFacet({ body: own, promised: a }, { body: their, promised: b }, isSettled(own, their, mean)),
    ...optionFacets(own, their, a, b, amounts, counted),
    ...scopeFacets(base, other, counted, isFiltered),
    ...(mean
      ? own.mean !== undefined && their.mean !== undefined
        ? [windowFacet(own.mean.window.rule, their.mean.window.rule, contracts)]
        : []
      : [shareFacet(own.attainment, their.attainment, contracts)]),
    alike(rest(own), rest(their)) ? SAME : open('they differ in fields that no rule compares', false),
  ])
}

/** Whether the clock of a promise may stand still before its stop. */
function mayStandStill(body: SupportBody, { word }: Promised): boolean {
  const reopened = word === 'resolve' && (body['on-reopen'] ?? 'continue') === 'continue'
  return body['paused-in'] !== undefined || reopened
}

/** Fields that are compared one by one. */
const COMPARED: ReadonlySet<string> = new Set([
  'calendar',
  'priorities',
  'clock',
  'business-day',
  'paused-in',
  'on-reopen',
  'on-priority-change',
  'from',
  'unprioritised',
  'workaround-counts',
  'auto-reply-counts',
  'customer-timezone',
  'attainment',
  'mean',
])

function rest(body: SupportBody): unknown {
  return Object.fromEntries(Object.entries(body).filter(([key, value]) => !COMPARED.has(key) && value !== undefined))
}

function optionFacets(
  base: SupportBody,
  other: SupportBody,
  a: Promised,
  b: Promised,
  amounts: Amounts,
  counted: boolean,
): readonly Facet[] {
  const mean = a.priority === undefined || b.priority === undefined
  const settled = isSettled(base, other, mean)
  // Of two different promises each only goes by what its own clause says of it.
  const both = (...words: readonly PromiseWord[]) => a.word === b.word && words.includes(a.word)
  const facets = [
    pauses(base, other),
    start(base, other),
    ...(both('resolve', 'report') ? [reopened(base, other, a, b, settled, amounts, counted)] : []),
    ...(both('resolve') ? [workarounds(base, other, settled)] : []),
    ...(a.word === 'respond' || a.word === 'update-every' ? [autoReplies(base, other, a.word, settled)] : []),
    customers(base, other, amounts),
  ]
  if (mean) return facets
  if (!isAlone(base, other)) facets.push(changes(base, other, a, b, amounts, facets))
  facets.push(blankPriority(base, other, a, b))
  if (a.word === 'update-every' && [a, b].some(({ amount }) => amount !== 'unstated' && 'byCalendar' in amount)) {
    if (!amounts.always) facets.push(open('the amount of each stretch is that of the first', true))
  }
  return facets
}

/** Where the priority in force at the stop decides, clocks that stop elsewhere may find another one. */
function isSettled(base: SupportBody, other: SupportBody, mean: boolean): boolean {
  return mean || isAlone(base, other) || [base, other].every(body => body['on-priority-change'] === 'at-open')
}

function isAlone(...bodies: readonly SupportBody[]): boolean {
  return bodies.every(({ priorities }) => Object.keys(priorities).length === 1)
}

function pauses(base: SupportBody, other: SupportBody): Facet {
  const [a, b] = [new Set(base['paused-in']), new Set(other['paused-in'])]
  const words = (states: ReadonlySet<string>) => (states.size === 0 ? 'for nothing' : `for ${[...states].join(', ')}`)
  const rule = `its clock pauses ${words(b)}, that of the base ${words(a)}`
  return directed(
    [...b].every(state => a.has(state)),
    [...a].every(state => b.has(state)),
    rule,
  )
}

function start(base: SupportBody, other: SupportBody): Facet {
  const [a, b] = [base.from ?? 'opened', other.from ?? 'opened']
  // What starts a clock in the middle of a life may stop it as well.
  if (a === b) return a === 'opened' || a === 'reported' ? SAME : { ...SAME, neutral: false }
  return open(`its clock starts from ${b}, that of the base from ${a}`, false)
}

/**
 * How much each rule counts of the same life: `last-resolve` the most, then `continue`, the others part of that. A clock
 * that starts anew belongs to another window and may have another amount.
 */
function reopened(
  base: SupportBody,
  other: SupportBody,
  promised: Promised,
  their: Promised,
  settled: boolean,
  amounts: Amounts,
  counted: boolean,
): Facet {
  const [a, b] = [base['on-reopen'] ?? 'continue', other['on-reopen'] ?? 'continue']
  const report = promised.word === 'report'
  if (a === b) return SAME
  // A report is counted from the resolution that holds, which all but one of the rules find in the same place.
  if (report && a !== 'first-resolve' && b !== 'first-resolve') return SAME
  const rule = `after a reopening it says ${b}, the base ${a}`
  const fromOpened = [base, other].every(({ from }) => (from ?? 'opened') === 'opened')
  if (report || !fromOpened || !amounts.always) return open(rule, true)
  const fixed = [promised, their].every(one => numbersOf(one).every(({ unit }) => FIXED.has(unit)))
  const covers = (most: ReopenRule, least: ReopenRule) => {
    if (least === 'first-resolve' && !settled) return false
    if (least === 'restart' && (counted || !fixed)) return false
    return most === 'last-resolve' ? true : most === 'continue' && least !== 'last-resolve'
  }
  return directed(covers(b, a), covers(a, b), rule)
}

const FIXED: ReadonlySet<string> = new Set(['elapsed', 'business-time'])

function workarounds(base: SupportBody, other: SupportBody, settled: boolean): Facet {
  const [a, b] = [base['workaround-counts'] ?? false, other['workaround-counts'] ?? false]
  if (a === b) return SAME
  const rule = b ? 'a workaround is enough, in the base it is not' : 'a workaround is not enough, in the base it is'
  const sure = settled && base['paused-in'] === undefined && other['paused-in'] === undefined
  return directed(sure && !b, sure && !a, rule)
}

function autoReplies(base: SupportBody, other: SupportBody, word: 'respond' | 'update-every', settled: boolean): Facet {
  const [a, b] = [base['auto-reply-counts'] ?? false, other['auto-reply-counts'] ?? false]
  if (a === b) return SAME
  const rule = b
    ? 'an automatic reply is enough, in the base it is not'
    : 'an automatic reply is not enough, in the base it is'
  const sure = settled && word === 'respond'
  return directed(sure && !b, sure && !a, rule)
}

function customers(base: SupportBody, other: SupportBody, amounts: Amounts): Facet {
  const [a, b] = [base['customer-timezone'] ?? false, other['customer-timezone'] ?? false]
  if (!a && !b) return SAME
  if (a && b) return amounts.always ? SAME : open('the hours run in the zone of the customer', true)
  return open(
    b ? 'its hours run in the zone of the customer' : 'the hours of the base run in the zone of the customer',
    false,
  )
}

function changes(
  base: SupportBody,
  other: SupportBody,
  a: Promised,
  b: Promised,
  amounts: Amounts,
  facets: readonly Facet[],
): Facet {
  const [x, y] = [base['on-priority-change'] ?? 'carry', other['on-priority-change'] ?? 'carry']
  if (x !== y) return open(`when the priority changes it says ${y}, the base ${x}`, true)
  if (x !== 'strictest') return SAME
  // The worst of several priorities is shown: then the times of the others matter too.
  const others = ({ priorities }: SupportBody, { priority }: Promised) =>
    Object.entries(priorities)
      .filter(([name]) => name !== priority)
      .map(([name, targets]) => [name, targets[a.word]])
  const same = alike(others(base, a), others(other, b)) && amounts.always && facets.every(facet => facet === SAME)
  return same && amounts.clocks ? SAME : open('the strictest of several priorities decides', true)
}

/** Only where blank priorities are taken as this one by the base, and as another one here, it asks for less. */
function blankPriority(base: SupportBody, other: SupportBody, a: Promised, b: Promised): Facet {
  const mine = (body: SupportBody, { priority }: Promised) => body.unprioritised === priority
  const [own, their] = [mine(base, a), mine(other, b)]
  const covers = (left: boolean, right: boolean, body: SupportBody) =>
    !left || right || body.unprioritised === undefined
  const rule = own
    ? 'a ticket without a priority is of this one in the base'
    : 'a ticket without a priority is of this one here'
  const strict = [base, other].some(body => body['on-priority-change'] === 'strictest')
  if (strict && base.unprioritised !== other.unprioritised) return open(rule, true)
  return directed(covers(own, their, other), covers(their, own, base), rule)
}
