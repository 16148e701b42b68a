import type { HolidayRule } from '../../../time/holidays/rule.ts'
import type { Zone } from '../../../time/zone.ts'
import type { Ordering } from '../../rule.ts'
import { isWithin, type Span, sameZone } from './spans.ts'

/** How two terms stand in one respect, with all others alike, and what is to be said where they differ. */
export interface Facet {
  readonly atLeast: boolean | undefined
  readonly atMost: boolean | undefined
  readonly rule?: string
}

/** How they stand in all: true where all say so, false where one alone decides it. */
export function orderingOf(facets: readonly Facet[]): Ordering {
  const rules = facets.flatMap(({ rule, atLeast, atMost }) => (rule === undefined || (atLeast && atMost) ? [] : [rule]))
  const notes = facets.flatMap(({ rule, atLeast, atMost }) =>
    rule !== undefined && atLeast && atMost && !rule.endsWith(IN_BOTH) ? [sameInAll(rule)] : [],
  )
  return {
    atLeast: allOf(facets.map(({ atLeast }) => atLeast)),
    atMost: allOf(facets.map(({ atMost }) => atMost)),
    rules: [...(rules.length === 0 ? ['the same in every field'] : rules), ...notes],
  }
}

/** What is written otherwise and comes to the same. */
function sameInAll(rule: string): string {
  return rule.includes(', the base has ') && !rule.includes(': the same') ? `${rule}: the same` : rule
}

function allOf(answers: readonly (boolean | undefined)[]): boolean | undefined {
  const rest = answers.filter(answer => answer !== true)
  return rest.length === 0 ? true : rest.every(answer => answer === false) ? false : undefined
}

/** A shorter time, or a smaller number, binds more. */
export function lessBinds(what: string, base: Span | number, other: Span | number, texts: Texts): Facet {
  return inZonesOf(base, other, {
    atLeast: notMore(other, base),
    atMost: notMore(base, other),
    rule: differs(what, texts),
  })
}

/** A longer time, or a larger number, binds more. */
export function moreBinds(what: string, base: Span | number, other: Span | number, texts: Texts): Facet {
  return inZonesOf(base, other, {
    atLeast: notMore(base, other),
    atMost: notMore(other, base),
    rule: differs(what, texts),
  })
}

function inZonesOf(base: Span | number, other: Span | number, facet: Facet): Facet {
  if (typeof base === 'number' || typeof other === 'number') return facet
  const isCalendar = [base, other].some(({ months, days, then }) => months > 0 || days > 0 || then?.unit === 'calendar')
  return isCalendar ? inZones(facet, base.zone, other.zone) : facet
}

/** The same with the zones named where they differ and make a difference. */
export function inZones(facet: Facet, base: Zone, other: Zone, what = 'days'): Facet {
  if ((facet.atLeast && facet.atMost) || facet.rule === undefined || sameZone(base, other)) return facet
  return { ...facet, rule: `${facet.rule}; ${what} of ${other.name}, the base has those of ${base.name}` }
}

const IN_BOTH = ' in both'

/** What the base says, and what the other one does. */
export type Texts = readonly [base: string, other: string]

export function differs(what: string, [base, other]: Texts): string {
  return base === other ? `${what}: ${base}${IN_BOTH}` : `${what}: ${other}, the base has ${base}`
}

/** What is either the same or not to be told by rule. */
export function sameFacet(what: string, isSame: boolean, texts?: Texts): Facet {
  const answer = isSame ? true : undefined
  const rule = isSame ? undefined : texts === undefined ? `${what} differ` : differs(what, texts)
  return { atLeast: answer, atMost: answer, ...(rule !== undefined && { rule }) }
}

/** Which records a clause is about: `covers`, the other is about all that the base is; `within`, about no more. */
export interface Scope {
  readonly covers: boolean | undefined
  readonly within: boolean | undefined
  readonly rule?: string
}

/** Of what is promised of each record: the more of them, the more is promised. */
export function ofEach({ covers, within, rule }: Scope): Facet {
  return { atLeast: covers, atMost: within, ...(rule !== undefined && { rule }) }
}

/** Of what some record has to be there for: the fewer count, the more is promised. */
export function ofSome({ covers, within, rule }: Scope): Facet {
  return { atLeast: within, atMost: covers, ...(rule !== undefined && { rule }) }
}

/** Fields that no rule knows: alike, or not to be told. */
export function unknownFields(base: object, other: object, known: readonly string[]): Facet {
  const rest = (body: object) => Object.entries(body).filter(([key]) => !known.includes(key))
  return sameFacet('fields without a rule', isAlike(rest(base), rest(other)))
}

/** Deep equality of plain data, Maps and Sets; how something is written, and what it is called, makes no difference. */
export function isAlike(a: unknown, b: unknown): boolean {
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b))
}

/** Lists whose order makes no difference. */
const SETS: ReadonlySet<string> = new Set(['values'])
const WORDS: ReadonlySet<string> = new Set(['text', 'spelt', 'words', 'name', 'span'])

function plain(value: unknown): unknown {
  if (value instanceof Map) return [...value].map(entry => entry.map(plain)).sort(byText)
  if (value instanceof Set) return [...value].map(plain).sort(byText)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  if (isHolidays(value)) return [value.source, YEARS.map(year => value.of(year))]
  return Object.entries(value)
    .filter(([key, of]) => !WORDS.has(key) && of !== undefined)
    .map(([key, of]) => [key, SETS.has(key) && Array.isArray(of) ? of.map(plain).sort(byText) : plain(of)] as const)
    .sort(byText)
}

/** Holidays of one source may be other days: those of many years are looked at. */
function isHolidays(value: object): value is HolidayRule {
  return 'of' in value && typeof value.of === 'function'
}

const YEARS = Array.from({ length: 71 }, (_, i) => 1990 + i)

function byText(a: unknown, b: unknown): number {
  const [x, y] = [JSON.stringify(a), JSON.stringify(b)]
  return x < y ? -1 : x > y ? 1 : 0
}

function notMore(a: Span | number, b: Span | number): boolean | undefined {
  if (typeof a === 'number' || typeof b === 'number') return Number(a) <= Number(b)
  return isWithin(a, b)
}
