import { describe, expect, it } from 'vitest'
import { listOf } from '../../src/clauses/findings.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Report } from '../../src/model/report.ts'
import { commentTag, renderMarkdown } from '../../src/report/markdown.ts'
import {
  at,
  breachedUptime,
  clauseOf,
  findingOf,
  HOUR,
  missingBackup,
  mixedReport,
  reportOf,
  viewOf,
} from './fixture.ts'
import { eachReport, HOSTILE, hostileReport } from './sarif-fixture.ts'

const source = 'https://github.com/acme/sla/blob/4f2c/'
const view = viewOf({ directory: '/home/acme', again: ['acme.yaml', 'outages.csv', '--period', '2026-05'] })

/** What a reader of Markdown takes for text: no fenced code, no code in a line. */
function outsideCode(text: string): string {
  return text.replace(/^(`{3,})\w+\n[\s\S]*?\n\1$/gm, '').replace(/(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)/g, '')
}

const heads = (text: string): string[] => [...text.matchAll(/<summary>(.*)<\/summary>/g)].map(([, head = '']) => head)

describe('a comment on a pull request', () => {
  const clauses = eachReport.clauses.map(clause => ({
    ...clause,
    known: [...clause.findings].filter(({ status, known }) => status === 'breached' && known).length,
  }))
  const text = renderMarkdown({ ...eachReport, clauses }, { ...view, source })
  const lines = text.split('\n')

  it('begins with a hidden line to find it by, then the verdict', () => {
    expect(lines.slice(0, 9)).toEqual([
      '<!-- sla:acme-saas -->',
      '### ✖ Not kept: 1 of 2 clauses breached, 1 breach new since the baseline of 2026-01-31.',
      '',
      '**Acme Hosting SLA 2026.1** · 2026-05 · Europe/Paris',
      '',
      // Of the guarantees: two breached, one of them known; three met and one waived.
      '- findings: 2 breached (1 known) · 1 unverified · 1 pending · 1 waived · 3 met (1 at risk) · 1 not applicable',
      '- at risk: `uptime/2026-06`',
      '- objectives, not part of the verdict: 2 breached (1 known) · 1 unverified',
      '- no longer breached since the baseline of 2026-01-31: 1',
    ])
  })

  it('has a line for each clause, worst first, linked to the contract', () => {
    const rows = lines.filter(line => line.startsWith('| '))
    expect(rows[0]).toBe('| Verdict | Clause | Actual | Promise | What matters |')
    expect(rows.slice(2).map(row => row.split(' | ').slice(0, 2).join(' '))).toEqual([
      `| ✖ breached (1 known) [\`uptime\`](${source}acme.yaml#L11)`,
      `| ✔ met [\`clean\`](${source}acme.yaml#L30)`,
      `| ✖ breached (1 known) (objective) [\`speed-goal\`](${source}acme.yaml#L20)`,
      '| – observed (observed) `seen`',
    ])
    expect(rows[2]).toContain(' ≥ 99.5 % a calendar month | `2026-05`: 99.41 %, 36m 48s over the allowance |')
  })

  it('unfolds what is breached and unverified; what is waived, known or fixed stands below', () => {
    expect(heads(text)).toEqual([
      '✖ <code>uptime/2026-05</code> breached: 4h 20m of 3h 43m 12s used',
      '? <code>uptime/2026-04</code> unverified: no backup records supplied',
      '? <code>speed-goal/2026-07</code> unverified: no backup records supplied',
      '✖ <code>speed-goal/2026-05</code> breached: 4h 20m of 3h 43m 12s used',
      '1 breach waived',
      '2 breaches known from the baseline',
      '1 no longer breached since the baseline of 2026-01-31',
    ])
    expect(lines).toContain(
      '- ✔ `uptime/2026-03` waived until 2026-06-30 by J. Doe: moved house; 4h 20m of 3h 43m 12s used',
    )
    expect(lines).toContain('- ✖ `uptime/2026-02` 4h 20m of 3h 43m 12s used')
    expect(lines).toContain('- ✖ `speed-goal/2026-06` 4h 20m of 3h 43m 12s used')
    expect(lines).toContain('- `uptime/2026-01` met')
    expect(text).toContain('  Sat  2 May 01:12–03:42  2h 30m  counted   OUT-17, api gateway down')
    // 739 h 40 min of 744 h.
    expect(text).toContain('99.41 % = 2,662,800,000 / 2,678,400,000 ms')
  })

  it('ends with the command to go on with and what the verdict rests on', () => {
    expect(lines.slice(-6)).toEqual([
      '```sh',
      'sla explain uptime/2026-05 acme.yaml outages.csv --period 2026-05',
      '```',
      '',
      `as of 2026-06-02T09:00:00+02:00 · 2026-05 · [\`acme.yaml\`](${source}acme.yaml) sha256 bbbbbbbbbbbb · 2 evidence files, 4 SHA-256 digests in the JSON report`,
      '',
    ])
  })

  it('opens and closes each part, with a blank line before what is no HTML', () => {
    expect(text.match(/<details>/g)).toHaveLength(7)
    expect(text.match(/<\/details>\n\n/g)).toHaveLength(7)
    expect(text.match(/<\/summary>\n\n/g)).toHaveLength(7)
    expect(text).not.toContain('\n\n\n')
  })

  it('says in short that all is kept', () => {
    const kept = renderMarkdown(reportOf([clauseOf({ promise: '≥ 99 %', findings: [findingOf()] })]), view)
    expect(kept.split('\n')).toEqual([
      '<!-- sla:acme-saas -->',
      '### ✔ Kept: the one clause is met.',
      '',
      '**Acme Hosting SLA 2026.1** · 2026-05 · Europe/Paris',
      '',
      '- findings: 1 met',
      '',
      '| Verdict | Clause | Actual | Promise | What matters |',
      '| --- | --- | ---: | --- | --- |',
      expect.stringMatching(/^\| ✔ met \| `uptime` \| {1,2}\| ≥ 99 % \| .*\|$/),
      '',
      'as of 2026-06-02T09:00:00+02:00 · 2026-05 · `acme.yaml` sha256 bbbbbbbbbbbb · 2 evidence files, 3 SHA-256 digests in the JSON report',
      '',
    ])
  })

  it('lists what falls due, what is over first, and warnings', () => {
    const until = at('2026-06-09T09:00:00+02:00')
    const due = at('2026-06-02T10:00:00+02:00')
    const one = { clause: 'work', subject: 'T', status: 'pending' as const }
    const items = [
      { ...one, finding: 'work/1', due: due - 2 * HOUR, left_ms: -HOUR, status: 'breached' as const },
      ...Array.from({ length: 24 }, (_, i) => ({
        ...one,
        finding: `work/${i + 2}`,
        due: due + i * HOUR,
        left_ms: (i + 1) * HOUR,
      })),
    ]
    const span = { file: './dir/a.csv', line: 7, column: 1, length: 1 }
    const warnings = [{ code: 'odd', severity: 'warning' as const, message: 'a <b> | c', span }]
    const out = renderMarkdown({ ...mixedReport, upcoming: { until, items }, warnings }, view)
    const list = out.split('\n')
    expect(heads(out)).toEqual(expect.arrayContaining(['Due by Tue 9 Jun 2026 09:00: 25', '1 warning']))
    expect(list).toContain('- ✖ overdue · 1h over · Tue 2 Jun 2026 08:00 · `work/1`')
    expect(list).toContain('- … pending · 1h left · Tue 2 Jun 2026 10:00 · `work/2`')
    expect(list.filter(line => line.includes('`work/'))).toHaveLength(20)
    expect(list).toContain('- and 5 more')
    expect(list).toContain('- `dir/a.csv:7` a &lt;b&gt; \\| c')
    const none = renderMarkdown({ ...mixedReport, upcoming: { until, items: [] } }, view)
    expect(none).toContain('\n\nDue by Tue 9 Jun 2026 09:00: nothing\n\n')
  })
})

