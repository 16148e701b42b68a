import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findingsOf, listOf } from '../../src/clauses/findings.ts'
import type { Finding, Findings } from '../../src/model/finding.ts'
import type { Report } from '../../src/model/report.ts'
import { renderJson, streamJson, streamJsonList } from '../../src/report/json.ts'
import { renderPretty, streamPretty } from '../../src/report/pretty.ts'
import { breachedUptime, clauseOf, findingOf, keptNotice, mixedReport, reportOf, viewOf } from './fixture.ts'
import { lateTicket, ticketOf } from './ticket-fixture.ts'

/** What JSON.stringify gives, with what shows as something else, or as nothing, written by its number. */
function plainJson(value: unknown): string {
  const characters = [...JSON.stringify(value, null, 2)]
  const shown = characters.map((character, i) => {
    const command = character === '#' && characters[i - 1] === '#' && characters[i + 1] === '['
    const code = character.charCodeAt(0)
    const odd = /\p{Cf}|\p{Zl}|\p{Zp}/u.test(character) || (code >= 0x7f && code <= 0x9f)
    if (!command && !odd) return character
    return character
      .split('')
      .map(unit => `\\u${`000${unit.charCodeAt(0).toString(16)}`.slice(-4)}`)
      .join('')
  })
  return `${shown.join('')}\n`
}

describe('JSON in pieces', () => {
  it('is what JSON.stringify gives, to the byte, where all can be seen', () => {
    expect([...streamJson(mixedReport)].join('')).toBe(plainJson(mixedReport))
    expect(renderJson(reportOf([]))).toBe(plainJson(reportOf([])))
    expect(renderJson(reportOf([clauseOf({ findings: [] })]))).toBe(plainJson(reportOf([clauseOf({ findings: [] })])))
    const upcoming = {
      until: 5,
      items: [{ finding: 'a', clause: 'a', subject: '', due: 3, left_ms: -2, status: 'pending' as const }],
    }
    for (const items of [upcoming.items, []]) {
      const report = reportOf([], { upcoming: { until: 5, items } })
      expect(renderJson(report)).toBe(plainJson(report))
    }
    for (const list of [[], [breachedUptime], [keptNotice, breachedUptime]]) {
      expect([...streamJsonList(list)].join('')).toBe(plainJson(list))
    }
  })

  it('is so for any text and any figures', () => {
    const odd = fc.constantFrom('\u202e', '\u009b', '\u2028', '##[', '###[', '\u{e0041}', '\\u202e', '\u007f')
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.array(odd).map(all => all.join('')),
    )
    const finding = fc.record({
      id: text,
      notes: fc.array(text, { maxLength: 3 }),
      details: fc.dictionary(text, fc.oneof(text, fc.double()), { maxKeys: 4 }),
      atRisk: fc.constantFrom(true as const, undefined),
    })
    fc.assert(
      fc.property(fc.array(fc.array(finding, { maxLength: 4 }), { maxLength: 3 }), text, (clauses, title) => {
        const report = reportOf(
          clauses.map((some, i) =>
            clauseOf({ id: `c${i}`, findings: some.map(one => ({ ...breachedUptime, ...one }) as Finding) }),
          ),
        )
        const titled: Report = { ...report, contract: { ...report.contract, title } }
        expect(renderJson(titled)).toBe(plainJson(titled))
        expect(JSON.parse(renderJson(titled))).toEqual(JSON.parse(JSON.stringify(titled)))
      }),
    )
  })

  it('shows nothing that a terminal or the log of a CI job would act on', () => {
    const report = reportOf([clauseOf({ promise: '\u202egnp\u009b31m', findings: [] })])
    const json = renderJson({ ...report, contract: { ...report.contract, title: '##[error]\u2066' } })
    expect(json).toContain('"\\u202egnp\\u009b31m"')
    expect(json).toContain('"#\\u0023[error]\\u2066"')
    expect(JSON.parse(json).contract.title).toBe('##[error]\u2066')
  })

  it('takes lists that make their findings as the arrays they stand for', () => {
    const findings = [breachedUptime, keptNotice, findingOf({ id: 'a\nb' })]
    const lazy = listOf(3, i => findings[i] ?? keptNotice)
    const [asArray, asList] = [findings, lazy].map(list => reportOf([clauseOf({ findings: list })]))
    if (asArray === undefined || asList === undefined) throw new Error('two reports')
    expect(renderJson(asList)).toBe(plainJson(asArray))
    expect(plainJson(asList)).toBe(plainJson(asArray))
  })

  it('never holds two findings in one piece', () => {
    const report = reportOf([clauseOf({ findings: listOf(500, i => ticketOf({ subject: `T-${i}` })) })])
    for (const piece of streamJson(report)) expect(piece.match(/"subject"/g)?.length ?? 0).toBeLessThanOrEqual(1)
  })
})

