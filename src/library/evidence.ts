import { planAudit } from '../audit/plan.ts'
import { clauseKinds } from '../clauses/index.ts'
import type { Contract } from '../contract/contract.ts'
import type { Evidence, ReadOptions } from '../evidence/evidence.ts'
import type { Inspection } from '../evidence/inspect.ts'
import { readEvidence } from '../evidence/read.ts'
import type { ReadProgress } from '../evidence/read-progress.ts'
import { makeZones } from '../time/zone.ts'
import { asOfChoice, checkTypes, checkZone, type Instant, instantChoice } from './choices.ts'
import { readSource, type Source } from './sources.ts'

/** How files are read. */
export interface ReadingOptions {
  /** Zone of stamps without an offset, such as `Europe/Paris`; without it such a stamp is an error. */
  readonly timezone?: string
  /** Record type of all files, where the header leaves it open: `outage`. */
  readonly as?: string
  /** Column names, values and time formats of foreign files (YAML). */
  readonly mapping?: Source
  /** When files were made that do not say so; the first whose `files` (a glob; absent: all) fits holds. */
  readonly takenAt?: readonly { readonly files?: string; readonly at: Instant }[]
  /** What is read for the path `-`. */
  readonly stdin?: AsyncIterable<Uint8Array | string>
  /** Called after every piece of a file: bytes and rows so far. */
  readonly onProgress?: (at: ReadProgress) => void
}

export interface EvidenceOptions extends ReadingOptions {
  /** What its clauses ask for is read. */
  readonly contract: Contract
  /** What is known by then: an instant, or a date, which means its end in the contract's zone. The present if absent. */
  readonly asOf?: Instant
  /** What a bad row does; `skip` leaves it out, and what it would have touched unverified. `error` if absent. */
  readonly onBadRow?: 'error' | 'skip'
}

/** Evidence with the SHA-256 of the contract that it was read for. */
export interface LoadedEvidence extends Evidence {
  readonly contract: string
}

/**
 * Reads evidence files, directories and globs (CSV, JSON, NDJSON, exports of tools; gzip too) for a contract. Rejects
 * with an InputError that holds everything that is wrong with all of them.
 */
export async function loadEvidence(
  files: string | readonly string[],
  options: EvidenceOptions,
): Promise<LoadedEvidence> {
  const { contract, asOf, onBadRow } = options
  const zones = makeZones()
  const at = asOf === undefined ? Date.now() : asOfChoice(asOf, zones(contract.timezone))
  const plan = await planAudit(contract, clauseKinds)
  const evidence = await readEvidence(
    listOf(files),
    {
      asOf: at,
      services: [...contract.services.keys()],
      types: plan.types,
      filters: plan.filters,
      components: plan.components,
      onBadRow: onBadRow ?? 'error',
      ...(plan.maxGap !== undefined && { maxGap: plan.maxGap }),
      ...(await readingChoices(options)),
    },
    zones,
    { stdin: options.stdin ?? nothing() },
  )
  return { ...evidence, contract: contract.sha256 }
}

/**
 * Says how files are read, without a contract. What is wrong with a file is among its `problems`; rejects with an
 * InputError only for options that can't be used.
 */
export async function inspect(
  files: string | readonly string[],
  options: ReadingOptions = {},
): Promise<readonly Inspection[]> {
  const { inspectFiles } = await import('../evidence/inspect.ts')
  return inspectFiles(listOf(files), await readingChoices(options), makeZones(), { stdin: options.stdin ?? nothing() })
}

/** The options about reading, checked, as evidence is read by them. */
export async function readingChoices(options: ReadingOptions) {
  const { timezone, as, mapping, takenAt, onProgress } = options
  if (timezone !== undefined) checkZone('timezone', timezone)
  if (as !== undefined) checkTypes('as', [as])
  return {
    ...(timezone !== undefined && { timezone }),
    ...(as !== undefined && { as }),
    ...(mapping !== undefined && { mapping: await readSource(mapping) }),
    ...(takenAt !== undefined && { takenAt: takenAt.map(takenAtChoice) }),
    ...(onProgress !== undefined && { onProgress }),
  }
}

function takenAtChoice({
  files,
  at,
}: NonNullable<ReadingOptions['takenAt']>[number]): NonNullable<ReadOptions['takenAt']>[number] {
  return { at: instantChoice('takenAt', at), ...(files !== undefined && { files }) }
}

/** One path or several. */
export function listOf(files: string | readonly string[]): readonly string[] {
  return typeof files === 'string' ? [files] : files
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
