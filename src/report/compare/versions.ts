import type { Comparison, Row } from '../../model/comparison.ts'
import { labelsOf } from '../../model/labels.ts'
import { type Cell, paragraph, table } from '../layout.ts'
import { clean, displayWidth } from '../printable.ts'
import { changesOf, unchangedText } from './changes.ts'
import { differencesOf } from './differences.ts'
import { type Piece, promisePiece, relationPiece } from './grid.ts'
import type { CompareView } from './index.ts'
import { legendOf } from './legend.ts'
import { padded } from './pieces.ts'
import { reasonLines } from './reasons.ts'
import { marks, tonePaint } from './words.ts'

/** What became of each promise from one version to the next, clause by clause; those that stayed only counted. */
export function changeLines(comparison: Comparison, labels: readonly string[], view: CompareView): readonly string[] {
  const { changed, same } = changesOf(comparison)
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
  const folded = `${unchangedText(same.length, 'promise')}: ${namesOf(same)}`
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
      legendOf({ ...comparison, rows: changed }, view)
        .filter(([sign]) => sign !== marks(view).none)
        .map(([sign, claim]) => [{ text: sign }, { text: clean(claim, view) }]),
      [{}, { least: 20 }],
      { width: view.width, indent: 2 },
    ),
  ]
}

/** `availability; Support: P1 respond, P2 respond`. */
function namesOf(rows: readonly Row[]): string {
  const names = new Map<string, string[]>()
  for (const { subject, name } of rows) {
    const group = name === subject.toLowerCase() ? '' : subject
    names.set(group, [...(names.get(group) ?? []), name])
  }
  return [...names].map(([subject, list]) => (subject === '' ? '' : `${subject}: `) + list.join(', ')).join('; ')
}

/** How wide the columns of relations and of names are, the same in all rows. */
type Room = readonly [relation: number, name: number]

function roomOf(rows: readonly Row[], comparison: Comparison, view: CompareView): Room {
  // What was only searched says so beyond its column.
  const widths = rows.map(({ cells: [before, after], ...row }) => {
    const { searched, ...plain } = after ?? NOTHING
    const cells = before === undefined ? [] : [before, plain]
    return [pieceOf({ ...row, cells }, comparison, view).text, nameOf({ ...row, cells }, view)].map(text =>
      displayWidth(clean(text, view)),
    )
  })
  const widest = (at: number): number => widths.reduce((most, pair) => Math.max(most, pair[at] ?? 0), 0)
  return [widest(0), Math.min(widest(1), Math.floor(view.width / 3))]
}

const NOTHING: Row['cells'][number] = { state: 'not-promised', text: '', rules: [], witnesses: [] }

/** What became of a promise, as sign and word. */
function pieceOf({ cells: [before, after] }: Row, comparison: Comparison, view: CompareView): Piece {
  const change = after && relationPiece({ ...after, witnesses: [] }, before, comparison, view)
  return change ?? { text: '', tone: 'plain' }
}

/** `P1 respond (tickets)`; a clause that has another name now with both. */
function nameOf({ name, cells: [before, after] }: Row, view: CompareView): string {
  const [was, is] = [before?.clause, after?.clause]
  const clause = was !== undefined && is !== undefined && was !== is ? `${was} ${marks(view).to} ${is}` : (is ?? was)
  return clause === undefined || clause === name ? name : `${name} (${clause})`
}

function rowLines(row: Row, comparison: Comparison, view: CompareView, [first, second]: Room): readonly string[] {
  const [before, after] = row.cells.map(({ best, ...cell }) => cell)
  if (before === undefined || after === undefined) return []
  const change = pieceOf(row, comparison, view)
  const paint = tonePaint(change.tone, view)
  const [was, is] = [before, after].map(cell => (cell.state === 'not-promised' ? '' : promisePiece(cell, view).text))
  const texts = was === is ? [is] : [was, is]
  const inLine = clean(texts.filter(Boolean).join(` ${marks(view).to} `), view)
  const sign = padded(clean(change.text, view), first)
  // What goes beyond its column takes from the room of the next one.
  const name = padded(clean(nameOf(row, view), view), second + first - displayWidth(sign))
  const fits = 4 + [sign, name, inLine].reduce((sum, text) => sum + displayWidth(text) + 2, -2) <= view.width
  const cells: readonly Cell[] = [
    { text: sign, ...(paint !== undefined && { paint }) },
    { text: fits ? name : clean(nameOf(row, view), view) },
    { text: fits ? inLine : '' },
  ]
  const told = differencesOf({ ...comparison, rows: [row] }, view, true).filter(
    ({ cell }) => cell.relation !== 'equal' || was !== is,
  )
  return [
    ...table([cells], [{}, { least: 16 }, {}], { width: view.width, indent: 4 }),
    ...(fits ? [] : sayingLines(texts, comparison, view)),
    ...told.flatMap(({ rules, logs }) => reasonLines(rules, logs, view, 8)),
  ]
}

/** What each version says, one below the other; what only one says, or both, without their names. */
function sayingLines(texts: readonly (string | undefined)[], { contracts }: Comparison, view: CompareView) {
  const alone = texts.filter(Boolean).length === 1
  const labels = labelsOf(contracts)
  const rows = texts.flatMap((text, at) =>
    text ? [[{ text: alone ? '' : clean(labels[at] ?? '', view) }, { text: clean(text, view) }]] : [],
  )
  return table(rows, [{ least: 8 }, { least: 20 }], { width: view.width, indent: 8 })
}
