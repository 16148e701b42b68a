import type { History } from '../compare/replay.ts'
import type { Alignment } from '../contract/alignment.ts'
import type { Contract } from '../contract/contract.ts'
import type { Comparison, Relation } from '../model/comparison.ts'
import { InputError } from '../model/diagnostic.ts'
import type { Interval } from '../model/interval.ts'
import { labelsOf } from '../model/labels.ts'
import type { Zone } from '../time/zone.ts'
import { printWarnings, viewOn } from './audit.ts'
import { checkPlaces, printContractWarnings, readContracts } from './compared.ts'
import type { Io } from './io.ts'
import type { CommonOptions, ReadingOptions } from './options.ts'
import { checkOutputs } from './outputs.ts'
import { filePage, pageFor } from './pages.ts'
import { cliZones, readInput, readingChoices } from './pipeline.ts'
import { checkTargets, notingReads } from './targets.ts'
import { usageError } from './usage.ts'

export interface CompareOptions extends CommonOptions, ReadingOptions {
  readonly baseline?: string
  readonly align?: string
  readonly year?: number
  readonly witness?: string
  readonly evidence?: readonly string[]
  readonly period?: string
  readonly asOf?: string
  readonly assumeComplete?: readonly string[]
  readonly onBadRow: 'error' | 'skip'
  readonly strict?: boolean
  readonly only?: readonly string[]
  readonly onlyDifferent?: boolean
  readonly failOn: readonly Relation[]
  readonly output?: readonly string[]
}

/** `sla compare`: contracts held against the first of them, or a baseline; returns the exit code. */
export async function compare(files: readonly string[], options: CompareOptions, io: Io): Promise<number> {
  const paths = [...(options.baseline === undefined ? [] : [options.baseline]), ...files]
  if (paths.length < 2) {
    throw usageError('compare: two contracts are needed', 'name a second one, or --baseline FILE to hold it against')
  }
  checkEvidence(options)
  const outputs = await checkOutputs(options.output ?? [], io)
  const targets = [
    ...outputs.map(({ path }) => ({ option: '--output', path })),
    ...(await witnessFiles(options)).map(path => ({ option: '--witness', path })),
  ]
  const stale = await staleWitnesses(options, outputs, io)
  const { evidence = [] } = options
  await checkTargets(targets, { files: [...paths, ...given(options)], evidence }, io)
  const noting = notingReads(io)
  const { compareFormats } = await import('../report/compare/index.ts')
  for (const { format, path } of outputs) {
    if (Object.hasOwn(compareFormats, format)) continue
    throw usageError(
      `--output: a comparison can't be written as ${format} (${path})`,
      `formats: ${Object.keys(compareFormats).join(', ')}`,
    )
  }
  const zones = await cliZones()
  const contracts = await readContracts(paths, options, noting.io, zones)
  await checkPlaces(contracts, options, io)
  // Only the contracts say which files they name.
  await checkTargets(targets, { files: noting.read }, io)
  const [base] = contracts
  if (base === undefined) throw usageError('compare: no contract')
  const zone = zones(base.timezone)
  const alignment = await readAlignment(options, contracts, io)
  const { compareContracts } = await import('../compare/compare.ts')
  const history = await historyOf(options, zone, io)
  const comparison = await choosing(
    compareContracts(contracts, {
      year: options.year ?? (await yearOf(io.now(), zone)),
      zones,
      version: io.version(),
      ...(alignment !== undefined && { alignment }),
      ...(options.only !== undefined && { only: options.only }),
      ...(history !== undefined && { history }),
    }),
  )
  await printContractWarnings(contracts, options, io)
  const folded = new Set(contracts.flatMap(({ warnings }) => warnings))
  await printWarnings(
    comparison.warnings.filter(warning => !folded.has(warning)),
    options,
    io,
  )
  if (options.witness !== undefined) {
    const { writeWitnesses } = await import('./witness-files.ts')
    await writable('--witness', () => writeWitnesses(options.witness ?? '.', comparison, zone, stale, io))
  }
  const logs = {
    directory: io.directory(),
    ...(options.onlyDifferent === true && { onlyDifferent: true as const }),
    ...(options.witness !== undefined && { witnesses: options.witness }),
  }
  for (const { format, path } of outputs) {
    const render = await compareFormats[format]?.load()
    if (render === undefined) continue
    const text = render(comparison, { ...viewOn(filePage(options), options, zone, []), ...logs })
    await writable('--output', () => io.writeWhole(path, typeof text === 'string' ? [text] : text))
  }
  const render = await compareFormats[options.format]?.load()
  if (render === undefined) throw usageError(`unknown format "${options.format}"`)
  const text = render(comparison, { ...viewOn(await pageFor(io.stdout, io, options), options, zone, []), ...logs })
  await io.stdout.send(typeof text === 'string' ? [text] : text)
  const failed = options.failOn.flatMap(relation => {
    const rows = comparison.rows.filter(({ cells }) => cells.some(cell => cell.relation === relation))
    return rows.length === 0
      ? []
      : [
          failText(
            relation,
            rows.map(({ key }) => key),
          ),
        ]
  })
  if (failed.length === 0) return 0
  if (options.quiet !== true) {
    const { printable, unheeded } = await import('../report/printable.ts')
    io.stderr.write(unheeded(failed.map(line => `${printable(line)}\n`).join('')))
  }
  return 1
}

