import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cssString, dark, light, styleSheet } from '../../src/report/html/style.ts'

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const channels = [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  const [r = 0, g = 0, b = 0] = channels.map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const GROUNDS = ['page', 'surface', 'raised']
const TEXTS = ['text', 'muted', 'link', 'breached', 'unverified', 'pending', 'risk', 'met', 'waived']

describe('the colours', () => {
  it('are measured as the standard says', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  })

  it.each([
    ['light', light],
    ['dark', dark],
  ])('can be read on every ground: %s', (_, colours) => {
    expect(Object.keys(colours).sort()).toEqual([...GROUNDS, ...TEXTS, 'line'].sort())
    for (const text of TEXTS) {
      for (const ground of GROUNDS) {
        const found = contrast(colours[text] ?? '', colours[ground] ?? '')
        expect(found, `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
      }
    }
  })

  it('are all defined, and dark only on a screen', () => {
    const sheet = styleSheet('a', 'b')
    const own = new Set(['state'])
    const used = [...sheet.matchAll(/var\(--([a-z]+)/g)].flatMap(([, name = '']) => (own.has(name) ? [] : [name]))
    expect(used.length).toBeGreaterThan(20)
    for (const name of used) expect(Object.keys(light)).toContain(name)
    const [before = ''] = sheet.split('@media screen and (prefers-color-scheme:dark)')
    expect(before).toContain(`--page:${light.page}`)
    expect(before).not.toContain(dark.page)
    expect(sheet.split(String(dark.page))).toHaveLength(2)
  })
})

describe('a running head', () => {
  it('is a string that nothing can end', () => {
    expect(cssString('Acme 2026')).toBe('"Acme 2026"')
    expect(cssString('a"b</style>')).toBe('"a\\22 b\\3c \\2f style\\3e "')
    const read = (css: string): string =>
      css.slice(1, -1).replace(/\\([\da-f]+) /g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const css = cssString(text)
        expect(css).toMatch(/^"[A-Za-z0-9 \\]*"$/)
        expect(read(css)).toBe(text)
      }),
    )
  })

  it('stands on each page', () => {
    const sheet = styleSheet('Acme 2026', 'as of 2026')
    expect(sheet).toContain('@top-left{content:"Acme 2026"')
    expect(sheet).toContain('@top-right{content:"as of 2026"')
  })
})
