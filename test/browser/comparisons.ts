import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Comparison } from '../../src/model/comparison.ts'
import { streamComparisonHtml } from '../../src/report/compare/html.ts'
import { comparisonOf, contractOf, holding, nothing, promised, rowOf, versions } from '../report/compare-fixture.ts'
import { viewOf } from '../report/fixture.ts'
import { root, runCli } from '../support/cli.ts'

/** A comparison to look at, made by the program or given as data. */
export interface Compared {
  readonly name: string
  readonly args?: readonly string[]
  readonly told?: Comparison
}

/** Writes its page, and returns the path. */
export function writeComparison({ name, args = [], told }: Compared, folder: string): string {
  const file = join(folder, `${name}.html`)
  if (told !== undefined) {
    writeFileSync(file, [...streamComparisonHtml(told, { ...viewOf(), witnesses: 'proofs' })].join(''))
    return file
  }
  const { code, stderr } = runCli(['compare', ...args, '-q', '-o', `html:${file}`], { cwd: root })
  if (code !== 0) throw new Error(`${name} ended with ${code}: ${stderr}`)
  return file
}

const contracts = ['platform-slo', 'robaws', 'stafiz', 'timetonic', 'communet'].map(
  name => `examples/contracts/${name}.yaml`,
)

/** Five contracts and one history, as a buyer has them. */
export const five: Compared = {
  name: 'compared',
  args: [
    ...[...contracts, '--year', '2026', '--evidence', 'examples/evidence/platform-slo'],
    ...['--period', '2026-01-01..2026-06-30', '--as-of', '2026-09-15T12:00:00+02:00'],
  ],
}

const LONG = 'a promise in many words, among them Donaudampfschifffahrtsgesellschaftskapitänsmütze, '.repeat(4)

/** Rows and texts that a page has to find room for, of so many contracts. */
function wide(count: number): Comparison {
  const ids = Array.from({ length: count }, (_, at) => contractOf(`provider-with-a-long-name-${at + 1}`))
  const rows = Array.from({ length: 70 }, (_, i) =>
    rowOf(
      `support/P${i}/respond`,
      `Subject ${Math.floor(i / 10)}`,
      i % 9 === 0 ? `${LONG}${i}` : `P${i} respond`,
      ids.map((_, at) => {
        if (i % 7 === 3) return at === 1 ? promised(LONG, { relation: 'added', best: true }) : nothing()
        if (at === 2) return nothing('missing')
        const text = i % 5 === 0 ? LONG : `${i + at}h of support hours`
        return at === 0 ? promised(text) : promised(text, { relation: 'incomparable', rules: [LONG], searched: true })
      }),
    ),
  )
  return comparisonOf({ contracts: ids, rows })
}

export const long: Compared = { name: 'compared-long', told: wide(5) }

export const nine: Compared = { name: 'compared-nine', told: wide(9) }

const HOSTILE = `</script><img src=x onerror=alert(1)>"'&<svg onload=alert(2)>]]>\u202e\u001b[31m${'x'.repeat(3000)}`

export const comparisons: readonly Compared[] = [
  ...[five, long, nine],
  { name: 'compared-versions', told: versions },
  { name: 'compared-hostile', told: holding(HOSTILE) },
]
