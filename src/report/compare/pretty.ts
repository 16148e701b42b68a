import type { Comparison } from '../../model/comparison.ts'
import { isVersions, labelsOf } from '../../model/labels.ts'
import { type Cell, paragraph, sides, table } from '../layout.ts'
import { clean, cutStart, unheeded } from '../printable.ts'
import { grouped } from '../quantities.ts'
import { shellWord } from '../shell.ts'
import { type Page, symbols, type View } from '../view.ts'
import { changedEnvelope, unchangedText } from './changes.ts'
import { type Difference, differencesOf } from './differences.ts'
import { differing, leftOutText, onlyText } from './different.ts'
import { footnotes } from './footnotes.ts'
import { envelopeGrid, type Group, promiseGrid, relationPiece, replayGrid } from './grid.ts'
import type { CompareView } from './index.ts'
import { inputText, judgedOnText } from './judged-on.ts'
import { legendOf } from './legend.ts'
import { matrixLines } from './matrix.ts'
import { fullName, titleOf } from './names.ts'
import { reasonLines } from './reasons.ts'
import { sidewaysLines } from './sideways.ts'
import { summaryLines, totalLines } from './totals.ts'
import { changeLines } from './versions.ts'
import { tonePaint } from './words.ts'

/**
 * A comparison for people: of three or more contracts how each stands, the promises side by side, or below each other
 * where they don't fit, the worst that each permits, why promises differ and which logs show it. `quiet`: how they stand.
 */
export function renderComparison(comparison: Comparison, view: CompareView): string {
  const listed = differing(comparison, view)
  const labels = labelsOf(comparison.contracts)
  const alone = isVersions(comparison.contracts)
  const head = headLines(comparison, labels, view)
  const summary = summaryLines(comparison, labels, view)
  const isLong = comparison.contracts.length > 2
  const blocks = view.quiet
    ? [head, summary]
    : [
        head,
        isLong ? summary : [],
        alone
          ? changeLines(comparison, labels, view)
          : [
              ...section('', promiseGrid(listed, view), labels, view),
              ...dimLines(leftOutText(listed), view),
              ...legendLines(listed, view),
            ],
        worstBlock(comparison, labels, view),
        historyBlock(listed, labels, view),
        alone ? [] : differenceLines(listed, labels, view),
        [...(isLong ? totalLines(comparison, labels, view) : summary), ...hintLines(comparison, view)],
      ]
  const shown = blocks.filter(lines => lines.length > 0)
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
  const only = onlyText(comparison)
  const zones = new Set(contracts.map(({ timezone }) => timezone))
  const zone = `${zones.size > 1 ? 'shown in ' : ''}${base?.timezone ?? ''}`
  const against = isVersions(comparison.contracts)
    ? ''
    : ` ${dot} ${base?.kind === 'Baseline' ? 'baseline' : 'base'} ${labels[0] ?? ''}`
  return [
    ...sides(
      { text: clean(`Comparison ${dot} ${what}`, view), paint: text => view.colour.bold(text) },
      { text: clean(`${year}${only === '' ? '' : `, ${only}`}${against} ${dot} ${zone}`, view) },
      view.width,
    ),
    ...table(rows, [{ least: 8 }, { least: 16 }, { least: 16 }], { width: view.width, indent: 2 }),
    ...judgedOn(comparison, view),
  ]
}

/** What the verdicts on a history rest on: without it a count of broken promises says nothing. */
function judgedOn(comparison: Comparison, view: View): readonly string[] {
  const text = judgedOnText(comparison, view)
  return text === '' ? [] : dimLines(`history: ${text}`, view)
}

function historyBlock(comparison: Comparison, labels: readonly string[], view: CompareView): readonly string[] {
  const lines = section('The same history under each', replayGrid(comparison, view), labels, view)
  const { inputs = [] } = comparison.history ?? {}
  return [...lines, ...inputs.flatMap(input => dimLines(inputText(input, view.verbose > 0), view))]
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
  const groups = envelopeGrid(comparison, view)
  const title = `The worst that each permits in ${comparison.year} without a breach`
  if (!isVersions(comparison.contracts)) return section(title, groups, labels, view)
  const { shown, folded } = changedEnvelope(comparison, groups)
  if (folded === 0) return section(title, shown, labels, view)
  const text = unchangedText(folded, shown.length === 0 ? 'figure' : 'other figure')
  const head = shown.length === 0 ? paragraph(bold(title, view), { width: view.width }) : []
  return [...head, ...section(title, shown, labels, view), ...dimLines(text, view)]
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
    const head = { text: clean(fullName(one.subject, one.name), view) }
    const place = { width: view.width, indent: 2 }
    return [
      ...(list[i - 1]?.key === one.key ? [] : paragraph(head, place)),
      ...differenceBlock(one, comparison, labels, view),
    ]
  })
  return [...paragraph(bold(`Why, against ${labels[0] ?? ''}`, view), { width: view.width }), ...lines]
}

function differenceBlock(
  { cell, base, contract, rules, logs }: Difference,
  comparison: Comparison,
  labels: readonly string[],
  view: CompareView,
): readonly string[] {
  const relation = relationPiece({ ...cell, witnesses: [] }, base, comparison, view)
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

function hintLines({ witnesses }: Comparison, view: CompareView): readonly string[] {
  if (witnesses.length === 0 || view.quiet) return []
  const count = `${grouped(witnesses.length)} ${witnesses.length === 1 ? 'log' : 'logs'}`
  const text =
    view.witnesses === undefined
      ? `${count} judged by sla audit: --witness DIR writes them, with the commands that repeat it`
      : `${count} and the commands that judge them: ${shellWord(`${view.witnesses.replace(/\/+$/, '')}/README.md`)}`
  return dimLines(text, view, 0)
}

function dimLines(text: string, view: Page, indent = 2): readonly string[] {
  if (text === '') return []
  return paragraph({ text: clean(text, view), paint: line => view.colour.dim(line) }, { width: view.width, indent })
}

function bold(text: string, view: Page): Cell {
  return { text: clean(text, view), paint: line => view.colour.bold(line) }
}
