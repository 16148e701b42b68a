import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listOf } from '../../src/clauses/findings.ts'
import { appendSummary, checkSummary } from '../../src/cli/summaries.ts'
import { isUsageError } from '../../src/cli/usage.ts'
import { escapeMarkdown, markdownCode } from '../../src/report/markdown-escape.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { fakeIo } from '../cli/fake-io.ts'
import { breachedUptime, clauseOf, reportOf, viewOf } from './fixture.ts'
import { eachReport, hostileReport } from './sarif-fixture.ts'

const source = 'https://github.com/acme/sla/blob/4f2c/'
const view = viewOf({ directory: '/home/acme' })

describe('a job summary', () => {
  it('has the verdict, a line for each clause, and each breach to unfold', () => {
    const text = renderSummary(eachReport, { ...view, source })
    const lines = text.split('\n')
    expect(lines[0]).toMatch(/^## ✖ Not kept: 1 of 2 clauses breached/)
    expect(lines[2]).toBe(
      `**Acme Hosting SLA 2026.1** · 2026-05 · Europe/Paris · as of 2026-06-02T09:00:00+02:00 · [\`acme.yaml\`](${source}acme.yaml) · 2 evidence files`,
    )
    const rows = lines.filter(line => line.startsWith('| ')).slice(2)
    expect(rows).toHaveLength(4)
    expect(rows[0]).toContain(`| [\`uptime\`](${source}acme.yaml#L11) |`)
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(7)
    const heads = [...text.matchAll(/<summary>(.*)<\/summary>/g)].map(([, head]) => head)
    expect(heads.map(head => /<code>(.*)<\/code>/.exec(head ?? '')?.[1])).toEqual([
      'uptime/2026-05',
      'uptime/2026-04',
      'speed-goal/2026-07',
      'speed-goal/2026-05',
      'uptime/2026-02',
      'speed-goal/2026-06',
      'uptime/2026-03',
    ])
    expect(heads[0]).toBe('✖ <code>uptime/2026-05</code> breached: 4h 20m of 3h 43m 12s used')
    expect(text).toContain('waived until 2026-06-30 by J. Doe: moved house')
    // 739h 40m of 744h in milliseconds.
    expect(text).toContain('99.41 % = 2,662,800,000 / 2,678,400,000 ms')
    expect(text).toContain('Sat  2 May 01:12–03:42  2h 30m  counted   OUT-17, api gateway down')
    expect(text.match(/<details>/g)).toHaveLength(7)
    expect(text.match(/<\/details>/g)).toHaveLength(7)
  })

  it('links only where the files can be looked at', () => {
    expect(renderSummary(eachReport, view)).not.toContain('](')
    const outside = reportOf([
      clauseOf({ findings: [], span: { file: '/etc/acme.yaml', line: 1, column: 1, length: 1 } }),
    ])
    const own = { ...outside, contract: { ...outside.contract, file: '/etc/acme.yaml' } }
    expect(renderSummary(own, { ...view, source })).not.toContain('](')
    const odd = { ...outside, contract: { ...outside.contract, file: 'a b/(c).yaml' } }
    expect(renderSummary(odd, { ...view, source })).toContain(`](${source}a%20b/%28c%29.yaml)`)
  })

  it('keeps to 900 KiB and counts what it leaves out', () => {
    const late = clauseOf({ id: 'late', findings: listOf(3000, i => ({ ...breachedUptime, id: `late/${i}` })) })
    const text = renderSummary(reportOf([late]), view)
    const size = new TextEncoder().encode(text).length
    expect(size).toBeLessThanOrEqual(900 * 1024)
    expect(size).toBeGreaterThan(890 * 1024)
    const shown = text.match(/<details>/g)?.length ?? 0
    expect(text).toContain(`_${(3000 - shown).toLocaleString('en')} more findings are left out here`)
    expect(text.match(/<\/details>/g)).toHaveLength(shown)
  })

  it('lets no text of others in', () => {
    const text = renderSummary(hostileReport(), { ...view, source })
    const outside = text.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '').replace(/`+[^`]+`+/g, '')
    expect(outside).not.toMatch(/<(?!\/?(?:details|summary|code)>)/)
    // In code nothing is a mention.
    expect(outside.replace(/<code>.*?<\/code>/g, '')).not.toMatch(/@(?=\w)|#\d/)
    expect(text.replaceAll(/[\n\u200b]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
    const fences = hostileReport('``` </details> ````')
    expect(renderSummary(fences, view)).toMatch(/^`````text$/m)
  })
})

describe('Markdown', () => {
  it('is escaped', () => {
    expect(escapeMarkdown('a|b `c` <i> & *d* _e_ [f](g) ~h~')).toBe(
      'a\\|b \\`c\\` &lt;i&gt; &amp; \\*d\\* \\_e\\_ \\[f\\](g) \\~h\\~',
    )
    expect(escapeMarkdown('@acme/all #12 GH-7 http://a.b www.a.b')).toBe(
      '@\u200bacme/all \\#\u200b12 GH-\u200b7 http:\u200b//a.b www\u200b.a.b',
    )
    expect(escapeMarkdown('a\nb\u202e')).toBe('a\\\\nb\\\\u202e')
    expect(escapeMarkdown('- a')).toBe('\\- a')
    expect(escapeMarkdown('1. a')).toBe('1\\. a')
    expect(escapeMarkdown('2026-05 99.41 %')).toBe('2026-05 99.41 %')
  })

  it('is plain text again once it is read', () => {
    const rules = [
      [/\u200b/g, ''],
      [/\\([!-/:-@[-`{-~])/g, '$1'],
      [/&lt;/g, '<'],
      [/&gt;/g, '>'],
      [/&amp;/g, '&'],
    ] as const
    const characters = fc.constantFrom(...'ab1 .|`<>&*_[]()#@!~-+=$\\{}/:'.split(''))
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 20 }), list => {
        const text = list.join('')
        const out = escapeMarkdown(text)
        expect(rules.reduce((left, [from, to]) => left.replace(from, to), out)).toBe(text)
        expect(out.replace(/\\\\/g, '').replace(/\\[|`*_[\]]/g, '')).not.toMatch(/[|`*_[\]<>]/)
      }),
      { numRuns: 1000 },
    )
  })

  it('as code is copied as it is', () => {
    expect(markdownCode('uptime/2026-05')).toBe('`uptime/2026-05`')
    expect(markdownCode('a`b``c')).toBe('``` a`b``c ```')
    expect(markdownCode('a|b')).toBe('a\\|b')
    expect(markdownCode('')).toBe('')
  })
})

