import { describe, expect, it } from 'vitest'
import { compareContracts } from '../../src/compare/compare.ts'
import { contractOf, rules, up, zones } from './fakes.ts'

/** Of each contract, in order, whether it is the best of the one row of promises and of the one row of worst cases. */
async function bestOf(...list: readonly (readonly [target: string, more?: Readonly<Record<string, unknown>>])[]) {
  const contracts = await Promise.all(
    list.map(([target, more = {}], i) =>
      contractOf(`c${i}`, target === '' ? { other: up('90%', { binding: 'observed' }) } : { up: up(target) }, more),
    ),
  )
  const { rows, envelope } = await compareContracts(contracts, { year: 2026, zones, version: '1.0.0', rules })
  const marks = (cells: readonly { readonly best?: true }[] = []) =>
    cells.map(({ best }) => (best ? '★' : '-')).join('')
  return [marks(rows[0]?.cells), marks(envelope[0]?.values)]
}

const NEEDS = { kind: 'Baseline' }

// By the rules of this test equal promises are known to be equal, all others are told apart by outages.
describe('the best of a row', () => {
  it('is no promise that stands alone', async () => {
    expect(await bestOf(['99%'], [''])).toEqual(['--', '--'])
    expect(await bestOf(['99%'], [''], [''])).toEqual(['---', '---'])
    // What two promise is better than what the third does not.
    expect(await bestOf(['99%'], ['99%'], [''])).toEqual(['★★-', '★★-'])
  })

  it('is never what a baseline asks for', async () => {
    expect(await bestOf(['99%', NEEDS], [''])).toEqual(['--', '--'])
    expect(await bestOf(['99%', NEEDS], [''], [''])).toEqual(['---', '---'])
    expect(await bestOf([''], ['99%', NEEDS])).toEqual(['--', '--'])
  })

  it('may be less than the baseline asks for', async () => {
    expect(await bestOf(['99.5%', NEEDS], ['99%'], [''])).toEqual(['---', '---'])
    expect(await bestOf(['99.5%', NEEDS], ['99%'], ['99%'], [''])).toEqual(['-★★-', '-★★-'])
  })

  it('takes two offers: of one alone nothing is best', async () => {
    expect(await bestOf(['', NEEDS], ['99%'])).toEqual(['--', '--'])
    expect(await bestOf(['99%', NEEDS], ['99.5%'])).toEqual(['--', '--'])
  })

  it('is none of offers that are alike, whatever the baseline says', async () => {
    expect(await bestOf(['', NEEDS], ['99%'], ['99%'])).toEqual(['---', '---'])
    expect(await bestOf(['90%', NEEDS], ['99%'], ['99%'])).toEqual(['---', '---'])
    expect(await bestOf(['90%', NEEDS], ['99%'], ['99%'], [''])).toEqual(['-★★-', '-★★-'])
  })

  it('is neither of two versions of one contract', async () => {
    const version = (text: string) => ({ id: 'one', version: text })
    expect(await bestOf(['99%', version('1')], ['', version('2')])).toEqual(['--', '--'])
  })
})
