import type { Interval } from '../../../model/interval.ts'
import { MINUTE, SECOND } from '../../../time/civil.ts'
import { durationText } from '../../../time/duration.ts'
import { clip } from '../../../time/interval.ts'
import type { Candidate } from '../../rule.ts'
import { failing, fitting } from '../support/cells.ts'
import { type Bench, beyond, type Stand, taken, told } from './bench.ts'
import { ignoredUpTo } from './fields.ts'
import type { Bound } from './frame.ts'
import { subjectOnly } from './services.ts'

/** Logs of what counts as downtime in one promise and not in the other, field by field. */
export function* featureLogs(bench: Bench, broken: Stand, kept: Stand): Iterable<Candidate> {
  const windows = broken.years.slice(0, 2)
  for (const window of windows) {
    yield* shortLogs(bench, broken, kept, window)
    yield* sliceLogs(bench, broken, kept, window)
    yield* severityLogs(bench, broken, kept, window)
    yield* stampLogs(bench, broken, kept, window)
    yield* cellLogs(bench, broken, kept, window)
    yield* gapLogs(bench, broken, window)
    yield* subjectOnly(bench, broken, window)
    yield* userLogs(bench, broken, kept, window)
  }
}

/** Downtime of the window's own hours in pieces; by default just beyond what it allows. */
function piecesIn(
  window: Bound,
  broken: Stand,
  options: { readonly ms?: number; readonly piece?: number; readonly apart?: number } = {},
): readonly Interval[] | undefined {
  return taken(clip(broken.frame.service.list, window), options.ms ?? beyond(window.most, window.service), options)
}

/** Many outages, each as long as does not count, or fills no whole unit. */
function* shortLogs(bench: Bench, broken: Stand, kept: Stand, window: Bound): Iterable<Candidate> {
  const shortest = kept.body['shortest-outage']
  const lengths: { readonly piece: number; readonly ms?: number }[] = []
  if (shortest !== undefined) {
    const most = ignoredUpTo(shortest)
    lengths.push({ piece: most % SECOND === 0 ? most : Math.floor(most / SECOND) * SECOND }, { piece: most })
  }
  const unit = unitOf(kept)
  if (unit !== undefined) lengths.push({ piece: 2 * (unit - SECOND) }, { piece: unit - SECOND })
  const touched = unitOf(broken, 'touched')
  // Each second makes a whole unit of it.
  if (touched !== undefined) lengths.push({ piece: SECOND, ms: (Math.floor(window.most / touched) + 1) * SECOND })
  for (const { piece, ms } of lengths) {
    if (piece <= 0) continue
    const step = unit ?? touched ?? MINUTE
    const apart = step - (piece % step) + step
    // A last one that is shorter would count in neither.
    const sum = Math.ceil((ms ?? beyond(window.most, window.service)) / piece) * piece
    const pieces = piecesIn(window, broken, { piece, apart, ms: sum })
    if (pieces === undefined || pieces.length > MOST_ROWS) continue
    const moved =
      unit === undefined ? pieces : pieces.map(one => ({ start: one.start + SECOND, end: one.end + SECOND }))
    const story = `${told(moved)}, each of ${durationText(piece)} or less`
    yield bench.log(
      window,
      moved.map(at => bench.outage(at)),
      story,
    )
  }
}

const MOST_ROWS = 2000

function unitOf({ body }: Stand, minutes = 'whole'): number | undefined {
  const { accounting } = body
  if (typeof accounting !== 'object') return undefined
  if ('whole' in accounting && minutes === 'whole') return accounting.whole
  return 'minutes' in accounting && accounting.minutes === minutes ? MINUTE : undefined
}

/** An outage in each of some slices, as short as makes none of them bad by the other. */
function* sliceLogs(bench: Bench, broken: Stand, kept: Stand, window: Bound): Iterable<Candidate> {
  const [own, its] = [broken, kept].map(slicesOf)
  if (own === undefined || JSON.stringify(broken.body.accounting) === JSON.stringify(kept.body.accounting)) return
  const count = Math.floor(window.most / own.length) + 1
  if (count > MOST_ROWS) return
  for (const piece of new Set([...(its?.limits ?? []), SECOND])) {
    if (piece <= 0 || piece >= own.length) continue
    const pieces = Array.from({ length: count }, (_, i) => {
      const start = window.start + i * own.length
      return { start, end: start + piece }
    })
    yield bench.log(
      window,
      pieces.map(at => bench.outage(at)),
      `${told(pieces)}, each of ${durationText(piece)} in a slice of its own`,
    )
  }
}

