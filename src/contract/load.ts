import { createHash } from 'node:crypto'
import { type Diagnostic, InputError } from '../model/diagnostic.ts'
import { civilDate } from '../time/civil.ts'
import { localDay, startOfDay } from '../time/local.ts'
import type { Stamp } from '../time/stamp.ts'
import { makeZones, type Zone } from '../time/zone.ts'
import { makeCalendars, type ReadFile } from './calendars.ts'
import { type KindLoaders, readClauses } from './clauses.ts'
import type { Contract, Exclusion } from './contract.ts'
import { diagnosticAt, inOrder, rangeAt, type Source, spanOf } from './diagnose.ts'
import { mapOf } from './issues.ts'
import { lintContract } from './lints.ts'
import { checkNeeds } from './needs.ts'
import { type Envelope, readEnvelope } from './read-envelope.ts'
import { checkCircles, checkUses, type Names, usesOf } from './references.ts'
import { readYaml } from './yaml.ts'

/** `strict` makes errors of lints, `readFile` reads the files that a contract names, `zones` replaces the zone tables. */
export interface LoadOptions {
  readonly strict?: boolean
  readonly readFile?: ReadFile
  readonly zones?: (name: string) => Zone
}

/**
 * Reads and checks a contract (YAML or JSON) with the clause kinds it names. Throws InputError with everything that
 * is wrong, in the order of the file.
 */
export async function loadContract(
  file: { readonly file: string; readonly bytes: Uint8Array },
  kinds: KindLoaders,
  options: LoadOptions = {},
): Promise<Contract> {
  const { source, data, errors: found } = readYaml(file.file, file.bytes)
  const errors = [...found]
  const warnings: Diagnostic[] = []
  const envelope = readEnvelope(source, data, errors)
  const timezone = envelope.timezone ?? 'UTC'
  const zone = (options.zones ?? makeZones())(timezone)
  const term = termOf(source, envelope, zone, errors)
  const calendars = await makeCalendars(envelope.calendars, {
    source,
    timezone,
    year: term?.start === undefined ? ANY_YEAR : civilDate(localDay(zone, term.start)).year,
    readFile: options.readFile,
    errors,
    warnings,
  })
  const exclusions = new Map(
    [...envelope.exclusions].map(([name, draft]): [string, Exclusion] => {
      const span = spanOf(source, rangeAt(source, ['exclusions', name], 'key'))
      return [name, { ...draft, name, span }]
    }),
  )
  const { clauses, drafts } = await readClauses(source, data.clauses, kinds, envelope.defaults ?? {}, errors)

  const names = namesOf(data)
  const { services } = envelope
  const businessDays = envelope['business-days']
  const exclusionParts = [...envelope.exclusions, ...envelope.brokenExclusions]
  const uses = usesOf(drafts, exclusionParts, services, businessDays, envelope.defaults?.services)
  const fees = feesOf(envelope)
  const frame = {
    ...(term === undefined ? {} : { term }),
    ...(fees === undefined ? {} : { fees }),
    ...(businessDays === undefined ? {} : { businessDays }),
  }
  errors.push(...checkUses(source, uses, names), ...checkCircles(source, services))
  const needed = {
    ...frame,
    calendars: [...names.calendar].filter(name => name !== 'always'),
    unread: new Set(Object.keys(data).filter(key => envelope[key as keyof Envelope] === undefined)),
  }
  for (const [name, parts] of exclusionParts) {
    errors.push(...checkNeeds(source, parts, ['exclusions', name], 'exclusion', needed))
  }
  for (const { id, kind, body } of drafts) {
    errors.push(...checkNeeds(source, body, ['clauses', id], kind?.kind ?? '', needed))
  }
  warnings.push(...lintContract(source, clauses, errors.length === 0 ? names : undefined, uses))
  if (options.strict) errors.push(...warnings.map(warning => ({ ...warning, severity: 'error' as const })))
  if (errors.length > 0) throw new InputError(inOrder(errors))

  return {
    file: file.file,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
    kind: envelope.kind ?? 'Contract',
    id: envelope.id ?? '',
    ...(envelope.title === undefined ? {} : { title: envelope.title }),
    ...(envelope.version === undefined ? {} : { version: envelope.version }),
    ...partiesOf(envelope),
    timezone,
    ...frame,
    calendars,
    services,
    exclusions,
    clauses: clauses.map(({ clause }) => clause),
    warnings: inOrder(warnings),
  }
}

/** Weekly hours either open in any year or in none. */
const ANY_YEAR = 2026

function termOf(source: Source, { term }: Envelope, zone: Zone, errors: Diagnostic[]): Contract['term'] {
  if (term === undefined) return undefined
  const start = term.from === undefined ? undefined : boundary(term.from, zone, 0)
  const end = term.to === undefined ? undefined : boundary(term.to, zone, 1)
  if (start !== undefined && end !== undefined && start >= end) {
    const said = { code: 'bad-value', message: 'the term ends before it starts' }
    errors.push(diagnosticAt(source, rangeAt(source, ['term', 'to']), said))
  }
  return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) }
}

/** A date counts from its first instant, or with `after` 1 to its last; an instant stands for itself. */
function boundary(stamp: Stamp, zone: Zone, after: 0 | 1): number | undefined {
  if (stamp.kind === 'instant') return stamp.at
  return stamp.kind === 'date' ? startOfDay(zone, stamp.day + after) : undefined
}

function feesOf({ fees }: Envelope): Contract['fees'] {
  if (fees === undefined) return undefined
  const { monthly, 'billing-day': billingDay } = fees
  return { ...(monthly === undefined ? {} : { monthly }), ...(billingDay === undefined ? {} : { billingDay }) }
}

function partiesOf({ parties }: Envelope): Pick<Contract, 'parties'> {
  if (parties === undefined) return {}
  const { provider, customer } = parties
  return {
    parties: { ...(provider === undefined ? {} : { provider }), ...(customer === undefined ? {} : { customer }) },
  }
}

function namesOf(data: Readonly<Record<string, unknown>>): Names {
  const clauses = Object.entries(mapOf(data.clauses)).map(([id, clause]): [string, unknown] => [id, mapOf(clause).kind])
  return {
    calendar: new Set([...Object.keys(mapOf(data.calendars)), 'always']),
    service: new Set(Object.keys(mapOf(data.services))),
    exclusion: new Set(Object.keys(mapOf(data.exclusions))),
    clause: new Map(clauses),
  }
}