describe('where a summary goes', () => {
  const options = { format: 'pretty', outputs: [] }
  const target = { option: '--summary', path: 'out/sum.md' }

  it('is the end of the file, after what it holds', async () => {
    const io = fakeIo({ 'out/sum.md': 'before\n' })
    await appendSummary(eachReport, view, target, io)
    expect(io.files.get('out/sum.md')).toMatch(/^before\n## ✖ /)
  })

  it('is the file named, that of the step where annotations are written, and nowhere else', async () => {
    const env = { GITHUB_STEP_SUMMARY: '/step.md' }
    const found = (given: Parameters<typeof checkSummary>[0], own: Record<string, string> = env) =>
      checkSummary(given, fakeIo({ '/step.md': '' }, own))
    const step = { option: 'GITHUB_STEP_SUMMARY', path: '/step.md' }
    expect(await found({ ...options, format: 'github', summary: 'out/sum.md' })).toEqual(target)
    expect(await found({ ...options, format: 'github' })).toEqual(step)
    expect(await found({ ...options, outputs: [{ format: 'github' }] })).toEqual(step)
    expect(await found(options)).toBeUndefined()
    expect(await found({ ...options, format: 'github' }, {})).toBeUndefined()
    expect(await found({ ...options, format: 'github' }, { GITHUB_STEP_SUMMARY: '' })).toBeUndefined()
    expect(await found({ ...options, format: 'github', summary: '' })).toBeUndefined()
  })

  it('must be writable', async () => {
    const io = {
      ...fakeIo(),
      append: async () => {
        throw new Error('read-only')
      },
    }
    const fault = await appendSummary(eachReport, view, { ...target, path: 'sum.md' }, io).catch(
      (error: unknown) => error,
    )
    expect(isUsageError(fault)).toBe(true)
    expect(String(fault)).toContain("--summary: sum.md can't be written: read-only")
    const check = (summary: string) => checkSummary({ ...options, summary }, io)
    await expect(check('nowhere/sum.md')).rejects.toThrow('--summary: there is no directory nowhere')
    await expect(check('out')).rejects.toThrow('out is a directory')
    expect(await check('out/sum.md')).toEqual(target)
  })
})
