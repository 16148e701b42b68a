import { DAY, MINUTE } from '../../time/civil.ts'
import { parseStamp } from '../../time/stamp.ts'
import { componentOf, type Listed, listingRows, listingTool, textsIn } from './backup-rows.ts'
import { wordOf } from './finding-rows.ts'
import type { DocumentContext, DocumentRow, DocumentTool } from './format.ts'
import { recordsOf, shaped } from './shape.ts'
import { field, isObject, list, path } from './values.ts'

/**
 * `borg list --json` of a repository (borg 2: `borg repo-list --json`) and `borg info --json` of archives:
 * `{ archives: [{ id, name, start, time, end, … }], repository: { location } }`.
 */
export const borg: DocumentTool = listingTool(
  shaped(
    {
      name: 'borg',
      title: 'Borg archives (JSON)',
      notes: [
        'a listing does not tell its time: say it with --taken-at; when the repository was last modified is another',
        'times of Borg 1 are local times without an offset: say the zone of the machine that printed them with --tz',
        'borg list is taken as complete for the components and the names without date or number that it shows; one archive alone may come of --last and proves no absence, borg info neither',
        'a component is the archive name, its part before the date or number at its end, a tag, the comment or the host that a clause names in its of, else the name without that date or number',
        'the location is that of the repository as Borg was called with it',
        'when an archive was complete is told by borg info, and by borg list --format with {end}',
        'an archive that was renamed or made anew by borg recreate has a new id: the old one is no longer listed',
        'runs with warnings look like any other; checkpoints are partial',
      ],
      narrowed: '--first, --last or a part of the archives of one name',
      sources: {
        backup: 'id',
        component: 'name',
        location: 'location',
        started_at: 'start',
        completed_at: 'end',
      },
      fits: document => {
        const archives = list(document, 'archives')
        if (isRepository(document)) return true
        return archives !== undefined && ('encryption' in Object(document) || isArchive(archives[0]))
      },
      *rows(document, context) {
        const report = Object(document)
        if (isRepository(document)) {
          const problem = 'this is borg info of a repository: it shows no archives'
          yield {
            row: { problem, hint: 'give borg list --json, or borg info --json with --glob-archives' },
            from: report,
          }
          return
        }
        const archives = list(report, 'archives') ?? []
        const location = wordOf(path(report, 'repository', 'location'))
        if (location === undefined) {
          const holder = field(report, 'repository')
          const from = isObject(holder) ? holder : report
          yield { row: { problem: 'the repository has no location', key: 'location' }, from }
          return
        }
        const isInfo = 'cache' in report || archives.some(one => isObject(one) && 'stats' in one)
        const listed: Listed[] = []
        for (const archive of archives) {
          const found = listedIn(archive, { location, complete: !isInfo && archives.length > 1, report }, context)
          if ('row' in found) yield found
          else listed.push(found)
        }
        if (archives.length === 0) listed.push({ cells: { backup: '', location }, from: report, complete: !isInfo })
        warnNarrow(archives.length, isInfo, location, context)
        yield* listingRows(listed, context)
      },
    },
    {
      archives: recordsOf({
        id: 'text',
        name: 'text',
        start: 'text',
        time: 'text',
        end: 'text',
        duration: 'number',
        comment: 'text',
        hostname: 'text',
      }),
      repository: { location: 'text' },
    },
  ),
)

/** `borg info` without archives. */
function isRepository(document: unknown): boolean {
  return (
    isObject(document) &&
    ['cache', 'encryption', 'repository'].every(key => key in document) &&
    !('archives' in document)
  )
}

function isArchive(one: unknown): boolean {
  return isObject(one) && 'id' in one && ('name' in one || 'archive' in one) && ('start' in one || 'time' in one)
}

interface Holder {
  readonly location: string
  readonly complete: boolean
  readonly report: object
}

