import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parseDocument, stringify } from 'yaml'
import { clauseKinds } from '../../src/clauses/index.ts'
import { compareContracts } from '../../src/compare/compare.ts'
import { loadContract } from '../../src/contract/load.ts'
import type { Comparison, EnvelopeValue } from '../../src/model/comparison.ts'
import { plainPage } from '../scenarios/replay.ts'
import { zones } from '../support/audit.ts'
import { root, runCli } from '../support/cli.ts'
import { foundingFile } from './founding.ts'

const text = (id: string): string => readFileSync(root + foundingFile(id), 'utf8')

async function compare(files: Readonly<Record<string, string>>): Promise<Comparison> {
  const contracts = Object.entries(files).map(([file, source]) =>
    loadContract({ file, bytes: new TextEncoder().encode(source) }, clauseKinds, { zones }),
  )
  return compareContracts(await Promise.all(contracts), { year: 2026, zones, version: '0.0.0' })
}

describe('the machine', () => {
  const homes: string[] = []
  const places = ['UTC', 'Asia/Tokyo', 'America/New_York'].map((TZ, i) => ({
    TZ,
    SLA_TEST_NOW: `202${7 + i}-0${1 + 3 * i}-15T12:00:00Z`,
  }))
  const HEADER = 'id,service,start,end'
  const OUTAGES = [
    'A,app,2026-06-02T10:00:00+02:00,2026-06-02T15:00:00+02:00',
    'B,app,2026-07-18T08:00:00+02:00,2026-07-18T18:00:00+02:00',
    'C,app,2026-09-02T10:00:00+02:00,2026-09-02T14:00:00+02:00',
  ]
  const [a = '', b = '', c = ''] = OUTAGES
  const logs = {
    'outages-1.csv': [HEADER, a, b],
    'outages-2.csv': [HEADER, c],
    'outages-turned.csv': [HEADER, c, b, a],
  }

  /** Another directory with the same files each time. */
  function home(): string {
    const cwd = mkdtempSync(join(tmpdir(), 'sla-same-'))
    homes.push(cwd)
    for (const id of ['stafiz', 'timetonic']) writeFileSync(join(cwd, `${id}.yaml`), text(id))
    for (const [file, lines] of Object.entries(logs)) writeFileSync(join(cwd, file), `${lines.join('\n')}\n`)
    return cwd
  }
  afterAll(() => {
    for (const cwd of homes) rmSync(cwd, { recursive: true })
  })

  const history = ['--period', '2026', '--as-of', '2027-01-01T00:00:00+01:00', '--assume-complete', 'maintenance']
  const words = ['compare', 'stafiz.yaml', 'timetonic.yaml', '--year', '2026']

  it('changes no byte of any format or log, wherever and whenever it stands', () => {
    const outputs = ['json', 'md', 'csv', 'html', 'txt'].flatMap(extension => ['-o', `out.${extension}`])
    const evidence = ['--evidence', 'outages-1.csv', 'outages-2.csv', ...history]
    const runs = places.map(env => {
      const cwd = home()
      const run = runCli([...words, ...outputs, '--witness', 'proofs', ...evidence], {
        cwd,
        env: { ...plainPage, ...env },
      })
      return { run, written: filesIn(cwd) }
    })
    const [first] = runs
    expect([first?.run.code, first?.run.stderr]).toEqual([0, expect.not.stringMatching(/^error/m)])
    // Five formats, a README and at least four logs beside the five files that were there.
    expect(first?.written.size).toBeGreaterThanOrEqual(5 + 5 + 1 + 4)
    for (const { run, written } of runs.slice(1)) {
      expect(run).toEqual(first?.run)
      expect([...written]).toEqual([...(first?.written ?? [])])
    }
  }, 120_000)

  it('tells the same of a history whatever the order of its files and rows', () => {
    const cwd = home()
    const told = [['outages-1.csv', 'outages-2.csv'], ['outages-2.csv', 'outages-1.csv'], ['outages-turned.csv']].map(
      evidence => {
        const { code, stdout, stderr } = runCli([...words, '-f', 'json', '--evidence', ...evidence, ...history], {
          cwd,
        })
        if (code !== 0) throw new Error(stderr)
        return JSON.parse(stdout).replay
      },
    )
    expect(told[0].length).toBeGreaterThan(0)
    expect(told[1]).toEqual(told[0])
    expect(told[2]).toEqual(told[0])
  }, 120_000)
})

describe('the order', () => {
  it('of the fields of clauses, calendars and services changes nothing that is said', async () => {
    const there = await compare({ 'a.yaml': text('platform-slo'), 'b.yaml': text('timetonic') })
    const turned = await compare({ 'a.yaml': reversed(text('platform-slo')), 'b.yaml': reversed(text('timetonic')) })
    expect(unplaced(turned)).toEqual(unplaced(there))
  }, 120_000)

  it('of the contracts after the first changes columns alone', async () => {
    const there = await compare({ a: text('stafiz'), b: text('robaws'), c: text('timetonic') })
    const back = await compare({ a: text('stafiz'), c: text('timetonic'), b: text('robaws') })
    expect(byContract(back)).toEqual(byContract(there))
    expect(envelopeByContract(back)).toEqual(envelopeByContract(there))
  }, 120_000)
})

function filesIn(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const paths = entries.map(entry => join(entry.parentPath, entry.name)).sort()
  return new Map(paths.map(path => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]))
}

/** The same contract with the fields of every clause, calendar and service the other way round; the clauses stay. */
function reversed(source: string): string {
  const data = parseDocument(source).toJS() as Record<string, unknown>
  const turned = Object.entries(data)
    .reverse()
    .map(([key, value]) => [key, ['clauses', 'calendars', 'services'].includes(key) ? inside(value) : value])
  return stringify(Object.fromEntries(turned))
}

function inside(map: unknown): unknown {
  const entries = Object.entries(map as Record<string, Record<string, unknown>>)
  return Object.fromEntries(entries.map(([id, body]) => [id, Object.fromEntries(Object.entries(body).reverse())]))
}

/** Without what tells where a text stands. */
function unplaced(comparison: Comparison): unknown {
  const drop = new Set(['span', 'sha256'])
  const { warnings: _, ...said } = comparison
  return JSON.parse(JSON.stringify(said, (key, value) => (drop.has(key) ? undefined : value)))
}

/** Rows by key, cells by contract, logs in place of their numbers. */
function byContract({ rows, contracts, witnesses }: Comparison): unknown {
  const id = (at: number): string => contracts[at]?.id ?? ''
  return Object.fromEntries(
    rows.map(({ key, subject, name, cells }) => [
      key,
      {
        subject,
        name,
        cells: Object.fromEntries(
          cells.map((cell, at) => [
            id(at),
            {
              ...cell,
              span: cell.span?.line,
              witnesses: cell.witnesses.map(log => {
                const found = witnesses[log]
                if (found === undefined) throw new Error('no such log')
                const { other, breaches, verdicts, ...rest } = found
                const told = verdicts.map(verdict => ({ ...verdict, contract: id(verdict.contract) }))
                return { ...rest, other: id(other), breaches: id(breaches), verdicts: told }
              }),
            },
          ]),
        ),
      },
    ]),
  )
}

function envelopeByContract({ envelope, contracts }: Comparison): unknown {
  const named = (values: readonly EnvelopeValue[]): unknown =>
    Object.fromEntries(values.map((value, at) => [contracts[at]?.id ?? '', value]))
  return Object.fromEntries(envelope.map(({ key, name, values }) => [key, { name, values: named(values) }]))
}
