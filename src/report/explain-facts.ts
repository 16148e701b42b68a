import type { Finding } from '../model/finding.ts'
import type { Interval } from '../model/interval.ts'
import type { ClauseReport, Report } from '../model/report.ts'
import { clockWords, isClocked, isMean, meanText } from './clock-facts.ts'
import { dueInFull, isJustMissed } from './day-ends.ts'
import { turningText } from './explain-turning.ts'
import { detailFacts, fractionUnit, headline, isAtBest, reasonText } from './facts.ts'
import { placeText } from './finding-block.ts'
import { fixStop, isFix, isSaid, scoreText } from './fix-facts.ts'
import { asOfText, dayInstantText, instantText } from './instants.ts'
import { isRepeated, toleratedMs } from './kept-facts.ts'
import { boundsText, marginText } from './margins.ts'
import { calendarOf, clockSpan, exactText, figureText, grouped, inHours, promisedText } from './quantities.ts'
import { findingWord, isBeyondSoFar, isMissing, isObserved } from './states.ts'
import { originText } from './timeline.ts'
import type { View } from './view.ts'
import { promiseText } from './words.ts'

/** A named fact of an explanation; a blank name: a note. Not yet made safe for any format. */
export type Pair = readonly [name: string, value: string]

/** What was promised to whom, over what, and as of when. */
export function promiseFacts(report: Report, clause: ClauseReport, finding: Finding, view: View): readonly Pair[] {
  const at = placeText(clause, view)
  const out: Pair[] = [['Promise', `${promiseText(clause, finding)}${at === '' ? '' : ` (${at})`}`]]
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
  out.push(['As of', asOfText(view.zone, report.asOf)])
  return out
}

/** Every figure of a finding with its exact value beside it. */
export function arithmetic(finding: Finding, view: View): readonly Pair[] {
  if (isMissing(finding) && !isFix(finding)) return []
  const out: Pair[] = []
  const exact = (text: string | undefined): string => (text === undefined ? '' : ` = ${text}`)
  const unit = fractionUnit(finding)
  if (isClocked(finding)) out.push(...clockArithmetic(finding, view))
  else if (isMean(finding) && finding.status !== 'unverified') {
    const mean = meanText(finding)
    if (mean !== undefined) out.push(['mean', mean])
  } else if (finding.observed.unit !== 'none' && finding.status !== 'unverified') {
    out.push([
      isAtBest(finding) ? 'at best' : 'observed',
      `${figureText(finding.observed, finding)}${exact(exactText(finding.observed, unit))}`,
    ])
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
function clockArithmetic(finding: Finding, view: View): readonly Pair[] {
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

/** Status and reason, what would turn it, bounds, and the stretches that are broken or not decided. */
export function verdictFacts(finding: Finding, asOf: number, view: View): readonly Pair[] {
  const risk = finding.atRisk === true ? `, ${isBeyondSoFar(finding) ? findingWord(finding) : 'at risk'}` : ''
  const out: Pair[] = [['status', `${finding.status}${risk} (${reasonText(finding)})`]]
  out.push(...passFacts(finding))
  const turning = turningText(finding, asOf, view.zone)
  if (turning !== undefined) out.push(['change', turning])
  const bounds = boundsText(finding)
  if (bounds !== undefined) out.push(['bounds', bounds])
  const { breached = [], undecided = [] } = finding
  if (breached.length > 0) out.push(['broken', stretchesText(breached, view)])
  if (undecided.length > 0) out.push(['undecided', stretchesText(undecided, view)])
  for (const [reading, status] of Object.entries(finding.readings ?? {})) out.push([`read ${reading}`, status])
  return out
}

/** Who lets a breach pass, why, and until when; and whether it was there before. */
function passFacts({ waiver, known }: Finding): readonly Pair[] {
  if (waiver === undefined) return known === true ? [['known', 'breached in the baseline too, so it is not new']] : []
  const { reason, approver, until, finding } = waiver
  return [
    ['waived', reason],
    ['approved', `${approver}, until ${until} (last day included)`],
    ['matched', finding],
  ]
}

function stretchesText(list: readonly Interval[], { zone }: View): string {
  const shown = list
    .slice(0, MOST_STRETCHES)
    .map(({ start, end }) => `${instantText(zone, start)} to ${instantText(zone, end)}`)
  const left = list.length - shown.length
  return [...shown, ...(left > 0 ? [`and ${grouped(left)} more`] : [])].join('; ')
}

/** Stretches told one by one. */
const MOST_STRETCHES = 12

/** Assumptions and inferences, then the rows that no step names. */
export function noteFacts(finding: Finding, report: Report, view: View): readonly Pair[] {
  // What would settle it stands with the verdict.
  const said = `${headline(finding, view.zone, view.years)} ${turningText(finding, report.asOf, view.zone) ?? ''}`
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
