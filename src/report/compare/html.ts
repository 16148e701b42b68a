import type { Comparison } from '../../model/comparison.ts'
import { isVersions, labelsOf } from '../../model/labels.ts'
import { escaped } from '../html/escape.ts'
import { pageHead } from '../html/head.ts'
import { warningSection } from '../html/sources.ts'
import { pageView, tableOf } from '../html/tags.ts'
import { cut } from '../printable.ts'
import { grouped } from '../quantities.ts'
import { commandLines, shellWord } from '../shell.ts'
import type { View } from '../view.ts'
import { countsOf } from './differences.ts'
import { differing, leftOutText, onlyText } from './different.ts'
import { envelopeGrid, promiseGrid, replayGrid } from './grid.ts'
import { historyPiece } from './history.ts'
import { compareRules, gridTable, pieceHtml, relationBadge } from './html-grid.ts'
import { differenceSection, logSection } from './html-logs.ts'
import type { CompareView } from './index.ts'
import { judgedOnText } from './judged-on.ts'
import { legendOf } from './legend.ts'
import { titleOf } from './names.ts'
import { bestPieces } from './totals.ts'

/** The comparison as one page for people: no script, nothing loaded from elsewhere, light and dark, made to be printed. */
export function* streamComparisonHtml(comparison: Comparison, view: CompareView): Iterable<string> {
  const listed = differing(comparison, view)
  const only = onlyText(comparison)
  const page: CompareView = { ...view, ...pageView(view) }
  const labels = labelsOf(comparison.contracts)
  const { year, tool } = comparison
  const name = subjectText(comparison, labels)
  const sections = [
    [
      'promises',
      'Promises',
      gridTable('Promises, held against the first', promiseGrid(listed, page), labels) +
        metaLine(leftOutText(listed)) +
        legend(listed, page),
    ],
    [
      'worst',
      `The worst that each permits in ${year}`,
      gridTable(`Without a breach in ${year}`, envelopeGrid(comparison, page), labels),
    ],
    ['history', 'The same history under each', historyHtml(listed, labels, page)],
    ['why', 'Why promises differ', differenceSection(listed, labels, page)],
    ['logs', 'Logs that tell the contracts apart', logSection(comparison, labels, page)],
  ].filter(([, , html]) => html !== '')
  const warnings = warningSection(comparison)
  const links = [...sections.map(([id, title]) => [id, title]), ...(warnings === '' ? [] : [['warnings', 'Warnings']])]
  const generator = `${tool.name} ${tool.version}`
  const title = `${cut(name, TITLE_ROOM, page)} · ${year}`
  yield pageHead({ title, running: cut(name, 80, page), asOf: `compared for ${year}`, generator, rules: compareRules })
  yield `<body>\n<a class="skip" href="#main">Skip to the comparison</a>
<header class="masthead"><p class="eyebrow">Comparison of service level agreements</p>
<h1>${escaped(name)}</h1>
<p class="dates">${year}${only === '' ? '' : `, ${escaped(only)}`} · ${escaped(page.zone.name)}</p></header>
<nav class="contents" aria-label="Contents"><ul>${[['contracts', 'Contracts'], ...links].map(([id, text]) => `<li><a href="#${id}">${escaped(text ?? '')}</a></li>`).join('')}</ul></nav>
<main id="main" tabindex="-1">\n${contractSection(comparison, labels, page)}`
  for (const [id, text, html] of sections) {
    yield `<section aria-labelledby="${id}"><h2 id="${id}">${escaped(text ?? '')}</h2>\n${html}</section>\n`
  }
  yield `${warnings}</main>\n<footer><p>Written by ${escaped(generator)}.</p></footer>\n</body>\n</html>\n`
}

const TITLE_ROOM = 40

function subjectText(comparison: Comparison, labels: readonly string[]): string {
  const [base = '', ...others] = labels
  if (isVersions(comparison.contracts)) return `${comparison.contracts[0]?.id ?? ''}: ${base} → ${others.join('')}`
  return `${others.join(', ')} against ${base}`
}

/** Which contracts, how many of their promises stand how, and the digests that tell them from any others. */
function contractSection(comparison: Comparison, labels: readonly string[], view: CompareView): string {
  const { contracts, year, only } = comparison
  const rows = contracts.map((contract, at) => {
    const counts = countsOf(comparison, at).map(({ relation, text }) => relationBadge(relation, text))
    const base = contract.kind === 'Baseline' ? 'the baseline' : 'the base'
    return [
      `${escaped(labels[at] ?? '')}<small>${escaped(titleOf(contract, labels[at] ?? ''))}</small>`,
      [at === 0 ? base : counts.join('<br>') || 'nothing promised in either', ...standing(comparison, at, view)].join(
        '<br>',
      ),
      `<span class="at">${escaped(contract.timezone)}</span>`,
      `<code>${escaped(contract.file)}</code> <code class="digest">${escaped(contract.sha256)}</code>`,
    ]
  })
  const heads = ['Contract', 'Stands to the base', 'Time zone', 'Read from, sha256'].map(text => ({ text }))
  const words = [
    'sla compare',
    ...contracts.map(({ file }) => shellWord(file)),
    '--year',
    String(year),
    ...(only === undefined ? [] : ['--only', shellWord(only.join(','))]),
  ]
  const command = commandLines(words, { ...view, width: 84 })
    .map(escaped)
    .join('\n')
  return `<section aria-labelledby="contracts"><h2 id="contracts">Contracts</h2>
${tableOf('What was compared', heads, rows, 'stacked files')}<pre tabindex="0"><code>${command}</code></pre>
</section>
`
}

/** The verdicts, and what they rest on. */
function historyHtml(comparison: Comparison, labels: readonly string[], view: CompareView): string {
  const { history } = comparison
  const verdicts = gridTable('Verdicts on one history', replayGrid(comparison, view), labels)
  if (history === undefined) return verdicts
  const heads = ['File', 'Rows', 'sha256'].map(text => ({ text }))
  const rows = history.inputs.map(({ file, rows: count, sha256 }) => [
    `<code>${escaped(file)}</code>`,
    escaped(grouped(count)),
    `<code class="digest">${escaped(sha256)}</code>`,
  ])
  const files = rows.length === 0 ? '' : tableOf('What was judged', heads, rows, 'stacked files')
  return metaLine(judgedOnText(comparison, view)) + verdicts + files
}

/** In how many rows it is the best, and what a history breaks. */
function standing(comparison: Comparison, at: number, view: View): readonly string[] {
  const best = bestPieces(comparison, at, view)
  const history = comparison.replay === undefined ? [] : [historyPiece(comparison, at, view)]
  return [...best, ...history].map(pieceHtml)
}

function legend(comparison: Comparison, view: View): string {
  const lines = legendOf(comparison, view).map(([sign, claim]) => `<b>${escaped(sign)}</b> ${escaped(claim)}`)
  return lines.length === 0 ? '' : `<p class="meta">${lines.join('<br>')}</p>\n`
}

function metaLine(text: string): string {
  return text === '' ? '' : `<p class="meta">${escaped(text)}.</p>\n`
}
