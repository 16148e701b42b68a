import type { Diagnostic, Span } from '../model/diagnostic.ts'

/** Keys and list positions that lead to a value. */
export type Path = readonly (string | number)[]

/** Offsets in the text, half-open. */
export type Range = readonly [start: number, end: number]

/**
 * Where a value stands and what stands under it. `bare`: a key alone between `{ }` or `[ ]`, without a value;
 * `number`: written as a number, without quotes.
 */
export interface Place {
  readonly key?: Range
  readonly value: Range
  readonly bare?: true
  readonly number?: true
  readonly children: Map<string | number, Place>
}

export interface Source {
  readonly file: string
  readonly text: string
  /** Offset of the start of each line. */
  readonly lines: readonly number[]
  readonly root: Place
}

/** What an error or lint says, apart from where. */
export interface Said {
  readonly code: string
  readonly message: string
  readonly hint?: string | undefined
}

/** A diagnostic about a stretch of the text, with the lines around it. */
export function diagnosticAt(
  source: Omit<Source, 'root'>,
  range: Range,
  said: Said,
  severity: Diagnostic['severity'] = 'error',
): Diagnostic {
  const span = spanOf(source, range)
  const { code, message, hint } = said
  return { code, severity, message, span, ...(hint === undefined ? {} : { hint }), frame: frameOf(source, span) }
}

/**
 * The range of the value at a path, or of its key. Where nothing stands at the path (a missing key, a default), the
 * key of the nearest value around it.
 */
export function rangeAt(source: Source, path: Path, part: 'key' | 'value' = 'value'): Range {
  let place = source.root
  for (const step of path) {
    const child = place.children.get(step)
    if (child === undefined) return place.key ?? [place.value[0], place.value[0]]
    place = child
  }
  return part === 'key' ? (place.key ?? place.value) : place.value
}

/** The place at a path, if something stands there. */
export function placeAt(source: Source, path: Path): Place | undefined {
  let place: Place | undefined = source.root
  for (const step of path) place = place?.children.get(step)
  return place
}

/** The range of the value at a path, or of the nearest value around it. */
export function nearestRange(source: Source, path: Path): Range {
  let place = source.root
  for (const step of path) {
    const child = place.children.get(step)
    if (child === undefined) break
    place = child
  }
  return place.value
}

/** 1-based line and column of a range; the length ends with the range's first line. */
export function spanOf(source: Omit<Source, 'root'>, [start, end]: Range): Span {
  const line = lineAt(source.lines, start)
  const from = source.lines[line - 1] ?? 0
  const length = Math.max(0, Math.min(end, from + lineText(source, line).length) - start)
  return { file: source.file, line, column: start - from + 1, length }
}

/** The line of a span with its neighbours, line ends removed. */
export function frameOf(source: Omit<Source, 'root'>, span: Span): NonNullable<Diagnostic['frame']> {
  const first = Math.max(1, span.line - 1)
  const lines: string[] = []
  for (let line = first; line <= Math.min(source.lines.length, span.line + 1); line++)
    lines.push(lineText(source, line))
  if (lines.length > span.line - first + 1 && lines.at(-1) === '') lines.pop()
  return { line: first, lines }
}

/** In the order of the source; of several that say the same at the same place one stays. */
export function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>()
  return [...diagnostics]
    .sort((a, b) => (a.span?.line ?? 0) - (b.span?.line ?? 0) || (a.span?.column ?? 0) - (b.span?.column ?? 0))
    .filter(d => {
      const key = JSON.stringify([d.code, d.message, d.span?.line, d.span?.column])
      return !seen.has(key) && seen.add(key)
    })
}

/** Offsets at which lines start. */
export function lineStarts(text: string): number[] {
  const starts = [0]
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1)
  return starts
}

/** The 1-based line of an offset. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle
  }
  return low + 1
}

function lineText(source: Omit<Source, 'root'>, line: number): string {
  const text = source.text.slice(source.lines[line - 1] ?? 0, source.lines[line] ?? source.text.length)
  return text.replace(/\r?\n$/, '')
}