describe('long lists', () => {
  const LENGTH = 3000

  /** 3,000 tickets, 100 of them late by more and more. */
  function tickets(): { readonly findings: Findings; readonly made: () => number } {
    let made = 0
    const findings = listOf(LENGTH, (i): Finding => {
      made++
      if (i % 30 !== 7) return ticketOf({ subject: `T-${i}` })
      return { ...lateTicket, id: `tickets/P1-resolve/T-${i}`, margin: { unit: 'ms', value: -i } }
    })
    return { findings, made: () => made }
  }

  it('read the same as arrays', () => {
    const { findings } = tickets()
    for (const verbose of [0, 1]) {
      const [lazy, plain] = [findings, [...findings]].map(list =>
        renderPretty(reportOf([clauseOf({ findings: list, status: 'breached' })]), viewOf({ verbose })),
      )
      expect(lazy).toBe(plain)
    }
  })

  it('are walked once for people, once more where all are shown', () => {
    // Beside the walk: twenty blocks, the first finding and the worst.
    for (const [verbose, least] of [
      [0, LENGTH],
      [1, 2 * LENGTH],
    ] as const) {
      const { findings, made } = tickets()
      const clause = clauseOf({ findings, status: 'breached' })
      const before = made()
      for (const _ of streamPretty(reportOf([clause]), viewOf({ verbose })));
      expect(made() - before).toBeGreaterThanOrEqual(least)
      expect(made() - before).toBeLessThanOrEqual(least + 22)
    }
  })

  it('make only what is shown where they offer outlines, and read the same', () => {
    const { findings, made } = tickets()
    const all = [...findings]
    const offered = findingsOf(LENGTH, i => findings.at(i) ?? lateTicket, {
      outlines: () =>
        all.map(({ status, reason, window, margin }) => ({ status, reason, window, ...(margin && { margin }) })),
    })
    const plain = clauseOf({ findings: all, status: 'breached' })
    const before = made()
    const text = renderPretty(reportOf([{ ...plain, findings: offered }]), viewOf())
    expect(made() - before).toBeLessThanOrEqual(22)
    expect(text).toBe(renderPretty(reportOf([plain]), viewOf()))
  })

  it('show the first twenty of the worst state, and the worst of all beside the clause', () => {
    const { findings } = tickets()
    const unsure = ticketOf({ subject: 'T-x', status: 'unverified', notes: ['no'] })
    const all = [unsure, ...findings]
    const text = renderPretty(reportOf([clauseOf({ id: 'tickets', findings: all, status: 'breached' })]), viewOf())
    const heads = [...text.matchAll(/^✖ tickets\/P1-resolve\/(T-\d+) /gm)].map(([, id]) => id)
    // The one that the last line goes on with takes the place of the twentieth.
    expect(heads).toEqual([...Array.from({ length: 19 }, (_, i) => `T-${7 + 30 * i}`), 'T-2977'])
    expect(text).toContain('\nWhy?  sla explain tickets/P1-resolve/T-2977 ')
    // 100 late ones and one unverified; 20 are shown.
    expect(text).toContain('\n\nand 81 more findings in detail with -v\n')
    expect(text).toContain('P1-resolve/T-2977: ')
    expect(text).toContain('findings: 100 breached · 1 unverified · 2,900 met\n')
  })

  it('show all by state when asked, each in the order of the list', () => {
    const { findings } = tickets()
    const text = renderPretty(reportOf([clauseOf({ findings, status: 'breached' })]), viewOf({ verbose: 1 }))
    const heads = [...text.matchAll(/^[✖✔] tickets\/P1-resolve\/T-(\d+) /gm)].map(([, id]) => Number(id))
    const numbers = Array.from({ length: LENGTH }, (_, i) => i)
    expect(heads).toEqual([...numbers.filter(i => i % 30 === 7), ...numbers.filter(i => i % 30 !== 7)])
  })
})
