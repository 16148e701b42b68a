import type { Diagnostic } from '../model/diagnostic.ts'
import type { ReadOptions } from './evidence.ts'
import type { Mapping } from './file-mapping.ts'
import type { FileRows } from './file-rows.ts'
import { type AbsentColumn, CHANGED_COLUMNS } from './mapped-cells.ts'
import { diagnose, type Flaw, type Problems } from './problems.ts'

/** A file as it was read, and where its problems go. */
export interface MappedFile {
  readonly rows: FileRows | undefined
  readonly problems: Problems
  /** It is a JSON export: what the mapping says of priorities and states holds for what becomes of its records. */
  readonly converted: boolean
}

/**
 * Warns of what a mapping names in vain. An entry may be for files of several kinds: a header or column that one of
 * them has is said of none of the others, but a `where` leaves out all rows of a file without its column.
 */
export function warnMapping(files: readonly MappedFile[]): void {
  const read = files.filter(({ rows }) => rows !== undefined && rows.header.headers.length > 0)
  const holders = new Map<string, { all: number; lacking: number }>()
  for (const file of read) {
    for (const name of file.rows?.header.mapping.named ?? []) {
      const key = keyOf(name)
      const found = holders.get(key) ?? { all: 0, lacking: 0 }
      holders.set(key, found)
      found.all++
      if (absentIn(file).some(one => keyOf(one) === key)) found.lacking++
    }
  }
  const said = new Set<string>()
  for (const file of read) {
    const absent = absentIn(file)
    for (const one of absent) {
      const { all = 0, lacking = 0 } = holders.get(keyOf(one)) ?? {}
      if (one.key !== 'where' && (lacking < all || said.has(keyOf(one)))) continue
      said.add(keyOf(one))
      file.problems.warn(absentFlaw(one, file))
    }
    if (!absent.some(({ key }) => key === 'where')) warnNothingLeft(file)
  }
}

/** The warning that a mapping file has no entry for any of the files read. */
export function unusedMapping(
  given: ReadOptions['mapping'],
  files: readonly string[],
  mappingFor: Mapping,
): readonly Diagnostic[] {
  if (given === undefined || files.length === 0 || files.some(file => mappingFor(file) !== undefined)) return []
  const names = `${files.slice(0, NAMED).join(', ')}${files.length > NAMED ? ' …' : ''}`
  const message = `no entry of this mapping has "files" that fit ${names}: it is not used`
  const hint = 'leave out "files" to use an entry for every file'
  return [diagnose(given.file, 'warning', { code: 'mapping-unused', message, hint })]
}

const keyOf = ({ key, name, place }: Pick<AbsentColumn, 'key' | 'name' | 'place'>): string =>
  JSON.stringify([key, name, place])

function absentIn({ rows, converted }: MappedFile): readonly AbsentColumn[] {
  const absent = rows?.header.mapping.absent ?? []
  const types = [...(rows?.header.counts.keys() ?? [])]
  const holdsChanges = converted || types.includes('ticket-change')
  return absent.filter(({ key, name }) => !(key === 'values' && holdsChanges && CHANGED_COLUMNS.has(name)))
}

function absentFlaw({ key, name, place, meant, twice }: AbsentColumn, { rows }: MappedFile): Flaw {
  const what = `the mapping's ${key} (${place}) names "${name}", which `
  const left = key === 'where' ? leftOutRows(rows) : 0
  const effect = left === 0 ? '' : `: ${left === 1 ? '1 row is' : `${left} rows are`} left out`
  const message = `${what}${twice === true ? 'several columns of this file are called' : 'this file does not have'}${effect}`
  const headers = rows?.header.headers.filter(header => header !== '') ?? []
  const has = `it has ${headers.slice(0, SHOWN).join(', ')}${headers.length > SHOWN ? ' …' : ''}`
  return { code: 'mapping-column', message, hint: meant === undefined ? has : `did you mean "${meant}"?` }
}

/** A `where` that no row of a file fits may be meant, or be a slip. */
function warnNothingLeft({ rows, problems }: MappedFile): void {
  const counts = [...(rows?.header.counts.values() ?? [])]
  const all = counts.reduce((total, count) => total + count.rows - count.unasked, 0)
  const left = leftOutRows(rows)
  if (left === 0 || left < all) return
  const places = rows?.header.mapping.named.filter(({ key }) => key === 'where').map(({ place }) => place) ?? []
  const where = places[0] === undefined ? '' : ` (${places[0]})`
  problems.warn({
    code: 'mapping-where',
    message: `the mapping's where${where} leaves out ${left === 1 ? 'the only row' : `all ${left} rows`} of this file`,
    hint: 'check its values: they are compared as the mapping leaves them (values)',
  })
}

function leftOutRows(rows: FileRows | undefined): number {
  return rows?.leftOutBy.mapping ?? 0
}

const SHOWN = 12
const NAMED = 5
