import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitsPattern, isPattern } from '../../src/audit/pattern.ts'

describe('patterns', () => {
  it.each([
    ['uptime/*/2026-05', 'uptime/web/2026-05', true],
    ['uptime/*/2026-05', 'uptime/a/b/2026-05', true],
    ['uptime/*/2026-05', 'uptime/2026-05', false],
    ['uptime/*', 'uptime/', true],
    ['*', '', true],
    ['?', '', false],
    ['?', '🙂', true],
    ['??', '🙂', false],
    ['*?b', 'aab', true],
    ['a.c', 'abc', false],
    ['fixes/CVE-1@*', 'fixes/CVE-1@a\nb', true],
    ['Uptime', 'uptime', false],
  ])('%j and %j: %s', (pattern, text, fits) => {
    expect(fitsPattern(pattern, text)).toBe(fits)
  })

  it('fit as the regular expression does that says the same', () => {
    const characters = fc.constantFrom('a', 'b', '*', '?', '/', '.', '🙂')
    const text = fc.array(characters, { maxLength: 12 }).map(list => list.join(''))
    fc.assert(
      fc.property(text, text, (pattern, subject) => {
        const source = [...pattern].map(c => (c === '*' ? '[^]*' : c === '?' ? '[^]' : c === '.' ? '\\.' : c)).join('')
        expect(fitsPattern(pattern, subject)).toBe(new RegExp(`^(?:${source})$`, 'u').test(subject))
      }),
      { numRuns: 2000 },
    )
  })

  it('take no longer for many stars', () => {
    expect(fitsPattern(`${'a*'.repeat(50)}b`, 'a'.repeat(5000))).toBe(false)
  })

  it('are told from ids', () => {
    expect(['a/b', 'a/*', 'a?'].map(isPattern)).toEqual([false, true, true])
  })
})
