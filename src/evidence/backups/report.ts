import type { Origin } from '../../model/finding.ts'
import { nearest } from '../../model/nearest.ts'
import type { Problems } from '../problems.ts'
import type { Store } from '../store.ts'
import { compareOrigins } from '../tickets/tables.ts'
import type { Backups } from './records.ts'

/** Where what only shows at the end is said and counted; files by their index. */
export interface BackupReport {
  /** One file of several is looked at: what its rows name may stand in another. */
  readonly alone?: true
  /** Epoch ms; default: no end. */
  readonly asOf?: number
  problemsOf(input: number): Problems
  /** A row that was taken turns out to be something else. */
  recount(input: number, type: string, to: 'duplicates'): void
}

interface Stray {
  readonly type: string
  readonly id: string
  readonly origin: Origin
  /** What was probably meant, or what there is. */
  readonly hint?: string | undefined
}

/** Makes the backups of all that was read, and reports what is wrong with them in the file it is in. */
export function finishBackups({ backups }: Pick<Store, 'backups'>, report: BackupReport): Backups {
  const unknown: Stray[] = []
  const elsewhere: Stray[] = []
  const twice: Stray[] = []
  const placed = (origin: Origin) => ({ place: { line: origin.line ?? 1, column: 1 } })

  const ambiguous: Stray[] = []
  const made = backups.finish({
    asOf: report.asOf ?? Number.POSITIVE_INFINITY,
    ambiguous: (type, id, origin) => void ambiguous.push({ type, id, origin }),
    duplicate: (input, type) => report.recount(input, type, 'duplicates'),
    unknown: (type, id, origin) => void unknown.push({ type, id, origin }),
    elsewhere(type, id, location, locations, origin) {
      const meant = nearest(location, locations)
      const known = locations.length === 0 ? undefined : `it was at ${locations.slice(0, 5).join(', ')}`
      const hint = meant === undefined ? known : `did you mean "${meant}"?`
      elsewhere.push({ type, id: `${id}" at "${location}`, origin, hint })
    },
    contradictory(id, why, origins) {
      const last = origins.at(-1)
      if (last === undefined) return
      report.problemsOf(last.input).warn({
        code: 'contradictory',
        message: `backup "${shown(id)}": ${why}${rowsText(origins.slice(0, -1), last)}`,
        hint: 'keep the row that is right: nothing certain is said of this backup',
        ...placed(last),
      })
    },
    deletedTwice: (id, [origin, ...others]) => {
      const last = others.at(-1)
      if (origin === undefined || last === undefined) return
      if (twice.at(-1)?.id !== id) twice.push({ type: 'backup-deletion', id, origin: last })
    },
  })
  for (const list of byFile(twice)) {
    warn(
      list,
      'deleted-twice',
      rows => `${rows === 1 ? '1 backup is' : `${rows} backups are`} deleted more than once`,
      {
        hint: 'the first deletion counts',
      },
    )
  }
  for (const list of byFile(ambiguous)) {
    const what = (rows: number): string =>
      rows === 1
        ? `1 ${list[0]?.type} row does not say which component's backup it is of, and several have its id`
        : `${rows} ${list[0]?.type} rows do not say which component's backup they are of, and several have their ids`
    warn(list, 'ambiguous-id', what, {
      hint: 'tell them apart by a column component (or set: { component: … } in a --map file): what they say is not known of any',
    })
  }
  if (report.alone === true) return made
  const ids = new Set(made.list.map(({ id }) => id))
  for (const list of byFile(unknown)) {
    const hints = list.slice(0, NAMED).flatMap(({ type, id }) => {
      const meant = type === 'backup-copy' ? undefined : nearest(id, ids)
      return meant === undefined ? [] : [`"${shown(id)}": did you mean "${shown(meant)}"?`]
    })
    const effect = list[0]?.type === 'backup-copy' ? ': only these copies are known of it' : ''
    const noun = `${list[0]?.type} ${list.length === 1 ? 'row names a backup' : 'rows name backups'}`
    const what = (rows: number): string => `${rows} ${noun} that no other row tells of${effect}`
    warn(list, 'unknown-backup', what, hints[0] === undefined ? {} : { hint: hints.join('; ') })
  }
  for (const list of byFile(elsewhere)) {
    const [first] = list
    const noun = `${first?.type} ${list.length === 1 ? 'row' : 'rows'}`
    const what = (rows: number): string => `${rows} ${noun} of a backup at a location where no row says that it was`
    warn(list, 'unknown-location', what, first?.hint === undefined ? {} : { hint: first.hint })
  }
  warnStrangers()
  warnUnnamed(made, report)
  warnPlaces(made, report)
  return made

  function warn(
    list: readonly Stray[],
    code: string,
    what: (rows: number) => string,
    more: { readonly hint?: string },
  ): void {
    const [first] = [...list].sort((a, b) => compareOrigins(a.origin, b.origin))
    if (first === undefined) return
    const names = [...new Set(list.map(({ id }) => `"${shown(id)}"`))]
    const listed = `${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? ' …' : ''}`
    report.problemsOf(first.origin.input).warn({
      code,
      message: `${what(list.length)}: ${listed}`,
      ...more,
      ...placed(first.origin),
    })
  }

  function warnStrangers(): void {
    for (const { component, first, rows, files } of backups.strangers.values()) {
      const meant = nearest(component, [...backups.components, 'all'])
      const known = `the clauses name ${backups.components.join(', ')}`
      const where = files.size === 1 ? '' : ` in ${files.size} files`
      const count = `${rows === 1 ? '1 row' : `${rows} rows`}${where}`
      report.problemsOf(first.input).warn({
        code: 'unknown-component',
        message:
          component === ''
            ? `${count} without a component: the clauses name several, so ${rows === 1 ? 'it counts' : 'they count'} for none of those`
            : `no clause names the component "${shown(component)}": ${count} not used for those that name some`,
        hint: component === '' || meant === undefined ? known : `did you mean "${meant}"?`,
        ...placed(first),
      })
    }
  }

  function rowsText(origins: readonly Origin[], from: Origin): string {
    const names = origins.slice(-NAMED).map(origin => {
      const row = origin.item === undefined ? `line ${origin.line}` : `record ${origin.item}`
      return origin.input === from.input ? row : `${report.problemsOf(origin.input).file} ${row}`
    })
    return names.length === 0 ? '' : `; see also ${names.join(', ')}${origins.length > NAMED ? ' …' : ''}`
  }
}

