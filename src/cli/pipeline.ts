import type { Contract } from '../contract/contract.ts'
import { InputError } from '../model/diagnostic.ts'
import type { Interval } from '../model/interval.ts'
import { nearest } from '../model/nearest.ts'
import type { Report } from '../model/report.ts'
import type { Zone } from '../time/zone.ts'
import { documentKind } from './documents.ts'
import type { Io } from './io.ts'
import type { EvidenceOptions, PassOptions, ReadingOptions } from './options.ts'
import type { Progress } from './progress.ts'
import { checkSelection } from './selection.ts'
import { takenAtChoices } from './taken-at-choices.ts'
import { usageError } from './usage.ts'

/** The report of an audit, with the contract's zone to show it in, and where a terminal says how the run stands. */
export interface Audited {
  readonly report: Report
  readonly zone: Zone
  readonly progress?: Progress
}

/**
 * Contract and evidence files to a report: what `audit` and `explain` share. Throws InputError for what is wrong in
 * the files and a usage error for what is wrong in the options.
 */
export async function runAudit(
  contractFile: string,
  evidenceFiles: readonly string[],
  options: EvidenceOptions &
    PassOptions & { readonly upcoming?: string; readonly fullTimelines?: boolean; readonly quiet?: boolean },
  io: Io,
): Promise<Audited> {
  await checkReading(options)
  await checkTypes('--assume-complete', options.assumeComplete ?? [])
  const zones = await cliZones()
  const contract = await readContract(contractFile, options.strict === true, io, zones)
  await checkSelection(contract, options)
  const zone = zones(contract.timezone)
  const asOf = await asOfInstant(options.asOf, zone, io)
  const period = await statedPeriod(options.period, zone)
  const upcoming = await upcomingUntil(options.upcoming, asOf, zone)
  if (evidenceFiles.length === 0 && options.assumeComplete === undefined && period === undefined) throw noEvidence()
  const passes = await passesOf(options, contract, io)
  const { clauseKinds } = await import('../clauses/index.ts')
  const { planAudit } = await import('../audit/plan.ts')
  const plan = await planAudit(contract, clauseKinds, {
    ...(options.only !== undefined && { only: options.only }),
    ...(options.skip !== undefined && { skip: options.skip }),
  })
  const { readEvidence } = await import('../evidence/read.ts')
  const progress = await progressOn(io, options)
  const evidence = await readEvidence(
    evidenceFiles,
    {
      asOf,
      services: [...contract.services.keys()],
      types: plan.types,
      filters: plan.filters,
      components: plan.components,
      onBadRow: options.onBadRow,
      ...(plan.maxGap !== undefined && { maxGap: plan.maxGap }),
      ...(await readingChoices(options, io)),
      ...(progress !== undefined && { onProgress: progress.onProgress }),
    },
    zones,
    { stdin: io.stdin },
  )
  const { auditContract } = await import('../audit/audit.ts')
  const settings = {
    ...(period !== undefined && { period }),
    ...(upcoming !== undefined && { upcoming }),
    ...passes,
    asOf,
    assumeComplete: new Set(options.assumeComplete ?? []),
    ...(options.fullTimelines === true && { fullTimelines: true }),
    ...(options.ignoreTerm === true && { ignoreTerm: true }),
    riskPercent: options.risk,
    zones,
    version: io.version(),
  }
  progress?.say('judging')
  const report = await io.breakable(() => auditContract(plan, evidence, settings))
  progress?.say('')
  return { report, zone, ...(progress !== undefined && { progress }) }
}

/** Undefined where no terminal shows it. */
export async function progressOn(io: Io, options: { readonly quiet?: boolean }): Promise<Progress | undefined> {
  if (io.status === undefined) return undefined
  const { makeProgress } = await import('./progress.ts')
  return makeProgress(io, options)
}

/** Read before the evidence, which may take long. */
async function passesOf(options: PassOptions, { id }: Contract, io: Io) {
  if (options.waivers === undefined && options.baseline === undefined) return {}
  const { readPasses } = await import('./passes.ts')
  return readPasses(options, id, io)
}

/** Without evidence there is neither a period nor anything to judge; a stated period still shows what is missing. */
function noEvidence(): InputError {
  const hint = 'name files or directories after the contract, or say that nothing happened: --assume-complete outage'
  return new InputError([{ code: 'no-evidence', severity: 'error', message: 'no evidence was given', hint }])
}

/** Reads and validates one contract; files that it names are looked for beside it. */
export async function readContract(
  file: string,
  strict: boolean,
  io: Io,
  zones?: (name: string) => Zone,
): Promise<Contract> {
  const [{ loadContract }, { clauseKinds }, { dirname, join }] = await Promise.all([
    import('../contract/load.ts'),
    import('../clauses/index.ts'),
    import('node:path'),
  ])
  if ((await io.kindOf(file)) === 'directory') throw noContract(file, 'it is a directory')
  const bytes = await readInput(file, io)
  return loadContract({ file, bytes }, clauseKinds, {
    strict,
    zones: zones ?? (await cliZones()),
    readFile: path => io.readFile(join(dirname(file), path)),
  })
}

