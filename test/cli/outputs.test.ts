import { describe, expect, it } from 'vitest'
import { checkOutputs, parseOutput } from '../../src/cli/outputs.ts'
import { fakeIo } from './fake-io.ts'

describe('parseOutput', () => {
  it('takes the format from the extension or from its name', () => {
    expect(parseOutput('report.json')).toEqual({ format: 'json', path: 'report.json' })
    expect(parseOutput('out/report.TXT')).toEqual({ format: 'pretty', path: 'out/report.TXT' })
    expect(parseOutput('json:report.out')).toEqual({ format: 'json', path: 'report.out' })
    expect(parseOutput('C:\\out\\report.json')).toEqual({ format: 'json', path: 'C:\\out\\report.json' })
  })

  it('refuses what does not say its format', () => {
    expect(() => parseOutput('report.html')).toThrow('--output: "report.html" doesn\'t say its format')
    expect(() => parseOutput('report')).toThrow("doesn't say its format")
    expect(() => parseOutput('jsn:report.json')).toThrow('unknown format "jsn" in "jsn:report.json"')
  })
})

describe('checkOutputs', () => {
  it('refuses what cannot be written before anything is done', async () => {
    const io = fakeIo({ 'old.json': '' })
    await expect(checkOutputs(['nowhere/report.json'], io)).rejects.toThrow('there is no directory nowhere')
    await expect(checkOutputs(['a.json', 'json:./a.json'], io)).rejects.toThrow('./a.json is named twice')
    await expect(checkOutputs(['json:out'], io)).rejects.toThrow("out isn't a file")
    expect(await checkOutputs(['old.json', 'out/new.txt'], io)).toHaveLength(2)
  })
})
