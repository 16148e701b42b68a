import type { Comparison } from '../../model/comparison.ts'
import { isVersions, labelsOf } from '../../model/labels.ts'
import { type Cell, paragraph, sides, table } from '../layout.ts'
import { clean, cutStart, displayWidth, unheeded, wrap } from '../printable.ts'
import { grouped } from '../quantities.ts'
import { shellWord } from '../shell.ts'
import { type Page, symbols } from '../view.ts'
import { countsOf, type Difference, differencesOf } from './differences.ts'
import { footnotes } from './footnotes.ts'
import { envelopeGrid, type Group, promiseGrid, relationPiece, replayGrid } from './grid.ts'
import type { CompareView } from './index.ts'
import { legendOf } from './legend.ts'
import { matrixLines } from './matrix.ts'
import { titleOf } from './names.ts'
import { reasonLines } from './reasons.ts'
import { sidewaysLines } from './sideways.ts'
import { changedEnvelope, changeLines, withoutBest } from './versions.ts'
import { relationGlyph, relationTone, tonePaint } from './words.ts'

/**
 * A comparison for people: the promises side by side, or below each other where they don't fit, the worst that each
 * permits, why promises differ and which logs show it, and how many stand how to the base's.
 */
export function renderComparison(comparison: Comparison, view: CompareView): string {
  const labels = labelsOf(comparison.contracts)
  const blocks = view.quiet
    ? [headLines(comparison, labels, view)]
    : [
        headLines(comparison, labels, view),
        isVersions(comparison.contracts)
          ? changeLines(comparison, labels, view)
          : [...section('', promiseGrid(comparison, view), labels, view), ...legendLines(comparison, view)],
        worstBlock(comparison, labels, view),
        section('The same history under each', replayGrid(comparison, view), labels, view),
        isVersions(comparison.contracts) ? [] : differenceLines(comparison, labels, view),
      ]
  const end = [...totalLines(comparison, labels, view), ...hintLines(comparison, view)]
  const shown = [...blocks, end].filter(lines => lines.length > 0)
  return `${unheeded(shown.map(lines => lines.join('\n')).join('\n\n'))}\n`
}

function headLines(comparison: Comparison, labels: readonly string[], view: CompareView): readonly string[] {
  const { contracts, year } = comparison
  const [base] = contracts
  const { dot } = symbols(view)
  const what = isVersions(comparison.contracts)
    ? `${base?.id ?? ''}: two versions`
    : `${grouped(contracts.length)} contracts`
  const rows = contracts.map((contract, i): readonly Cell[] => [
    { text: clean(labels[i] ?? '', view), paint: text => view.colour.bold(text) },
    { text: clean(titleOf(contract, labels[i] ?? ''), view) },
    { text: cutStart(clean(shortPath(contract.file, view.width / 4), view), Math.floor(view.width / 2), view) },
  ])
  const zones = new Set(contracts.map(({ timezone }) => timezone))
  const zone = `${zones.size > 1 ? 'shown in ' : ''}${base?.timezone ?? ''}`
  const against = isVersions(comparison.contracts)
    ? ''
    : ` ${dot} ${base?.kind === 'Baseline' ? 'baseline' : 'base'} ${labels[0] ?? ''}`
  return [
    ...sides(
      { text: clean(`Comparison ${dot} ${what}`, view), paint: text => view.colour.bold(text) },
      { text: clean(`${year}${against} ${dot} ${zone}`, view) },
      view.width,
    ),
    ...table(rows, [{ least: 8 }, { least: 16 }, { least: 16 }], { width: view.width, indent: 2 }),
  ]
}

/** As many last parts of a path as there is room for, at least its name. */
function shortPath(file: string, room: number): string {
  const parts = file.split('/')
  let shown = parts.at(-1) ?? file
  for (const part of parts.slice(0, -1).reverse()) {
    if (shown.length + part.length + 3 > room) return `…/${shown}`
    shown = `${part}/${shown}`
  }
  return shown
}

function worstBlock(comparison: Comparison, labels: readonly string[], view: CompareView): readonly string[] {
  const groups = envelopeGrid(isVersions(comparison.contracts) ? withoutBest(comparison) : comparison, view)
  const title = `The worst that each permits in ${comparison.year} without a breach`
  if (!isVersions(comparison.contracts)) return section(title, groups, labels, view)
  const { shown, folded } = changedEnvelope(comparison, groups)
  const rest =
    folded === 0 ? [] : [`  ${grouped(folded)} other ${folded === 1 ? 'figure is' : 'figures are'} unchanged`]
  return [...section(title, shown, labels, view), ...rest.map(text => view.colour.dim(text))]
}

