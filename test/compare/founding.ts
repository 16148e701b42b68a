import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { clauseKinds } from '../../src/clauses/index.ts'
import { main } from '../../src/cli/main.ts'
import { compareContracts } from '../../src/compare/compare.ts'
import type { AnyRule } from '../../src/compare/rule.ts'
import { compareRules } from '../../src/compare/rules/index.ts'
import { loadContract } from '../../src/contract/load.ts'
import type { Cell, Comparison, Envelope, Relation, Witness } from '../../src/model/comparison.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Report } from '../../src/model/report.ts'
import { fakeIo } from '../cli/fake-io.ts'
import { wordsOf } from '../scenarios/replay.ts'
import { zones } from '../support/audit.ts'
import { root } from '../support/cli.ts'
import type { ExpectedPair } from './founding-promises.ts'

export const FOUNDING = ['platform-slo', 'robaws', 'stafiz', 'timetonic', 'communet'] as const

/** A comparison as it is written, with the directory of its logs. */
export interface Proofs {
  readonly comparison: Comparison
  readonly files: Readonly<Record<string, string>>
}

/** Runs `sla` on files in memory: what it prints, how it ends, and the files afterwards. */
export async function sla(words: readonly string[], files: Readonly<Record<string, string>>) {
  const io = fakeIo(files)
  const code = await main(words, io)
  return { code, out: io.out.join(''), err: io.err.join(''), files: Object.fromEntries(io.files) }
}

export function foundingFile(id: string): string {
  return `examples/contracts/${id}.yaml`
}

export function foundingFiles(): Readonly<Record<string, string>> {
  return Object.fromEntries(FOUNDING.map(id => [foundingFile(id), readFileSync(root + foundingFile(id), 'utf8')]))
}

/** Compares contracts for 2026 and writes the logs into `proofs`. */
export async function proofsOf(paths: readonly string[], given: Readonly<Record<string, string>>): Promise<Proofs> {
  const { code, out, err, files } = await sla(
    ['compare', ...paths, '--year', '2026', '-f', 'json', '--witness', 'proofs'],
    given,
  )
  if (code !== 0) throw new Error(err)
  return { comparison: JSON.parse(out), files }
}

/** Holds pairs against what was worked out by hand, and lets the auditor judge every log again from its file. */
export function describePairs(pairs: readonly ExpectedPair[]): void {
  describe.each(pairs)('$base and $other', ({ base, other, rows }) => {
    let run: Promise<Proofs> | undefined
    // One comparison for all that is asked of it.
    const proofs = (): Promise<Proofs> => {
      run ??= proofsOf([base, other].map(foundingFile), foundingFiles())
      return run
    }

    it('has the relations worked out by hand, and no other row', async () => {
      const { comparison } = await proofs()
      expect(relationsOf(comparison)).toEqual(
        Object.fromEntries(Object.entries(rows).map(([key, { relation }]) => [key, relation])),
      )
    })

    it('has a log for each direction in which one tolerates what the other does not', async () => {
      const { comparison } = await proofs()
      const found = new Map(cellsOf(comparison).map(([key, cell]) => [key, logsOf(cell, comparison)]))
      for (const [key, { breaches = [] }] of Object.entries(rows))
        expect([key, found.get(key)]).toEqual([key, breaches])
    })

    it('leaves nothing to a search without end, and undecided only what has no number', async () => {
      const { comparison } = await proofs()
      const cells = cellsOf(comparison)
      expect(cells.filter(([, { searched }]) => searched).map(([key]) => key)).toEqual([])
      for (const { cells: both } of comparison.rows) {
        const wordless = both.some(isWordless) && !both.some(isSilent)
        expect(both[1]?.relation === 'not-decidable').toBe(wordless)
      }
    })

    it('has logs that the auditor judges in two ways', async () => {
      await judgeAgain(await proofs())
    })
  })
}

const isWordless = ({ state }: Cell): boolean => state === 'not-auditable'
const isSilent = ({ state }: Cell): boolean => state === 'not-promised'

