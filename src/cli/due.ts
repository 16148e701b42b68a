import type { PromiseRef } from '../audit/due.ts'
import type { SupportBody } from '../clauses/support/schema.ts'
import type { VulnerabilityBody } from '../clauses/vulnerability/schema.ts'
import type { Clause, Contract } from '../contract/contract.ts'
import { InputError } from '../model/diagnostic.ts'
import type { Due } from '../model/due.ts'
import { nearest } from '../model/nearest.ts'
import { jsonText } from '../report/json.ts'
import { unheeded } from '../report/printable.ts'
import type { Zone } from '../time/zone.ts'
import { zoneNameProblem } from '../time/zone-names.ts'
import { givenInstant, givenPauses } from './given-instants.ts'
import type { Io } from './io.ts'
import type { CommonOptions } from './options.ts'
import { pageFor } from './pages.ts'
import { cliZones, readContract } from './pipeline.ts'
import { usageError } from './usage.ts'

export interface DueOptions extends CommonOptions {
  readonly from?: string
  readonly paused?: readonly string[]
  readonly at?: string
  readonly zone?: string
}

/** `sla due`: when promises of a support or vulnerability clause are due from an instant on, and how that comes about. */
export async function due(file: string, subject: string, options: DueOptions, io: Io): Promise<number> {
  const pauses = options.paused ?? []
  if (options.from === undefined) throw usageError('--from is needed: when the clock starts', FROM_HINT)
  if (options.zone !== undefined) checkZone(options.zone)
  const zones = await cliZones()
  const contract = await readContract(file, false, io, zones)
  const [id = '', ...rest] = subject.split('/')
  const clause = clauseNamed(contract, id)
  const from = givenInstant('--from', options.from, zones(contract.timezone))
  const at = options.at === undefined ? undefined : givenInstant('--at', options.at, zones(contract.timezone))
  if (clause.kind === 'vulnerability') {
    const { fixDues } = await import('./due-fixes.ts')
    const fixes = clause as Clause<VulnerabilityBody>
    const question = { start: from.at, ...(at !== undefined && { at: at.at }) }
    const dues = notBeyond(contract, await fixDues(contract, fixes, rest, question, options, zones))
    const notes = new Set([...from.notes, ...(at?.notes ?? [])])
    const noted = dues.map(one => ({ ...one, notes: [...one.notes, ...notes] }))
    return say(
      noted,
      noted.map(({ clause: name, priority, ...one }) => ({ clause: name, band: priority, ...one })),
      options,
      io,
      zones,
    )
  }
  const support = clause as Clause<SupportBody>
  const { body } = support
  checkCustomerZone(support, options.zone)
  const stands = pauses.length > 0 && body['paused-in'] === undefined
  if (stands && (body['on-reopen'] ?? 'continue') !== 'continue') {
    throw usageError(
      `--paused: nothing pauses the clocks of clause "${id}", which has no paused-in`,
      'leave --paused out, or name the states that pause under paused-in',
    )
  }
  const { duesOf, promisesOf } = await import('../audit/due.ts')
  const promises = promisesNamed(id, rest, promisesOf(body))
  const paused = givenPauses('--paused', pauses, zones(contract.timezone), at?.at)
  const question = { start: from.at, pauses: paused.pauses, ...(at !== undefined && { at: at.at }) }
  const dues = notBeyond(contract, () => duesOf(contract, support, promises, question, zones, options.zone))
  const reading = [
    ...new Set([...from.notes, ...(at?.notes ?? []), ...paused.notes, ...(stands ? [RESOLVED_ONLY] : [])]),
  ]
  const noted = dues.map(one => {
    const waits = paused.open && at !== undefined && (one.due ?? 0) > at.at
    return { ...one, notes: [...one.notes, ...(waits ? [STILL_PAUSED] : []), ...reading] }
  })
  return say(noted, noted, options, io, zones)
}

/** Writes what was found; `plain` is how the JSON has it. */
async function say(
  dues: readonly Due[],
  plain: readonly object[],
  options: DueOptions,
  io: Io,
  zones: (name: string) => Zone,
): Promise<number> {
  if (options.format === 'json') io.stdout.write(`${jsonText(plain)}\n`)
  else {
    const { duesText, shortDues } = await import('../report/due-text.ts')
    const page = await pageFor(io.stdout, io, options)
    const short = options.quiet === true
    const text = short ? shortDues(dues, zones, page) : duesText(dues, zones, page, options.verbose === true)
    io.stdout.write(unheeded(text))
  }
  return 0
}

