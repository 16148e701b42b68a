import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { clauseKinds } from '../../src/clauses/index.ts'
import { compareContracts } from '../../src/compare/compare.ts'
import type { Contract } from '../../src/contract/contract.ts'
import { loadContract } from '../../src/contract/load.ts'
import type { Comparison, Relation } from '../../src/model/comparison.ts'
import { InputError } from '../../src/model/diagnostic.ts'
import { zones } from '../support/audit.ts'
import { root } from '../support/cli.ts'
import { cellsOf, foundingFiles, judgeAgain, logsOf, proofsOf, relationsOf } from './founding.ts'
import { changes, KINDS, SHARED } from './founding-fields.ts'

/** Contracts changed for each kind. */
const CASES = Number(process.env.SLA_CASES ?? 10)
const SEED = Number(process.env.SLA_SEED ?? 20260711)

const MIRROR: Readonly<Record<Relation, Relation>> = {
  stronger: 'weaker',
  weaker: 'stronger',
  equal: 'equal',
  incomparable: 'incomparable',
  missing: 'added',
  added: 'missing',
  'not-decidable': 'not-decidable',
}

const compare = (contracts: readonly Contract[]): Promise<Comparison> =>
  compareContracts(contracts, { year: 2026, zones, version: '0.0.0' })

function load(file: string, text: string): Promise<Contract> {
  return loadContract({ file, bytes: new TextEncoder().encode(text) }, clauseKinds, { zones })
}

/** Not every mixture of fields is a contract. */
async function areContracts(files: Readonly<Record<string, string>>): Promise<boolean> {
  try {
    for (const [file, text] of Object.entries(files)) await load(file, text)
    return true
  } catch (error) {
    if (error instanceof InputError) return false
    throw error
  }
}

/** What no log can show: an aim against a guarantee; what is unknown, which is no breach either way. */
const BY_RULE = ['binding', 'no-data']

const NEEDED: Readonly<Partial<Record<Relation, readonly string[]>>> = {
  weaker: ['base'],
  stronger: ['other'],
  incomparable: ['base', 'other'],
}

/** Changes of which no rule says how they come out: of what is left, one log is known or none. */
const SEARCHED: Readonly<Record<string, readonly string[]>> = {
  // What is left out leaves the window too, so that less is allowed; 100 % allows nothing, whatever the window.
  availability: ['excluding', 'target', 'window'],
  // Time that is left out on one calendar and counts on the other; one life or the next.
  support: ['calendar', 'on-reopen', 'on-priority-change'],
  // What comes back, is accepted or mitigated moves its clock in several ways at once.
  vulnerability: ['from', 'on-reopen', 'acceptance', 'mitigation'],
  // Which of the backups count, where it takes many to tell.
  backup: ['only', 'keep'],
}

describe('two versions, one field changed', () => {
  it.each(KINDS)('stand to each other the other way round when they change places: %s', async kind => {
    let held = 0
    await fc.assert(
      fc.asyncProperty(changes(kind), async ({ before, after, field }) => {
        const files = { 'old.yaml': JSON.stringify(before), 'new.yaml': JSON.stringify(after) }
        fc.pre(await areContracts(files))
        const proofs = await proofsOf(['old.yaml', 'new.yaml'], files)
        const ahead = relationsOf(proofs.comparison)
        const back = await compare([
          await load('new.yaml', files['new.yaml']),
          await load('old.yaml', files['old.yaml']),
        ])
        const mirrored = Object.entries(ahead).map(([key, relation]) => [key, relation && MIRROR[relation]])
        expect(relationsOf(back)).toEqual(Object.fromEntries(mirrored))
        for (const [key, cell] of cellsOf(proofs.comparison)) {
          if (cell.searched) expect([...(SEARCHED[kind] ?? []), ...SHARED], key).toContain(field)
          else if (!BY_RULE.includes(field)) {
            const needed = (cell.relation && NEEDED[cell.relation]) ?? []
            expect([key, logsOf(cell, proofs.comparison)]).toEqual([key, needed])
          }
        }
        await judgeAgain(proofs)
        held++
      }),
      { numRuns: CASES, seed: SEED },
    )
    expect(held).toBeGreaterThanOrEqual(CASES)
  })
})

describe('a contract held against itself', () => {
  const templates = readdirSync(join(root, 'examples/templates'))
    .map(name => `examples/templates/${name}/contract.yaml`)
    .filter(file => existsSync(root + file))
    .map(file => [file, readFileSync(root + file, 'utf8')] as const)
  const contracts = [...Object.entries(foundingFiles()), ...templates]

  it('is done with every example and every template', () => {
    expect(contracts).toHaveLength(5 + 5)
  })

  it.each(contracts)('is equal in every row: %s', async (file, text) => {
    const { rows, witnesses, envelope } = await compare([await load(file, text), await load(file, text)])
    expect(rows.length).toBeGreaterThan(0)
    for (const { key, cells } of rows) {
      const state = cells[0]?.state
      // Text without a number stays undecided, and what is only observed, or a date, has no relation.
      const expected = state === 'promised' ? 'equal' : state === 'not-auditable' ? 'not-decidable' : undefined
      expect([key, cells[1]?.relation, cells[1]?.searched]).toEqual([
        key,
        key === 'term' ? undefined : expected,
        undefined,
      ])
      expect(cells.map(({ best }) => best)).toEqual([undefined, undefined])
    }
    expect(rows.filter(({ cells }) => cells[1]?.relation === 'equal').length).toBeGreaterThan(0)
    expect(witnesses).toEqual([])
    for (const { values } of envelope) expect(values[1]).toEqual(values[0])
  })

  it.each(contracts)('is equal with its clauses in another order: %s', async (file, text) => {
    const { clauses, ...rest } = parse(text) as Readonly<Record<string, object>>
    const turned = { ...rest, clauses: Object.fromEntries(Object.entries(clauses ?? {}).reverse()) }
    const [there, back] = [await load(file, text), await load(file, JSON.stringify(turned))]
    const relations = Object.entries(relationsOf(await compare([there, back])))
    const other = relations.filter(([, one]) => one !== undefined && one !== 'equal' && one !== 'not-decidable')
    expect(relations.length).toBeGreaterThan(0)
    expect(other).toEqual([])
  })
})