/** Runs the commands that stand beside the logs: one contract calls each log a breach, the other has nothing against it. */
export async function judgeAgain(proofs: Proofs): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'sla-proofs-'))
  try {
    for (const [path, text] of Object.entries(proofs.files)) {
      if (path.startsWith('proofs/')) writeFileSync(join(directory, basename(path)), text)
    }
    await judgeFrom(directory, proofs)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

async function judgeFrom(directory: string, { comparison, files }: Proofs): Promise<void> {
  const { witnesses, contracts } = comparison
  const sections = (files['proofs/README.md'] ?? '').split(/^## /m).slice(1)
  expect(sections).toHaveLength(witnesses.length)
  for (const [at, witness] of witnesses.entries()) {
    const commands = commandsOf(sections[at] ?? '')
    expect(commands).toHaveLength(2)
    for (const [i, contract] of [0, witness.other].entries()) {
      const words = commands[i] ?? []
      expect(words[1]).toBe(contracts[contract]?.file)
      const csv = words[2] ?? ''
      expect(csv).toMatch(new RegExp(`^proofs/${String(at + 1).padStart(2, '0')}-`))
      expect(rowsIn(files[csv] ?? '')).toEqual(filled(i === 0 ? witness.rows : (witness.renamed ?? witness.rows)))
      const moved = words.map(word => (word === csv ? join(directory, basename(csv)) : word))
      const { code, out, err } = await sla([...moved, '-f', 'json'], files)
      const about = `${witness.row} (${witness.story}) ${words.join(' ')}\n${err}`
      if (contract === witness.breaches) expect(code, about).toBe(1)
      expectVerdict(JSON.parse(out), witness, contract, about)
    }
  }
}

/** The finding that is named has the status that is named; where the log is tolerated, all of that promise is decided. */
function expectVerdict(report: Report, { row, verdicts, breaches }: Witness, contract: number, about: string): void {
  const told = verdicts.find(one => one.contract === contract)
  const findings = report.clauses.flatMap(clause => [...clause.findings])
  const found = findings.find(({ id }) => id === told?.finding)
  if (contract === breaches) {
    expect([told?.status, found?.status], about).toEqual(['breached', 'breached'])
    return
  }
  expect(['met', 'not-applicable'], about).toContain(told?.status)
  // Where nothing in the log concerns the promise, the clause is named in place of a finding.
  if (told?.status === 'met') expect(found?.status, about).toBe('met')
  for (const { id, status } of findings.filter(finding => isOfRow(finding, row, found))) {
    expect([id, status === 'met' || status === 'not-applicable'], about).toEqual([id, true])
  }
}

/** Whether a finding of the clause is about the promise of a row, as ids and subjects tell it. */
function isOfRow({ id, promise, subject }: Finding, row: string, found: Finding | undefined): boolean {
  const [kind = '', name = '', last = kind] = row.replace(/#\d+$/, '').split('/')
  if (kind === 'support') return id.includes(`/${name}-${last}/`)
  if (kind === 'vulnerability') return id.includes(last === 'fix' ? `/${name}/` : `/${name}-${last}/`)
  if (found === undefined) return promise === last
  return promise === found.promise && (kind !== 'backup' || subject === found.subject)
}

function commandsOf(section: string): readonly (readonly string[])[] {
  const block = /```sh\n([^`]*)```/.exec(section)?.[1] ?? ''
  return block
    .split('\n')
    .filter(line => line.startsWith('sla '))
    .map(line => wordsOf(line).slice(1))
}

/** Each row with the cells of every column that any row has, as a file of rows holds them. */
function filled(rows: readonly Readonly<Record<string, string>>[]): readonly Readonly<Record<string, string>>[] {
  const blank = Object.fromEntries(rows.flatMap(row => Object.keys(row)).map(column => [column, '']))
  return rows.map(row => ({ ...blank, ...row }))
}

function rowsIn(csv: string): readonly Readonly<Record<string, string>>[] {
  return parse(csv, { columns: true })
}

export function relationsOf({ rows }: Comparison, other = 1): Readonly<Record<string, Relation | undefined>> {
  return Object.fromEntries(rows.map(({ key, cells }) => [key, cells[other]?.relation]))
}

/** The cells of the second contract. */
export function cellsOf({ rows }: Comparison): readonly (readonly [string, Cell])[] {
  return rows.flatMap(({ key, cells }) => (cells[1] === undefined ? [] : [[key, cells[1]] as const]))
}

/** Whom the logs of a cell breach. */
export function logsOf({ witnesses }: Cell, comparison: Comparison): readonly string[] {
  return witnesses.map(at => (comparison.witnesses[at]?.breaches === 0 ? 'base' : 'other')).sort()
}

/** The worst that each of the five permits in 2026, without the search that their relations take. */
export async function foundingEnvelope(): Promise<readonly Envelope[]> {
  const files = foundingFiles()
  const contracts = await Promise.all(
    Object.entries(files).map(([file, text]) =>
      loadContract({ file, bytes: new TextEncoder().encode(text) }, clauseKinds, { zones }),
    ),
  )
  const rules = Object.fromEntries(
    Object.entries(compareRules).map(([kind, load]) => [kind, async () => ({ ...(await load()), ...UNRELATED })]),
  )
  const { envelope } = await compareContracts(contracts, { year: 2026, zones, version: '0.0.0', rules })
  return envelope
}

const UNRELATED: Pick<AnyRule, 'relate' | 'candidates'> = {
  relate: () => ({ atLeast: true, atMost: true, rules: [] }),
  candidates: () => [],
}
