import { readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { fakeIo } from './fake-io.ts'

const [, section = ''] = readFileSync('README.md', 'utf8').split('\n## Vulnerability fix windows\n')

function blocks(language: string): readonly string[] {
  return [...section.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(match => match[1] ?? '')
}

const [clause = ''] = blocks('yaml')
const contract = `apiVersion: sla/v1\nkind: Contract\nid: acme\ntimezone: Europe/Paris\n${clause}`

it('the README shows a clause without doubts, and records that it judges', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sla-readme-'))
  const run = async (argv: readonly string[]) => {
    const io = fakeIo({ 'acme.yaml': contract })
    return { code: await main(argv, io), out: io.out.join(''), err: io.err.join('') }
  }
  try {
    expect(await run(['validate', 'acme.yaml', '--strict'])).toMatchObject({ code: 0, err: '' })
    const files = ['scans.csv', 'sightings.csv'].map(name => join(folder, name))
    for (const [i, text] of blocks('csv').entries()) await writeFile(files[i] ?? '', text)
    const argv = ['audit', 'acme.yaml', ...files, '--period', '2026-06', '--as-of', '2026-06-06T10:00:00+02:00']
    const { out } = await run([...argv, '--assume-complete', 'known-exploited', '-f', 'json'])
    const found = JSON.parse(out).clauses[0].findings
    // 1: gone on the fifth day at the latest, and since when there is a fix is not told. 2: seen on the fifth of seven days.
    expect(found).toMatchObject([
      { id: 'fixes/critical/CVE-2026-0001@web#pkg:npm/left-pad', status: 'unverified' },
      { id: 'fixes/critical-mitigate/CVE-2026-0001@web#pkg:npm/left-pad', status: 'unverified' },
      { id: 'fixes/high/CVE-2026-0002@web#pkg:npm/left-pad', status: 'pending' },
    ])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

it('the README shows a command that reads the reports of tools as they come', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sla-readme-'))
  try {
    await mkdir(join(folder, 'scans'))
    const reports = {
      'kev.json': 'kev/known_exploited_vulnerabilities.json',
      'scans/grype.json': 'grype/dated.json',
      'scans/npm-06-01.json': 'npm-audit/npm11.json',
    }
    for (const [name, from] of Object.entries(reports)) await cp(`test/fixtures/${from}`, join(folder, name))
    const [command = ''] = blocks('sh')
    // Words, those in quotes without them; files stand in the folder.
    const words = [...command.trim().matchAll(/"([^"]*)"|\S+/g)].map(([all, inner]) => inner ?? all)
    const argv = words.slice(1).map(word => (/^(scans\/$|kev)/.test(word) ? join(folder, word) : word))
    const io = fakeIo({ 'acme.yaml': contract })
    const code = await main([...argv.map(word => word.replace(/^scans\/\*/, `${folder}/scans/*`)), '-f', 'json'], io)
    expect([code, io.err.join('')]).toEqual([expect.toBeOneOf([0, 1]), expect.not.stringMatching(/error|no-scan-time/)])
    const report = JSON.parse(io.out.join(''))
    expect(report.inputs.map(({ tool }: { tool: string }) => tool).sort()).toEqual(['grype', 'kev', 'npm-audit'])
    expect(report.clauses[0].findings.length).toBeGreaterThan(0)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
