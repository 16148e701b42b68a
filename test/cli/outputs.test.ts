import { describe, expect, it } from 'vitest'
import { checkOutputs, parseOutput } from '../../src/cli/outputs.ts'
import { formats } from '../../src/report/index.ts'
import { fakeIo } from './fake-io.ts'

/** The message and the hint of what is thrown. */
function refused(value: string): readonly unknown[] {
  try {
    return ['taken', parseOutput(value)]
  } catch (error) {
    return error instanceof Error ? [error.message, 'hint' in error ? error.hint : undefined] : [error]
  }
}

describe('parseOutput', () => {
  it.each([
    ['report.json', 'json', 'report.json'],
    ['out/report.TXT', 'pretty', 'out/report.TXT'],
    ['json:report.out', 'json', 'report.out'],
    ['C:\\out\\report.json', 'json', 'C:\\out\\report.json'],
    ['report.sarif', 'sarif', 'report.sarif'],
    ['report.sarif.json', 'sarif', 'report.sarif.json'],
    ['out.d/REPORT.SARIF.JSON', 'sarif', 'out.d/REPORT.SARIF.JSON'],
    ['json:report.sarif.json', 'json', 'report.sarif.json'],
    ['sarif.json', 'json', 'sarif.json'],
    ['junit:sla.xml', 'junit', 'sla.xml'],
    ['gitlab:a:b.json', 'gitlab', 'a:b.json'],
    ['report.htm', 'html', 'report.htm'],
    ['a.b.jsonl', 'ndjson', 'a.b.jsonl'],
  ])('%s is %s', (value, format, path) => {
    expect(parseOutput(value)).toEqual({ format, path })
  })

  it('takes every format by its name and by each of its extensions', () => {
    for (const [name, { extensions }] of Object.entries(formats)) {
      expect(parseOutput(`${name}:a.b`)).toEqual({ format: name, path: 'a.b' })
      for (const extension of extensions) expect(parseOutput(`a.${extension}`).format).toBe(name)
    }
  })

  it.each([
    ['report', '"report" doesn\'t say its format', /^name it, as in pretty:report; told by .* are \.txt, \.json, /],
    ['report.doc', '"report.doc" doesn\'t say its format', /^name it, as in pretty:report\.doc; /],
    [
      'out/report.PDF',
      '"out/report.PDF": PDF isn\'t written',
      /^write out\/report\.html, which browsers print to PDF$/,
    ],
    ['csv', 'csv is a format, not a file', /^name the file: csv:FILE or FILE\.csv$/],
    ['gitlab', 'gitlab is a format, not a file', /^name the file: gitlab:FILE$/],
    ['report.gitlab', '"report.gitlab" doesn\'t say its format', /^name it, as in gitlab:report\.gitlab; /],
    ['report.htlm', '"report.htlm" doesn\'t say its format', /^did you mean \.html\? Or name it, as in pretty:/],
    ['jsn:report.json', 'unknown format "jsn" in "jsn:report.json"', /^did you mean json:report\.json\?$/],
    ['excel:report.x', 'unknown format "excel" in "excel:report.x"', /^formats: pretty, json, .*, gitlab$/],
    ['html:', '"html:" names no file', undefined],
    ['-', '"-" is no file', /--format/],
  ])('refuses %s', (value, message, hint) => {
    const [said, tip] = refused(value)
    expect(said).toBe(`--output: ${message}`)
    if (hint === undefined) expect(tip).toBeUndefined()
    else expect(tip).toMatch(hint)
  })
})

describe('checkOutputs', () => {
  it('refuses what cannot be written before anything is done', async () => {
    const io = fakeIo({ 'old.json': '' })
    await expect(checkOutputs(['nowhere/report.json'], io)).rejects.toThrow('there is no directory nowhere')
    await expect(checkOutputs(['json:out'], io)).rejects.toThrow("out isn't a file")
    await expect(checkOutputs([`json:${'é'.repeat(126)}.html`], io)).rejects.toThrow("can't be longer than 255 bytes")
    expect(await checkOutputs([`${'é'.repeat(125)}.html`], io)).toHaveLength(1)
    await expect(checkOutputs(['json:new/'], io)).rejects.toThrow("new/ isn't a file")
    expect(await checkOutputs(['old.json', 'out/new.txt'], io)).toHaveLength(2)
    const locked = { ...io, canWrite: async (path: string) => path !== 'out' }
    await expect(checkOutputs(['old.json', 'out/new.txt'], locked)).rejects.toThrow('no permission to write in out')
  })
})
