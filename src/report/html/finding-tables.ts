import type { Finding } from '../../model/finding.ts'
import type { ClauseReport } from '../../model/report.ts'
import { worstText } from '../facts.ts'
import { cut } from '../printable.ts'
import { grouped } from '../quantities.ts'
import { findingState, findingWord, isObserved, stateWord } from '../states.ts'
import { type Page, plain } from '../view.ts'
import { promiseText } from '../words.ts'
import { findingAnchor } from './anchors.ts'
import { type Choice, type Group, groups, isOpen, placesOf } from './choice.ts'
import { escaped } from './escape.ts'
import { glyphOf, stateClass, tableStart } from './tags.ts'

/**
 * The findings of a clause, worst first, a piece for each row: what is open in a table, what is kept in another that can
 * be closed. A finding shown in full is linked, any other has its anchor here.
 */
export function* findingTables(choice: Choice): Iterable<string> {
  const { clause, counts, detailed } = choice
  const all = clause.findings.length
  if (all === 0) {
    yield '<p class="none">Nothing to judge.</p>\n'
    return
  }
  // One finding that is told in full needs no list.
  if (all === 1 && detailed.size === 1) return
  const kept = groups.filter(group => !isOpen(group))
  const open = groups.filter(isOpen)
  const hidden = kept.reduce((sum, group) => sum + countOf(counts, group), 0)
  if (hidden <= MOST_OPEN) {
    yield* tableOfGroups(choice, groups)
    return
  }
  yield* tableOfGroups(choice, open)
  yield `<details class="kept"><summary>${escaped(countsText(choice, kept))}</summary>\n`
  // What is told in few words has its state in the head of its table.
  for (const some of choice.brief ? kept.map(group => [group]) : [kept])
    yield* tableOfGroups(choice, some, choice.brief)
  yield '</details>\n'
}

/** More findings that are kept than so many are folded away. */
const MOST_OPEN = 20

function* tableOfGroups(choice: Choice, some: readonly Group[], stateless = false): Iterable<string> {
  const { clause, order, counts, listed, detailed, brief } = choice
  const shown = some.filter(group => countOf(listed, group) > 0)
  if (shown.length > 0) {
    const caption = `Findings of ${escaped(clause.id)}: ${escaped(countsText(choice, shown))}`
    const heads = [stateless ? '' : 'Status', 'Finding', brief ? '' : 'Promised', 'Outcome']
    yield tableStart(
      caption,
      heads.filter(Boolean).map(text => ({ text })),
      `stacked findings${stateless ? ' stateless' : ''}${brief ? ' brief' : ''}`,
    )
    for (const group of shown) {
      const at = groups.indexOf(group)
      let left = countOf(listed, group)
      yield `<tbody class="${stateClass(group.state)}">\n`
      for (const index of placesOf(order, at)) {
        if (left-- === 0) break
        const finding = clause.findings.at(index)
        if (finding !== undefined) yield row(finding, clause, { linked: detailed.has(index), brief, stateless })
      }
      yield '</tbody>\n'
    }
    yield '</table>\n'
  }
  for (const group of some) {
    const rest = countOf(counts, group) - countOf(listed, group)
    if (rest > 0) {
      yield `<p class="more">and ${grouped(rest)} more ${groupWord(group)}, not listed here: the JSON, NDJSON and CSV reports list every finding</p>\n`
    }
  }
}

interface RowOptions {
  readonly linked: boolean
  readonly brief: boolean
  readonly stateless: boolean
}

/** Short, as there may be many: colour comes with the group. */
function row(finding: Finding, clause: ClauseReport, { linked, brief, stateless }: RowOptions): string {
  const anchor = findingAnchor(finding.id)
  const id = escaped(finding.id)
  const name = linked ? `<a href="#${anchor}">${id}</a>` : id
  const state = stateless ? '' : `<td>${glyphOf(findingState(finding))} ${findingWord(finding)}</td>`
  const start = `<tr${linked ? '' : ` id="${anchor}"`}>${state}`
  if (brief)
    return `${start}<td>${name}</td><td>${escaped(outcomeText(finding, text => cut(text, BRIEF, PAGE)))}</td></tr>\n`
  const promise = isObserved(finding) ? '' : escaped(promiseText(clause, finding))
  return `${start}<th scope="row">${name}</th><td>${promise}</td><td>${escaped(outcomeText(finding))}</td></tr>\n`
}

const BRIEF = 60
const PAGE: Page = { width: BRIEF, colour: plain, ascii: false }

/** How many bytes a row of a clause takes where it is brief, of some rows all over its list. */
export function briefRowBytes(clause: ClauseReport): number {
  const { findings } = clause
  const samples = Math.min(findings.length, SAMPLES)
  let bytes = 0
  for (let i = 0; i < samples; i++) {
    const finding = findings.at(Math.floor(((i * GOLDEN) % 1) * findings.length))
    if (finding === undefined) continue
    const stateless = finding.status === 'met' || finding.status === 'not-applicable'
    bytes += new TextEncoder().encode(row(finding, clause, { linked: false, brief: true, stateless })).length
  }
  return samples === 0 ? 0 : Math.ceil(bytes / samples)
}

const SAMPLES = 200
// Its multiples lie evenly, and in step with no pattern of a list.
const GOLDEN = (Math.sqrt(5) - 1) / 2

/** What a finding came to; of what is waived until when, and by whom. */
function outcomeText(finding: Finding, shorten = (text: string): string => text): string {
  const { waiver } = finding
  return `${shorten(worstText(finding))}${waiver === undefined ? '' : `, waived until ${waiver.until} by ${waiver.approver}`}`
}

function countOf(counts: readonly number[], group: Group): number {
  return counts[groups.indexOf(group)] ?? 0
}

function groupWord({ state, known }: Group): string {
  return `${stateWord(state)}${known ? ' and known' : ''}`
}

/** `3 breached, 1 breached and known, 12 met`. */
function countsText({ counts }: Choice, some: readonly Group[]): string {
  return some
    .filter(group => countOf(counts, group) > 0)
    .map(group => `${grouped(countOf(counts, group))} ${groupWord(group)}`)
    .join(', ')
}
