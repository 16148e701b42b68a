import type { Comparison, Row } from '../../model/comparison.ts'
import { type Cell, paragraph, table } from '../layout.ts'
import { clean, displayWidth } from '../printable.ts'
import { grouped } from '../quantities.ts'
import { differencesOf } from './differences.ts'
import { type Group, type Piece, promisePiece, relationPiece } from './grid.ts'
import type { CompareView } from './index.ts'
import { legendOf } from './legend.ts'
import { padded } from './pieces.ts'
import { reasonLines } from './reasons.ts'
import { marks, relationGlyph, tonePaint } from './words.ts'

/** What became of each promise from one version to the next, clause by clause; those that stayed only counted. */
export function changeLines(comparison: Comparison, labels: readonly string[], view: CompareView): readonly string[] {
  const changed = comparison.rows.filter(row => !isUnchanged(row))
  const same = comparison.rows.filter(isUnchanged)
  const { to } = marks(view)
  const title = `From ${labels[0] ?? ''} ${to} ${labels[1] ?? ''}`
  const room = roomOf(changed, comparison, view)
  const subjects = [...new Set(changed.map(({ subject }) => subject))]
  const lines = subjects.flatMap(subject => [
    ...paragraph(
      { text: clean(subject, view), paint: text => view.colour.bold(text) },
      { width: view.width, indent: 2 },
    ),
    ...changed.filter(row => row.subject === subject).flatMap(row => rowLines(row, comparison, view, room)),
  ])
  const names = same.map(({ subject, name }) => (name === subject.toLowerCase() ? name : `${subject}: ${name}`))
  const folded = `${grouped(same.length)} ${same.length === 1 ? 'promise is' : 'promises are'} unchanged: ${names.join('; ')}`
  return [
    ...paragraph({ text: clean(title, view), paint: text => view.colour.bold(text) }, { width: view.width }),
    ...lines,
    ...(same.length === 0
      ? []
      : paragraph(
          { text: clean(folded, view), paint: text => view.colour.dim(text) },
          { width: view.width, indent: 2 },
        )),
    ...table(
      legendOf(withoutBest(comparison), view)
        .filter(([sign]) => sign !== marks(view).none)
        .map(([sign, claim]) => [{ text: sign }, { text: clean(claim, view) }]),
      [{}, { least: 20 }],
      { width: view.width, indent: 2 },
    ),
  ]
}

/** Of two versions the change says which is the better: no sign says it again. */
export function withoutBest(comparison: Comparison): Comparison {
  return {
    ...comparison,
    rows: comparison.rows.map(row => ({ ...row, cells: row.cells.map(({ best, ...cell }) => cell) })),
    envelope: comparison.envelope.map(row => ({ ...row, values: row.values.map(({ best, ...value }) => value) })),
  }
}

/** The rows of worst cases in which something changed, and how many are left out. */
export function changedEnvelope(comparison: Comparison, groups: readonly Group[]) {
  const { envelope } = withoutBest(comparison)
  const changed = new Set(
    envelope
      .filter(({ values: [before, after] }) => JSON.stringify(before) !== JSON.stringify(after))
      .map(({ key }) => key),
  )
  const shown = groups
    .map(({ subject, rows }) => ({ subject, rows: rows.filter(({ key }) => changed.has(key)) }))
    .filter(({ rows }) => rows.length > 0)
  return { shown, folded: envelope.length - changed.size }
}

/** Proven equal, and said in the same words. */
function isUnchanged({ cells: [before, after] }: Row): boolean {
  if (before?.state === 'not-promised' && after?.state === 'not-promised') return true
  const same = before?.text === after?.text && before?.binding === after?.binding
  const vague = before?.state === 'not-auditable' && after?.state === 'not-auditable'
  return same && (vague || (after?.relation === 'equal' && after.searched !== true))
}

/** How wide the columns of relations and of names are, the same in all rows. */
type Room = readonly [relation: number, name: number]

function roomOf(rows: readonly Row[], comparison: Comparison, view: CompareView): Room {
  const widths = rows.map(row =>
    [changeOf(row, comparison, view).text, nameOf(row)].map(text => displayWidth(clean(text, view))),
  )
  const widest = (at: number): number => widths.reduce((most, pair) => Math.max(most, pair[at] ?? 0), 0)
  return [widest(0), Math.min(widest(1), Math.floor(view.width / 3))]
}

/** What became of a promise, as sign and word. */
function changeOf({ cells: [before, after] }: Row, comparison: Comparison, view: CompareView): Piece {
  const relation = after && relationPiece({ ...after, witnesses: [] }, comparison, view)
  const same = after?.relation === 'equal' && after.searched !== true && before?.text !== after.text
  if (relation !== undefined && same) return { ...relation, text: `${relationGlyph('equal', view)} reworded` }
  return relation ?? { text: '', tone: 'plain' }
}

/** `P1 respond (tickets)`. */
function nameOf({ name, cells: [before, after] }: Row): string {
  const clause = after?.clause ?? before?.clause
  return clause === undefined || clause === name ? name : `${name} (${clause})`
}

function rowLines(row: Row, comparison: Comparison, view: CompareView, [first, second]: Room): readonly string[] {
  const [before, after] = row.cells.map(({ best, ...cell }) => cell)
  if (before === undefined || after === undefined) return []
  const { to } = marks(view)
  const change = changeOf(row, comparison, view)
  const paint = tonePaint(change.tone, view)
  const [was, is] = [promisePiece(before, view).text, promisePiece(after, view).text]
  const text =
    after.state === 'not-promised' ? was : before.state === 'not-promised' || was === is ? is : `${was} ${to} ${is}`
  const cells: readonly Cell[] = [
    { text: padded(clean(change.text, view), first), ...(paint !== undefined && { paint }) },
    { text: padded(clean(nameOf(row), view), second) },
    { text: clean(text, view) },
  ]
  const told = differencesOf({ ...comparison, rows: [row] }, view, true)
  return [
    ...table([cells], [{}, { least: second }, { least: 20 }], { width: view.width, indent: 4 }),
    ...told.flatMap(({ rules, logs }) => reasonLines(rules, logs, view, 8)),
  ]
}
