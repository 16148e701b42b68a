import type { Diagnostic } from '../model/diagnostic.ts'
import { nearest } from '../model/nearest.ts'
import type { ReadOptions } from './evidence.ts'
import type { Mapping, NamedText } from './file-mapping.ts'
import type { FileRows } from './file-rows.ts'
import { type AbsentColumn, CHANGED_COLUMNS, type MappedCells } from './mapped-cells.ts'
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
  warnLocations(read)
  warnTexts(read)
  warnSets(read)
}

/** Texts to be replaced that no row has, where all of a column are such or one of them is nearly what a row has. */
function warnTexts(files: readonly MappedFile[]): void {
  for (const { entry, first, all } of entriesOf(files, ({ texts }) => texts)) {
    for (const column of new Set(entry.map(one => one.column))) {
      const own = entry.filter(one => one.column === column)
      if (CHANGED_COLUMNS.has(column) && all.some(isOfChanges)) continue
      const met = new Set(all.flatMap(({ rows }) => [...(rows?.header.met.texts.get(column) ?? [])]))
      const idle = own.filter(({ text }) => !met.has(text))
      for (const { text } of own) met.delete(text)
      met.delete('')
      for (const { text, place } of idle) {
        const meant = nearest(text, met)
        if (met.size === 0 || (meant === undefined && idle.length < own.length)) continue
        first.problems.warn({
          code: 'mapping-value',
          message: `the mapping's values (${place}) replace "${text}" as ${column}, which no row has`,
          hint: meant === undefined ? `rows have ${[...met].slice(0, SHOWN).join(', ')}` : `did you mean "${meant}"?`,
        })
      }
    }
  }
}

/** Cells to be filled that every row has: what a mapping sets does not replace them. */
function warnSets(files: readonly MappedFile[]): void {
  for (const { entry, first, all } of entriesOf(files, ({ sets }) => sets)) {
    const filled = new Set(all.flatMap(({ rows }) => [...(rows?.header.met.filled ?? [])]))
    for (const { column, text, place } of entry.filter(one => !filled.has(one.column))) {
      first.problems.warn({
        code: 'mapping-set',
        message: `the mapping's set (${place}) fills nothing with ${column}: ${text}: every row has a text of its own`,
        hint: 'values replaces texts, set fills blank cells',
      })
    }
  }
}

interface MappingEntry {
  readonly entry: readonly NamedText[]
  readonly first: MappedFile
  readonly all: readonly MappedFile[]
}

/** The files with rows of each entry of a mapping that has something. */
function entriesOf(
  files: readonly MappedFile[],
  has: (cells: MappedCells) => readonly NamedText[],
): Iterable<MappingEntry> {
  const found = new Map<string, { entry: NamedText[]; first: MappedFile; all: MappedFile[] }>()
  for (const file of files) {
    const own = file.rows === undefined ? [] : has(file.rows.header.mapping)
    const isRead = [...(file.rows?.header.types.values() ?? [])].some(({ read, counts }) => read && counts.rows > 0)
    if (own.length === 0 || !isRead) continue
    const key = file.rows?.header.mapping.place ?? ''
    const known = found.get(key) ?? { entry: [], first: file, all: [] }
    found.set(key, known)
    known.entry.push(...own.filter(one => !known.entry.includes(one)))
    known.all.push(file)
  }
  return found.values()
}

function isOfChanges({ rows, converted }: MappedFile): boolean {
  return converted || rows?.header.counts.has('ticket-change') === true
}

/** Locations of which a mapping says where they are, though no row of the files it is for names them. */
function warnLocations(files: readonly MappedFile[]): void {
  const entries = new Map<
    string,
    { readonly names: readonly string[]; readonly met: Set<string>; readonly first: Problems }
  >()
  for (const { rows, problems } of files) {
    const names = rows?.header.mapping.locations ?? []
    if (names.length === 0) continue
    const key = JSON.stringify(names)
    const entry = entries.get(key) ?? { names, met: new Set(), first: problems }
    entries.set(key, entry)
    for (const name of rows?.header.met.locations ?? []) entry.met.add(name)
  }
  for (const { names, met, first } of entries.values()) {
    for (const name of names.filter(one => !met.has(one))) {
      const meant = nearest(name, met)
      const has = [...met].slice(0, SHOWN).join(', ')
      first.warn({
        code: 'mapping-location',
        message: `the mapping's locations name "${name}", where no row is`,
        hint:
          meant !== undefined
            ? `did you mean "${meant}"?`
            : met.size > 0
              ? `rows are at ${has}`
              : `no row names a location: set: { location: ${name} } gives all of a file one`,
      })
    }
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

function absentIn(file: MappedFile): readonly AbsentColumn[] {
  const absent = file.rows?.header.mapping.absent ?? []
  return absent.filter(({ key, name }) => !(key === 'values' && isOfChanges(file) && CHANGED_COLUMNS.has(name)))
}

function absentFlaw({ key, name, place, meant, twice }: AbsentColumn, { rows }: MappedFile): Flaw {
  const what = `the mapping's ${key} (${place}) names "${name}", which `
  const left = key === 'where' ? leftOutRows(rows) : 0
  const effect = left === 0 ? '' : `: ${left === 1 ? '1 row is' : `${left} rows are`} left out`
  const message = `${what}${twice === true ? 'several columns of this file are called' : 'this file does not have'}${effect}`
  const headers = rows?.header.headers.slice(0, rows.header.width).filter(header => header !== '') ?? []
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
