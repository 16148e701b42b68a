import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findingsOf } from '../../src/clauses/findings.ts'
import type { Finding, Findings, Status } from '../../src/model/finding.ts'
import { findingAnchor } from '../../src/report/html/anchors.ts'
import { chooseFindings, groups, isOpen, placesOf } from '../../src/report/html/choice.ts'
import { streamHtml } from '../../src/report/html/page.ts'
import { clauseOf, HOUR, keptNotice, reportOf, viewOf } from './fixture.ts'
import { pageOf } from './html-fixture.ts'
import { named, readHtml, valuesOf } from './html-reader.ts'
import { lateTicket, ticketOf } from './ticket-fixture.ts'

/** Tickets made when asked for; every third is late, by a second more than the one before. */
function tickets(length: number): { readonly findings: Findings; readonly made: () => number } {
  let made = 0
  const make = (i: number): Finding => {
    made++
    const [subject, id] = [`T-${100_000 + i}`, `tickets/P1-resolve/T-${100_000 + i}`]
    if (i % 3 !== 0) return ticketOf({ subject })
    return { ...lateTicket, id, subject, margin: { unit: 'ms', value: -1000 * (i + 1) } }
  }
  const outlines = function* () {
    for (let i = 0; i < length; i++) {
      const { status, reason, window, margin } = make(i)
      made--
      yield { status, reason, window, ...(margin && { margin }) }
    }
  }
  return { findings: findingsOf(length, make, { outlines }), made: () => made }
}

describe('many findings', () => {
  const LENGTH = 20_000
  const { findings } = tickets(LENGTH)
  const report = reportOf([clauseOf({ id: 'tickets', kind: 'support', status: 'breached', findings })])
  const page = pageOf(report)
  const tags = readHtml(page)

  it('stay under 5 MB, the worst 200 in full and the others listed', () => {
    expect(Buffer.byteLength(page)).toBeLessThan(5_000_000)
    const articles = named(tags, 'article').map(({ attributes }) => attributes.get('id'))
    // The last ones are the latest: 19,998, 19,995 and so on.
    const worst = Array.from({ length: 200 }, (_, i) => `tickets/P1-resolve/T-${100_000 + 19_998 - 3 * i}`)
    expect([...articles].sort()).toEqual(worst.map(findingAnchor).sort())
    const ids = new Set(valuesOf(tags, 'id'))
    for (let i = 0; i < LENGTH; i++) expect(ids.has(findingAnchor(`tickets/P1-resolve/T-${100_000 + i}`))).toBe(true)
    const rows = tags.filter(({ name, path }) => name === 'tr' && path.includes('tbody'))
    const own = rows.filter(({ text }) => text.includes('tickets/P1-resolve/T-1'))
    expect(own.length).toBeGreaterThanOrEqual(LENGTH)
    // Those that are kept have their status in the caption of their table, 20,000 − 6,667 of them.
    const captions = named(tags, 'caption').map(({ text }) => text)
    expect(captions).toContain('Findings of tickets: 6,667 breached')
    expect(captions).toContain('Findings of tickets: 13,333 met')
    const kept = own.find(({ text }) => text.includes('T-100001'))
    expect(kept?.text).toBe('tickets/P1-resolve/T-1000011h counted in support hours, 3h to spare')
  })

  it('stay under 5 MB with names however long, what is kept counted where it has no room', () => {
    const long = 'x'.repeat(200)
    const list = findingsOf(20_000, i =>
      i % 100 === 0
        ? { ...lateTicket, id: `tickets/${long}/L-${i}` }
        : { ...ticketOf({ subject: '' }), id: `tickets/${long}/M-${i}` },
    )
    const text = pageOf(reportOf([clauseOf({ id: 'tickets', kind: 'support', status: 'breached', findings: list })]))
    expect(Buffer.byteLength(text)).toBeLessThan(5_000_000)
    const read = readHtml(text)
    const late = valuesOf(read, 'id').filter(id => /^f-.*__L-/.test(id))
    const kept = valuesOf(read, 'id').filter(id => /^f-.*__M-/.test(id))
    expect(late).toHaveLength(200)
    // A row has the id twice, 216 bytes each, and some 75 more: 3.7 MB hold about 7,300.
    expect(kept.length).toBeGreaterThan(6500)
    const left = (20_000 - 200 - kept.length).toString().replace(/(?=(\d{3})$)/, ',')
    expect(named(read, 'p', 'more').map(one => one.text)).toEqual([
      `and ${left} more met, not listed here: the JSON, NDJSON and CSV reports list every finding`,
    ])
  })

  it('come in short pieces, each finding made a few times at most', () => {
    const { findings: list, made } = tickets(3000)
    const clause = clauseOf({ id: 'tickets', kind: 'support', status: 'breached', findings: list })
    const before = made()
    let longest = 0
    for (const piece of streamHtml(reportOf([clause]), viewOf())) longest = Math.max(longest, piece.length)
    expect(longest).toBeLessThan(60_000)
    expect(made() - before).toBeLessThan(4 * 3000)
  })

  it('are counted beyond what is listed, the worst listed first', () => {
    const { findings: list } = tickets(30)
    const clauses = [
      clauseOf({ id: 'work', kind: 'maintenance', findings: [keptNotice] }),
      clauseOf({ id: 'tickets', kind: 'support', status: 'breached', findings: list }),
    ]
    const text = [...streamHtml(reportOf(clauses), viewOf(), { detailed: 2, listed: 12, bytes: 0 })].join('')
    const short = readHtml(text)
    expect(named(short, 'article')).toHaveLength(2)
    expect(valuesOf(short, 'id').filter(id => id.startsWith('f-tickets'))).toHaveLength(12)
    expect(named(short, 'p', 'more').map(one => one.text)).toEqual([
      'and 18 more met, not listed here: the JSON, NDJSON and CSV reports list every finding',
      'and 1 more met, not listed here: the JSON, NDJSON and CSV reports list every finding',
    ])
  })
})

