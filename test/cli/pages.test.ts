import { describe, expect, it } from 'vitest'
import { isAscii, pageFor, wantsColour } from '../../src/cli/pages.ts'
import { fakeIo } from './fake-io.ts'

describe('wantsColour', () => {
  it.each<[string, boolean, Record<string, string>, boolean | undefined, boolean]>([
    ['terminal', true, {}, undefined, true],
    ['pipe', false, {}, undefined, false],
    ['NO_COLOR', true, { NO_COLOR: '1' }, undefined, false],
    ['empty NO_COLOR', true, { NO_COLOR: '' }, undefined, true],
    ['dumb terminal', true, { TERM: 'dumb' }, undefined, false],
    ['FORCE_COLOR on a pipe', false, { FORCE_COLOR: '1' }, undefined, true],
    ['FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, undefined, false],
    ['--no-color beats FORCE_COLOR', true, { FORCE_COLOR: '1' }, false, false],
    ['--color beats NO_COLOR', false, { NO_COLOR: '1' }, true, true],
  ])('%s', (_, isTTY, env, flag, wanted) => {
    expect(wantsColour(isTTY, env, flag)).toBe(wanted)
  })
})

describe('isAscii', () => {
  it.each<[Record<string, string>, boolean]>([
    [{}, false],
    [{ LANG: 'en_US.UTF-8' }, false],
    [{ LANG: 'C.utf8' }, false],
    [{ LANG: 'C' }, true],
    [{ LC_ALL: 'POSIX', LANG: 'en_US.UTF-8' }, true],
    [{ LC_ALL: '', LC_CTYPE: 'fr_FR.UTF-8', LANG: 'C' }, false],
  ])('%o', (env, ascii) => {
    expect(isAscii(env)).toBe(ascii)
  })
})

describe('pageFor', () => {
  it('takes the width from the option, the terminal within bounds, else 100 columns', async () => {
    const io = fakeIo()
    const terminal = (columns: number) => ({ isTTY: true, columns, write: () => {}, send: async () => {} })
    expect((await pageFor(io.stdout, io, {})).width).toBe(100)
    expect((await pageFor(io.stdout, io, { width: 72 })).width).toBe(72)
    expect((await pageFor(terminal(90), io, {})).width).toBe(90)
    expect((await pageFor(terminal(250), io, {})).width).toBe(120)
    expect((await pageFor(terminal(20), io, {})).width).toBe(60)
  })

  it('paints when colour is wanted', async () => {
    const io = fakeIo()
    const page = await pageFor(io.stdout, io, { color: true })
    expect(page.colour.red('x')).toBe('\u001b[31mx\u001b[39m')
    expect((await pageFor(io.stdout, io, {})).colour.red('x')).toBe('x')
  })
})
