import { escapedUnits, jsonText } from '../json.ts'
import { printable } from '../printable.ts'

/** Text for a message: visible characters only, and no `[text](target)`, which viewers make a link of (SARIF 3.11.6). */
export function safeText(text: string): string {
  const safe = printable(text).replaceAll('](', '] (')
  return safe.length <= MOST ? safe : `${safe.slice(0, MOST).replace(/\p{Cs}$/u, '')}…`
}

/** JSON that shows nothing it shouldn't wherever it is looked at: what has no sign of its own is escaped. */
export function safeJson(value: unknown, indent = 0): string {
  return jsonText(value, indent).replace(/[\p{Co}\p{Cn}]/gu, escapedUnits)
}

const MOST = 4000
