import type { Finding } from '../model/finding.ts'
import type { ClauseReport, Report } from '../model/report.ts'
import { clockPromise, clockWords, isClocked, isMean, meanText } from './clock-facts.ts'
import { dueInFull, findingAsSaid, isJustMissed } from './day-ends.ts'
import { dueCommand } from './due-command.ts'
import { detailFacts, fractionUnit, headline, reasonText } from './facts.ts'
import { findingHead, hasLengths, placeText, usageBar } from './finding-block.ts'
import { fixStop, isFix, isSaid, scoreText } from './fix-facts.ts'
import { dayInstantText, instantText } from './instants.ts'
import { isRepeated, toleratedMs } from './kept-facts.ts'
import { type Cell, table } from './layout.ts'
import { boundsText, marginText, turningText } from './margins.ts'
import { clean } from './printable.ts'
import { calendarOf, clockSpan, exactText, figureText, grouped, inHours, promisedText } from './quantities.ts'
import { commandLines, shellWord } from './shell.ts'
import { findingWord, isBeyondSoFar, isMissing, isObserved } from './states.ts'
import { originText, timelineLines } from './timeline.ts'
import type { View } from './view.ts'

/** One finding in full: promise, every step with its source row, the arithmetic exact, notes, what would turn it. */
export function renderExplanation(report: Report, clause: ClauseReport, found: Finding, view: View): string {
  const finding = findingAsSaid(found, clause.kind, view.zone)
  const bar = usageBar(finding, view)
  const timeline = timelineLines(finding.timeline, {
    inputs: report.inputs,
    view,
    indent: 2,
    lengths: hasLengths(finding),
  })
  const due = dueCommand(clause, finding, view.again?.[0] ?? shellWord(report.contract.file), view)
  const blocks = [
    findingHead(finding, '', view),
    pairs(promiseFacts(report, clause, finding, view), view),
    timeline.length === 0
      ? []
      : [view.colour.bold('Timeline'), ...(bar === undefined ? [] : [`  ${bar}`]), ...timeline],
    section('Arithmetic', arithmetic(finding, view), view),
    section('Verdict', verdict(finding, report.asOf, view), view),
    section('Notes', notes(finding, report, view), view),
    due === undefined ? [] : commandLines(['Day by day?  sla', ...due], view),
  ]
  return `${blocks
    .filter(block => block.length > 0)
    .map(block => block.join('\n'))
    .join('\n\n')}\n`
}

type Pair = readonly [name: string, value: string]

function promiseFacts(report: Report, clause: ClauseReport, finding: Finding, view: View): Pair[] {
  const at = placeText(clause, view)
  const rule = finding.details?.rule ?? (isRepeated(finding) ? clause.promise : undefined)
  const own =
    (rule === undefined ? undefined : String(rule)) ??
    clockPromise(finding) ??
    (finding.promise && `${finding.promise} ${promisedText(finding)}`.trim())
  const out: Pair[] = [['Promise', `${own ?? clause.promise}${at === '' ? '' : ` (${at})`}`]]
  if (clause.section !== undefined) out.push(['Section', clause.section])
  if (clause.text !== undefined) out.push(['Text', clause.text])
  if (clause.binding !== 'guarantee') out.push(['Binding', clause.binding])
  if (finding.subject !== '') out.push(['Subject', finding.subject])
  const clocked = isClocked(finding)
  if (clocked && finding.details?.priority !== undefined) out.push(['Priority', String(finding.details.priority)])
  if (isFix(finding)) out.push(...fixFacts(finding))
  const { start, end } = finding.window
  out.push([
    'Window',
    `${instantText(view.zone, start)} to ${instantText(view.zone, end)}, ${report.contract.timezone}`,
  ])
  if (!clocked && finding.start !== undefined) out.push(['Start', instantText(view.zone, finding.start)])
  if (!clocked && finding.due !== undefined) out.push(['Due', dueInFull(view.zone, finding.due, isJustMissed(finding))])
  out.push(['As of', instantText(view.zone, report.asOf)])
  return out
}

function arithmetic(finding: Finding, view: View): Pair[] {
  if (isMissing(finding) && !isFix(finding)) return []
  const out: Pair[] = []
  const exact = (text: string | undefined): string => (text === undefined ? '' : ` = ${text}`)
  const unit = fractionUnit(finding)
  if (isClocked(finding)) out.push(...clockArithmetic(finding, view))
  else if (isMean(finding) && finding.status !== 'unverified') {
    const mean = meanText(finding)
    if (mean !== undefined) out.push(['mean', mean])
  } else if (finding.observed.unit !== 'none' && finding.status !== 'unverified') {
    out.push(['observed', `${figureText(finding.observed, finding)}${exact(exactText(finding.observed, unit))}`])
  }
  if (!isClocked(finding) && finding.promised.unit !== 'none' && !isObserved(finding)) {
    out.push(['promised', `${promisedWords(finding)}${exact(exactText(finding.promised))}`])
  }
  const tolerated = isRepeated(finding) ? toleratedMs(finding) : 0
  if (tolerated > 0) out.push(['tolerated', `${clockSpan(tolerated, inHours(finding))} = ${grouped(tolerated)} ms`])
  const margin = marginText(finding)
  if (margin !== undefined) out.push(['margin', `${margin}${exact(finding.margin && exactText(finding.margin))}`])
  for (const { name, text, ms } of detailFacts(finding, view.zone)) {
    out.push([name, ms === undefined ? text : `${text} = ${grouped(ms)} ms`])
  }
  if (finding.bounds !== undefined) {
    for (const side of ['lowest', 'highest'] as const) {
      const figure = finding.bounds[side]
      out.push([side, `${figureText(figure, finding)}${exact(exactText(figure, unit))}`])
    }
  }
  return out
}

