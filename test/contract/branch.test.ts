import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { bestBranch } from '../../src/contract/branch.ts'
import { type Issue, type KnownKeys, sayIssue } from '../../src/contract/issue-text.ts'
import { oneOf, percent } from '../../src/contract/values.ts'

/** The number of the branch that fits best, -1 for none. */
function chosen(branches: readonly [z.ZodType, z.ZodType, ...z.ZodType[]], input: unknown): number {
  const known: KnownKeys = new WeakMap()
  const error = (raw: z.core.$ZodRawIssue) => sayIssue(raw, known)
  const issue = z.union(branches).safeParse(input, { reportInput: true, error }).error?.issues[0]
  if (issue?.code !== 'invalid_union') throw new Error('expected all branches to fail')
  const best = bestBranch(issue.errors, known)
  const errors: readonly (readonly Issue[])[] = issue.errors
  return best === undefined ? -1 : errors.indexOf(best)
}

const slices = z.strictObject({ slices: percent, bad: percent })
const minutes = z.strictObject({ minutes: oneOf(['whole', 'touched']) })
const words = oneOf(['time', 'requests'])

describe('the branch of a union that was meant', () => {
  it.each([
    ['the map whose keys are there', { slices: '5%' }, 1],
    ['the map whose value has a flaw', { minutes: 'hole' }, 2],
    ['the map with fewer strange keys', { minutes: 1, other: 1 }, 2],
    ['the map whose key was misspelt', { slicse: '5%', bda: '1%' }, 1],
    ['the words, for text', 'tim', 0],
    ['none, for a list', [], -1],
  ])('is %s', (_, input, expected) => {
    expect(chosen([words, slices, minutes], input)).toBe(expected)
  })

  it('is the value with a flaw before a word that is far off', () => {
    expect(chosen([words, percent], '101%')).toBe(1)
    expect(chosen([words, percent], 'tme')).toBe(0)
    expect(chosen([words, percent], 99)).toBe(1)
  })

  it('looks into unions of unions', () => {
    expect(chosen([z.union([words, minutes]), slices], { minutes: 'hole' })).toBe(0)
  })
})
