import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadAlignment } from '../src/contract/alignment.ts'
import { FOUNDING, foundingFile } from './compare/founding.ts'
import { wordsOf } from './scenarios/replay.ts'
import { runCli } from './support/cli.ts'

const readme = readFileSync('README.md', 'utf8')

/** Commands that compare examples, each with the page that stands below it. */
const shown = [...readme.matchAll(/^```sh\n((?:[^`]*\n)?)```\n\n```text\n([^`]*)```/gm)]
  .map(([, command = '', page = '']) => ({ command: command.replaceAll('\\\n', ' ').trim(), page }))
  .filter(({ command }) => command.includes('compare examples/contracts/'))

describe('what README shows of sla compare', () => {
  it('is the five founding contracts', () => {
    expect(shown.length).toBeGreaterThan(0)
    for (const id of FOUNDING) expect(shown[0]?.command).toContain(foundingFile(id))
  })

  it.each(shown)('is what it prints: $command', ({ command, page }) => {
    const words = wordsOf(command.replace(/^(?:node bin\/sla\.js|sla) /, ''))
    const { code, stdout } = runCli(words, { env: { LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' } })
    expect(stdout).toBe(page)
    expect(code).toBe(0)
    // A page that depends on the date of today would not stay as it is.
    expect(words).toContain('--year')
  })

  it('is an alignment that is accepted', () => {
    const files = [...readme.matchAll(/^```yaml\n([\s\S]*?)^```/gm)]
      .map(([, text = '']) => text)
      .filter(text => text.includes('kind: Alignment'))
    expect(files.length).toBeGreaterThan(0)
    for (const text of files) {
      const alignment = loadAlignment({ file: 'names.yaml', bytes: new TextEncoder().encode(text) }, FOUNDING)
      expect(alignment.rows.length).toBeGreaterThan(0)
    }
  })
})