describe('the hidden line', () => {
  it.each([
    ['acme-saas', '<!-- sla:acme-saas -->'],
    ['a--b', '<!-- sla:a%2D-b -->'],
    ['a---', '<!-- sla:a%2D%2D%2D -->'],
    ['-->', '<!-- sla:%2D-%3E -->'],
    ['a b\u00e9', '<!-- sla:a%20b%C3%A9 -->'],
    ['<script>', '<!-- sla:%3Cscript%3E -->'],
  ])('of %s is %s', (id, tag) => {
    expect(commentTag(id)).toBe(tag)
    expect(decodeURIComponent(/^<!-- sla:(.*) -->$/.exec(tag)?.[1] ?? '')).toBe(id)
    expect(tag.slice(4, -3)).not.toMatch(/--|-$|[<>]/)
  })
})

describe('the length of a comment', () => {
  const many = (count: number, finding: Finding, id = 'late'): Report['clauses'][number] =>
    clauseOf({
      id,
      status: finding.status,
      findings: listOf(count, i => ({ ...finding, id: `${id}/${i}`, clause: id })),
    })

  it('shows twenty findings and counts the others by what they are', () => {
    const text = renderMarkdown(
      reportOf([
        many(1500, breachedUptime),
        many(40, missingBackup, 'unsure'),
        { ...many(1, breachedUptime, 'goal'), binding: 'objective' },
      ]),
      view,
    )
    expect(heads(text).filter(head => head.startsWith('✖'))).toHaveLength(20)
    expect(text).toContain('_Not shown in detail here: 1,480 breached, 40 unverified, 1 objective missed._\n\n')
    expect(text.length).toBeLessThan(60_000)
  })

  it('cuts at a finding where they are long', () => {
    const why = 'and so on '.repeat(1000)
    const timeline = breachedUptime.timeline.map(step => ({ ...step, why }))
    const text = renderMarkdown(reportOf([many(30, { ...breachedUptime, timeline })]), view)
    const shown = heads(text).length
    expect(shown).toBeGreaterThan(5)
    expect(shown).toBeLessThan(20)
    expect(text).toContain(`_Not shown in detail here: ${30 - shown} breached._`)
    expect(text.length).toBeLessThanOrEqual(60_000)
    expect(text.length).toBeGreaterThan(45_000)
    expect(text).toMatch(/^ {2}… \d+ more lines$/m)
    expect(text.match(/<\/details>/g)).toHaveLength(shown)
  })

  it('counts what is left out of every list', () => {
    const clauses = Array.from({ length: 900 }, (_, i) =>
      clauseOf({
        id: `clause-${i}`,
        promise: '≥ 99.5 % a calendar month',
        findings: [findingOf({ id: `clause-${i}` })],
      }),
    )
    const waiver = { finding: '*', reason: 'r'.repeat(200), approver: 'J. Doe', until: '2026-06-30' }
    const waived = many(300, { ...breachedUptime, status: 'waived', waiver }, 'waived')
    const known = many(300, { ...breachedUptime, known: true, subject: 'x' }, 'known')
    const fixed = Array.from({ length: 2000 }, (_, i) => ({ finding: `old/${i}`, clause: 'old', now: 'gone' as const }))
    const baseline = eachReport.baseline
    if (baseline === undefined) throw new Error('no baseline')
    const text = renderMarkdown(reportOf([waived, known, ...clauses], { baseline: { ...baseline, fixed } }), view)
    expect(text.length).toBeLessThanOrEqual(60_000)
    const rows = text.split('\n').filter(line => line.startsWith('| ')).length - 2
    expect(text).toContain(`_${902 - rows} more clauses not shown here._`)
    expect(heads(text)).toEqual([
      '300 breaches waived',
      '300 breaches known from the baseline',
      '2,000 no longer breached since the baseline of 2026-01-31',
    ])
    const more = [...text.matchAll(/^- and ([\d,]+) more$/gm)].map(([, count = '']) => Number(count.replace(',', '')))
    const items = text.split('\n').filter(line => /^- (✔ `waived|✖ `known|`old)/.test(line)).length
    expect(more).toHaveLength(3)
    expect(more.reduce((sum, count) => sum + count, items)).toBe(2600)
  })

  it('holds with the worst of texts', () => {
    for (const sign of ['\u{e0001}', '|', '`', '<', '\u202e']) {
      const text = renderMarkdown(hostileReport(sign.repeat(10_000)), view)
      expect(text.length).toBeLessThanOrEqual(60_000)
    }
  })
})

it('lets no text of others in', () => {
  for (const hostile of [
    HOSTILE,
    '``` </details> ````',
    '--> <!-- x -->',
    '- [ ] [x]: http://evil "a"',
    '</code></summary>',
  ]) {
    const text = renderMarkdown(hostileReport(hostile), { ...view, source })
    const [, ...rest] = text.split('\n')
    const outside = outsideCode(rest.join('\n'))
    expect(outside).not.toMatch(/<(?!\/?(?:details|summary|code)>)/)
    // In code nothing is a mention.
    expect(outside.replace(/<code>.*?<\/code>/g, '')).not.toMatch(/@(?=\w)|#\d/)
    expect(outside.match(/<details>/g)?.length).toBe(outside.match(/<\/details>/g)?.length)
    expect(text.replaceAll(/[\n\u200b]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u)
    // Links are our own, to the contract's lines; in a line of HTML nothing is one.
    for (const [, target] of outside.replace(/^<.*/gm, '').matchAll(/(?<!\\)\]\(([^)]*)\)/g))
      expect(target?.startsWith(source)).toBe(true)
  }
})