/** A grid the way it fits, with its notes below. */
function section(title: string, groups: readonly Group[], labels: readonly string[], view: CompareView) {
  if (groups.length === 0) return []
  const notes = footnotes()
  const lines = matrixLines(groups, labels, view, notes) ?? [...sidewaysLines(groups, labels, view, notes), '']
  const head = title === '' ? [] : paragraph(bold(title, view), { width: view.width })
  return [...head, ...lines, ...noteLines(notes.list(), view)]
}

function noteLines(list: readonly (readonly [string, string])[], view: Page): readonly string[] {
  const rows = list.map(([sign, text]) => [{ text: sign }, { text: clean(text, view) }])
  return table(rows, [{}, { least: 20 }], { width: view.width, indent: 2 })
}

function legendLines(comparison: Comparison, view: CompareView): readonly string[] {
  return noteLines(legendOf(comparison, view), view)
}

/** Why promises differ, promise by promise, and the logs that show it. */
function differenceLines(comparison: Comparison, labels: readonly string[], view: CompareView): readonly string[] {
  const list = differencesOf(comparison, view, view.verbose > 0)
  if (list.length === 0) return []
  const lines = list.flatMap((one, i) => {
    const head = { text: clean(`${one.subject}: ${one.name}`, view) }
    const place = { width: view.width, indent: 2 }
    return [
      ...(list[i - 1]?.key === one.key ? [] : paragraph(head, place)),
      ...differenceBlock(one, comparison, labels, view),
    ]
  })
  return [...paragraph(bold(`Why, against ${labels[0] ?? ''}`, view), { width: view.width }), ...lines]
}

function differenceBlock(
  { cell, contract, rules, logs }: Difference,
  comparison: Comparison,
  labels: readonly string[],
  view: CompareView,
): readonly string[] {
  const relation = relationPiece({ ...cell, witnesses: [] }, comparison, view)
  const paint = relation === undefined ? undefined : tonePaint(relation.tone, view)
  const { clause = '', span } = cell
  const place = span === undefined ? clause : `${clause} ${span.file}:${span.line}`
  const row: readonly Cell[] = [
    { text: clean(labels[contract] ?? '', view) },
    { text: clean(relation?.text ?? '', view), ...(paint !== undefined && { paint }) },
    { text: view.verbose > 0 ? clean(place, view) : '' },
  ]
  return [
    ...table([row], [{ least: 8 }, { least: 12 }, { least: 16 }], { width: view.width, indent: 4 }),
    ...reasonLines(rules, logs, view, 6),
  ]
}

/** How many promises of each stand how to the base's: the last thing that is read. */
function totalLines(comparison: Comparison, labels: readonly string[], view: CompareView): readonly string[] {
  const names = labels.map(label => clean(label, view))
  const others = names.slice(1)
  const width = Math.min(Math.max(...others.map(displayWidth)), Math.floor(view.width / 3))
  const lines = others.flatMap((name, i) => {
    const [first = '', ...rest] = wrap(name, width)
    const counts = countLines(comparison, i + 1, view.width - width - 4, view)
    const pad = ' '.repeat(width - displayWidth(first) + 2)
    return [
      `  ${view.colour.bold(first)}${pad}${counts[0] ?? ''}`,
      ...rest.map(line => `  ${view.colour.bold(line)}`),
      ...counts.slice(1).map(line => ' '.repeat(width + 4) + line),
    ]
  })
  return [...paragraph(bold(`Against ${labels[0] ?? ''}`, view), { width: view.width }), ...lines]
}

/** As many counts on a line as there is room for, none of them broken. */
function countLines(comparison: Comparison, contract: number, room: number, view: CompareView): readonly string[] {
  const lines: string[] = []
  let used = room
  for (const { relation, text } of countsOf(comparison, contract)) {
    const said = `${relationGlyph(relation, view)} ${text}`
    const shown = tonePaint(relationTone(relation), view)?.(said) ?? said
    if (used + 2 + said.length <= room) {
      lines.push(`${lines.pop() ?? ''}  ${shown}`)
      used += 2 + said.length
    } else {
      lines.push(shown)
      used = said.length
    }
  }
  return lines.length === 0 ? ['nothing promised in either'] : lines
}

function hintLines({ witnesses }: Comparison, view: CompareView): readonly string[] {
  if (witnesses.length === 0 || view.quiet) return []
  const count = `${grouped(witnesses.length)} ${witnesses.length === 1 ? 'log' : 'logs'}`
  const text =
    view.witnesses === undefined
      ? `${count} judged by sla audit: --witness DIR writes them, with the commands that repeat it`
      : `${count} and the commands that judge them: ${shellWord(`${view.witnesses.replace(/\/+$/, '')}/README.md`)}`
  return paragraph({ text: clean(text, view), paint: line => view.colour.dim(line) }, { width: view.width })
}

function bold(text: string, view: Page): Cell {
  return { text: clean(text, view), paint: line => view.colour.bold(line) }
}