/** `--fail-on: 2 rows are weaker: support/P1/respond, support/P1/resolve`: why the exit code is 1. */
function failText(relation: Relation, keys: readonly string[]): string {
  const rest = keys.length - MOST_KEYS
  const more = rest > 0 ? ` and ${rest} more` : ''
  return `--fail-on: ${keys.length} ${keys.length === 1 ? 'row is' : 'rows are'} ${relation}: ${keys.slice(0, MOST_KEYS).join(', ')}${more}`
}

const MOST_KEYS = 5

/** A place that can't be written to is a mistake in the options. */
async function writable(option: string, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw usageError(`${option}: it can't be written: ${error.message}`)
  }
}

/** An `only` that fits nothing is a mistake in the options. */
async function choosing(comparing: Promise<Comparison>): Promise<Comparison> {
  try {
    return await comparing
  } catch (error) {
    const [first] = error instanceof InputError ? error.diagnostics : []
    if (first?.code !== 'bad-option') throw error
    throw usageError(`--${first.message}`, first.hint)
  }
}

/** What an earlier run left in the directory of `--witness`. */
async function staleWitnesses(
  { witness }: CompareOptions,
  outputs: readonly { readonly path: string }[],
  io: Io,
): Promise<readonly string[]> {
  if (witness === undefined) return []
  const { checkWitnesses } = await import('./witness-directory.ts')
  return checkWitnesses(witness, outputs, io)
}

/** Of the files that are written into the directory of `--witness`, two that stand for all. */
async function witnessFiles({ witness }: CompareOptions): Promise<readonly string[]> {
  if (witness === undefined) return []
  const { join } = await import('node:path')
  return ['README.md', 'witness.csv'].map(name => join(witness, name))
}

function given({ map, align }: CompareOptions): readonly string[] {
  return [map, align].filter(file => file !== undefined)
}

function checkEvidence(options: CompareOptions): void {
  const { evidence = [] } = options
  if (evidence.includes('-')) {
    throw usageError('--evidence: standard input can be read once only, not for each contract', 'name a file')
  }
  if (evidence.length > 0) return
  const without = (['period', 'asOf'] as const).find(key => options[key] !== undefined)
  if (without === undefined) return
  const name = without === 'asOf' ? '--as-of' : '--period'
  throw usageError(`${name} goes with --evidence`, 'the worst cases are of a year: --year 2026')
}

async function readAlignment(
  { align }: CompareOptions,
  contracts: readonly Contract[],
  io: Io,
): Promise<Alignment | undefined> {
  if (align === undefined) return undefined
  const bytes = await readInput(align, io)
  const { loadAlignment } = await import('../contract/alignment.ts')
  return loadAlignment({ file: align, bytes }, [...contracts.map(({ id }) => id), ...labelsOf(contracts)])
}

async function yearOf(now: number, zone: Zone): Promise<number> {
  const [{ civilDate }, { localDay }] = await Promise.all([import('../time/civil.ts'), import('../time/local.ts')])
  return civilDate(localDay(zone, now)).year
}

/** Days of `--period` are those of each contract's zone, days of `--as-of` those of the base's. */
async function historyOf(options: CompareOptions, zone: Zone, io: Io): Promise<History | undefined> {
  const { evidence = [], period, asOf } = options
  if (evidence.length === 0) return undefined
  const { parseAsOf, parsePeriod } = await import('../time/period.ts')
  // To the second, as an audit takes it.
  const known = asOf === undefined ? Math.floor(io.now() / 1000) * 1000 : parseAsOf(asOf, zone)
  if (typeof known !== 'number') throw usageError(`--as-of: ${known.problem}`, known.hint)
  const inZone = (own: Zone): { readonly interval: Interval; readonly text: string } | undefined => {
    if (period === undefined) return undefined
    const parsed = parsePeriod(period, own)
    if ('problem' in parsed) throw usageError(`--period: ${parsed.problem}`, parsed.hint)
    return { interval: parsed, text: period }
  }
  inZone(zone)
  return {
    paths: evidence,
    asOf: known,
    assumeComplete: new Set(options.assumeComplete ?? []),
    reading: { ...(await readingChoices(options, io)), onBadRow: options.onBadRow },
    period: inZone,
  }
}