function noContract(file: string, why: string): InputError {
  const hint = 'a contract is a file; it comes first, then the evidence'
  return new InputError([{ code: 'unreadable', severity: 'error', message: `${file} can't be read: ${why}`, hint }])
}

/** The bytes of an input file; InputError with code `unreadable` when it can't be read. */
export async function readInput(file: string, io: Io): Promise<Uint8Array> {
  try {
    return await io.readFile(file)
  } catch (error) {
    throw unreadable(file, error)
  }
}

/** What the system says of a file that can't be read, as an InputError. */
export function unreadable(file: string, error: unknown): InputError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const why = UNREADABLE[code] ?? (error instanceof Error ? error.message : String(error))
  return new InputError([{ code: 'unreadable', severity: 'error', message: `${file} can't be read: ${why}` }])
}

/** The options about reading, checked and with the mapping file loaded, as `evidence/` takes them. */
export async function readingChoices(options: ReadingOptions, io: Io) {
  await checkReading(options)
  return {
    ...(options.tz !== undefined && { timezone: options.tz }),
    ...(options.as !== undefined && { as: options.as }),
    ...(options.takenAt !== undefined && { takenAt: await takenAtChoices(options.takenAt, options.tz) }),
    ...(options.map !== undefined && { mapping: { file: options.map, bytes: await mappingBytes(options.map, io) } }),
  }
}

async function mappingBytes(file: string, io: Io): Promise<Uint8Array> {
  const bytes = await readInput(file, io)
  const kind = documentKind(bytes)
  if (kind === undefined) return bytes
  throw usageError(
    `--map: ${file} is no mapping: it says kind: ${kind}`,
    'a mapping names columns, values and zones of evidence',
  )
}

/** Zone tables from the quick offset source that only a main thread can use. */
export async function cliZones(): Promise<(name: string) => Zone> {
  const [{ makeZones }, { processOffsets }] = await Promise.all([
    import('../time/zone.ts'),
    import('./process-offsets.ts'),
  ])
  return makeZones(processOffsets)
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'no permission',
}

async function checkReading({ tz, as }: ReadingOptions): Promise<void> {
  if (as !== undefined) await checkTypes('--as', [as])
  if (tz === undefined) return
  const { zoneNameProblem } = await import('../time/zone-names.ts')
  const problem = zoneNameProblem(tz)
  if (problem !== undefined) throw usageError(`--tz: ${problem.message}`, problem.hint)
}

async function checkTypes(option: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  const { SHAPES } = await import('../evidence/types/index.ts')
  const known = SHAPES.map(({ name }) => name)
  const unknown = names.find(name => !known.includes(name))
  if (unknown === undefined) return
  const guess = nearest(unknown, known)
  throw usageError(
    `${option}: unknown record type "${unknown}"`,
    guess === undefined ? `types: ${known.join(', ')}` : `did you mean ${guess}?`,
  )
}

async function asOfInstant(text: string | undefined, zone: Zone, io: Io): Promise<number> {
  // To the second, as reports print it: the commands they print then repeat it.
  if (text === undefined) return Math.floor(io.now() / 1000) * 1000
  const { parseAsOf } = await import('../time/period.ts')
  const parsed = parseAsOf(text, zone)
  if (typeof parsed === 'number') return parsed
  throw usageError(`--as-of: ${parsed.problem}`, parsed.hint)
}

/** The end of the time after `as of` that `--upcoming` asks about; days are local ones of the contract's zone. */
async function upcomingUntil(text: string | undefined, asOf: number, zone: Zone): Promise<number | undefined> {
  if (text === undefined) return undefined
  const { addDuration, parseDuration } = await import('../time/duration.ts')
  const duration = parseDuration(text)
  if ('problem' in duration) {
    const bare = /^\d+$/.test(text.trim())
    throw usageError(
      `--upcoming: ${duration.problem}`,
      bare ? `quote it: --upcoming "${text.trim()} days"` : duration.hint,
    )
  }
  if (duration.unit !== 'elapsed' && duration.unit !== 'calendar') {
    throw usageError(`--upcoming: "${text}" needs a calendar`, 'write such as 24h, "7 days" or "2 weeks"')
  }
  return addDuration(zone, asOf, duration)
}

async function statedPeriod(
  text: string | undefined,
  zone: Zone,
): Promise<{ interval: Interval; text: string } | undefined> {
  if (text === undefined) return undefined
  const { parsePeriod } = await import('../time/period.ts')
  const parsed = parsePeriod(text, zone)
  if ('problem' in parsed) throw usageError(`--period: ${parsed.problem}`, parsed.hint)
  return { interval: parsed, text }
}
