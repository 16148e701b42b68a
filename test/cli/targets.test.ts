import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../support/cli.ts'

const base = mkdtempSync(join(tmpdir(), 'sla-targets-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

const FILES: Readonly<Record<string, string>> = {
  'c.yaml': `apiVersion: sla/v1
kind: Contract
id: c
timezone: Europe/Paris
calendars:
  desk: { days: mon-fri, hours: "09:00-18:00", holidays: days.ics }
clauses:
  uptime: { kind: availability, target: 99%, window: calendar month }
`,
  'days.ics': 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260501\nSUMMARY:May\nEND:VEVENT\nEND:VCALENDAR\n',
  'ev/outages.csv': 'start,end\n2026-05-02T10:00:00+02:00,2026-05-02T11:00:00+02:00\n',
  'ev/more/outages.csv': 'start,end\n2026-05-03T10:00:00+02:00,2026-05-03T11:00:00+02:00\n',
  'w.yaml': 'apiVersion: sla/v1\nkind: Waivers\nwaivers: []\n',
  'map.yaml': 'columns: { start: start }\n',
}
const AUDIT = ['--period', '2026-05', '--as-of', '2026-06-01', '--assume-complete', 'maintenance', '-q']

let count = 0
let folder = ''
const at = (path: string): string => join(folder, path)

/** The names of all files with what they hold; of links with where they lead. */
function contents(): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    entries
      .filter(entry => !entry.isDirectory())
      .map(entry => {
        const path = join(entry.parentPath, entry.name)
        return [
          path.slice(folder.length + 1),
          entry.isSymbolicLink() ? `→ ${readlinkSync(path)}` : readFileSync(path, 'utf8'),
        ]
      }),
  )
}

beforeEach(() => {
  folder = join(base, String(count++))
  mkdirSync(at('ev/more'), { recursive: true })
  mkdirSync(at('out'))
  for (const [name, text] of Object.entries(FILES)) writeFileSync(at(name), text)
})

function audit(evidence: string, ...options: string[]) {
  return runCli(['audit', 'c.yaml', evidence, ...AUDIT, ...options], { cwd: folder })
}

/** Refused as wrong usage, with nothing written, changed or left over. */
function refused(evidence: string, options: readonly string[], message: string, env = {}) {
  const before = contents()
  const { code, stdout, stderr } = runCli(['audit', 'c.yaml', evidence, ...AUDIT, ...options], { cwd: folder, env })
  expect({ code, stdout, stderr: stderr.split('\n')[0] }).toEqual({ code: 2, stdout: '', stderr: `error: ${message}` })
  expect(contents()).toEqual(before)
}

describe('what the run reads is never written over', () => {
  it('be it named, in a directory, or one that a glob fits', () => {
    const over = '; it would be written over'
    refused('ev/outages.csv', ['-o', 'ev/outages.csv'], `--output: ev/outages.csv is read by this run${over}`)
    refused('ev', ['-o', './ev/outages.csv'], `--output: ./ev/outages.csv is read by this run${over}`)
    refused('ev', ['-o', 'ev/more/outages.csv'], `--output: ev/more/outages.csv is read by this run${over}`)
    refused('ev/*.csv', ['-o', 'json:ev/outages.csv'], `--output: ev/outages.csv is read by this run${over}`)
    refused('ev/**/*.csv', ['-o', 'ev/more/outages.csv'], `--output: ev/more/outages.csv is read by this run${over}`)
    refused('ev', ['-o', 'json:c.yaml'], `--output: c.yaml is read by this run${over}`)
    refused('ev', ['-o', 'html:w.yaml', '--waivers', 'w.yaml'], `--output: w.yaml is read by this run${over}`)
    refused('ev', ['-o', 'html:map.yaml', '--map', 'map.yaml'], `--output: map.yaml is read by this run${over}`)
  })

  it('nor are the files that the contract names', () => {
    refused('ev', ['-o', 'html:days.ics'], '--output: days.ics is read by this run; it would be written over')
    symlinkSync('../days.ics', at('out/r.html'))
    const message = '--output: out/r.html is read by this run (as days.ics); it would be written over'
    refused('ev', ['-o', 'out/r.html'], message)
  })

  it('whatever links lead there', () => {
    symlinkSync('ev/outages.csv', at('soft.json'))
    symlinkSync('ev', at('linked'))
    linkSync(at('ev/outages.csv'), at('hard.json'))
    const message = (path: string, input = 'ev/outages.csv'): string =>
      `--output: ${path} is read by this run (as ${input}); it would be written over`
    refused('ev', ['-o', 'soft.json'], message('soft.json'))
    refused('ev', ['-o', 'hard.json'], message('hard.json'))
    refused('ev', ['-o', 'linked/outages.csv'], message('linked/outages.csv'))
    refused('linked', ['-o', 'ev/outages.csv'], message('ev/outages.csv', 'linked/outages.csv'))
    refused('soft.json', ['-o', 'ev/outages.csv'], message('ev/outages.csv', 'soft.json'))
    symlinkSync('soft.json', at('twice.json'))
    refused('ev/outages.csv', ['-o', 'twice.json'], message('twice.json'))
  })

  it('nor is the baseline: a second run would find nothing new', () => {
    expect(audit('ev', '-o', 'old.json').code).toBe(0)
    const options = ['--baseline', 'old.json', '-o', 'old.json']
    refused('ev', options, '--output: old.json is read by this run; it would be written over')
    expect(audit('ev', '--baseline', 'old.json', '-o', 'new.json').code).toBe(0)
  })

  it('nor does a summary go to its end', () => {
    const over = '; it would be written over'
    refused('ev', ['--summary', 'ev/outages.csv'], `--summary: ev/outages.csv is read by this run${over}`)
    refused('ev', ['--summary', 'c.yaml'], `--summary: c.yaml is read by this run${over}`)
    refused('ev', ['--summary', 'w.yaml', '--waivers', 'w.yaml'], `--summary: w.yaml is read by this run${over}`)
    refused('ev', ['-f', 'github'], `GITHUB_STEP_SUMMARY: c.yaml is read by this run${over}`, {
      GITHUB_STEP_SUMMARY: 'c.yaml',
    })
    linkSync(at('ev/outages.csv'), at('sum.md'))
    refused('ev', ['--summary', 'sum.md'], `--summary: sum.md is read by this run (as ev/outages.csv)${over}`)
  })
})