/** Slices that are judged by how long the service is down in them, in ms. */
function slicesOf({ body: { accounting } }: Stand) {
  if (typeof accounting !== 'object' || !('bad-when' in accounting)) return undefined
  const down = accounting['bad-when'].filter(({ operand }) => operand === 'down')
  return { length: accounting.slices, limits: down.map(({ limit: { part, of } }) => Math.floor(part / of)) }
}

function* severityLogs(bench: Bench, broken: Stand, kept: Stand, window: Bound): Iterable<Candidate> {
  for (const severity of ['degraded', 'partial'] as const) {
    const [own, its] = [broken.body[severity], kept.body[severity]]
    if (own === its) continue
    const shares = own === 'affected' || its === 'affected' ? ['100%', '0%', '50%', '10%'] : ['']
    const weight = own === undefined || own === 'affected' || own.part === 0 ? 1 : own.part / own.of
    for (const affected of shares) {
      const ms = beyond(Math.ceil(window.most / weight), window.service)
      const pieces = piecesIn(window, broken, { ms })
      if (pieces === undefined) continue
      const cells = { severity, ...(affected !== '' && { affected }) }
      yield bench.log(
        window,
        pieces.map(at => bench.outage(at, cells)),
        `${severity}: ${told(pieces)}`,
      )
    }
  }
}

/** Outages that are noticed, or reported, only when they are over. */
function* stampLogs(bench: Bench, broken: Stand, kept: Stand, window: Bound): Iterable<Candidate> {
  if (broken.body.from === kept.body.from) return
  const pieces = piecesIn(window, broken)
  if (pieces === undefined) return
  for (const late of [['detected_at', 'reported_at'], ['reported_at'], ['detected_at']]) {
    const rows = pieces.map(at => {
      const stamps = { detected_at: bench.instant(at.start), reported_at: bench.instant(at.start) }
      return bench.outage(at, { ...stamps, ...Object.fromEntries(late.map(name => [name, bench.instant(at.end)])) })
    })
    const word = late.map(name => name.replace('_at', '')).join(' and ')
    yield bench.log(window, rows, `${told(pieces)}, ${word} only when over`)
  }
}

/** Outages of another source, or of records that only one of the two looks at. */
function* cellLogs(bench: Bench, broken: Stand, kept: Stand, window: Bound): Iterable<Candidate> {
  const { sources } = kept.body
  const cells: Readonly<Record<string, string>>[] = []
  if (sources !== undefined) {
    const source = broken.body.sources?.find(name => !sources.includes(name)) ?? 'elsewhere'
    cells.push({ source })
  }
  const [own, its] = [broken, kept].map(stand => stand.where ?? [])
  if (its !== undefined && its.length > 0) {
    for (const test of its)
      cells.push({ ...failing([test]), ...fitting(own ?? []) }, { ...fitting(own ?? []), ...failing([test]) })
  }
  const pieces = cells.length === 0 ? undefined : piecesIn(window, broken)
  if (pieces === undefined) return
  for (const one of cells) {
    const words = Object.entries(one).map(([column, cell]) => `${column} ${cell || 'blank'}`)
    yield bench.log(
      window,
      pieces.map(at => bench.outage(at, one)),
      `${told(pieces)}: ${words.join(', ')}`,
    )
  }
}

/** A stretch that no log speaks for. */
function* gapLogs(bench: Bench, broken: Stand, window: Bound): Iterable<Candidate> {
  if (bench.base.body['no-data'] === bench.other.body['no-data']) return
  const gaps = piecesIn(window, broken)
  if (gaps === undefined) return
  // A log of nothing is known to be one of outages by a row.
  const none = bench.outage({ start: window.end - 1, end: window.end - 1 })
  yield bench.log(window, [none], `no data for ${told(gaps, 'stretch').replace('one stretch of ', '')}`, gaps)
}

/** Outages that strike one user only, or twice all of them at once. */
function* userLogs(bench: Bench, broken: Stand, kept: Stand, window: Bound): Iterable<Candidate> {
  const [own, its] = [broken, kept].map(({ body: { accounting } }) =>
    typeof accounting === 'object' && 'users' in accounting ? accounting.users : undefined,
  )
  if (own === its) return
  const pieces = piecesIn(window, broken)
  if (pieces === undefined) return
  for (const users of ['1', String(own ?? its ?? 1)]) {
    yield bench.log(
      window,
      pieces.map(at => bench.outage(at, { users })),
      `${told(pieces)}, ${users} users`,
    )
  }
  const half = own === undefined ? undefined : piecesIn(window, broken, { ms: beyond(window.most / 2, window.service) })
  if (half === undefined) return
  const rows = [...half, ...half.map(({ start, end }) => ({ start: start + MINUTE, end: end + MINUTE }))].map(at =>
    bench.outage(at, { users: String(own) }),
  )
  yield bench.log(window, rows, `two outages at once: ${told(half)}`)
}
