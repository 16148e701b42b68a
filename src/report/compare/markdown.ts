import type { Comparison } from '../../model/comparison.ts'
import { isVersions, labelsOf } from '../../model/labels.ts'
import { commentTag } from '../markdown.ts'
import { escapeMarkdown, markdownCode } from '../markdown-escape.ts'
import { folded, markdownView, short, warningLine } from '../markdown-parts.ts'
import { unheeded } from '../printable.ts'
import { grouped } from '../quantities.ts'
import type { View } from '../view.ts'
import { changedEnvelope, changesOf, unchangedText } from './changes.ts'
import { countsOf, type Difference, differencesOf } from './differences.ts'
import { differing, leftOutText, onlyText } from './different.ts'
import { envelopeGrid, type GridCell, type Group, type Piece, promiseGrid, relationPiece, replayGrid } from './grid.ts'
import { historyPiece } from './history.ts'
import type { CompareView } from './index.ts'
import { inputText, judgedOnText } from './judged-on.ts'
import { legendOf } from './legend.ts'
import { fullName, titleOf } from './names.ts'
import { bestPieces } from './totals.ts'

/**
 * A comment on a pull request: how many promises stand how, the matrix, the worst cases, and to unfold why promises
 * differ. At most 60,000 characters (GitHub takes 65,536); what is left out is counted.
 */
export function renderComparisonMarkdown(comparison: Comparison, view: CompareView): string {
  const listed = differing(comparison, view)
  const page = markdownView(view)
  const labels = labelsOf(comparison.contracts)
  const differences = differencesOf(listed, { ...view, ...page }).map(one =>
    differenceItem(one, comparison, labels, page),
  )
  // Of two versions only what changed is shown, the rest is counted.
  const alone = isVersions(comparison.contracts)
  const told = alone ? { ...comparison, rows: changesOf(comparison).changed } : listed
  const grid = envelopeGrid(comparison, page)
  const figures = alone ? changedEnvelope(comparison, grid) : { shown: grid, folded: 0 }
  const warnings = comparison.warnings.map(warning => warningLine(warning, page))
  const worst = `**The worst that each permits in ${comparison.year} without a breach**\n\n`
  const parts = [
    headText(comparison, labels, page),
    tableText('', promiseGrid(told, page), labels, MOST_TABLE),
    alone ? unchangedLine(comparison.rows.length - told.rows.length, 'promise') : italic(leftOutText(listed)),
    legendText(told, page),
    tableText(worst, figures.shown, labels, MOST_TABLE),
    unchangedLine(figures.folded, 'figure'),
    tableText('**The same history under each**\n\n', replayGrid(listed, page), labels, MOST_LIST),
    folded(...historyFiles(comparison)),
    folded('Why promises differ', fitting(differences, MOST_LIST), differences.length),
    folded(
      `${grouped(warnings.length)} ${warnings.length === 1 ? 'warning' : 'warnings'}`,
      fitting(warnings, MOST_WARNINGS),
      warnings.length,
    ),
  ]
  return unheeded(parts.join(''))
}

/** What was judged, to unfold. */
function historyFiles({ history }: Comparison): Parameters<typeof folded> {
  const files = (history?.inputs ?? []).map(input => `- ${escapeMarkdown(short(inputText(input, true)))}\n`)
  return [
    `History: ${grouped(files.length)} ${files.length === 1 ? 'file' : 'files'}`,
    fitting(files, MOST_WARNINGS),
    files.length,
  ]
}

const MOST_TABLE = 18_000
const MOST_LIST = 9_000
const MOST_WARNINGS = 4_000
const MOST_CONTRACTS = 50

