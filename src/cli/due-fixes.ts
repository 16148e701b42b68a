import type { FixRef } from '../audit/due-fixes.ts'
import type { DueQuestion } from '../audit/due-steps.ts'
import type { VulnerabilityBody } from '../clauses/vulnerability/schema.ts'
import type { Clause, Contract } from '../contract/contract.ts'
import type { Due } from '../model/due.ts'
import { nearest } from '../model/nearest.ts'
import type { Zone } from '../time/zone.ts'
import type { DueOptions } from './due.ts'
import { usageError } from './usage.ts'

/** Works out when the duties of bands are due; usage errors for what no vulnerability clause has. */
export async function fixDues(
  contract: Contract,
  clause: Clause<VulnerabilityBody>,
  path: readonly string[],
  question: Omit<DueQuestion, 'pauses'>,
  options: DueOptions,
  zones: (name: string) => Zone,
): Promise<() => readonly Due[]> {
  if ((options.paused ?? []).length > 0) {
    throw usageError(`--paused: nothing pauses the clocks of clause "${clause.id}" but accepted risks`, 'leave it out')
  }
  if (options.zone !== undefined) {
    throw usageError(`--zone: clause "${clause.id}" counts in the zone of the contract`, 'leave --zone out')
  }
  const { fixDuesOf, fixesOf } = await import('../audit/due-fixes.ts')
  const fixes = fixesNamed(clause, path, fixesOf(clause.body))
  return () => fixDuesOf(contract, clause, fixes, question, zones)
}

/** All duties, those of one band, or one; `critical-mitigate` as in the ids of findings is understood too. */
function fixesNamed(
  { id, body }: Clause<VulnerabilityBody>,
  path: readonly string[],
  all: readonly FixRef[],
): readonly FixRef[] {
  const joined = path.join('/')
  if (joined === '') return all
  const exact = all.filter(
    ({ band, duty }) => joined === band || joined === `${band}/${duty}` || joined === `${band}-${duty}`,
  )
  if (exact.length > 0) return exact
  const bands = Object.keys(body.bands)
  const band = bands.find(name => joined === name || joined.startsWith(`${name}/`))
  if (band === undefined) {
    throw usageError(`clause "${id}" has no band "${path[0]}"`, hintOf(path[0] ?? '', bands, 'bands'))
  }
  const duties = all.filter(one => one.band === band).map(({ duty }) => duty)
  const wanted = joined.slice(band.length + 1)
  if (duties.length === 0) throw usageError(`${id}/${band} owes neither a fix nor a mitigation`)
  throw usageError(`${id}/${band} promises no "${wanted}"`, hintOf(wanted, duties, 'promises'))
}

function hintOf(word: string, names: readonly string[], what: string): string {
  const meant = nearest(word, names)
  return meant === undefined ? `${what}: ${names.join(', ')}` : `did you mean ${meant}?`
}