const STILL_PAUSED = 'still paused at --at: due as shown if it resumes at that instant, later otherwise'
const RESOLVED_ONLY =
  'the clause has no paused-in, so only being resolved until a reopening stops its clocks: --paused is taken as that'
const FROM_HINT = 'write --from 2026-05-22T17:30:00+02:00, or --from 2026-05-22T17:30 in the zone of the contract'

function checkZone(name: string): void {
  const problem = zoneNameProblem(name)
  if (problem !== undefined) throw usageError(`--zone: ${problem.message}`, problem.hint)
}

function checkCustomerZone({ id, body }: Clause<SupportBody>, zone: string | undefined): void {
  const customers = body['customer-timezone'] === true
  if (customers && zone === undefined) {
    throw usageError(`clause "${id}" counts in the zone of the customer`, 'say which: --zone America/New_York')
  }
  if (!customers && zone !== undefined) {
    throw usageError(`--zone: clause "${id}" doesn't count in the zone of the customer`, 'leave --zone out')
  }
}

function clauseNamed(contract: Contract, id: string): Clause {
  const clause = contract.clauses.find(candidate => candidate.id === id)
  const able = contract.clauses.filter(({ kind }) => KINDS.includes(kind))
  const kinds = KINDS.filter(name => name === 'support' || able.some(({ kind }) => kind === name)).join(' and ')
  const names = able.map(candidate => candidate.id)
  const known = names.length === 0 ? 'this contract has none' : `${kinds} clauses: ${names.join(', ')}`
  if (clause === undefined) {
    throw usageError(`${contract.file} has no clause "${id}"`, hintOf(id, names, known))
  }
  if (!KINDS.includes(clause.kind)) {
    if (LISTED.includes(clause.kind)) {
      const message = `what is due of clause "${id}" rests on evidence: it is of kind ${clause.kind}`
      throw usageError(message, 'sla audit lists it, with --upcoming 168h what falls due in a week')
    }
    const only = names.length === 0 ? KINDS.join(' and ') : kinds
    throw usageError(`clause "${id}" is of kind ${clause.kind}: only ${only} promises are due`, known)
  }
  return clause
}

const KINDS: readonly string[] = ['support', 'vulnerability']
/** Kinds of which something falls due by what was done last. */
const LISTED: readonly string[] = ['backup', 'recovery', 'control']

/** All promises, those of one priority, or one; `P1-respond` as in the ids of findings is understood too. */
function promisesNamed(id: string, path: readonly string[], all: readonly PromiseRef[]): readonly PromiseRef[] {
  const joined = path.join('/')
  if (joined === '') return all
  const exact = all.filter(
    ({ priority, promise }) =>
      joined === priority || joined === `${priority}/${promise}` || joined === `${priority}-${promise}`,
  )
  if (exact.length > 0) return exact
  const priorities = [...new Set(all.map(({ priority }) => priority))]
  const priority = priorities.find(name => joined.startsWith(`${name}/`))
  if (priority === undefined) {
    const name = path[0] ?? ''
    throw usageError(
      `clause "${id}" has no priority "${name}"`,
      hintOf(name, priorities, `priorities: ${priorities.join(', ')}`),
    )
  }
  const own = all.filter(candidate => candidate.priority === priority).map(({ promise }) => promise)
  const promise = joined.slice(priority.length + 1)
  throw usageError(`${id}/${priority} promises no "${promise}"`, hintOf(promise, own, `promises: ${own.join(', ')}`))
}

function hintOf(word: string, names: readonly string[], otherwise: string): string {
  const meant = nearest(word, names)
  return meant === undefined ? otherwise : `did you mean ${meant}?`
}

/** A calendar that doesn't open within a year can't say when something is due. */
function notBeyond(contract: Contract, work: () => readonly Due[]): readonly Due[] {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof RangeError) || !error.message.includes('no open hour')) throw error
    const message = `${contract.file}: ${error.message}`
    throw new InputError([{ code: 'never-open', severity: 'error', message }])
  }
}