/** Listings without a location that can't be of one place. */
function warnPlaces({ listings }: Backups, { problemsOf }: BackupReport): void {
  const [first] = listings.filter(({ place }) => place !== undefined)
  const other = listings.find(({ place }) => place !== undefined && place !== first?.place)
  if (first === undefined || other === undefined) return
  const places = new Set(listings.flatMap(({ place }) => place ?? []))
  const problems = problemsOf(other.origin.input)
  const names = `${problemsOf(first.origin.input).file} and ${problems.file}`
  problems.warn({
    code: 'places-not-told',
    message: `listings that name no location are of ${places.size} places, such as ${names}: what the one lacks the other lists again later`,
    hint: 'name them in a --map file, each file its own: set: { location: … }; until then what one lacks does not prove that it is gone from another',
    place: { line: other.origin.line ?? 1, column: 1 },
  })
}

/** Where only logs or only listings name locations, what a listing lacks is not known to be gone from where it was. */
function warnUnnamed({ list, listings }: Backups, { problemsOf }: BackupReport): void {
  const complete = listings.filter(one => one.complete === true)
  const located = complete.filter(({ location }) => location !== '')
  if (complete.length === 0 || (located.length > 0 && located.length < complete.length)) return
  const isNamed = located.length > 0
  const strays = list.filter(({ logged, copies }) => {
    const own = copies.find(({ primary }) => primary)
    return logged && own !== undefined && (own.location === '') === isNamed
  })
  const [first] = strays
  const [listing] = complete
  if (first === undefined || listing === undefined) return
  const origin = isNamed ? first.origin : listing.origin
  const where = isNamed ? listing.location : (first.copies[0]?.location ?? '')
  const what = isNamed
    ? `backups are logged without a location, listings are of "${shown(where)}"`
    : `listings name no location, backups are logged at "${shown(where)}"`
  problemsOf(origin.input).warn({
    code: 'no-location',
    message: `${what}: what a listing lacks is not known to be gone`,
    hint: `if it is the same place, name it in a --map file: set: { location: ${where} }`,
    place: { line: origin.line ?? 1, column: 1 },
  })
}

const NAMED = 5

/** Those of one file and type. */
function byFile(list: readonly Stray[]): Iterable<readonly Stray[]> {
  const files = new Map<string, Stray[]>()
  for (const one of list) {
    const key = `${one.origin.input} ${one.type}`
    const found = files.get(key)
    if (found === undefined) files.set(key, [one])
    else found.push(one)
  }
  return files.values()
}

/** A text as it is quoted to people. */
export const shown = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)
