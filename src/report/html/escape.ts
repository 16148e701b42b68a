import { printable } from '../printable.ts'

/**
 * Any text as HTML or SVG text, also inside a quoted attribute: control and format characters become visible escapes.
 * `##[`, which begins a command in the log of a CI job, reads the same to people only.
 */
export function escaped(text: string): string {
  return printable(text).replace(/[&<>"']|(?<=#)#(?=\[)/g, sign => ENTITIES[sign] ?? sign)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '#': '&#35;',
}
