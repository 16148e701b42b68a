import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clean, cut, cutStart, displayWidth, printable, wrap } from '../../src/report/printable.ts'
import { plain } from '../../src/report/view.ts'

const page = { width: 80, colour: plain, ascii: false }
const asciiPage = { ...page, ascii: true }

describe('printable', () => {
  it('shows what would move the cursor, ring or turn the text', () => {
    expect(printable('\u001b[31mred\u0007')).toBe('\\x1b[31mred\\x07')
    expect(printable('a\nb\tc\rd')).toBe('a\\nb\\tc\\rd')
    expect(printable('abc\u202edef\u2066')).toBe('abc\\u202edef\\u2066')
    expect(printable('x\u2028y\u2029z\u0085')).toBe('x\\u2028y\\u2029z\\x85')
    expect(printable('\u{e0041}\ud800')).toBe('\\u{e0041}\\ud800')
    expect(printable('zero\u200bwidth\ufeff')).toBe('zero\\u200bwidth\\ufeff')
  })

  it('leaves letters of all scripts alone', () => {
    expect(printable('Données · 監視 🚨 ≥')).toBe('Données · 監視 🚨 ≥')
  })

  it('lets nothing unsafe through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u)
      }),
      { seed: 21, numRuns: 500 },
    )
  })

  it('spells signs on an ASCII page', () => {
    expect(clean('≥ 99.5 % – a · b → c…', asciiPage)).toBe('>= 99.5 % - a - b -> c...')
    expect(clean('≥ 99.5 %', page)).toBe('≥ 99.5 %')
  })
})

describe('width', () => {
  it('counts columns, not characters', () => {
    expect(displayWidth('abc')).toBe(3)
    expect(displayWidth('監視')).toBe(4)
    expect(displayWidth('e\u0301')).toBe(1)
    expect(displayWidth('🚨')).toBe(2)
    expect(displayWidth('✖ ▲ ✔ …')).toBe(7)
  })

  it('cuts at either end', () => {
    expect(cut('outages.csv', 8, page)).toBe('outages…')
    expect(cut('outages.csv', 11, page)).toBe('outages.csv')
    expect(cutStart('evidence/may/outages.csv', 12, page)).toBe('…outages.csv')
    expect(cutStart('evidence/outages.csv', 14, asciiPage)).toBe('...outages.csv')
    expect(cut('監視監視', 6, page)).toBe('監視…')
  })

  it('wraps at spaces, and inside a word only when it must', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij'])
    expect(wrap('', 4)).toEqual([''])
  })

  it('breaks a long word at its signs, on the line that it follows, never inside an escape', () => {
    const id = 'fixes/high/CVE-2026-1@registry.example/platform-api:stable#pkg:npm/%40example/parser'
    expect(wrap(`? ${id}  open`, 44, 40)).toEqual([
      '? fixes/high/CVE-2026-1@registry.example/',
      'platform-api:stable#pkg:npm/%40example/',
      'parser  open',
    ])
    // `\\u202e` takes six columns itself.
    for (let width = 6; width < 40; width++) {
      const lines = wrap(`${'x'.repeat(30)}%40y\\x1b\\u202e`, width)
      expect(lines.filter(line => /%\d?$|\\\w?$|\\x\w$|\\u\w{0,3}$/.test(line))).toEqual([])
    }
  })

  it('wraps without losing a word and without overflow', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 })), fc.integer({ min: 2, max: 40 }), (words, width) => {
        const text = printable(words.join(' '))
        const lines = wrap(text, width)
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      }),
      { seed: 22, numRuns: 500 },
    )
  })
})
