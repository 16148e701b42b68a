import type { Chart } from '../chart.ts'
import { escaped } from '../escape.ts'

/**
 * The plot of a chart is so many units across whatever the width of the page: areas and lines are stretched to fit, texts
 * keep their size and stand at shares of it. Names stand in the margin on its left.
 */
export const LEFT = 0
export const RIGHT = 620
/** Where names in the margin end, in px left of the plot. */
export const NAMES = -6
/** How many units of the plot a pixel is on a narrow page, where the plot has about 190 of them. */
export const NARROW = RIGHT / 190

/** What an area stands for. The page's style gives each its colour, the pattern says the same without colours. */
export type Ink =
  | 'met'
  | 'hours'
  | 'breached'
  | 'some'
  | 'brief'
  | 'overspent'
  | 'excluded'
  | 'unknown'
  | 'pending'
  | 'risk'
  | 'counted'
  | 'paused'

export interface Drawing {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly height: number
  readonly body: readonly string[]
  /** What its areas stand for; patterns are made for these. */
  readonly key: readonly (readonly [Ink, string])[]
  /** Told after the key. */
  readonly also?: string
  /** Without room for names on the left. */
  readonly bare?: true
  /** Whether the key is shown; the lanes of a timeline have their names beside them. */
  readonly keyed?: boolean
}

/** A chart as told, its drawing made. */
export function chartOf(drawing: Drawing, head: Chart['head'], rows: Chart['rows']): Chart {
  const { id, title, description } = drawing
  return { id, title, description, svg: svgOf(drawing), head, rows }
}

/** Inline SVG with its title and description, and its key; the ids in it begin with the drawing's own. */
function svgOf({ id, title, description, height, body, key, also = '', bare, keyed = true }: Drawing): string {
  const all = body.join('')
  const texts = all.match(TEXT) ?? []
  return [
    `<svg role="img"${bare ? ' class="bare"' : ''} aria-labelledby="${id}-t ${id}-d" width="100%" height="${height}">`,
    `<title id="${id}-t">${escaped(title)}</title><desc id="${id}-d">${escaped(description)}</desc>`,
    `<defs>${[...new Set(key.map(([ink]) => ink))].map(ink => patternOf(ink, id)).join('')}</defs>`,
    `<svg viewBox="0 0 ${RIGHT} ${height}" width="100%" height="${height}" preserveAspectRatio="none">`,
    `${all.replace(TEXT, '')}</svg>${texts.join('')}</svg>`,
    keyed ? keyOf(id, key, also) : '',
  ].join('')
}

const TEXT = /<text .*?<\/text>/gs

/** What the inks stand for, in a line that breaks where the page is narrow. */
function keyOf(id: string, key: Drawing['key'], also: string): string {
  if (key.length === 0 && also === '') return ''
  const items = key.map(
    ([ink, word]) =>
      `<span><svg class="swatch" aria-hidden="true" width="16" height="13"><path d="M0 0h16v13h-16z" fill="url(#${id}-${ink})"/></svg> ${escaped(word)}</span>`,
  )
  return `<p class="key">${items.join(' ')}${also === '' ? '' : ` <span>${escaped(also)}</span>`}</p>`
}

/** Rectangles of one ink; those too thin for its pattern are plain. */
export function areas(ink: Ink, id: string, boxes: readonly Box[]): string {
  const thin = boxes.filter(([, , width]) => width < THIN)
  const wide = boxes.filter(([, , width]) => width >= THIN)
  return [
    wide.length === 0 ? '' : `<path d="${wide.map(boxPath).join('')}" fill="url(#${id}-${ink})"/>`,
    thin.length === 0 ? '' : `<path d="${thin.map(boxPath).join('')}" style="fill:var(--${PATTERNS[ink].colour})"/>`,
  ].join('')
}

export type Box = readonly [x: number, y: number, width: number, height: number]

/** What a pointer is told over a box, which shows nothing itself. */
export function tip([x, y, w, h]: Box, text: string): string {
  return `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill-opacity="0"><title>${escaped(text)}</title></rect>`
}

/** A text on the drawing, `x` in units of the plot; `anchor` is the end it is placed by. */
export function label(x: number, y: number, text: string, options: LabelOptions = {}): string {
  const share = Math.round((x / RIGHT) * 10_000) / 100
  return textAt(`${share}%`, y, text, options)
}

/** A text so many px from the left end of the plot, which a stretched plot leaves where it is. */
export function nearby(px: number, y: number, text: string, options: LabelOptions = {}): string {
  return textAt(String(px), y, text, options)
}

