import { layoutRules } from './style-layout.ts'
import { printRules } from './style-print.ts'
import { tableRules } from './style-tables.ts'

/** Colours by name; each text colour has a contrast of 4.5 or more on `page`, `surface` and `raised` of its scheme. */
export const light: Readonly<Record<string, string>> = {
  page: '#f5f6f8',
  surface: '#ffffff',
  raised: '#eef1f5',
  line: '#d5dae2',
  text: '#1b2330',
  muted: '#556070',
  link: '#1a56b0',
  breached: '#b3261e',
  unverified: '#805300',
  pending: '#2458a8',
  risk: '#9a4600',
  met: '#1b6b35',
  waived: '#6b3fa0',
}

export const dark: Readonly<Record<string, string>> = {
  page: '#12161c',
  surface: '#1a2029',
  raised: '#232b36',
  line: '#38424f',
  text: '#e6eaf0',
  muted: '#a3aebc',
  link: '#8ab8ff',
  breached: '#ff8b82',
  unverified: '#e8b64c',
  pending: '#8ab8ff',
  risk: '#ffa657',
  met: '#6fcf8b',
  waived: '#c3a1f0',
}

/** The style sheet of a page, printed with `running` at the top left and `asOf` at the top right. */
export function styleSheet(running: string, asOf: string): string {
  return `:root{color-scheme:light dark;${variables(light)}}
@media screen and (prefers-color-scheme:dark){:root{${variables(dark)}}}
${layoutRules}${tableRules}${printRules(cssString(running), cssString(asOf))}`
}

function variables(colours: Readonly<Record<string, string>>): string {
  return Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';')
}

/** Any text as a CSS string that holds nothing but letters, digits, spaces and escapes: it can't end its element. */
export function cssString(text: string): string {
  const safe = [...text].map(sign =>
    /[A-Za-z0-9 ]/.test(sign) ? sign : `\\${(sign.codePointAt(0) ?? 0).toString(16)} `,
  )
  return `"${safe.join('')}"`
}
