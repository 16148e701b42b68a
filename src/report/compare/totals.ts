import type { Comparison, Envelope } from '../../model/comparison.ts'
import { isVersions } from '../../model/labels.ts'
import { paragraph } from '../layout.ts'
import { clean, displayWidth, wrap } from '../printable.ts'
import { grouped } from '../quantities.ts'
import type { View } from '../view.ts'
import { countsOf } from './differences.ts'
import type { Piece } from './grid.ts'
import { historyPiece } from './history.ts'
import type { CompareView } from './index.ts'
import { marks, relationGlyph, relationTone, tonePaint } from './words.ts'

/**
 * What is read first, contract by contract: how many of its promises stand how to the base's, in how many rows it is the
 * best, what a history breaks, and the downtime that it permits.
 */
export function summaryLines(comparison: Comparison, labels: readonly string[], view: CompareView): readonly string[] {
  const alone = isVersions(comparison.contracts)
  const worst = alone ? undefined : comparison.envelope.find(({ key }) => key === 'downtime/year')
  return block(comparison, labels, view, at => {
    const counts = at === 0 ? basePieces(comparison) : countPieces(comparison, at, view)
    const best = bestPieces(comparison, at, view)
    return [
      [...counts, ...best],
      ...(comparison.replay === undefined ? [] : [[historyPiece(comparison, at, view)]]),
      ...(worst === undefined ? [] : [[worstPiece(worst, at)]]),
    ]
  })
}

/** How many promises of each stand how to the base's. */
export function totalLines(comparison: Comparison, labels: readonly string[], view: CompareView): readonly string[] {
  return block(comparison, labels, view, at => (at === 0 ? [] : [countPieces(comparison, at, view)]))
}

/** The lines of each contract beside its name; those that have none are left out. */
function block(
  { contracts }: Comparison,
  labels: readonly string[],
  view: CompareView,
  told: (contract: number) => readonly (readonly Piece[])[],
): readonly string[] {
  const names = labels.map(label => clean(label, view))
  const blocks = contracts.map((_, at) => told(at).filter(pieces => pieces.length > 0))
  const shown = names.filter((_, at) => (blocks[at]?.length ?? 0) > 0)
  const width = Math.min(Math.max(0, ...shown.map(displayWidth)), Math.floor(view.width / 3))
  const room = view.width - width - 4
  const bold = (text: string): string => view.colour.bold(text)
  const lines = blocks.flatMap((pieces, at) => {
    if (pieces.length === 0) return []
    const name = wrap(names[at] ?? '', width)
    const texts = pieces.flatMap(list => flowed(list, room, view))
    return Array.from({ length: Math.max(name.length, texts.length) }, (_, y) => {
      const own = name[y] ?? ''
      const text = texts[y] ?? ''
      if (text === '') return `  ${bold(own)}`
      return `  ${own === '' ? '' : bold(own)}${' '.repeat(width - displayWidth(own) + 2)}${text}`
    })
  })
  const title = { text: clean(`Against ${labels[0] ?? ''}`, view), paint: bold }
  return [...paragraph(title, { width: view.width }), ...lines]
}

/** As many pieces on a line as there is room for; one that is longer than a line goes on on the next. */
function flowed(pieces: readonly Piece[], room: number, view: CompareView): readonly string[] {
  const lines: string[] = []
  let used = room
  for (const { text, tone } of pieces) {
    const paint = tonePaint(tone, view)
    const parts = wrap(clean(text, view), room)
    const [only = ''] = parts
    if (parts.length === 1 && used + 2 + displayWidth(only) <= room) {
      lines.push(`${lines.pop() ?? ''}  ${paint?.(only) ?? only}`)
      used += 2 + displayWidth(only)
      continue
    }
    lines.push(...parts.map(part => paint?.(part) ?? part))
    used = displayWidth(parts.at(-1) ?? '')
  }
  return lines
}

function basePieces({ contracts, replay }: Comparison): readonly Piece[] {
  // Of two versions the base has nothing to be told but its history.
  if (isVersions(contracts)) return []
  const text = contracts[0]?.kind === 'Baseline' ? 'the baseline' : 'the base'
  return contracts.length > 2 || replay !== undefined ? [{ text, tone: 'dim' }] : []
}

function countPieces(comparison: Comparison, at: number, view: CompareView): readonly Piece[] {
  const counts = countsOf(comparison, at).map(
    ({ relation, text }): Piece => ({
      text: `${relationGlyph(relation, view)} ${text}`,
      tone: relationTone(relation),
    }),
  )
  return counts.length === 0 ? [{ text: 'nothing promised in either', tone: 'plain' }] : counts
}

/** In how many rows a contract is the best: one piece, none where it is in none. */
export function bestPieces({ rows }: Comparison, at: number, view: View): readonly Piece[] {
  const count = rows.filter(({ cells }) => cells[at]?.best === true).length
  if (count === 0) return []
  const text = `${marks(view).best} best in ${grouped(count)} ${count === 1 ? 'row' : 'rows'}`
  return [{ text, tone: 'good' }]
}

function worstPiece({ name, values }: Envelope, at: number): Piece {
  const { text = '', beside, notes = [] } = values[at] ?? {}
  const more = beside === undefined ? '' : ` + ${beside.replace(/^and /, '')}`
  const said = notes.length === 0 ? '' : ` (${notes.join('; ')})`
  return { text: `${name}: ${text}${more}${said}`, tone: 'plain' }
}