function textAt(x: string, y: number, text: string, { anchor, ink = 'muted', bold, on }: LabelOptions): string {
  const end = anchor === undefined || anchor === 'start' ? '' : ` text-anchor="${anchor}"`
  const names = [on, ink === 'muted' ? undefined : `ink-${ink}`, bold ? 'bold' : undefined].filter(Boolean).join(' ')
  const style = names === '' ? '' : ` class="${names}"`
  return `<text x="${x}" y="${number(y)}"${style}${end}>${escaped(text)}</text>`
}

export interface LabelOptions {
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly ink?: 'muted' | 'text' | 'breached'
  readonly bold?: boolean
  /** Shown on wide or on narrow pages only. */
  readonly on?: 'wide' | 'narrow'
}

/** A line of the drawing's own, such as a grid. */
export function line(path: string, ink = 'line', width = 1, dashes = ''): string {
  const dashed = dashes === '' ? '' : ` stroke-dasharray="${dashes}"`
  return `<path d="${path}" fill="none"${dashed} style="stroke:var(--${ink});stroke-width:${width}"/>`
}

/** An id that no other text gives; long ones end in a digest. */
export function anchorOf(text: string): string {
  const encoded = text.replace(/[^A-Za-z0-9-]/gu, sign => `_${(sign.codePointAt(0) ?? 0).toString(16)}_`)
  return encoded.length <= 60 ? encoded : `${encoded.slice(0, 44)}_${digest(text)}`
}

/** As much of a text as a drawing has room for. */
export function short(text: string, most: number): string {
  const characters = [...text.slice(0, 4 * most)]
  return characters.length <= most && text.length <= 4 * most ? text : `${characters.slice(0, most - 1).join('')}…`
}

/** A coordinate with one decimal at most. */
export function number(value: number): string {
  return String(Math.round(value * 10) / 10)
}

const THIN = 5

function boxPath([x, y, w, h]: Box): string {
  return `M${number(x)} ${number(y)}h${number(w)}v${number(h)}h${number(-w)}z`
}

function patternOf(ink: Ink, id: string): string {
  const { colour, size, turn = 0, ground, path, width = 1, over = colour } = PATTERNS[ink]
  const turned = turn === 0 ? '' : ` patternTransform="rotate(${turn})"`
  return [
    `<pattern id="${id}-${ink}" width="${size}" height="${size}" patternUnits="userSpaceOnUse"${turned}>`,
    `<path d="M0 0h${size}v${size}h-${size}z" style="fill:var(--surface)"/>`,
    `<path d="M0 0h${size}v${size}h-${size}z" style="fill:var(--${colour});fill-opacity:${ground}"/>`,
    path === '' ? '' : `<path d="${path}" style="stroke:var(--${over});stroke-width:${width};stroke-linecap:round"/>`,
    '</pattern>',
  ].join('')
}

interface Pattern {
  readonly colour: string
  readonly size: number
  readonly turn?: number
  /** How strongly the ground is coloured. */
  readonly ground: number
  readonly path: string
  readonly width?: number
  readonly over?: string
}

// Told apart without colours: pale, dark with fine lines, hatched either way, dotted, striped.
const PATTERNS: Readonly<Record<Ink, Pattern>> = {
  met: { colour: 'met', size: 8, ground: 0.28, path: '' },
  risk: { colour: 'risk', size: 5, ground: 0.3, path: 'M2.5 0V5', width: 1.4 },
  counted: { colour: 'text', size: 8, ground: 0.55, path: '' },
  hours: { colour: 'muted', size: 8, ground: 0.16, path: '' },
  brief: { colour: 'breached', size: 8, ground: 0.4, path: '' },
  some: { colour: 'breached', size: 4, ground: 0.55, path: 'M0 2H4', width: 1.4 },
  breached: { colour: 'breached', size: 6, turn: -45, ground: 1, path: 'M0 0V6', width: 1, over: 'surface' },
  overspent: { colour: 'breached', size: 6, turn: -45, ground: 0.16, path: 'M3 0V6', width: 1 },
  excluded: { colour: 'muted', size: 6, turn: 45, ground: 0.12, path: 'M3 0V6', width: 2 },
  paused: { colour: 'muted', size: 5, ground: 0.08, path: 'M0 2.5H5', width: 1.4 },
  unknown: { colour: 'unverified', size: 6, ground: 0.1, path: 'M1.5 1.5h0M4.5 4.5h0', width: 2 },
  pending: { colour: 'pending', size: 6, turn: 45, ground: 0.25, path: 'M3 0V6', width: 1 },
}

/** Two independent 32-bit FNV-1a sums. */
function digest(text: string): string {
  let [a, b] = [0x811c9dc5, 0x1b873593]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ (code + i), 0x85ebca6b)
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0')
}
