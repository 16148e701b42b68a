import type { Cell, Comparison, EnvelopeValue, ReplayVerdict } from '../../model/comparison.ts'
import { isVersions } from '../../model/labels.ts'
import { KEPT_SPACE } from '../layout.ts'
import { stateGlyph, stateWord } from '../states.ts'
import type { View } from '../view.ts'
import { changeOf } from './changes.ts'
import { instantIn, whenText } from './when.ts'
import { marks, relationGlyph, relationTone, relationWord, type Tone, verdictTone } from './words.ts'

/** A text, not made safe yet, with what it is painted as; `logs`: places in `Comparison.witnesses` that show it. */
export interface Piece {
  readonly text: string
  readonly tone: Tone
  readonly logs?: readonly number[]
}

/** One cell: what is promised, how it stands or where it lies, and notes. `blank`: nothing is promised. */
export interface GridCell {
  readonly main: readonly Piece[]
  readonly side: readonly Piece[]
  readonly notes: readonly string[]
  readonly blank: boolean
}

export interface GridRow {
  readonly key: string
  readonly name: string
  readonly cells: readonly GridCell[]
}

/** Rows of one subject; cells are in the order of the contracts. Any format can lay it out. */
export interface Group {
  readonly subject: string
  readonly rows: readonly GridRow[]
}

/** The promises side by side. */
export function promiseGrid(comparison: Comparison, view: View): readonly Group[] {
  return grouped(comparison.rows, ({ key, name, cells }) => ({
    key,
    name,
    cells: cells.map((cell, at) => promiseCell(cell, at === 0 ? undefined : cells[0], comparison, view)),
  }))
}

/** The worst that each contract permits. */
export function envelopeGrid(comparison: Comparison, view: View): readonly Group[] {
  return grouped(comparison.envelope, ({ key, name, values }) => ({
    key,
    name,
    cells: values.map(value => worstCell(value, comparison.year, view)),
  }))
}

/** The same history under each contract. */
export function replayGrid({ replay = [] }: Comparison, view: View): readonly Group[] {
  return grouped(replay, ({ key, name, verdicts }) => ({
    key,
    name,
    cells: verdicts.map(verdict => verdictCell(verdict, view)),
  }))
}

/**
 * How a cell stands to the base's, as sign and word: `↓ weaker (searched)`. Of two versions what became of the promise,
 * also of what is no promise: `→ changed`.
 */
export function relationPiece(
  cell: Cell,
  base: Cell | undefined,
  comparison: Comparison,
  view: View,
): Piece | undefined {
  const { relation, searched, witnesses } = cell
  const change = isVersions(comparison.contracts) && base !== undefined ? changeOf(base, cell) : undefined
  if (relation === undefined) {
    if (change === undefined || change.word === 'unchanged') return undefined
    return { text: `${marks(view).changed} ${change.word}`, tone: 'doubt' }
  }
  const shown = change?.relation ?? relation
  const word = `${relationGlyph(shown, view)} ${change?.word ?? relationWord(relation, comparison)}`
  return {
    text: searched === true ? `${word} (searched)` : word,
    tone: relationTone(shown),
    ...(witnesses.length > 0 && { logs: witnesses }),
  }
}

/** The promise of a cell with the signs that say what it is worth. */
export function promisePiece(cell: Cell, view: View): Piece {
  const { best, none, vague, objective } = marks(view)
  if (cell.state === 'not-promised') return { text: none, tone: 'dim' }
  // No sign stands on a line of its own.
  const binds = cell.binding === 'objective' ? `${objective}${KEPT_SPACE}` : ''
  if (cell.state === 'not-auditable') return { text: `${binds}${vague}${KEPT_SPACE}${cell.text}`, tone: 'doubt' }
  return cell.best === true
    ? { text: `${binds}${cell.text}${KEPT_SPACE}${best}`, tone: 'good' }
    : { text: `${binds}${cell.text}`, tone: 'plain' }
}

// What the relation says in a word already.
const SAID = new Set(['only the base promises it', 'the base does not promise it'])

function promiseCell(cell: Cell, base: Cell | undefined, comparison: Comparison, view: View): GridCell {
  const relation = relationPiece(cell, base, comparison, view)
  // Why one promise isn't the other is told at length elsewhere.
  const told = cell.relation !== undefined && cell.relation !== 'added' && cell.relation !== 'missing'
  return {
    main: [promisePiece(cell, view)],
    side: relation === undefined ? [] : [relation],
    notes: told ? assumed(cell) : cell.rules.filter(rule => !SAID.has(rule)),
    blank: cell.state === 'not-promised',
  }
}

/** What names are taken to mean; of promises that are equal nothing else is told at length. */
function assumed({ relation, rules }: Cell): readonly string[] {
  return relation === 'equal' ? rules.filter(rule => /\btaken (?:for|alike)\b/.test(rule)) : []
}

/** What an envelope says where a contract promises nothing. */
const NOTHING = 'not promised'

function worstCell({ ms, text, at, beside, notes, best }: EnvelopeValue, year: number, view: View): GridCell {
  const signs = marks(view)
  if (ms === undefined && text === NOTHING && notes.length === 0) {
    return { main: [{ text: signs.none, tone: 'dim' }], side: [], notes, blank: true }
  }
  const tone: Tone = best === true ? 'good' : ms === undefined ? 'doubt' : 'plain'
  const more = beside === undefined ? [] : [{ text: `+ ${beside.replace(/^and /, '')}`, tone: 'doubt' as const }]
  return {
    main: [{ text: best === true ? `${text}${KEPT_SPACE}${signs.best}` : text, tone }, ...more],
    side: at === undefined ? [] : [{ text: whenText(view.zone, at, year), tone: 'dim' }],
    // What another note says as well, and more, is said once.
    notes: notes.filter(note => !notes.some(other => other !== note && other.startsWith(note))),
    blank: false,
  }
}

function verdictCell(verdict: ReplayVerdict | undefined, view: View): GridCell {
  if (verdict === undefined) {
    return { main: [{ text: marks(view).none, tone: 'dim' }], side: [], notes: [], blank: true }
  }
  const { status, breached, judged, first, worst } = verdict
  const count = breached > 0 && judged > 1 ? ` ${breached} of ${judged}` : ''
  const side: Piece[] = []
  if (worst !== undefined) side.push({ text: judged > 1 ? `worst ${worst}` : worst, tone: 'plain' })
  if (first !== undefined) {
    side.push({ text: `from ${instantIn(view.zone, first)}`, tone: 'dim' })
  }
  const word = `${stateGlyph(status, view)} ${stateWord(status)}${count}`
  return { main: [{ text: word, tone: verdictTone(status) }], side, notes: [], blank: false }
}

function grouped<T extends { readonly subject: string }>(
  list: readonly T[],
  row: (item: T) => GridRow,
): readonly Group[] {
  const groups = new Map<string, GridRow[]>()
  for (const item of list) {
    const rows = groups.get(item.subject) ?? []
    rows.push(row(item))
    groups.set(item.subject, rows)
  }
  return [...groups].map(([subject, rows]) => ({ subject, rows }))
}
