import { decoded, readPurl } from '../purl.ts'
import { wordOf } from './finding-rows.ts'
import { listOf, recordsOf, type Shape } from './shape.ts'
import { field, list, path } from './values.ts'

/** Something that a vulnerability affects; `version` is not known of a range. */
export interface Affected {
  /** A package URL, or what the BOM calls it. */
  readonly component?: string | undefined
  readonly version?: string | undefined
  /** It is what the BOM is about, not a part of it. */
  readonly whole?: true
}

export interface Components {
  /** What the BOM is about: the name of metadata.component, with its group. */
  readonly asset: string | undefined
  /** What an entry of `affects` stands for; undefined for a version listed as unaffected. */
  affected(entry: unknown): readonly (Affected | undefined)[]
}

const COMPONENT: Shape = { name: 'text', group: 'text', version: 'text', purl: 'text', components: listOf({}) }

/** What is read of a BOM. */
export const BOM: Shape = {
  metadata: { timestamp: 'text', component: COMPONENT },
  components: listOf(COMPONENT),
  services: listOf({}),
  vulnerabilities: recordsOf({
    published: 'text',
    updated: 'text',
    created: 'text',
    rejected: 'text',
    references: listOf({ id: 'text' }),
    ratings: listOf({ severity: 'text', method: 'text', vector: 'text', score: 'number', source: 'object' }),
    affects: listOf({ ref: 'text', versions: listOf({ version: 'text', range: 'text', status: 'text' }) }),
    analysis: { state: 'text', justification: 'text', lastUpdated: 'text', firstIssued: 'text' },
  }),
}

/** The components of a BOM by their references, those inside of others too. */
export function componentsIn(document: unknown): Components {
  const byRef = new Map<string, unknown>()
  const main = path(document, 'metadata', 'component')
  const pending: unknown[] = [main, ...(list(document, 'components') ?? []), ...(list(document, 'services') ?? [])]
  for (let component = pending.pop(); component !== undefined || pending.length > 0; component = pending.pop()) {
    const ref = wordOf(field(component, 'bom-ref'))
    if (ref !== undefined) byRef.set(ref, component)
    pending.push(...(list(component, 'components') ?? []))
  }
  return {
    asset: nameOf(main),
    affected(entry) {
      const ref = wordOf(field(entry, 'ref'))
      if (ref === undefined) return [{}]
      const found = byRef.get(ref)
      if (found !== undefined && found === main) return [{ version: wordOf(field(main, 'version')), whole: true }]
      const component = found === undefined ? linked(ref) : (wordOf(field(found, 'purl')) ?? nameOf(found) ?? ref)
      const version = wordOf(field(found, 'version')) ?? readPurl(component)?.version
      return version === undefined ? versionsOf(entry, component) : [{ component, version }]
    },
  }
}

/** What made the BOM, as the name of a scanner. */
export function toolsOf(document: unknown): string {
  const tools = path(document, 'metadata', 'tools')
  const listed = Array.isArray(tools)
    ? tools
    : [...(list(tools, 'components') ?? []), ...(list(tools, 'services') ?? [])]
  const names = listed.map(tool => wordOf(field(tool, 'name'))).filter(name => name !== undefined)
  return names.length === 0 ? 'CycloneDX' : [...new Set(names)].join('+')
}

function nameOf(component: unknown): string | undefined {
  const name = wordOf(field(component, 'name'))
  const group = wordOf(field(component, 'group'))
  return name === undefined || group === undefined ? name : `${group}/${name}`
}

/** A link to a component of another BOM holds its reference: `urn:cdx:…/1#pkg:npm/qs@6.7.0`. */
function linked(ref: string): string {
  const [, inside] = /^urn:cdx:[^#]*#(.+)$/.exec(ref) ?? []
  if (inside === undefined) return ref
  return inside.startsWith('pkg:') ? inside : decoded(inside)
}

function versionsOf(entry: unknown, component: string): readonly (Affected | undefined)[] {
  const versions = (list(entry, 'versions') ?? []).filter(one => wordOf(field(one, 'version')) !== undefined)
  if (versions.length === 0) return [{ component }]
  return versions.map(one =>
    field(one, 'status') === 'unaffected' ? undefined : { component, version: wordOf(field(one, 'version')) },
  )
}
