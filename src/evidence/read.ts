import { type Diagnostic, InputError } from '../model/diagnostic.ts'
import type { InputSummary } from '../model/report.ts'
import type { Zone } from '../time/zone.ts'
import { finishRecords } from './backups/finish-records.ts'
import { finishBackups } from './backups/report.ts'
import type { Evidence, ReadOptions } from './evidence.ts'
import { mappingOf } from './file-mapping.ts'
import { UNKNOWN_TYPE } from './file-rows.ts'
import { columnName } from './filter.ts'
import { findFiles } from './find-files.ts'
import { warnTakenComplete } from './listing-warnings.ts'
import { unusedMapping, warnMapping } from './mapping-warnings.ts'
import { contradictionFlaw, diagnose, makeProblems, type Problems } from './problems.ts'
import { type FileReading, readFile } from './read-file.ts'
import { progressOf } from './read-progress.ts'
import type { Maintenance, Outage } from './records.ts'
import type { Skipped } from './row-flaws.ts'
import { makeServices, type Services } from './services.ts'
import { makeStore, type Store } from './store.ts'
import { takenAtOf, takenAtWarnings, warnLaterListings } from './taken-at.ts'
import { finishTickets } from './tickets/report.ts'
import type { Counts } from './type-rows.ts'
import { finishVulnerabilities } from './vulnerabilities/report.ts'

/**
 * Reads files, directories, globs and `-` (standard input) into evidence. InputError with everything that is wrong
 * with all of them; RangeError for a time zone that doesn't exist.
 */
export async function readEvidence(
  paths: readonly string[],
  options: ReadOptions,
  zones: (name: string) => Zone,
  io: { readonly stdin: AsyncIterable<string | Uint8Array> },
): Promise<Evidence> {
  const { files, unusable, twice } = await findFiles(paths)
  const mappingFor = await mappingOf(options.mapping, zones)
  const services = makeServices(options.services)
  const columns = options.filters.flatMap(where => (where ?? []).map(test => columnName(test.column)))
  const store = makeStore(options.services, options.maxGap, columns, options.components)
  const readings: FileReading[] = []
  const problems: Problems[] = []
  const progress = await progressOf(files, options.onProgress)

  for (const [input, { path, file }] of files.entries()) {
    const mapping = mappingFor(file)
    const timezone = mapping?.timezone ?? options.timezone
    const takenAt = takenAtOf(options.takenAt, file)
    const own = makeProblems(file)
    problems.push(own)
    store.checks.beginFile(input)
    const settings = {
      input,
      path,
      file,
      asOf: options.asOf,
      services,
      filters: options.filters,
      store,
      onBadRow: options.onBadRow,
      asks: (type: string) => options.types.has(type),
      stdin: io.stdin,
      ...(options.as === undefined ? {} : { as: options.as }),
      ...(mapping === undefined ? {} : { mapping }),
      ...(timezone === undefined ? {} : { zone: zones(timezone) }),
      ...(takenAt === undefined ? {} : { takenAt }),
      ...(progress === undefined ? {} : { onProgress: progress() }),
    }
    const reading = await readFile(settings, own)
    readings.push(reading)
    warnStrangers(reading, services, own)
    warnLaterListings(reading, options.asOf, own)
    for (const flaw of reading.rows?.states.flaws() ?? []) own.warn(flaw)
  }
  warnTakenComplete(readings, problems)
  warnMapping(readings.map(({ rows, converted }, i) => ({ rows, converted, problems: problems[i] as Problems })))

  const finished = finishSamples(store, readings, problems, options.onBadRow)
  const settled = {
    asOf: options.asOf,
    onBadRow: options.onBadRow,
    problemsOf: (input: number) => problems[input] as Problems,
    recount: (input: number, type: string, to: Parameters<typeof recount>[3]) => recount(readings, input, type, to),
  }
  const tickets = finishTickets(store, settled)
  const vulnerabilities = finishVulnerabilities(store, settled)
  const backups = finishBackups(store, settled)
  const records = finishRecords(store, settled)
  const left = leftOut(store, readings, options.types)
  const names = files.map(({ file }) => file)
  const unused = [...unusedMapping(options.mapping, names, mappingFor), ...takenAtWarnings(options.takenAt, names)]
  const all: Diagnostic[] = [
    ...unusable.map(one => one.diagnostic),
    ...unused,
    ...twice,
    ...problems.flatMap(own => own.list()),
    ...undeclared(services),
  ]
  const errors = all.filter(diagnostic => diagnostic.severity === 'error')
  // A mapping that isn't used may be why.
  if (errors.length > 0) throw new InputError([...unused, ...errors])
  return {
    asOf: options.asOf,
    inputs: readings.map(inputOf),
    outages: inOrder(store.outages, input => recount(readings, input, 'outage', 'duplicates')),
    maintenances: inOrder(store.maintenances, input => recount(readings, input, 'maintenance', 'duplicates')),
    coverage: [...store.coverage].sort((a, b) => a.from - b.from),
    ...finished.samples,
    tickets,
    vulnerabilities,
    backups,
    ...records,
    supplied: suppliedTypes(readings),
    skipped: [...left, ...finished.skipped],
    unclear: store.unclear.list(),
    warnings: all,
  }
}

