import { type ControlRules, rulesOf, rulesText } from '../../clauses/control/rules.ts'
import type { ControlBody } from '../../clauses/control/schema.ts'
import type { Clause, Contract } from '../../contract/contract.ts'
import { DAY } from '../../time/civil.ts'
import { durationText } from '../../time/duration.ts'
import { windowsOver } from '../../time/window.ts'
import type { CompareRule, Ordering, Side, Term, World, Worst } from '../rule.ts'
import { controlCandidates } from './control/candidates.ts'
import { frameOf, reachOf, windowLengths } from './control/reach.ts'
import { differs, inZones, isAlike, ofSome, orderingOf, sameFacet, unknownFields } from './duties/facets.ts'
import { serviceScope, termFacet, whereScope, whereText, withFilter } from './duties/scope.ts'
import { isWithin, longestSpan, sameZone, spanLengths } from './duties/spans.ts'
import { isSameFrame, windowsIn } from './maintenance/number.ts'

/** Recurring duties, one row for each control by its name in the evidence. */
export const controlRule: CompareRule<ControlBody> = {
  kind: 'control',
  subject: 'Controls',
  singly: true,
  terms,
  relate,
  candidates: controlCandidates,
  envelope,
  // A clause is about one control, subject by subject.
  owns: () => true,
}

function terms({ id, body, where }: Clause<ControlBody>, _contract: Contract): readonly Term[] {
  const rules = rulesOf(body, id)
  return [
    {
      key: `control/${rules.name}`,
      name: rules.name,
      names: { control: rules.name },
      text: withFilter(rules.form === 'unstated' ? 'no number' : rulesText(rules), where),
      ...(rules.form === 'unstated' && { unstated: true as const }),
    },
  ]
}

interface Read {
  readonly rules: ControlRules
  readonly side: Side<ControlBody>
}

function relate(base: Side<ControlBody>, other: Side<ControlBody>, _world: World): Ordering {
  const [b, o] = [base, other].map((side): Read => ({ side, rules: rulesOf(side.clause.body, side.clause.id) })) as [
    Read,
    Read,
  ]
  const known = ['of', 'every', 'times', 'valid-for', 'tolerance', 'outcome', 'per']
  return orderingOf([
    inZones(
      {
        atLeast: implies(o, b),
        atMost: implies(b, o),
        rule: differs('performed', [rulesText(b.rules), rulesText(o.rules)]),
      },
      base.zone,
      other.zone,
    ),
    sameFacet('records', b.rules.type === o.rules.type, [b.rules.type, o.rules.type]),
    ofSome({
      within: o.rules.passedOnly || !b.rules.passedOnly || undefined,
      covers: b.rules.passedOnly || !o.rules.passedOnly || undefined,
      rule: differs('what counts', [countedText(b.rules), countedText(o.rules)]),
    }),
    {
      atLeast: o.rules.perSubject || !b.rules.perSubject || undefined,
      atMost: b.rules.perSubject || !o.rules.perSubject || undefined,
      rule: differs('counted', [subjectText(b.rules), subjectText(o.rules)]),
    },
    ofSome(whereScope(base, other)),
    ofSome(serviceScope(base, other)),
    unknownFields(base.clause.body, other.clause.body, known),
    termFacet(base, other),
  ])
}

function countedText({ passedOnly }: ControlRules): string {
  return passedOnly ? 'what passed' : 'all that was performed'
}

function subjectText({ perSubject }: ControlRules): string {
  return perSubject ? 'for each subject' : 'once for all subjects'
}

/** Whether who keeps the first over all of its time keeps the second too. */
function implies(a: Read, b: Read): boolean | undefined {
  const [of, to] = [a.rules, b.rules]
  const own = { ...of, name: '' }
  if (sameZone(a.side.zone, b.side.zone) && isAlike(own, { ...to, name: '' }) && isSameTime(a, b)) return true
  const [reach, allowed] = [reachOf(of, a.side.zone), reachOf(to, b.side.zone)]
  if (of.form === 'every' || of.form === 'valid-for') {
    if (reach === undefined) return undefined
    if (to.form === of.form) return allowed === undefined ? undefined : isWithin(reach, allowed)
    if (of.form !== 'every' || to.form !== 'times') return undefined
    // A window that the term cuts asks for as many; what is presumed as the log begins is no performance.
    const { least } = windowLengths(to.times.per, b.side.zone)
    return isWhole(b) && to.times.count * spanLengths(reach).most < least ? true : undefined
  }
  if (of.form !== 'times') return undefined
  if (to.form === 'times') return timesWithin(a, b)
  const { most } = windowLengths(of.times.per, a.side.zone)
  return to.form === 'every' && allowed !== undefined && 2 * most <= spanLengths(allowed).least ? true : undefined
}

function isSameTime(a: Read, b: Read): boolean {
  return (
    a.rules.form !== 'times' ||
    b.rules.form !== 'times' ||
    isSameFrame(a.rules.times.per, b.rules.times.per, a.side, b.side)
  )
}

/** Whether no window of a contract is cut by its term. */
function isWhole({ side: { contract } }: Read): boolean {
  return contract.term?.start === undefined && contract.term?.end === undefined
}

function timesWithin(a: Read, b: Read): boolean | undefined {
  if (a.rules.form !== 'times' || b.rules.form !== 'times') return undefined
  const [of, to] = [a.rules.times, b.rules.times]
  if (!isSameFrame(of.per, to.per, a.side, b.side)) return undefined
  if (isAlike(of.per, to.per)) return of.count >= to.count
  const parts = windowsIn(to.per, of.per)
  if (parts === undefined) return undefined
  return of.count >= to.count || (isWhole(a) && isWhole(b) && of.count * parts >= to.count) ? true : undefined
}

function envelope(
  { id, body, where }: Clause<ControlBody>,
  { zone, contract }: Omit<Side, 'term' | 'clause'>,
  world: World,
): readonly Worst[] {
  const rules = rulesOf(body, id)
  const notes = [
    ...(where === undefined ? [] : [`only where ${whereText(where)}`]),
    ...(rules.passedOnly ? [] : ['whatever the outcome']),
  ]
  const row = { key: `control/${rules.name}/longest-gap`, name: `${rules.name} longest gap`, notes }
  if (rules.form === 'unstated') return [{ ...row, text: 'no number' }]
  const reach = reachOf(rules, zone)
  if (reach !== undefined) {
    const at = longestSpan(reach, world)
    return [{ ...row, ms: at.end - at.start, text: durationText(at.end - at.start), at }]
  }
  if (rules.form !== 'times') return []
  const { span } = world
  if (rules.times.per.kind === 'term') return [{ ...row, text: 'the term' }]
  const windows = windowsOver(rules.times.per, frameOf(contract, zone), {
    start: span.start,
    end: span.end + 800 * DAY,
  })
  let at = { start: span.start, end: span.start }
  for (const [i, { start, end }] of windows.entries()) {
    const next = windows[i + 1]
    if (next === undefined || start >= span.end || end <= span.start) continue
    // From the first instant of one window to the last of the next.
    if (next.end - 1 - start > at.end - at.start) at = { start, end: next.end - 1 }
  }
  const ms = at.end - at.start
  return [{ ...row, ms, text: `just under ${durationText(ms + 1)}`, at }]
}
