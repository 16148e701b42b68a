import { describe, expect, it } from 'vitest'
import type { Baseline, Report } from '../../src/model/report.ts'
import { streamHtml } from '../../src/report/html/page.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { renderPretty } from '../../src/report/pretty.ts'
import { findingWord, stateGlyph, states } from '../../src/report/states.ts'
import type { View } from '../../src/report/view.ts'
import { wordsOf } from '../../src/report/words.ts'
import { at, breachedUptime, clauseOf, findingOf, paris, reportOf, viewOf } from './fixture.ts'

const waiver = { finding: 'uptime/2026-05', reason: 'the customer asked', approver: 'J. Doe', until: '2026-06-30' }
const waived = { ...breachedUptime, status: 'waived', waiver } as const
const known = { ...breachedUptime, known: true } as const
const kept = findingOf({ id: 'uptime/2026-06' })

const baseline = (more: Partial<Baseline> = {}): Baseline => ({
  file: 'january.json',
  sha256: 'b'.repeat(64),
  // The end of 31 January.
  asOf: at('2026-02-01T00:00:00+01:00'),
  period: { start: 0, end: 1, text: '2026-01' },
  known: 0,
  fixed: [],
  open: [],
  ...more,
})

describe('what is waived', () => {
  it('is told as the breach it is, by whom it is let pass and why', () => {
    const text = renderPretty(reportOf([clauseOf({ status: 'met', findings: [waived] })]), viewOf({ width: 120 }))
    expect(text).toContain('✔ waived  uptime  99.41 %')
    expect(text).toContain('36m 48s over the allowance, waived until 2026-06-30')
    expect(text).toContain('✔ uptime/2026-05  waived: 4h 20m of 3h 43m 12s used')
    expect(text).toContain('\n  waived until 2026-06-30 by J. Doe: the customer asked\n')
    expect(text).toContain('✔ Kept: the one clause is met, 1 breach waived.\n  findings: 1 waived')
  })

  it('is counted in the word of its clause, and shown though that is met', () => {
    const text = renderPretty(reportOf([clauseOf({ status: 'met', findings: [waived, kept] })]), viewOf())
    expect(text).toContain('✔ met (1 waived)  uptime  1 of 2 met, 1 waived')
    expect(text).toContain('findings: 1 waived · 1 met')
    expect(text).toContain('waived until 2026-06-30 by J. Doe')
  })

  it('names the pattern that it is waived by, in one line of clean text', () => {
    const odd = { ...waived, waiver: { ...waiver, finding: 'up*', approver: '\u001b[31mJ', reason: '\u202ex' } }
    const text = renderPretty(reportOf([clauseOf({ status: 'met', findings: [odd] })]), viewOf())
    expect(text).toContain('waived until 2026-06-30 by \\x1b[31mJ: \\u202ex (for up*)')
  })

  it('has the words of a breach in every format, but for its state', () => {
    const clause = clauseOf({ findings: [waived] })
    const { state, ...words } = wordsOf(clause, waived, paris)
    const { state: before, ...same } = wordsOf(clause, breachedUptime, paris)
    expect([state, before]).toEqual(['waived', 'breached'])
    expect(words).toEqual(same)
  })

  it('stands after what is open and before what is met; on a page in ASCII too', () => {
    expect(states.indexOf('waived')).toBe(states.indexOf('met') - 1)
    expect(stateGlyph('waived', viewOf({ ascii: true }))).toBe('+')
  })
})

describe('what a baseline knows', () => {
  const fresh = { ...breachedUptime, id: 'uptime/2026-04' }

  it('is breached (known), and the verdict says that nothing is new', () => {
    expect(findingWord(known)).toBe('breached (known)')
    const report = reportOf([clauseOf({ known: 1, findings: [known] })], { baseline: baseline({ known: 1 }) })
    const text = renderPretty(report, viewOf({ width: 120 }))
    expect(text).toContain('✖ breached (known)  uptime')
    expect(text).toContain('✖ uptime/2026-05  breached (known): ')
    expect(text).toContain(
      '✖ Not kept: 1 of 1 clause breached, nothing new since the baseline of 2026-01-31.\n  findings: 1 breached (1 known)',
    )
  })

  it('stands behind what is new', () => {
    const lists = [clauseOf({ id: 'b', known: 1, findings: [known] }), clauseOf({ known: 1, findings: [known, fresh] })]
    const text = renderPretty(reportOf(lists, { baseline: baseline({ known: 2 }) }), viewOf({ width: 120 }))
    expect(text.indexOf('breached (1 known)')).toBeLessThan(text.indexOf('✖ breached (known)'))
    expect(text.indexOf('✖ uptime/2026-04  breached: ')).toBeLessThan(
      text.indexOf('✖ uptime/2026-05  breached (known)'),
    )
    expect(text).toContain('Not kept: 2 of 2 clauses breached, 1 breach new since the baseline of 2026-01-31.')
    expect(text).toMatch(/Why\?\s+sla explain uptime\/2026-04 /)
  })

  it('and what is no longer breached is listed, ten of them, all with -v, the number with -q', () => {
    const fixed = Array.from({ length: 12 }, (_, i) => {
      return { finding: `a/${i + 1}`, clause: 'a', now: i === 0 ? 'gone' : i === 1 ? 'not-applicable' : 'met' } as const
    })
    const report = reportOf([clauseOf({ known: 0, findings: [kept] })], { baseline: baseline({ fixed }) })
    const head = 'no longer breached since the baseline of 2026-01-31: '
    const text = (more: object) => renderPretty(report, viewOf({ width: 400, ...more }))
    expect(text({})).toContain(`${head}a/1 (gone), a/2 (not applicable), a/3 (met), `)
    expect(text({})).toContain('a/10 (met) and 2 more')
    expect(text({ verbose: 1 })).toContain('a/12 (met)\n')
    expect(text({ verbose: 1 })).toContain('january.json\n    baseline, 2026-01, sha256 bbbb')
    expect(text({ quiet: true })).toContain(`${head}12\n`)
  })

  it('and what is not known to be mended stands apart from it, counted by what it is now', () => {
    const open = [
      { finding: 'a/1', clause: 'a', now: 'waived' },
      { finding: 'a/2', clause: 'a', now: 'unverified' },
      { finding: 'a/3', clause: 'a', now: 'unverified' },
      { finding: 'a/4', clause: 'a', now: 'pending' },
    ] as const
    const fixed = [{ finding: 'a/5', clause: 'a', now: 'met' }] as const
    const report = reportOf([clauseOf({ known: 0, findings: [kept] })], { baseline: baseline({ fixed, open }) })
    const text = (more: object) => renderPretty(report, viewOf({ width: 400, ...more }))
    const mended = 'no longer breached since the baseline of 2026-01-31: '
    const unknown = 'breached in the baseline of 2026-01-31, not known to be mended: '
    expect(text({})).toContain(`${mended}a/5 (met)\n`)
    expect(text({})).toContain(`${unknown}a/1 (waived), a/2 (unverified), a/3 (unverified), a/4 (pending)\n`)
    expect(text({ quiet: true })).toContain(`${mended}1\n`)
    expect(text({ quiet: true })).toContain(`${unknown}1 waived, 2 unverified, 1 pending\n`)
    for (const [format, render] of [
      ['markdown', renderMarkdown],
      ['html', (one: Report, view: View) => [...streamHtml(one, view)].join('')],
    ] as const) {
      const page = render(report, viewOf({ width: 400 }))
      expect(page, format).toContain('not known to be mended')
      for (const { finding, now } of open) expect(page, format).toMatch(new RegExp(`${finding}[^\\n]*${now}`))
    }
  })
})
