import type { ClauseReport, Report } from '../model/report.ts'

/** The report as it stands, as JSON with a final line break and true values. */
export function renderJson(report: Report): string {
  return [...streamJson(report)].join('')
}

/** The same in pieces, so that the findings of a million records are never one text. */
export function* streamJson(report: Report): Iterable<string> {
  yield* objectPieces(report, '', {
    clauses: pad => listPieces(report.clauses, pad, clausePieces),
    upcoming: pad =>
      objectPieces(report.upcoming ?? {}, pad, {
        items: inner => listPieces(report.upcoming?.items ?? [], inner, plainPieces),
      }),
  })
  yield '\n'
}

/** Any list as a JSON array in pieces, with a final line break. */
export function* streamJsonList(list: Iterable<unknown>): Iterable<string> {
  yield* listPieces(list, '', plainPieces)
  yield '\n'
}

type Pieces<Item> = (item: Item, pad: string) => Iterable<string>

function clausePieces(clause: ClauseReport, pad: string): Iterable<string> {
  return objectPieces(clause, pad, { findings: inner => listPieces(clause.findings, inner, plainPieces) })
}

/** What `JSON.stringify(value, null, 2)` gives, `pad` deeper; the members named are made by their own functions. */
function* objectPieces(
  value: object,
  pad: string,
  members: Readonly<Record<string, (pad: string) => Iterable<string>>>,
): Iterable<string> {
  const inner = `${pad}  `
  let started = false
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue
    yield `${started ? ',' : '{'}\n${inner}${JSON.stringify(key)}: `
    started = true
    const pieces = Object.hasOwn(members, key) ? members[key] : undefined
    if (pieces === undefined) yield* plainPieces(member, inner)
    else yield* pieces(inner)
  }
  yield started ? `\n${pad}}` : '{}'
}

function* listPieces<Item>(list: Iterable<Item>, pad: string, pieces: Pieces<Item>): Iterable<string> {
  const inner = `${pad}  `
  let started = false
  for (const item of list) {
    yield `${started ? ',' : '['}\n${inner}`
    started = true
    yield* pieces(item, inner)
  }
  yield started ? `\n${pad}]` : '[]'
}

/**
 * A value as JSON on lines, or on one without `indent`. It reads the same as what `JSON.stringify` gives; signs that a
 * terminal, a reader of lines or the log of a CI job would act on are escaped.
 */
export function jsonText(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent).replace(ODD, escapedUnits)
}

// What JSON leaves as it is: C1 controls (one of them ends lines), format characters, line and paragraph separators;
// `##[`, with which a command begins in the log of a CI job.
const ODD = /[\p{Cf}\u007f-\u009f\u2028\u2029]|(?<=#)#(?=\[)/gu

/** Each UTF-16 unit as `\\u202e`. */
export function escapedUnits(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i))
  return units.map(unit => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}

/** No string of JSON holds a line break as such, so that each one in the text is one of the layout. */
function* plainPieces(value: unknown, pad: string): Iterable<string> {
  yield jsonText(value).replaceAll('\n', `\n${pad}`)
}