/** The amount as the contract writes it, where a finding tells it. */
function promisedWords(finding: Finding): string {
  const { details, promised } = finding
  const text = promisedText(finding)
  if (!isRepeated(finding) || promised.unit !== 'ms' || details?.amount === undefined) return text
  return text.replace(/[\d.]+\w.*$/, String(details.amount))
}

/** From the start of the clock to its stop: what was counted of it, what was not, what is allowed, and until when. */
function clockArithmetic(finding: Finding, view: View): Pair[] {
  const { start, due, observed, promised, status, details } = finding
  const calendar = calendarOf(finding)
  const out: Pair[] = []
  const instant = (name: string, at: unknown): void => {
    if (typeof at === 'number') out.push([name, dayInstantText(view.zone, at)])
  }
  const span = (name: string, ms: unknown): void => {
    if (typeof ms !== 'number') return
    const words = calendar === undefined ? '' : ` ${clockWords(calendar)}`
    out.push([name, `${clockSpan(ms, inHours(finding))}${words} = ${grouped(ms)} ms`])
  }
  if (details?.opened_at !== start) instant('opened', details?.opened_at)
  instant('start', start)
  instant('stop', details?.stopped_at)
  const [word = '', stop] = fixStop(finding) ?? []
  if (isFix(finding) && stop !== undefined) out.push([word, dueInFull(view.zone, stop)])
  if (status !== 'unverified') {
    span('counted', observed.unit === 'ms' ? observed.value : undefined)
    if (details?.paused_ms !== 0) span('not counted', details?.paused_ms)
  }
  span('allowance', promised.unit === 'ms' ? promised.value : undefined)
  if (due !== undefined) out.push(['due', dueInFull(view.zone, due, isJustMissed(finding))])
  return out
}

/** What rates a vulnerability and so puts it into its band, and how its time is counted. */
function fixFacts(finding: Finding): readonly Pair[] {
  const { details } = finding
  const score = scoreText(finding)
  return [
    ...(typeof details?.band === 'string' ? [['Band', details.band] as const] : []),
    ...(score === undefined ? [] : [['Score', score] as const]),
    ...(details?.counting === undefined ? [] : [['Counting', String(details.counting)] as const]),
  ]
}

function verdict(finding: Finding, asOf: number, view: View): Pair[] {
  const risk = finding.atRisk === true ? `, ${isBeyondSoFar(finding) ? findingWord(finding) : 'at risk'}` : ''
  const out: Pair[] = [['status', `${finding.status}${risk} (${reasonText(finding)})`]]
  const turning = turningText(finding, asOf)
  if (turning !== undefined) out.push(['change', turning])
  const bounds = boundsText(finding)
  if (bounds !== undefined) out.push(['bounds', bounds])
  const stretch = (list: Finding['breached']): string =>
    (list ?? [])
      .map(({ start, end }) => `${instantText(view.zone, start)} to ${instantText(view.zone, end)}`)
      .join('; ')
  if (finding.breached !== undefined && finding.breached.length > 0) out.push(['broken', stretch(finding.breached)])
  if (finding.undecided !== undefined && finding.undecided.length > 0)
    out.push(['undecided', stretch(finding.undecided)])
  for (const [reading, status] of Object.entries(finding.readings ?? {})) out.push([`read ${reading}`, status])
  return out
}

function notes(finding: Finding, report: Report, view: View): Pair[] {
  const said = headline(finding, view.zone)
  const out = finding.notes
    .filter(note => !said.includes(note) && !isSaid(note, finding))
    .map((note): Pair => ['', note])
  const shown = new Set(finding.timeline.map(step => step.origin && originText(step.origin, report.inputs, view)))
  const rest = finding.evidence.map(origin => originText(origin, report.inputs, view)).filter(text => !shown.has(text))
  const more = rest.length > MOST_ROWS ? `, and ${grouped(rest.length - MOST_ROWS)} more` : ''
  if (rest.length > 0) out.push(['', `also read: ${rest.slice(0, MOST_ROWS).join(', ')}${more}`])
  return out
}

/** Rows named beside those of the timeline. */
const MOST_ROWS = 20

function section(title: string, list: readonly Pair[], view: View): string[] {
  return list.length === 0 ? [] : [view.colour.bold(title), ...pairs(list, view, 2)]
}

function pairs(list: readonly Pair[], view: View, indent = 0): string[] {
  const rows = list.map(([name, value]): readonly Cell[] => [
    { text: clean(name, view), paint: text => view.colour.dim(text) },
    { text: clean(value, view) },
  ])
  return table(rows, [{}, { least: 20 }], { width: view.width, indent })
}
