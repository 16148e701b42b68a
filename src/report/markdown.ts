import type { FixedBreach, OpenBreach, Report, UpcomingItem } from '../model/report.ts'
import { clockWords } from './clock-facts.ts'
import { dueText, reportAsSaid } from './day-ends.ts'
import { waiverText } from './finding-block.ts'
import { escaped } from './html/escape.ts'
import { asOfText, stretchText } from './instants.ts'
import { escapeMarkdown, markdownCode } from './markdown-escape.ts'
import {
  CLAUSE_HEAD,
  clauseRow,
  contractText,
  fenced,
  filesText,
  findingDetails,
  folded,
  markdownView,
  nameText,
  periodText,
  short,
  verdictTexts,
  warningLine,
  warningText,
  worstClauses,
} from './markdown-parts.ts'
import type { Overview } from './overview.ts'
import { namedFinding } from './pretty.ts'
import { printable, unheeded } from './printable.ts'
import { grouped } from './quantities.ts'
import { countResults, type Outcome, type Ranked, rankResults, resultsOf } from './results.ts'
import { isArgument, shellWord } from './shell.ts'
import { findingState, stateGlyph } from './states.ts'
import { findingsBehind, isJustOver, left, word } from './upcoming.ts'
import { baselineText, nowWord } from './verdict.ts'
import type { View } from './view.ts'

/**
 * A comment on a pull request: verdict, a line for each clause, the worst breaches to unfold, what is waived, known,
 * fixed or falls due. Its first line is hidden and names the contract, so that a later run finds the comment and puts
 * its own in place. At most 60,000 characters (GitHub takes 65,536); what is left out is counted.
 */
export function renderMarkdown(report: Report, view: View): string {
  const page = markdownView(view, report)
  const told = reportAsSaid(report, view.zone)
  const overviews = worstClauses(told, page)
  const ranked = rankResults(report)
  const start = headText(report, overviews, page) + clauseTable(overviews, page)
  const warnings = report.warnings.map(warning => warningLine(warning, page))
  const shownWarnings = within(warnings, line => line, MOST_LIST)
  const end = [
    passedText(ranked, 'waived', page),
    passedText(ranked, 'known', page),
    pastText(report, page),
    upcomingText(told, page),
    warningText(report, warnings.slice(0, shownWarnings)),
    footText(report, overviews, page),
  ].join('')
  return unheeded(`${start}${detailText(ranked, report, page, MOST_TEXT - start.length - end.length)}${end}`)
}

/** The hidden first line: what it names can't end the comment that it stands in. */
export function commentTag(contract: string): string {
  const name = encodeURIComponent(printable(contract)).replaceAll(/-(?=-|$)/g, '%2D')
  return `<!-- sla:${name} -->`
}

const MOST_TEXT = 60_000
const MOST_TABLE = 16_000
const MOST_LIST = 5000
const MOST_DETAILS = 20
const MOST_DUE = 20
const BLOCK = { steps: 12, lines: 60 }
const LEAST_NOTE = 300

const DETAILED: readonly Outcome[] = ['breach', 'unverified', 'objective']
function headText(report: Report, overviews: readonly Overview[], view: View): string {
  // What is no longer breached is listed further down; here it is counted.
  const { verdict, facts } = verdictTexts(overviews, { ...view, quiet: true }, report.baseline)
  const name = [`**${nameText(report)}**`, periodText(report, view), escapeMarkdown(report.contract.timezone)]
  const list = facts.map(fact => `- ${fact}\n`).join('')
  return `${commentTag(report.contract.id)}\n### ${verdict}\n\n${name.join(' · ')}\n\n${list}\n`
}

function clauseTable(overviews: readonly Overview[], view: View): string {
  if (overviews.length === 0) return ''
  const rows = overviews.map(overview => clauseRow(overview, view))
  const shown = within(rows, row => row, MOST_TABLE)
  const rest = rows.length - shown
  const more = rest === 0 ? '' : `_${grouped(rest)} more ${rest === 1 ? 'clause' : 'clauses'} not shown here._\n\n`
  return `${CLAUSE_HEAD}${rows.slice(0, shown).join('')}\n${more}`
}

/** Breaches and what is unverified, worst first, as many as there is room for; the others by what they are. */
function detailText(ranked: readonly Ranked[], report: Report, view: View, room: number): string {
  const counts = new Map(DETAILED.map(outcome => [outcome, countResults(ranked, [outcome])]))
  let text = ''
  let shown = 0
  for (const result of resultsOf(ranked, view.zone, DETAILED)) {
    if (shown === MOST_DETAILS) break
    const block = findingDetails(result, report, view, BLOCK)
    if (text.length + block.length > room - LEAST_NOTE) break
    text += block
    shown++
    counts.set(result.outcome, (counts.get(result.outcome) ?? 0) - 1)
  }
  const rest = [...counts].filter(([, count]) => count > 0)
  if (rest.length === 0) return text
  const names = rest.map(([outcome, count]) => countText(outcome, count)).join(', ')
  return `${text}_Not shown in detail here: ${names}._\n\n`
}

