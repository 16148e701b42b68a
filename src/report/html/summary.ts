import type { Report } from '../../model/report.ts'
import { dateText } from '../../time/civil.ts'
import { localDay } from '../../time/local.ts'
import { asOfText, instantText } from '../instants.ts'
import type { Overview } from '../overview.ts'
import { grouped } from '../quantities.ts'
import { clauseState, type State, states, stateWord } from '../states.ts'
import { termIgnored } from '../term-ignored.ts'
import { riskText, verdictLines, verdictSentence } from '../verdict.ts'
import { decides, type View } from '../view.ts'
import { escaped } from './escape.ts'
import { badge, factList, glyphOf, stateClass } from './tags.ts'

/** The top of the page: which contract, over what time, as of when. */
export function masthead(report: Report, view: View): string {
  return `<header class="masthead"><p class="eyebrow">Service level report</p>
<h1>${escaped(contractName(report))}</h1>
<p class="dates">${escaped(periodText(report, view))} · ${escaped(report.contract.timezone)} · as of ${escaped(asOfText(view.zone, report.asOf))}</p></header>
`
}

/** The verdict in one sentence, how many findings there are of each state, and what was audited. */
export function summarySection(report: Report, overviews: readonly Overview[], view: View): string {
  const { state, text } = verdictSentence(overviews, view, report.baseline)
  const [, ...rest] = verdictLines(overviews, view, report.baseline).map(line => line.trim())
  // The tiles tell the findings behind the verdict; what is not part of it is told in words.
  const others = rest.filter(line => !line.startsWith('findings: '))
  return `<section class="verdict ${stateClass(state)}" aria-labelledby="verdict"><h2 id="verdict">Verdict</h2>
<p class="sentence"><span class="glyph" aria-hidden="true">${glyphOf(state)}</span> ${escaped(text)}</p>
${tiles(overviews, view)}${others.map(line => `<p class="others">${escaped(line)}</p>\n`).join('')}${warningLine(report)}</section>
${identity(report, view)}`
}

/** That there are warnings, and whether one of them can decide the verdict: they stand far below. */
function warningLine({ warnings }: Report): string {
  if (warnings.length === 0) return ''
  const deciding = warnings.filter(({ message }) => /can decide the verdict/.test(message)).length
  const count = `${grouped(warnings.length)} ${warnings.length === 1 ? 'warning' : 'warnings'}`
  const more = deciding === 0 ? '' : `, ${grouped(deciding)} of which can decide the verdict`
  return `<p class="others"><a href="#warnings">${count}</a>${more}</p>\n`
}

/** `Acme Hosting SLA 2026.1`. */
export function contractName({ contract }: Report): string {
  return [contract.title ?? contract.id, contract.version].filter(Boolean).join(' ')
}

/** `2026-05`, else `2026-05-01 to 2026-05-31, of the evidence`. */
export function periodText({ period, warnings }: Report, { zone }: View): string {
  const ignored = termIgnored({ warnings })
  if (period.stated) return period.text + ignored
  const days = [period.start, period.end - 1].map(at => dateText(localDay(zone, at)))
  return `${days.join(' to ')}, ${period.text}${ignored}`
}

const ALWAYS: ReadonlySet<State> = new Set(['breached', 'unverified', 'pending', 'met'])

/** Findings of clauses that make the verdict by state: as many as the JSON report counts. */
function tiles(overviews: readonly Overview[], view: View): string {
  const judged = overviews.filter(({ clause }) => decides(clause.binding, view))
  if (judged.length === 0) return ''
  const known = judged.reduce((sum, { clause }) => sum + (clause.known ?? 0), 0)
  const items = states.flatMap(state => {
    if (state === 'at-risk') return []
    const counts = judged.flatMap(overview => overview.counts.get(state) ?? [])
    const all = counts.reduce((sum, count) => sum + count.all, 0)
    if (all === 0 && !ALWAYS.has(state)) return []
    const atRisk = counts.reduce((sum, count) => sum + count.atRisk, 0)
    const old = state === 'breached' && known > 0 ? ` (${grouped(known)} known)` : ''
    const kind = all === 0 ? 'none' : stateClass(state)
    const word = `<span>${glyphOf(state)} ${stateWord(state)}${old}${riskText(atRisk)}</span>`
    return [`<li class="${kind}"><b>${grouped(all)}</b> ${word}</li>`]
  })
  return `<ul class="tiles">${items.join('')}</ul>\n`
}

function identity(report: Report, view: View): string {
  const { contract, tool, inputs } = report
  const { provider, customer } = contract.parties ?? {}
  const rows = inputs.reduce((sum, input) => sum + input.counts.reduce((all, count) => all + count.rows, 0), 0)
  const files = `${grouped(inputs.length)} ${inputs.length === 1 ? 'file' : 'files'}`
  const facts = factList([
    ['Contract', `<code>${escaped(contract.id)}</code>${contract.version ? `, ${escaped(contract.version)}` : ''}`],
    ['Provider', escaped(provider ?? '')],
    ['Customer', escaped(customer ?? '')],
    ['Period', escaped(periodText(report, view))],
    ['From', escaped(instantText(view.zone, report.period.start))],
    ['Until', escaped(instantText(view.zone, report.period.end))],
    ['Time zone', escaped(contract.timezone)],
    ['As of', escaped(asOfText(view.zone, report.asOf))],
    ['Services', escaped(contract.services.join(', '))],
    ['Evidence', `<a href="#evidence">${files}, ${grouped(rows)} ${rows === 1 ? 'row' : 'rows'}</a>`],
    ['Read from', `<code>${escaped(contract.file)}</code>`],
    ['Judged by', escaped(`${tool.name} ${tool.version}`)],
    ['sha256 of the contract', `<code class="digest">${escaped(contract.sha256)}</code>`],
  ])
  return `<section class="identity" aria-labelledby="audited"><h2 id="audited">What was audited</h2>
${facts}</section>
`
}

/** The state of a clause as sign and word, as said of the finding that decides it. */
export function clauseBadge(overview: Overview, word: string): string {
  return badge(clauseState(overview.clause), word)
}
