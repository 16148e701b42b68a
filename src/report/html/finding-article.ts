import type { Finding, Step } from '../../model/finding.ts'
import type { ClauseReport, InputSummary, Report } from '../../model/report.ts'
import { arithmetic, noteFacts, type Pair, promiseFacts, verdictFacts } from '../explain-facts.ts'
import { hasLengths, waiverText } from '../finding-block.ts'
import { isShown, needYears, stretchText } from '../instants.ts'
import { grouped, spanText } from '../quantities.ts'
import { findingState, isObserved } from '../states.ts'
import { originText } from '../timeline.ts'
import type { View } from '../view.ts'
import { wordsOf } from '../words.ts'
import { findingAnchor } from './anchors.ts'
import { findingChart } from './charts/finding-chart.ts'
import { escaped } from './escape.ts'
import { figureOf } from './figure.ts'
import { badge, factList, stateClass, tableOf } from './tags.ts'

/** A finding in full, as `explain` tells it: what it comes down to, drawn, step by step, and the arithmetic. `brief`: no figure twice. */
export function findingArticle(
  finding: Finding,
  clause: ClauseReport,
  report: Report,
  view: View,
  brief = false,
): string {
  const { state: word, headline } = wordsOf(clause, finding, view.zone, view.years)
  const state = findingState(finding)
  const chart = findingChart(report, clause, finding, view)
  const promised = promiseFacts(report, clause, finding, view)
    .filter(isOwn)
    .map(pair => asFigure(pair, finding))
  const verdict = verdictFacts(finding, report.asOf, view)
  const figures = arithmetic(finding, view)
  const notes = noteFacts(finding, report, view)
  return `<article class="finding ${stateClass(state)}" id="${findingAnchor(finding.id)}">
<h4>${badge(state, word)} <span class="id">${escaped(finding.id)}</span></h4>
<p class="headline">${escaped(headline)}</p>
${mark(finding)}${chart === undefined ? '' : figureOf(chart, brief)}${timeline(finding, report.inputs, view)}<div class="columns"><div>${group(isObserved(finding) ? 'Figure' : 'Promise', promised)}${group('Verdict', verdict)}</div>${group('Arithmetic', figures)}</div>
${notes.length === 0 ? '' : `<h5>Notes</h5><ul class="notes">${notes.map(noteItem).join('')}</ul>\n`}</article>
`
}

const MOST_STEPS = 40

/** Said in the head of the clause, or of the page. */
const ELSEWHERE: ReadonlySet<string> = new Set(['Section', 'Text', 'Binding', 'As of'])

function isOwn([name]: Pair): boolean {
  return !ELSEWHERE.has(name)
}

/** What a figure that is only observed stands beside is no promise. */
function asFigure([name, value]: Pair, finding: Finding): Pair {
  return name === 'Promise' && isObserved(finding) ? ['Compared with', value] : [name, value]
}

/** What lets the breach pass, and who said so. */
function mark(finding: Finding): string {
  const { waiver } = finding
  return waiver === undefined ? '' : `<p class="mark">${escaped(waiverText(waiver, finding))}</p>\n`
}

function group(title: string, pairs: readonly Pair[]): string {
  if (pairs.length === 0) return ''
  return `<div><h5>${title}</h5>${factList(pairs.map(([name, value]) => [name, unbroken(value)]))}</div>\n`
}

/** A text whose instants are not broken at their hyphens. */
function unbroken(text: string): string {
  return escaped(text).replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, '<span class="at">$&</span>')
}

function noteItem([name, value]: Pair): string {
  return `<li>${escaped(name === '' ? value : `${name}: ${value}`)}</li>`
}

function timeline(finding: Finding, inputs: readonly InputSummary[], view: View): string {
  const steps = finding.timeline.slice(0, MOST_STEPS)
  if (steps.length === 0) return ''
  const years = needYears(
    view,
    finding.timeline.map(({ at }) => at),
  )
  const lengths = hasLengths(finding)
  const rows = steps.map(step => stepRow(step, years, lengths, inputs, view))
  const heads = [
    { text: 'When' },
    { text: 'Length', figures: true as const },
    { text: 'Effect' },
    { text: 'Why' },
    { text: 'Source' },
  ]
  const left = finding.timeline.length - steps.length
  const more = left > 0 ? `<p class="more">and ${grouped(left)} more steps: sla explain tells all of them</p>\n` : ''
  return tableOf(`Timeline of ${escaped(finding.id)}`, heads, rows, 'stacked timeline') + more
}

function stepRow(step: Step, years: boolean, lengths: boolean, inputs: readonly InputSummary[], view: View): string[] {
  const length = step.at.end - step.at.start
  return [
    escaped(stretchText(view.zone, step.at, years)),
    lengths && length > 0 && isShown(step.at) ? escaped(spanText(length)) : '',
    `<span class="effect e-${step.effect}">${step.effect}</span>`,
    escaped(step.why),
    step.origin === undefined ? '' : `<code>${escaped(originText(step.origin, inputs, view))}</code>`,
  ]
}
