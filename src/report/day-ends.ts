import type { Finding, Findings, Step } from '../model/finding.ts'
import type { Quantity } from '../model/quantity.ts'
import type { Report } from '../model/report.ts'
import { DAY } from '../time/civil.ts'
import { toLocal } from '../time/local.ts'
import type { Zone } from '../time/zone.ts'
import { isVoid } from './fix-facts.ts'
import { instantText, isOverYears, isShown, stretchText } from './instants.ts'
import { calendarOf } from './quantities.ts'
import { inWords, onTheWall } from './said-texts.ts'

/** Whether an instant is the last millisecond of a local day. */
export function endsDay(zone: Zone, at: number): boolean {
  return isShown({ start: at, end: at }) && toLocal(zone, at + 1) % DAY === 0
}

/**
 * A finding on a vulnerability as people say it: the last millisecond of a day is its end, so that amounts up to it are
 * whole, unless that would turn the verdict.
 */
export function asSaid(finding: Finding, zone: Zone): Finding {
  const { due, margin, promised, observed, start, window, timeline, bound } = finding
  if (calendarOf(finding) !== undefined) return finding
  const missed = isJustMissed(finding)
  const more = (at: number | undefined): number => (at === undefined || !endsDay(zone, at) ? 0 : 1)
  const dueMore = missed ? 0 : more(due)
  const stopMore = more(window.end)
  const startMore = more(start)
  const moved = (at: number): number => {
    if (at === due) return at + dueMore
    return at === start || at === window.end ? at + more(at) : at
  }
  const told = {
    ...finding,
    timeline: timeline.flatMap(step => (isDropped(step, finding) ? [] : [toldStep(step, moved)])),
  }
  if (start === undefined || bound !== 'at-most' || promised.unit !== 'ms' || (due ?? start) < start) return told
  return {
    ...told,
    // What ends with a day is in time before the day is over.
    ...(dueMore > stopMore && { bound: 'below' }),
    promised: plus(promised, dueMore - startMore),
    observed: plus(observed, stopMore - startMore),
    ...(margin !== undefined && { margin: plus(margin, dueMore - stopMore) }),
  }
}

function plus(quantity: Quantity, ms: number): Quantity {
  return quantity.unit === 'ms' && ms !== 0 ? { unit: 'ms', value: quantity.value + ms } : quantity
}

/** Whether a deadline was missed by a millisecond: then it is shown to the millisecond. */
export function isJustMissed({ margin, bound }: Finding): boolean {
  return bound === 'at-most' && margin?.unit === 'ms' && margin.value === -1
}

/** A step with its ends moved; nothing that only repeats its length, on a clock that always runs. */
function toldStep(step: Step, moved: (at: number) => number): Step {
  const { at, effect, why } = step
  if (effect !== 'counted' && effect !== 'over' && effect !== 'unknown') return step
  return { ...step, at: { start: moved(at.start), end: moved(at.end) }, why: LENGTH.test(why) ? '' : why }
}

/** Nothing is late that need not be fixed; of a clock that is none nothing is counted. */
function isDropped({ effect }: Step, finding: Finding): boolean {
  if (effect === 'over') return finding.status === 'not-applicable'
  return effect === 'counted' && isVoid(finding)
}

const LENGTH = /^(\d[\d.,]*(h|m|s)( |$))+$/

/** How a page says findings of a kind; of other kinds they stay as they are. */
const SAID: Readonly<Partial<Record<string, (finding: Finding, zone: Zone, years: boolean) => Finding>>> = {
  availability: onTheWall,
  maintenance: onTheWall,
  support: onTheWall,
  vulnerability: (finding, zone, years) => onTheWall(asSaid(finding, zone), zone, years),
  backup: inWords,
  recovery: inWords,
  control: inWords,
}

/** A finding of a clause as a page says it; `years`: instants in its texts have their year. */
export function findingAsSaid(finding: Finding, kind: string, zone: Zone, years = false): Finding {
  return SAID[kind]?.(finding, zone, years) ?? finding
}

/** A report with its findings as a page says them. */
export function reportAsSaid(report: Report, zone: Zone): Report {
  const years = isOverYears(zone, report.period)
  const clauses = report.clauses.map(clause => {
    const say = SAID[clause.kind]
    if (say === undefined) return clause
    return { ...clause, findings: findingsAsSaid(clause.findings, one => say(one, zone, years)) }
  })
  return { ...report, clauses }
}

/** Each one changed when it is asked for; outlines stay as they are. */
function findingsAsSaid(list: Findings, say: (finding: Finding) => Finding): Findings {
  return {
    length: list.length,
    at(index) {
      const finding = list.at(index)
      return finding === undefined ? undefined : say(finding)
    },
    *[Symbol.iterator]() {
      for (const finding of list) yield say(finding)
    },
    outlines: () => list.outlines?.() ?? list,
  }
}

/** A due instant on the wall clock: `Mon  8 Jun 10:30`; the last millisecond of a day is `24:00`, but not `exact`. */
export function dueText(zone: Zone, at: number, years: boolean, exact = false): string {
  const text = stretchText(zone, { start: at, end: at }, years)
  return endsDay(zone, at) && !exact ? text.replace(/\d\d:\d\d:\d\d\.\d{3}$/, '24:00') : text
}

/** The same with the instant in full: `Mon  8 Jun 24:00 = 2026-06-08T23:59:59.999+02:00`. */
export function dueInFull(zone: Zone, at: number, exact = false): string {
  const text = dueText(zone, at, false, exact)
  const full = instantText(zone, at)
  return text === full ? text : `${text} = ${full}`
}
