import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runCli } from './support/cli.ts'

const readme = readFileSync('README.md', 'utf8')

/** Fenced blocks of one language, without their fences. */
function blocks(language: string): readonly string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(match => match[1] ?? '')
}

describe('README', () => {
  it('shows on its first screen the two commands, and what the first one prints', () => {
    const [audit = '', test = ''] = blocks('sh')
    expect(test.trim()).toBe('npm ci && npm test')
    expect(audit).toContain('npm ci && npm run build && node bin/sla.js audit examples/')
    const words = audit
      .trim()
      .replace(/^.*node bin\/sla\.js /, '')
      .split(/\s+/)
    const [shown = ''] = blocks('text')
    const { code, stdout } = runCli(words, { env: { LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' } })
    expect(stdout).toBe(shown)
    expect(code).toBe(1)
    expect(readme.indexOf('npm ci && npm test')).toBeLessThan(1500)
  })

  it('holds a contract and a mapping that the program accepts', async () => {
    const { mkdtempSync, writeFileSync, rmSync } = await import('node:fs')
    const { tmpdir } = await import('node:os')
    const { join } = await import('node:path')
    const [contract = '', mapping = ''] = blocks('yaml')
    const folder = mkdtempSync(join(tmpdir(), 'sla-readme-'))
    try {
      writeFileSync(join(folder, 'acme.yaml'), contract)
      writeFileSync(join(folder, 'map.yaml'), mapping.replace('exports/*.csv', 'export.csv'))
      writeFileSync(join(folder, 'export.csv'), 'Began,Restored,Product\n03/05/2026 10:00,03/05/2026 10:30,Web shop\n')
      const valid = runCli(['validate', 'acme.yaml', '--strict'], { cwd: folder })
      expect([valid.code, valid.stderr]).toEqual([0, ''])
      const words =
        'audit acme.yaml export.csv --map map.yaml --period 2026-05 --as-of 2026-07-01T00:00:00+02:00 -f json'
      const audited = runCli([...words.split(' '), '--assume-complete', 'maintenance'], { cwd: folder })
      const report = JSON.parse(audited.stdout)
      expect(report.clauses[0].findings[0]).toMatchObject({ id: 'uptime/2026-05', status: 'met' })
      expect(report.clauses[0].findings[0].details.down_ms).toBe(30 * 60_000)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('names the exports of the library that it shows', async () => {
    const [source = ''] = blocks('ts')
    const names = /import \{ ([^}]+) \}/.exec(source)?.[1]?.split(', ') ?? []
    expect(names.length).toBeGreaterThan(4)
    const library = await import('../src/index.ts')
    expect(names.filter(name => !(name in library))).toEqual([])
  })
})
