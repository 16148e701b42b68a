import type { Diagnostic } from '../model/diagnostic.ts'
import type { Contradiction } from './sample-lists.ts'

/** Where something stands in a file: 1-based line and column, and the text of the line where it is at hand. */
export interface Place {
  readonly line: number
  readonly column: number
  readonly frame?: string
}

export interface Flaw {
  readonly code: string
  readonly message: string
  readonly hint?: string
  /** As a function: only looked up for flaws that are shown. */
  readonly place?: Place | (() => Place)
  /** The file as a whole, of which the message holds the name: there is no line to show. */
  readonly whole?: true
  /** Flaws of its code (and of the same `key`) are one, which says so if there are several. */
  readonly together?: (count: number) => string
  readonly key?: string
}

/** What is wrong in one file: the first errors and warnings in full, the rest counted. */
export interface Problems {
  readonly file: string
  readonly failed: boolean
  error(flaw: Flaw): void
  warn(flaw: Flaw): void
  /** Everything said so far, in order, with a closing line for what was only counted. */
  list(): readonly Diagnostic[]
}

/** At most this many errors, and as many warnings, are shown for one file. */
export const SHOWN = 20

export function makeProblems(file: string): Problems {
  const shown: Diagnostic[] = []
  const counts = { error: 0, warning: 0 }
  // Those that are only counted.
  const left = { error: 0, warning: 0 }
  const joined = new Map<string, { readonly at: number; readonly flaw: Flaw; count: number }>()

  function add(severity: 'error' | 'warning', flaw: Flaw): void {
    if (flaw.together !== undefined) {
      const key = `${severity} ${flaw.code} ${flaw.key ?? ''}`
      const known = joined.get(key)
      if (known !== undefined) {
        known.count++
        return
      }
      joined.set(key, { at: shown.length, flaw, count: 1 })
    }
    counts[severity]++
    left[severity]++
    if (counts[severity] > SHOWN && flaw.together === undefined) return
    left[severity]--
    shown.push(diagnose(file, severity, flaw))
  }

  function list(): readonly Diagnostic[] {
    const closing: Diagnostic[] = []
    for (const severity of ['error', 'warning'] as const) {
      const more = left[severity]
      if (more <= 0) continue
      const what = more === 1 ? severity : `${severity}s`
      closing.push(diagnose(file, severity, { code: 'more', message: `and ${more} more ${what} in ${file}` }))
    }
    const all = [...shown]
    for (const { at, flaw, count } of joined.values()) {
      const one = all[at]
      if (one !== undefined && count > 1) all[at] = { ...one, message: flaw.together?.(count) ?? one.message }
    }
    return [...all, ...closing]
  }

  return {
    file,
    get failed() {
      return counts.error > 0
    },
    error: flaw => add('error', flaw),
    warn: flaw => add('warning', flaw),
    list,
  }
}

/** A flaw of a file as a diagnostic; a long source line is cut. */
export function diagnose(file: string, severity: 'error' | 'warning', flaw: Flaw): Diagnostic {
  const place = typeof flaw.place === 'function' ? flaw.place() : flaw.place
  return {
    code: flaw.code,
    severity,
    message: flaw.message,
    ...(flaw.whole === true ? {} : { span: { file, line: place?.line ?? 1, column: place?.column ?? 1, length: 0 } }),
    ...(flaw.hint === undefined ? {} : { hint: flaw.hint }),
    ...(place?.frame === undefined ? {} : { frame: { line: place.line, lines: [place.frame.slice(0, FRAME)] } }),
  }
}

/** A request row that says otherwise about time which another row counts. */
export function contradictionFlaw(
  { kind, input, line, other }: Contradiction,
  problemsOf: (input: number) => Pick<Problems, 'file'>,
): Flaw {
  const there = `${other.input === input ? '' : `${problemsOf(other.input).file} `}line ${other.line}`
  const hint = 'give each stretch of time once, or tell the rows apart by a column such as region'
  const message =
    kind === 'same-time'
      ? `two rows for the same time: ${there} says otherwise`
      : `this row covers time that ${there} already covers`
  return { code: 'bad-row', message, hint, place: { line, column: 1 } }
}

const FRAME = 200
