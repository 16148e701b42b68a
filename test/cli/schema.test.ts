import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { runCli } from '../support/cli.ts'
import { fakeIo } from './fake-io.ts'

async function run(argv: readonly string[]) {
  const io = { ...fakeIo(), readFile: async (path: string) => readFileSync(path) }
  const code = await main(argv, io)
  return { code, out: io.out.join(''), err: io.err.join('') }
}

describe('schema', () => {
  it.each(['contract', 'report', 'waivers', 'alignment', 'comparison'])(
    'prints that of a %s as the package has it',
    async what => {
      const expected = readFileSync(`schemas/${what}.schema.json`, 'utf8')
      expect(await run(['schema', what])).toEqual({ code: 0, out: expected, err: '' })
      expect(JSON.parse(expected).$schema).toBe('http://json-schema.org/draft-07/schema#')
    },
  )

  it('prints that of contracts where nothing is named, also as built', async () => {
    const { out } = await run(['schema'])
    expect(JSON.parse(out)).toEqual(JSON.parse(readFileSync('schemas/contract.schema.json', 'utf8')))
    expect(runCli(['schema'], { cwd: '/' })).toEqual({ code: 0, stdout: out, stderr: '' })
  })

  it('knows what there are schemas of', async () => {
    const contracts = await run(['schema', 'contracts'])
    expect(contracts).toEqual({
      code: 2,
      out: '',
      err: 'error: schema: there is none of "contracts"\ndid you mean contract?\n',
    })
    expect((await run(['schema', 'outage'])).err).toContain('schemas: contract, report, waivers, alignment, comparison')
  })
})
