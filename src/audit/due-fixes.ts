import type { FixRules, StartRule } from '../clauses/vulnerability/rules.ts'
import { rulesOf } from '../clauses/vulnerability/rules-of.ts'
import type { VulnerabilityBody } from '../clauses/vulnerability/schema.ts'
import { amountText, isStated, startText } from '../clauses/vulnerability/stated.ts'
import { clockOf, dueFrom } from '../clauses/vulnerability/window.ts'
import type { Clause, Contract } from '../contract/contract.ts'
import type { Due } from '../model/due.ts'
import { ALWAYS } from '../time/calendar.ts'
import { type Clock, makeClock } from '../time/clock.ts'
import type { Zone } from '../time/zone.ts'
import { zoneOfCalendar } from './calendar.ts'
import { type DueQuestion, timesUntil } from './due-steps.ts'

/** What a band owes: its fix, or a mitigation while there is none. */
export interface FixRef {
  readonly band: string
  readonly duty: 'fix' | 'mitigate'
}

/** The duties of a vulnerability clause that have an amount, stated or not, in the order of the contract. */
export function fixesOf({ bands }: VulnerabilityBody): readonly FixRef[] {
  return Object.entries(bands).flatMap(([band, amounts]) =>
    DUTIES.filter(duty => amounts[duty] !== undefined).map(duty => ({ band, duty })),
  )
}

/** When each is due, with the band as its `priority`; nothing that evidence would move is taken into account. */
export function fixDuesOf(
  contract: Contract,
  clause: Clause<VulnerabilityBody>,
  fixes: readonly FixRef[],
  { start, at }: Omit<DueQuestion, 'pauses'>,
  zones: (name: string) => Zone,
): readonly Due[] {
  const zone = zones(contract.timezone)
  const clock = (name: string): Clock => {
    const rule = contract.calendars.get(name) ?? ALWAYS
    return makeClock(rule, zones(zoneOfCalendar(contract, rule)))
  }
  const rules = rulesOf(clause.body, zone)
  const { businessDays } = contract
  const plan = {
    ...{ rules, zone, asOf: start, always: clock('always'), riskPercent: 100 },
    ...(businessDays !== undefined && { business: clock(businessDays) }),
    ...{ exploitedSupplied: true, epssSupplied: true },
  }
  return fixes.map(({ band, duty }): Due => {
    const amount = clause.body.bands[band]?.[duty] ?? 'unstated'
    const shared = {
      clause: clause.id,
      priority: band,
      promise: duty,
      from: startText(startOf(band, duty, rules)),
      start,
      timezone: zone.name,
      amount: amountText(amount),
    }
    if (!isStated(amount)) {
      return { ...shared, counted: [], notCounted: [], notes: ['the text states no number: never due, never judged'] }
    }
    const { at: due, on } = dueFrom(start, amount, plan)
    const runs = clockOf(on, plan)
    const allowanceMs = runs.elapsed(start, due)
    const countedMs = at === undefined ? 0 : runs.elapsed(start, at)
    const days = amount.unit === 'calendar' || amount.unit === 'business-days'
    return {
      ...shared,
      timezone: runs.zone.name,
      clock: on === 'always' ? 'always' : (businessDays ?? 'always'),
      opens: runs.deadline(start, 0),
      allowanceMs,
      due,
      ...timesUntil(runs, start, due, []),
      ...(at !== undefined && { at: { instant: at, countedMs, leftMs: allowanceMs - countedMs } }),
      notes: [...(days ? countingNotes(clause.body) : []), ...evidenceNotes(duty, rules)],
    }
  })
}

const DUTIES = ['fix', 'mitigate'] as const

function startOf(band: string, duty: FixRef['duty'], rules: FixRules): StartRule {
  // A mitigation is owed before there is a fix: its clock starts as the clause says, not the band.
  return (duty === 'fix' ? rules.bands.find(({ name }) => name === band)?.from : undefined) ?? rules.from
}

function countingNotes({ counting }: VulnerabilityBody): readonly string[] {
  return counting === undefined ? ['counting is not said in the contract: elapsed is the default'] : []
}

function evidenceNotes(duty: FixRef['duty'], { tighten }: FixRules): readonly string[] {
  const out: string[] = []
  if (duty === 'mitigate') out.push('a mitigation is owed only while no fix is available')
  const sooner = [...(tighten.knownExploited ? ['known exploited'] : []), ...(tighten.epss ? ['likely exploited'] : [])]
  if (sooner.length > 0) out.push(`what is ${sooner.join(' or ')} may be due earlier`)
  return out
}
