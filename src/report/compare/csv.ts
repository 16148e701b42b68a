import type { Comparison } from '../../model/comparison.ts'
import { plain, record } from '../csv.ts'
import { instantText } from '../instants.ts'
import { differing } from './different.ts'
import type { CompareView } from './index.ts'

/**
 * One row for each promise of each contract, then one for each worst case and each verdict on a history (RFC 4180,
 * UTF-8), its columns fixed. A text that a spreadsheet would take for a formula has an apostrophe before it.
 */
export function* streamComparisonCsv(comparison: Comparison, view: CompareView): Iterable<string> {
  yield record(COLUMNS)
  for (const row of rowsOf(differing(comparison, view), view)) yield record(COLUMNS.map(column => row[column]))
}

/** `part`: promise, worst-case, history or evidence (a file of the history); `witnesses` are counted from 1, as their files are. */
const COLUMNS = [
  'part',
  'key',
  'subject',
  'name',
  'contract',
  'version',
  'file',
  'base',
  'state',
  'text',
  'clause',
  'binding',
  'contract_line',
  'relation',
  'searched',
  'best',
  'rules',
  'witnesses',
  'ms',
  'start',
  'end',
  'beside',
  'status',
  'breached',
  'judged',
  'worst',
  'finding',
  'period',
  'as_of',
  'rows',
  'sha256',
] as const

type Row = Readonly<Partial<Record<(typeof COLUMNS)[number], string | number | undefined>>>

function* rowsOf({ contracts, rows, envelope, replay = [], history }: Comparison, view: CompareView): Iterable<Row> {
  const of = (at: number): Row => {
    const { id, version, file } = contracts[at] ?? { id: '', version: undefined, file: '' }
    return { contract: id, version, file, base: yes(at === 0) }
  }
  for (const { key, subject, name, cells } of rows) {
    for (const [at, cell] of cells.entries()) {
      const { state, text, clause, binding, span, relation, searched, best, rules, witnesses } = cell
      const line = span === undefined ? undefined : `${span.file}:${span.line}`
      const why = { relation, searched: yes(searched), best: yes(best), rules: plain(rules.join('; ')) }
      const logs = witnesses.map(index => index + 1).join(' ')
      const said = { state, text: plain(text), clause, binding, contract_line: line }
      yield { part: 'promise', key, subject, name, ...of(at), ...said, ...why, witnesses: logs }
    }
  }
  for (const { key, subject, name, values } of envelope) {
    for (const [at, { ms, text, at: where, beside, notes, best }] of values.entries()) {
      const stretch = where && { start: instantText(view.zone, where.start), end: instantText(view.zone, where.end) }
      const why = {
        text: plain(text),
        best: yes(best),
        rules: plain(notes.join('; ')),
        ms,
        beside: plain(beside ?? ''),
      }
      yield { part: 'worst-case', key, subject, name, ...of(at), ...why, ...stretch }
    }
  }
  for (const { key, subject, name, verdicts } of replay) {
    for (const [at, verdict] of verdicts.entries()) {
      if (verdict === undefined) continue
      const { status, breached, judged, first, worst, finding } = verdict
      const start = first === undefined ? undefined : instantText(view.zone, first)
      yield {
        part: 'history',
        key,
        subject,
        name,
        ...of(at),
        status,
        breached,
        judged,
        start,
        worst: plain(worst ?? ''),
        finding,
        period: history?.periods[at]?.text,
        as_of: history && instantText(view.zone, history.asOf),
      }
    }
  }
  for (const { file, rows: count, sha256 } of history?.inputs ?? []) {
    yield { part: 'evidence', file, rows: count, sha256 }
  }
}

function yes(value: boolean | undefined): string | undefined {
  return value === true ? 'yes' : undefined
}
