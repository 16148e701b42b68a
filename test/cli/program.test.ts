import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { buildProgram } from '../../src/cli/program.ts'
import { fakeIo } from './fake-io.ts'

const names = buildProgram(fakeIo(), () => {}).commands.map(command => command.name())

async function help(name: string, columns: number): Promise<string> {
  const io = fakeIo()
  const stdout = { ...io.stdout, columns }
  expect(await main([name, '--help'], { ...io, stdout })).toBe(0)
  return io.out.join('')
}

describe('help', () => {
  it.each([...names, ''])('of "%s" fits on 80 columns and shows an example', async name => {
    const io = fakeIo()
    expect(
      await main(name === '' ? ['--help'] : [name, '--help'], { ...io, stdout: { ...io.stdout, columns: 80 } }),
    ).toBe(0)
    const text = io.out.join('')
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
    expect(text).toMatch(/\n {2}\$ .*sla /)
  })

  it('uses the room there is, 120 columns at most', async () => {
    const longest = (text: string) => Math.max(...text.split('\n').map(line => line.length))
    expect(longest(await help('audit', 200))).toBeGreaterThan(100)
    expect(longest(await help('audit', 200))).toBeLessThanOrEqual(120)
  })
})

describe('options', () => {
  it('can each be given as a variable, the same one in every command', () => {
    const known = new Map<string, string>()
    for (const command of buildProgram(fakeIo(), () => {}).commands) {
      for (const { long, description } of command.options) {
        const [, variable = ''] = /\[(SLA_[A-Z_]+)\]$/.exec(description) ?? []
        expect(variable, `${command.name()} ${long}`).toBe(`SLA_${long?.slice(2).toUpperCase().replaceAll('-', '_')}`)
        expect(known.get(variable) ?? long).toBe(long)
        known.set(variable, long ?? '')
      }
    }
    expect(known.size).toBeGreaterThan(25)
  })

  it.each([
    ['audit a.yaml --waiver w.yaml', '--waivers'],
    ['audit a.yaml --basline w.json', '--baseline'],
    ['init --templte saas', '--template'],
    ['explain x --reprot r.json', '--report'],
    ['formats --formt json', '--format'],
  ])('%s: did you mean %s?', async (line, meant) => {
    const io = fakeIo()
    expect(await main(line.split(' '), io)).toBe(2)
    expect(io.err.join('')).toContain(`Did you mean ${meant}?`)
  })

  it.each([
    ['inti', 'init'],
    ['shema', 'schema'],
    ['fromats', 'formats'],
    ['completions', 'completion'],
  ])('%s: did you mean %s?', async (word, meant) => {
    const io = fakeIo()
    expect(await main([word], io)).toBe(2)
    expect(io.err.join('')).toContain(`Did you mean ${meant}?`)
  })
})
