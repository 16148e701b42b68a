import type { Contract } from '../contract/contract.ts'
import { type Diagnostic, InputError } from '../model/diagnostic.ts'
import type { Zone } from '../time/zone.ts'
import { printWarnings } from './audit.ts'
import type { Io } from './io.ts'
import type { CommonOptions } from './options.ts'
import { readContract } from './pipeline.ts'
import { usageError } from './usage.ts'

interface Chosen extends CommonOptions {
  readonly baseline?: string
  readonly strict?: boolean
}

/** All contracts, or all that is wrong with any of them. */
export async function readContracts(
  paths: readonly string[],
  options: Chosen,
  io: Io,
  zones: (name: string) => Zone,
): Promise<readonly Contract[]> {
  const contracts: Contract[] = []
  const errors: (readonly Diagnostic[])[] = []
  for (const [at, path] of paths.entries()) {
    try {
      contracts.push(await readContract(path, options.strict === true, io, zones))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      errors.push(error.diagnostics.map(one => hinted(one, path, at === 0 && options.baseline !== undefined)))
    }
  }
  if (errors.length > 0) throw new InputError(errors.flat())
  return contracts
}

/** Requirements are what contracts are held against; two files that hold the same tell nothing apart. */
export async function checkPlaces(contracts: readonly Contract[], options: Chosen, io: Io): Promise<void> {
  const [base, ...others] = contracts
  const misplaced = others.find(({ kind }) => kind === 'Baseline')
  if (misplaced !== undefined && base?.kind !== 'Baseline') {
    throw usageError(
      `compare: ${misplaced.file} is no contract but a baseline: others are held against it`,
      'name it first, or with --baseline',
    )
  }
  const same = contracts.flatMap((contract, at): readonly Diagnostic[] => {
    const before = contracts.slice(0, at).find(({ sha256 }) => sha256 === contract.sha256)
    if (before === undefined) return []
    const message =
      before.file === contract.file
        ? `${contract.file} is named twice: it is held against itself`
        : `${contract.file} holds the same as ${before.file}`
    return [{ code: 'same-file', severity: 'warning', message }]
  })
  await printWarnings(same, options, io)
}

/** How many doubts there are about each contract; they are not of the comparison. */
export async function printContractWarnings(contracts: readonly Contract[], options: Chosen, io: Io): Promise<void> {
  const doubtful = contracts.filter(({ warnings }) => warnings.length > 0)
  if (options.quiet === true || doubtful.length === 0) return
  const [{ shellWord }, { printable, unheeded }] = await Promise.all([
    import('../report/shell.ts'),
    import('../report/printable.ts'),
  ])
  const lines = doubtful.map(({ file, warnings: { length } }) => {
    const count = `${length} ${length === 1 ? 'warning' : 'warnings'}`
    return printable(`${file}: ${count} (sla validate ${shellWord(file)} shows ${length === 1 ? 'it' : 'them'})`)
  })
  io.stderr.write(unheeded([...new Set(lines)].map(line => `${line}\n`).join('')))
}

/** What is no contract here may be evidence, or should be a baseline. */
function hinted(diagnostic: Diagnostic, path: string, isBaseline: boolean): Diagnostic {
  const evidence = 'all files are contracts here; evidence is named with --evidence'
  const { code, message, hint } = diagnostic
  const isRead = code === 'unreadable' && hint === undefined
  if (!isRead && (code === 'unreadable' || /\.(csv|tsv|ndjson|jsonl|xml|xlsx|zip|gz)$/i.test(path))) {
    return { ...diagnostic, hint: evidence }
  }
  if (!isBaseline) return diagnostic
  return {
    ...diagnostic,
    message: message.replace(/^a contract\b/, 'a baseline'),
    ...(hint !== undefined && { hint: hint.replace('kind: Contract', 'kind: Baseline') }),
  }
}
