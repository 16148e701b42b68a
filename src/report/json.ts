import type { ClauseReport, Report } from '../model/report.ts'

/** The report as it stands, as JSON with a final line break; true values, nothing escaped beyond JSON. */
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

/** No string of JSON holds a line break as such, so that each one in the text is one of the layout. */
function* plainPieces(value: unknown, pad: string): Iterable<string> {
  yield JSON.stringify(value, null, 2).replaceAll('\n', `\n${pad}`)
}