describe('what the next run would take for evidence', () => {
  it('is not put where that is read', () => {
    const taken = (path: string, into: string): string =>
      `--output: ${path} would be evidence to the next run, which reads ${into} too`
    refused('ev', ['-o', 'ev/report.json'], taken('ev/report.json', 'ev'))
    refused('ev', ['-o', 'ev/more/report.sarif'], taken('ev/more/report.sarif', 'ev'))
    refused('ev/', ['-o', 'csv:ev/report.csv'], taken('ev/report.csv', 'ev/'))
    refused('ev/*.csv', ['-o', 'ev/report.csv'], taken('ev/report.csv', 'ev/*.csv'))
    refused('**/*.csv', ['-o', 'report.csv'], taken('report.csv', '**/*.csv'))
    refused('.', ['-o', 'report.json'], taken('report.json', '.'))
    symlinkSync('ev', at('linked'))
    refused('ev', ['-o', 'linked/report.json'], taken('linked/report.json', 'ev'))
    refused('linked', ['-o', 'ev/report.json'], taken('ev/report.json', 'linked'))
    symlinkSync('ev/report.json', at('dangling.json'))
    refused('ev', ['-o', 'dangling.json'], taken('dangling.json', 'ev'))
    const { stderr } = audit('ev', '-o', 'ev/report.json')
    expect(stderr.split('\n')[1]).toBe('write it elsewhere, such as into a directory of its own')
  })

  it('may lie beside it, and may lie there if it is no evidence by its name', () => {
    const files = ['ev/report.html', 'ev/.report.json', 'out/report.json', 'evening.csv', 'ev.json']
    expect(audit('ev', ...files.flatMap(file => ['-o', file]), '--summary', 'ev/sum.md').code).toBe(0)
    expect(audit('ev/*.csv', '-o', 'ev/report.json', '-o', 'ev/more/report.csv').code).toBe(0)
    // The file named is all that is read.
    expect(audit('ev/outages.csv', '-o', 'ev/report.csv').code).toBe(0)
  })
})

describe('two outputs', () => {
  it('are two files', () => {
    refused('ev', ['-o', 'a.json', '-o', 'json:./a.json'], '--output: ./a.json is named twice')
    refused(
      'ev',
      ['-o', 'a.json', '-o', `csv:${at('out/../a.json')}`],
      `--output: ${at('out/../a.json')} is named twice`,
    )
    symlinkSync('real.json', at('link.json'))
    refused('ev', ['-o', 'real.json', '-o', 'csv:link.json'], '--output: real.json and link.json are one file')
    symlinkSync('out', at('way'))
    refused('ev', ['-o', 'out/a.json', '-o', 'csv:way/a.json'], '--output: out/a.json and way/a.json are one file')
    writeFileSync(at('real.json'), '')
    linkSync(at('real.json'), at('hard.json'))
    refused('ev', ['-o', 'real.json', '-o', 'html:hard.json'], '--output: real.json and hard.json are one file')
    const both = '--summary: s.md is what --output writes (s.md)'
    refused('ev', ['-o', 's.md', '--summary', 's.md'], both)
  })
})

describe('how files are written', () => {
  it('through links, those too that lead to nothing yet', () => {
    writeFileSync(at('out/old.json'), 'old')
    symlinkSync('out/old.json', at('old.json'))
    symlinkSync('out/new.json', at('step.json'))
    symlinkSync('step.json', at('new.json'))
    const { code, stderr } = audit('ev', '-o', 'old.json', '-o', 'new.json')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const found = contents()
    expect([found['old.json'], found['step.json'], found['new.json']]).toEqual([
      '→ out/old.json',
      '→ out/new.json',
      '→ step.json',
    ])
    expect(found['out/new.json']).toMatch(/^\{\n/)
    expect(found['out/old.json']).toBe(found['out/new.json'])
    symlinkSync('nowhere/a.json', at('lost.json'))
    refused('ev', ['-o', 'lost.json'], `--output: there is no directory ${at('nowhere')}`)
  })

  it('with names as long as they may be, and over what a killed run left', () => {
    const longest = `${'a'.repeat(250)}.json`
    const { code, stderr } = audit('ev', '-o', `out/${longest}`)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(readdirSync(at('out'))).toEqual([longest])
    const longer = `a${longest}`
    refused('ev', ['-o', longer], `--output: a file name can't be longer than 255 bytes: ${longer}`)
  })
})
