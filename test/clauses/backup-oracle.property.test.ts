import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cases } from './backup-oracle-cases.ts'
import { compare } from './backup-oracle-compare.ts'
import { CASES, worldsFor } from './backup-oracle-worlds.ts'

describe('backups, every half hour asked', () => {
  it.each(CASES)('%s', async name => {
    await fc.assert(
      fc.asyncProperty(worldsFor(name), async ({ world, promise }) => {
        for (const { what, found, wanted } of await compare(world, promise)) expect(found, what).toEqual(wanted)
      }),
      cases(CASES.length),
    )
  })
})
