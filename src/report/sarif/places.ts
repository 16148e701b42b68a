import type { Span } from '../../model/diagnostic.ts'
import type { Origin } from '../../model/finding.ts'
import type { Report } from '../../model/report.ts'
import { relativePath } from '../paths.ts'
import type { View } from '../view.ts'

/** A file as a URI reference: relative from the working directory on, percent-encoded, `file:` where it lies elsewhere. */
export function uriOf(file: string, view: View): string {
  const path = relativePath(file, view)
  const encoded = path
    .split('/')
    .map(part => encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd')))
    .join('/')
  if (path.startsWith('//')) return `file:${encoded}`
  if (path.startsWith('/')) return `file://${encoded}`
  return /^[A-Za-z]:\//.test(path) ? `file:///${encoded.replace('%3A', ':')}` : encoded
}

/** A place in a file; without a length one column wide, for viewers want something to mark. */
export function spanPlace({ file, line, column, length }: Span, view: View) {
  return {
    artifactLocation: { uri: uriOf(file, view) },
    region: {
      startLine: Math.max(line, 1),
      startColumn: Math.max(column, 1),
      endLine: Math.max(line, 1),
      endColumn: Math.max(column, 1) + Math.max(length, 1),
    },
  }
}

/** The rows that a record came from; a record of a one-line document has no line of its own. */
export function originPlace({ input, line, item, to }: Origin, report: Report, view: View) {
  const file = report.inputs[input]?.file
  if (file === undefined) return undefined
  const artifactLocation = { uri: uriOf(file, view) }
  if (line === undefined || line < 1) return { artifactLocation }
  const end = item === undefined ? to : undefined
  return {
    artifactLocation,
    region: { startLine: line, ...(end !== undefined && end > line && { endLine: end }) },
  }
}

/** Where a clause stands in its contract; the top of it where that isn't known. */
export function clauseSpan(span: Span | undefined, report: Report): Span {
  return span ?? { file: report.contract.file, line: 1, column: 1, length: 0 }
}
