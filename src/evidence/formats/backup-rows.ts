import { formatUtc, parseStamp } from '../../time/stamp.ts'
import { wordOf } from './finding-rows.ts'
import type { Cells, ConvertedRow, DocumentContext, DocumentRow, DocumentTool, LeftOut, RecordFlaw } from './format.ts'
import { field, isObject, row } from './values.ts'

export const NO_INVENTORY: LeftOut = { leftOut: 'inventory' }

/** One backup as a listing shows it, without the time of the listing; `backup: ''` says that there is none. */
export interface Listed {
  readonly cells: Readonly<Record<string, string | undefined>> & { readonly backup: string }
  readonly from: object
  /** Whether the listing shows all that there is of what it names. Not known: left out. */
  readonly complete: boolean
  /** What it shows all of, where it may have been made for less than there is: a host and paths. */
  readonly scope?: string
}

/**
 * Rows of a listing as of the time that the user says. Without it they are rows of the newest stamp in the file, when
 * the listing was not made yet: what was there later was there then, and what is missing may have come and gone.
 */
export function* listingRows(listed: readonly Listed[], context: DocumentContext): Iterable<DocumentRow> {
  const { takenAt } = context
  if (takenAt === undefined) {
    context.warn(
      'no-listing-time',
      'the file does not say when it was made: its backups count as there since the newest of them, and what is missing in it proves nothing',
      'say when with --taken-at [GLOB=]INSTANT, such as --taken-at 2026-05-01T06:00:00Z',
    )
  }
  const newest = takenAt === undefined ? newestOf(listed.flatMap(stampsIn)) : undefined
  const time = takenAt ?? newest?.text
  for (const one of listed) {
    const { cells, from, complete, scope } = one
    // A retagged or copied backup may have come to be where it is after all that the file tells of.
    const unplaced = newest !== undefined && (cells.original ?? '') !== ''
    // What bears no stamp that can be compared with the newest may be later.
    const undated = newest !== undefined && !stampsIn(one).some(text => parseStamp(text).kind === newest.kind)
    // Nothing is left out where nothing is shown.
    if (time === undefined && cells.backup === '') continue
    if (time === undefined || unplaced || undated) yield { row: NO_INVENTORY, from }
    else {
      const isWhole = takenAt !== undefined && complete && context.completeSaid !== true
      const whole = isWhole ? { complete: 'yes', ...(scope === undefined ? {} : { scope: scope.trim() }) } : {}
      yield { row: row('inventory', { taken_at: time, ...whole, ...cells }), from }
    }
  }
}

/**
 * A tool whose documents are listings: one of which something can't be read, or that shows a backup twice (several
 * listings put together), is not known to be complete.
 */
export function listingTool(tool: DocumentTool): DocumentTool {
  return {
    ...tool,
    *rows(document, context) {
      const told = onceEach([...tool.rows(document, context)])
      const twice = repeated(told)
      const broken = twice.length > 0 || told.some(({ row: one }) => isFlaw(one))
      yield* twice
      for (const { row: one, from } of told) {
        yield { row: broken && isInventory(one) ? { ...one, complete: '?' } : one, from }
      }
    },
  }
}

/**
 * A tool whose documents are logs: what has a key with something wrong gives no row, and each key is told of once.
 */
export function logTool(tool: DocumentTool): DocumentTool {
  return {
    ...tool,
    *rows(document, context) {
      const told = onceEach([...tool.rows(document, context)])
      const broken = new Set(told.flatMap(({ row: one, from }) => (isFlaw(one) && one.key !== undefined ? [from] : [])))
      for (const one of told) if (isFlaw(one.row) || !broken.has(one.from)) yield one
    },
  }
}

/** Nothing in a document without records says where there is none. */
export function emptyListing(document: object, place: string, context: DocumentContext): DocumentRow {
  const message = `the listing shows nothing and does not say of which ${place}: it proves nothing`
  const hint = 'say it in a file of the type inventory: taken_at, location, complete (yes) and a blank backup'
  context.warn('empty-listing', message, hint)
  return { row: NO_INVENTORY, from: document }
}

/** The rest of a log stands elsewhere: what is missing in it would count as not having happened. */
export function* goesOn(document: unknown): Iterable<DocumentRow> {
  const key = nextPage(document)
  if (key === undefined || !isObject(document)) return
  const problem = 'the list goes on after this file: what is missing in it would count as what never was'
  yield {
    row: { problem, hint: 'list all of it, without --max-items, --max-results and --no-paginate', key },
    from: document,
  }
}

/** The key that says so. */
export function nextPage(document: unknown): string | undefined {
  return ['NextToken', 'Marker', 'nextLink'].find(key => wordOf(field(document, key)) !== undefined)
}

/** The first of the texts that is a component, as a clause names it or the mapping gives it a meaning. */
export function componentOf(
  texts: readonly (string | undefined)[],
  otherwise: string | undefined,
  { components }: DocumentContext,
): string | undefined {
  return texts.find(text => text !== undefined && components?.has(text.trim())) ?? otherwise
}

/** A stamp of whole or broken seconds since 1970, written as a number or as text; undefined for anything else. */
export function epochStamp(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  const parts = /^(\d{1,11})(?:\.(\d+))?$/.exec(text)
  if (parts === null) return undefined
  return formatUtc(Number(parts[1]) * 1000 + Number((parts[2] ?? '').slice(0, 3).padEnd(3, '0')))
}

/** The texts of a list; undefined where something else is among them. Null is none. */
export function textsIn(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return []
  const found: readonly unknown[] = Array.isArray(value) ? value : [undefined]
  return found.every(one => typeof one === 'string') ? found : undefined
}

function stampsIn({ cells }: Listed): readonly string[] {
  return [cells.started_at ?? '', cells.completed_at ?? '']
}

interface Newest {
  readonly kind: 'instant' | 'local'
  readonly at: number
  readonly text: string
}

/** Of stamps with an offset the latest; where none has one, the latest on the clock. */
function newestOf(stamps: readonly string[]): Newest | undefined {
  let found: Newest | undefined
  for (const text of stamps) {
    const stamp = parseStamp(text)
    if (stamp.kind !== 'instant' && stamp.kind !== 'local') continue
    const at = stamp.kind === 'instant' ? stamp.at : stamp.local
    const better = found?.kind === stamp.kind ? at > found.at : found === undefined || stamp.kind === 'instant'
    if (better) found = { kind: stamp.kind, at, text }
  }
  return found
}

/** Without what is wrong with a key of which something is told before. */
function onceEach(told: readonly DocumentRow[]): readonly DocumentRow[] {
  const said = new Map<object, Set<string>>()
  return told.filter(({ row: one, from }) => {
    if (!isFlaw(one) || one.key === undefined) return true
    const keys = said.get(from) ?? new Set()
    said.set(from, keys)
    return !keys.has(one.key) && keys.add(one.key)
  })
}

function repeated(told: readonly DocumentRow[]): readonly DocumentRow[] {
  const seen = new Set<string>()
  return told.flatMap(({ row: one, from }): readonly DocumentRow[] => {
    if (!isInventory(one) || one.backup === '') return []
    const key = JSON.stringify([one.location, one.backup])
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    const problem = `${one.backup} is listed twice: a file can hold one listing, made at one time`
    return [{ row: { problem, hint: 'give each listing as a file of its own' }, from }]
  })
}

function isInventory(one: ConvertedRow | RecordFlaw): one is Cells {
  return 'type' in one && one.type === 'inventory'
}

function isFlaw(one: ConvertedRow | RecordFlaw): one is RecordFlaw {
  return 'problem' in one && !('type' in one)
}
