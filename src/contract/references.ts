import type { Reference } from '../model/clause-kind.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { nearest } from '../model/nearest.ts'
import type { ClauseDraft } from './clauses.ts'
import type { Service } from './contract.ts'
import { diagnosticAt, nearestRange, type Path, rangeAt, type Source } from './diagnose.ts'
import type { ExclusionDraft } from './exclusion-schema.ts'

/** The names a contract declares, also those whose value has errors; `clauses` with the kind as written. */
export interface Names {
  readonly calendar: ReadonlySet<string>
  readonly service: ReadonlySet<string>
  readonly exclusion: ReadonlySet<string>
  readonly clause: ReadonlyMap<string, unknown>
}

/** A name used somewhere, with the path of its use from the top. */
export interface Use extends Omit<Reference, 'path'> {
  readonly path: Path
}

/** Every name that clauses, exclusions, services and the envelope use, also those beside errors. */
export function usesOf(
  clauses: readonly ClauseDraft[],
  exclusions: Iterable<readonly [name: string, parts: Partial<ExclusionDraft>]>,
  services: ReadonlyMap<string, Service>,
  businessDays: string | undefined,
  defaultServices: readonly string[] | undefined,
): Use[] {
  const uses: Use[] = []
  if (businessDays !== undefined) uses.push({ to: 'calendar', name: businessDays, path: ['business-days'] })
  for (const [name, { needs }] of services) {
    for (const [i, needed] of needs.entries())
      uses.push({ to: 'service', name: needed, path: ['services', name, 'needs', i] })
  }
  for (const [i, name] of (defaultServices ?? []).entries()) {
    uses.push({ to: 'service', name, path: ['defaults', 'services', i] })
  }
  for (const [name, { kept, notice, inside, outside }] of exclusions) {
    const path = ['exclusions', name]
    const calendar = (used: string, ...inner: string[]) =>
      uses.push({ to: 'calendar', name: used, path: [...path, ...inner] })
    if (kept !== undefined) uses.push({ to: 'clause', name: kept, path: [...path, 'kept'], kind: 'maintenance' })
    if (notice?.during !== undefined) calendar(notice.during, 'notice', 'during')
    if (inside !== undefined && 'calendar' in inside) calendar(inside.calendar, 'inside')
    if (outside !== undefined && 'calendar' in outside) calendar(outside.calendar, 'outside')
  }
  for (const { id, services: named, kind, body } of clauses) {
    const path = ['clauses', id]
    if (named !== defaultServices) {
      for (const [i, name] of (named ?? []).entries())
        uses.push({ to: 'service', name, path: [...path, 'services', i] })
    }
    for (const reference of kind?.references(body) ?? [])
      uses.push({ ...reference, path: [...path, ...reference.path] })
  }
  return uses
}

/** Errors for names that nothing declares, and for clauses of the wrong kind. */
export function checkUses(source: Source, uses: readonly Use[], names: Names): Diagnostic[] {
  const errors: Diagnostic[] = []
  for (const use of uses) {
    const declared = names[use.to]
    if (!declared.has(use.name)) {
      // Guessing what was meant compares with every name: enough is enough.
      const known = errors.length < MOST_GUESSES ? [...declared.keys()].slice(0, MOST_NAMES) : []
      errors.push(unknownName(source, use, known, declared.size))
    } else if (use.kind !== undefined && use.to === 'clause' && names.clause.get(use.name) !== use.kind) {
      const message = `clause \`${use.name}\` isn't a ${use.kind} clause`
      errors.push(diagnosticAt(source, nearestRange(source, use.path), { code: 'wrong-kind', message }))
    }
  }
  return errors
}

const MOST_GUESSES = 100
const MOST_NAMES = 10_000

/** Errors for services that need themselves, straight or through others: one per circle. */
export function checkCircles(source: Source, services: ReadonlyMap<string, Service>): Diagnostic[] {
  const errors: Diagnostic[] = []
  const done = new Set<string>()
  for (const start of services.keys()) {
    // Depth first by hand: a chain may be longer than the call stack.
    const trail: { readonly name: string; next: number }[] = [{ name: start, next: 0 }]
    const onTrail = new Map([[start, 0]])
    for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
      const needed = done.has(top.name) ? undefined : services.get(top.name)?.needs[top.next++]
      const from = needed === undefined ? undefined : onTrail.get(needed)
      if (needed === undefined) {
        done.add(top.name)
        onTrail.delete(top.name)
        trail.pop()
      } else if (from !== undefined) {
        const circle = [...trail.slice(from).map(({ name }) => name), needed]
        const message = `services need each other in a circle: ${circle.join(' → ')}`
        const range = rangeAt(source, ['services', top.name, 'needs'])
        errors.push(diagnosticAt(source, range, { code: 'circular-needs', message }))
      } else if (!done.has(needed)) {
        onTrail.set(needed, trail.length)
        trail.push({ name: needed, next: 0 })
      }
    }
  }
  return errors
}

function unknownName(source: Source, { to, name, path }: Use, known: readonly string[], declared: number): Diagnostic {
  const meant = nearest(name, known)
  const list = `known: ${known.slice(0, 12).join(', ')}${known.length > 12 ? ' …' : ''}`
  const guess = meant === undefined ? (known.length > 0 ? list : undefined) : `did you mean \`${meant}\`?`
  const hint = declared === 0 ? `declare it under ${to}s:` : guess
  const message = `there is no ${to} \`${name}\``
  // A name that is a key itself, such as one of several calendars, is pointed at as such.
  const range = path.at(-1) === name ? rangeAt(source, path, 'key') : nearestRange(source, path)
  return diagnosticAt(source, range, { code: `unknown-${to}`, message, hint })
}