/** Closes the series; what only shows once all files are read is counted and reported with the file it is in. */
function finishSamples(
  store: Store,
  readings: readonly FileReading[],
  problems: readonly Problems[],
  onBadRow: ReadOptions['onBadRow'],
): { readonly samples: Pick<Evidence, 'probes' | 'requests' | 'measurements'>; readonly skipped: readonly Skipped[] } {
  const skipped: Skipped[] = []
  const problemsOf = (input: number): Problems => problems[input] as Problems

  const { series, duplicates } = store.checks.finish(problemsOf)
  for (const input of duplicates) recount(readings, input, 'check', 'duplicates')
  const requests = store.requests.finish(
    input => recount(readings, input, 'requests', 'duplicates'),
    found => {
      const { input, service } = found
      const own = problemsOf(input)
      const flaw = contradictionFlaw(found, problemsOf)
      recount(readings, input, 'requests', 'skipped')
      if (onBadRow === 'error') return own.error(flaw)
      own.warn(flaw)
      skipped.push({ type: 'requests', service, diagnostic: diagnose(own.file, 'warning', flaw) })
    },
  )
  return { samples: { probes: series, requests, measurements: store.measurements.finish() }, skipped }
}

/** Bad rows left out. Those known to be of one ticket, vulnerability or backup spoil that alone, and say nothing about the log. */
function leftOut(store: Store, readings: readonly FileReading[], asked: ReadonlySet<string>): readonly Skipped[] {
  return readings.flatMap(({ rows, summary }, input) => {
    const placed = summary.counts
      .filter(({ type, skipped }) => {
        const { tickets, vulnerabilities, backups } = store
        const known = [tickets, vulnerabilities, backups].reduce((sum, one) => sum + one.spoiled(input, type), 0)
        return skipped > 0 && known === skipped
      })
      .map(({ type }) => type)
    // One of which the type is not known may be of any that the file holds.
    const held = summary.counts.map(({ type }) => type).filter(type => asked.has(type))
    const types = (type: string): readonly string[] =>
      type !== UNKNOWN_TYPE ? [type] : held.length > 0 ? held : [...asked]
    return (rows?.skipped ?? [])
      .filter(({ type }) => !placed.includes(type))
      .flatMap(one => types(one.type).map(type => ({ ...one, type })))
  })
}

/** A row that was taken turns out to be something else. */
function recount(
  readings: readonly FileReading[],
  input: number,
  type: string,
  to: 'duplicates' | 'skipped' | 'leftOut' | 'later',
): void {
  const { rows, summary } = readings[input] ?? {}
  const count = summary?.counts.find(one => one.type === type) as Counts | undefined
  if (count === undefined) return
  count.used--
  if (to === 'leftOut') rows?.leaveOut(count, 'ticket')
  else count[to]++
}

function inputOf({ summary, rows }: FileReading): InputSummary {
  const leftOutBy = rows?.leftOutBy ?? {}
  return Object.keys(leftOutBy).length === 0 ? summary : { ...summary, leftOutBy }
}

/** By start. A row that equals another in every cell (overlapping exports) is the same happening, given twice. */
function inOrder<T extends Outage | Maintenance>(rows: readonly T[], again: (input: number) => void): readonly T[] {
  const seen = new Set<string>()
  const kept = rows.filter(row => {
    const cells = Object.entries(row.attributes).sort(([a], [b]) => (a < b ? -1 : 1))
    const key = JSON.stringify([row.service, row.start, row.end, cells])
    if (seen.has(key)) again(row.origin.input)
    return !seen.has(key) && seen.add(key)
  })
  return kept.sort((a, b) => a.start.earliest - b.start.earliest || a.start.latest - b.start.latest)
}

/** Types with a file that holds no row of it, or a row of a service that the contract knows. */
function suppliedTypes(readings: readonly FileReading[]): ReadonlySet<string> {
  const supplied = new Set<string>()
  for (const { rows } of readings) {
    for (const [type, count] of rows?.header.counts ?? []) {
      const rowsOfType = rows?.header.types.get(type)
      if (rowsOfType !== undefined && rowsOfType.read === undefined) continue
      if (count.rows > 0 && count.unknownService === count.rows) continue
      supplied.add(type)
      if (type === 'check' && rowsOfType?.layout.positions.has('latency_ms')) supplied.add('measurement')
    }
  }
  return supplied
}

function warnStrangers(reading: FileReading, services: Services, problems: Problems): void {
  const { rows } = reading
  for (const [name, met] of rows?.strangers ?? []) {
    const meant = services.suggest(name)
    problems.warn({
      code: 'unknown-service',
      message: `the contract has no service "${name}": ${met.rows === 1 ? '1 row' : `${met.rows} rows`} not used`,
      hint: meant === undefined ? `it has ${services.declared.join(', ')}` : `did you mean "${meant}"?`,
      place: { line: met.line, column: 1 },
    })
  }
  for (const count of rows?.header.counts.values() ?? []) {
    if (count.rows === 0 || count.unknownService < count.rows) continue
    problems.warn({
      code: 'not-supplied',
      message: `no ${count.type} row of this file is of a service of the contract: it does not count as supplied`,
    })
  }
}

/** Rows of several services need a contract that names them. */
function undeclared(services: Services): readonly Diagnostic[] {
  const [first, second] = services.met
  if (first === undefined || second === undefined) return []
  const names = [...services.met.keys()].slice(0, 8).map(name => `"${name}"`)
  const flaw = {
    code: 'undeclared-services',
    message: `the rows are of several services (${names.join(', ')}), but the contract declares none`,
    hint: 'declare them in the contract: services: { NAME: {} }',
    place: { line: second[1].line, column: 1 },
  }
  return [diagnose(second[1].file, 'error', flaw)]
}
