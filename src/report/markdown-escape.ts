import { printable } from './printable.ts'

/**
 * Any text as Markdown text on one line, in cells too: no markup, no HTML, and on GitHub and GitLab no link, mention,
 * reference or formula comes of it. Control and format characters become visible escapes.
 */
export function escapeMarkdown(text: string): string {
  const plain = printable(text)
    .replace(/[\\`*_{}[\]|~#!$]/g, '\\$&')
    .replace(/[&<>]/g, sign => ENTITIES[sign] ?? sign)
    .replace(AT_START, '$1$3\\$2$4')
  return unlinked(plain)
}

/** Text, escaped already, that mentions nobody and refers to nothing: a space without width breaks what would. */
export function unlinked(text: string): string {
  return text.replace(LINKED, `$&${ZERO_WIDTH}`)
}

/** Any text as code, to be copied as it is; where a cell could not hold that, as escaped text. */
export function markdownCode(text: string): string {
  const safe = printable(text)
  if (safe.trim() === '' || safe.includes('|')) return escapeMarkdown(text)
  const runs = [...safe.matchAll(/`+/g)].map(([run]) => run.length)
  if (runs.length === 0) return `\`${safe}\``
  const fence = '`'.repeat(Math.max(...runs) + 1)
  return `${fence} ${safe} ${fence}`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

// What begins a list or underlines a heading.
const AT_START = /^(\s*)([-+=])|^(\s*\d{1,9})([.)])(?=\s|$)/

// Mentions and references are found after escapes are resolved: only something in between breaks them.
const LINKED = /@(?=[\p{L}\p{N}])|[#!](?=\d)|\bGH-(?=\d)|\bwww(?=\.)|:(?=\/\/)/giu
const ZERO_WIDTH = '\u200b'
