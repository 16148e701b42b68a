import type { Origin } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import { type Cells, columnName } from '../filter.ts'
import { makeRowParser, type RowParser } from '../row-parser.ts'
import type { Store } from '../store.ts'
import type { StatementKind, StatementRow } from '../vulnerabilities/rows.ts'
import type { Column, Reading, RowReader } from './record-type.ts'

/** Names under which exports give the id of a vulnerability. */
export const VULNERABILITY_ID: Column = {
  name: 'id',
  aliases: ['cve', 'cve_id', 'cveid', 'vulnerability_id', 'vulnerability', 'vuln_id'],
}
export const ASSET: Column = { name: 'asset', aliases: ['asset_name'] }
export const COMPONENT: Column = { name: 'component', aliases: ['package_name', 'purl'] }
export const CVSS: readonly Column[] = [
  { name: 'cvss', aliases: ['base_score', 'cvss_score', 'cvss_base_score'] },
  { name: 'vector', aliases: ['vector_string', 'cvss_vector', 'cvss_vector_string'] },
  { name: 'cvss_version' },
]

/** What a row states, `undefined` for a bad one; `at` is what decides whether it is known by `as of`. */
export type Stated<K extends StatementKind> =
  | { readonly at: Moment; readonly body: StatementRow<K>['body']; readonly known?: Moment }
  | undefined

/** Reads rows of statements on vulnerabilities, wherever they are found or for one asset and component. */
export function openStatements<K extends StatementKind>(
  reading: Reading,
  store: Store,
  kind: K,
  makeRead: (row: RowParser) => (origin: Origin) => Stated<K>,
): RowReader {
  const row = makeRowParser(reading)
  const read = makeRead(row)
  const { vulnerabilities } = store

  return (cells: Cells, line: number, item: number) => {
    row.begin(cells)
    const id = idOf(row)
    const origin = row.origin(line, item)
    const [asset, component] = [row.text('asset') ?? '', row.text('component') ?? '']
    const stated = read(origin)
    if (id === undefined) return 'bad'
    const subject = { id, aliases: row.text('aliases') ?? '', asset, component }
    if (row.failed || stated === undefined) {
      vulnerabilities.spoilStatement(subject, origin, kind)
      return 'bad'
    }
    if (stated.at.earliest > reading.asOf) return 'later'
    if (Number.isFinite(stated.at.earliest)) reading.dated(stated.at.earliest)
    const at = row.known(stated.at)
    vulnerabilities.state({ kind, subject, at, body: stated.body, origin })
    return 'used'
  }
}

/** The id, which every row needs. */
export function idOf(row: RowParser): string | undefined {
  const id = row.text('id')
  if (id === undefined) row.fail('id', 'id is blank: expected the id of a vulnerability such as CVE-2026-1234')
  return id
}

/** A word as lists of words have it: lower case, blanks and dashes as `_`. */
export const wordOf = columnName