function headText(comparison: Comparison, labels: readonly string[], view: View): string {
  const { contracts, year } = comparison
  const only = onlyText(comparison)
  const names = labels.map(label => escapeMarkdown(short(label)))
  const [base = ''] = names
  const title = isVersions(comparison.contracts)
    ? `${escapeMarkdown(short(contracts[0]?.id ?? ''))}: ${names.join(' → ')}`
    : `${names.slice(1, MOST_CONTRACTS).join(', ')} against ${base}`
  const lines = contracts.slice(0, MOST_CONTRACTS).map((contract, i) => {
    const base = contract.kind === 'Baseline' ? 'the baseline' : 'the base'
    const counts = i === 0 ? [base] : countsOf(comparison, i).map(({ text }) => text)
    const best = bestPieces(comparison, i, view).map(({ text }) => text)
    const history = comparison.replay === undefined ? [] : [historyPiece(comparison, i, view).text]
    const said = [counts.join(', ') || 'nothing promised in either', ...best, ...history].map(text =>
      escapeMarkdown(short(text)),
    )
    const title = escapeMarkdown(short(titleOf(contract, labels[i] ?? '')))
    const name = `**${names[i]}** ${title} (${markdownCode(short(contract.file))})`
    return `- ${name}: ${said.join(' · ')}\n`
  })
  const judged = judgedOnText(comparison, view)
  const on = judged === '' ? '' : `\n_History: ${escapeMarkdown(short(judged))}._\n`
  const tag = commentTag(
    `compare:${contracts
      .slice(0, MOST_CONTRACTS)
      .map(({ id }) => short(id))
      .join(',')}${only === '' ? '' : `:${short(only)}`}`,
  )
  return `${tag}\n### Comparison for ${year}${only === '' ? '' : `, ${escapeMarkdown(short(only))}`}: ${title}\n\n${lines.join('')}${on}\n`
}

function unchangedLine(count: number, what: string): string {
  return count === 0 ? '' : italic(unchangedText(count, what))
}

function italic(text: string): string {
  return text === '' ? '' : `_${text}._\n\n`
}

function tableText(title: string, groups: readonly Group[], labels: readonly string[], most: number): string {
  const rows = groups.flatMap(({ subject, rows: list }) =>
    list.map(({ name, cells }) => {
      const first = fullName(subject, name)
      return `| ${[escapeMarkdown(short(first)), ...cells.map(cellText)].join(' | ')} |\n`
    }),
  )
  if (rows.length === 0) return ''
  const shown = fitting(rows, most)
  const head = ['', ...labels.map(label => escapeMarkdown(short(label)))]
  const rest = rows.length - shown.length
  const more = rest === 0 ? '' : `\n_${grouped(rest)} more ${rest === 1 ? 'row' : 'rows'} not shown here._\n`
  return `${title}| ${head.join(' | ')} |\n|${' --- |'.repeat(head.length)}\n${shown.join('')}${more}\n`
}

function cellText({ main, side, notes }: GridCell): string {
  const small = notes.map(note => `<sub>${escapeMarkdown(short(note))}</sub>`)
  return [...[...main, ...side].map(pieceText), ...small].join('<br>')
}

function pieceText({ text, logs = [] }: Piece): string {
  const numbers = logs.map(log => log + 1).join(', ')
  const shown = escapeMarkdown(short(text))
  return logs.length === 0 ? shown : `${shown} (${logs.length === 1 ? 'log' : 'logs'} ${numbers})`
}

function differenceItem(
  { subject, name, contract, cell, base, rules, logs }: Difference,
  comparison: Comparison,
  labels: readonly string[],
  view: View,
): string {
  const relation = relationPiece({ ...cell, witnesses: [] }, base, comparison, view)?.text ?? ''
  const head = [fullName(subject, name), labels[contract] ?? '', relation].map(text => escapeMarkdown(short(text)))
  const why = rules.length === 0 ? '' : `: ${escapeMarkdown(short(rules.join('; ')))}`
  const items = logs.map(({ index, text, files }) => {
    const where = files.map(file => ` ${markdownCode(short(file))}`).join('')
    return `  - log ${index + 1}: ${escapeMarkdown(short(text))}${where}\n`
  })
  return `- ${head.join(' · ')}${why}\n${items.join('')}`
}

function legendText(comparison: Comparison, view: View): string {
  const lines = legendOf(comparison, view).map(([sign, claim]) => `${escapeMarkdown(sign)} ${escapeMarkdown(claim)}`)
  return lines.length === 0 ? '' : `<sub>${lines.join(' · ')}</sub>\n\n`
}

/** The first of them that `most` characters have room for. */
function fitting(list: readonly string[], most: number): readonly string[] {
  let used = 0
  const end = list.findIndex(text => {
    used += text.length
    return used > most
  })
  return end < 0 ? list : list.slice(0, end)
}
