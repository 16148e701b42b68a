import type { Clause, Contract } from '../contract/contract.ts'
import type { WitnessRow } from '../model/comparison.ts'
import type { Finding } from '../model/finding.ts'
import type { Interval } from '../model/interval.ts'
import type { Zone } from '../time/zone.ts'

/** One promise of a clause that can stand beside the same one of another contract. */
export interface Term {
  /** Where it stands in the matrix: terms of two contracts with one key are held against each other. */
  readonly key: string
  /** What is promised, inside its kind's group: `P1 respond`. */
  readonly name: string
  /** The names that a contract chose for itself, by what they name: `{ priority: 'P1' }`; alignment renames them. */
  readonly names: Readonly<Record<string, string>>
  /** The same as an alignment shows them: what is no part of the key is one and the same where these are. */
  readonly shown?: Readonly<Record<string, string>>
  readonly text: string
  /** Promised without a number: never decidable. */
  readonly unstated?: true
}

/** One contract's term with all that it rests on. `zone` is the contract's. */
export interface Side<Body = unknown> {
  readonly contract: Contract
  readonly clause: Clause<Body>
  readonly term: Term
  readonly zone: Zone
  /** What the contract is called in texts; versions of one contract have one id. */
  readonly label: string
  zones(name: string): Zone
}

/** What is compared over: the local year, from its first instant to that of the next one, in UTC. */
export interface World {
  readonly year: number
  readonly span: Interval
  /** Where what is proven of all years is looked at, in place of 2000 to 2040. */
  readonly proven?: Interval
  /** The zone that instants in notes of the worst cases are told in: the page's; without it the contract's own. */
  readonly zone?: Zone
}

/**
 * What rules alone say of two terms: whether all evidence that meets `other` meets `base` too (`atLeast`), and the
 * reverse (`atMost`). Undefined: not known by rule, witnesses are searched. True must be proven: no log may refute it.
 */
export interface Ordering {
  readonly atLeast: boolean | undefined
  readonly atMost: boolean | undefined
  /** The rules that it follows from, in words. */
  readonly rules: readonly string[]
}

/** Evidence to try as a witness, with the audit's period and as-of instant. */
export interface Candidate {
  readonly rows: readonly WitnessRow[]
  readonly period: Interval
  readonly asOf: number
  readonly story: string
}

/** One row of the envelope for one contract; see `EnvelopeValue`. */
export interface Worst {
  readonly key: string
  readonly name: string
  readonly ms?: number
  readonly text: string
  readonly at?: Interval
  readonly beside?: string
  readonly notes: readonly string[]
  /** Whether more is better for the customer (notice) or less (downtime); less unless said. */
  readonly better?: 'more'
}

/** Whether a finding of the term's clause is about that term. */
export type Owns = (term: Term, finding: Finding) => boolean

/** How clauses of one kind are compared. */
export interface CompareRule<Body> {
  readonly kind: string
  /** Heading of its group in the matrix. */
  readonly subject: string
  terms(clause: Clause<Body>, contract: Contract): readonly Term[]
  relate(base: Side<Body>, other: Side<Body>, world: World): Ordering
  /**
   * Logs that may separate the two, the shortest and most telling first; a few hundred at most. Where the two have other
   * names for the same (`Term.names`), rows are in those of `base`; `other` is given them in its own.
   */
  candidates(base: Side<Body>, other: Side<Body>, world: World): Iterable<Candidate>
  /** The worst that a clause permits, one row each. */
  envelope(clause: Clause<Body>, side: Omit<Side<Body>, 'term' | 'clause'>, world: World): readonly Worst[]
  /**
   * Several clauses of one key are held singly: each wants records of its own to be there, which a log made for another
   * one lacks. Without it a contract tolerates only what all of them tolerate.
   */
  readonly singly?: true
  /** Which findings of its clause are about a term; without it, by their promise, subject and details. */
  readonly owns?: Owns
  /**
   * Which findings of its clause must not be breached where a log is let pass, because what a term is about may fall under
   * another one there; without it, those that are about the term.
   */
  readonly concerns?: Owns
}

// biome-ignore lint/suspicious/noExplicitAny: a list of rules holds rules of different bodies
export type AnyRule = CompareRule<any>
