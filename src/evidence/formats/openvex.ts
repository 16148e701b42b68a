import { readPurl } from '../purl.ts'
import { wordOf } from './finding-rows.ts'
import type { Cells, DocumentContext, DocumentTool, Json, RecordFlaw } from './format.ts'
import { recordsOf, shaped } from './shape.ts'
import { field, isObject, list, row } from './values.ts'

/**
 * An OpenVEX document (0.2; the plain names of 0.0 too): a row for each name of the vulnerability, product and
 * subcomponent. A statement is dated by last_updated, its own timestamp, else the document's timestamp.
 */
export const openvex: DocumentTool = shaped(
  {
    name: 'openvex',
    title: 'OpenVEX document',
    notes: [
      'a product named by a package URL with a version stands for that version alone',
      'a subcomponent is only meant inside its product, which is compared with the asset letter by letter',
      'a change of a statement is only known from an older copy of the document',
    ],
    sources: {
      id: 'vulnerability',
      time: 'timestamp',
      product: 'products',
      asset: 'products',
      component: 'subcomponents',
      version: 'subcomponents',
    },
    fits: document =>
      wordOf(field(document, '@context'))?.startsWith('https://openvex.dev/ns') === true &&
      'statements' in Object(document),
    *rows(document, context) {
      for (const statement of list(document, 'statements') ?? []) {
        const from = isObject(statement) ? statement : Object(document)
        const found = isObject(statement) ? statementRows(statement, document, context) : NO_STATEMENT
        if ('problem' in found) yield { row: found, from }
        else for (const told of found) yield { row: told, from }
      }
    },
  },
  {
    timestamp: 'text',
    statements: recordsOf({
      timestamp: 'text',
      last_updated: 'text',
      justification: 'text',
      impact_statement: 'text',
      products: recordsOf({ '@id': 'text', identifiers: { purl: 'text' }, subcomponents: 'list' }),
    }),
  },
)

const NO_STATEMENT: RecordFlaw = { key: 'statements', problem: 'a statement is no object' }
const STATUSES: readonly unknown[] = ['not_affected', 'affected', 'fixed', 'under_investigation']

function statementRows(
  statement: Json,
  document: unknown,
  { takenAt }: DocumentContext,
): readonly Cells[] | RecordFlaw {
  const names = namesOf(field(statement, 'vulnerability'))
  const [id] = names
  if (id === undefined) return { key: 'vulnerability', problem: 'a statement names no vulnerability' }
  const { status } = statement
  if (!STATUSES.includes(status)) {
    const hint = 'one of not_affected, affected, fixed, under_investigation'
    return { key: 'status', problem: `${id}: "${String(status)}" is no status of OpenVEX`, hint }
  }
  const time =
    wordOf(field(statement, 'last_updated')) ??
    wordOf(field(statement, 'timestamp')) ??
    wordOf(field(document, 'timestamp')) ??
    takenAt
  if (time === undefined) {
    return { key: 'timestamp', problem: `${id}: neither the statement nor the document has a timestamp` }
  }
  const products = list(statement, 'products') ?? []
  const places = products.flatMap(placesOf)
  // A row without product would speak of everything that there is.
  if (places.length === 0 || places.includes(undefined)) {
    return { key: 'products', problem: `${id}: a statement names no product`, hint: 'give each product an @id' }
  }
  const justification = wordOf(field(statement, 'justification')) ?? wordOf(field(statement, 'impact_statement'))
  return names.flatMap(name =>
    places.map(place => row('vex', { id: name, time, status: String(status), justification, ...place })),
  )
}

function namesOf(vulnerability: unknown): readonly string[] {
  const name = wordOf(vulnerability) ?? wordOf(field(vulnerability, 'name')) ?? wordOf(field(vulnerability, '@id'))
  const aliases = list(vulnerability, 'aliases') ?? []
  return [...new Set([name, ...aliases.map(wordOf)].filter(known => known !== undefined))]
}

/** A product alone, or each of its subcomponents inside of it; undefined: it has no name. */
function placesOf(product: unknown): readonly (Readonly<Record<string, string | undefined>> | undefined)[] {
  const name = nameOf(product)
  if (name === undefined) return [undefined]
  const parts = list(product, 'subcomponents') ?? []
  if (parts.length === 0) return [{ product: name }]
  return parts.map(part => {
    const component = nameOf(part)
    return component === undefined ? undefined : { asset: name, component, version: readPurl(component)?.version }
  })
}

function nameOf(product: unknown): string | undefined {
  return wordOf(product) ?? wordOf(field(field(product, 'identifiers'), 'purl')) ?? wordOf(field(product, '@id'))
}
