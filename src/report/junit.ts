import type { Finding, Outline } from '../model/finding.ts'
import type { ClauseReport, Report } from '../model/report.ts'
import { formatUtc } from '../time/stamp.ts'
import { findingAsSaid } from './day-ends.ts'
import { findingBlock } from './finding-block.ts'
import { isOverYears } from './instants.ts'
import { relativePath } from './paths.ts'
import { cut, printable } from './printable.ts'
import { outcomeOf, resultState, resultText } from './results.ts'
import { decides, plain, type View } from './view.ts'
import { wordsOf } from './words.ts'

/**
 * JUnit XML: a suite for each judged clause, a case for each finding, those that pass too. What isn't kept fails, what
 * isn't decided, known or waived is skipped unless `--fail-on` lists it.
 */
export function* streamJunit(report: Report, given: View): Iterable<string> {
  const view = { ...given, years: isOverYears(given.zone, report.period) }
  const { contract } = report
  const suites = report.clauses
    .filter(({ binding }) => binding !== 'observed')
    .map(clause => ({ clause, count: countCases(clause, view) }))
  const sum = (one: (count: Count) => number): number => suites.reduce((all, { count }) => all + one(count), 0)
  yield `<?xml version="1.0" encoding="UTF-8"?>\n`
  yield element('testsuites', {
    name: contract.id,
    tests: sum(count => count.tests),
    failures: sum(count => count.failures),
    errors: 0,
    time: 0,
  })
  for (const { clause, count } of suites) {
    const { id, kind, binding, section, promise, findings } = clause
    const stamp = formatUtc(report.asOf).replace(/(\.\d+)?Z$/, '')
    yield `  ${element('testsuite', { name: `${contract.id}.${id}`, ...count, errors: 0, time: 0, timestamp: stamp })}`
    yield '    <properties>\n'
    for (const [name, value] of Object.entries({
      kind,
      binding,
      section,
      promise,
      'contract-sha256': contract.sha256,
    })) {
      if (value !== undefined) yield `      ${element('property', { name, value }, true)}`
    }
    yield '    </properties>\n'
    for (const finding of findings) yield testCase(finding, clause, report, view)
    yield '  </testsuite>\n'
  }
  yield '</testsuites>\n'
}

const MOST_STEPS = 40
const MOST_MESSAGE = 1000

interface Count {
  readonly tests: number
  readonly failures: number
  readonly skipped: number
}

function countCases(clause: ClauseReport, view: View): Count {
  let [failures, skipped] = [0, 0]
  for (const outline of clause.findings.outlines?.() ?? clause.findings) {
    const verdict = verdictOf(outline, clause, view)
    if (verdict === 'failure') failures++
    if (verdict === 'skipped') skipped++
  }
  return { tests: clause.findings.length, failures, skipped }
}

/** What a test framework would call it. Only what can make the run fail is a failure. */
function verdictOf(finding: Outline, clause: ClauseReport, view: View): 'failure' | 'skipped' | 'passed' {
  const { failOn = ['breached'] } = view
  const listed = (name: string): boolean => decides(clause.binding, view) && failOn.includes(name)
  switch (outcomeOf(clause, finding)) {
    case 'breach':
      return 'failure'
    case 'objective':
      return decides(clause.binding, view) ? 'failure' : 'skipped'
    case 'known':
    case 'waived':
      return 'skipped'
    case 'unverified':
      return listed('unverified') ? 'failure' : 'skipped'
    case 'at-risk':
      if (listed('at-risk')) return 'failure'
      break
    default:
  }
  if (finding.status === 'pending') return listed('pending') ? 'failure' : 'skipped'
  return finding.status === 'not-applicable' ? 'skipped' : 'passed'
}

function testCase(finding: Finding, clause: ClauseReport, report: Report, view: View): string {
  const { span } = clause
  const verdict = verdictOf(finding, clause, view)
  const attributes = {
    classname: `${report.contract.id}.${clause.id}`,
    name: finding.id,
    file: relativePath(span?.file ?? report.contract.file, view),
    line: span?.line ?? 1,
    time: 0,
  }
  if (verdict === 'passed') return `    ${element('testcase', attributes, true)}`
  const said = findingAsSaid(finding, clause.kind, view.zone, view.years)
  const note = finding.status === 'breached' && clause.binding === 'objective' ? ' (objective)' : ''
  const text = resultText(wordsOf(clause, said, view.zone, view.years))
  const message = cut(printable(`${resultState(finding)}${note}: ${text}`), MOST_MESSAGE, { ...view, ascii: false })
  const inner =
    verdict === 'skipped'
      ? element('skipped', { message }, true)
      : `${element('failure', { message, type: finding.reason }).trimEnd()}${body(said, clause, report, view)}</failure>\n`
  return `    ${element('testcase', attributes)}      ${inner}    </testcase>\n`
}

/** The finding in detail, laid out for a log. */
function body(said: Finding, clause: ClauseReport, report: Report, view: View): string {
  const page: View = { ...view, width: 120, colour: plain, ascii: false }
  return escapedXml(`\n${findingBlock(said, clause, report, page, MOST_STEPS).join('\n')}\n`)
}

function element(name: string, attributes: Readonly<Record<string, string | number>>, empty = false): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapedXml(printable(String(value)))}"`)
  return `<${name}${given.join('')}${empty ? '/>' : '>'}\n`
}

/**
 * Printable text in XML 1.0, which leaves out two more characters than those that can't be shown. No line of it is what
 * the log of a CI job would take for a command: `::` at its start, `##[` anywhere.
 */
function escapedXml(text: string): string {
  return text
    .replace(/[&<>"']|(?<=#)#(?=\[)|(?<=^[^\S\n]*):(?=:)/gm, sign => ENTITIES[sign] ?? sign)
    .replace(/[\ufffe\uffff]/g, character => `\\u${character.charCodeAt(0).toString(16)}`)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '#': '&#35;',
  ':': '&#58;',
}