function countText(outcome: Outcome, count: number): string {
  if (outcome === 'objective') return `${grouped(count)} ${count === 1 ? 'objective' : 'objectives'} missed`
  return `${grouped(count)} ${outcome === 'breach' ? 'breached' : outcome}`
}

/** Breaches that don't count, and why: by whom and until when they are waived, or that they were there before. */
function passedText(ranked: readonly Ranked[], outcome: 'waived' | 'known', view: View): string {
  const all = countResults(ranked, [outcome])
  const lines: string[] = []
  let room = MOST_LIST
  for (const { finding, words } of resultsOf(ranked, view.zone, [outcome])) {
    const why = finding.waiver === undefined ? '' : `${waiverText(finding.waiver, finding)}; `
    const state = stateGlyph(findingState(finding), view)
    const line = `- ${state} ${markdownCode(short(finding.id))} ${escapeMarkdown(short(why + words.headline))}\n`
    if (line.length > room) break
    room -= line.length
    lines.push(line)
  }
  const what = `${grouped(all)} ${all === 1 ? 'breach' : 'breaches'}`
  return folded(`${what} ${outcome === 'waived' ? 'waived' : 'known from the baseline'}`, lines, all)
}

/** What became of breaches of the baseline: those that are none any more, and those that are not known to be mended. */
function pastText({ baseline }: Report, view: View): string {
  if (baseline === undefined) return ''
  const listed = (list: readonly (FixedBreach | OpenBreach)[], title: string): string => {
    const line = ({ finding, now }: FixedBreach | OpenBreach): string =>
      `- ${markdownCode(short(finding))} ${now === 'gone' ? 'no such finding here' : nowWord(now)}\n`
    const shown = list.slice(0, within(list, line, MOST_LIST)).map(line)
    return folded(`${grouped(list.length)} ${title}`, shown, list.length)
  }
  const since = baselineText(baseline, view)
  return (
    listed(baseline.fixed, `no longer breached since ${since}`) +
    listed(baseline.open, `breached in ${since}, not known to be mended`)
  )
}

function upcomingText(report: Report, view: View): string {
  const { upcoming } = report
  if (upcoming === undefined) return ''
  const { until, items } = upcoming
  const by = escaped(stretchText(view.zone, { start: until, end: until }, true).replaceAll(/ +/g, ' '))
  if (items.length === 0) return `Due by ${by}: nothing\n\n`
  const shown: UpcomingItem[] = []
  for (const item of items) {
    if (shown.length === MOST_DUE) break
    shown.push(item)
  }
  const behind = findingsBehind(report, shown)
  const lines = shown.map(item => {
    const finding = behind.get(item.finding)
    const atRisk = finding !== undefined && findingState(finding) === 'at-risk'
    const glyph = stateGlyph(atRisk ? 'at-risk' : item.status, view)
    const due = dueText(view.zone, item.due, true, isJustOver(item)).replaceAll(/ +/g, ' ')
    const time = [left(item, report, view), clockWords(item.clock)].filter(Boolean).join(' ')
    const texts = [`${glyph} ${word(item, atRisk)}`, time, due].map(text => escapeMarkdown(short(text)))
    return `- ${texts.join(' · ')} · ${markdownCode(short(item.finding))}\n`
  })
  const fitting = lines.slice(
    0,
    within(lines, line => line, MOST_LIST),
  )
  return folded(`Due by ${by}: ${grouped(items.length)}`, fitting, items.length)
}

/** How to go on, and what the verdict rests on. */
function footText(report: Report, overviews: readonly Overview[], view: View): string {
  const { contract, inputs, asOf, waivers, baseline } = report
  const digests = 1 + inputs.length + Number(waivers !== undefined) + Number(baseline !== undefined)
  const facts = [
    `as of ${asOfText(view.zone, asOf)}`,
    periodText(report, view),
    `${contractText(report, view)} sha256 ${escapeMarkdown(short(contract.sha256.slice(0, 12)))}`,
    `${filesText(report)}, ${grouped(digests)} SHA-256 ${digests === 1 ? 'digest' : 'digests'} in the JSON report`,
  ]
  return `${whyText(report, overviews, view)}${facts.join(' · ')}\n`
}

function whyText({ contract, inputs }: Report, overviews: readonly Overview[], view: View): string {
  const named = namedFinding(overviews, view)
  if (named === undefined || !isArgument(named.id)) return ''
  const again = view.again ?? [contract.file, ...inputs.map(input => input.file)].map(shellWord)
  const command = ['sla', 'explain', shellWord(named.id), ...again].join(' ')
  // Cut short it would be another command.
  return command.length > MOST_COMMAND ? '' : `Why?\n\n${fenced(printable(command), 'sh')}\n`
}

const MOST_COMMAND = 600

/** How many of the first items, each as its text, there is room for. */
function within<Item>(items: readonly Item[], text: (item: Item) => string, room: number): number {
  let used = 0
  for (const [i, item] of items.entries()) {
    used += text(item).length
    if (used > room) return i
  }
  return items.length
}
