import type { Finding } from '../model/finding.ts'
import type { ClauseReport, Report } from '../model/report.ts'
import { boundsText, detailFacts, fractionUnit, headline, isMissing, usage, usageText } from './facts.ts'
import { paragraph, sides } from './layout.ts'
import { clean, cutStart } from './printable.ts'
import { exactText, figureText } from './quantities.ts'
import { findingState, stateGlyph, statePaint, stateWord } from './states.ts'
import { timelineLines } from './timeline.ts'
import { symbols, type View } from './view.ts'

/** One finding in detail: what it comes down to, a bar, its timeline, the exact figures, bounds and notes. */
export function findingBlock(
  finding: Finding,
  clause: ClauseReport,
  report: Report,
  view: View,
  most?: number,
): string[] {
  const indent = 2
  const lines = findingHead(finding, placeText(clause, view), view)
  const bar = usageBar(finding, view)
  if (bar !== undefined) lines.push(`  ${bar}`)
  lines.push(
    ...timelineLines(finding.timeline, { inputs: report.inputs, view, indent, ...(most !== undefined && { most }) }),
  )
  const dim = (text: string): string => view.colour.dim(text)
  const facts = isMissing(finding) ? '' : factLine(finding, view)
  if (facts !== '') lines.push(...paragraph({ text: clean(facts, view), paint: dim }, { width: view.width, indent }))
  const bounds = boundsText(finding)
  if (bounds !== undefined && finding.status !== 'unverified') {
    lines.push(...paragraph({ text: clean(bounds, view) }, { width: view.width, indent }))
  }
  const said = headline(finding)
  for (const note of finding.notes.filter(text => !said.includes(text))) {
    lines.push(...paragraph({ text: clean(`note: ${note}`, view) }, { width: view.width, indent }))
  }
  return lines
}

/** The head line of a finding: glyph, id, verdict and what it comes down to; `place` on the right. */
export function findingHead(finding: Finding, place: string, view: View): string[] {
  const state = findingState(finding)
  const paint = statePaint(state, view)
  const id = clean(finding.id, view)
  const glyph = stateGlyph(state, view)
  const left = `${glyph} ${id}  ${stateWord(state)}: ${clean(headline(finding), view)}`
  return sides(
    {
      text: left,
      paint: text =>
        text.startsWith(`${glyph} ${id}  `)
          ? `${paint(glyph)} ${view.colour.bold(id)}  ${paint(text.slice(glyph.length + id.length + 3))}`
          : text,
    },
    { text: place, paint: text => view.colour.dim(text) },
    view.width,
  )
}

/** Where a clause stands in its contract: `acme.yaml:11`. */
export function placeText(clause: ClauseReport, view: View): string {
  if (clause.span === undefined) return ''
  const file = clause.span.file.split('/').at(-1) ?? clause.span.file
  return `${cutStart(clean(file, view), Math.floor(view.width / 3), view)}:${clause.span.line}`
}

/** How much of an allowance of time is used, drawn to scale with a mark where it ends. */
export function usageBar(finding: Finding, view: View): string | undefined {
  const use = finding.status === 'unverified' ? undefined : usage(finding)
  if (use === undefined || use.used < 0) return undefined
  const percent = usageText(use.used, use.allowed)
  if (percent === undefined) return undefined
  const { bar, light, limit } = symbols(view)
  const paint = statePaint(findingState(finding), view)
  // At twice the allowance and beyond the bar is full: the figure beside it says how far.
  const filled = Math.min(Math.round((use.used / use.allowed) * HALF), 2 * HALF)
  const within = bar.repeat(Math.min(filled, HALF))
  const over = bar.repeat(Math.max(filled - HALF, 0))
  return `${paint(within)}${light.repeat(HALF - within.length)}${limit}${paint(over)} ${percent}`
}

const HALF = 24

/** The arithmetic in short: the exact fraction and the times it is made of, those of no length left out. */
function factLine(finding: Finding, view: View): string {
  const { observed, status } = finding
  const exact =
    observed.unit === 'ratio' && status !== 'unverified' ? exactText(observed, fractionUnit(finding)) : undefined
  const figure = exact === undefined ? [] : [`${figureText(observed, finding)} = ${exact}`]
  return [
    ...figure,
    ...detailFacts(finding, view.zone)
      .filter(({ ms }) => ms !== undefined)
      .map(({ name, text }) => `${name} ${text}`),
  ].join(' · ')
}
