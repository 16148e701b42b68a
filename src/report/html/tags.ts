import { type State, stateGlyph, stateWord } from '../states.ts'
import { plain, type View } from '../view.ts'
import { escaped } from './escape.ts'

/** A column of a table: its head, and whether it holds figures, aligned to the right. */
export interface Head {
  readonly text: string
  readonly figures?: true
}

/** A state as sign and word, never by colour alone. `word` says it otherwise: `over so far`. */
export function badge(state: State, word = stateWord(state)): string {
  return `<span class="state ${stateClass(state)}">${glyphOf(state)} ${escaped(word)}</span>`
}

/** `s-breached`, `s-risk`: what gives a state its colour. */
export function stateClass(state: State): string {
  if (state === 'at-risk') return 's-risk'
  return state === 'observed' || state === 'not-applicable' ? 's-none' : `s-${state}`
}

export function glyphOf(state: State): string {
  return stateGlyph(state, { width: 0, colour: plain, ascii: false })
}

/** How texts are made for a page: not wrapped, without colour, with every sign. */
export function pageView(view: View): View {
  return { ...view, width: 1_000_000, colour: plain, ascii: false }
}

/** The start of a table, up to its rows. `caption` is HTML; `stacked`: on a phone each row goes below the other. */
export function tableStart(caption: string, heads: readonly Head[], more = 'stacked'): string {
  const cells = heads.map(({ text, figures }) => `<th scope="col"${figures ? ' class="n"' : ''}>${escaped(text)}</th>`)
  return `<table class="${more}"><caption>${caption}</caption><thead><tr>${cells.join('')}</tr></thead>\n`
}

/** A whole table. Cells are HTML; the first of a row is its head. */
export function tableOf(
  caption: string,
  heads: readonly Head[],
  rows: readonly (readonly string[])[],
  more?: string,
): string {
  const lines = rows.map(row => {
    const cells = row.map((cell, i) => {
      if (i === 0) return `<th scope="row">${cell}</th>`
      return `<td${heads[i]?.figures ? ' class="n"' : ''}>${cell}</td>`
    })
    return `<tr>${cells.join('')}</tr>\n`
  })
  return `${tableStart(caption, heads, more)}<tbody>\n${lines.join('')}</tbody></table>\n`
}

/** Names and what they stand for; values are HTML. Those with a blank value are left out. */
export function factList(pairs: readonly (readonly [name: string, html: string])[]): string {
  const shown = pairs.filter(([, html]) => html !== '')
  if (shown.length === 0) return ''
  return `<dl class="facts">${shown.map(([name, html]) => `<div><dt>${escaped(name)}</dt><dd>${html}</dd></div>`).join('')}</dl>\n`
}