function listedIn(archive: unknown, { location, complete, report }: Holder, context: DocumentContext) {
  const from = isObject(archive) ? archive : report
  const flaw = (problem: string, key: string): DocumentRow => ({ row: { problem, key }, from })
  const backup = wordOf(field(archive, 'id'))
  if (backup === undefined) return flaw('this is no archive: it has no id', 'id')
  const name = wordOf(field(archive, 'name')) ?? wordOf(field(archive, 'archive'))
  if (name === undefined) return flaw('an archive has no name', 'name')
  const started_at = wordOf(field(archive, 'start')) ?? wordOf(field(archive, 'time'))
  if (started_at === undefined) return flaw('an archive has no start', 'start')
  const tags = tagsOf(field(archive, 'tags'))
  if (tags === undefined) return flaw('tags holds something else than texts', 'tags')
  const series = seriesOf(name)
  const texts = [
    name,
    series,
    series.replace(/[-_.:@+ ]\d{1,5}$/, ''),
    ...tags,
    wordOf(field(archive, 'comment')),
    wordOf(field(archive, 'hostname')),
  ]
  const cells = {
    backup,
    component: componentOf(texts, series, context),
    location,
    started_at,
    completed_at: endOf(archive, started_at, context),
    status: CHECKPOINT.test(name) ? 'partial' : 'success',
    parent: '',
  }
  // Archives without a date or number have no name in common.
  return { cells, from, complete, scope: series === name ? '(no date)' : series } satisfies Listed
}

/** `database` of `database-2026-10-25`, `database-2026-10-25T02:30:00`, `database_20261025-2` and `database-1792891800`. */
function seriesOf(name: string): string {
  const plain = name.replace(CHECKPOINT, '')
  if (plain.length > LONGEST_NAME) return plain
  const series = DATED.exec(plain)?.[1] ?? NUMBERED.exec(plain)?.[1] ?? ''
  return series === '' ? plain : series
}

const CHECKPOINT = /\.checkpoint(?:\.\d+)?$/
const DATED = /^(.*?)[-_.:@+ ]?(?:19|20)\d\d[-_.]?\d\d[-_.]?\d\d[\dTtZz:._+ -]*$/
// Of fewer digits it may well be part of the name, such as web-2.
const NUMBERED = /^(.*)[-_.:@+ ]\d{6,}$/
// No name of Borg is longer; of others nothing is cut off.
const LONGEST_NAME = 300

/** Borg 2 has tags, as a list or as one text with commas. */
function tagsOf(value: unknown): readonly string[] | undefined {
  if (typeof value !== 'string') return textsIn(value)
  return value
    .split(',')
    .map(tag => tag.trim())
    .filter(tag => tag !== '')
}

/** Where the clock went back during the run, its end is a time of the repeated hour of which the later one is meant. */
function endOf(archive: unknown, start: string, context: DocumentContext): string | undefined {
  const end = wordOf(field(archive, 'end'))
  if (end === undefined) return undefined
  const [from, to] = [parseStamp(start), parseStamp(end)]
  if (from.kind !== 'local' || to.kind !== 'local') return end
  const took = Number(field(archive, 'duration') ?? 0) * 1000
  const shown = to.local - from.local
  if (shown >= 0 && took - shown < HALF_HOUR) return end
  if (shown < -DAY) return end
  context.warn(
    'clock-went-back',
    'the clock went back while an archive was made: when it was complete is not known, its local end happens twice',
  )
  return undefined
}

const HALF_HOUR = 30 * MINUTE

function warnNarrow(count: number, isInfo: boolean, location: string, context: DocumentContext): void {
  if (context.takenAt === undefined) return
  if (isInfo) {
    context.warn(
      'some-archives',
      'borg info shows the archives that it was asked for: what is missing in it proves nothing',
      'give borg list --json too; if it was asked for all, say so with set: { complete: yes } in a --map file',
    )
  } else if (count === 1) {
    context.warn(
      'one-each',
      'the listing shows one archive, as with --last 1: what is missing in it proves nothing',
      'give the whole listing; if this is it, say so with set: { complete: yes } in a --map file',
    )
  } else if (count === 0) {
    context.warn(
      'empty-listing',
      `the listing shows no archive: nothing counts as left at ${location}`,
      'give the whole listing if this one was narrowed, such as with --glob-archives',
    )
  }
}