describe('the choice of findings', () => {
  const status = fc.constantFrom<Status>('met', 'breached', 'pending', 'unverified', 'not-applicable', 'waived')
  const finding = fc
    .record({ status, late: fc.integer({ min: -5, max: 5 }), known: fc.boolean(), atRisk: fc.boolean() })
    .map(({ status: is, late, known, atRisk }) => ({
      ...lateTicket,
      status: is,
      margin: { unit: 'ms' as const, value: -late * HOUR },
      ...(known && is === 'breached' && { known: true as const }),
      ...(atRisk && is === 'met' && { atRisk: true as const }),
    }))
  const lists = fc.array(fc.record({ list: fc.array(finding, { maxLength: 12 }), objective: fc.boolean() }), {
    maxLength: 4,
  })

  /** Worst first, by the words alone: new before known, waived after what is open. */
  const order = (one: Finding): number =>
    ['breached', 'breached known', 'unverified', 'pending', 'at-risk', 'waived'].indexOf(
      one.known === true ? 'breached known' : one.atRisk === true ? 'at-risk' : one.status,
    )

  it('takes those that a sort of all of them puts first', () => {
    fc.assert(
      fc.property(lists, fc.nat(8), (clauses, most) => {
        const reports = clauses.map(({ list, objective }, i) =>
          clauseOf({ id: `c${i}`, binding: objective ? 'objective' : 'guarantee', findings: list }),
        )
        const all = clauses.flatMap(({ list, objective }, place) =>
          list.map((one, index) => ({ one, objective, place, index, key: order(one) })),
        )
        const sorted = all
          .filter(({ key }) => key >= 0)
          .sort((a, b) => {
            const late = ({ one }: { readonly one: (typeof all)[number]['one'] }): number => one.margin.value
            const keys = [Number(a.objective) - Number(b.objective), a.key - b.key, late(a) - late(b)]
            return keys.find(key => key !== 0) ?? (a.place - b.place || a.index - b.index)
          })
          .slice(0, most)
        const choices = chooseFindings(reports, { detailed: most, listed: 100, bytes: 0 }, viewOf(), () => 1)
        const chosen = choices.flatMap(({ detailed }, place) => [...detailed].map(index => `${place}/${index}`))
        expect(chosen.sort()).toEqual(sorted.map(({ place, index }) => `${place}/${index}`).sort())
      }),
    )
  })

  it('lists each finding once, in groups, as many as there is room for', () => {
    fc.assert(
      fc.property(lists, fc.nat(40), (clauses, room) => {
        const reports = clauses.map(({ list }, i) => clauseOf({ id: `c${i}`, findings: list }))
        const choices = chooseFindings(reports, { detailed: 0, listed: room, bytes: 0 }, viewOf(), () => 1)
        const total = clauses.reduce((sum, { list }) => sum + list.length, 0)
        const listed = choices.flatMap(choice => choice.listed).reduce((sum, count) => sum + count, 0)
        expect(listed).toBe(Math.min(total, room))
        for (const [i, { order: places, counts }] of choices.entries()) {
          const seen = [...groups.keys()].flatMap(group => [...placesOf(places, group)])
          expect(seen.sort((a, b) => a - b)).toEqual((clauses[i]?.list ?? []).map((_, index) => index))
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(seen.length)
        }
        // Nothing kept is listed while something open is not.
        const left = (open: boolean): number =>
          choices.reduce((sum, { counts, listed: taken }) => {
            const own = groups.map((group, i) => (isOpen(group) === open ? (counts[i] ?? 0) - (taken[i] ?? 0) : 0))
            return sum + own.reduce((all, one) => all + one, 0)
          }, 0)
        const met = choices.some(({ listed: taken }) => (taken[groups.findIndex(g => g.state === 'met')] ?? 0) > 0)
        if (met) expect(left(true)).toBe(0)
      }),
    )
  })
})

describe('anchors', () => {
  it('are readable, and tell all ids apart', () => {
    expect(findingAnchor('uptime/2026-05')).toBe('f-uptime__2026-05')
    expect(findingAnchor('fixes/V-8@api#x.y')).toBe('f-fixes__V-8_40_api_23_x_2e_y')
    const decoded = (anchor: string): string =>
      anchor
        .slice(2)
        .replace(/_([\da-f]*)_/g, (_, hex: string) =>
          hex === '' ? '/' : String.fromCharCode(Number.parseInt(hex, 16)),
        )
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), id => {
        const anchor = findingAnchor(id)
        expect(anchor).toMatch(/^f-[\w-]*$/)
        expect(decoded(anchor)).toBe(id)
      }),
    )
  })
})
