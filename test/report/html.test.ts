import { HtmlValidate } from 'html-validate'
import { describe, expect, it } from 'vitest'
import { findingAnchor } from '../../src/report/html/anchors.ts'
import { breachedUptime, clauseOf, findingOf, keptNotice, mixedReport, reportOf, viewOf } from './fixture.ts'
import { fullReport, pageOf } from './html-fixture.ts'
import { named, readHtml, valuesOf } from './html-reader.ts'

const full = pageOf(fullReport)
const tags = readHtml(full)

/** Every problem that an HTML validator has with a page. */
async function problems(page: string): Promise<readonly string[]> {
  const validator = new HtmlValidate({ root: true, extends: ['html-validate:recommended', 'html-validate:document'] })
  const { results } = await validator.validateString(page)
  return results.flatMap(({ messages }) => messages.map(({ ruleId, line, message }) => `${line} ${ruleId}: ${message}`))
}

describe('the page', () => {
  it('is valid HTML', async () => {
    expect(await problems(full)).toEqual([])
    expect(await problems(pageOf(mixedReport))).toEqual([])
    expect(await problems(pageOf(reportOf([], { inputs: [] })))).toEqual([])
    expect(await problems('<!DOCTYPE html><html lang="en"><p>a<p>b</html>')).not.toEqual([])
  })

  it('loads nothing and runs nothing', () => {
    const policy = named(tags, 'meta').find(({ attributes }) => attributes.has('http-equiv'))
    expect(policy?.attributes.get('http-equiv')).toBe('Content-Security-Policy')
    expect(policy?.attributes.get('content')).toBe("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    for (const name of ['script', 'link', 'img', 'iframe', 'object', 'embed', 'form', 'base', 'use']) {
      expect(named(tags, name)).toEqual([])
    }
    for (const attribute of ['src', 'srcset', 'action', 'xlink:href']) expect(valuesOf(tags, attribute)).toEqual([])
    for (const href of valuesOf(tags, 'href')) expect(href).toMatch(/^#/)
    expect(full.match(/url\((?!#)/g)).toBeNull()
    expect(full).not.toContain('@import')
    for (const attribute of tags.flatMap(tag => [...tag.attributes.keys()])) expect(attribute).not.toMatch(/^on/)
  })

  it('has one first heading, and none that skips a level', () => {
    const levels = tags.flatMap(({ name }) => (/^h[1-6]$/.test(name) ? [Number(name[1])] : []))
    expect(levels.filter(level => level === 1)).toHaveLength(1)
    expect(levels[0]).toBe(1)
    for (const [i, level] of levels.entries()) if (i > 0) expect(level).toBeLessThanOrEqual((levels[i - 1] ?? 0) + 1)
  })

  it('names its language, its parts and every table', () => {
    expect(named(tags, 'html')[0]?.attributes.get('lang')).toBe('en')
    expect(named(tags, 'title')[0]?.text).toBe('breached · 2026-05 · Acme Hosting SLA 2026.1')
    expect(named(tags, 'main')).toHaveLength(1)
    expect(named(tags, 'nav')).toHaveLength(1)
    expect(named(tags, 'a')[0]?.attributes.get('href')).toBe('#main')
    const tables = named(tags, 'table').length
    expect(tables).toBeGreaterThan(10)
    expect(named(tags, 'caption')).toHaveLength(tables)
    for (const cell of named(tags, 'th')) expect(cell.attributes.get('scope')).toMatch(/^(col|row)$/)
  })

  it('has every id once, and a target for every link', () => {
    const ids = valuesOf(tags, 'id')
    expect(new Set(ids).size).toBe(ids.length)
    for (const href of valuesOf(tags, 'href')) expect(ids).toContain(href.slice(1))
  })

  it('is the same each time', () => {
    expect(pageOf(fullReport)).toBe(full)
  })
})

describe('what it tells', () => {
  it('counts the findings behind the verdict by status', () => {
    const tiles = named(tags, 'li').filter(({ path }) => path.at(-2) === 'section' && path.at(-1) === 'ul')
    // Guarantees only: the late ticket, the known one and uptime; nightly; T-9; T-10 and T-11; T-7.
    expect(tiles.map(({ text }) => text).slice(0, 5)).toEqual([
      '3 ✖ breached (1 known)',
      '1 ? unverified',
      '1 … pending',
      '1 ✔ waived',
      '2 ✔ met (1 at risk)',
    ])
    const others = named(tags, 'p', 'others').map(({ text }) => text)
    expect(others).toContain('objectives, not part of the verdict: 1 met')
  })

  it('has a place for every finding, once', () => {
    const ids = valuesOf(tags, 'id')
    const findings = fullReport.clauses.flatMap(({ findings }) => [...findings])
    expect(findings).toHaveLength(10)
    for (const { id } of findings) expect(ids.filter(one => one === findingAnchor(id))).toHaveLength(1)
  })

  it('tells in full what is breached, waived, known, unverified, pending or at risk, worst first', () => {
    const articles = named(tags, 'article').map(({ attributes }) => attributes.get('id'))
    const ids = ['uptime/2026-05', ...['1042', '8', '9', '10', '7'].map(id => `tickets/P1-resolve/T-${id}`), 'nightly']
    expect([...articles].sort()).toEqual(ids.map(findingAnchor).sort())
    // Within a clause: breached, known, pending, at risk, waived.
    const own = articles.filter(id => id?.startsWith('f-tickets'))
    expect(own).toEqual(['1042', '8', '9', '10', '7'].map(id => findingAnchor(`tickets/P1-resolve/T-${id}`)))
  })

  it('says every state in a word beside its sign', () => {
    const rows = named(tags, 'tr').filter(({ path }) => path.includes('tbody'))
    const words = new Map(
      rows.flatMap(({ text }) => {
        const [, word = '', id = ''] = /^(\S [a-z ()]+?)(tickets\/P1-resolve\/T-\d+)resolve/.exec(text) ?? []
        return id === '' ? [] : [[id.replace('tickets/P1-resolve/', ''), word] as const]
      }),
    )
    expect(Object.fromEntries(words)).toEqual({
      'T-1042': '✖ breached',
      'T-8': '✖ breached (known)',
      'T-9': '… pending',
      'T-10': '▲ at risk',
      'T-11': '✔ met',
      'T-7': '✔ waived',
    })
  })

  it('shows the arithmetic and the rows behind a breach', () => {
    const article = named(tags, 'article').find(({ attributes }) => attributes.get('id') === 'f-uptime__2026-05')
    // 744 h less 4 h 20 min is 739 h 40 min.
    expect(article?.text).toContain('2,662,800,000 / 2,678,400,000 ms')
    expect(article?.text).toContain('4h 20m of 3h 43m 12s')
    expect(article?.text).toContain('Sat  2 May 01:12–03:42')
    expect(article?.text).toContain('outages.csv:12')
    expect(article?.text).toContain('maintenance.csv:4')
    expect(article?.text).toContain('OUT-23, database failover')
    expect(article?.text).toContain('the end of OUT-23 was read as ambiguous')
  })

  it('never leaves out who waived what, until when, and what the baseline knew', () => {
    const article = named(tags, 'article').find(({ attributes }) => attributes.get('id')?.endsWith('__T-7'))
    expect(article?.text).toContain('waived until 2026-06-30 by J. Doe: asked for late (for tickets/*/T-7)')
    const [waivers, baseline] = ['waivers', 'baseline'].map(id =>
      named(tags, 'section').find(({ attributes }) => attributes.get('aria-labelledby') === id),
    )
    expect(waivers?.text).toContain('✔ used12026-06-3028 days left')
    expect(waivers?.text).toContain('✖ expired02026-05-303 days ago')
    expect(waivers?.text).toContain('? unmatched02026-06-02the last day')
    expect(baseline?.text).toContain('1 breach of now is in it already.')
    expect(baseline?.text).toContain('tickets/P1-resolve/T-11✔ met')
    expect(baseline?.text).toContain('tickets/P1-resolve/T-1– no such finding here')
  })

  it('tells what falls due, what was read and how to make it again', () => {
    const text = named(tags, 'main')[0]?.text ?? ''
    expect(text).toContain('Wed  3 Jun 2026 09:002h left')
    expect(text).toContain('a'.repeat(64))
    expect(text).toContain('1,284 rows: 1,280 used, 4 of types that no judged clause asks for')
    expect(text).toContain('outages.csv:12:3 the log ends earlysupply the rest')
    expect(text).toContain('sla audit acme.yaml outages.csv maintenance.csv')
    expect(text).toContain('sla explain tickets/P1-resolve/T-1042 acme.yaml outages.csv maintenance.csv')
    expect(pageOf(mixedReport, { again: ['a.yaml', "'b c.csv'"] })).toContain('sla audit a.yaml &#39;b c.csv&#39;')
  })

  it('folds away what is kept, if there is much of it', () => {
    const kept = (count: number) => {
      const findings = Array.from({ length: count }, (_, i) => ({ ...keptNotice, id: `work/notice/M-${i}` }))
      return readHtml(pageOf(reportOf([clauseOf({ id: 'work', kind: 'maintenance', findings })])))
    }
    expect(named(kept(20), 'details', 'kept')).toEqual([])
    const folded = kept(21)
    expect(named(folded, 'summary').map(({ text }) => text)).toEqual(['21 met'])
    const rows = folded.filter(({ name, path }) => name === 'tr' && path.includes('details') && path.includes('tbody'))
    expect(rows).toHaveLength(21)
  })

  it('says so where there is nothing', () => {
    const text = named(readHtml(pageOf(reportOf([], { inputs: [] }))), 'main')[0]?.text ?? ''
    expect(text).toContain('No clause was judged.')
    expect(text).toContain('No evidence file was supplied.')
    expect(text).not.toContain('Waivers')
    expect(text).not.toContain('Baseline')
  })
})

describe('text from contracts and evidence', () => {
  const harm = `</style></script><img src=x onerror=alert(1)>"'&amp;<svg onload=x> \u202e\u001b[31m\u0007 ]]> ${'x'.repeat(10_000)}`

  it('stays text wherever it stands', () => {
    const finding = findingOf({
      ...breachedUptime,
      id: `uptime/${harm}`,
      subject: harm,
      promise: harm,
      observed: { unit: 'none', text: harm },
      details: { [harm]: harm, amount: harm },
      timeline: breachedUptime.timeline.map(step => ({ ...step, why: harm })),
      notes: [harm],
      readings: { [harm]: 'met' },
    })
    const clause = { ...clauseOf({ findings: [finding, keptNotice] }), id: harm, section: harm, text: harm, kind: harm }
    const span = { file: harm, line: 1, column: 1, length: 1 }
    const report = reportOf([{ ...clause, promise: harm, span }], {
      inputs: fullReport.inputs.map(input => ({ ...input, file: harm, format: harm, tool: harm, timezone: harm })),
      warnings: [{ code: harm, severity: 'warning', message: harm, hint: harm, span }],
    })
    const hostile = {
      ...report,
      contract: { ...report.contract, id: harm, title: harm, version: harm, file: harm, services: [harm] },
      period: { ...report.period, text: harm },
    }
    const page = pageOf(hostile, { again: [harm] })
    const read = readHtml(page)
    const names = new Set(read.map(({ name }) => name))
    for (const name of ['script', 'img']) expect(names).not.toContain(name)
    expect(valuesOf(read, 'onerror')).toEqual([])
    expect(valuesOf(read, 'onload')).toEqual([])
    expect(named(read, 'style')).toHaveLength(1)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be on the page
    expect(page.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)).toBeNull()
    expect(named(read, 'h1')[0]?.text).toContain('</style></script><img src=x onerror=alert(1)>')
    expect(named(read, 'h1')[0]?.text).toContain('\\u202e\\x1b[31m\\x07')
  })

  it('keeps what a page of another view could spell in ASCII', () => {
    expect(pageOf(mixedReport, viewOf({ ascii: true, width: 40 }))).toBe(pageOf(mixedReport))
  })
})
